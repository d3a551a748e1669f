"""The names of a document with all places that bear them, and how the names stand together: one inside another, side by side in a list.

All mentions of one name in a document mean the same place unless the words beside them say otherwise (one sense per document, Gale et al. 1992).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from gazetteer import between
from gazetteer.containment import distance_km, may_hold
from gazetteer.index import ALTERNATE, CANONICAL, RELAXED, SHORT, Facts, Index
from gazetteer.names import NATURES, PARK_WORDS, key
from gazetteer.records import Level, Mention

_MOST = 24
"""Candidates of a name that are ranked: the most populous, and all in countries and units that the text names."""
_FEW_COUNTRIES = 4
"""Fewer countries than these in a text make each of them a place to look in."""
_SAME_NAME_KM = 250.0
"""From a region's middle to the town that it is named after, at most."""
_KNOWN, _DWARFED = 1000, 100
"""How many must live in a town for it to be meant beside a namesake of more than a hundred times its size."""
_GREAT = 100_000
"""How many live in a town that is known by its name alone."""
_HEAD, _COLON, _WORD = re.compile(r"\W*(?:\d+[.)]\s*)?"), re.compile(r"[*_]*(?::|\s*\||\t)"), re.compile(r"[^\W\d_]{2,}")
"""What may stand before the name that heads a line of a list or table, what stands behind it, and a word."""
_FEW_WORDS = 4
"""Words other than names that such a line has at most."""
_CLOSE, _AT_HAND = 120.0, 360
"""Characters at which a name close by counts a third, and over which it counts no more."""

_LARGE = 100_000
"""People of a town that is no quarter, unless a town twice as large lies beside it."""
_BESIDE_KM, _BESIDE_TOWNS = 30.0, 200
"""How near that town lies, and how many are looked at."""


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


Ident = tuple[str, str, tuple[Level, ...], bool]
Candidates = frozenset[int]
"""Numbers of candidates in the gazetteer."""


def groups(index: Index, text: str, mentions: Sequence[Mention]) -> list[Group]:
    """Give groups of mentions with their candidates and their relations in the text."""
    every: dict[Ident, Group] = {}
    facilities = frozenset(key(mention.surface) for mention in mentions if "facility" in mention.levels)
    idents = [_ident(mention) for mention in mentions]
    for ident, mention in zip(idents, mentions, strict=True):
        if ident not in every:
            every[ident] = Group(mention.surface, levels=mention.levels)
            _fill(index, every[ident], mention, facilities)
    found: dict[tuple[Ident, Candidates | None], Group] = {}
    of_mention: list[Group] = []
    for number, (ident, sense) in enumerate(zip(idents, _senses(text, mentions, idents, every), strict=True)):
        group = found.get((ident, sense))
        if group is None:
            group = found[ident, sense] = every[ident] if sense is None else every[ident].of_sense(sense)
        group.mentions.append(number)
        of_mention.append(group)
    out = list(found.values())
    for group in out:
        group.spoken = _mean([mentions[number].spoken for number in group.mentions if mentions[number].spoken])
    position = {id(group): number for number, group in enumerate(out)}
    _relate(text, mentions, of_mention, position)
    for number, head in _headed(text, mentions).items():
        inner, outer = of_mention[number], of_mention[head]
        if inner is not outer and position[id(outer)] not in inner.containers and any(facts.level in ("country", "admin1") for facts in outer.facts):
            inner.containers.append(position[id(outer)])
            outer.contents.append(position[id(inner)])
    _set_beside(text, mentions, [position[id(group)] for group in of_mention], out)
    return out


def _ident(mention: Mention) -> Ident:
    name = mention.name or mention.surface
    return (key(name) if not name.startswith("#") else name, mention.country, mention.levels, mention.quarter)


# ------------------------------------------------------------------ "Paris, Texas"


