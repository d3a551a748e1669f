"""Learns the weights of :mod:`gazetteer.observations.dating`: which of the dates at hand is the date of the thing said.

    python -m gazetteer.training.dating [--out FOLDER]

From the dates that a sentence offers, and the observations of the project's own readings. An observation whose date the program does not offer at all
teaches nothing, and counts as wrong in the score. Prints the share of observations with the right date, cross-validated by document.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gazetteer.index.build import ready
from gazetteer.observations.dating import DateChoice, Dater, matrix
from gazetteer.passages.time_frames import frames
from gazetteer.text.language import language_of
from gazetteer.training import choice
from gazetteer.training.agreement import same_start
from gazetteer.training.choice import Case
from gazetteer.training.folds import folds
from gazetteer.training.hidden_layer import Hidden, Settings
from gazetteer.training.instances import Prepared, Preparer
from gazetteer.training.markup import MarkedObservation, read_all
from gazetteer.training.options import Options, run, write_model
from gazetteer.training.sayings import sayings

SETTINGS = Settings(units=64, epochs=30, batch=64, rate=3e-3, decay=0.1, dropped=0.4)
SEEN = 60
"""A word counts from so many dates."""


@dataclass(frozen=True, slots=True)
class Dated:
    """The dates that an observation may have, and those that are right."""

    document: str
    choices: tuple[DateChoice, ...]
    right: tuple[int, ...]
    in_text: bool
    """Whether the text gives the date."""


def _right(observation: MarkedObservation, choice: DateChoice) -> bool:
    of_document = choice.provenance in ("document", "none")
    if observation.precision == "document" or of_document:
        return of_document and observation.precision == "document"
    return same_start(observation.date, observation.precision, choice.date)


def dates_of(prepared: Prepared) -> list[Dated]:
    """Return the dated observations of a reading."""
    found = language_of(prepared.reading.language)
    dater = Dater(found)
    around = frames(prepared.passages)
    out: list[Dated] = []
    for saying in sayings(prepared):
        item = saying.observation
        frame, published = around[saying.number], prepared.reading.published
        choices = dater.choices(saying.passage, prepared.tokens, saying.spans, saying.cue, item.phase, frame, published, saying.southern)
        right = tuple(number for number, choice in enumerate(choices) if _right(item, choice))
        out.append(Dated(prepared.reading.id, tuple(choices), right, item.precision != "document"))
    return out


def features_of(rows: Sequence[Dated]) -> dict[str, int]:
    """Return the features that the rows show often enough, with their columns."""
    seen = Counter(name for row in rows for choice in row.choices for name in choice.features)
    return {name: number for number, name in enumerate(sorted(name for name, count in seen.items() if "=" not in name or count >= SEEN))}


def fit(rows: Sequence[Dated], column: Mapping[str, int]) -> Hidden:
    """Learn to choose the right dates; ``column``: the features with their columns."""
    open_ones = [row for row in rows if row.right and len(row.choices) > 1]
    return choice.fit([Case(matrix(row.choices, column), row.right) for row in open_ones], len(column), SETTINGS)


def cross_validated(rows: Sequence[Dated], parts: int) -> tuple[float, float]:
    """Share of the dates that a model of the other documents gets right: of all, and of those that the text gives."""
    found = in_text = 0
    for held in folds((row.document for row in rows), parts):
        others = [row for row in rows if row.document not in held]
        column = features_of(others)
        network = fit(others, column)
        for row in rows:
            if row.document in held and choice.chosen(network, matrix(row.choices, column)) in row.right:
                found += 1
                in_text += row.in_text
    return found / len(rows), in_text / max(1, sum(row.in_text for row in rows))


def train(options: Options) -> None:
    """Learn and write ``dating.json``."""
    preparer = Preparer(ready())
    rows = [row for reading in read_all(options.readings) if reading.observations for row in dates_of(preparer.prepare(reading))]
    lost = sum(not row.right for row in rows)
    print(f"dating: {len(rows)} observations of {len({row.document for row in rows})} readings, {lost} of them with a date that is not offered")
    if options.folds:
        every, in_text = cross_validated(rows, options.folds)
        print(f"dating: {every:.4f} right, {in_text:.4f} of those that the text gives, cross-validated")
    column = features_of(rows)
    write_model(options.out, "dating.json", fit(rows, column).written(list(column)))


if __name__ == "__main__":
    sys.exit(run(__doc__, train))
