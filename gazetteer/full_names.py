"""The full name of what the words beside a name say that it is: a river, an island, an airport, which the text calls by its bare name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from gazetteer.language import Language
from gazetteer.lexicon import small_words
from gazetteer.matching import Match, Matcher
from gazetteer.surroundings import Surroundings
from gazetteer.tokens import Tokens

_BETWEEN = 2
"""Words between "gulf" and its name at most: "of the"."""
_SAYING = 3
"""Words before a name that may say that it is a river's, at most: "navegó por el"."""


class _Words(NamedTuple):
    """A language's words for such things; phrases as they stand in keys, ``{}`` for the bare name."""

    nature: frozenset[str]
    river: str
    river_behind: tuple[str, ...]
    airport: tuple[str, ...]
    """What stands before the name of an airport, or behind it."""
    airports: tuple[str, ...]
    """What an airport may be called in the gazetteer."""


@lru_cache
def _words(language: Language) -> _Words:
    table = language.table("mentions")
    return _Words(frozenset(table["nature"]), table["river"], tuple(table["river_behind"]), tuple(table["airport"]), tuple(table["airports"]))


class FullNames:
    """Of the names in one document. Positions are token offsets."""

    def __init__(self, tokens: Tokens, matches: Sequence[Match | None], matcher: Matcher, language: Language, around: Surroundings) -> None:
        self.tokens, self.matches, self.matcher, self.around = tokens, matches, matcher, around
        self.words, self.small = _words(language), small_words()

    def find(self, start: int, end: int) -> str:
        """Give the full name, ``""`` where the words beside a name say nothing of the kind."""
        return self.of_nature(start, end) or self.airport(start, end) or (self._river(start) if end - start == 1 else "")

    def of_nature(self, start: int, end: int) -> str:
        """The river, lake, gulf ... that the word before a name says that it is: "río Uruguay", "gulf of Guinea", "island of Jolo"."""
        keys, small = self.tokens.keys, self.small
        begin = start - 1
        while 0 <= begin >= start - _BETWEEN and (keys[begin] in small.of or keys[begin] in small.articles or keys[begin] in small.region_articles):
            begin -= 1
        if begin < 0 or keys[begin] not in self.words.nature or self.tokens.capital[begin]:
            return ""
        own = self._bare(start, end)
        names = (self._bare(begin, end), f"{keys[begin]} {own}", f"{own} {keys[begin]}")
        return next((name for name in names if self.matcher.is_called(name, "region")), "")

    def airport(self, start: int, end: int) -> str:
        """The airport that the words before a name or behind it say that it is: "el aeropuerto Jorge Chávez", "El Dorado airport"."""
        before = " ".join(["", *self.tokens.keys[max(0, start - _SAYING) : start]])
        behind = " ".join([*self.tokens.keys[end : end + _SAYING], ""])
        if not any(before.endswith(" " + words) or behind.startswith(words + " ") for words in self.words.airport):
            return ""
        own = self._bare(start, end)
        return next((name for pattern in self.words.airports if self.matcher.is_called(name := pattern.format(own), "facility")), "")

    def _river(self, start: int) -> str:
        """The river, where the words before a name say that it is one: "stopped at the Limpopo"."""
        match = self.matches[start]
        if match is None or match.end > start + 1 or "C" in self.matcher.kind(match):
            return ""
        before = " ".join(["", *self.tokens.keys[max(0, start - _SAYING) : start]])
        name = self.words.river.format(match.key)
        said = any(before.endswith(" " + words) for words in self.words.river_behind) and self.around.stands_alone(start + 1)
        return name if said and self.matcher.is_called(name, "region") else ""

    def _bare(self, start: int, end: int) -> str:
        return " ".join(filter(None, self.tokens.keys[start:end]))
