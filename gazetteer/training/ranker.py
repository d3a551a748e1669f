"""Learns the weights of :mod:`gazetteer.resolution.ranking`: which of the places of a name is meant.

    python -m gazetteer.training.ranker --corpora FOLDER [--out FOLDER]

A conditional logit over each group's candidates and "none of them", drawn towards weights that a person would give. Since what a group's neighbours mean is
a feature, it is learned in rounds: rank with the weights so far, take the features that come out, fit, again. Learned from the project's own readings and
from every fifth text of War of the Rebellion, the latter at a quarter of the weight: it is of another century. Readings of small towns count threefold,
their names being the ambiguous ones. Prints the share of mentions within 161 km on the readings, cross-validated by document.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from gazetteer.index import Index
from gazetteer.index.build import ready
from gazetteer.index.containment import distance_km
from gazetteer.mentions.level_words import LevelWords
from gazetteer.records import Kind, Mention
from gazetteer.resolution import Resolver
from gazetteer.resolution.candidates import Group
from gazetteer.resolution.ranking import FEATURES, named
from gazetteer.resolution.votes import Votes
from gazetteer.training import logit
from gazetteer.training.agreement import Target, miss_km
from gazetteer.training.corpora import corpus_path, read_rows
from gazetteer.training.folds import folds
from gazetteer.training.instances import mentions
from gazetteer.training.markup import Reading, read_all
from gazetteer.training.options import Options, run, write_model

ROUNDS = 3
STRENGTH = 0.5
"""Of the L2 prior."""
THINNED, _OLD, _LOCAL = 5, 0.25, 3.0
_NEAR = 161.0
"""100 miles: the field's usual measure of a place found (codebook, section 4)."""
_DRAWN = {
    "none": 1.0, "population": 4.0, "share": 2.0, "country": 6.0, "admin1": 4.0, "admin2": 3.0, "region": 4.0, "facility": 3.0, "alternate": -1.0,
    "relaxed": -1.5, "level said": 2.0, "other level": -2.0, "inside what follows": 4.0, "outside what follows": -2.0,
    "country named": 2.0, "country of others": 3.0, "country of most": 1.0, "country shared": 1.0, "country unheard of": -1.0, "outside the only country": -1.0,
    "unit named": 3.0, "unit of others": 4.0, "unit of most": 1.0, "unit shared": 1.0, "unit shared by most": 1.0, "outside the only unit": -1.0,
    "near others": 1.0, "in the region of others": 1.0, "like its neighbours in a list": 2.0,
}  # fmt: skip
"""Weights that a person would give, twice the prior; nothing for other features."""


def prior() -> logit.Matrix:
    """Return what the weights are drawn towards, in the order of ``FEATURES``."""
    return np.array([_DRAWN.get(name, 0.0) / 2 for name in FEATURES])


@dataclass(frozen=True, slots=True)
class Places:
    """A text's mentions with the points that they are marked with."""

    document: str
    text: str
    code: str
    """Its language."""
    mentions: tuple[Mention, ...]
    targets: tuple[Target, ...]
    weight: float


def of_reading(reading: Reading, words: LevelWords | None = None) -> Places:
    """Return a reading's mentions, without its demonyms. ``words``: what says of them which level they have, where that is not to be the shipped model."""
    marked = [mention for mention in reading.mentions if mention.kind != "demonym"]
    spans = [(mention.start, mention.end, mention.kind, Target.of(reading.places[mention.place])) for mention in marked]
    return _places(reading.id, reading.text, reading.language, spans, _LOCAL if reading.local else 1.0, words)


def of_corpus(path: Path, every: int) -> Iterator[Places]:
    """Texts of a corpus of toponyms, one of ``every``, with those mentions that have a point."""
    for row in islice(read_rows(path), 0, None, every):
        placed = (item for item in row["toponyms"] if item["lat"] is not None)
        spans: list[tuple[int, int, Kind, Target]] = [(item["start"], item["end"], "literal", Target(item["lat"], item["lon"])) for item in placed]
        yield _places(row["id"], row["text"], "en", spans, _OLD)


