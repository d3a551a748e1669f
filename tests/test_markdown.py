"""Sentences without their Markdown, and where their words have gone."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.evidence import cards
from dashboard.markdown import unmarked
from dashboard.messages import words
from tests.small_taken import tables


@pytest.mark.parametrize(
    ("marked", "text"),
    [
        ("It was seen in **Coquimbo** in *October 2023*[^1].", "It was seen in Coquimbo in October 2023."),
        ("See [the report from Caldera](https://example.org/Huasco/map_(1).html), it says.", "See the report from Caldera, it says."),
        ("![A map](map.png \"Of 'Lima'\") of ***Lima***, __Quito__ and _Cusco_", "A map of Lima, Quito and Cusco"),
        ("In `Tongoy` it ~~ran~~ runs the *pier **of** stone*.", "In Tongoy it ran runs the pier of stone."),
        ("## The coast", "The coast"),
        ("> It fell in 2020,\n> they said.", "It fell in 2020,\nthey said."),
        ("* **Taltal** — fees;", "Taltal — fees;"),
        ("[^1]: El Mercurio, 3 November 2023.", "El Mercurio, 3 November 2023."),
        ("In 2023 [^note]: the docks.", "In 2023: the docks."),
        # Emphasis that begins or ends in another sentence.
        ("**Coquimbo fell.", "Coquimbo fell."),
        ("*By our correspondent in London.", "By our correspondent in London."),
        ("Published 12 May 2024.*", "Published 12 May 2024."),
        ("Then **Arica fell, and", "Then Arica fell, and"),
        (r"US\$5 for 3 \* 4", r"US\$5 for 3 * 4"),
    ],
)
def test_marks_are_left_out(marked: str, text: str) -> None:
    assert unmarked(marked).text == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Black Tide<script>alert(1)</script> <b>was</b> here.",
        "3 * 4 * 5 and 2**8",
        "The gang* and the police* agree.",
        "in file_of_2020_a and __init__x",
        "- he said, [sic], (see [1])",
        "${name} and {field} at a@b.org, #1, ~10 km",
    ],
)
def test_what_is_no_mark_stays(text: str) -> None:
    assert unmarked(text).text == text


def test_places_move_with_their_words() -> None:
    marked = "It was seen in **Coquimbo** in *October* 2023."
    plain = unmarked(marked)
    spans = [(marked.index(word), marked.index(word) + len(word)) for word in ("Coquimbo", "October", "2023", "**Coquimbo**")]
    assert [plain.text[plain.at(start) : plain.at(end)] for start, end in spans] == ["Coquimbo", "October", "2023", "Coquimbo"]


@given(st.text("*_`[]()^~\\#> ab!\n", max_size=60))
def test_nothing_is_added_and_every_offset_has_a_place(marked: str) -> None:
    plain = unmarked(marked)
    assert plain.text == "".join(marked[place] for place in plain.places)
    assert list(plain.places) == sorted(set(plain.places))
    assert [plain.at(place) for place in plain.places] == list(range(len(plain.text)))


@pytest.mark.parametrize("part", ["*a ", "**a ", "[a](b", "[^", "`a", "_a ", "~~a ", "\\", "![[", "](("])
def test_a_hostile_text_does_not_hold_it_up(part: str) -> None:
    start = time.process_time()
    unmarked(part * 5000)
    assert time.process_time() - start < 5


def test_a_card_shows_its_sentence_without_marks_and_marks_its_words(tmp_path: Path) -> None:
    found = tables(tmp_path, "lima exploration 2018-05 confirmed a")
    marked = "The Crew came to **Lima**[^1] in *May* 2018, <b>*first* as a scout</b>."
    rows = found.observations.assign(evidence=marked, cue="*first* as a scout", evidence_end=len(marked))
    (card,) = cards(words("en"), found, rows)
    assert "".join(piece.text for piece in card.pieces) == "The Crew came to Lima in May 2018, <b>first as a scout</b>."
    assert [(piece.text, piece.role) for piece in card.pieces if piece.role] == [("Lima", "place"), ("May 2018", "date"), ("first as a scout", "cue")]
    assert "“May 2018”" in dict(card.rows)["Date"]
    assert dict(card.rows)["Why"].startswith("The words “first as a scout”.")
    (card,) = cards(words("en"), found, rows.assign(cue="came to; *first* as a scout"))
    assert dict(card.rows)["Why"].startswith("The words “came to” and “first as a scout”.")
    assert found.observations["evidence"].tolist() == ["Sentence 0 on Lima."]
