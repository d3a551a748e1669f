"""Toponym resolution: which place a mention means, or none, with a score, a reason and the alternatives.

All mentions of one name in a document mean the same place unless the words beside them say otherwise (one sense per document, Gale et al. 1992). The candidates of a name are
ranked by a conditional logit over a few features: how well known a place is, what the words beside its mentions say, which countries and units the text names, and where its
other places lie. Other names' places are known only when they are resolved themselves, so that ranking is done in rounds. The weights are learned by
``gazetteer/training/ranker.py``; "none of them" is a candidate like the others.
"""

from __future__ import annotations

import json
import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import TypeVar

from gazetteer.index import ALTERNATE, CANONICAL, RELAXED, SHORT, Facts, Index
from gazetteer.names import key
from gazetteer.records import Candidate, Document, Level, Mention, Place, Resolution

FEATURES = (
    "none", "none, several words", "none, own name of an area", "none, own name of a town", "population", "share", "country", "admin1", "admin2", "region", "facility", "alternate", "short", "relaxed", "level said", "other level",
    "inside what follows", "outside what follows", "country named", "country of others", "country of most", "unit named", "unit of others", "unit of most", "unit shared",
    "unit shared by most", "country shared", "near others", "in the region of others", "country unheard of", "outside the only country", "outside the only unit", "like its neighbours in a list",
)  # fmt: skip
_NUMBER = {name: number for number, name in enumerate(FEATURES)}
_ROUNDS = 3
_MOST = 24
"""Candidates of a name that are ranked: the most populous, and all in countries and units that the text names."""
_GAP_INSIDE = re.compile(r"\s*(?:,\s*(?:(?:in|en)\s+)?(?:the\s+|el\s+|la\s+)?|\(|\s(?:in|en)\s(?:the\s|el\s|la\s)?|\s-\s)\s*")
_GAP_LIST = re.compile(r"\s*(?:,|,?\s*(?:and|or|y|e|o)|/)\s*(?:the\s+|in\s+|en\s+)?")
_GAP_POSSESSIVE = re.compile(r"['’]s\s+")


_Name = TypeVar("_Name", str, int)


@dataclass(slots=True)
class Group:
    """The mentions of a document that mean the same place, with its candidates."""

    surface: str
    mentions: list[int] = field(default_factory=list)
    levels: tuple[Level, ...] = ()
    numbers: list[int] = field(default_factory=list)
    hows: list[int] = field(default_factory=list)
    facts: list[Facts] = field(default_factory=list)
    containers: list[int] = field(default_factory=list)
    """Groups that a comma, "in" or a possessive says to hold this one."""
    neighbours: list[int] = field(default_factory=list)
    """Groups that stand beside it in a list."""
    chances: list[float] = field(default_factory=list)
    """Of each candidate, and of none as the last."""
    fixed: bool = False


def distance_km(a: Facts, b: Facts) -> float:
    """Approximate distance, good for ranking at a few hundred kilometres (equirectangular, sphere of 6371 km)."""
    latitude = a.latitude - b.latitude
    longitude = abs(a.longitude - b.longitude)
    if longitude > 180:
        longitude = 360 - longitude
    longitude *= math.cos(math.radians((a.latitude + b.latitude) / 2))
    return 111.195 * math.sqrt(latitude * latitude + longitude * longitude)


