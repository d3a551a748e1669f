"""The rules for dates: days, months, years, weekdays, feasts, seasons, parts of years, decades, centuries.

Each takes the words of an expression and what stands around it; None means that it is no time expression after all. A date that no calendar has (31 June)
raises ValueError.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from gazetteer.records import Precision
from gazetteer.timexes import moments
from gazetteer.timexes.context import Context, Slots, basis_of, compare, counted, occurrence, referred
from gazetteer.timexes.moments import Moment
from gazetteer.timexes.values import OPEN, Basis, Meaning, between, century_of, dated, decade_of, season_of, unknown, vague, week_of

MONTHS = ("MONTH", "NAMEMONTH", "SHAKY", "MON")
_PARTS = {2: "H", 3: "T", 4: "Q"}
_MONTHS_AWAY = (0, -1, 1, -2, 2, -3, 3, -4, 4, -5, 5)
"""Where a weekday with the number of its day is looked for."""
_PART_LETTERS = {"q": 4, "t": 4, "h": 2, "s": 2}


# ------------------------------------------------------------------ days, months, years


def date(slots: Slots, context: Context) -> Meaning | None:
    """A day of a month, or a month, with or without its year; "the 12th of that month"."""
    day = slots.number("DAY", "NTH", "FIRSTDAY")
    if slots.has(*MONTHS):
        return _in_month(slots, context, day)
    found = referred(slots, "M", context) if slots.has("REF") else _this_month(context)
    return dated(Moment(found[0].year, found[0].month, day if found[0].month else 0), basis=found[1]) if found else None


def _in_month(slots: Slots, context: Context, day: int) -> Meaning:
    """A month, or a day of it."""
    month, mod = slots.number(*MONTHS), slots.value("MOD", "EDGE")
    year = _year(slots, context)
    if year:
        return dated(Moment(year[0], month, day), mod=mod, basis=year[1])
    chosen = None if slots.has("YEARWORD") else occurrence(lambda number: _in_year(number, month, day), slots, context)
    return dated(_on_weekday(chosen[0], slots), mod=mod, basis=chosen[1]) if chosen else vague("DATE", unknown(month, day), mod)


def _in_year(year: int, month: int, day: int) -> Moment:
    """A day of a year; 29 February goes to the nearest year before that has one."""
    if (month, day) == (2, 29):
        year -= year % 4
    return Moment(year, month, day)


def _on_weekday(day: Moment, slots: Slots) -> Moment:
    """The nearest year in which a day has the weekday that stands beside it: "Monday, Oct. 26"."""
    number = slots.number("WEEKDAY", "WD")
    if not number or day.unit != "D":
        return day
    near = (_in_year(day.year + offset, day.month, day.day) for offset in (0, 1, -1, -2, -3, -4, -5))
    return next((other for other in near if other.inside().isoweekday() == number), day)


def _this_month(context: Context) -> tuple[Moment, Basis] | None:
    """The month that the text is in: "el día 7", "by the 20th"."""
    moment = context.story or context.base("text", "M") or context.document
    return (moment, "text") if moment else None


def _year(slots: Slots, context: Context) -> tuple[int, Basis] | None:
    """The year that an expression gives in figures or by reference."""
    if slots.year():
        return slots.year(), "stated"
    if slots.has("YEARWORD"):
        found = referred(slots, "Y", context)
        return (found[0].year, found[1]) if found else None
    return (_with_century(slots.number("YY")), "stated") if slots.has("YY") else None


def _with_century(two_digits: int) -> int:
    return (2000 if two_digits < 50 else 1900) + two_digits


def days(slots: Slots, context: Context) -> Meaning | None:
    """Two or more days of one month: the whole stretch. None where the first is not before the last."""
    first, last = (int(re.sub(r"\D", "", slots.all("DAY")[place])) for place in (0, -1))
    month = slots.number(*MONTHS)
    year = _year(slots, context) or occurrence(lambda number: _in_year(number, month, last), slots, context)
    if year is None:
        return vague("DATE", unknown(month, first))
    number = year[0].year if isinstance(year[0], Moment) else year[0]
    start = Moment(number, month, first)
    return between(str(start), start, Moment(number, month, last), "day", basis=year[1]) if first < last else None


def year(slots: Slots, _context: Context) -> Meaning | None:
    """A year, or a part of it; "post-1990" and "pre-1990" by their argument."""
    mod = slots.args.get("mod", "") or slots.value("MOD", "EDGE")
    found = dated(Moment(slots.year()), mod=mod)
    if mod == "AFTER":
        return replace(found, end=OPEN)
    return replace(found, start=OPEN) if mod == "BEFORE" else found


def short(slots: Slots, context: Context) -> Meaning | None:
    """A year by its last two figures: "en el 98", "in '98". Those up to 31 may be days as well, where no apostrophe stands before them."""
    number = slots.number("YY")
    if number <= 31 and "apostrophe" not in slots.args:
        return None
    return dated(Moment(_in_its_century(number + (1900 if number > 31 else 2000), context)))


_BACK, _ON = 10, 40
"""How many years before, and after, the last year of an old story a decade without its century begins: "in 1868 ... in the early seventies"."""


def _in_its_century(usual: int, context: Context) -> int:
    """The year, or first year of a decade, that its last two figures mean: ``usual``, but for a text that is older, or that tells of an older time."""
    latest = context.document.year + 1 if context.document else None
    told = context.text
    if told and told.year < 1900:
        usual = next((year for year in range(1000 + usual % 100, 2100, 100) if -_BACK < year - told.year <= _ON), usual)
    while latest is not None and usual > latest:
        usual -= 100
    return usual


def years(slots: Slots, _context: Context) -> Meaning | None:
    """Neighbouring years ("2019-20", "1914-18", "2003/2004"); "2019-05" is a month."""
    first, last = (int(part) for part in re.findall(r"\d+", " ".join(slots.words)))
    if last > 99:
        return between(str(first), Moment(first), Moment(last), "years") if first < last else None
    gap = (last - first) % 100
    if gap == 1 or (last > 12 and first % 100 < last <= first % 100 + 20):
        return between(str(first), Moment(first), Moment(first + gap), "years")
    return dated(Moment(first, last)) if 1 <= last <= 12 else dated(Moment(first))


def fiscal(slots: Slots, _context: Context) -> Meaning | None:
    """A fiscal year, taken for the calendar year of its name."""
    found = dated(Moment(slots.year()))
    return replace(found, value=f"FY{found.value}")


def iso(slots: Slots, _context: Context) -> Meaning | None:
    """2019-05-03."""
    return dated(Moment(*(int(word) for word in slots.words if word.isdecimal())))


def slashed(slots: Slots, context: Context) -> Meaning | None:
    """03/05/2019, 3.5.2019, 2019.05.03: day or month first as the document has it."""
    return dated(_in_figures(slots.words[0], context.day_first))


def shows_day_first(word: str) -> bool | None:
    """Whether a date in figures has its day first, None where that cannot be seen: 25/12/2021 has, 12/25/2021 has not."""
    first, second = map(int, re.split(r"[/.]", word)[:2])
    return None if "." in word or first > 31 or (first > 12) == (second > 12) else first > 12


def allows_day_first(word: str, now: Moment) -> bool | None:
    """Whether a date in figures has its day first if it is not after another one, None where both are, or neither."""
    try:
        ahead = [compare(_in_figures(word, day_first), now) > 0 for day_first in (True, False)]
    except ValueError:  # no such day
        return None
    return ahead[1] if ahead[0] != ahead[1] else None


def _in_figures(word: str, day_first: bool) -> Moment:
    """The day of a date in figures, whose order counts where either of the first two can be the month."""
    parts = [int(part) for part in re.split(r"[/.]", word)]
    if parts[0] > 31:
        return Moment(*parts)
    first, second, number = parts
    if ((day_first or "." in word) and second <= 12) or first > 12:
        first, second = second, first
    return Moment(number if number > 99 else _with_century(number), first, second)


def weekday(slots: Slots, context: Context) -> Meaning | None:
    """A day of the week, with or without its morning or night."""
    number = slots.number("WEEKDAY")
    part_of_day = slots.value("DAYPART")
    suffix = f"T{part_of_day}" if part_of_day else ""
    numbered = _numbered(slots.number("DAY"), number, context) if slots.has("DAY") else None
    if numbered:
        return dated(numbered[0], basis=numbered[1], suffix=suffix)
    reference = slots.reference()
    base = reference[0] if reference else "dct"
    moment = context.base(base, "D")
    value = f"WXX-{number}{suffix}"
    if moment is None:
        return vague("DATE", f"XXXX-{value}")
    if moment.unit != "D":
        return replace(dated(moment, basis=basis_of(base)), value=f"{moment.year:04}-{value}")
    if reference is None:
        direction = -1 if context.direction() < 0 else 1
    elif reference[1] == 0:
        direction = 1 if base == "text" else 0
    else:
        direction = 2 * reference[1]
    return dated(moments.weekday(moment, number, direction), basis=basis_of(base), suffix=suffix)


def weekday_of(slots: Slots, context: Context) -> Meaning | None:
    """The first Sunday, or the last, of a month."""
    month = _in_month(slots, context, 0)
    which, number = slots.number("LAST") or slots.number("NTH"), slots.number("WEEKDAY")
    if month.anchor is None or not month.anchor.month:
        return month
    year, unit = month.anchor.year, month.anchor.month
    fitting = [day for day in (Moment(year, unit, one) for one in range(1, moments.last_day(year, unit) + 1)) if day.inside().isoweekday() == number]
    place = which if which < 0 else which - 1
    return dated(fitting[place], basis=month.basis) if place < len(fitting) else month


def _numbered(day: int, weekday: int, context: Context) -> tuple[Moment, Basis] | None:
    """The day for "Monday 26": of the story's month or the document's, else of the nearest month before or after in which that day is a Monday."""
    known: list[tuple[Moment | None, Basis]] = [(context.story, "text"), (context.document, "document")]
    for start, basis, offset in [(moment, basis, offset) for moment, basis in known if moment and moment.month for offset in _MONTHS_AWAY]:
        month = start.coarse("M").shift(offset, "M")
        if day <= moments.last_day(month.year, month.month):
            found = Moment(month.year, month.month, day)
            if found.inside().isoweekday() == weekday:
                return found, basis
    return None


def holiday(slots: Slots, context: Context) -> Meaning | None:
    """A feast of a year; with "weekend" or "week" the days around it."""
    rule = slots.args.get("day") or slots.value("FEAST", "HOLIDAY")
    number = _year(slots, context)
    if number:
        chosen: tuple[Moment, Basis] | None = (moments.holiday(rule, number[0]), number[1])
    else:
        chosen = None if slots.has("YEARWORD") else occurrence(lambda other: moments.holiday(rule, other), slots, context)
    if chosen is None:
        return vague("DATE", f"XXXX-{rule}" if re.fullmatch(r"\d\d-\d\d", rule) else "XXXX-XX-XX")
    around = slots.last("UNIT")  # "Christmas Day" has a unit of its own
    if around == "W":
        return week_of(chosen[0], 0, basis=chosen[1])
    found = dated(chosen[0], basis=chosen[1])
    return replace(found, start=str(chosen[0].shift(-2, "D"))) if around == "WE" else found


# ------------------------------------------------------------------ seasons, parts, decades, centuries


def season(slots: Slots, context: Context) -> Meaning | None:
    """A season with or without its year."""
    code, mod = slots.value("SEASON"), slots.value("MOD", "EDGE")
    number = _year(slots, context)
    if number:
        return _of_hemisphere(season_of(number[0], code, mod, number[1]), slots.value("HEMISPHERE"))
    chosen = None if slots.has("YEARWORD") else occurrence(lambda other: moments.season(other, code)[0], slots, context)
    return season_of(chosen[0].year, code, mod, chosen[1]) if chosen else vague("DATE", f"XXXX-{code}", mod)


def _of_hemisphere(found: Meaning, named: str) -> Meaning:
    """A season whose hemisphere the text names is the same for all places."""
    if named == "south" and found.southern:
        return replace(found, start=found.southern[0], end=found.southern[1])
    return replace(found, southern=None) if named else found


def season_count(slots: Slots, context: Context) -> Meaning | None:
    """Three summers ago, two winters later: the season of the year that is so many years away."""
    base, way = counted(slots.value("TAIL", "AGO"))
    moment, count = context.base(base), slots.count()
    if moment is None or count is None:
        return None
    code, year = slots.value("SEASONS", "SEASON"), moment.year + way * round(count)
    found = season_of(year, code, "", basis_of(base))
    if code != "WI" or way < 0:
        return found
    return replace(season_of(year - 1, code, "", basis_of(base)), southern=found.southern)  # the winter that ends two years on began in the year before


def seasons(slots: Slots, _context: Context) -> Meaning | None:
    """A season that two years name: "the winter of 2019-20" and, south of the equator, "the summer of 2019-20" begin in the December of the first."""
    first, last = (int(part) for part in re.findall(r"\d+", " ".join(slots.words))[:2])
    gap, code = (last - first) % 100, slots.value("SEASON")
    if gap != 1 or code not in ("SU", "WI"):
        return between(str(first), Moment(first), Moment(first + gap), "years") if gap else season_of(first, code, "", "stated")
    found = season_of(first, "WI", slots.value("MOD", "EDGE"), "stated")
    return replace(found, value=f"{first:04}-{code}", southern=None)


def part(slots: Slots, context: Context) -> Meaning | None:
    """A half, third or quarter of a year."""
    letter = next((word for word in slots.words if word in _PART_LETTERS), "")
    pieces = _PART_LETTERS[letter] if letter else slots.number("QUARTER", "PART")
    index = slots.number("FIGURE") if letter else slots.number("NTH", "LAST")
    bare = slots.has("YEARWORD") and not slots.has("REF")
    number = (context.story.year, basis_of("text")) if bare and context.story else _year(slots, context)
    if number is None:
        if context.document is None:
            return None
        index, number = _recent_part(index, pieces, slots, context.document)
    index = pieces if index == -1 else index
    if not 1 <= index <= pieces:
        return None
    length = 12 // pieces
    first = Moment(number[0], (index - 1) * length + 1)
    return between(f"{number[0]:04}-{_PARTS[pieces]}{index}", first, Moment(number[0], index * length), "season", basis=number[1])


def _recent_part(index: int, pieces: int, slots: Slots, now: Moment) -> tuple[int, tuple[int, Basis]]:
    """Tell which quarter is meant: "the third quarter" is the last one that has begun, "last quarter" the one before the document's."""
    current = ((now.month or 12) - 1) * pieces // 12 + 1
    reference = slots.reference()
    if reference:
        years_on, piece = divmod(current - 1 + reference[1], pieces)
        return piece + 1, (now.year + years_on, "document")
    return index, (now.year - (index > current), "document")


