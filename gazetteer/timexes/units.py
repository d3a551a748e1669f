"""The rules for units of time: last year, two months later, for decades, every Friday, at noon, now.

Each takes the words of an expression and what stands around it; None means that it is no time expression after all. A result outside the calendar raises
ValueError.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import replace

from gazetteer.timexes.context import Context, Slots, basis_of, counted
from gazetteer.timexes.dates import MONTHS, date, part, weekday
from gazetteer.timexes.moments import Moment, add_days, of_day
from gazetteer.timexes.values import OPEN, Basis, Meaning, between, century_of, dated, decade_of, duration, unknown, vague, week_of, weekend_of

_UNKNOWN = {"Y": "XXXX", "M": "XXXX-XX", "D": "XXXX-XX-XX", "W": "XXXX-WXX"}
MAX_COUNT = 9999
"""How many units an expression may count."""
_YEARS_IN = {"DE": 10, "CE": 100}
_UNITS = ("UNITS", "UNIT", "YEARWORD", "MONTHWORD", "DECADEUNIT", "CENTURY")


def unit(slots: Slots, context: Context) -> Meaning | None:
    """Last year, that day, the following month, the end of the week, the weekend."""
    name = slots.args.get("unit", "") or slots.value(*_UNITS)
    mod = "" if "unit" in slots.args else slots.value("MOD", "EDGE", "RELATIVE")
    base, offset = _ahead(slots, context, *(_told(slots) or slots.reference() or _unreferred(name, context)))
    moment, basis = context.base(base, name), basis_of(base)
    if moment is None or name.startswith("T"):
        return vague("DATE", _UNKNOWN.get(name, "XXXX"), mod)
    whole: dict[str, Callable[[], Meaning | None]] = {
        "W": lambda: week_of(moment, offset, basis=basis, mod=mod),
        "WE": lambda: weekend_of(moment, offset, basis=basis),
        "DE": lambda: _not_ahead(decade_of((moment.year // 10 + offset) * 10, mod, basis), slots, context),
        "CE": lambda: century_of((moment.year // 100 + offset) * 100, mod, basis),
        "Q": lambda: part(slots, context),
        "FN": lambda: _stretch(moment, offset or 1, name, basis, mod),
        "LU": lambda: _stretch(moment, offset or 1, name, basis, mod),
    }
    if name in whole:
        return _so_far(whole[name](), moment) if slots.args.get("ref", "").endswith("+0") else whole[name]()
    coarse = moment.coarse(name)
    return dated(coarse.shift(offset, name) if offset else coarse, mod=mod, basis=basis)


def _stretch(moment: Moment, offset: int, name: str, basis: Basis, mod: str) -> Meaning:
    """Give the fortnight, or the five years, that begin or end at a moment."""
    if name == "FN" and moment.unit != "D":
        return dated(moment, mod=mod, basis=basis)
    first, last = sorted((moment.coarse("D" if name == "FN" else "Y"), moment.shift(offset, name)), key=str)
    found = between(duration(1, name), first, last, "day" if name == "FN" else "years", mod=mod, basis=basis, kind="DURATION")
    return replace(found, anchor=last)


def _so_far(found: Meaning | None, now: Moment) -> Meaning | None:
    """A stretch of time up to now: "lo que va de siglo"."""
    return replace(found, end=str(now.coarse(found.anchor.unit))) if found and found.anchor else found


def _told(slots: Slots) -> tuple[str, int] | None:
    """From where a form says that it counts."""
    return counted(slots.args["ref"]) if "ref" in slots.args else None


def _not_ahead(found: Meaning, slots: Slots, context: Context) -> Meaning:
    """Take "at the end of the decade" for the decade before where this one's end has not come and the sentence tells what was."""
    now, first = context.document, found.anchor
    if now is None or first is None or slots.has("REF") or first.year <= now.year or context.direction() != -1:
        return found
    return decade_of(first.year // 10 * 10 - 10, found.mod, found.basis)


def _unreferred(name: str, context: Context) -> tuple[str, int]:
    """Count "the end of the year" from the text, "the weekend" from the document's date: the last one, or the next where the sentence looks ahead.

    What "has been so since the start of the year" goes on today, so that the year is the document's, unless the sentence names another one.
    """
    if name != "WE":
        is_of_text = context.text and (context.same_sentence or context.perfect() != "present")
        return ("text" if is_of_text else "dct"), 0
    early = context.document is not None and context.document.inside().isoweekday() < 6
    return "dct", -1 if early and context.direction() < 0 else 0


def _ahead(slots: Slots, context: Context, base: str, offset: int) -> tuple[str, int]:
    """Count "the next two years" from the text in a story, from the document's date where the sentence looks ahead."""
    ahead = base == "text" and offset > 0 and slots.refers_by_phrase() and (context.direction() == 1 or not context.text)
    return ("dct", offset) if ahead else (base, offset)


def weekof(slots: Slots, context: Context) -> Meaning | None:
    """The week, or the weekend, of a day; "the day of 3 May" is the day."""
    day, name = date(slots, context), slots.args.get("unit") or slots.value("UNIT")
    if day is None or day.anchor is None or name not in ("W", "WE"):
        return day
    return (weekend_of if name == "WE" else week_of)(day.anchor, 0, basis=day.basis)


def quantity(slots: Slots, context: Context) -> Meaning | None:
    """So many units: ago, later, after and before something, within; else a duration."""
    name = slots.value(*_UNITS)
    count = slots.count()
    if count is not None and count % 1 and name in _YEARS_IN:
        count, name = count * _YEARS_IN[name], "Y"  # half a decade
    tail = slots.args.get("tail", "") or slots.value("TAIL", "NEXT", "AGO")
    if tail:
        return replace(_shifted(count, name, *counted(tail), context), mod=slots.value("COMPARE"))
    told = context.base("text", name) if context.same_section else None  # "within three days" counts from nothing that stands under another heading
    start = context.event or told or (context.document if context.around in ("after", "before") else None)
    found = vague("DURATION", duration(count, name), slots.value("COMPARE"))
    if context.around == "for":
        return _lasting(found, count, name, context)
    if not context.around or start is None or count is None or name.startswith("T"):
        return found
    sign = -1 if context.around == "before" else 1
    if context.around != "within" and not context.event and (context.same_sentence or not told):
        sign = -sign  # "closed on 14 June, three weeks before the raid": the raid is later than the day that is told
    moment = start.shift(sign * _whole(count), name)
    if context.document and moment > context.document.coarse(moment.unit) and context.direction() != 1:
        return found  # nothing is told as done after the day on which it is told
    resolved = dated(moment, basis="text" if told or context.event else "document")
    return replace(resolved, type="DURATION", value=found.value, mod=found.mod)


def to_the_day(slots: Slots, context: Context) -> Meaning | None:
    """Two years ago today, a week ago yesterday: a day of the calendar."""
    count, name = slots.count(), slots.value(*_UNITS)
    if context.document is None or context.document.unit != "D" or count is None or name.startswith("T"):
        return quantity(slots, context)
    day = add_days(context.document.inside(), slots.number("TODAY"))
    past = of_day(day).shift(-_whole(count), name)
    if past.unit != "D":  # the same day of that month, the last where it has no such one
        month = past.month or day.month
        past = Moment(past.year, month, min(day.day, monthrange(past.year, month)[1]))
    return dated(past, basis="document")


def _lasting(found: Meaning, count: float | None, name: str, context: Context) -> Meaning:
    """Place "has taxed them for ten years" from ten years ago on, "had taxed them for ten years" up to the text's last date; no other has a place in time."""
    perfect = context.perfect()
    moment = context.document if perfect == "present" else context.base("text", name) if perfect else None
    if moment is None or count is None or name.startswith("T"):
        return found
    start = moment.shift(-_whole(count), name)
    end = OPEN if perfect == "present" else str(max(start, moment.coarse(start.unit)))
    precision = "years" if perfect == "past" and start.year != moment.year else dated(start).precision
    return replace(found, start=str(start), end=end, precision=precision, basis=basis_of("dct" if perfect == "present" else "text"))


def _whole(count: float) -> int:
    return min(MAX_COUNT, round(count))


def _shifted(count: float | None, name: str, base: str, offset: int, context: Context) -> Meaning:
    moment = context.base(base, name) or (context.document if offset < 0 else None)
    if count is None and base == "dct" and offset < 0:
        return vague("DATE", "PAST_REF")
    if count is None or moment is None or name.startswith("T"):
        return vague("DURATION", duration(count, name))
    if name == "W" and base == "dct":
        return week_of(moment, offset * _whole(count), basis="document")
    if name == "Y" and (count % 1 or (count == 1 and base == "text")):
        shifted = moment.shift(offset * round(count * 12), "M")  # a year later is meant to the month, ten years later is not
    else:
        shifted = moment.shift(offset * _whole(count), name)
    return dated(shifted, basis=basis_of(base))


def span(slots: Slots, context: Context) -> Meaning | None:
    """The past two months, the next few days: a duration with the interval that it covers, where that can be told."""
    name = slots.value(*_UNITS)
    count = slots.count()
    base, offset = _ahead(slots, context, *(_told(slots) or slots.reference() or ("dct", -1)))
    if count is None and base == "dct" and offset < 0 and not slots.has("VAGUE"):
        return vague("DATE", "PAST_REF")
    moment = context.base(base)
    if count is None or moment is None or offset == 0 or name.startswith("T"):
        return vague("DURATION", duration(count, name))
    other = moment.shift(offset * _whole(count), name)
    first, last = (other, moment) if offset < 0 else (moment, other)
    last = max(first, last.coarse(first.unit)) if offset < 0 else last
    found = between(duration(count, name), first, last, "years" if first.year != last.year else "season", basis=basis_of(base), kind="DURATION")
    return replace(found, anchor=last)


# ------------------------------------------------------------------ sets


def set_of(slots: Slots, _context: Context) -> Meaning | None:
    """Every year, each Friday, Sundays, a day (in "$3 a day")."""
    part_of_day = f"T{slots.value('DAYPART')}" if slots.has("DAYPART") else ""
    if slots.has("WEEKDAY", "WEEKDAYS"):
        return vague("SET", f"XXXX-WXX-{slots.number('WEEKDAY', 'WEEKDAYS')}{part_of_day}")
    if slots.has("SEASON"):
        return vague("SET", f"XXXX-{slots.value('SEASON')}")
    if slots.has(*MONTHS):
        return vague("SET", unknown(slots.number(*MONTHS)))
    if part_of_day:
        return vague("SET", f"XXXX-XX-XX{part_of_day}")
    times = slots.args.get("times", "")  # "three times a week" is a set of weeks
    count = 1.0 if times else float(slots.number("NTH") or slots.number("OTHER") or (slots.count() or 1 if slots.counts() else 1))
    return vague("SET", duration(count, slots.args.get("unit") or slots.value("UNIT", "UNITS")))


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
        return vague("DATE", f"XXXX-XX-XX{suffix}" if offset or suffix else "PRESENT_REF")
    return dated(now.shift(offset, "D") if offset else now, basis="document", suffix=suffix)


def daypart(slots: Slots, context: Context) -> Meaning | None:
    """The morning of a day: this morning, that night, the next evening."""
    base, offset = slots.reference() or ("text", 0)
    moment = context.base(base, "D")
    suffix = f"T{slots.value('DAYPART')}"
    if moment is None:
        return vague("TIME", f"XXXX-XX-XX{suffix}")
    return dated(moment.shift(offset, "D") if offset else moment, basis=basis_of(base), suffix=suffix)


def clock(slots: Slots, context: Context) -> Meaning | None:
    """A time of day; its date is the weekday's beside it, else the caller's to find (value T10:35)."""
    value = slots.value("NOON") or _time_of(slots)
    if slots.has("WEEKDAY"):
        day = weekday(slots, context)
        if day and day.anchor and day.anchor.unit == "D":
            return dated(day.anchor, basis=day.basis, suffix=value)
    return vague("TIME", value)


def _time_of(slots: Slots) -> str:
    digits = re.findall(r"\d+", slots.words[0])
    hour, minute = int(digits[0]), digits[1] if len(digits) > 1 else "00"
    words = "".join(slots.words)
    if hour < 12 and (re.search(r"\dp\.?m", words) or slots.value("DAYPART") in ("AF", "EV", "NI")):
        hour += 12
    elif hour == 12 and re.search(r"\da\.?m", words):
        hour = 0
    return f"T{hour:02}:{minute}"


def then(slots: Slots, context: Context) -> Meaning | None:
    """The text's last date ("since then", "by then"), or from it on ("ever since")."""
    if context.text is None:
        return None
    found = dated(context.text, basis="text")
    return replace(found, end=OPEN) if slots.args.get("open") else found


def ref(slots: Slots, _context: Context) -> Meaning | None:
    """Now, recently, the future."""
    return vague("DATE", slots.args.get("value", "") or slots.value("NOW"))


def none(_slots: Slots, _context: Context) -> Meaning | None:
    """What looks like a time and is none: an age, "at the end of the day"."""
    return None


UNITS: dict[str, Callable[[Slots, Context], Meaning | None]] = {
    "unit": unit, "weekof": weekof, "quantity": quantity, "to_the_day": to_the_day, "span": span, "set": set_of, "every": every, "today": today,
    "daypart": daypart, "clock": clock, "then": then, "ref": ref, "none": none,
}  # fmt: skip