class Resolver:
    """Resolves the mentions of documents with one gazetteer."""

    def __init__(self, index: Index, weights: Sequence[float] | None = None) -> None:
        """``weights``: one for each of :data:`FEATURES`; None for those that ship with the package."""
        self.index = index
        self.weights = tuple(weights) if weights is not None else _shipped()

    def resolve(self, document: Document, mentions: Sequence[Mention]) -> list[Resolution]:
        """A resolution for each mention, in order."""
        groups = self.groups(document.text, mentions)
        self.rank(groups)
        out: list[Resolution | None] = [None] * len(mentions)
        for group in groups:
            for number in group.mentions:
                out[number] = self._resolution(mentions[number], group)
        return [resolution for resolution in out if resolution is not None]

    # -------------------------------------------------------------- groups

    def groups(self, text: str, mentions: Sequence[Mention]) -> list[Group]:
        """Groups of mentions with their candidates and their relations in the text."""
        groups: dict[tuple[str, str, tuple[Level, ...]], Group] = {}
        of_mention: list[Group] = []
        settled: dict[str, Group] = {}
        for number, mention in enumerate(mentions):
            name = mention.name or mention.surface
            ident = (key(name) if not name.startswith("#") else name, mention.country, mention.levels)
            group = groups.get(ident)
            if group is None:
                group = groups[ident] = Group(mention.surface, levels=mention.levels)
                self._fill(group, mention)
            group.mentions.append(number)
            of_mention.append(group)
        del settled
        out = list(groups.values())
        position = {id(group): number for number, group in enumerate(out)}
        for number in range(len(mentions) - 1):
            left, right = mentions[number], mentions[number + 1]
            gap = text[left.end : right.start]
            if len(gap) > 12:
                continue
            first, second = of_mention[number], of_mention[number + 1]
            if first is second:
                continue
            if _GAP_POSSESSIVE.fullmatch(gap):
                second.containers.append(position[id(first)])
            elif _GAP_LIST.fullmatch(gap):
                first.neighbours.append(position[id(second)])
                second.neighbours.append(position[id(first)])
            if _GAP_INSIDE.fullmatch(gap):
                first.containers.append(position[id(second)])
        return out

    def _fill(self, group: Group, mention: Mention) -> None:
        name = mention.name or mention.surface
        wanted = name if name.startswith("#") else key(name)
        entries = self.index.lookup(wanted.lower())
        short_counts = mention.surface.replace(".", "").isupper()
        for number, how in entries:
            facts = self.index.facts(number)
            if how == SHORT and not short_counts:
                continue
            if mention.kind == "demonym" and (facts.level != mention.levels[0] if mention.levels else facts.level != "country"):
                continue
            if mention.country and facts.country != mention.country:
                continue
            group.numbers.append(number)
            group.hows.append(how)
            group.facts.append(facts)
        self._drop_relaxed(group)
        group.fixed = name.startswith("#") and len(group.numbers) == 1

    @staticmethod
    def _drop_relaxed(group: Group) -> None:
        """Leave out towns that bear the name only without a generic word ("Texas City"), where something bears it as it stands."""
        if all(how == RELAXED for how in group.hows):
            return
        kept = [i for i, how in enumerate(group.hows) if how != RELAXED or group.facts[i].level != "locality"]
        group.numbers, group.hows, group.facts = [group.numbers[i] for i in kept], [group.hows[i] for i in kept], [group.facts[i] for i in kept]

    # -------------------------------------------------------------- ranking

    def rank(self, groups: Sequence[Group]) -> None:
        """Set the chances of every group's candidates."""
        named_countries, named_units = self._named(groups)
        for group in groups:
            self._prune(group, named_countries, named_units)
            group.chances = self._first_guess(group)
        for _ in range(_ROUNDS):
            votes = _Votes(groups)
            rows = [self.features(group, groups, named_countries, named_units, votes) for group in groups]
            for group, vectors in zip(groups, rows, strict=True):
                if not group.fixed:
                    group.chances = self._softmax(vectors)

    def _named(self, groups: Sequence[Group]) -> tuple[dict[str, float], dict[int, float]]:
        """Countries and first-level units that the text names as such, with their shares of all such mentions."""
        countries: dict[str, float] = defaultdict(float)
        units: dict[int, float] = defaultdict(float)
        for group in groups:
            for facts, how in zip(group.facts, group.hows, strict=True):
                if facts.level == "country" and how != RELAXED:
                    countries[facts.country] += len(group.mentions)
                elif facts.level == "admin1" and how != RELAXED and facts.admin1:
                    units[facts.admin1] += len(group.mentions) * (1.0 if group.fixed else 0.5)
        return _shares(countries), _shares(units)

    def _prune(self, group: Group, countries: Mapping[str, float], units: Mapping[int, float]) -> None:
        if len(group.numbers) <= _MOST:
            return
        order = sorted(range(len(group.numbers)), key=lambda i: (group.hows[i] == RELAXED, group.facts[i].level == "locality", -group.facts[i].population))
        kept = order[:_MOST] + [i for i in order[_MOST:] if group.facts[i].admin1 in units or (group.facts[i].country in countries and len(countries) < 4)][: 2 * _MOST]
        group.numbers = [group.numbers[i] for i in kept]
        group.hows = [group.hows[i] for i in kept]
        group.facts = [group.facts[i] for i in kept]

    @staticmethod
    def _first_guess(group: Group) -> list[float]:
        """Before anything is known of the others: by population, areas before towns."""
        weights = [(facts.population + 100) ** 0.4 if facts.level == "locality" else 20000.0 for facts in group.facts]
        total = sum(weights) or 1.0
        return [weight / total for weight in weights] + [0.0]

    def _softmax(self, vectors: Sequence[Mapping[int, float]]) -> list[float]:
        weights = self.weights
        scores = [sum([weights[number] * value for number, value in vector.items()]) for vector in vectors]
        top = max(scores)
        raised = [math.exp(score - top) for score in scores]
        total = sum(raised)
        return [value / total for value in raised]

    def features(self, group: Group, groups: Sequence[Group], countries: Mapping[str, float], units: Mapping[int, float], votes: _Votes) -> list[dict[int, float]]:
        """Sparse feature vectors of a group's candidates, that of "none" last."""
        index = _NUMBER
        total = sum(facts.population for facts in group.facts if facts.level == "locality") or 1
        others = votes.without(group)
        rows: list[dict[int, float]] = []
        for facts, how in zip(group.facts, group.hows, strict=True):
            row: dict[int, float] = {}
            if facts.level == "locality":
                row[index["population"]] = math.log10(facts.population + 1) / 7
                row[index["share"]] = facts.population / total
            else:
                row[index[facts.level]] = 1.0
            if how == ALTERNATE:
                row[index["alternate"]] = 1.0
            elif how == SHORT:
                row[index["short"]] = 1.0
            elif how == RELAXED:
                row[index["relaxed"]] = 1.0
            if group.levels:
                row[index["level said" if facts.level in group.levels else "other level"]] = 1.0 if facts.level not in group.levels[1:] else 0.5
            self._place_features(row, facts, group, groups, countries, units, others)
            rows.append(row)
        rows.append(self._none(group))
        return rows

    @staticmethod
    def _none(group: Group) -> dict[int, float]:
        """What speaks for none of the candidates: little where the name is a rare one and somebody's own."""
        index = _NUMBER
        row = {index["none"]: 1.0}
        if " " in group.surface:
            row[index["none, several words"]] = 1.0
        own = [facts for facts, how in zip(group.facts, group.hows, strict=True) if how == CANONICAL]
        if any(facts.level != "locality" for facts in own):
            row[index["none, own name of an area"]] = 1.0
        elif own:
            row[index["none, own name of a town"]] = 1.0
        return row

    def _place_features(
        self, row: dict[int, float], facts: Facts, group: Group, groups: Sequence[Group], countries: Mapping[str, float], units: Mapping[int, float], others: _Others
    ) -> None:
        index = _NUMBER
        if group.containers:
            inside = max(_holds(groups[number], facts) for number in group.containers)
            row[index["inside what follows"]] = inside
            row[index["outside what follows"]] = 1.0 - inside
        if facts.country and facts.level != "country":
            row[index["country named"]] = countries.get(facts.country, 0.0)
            if countries and facts.country not in countries and not others.countries.get(facts.country):
                row[index["country unheard of"]] = 1.0
        if facts.country:
            row[index["country of others"]], row[index["country of most"]] = others.country(facts.country)
            row[index["country shared"]] = others.country_cohesion(facts.country)
            if facts.country != others.main_country:
                row[index["outside the only country"]] = others.main_share
            elif facts.admin1 and facts.admin1 != others.main_unit:
                row[index["outside the only unit"]] = others.unit_share
        if facts.admin1:
            if facts.level != "admin1":
                row[index["unit named"]] = units.get(facts.admin1, 0.0)
            row[index["unit of others"]], row[index["unit of most"]] = others.unit(facts.admin1)
            row[index["unit shared"]], row[index["unit shared by most"]] = others.shared(facts.admin1)
        if others.places and facts.level != "country":
            distances = [distance_km(facts, other) for other in others.places]
            row[index["near others"]] = math.log1p(sum([math.exp(-distance / 30) for distance in distances]))
            row[index["in the region of others"]] = math.log1p(sum([math.exp(-distance / 200) for distance in distances]))
        if group.neighbours:
            alike = [_likeness(groups[number], facts) for number in group.neighbours]
            row[index["like its neighbours in a list"]] = sum(alike) / len(alike)

    # -------------------------------------------------------------- result

    def _resolution(self, mention: Mention, group: Group) -> Resolution:
        if not group.numbers:
            return Resolution(mention, None, 0.0, "the gazetteer has no such name", "none")
        order = sorted(range(len(group.numbers)), key=lambda i: (-group.chances[i], -group.facts[i].population, group.numbers[i]))
        alternatives = tuple(Candidate(self.index.place(group.numbers[i]), round(group.chances[i], 4), "") for i in order[1:4] if group.chances[i] > 0.001)
        best = order[0]
        if not group.fixed and group.chances[-1] > 0.5:
            closest = self.index.place(group.numbers[best])
            first = Candidate(closest, round(group.chances[best], 4), "")
            return Resolution(mention, None, round(group.chances[-1], 4), f"nothing in the text speaks for {closest.name} ({closest.country})", "none", (first, *alternatives))
        return Resolution(mention, self.index.place(group.numbers[best]), round(group.chances[best], 4), self._why(group, best), "gazetteer", alternatives)

    def _why(self, group: Group, best: int) -> str:
        if group.fixed:
            return "abbreviation"
        if len(group.numbers) == 1:
            return "only candidate"
        return "ranked first of " + str(len(group.numbers))


