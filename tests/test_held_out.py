"""How well the program reads documents that nothing was learned from: the readings in ``tests/readings``."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from gazetteer.index import Index
from gazetteer.training.markup import Reading, read_all
from gazetteer.training.options import READINGS
from tests.scoring import Scores, score

# What each score must reach: about .03 under what was measured, so that a change for the worse shows and a change of a few mentions does not.
# Measured with the models of this version: en .940 .914 .648 .873 .869, es .899 .918 .592 .834 .841 (the observations of 21 and 8 documents).
FLOORS = {
    "en": Scores(recognition=0.91, places=0.88, phases=0.615, dates=0.84, status=0.835),
    "es": Scores(recognition=0.87, places=0.88, phases=0.56, dates=0.80, status=0.81),
}
HELD_OUT = tuple(read_all(Path(__file__).parent / "readings"))


@pytest.fixture(scope="module")
def scores(index: Index) -> dict[str, Scores]:
    return {code: score(index, [reading for reading in HELD_OUT if reading.language == code]) for code in FLOORS}


@pytest.mark.parametrize("code", FLOORS)
@pytest.mark.parametrize("name", [field.name for field in fields(Scores)])
def test_reaches_floor(scores: dict[str, Scores], code: str, name: str) -> None:
    assert getattr(scores[code], name) >= getattr(FLOORS[code], name), scores[code]


def test_nothing_is_learned_from_them() -> None:
    def sentences(readings: tuple[Reading, ...]) -> set[str]:
        return {line for reading in readings for line in reading.text.split("\n") if len(line) > 60}

    learned = tuple(read_all(READINGS))
    assert {reading.id for reading in learned}.isdisjoint(reading.id for reading in HELD_OUT)
    assert sentences(learned).isdisjoint(sentences(HELD_OUT))


def test_they_are_of_both_languages_and_of_many_subjects() -> None:
    heads = [path.read_text("utf-8").partition("\n\n")[0] for path in (Path(__file__).parent / "readings").glob("*.txt")]
    subjects = {line.removeprefix("subject:").strip() for head in heads for line in head.split("\n") if line.startswith("subject:")}
    assert sum(reading.language == "es" and bool(reading.observations) for reading in HELD_OUT) >= 4
    assert len(subjects - {"gang", "crime"}) >= 10
