"""The page that stands alone, as a text; `browser/test_exports.py` opens it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from dashboard import boundaries
from dashboard.data import Tables
from dashboard.exports.page import block_json, page_file, shortened
from dashboard.filters import Filter
from tests.small_taken import spoiled, tables, taken


@pytest.fixture
def small(tmp_path: Path) -> Tables:
    return tables(tmp_path / "build")


class Elements(HTMLParser):
    """The elements of a page with their attributes and texts, as a browser parses them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None], str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs), ""))

    def handle_endtag(self, tag: str) -> None:
        self.found.append((f"/{tag}", {}, ""))

    def handle_data(self, data: str) -> None:
        if self.found:
            tag, attributes, text = self.found[-1]
            self.found[-1] = (tag, attributes, text + data)


def blocks(content: bytes) -> dict[str, Any]:
    return {str(attributes["id"]): json.loads(text) for tag, attributes, text in Elements(content.decode()).found if tag == "script" and "id" in attributes}


@pytest.mark.parametrize(("chosen", "actors"), [(Filter(), []), (Filter(actors=("crew",), statuses=("confirmed",)), ["crew"])])
def test_it_knows_whom_it_is_about(small: Tables, chosen: Filter, actors: list[str]) -> None:
    found = blocks(page_file(taken(small, chosen=chosen)))
    assert found["command"]["filter"] == {"actors": actors}  # what else was filtered is not in the file


def test_everything_is_in_the_file(small: Tables) -> None:
    content = page_file(taken(small), boundaries.read())
    for tag, attributes, _ in Elements(content.decode()).found:
        assert not {"src", "href", "action", "background", "data", "poster", "srcset"} & set(attributes), (tag, attributes)
    assert set(blocks(content)) == {"data", "world", "units", "words", "evidence", "notes-style", "command", "config"}
    style = next(text for tag, _, text in Elements(content.decode()).found if tag == "style")
    assert "url(" not in style
    assert "@import" not in style


def test_its_policy_allows_its_own_scripts_and_styles_and_nothing_else(small: Tables) -> None:
    found = Elements(page_file(taken(small)).decode()).found
    policy = next(str(attributes["content"]) for _, attributes, _ in found if attributes.get("http-equiv") == "Content-Security-Policy")
    rules = {rule.split()[0]: rule.split()[1:] for rule in policy.split(";")}
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == ["'none'"]
    assert set(rules) == {"default-src", "script-src", "style-src", "base-uri", "form-action"}
    runs = [text for tag, attributes, text in found if tag == "script" and "type" not in attributes]
    styles = [text for tag, _, text in found if tag == "style"]
    assert rules["script-src"] == [f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in runs]
    assert rules["style-src"] == [f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in styles]
    assert not any(name.startswith("on") for _, attributes, _ in found for name in attributes)


def test_the_evidence_of_every_mark(small: Tables) -> None:
    evidence = blocks(page_file(taken(small)))["evidence"]
    assert set(evidence["places"]) == {"lima", "quito", "cusco", "peru", "andes", "nowhere"}
    cards = {card[0]: card for card in evidence["places"]["quito"]["cards"]}
    assert set(cards) == {"Exploration, reported", "Penetration, suspected"}
    _, rank, outcome, pieces, source, rows, first, last = cards["Penetration, suspected"]
    assert (rank, outcome) == (2, -1)
    assert pieces == [["Sentence 2 on ", ""], ["Quito", "place"], [".", ""]]
    assert source == "The Paper, May 2023 (source grade C)"
    assert rows[0][0] == "Place"
    assert last - first == 30
    assert evidence["routes"]["r1 1"][0][3][0][0].startswith("From Lima")


def test_it_holds_what_is_shown_at_any_time_and_nothing_else(small: Tables) -> None:
    chosen = taken(small, chosen=Filter(documents=("b",)))
    found = blocks(page_file(chosen))
    assert found["data"]["places"]["id"] == ["quito", "peru", "andes"]
    assert [document["title"] for document in found["data"]["documents"]] == ["Second report"]
    assert len(found["data"]["observations"]["place"]) == 3
    assert found["data"]["unplaced"]["surface"] == []
    assert "Sentence 0" not in page_file(chosen).decode()
    assert shortened(chosen).observations["place"].tolist() == [0, 1, 2]
    whole = blocks(page_file(taken(small, chosen=Filter(documents=("b",)), whole=True)))
    assert len(whole["data"]["observations"]["place"]) == 9


def test_without_the_sentences(small: Tables) -> None:
    content = page_file(taken(small, sentences=False)).decode()
    assert not re.search(r"Sentence \d", content)
    assert "From Lima it moved" not in content
    assert "The sentences are left out of this file" in content


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!-- <script>", "</SCRIPT >", "\u2028 \u2029", "]]>"])
def test_no_text_ends_its_element(tmp_path: Path, text: str) -> None:
    plain = len(Elements(page_file(taken(spoiled(tmp_path / "plain", "text"))).decode()).found)
    content = page_file(taken(spoiled(tmp_path / "build", text)))
    assert len(Elements(content.decode()).found) == plain
    assert blocks(content)["data"]["places"]["name"][0] == text
    assert json.loads(block_json({"a": text})) == {"a": text}
    assert "<" not in block_json({"a": text})
