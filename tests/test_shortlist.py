"""The choice among the likeliest candidates of a name."""

from __future__ import annotations

import pytest

from gazetteer.index import LEVELS, Index
from gazetteer.mentions import Recognizer
from gazetteer.mentions.level_words import shipped as words
from gazetteer.resolution import Resolver
from gazetteer.resolution.candidates import Group
from gazetteer.resolution.shortlist import SEEN, Look
from gazetteer.text.language import language
from gazetteer.text.tokens import Tokens
from tests.test_mentions import document


def looks(index: Index, text: str, code: str = "en") -> tuple[Resolver, list[Group], list[Look]]:
    """What is left open by the first ranking of a text's names."""
    found = language(code)
    assert found is not None
    resolver = Resolver(index)
    groups = resolver.groups(text, Recognizer(index, found).find(document(text, code)).mentions)
    return resolver, groups, list(resolver.looks(groups, resolver.rank_first(groups), code))


TEXT = "The gang has cells in Springfield, in Paris and in San Antonio, and money from Valencia."


def test_open_names_are_seen_with_all_features(index: Index) -> None:
    _, _, found = looks(index, TEXT)
    assert {look.group.surface for look in found} >= {"Springfield", "San Antonio"}
    for look in found:
        assert all(len(row) == len(SEEN) for row in look.rows)
        assert look.candidates[-1] == len(look.group.numbers)
        assert len(look.candidates) <= 9


def test_chances_add_up(index: Index) -> None:
    resolver, groups, found = looks(index, TEXT)
    resolver.settle(groups, found)
    for group in groups:
        assert sum(group.chances) == pytest.approx(1.0)
        assert len(group.chances) == len(group.numbers) + 1


def test_nothing_is_looked_at_where_all_is_sure(index: Index) -> None:
    _, _, found = looks(index, "The group has cells in Peru and in Chile.")
    assert found == []


def test_a_text_without_names_and_one_in_another_language(index: Index) -> None:
    resolver = Resolver(index)
    resolver.rank([], "en")
    _, groups, _ = looks(index, TEXT)
    resolver.rank(groups, "fr")
    assert all(sum(group.chances) == pytest.approx(1.0) for group in groups)


@pytest.mark.parametrize(
    ("text", "name", "level"),
    [
        ("The governor of Salta resigned.", "Salta", "admin1"),
        ("A bus left for downtown Salta at noon.", "Salta", "locality"),
        ("They crossed into Salta on foot.", "Salta", "country"),
    ],
)
def test_words_around_a_name_speak_of_its_level(text: str, name: str, level: str) -> None:
    """Of two texts with the same name the one that speaks of a level speaks more of it than a bare one."""
    bare, told = Tokens(f"They spoke of {name} ."), Tokens(text)
    position = LEVELS.index(level)  # type: ignore[arg-type]

    def said(tokens: Tokens) -> float:
        at = tokens.texts.index(name)
        return words().spoken(tokens, at, at + 1)[position]

    assert said(told) > said(bare)


def test_a_name_at_the_ends_of_a_text() -> None:
    tokens = Tokens("Lima")
    assert len(words().spoken(tokens, 0, 1)) == len(LEVELS)
