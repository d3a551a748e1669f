"""What time expressions mean: one small rule for each kind, from the words in their classes to a TIMEX3 value and an interval.

Values follow TimeML (ISO 24617-1) and TIDES; intervals follow the project's codebook: early, mid and late are the thirds of a year, a decade's "early" is its first
four years, its "mid" and "late" the next three each.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from gazetteer import moments
from gazetteer.moments import Moment
from gazetteer.records import Precision

Type = Literal["DATE", "TIME", "DURATION", "SET"]
Basis = Literal["stated", "document", "text", "none"]
_PRECISION: dict[str, Precision] = {"D": "day", "M": "month", "Y": "year"}
_THIRDS = {"START": (1, 4), "MID": (5, 8), "END": (9, 12)}
_DECADE_PARTS = {"START": (0, 3), "MID": (4, 6), "END": (7, 9)}
_CENTURY_PARTS = {"START": (0, 33), "MID": (34, 66), "END": (67, 99)}
_SOON, _LONG = 90, 300
"""Days that are near, and days that are far, for a date without its year."""
_FORWARD = 6
"""How many months a text's story moves on to reach a month without a year, rather than back within the year."""


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


@dataclass(slots=True)
class Context:
    """From where an expression is understood: the document's date, what the text said before, and whether it looks ahead."""

    document: Moment | None
    text: Moment | None = None
    """The last date of the paragraph, else of the text before."""
    story: Moment | None = None
    """The year or month that a month without a year belongs to, where the text tells a story of another time than the document's."""
    direction: Callable[[], int] = lambda: -1
    """1 where the sentence speaks of the future, -1 where of the past, 0 where it may do either."""
    same_sentence: bool = False
    """Whether the sentence has named a date before."""
    anchors: Sequence[Moment] = ()
    """The dates of the paragraph (else of the text before), the last one first."""
    around: str = ""
    """after, before or within: the word beside a quantity of time."""

    def base(self, name: str) -> Moment | None:
        """The document's date ("dct") or the text's ("text")."""
        return self.document if name == "dct" else self.text

    def fine(self, base: str, unit: str) -> Moment | None:
        """The date that a unit is counted from: of the text's dates the last that is as fine as the unit, if there is one."""
        if base == "dct":
            return self.document
        finest = "D" if unit in ("D", "W", "WE", "FN") else "M" if unit == "M" else "Y"
        return next((moment for moment in self.anchors if moment.unit <= finest), self.text)


class Slots:
    """The words of an expression by their classes."""

    def __init__(self, words: Sequence[str], classes: Sequence[frozenset[str]], tables: dict[str, dict[str, str]], wanted: frozenset[str], args: dict[str, str]) -> None:
        self.words = words
        self.args = args
        self._tables = tables
        self._found: dict[str, list[str]] = {}
        for word, names in zip(words, classes, strict=True):
            for name in (names - {"NUM", "DAY", "YY"} if "YEAR" in names and "YEAR" in wanted else names) & wanted:
                self._found.setdefault(name, []).append(word)

    def has(self, name: str) -> bool:
        """Whether a class is there."""
        return name in self._found

    def all(self, name: str) -> list[str]:
        """The words of a class."""
        return self._found.get(name, [])

    def value(self, *names: str) -> str:
        """What the table says of the first word of the first class that is there, ``""`` where none is."""
        for name in names:
            for word in self._found.get(name, ()):
                return str(self._tables.get(name, {}).get(word, word))
        return ""

    def first(self, *names: str) -> str:
        """What the tables say of the first word that is of any of some classes."""
        found = [(self.words.index(self._found[name][0]), name) for name in names if name in self._found]
        return self.value(min(found)[1]) if found else ""

    def number(self, *names: str) -> int:
        """The number that a word or a figure of a class stands for, 0 where there is none."""
        found = self.value(*names)
        digits = "".join(char for char in found if char in "-0123456789")
        return int(digits) if digits.lstrip("-") else 0

    def total(self, name: str) -> int:
        """The sum of the numbers of a class: "twenty" and "first"."""
        return sum(int("".join(filter(str.isdecimal, str(self._tables[name].get(word, word)))) or 0) for word in self.all(name))

    def reference(self) -> tuple[str, int] | None:
        """What "last", "the following", "that" count from, and how far: ("dct", -1)."""
        table = self._tables["REF"]
        words = self.all("REF")
        if not words:
            return None
        last = words[-1]
        place = self.words.index(last)
        before = self.words[place - 1] if place else ""
        found = table.get(f"{before} {last}") or table.get(last) or table.get(words[0], "dct+0")
        return found[:-2], int(found[-2:])

    def year(self) -> int:
        """A year in figures, 0 where there is none."""
        if self.has("YEAR") or self.has("MODERN"):
            return int((self.all("YEAR") or self.all("MODERN"))[-1])
        return 0

    def count(self) -> float | None:
        """A quantity in words or figures; None where it is vague."""
        total = 0.0
        known = False
        for word in self.all("NUM"):
            number = self._tables["NUM"].get(word)
            if number is None:
                number = _figure(word)
            total = total * float(number) if float(number) == 100 and total else total + float(number)
            known = True
        vague = self.value("VAGUE")
        if vague and vague != "0":
            return float(vague) * (total or 1)
        if not known:
            total = 0.5 if "half" in self.words or "medio" in self.words or "media" in self.words else 1.0
            return None if vague == "0" or self.has("UNITS") else total
        half = {"half", "medio", "media"} & set(self.words)
        return total + 0.5 if half else total


