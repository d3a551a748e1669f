"""What the names of a text say of one another: each name's candidates vote for their countries, their units and their surroundings, by their chances."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from gazetteer.index import Facts
from gazetteer.index.containment import distance_km
from gazetteer.resolution.candidates import Group

_Name = TypeVar("_Name", str, int)
_NEAR_KM, _REGION_KM = 30, 200
"""Distances at which what lies near, and what lies in the same region, counts a third."""
_LIKELY = 0.4
"""Chance from which a candidate says where other names may lie."""
_MOST_PLACES = 40


@dataclass(slots=True)
class Nearness:
    """How near a place lies to some others, as both logarithms; and to each of them, as both decays of the distance."""

    others: list[int]
    sums: tuple[float, float]
    pairs: dict[int, tuple[float, float]]


Kept = dict[int, Nearness]
"""Nearness by a place's number: most often to the same others in all rounds of a text."""


class Tally(Generic[_Name]):
    """Votes for countries or units, added up, from which any one group's own can be taken out."""

    __slots__ = ("_order", "_rank", "total", "votes")

    def __init__(self) -> None:
        self.votes: dict[_Name, float] = defaultdict(float)
        self.total = 0.0
        self._order: list[_Name] = []
        self._rank: dict[_Name, int] = {}

    def add(self, part: Mapping[_Name, float]) -> None:
        """Count a group's votes."""
        for name, share in part.items():
            self.votes[name] += share
            self.total += share

    def close(self) -> None:
        """Put what has votes in order, the most first."""
        self._rank = {name: number for number, name in enumerate(self.votes)}
        self._order = sorted(self.votes, key=self.votes.__getitem__, reverse=True)

    def without(self, own: Mapping[_Name, float]) -> dict[_Name, float]:
        """Give the votes for what a group voted for, without its own."""
        votes = self.votes
        return {name: rest if (rest := votes[name] - share) > 0 else 0.0 for name, share in own.items()}

    def top(self, rest: Mapping[_Name, float]) -> tuple[_Name | None, float]:
        """Tell what has most without a group's own votes, the first that was voted for among equals; ``rest`` as :meth:`without` gives it."""
        most = max(rest.values(), default=-1.0)
        other = next((name for name in self._order if name not in rest), None)
        if other is not None and self.votes[other] > most:
            return other, self.votes[other]
        equals = [name for name, votes in rest.items() if votes == most]
        if other is not None and self.votes[other] == most:
            equals.append(other)
        return (min(equals, key=self._rank.__getitem__), most) if equals else (None, 0.0)


class Possible:
    """What could be: one vote of every group, shared evenly by all countries, and by all units, of its candidates. The same in all rounds."""

    def __init__(self, groups: Sequence[Group]) -> None:
        lands, units = Tally[str](), Tally[int]()
        own = [(group, *_candidates(group)) for group in groups]
        for _, countries, numbers in own:
            lands.add(countries)
            units.add(numbers)
        lands.close()
        units.close()
        self._of: dict[int, tuple[dict[str, float], dict[int, tuple[float, float]]]] = {}
        for group, countries, numbers in own:
            rest = units.without(numbers)
            total = units.total - sum(numbers.values()) + 0.5
            most = max(0.05, units.top(rest)[1])
            landed = lands.total - sum(countries.values()) + 0.5
            shares = {number: (votes / total, votes / most) for number, votes in rest.items()}
            self._of[id(group)] = {name: votes / landed for name, votes in lands.without(countries).items()}, shares
        self.kept: Kept = {}

    def without(self, group: Group) -> tuple[dict[str, float], dict[int, tuple[float, float]]]:
        """How much of what the other names could be lies in each of a group's countries, and (of all, and of the most that any has) in each of its units."""
        return self._of[id(group)]


def _candidates(group: Group) -> tuple[dict[str, float], dict[int, float]]:
    countries = dict.fromkeys([facts.country for facts in group.facts if facts.country], 0.0)
    units = dict.fromkeys([facts.admin1 for facts in group.facts if facts.admin1], 0.0)
    return dict.fromkeys(countries, 1 / max(1, len(countries))), dict.fromkeys(units, 1 / max(1, len(units)))


