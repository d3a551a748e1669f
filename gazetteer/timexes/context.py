"""From where an expression is understood: its words, the document's date, what the text said before; and which one of many it then means."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gazetteer.timexes.moments import Moment
from gazetteer.timexes.values import Basis

Tables = dict[str, dict[str, str]]
"""What the words of each class stand for."""
Yearly = Callable[[int], Moment]
"""A month, day, season or feast of each year."""
_SOON, _LONG = 90, 300
"""Days that are near, and days that are far, for a date without its year."""
_FORWARD = 6
"""How many months a story moves on to reach a month without a year, rather than back within the year."""


@dataclass(slots=True)
class Context:
    """What stands around an expression."""

    document: Moment | None
    text: Moment | None = None
    """The last date of the paragraph, else of the text before."""
    dates: Sequence[Moment] = ()
    """All dates of the paragraph (else of the text before), the last one first."""
    story: Moment | None = None
    """The year or month that a month without a year belongs to, where the text tells of another time than the document's."""
    direction: Callable[[], int] = lambda: -2
    """1 where the sentence speaks of the future, -1 where of the past, 0 for "by", -2 where nothing tells."""
    day_first: bool = False
    """Whether 03/05/2019 is 3 May in this text."""
    same_sentence: bool = False
    """Whether ``text`` stands in the sentence itself."""
    same_section: bool = False
    """Whether no heading stands between ``text`` and the expression."""
    around: str = ""
    """after, before, within or for: the word beside a quantity of time."""
    event: Moment | None = None
    """The date of what a quantity counts from, where that follows it: "two years after the accord of 2016"."""
    perfect: Callable[[], str] = lambda: ""
    """present or past: the tense of "has stood here for ten years", "had stood here for ten years"; ``""`` for any other."""

    def base(self, name: str, unit: str = "Y") -> Moment | None:
        """The document's date ("dct"), or of the text's the last that is as fine as a unit, if there is one."""
        if name == "dct":
            return self.document
        finest = "D" if unit in ("D", "W", "WE", "FN") else "M" if unit == "M" else "Y"
        return next((moment for moment in self.dates if moment.unit <= finest), self.text)


class Slots:
    """The words of an expression by their classes."""

    def __init__(self, words: Sequence[str], classes: Sequence[frozenset[str]], wanted: frozenset[str], tables: Tables, args: dict[str, str]) -> None:
        self.words = words
        self.args = args
        self._tables = tables
        self._found: dict[str, list[str]] = {}
        for word, names in zip(words, classes, strict=True):
            kept = names & wanted
            if "YEAR" in kept:
                kept -= {"FIGURE", "DAY", "YY", "MODERN"}
            for name in kept:
                self._found.setdefault(name, []).append(word)

    def has(self, *names: str) -> bool:
        """Whether one of some classes is there."""
        return any(name in self._found for name in names)

    def all(self, name: str) -> list[str]:
        """The words of a class."""
        return self._found.get(name, [])

    def value(self, *names: str) -> str:
        """What the table says of the first word of the first class that is there, ``""`` where none is."""
        return next((self._meaning(name, self._found[name][0]) for name in names if name in self._found), "")

    def last(self, name: str) -> str:
        """What the table says of the last word of a class, ``""`` where none is there."""
        return self._meaning(name, self._found[name][-1]) if name in self._found else ""

    def _meaning(self, name: str, word: str) -> str:
        return str(self._tables.get(name, {}).get(word, word))

    def first(self, *names: str) -> str:
        """What the tables say of the first word that is of any of some classes."""
        found = [(self.words.index(self._found[name][0]), name) for name in names if name in self._found]
        return self.value(min(found)[1]) if found else ""

    def number(self, *names: str) -> int:
        """The number that a word or a figure of a class stands for, 0 where there is none."""
        return _integer(self.value(*names))

    def last_number(self, name: str) -> int:
        """The number that the last word of a class stands for, 0 where there is none."""
        return _integer(self.last(name))

    def total(self, name: str) -> int:
        """The sum of the numbers of a class: "twenty" and "first"."""
        return sum(_integer(self._meaning(name, word)) for word in self.all(name))

    def year(self) -> int:
        """A year in figures, 0 where there is none."""
        return int((self.all("YEAR") or self.all("MODERN") or ["0"])[-1])

    def reference(self) -> tuple[str, int] | None:
        """What "last", "the following", "that" count from, and how far: ("dct", -1)."""
        words = self.all("REF")
        if not words:
            return None
        table = self._tables["REF"]
        last = words[-1]
        return counted(table.get(f"{self._before(last)} {last}") or table.get(last) or table[words[0]])

    def refers_by_phrase(self) -> bool:
        """Whether a word counts from elsewhere than the phrase that it ends: "next" from the document's date, "the next" from the text."""
        table = self._tables["REF"]
        return any(word in table and table.get(f"{self._before(word)} {word}", table[word]) != table[word] for word in self.all("REF")[-1:])

    def _before(self, word: str) -> str:
        """The word before another one, ``""`` where it is the first."""
        place = list(self.words).index(word)
        return self.words[place - 1] if place else ""

    def counts(self) -> bool:
        """Whether it gives a number."""
        return self.has("NUM", "FIGURE", "FRACTION")

    def count(self) -> float | None:
        """A quantity in words or figures, 1 for "a year"; None where it is vague or not told."""
        numbers = [self._number(word) for word in self.words if any(word in self.all(name) for name in ("NUM", "FIGURE", "FRACTION"))]
        total = 0.0
        for number in numbers:
            total = total * number if number == 100 and total else total + number
        half = self.has("HALF")
        multiple = self.value("VAGUE")
        if multiple not in ("", "0"):
            return float(multiple) * (total or 1)
        if numbers:
            return total + 0.5 if half else total
        if half:
            return 1.5 if self.has("AND") else 0.5
        return None if multiple == "0" or self.has("UNITS") else 1.0

    def _number(self, word: str) -> float:
        known = self._tables["NUM"].get(word)
        if known is not None:
            return float(known)
        top, _, bottom = word.partition("/")
        return int(top) / int(bottom) if bottom else float(word.replace(",", "."))


