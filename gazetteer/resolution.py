"""Toponym resolution: which place a mention means, or none, with a score, a reason and the alternatives.

The candidates of a name are ranked by a conditional logit over a few features: how well known a place is, what the words beside its mentions say, which countries and units the
text names, and where its other places lie. Other names' places are known only when they are resolved themselves, so that ranking is done in rounds. The weights are learned by
``gazetteer/training/ranker.py``; "none of them" is a candidate like the others.
"""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from operator import mul
from typing import Any, Protocol

from gazetteer import namesakes
from gazetteer.containment import distance_km, holds, may_hold
from gazetteer.index import ALTERNATE, CANONICAL, RELAXED, SHORT, Facts, Index
from gazetteer.namesakes import Group
from gazetteer.records import Candidate, Document, Level, Mention, Place, Resolution
from gazetteer.votes import Possible, Votes

__all__ = ["FEATURES", "Group", "Resolver", "Votes", "distance_km", "holds"]

FEATURES = (
    "none", "none, several words", "none, the only one of several words", "none, own name of an area", "none, own name of a town", "population", "share", "country", "admin1", "admin2", "region", "facility", "alternate", "short", "relaxed", "level said", "other level",
    "inside what follows", "outside what follows", "country named", "country of others", "country of most", "unit named", "unit of others", "unit of most", "unit shared",
    "unit shared by most", "country shared", "near others", "in the region of others", "country unheard of", "outside the only country", "outside the only unit", "like its neighbours in a list",
    "holds what it follows", "its country beside", "places of its country beside", "places of its unit beside",
)  # fmt: skip
_NUMBER = {name: number for number, name in enumerate(FEATURES)}
_OF_COUNTRY = ("country of others", "country of most", "country shared", "outside the only country")
_OF_UNIT = ("unit of others", "unit of most", "unit shared", "unit shared by most", "outside the only unit")
_OF_PLACE = ("near others", "in the region of others", "country unheard of", "inside what follows", "outside what follows", "like its neighbours in a list", "holds what it follows", "its country beside", "places of its country beside", "places of its unit beside")
_RELATIVE = tuple(tuple(_NUMBER[name] for name in names) for names in (_OF_COUNTRY, _OF_UNIT, _OF_PLACE))
Part = tuple[float, ...]
_NOTHING: Part = ()
_ROUNDS = 3
_DOUBT = 0.5
"""Chance of "none" from which a mention is left without a place."""
_SAME_NAME_KM = 250.0
"""From a region's middle to the town that it is named after, at most."""
_ONLINE_SCORE = 0.5
_SAME_KM = 25.0
"""Distance within which an online answer is a place that the gazetteer has."""
Row = dict[int, float]
"""Features of a candidate that are not 0, by their number in :data:`FEATURES`."""


class Locator(Protocol):
    """What may be asked for a name that the gazetteer does not know."""

    def locate(self, surface: str, country: str = "", levels: Sequence[Level] = ()) -> Place | None:
        """Ask for the place that bears a name, in a country and of one of some levels where these are said."""


