"""The names of a document with all places that bear them, and how the names stand together: one inside another, side by side in a list.

All mentions of one name in a document mean the same place unless the words beside them say otherwise (one sense per document, Gale et al. 1992).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from gazetteer.index import RELAXED, Facts, Index
from gazetteer.index.containment import distance_km, may_hold
from gazetteer.records import Level, Mention
from gazetteer.resolution import between, headings
from gazetteer.resolution.candidates import BESIDE_KM, GREAT, SAME_NAME_KM, Candidates, Group, fill, is_called
from gazetteer.text.names import key

_KNOWN, _DWARFED = 1000, 100
"""How many must live in a town for it to be meant beside a namesake of more than a hundred times its size."""
_COLON, _WORD = re.compile(r"[*_]*(?::|\s*\||\t)"), re.compile(r"[^\W\d_]{2,}")
"""What stands behind the name that heads a line of a list or table, and a word."""
_FEW_WORDS = 4
"""Words other than names that such a line has at most."""
_TOWN_SHARE = 4
"""How many times its people may live in what else a town's name may mean: New York has less than half of its state's."""
_CLOSE, _AT_HAND = 120.0, 360
"""Characters at which a name close by counts a third, and over which it counts no more."""
_HEADING = 0.3
"""How much a country or a state in the heading counts as if it were named close by."""

Ident = tuple[str, str, tuple[Level, ...], bool]
"""Of mentions that may mean the same place: the name's key, its country, its levels, and whether it is said to be a quarter."""


def groups(index: Index, text: str, mentions: Sequence[Mention]) -> list[Group]:
    """Give groups of mentions with their candidates and their relations in the text."""
    every: dict[Ident, Group] = {}
    facilities = frozenset(key(mention.surface) for mention in mentions if "facility" in mention.levels)
    idents = [_ident(mention) for mention in mentions]
    for ident, mention in zip(idents, mentions, strict=True):
        if ident not in every:
            every[ident] = Group(mention.surface, levels=mention.levels)
            fill(index, every[ident], mention, facilities)
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
    nowhere = {number for number, candidates in out.items() if not candidates}
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
            out[number] = frozenset(town.numbers[i] for i, _ in pairs) & (out.get(number) or frozenset(town.numbers))
            holding = frozenset(area.numbers[j] for _, j in pairs)
            if not is_said and holding < {area.numbers[j] for j in units}:
                out[number + 1] = holding
        elif is_said and _is_elsewhere(town, area, is_apposed=gap.startswith(",")) and not between.goes_on(text, mentions[number + 1].end):
            nowhere.add(number)
    bound = {number: candidates for number, candidates in out.items() if candidates} | dict.fromkeys(nowhere, frozenset())
    return bound | _bound_quarters(text, mentions, of_mention)


def _bound_quarters(text: str, mentions: Sequence[Mention], of_mention: Sequence[Group]) -> dict[int, Candidates]:
    """The candidates left of quarters whose town follows behind "of": "el barrio Buenos Aires de Medellín", "the Culmore section of Falls Church".

    Not so where the first is the larger: "the Madrid district of Tetuán".
    """
    out: dict[int, Candidates] = {}
    for number in range(len(mentions) - 1):
        quarter, town = of_mention[number], of_mention[number + 1]
        gap = text[mentions[number].end : mentions[number + 1].start]
        if len(gap) > between.LONGEST:
            continue
        is_part = between.says_part(gap) and mentions[number].kind != "demonym" and _is_town(town) and _people(quarter) < _people(town)
        if is_part or (mentions[number].quarter and between.says_of(gap)):
            towns = [outer for outer in town.facts if 2 * outer.population >= _people(town) or not outer.population]
            pairs = zip(quarter.numbers, quarter.facts, strict=True)
            out[number] = frozenset(place for place, facts in pairs if any(distance_km(facts, outer) < BESIDE_KM for outer in towns))
    return out


def _is_town(group: Group) -> bool:
    """Whether a name is a town's before it is anything larger: New York, and not Uganda."""
    return _people(group) > 0 and _TOWN_SHARE * _people(group) >= max(facts.population for facts in group.facts)


def _people(group: Group) -> int:
    """How many live in the largest town of a name."""
    return max((facts.population for facts in group.facts if facts.level == "locality"), default=0)


def _bound_by_heads(text: str, mentions: Sequence[Mention], of_mention: Sequence[Group]) -> dict[int, Candidates]:
    """The candidates left of names in a line that a country or a state heads: none where all of what is called a town there lie elsewhere."""
    out: dict[int, Candidates] = {}
    for number, head in _headed(text, mentions).items():
        town, area = of_mention[number], of_mention[head]
        outer = [facts for facts in area.facts if facts.level in ("admin1", "country")] if town is not area else []
        found = frozenset(town.numbers[i] for facts in outer for i in _within(town, facts, is_said=False))
        is_called_town = mentions[number].kind == "literal" and mentions[number].levels[:1] == ("locality",)
        if found or (outer and is_called_town and _is_elsewhere(town, area, is_apposed=True)):
            out[number] = found
    return out


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
    likely = [i for i in held if is_called(town, i) or _is_likely(town, i, most)]
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
    if not is_apposed and max(facts.population for facts in town.facts) >= GREAT:
        return False
    return not any(may_hold(outer, facts) or distance_km(outer, facts) < outer.radius_km + SAME_NAME_KM for outer in area.facts for facts in town.facts)


def _is_likely(group: Group, number: int, most: int) -> bool:
    people = group.facts[number].population
    return group.hows[number] != RELAXED and (people >= _KNOWN or people * _DWARFED >= most)


def _mean(rows: Sequence[tuple[float, ...]]) -> tuple[float, ...]:
    return tuple([sum(column) / len(rows) for column in zip(*rows, strict=True)])


def _set_beside(text: str, mentions: Sequence[Mention], of_mention: Sequence[int], found: Sequence[Group]) -> None:
    """Say of each group which others are named close by, in the same paragraph or in the heading: the mean over its mentions that have any."""
    over = headings.over(text, mentions)
    for number, own in enumerate(of_mention):
        close = _close_to(text, mentions, of_mention, number)
        for other in over[number]:
            if of_mention[other] != own and any(facts.level in ("country", "admin1") for facts in found[of_mention[other]].facts):
                close[of_mention[other]] = max(close.get(of_mention[other], 0.0), _HEADING)
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
        if headings.BEFORE_LABEL.fullmatch(text, start, mentions[number].start) and _COLON.match(text, mentions[number].end):
            edges = [mentions[number].end, *(edge for other in mentions[number + 1 : behind] for edge in (other.start, other.end)), end]
            said = " ".join(text[low:high] for low, high in zip(edges[::2], edges[1::2], strict=True))
            if len(_WORD.findall(said)) <= _FEW_WORDS:
                out |= dict.fromkeys(range(number + 1, behind), number)
        number = behind
    return out