def _figure(text: str) -> float:
    if "/" in text:
        top, _, bottom = text.partition("/")
        return int(top) / int(bottom)
    return float(text.replace(",", "."))


# ------------------------------------------------------------------ building blocks


def dated(moment: Moment, *, mod: str = "", basis: Basis = "stated", kind: Type = "DATE", suffix: str = "") -> Meaning:
    """A year, month or day, or the part of it that ``mod`` names."""
    start, end, precision = str(moment), str(moment), _PRECISION[moment.unit]
    if moment.unit == "Y" and mod in _THIRDS:
        low, high = _THIRDS[mod]
        start, end, precision = str(Moment(moment.year, low)), str(Moment(moment.year, high)), "season"
    return Meaning(kind, str(moment) + suffix, mod, start, end, precision, moment, basis)


def between(value: str, first: Moment, last: Moment, precision: Precision, *, mod: str = "", basis: Basis = "stated", kind: Type = "DATE") -> Meaning:
    """A stretch of time with its first and last moment."""
    return Meaning(kind, value, mod, str(first), str(last), precision, first, basis)


def vague(kind: Type, value: str, mod: str = "") -> Meaning:
    """What names no interval."""
    return Meaning(kind, value, mod)


def basis_of(base: str) -> Basis:
    """Where a reference counts from, as a basis."""
    return "document" if base == "dct" else "text"


def week_of(moment: Moment, offset: int, *, basis: Basis, mod: str = "") -> Meaning:
    """The ISO week some weeks away; where the day is not known, the month or year itself."""
    if moment.unit != "D":
        return replace(dated(moment, mod=mod, basis=basis), value=f"{moment.year:04}-WXX")
    name, monday, sunday = moments.week(moment, offset)
    return between(name, moments.of_day(monday), moments.of_day(sunday), "day", mod=mod, basis=basis)