class Resolver:
    """Resolves the mentions of documents with one gazetteer."""

    def __init__(self, index: Index, weights: Sequence[float] | None = None, online: Locator | None = None) -> None:
        """``weights``: one for each of :data:`FEATURES`; None for those that ship with the package. ``online``: is asked for names that are left without a place."""
        self.index, self.online = index, online
        self.weights = tuple(weights) if weights is not None else _shipped()
        self._relative_weights = tuple(tuple(self.weights[number] for number in numbers) for numbers in _RELATIVE)

    def resolve(self, document: Document, mentions: Sequence[Mention]) -> list[Resolution]:
        """A resolution for each mention, in order."""
        groups = self.groups(document.text, mentions)
        self.rank(groups)
        out: list[Resolution | None] = [None] * len(mentions)
        for group in groups:
            asked = _ask(self.online, group, groups) if self.online and mentions[group.mentions[0]].kind == "literal" else None
            for number in group.mentions:
                mention = mentions[number]
                out[number] = Resolution(mention, asked, _ONLINE_SCORE, "found by the online geocoder", "online") if asked else self._resolution(mention, group)
        return [resolution for resolution in out if resolution is not None]

    def groups(self, text: str, mentions: Sequence[Mention]) -> list[Group]:
        """Groups of mentions with their candidates and their relations in the text."""
        return namesakes.groups(self.index, text, mentions)

    # -------------------------------------------------------------- ranking

    def rank(self, groups: Sequence[Group]) -> None:
        """Set the chances of every group's candidates."""
        countries, units = named(groups)
        for group in groups:
            namesakes.prune(group, countries, units)
            group.chances = _first_guess(group)
        standing = [_standing(group, countries, units) for group in groups]
        scores = [[self._score(row) for row in rows] for rows in standing]
        possible = Possible(groups)
        for _ in range(_ROUNDS):
            votes = Votes(groups, possible)
            found = [() if group.fixed else _relative(group, groups, countries, votes) for group in groups]
            for group, rows, bases in zip(groups, found, scores, strict=True):
                if not group.fixed:
                    group.chances = _softmax(self._added(bases, rows))
        for group in groups:
            _as_said(group)
            _as_spoken_of(group, groups)

    def _added(self, bases: Sequence[float], rows: Sequence[tuple[Part, Part, Part]]) -> list[float]:
        """The scores of candidates and of "none" with those of what the other names say."""
        of_country, of_unit, of_place = self._relative_weights
        known: dict[int, float] = {}
        out: list[float] = []
        for base, (country, unit, place) in zip(bases, rows, strict=False):
            land = known.get(id(country))
            if land is None:
                land = known[id(country)] = sum(map(mul, of_country, country))
            out.append(base + land + sum(map(mul, of_unit, unit)) + sum(map(mul, of_place, place)))
        return [*out, bases[-1]]

    def _score(self, row: Row) -> float:
        weights = self.weights
        return sum([weights[number] * value for number, value in row.items()])

    @staticmethod
    def features(group: Group, groups: Sequence[Group], countries: Mapping[str, float], units: Mapping[int, float], votes: Votes) -> list[Row]:
        """Sparse feature vectors of a group's candidates, that of "none" last; ``countries`` and ``units`` as :func:`named` gives them."""
        rows = _standing(group, countries, units)
        relative = [] if group.fixed else _relative(group, groups, countries, votes)
        for row, parts in zip(rows, relative, strict=False):
            for numbers, part in zip(_RELATIVE, parts, strict=True):
                row.update(zip(numbers, part, strict=False))
        return rows

    # -------------------------------------------------------------- result

    def _resolution(self, mention: Mention, group: Group) -> Resolution:
        if not group.numbers:
            return Resolution(mention, None, 0.0, "the gazetteer has no such name", "none")
        order = sorted(range(len(group.numbers)), key=lambda i: (-group.chances[i], -group.facts[i].population, group.numbers[i]))
        alternatives = tuple(Candidate(self.index.place(group.numbers[i]), round(group.chances[i], 4), "") for i in order[1:4] if group.chances[i] > 0.001)
        best = order[0]
        if _is_open(group):
            closest = self.index.place(group.numbers[best])
            first = Candidate(closest, round(group.chances[best], 4), "")
            return Resolution(mention, None, round(group.chances[-1], 4), f"nothing in the text speaks for {closest.name} ({closest.country})", "none", (first, *alternatives))
        return Resolution(mention, self.index.place(group.numbers[best]), round(group.chances[best], 4), _why(group), "gazetteer", alternatives)


def _why(group: Group) -> str:
    if group.fixed:
        return "abbreviation"
    return "only candidate" if len(group.numbers) == 1 else f"ranked first of {len(group.numbers)}"


def _softmax(scores: Sequence[float]) -> list[float]:
    top = max(scores)
    raised = [math.exp(score - top) for score in scores]
    total = sum(raised)
    return [value / total for value in raised]


def _as_said(group: Group) -> None:
    """Give the first rank to the region or the town of a name, as the words beside it say, where the likeliest candidate is the other of the two."""
    best = group.chances.index(max(group.chances)) if group.numbers and group.levels else -1
    if not 0 <= best < len(group.facts) or group.facts[best].level in group.levels:
        return
    place = group.facts[best]
    said = [i for i, facts in enumerate(group.facts) if facts.level in group.levels and group.hows[i] != RELAXED and _are_namesakes(facts, place)]
    if said:
        _swap(group, best, max(said, key=group.chances.__getitem__))


def _as_spoken_of(group: Group, groups: Sequence[Group]) -> None:
    """Let a demonym of several places mean that one of them in whose country most other places of the text lie, the usual one among equals."""
    if not group.derived or len(group.numbers) < 2 or _is_open(group):
        return
    spoken = Counter(facts.country for other in groups if not other.derived for facts in _meant(other))
    wanted = max(range(len(group.facts)), key=lambda i: (spoken[group.facts[i].country], -i))
    _swap(group, group.chances.index(max(group.chances)), wanted)


