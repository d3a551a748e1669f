"""Dates as intervals."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import edtf
from gazetteer.edtf import Interval


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("2023", "2023-01-01", "2023-12-31", "year"),
        ("2023-05", "2023-05-01", "2023-05-31", "month"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("2023-05-14", "2023-05-14", "2023-05-14", "day"),
        ("2023-05-14T12:30:00Z", "2023-05-14", "2023-05-14", "day"),
        ("2023-05-14T12:30+02:00", "2023-05-14", "2023-05-14", "day"),
        ("2022-08~", "2022-08-01", "2022-08-31", "month"),
        ("2022?", "2022-01-01", "2022-12-31", "year"),
        ("2022%", "2022-01-01", "2022-12-31", "year"),
        ("2023-21", "2023-03-01", "2023-05-31", "season"),
        ("2023-24", "2023-12-01", "2024-02-29", "season"),
        ("2023-30", "2023-12-01", "2024-02-29", "season"),
        ("2023-33", "2023-01-01", "2023-03-31", "season"),
        ("2023-37", "2023-01-01", "2023-04-30", "season"),
        ("2023-40", "2023-01-01", "2023-06-30", "season"),
        ("202X", "2020-01-01", "2029-12-31", "years"),
        ("19XX", "1900-01-01", "1999-12-31", "years"),
        ("2023-XX", "2023-01-01", "2023-12-31", "year"),
        ("2023-05-XX", "2023-05-01", "2023-05-31", "month"),
        ("2018/..", "2018-01-01", None, "year"),
        ("2018-03/", "2018-03-01", None, "month"),
        ("../2018", None, "2018-12-31", "year"),
        ("2018/2020", "2018-01-01", "2020-12-31", "years"),
        ("2023-01/2023-04", "2023-01-01", "2023-04-30", "month"),
        ("2023-01/2023-04-15", "2023-01-01", "2023-04-15", "season"),
        ("2023-10-14/2023-10-16", "2023-10-14", "2023-10-16", "day"),
        ("2022-12/2023-01", "2022-12-01", "2023-01-31", "month"),
        ("2020-05/2022-03", "2020-05-01", "2022-03-31", "years"),
    ],
)
def test_parse(text: str, start: str | None, end: str | None, precision: str) -> None:
    assert edtf.parse(text) == Interval(date.fromisoformat(start) if start else None, date.fromisoformat(end) if end else None, precision)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "soon", "last May", "2023-13", "2023-00", "2023-02-30", "2023-5", "23", "0000", "20233", "2023-05-14T", "..", "../..", "/", "2020/2019",
        "2020/2021/2022", "202X-05",
        "2023-21-01", "2023-42", "2023-05-14 ", "\n2023", "２０２３", "2023-05-14T25", "-2023", "2023--05", "2023/x",
    ],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert not edtf.is_valid(text)
    with pytest.raises(ValueError) as caught:  # noqa: PT011 -- the message is the text itself
        edtf.parse(text)
    assert str(caught.value) == text


@given(st.dates())
def test_every_day_is_a_date(day: date) -> None:
    assert edtf.parse(day.isoformat()) == Interval(day, day, "day")


@given(st.text(max_size=12) | st.text(st.sampled_from("0123456789-/.X~?T:"), max_size=14))
def test_any_text_is_a_date_or_none(text: str) -> None:
    if edtf.is_valid(text):
        interval = edtf.parse(text)
        assert interval.start or interval.end
        assert interval.start is None or interval.end is None or interval.start <= interval.end
