"""The rules that the forms of ``timexes.toml`` name: dates, seasons, units, quantities, sets, times."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from gazetteer import moments
from gazetteer.moments import Moment
from gazetteer.timex_values import (
    Basis,
    Context,
    Meaning,
    Slots,
    basis_of,
    between,
    century_of,
    dated,
    decade_of,
    occurrence,
    referred,
    season_of,
    vague,
    week_of,
)

_DURATIONS = {"TS": "PT{}S", "TM": "PT{}M", "TH": "PT{}H", "DE": "P{}Y", "CE": "P{}Y", "FN": "P{}W", "Q": "P{}M", "S": "P{}M"}
_FACTORS = {"DE": 10, "CE": 100, "FN": 2, "Q": 3, "S": 6}
_HALVES = {"TH": "PT{}H30M", "Y": "P{}M", "D": "P{}DT12H"}
_VAGUE = {"TS": "PTXS", "TM": "PTXM", "TH": "PTXH", "DE": "PXDE", "CE": "PXCE", "FN": "PXW", "Q": "PXM", "S": "PXM"}
_PARTS = {2: "H", 3: "T", 4: "Q"}
_MAX_COUNT = 9999


# ------------------------------------------------------------------ days, months, years


def date(slots: Slots, context: Context) -> Meaning | None:
    """A day of a month, or a month, with or without its year."""
    month = slots.number("MONTH", "MON", "SHAKY")
    day = _day(slots)
    mod = slots.value("MOD", "EDGE")
    if not month:  # "the 12th of this month"
        found = referred(slots, "M", context) if slots.has("REF") else _this_month(context)
        return None if found is None else dated(found[0] if found[0].unit == "Y" else Moment(found[0].year, found[0].month, day), mod=mod, basis=found[1])
    year = _year(slots, context)
    if year:
        return dated(Moment(year[0], month, day), mod=mod, basis=year[1])
    if slots.has("YEARWORD"):
        return vague("DATE", _unknown(month, day), mod)
    chosen = occurrence(lambda number: _in_year(number, month, day), slots, context)
    if chosen is None:
        return vague("DATE", _unknown(month, day), mod)
    return dated(chosen[0], mod=mod, basis=chosen[1])


def _this_month(context: Context) -> tuple[Moment, Basis] | None:
    """The month that the text is in: "el día 7"."""
    moment = context.story or context.fine("text", "M") or context.document
    return (moment, "text") if moment else None


def _day(slots: Slots) -> int:
    return slots.number("DAY") or slots.number("NTH")


def _unknown(month: int, day: int) -> str:
    return f"XXXX-{month:02}-{day:02}" if day else f"XXXX-{month:02}"


def _in_year(year: int, month: int, day: int) -> Moment:
    """A day of a year; 29 February goes to the nearest year that has one."""
    if (month, day) == (2, 29):
        year -= year % 4
    return Moment(year, month, day)


def _year(slots: Slots, context: Context) -> tuple[int, Basis] | None:
    """The year that an expression gives in figures or by reference."""
    if slots.year():
        return slots.year(), "stated"
    if slots.has("YY") and not slots.has("YEARWORD"):
        return _century(slots.number("YY")), "stated"
    if slots.has("YEARWORD"):
        found = referred(slots, "Y", context)
        return (found[0].year, found[1]) if found else None
    return None


def _century(two_digits: int) -> int:
    return (2000 if two_digits < 50 else 1900) + two_digits


def days(slots: Slots, context: Context) -> Meaning | None:
    """Two days of one month: the whole stretch; its ends are told apart by the caller."""
    first, last = (int(re.sub(r"\D", "", word)) for word in slots.all("DAY")[:2])
    month = slots.number("MONTH", "MON", "SHAKY")
    year = _year(slots, context)
    if year is None:
        chosen = occurrence(lambda number: _in_year(number, month, last), slots, context)
        if chosen is None:
            return vague("DATE", _unknown(month, first))
        year = chosen[0].year, chosen[1]
    if first >= last:
        return None
    return between(str(Moment(year[0], month, first)), Moment(year[0], month, first), Moment(year[0], month, last), "day", basis=year[1])


def year_(slots: Slots, _context: Context) -> Meaning | None:
    """A year, or a part of it; "post-1990" and "pre-1990" by their argument."""
    mod = slots.args.get("after", "") or slots.value("MOD", "EDGE")
    found = dated(Moment(slots.year()), mod=mod)
    if mod == "AFTER":
        return replace(found, end="..")
    return replace(found, start="..") if mod == "BEFORE" else found


def years(slots: Slots, _context: Context) -> Meaning | None:
    """ "2019-20" and "1914-18"; "2019-05" is a month."""
    text = slots.words[0] if len(slots.words) == 1 else slots.words[0] + "/" + slots.words[-1]
    first, last = (int(part) for part in text.split("/"))
    if first % 100 < last <= first % 100 + 20 and (last > 12 or last == first % 100 + 1):
        return between(str(first), Moment(first), Moment(first - first % 100 + last), "years")
    if first % 100 == 99 and last == 0:
        return between(str(first), Moment(first), Moment(first + 1), "years")
    return dated(Moment(first, last)) if 1 <= last <= 12 else dated(Moment(first))


def fiscal(slots: Slots, _context: Context) -> Meaning | None:
    """A fiscal year, taken for the calendar year of its name."""
    found = dated(Moment(slots.year()))
    return replace(found, value=f"FY{found.value}")


def iso(slots: Slots, _context: Context) -> Meaning | None:
    """2019-05-03."""
    year, month, day = (int(word) for word in slots.words if word.isdecimal())
    return dated(Moment(year, month, day))


def slashed(slots: Slots, _context: Context) -> Meaning | None:
    """03/05/2019, 3.5.2019: day or month first as the language has it, unless one of them can only be the day."""
    parts = [int(part) for part in re.split(r"[/.]", slots.words[0])]
    if parts[0] > 31:
        return dated(Moment(*parts))
    first, second, year = parts
    day_first = "." in slots.words[0] or slots.args["day_first"] == "True"
    if (day_first and second <= 12) or first > 12:
        first, second = second, first
    return dated(Moment(year if year > 99 else _century(year), first, second))


def weekday(slots: Slots, context: Context) -> Meaning | None:
    """A day of the week, with or without its morning or night."""
    number = slots.number("WEEKDAY")
    part = slots.value("DAYPART")
    kind, suffix = ("TIME", f"T{part}") if part else ("DATE", "")
    base, offset = slots.reference() or ("dct", None)
    moment = context.fine(base, "D")
    if moment is None or moment.unit != "D":
        if moment is None:
            return vague("DATE", f"XXXX-WXX-{number}{suffix}")
        return replace(dated(moment, basis=basis_of(base)), value=f"{moment.year:04}-WXX-{number}{suffix}")
    if offset is None:
        direction = context.direction() or 1
    elif base == "text":
        direction = 1 if offset == 0 else 2 * offset
    else:
        direction = 0 if offset == 0 else 2 * offset
    return dated(moments.weekday(moment, number, direction), basis=basis_of(base), kind="TIME" if kind == "TIME" else "DATE", suffix=suffix)


def holiday(slots: Slots, context: Context) -> Meaning | None:
    """A feast of a year; with "weekend" or "week" the days around it."""
    rule = slots.args.get("day") or slots.value("HOLIDAY")
    year = _year(slots, context)
    if year:
        chosen: tuple[Moment, Basis] | None = moments.holiday(rule, year[0]), year[1]
    else:
        chosen = occurrence(lambda number: moments.holiday(rule, number), slots, context)
    if chosen is None:
        return vague("DATE", "XXXX-" + rule if re.fullmatch(r"\d\d-\d\d", rule) else "XXXX-XX-XX")
    if "week" in slots.words or "semana" in slots.words:
        return week_of(chosen[0], 0, basis=chosen[1])
    found = dated(chosen[0], basis=chosen[1])
    if "weekend" in slots.words:
        return replace(found, start=str(chosen[0].shift(-2, "D")))
    return found


# ------------------------------------------------------------------ seasons, parts, decades, centuries


def season(slots: Slots, context: Context) -> Meaning | None:
    """A season with or without its year."""
    code = slots.value("SEASON", "FALL")
    mod = slots.value("MOD", "EDGE")
    year = _year(slots, context)
    if year:
        return season_of(year[0], code, mod, year[1])
    if slots.has("YEARWORD"):
        return vague("DATE", f"XXXX-{code}", mod)
    chosen = occurrence(lambda number: moments.season(number, code)[0], slots, context)
    return vague("DATE", f"XXXX-{code}", mod) if chosen is None else season_of(chosen[0].year, code, mod, chosen[1])


def part(slots: Slots, context: Context) -> Meaning | None:
    """A half, third or quarter of a year."""
    word = next((word for word in slots.words if word in ("q", "h", "t", "s")), "")
    pieces = {"q": 4, "h": 2, "t": 4, "s": 2}.get(word, 0) or slots.number("PART", "QUARTER")
    number = slots.number("NUM") if word else slots.number("NTH", "LAST")
    year = _year(slots, context)
    if year is None and context.document is None:
        return None
    if year is None:
        now = context.document or Moment(1)
        number, year = _recent_part(number, pieces, slots, now)
    number = pieces if number == -1 else number
    if not 1 <= number <= pieces:
        return None
    length = 12 // pieces
    first = Moment(year[0], (number - 1) * length + 1)
    return between(f"{year[0]:04}-{_PARTS[pieces]}{number}", first, Moment(year[0], number * length), "season", basis=year[1])


def _recent_part(number: int, pieces: int, slots: Slots, now: Moment) -> tuple[int, tuple[int, Basis]]:
    """ "the third quarter" is the last one that has begun, "last quarter" the one before the document's."""
    current = (now.month or 12) * pieces // 13 + 1
    reference = slots.reference()
    if reference:
        years, index = divmod(current - 1 + reference[1], pieces)
        return index + 1, (now.year + years, "document")
    return number, (now.year - (number > current), "document")


