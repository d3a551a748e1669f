"""Calendar arithmetic on dates that may lack their day or month."""

from __future__ import annotations

import pytest

from gazetteer.timexes import moments
from gazetteer.timexes.moments import Moment


@pytest.mark.parametrize(
    ("moment", "count", "unit", "expected"),
    [
        (Moment(2018, 12, 30), 3, "D", "2019-01-02"),
        (Moment(2018, 12, 30), -2, "W", "2018-12-16"),
        (Moment(2018, 12, 30), 3, "M", "2019-03"),
        (Moment(2018, 12, 30), 2, "Y", "2020"),
        (Moment(2018, 12), 1, "M", "2019-01"),
        (Moment(2018, 12), 4, "D", "2018-12"),
        (Moment(2018), 3, "DE", "2048"),
        (Moment(2018), 18, "M", "2020"),
        (Moment(2018), -1, "CE", "1918"),
    ],
)
def test_shift_is_never_finer_than_what_is_known(moment: Moment, count: int, unit: str, expected: str) -> None:
    assert str(moment.shift(count, unit)) == expected


@pytest.mark.parametrize(("year", "month", "day"), [(2019, 2, 29), (2019, 13, 0), (0, 1, 1), (10000, 0, 0), (2019, 6, 31), (2019, 0, 32)])
def test_no_such_date(year: int, month: int, day: int) -> None:
    with pytest.raises(ValueError, match="no such date"):
        Moment(year, month, day)


@pytest.mark.parametrize(
    ("moment", "count", "unit"), [(Moment(9999, 12, 31), 1, "D"), (Moment(9999), 1, "Y"), (Moment(5), -1, "DE"), (Moment(2019, 1, 1), 9**9, "W")]
)
def test_outside_the_calendar(moment: Moment, count: int, unit: str) -> None:
    with pytest.raises(ValueError, match=r"no such date|outside the calendar"):
        moment.shift(count, unit)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023-10-18", Moment(2023, 10, 18)),
        ("2022-08~", Moment(2022, 8)),
        ("2016", Moment(2016)),
        ("2022-01/2022-04", Moment(2022, 4)),
        ("", None),
        ("2023-02-31", None),
        ("2017-21", Moment(2017)),
    ],
)
def test_parse(text: str, expected: Moment | None) -> None:
    assert moments.parse(text) == expected


@pytest.mark.parametrize(
    ("direction", "expected"),
    [(-1, "2023-10-18"), (1, "2023-10-18"), (-2, "2023-10-11"), (2, "2023-10-25"), (0, "2023-10-18")],
)
def test_the_same_weekday(direction: int, expected: str) -> None:
    assert str(moments.weekday(Moment(2023, 10, 18), 3, direction)) == expected


@pytest.mark.parametrize(("direction", "expected"), [(-1, "2023-10-13"), (1, "2023-10-20"), (-2, "2023-10-13"), (2, "2023-10-20"), (0, "2023-10-20")])
def test_another_weekday(direction: int, expected: str) -> None:
    assert str(moments.weekday(Moment(2023, 10, 18), 5, direction)) == expected


@pytest.mark.parametrize(
    ("code", "north", "south"),
    [
        ("SP", ("2022-03", "2022-05"), ("2022-09", "2022-11")),
        ("SU", ("2022-06", "2022-08"), ("2021-12", "2022-02")),
        ("FA", ("2022-09", "2022-11"), ("2022-03", "2022-05")),
        ("WI", ("2022-12", "2023-02"), ("2022-06", "2022-08")),
    ],
)
def test_seasons(code: str, north: tuple[str, str], south: tuple[str, str]) -> None:
    assert tuple(map(str, moments.season(2022, code))) == north
    assert tuple(map(str, moments.season(2022, code, southern=True))) == south


@pytest.mark.parametrize(
    ("rule", "year", "expected"),
    [
        ("12-25", 1981, "1981-12-25"),
        ("11-4-4", 1999, "1999-11-25"),
        ("5-1--1", 2018, "2018-05-28"),
        ("easter", 2000, "2000-04-23"),
        ("easter", 2024, "2024-03-31"),
        ("easter-2", 2022, "2022-04-15"),
        ("easter", 1818, "1818-03-22"),
        ("easter", 2038, "2038-04-25"),
    ],
)
def test_holidays(rule: str, year: int, expected: str) -> None:
    assert str(moments.holiday(rule, year)) == expected


def test_weeks_are_iso_weeks() -> None:
    name, monday, sunday = moments.week(Moment(2021, 1, 2))
    assert (name, str(monday), str(sunday)) == ("2020-W53", "2020-12-28", "2021-01-03")