def _senses(text: str, mentions: Sequence[Mention], idents: Sequence[Ident], every: Mapping[Ident, Group]) -> list[Candidates | None]:
    """For each mention the candidates that the area behind it leaves ("Paris, Texas"), None for all of them.

    A mention without one means what the first one of its name does; where that has none either, what the others do if that is the best known place.
    """
    bound = _bound(text, mentions, [every[ident] for ident in idents])
    told: dict[Ident, list[Candidates]] = {}
    for number, candidates in sorted(bound.items()):
        senses = told.setdefault(idents[number], [])
        same = next((position for position, other in enumerate(senses) if other & candidates or other == candidates), None)
        if same is None:
            senses.append(candidates)
        else:
            senses[same] &= candidates
    usual: dict[Ident, Candidates | None] = {}
    out: list[Candidates | None] = []
    for number, ident in enumerate(idents):
        senses = told.get(ident, [])
        own = next((sense for sense in senses if sense & bound[number] or sense == bound[number]), None) if number in bound else None
        if ident not in usual:
            usual[ident] = own if own is not None else senses[0] if len(senses) == 1 and every[ident].best_known in senses[0] else None
        out.append(own if own is not None else usual[ident])
    return out


def _bound(text: str, mentions: Sequence[Mention], of_mention: Sequence[Group]) -> dict[int, Candidates]:
    """The candidates left of names that an area follows behind a comma or "in", and of its own name; not those of names in a list of their like.

    Behind "in" none may be left: "Buenos Aires, in Imbabura" is a village that the gazetteer lacks.
    """
    out = _bound_by_heads(text, mentions, of_mention)
    nowhere: set[int] = set()
    for number in range(len(mentions) - 1):
        gap = text[mentions[number].end : mentions[number + 1].start]
        town, area = of_mention[number], of_mention[number + 1]
        if town is area or len(gap) > between.LONGEST or "demonym" in (mentions[number].kind, mentions[number + 1].kind):
            continue
        is_said = between.says_in(gap)
        if not is_said and not between.is_qualified(gap):
            continue
        units = [j for j, outer in enumerate(area.facts) if outer.level in ("admin1", "country") or (is_said and outer.level == "admin2")]
        pairs = [(i, j) for j in units for i in _within(town, area.facts[j], is_said=is_said)]
        if pairs:
            out[number] = frozenset(town.numbers[i] for i, _ in pairs) & out.get(number, frozenset(town.numbers))
            holding = frozenset(area.numbers[j] for _, j in pairs)
            if not is_said and holding < {area.numbers[j] for j in units}:
                out[number + 1] = holding
        elif is_said and _is_elsewhere(town, area, is_apposed=gap.startswith(",")) and not between.goes_on(text, mentions[number + 1].end):
            nowhere.add(number)
    bound = {number: candidates for number, candidates in out.items() if candidates} | dict.fromkeys(nowhere, frozenset())
    return bound | _bound_quarters(text, mentions, of_mention)


def _bound_quarters(text: str, mentions: Sequence[Mention], of_mention: Sequence[Group]) -> dict[int, Candidates]:
    """The candidates left of quarters whose town follows behind "of": "el barrio Buenos Aires de Medellín"."""
    out: dict[int, Candidates] = {}
    for number in range(len(mentions) - 1):
        quarter, town = of_mention[number], of_mention[number + 1]
        if mentions[number].quarter and between.says_of(text[mentions[number].end : mentions[number + 1].start]):
            most = max((outer.population for outer in town.facts), default=0)
            towns = [outer for outer in town.facts if 2 * outer.population >= most]
            pairs = zip(quarter.numbers, quarter.facts, strict=True)
            out[number] = frozenset(place for place, facts in pairs if any(distance_km(facts, outer) < _BESIDE_KM for outer in towns))
    return out


