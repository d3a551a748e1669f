"""Calendar arithmetic on dates that may lack their day or their month.

A :class:`Moment` is as coarse as what is known: arithmetic never makes it finer. All functions raise ValueError where a result leaves the years 1 to 9999.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_PREFIX = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_MONTHS_IN = {"M": 1, "Q": 3, "S": 6, "Y": 12, "LU": 60, "DE": 120, "CE": 1200}
_DAYS_IN = {"D": 1, "W": 7, "WE": 7, "FN": 14}
_SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
"""First month of the meteorological seasons of the northern hemisphere."""


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """A year, a month of a year or a day; ``month`` and ``day`` are 0 where they are not known."""

    year: int
    month: int = 0
    day: int = 0

    def __post_init__(self) -> None:
        if not 1 <= self.year <= 9999 or not 0 <= self.month <= 12 or (self.day and not 1 <= self.day <= monthrange(self.year, self.month or 1)[1]):
            raise ValueError(f"no such date: {self.year}-{self.month}-{self.day}")

    def __str__(self) -> str:
        """The ISO 8601 prefix: 2019, 2019-05, 2019-05-03."""
        if self.day:
            return f"{self.year:04}-{self.month:02}-{self.day:02}"
        return f"{self.year:04}-{self.month:02}" if self.month else f"{self.year:04}"

    @property
    def unit(self) -> str:
        """The finest unit that is known: D, M or Y."""
        return "D" if self.day else "M" if self.month else "Y"

    def coarse(self, unit: str) -> Moment:
        """The same without what is finer than a unit."""
        if unit in ("D", "W", "WE", "FN"):
            return self
        return Moment(self.year, self.month if unit == "M" else 0)

    def inside(self) -> date:
        """A day in the middle of what is known."""
        return date(self.year, self.month or 7, self.day or 15)

    def shift(self, count: int, unit: str) -> Moment:
        """The moment ``count`` units (D, W, M, Q, S, Y, LU for five years, DE, CE) later, as coarse as the coarser of the unit and of this moment."""
        if unit in _DAYS_IN:
            return of_day(add_days(self.inside(), count * _DAYS_IN[unit])).coarse(self.unit)
        months = self.year * 12 + (self.month or 7) - 1 + count * _MONTHS_IN[unit]
        year, month = divmod(months, 12)
        if unit in ("Y", "LU", "DE", "CE") or not self.month:
            return Moment(year)
        return Moment(year, month + 1)


def add_days(day: date, count: int) -> date:
    """A day some days away; ValueError outside the calendar."""
    try:
        return day + timedelta(days=count)
    except OverflowError as error:
        raise ValueError(f"{count} days from {day} is outside the calendar") from error


def of_day(day: date) -> Moment:
    """A day as a moment."""
    return Moment(day.year, day.month, day.day)


def parse(edtf: str) -> Moment | None:
    """The last date of an EDTF string without its marks of doubt; None where it names no year."""
    found = None
    for match in _PREFIX.finditer(edtf):
        found = match
    if found is None:
        return None
    year, month, day = (int(part or 0) for part in found.groups())
    try:
        return Moment(year, month if month <= 12 else 0, day if month <= 12 else 0)
    except ValueError:
        return None


def week(moment: Moment, offset: int = 0) -> tuple[str, date, date]:
    """The ISO week some weeks from a day's own: its name (1998-W32), its Monday and its Sunday."""
    monday = add_days(moment.inside(), 7 * offset - moment.inside().weekday())
    year, number, _ = monday.isocalendar()
    return f"{year:04}-W{number:02}", monday, add_days(monday, 6)


def weekday(moment: Moment, number: int, direction: int) -> Moment:
    """The nearest weekday (1 Monday to 7 Sunday): -1 not after, 1 not before, -2 strictly before, 2 strictly after, 0 in the same ISO week."""
    day = moment.inside()
    ahead = (number - day.isoweekday()) % 7
    if direction == 0:
        return of_day(add_days(day, number - day.isoweekday()))
    if direction < 0:
        ahead = ahead - 7 if ahead or direction == -2 else 0
    elif direction == 2 and not ahead:
        ahead = 7
    return of_day(add_days(day, ahead))


def season(year: int, code: str, southern: bool = False) -> tuple[Moment, Moment]:
    """First and last month of a meteorological season (SP, SU, FA, WI); the northern winter of a year begins in its December, as in EDTF."""
    month = _SEASONS[code]
    if southern:  # the seasons of the other half of the globe: the summer of a year begins in the December before it
        month = (month + 5) % 12 + 1
        year -= month == 12
    return Moment(year, month), Moment(year + (month == 12), (month + 1) % 12 + 1)


def last_day(year: int, month: int) -> int:
    """How many days a month has."""
    return monthrange(year, month)[1]


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm, in Meeus, Astronomical Algorithms, 1991)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def holiday(rule: str, year: int) -> Moment:
    """The day of a feast by its rule: ``12-25`` a date, ``11-4-4`` the fourth Thursday of November (-1 the last), ``easter-2`` days from Easter Sunday."""
    if rule.startswith("easter"):
        return of_day(add_days(easter(year), int(rule[6:] or 0)))
    parts = [int(part) for part in re.findall(r"(?:(?<=-)-)?\d+", rule)]
    if len(parts) == 2:
        return Moment(year, parts[0], parts[1])
    month, number, nth = parts
    last = last_day(year, month)
    first = date(year, month, 1) if nth > 0 else date(year, month, last - 6)
    day = first.day + (number - first.isoweekday()) % 7 + 7 * (nth - 1 if nth > 0 else 0)
    return Moment(year, month, day)