def portion(slots: Slots, context: Context) -> Meaning | None:
    """ "the first three months of 2019", "the last week of January"."""
    month = slots.number("MONTH", "MON", "SHAKY")
    container = date(slots, context) if month else None
    year = _year(slots, context)
    if month and (container is None or container.anchor is None):
        return container
    whole = container.anchor if container and container.anchor else Moment(year[0]) if year else None
    if whole is None:
        return None
    basis = container.basis if container else year[1] if year else "none"
    unit = slots.first("UNIT", "UNITS")
    which = slots.number("LAST") or slots.number("NTH")
    if not which:  # "the early months of 2010"
        return dated(whole, mod=slots.value("MOD"), basis=basis)
    count = int(slots.count() or 1) if slots.has("NUM") else 1
    stretch = _stretch(whole, unit, which, count)
    if stretch is None:
        return dated(whole, mod="END" if which < 0 else "START" if which == 1 else "", basis=basis)
    first, last = stretch
    precision = "day" if first.unit == "D" else "month" if first == last else "season"
    value = str(first) if first == last else str(whole)
    return between(value, first, last, "day" if precision == "day" else "month" if precision == "month" else "season", mod="END" if which < 0 else "", basis=basis)


def _stretch(whole: Moment, unit: str, which: int, count: int) -> tuple[Moment, Moment] | None:
    """First and last moment of the ``which``-th unit (or the first or last ``count`` of them) of a year or month; None where it has none."""
    if unit == "M" and whole.unit == "Y":
        low = 13 - count if which < 0 else 1 if count > 1 else which
        return (Moment(whole.year, low), Moment(whole.year, low + count - 1)) if 1 <= low <= 13 - count else None
    if unit not in ("D", "W"):
        return None
    size = moments.last_day(whole.year, whole.month) if whole.unit == "M" else 0
    first = Moment(whole.year, whole.month or (12 if which < 0 else 1), 1)
    length = count * (7 if unit == "W" else 1)
    if which < 0:
        last = Moment(whole.year, whole.month or 12, size or 31)
        return last.shift(1 - length, "D"), last
    first = first.shift((which - 1) * (7 if unit == "W" else 1), "D") if count == 1 else first
    return first, first.shift(length - 1, "D")


