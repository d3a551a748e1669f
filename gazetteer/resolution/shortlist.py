"""The choice among the likeliest candidates of a name, by a small network.

The first ranking (:mod:`gazetteer.resolution.ranking`) adds up what speaks for each candidate. That is fast, and good enough to say what the names of a text
say of one another; but a sum cannot tell that the largest of the namesakes is meant where a text roams the world, and the nearest one where it stays at home.
The network, with one hidden layer, sees the same features and what the text is like; ``gazetteer/training/shortlist.py`` learns it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from gazetteer import hidden_layer
from gazetteer.chances import softmax
from gazetteer.hidden_layer import Network
from gazetteer.index import ALTERNATE, LEVELS, Facts
from gazetteer.resolution.candidates import Group, are_namesakes
from gazetteer.resolution.ranking import FEATURES, Row
from gazetteer.resolution.votes import Votes
from gazetteer.text.language import ENGLISH, language
from gazetteer.text.lexicon import word_classes
from gazetteer.text.names import key

MORE = (
    "people",
    "radius",
    "people unknown",
    "fewer people than the largest",
    "an area has its name",
    "a town has its name",
    "level spoken of",
    "level spoken of before others",
    "alternate, not in English",
    "one country",
    "one unit",
    "many names",
    "many countries",
    "the only one",
    "several words",
    "ordinary word",
    "surname",
    "given name",
    "many mentions",
    "not in English",
    "first ranking",
    "population, many countries",
    "share, many countries",
)
"""What the network sees beyond the features of the first ranking."""
SEEN = (*FEATURES, *MORE)
_BASE = len(FEATURES)
_POPULATION, _SHARE = FEATURES.index("population"), FEATURES.index("share")
_MOST = 8
"""Candidates that are looked at, "none" apart."""
_LEAST = 1e-3
"""Chance, as a share of the best one's, from which a candidate is looked at."""
_SURE, _SURE_OF_COUNTRY = 0.98, 0.97
"""Chances in the first ranking from which nothing else is looked at."""
_AREAS = ("admin1", "admin2", "region")


@dataclass(frozen=True, slots=True)
class About:
    """What a text is like."""

    names: float
    """How many it names, as a logarithm."""
    countries: float
    """Over how many countries they are spread: the entropy of the votes."""
    code: str
    """Its language."""


def about(groups: Sequence[Group], votes: Votes, code: str) -> About:
    """Describe a text by its names."""
    cast = [count for count in votes.countries.votes.values() if count > 0]
    total = sum(cast) or 1.0
    return About(math.log(max(1, len(groups))), -sum(count / total * math.log(count / total) for count in cast), code)


@dataclass(frozen=True, slots=True)
class Look:
    """A name that is looked at: the numbers of its likeliest candidates, "none" the last, and a row of :data:`SEEN` for each."""

    group: Group
    candidates: Sequence[int]
    rows: Sequence[Sequence[float]]


def is_open(group: Group) -> bool:
    """Whether the first ranking leaves something to be looked at."""
    if not group.numbers or group.fixed or group.adjective:
        return False
    best = max(range(len(group.chances)), key=group.chances.__getitem__)
    countries = sum(facts.level == "country" for facts in group.facts)  # two for "Congo"
    is_country = best < len(group.facts) and group.facts[best].level == "country"
    return group.chances[best] < (_SURE_OF_COUNTRY if is_country and countries == 1 else _SURE)


def kept(group: Group) -> list[int]:
    """Give the likeliest candidates of a group, in their order; "none" as the last."""
    none = len(group.numbers)
    least = max(group.chances) * _LEAST
    likely = sorted((number for number in range(none) if group.chances[number] >= least), key=lambda number: -group.chances[number])[:_MOST]
    return [*sorted(likely), none]


def seen(group: Group, candidates: Sequence[int], rows: Sequence[Row], votes: Votes, text: About) -> list[list[float]]:
    """Give what the network sees of some candidates: a row of :data:`SEEN` for each. ``rows``: the first ranking's features of all."""
    common = _of_name(group, votes, text)
    most = max((facts.population for facts in group.facts if facts.level == "locality"), default=0)
    out: list[list[float]] = []
    for number in candidates:
        row = [0.0] * len(SEEN)
        for column, value in rows[number].items():
            row[column] = value
        row[_BASE:] = [*_of_place(group, number, most, text), *common, max(-8.0, math.log(group.chances[number] + 1e-9)) / 4, *_with_spread(row, text)]
        assert len(row) == len(SEEN)
        out.append(row)
    return out


def _of_place(group: Group, number: int, most: int, text: About) -> list[float]:
    """Give the features from "people" to "alternate, not in English"."""
    if number == len(group.facts):
        return [0.0] * 9
    facts = group.facts[number]
    foreign = float(text.code != ENGLISH and group.hows[number] == ALTERNATE)
    mine, others = _spoken(group, facts)
    if facts.level != "locality":
        size = [math.log10(facts.population + 1) / 8, math.log10(facts.radius_km + 1) / 4]
        return [*size, 0.0, 0.0, 0.0, float(any(other.level == "locality" and are_namesakes(facts, other) for other in group.facts)), mine, others, foreign]
    area = any(other.level in _AREAS and are_namesakes(facts, other) for other in group.facts)
    return [0.0, 0.0, float(not facts.population), math.log10((facts.population + 1) / (most + 1)) / 4, float(area), 0.0, mine, others, foreign]


def _spoken(group: Group, facts: Facts) -> tuple[float, float]:
    """Tell how far the words around a name speak of a candidate's level, and how far before the other candidates' levels."""
    if not group.spoken:
        return 0.0, 0.0
    own = group.spoken[LEVELS.index(facts.level)]
    others = [group.spoken[LEVELS.index(level)] for level in {other.level for other in group.facts} - {facts.level}]
    return own / 2, (own - max(others)) / 2 if others else 0.0


def _of_name(group: Group, votes: Votes, text: About) -> list[float]:
    """Give the features from "one country" to "not in English", the same for all candidates."""
    others = votes.without(group)
    name = key(group.surface)
    letters = word_classes(text.code).letters(name) if " " not in name and language(text.code) else ""
    return [
        others.main_share,
        others.unit_share,
        text.names / 4,
        text.countries / 3,
        float(len(group.numbers) == 1),
        float(" " in name),
        float("w" in letters),
        float("n" in letters),
        float("g" in letters),
        math.log(len(group.mentions)),
        float(text.code != ENGLISH),
    ]


def _with_spread(row: Sequence[float], text: About) -> list[float]:
    return [row[_POPULATION] * text.countries / 3, row[_SHARE] * text.countries / 3]


def choose(network: Network, looks: Sequence[Look]) -> None:
    """Set the chances of groups by what was seen of them; candidates that were not looked at have none then."""
    if not looks:
        return
    scores = network.scores(np.array([row for look in looks for row in look.rows], dtype=np.float32))[:, 0].tolist()
    at = 0
    for look in looks:
        chances = softmax(scores[at : at + len(look.candidates)])
        at += len(chances)
        look.group.chances = [0.0] * (len(look.group.numbers) + 1)
        for number, chance in zip(look.candidates, chances, strict=True):
            look.group.chances[number] = chance


@lru_cache(maxsize=1)
def shipped() -> Network:
    """The network that ships with the package."""
    return hidden_layer.shipped("shortlist.json", SEEN)
