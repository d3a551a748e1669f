"""Names that the gazetteer lacks, located at the town that the text puts them in: "Bryggen, the old quay of Bergen", "the Palatia Apartments in San Antonio".

No gazetteer has every quarter, hotel and apartment building. Where the words between two names, or the sentence, say in or near which town such a place
lies, the town's middle is near enough for a map, and its ``where_prec`` is 2: UCDP GED's for what is known by a place near it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from gazetteer.index.containment import distance_km
from gazetteer.records import BY_TOWN, Level, Place, Resolution
from gazetteer.resolution.candidates import BESIDE_KM
from gazetteer.text.language import Language
from gazetteer.text.lexicon import small_words, word_classes
from gazetteer.text.names import key
from gazetteer.text.tokens import POSSESSED, Tokens

_SHARE = 0.5
"""Of the town's score: that the name is a place at all is not sure."""
_SURE = 0.9
"""Score from which a quarter is where it was placed."""
_RADIUS_KM = 1.0
"""Nominal, as of other points; less than that of a small town, which holds it."""
_MOST = 9
"""Words between two names, at most: ", a beachside suburb in the north of the city of"."""
_BRACKET = 40
"""Words and marks back to where a bracket may open."""
_NAMES = 9
"""Names that a sentence may have before that of a building, at most."""
_APPOSED = (",", "(")
_LISTING = (",", ";", "-", "–", "/")


class _Words(NamedTuple):
    inside: frozenset[str]
    of: frozenset[str]
    articles: frozenset[str]
    joining: frozenset[str]
    parts: frozenset[str]
    directions: tuple[str, ...]
    near: frozenset[tuple[str, ...]]
    measures: frozenset[str]
    """Of distances: "400 km north of Lima" is not in Lima."""


@lru_cache
def _words(language: Language) -> _Words:
    near = language.table("mentions")["near"]
    return _Words(
        inside=language.words("clauses", "inside"),
        of=language.words("clauses", "of"),
        articles=language.words("around", "articles"),
        joining=language.words("around", "joining"),
        parts=small_words().parts,
        directions=tuple(language.table("clauses")["directions"]),
        near=frozenset(tuple(key(phrase).split()) for phrase in near["words"]),
        measures=frozenset(key(phrase).split()[0] for phrase in near["measured"]),
    )


