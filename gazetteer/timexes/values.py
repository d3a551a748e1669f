"""What time expressions mean, as TIMEX3 values with the intervals that they name.

Values follow TimeML (ISO 24617-1) and TIDES; intervals follow the project's codebook: early, mid and late are the thirds of a year; of a decade the first four
years and twice the next three; seasons are the meteorological ones, the northern hemisphere's, with the southern beside them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from gazetteer.records import Precision
from gazetteer.timexes import moments
from gazetteer.timexes.moments import Moment

Type = Literal["DATE", "TIME", "DURATION", "SET"]
Basis = Literal["stated", "document", "text", "none"]
OPEN = ".."
_PRECISION: dict[str, Precision] = {"D": "day", "M": "month", "Y": "year"}
_THIRDS = {"START": (1, 4), "MID": (5, 8), "END": (9, 12)}
_DECADE_PARTS = {"START": (0, 3), "MID": (4, 6), "END": (7, 9)}
_CENTURY_PARTS = {"START": (0, 33), "MID": (34, 66), "END": (67, 99)}
_DURATIONS = {"TS": "PT{}S", "TM": "PT{}M", "TH": "PT{}H", "DE": "P{}Y", "CE": "P{}Y", "FN": "P{}W", "LU": "P{}Y", "Q": "P{}M", "S": "P{}M"}
_FACTORS = {"LU": 5, "DE": 10, "CE": 100, "FN": 2, "Q": 3, "S": 6}
_HALVES = {"TH": "PT{}H30M", "Y": "P{}M", "D": "P{}DT12H"}
_VAGUE = {"TS": "PTXS", "TM": "PTXM", "TH": "PTXH", "DE": "PXDE", "CE": "PXCE", "FN": "PXW", "LU": "PXY", "Q": "PXM", "S": "PXM"}
_MAX_COUNT = 10**6


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an expression means. ``start`` and ``end`` are EDTF dates, ``""`` where it names no interval; ``southern`` is the pair for a southern season."""

    type: Type
    value: str
    mod: str = ""
    start: str = ""
    end: str = ""
    precision: Precision | None = None
    anchor: Moment | None = None
    """What later expressions of the text may count from."""
    basis: Basis = "none"
    southern: tuple[str, str] | None = None


def dated(moment: Moment, *, mod: str = "", basis: Basis = "stated", suffix: str = "") -> Meaning:
    """A year, month or day, or the third of a year that ``mod`` names; a time of day where there is a suffix ("TNI", "T10:35")."""
    start, end, precision = str(moment), str(moment), _PRECISION[moment.unit]
    if moment.unit == "Y" and mod in _THIRDS:
        low, high = _THIRDS[mod]
        start, end, precision = str(Moment(moment.year, low)), str(Moment(moment.year, high)), "season"
    return Meaning("TIME" if suffix else "DATE", f"{moment}{suffix if moment.unit == 'D' else ''}", mod, start, end, precision, moment, basis)


def between(value: str, first: Moment, last: Moment, precision: Precision, *, mod: str = "", basis: Basis = "stated", kind: Type = "DATE") -> Meaning:
    """A stretch of time with its first and last moment."""
    return Meaning(kind, value, mod, str(first), str(last), precision, first, basis)


def vague(kind: Type, value: str, mod: str = "") -> Meaning:
    """What names no interval."""
    return Meaning(kind, value, mod)


def week_of(moment: Moment, offset: int, *, basis: Basis, mod: str = "") -> Meaning:
    """The ISO week some weeks away; where the day is not known, the month or year itself."""
    if moment.unit != "D":
        return replace(dated(moment, mod=mod, basis=basis), value=f"{moment.year:04}-WXX")
    name, monday, sunday = moments.week(moment, offset)
    return between(name, moments.of_day(monday), moments.of_day(sunday), "day", mod=mod, basis=basis)


def weekend_of(moment: Moment, offset: int, *, basis: Basis) -> Meaning:
    """Saturday and Sunday of the ISO week some weeks away."""
    if moment.unit != "D":
        return dated(moment, basis=basis)
    name, _, sunday = moments.week(moment, offset)
    return between(f"{name}-WE", moments.of_day(moments.add_days(sunday, -1)), moments.of_day(sunday), "day", basis=basis)


def decade_of(year: int, mod: str, basis: Basis) -> Meaning:
    """A decade by its first year."""
    low, high = _DECADE_PARTS.get(mod, (0, 9))
    return between(f"{year // 10:03}", Moment(max(1, year + low)), Moment(year + high), "years", mod=mod, basis=basis)


def century_of(first: int, mod: str, basis: Basis) -> Meaning:
    """A century by its first year (1800 for the 19th), counted as people count, from 1800 to 1899."""
    low, high = _CENTURY_PARTS.get(mod, (0, 99))
    return between(f"{first // 100:02}", Moment(max(1, first + low)), Moment(first + high), "years", mod=mod, basis=basis)


def season_of(year: int, code: str, mod: str, basis: Basis) -> Meaning:
    """A season of the northern hemisphere, with the southern one beside it."""
    first, last = moments.season(year, code)
    south = moments.season(year, code, southern=True)
    return replace(between(f"{year:04}-{code}", first, last, "season", mod=mod, basis=basis), southern=(str(south[0]), str(south[1])))


def duration(count: float | None, unit: str) -> str:
    """The TIMEX3 value of so many units, ``PXM`` where their number is not known; decades and centuries are told in years."""
    if count is None:
        return _VAGUE.get(unit, f"PX{unit}")
    count = min(count, _MAX_COUNT) * _FACTORS.get(unit, 1)
    if count % 1 == 0.5 and unit in _HALVES:
        return _HALVES[unit].format(int(count * 12) if unit == "Y" else int(count))
    return _DURATIONS.get(unit, "P{}" + unit).format(f"{count:.15g}")


def unknown(month: int, day: int = 0) -> str:
    """The value of a month or day of a year that cannot be told."""
    return f"XXXX-{month:02}-{day:02}" if day else f"XXXX-{month:02}"