def _swap(group: Group, first: int, second: int) -> None:
    group.chances[first], group.chances[second] = group.chances[second], group.chances[first]


def _are_namesakes(a: Facts, b: Facts) -> bool:
    """Whether two places of a name are a town and the area around it."""
    return a.country == b.country and (a.admin1 == b.admin1 != 0 or distance_km(a, b) < _SAME_NAME_KM)


def _first_guess(group: Group) -> list[float]:
    """Before anything is known of the others: by population, areas before towns."""
    weights = [(facts.population + 100) ** 0.4 if facts.level == "locality" else 20000.0 for facts in group.facts]
    total = sum(weights) or 1.0
    return [weight / total for weight in weights] + [0.0]


def named(groups: Sequence[Group]) -> tuple[dict[str, float], dict[int, float]]:
    """Countries and first-level units (by their numbers) that the text names as such, with their shares of all such mentions."""
    countries: dict[str, float] = defaultdict(float)
    units: dict[int, float] = defaultdict(float)
    for group in groups:
        for facts, how in zip(group.facts, group.hows, strict=True):
            if facts.level == "country" and how != RELAXED:
                countries[facts.country] += len(group.mentions)
            elif facts.level == "admin1" and how != RELAXED and facts.admin1:
                units[facts.admin1] += len(group.mentions) * (1.0 if group.fixed else 0.5)
    return _shares(countries), _shares(units)


def _shares(counts: Mapping[Any, float]) -> dict[Any, float]:
    total = sum(counts.values()) or 1.0
    return {name: count / total for name, count in counts.items()}


# ------------------------------------------------------------------ online


def _is_open(group: Group) -> bool:
    """Whether a group is left without a place."""
    return not group.numbers or (not group.fixed and group.chances[-1] > _DOUBT)


def _ask(online: Locator, group: Group, groups: Sequence[Group]) -> Place | None:
    """An online geocoder's place for a name that is left without one; None where the text speaks against it.

    The text speaks against another country than that of what stands around the name, else than those that it speaks of; against a level that the words beside the name exclude; and
    against a place that the gazetteer knows by that name, since none of these was found to fit.
    """
    if not _is_open(group):
        return None
    around = {facts.country for number in group.containers for facts in _meant(groups[number])}
    spoken = around or {facts.country for other in groups for facts in _meant(other)} - {""}
    place = online.locate(group.surface, next(iter(spoken)) if len(spoken) == 1 else "", group.levels)
    if place is None or (spoken and place.country not in spoken) or (group.levels and place.level not in group.levels):
        return None
    return None if any(distance_km(place, facts) < _SAME_KM for facts in group.facts) else place


def _meant(group: Group) -> list[Facts]:
    """The place that a group means, if any."""
    if _is_open(group):
        return []
    return [group.facts[max(range(len(group.facts)), key=group.chances.__getitem__)]]


# ------------------------------------------------------------------ features


_HOW = {ALTERNATE: _NUMBER["alternate"], SHORT: _NUMBER["short"], RELAXED: _NUMBER["relaxed"]}


def _standing(group: Group, countries: Mapping[str, float], units: Mapping[int, float]) -> list[Row]:
    """What does not depend on what the other names mean."""
    index = _NUMBER
    total = sum(facts.population for facts in group.facts if facts.level == "locality") or 1
    rows: list[Row] = []
    for facts, how in zip(group.facts, group.hows, strict=True):
        row: Row = {}
        if facts.level == "locality":
            row[index["population"]] = math.log10(facts.population + 1) / 7
            row[index["share"]] = facts.population / total
        else:
            row[index[facts.level]] = 1.0
        if how in _HOW:
            row[_HOW[how]] = 1.0
        if group.levels:
            row[index["level said" if facts.level in group.levels else "other level"]] = 1.0 if facts.level not in group.levels[1:] else 0.5
        if facts.country and facts.level != "country":
            row[index["country named"]] = countries.get(facts.country, 0.0)
        if facts.admin1 and facts.level != "admin1":
            row[index["unit named"]] = units.get(facts.admin1, 0.0)
        rows.append(row)
    return [*rows, _none(group)]


def _none(group: Group) -> Row:
    """What speaks for none of the candidates: little where the name is a rare one and somebody's own."""
    index = _NUMBER
    row = {index["none"]: 1.0}
    if " " in group.surface:
        row[index["none, several words"]] = 1.0
        if len(group.numbers) == 1 and group.hows[0] != RELAXED:
            row[index["none, the only one of several words"]] = 1.0
    own = [facts for facts, how in zip(group.facts, group.hows, strict=True) if how == CANONICAL]
    if any(facts.level != "locality" for facts in own):
        row[index["none, own name of an area"]] = 1.0
    elif own:
        row[index["none, own name of a town"]] = 1.0
    return row