def counted(reference: str) -> tuple[str, int]:
    """("dct", -1) for "dct-1"."""
    return reference[:-2], int(reference[-2:])


def basis_of(base: str) -> Basis:
    """Where a reference counts from, as a basis."""
    return "document" if base == "dct" else "text"


def _integer(text: str) -> int:
    digits = "".join(char for char in text if char in "-0123456789")
    return int(digits) if digits.lstrip("-") else 0


# ------------------------------------------------------------------ which one of many


def occurrence(of: Yearly, slots: Slots, context: Context) -> tuple[Moment, Basis] | None:
    """Which year's is meant by a month, a season, a feast without a year; None where nothing tells."""
    reference = slots.reference()
    now = context.document
    if reference:
        return _referred_occurrence(of, slots, context, *reference)
    if context.story is None:
        return (_by_document(of, now, context.direction()), "document") if now else None
    if now and now.unit != "Y" and context.direction() == 1:
        ahead = _nearest(of, now, 1, strict=False)
        if 0 <= _days_between(now, ahead) <= _SOON:
            return ahead, "document"  # "invited in July 1997, they will join on March 12"
    told = _by_story(of, context.story, 0)
    if now and context.direction() != 1 and compare(told, now) > 0 >= compare(context.story, now):
        return _by_document(of, now, -1), "document"  # nothing was done after the day on which it is told
    return told, "text"


def _referred_occurrence(of: Yearly, slots: Slots, context: Context, base: str, offset: int) -> tuple[Moment, Basis] | None:
    moment = context.base(base)
    if moment is None:
        return None
    if base == "text":
        if offset > 0 and moment.unit == "Y" and slots.value("SEASON") == "WI":
            offset = 0  # the winter after 1948 begins in its December
        if offset < 0:
            moment = _before_season(moment, slots)
        return _by_story(of, moment, offset), "text"
    if offset < 0:
        moment = _before_season(moment, slots)
    return (_nearest(of, moment, offset, strict=True) if offset else of(moment.year)), "document"


def _before_season(moment: Moment, slots: Slots) -> Moment:
    """From where the season before is looked for: "last summer", told in August, is not the summer that is not over."""
    return moment.coarse("M").shift(-2, "M") if moment.unit != "Y" and slots.has("SEASON") else moment


def _by_document(of: Yearly, now: Moment, direction: int) -> Moment:
    """The last one before the document's date, or the next one; of two days the one that is near where the other is most of a year away."""
    past, ahead = _nearest(of, now, -1, strict=False), _nearest(of, now, 1, strict=False)
    gone, coming = _days_between(past, now), _days_between(now, ahead)
    near = past if gone <= coming else ahead
    limit = _SOON // 6 if direction == -1 else _SOON // 2
    if direction == 0 or (past.unit == now.unit == "D" and max(gone, coming) > _LONG and min(gone, coming) <= limit):
        return near  # nobody writes "Jan. 24" on 13 January for last year's
    return past if direction < 0 else ahead


def _by_story(of: Yearly, now: Moment, offset: int) -> Moment:
    """The one of the story's year; a little way on where the story is that far, else in the same year; or the next, or the one before."""
    if now.unit == "Y":
        return of(now.year + offset)
    if offset:
        return _nearest(of, now, offset, strict=True)
    ahead = _nearest(of, now, 1, strict=False)
    return ahead if (ahead.year - now.year) * 12 + ahead.month - now.month <= _FORWARD else of(now.year)


def _nearest(of: Yearly, now: Moment, direction: int, *, strict: bool) -> Moment:
    years = range(now.year - 1, now.year + 2) if direction > 0 else range(now.year + 1, now.year - 2, -1)
    wanted = {direction} if strict and now.unit != "Y" else {direction, 0}
    return next((of(year) for year in years if compare(of(year), now) in wanted), of(now.year))


def compare(left: Moment, right: Moment) -> int:
    """-1, 0 or 1 for before, at or after, as far as both are known."""
    unit = max(left.unit, right.unit)  # D < M < Y: the coarser one
    a, b = left.coarse(unit), right.coarse(unit)
    return (a > b) - (a < b)


def _days_between(first: Moment, last: Moment) -> int:
    return (last.inside() - first.inside()).days


def referred(slots: Slots, unit: str, context: Context) -> tuple[Moment, Basis] | None:
    """The year or month that "last year", "of that month" name; a year for a month where no more is known."""
    base, offset = slots.reference() or ("dct", 0)
    moment = context.base(base, unit)
    if moment is None:
        return None
    coarse = moment.coarse(unit)
    return coarse if coarse.unit > unit else coarse.shift(offset, unit), basis_of(base)
