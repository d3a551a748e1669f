"""Learns the weights of :mod:`gazetteer.mentions.tagger`: which capitalised words are names of places, people and organisations.

    python -m gazetteer.training.tagger --corpora FOLDER [--out FOLDER]

A linear-chain conditional random field. It is learned three times: from the corpora where people and organisations are marked too (GUM, EWT), and twice
more with the texts where only places are (every fourth one of War of the Rebellion, the project's own readings): the model before fills in the labels that
those leave open. Prints the F1 of place names (exact spans) on the readings, cross-validated by document.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pycrfsuite

from gazetteer.index.build import ready
from gazetteer.mentions.matching import Matcher
from gazetteer.mentions.tagger import LABELS, Tagger
from gazetteer.records import Tagged
from gazetteer.text.language import ENGLISH
from gazetteer.training.corpora import Marked, Run, corpus_path, label_runs, of_reading, read_jsonl
from gazetteer.training.folds import folds
from gazetteer.training.markup import read_all
from gazetteer.training.options import Options, run, write_model

SETTINGS = {"c1": 0.3, "c2": 0.05, "feature.possible_transitions": True}
"""L1 and L2 regularisation; weights for pairs of labels that were never seen too."""
_FIRST, _THEN = 120, 150
"""Iterations of the first and of the later models."""
_ROUNDS = 2
_THINNED = 4
"""Every such text of War of the Rebellion is learned from: it is of another century and must not outweigh the rest."""
_LEAST = 5
"""A feature without a weight of so many hundredths is left out."""
_NEVER = -9999
Labelled = tuple[list[list[str]], list[int]]
"""A run's features and labels."""


@dataclass(frozen=True, slots=True)
class Texts:
    """What the tagger is learned from."""

    complete: list[Run]
    """Of texts with all names marked."""
    places: list[Run]
    """Of texts with places marked."""


@dataclass(frozen=True, slots=True)
class Model:
    """Weights as :class:`Tagger` takes them."""

    weights: dict[str, list[int]]
    transitions: list[list[int]]

    def tagger(self) -> Tagger:
        """Return the tagger with these weights."""
        return Tagger(self.weights, self.transitions)


def fit(labelled: Iterable[Labelled], iterations: int) -> Model:
    """Fit a model to labelled runs."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for features, labels in labelled:
        trainer.append(features, [LABELS[label] for label in labels])
    trainer.set_params({**SETTINGS, "max_iterations": iterations})
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder, "model"))
        trainer.train(path)
        reader = pycrfsuite.Tagger()
        reader.open(path)
        info = reader.info()
        reader.close()
    weights: dict[str, list[int]] = {}
    for (feature, label), weight in info.state_features.items():
        weights.setdefault(feature, [0] * len(LABELS))[LABELS.index(label)] = round(weight * 100)
    kept = {feature: scores for feature, scores in weights.items() if any(abs(score) >= _LEAST for score in scores)}
    return Model(kept, [[_transition(info.transitions, left, right) for right in LABELS] for left in LABELS])


def _transition(weights: dict[tuple[str, str], float], left: str, right: str) -> int:
    """Round a weight to hundredths; an inside label follows a label of its own type only."""
    return _NEVER if right[0] == "I" and left[2:] != right[2:] else round(weights.get((left, right), 0.0) * 100)


def first(texts: Texts) -> Model:
    """Return the model of the texts with all names marked."""
    return fit(_complete(texts), _FIRST)


def refined(model: Model, texts: Texts) -> Model:
    """Return the model of all texts; ``model`` fills in what is left open, at first."""
    for _ in range(_ROUNDS):
        tagger = model.tagger()
        filled = [(run.features, tagger.decode(run.features, run.allowed)) for run in texts.places]
        model = fit([*_complete(texts), *filled], _THEN)
    return model


def _complete(texts: Texts) -> list[Labelled]:
    return [(run.features, [min(labels) for labels in run.allowed]) for run in texts.complete]


def _places(tagger: Tagger, run: Run, labels: Sequence[int]) -> set[Tagged]:
    return {span for span in tagger.spans(run.start, labels) if span.type == "LOC"}


def counts(tagger: Tagger, runs: Iterable[Run]) -> tuple[int, int, int]:
    """Place names that were found, that were marked, and those that were both, with exact spans."""
    found = marked = both = 0
    for item in runs:
        got = _places(tagger, item, tagger.decode(item.features))
        wanted = _places(tagger, item, [min(labels) for labels in item.allowed])
        found, marked, both = found + len(got), marked + len(wanted), both + len(got & wanted)
    return found, marked, both


def cross_validated(base: Model, corpora: Texts, readings: dict[str, list[Run]], parts: int) -> float:
    """F1 of place names in the readings with taggers that did not see them."""
    totals = [0, 0, 0]
    for held in folds(readings, parts):
        others = [item for ident, runs in readings.items() if ident not in held for item in runs]
        tagger = refined(base, Texts(corpora.complete, corpora.places + others)).tagger()
        for number, count in enumerate(counts(tagger, (item for ident in sorted(held) for item in readings[ident]))):
            totals[number] += count
    return 2 * totals[2] / (totals[0] + totals[1])


def _runs(texts: Iterable[Marked], matcher: Matcher) -> list[Run]:
    return [item for text in texts for item in label_runs(text, matcher)]


def train(options: Options) -> None:
    """Learn and write ``tagger.json``."""
    gum, ewt, wotr = (corpus_path(options.corpora, name) for name in ("gum", "ewt", "wotr"))
    matcher = Matcher(ready(), ENGLISH)
    corpora = Texts(_runs([*read_jsonl(gum), *read_jsonl(ewt)], matcher), _runs(islice(read_jsonl(wotr), 0, None, _THINNED), matcher))
    readings = {reading.id: label_runs(of_reading(reading), matcher) for reading in read_all(options.readings)}
    own = [item for runs in readings.values() for item in runs]
    counted = f"{len(corpora.complete)} runs of words of GUM and EWT, {len(corpora.places)} of War of the Rebellion, {len(own)} of {len(readings)} readings"
    print(f"tagger: {counted}")
    base = first(corpora)
    if options.folds:
        print(f"tagger: F1 of place names {cross_validated(base, corpora, readings, options.folds):.4f}, cross-validated")
    model = refined(base, Texts(corpora.complete, corpora.places + own))
    write_model(options.out, "tagger.json", {"weights": model.weights, "transitions": model.transitions})


if __name__ == "__main__":
    sys.exit(run(__doc__, train))