def _relative(group: Group, groups: Sequence[Group], countries: Mapping[str, float], votes: Votes) -> list[tuple[Part, Part, Part]]:
    """Values of :data:`_OF_COUNTRY`, :data:`_OF_UNIT` and :data:`_OF_PLACE` for each candidate: what depends on what the other names most likely mean."""
    others = votes.without(group)
    by_country: dict[str, Part] = {"": _NOTHING}
    by_unit: dict[int, Part] = {0: _NOTHING}
    close = _named_close(group, groups, votes)
    out: list[tuple[Part, Part, Part]] = []
    for number, facts in zip(group.numbers, group.facts, strict=True):
        country = by_country.get(facts.country)
        if country is None:
            alone = others.main_share if facts.country != others.main_country else 0.0
            country = by_country[facts.country] = (*others.country(facts.country), alone)
        unit = by_unit.get(facts.admin1)
        if unit is None:
            alone = others.unit_share if facts.country == others.main_country and facts.admin1 != others.main_unit else 0.0
            unit = by_unit[facts.admin1] = (*others.unit(facts.admin1), alone)
        near = others.around(number, facts) if others.places and facts.level != "country" else (0.0, 0.0)
        unheard = facts.level != "country" and countries and facts.country and facts.country not in countries and not country[0]
        out.append((country, unit, (*near, 1.0 if unheard else 0.0, *_beside(facts, group, groups), *_close_by(facts, close))))
    return out


Close = tuple[dict[str, float], dict[str, float], dict[int, float]]


def _named_close(group: Group, groups: Sequence[Group], votes: Votes) -> Close:
    """What is named close to a group's mentions: countries as such, places by country, places by unit, with their shares."""
    lands: dict[str, float] = defaultdict(float)
    countries: dict[str, float] = defaultdict(float)
    units: dict[int, float] = defaultdict(float)
    for number, weight in group.beside.items():
        other = groups[number]
        for facts, chance in zip(other.facts, other.chances, strict=False):
            if facts.level == "country":
                lands[facts.country] += weight * chance
        of_country, of_unit = votes.own(other)
        for name, chance in of_country.items():
            countries[name] += weight * chance
        for unit, chance in of_unit.items():
            units[unit] += weight * chance
    return lands, countries, units


def _close_by(facts: Facts, close: Close) -> tuple[float, float, float]:
    """How much of what is named close by is a candidate's country, lies in it, lies in its unit."""
    lands, countries, units = close
    return lands.get(facts.country, 0.0) if facts.level != "country" else 0.0, countries.get(facts.country, 0.0), units.get(facts.admin1, 0.0) if facts.admin1 else 0.0


def _beside(facts: Facts, group: Group, groups: Sequence[Group]) -> tuple[float, float, float, float]:
    """How well a candidate fits what the words beside its mentions hold it in, and the lists that they stand in."""
    inside = outside = alike = holding = 0.0
    if group.containers:
        inside = max(_held(groups[number], facts) for number in group.containers)
        outside = 1.0 - inside
    if group.neighbours:
        alike = sum([_likeness(groups[number], facts) for number in group.neighbours]) / len(group.neighbours)
    if group.contents:
        holding = sum([_holding(facts, groups[number]) for number in group.contents]) / len(group.contents)
    return inside, outside, alike, holding


def _held(container: Group, facts: Facts) -> float:
    """The chance that a group's place holds another one."""
    return sum([chance for holder, chance in zip(container.facts, container.chances, strict=False) if may_hold(holder, facts)])


def _holding(facts: Facts, content: Group) -> float:
    """The chance that a candidate holds a group's place."""
    return sum([chance for inner, chance in zip(content.facts, content.chances, strict=False) if may_hold(facts, inner)])


def _likeness(neighbour: Group, facts: Facts) -> float:
    """The chance that a neighbour's place is of the same level (and, for what lies in one, of the same country)."""
    level, country = facts.level, facts.country
    return sum([chance for other, chance in zip(neighbour.facts, neighbour.chances, strict=False) if other.level == level and (level == "country" or other.country == country)])


@lru_cache(maxsize=1)
def _shipped() -> tuple[float, ...]:
    weights = json.loads((files("gazetteer") / "data" / "ranker.json").read_text("utf-8"))
    return tuple(float(weights.get(name, 0.0)) for name in FEATURES)
