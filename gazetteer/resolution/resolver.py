"""Toponym resolution: which place a mention means, or none, with a score, a reason and the alternatives.

The candidates of a name are ranked by a conditional logit over the features of :mod:`gazetteer.resolution.ranking`; "none of them" is a candidate like the
others. What the other names mean is known only when they are resolved themselves, so that ranking is done in rounds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from operator import mul
from typing import Protocol

from gazetteer.chances import softmax
from gazetteer.files import shipped_json
from gazetteer.hidden_layer import Network
from gazetteer.index import ALTERNATE, CANONICAL, RELAXED, Facts, Index
from gazetteer.index.containment import distance_km, may_hold
from gazetteer.records import Candidate, Document, Level, Mention, Place, Resolution
from gazetteer.resolution import between, namesakes, shortlist
from gazetteer.resolution.candidates import Group, are_namesakes, prune
from gazetteer.resolution.ranking import FEATURES, RELATIVE, Part, Row, named, relative, standing
from gazetteer.resolution.shortlist import Look
from gazetteer.resolution.votes import Possible, Votes
from gazetteer.text.names import key

_ROUNDS = 3
_DOUBT = 0.5
"""Chance of "none" from which a mention is left without a place."""
_ONLINE_SCORE = 0.5
_AREAS = ("country", "admin1")
_SAME_KM = 25.0
"""Distance within which an online answer is a place that the gazetteer has."""


class Locator(Protocol):
    """What may be asked for a name that the gazetteer does not know."""

    def locate(self, surface: str, country: str = "", levels: Sequence[Level] = ()) -> Place | None:
        """Ask for the place that bears a name, in a country and of one of some levels where these are said."""


class Resolver:
    """Resolves the mentions of documents with one gazetteer."""

    def __init__(self, index: Index, weights: Sequence[float] | None = None, online: Locator | None = None, network: Network | None = None) -> None:
        """``weights``: one for each of :data:`FEATURES`; None for those that ship with the package. ``network``: chooses among the likeliest, likewise.

        ``online``: is asked for names that are left without a place.
        """
        self.index, self.online = index, online
        self._network = network
        self.weights = tuple(weights) if weights is not None else _shipped()
        self._relative_weights = tuple(tuple(self.weights[number] for number in numbers) for numbers in RELATIVE)

    @property
    def network(self) -> Network:
        """What chooses among the likeliest."""
        return self._network or shortlist.shipped()

    def resolve(self, document: Document, mentions: Sequence[Mention]) -> list[Resolution]:
        """Give a resolution for each mention, in order."""
        groups = self.groups(document.text, mentions)
        self.rank(groups, document.language)
        out: list[Resolution | None] = [None] * len(mentions)
        for group in groups:
            asked = _ask(self.online, group, groups) if self.online and mentions[group.mentions[0]].kind == "literal" else None
            for number in group.mentions:
                mention = mentions[number]
                out[number] = Resolution(mention, asked, _ONLINE_SCORE, "found by the online geocoder", "online") if asked else self._resolution(mention, group)
        return [resolution for resolution in out if resolution is not None]

    def groups(self, text: str, mentions: Sequence[Mention]) -> list[Group]:
        """Give groups of mentions with their candidates and their relations in the text."""
        return namesakes.groups(self.index, text, mentions)

    # -------------------------------------------------------------- ranking

    def rank(self, groups: Sequence[Group], code: str) -> None:
        """Set the chances of every group's candidates; ``code``: the text's language."""
        possible = self.rank_first(groups)
        self.settle(groups, list(self.looks(groups, possible, code)))

    def settle(self, groups: Sequence[Group], looks: Sequence[Look]) -> None:
        """Set the chances of the groups that were looked at, and let the words beside all names have their say."""
        shortlist.choose(self.network, looks)
        for group in groups:
            _as_said(group)
            _as_alone(group)
            _as_direction(group)
            _as_nature(group, groups)
            _as_country(group)
            _as_listed(group, groups)
            _as_holding(group, groups)
            _as_spoken_of(group, groups)

    def rank_first(self, groups: Sequence[Group]) -> Possible:
        """Set the chances of every group's candidates by the first ranking; give what the names could be, of which all votes are made."""
        countries, units = named(groups)
        for group in groups:
            prune(group, countries, units)
            group.chances = _first_guess(group)
        scores = [[self._score(row) for row in standing(group, countries, units)] for group in groups]
        possible = Possible(groups)
        for _ in range(_ROUNDS):
            votes = Votes(groups, possible)
            found = [() if group.fixed else relative(group, groups, countries, votes) for group in groups]
            for group, rows, bases in zip(groups, found, scores, strict=True):
                if not group.fixed:
                    group.chances = softmax(self._added(bases, rows))
        return possible

    def looks(self, groups: Sequence[Group], possible: Possible, code: str) -> Iterator[Look]:
        """Give what the network sees of those groups that the first ranking leaves open."""
        countries, units = named(groups)
        votes = Votes(groups, possible)
        text = shortlist.about(groups, votes, code)
        for group in groups:
            if shortlist.is_open(group):
                candidates = shortlist.kept(group)
                rows = self.features(group, groups, countries, units, votes)
                yield Look(group, candidates, shortlist.seen(group, candidates, rows, votes, text))

    def _added(self, bases: Sequence[float], rows: Sequence[tuple[Part, Part, Part]]) -> list[float]:
        """Give the scores of candidates and of "none" with those of what the other names say."""
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
        rows = standing(group, countries, units)
        for row, parts in zip(rows, () if group.fixed else relative(group, groups, countries, votes), strict=False):
            for numbers, part in zip(RELATIVE, parts, strict=True):
                row.update(zip(numbers, part, strict=False))
        return rows

    # -------------------------------------------------------------- result

    def _resolution(self, mention: Mention, group: Group) -> Resolution:
        if not group.numbers:
            reason = "the gazetteer has no place of that name where the text puts it" if group.elsewhere else "the gazetteer has no such name"
            return Resolution(mention, None, 0.0, reason, "none")
        order = sorted(range(len(group.numbers)), key=lambda i: (-group.chances[i], -group.facts[i].population, group.numbers[i]))
        alternatives = tuple(Candidate(self.index.place(group.numbers[i]), round(group.chances[i], 4), "") for i in order[1:4] if group.chances[i] > 0.001)
        best = order[0]
        if _is_open(group):
            closest = self.index.place(group.numbers[best])
            first = Candidate(closest, round(group.chances[best], 4), "")
            return Resolution(
                mention, None, round(group.chances[-1], 4), f"nothing in the text speaks for {closest.name} ({closest.country})", "none", (first, *alternatives)
            )
        return Resolution(mention, self.index.place(group.numbers[best]), round(group.chances[best], 4), _why(group), "gazetteer", alternatives)


