"""What speaks for each candidate of a name, as features: how well known it is, what the words beside its mentions say, and what the text's other names say.

What stands for itself is looked at once; what depends on what the other names mean, in each round anew. The weights are learned by
``gazetteer/training/ranker.py``.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from gazetteer.index import ALTERNATE, CANONICAL, RELAXED, SHORT, Facts
from gazetteer.index.containment import may_hold
from gazetteer.resolution.candidates import Group
from gazetteer.resolution.votes import Votes
from gazetteer.text.names import key

FEATURES = (
    "none",
    "none, several words",
    "none, the only one of several words",
    "none, own name of an area",
    "none, own name of a town",
    "population",
    "share",
    "country",
    "admin1",
    "admin2",
    "region",
    "facility",
    "alternate",
    "short",
    "relaxed",
    "level said",
    "other level",
    "inside what follows",
    "outside what follows",
    "country named",
    "country of others",
    "country of most",
    "unit named",
    "unit of others",
    "unit of most",
    "unit shared",
    "unit shared by most",
    "country shared",
    "near others",
    "in the region of others",
    "country unheard of",
    "outside the only country",
    "outside the only unit",
    "like its neighbours in a list",
    "holds what it follows",
    "its country beside",
    "places of its country beside",
    "places of its unit beside",
)
_NUMBER = {name: number for number, name in enumerate(FEATURES)}
_OF_COUNTRY = ("country of others", "country of most", "country shared", "outside the only country")
_OF_UNIT = ("unit of others", "unit of most", "unit shared", "unit shared by most", "outside the only unit")
_OF_PLACE = (
    "near others",
    "in the region of others",
    "country unheard of",
    "inside what follows",
    "outside what follows",
    "like its neighbours in a list",
    "holds what it follows",
    "its country beside",
    "places of its country beside",
    "places of its unit beside",
)
RELATIVE = tuple(tuple(_NUMBER[name] for name in names) for names in (_OF_COUNTRY, _OF_UNIT, _OF_PLACE))
"""Numbers of the features that :func:`relative` gives."""
_Name = TypeVar("_Name", str, int)
Part = tuple[float, ...]
"""Values of some features, in their order."""
_NOTHING: Part = ()
Row = dict[int, float]
"""Features of a candidate that are not 0, by their number in :data:`FEATURES`."""


def named(groups: Sequence[Group]) -> tuple[dict[str, float], dict[int, float]]:
    """Countries and first-level units (by their numbers) that the text names as such, with how often."""
    countries: dict[str, float] = defaultdict(float)
    units: dict[int, float] = defaultdict(float)
    for group in groups:
        for facts, how in zip(group.facts, group.hows, strict=True):
            if facts.level == "country" and how != RELAXED:
                countries[facts.country] += len(group.mentions)
            elif facts.level == "admin1" and how != RELAXED and facts.admin1:
                units[facts.admin1] += len(group.mentions) * (1.0 if group.fixed else 0.5)
    return countries, units


def _shares(names: Iterable[_Name], counts: Mapping[_Name, float], own: Mapping[_Name, float]) -> dict[_Name, float]:
    """Give the shares of names without what is one's own: "Guanajuato" does not say that the town of that name is meant."""
    total = sum(counts.values()) - sum(own.values()) or 1.0
    return {name: (counts.get(name, 0.0) - own.get(name, 0.0)) / total for name in names}


_HOW = {ALTERNATE: _NUMBER["alternate"], SHORT: _NUMBER["short"], RELAXED: _NUMBER["relaxed"]}


def standing(group: Group, countries: Mapping[str, float], units: Mapping[int, float]) -> list[Row]:
    """Tell what does not depend on what the other names mean; ``countries`` and ``units`` as :func:`named` gives them."""
    index = _NUMBER
    own_countries, own_units = named([group])
    of_country = _shares({facts.country for facts in group.facts}, countries, own_countries)
    of_unit = _shares({facts.admin1 for facts in group.facts}, units, own_units)
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
            row[index["country named"]] = of_country[facts.country]
        if facts.admin1 and facts.level != "admin1":
            row[index["unit named"]] = of_unit[facts.admin1]
        rows.append(row)
    return [*rows, _none(group)]


def _none(group: Group) -> Row:
    """Tell what speaks for none of the candidates: little where the name is a rare one and somebody's own."""
    index = _NUMBER
    row = {index["none"]: 1.0}
    if " " in key(group.surface):
        row[index["none, several words"]] = 1.0
        if len(group.numbers) == 1 and group.hows[0] != RELAXED:
            row[index["none, the only one of several words"]] = 1.0
    own = [facts for facts, how in zip(group.facts, group.hows, strict=True) if how == CANONICAL]
    if any(facts.level != "locality" for facts in own):
        row[index["none, own name of an area"]] = 1.0
    elif own:
        row[index["none, own name of a town"]] = 1.0
    return row


def relative(group: Group, groups: Sequence[Group], countries: Mapping[str, float], votes: Votes) -> list[tuple[Part, Part, Part]]:
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
    """Tell what is named close to a group's mentions: countries as such, places by country, places by unit, with their shares."""
    lands: dict[str, float] = defaultdict(float)
    countries: dict[str, float] = defaultdict(float)
    units: dict[int, float] = defaultdict(float)
    own = votes.own(group)[1]
    for number, weight in group.beside.items():
        other = groups[number]
        for facts, chance in zip(other.facts, other.chances, strict=False):
            if facts.level == "country":
                lands[facts.country] += weight * chance
        of_country, of_unit = votes.own(other)
        for name, chance in of_country.items():
            countries[name] += weight * chance
        for unit in own:
            units[unit] += weight * of_unit.get(unit, 0.0)
    return lands, countries, units


def _close_by(facts: Facts, close: Close) -> tuple[float, float, float]:
    """How much of what is named close by is a candidate's country, lies in it, lies in its unit."""
    lands, countries, units = close
    return (
        lands.get(facts.country, 0.0) if facts.level != "country" else 0.0,
        countries.get(facts.country, 0.0),
        units.get(facts.admin1, 0.0) if facts.admin1 else 0.0,
    )


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
    """Give the chance that a group's place holds another one."""
    return sum([chance for holder, chance in zip(container.facts, container.chances, strict=False) if may_hold(holder, facts)])


def _holding(facts: Facts, content: Group) -> float:
    """Give the chance that a candidate holds a group's place."""
    return sum([chance for inner, chance in zip(content.facts, content.chances, strict=False) if may_hold(facts, inner)])


def _likeness(neighbour: Group, facts: Facts) -> float:
    """Give the chance that a neighbour's place is of the same level (and, for what lies in one, of the same country)."""
    level, country = facts.level, facts.country
    return sum(
        [
            chance
            for other, chance in zip(neighbour.facts, neighbour.chances, strict=False)
            if other.level == level and (level == "country" or other.country == country)
        ]
    )
