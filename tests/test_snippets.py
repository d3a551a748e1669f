"""Snippets: what a line means, and what is said of a broken one."""

from __future__ import annotations

from pathlib import Path

import pytest

from gazetteer.errors import InputError
from gazetteer.training.options import SNIPPETS
from gazetteer.training.snippets import Snippet, SnippetMention, parse, read_snippets


def test_marks_become_spans() -> None:
    line = "A judge in [Lima|l]{} said that <Harbour Men> tax [Callao|2]{exploration+penetration}, once <<Quay Crew>> land."
    assert parse("en-a.txt:1", "en", line) == Snippet(
        "en-a.txt:1",
        "A judge in Lima said that Harbour Men tax Callao, once Quay Crew land.",
        "en",
        (SnippetMention(11, 15, "locality", frozenset()), SnippetMention(42, 48, "admin2", frozenset({"exploration", "penetration"}))),
        ("Harbour Men",),
        ("Quay Crew",),
    )


def test_a_heading_is_a_paragraph_of_its_own() -> None:
    snippet = parse("en-a.txt:1", "en", "# Footholds # Then came [Lima|l]{exploration}.")
    assert (snippet.text, snippet.mentions[0].start) == ("# Footholds\n\nThen came Lima.", 23)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("In [Lima|x]{}.", "a.txt:3: '[' belongs to no mark"),
        ("In [Lima|l].", "a.txt:3: '[' belongs to no mark"),
        ("In [Lima|l]{arrival}.", "a.txt:3: 'arrival' are no phases"),
        ("The <Harbour Men.", "a.txt:3: '<' belongs to no mark"),
    ],
)
def test_errors_say_where(line: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        parse("a.txt:3", "en", line)
    assert str(error.value).startswith(message)


def test_the_project_has_snippets_of_both_languages() -> None:
    found = list(read_snippets(SNIPPETS))
    assert {snippet.language for snippet in found} == {"en", "es"}
    assert all(snippet.text[mention.start : mention.end].strip() for snippet in found for mention in snippet.mentions)


def test_a_missing_folder_has_none(tmp_path: Path) -> None:
    assert list(read_snippets(tmp_path / "none")) == []