def _places(ident: str, text: str, code: str, spans: Sequence[tuple[int, int, Kind, Target]], weight: float, words: LevelWords | None = None) -> Places:
    found, numbers = mentions(text, code, [(start, end, kind) for start, end, kind, _ in spans], words)
    return Places(ident, text, code, tuple(found), tuple(spans[number][3] for number in numbers), weight)


def _ranked(resolver: Resolver, places: Places) -> list[Group]:
    groups = resolver.groups(places.text, places.mentions)
    resolver.rank_first(groups)
    return groups


def choices(resolver: Resolver, places: Places) -> Iterator[logit.Choice]:
    """Each name of a text with the features that its candidates have when all are ranked, "none" the last."""
    groups = _ranked(resolver, places)
    countries, units = named(groups)
    votes = Votes(groups)
    for group in groups:
        if group.fixed or not group.facts:
            continue
        matrix = np.zeros((len(group.facts) + 1, len(FEATURES)))
        for number, row in enumerate(resolver.features(group, groups, countries, units, votes)):
            for column, value in row.items():
                matrix[number, column] = value
        weight = places.weight * (1 + math.log(len(group.mentions)))
        yield logit.Choice(places.document, matrix, (right_one(group, places.targets[group.mentions[0]]),), weight)


def right_one(group: Group, target: Target) -> int:
    """Return the number of the candidate that is nearest to the target, that of "none" where no one is near."""
    misses = [(miss, number) for number, facts in enumerate(group.facts) if (miss := miss_km(facts, target)) is not None]
    return min(misses)[1] if misses else len(group.facts)


def fit(index: Index, texts: Sequence[Places]) -> list[float]:
    """Weights of ``FEATURES``."""
    weights = prior() * 2
    for _ in range(ROUNDS):
        resolver = Resolver(index, [float(weight) for weight in weights])
        weights = logit.fit([choice for places in texts for choice in choices(resolver, places)], prior(), STRENGTH)
    return [round(float(weight), 3) for weight in weights]


def right(index: Index, weights: Sequence[float], texts: Sequence[Places]) -> int:
    """How many mentions resolve to a place within 161 km of theirs, or to their country."""
    resolver = Resolver(index, weights)
    return sum(_is_near(group, places.targets[number]) for places in texts for group in _ranked(resolver, places) for number in group.mentions)


def _is_near(group: Group, target: Target) -> bool:
    best = max(range(len(group.chances)), key=group.chances.__getitem__)
    if best >= len(group.facts):
        return False
    facts = group.facts[best]
    return facts.level == "country" and facts.country == target.country if target.level == "country" else distance_km(facts, target.facts()) < _NEAR


def cross_validated(index: Index, readings: Sequence[Places], old: Sequence[Places], parts: int) -> float:
    """Share of the readings' mentions that weights learned from other texts resolve rightly."""
    found = 0
    for held in folds((places.document for places in readings), parts):
        weights = fit(index, [*(places for places in readings if places.document not in held), *old])
        found += right(index, weights, [places for places in readings if places.document in held])
    return found / _count(readings)


def _count(texts: Sequence[Places]) -> int:
    return sum(len(places.mentions) for places in texts)


def train(options: Options) -> None:
    """Learn and write ``ranker.json``."""
    path = corpus_path(options.corpora, "wotr")
    index = ready()
    readings = [of_reading(reading) for reading in read_all(options.readings)]
    old = list(of_corpus(path, THINNED))
    print(f"ranker: {_count(readings)} mentions of {len(readings)} readings, {_count(old)} of War of the Rebellion")
    if options.folds:
        print(f"ranker: {cross_validated(index, readings, old, options.folds):.4f} of the mentions within 161 km, cross-validated")
    weights = fit(index, [*readings, *old])
    write_model(options.out, "ranker.json", dict(zip(FEATURES, weights, strict=True)), indent=1)


if __name__ == "__main__":
    sys.exit(run(__doc__, train))