class TownLocator:
    """Locates the names of one language's documents."""

    def __init__(self, language: Language) -> None:
        self.words = _words(language)
        self.features = word_classes(language.code).features

    def located(self, tokens: Tokens, ends: Sequence[int], resolutions: Sequence[Resolution]) -> list[Resolution]:
        """Give the resolutions of a document, in order, those without a place located where the text says in which town they lie.

        ``ends``: offsets at which the sentences end. A mention goes by its own sentence, else by the first one that says it of the same name; all mentions
        of a name in one town are one place, with its first spelling.
        """
        holders = {number: holder for number in range(len(resolutions)) if (holder := self._holder(tokens, ends, resolutions, number)) is not None}
        if not holders:
            return list(resolutions)
        buildings = {key(item.mention.surface) for item in resolutions if self._is_building(item)}
        names: dict[str, tuple[str, Level, Resolution]] = {}
        for number, holder in holders.items():
            surface = resolutions[number].mention.surface
            names.setdefault(key(surface), (surface, "facility" if key(surface) in buildings else "locality", holder))
        return [self._at(item, names, holders.get(number)) for number, item in enumerate(resolutions)]

    def _at(self, resolution: Resolution, names: dict[str, tuple[str, Level, Resolution]], own: Resolution | None) -> Resolution:
        found = names.get(key(resolution.mention.surface)) if own is not None or self._is_open(resolution) else None
        if found is None:
            return resolution
        name, level, first = found
        holder = own or first
        town = holder.place
        assert town is not None
        ident = f"in:{town.id}:{level}:{name.replace(' ', '-')}"
        place = replace(town, id=ident, name=name, level=level, radius_km=min(_RADIUS_KM, town.radius_km / 2), population=0)
        reason = f"{resolution.reason}; the text puts it in or near {town.name}"
        return replace(resolution, place=place, score=round(holder.score * _SHARE, 4), reason=reason, method=BY_TOWN)

    @staticmethod
    def _is_open(resolution: Resolution) -> bool:
        levels = resolution.mention.levels
        return (
            resolution.place is None
            and resolution.method == "none"
            and resolution.mention.kind == "literal"
            and (not levels or levels[0] in ("locality", "facility"))
        )

    def _is_building(self, resolution: Resolution) -> bool:
        """Whether a name is that of a building, a bridge, a park: "Zyxon Hotel", "Hotel Zyxon"."""
        words = key(resolution.mention.surface).split()
        kinds = (self.features.get(word) for word in (words[:1] + words[-1:]))
        return resolution.mention.levels[:1] == ("facility",) or any(kind is not None and kind.level == "facility" for kind in kinds)

    def _holder(self, tokens: Tokens, ends: Sequence[int], resolutions: Sequence[Resolution], number: int) -> Resolution | None:
        """The town that holds a name, if the text says so: behind it, or before it ("Cape Town's Parklands").

        For a building or a quarter also the only one that the sentence has named by then: "In El Paso, a judge ordered the Gateway Hotel closed". A quarter
        that was placed far from it, and not with certainty, lies there too: "En Tegucigalpa, la colonia San Francisco".
        """
        mine = resolutions[number]
        if _is_doubtful(mine):
            return _far(mine, self._only_before(ends, resolutions, number))
        if not self._is_open(mine):
            return None
        if number + 1 < len(resolutions) and self._says_inside(tokens, resolutions, number):
            return resolutions[number + 1]
        before = resolutions[number - 1] if number else None
        if before is not None and _is_town(before.place) and _between(tokens, before, mine, 1) == [POSSESSED]:
            return before
        if mine.mention.quarter or self._is_building(mine):
            return self._only_before(ends, resolutions, number) or self._in_bracket(tokens, resolutions, number)
        return self._in_bracket(tokens, resolutions, number)

    def _in_bracket(self, tokens: Tokens, resolutions: Sequence[Resolution], number: int) -> Resolution | None:
        """The town behind whose name a bracket opens that lists a name: "Bogotá (Kennedy, Bosa and Suba)"."""
        first = bisect_left(tokens.starts, resolutions[number].mention.start)
        for position in range(first - 1, max(0, first - _BRACKET), -1):
            if tokens.texts[position] == "(":
                end = tokens.ends[position - 1]
                return next((other for other in reversed(resolutions[:number]) if other.mention.end == end and _is_town(other.place)), None)
            if not self._is_of_list(tokens, position):
                return None
        return None

    def _is_of_list(self, tokens: Tokens, position: int) -> bool:
        """Whether a word or mark may stand in a list of names: a name, a small word, what they are, no end of a sentence."""
        if tokens.capital[position] or tokens.texts[position] in _LISTING:
            return True
        words, word = self.words, tokens.keys[position]
        return any(word in kind for kind in (words.joining, words.articles, words.of, words.inside, self.features))

    @staticmethod
    def _only_before(ends: Sequence[int], resolutions: Sequence[Resolution], number: int) -> Resolution | None:
        """The only town that a sentence names before a name."""
        sentence = bisect_left(ends, resolutions[number].mention.end)
        found: Resolution | None = None
        for other in reversed(resolutions[max(0, number - _NAMES) : number]):
            if bisect_left(ends, other.mention.end) != sentence:
                break
            if _is_town(other.place):
                if found is not None and found.place != other.place:
                    return None
                found = other
        return found

    def _says_inside(self, tokens: Tokens, resolutions: Sequence[Resolution], number: int) -> bool:
        """Whether the words between a name and the next one say that it lies in or near that town."""
        mine, town = resolutions[number], resolutions[number + 1]
        between = _between(tokens, mine, town, _MOST) if _is_town(town.place) else []
        if not between or not self.words.measures.isdisjoint(between) or any(word[:1].isdigit() for word in between):
            return False
        apposed = between[0] in _APPOSED
        words = between[1:] if apposed else between
        while words and words[-1] in self.words.articles:
            words = words[:-1]
        if not words:
            return apposed and not self._is_listed(tokens, resolutions, number)
        if not all(words):
            return False
        is_near = any(tuple(words[-len(phrase) :]) == phrase for phrase in self.words.near)
        if not apposed:
            if len(words) == 2 and words[0] in self.words.parts and words[1] in self.words.of:
                return True  # "the Culmore section of Falls Church"
            alone = words[0] in self.words.inside or (mine.mention.quarter and words[0] in self.words.of)
            return (len(words) == 1 and alone) or tuple(words) in self.words.near
        opens = words[0] in self.words.articles or words[0] in self.features or words[0].startswith(self.words.directions) or is_near
        return words[0] in self.words.inside or (opens and (words[-1] in self.words.inside or words[-1] in self.words.of or is_near))

    def _is_listed(self, tokens: Tokens, resolutions: Sequence[Resolution], number: int) -> bool:
        """Whether a name and the one behind it stand in a list of three or more: "in Zyxonville, Lima and Bogotá"."""
        pairs = [(number - 1, number), (number + 1, number + 2)]
        return any(
            first >= 0 and second < len(resolutions) and self._joins(_between(tokens, resolutions[first], resolutions[second], 2)) for first, second in pairs
        )

    def _joins(self, between: Sequence[str]) -> bool:
        return bool(between) and all(word in _APPOSED or word in self.words.joining or word in self.words.articles for word in between)


def _is_doubtful(resolution: Resolution) -> bool:
    """Whether a quarter of a town was placed, and not with certainty."""
    return resolution.mention.quarter and _is_town(resolution.place) and resolution.score < _SURE


def _far(quarter: Resolution, holder: Resolution | None) -> Resolution | None:
    """Give the town that a quarter lies in by the text if where it was placed is far from there."""
    if holder is None or holder.place is None or quarter.place is None:
        return None
    return holder if distance_km(quarter.place, holder.place) > BESIDE_KM else None


def _is_town(place: Place | None) -> bool:
    return place is not None and place.level == "locality"


def _between(tokens: Tokens, left: Resolution, right: Resolution, most: int) -> list[str]:
    """The keys of the words between two names, a comma or bracket before them as it is; empty where there are too many, or one is a name."""
    first, last = bisect_left(tokens.starts, left.mention.end), bisect_left(tokens.starts, right.mention.start)
    if not 0 < last - first <= most + 1 or any(tokens.capital[position] for position in range(first, last)):
        return []
    return [tokens.keys[position] or (tokens.texts[position] if position == first else "") for position in range(first, last)]
