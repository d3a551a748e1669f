from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from dashboard.moments import At, Moment, UpTo, Window, day_of
from dashboard.steps import Step, StepDay, before, event_days, month_ends, phase_steps, steps, year_ends
from tests.small_tables import CODEBOOK, frame


def day(text: str) -> int:
    return day_of(date.fromisoformat(text))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["lima exploration 2018 confirmed a", "lima exploration 2019 confirmed b", "quito exploration 2020 confirmed b"], ["2018-01-01", "2020-01-01"]),
        (
            ["lima exploration 2018 confirmed a", "lima exploration 2019 confirmed b"],
            ["2018-01-01", "2019-01-01"],
        ),  # the last day counts though it changes nothing
        (["lima exploration 2018 suspected a", "lima exploration 2019 confirmed b"], ["2018-01-01", "2019-01-01"]),
        (["lima penetration 2018 confirmed a", "lima exploration 2019 confirmed a", "lima disruption 2020-05-03 confirmed a"], ["2018-01-01", "2020-05-03"]),
        (["lima context 2018 confirmed a", "lima exploration 2019 confirmed a"], ["2018-01-01", "2019-01-01"]),
        (["lima exploration 2018 confirmed a", "quito exploration 2018-01-01 confirmed a"], ["2018-01-01"]),
        (["lima exploration - confirmed a", "atlantis exploration 2018 confirmed a"], []),
    ],
)
def test_days_on_which_something_changes(rows: list[str], expected: list[str]) -> None:
    assert event_days(frame(*rows)) == [day(text) for text in expected]


@pytest.mark.parametrize("moment", [At, Window])
def test_an_event_of_a_day_or_a_window_is_that_something_begins_to_hold(moment: type[Moment]) -> None:
    rows = frame("lima exploration 2018-03 confirmed a", "quito exploration 2020/.. confirmed a", "lima exploration 2018-03 confirmed b")
    assert event_days(rows, moment) == [day("2018-03-01"), day("2020-01-01")]  # not the first of April, on which nothing holds any more


def test_ends_of_months_and_years() -> None:
    assert month_ends(day("2019-11-15"), day("2020-02-01")) == [day(text) for text in ("2019-11-30", "2019-12-31", "2020-01-31", "2020-02-29")]
    assert year_ends(day("2019-11-15"), day("2021-01-01")) == [day(text) for text in ("2019-12-31", "2020-12-31", "2021-12-31")]


def test_the_story_takes_one_step_a_phase_and_never_goes_back_in_time() -> None:
    rows = frame(
        "lima origin 2010 confirmed a", "quito exploration 2019 confirmed a", "lima consolidation 2015 confirmed a", "cusco contested 2024* confirmed b"
    )
    assert [(step.phase, step.day) for step in phase_steps(rows, CODEBOOK)] == [
        ("origin", day("2010-01-01")), ("exploration", day("2019-01-01")), ("consolidation", day("2019-01-01")), ("contested", day("2024-01-01")),
    ]  # fmt: skip


def test_a_step_of_the_story_goes_by_the_dates_in_the_text_and_the_last_to_the_last_of_all() -> None:
    rows = frame(
        "lima exploration 2019 confirmed a", "quito exploration 2024* confirmed b", "cusco penetration 2021 confirmed a", "lima context 2025 confirmed c"
    )
    assert [(step.phase, step.day) for step in phase_steps(rows, CODEBOOK)] == [("exploration", day("2019-01-01")), ("penetration", day("2024-01-01"))]


def test_what_lies_after_the_newest_document_is_no_part_of_the_story() -> None:
    rows = frame(
        "lima exploration 2019 confirmed a", "quito exploration 2027 suspected b", "lima penetration 2020 confirmed a", "cusco consolidation 2030 suspected a"
    )
    told = [(step.phase, step.day) for step in phase_steps(rows, CODEBOOK, newest=day("2024-12-31"))]
    assert told == [("exploration", day("2019-01-01")), ("penetration", day("2020-01-01"))]
    forecasts = rows[rows["status"] == "suspected"]
    assert [step.phase for step in phase_steps(forecasts, CODEBOOK, newest=day("2024-12-31"))] == ["exploration", "consolidation"]


MONTHS = [when.date().isoformat() for when in pd.date_range("2018-01-31", "2020-05-31", freq="ME")]
ROWS = frame("lima exploration 2018 confirmed a", "quito exploration 2019-03-05 confirmed a", "lima penetration 2020-06 confirmed b")


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("event", ["2018-01-01", "2019-03-05", "2020-06-01"]),
        ("year", ["2018-12-31", "2019-12-31", "2020-06-01"]),  # nothing begins later, so there is nowhere to go
        ("month", [*MONTHS, "2020-06-01"]),
        ("phase", ["2019-03-05", "2020-06-01"]),
    ],
)
def test_steps_by_kind(step: Step, expected: list[str]) -> None:
    assert [found.day for found in steps(ROWS, CODEBOOK, UpTo, step)] == [day(text) for text in expected]


def test_without_a_date_there_is_no_step() -> None:
    undated = frame("lima exploration - confirmed a")
    assert [steps(undated, CODEBOOK, UpTo, step) for step in ("event", "month", "year", "phase")] == [[], [], [], []]


@pytest.mark.parametrize(
    ("moment", "step", "focus", "locked", "then"),
    [
        (UpTo(day("2019-03-05")), "event", None, False, UpTo(day("2018-01-01"))),
        (UpTo(day("2019-03-06")), "event", None, False, UpTo(day("2019-03-05"))),
        (UpTo(day("2018-01-01")), "event", None, False, None),
        (UpTo(day("2020-06-01")), "year", None, False, UpTo(day("2019-12-31"))),
        (At(day("2019-03-05")), "event", None, False, At(day("2018-01-01"))),
        (Window(day("2019-01-01"), day("2020-06-01")), "event", None, True, Window(day("2019-01-01"), day("2019-03-05"))),
        (Window(day("2020-05-31"), day("2020-06-01")), "event", None, False, Window(day("2019-03-04"), day("2019-03-05"))),
    ],
)
def test_the_moment_one_step_before(moment: Moment, step: Step, focus: str | None, locked: bool, then: Moment | None) -> None:
    found = before(steps(ROWS, CODEBOOK, type(moment), step), moment, focus=focus, locked=locked)
    assert found == (None if then is None else (then, None))


def test_before_a_step_of_the_story_comes_the_phase_before() -> None:
    story = phase_steps(ROWS, CODEBOOK)
    assert story[0] == StepDay(day("2019-03-05"), "exploration")
    assert before(story, UpTo(day("2020-06-01")), focus="penetration") == (UpTo(day("2019-03-05")), "exploration")
    assert before(story, UpTo(day("2019-03-05")), focus="exploration") is None