class _Votes:
    """Each group's candidates vote for their countries and units: by their chances, and (``shared``) for every unit that could be theirs, the more the fewer those are."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self.countries: dict[str, float] = defaultdict(float)
        self.units: dict[int, float] = defaultdict(float)
        self.possible: dict[int, float] = defaultdict(float)
        self.places: list[tuple[int, Facts]] = []
        self.lands: dict[str, float] = defaultdict(float)
        self.of_group: dict[int, tuple[dict[str, float], dict[int, float], dict[int, float]]] = {}
        for group in groups:
            own = self.of_group[id(group)] = self._of(group)
            for total, part in ((self.countries, own[0]), (self.units, own[1]), (self.possible, own[2])):
                for name, share in part.items():
                    total[name] += share  # type: ignore[index]
            for country in own[0]:
                self.lands[country] += 1 / len(own[0])
            best = max(range(len(group.facts)), key=group.chances.__getitem__, default=None)
            if best is not None and group.chances[best] > 0.4 and group.facts[best].level in ("locality", "facility", "admin2"):
                self.places.append((id(group), group.facts[best]))

    @staticmethod
    def _of(group: Group) -> tuple[dict[str, float], dict[int, float], dict[int, float]]:
        countries: dict[str, float] = defaultdict(float)
        units: dict[int, float] = defaultdict(float)
        for facts, share in zip(group.facts, group.chances, strict=False):
            if facts.country:
                countries[facts.country] += share
            if facts.admin1:
                units[facts.admin1] += share
        weight = 1 / len(units) if units else 0.0
        return countries, units, dict.fromkeys(units, weight)

    def without(self, group: Group) -> _Others:
        """What the others say."""
        countries, units, possible = self.of_group[id(group)]
        places = [place for owner, place in self.places if owner != id(group)]
        lands = _less(self.lands, dict.fromkeys(countries, 1 / len(countries))) if countries else dict(self.lands)
        return _Others(_less(self.countries, countries), _less(self.units, units), _less(self.possible, possible), lands, places[:40])


class _Others:
    """What the other groups of a document say: votes as their logarithm and as a share of the most that any country or unit has."""

    __slots__ = ("countries", "landed", "lands", "main_country", "main_share", "main_unit", "places", "possible", "specific", "tops", "unit_share", "units")

    def __init__(self, countries: dict[str, float], units: dict[int, float], possible: dict[int, float], lands: dict[str, float], places: list[Facts]) -> None:
        self.countries, self.units, self.possible, self.lands, self.places = countries, units, possible, lands, places
        self.specific = sum(possible.values()) + 0.5
        self.landed = sum(lands.values()) + 0.5
        self.tops = [max(least, *votes.values()) if votes else 1.0 for votes, least in ((countries, 0.5), (units, 0.5), (possible, 0.05))]
        self.main_country, self.main_share = _main(countries)
        self.main_unit, self.unit_share = _main(units)

    def country(self, name: str) -> tuple[float, float]:
        votes = self.countries.get(name, 0.0)
        return math.log1p(votes), votes / self.tops[0]

    def unit(self, number: int) -> tuple[float, float]:
        votes = self.units.get(number, 0.0)
        return math.log1p(votes), votes / self.tops[1]

    def shared(self, number: int) -> tuple[float, float]:
        """How much of what the other names could be lies in a unit: of all, and of the most that any unit has."""
        votes = self.possible.get(number, 0.0)
        return votes / self.specific, votes / max(0.05, self.tops[2])

    def country_cohesion(self, name: str) -> float:
        """How much of what the other names could be lies in a country."""
        return self.lands.get(name, 0.0) / self.landed


def _main(votes: Mapping[_Name, float]) -> tuple[_Name | None, float]:
    """What has most of the votes, and how far it is the only one: 1 where it has all of more than one vote, 0 where it has half or less."""
    if not votes:
        return None, 0.0
    name = max(votes, key=votes.__getitem__)
    total = sum(votes.values())
    return name, max(0.0, 2 * votes[name] / (total + 1.0) - 1)


def _less(votes: Mapping[_Name, float], part: Mapping[_Name, float]) -> dict[_Name, float]:
    return {name: max(0.0, share - part.get(name, 0.0)) for name, share in votes.items()}


def holds(outer: Place, inner: Place) -> bool:
    """Whether one place lies in another, as far as the gazetteer knows."""
    if outer.id == inner.id:
        return False
    if outer.level == "country":
        return outer.country == inner.country and inner.level != "country"
    if outer.level == "admin1":
        return inner.level in ("locality", "facility", "admin2") and outer.id == inner.admin1
    if outer.level in ("admin2", "region") and inner.level in ("locality", "facility") or outer.level == "locality" and inner.radius_km < outer.radius_km:
        return place_distance_km(outer, inner) <= max(2.0, outer.radius_km) and (not outer.country or outer.country == inner.country)
    return False


def place_distance_km(a: Place, b: Place) -> float:
    """Approximate distance of two places (equirectangular)."""
    longitude = abs(a.longitude - b.longitude)
    longitude = min(longitude, 360 - longitude) * math.cos(math.radians((a.latitude + b.latitude) / 2))
    return 111.195 * math.hypot(a.latitude - b.latitude, longitude)


def _shares(counts: Mapping[object, float]) -> dict:  # type: ignore[type-arg]
    total = sum(counts.values()) or 1.0
    return {name: count / total for name, count in counts.items()}


def _holds(container: Group, facts: Facts) -> float:
    """The chance that a group's place holds another one."""
    held = 0.0
    for holder, chance in zip(container.facts, container.chances, strict=False):
        if holder.level == "country":
            held += chance * (holder.country == facts.country and facts.level != "country")
        elif holder.level == "admin1":
            held += chance * (holder.admin1 == facts.admin1 != 0 and facts.level not in ("country", "admin1"))
        elif holder.level in ("admin2", "region", "locality") and facts.level in ("locality", "facility", "admin2"):
            held += chance * (distance_km(holder, facts) < max(60.0, 1.5 * holder.radius_km))
    return held


def _likeness(neighbour: Group, facts: Facts) -> float:
    """The chance that a neighbour's place is of the same level (and, for what lies in one, of the same country)."""
    return sum([
        chance for other, chance in zip(neighbour.facts, neighbour.chances, strict=False) if other.level == facts.level and (other.level == "country" or other.country == facts.country)
    ])  # fmt: skip


@lru_cache(maxsize=1)
def _shipped() -> tuple[float, ...]:
    weights = json.loads((files("gazetteer") / "data" / "ranker.json").read_text("utf-8"))
    return tuple(float(weights[name]) for name in FEATURES)
