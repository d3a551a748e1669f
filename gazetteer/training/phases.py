"""Learns the weights of :mod:`gazetteer.phases.model`: which phases a sentence says of a place.

    python -m gazetteer.training.phases [--out FOLDER]

One logistic regression for all phases: every feature has a weight that they share and one for each of them, and the regularisation leaves to the phase only
what it needs for itself. Learned from the snippets and from those readings of the project's own whose phases are annotated strictly. Prints the F1 of
(place, phase) pairs of a document, cross-validated by document.
"""

from __future__ import annotations

import sys
from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from gazetteer.codebook import GENERAL_PHASES
from gazetteer.index.build import ready
from gazetteer.phases.features import FAMILY_FEATURES, PhaseFeatures, surrounds
from gazetteer.phases.model import PhaseModel
from gazetteer.phases.standing import Vector
from gazetteer.training.agreement import Pairs, f1
from gazetteer.training.folds import folds
from gazetteer.training.instances import Prepared, Preparer
from gazetteer.training.markup import read_all
from gazetteer.training.options import Options, run, write_model
from gazetteer.training.snippets import SNIPPET_WEIGHT, Snippet, read_snippets

STRENGTH = 0.1
"""Inverse of the regularisation: scikit-learn's ``C``."""
STRENGTH_WITHOUT_FAMILIES = 0.05
THRESHOLDS = {"*": 0.28}
"""Chance from which a phase counts as said when the first look is scored by itself; the program goes on to :mod:`gazetteer.phases.hindsight`."""
_WORDS = ("w=", "q=")
"""Features of single words and cues: there are thousands of them."""
_SHARED_WORDS = 0.3
"""Scale of a word's shared weight: a word alone should seldom speak for a phase of its own kind."""
_SEEN = 2
"""A word counts from so many sentences."""
_LEAST = 0.02
"""A feature without a weight of so much is left out."""


@dataclass(frozen=True, slots=True)
class Instance:
    """A place in a sentence with the phases that are marked for it."""

    document: str
    place: str
    common: Vector
    own: Mapping[str, Vector]
    phases: frozenset[str]
    weight: float = 1.0


def instances_of(prepared: Prepared) -> Iterator[Instance]:
    """Return the places of a reading's sentences."""
    marked = prepared.marked()
    features = PhaseFeatures(prepared.passage_reader, prepared.codebook)
    for number, around in surrounds(prepared.passages):
        passage = prepared.passages[number]
        for named in range(len(passage.named)):
            place = prepared.place_of(number, named)
            common, own = features.vectors(passage, named, around)
            yield Instance(prepared.reading.id, place, common, own, marked.get((number, place), frozenset()))


def instances_of_snippet(preparer: Preparer, snippet: Snippet) -> Iterator[Instance]:
    """Return the places of a snippet."""
    codebook, passage_reader, passages = preparer.prepare_snippet(snippet)
    marked = {mention.start: mention.phases for mention in snippet.mentions}
    features = PhaseFeatures(passage_reader, codebook)
    for number, around in surrounds(passages):
        passage = passages[number]
        for named, item in enumerate(passage.named):
            if not item.points_back:
                mention = item.resolution.mention
                common, own = features.vectors(passage, named, around)
                yield Instance(snippet.id, mention.surface, common, own, marked[mention.start], SNIPPET_WEIGHT)


class Columns:
    """The columns of the model's matrix: each feature's shared one, and behind it one for each phase."""

    def __init__(self, instances: Sequence[Instance]) -> None:
        """Take the features that the instances show often enough."""
        seen = Counter(name for instance in instances for name in instance.common)
        own = dict.fromkeys("+" + name for instance in instances for vector in instance.own.values() for name in vector)
        names = ["bias", *(name for name, count in seen.items() if count >= _SEEN or not name.startswith(_WORDS)), *own]
        self.width = 1 + len(GENERAL_PHASES)
        self.first = {name: number * self.width for number, name in enumerate(names)}

    def __len__(self) -> int:
        return len(self.first) * self.width

    def matrix(self, instances: Sequence[Instance]) -> csr_matrix:
        """Return a row for each instance and phase, in their order."""
        values, indices, ends = array("d"), array("i"), array("i", [0])
        for instance in instances:
            for number, phase in enumerate(GENERAL_PHASES, 1):
                own = {"+" + name: value for name, value in instance.own[phase].items()}
                for name, value in {"bias": 1.0, **instance.common, **own}.items():
                    column = self.first.get(name)
                    if column is not None:
                        values.extend((value * _scale(name), value))
                        indices.extend((column, column + number))
                ends.append(len(indices))
        return csr_matrix((values, indices, ends), shape=(len(ends) - 1, len(self)))

    def weights(self, coefficients: Sequence[float], intercept: float) -> dict[str, list[float]]:
        """Return the weights of :class:`PhaseModel`."""
        out: dict[str, list[float]] = {}
        for name, first in self.first.items():
            row = [float(weight) for weight in coefficients[first : first + self.width]]
            row[0] = row[0] * _scale(name) + (intercept if name == "bias" else 0.0)
            out[name] = row
        return out


