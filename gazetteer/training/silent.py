"""Learns the weights of :mod:`gazetteer.phases.silent`: what a sentence that names no place says of those named before it.

    python -m gazetteer.training.silent [--out FOLDER]

Logistic regression over the places that the silent sentences of the project's own readings may speak of. The encoder has read none of these sentences, so its
opinions are what they are on other documents. Prints the share of what is found that is right, and of what is marked that is found, cross-validated by
document.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from gazetteer.chances import chance_of
from gazetteer.index.build import ready
from gazetteer.phases import SAID, PhaseTagger
from gazetteer.phases.silent import SilentModel
from gazetteer.phases.standing import Vector
from gazetteer.training.folds import folds
from gazetteer.training.instances import Prepared, Preparer
from gazetteer.training.markup import read_all
from gazetteer.training.options import Options, run, write_model

STRENGTH = 0.1
"""Inverse of the regularisation: scikit-learn's ``C``."""


@dataclass(frozen=True, slots=True)
class Row:
    """A phase of a place that a silent sentence may speak of."""

    document: str
    vector: Vector
    marked: bool


def rows_of(prepared: Prepared) -> Iterator[Row]:
    """Return the rows of a reading."""
    tagger = PhaseTagger(prepared.passage_reader, prepared.codebook)
    looks = list(tagger.looks(prepared.passages))
    seconds = tagger.hindsight.chances(prepared.passages, looks)
    by_name = {(look.passage, look.named): chances for look, chances in zip(looks, seconds, strict=True)}
    marked = prepared.marked()
    for item in tagger.silent.carried(prepared.passages, by_name):
        said = marked.get((item.passage, prepared.place_of(item.source, item.named)), frozenset())
        for phase, vector in item.vectors.items():
            yield Row(prepared.reading.id, vector, phase in said)


def fit(rows: Sequence[Row]) -> dict[str, float]:
    """Weights of the features."""
    vectorizer = DictVectorizer()
    vectors = vectorizer.fit_transform([row.vector for row in rows])
    model = LogisticRegression(C=STRENGTH, max_iter=1000, fit_intercept=False).fit(vectors, [row.marked for row in rows])
    return {name: round(float(model.coef_[0][number]), 3) for name, number in sorted(vectorizer.vocabulary_.items())}


def cross_validated(rows: Sequence[Row], parts: int) -> tuple[int, int]:
    """How many phases models of the other documents find, and how many of them are right."""
    found = right = 0
    for held in folds((row.document for row in rows), parts):
        model = SilentModel(fit([row for row in rows if row.document not in held]))
        said = [row for row in rows if row.document in held and chance_of(model.score(row.vector)) >= SAID]
        found, right = found + len(said), right + sum(row.marked for row in said)
    return found, right


def train(options: Options) -> None:
    """Learn and write ``silent.json``."""
    preparer = Preparer(ready())
    rows = [row for reading in read_all(options.readings) if reading.teaches_phases for row in rows_of(preparer.prepare(reading))]
    marked = sum(row.marked for row in rows)
    print(f"silent: {marked} phases marked of {len(rows)}, in {len({row.document for row in rows})} readings")
    if options.folds:
        found, right = cross_validated(rows, options.folds)
        print(f"silent: {found} found, {right / max(1, found):.3f} of them right, {right / max(1, marked):.3f} of what is marked, cross-validated")
    write_model(options.out, "silent.json", fit(rows), indent=0)


if __name__ == "__main__":
    sys.exit(run(__doc__, train))