def _why(group: Group) -> str:
    if group.fixed:
        return "abbreviation"
    return "only candidate" if len(group.numbers) == 1 else f"ranked first of {len(group.numbers)}"


def _as_said(group: Group) -> None:
    """Give the first rank to the region or the town of a name, as the words beside it say, where the likeliest candidate is the other of the two."""
    best = group.chances.index(max(group.chances)) if group.numbers and group.levels else -1
    if not 0 <= best < len(group.facts) or group.facts[best].level in group.levels:
        return
    place = group.facts[best]
    said = [i for i, facts in enumerate(group.facts) if facts.level in group.levels and are_namesakes(facts, place)]
    if said:
        _swap(group, best, max(said, key=group.chances.__getitem__))


def _as_country(group: Group) -> None:
    """Let a name of several words that is left without a place mean the country that bears it: nothing else is called "El Salvador" without more words.

    A name of one word may be a person's ("Jordan", "Chad").
    """
    if not _is_open(group) or " " not in key(group.surface):
        return
    countries = [i for i, facts in enumerate(group.facts) if facts.level == "country" and group.hows[i] in (CANONICAL, ALTERNATE)]
    if len(countries) == 1:
        _swap(group, countries[0], len(group.chances) - 1)


def _as_alone(group: Group) -> None:
    """Let a name that is left without a place mean what the words beside it say, where one candidate alone is such a thing: "Tacumbú prison"."""
    if not _is_open(group) or not group.levels or group.levels[0] == "locality":
        return
    for level in group.levels:  # a dam may be known by its lake
        said = [i for i, facts in enumerate(group.facts) if facts.level == level and group.hows[i] != RELAXED]
        if len(said) == 1:
            _swap(group, said[0], len(group.chances) - 1)
        if said:
            return


def _as_direction(group: Group) -> None:
    """Leave a bare "West" without a place where it would be a town, and nothing says in which state that lies."""
    meant = _meant(group)
    if meant and meant[0].level == "locality" and not group.containers and between.is_direction(key(group.surface)):
        _swap(group, group.facts.index(meant[0]), len(group.chances) - 1)


def _as_nature(group: Group, groups: Sequence[Group]) -> None:
    """Leave an island or a river without a place where its likeliest namesake is a town in a country that no other name of the text speaks of.

    So too a building or a camp, which may have been called one at another mention, where the town has another name in the first place: "they ran camps such
    as Madina ... the army took Madina".
    """
    meant, name = _meant(group), key(group.surface)
    if not meant or meant[0].level != "locality":
        return
    best, said = group.facts.index(meant[0]), group.levels or _said_elsewhere(group, groups)
    if said != ("region",) and (said != ("facility",) or group.hows[best] == CANONICAL):
        return
    spoken = {facts.country for other in groups if key(other.surface) != name for facts in _meant(other)} - {""}
    if spoken and meant[0].country not in spoken:
        _swap(group, best, len(group.chances) - 1)


