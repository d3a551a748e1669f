"""Families of words: sorts of events, named alike in all languages."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from gazetteer.codebook import GENERAL_PHASES
from gazetteer.index import Index
from gazetteer.passages.reader import NAMED, general_families
from gazetteer.text.language import codes, language
from tests.reports import BOOK, families

FOUND = [
    # text, language, family, words
    ("The Harbour Men were dreamt up in Callao.", "en", "founded", "dreamt up"),
    ("Members of the Harbour Men turned up in Lima.", "en", "arrive", "turned up"),
    ("In Lima the Harbour Men were sent packing.", "en", "repelled", "sent packing"),
    ("Los Hombres del Puerto fueron expulsados de Lima por los vecinos.", "es", "repelled", "expulsados"),
    ("La policía allanó seis casas de los Hombres del Puerto en Lima.", "es", "raid", "allano"),
    ("Prosecutors who follow the Harbour Men met in Lima.", "en", "met-in", "met in"),
]


@pytest.mark.parametrize(("text", "code", "family", "words"), FOUND)
def test_family(index: Index, text: str, code: str, family: str, words: str) -> None:
    found = families(index, text, code)
    assert any(words in said for name, said in found if name == family), found


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("The Harbour Men never turned up in Lima.", "arrive"),
        ("The Harbour Men did not turn up in Lima.", "arrive"),
        ("Police never found a cell of the Harbour Men in Lima.", "sighted"),
    ],
)
def test_a_denied_family_is_not_there(index: Index, text: str, family: str) -> None:
    assert family not in {name for name, _ in families(index, text)}


def test_the_words_of_an_actors_name_tell_nothing(index: Index) -> None:
    text = "Traders in Lima sell pictures of the Spotted Men, who were spotted in Quito."
    found = families(index, text, codebook_text=BOOK.replace("Harbour Men", "Spotted Men"))
    assert [words for name, words in found if name == "sighted" and "spotted" in words] == ["spotted in quito"]


def test_the_families_have_the_same_names_in_all_languages() -> None:
    names = {code: {cue.family for cue in general_families(found).cues} for code in codes() if (found := language(code))}
    assert len({frozenset(found) for found in names.values()}) == 1


@pytest.mark.parametrize("code", codes())
@pytest.mark.parametrize("phase", [*GENERAL_PHASES, NAMED])
def test_no_pattern_stands_twice_in_a_family(code: str, phase: str) -> None:
    rows = tomllib.loads((files("gazetteer") / "data" / "languages" / code / "families" / f"{phase}.toml").read_text("utf-8"))["family"]
    for row in rows:
        assert len(set(row["words"])) == len(row["words"]), row["name"]
