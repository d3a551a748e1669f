"""The places that may bear a name, and which of them the words beside it allow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from gazetteer.index import ALTERNATE, CANONICAL, RELAXED, SHORT, Facts, Index
from gazetteer.index.containment import distance_km
from gazetteer.records import Level, Mention
from gazetteer.resolution import between
from gazetteer.text.names import NATURES, PARK_WORDS, key

SAME_NAME_KM = 250.0
"""From a region's middle to the town that it is named after, at most."""
GREAT = 100_000
"""How many live in a town that is known by its name alone, and is no quarter unless one twice as large lies beside it."""
BESIDE_KM = 30.0
"""How near a quarter lies to the middle of its town, at most."""
_BESIDE_TOWNS = 200
"""How many towns beside one are looked at for that."""
_MOST = 24
"""Candidates of a name that are ranked: the most populous, and all in countries and units that the text names."""
_FEW_COUNTRIES = 4
"""Fewer countries than these in a text make each of them a place to look in."""

Candidates = frozenset[int]
"""Numbers of candidates in the gazetteer."""


@dataclass(slots=True)
class Group:
    """The mentions of a document that mean the same place, with its candidates."""

    surface: str
    mentions: list[int] = field(default_factory=list)
    levels: tuple[Level, ...] = ()
    spoken: tuple[float, ...] = ()
    """What the words around its mentions say of its level, on average."""
    numbers: list[int] = field(default_factory=list)
    hows: list[int] = field(default_factory=list)
    facts: list[Facts] = field(default_factory=list)
    containers: list[int] = field(default_factory=list)
    """Groups that a comma, "in" or a possessive says to hold this one."""
    contents: list[int] = field(default_factory=list)
    """Groups that a comma, "in" or a possessive says to lie in this one."""
    neighbours: list[int] = field(default_factory=list)
    """Groups that stand beside it in a list."""
    beside: dict[int, float] = field(default_factory=dict)
    """Groups that are named close by, with how close: the weights add up to 1."""
    chances: list[float] = field(default_factory=list)
    """Of each candidate, and of none as the last."""
    fixed: bool = False
    adjective: bool = False
    """Whether it is a demonym."""
    elsewhere: bool = False
    """Whether the text puts it where no place of its name is."""
    derived: bool = False
    """Whether the candidates are what a demonym may be derived from, the usual one first."""

    @property
    def best_known(self) -> int:
        """The number of its most populous candidate."""
        return max(zip(self.facts, self.numbers, strict=True), key=lambda item: item[0].population)[1]

    def of_sense(self, candidates: frozenset[int]) -> Group:
        """Another group of the name, with only some of the candidates."""
        group = replace(self, mentions=[], numbers=list(self.numbers), hows=list(self.hows), facts=list(self.facts))
        group.containers, group.contents, group.neighbours, group.beside = [], [], [], {}
        group.keep([position for position, number in enumerate(self.numbers) if number in candidates])
        group.elsewhere = not candidates
        return group

    def keep(self, positions: Sequence[int]) -> None:
        """Leave only some of the candidates, in a given order."""
        self.numbers = [self.numbers[i] for i in positions]
        self.hows = [self.hows[i] for i in positions]
        self.facts = [self.facts[i] for i in positions]


def fill(index: Index, group: Group, mention: Mention, facilities: frozenset[str]) -> None:
    """Find the places that bear a group's name and that its mention allows."""
    name = mention.name or mention.surface
    wanted = name if name.startswith("#") else key(name)
    short_counts = mention.surface.replace(".", "").isupper()
    for number, how in index.lookup(wanted.lower()):
        facts = index.facts(number)
        if how == SHORT and not short_counts:
            continue
        if mention.kind == "demonym" and (facts.level != mention.levels[0] if mention.levels else facts.level != "country"):
            continue
        if mention.country and facts.country != mention.country:
            continue
        _add(group, number, how, facts)
    if mention.levels == ("region",) and all(facts.level != "region" for facts in group.facts):
        _fill_with_nature(index, group, wanted)
    if mention.kind != "demonym":
        _fill_with_called(index, group, wanted)
        _fill_with_joined(index, group, wanted)
    own = min(group.hows, default=CANONICAL)
    for sense in mention.also:
        for number, how in index.lookup(key(sense.name)):
            facts = index.facts(number)
            if how == CANONICAL and facts.level == sense.level and facts.country == sense.country and number not in group.numbers:
                _add(group, number, own if sense.level == mention.levels[0] else ALTERNATE, facts)
    group.adjective, group.derived = mention.kind == "demonym", bool(mention.also)
    _drop_relaxed(group)
    if wanted not in facilities:
        _drop_shortened(index, group, wanted)
    if mention.quarter and group.numbers:
        group.keep([position for position, facts in enumerate(group.facts) if _may_be_quarter(index, facts)])
        group.elsewhere = not group.numbers
    group.fixed = name.startswith("#") and len(group.numbers) == 1


