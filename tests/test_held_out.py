"""How well the program reads documents that nothing was learned from: the readings in ``tests/readings``."""

from __future__ import annotations

from dataclasses import fields

import pytest

from gazetteer.index import Index
from gazetteer.training.markup import Reading, read_all
from gazetteer.training.options import READINGS
from tests.scoring import HELD_OUT as FOLDER
from tests.scoring import Scores, score, sort_of

# What each score must reach: about .02 under what was measured, so that a change for the worse shows and a change of a few mentions does not.
# "hard" are the readings written on purpose in a roundabout way (a-, b-, c-), "plain" those written as reports are (d- to m-), "many" those of many kinds
# (n- to z-): prosecutors' texts, chronologies, dispatches, studies, other subjects; of these two of each letter are read here, all of them by
# `python -m tests.scoring`.
# Measured with the models of this version: hard en .948 .925 .729 .877 .834, es .924 .952 .692 .889 .901 (the observations of 21 and 8 documents);
# plain en .971 .962 .755 .904 .941, es .965 .946 .739 .911 .925 (of 48 and 32); many en .969 .961 .676 .848 .928, es .971 .963 .711 .848 .927 (of 102 and
# 83), of which two documents of each letter are read here.
FLOORS = {
    ("hard", "en"): Scores(recognition=0.925, places=0.905, phases=0.70, dates=0.85, status=0.82),
    ("hard", "es"): Scores(recognition=0.905, places=0.93, phases=0.67, dates=0.87, status=0.875),
    ("plain", "en"): Scores(recognition=0.95, places=0.94, phases=0.73, dates=0.88, status=0.92),
    ("plain", "es"): Scores(recognition=0.945, places=0.925, phases=0.715, dates=0.885, status=0.905),
    ("many", "en"): Scores(recognition=0.955, places=0.935, phases=0.65, dates=0.84, status=0.915),
    ("many", "es"): Scores(recognition=0.965, places=0.945, phases=0.70, dates=0.775, status=0.925),
}
SAMPLE = ("-03", "-11")
HELD_OUT = tuple(read_all(FOLDER))


@pytest.fixture(scope="module")
def scores(index: Index) -> dict[tuple[str, str], Scores]:
    read = [reading for reading in HELD_OUT if sort_of(reading) != "many" or reading.id.endswith(SAMPLE)]
    return {(sort, code): score(index, [reading for reading in read if (sort_of(reading), reading.language) == (sort, code)]) for sort, code in FLOORS}


@pytest.mark.parametrize("which", FLOORS, ids="-".join)
@pytest.mark.parametrize("name", [field.name for field in fields(Scores)])
def test_reaches_floor(scores: dict[tuple[str, str], Scores], which: tuple[str, str], name: str) -> None:
    assert getattr(scores[which], name) >= getattr(FLOORS[which], name), scores[which]


def test_nothing_is_learned_from_them() -> None:
    def sentences(readings: tuple[Reading, ...]) -> set[str]:
        return {line for reading in readings for line in reading.text.split("\n") if len(line) > 60}

    learned = tuple(read_all(READINGS))
    assert {reading.id for reading in learned}.isdisjoint(reading.id for reading in HELD_OUT)
    assert sentences(learned).isdisjoint(sentences(HELD_OUT))


def test_they_are_of_both_languages_and_of_many_subjects() -> None:
    heads = [path.read_text("utf-8").partition("\n\n")[0] for path in FOLDER.glob("*.txt")]
    subjects = {line.removeprefix("subject:").strip() for head in heads for line in head.split("\n") if line.startswith("subject:")}
    assert sum(reading.language == "es" and bool(reading.observations) for reading in HELD_OUT) >= 4
    assert len(subjects - {"gang", "crime"}) >= 10