def _said_elsewhere(group: Group, groups: Sequence[Group]) -> tuple[Level, ...]:
    """What another mention of a name says that it is."""
    name = key(group.surface)
    return next((other.levels for other in groups if other.levels and key(other.surface) == name), ())


def _as_listed(group: Group, groups: Sequence[Group]) -> None:
    """Let what is a country and a state mean what its neighbours in a list are: "Georgia, Alabama and Tennessee", "Georgia, Armenia and Azerbaijan"."""
    meant = _meant(group)
    beside = [facts for number in group.neighbours for facts in _meant(groups[number])]
    kinds = {(facts.level, facts.country if facts.level == "admin1" else "") for facts in beside}
    if len(kinds) != 1 or not meant or meant[0].level not in _AREAS or any(may_hold(facts, meant[0]) for facts in beside):
        return
    level, country = kinds.pop()
    like = [i for i, facts in enumerate(group.facts) if facts.level == level and (not country or facts.country == country) and group.hows[i] == CANONICAL]
    best = group.facts.index(meant[0])
    if level in _AREAS and like and best not in like:
        _swap(group, best, max(like, key=group.chances.__getitem__))


def _as_holding(group: Group, groups: Sequence[Group]) -> None:
    """Let what is a country and a state mean the one that holds what the text puts into it: "Sparta, a company town in Georgia"."""
    meant = _meant(group)
    inner = [facts for number in group.contents for facts in _meant(groups[number])]
    if not inner or not meant or meant[0].level not in _AREAS or any(may_hold(meant[0], facts) for facts in inner):
        return
    areas = [i for i, facts in enumerate(group.facts) if facts.level in _AREAS and group.hows[i] == CANONICAL]
    holding = [i for i in areas if all(may_hold(group.facts[i], other) for other in inner)]
    if len(holding) == 1:
        _swap(group, group.facts.index(meant[0]), holding[0])


def _as_spoken_of(group: Group, groups: Sequence[Group]) -> None:
    """Let a demonym of several places mean that one of them in whose country most other places of the text lie, the usual one among equals."""
    if not group.derived or len(group.numbers) < 2 or _is_open(group):
        return
    spoken = Counter(facts.country for other in groups if not other.derived for facts in _meant(other))
    wanted = max(range(len(group.facts)), key=lambda i: (spoken[group.facts[i].country], -i))
    _swap(group, group.chances.index(max(group.chances)), wanted)


def _swap(group: Group, first: int, second: int) -> None:
    group.chances[first], group.chances[second] = group.chances[second], group.chances[first]


def _first_guess(group: Group) -> list[float]:
    """Before anything is known of the others: by population, areas before towns."""
    weights = [(facts.population + 100) ** 0.4 if facts.level == "locality" else 20000.0 for facts in group.facts]
    total = sum(weights) or 1.0
    return [weight / total for weight in weights] + [0.0]


def _is_open(group: Group) -> bool:
    """Whether a group is left without a place."""
    return not group.numbers or (not group.fixed and group.chances[-1] > _DOUBT)


def _meant(group: Group) -> list[Facts]:
    """Give the place that a group means, if any."""
    if _is_open(group):
        return []
    return [group.facts[max(range(len(group.facts)), key=group.chances.__getitem__)]]


@lru_cache(maxsize=1)
def _shipped() -> tuple[float, ...]:
    weights = shipped_json("ranker.json")
    return tuple(float(weights.get(name, 0.0)) for name in FEATURES)


# ------------------------------------------------------------------ online


def _ask(online: Locator, group: Group, groups: Sequence[Group]) -> Place | None:
    """Give an online geocoder's place for a name that is left without one; None where the text speaks against it.

    The text speaks against another country than that of what stands around the name, else than those that it speaks of; against a level that the words
    beside the name exclude; and against a place that the gazetteer knows by that name, since none of these was found to fit.
    """
    if not _is_open(group):
        return None
    around = {facts.country for number in group.containers for facts in _meant(groups[number])}
    spoken = around or {facts.country for other in groups for facts in _meant(other)} - {""}
    place = online.locate(group.surface, next(iter(spoken)) if len(spoken) == 1 else "", group.levels)
    if place is None or (spoken and place.country not in spoken) or (group.levels and place.level not in group.levels):
        return None
    return None if any(distance_km(place, facts) < _SAME_KM for facts in group.facts) else place