class Votes:
    """The votes of all groups of a text, by the chances that their candidates have."""

    def __init__(self, groups: Sequence[Group], possible: Possible | None = None) -> None:
        """``possible``: that of the same groups, where it is there from an earlier round."""
        self.countries, self.units = Tally[str](), Tally[int]()
        self.possible = possible or Possible(groups)
        self.places: list[tuple[int, int, Facts]] = []
        """Group, number and facts of the likely places."""
        self._own: dict[int, tuple[dict[str, float], dict[int, float]]] = {}
        for group in groups:
            countries, units = self._own[id(group)] = _of(group)
            self.countries.add(countries)
            self.units.add(units)
            best = group.chances.index(max(group.chances[:-1])) if group.facts else None
            if best is not None and group.chances[best] > _LIKELY and group.facts[best].level in ("locality", "facility", "admin2"):
                self.places.append((id(group), group.numbers[best], group.facts[best]))
        self.countries.close()
        self.units.close()

    def own(self, group: Group) -> tuple[dict[str, float], dict[int, float]]:
        """Tell what a group itself says: the countries and units of its candidates, by their chances."""
        return self._own[id(group)]

    def without(self, group: Group) -> Others:
        """Tell what the others say."""
        places = [place for place in self.places if place[0] != id(group)][:_MOST_PLACES]
        return Others(self, self._own[id(group)], self.possible.without(group), places)


def _of(group: Group) -> tuple[dict[str, float], dict[int, float]]:
    countries: dict[str, float] = defaultdict(float)
    units: dict[int, float] = defaultdict(float)
    for facts, share in zip(group.facts, group.chances, strict=False):
        if facts.country:
            countries[facts.country] += share
        if facts.admin1:
            units[facts.admin1] += share
    return countries, units


class Others:
    """What the other groups of a document say to one, of the countries and units of its own candidates."""

    def __init__(
        self,
        votes: Votes,
        own: tuple[dict[str, float], dict[int, float]],
        possible: tuple[dict[str, float], dict[int, tuple[float, float]]],
        places: Sequence[tuple[int, int, Facts]],
    ) -> None:
        countries, units = own
        self._countries, self._units = votes.countries.without(countries), votes.units.without(units)
        self._lands, self._shared = possible
        self.main_country, country_top = votes.countries.top(self._countries)
        self.main_unit, unit_top = votes.units.top(self._units)
        self.main_share = _alone(country_top, votes.countries.total - sum(countries.values()))
        self.unit_share = _alone(unit_top, votes.units.total - sum(units.values()))
        self._country_top, self._unit_top = max(0.5, country_top), max(0.5, unit_top)
        self.places = places
        self._numbers = [number for _, number, _ in places]
        self._kept = votes.possible.kept

    def country(self, name: str) -> tuple[float, float, float]:
        """Votes for a country, as logarithm and as a share of the most that any has; and how much of what the other names could be lies there."""
        votes = self._countries[name]
        return math.log1p(votes), votes / self._country_top, self._lands[name]

    def unit(self, number: int) -> tuple[float, float, float, float]:
        """Votes for a first-level unit, the same way; and how much of what the other names could be lies there, of all and of the most that any has."""
        votes = self._units[number]
        return math.log1p(votes), votes / self._unit_top, *self._shared[number]

    def around(self, number: int, facts: Facts) -> tuple[float, float]:
        """How much of the others lies near a place and in its region, as logarithms."""
        kept = self._kept.get(number)
        if kept is None:
            kept = self._kept[number] = Nearness([], (0.0, 0.0), {})
        if kept.others != self._numbers:
            near = region = 0.0
            for _, other, there in self.places:
                pair = kept.pairs.get(other)
                if pair is None:
                    distance = distance_km(facts, there)
                    pair = kept.pairs[other] = math.exp(-distance / _NEAR_KM), math.exp(-distance / _REGION_KM)
                near += pair[0]
                region += pair[1]
            kept.others, kept.sums = self._numbers, (math.log1p(near), math.log1p(region))
        return kept.sums


def _alone(top: float, total: float) -> float:
    """How far what has most votes is the only one: 1 where it has all of more than one vote, 0 where it has half or less."""
    return max(0.0, 2 * top / (max(0.0, total) + 1.0) - 1)