def _may_be_quarter(index: Index, facts: Facts) -> bool:
    """Whether a place may be a part of a town: no area, and no large town unless one beside it is far larger."""
    if facts.level != "locality":
        return False
    if facts.population < GREAT:
        return True
    near = index.nearest(facts.latitude, facts.longitude, km=BESIDE_KM, limit=_BESIDE_TOWNS)
    return any(index.facts(number).population > 2 * facts.population for number, _ in near)


def _fill_with_nature(index: Index, group: Group, wanted: str) -> None:
    """Find what bears the name with the word for what it is, where the text says that word beside it: "the San Juan river"."""
    for nature in NATURES:
        for number, _ in index.lookup(wanted + nature):
            facts = index.facts(number)
            if facts.level == "region" and number not in group.numbers:
                _add(group, number, ALTERNATE, facts)


def _fill_with_called(index: Index, group: Group, wanted: str) -> None:
    """Find the areas that bear the name without its last word, which says what they are: Ghana's "Eastern", where Malta has an "Eastern Region"."""
    name, _, called = wanted.rpartition(" ")
    for number, how in index.lookup(name) if name and group.numbers else ():
        facts = index.facts(number)
        if how in (CANONICAL, ALTERNATE) and number not in group.numbers and facts.level in ("admin1", "admin2") and between.is_called(called, facts.level):
            _add(group, number, ALTERNATE, facts)


def _fill_with_joined(index: Index, group: Group, wanted: str) -> None:
    """Find what bears the name written as one word, as old texts part it: "Civita Vecchia"; beside other bearers of the name only great cities."""
    others = bool(group.numbers)
    for number, how in index.lookup(wanted.replace(" ", "")) if " " in wanted and not wanted.startswith("#") else ():
        facts = index.facts(number)
        if how == CANONICAL and number not in group.numbers and (not others or facts.population >= GREAT):
            _add(group, number, ALTERNATE, facts)


def _add(group: Group, number: int, how: int, facts: Facts) -> None:
    group.numbers.append(number)
    group.hows.append(how)
    group.facts.append(facts)


def _drop_shortened(index: Index, group: Group, wanted: str) -> None:
    """Leave out buildings that bear the name only without the word that says what they are ("Attica" for its prison), where something else bears it."""
    shortened = [
        i for i, facts in enumerate(group.facts) if facts.level == "facility" and _is_shortened(key(index.place(group.numbers[i]).name), wanted, group.hows[i])
    ]
    if shortened and len(shortened) < len(group.numbers):
        group.keep([i for i in range(len(group.numbers)) if i not in shortened])


def _is_shortened(name: str, wanted: str, how: int) -> bool:
    """Whether a building's name is used without its last words; a park may have its bare name as a further one."""
    is_park = how == ALTERNATE and name.rpartition(" ")[2] in PARK_WORDS
    return how != CANONICAL and not is_park and name.startswith(wanted + " ")


def _drop_relaxed(group: Group) -> None:
    """Leave out towns that bear the name only without a generic word ("Texas City"), where something bears it as it stands."""
    if not all(how == RELAXED for how in group.hows):
        group.keep([i for i, how in enumerate(group.hows) if how != RELAXED or group.facts[i].level != "locality"])


def are_namesakes(a: Facts, b: Facts) -> bool:
    """Whether two places of a name are a town and the area around it."""
    return a.country == b.country and (a.admin1 == b.admin1 != 0 or distance_km(a, b) < SAME_NAME_KM)


def prune(group: Group, countries: Mapping[str, float], units: Mapping[int, float]) -> None:
    """Leave out the small ones of many candidates, save those in a country or unit that the text names (with their shares of such names)."""
    if len(group.numbers) <= _MOST:
        return
    order = sorted(range(len(group.numbers)), key=lambda i: (group.hows[i] == RELAXED, group.facts[i].level == "locality", -group.facts[i].population))
    is_named = [facts.admin1 in units or (facts.country in countries and len(countries) < _FEW_COUNTRIES) for facts in group.facts]
    wanted = [i for i in order[_MOST:] if is_named[i] or is_called(group, i)]
    group.keep(order[:_MOST] + wanted[: 2 * _MOST])


def is_called(group: Group, number: int) -> bool:
    """Whether the words beside a name say that it is a candidate's level, and nothing smaller: "the county of"."""
    return group.levels[:1] == (group.facts[number].level,) != ("locality",)