def decade_of(year: int, mod: str, basis: Basis) -> Meaning:
    """A decade by its first year."""
    low, high = _DECADE_PARTS.get(mod, (0, 9))
    return between(str(year // 10), Moment(year + low), Moment(year + high), "years", mod=mod, basis=basis)


def century_of(first: int, mod: str, basis: Basis) -> Meaning:
    """A century by its first year (1800 for the 19th), counted as people count, from 1800 to 1899."""
    low, high = _CENTURY_PARTS.get(mod, (0, 99))
    return between(f"{first // 100:02}", Moment(max(1, first + low)), Moment(first + high), "years", mod=mod, basis=basis)


def season_of(year: int, code: str, mod: str, basis: Basis) -> Meaning:
    """A season of the northern hemisphere, with the southern one beside it."""
    first, last = moments.season(year, code)
    south = moments.season(year, code, southern=True)
    return replace(between(f"{year:04}-{code}", first, last, "season", mod=mod, basis=basis), southern=(str(south[0]), str(south[1])))


# ------------------------------------------------------------------ which one of many


def occurrence(of: Callable[[int], Moment], slots: Slots, context: Context) -> tuple[Moment, Basis] | None:
    """Which year's is meant by a month, a season, a feast without a year; None where nothing tells."""
    reference = slots.reference()
    if reference:
        base, offset = reference
        moment = context.base(base)
        if moment is None:
            return None
        if base == "text" and offset > 0 and moment.unit == "Y" and slots.value("SEASON") == "WI":
            offset = 0  # the winter after 1948 begins in its December
        if base == "dct" and offset < 0 and moment.unit != "Y" and slots.has("SEASON"):
            moment = moment.coarse("M").shift(-2, "M")  # "last summer", told in August, is not the summer that is not over
        return (_by_reference if base == "dct" else _by_story)(of, moment, offset), basis_of(base)
    now = context.document
    if context.story:
        ahead = _nearest(of, now, 1, strict=False) if now and now.unit != "Y" and context.direction() == 1 else None
        if now and ahead and 0 <= _days_between(now, ahead) <= _SOON:
            return ahead, "document"  # "invited in July 1997, they will join on March 12"
        return _by_story(of, context.story, 0), "text"
    return (_by_document(of, now, context.direction()), "document") if now else None


def _by_document(of: Callable[[int], Moment], now: Moment, direction: int) -> Moment:
    """The last one before the document's date, or the next one; of two days the one that is near where the other is most of a year away."""
    past, ahead = _nearest(of, now, -1, strict=False), _nearest(of, now, 1, strict=False)
    gone, coming = _days_between(past, now), _days_between(now, ahead)
    if direction == 0:
        return past if gone <= coming else ahead
    if past.unit == now.unit == "D" and max(gone, coming) > _LONG and min(gone, coming) <= _SOON // 2:
        return past if gone < coming else ahead  # nobody writes "Jan. 24" on 13 January for last year's
    return past if direction < 0 else ahead


def _days_between(first: Moment, last: Moment) -> int:
    return (last.inside() - first.inside()).days


def _compare(left: Moment, right: Moment) -> int:
    """-1, 0 or 1 as far as both are known."""
    unit = max(left.unit, right.unit)  # D < M < Y: the coarser one
    a, b = left.coarse(unit), right.coarse(unit)
    return (a > b) - (a < b)


def _nearest(of: Callable[[int], Moment], now: Moment, direction: int, *, strict: bool) -> Moment:
    years = range(now.year - 1, now.year + 2) if direction > 0 else range(now.year + 1, now.year - 2, -1)
    wanted = {direction} if strict and now.unit != "Y" else {direction, 0}
    fitting = [of(year) for year in years if _compare(of(year), now) in wanted]
    return fitting[0] if fitting else of(now.year)


def _by_reference(of: Callable[[int], Moment], now: Moment, offset: int) -> Moment:
    if offset == 0:
        return of(now.year)
    return _nearest(of, now, offset, strict=True)


def _by_story(of: Callable[[int], Moment], now: Moment, offset: int) -> Moment:
    """The one of the story's year; a little way on where the story is that far, else in the same year; or the next, or the one before."""
    if now.unit == "Y" or offset:
        return of(now.year + offset) if now.unit == "Y" else _nearest(of, now, offset, strict=True)
    ahead = _nearest(of, now, 1, strict=False)
    gap = (ahead.year - now.year) * 12 + ahead.month - now.month
    return ahead if gap <= _FORWARD else of(now.year)


def referred(slots: Slots, unit: str, context: Context) -> tuple[Moment, Basis] | None:
    """The year or month that "last year", "of that month" name."""
    base, offset = slots.reference() or ("dct", 0)
    moment = context.fine(base, unit)
    if moment is None or moment.unit > unit and unit != "Y":
        return None if moment is None else (moment, basis_of(base))
    return moment.coarse(unit).shift(offset, unit), basis_of(base)