def _bound_by_heads(text: str, mentions: Sequence[Mention], of_mention: Sequence[Group]) -> dict[int, Candidates]:
    """The candidates left of names in a line that a country or a state heads."""
    out: dict[int, Candidates] = {}
    for number, head in _headed(text, mentions).items():
        town, area = of_mention[number], of_mention[head]
        outer = [facts for facts in area.facts if facts.level in ("admin1", "country")] if town is not area else []
        out[number] = frozenset(town.numbers[i] for facts in outer for i in _within(town, facts, is_said=False))
    return {number: candidates for number, candidates in out.items() if candidates}


def _within(town: Group, outer: Facts, *, is_said: bool) -> list[int]:
    """The candidates of a name that a state or country behind it may hold; none where the name is one of its like in its country: "Georgia, Alabama".

    ``is_said``: whether "in" stands between the two, which makes small ones likely.
    """
    if any(outer.level == "country" == facts.level or (facts.level == "admin1" == outer.level and facts.country == outer.country) for facts in town.facts):
        return []
    most = max(facts.population for facts in town.facts) if town.facts and not is_said else 0
    if is_said and any(facts.level == "region" for facts in town.facts):
        return []
    held = [i for i, facts in enumerate(town.facts) if may_hold(outer, facts) or (is_said and _is_about(outer, facts))]
    likely = [i for i in held if _is_called(town, i) or _is_likely(town, i, most)]
    if is_said and town.levels and all(town.facts[i].level not in town.levels for i in likely):
        return []
    inside = [i for i in likely if is_said and outer.level == "admin2" and distance_km(outer, town.facts[i]) < outer.radius_km]
    return inside or likely


def _is_about(outer: Facts, facts: Facts) -> bool:
    """Whether a place lies about the middle of a state: the gazetteer has some towns under another one."""
    return outer.country == facts.country and facts.level not in ("country", outer.level) and distance_km(outer, facts) < outer.radius_km


def _is_elsewhere(town: Group, area: Group, *, is_apposed: bool) -> bool:
    """Whether every place of a name lies far from the state or country, known best by its name, that is said to hold it, and from its namesakes.

    What no comma parts may belong to the words before it: "the gangs of Caracas in Peru". So a great city is meant by its name there.
    """
    if not town.facts or not area.facts or any(facts.level in ("country", "region") for facts in town.facts):
        return False
    best = max(area.facts, key=lambda facts: (facts.level == "country", facts.population))
    if best.level not in ("country", "admin1") or (area.levels and best.level not in area.levels):
        return False
    if not is_apposed and max(facts.population for facts in town.facts) >= _GREAT:
        return False
    return not any(may_hold(outer, facts) or distance_km(outer, facts) < outer.radius_km + _SAME_NAME_KM for outer in area.facts for facts in town.facts)


def _is_called(group: Group, number: int) -> bool:
    """Whether the words beside a name say that it is a candidate's level, and nothing smaller: "the county of"."""
    return group.levels[:1] == (group.facts[number].level,) != ("locality",)


def _is_likely(group: Group, number: int, most: int) -> bool:
    people = group.facts[number].population
    return group.hows[number] != RELAXED and (people >= _KNOWN or people * _DWARFED >= most)


def _mean(rows: Sequence[tuple[float, ...]]) -> tuple[float, ...]:
    return tuple([sum(column) / len(rows) for column in zip(*rows, strict=True)])


def _set_beside(text: str, mentions: Sequence[Mention], of_mention: Sequence[int], found: Sequence[Group]) -> None:
    """Say of each group which others are named close by, in the same paragraph: the mean over its mentions that have any."""
    for number, own in enumerate(of_mention):
        close = _close_to(text, mentions, of_mention, number)
        total = sum(close.values())
        beside = found[own].beside
        for other, weight in close.items():
            beside[other] = beside.get(other, 0.0) + weight / total
    for group in found:
        total = sum(group.beside.values())
        for other in group.beside:
            group.beside[other] /= total