def portion(slots: Slots, context: Context) -> Meaning | None:
    """Units of a larger one: "the first three months of 2019", "the last week of January", "the early months of 2010"."""
    number = _year(slots, context)
    whole = _in_month(slots, context, 0) if slots.has(*MONTHS) else dated(Moment(number[0]), basis=number[1]) if number else None
    if whole is None or whole.anchor is None:
        return whole
    which = slots.number("LAST") or slots.number("NTH")
    if not which:
        return dated(whole.anchor, mod=slots.value("MOD"), basis=whole.basis)
    count = int(slots.count() or 1) if slots.counts() else 1
    mod = "END" if which < 0 else "START" if which == 1 else ""
    stretch = None if slots.has("UNITS") and not slots.counts() else _stretch(whole.anchor, slots.first("UNIT", "UNITS"), which, count)
    if stretch is None:  # "the first days of March"
        return dated(whole.anchor, mod=mod, basis=whole.basis)
    first, last = stretch
    precision: Precision = "day" if first.unit == "D" else "month" if first == last else "season"
    return between(str(first if first == last else whole.anchor), first, last, precision, mod=mod, basis=whole.basis)


def _stretch(whole: Moment, unit: str, which: int, count: int) -> tuple[Moment, Moment] | None:
    """First and last moment of the ``which``-th unit (or the first or last ``count`` of them) of a year or month; None where it has none."""
    if unit == "M" and whole.unit == "Y":
        low = 13 - count if which < 0 else 1 if count > 1 else which
        return (Moment(whole.year, low), Moment(whole.year, low + count - 1)) if 1 <= low <= 13 - count else None
    if unit not in ("D", "W") or whole.unit == "D":
        return None
    size = 7 if unit == "W" else 1
    if which < 0:
        month = whole.month or 12
        last = Moment(whole.year, month, moments.last_day(whole.year, month))
        return last.shift(1 - count * size, "D"), last
    first = Moment(whole.year, whole.month or 1, 1).shift((which - 1) * size if count == 1 else 0, "D")
    return first, first.shift(count * size - 1, "D")


