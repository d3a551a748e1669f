"""Dates as intervals: the part of EDTF (ISO 8601-2:2019) that reports need.

Understood: ``2023``, ``2023-05``, ``2023-05-14`` (with a time too, which is passed over), seasons ``2023-21`` (spring) to ``2023-24`` (winter) and 25-41
(hemispheres, quarters, halves), the marks ``~ ? %``, masked digits ``202X`` and ``2023-XX``, and intervals ``A/B``, ``A/..``, ``../B``, ``A/``.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from gazetteer.records import Precision

_TIME = r"T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d(?::?\d\d)?)?"
_DATE = re.compile(rf"(\d{{4}}|\d{{3}}X|\d\dXX)(?:-(\d\d|XX)(?:-(\d\d(?:{_TIME})?|XX))?)?[~?%]?", re.ASCII)
_MONTHS = {  # EDTF level 2: sub-year groupings, as first and last month of the (northern) year
    21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14), 25: (3, 5), 26: (6, 8), 27: (9, 11), 28: (12, 14), 29: (9, 11), 30: (12, 14), 31: (3, 5), 32: (6, 8),
    33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12), 37: (1, 4), 38: (5, 8), 39: (9, 12), 40: (1, 6), 41: (7, 12),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from ``start`` to ``end``, both inclusive; None at an open or unknown end."""

    start: date | None
    end: date | None
    precision: Precision


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _single(text: str) -> Interval:
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError(text)
    year_text, month_text, day_text = match.groups()
    first, last = int(year_text.replace("X", "0")), int(year_text.replace("X", "9"))
    if first == 0 or (first != last and month_text):
        raise ValueError(text)
    if month_text in (None, "XX"):
        return Interval(date(first, 1, 1), date(last, 12, 31), "year" if first == last else "years")
    return _within_year(first, month_text, day_text)


def _within_year(year: int, month_text: str, day_text: str | None) -> Interval:
    month = int(month_text)
    if month in _MONTHS and day_text is None:
        low, high = _MONTHS[month]
        return Interval(date(year, low, 1), _last_day(year + (high - 1) // 12, (high - 1) % 12 + 1), "season")
    if day_text in (None, "XX"):
        return Interval(date(year, month, 1), _last_day(year, month), "month")
    day = date(year, month, int(day_text[:2]))
    return Interval(day, day, "day")


@lru_cache(maxsize=4096)
def parse(text: str) -> Interval:
    """Read the interval that an EDTF string names.

    Raises ValueError with the text where it is not EDTF as above, or ends before it begins.
    """
    try:
        return _parse(text)
    except ValueError as error:  # the calendar's own message says nothing of the text
        raise ValueError(text) from error


def _parse(text: str) -> Interval:
    if "/" not in text:
        return _single(text)
    left, _, right = text.partition("/")
    start = None if left in ("", "..") else _single(left)
    end = None if right in ("", "..") else _single(right)
    if start is None and end is None:
        raise ValueError(text)
    first, last = (start.start if start else None), (end.end if end else None)
    if start is None or end is None:
        return Interval(first, last, (start or end).precision)  # type: ignore[union-attr]
    if first and last and last < first:
        raise ValueError(text)
    return Interval(first, last, _precision_of(start, end))


def _precision_of(start: Interval, end: Interval) -> Precision:
    """Choose the unit of an interval: within one year it keeps the finer of its ends' units; over a year it is ``years``."""
    assert start.start
    assert end.end
    if (end.end - start.start).days > 366:
        return "years"
    if start.precision == end.precision:
        return "years" if start.precision == "year" and start.start.year != end.end.year else start.precision
    return "season"


def is_valid(text: str) -> bool:
    """Whether the text is EDTF as this module understands it."""
    try:
        parse(text)
    except ValueError:
        return False
    return True
