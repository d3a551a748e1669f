"""What an address and the map in the browser may say of the time."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard import story
from dashboard.links import Known, State, state_of, told_comparison, told_state
from dashboard.messages import words
from dashboard.moments import LAST, date_of
from tests.small_tables import CODEBOOK

KNOWN = Known(CODEBOOK, places=("lima",), routes=(), values={})


def test_a_window_that_begins_before_all_dates() -> None:
    """A window without a start is of a year; before the first day of the year 1 there is none."""
    moment = state_of({"mode": ["window"], "on": ["0001-01-01"]}, KNOWN).moment(0)
    assert story.when(words("en"), moment, "year") == "In 1"


@pytest.mark.parametrize(("day", "expected"), [(0, date(1970, 1, 1)), (LAST, date.max), (LAST + 1, date.max), (-(10**9), date.min)])
def test_a_day_that_no_date_can_tell_is_the_nearest_that_one_can(day: int, expected: date) -> None:
    assert date_of(day) == expected


@pytest.mark.parametrize(("told", "day"), [(LAST, LAST), (LAST + 1, None), (-(10**7) + 1, None), ("12", None), (None, None), (1.5, None)])
def test_what_the_browser_tells_is_a_day_of_the_calendar(told: object, day: int | None) -> None:
    assert told_state({"day": told, "start": told}, KNOWN) == State(day=day, start=day)
    assert told_comparison({"a": told, "b": 3}, KNOWN).a == day