def decade(slots: Slots, _context: Context) -> Meaning | None:
    """The 1980s, the '80s, the eighties, and their early, mid and late parts."""
    word = slots.value("DECADE", "TENS")
    if slots.has("YEAR"):
        first = slots.year()
    elif word:
        number = int(word.rstrip("s"))
        first = number if number > 99 else (1900 if number >= 20 else 2000) + number
    elif slots.has("YY") or slots.has("NUM") and not slots.has("DECADEWORD"):
        first = 1900 + slots.number("YY", "NUM")
    else:
        first = 10 * slots.number("DECADEWORD")
    if first % 10 or not 1000 <= first <= 2100:
        return None
    found = decade_of(first, slots.value("MOD", "EDGE"), "stated")
    if slots.number("PART") == 2:  # "the second half of the nineties"
        low = first if slots.number("NTH") == 1 else first + 5
        return replace(found, start=str(low), end=str(low + 4), anchor=Moment(low))
    return found


def century(slots: Slots, _context: Context) -> Meaning | None:
    """The 19th century."""
    number = slots.total("NTH") or slots.number("ROMAN")
    number += slots.number("NUM") if slots.has("NUM") else 0
    return century_of(100 * (number - 1), slots.value("MOD", "EDGE"), "stated") if 1 <= number <= 30 else None