def decade(slots: Slots, context: Context) -> Meaning | None:
    """The 1980s, the '80s, the eighties; their early, mid and late parts, their halves; "the first decade of the century"."""
    if slots.has("CENTURY"):
        return _decade_of_century(slots, context)
    word = slots.value("DECADE", "TENS", "YEAR", "YY").rstrip("s")
    first = int(word) if word else 10 * slots.number("DECADEWORD")
    if first < 100:
        first += 1900 if first >= 20 else 2000
    if not slots.has("DECADE", "YEAR"):
        first = _in_its_century(first, context)
    if first % 10 or not 1000 <= first <= 2190:
        return None
    found = decade_of(first, slots.value("MOD", "EDGE"), "stated")
    if slots.number("PART") == 2:
        low = first if slots.number("NTH") == 1 else first + 5
        return replace(found, start=str(low), end=str(low + 4), anchor=Moment(low))
    return found


def _decade_of_century(slots: Slots, context: Context) -> Meaning | None:
    """The decade that its number and its century name, the document's century where none is named."""
    first = 100 * (slots.number("ROMAN") - 1) if slots.has("ROMAN") else context.document.year // 100 * 100 if context.document else 0
    which = slots.number("NTH") or 10
    return decade_of(first + 10 * (which - 1), slots.value("MOD", "EDGE"), "stated") if first >= 1000 and which <= 10 else None


