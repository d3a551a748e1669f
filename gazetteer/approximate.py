"""Names that the gazetteer lacks, located at the town that the text puts them in: "Bryggen, the old quay of Bergen", "the Palatia Apartments in San Antonio".

No gazetteer has every quarter, hotel and apartment building. Where the words between two names, or the sentence, say in which town such a place lies, it
is no farther from that town's middle than the town is wide. Its ``where_prec`` is 2, as UCDP GED has it for a place that is known by one near it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from gazetteer.language import Language
from gazetteer.lexicon import word_classes
from gazetteer.names import key
from gazetteer.records import Level, Place, Resolution
from gazetteer.tokens import Tokens

METHOD = "container"
_SHARE = 0.5
"""Of the town's score: that the name is a place at all is not sure."""
_INNER = 0.9
"""Of the town's radius: what lies in it is smaller."""
_MOST = 9
"""Words between two names, at most: ", a beachside suburb in the north of the city of"."""
_APPOSED = (",", "(")


class _Words(NamedTuple):
    inside: frozenset[str]
    of: frozenset[str]
    articles: frozenset[str]
    directions: tuple[str, ...]
    near: frozenset[tuple[str, ...]]


@lru_cache
def _words(language: Language) -> _Words:
    clauses, around, mentions = (language.table(name) for name in ("clauses", "around", "mentions"))
    keys = frozenset(map(key, clauses["inside"])), frozenset(map(key, clauses["of"])), frozenset(map(key, around["articles"]))
    near = frozenset(tuple(key(phrase).split()) for phrase in mentions["near"]["words"])
    return _Words(*keys, tuple(clauses["directions"]), near)


class TownLocator:
    """Locates the names of one language's documents."""

    def __init__(self, language: Language) -> None:
        self.words = _words(language)
        self.features = word_classes(language.code).features

    def located(self, tokens: Tokens, ends: Sequence[int], resolutions: Sequence[Resolution]) -> list[Resolution]:
        """Give the resolutions of a document, in order, those without a place located where the text says in which town they lie.

        ``ends``: offsets at which the sentences end.
        """
        found: dict[str, Resolution] = {}
        for number, resolution in enumerate(resolutions):
            for holder in self._holders(tokens, ends, resolutions, number):
                found.setdefault(self._name(resolution), holder)
        return [self._at(resolution, found) for resolution in resolutions]

    @staticmethod
    def _name(resolution: Resolution) -> str:
        return key(resolution.mention.surface)

    def _at(self, resolution: Resolution, found: dict[str, Resolution]) -> Resolution:
        holder = found.get(self._name(resolution)) if self._is_open(resolution) else None
        if holder is None or holder.place is None:
            return resolution
        town, mention = holder.place, resolution.mention
        level: Level = "facility" if self._is_building(resolution) else "locality"
        ident = f"in:{town.id}:{key(mention.surface).replace(' ', '-')}"
        place = replace(town, id=ident, name=mention.surface, level=level, radius_km=town.radius_km * _INNER, population=0)
        reason = f"{resolution.reason}; the text puts it in or near {town.name}"
        return replace(resolution, place=place, score=round(holder.score * _SHARE, 4), reason=reason, method=METHOD)

    @staticmethod
    def _is_open(resolution: Resolution) -> bool:
        levels = resolution.mention.levels
        return resolution.place is None and resolution.method == "none" and resolution.mention.kind == "literal" and (not levels or not _is_area(levels[0]))

    def _is_building(self, resolution: Resolution) -> bool:
        """Whether a name is that of a building, a bridge, a park."""
        levels = resolution.mention.levels
        last = self.features.get(key(resolution.mention.surface).split()[-1])
        return levels[:1] == ("facility",) or (last is not None and last.level == "facility")

    def _holders(self, tokens: Tokens, ends: Sequence[int], resolutions: Sequence[Resolution], number: int) -> Iterator[Resolution]:
        """The town that holds a name, if the text says so: behind it, or before it ("Cape Town's Parklands").

        For a building also the only one that the sentence has named by then: "In El Paso, a judge ordered the Gateway Hotel closed".
        """
        open_one = resolutions[number]
        if not self._is_open(open_one):
            return
        sentence = bisect_left(ends, open_one.mention.end)
        behind, before = resolutions[number + 1 : number + 2], resolutions[max(0, number - 1) : number]
        if behind and _is_town(behind[0].place) and self._says_inside(tokens, open_one.mention.end, behind[0].mention.start):
            yield behind[0]
        elif before and _is_town(before[0].place) and _between(tokens, before[0].mention.end, open_one.mention.start, 1) == ["s"]:
            yield before[0]
        elif self._is_building(open_one):
            named = [other for other in resolutions[:number] if _is_town(other.place) and bisect_left(ends, other.mention.end) == sentence]
            if len({other.place for other in named}) == 1:
                yield named[0]

    def _says_inside(self, tokens: Tokens, start: int, end: int) -> bool:
        """Whether the words between two names say that the first one lies in or near the second."""
        between = _between(tokens, start, end, _MOST)
        if not between:
            return False
        apposed = between[0] in _APPOSED
        words = between[1:] if apposed else between
        while words and words[-1] in self.words.articles:
            words = words[:-1]
        if not words or not all(words):
            return apposed and not words
        is_near = any(tuple(words[-len(phrase) :]) == phrase for phrase in self.words.near)
        if apposed:
            opens = words[0] in self.words.articles or words[0] in self.features or words[0].startswith(self.words.directions) or is_near
            return (opens and (words[-1] in self.words.inside or words[-1] in self.words.of or is_near)) or words[0] in self.words.inside
        return (len(words) == 1 and words[0] in self.words.inside) or tuple(words) in self.words.near


def _is_area(level: Level) -> bool:
    return level not in ("locality", "facility")


def _is_town(place: Place | None) -> bool:
    return place is not None and place.level == "locality"


def _between(tokens: Tokens, start: int, end: int, most: int) -> list[str]:
    """The keys of the words between two offsets, a comma or bracket before them as it is; empty where there are too many, or one is a name."""
    first, last = bisect_left(tokens.starts, start), bisect_left(tokens.starts, end)
    if not 0 < last - first <= most + 1 or any(tokens.capital[position] for position in range(first, last)):
        return []
    return [tokens.keys[position] or (tokens.texts[position] if position == first else "") for position in range(first, last)]