def _scale(name: str) -> float:
    return _SHARED_WORDS if name.startswith(_WORDS) else 1.0


def fit(instances: Sequence[Instance]) -> dict[str, list[float]]:
    """Weights of each feature: the shared one and those of ``GENERAL_PHASES``.

    They are the mean of two models', one that sees the families of words and one that does not. The families were collected with the readings at hand, so
    that a model trusts them more there than it should elsewhere.
    """
    both = fit_one(instances, STRENGTH), fit_one([_without_families(instance) for instance in instances], STRENGTH_WITHOUT_FAMILIES)
    none = [0.0] * (1 + len(GENERAL_PHASES))
    names = dict.fromkeys(name for model in both for name in model)
    return rounded({name: [sum(weights) / 2 for weights in zip(*(model.get(name, none) for model in both), strict=True)] for name in names})


def rounded(weights: Mapping[str, Sequence[float]]) -> dict[str, list[float]]:
    """Return weights as they are written: rounded, without those of features that hardly count."""
    return {name: [round(weight, 3) for weight in row] for name, row in weights.items() if any(abs(weight) >= _LEAST for weight in row)}


def _without_families(instance: Instance) -> Instance:
    common = {name: value for name, value in instance.common.items() if not name.startswith("f=")}
    own = {phase: {name: value for name, value in vector.items() if name not in FAMILY_FEATURES} for phase, vector in instance.own.items()}
    return replace(instance, common=common, own=own)


def fit_one(instances: Sequence[Instance], strength: float) -> dict[str, list[float]]:
    """Weights of one model; ``strength``: inverse of its regularisation."""
    columns = Columns(instances)
    model = LogisticRegression(C=strength, max_iter=400)
    wanted = np.array([phase in instance.phases for instance in instances for phase in GENERAL_PHASES], dtype=int)
    weights = np.repeat([instance.weight for instance in instances], len(GENERAL_PHASES))
    model.fit(columns.matrix(instances), wanted, sample_weight=weights)
    return columns.weights(model.coef_[0], float(model.intercept_[0]))


def marked_pairs(instances: Sequence[Instance]) -> Pairs:
    """Return what is marked in the documents."""
    return {(instance.document, instance.place, phase) for instance in instances for phase in instance.phases}


def found_pairs(
    prepared: Mapping[str, Prepared], instances: Sequence[Instance], weights: Mapping[str, Sequence[float]], thresholds: Mapping[str, float]
) -> Pairs:
    """Tell what a model says of the documents; ``thresholds``: by language (``*``: any other) the chance from which a phase counts as said."""
    model = PhaseModel(weights)
    out: Pairs = set()
    for instance in instances:
        kinds = prepared[instance.document].codebook.phases
        threshold = thresholds.get(prepared[instance.document].document.language, thresholds["*"])
        for phase, chance in zip(kinds, model.chances(kinds, instance.common, instance.own), strict=True):
            if chance >= threshold:
                out.add((instance.document, instance.place, phase.id))
    return out


Learn = Callable[[Sequence[Instance]], Mapping[str, Sequence[float]]]
"""Gives a model's weights for the instances to learn from."""


def cross_validated(
    prepared: Mapping[str, Prepared], instances: Sequence[Instance], marked: Pairs, learn: Learn, thresholds: Mapping[str, float], parts: int
) -> float:
    """F1 of the readings' pairs with models that did not see them."""
    found: Pairs = set()
    for held in folds(prepared, parts):
        weights = learn([instance for instance in instances if instance.document not in held])
        found |= found_pairs(prepared, [instance for instance in instances if instance.document in held], weights, thresholds)
    return f1(found, marked)


def material(options: Options) -> tuple[dict[str, Prepared], list[Instance]]:
    """Return the strict readings by their ids, and the places of the snippets."""
    preparer = Preparer(ready())
    prepared = {reading.id: preparer.prepare(reading) for reading in read_all(options.readings) if reading.teaches_phases}
    return prepared, [instance for snippet in read_snippets(options.snippets) for instance in instances_of_snippet(preparer, snippet)]


def train(options: Options) -> None:
    """Learn and write ``phases.json``."""
    prepared, snippets = material(options)
    instances = [instance for item in prepared.values() for instance in instances_of(item)]
    said = sum(len(instance.phases) for instance in [*instances, *snippets])
    print(f"phases: {len(instances)} places in sentences of {len(prepared)} readings, {len(snippets)} of snippets, {said} phases marked")
    if options.folds:
        score = cross_validated(prepared, instances, marked_pairs(instances), lambda rows: fit([*rows, *snippets]), THRESHOLDS, options.folds)
        print(f"phases: F1 of places' phases in the readings {score:.4f}, cross-validated")
    write_model(options.out, "phases.json", {"weights": fit([*instances, *snippets])})


if __name__ == "__main__":
    sys.exit(run(__doc__, train))
