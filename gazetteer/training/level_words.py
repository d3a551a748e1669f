"""Learns the weights of :mod:`gazetteer.mentions.level_words`: what level of place the words around a name speak of.

    python -m gazetteer.training.level_words [--out FOLDER]

Multinomial logistic regression over the mentions of the project's own readings and snippets. Prints the share of mentions whose level the words alone tell,
cross-validated by document.
"""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from gazetteer.index import LEVELS
from gazetteer.mentions.level_words import LevelWords, Written, model_of, telling
from gazetteer.records import Level
from gazetteer.text.tokens import Tokens
from gazetteer.training.folds import folds
from gazetteer.training.markup import Reading, read_all
from gazetteer.training.options import Options, run, write_model
from gazetteer.training.snippets import SNIPPET_WEIGHT, Snippet, read_snippets

STRENGTH = 2.0
"""Inverse of the regularisation: scikit-learn's ``C``."""
_LEAST, _LEAST_WEIGHT = 3, 0.1
"""Names that a feature stands at, and its largest weight, from which it is kept."""
_ROUNDS = 400


@dataclass(frozen=True, slots=True)
class Spoken:
    """A name in a text."""

    document: str
    """Of a reading or a snippet."""
    features: tuple[str, ...]
    level: Level
    weight: float


def of_readings(readings: Sequence[Reading]) -> list[Spoken]:
    """Return the mentions of readings, without their demonyms."""
    out: list[Spoken] = []
    for reading in readings:
        spans = [(mention.start, mention.end, reading.places[mention.place].level) for mention in reading.mentions if mention.kind != "demonym"]
        out += _spoken(reading.id, reading.text, spans, 1.0)
    return out


def of_snippets(snippets: Sequence[Snippet]) -> list[Spoken]:
    """Return the mentions of snippets."""
    return [
        spoken
        for snippet in snippets
        for spoken in _spoken(snippet.id, snippet.text, [(mention.start, mention.end, mention.level) for mention in snippet.mentions], SNIPPET_WEIGHT)
    ]


def _spoken(document: str, text: str, spans: Sequence[tuple[int, int, Level]], weight: float) -> Iterator[Spoken]:
    tokens = Tokens(text)
    at = {start: number for number, start in enumerate(tokens.starts)}
    for start, end, level in spans:
        first = at.get(start)
        if first is not None:
            yield Spoken(document, tuple(telling(tokens, first, bisect_left(tokens.starts, end, first))), level, weight)


def fit(rows: Sequence[Spoken]) -> Written:
    """Learn the model. Each level counts as met once, with no words around it."""
    rows = [*rows, *(Spoken("", (), level, 1.0) for level in LEVELS)]
    counts = Counter(name for row in rows for name in row.features)
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([dict.fromkeys((name for name in row.features if counts[name] >= _LEAST), 1.0) for row in rows])
    model = LogisticRegression(C=STRENGTH, max_iter=_ROUNDS, tol=1e-3)
    model.fit(matrix, [row.level for row in rows], sample_weight=[row.weight for row in rows])
    order = [list(model.classes_).index(level) for level in LEVELS]
    columns = model.coef_[order]
    kept = {name: number for name, number in vectorizer.vocabulary_.items() if np.abs(columns[:, number]).max() >= _LEAST_WEIGHT}
    total = sum(row.weight for row in rows)
    usual = [float(np.log(sum(row.weight for row in rows if row.level == level) / total)) for level in LEVELS]
    return {
        "weights": {name: [round(100 * float(value)) for value in columns[:, number]] for name, number in kept.items()},
        "bias": [round(float(value), 3) for value in model.intercept_[order]],
        "usual": [round(value, 3) for value in usual],
    }


def model(rows: Sequence[Spoken]) -> LevelWords:
    """Learn the model, to be used at once."""
    return model_of(fit(rows))


def cross_validated(rows: Sequence[Spoken], others: Sequence[Spoken], parts: int) -> float:
    """Share of names whose level the words alone tell, with a model of the other documents and of ``others``."""
    right = 0
    for held in folds((row.document for row in rows), parts):
        learned = model([*(row for row in rows if row.document not in held), *others])
        for row in rows:
            if row.document in held:
                scores = learned.scores(row.features)
                right += LEVELS[scores.index(max(scores))] == row.level
    return right / len(rows)


def train(options: Options) -> None:
    """Learn and write ``level_words.json``."""
    readings, snippets = of_readings(list(read_all(options.readings))), of_snippets(list(read_snippets(options.snippets)))
    print(f"level_words: {len(readings)} names of readings, {len(snippets)} of snippets")
    if options.folds:
        print(f"level_words: {cross_validated(readings, snippets, options.folds):.4f} of the readings' levels right by the words alone, cross-validated")
    write_model(options.out, "level_words.json", fit([*readings, *snippets]))


if __name__ == "__main__":
    sys.exit(run(__doc__, train))