def century(slots: Slots, _context: Context) -> Meaning | None:
    """The 19th century, "siglo XIX", "the last quarter of the 18th century"."""
    if slots.has("PART", "QUARTER"):
        return _part_of_century(slots)
    number = slots.total("NTH") + slots.total("NUM") if slots.has("NTH") else slots.number("ROMAN")
    return century_of(100 * (number - 1), slots.value("MOD", "EDGE"), "stated") if 1 <= number <= 30 else None


def _part_of_century(slots: Slots) -> Meaning | None:
    """A half, third or quarter of a century, in whole years."""
    pieces, number = slots.number("QUARTER", "PART"), slots.number("ROMAN") or slots.last_number("NTH")
    index = pieces if slots.has("LAST") else slots.number("NTH")
    if not 1 <= number <= 30 or not 1 <= index <= pieces:
        return None
    first = 100 * (number - 1)
    start, end = first + 100 * (index - 1) // pieces, first + 100 * index // pieces - 1
    return between(f"{number - 1:02}", Moment(max(1, start)), Moment(end), "years", basis="stated")


def turn(_slots: Slots, context: Context) -> Meaning | None:
    """The turn of the century: the one nearest to what the text told last, else to the document."""
    near = context.text or context.document
    return dated(Moment((near.year + 50) // 100 * 100), mod="APPROX") if near else None


DATES: dict[str, Callable[[Slots, Context], Meaning | None]] = {
    "date": date, "days": days, "year": year, "short": short, "years": years, "fiscal": fiscal, "iso": iso, "slashed": slashed, "weekday": weekday,
    "weekday_of": weekday_of, "holiday": holiday,
    "season": season, "season_count": season_count, "seasons": seasons, "part": part, "portion": portion, "decade": decade, "century": century, "turn": turn,
}  # fmt: skip
