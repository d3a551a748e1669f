"""The encoder: pieces of words, the arithmetic of its layers, and what the one that ships says of plain sentences."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.codebook import GENERAL_PHASES
from gazetteer.phases import encoder
from gazetteer.phases.encoder import MOST_CONTEXT, MOST_PIECES, WordPieces, packed, pieces_of, unpacked

VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "the", "gang", "##s", "reach", "##ed", "lima", ".", "a", "##n"]
CUTS = [
    ("gangs", ["gang", "##s"]),
    ("Reached", ["reach", "##ed"]),  # case and accents do not count
    ("án", ["a", "##n"]),
    ("a.", ["a", "."]),
    ("quito", ["[UNK]"]),  # no piece fits at all
    ("thex", ["[UNK]"]),  # ... or not to the end
    ("", []),
]


@pytest.mark.parametrize(("word", "pieces"), CUTS)
def test_words_are_cut_into_the_longest_pieces(word: str, pieces: list[str]) -> None:
    assert [VOCABULARY[number] for number in WordPieces(VOCABULARY)(word)] == pieces


def test_pieces_of_a_sentence_and_of_what_stands_before() -> None:
    found = pieces_of(WordPieces(VOCABULARY), ["the", "gangs", "reached", "Lima", "."], [(3, 4), (1, 2)], ["a", "gang"])
    assert [VOCABULARY[number] for number in found.ids] == ["[CLS]", "the", "gang", "##s", "reach", "##ed", "lima", ".", "[SEP]", "a", "gang", "[SEP]"]
    assert found.sentence == 9
    assert found.spans == ((6, 7), (2, 4))


def test_what_is_too_long_is_cut_off() -> None:
    found = pieces_of(WordPieces(VOCABULARY), ["gang"] * 200, [(5, 6), (180, 181)], ["the"] * 200)
    assert found.spans == ((6, 7), None)
    assert found.sentence == MOST_PIECES + 2
    assert len(found.ids) == MOST_PIECES + MOST_CONTEXT + 3


@given(st.lists(st.lists(st.integers(-7, 7), min_size=6, max_size=6), min_size=1, max_size=5))
def test_halves_of_bytes_come_back(rows: list[list[int]]) -> None:
    assert unpacked(packed(np.array(rows, dtype=np.int8))).tolist() == rows


def chances(sentence: str, place: str, context: str = "") -> dict[str, float]:
    """What the encoder that ships says of one place of a sentence."""
    words = sentence.replace(",", " ,").replace(".", " .").split()
    at = words.index(place)
    model = encoder.shipped()
    (found,) = model.chances(pieces_of(model.cut, words, [(at, at + 1)], context.split()))
    assert found is not None
    return dict(zip(GENERAL_PHASES, found, strict=True))


PLAIN = [
    # sentences that no cue of the language files decides, or that a cue decides wrongly
    ("The group was born in the cells of Tocoron and is still led from there.", "Tocoron", "origin"),
    ("A first handful of members turned up in Tacna in 2018.", "Tacna", "exploration"),
    ("In Arica the group took over the drug trade and made every shop pay.", "Arica", "penetration"),
    ("In Iquique the group owns hotels, judges and half of the council.", "Iquique", "consolidation"),
    ("In Oruro the newcomers were chased away by the old gangs.", "Oruro", "contested"),
    ("Police raided nine houses in Temuco and took forty men away.", "Temuco", "disruption"),
]


@pytest.mark.parametrize(("sentence", "place", "phase"), PLAIN)
def test_plain_sentences(sentence: str, place: str, phase: str) -> None:
    found = chances(sentence, place)
    assert max(found, key=lambda name: found[name]) == phase
    assert found[phase] > 0.5


@pytest.mark.parametrize(
    ("sentence", "place"),
    [("The minister spoke of the group at a conference in Madrid.", "Madrid"), ("The victims had come from Maracaibo by bus.", "Maracaibo")],
)
def test_places_that_are_only_named(sentence: str, place: str) -> None:
    assert max(chances(sentence, place).values()) < 0.3


def test_the_sentence_before_counts() -> None:
    alone, after = (chances("The next month it was in Tacna.", "Tacna", context) for context in ("", "The group was first seen in Arica in 2018 ."))
    assert after["exploration"] > alone["exploration"]


def test_the_same_sentence_has_the_same_chances() -> None:
    first, second = (chances("In Arica the group made every shop pay.", "Arica") for _ in range(2))
    assert first == second


def test_it_is_small() -> None:
    from importlib.resources import files

    assert (files("gazetteer") / "data" / "encoder.npz").stat().st_size < 5_000_000  # type: ignore[attr-defined]
