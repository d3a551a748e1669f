"""Learns the weights of :mod:`gazetteer.observations.claims`: whether an observation is a fact, a report or a suspicion.

    python -m gazetteer.training.claims [--out FOLDER]

Multinomial logistic regression over the observations of the project's own readings. Prints the share of observations with the right status, cross-validated
by document.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from gazetteer.errors import InputError
from gazetteer.index.build import ready
from gazetteer.observations import claims
from gazetteer.records import Status
from gazetteer.text.language import language_of
from gazetteer.training.folds import folds
from gazetteer.training.instances import Prepared, Preparer
from gazetteer.training.markup import read_all
from gazetteer.training.options import Options, run, write_model
from gazetteer.training.sayings import sayings

STRENGTH = 0.3
"""Inverse of the regularisation: scikit-learn's ``C``."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What an observation's status is learned from."""

    document: str
    features: dict[str, float]
    status: Status


def claims_of(prepared: Prepared) -> list[Claim]:
    """Return the claims of a reading."""
    found = language_of(prepared.reading.language)
    reader = claims.of_language(found)
    out: list[Claim] = []
    for saying in sayings(prepared):
        features = reader.features(saying.passage, saying.spans, saying.cue, saying.observation.phase)
        out.append(Claim(prepared.reading.id, features, saying.observation.status))
    return out


def fit(rows: Sequence[Claim]) -> dict[str, list[float]]:
    """Weights of each feature for each of ``claims.STATUSES``.

    Raises InputError where the rows do not have them all.
    """
    missing = [status for status in claims.STATUSES if all(row.status != status for row in rows)]
    if missing:
        raise InputError(f"readings: no observation is {' or '.join(missing)}; add readings with some, else it cannot be learned")
    vectorizer = DictVectorizer()
    model = LogisticRegression(C=STRENGTH, max_iter=500, fit_intercept=False)
    model.fit(vectorizer.fit_transform([row.features for row in rows]), [row.status for row in rows])
    columns = [model.coef_[list(model.classes_).index(status)] for status in claims.STATUSES]
    return {name: [round(float(column[number]), 3) for column in columns] for name, number in vectorizer.vocabulary_.items()}


def right(rows: Sequence[Claim], weights: dict[str, list[float]]) -> int:
    """How many claims a model gets right."""
    model = claims.StatusModel(weights)
    return sum(model.status(row.features) == row.status for row in rows)


def cross_validated(rows: Sequence[Claim], parts: int) -> float:
    """Share of claims that a model of the other documents gets right."""
    found = 0
    for held in folds((row.document for row in rows), parts):
        weights = fit([row for row in rows if row.document not in held])
        found += right([row for row in rows if row.document in held], weights)
    return found / len(rows)


def train(options: Options) -> None:
    """Learn and write ``status.json``."""
    preparer = Preparer(ready())
    rows = [row for reading in read_all(options.readings) if reading.observations for row in claims_of(preparer.prepare(reading))]
    print(f"status: {len(rows)} observations of {len({row.document for row in rows})} readings")
    if options.folds:
        print(f"status: {cross_validated(rows, options.folds):.4f} right, cross-validated")
    write_model(options.out, "status.json", fit(rows), indent=0)


if __name__ == "__main__":
    sys.exit(run(__doc__, train))
