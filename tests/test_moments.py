from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dashboard.codebook import HOME, Codebook
from dashboard.moments import At, Moment, UpTo, Window, day_of, focus_phases, looks, prepared, span
from tests.small_tables import CODEBOOK, DOCUMENTS, PLACES, frame, table


def day(text: str) -> int:
    return day_of(date.fromisoformat(text))


def up_to(text: str) -> UpTo:
    return UpTo(day(text))


def at(text: str) -> At:
    return At(day(text))


def window(start: str, end: str) -> Window:
    return Window(day(start), day(end))


def look(rows: list[str], moment: Moment, place: str = "lima") -> tuple[object, ...] | None:
    """Rank, certainty, known by, outcomes, sources and whether these differ; None where the place does not appear."""
    found = looks(frame(*rows), moment)
    position = PLACES["place_id"].tolist().index(place)
    if position not in found.index:
        return None
    row = found.loc[position]
    return int(row["rank"]), int(row["certainty"]), bool(row["known"]), int(row["outcomes"]), int(row["sources"]), bool(row["differ"])


YEAR = ["lima exploration 2018 confirmed a"]
SINCE = ["lima exploration 2018/.. confirmed a"]
UNTIL = ["lima exploration ../2018 confirmed a"]


@pytest.mark.parametrize(
    ("rows", "moment", "shown"),
    [
        (YEAR, up_to("2017-12-31"), False),
        (YEAR, up_to("2018-01-01"), True),
        (YEAR, up_to("2030-01-01"), True),  # a stage once reached stays
        (YEAR, at("2018-07-01"), True),
        (YEAR, at("2019-01-01"), False),
        (YEAR, window("2018-12-31", "2019-06-01"), True),
        (YEAR, window("2019-01-01", "2019-06-01"), False),
        (SINCE, at("2040-01-01"), True),
        (SINCE, at("2017-12-31"), False),
        (SINCE, window("2010-01-01", "2017-12-31"), False),
        (UNTIL, up_to("2018-12-30"), False),  # known to have begun by the end of it
        (UNTIL, up_to("2018-12-31"), True),
        (UNTIL, at("1980-01-01"), True),
        (UNTIL, at("2019-01-01"), False),
        (["lima exploration - confirmed c"], up_to("2040-01-01"), False),
        (["lima exploration - confirmed c"], window("1900-01-01", "2040-01-01"), False),
    ],
)
def test_when_an_observation_is_in_force(rows: list[str], moment: Moment, shown: bool) -> None:
    assert (look(rows, moment) is not None) is shown


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["lima exploration 2018 suspected a"], (1, 2, False, 0, 1, False)),
        (["lima exploration 2018 suspected a", "lima exploration 2019 reported a"], (1, 1, False, 0, 1, False)),
        (["lima penetration 2018 suspected a", "lima exploration 2019 confirmed a"], (2, 2, False, 0, 1, False)),  # the lower phase lends no certainty
        (["lima penetration 2018 confirmed a", "lima exploration 2019 confirmed b"], (2, 0, False, 0, 2, True)),
        (["lima exploration 2018 confirmed a", "lima exploration 2019 confirmed b"], (1, 0, False, 0, 2, False)),
        (["lima exploration 2023-05* confirmed a"], (1, 0, True, 0, 1, False)),
        (["lima exploration 2023-05* confirmed a", "lima exploration 2022 suspected a"], (1, 0, False, 0, 1, False)),
        (["lima exploration 2018 confirmed a", "lima disruption 2019 suspected b"], (1, 0, False, 2, 2, False)),
        (["lima contested 2018 reported a", "lima disruption 2019 suspected a"], (-1, 1, False, 3, 1, False)),
        (["lima context 2023-05* confirmed a"], (-1, 0, True, 0, 0, False)),
        (["lima context 2023-05* confirmed a", "lima exploration 2018 suspected b"], (1, 2, False, 0, 1, False)),
    ],
)
def test_what_a_place_looks_like(rows: list[str], expected: tuple[object, ...]) -> None:
    assert look(rows, up_to("2030-01-01")) == expected


@pytest.mark.parametrize(
    ("rows", "moment", "expected"),
    [
        (["lima origin 2018 confirmed a"], up_to("2030-01-01"), (0, 0, False, 0, 1, False)),  # the home itself is its phase
        (["lima origin 2018 confirmed a", "lima penetration 2019 suspected a"], up_to("2030-01-01"), (2, 2, False, 1 << HOME, 1, False)),
        (["lima origin 2018 confirmed a", "lima penetration 2019 suspected a"], up_to("2018-12-31"), (0, 0, False, 0, 1, False)),
        (["lima origin 2018 confirmed a", "lima penetration 2019 suspected a"], at("2019-06-01"), (2, 2, False, 0, 1, False)),
        (["lima origin 2018 confirmed a", "lima exploration 2018 confirmed b", "lima disruption 2019 confirmed a"], up_to("2030-01-01"), (1, 0, False, 2 | 1 << HOME, 2, True)),
        (["lima origin 2018 confirmed a", "lima disruption 2019 confirmed a"], up_to("2030-01-01"), (0, 0, False, 2, 1, False)),
        (["lima exploration 2018 confirmed a", "quito origin 2018 confirmed a"], up_to("2030-01-01"), (1, 0, False, 0, 1, False)),
    ],
)  # fmt: skip
def test_where_it_began_stays_visible(rows: list[str], moment: Moment, expected: tuple[object, ...]) -> None:
    assert look(rows, moment) == expected


def test_without_a_phase_of_order_0_there_is_no_home() -> None:
    codebook = Codebook((), tuple(replace(phase, order=None if phase.order is None else phase.order + 1) for phase in CODEBOOK.phases))
    told = table("lima origin 2018 confirmed a", "lima penetration 2019 confirmed a")
    rows = prepared(told, codebook, places=PLACES["place_id"], documents=DOCUMENTS["document_id"])
    assert looks(rows, up_to("2030-01-01"))["outcomes"].tolist() == [0]


def test_in_a_window_an_earlier_phase_shows_again() -> None:
    rows = ["lima consolidation 2018 confirmed a", "lima exploration 2021 confirmed a"]
    assert [look(rows, moment) and look(rows, moment)[0] for moment in (window("2018-01-01", "2022-01-01"), window("2020-01-01", "2022-01-01"))] == [3, 1]  # type: ignore[index]


def test_rows_without_a_place_are_kept_and_not_drawn() -> None:
    rows = frame("atlantis exploration 2018 confirmed a", "lima exploration 2018 confirmed a")
    assert rows["place"].tolist() == [-1, 0]
    assert looks(rows, up_to("2020-01-01")).index.tolist() == [0]


def test_nothing_in_force_is_an_empty_frame() -> None:
    assert looks(frame("lima exploration 2018 confirmed a"), up_to("1990-01-01")).empty


def test_the_story_up_to_a_phase() -> None:
    assert focus_phases(CODEBOOK, "exploration") == ("origin", "exploration")
    assert focus_phases(CODEBOOK, "contested") == ("origin", "exploration", "penetration", "consolidation", "contested")


def test_the_span_is_that_of_the_beginnings() -> None:
    assert span(frame("lima exploration 2018/2030 confirmed a", "quito exploration 2019 confirmed a")) == (day("2018-01-01"), day("2019-01-01"))
    assert span(frame("lima exploration - confirmed a")) is None
