"""The full name of what the words beside a name say that it is: a river, an island, an airport, which the text calls by its bare name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from gazetteer.mentions.matching import Match, Matcher
from gazetteer.mentions.surroundings import Surroundings
from gazetteer.text.language import Language
from gazetteer.text.lexicon import small_words
from gazetteer.text.tokens import Phrases, Tokens, phrases

_BETWEEN = 2
"""Words between "gulf" and its name at most: "of the"."""


class _Words(NamedTuple):
    """A language's words for such things, ``{}`` for the bare name."""

    nature: frozenset[str]
    river: str
    river_behind: Phrases
    before_airport: Phrases
    behind_airport: Phrases
    airports: tuple[str, ...]
    """What an airport may be called in the gazetteer."""


@lru_cache
def _words(language: Language) -> _Words:
    table = language.table("mentions")
    river, airport = table["river_behind"], table["airport"]
    return _Words(frozenset(table["nature"]), table["river"], phrases(river, -1), phrases(airport, -1), phrases(airport, 0), tuple(table["airports"]))


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
        if not (self.tokens.stand_before(self.words.before_airport, start) or self.tokens.stand_behind(self.words.behind_airport, end)):
            return ""
        own = self._bare(start, end)
        return next((name for pattern in self.words.airports if self.matcher.is_called(name := pattern.format(own), "facility")), "")

    def _river(self, start: int) -> str:
        """The river, where the words before a name say that it is one: "stopped at the Limpopo"."""
        match = self.matches[start]
        if match is None or match.end > start + 1 or "C" in self.matcher.kind(match):
            return ""
        name = self.words.river.format(match.key)
        said = self.tokens.stand_before(self.words.river_behind, start) and self.around.stands_alone(start + 1)
        return name if said and self.matcher.is_called(name, "region") else ""

    def _bare(self, start: int, end: int) -> str:
        return " ".join(filter(None, self.tokens.keys[start:end]))