# ------------------------------------------------------------------ units


def unit(slots: Slots, context: Context) -> Meaning | None:
    """Last year, that day, the following month, the end of the week."""
    name = slots.args.get("name", "") or slots.value("UNIT", "UNITS", "YEARWORD", "MONTHWORD")
    mod = "" if "name" in slots.args else slots.value("MOD", "EDGE", "RELATIVE")
    reference = slots.reference()
    if reference is None:
        reference = ("text" if context.text and name != "WE" else "dct", 0)
        if name == "WE" and context.direction() < 0 and context.document and context.document.inside().isoweekday() < 6:
            reference = ("dct", -1)
    base, offset = reference
    moment = context.fine(base, name)
    basis = basis_of(base)
    if moment is None or name.startswith("T"):
        return vague("DATE", {"Y": "XXXX", "M": "XXXX-XX", "D": "XXXX-XX-XX", "W": "XXXX-WXX"}.get(name, "XXXX"), mod)
    if name == "W":
        return week_of(moment, offset, basis=basis, mod=mod)
    if name == "WE":
        return _weekend(moment, offset, basis)
    if name in ("DE", "CE"):
        size = 10 if name == "DE" else 100
        return (decade_of if name == "DE" else century_of)((moment.year // size + offset) * size, mod, basis)
    if name in ("Q", "S"):
        return part(slots, context)
    if name not in ("Y", "M", "D", "FN"):
        return None
    coarse = moment if moment.unit > name else moment.coarse(name)
    return dated(coarse.shift(offset, name) if offset else coarse, mod=mod, basis=basis)


def _weekend(moment: Moment, offset: int, basis: Basis) -> Meaning:
    if moment.unit != "D":
        return dated(moment, basis=basis)
    name, _, sunday = moments.week(moment, offset)
    return between(f"{name}-WE", moments.of_day(moments.add_days(sunday, -1)), moments.of_day(sunday), "day", basis=basis)


def weekof(slots: Slots, context: Context) -> Meaning | None:
    """The week of a day."""
    day = date(slots, context)
    return week_of(day.anchor, 0, basis=day.basis) if day and day.anchor else day


def quantity(slots: Slots, context: Context) -> Meaning | None:
    """So many units: ago, later, after and before something, within; else a duration."""
    name = slots.value("UNIT", "UNITS", "YEARWORD", "MONTHWORD")
    tail = slots.args.get("tail", "") or slots.value("TAIL", "ON", "AGO")
    words = slots.words
    count = slots.count() if not slots.has("UNITS") or slots.has("NUM") or slots.has("VAGUE") else None
    period = _duration(count, name)
    mod = _comparison(slots)
    if not tail and words[-1] in ("after", "before", "that"):  # "the year after", "two years before that"
        tail = "text-1" if "before" in words else "text+1"
    if tail:
        return _shifted(count, name, tail, mod, period, context)
    start = context.fine("text", name) or (context.document if context.around in ("after", "before") else None)
    if context.around and start and count is not None and not name.startswith("T"):
        sign = -1 if context.around == "before" else 1
        if (context.same_sentence or not context.text) and context.around != "within":
            sign = -sign  # "closed on 14 June, three weeks before the raid": the raid is later than the day that is told
        moment = start.shift(sign * _whole(count), name)
        return replace(dated(moment, basis="text" if context.text else "document"), type="DURATION", value=period, mod=mod)
    return vague("DURATION", period, mod)


def _whole(count: float) -> int:
    return min(_MAX_COUNT, round(count))


def _shifted(count: float | None, name: str, tail: str, mod: str, period: str, context: Context) -> Meaning:
    base, offset = tail[:-2], int(tail[-2:])
    moment = context.fine(base, name) or (context.document if offset < 0 else None)
    if count is None and base == "dct" and offset < 0:
        return vague("DATE", "PAST_REF", mod)
    if count is None or moment is None or name.startswith("T"):
        return vague("DURATION", period, mod)
    if count % 1 and name == "Y":
        shifted = moment.shift(offset * round(count * 12), "M").coarse("M")
    elif name == "W" and base == "dct":
        return week_of(moment, offset * _whole(count), basis="document", mod=mod)
    elif name == "Y" and count == 1 and base == "text":
        shifted = moment.shift(offset * 12, "M")  # a year later is meant to the month, ten years later is not
    else:
        shifted = moment.shift(offset * _whole(count), name)
    return dated(shifted, basis=basis_of(base), mod="") if not mod else replace(dated(shifted, basis=basis_of(base)), mod=mod)


def _comparison(slots: Slots) -> str:
    words = set(slots.words)
    if "least" in words:
        return "EQUAL_OR_MORE"
    if "most" in words or "up" in words:
        return "EQUAL_OR_LESS"
    if "less" in words or "fewer" in words or "almost" in words or "under" in words:
        return "LESS_THAN"
    return "MORE_THAN" if words & {"more", "over", "más"} and "than" in words or "over" in words else ""


def _duration(count: float | None, name: str) -> str:
    """The TIMEX3 value of so many units, ``PXM`` where their number is not known."""
    if count is None:
        return _VAGUE.get(name, f"PX{name}")
    count = min(count, 10.0**6) * _FACTORS.get(name, 1)
    if count % 1 == 0.5 and name in _HALVES:
        return _HALVES[name].format(int(count * 12) if name == "Y" else int(count))
    return _DURATIONS.get(name, "P{}" + name).format(f"{count:g}")


def span(slots: Slots, context: Context) -> Meaning | None:
    """The past two months, the next few days: a duration with the interval that it covers, where that can be told."""
    name = slots.value("UNITS", "UNIT")
    reference = slots.reference()
    count = slots.count() if slots.has("NUM") or slots.has("VAGUE") or not slots.has("UNITS") else None
    period = _duration(count, name)
    base, offset = reference or ("dct", -1)
    if count is None and base == "dct" and offset < 0 and not slots.has("VAGUE"):
        return vague("DATE", "PAST_REF")
    moment = context.base(base)
    if count is None or moment is None or offset == 0 or name.startswith("T"):
        return vague("DURATION", period)
    other = moment.shift(offset * _whole(count), name)
    first, last = (other, moment) if offset < 0 else (moment, other)
    finest = last.coarse(first.unit) if offset < 0 else last
    found = between(period, first, finest if first <= finest else first, "years" if first.year != last.year else "season", basis=basis_of(base), kind="DURATION")
    return replace(found, anchor=last)


def set_(slots: Slots, _context: Context) -> Meaning | None:
    """Every year, each Friday, a day (in "$3 a day")."""
    if slots.has("WEEKDAY") or slots.has("WEEKDAYS"):
        part_of_day = slots.value("DAYPART")
        return vague("SET", f"XXXX-WXX-{slots.number('WEEKDAY', 'WEEKDAYS')}" + (f"T{part_of_day}" if part_of_day else ""))
    if slots.has("SEASON") or slots.has("FALL"):
        return vague("SET", f"XXXX-{slots.value('SEASON', 'FALL')}")
    if slots.has("MONTH") or slots.has("MON"):
        return vague("SET", _unknown(slots.number("MONTH", "MON", "SHAKY"), 0))
    if slots.has("DAYPART"):
        return vague("SET", f"XXXX-XX-XXT{slots.value('DAYPART')}")
    every = slots.number("NTH") or (2 if "other" in slots.words else 1)
    if slots.has("NUM") and not slots.has("NTH") and slots.words[0] in slots.args.get("each", "every each cada todos todas"):
        every = int(slots.count() or 1)
    return vague("SET", _duration(every, slots.value("UNIT", "UNITS")))


def every(slots: Slots, _context: Context) -> Meaning | None:
    """Daily, annually."""
    return vague("SET", slots.value("EVERY"))


# ------------------------------------------------------------------ words, times of day


def today(slots: Slots, context: Context) -> Meaning | None:
    """Today, yesterday, tonight."""
    now = context.document
    part_of_day = slots.value("DAYPART", "TONIGHT")
    suffix = f"T{part_of_day}" if part_of_day else ""
    offset = slots.number("TODAY") if slots.has("TODAY") else int(slots.args.get("offset", "0"))
    if now is None:
        return vague("DATE", "PRESENT_REF" if not offset else "XXXX-XX-XX" + suffix)
    return dated(now.shift(offset, "D") if offset else now, basis="document", kind="TIME" if suffix else "DATE", suffix=suffix if now.unit == "D" else "")


def daypart(slots: Slots, context: Context) -> Meaning | None:
    """This morning, that night, the next evening."""
    part_of_day = slots.value("DAYPART")
    base, offset = slots.reference() or ("text", 0)
    moment = context.fine(base, "D")
    if moment is None:
        return vague("TIME", f"XXXX-XX-XXT{part_of_day}")
    return dated(moment.shift(offset, "D") if offset else moment, basis=basis_of(base), kind="TIME", suffix=f"T{part_of_day}" if moment.unit == "D" else "")


def clock(slots: Slots, context: Context) -> Meaning | None:
    """A time of day; its date is the weekday's beside it, else the caller's to find (value T10:35)."""
    if slots.has("NOON"):
        value = slots.value("NOON")
    else:
        digits = re.findall(r"\d+", slots.words[0])
        hour, minute = int(digits[0]), int(digits[1]) if len(digits) > 1 else 0
        words = "".join(slots.words)
        part_of_day = slots.value("DAYPART")
        if hour < 12 and (re.search(r"\d(?:h|hs|hrs)?p\.?m", words) or part_of_day in ("AF", "EV", "NI")):
            hour += 12
        elif hour == 12 and re.search(r"\da\.?m", words):
            hour = 0
        value = f"T{hour:02}:{minute:02}"
    if slots.has("WEEKDAY"):
        day = weekday(slots, context)
        if day and day.anchor and day.anchor.unit == "D":
            return replace(dated(day.anchor, basis=day.basis), type="TIME", value=f"{day.anchor}{value}")
    return vague("TIME", value)


def then(slots: Slots, context: Context) -> Meaning | None:
    """ "then" after "since" or "by": the text's last date; "ever since": from it on."""
    if context.text is None:
        return None
    found = dated(context.text, basis="text")
    return replace(found, end="..") if "since" in slots.words else found


def ref(slots: Slots, _context: Context) -> Meaning | None:
    """Now, recently, the future."""
    return vague("DATE", slots.args.get("value", "") or slots.value("NOW"))


def none(_slots: Slots, _context: Context) -> Meaning | None:
    """What looks like a time and is none: an age, "at the end of the day"."""
    return None


RULES: dict[str, Callable[[Slots, Context], Meaning | None]] = {
    "date": date, "days": days, "year": year_, "years": years, "fiscal": fiscal, "iso": iso, "slashed": slashed, "weekday": weekday, "weekdays": set_, "holiday": holiday,
    "season": season, "part": part, "portion": portion, "decade": decade, "century": century, "unit": unit, "weekof": weekof, "quantity": quantity, "span": span,
    "set": set_, "every": every, "today": today, "daypart": daypart, "clock": clock, "then": then, "ref": ref, "none": none,
}  # fmt: skip