def _close_to(text: str, mentions: Sequence[Mention], of_mention: Sequence[int], number: int) -> dict[int, float]:
    """Other groups named within reach of a mention, with how close they come."""
    mention, own = mentions[number], of_mention[number]
    close: dict[int, float] = {}
    for step in (-1, 1):
        other = number + step
        while 0 <= other < len(mentions):
            low, high = (mentions[other].end, mention.start) if step < 0 else (mention.end, mentions[other].start)
            if high - low > _AT_HAND or text.find("\n\n", low, high) >= 0:
                break
            if of_mention[other] != own:
                close[of_mention[other]] = max(close.get(of_mention[other], 0.0), math.exp(-(high - low) / _CLOSE))
            other += step
    return close


def _relate(text: str, mentions: Sequence[Mention], of_mention: Sequence[Group], position: Mapping[int, int]) -> None:
    """Say of neighbouring names which holds which and which stand in a list."""
    for number in range(len(mentions) - 1):
        left, right = mentions[number], mentions[number + 1]
        gap = text[left.end : right.start]
        first, second = of_mention[number], of_mention[number + 1]
        if len(gap) > between.LONGEST or first is second:
            continue
        if between.is_possessive(gap):
            first, second = second, first
        elif between.is_list(gap):
            first.neighbours.append(position[id(second)])
            second.neighbours.append(position[id(first)])
        if between.is_possessive(gap) or between.says_inside(gap):
            first.containers.append(position[id(second)])
            second.contents.append(position[id(first)])


def _headed(text: str, mentions: Sequence[Mention]) -> dict[int, int]:
    """For the names in a line of a list that a name and a colon head the number of that name: "- El Salvador: 19 shops (Santa Ana, San Miguel)".

    Not in a line that tells more than that: in "Peru: the leader fled to Bogotá" the one does not hold the other.
    """
    out: dict[int, int] = {}
    number = 0
    while number < len(mentions):
        end = text.find("\n", mentions[number].end)
        end = len(text) if end < 0 else end
        behind = next((other for other in range(number + 1, len(mentions)) if mentions[other].start >= end), len(mentions))
        start = text.rfind("\n", 0, mentions[number].start) + 1
        if _HEAD.fullmatch(text, start, mentions[number].start) and _COLON.match(text, mentions[number].end):
            edges = [mentions[number].end, *(edge for other in mentions[number + 1 : behind] for edge in (other.start, other.end)), end]
            said = " ".join(text[low:high] for low, high in zip(edges[::2], edges[1::2], strict=True))
            if len(_WORD.findall(said)) <= _FEW_WORDS:
                out |= dict.fromkeys(range(number + 1, behind), number)
        number = behind
    return out


def _fill(index: Index, group: Group, mention: Mention, facilities: frozenset[str]) -> None:
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
    if facts.population < _LARGE:
        return True
    near = index.nearest(facts.latitude, facts.longitude, km=_BESIDE_KM, limit=_BESIDE_TOWNS)
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
        if how == CANONICAL and number not in group.numbers and (not others or facts.population >= _GREAT):
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
    return a.country == b.country and (a.admin1 == b.admin1 != 0 or distance_km(a, b) < _SAME_NAME_KM)


def prune(group: Group, countries: Mapping[str, float], units: Mapping[int, float]) -> None:
    """Leave out the small ones of many candidates, save those in a country or unit that the text names (with their shares of such names)."""
    if len(group.numbers) <= _MOST:
        return
    order = sorted(range(len(group.numbers)), key=lambda i: (group.hows[i] == RELAXED, group.facts[i].level == "locality", -group.facts[i].population))
    is_named = [facts.admin1 in units or (facts.country in countries and len(countries) < _FEW_COUNTRIES) for facts in group.facts]
    wanted = [i for i in order[_MOST:] if is_named[i] or _is_called(group, i)]
    group.keep(order[:_MOST] + wanted[: 2 * _MOST])
