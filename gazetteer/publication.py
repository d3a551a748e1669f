"""When a text without a date was published, as far as it shows by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gazetteer import edtf
from gazetteer import timex_moments as moments
from gazetteer.language import Language
from gazetteer.records import Timex
from gazetteer.timex_grammar import Grammar, grammar
from gazetteer.timex_moments import Moment
from gazetteer.timex_tokens import last_match

_EDGES = 800
"""How far from its beginning or end a text tells of itself, in characters."""
_WORDS_BEFORE = 25
"""How far before a date "published" may stand, in characters."""
_DATELINE = 6
"""How many other words a line may have that only dates the text: "Bogotá, D. C., 12 de noviembre de 2021"."""
_COPYRIGHT = re.compile("copyright|©", re.IGNORECASE)
_UNKNOWN = re.compile(r"XXXX-(\d{2})(?:-(\d{2}))?")
_NEAR = 2
_SUPPORT = 2
"""Years between dates that speak for one another, and how many of them it takes."""
_LOOK = 80
"""How far back a verb tells that a date lies ahead, in characters."""


def infer_dct(text: str, timexes: Sequence[Timex], language: Language) -> str:
    """The document creation time that a text suggests, as EDTF marked approximate (``2022-08~``); ``""`` where nothing supports one.

    ``timexes`` are those that :func:`gazetteer.timexes.find` gives without a date. In this order:

    1. a date that the text gives as its own: behind "published", "updated", "©", or alone in a line at the beginning or end;
    2. the latest date with a year that is not spoken of as coming, moved on to the months without a year: after "in March 2022", "in mid-July" is July 2022,
       and a text that calls a month by its bare name was mostly written in the next one; a day without a year was told in its own month, and its weekday tells
       the year;
    3. without such months, that latest date itself.

    The last two only where two dates within two years of the latest, one of them a month or day, show that the text tells of its own time and not of history.
    """
    words = grammar(language)
    own = _own(text, timexes, words)
    if own:
        return f"{own}~"
    stated = [(moment, timex) for timex in timexes if timex.basis == "stated" and not _is_ahead(text, timex, words) and (moment := _moment(timex))]
    if not stated:
        return ""
    latest = max((moment for moment, _ in stated), key=lambda moment: (moment.year, moment.month, moment.day))
    near = [moment for moment, _ in stated if latest.year - moment.year <= _NEAR]
    if len(near) < _SUPPORT or all(moment.unit == "Y" for moment in near):
        return ""
    months = [moment for timex in timexes if (moment := _after(text, timex, latest, words))]
    return f"{max(months) if months else latest.coarse('M')}~"


def _moment(timex: Timex) -> Moment | None:
    """The first day, month or year that a timex names."""
    if not timex.edtf:
        return None
    interval = edtf.parse(timex.edtf)
    if interval.start is None:
        return moments.parse(timex.value)
    return Moment(interval.start.year, *((interval.start.month,) if timex.precision in ("month", "day", "season") else ()))


def _own(text: str, timexes: Sequence[Timex], words: Grammar) -> Moment | None:
    """The date that the text gives as its own."""
    for timex in timexes:
        moment = moments.parse(timex.value) if timex.basis == "stated" and timex.type == "DATE" else None
        if moment is None or _EDGES < timex.start < len(text) - _EDGES:
            continue
        cue = words.publication.search(text, max(0, timex.start - _WORDS_BEFORE), timex.start)
        if cue and (moment.unit != "Y" or _COPYRIGHT.search(cue[0])):
            return moment
        line = text[text.rfind("\n", 0, timex.start) + 1 : timex.start] + text[timex.end :].partition("\n")[0]
        if moment.unit != "Y" and len(re.findall(r"\w+", line)) <= _DATELINE and not re.search(r"[a-záéíóúñ]{3,}[.:;]\s*\w", line) and _is_edge(text, timex):
            return moment
    return None


def _is_edge(text: str, timex: Timex) -> bool:
    """Whether at most two lines with words stand before a date, or none behind it."""
    before = [line for line in text[: timex.start].split("\n")[:-1] if line.strip()]
    behind = [line for line in text[timex.end :].split("\n")[1:] if line.strip()]
    return len(before) <= 2 or not behind


def _is_ahead(text: str, timex: Timex, words: Grammar) -> bool:
    """Whether the last verb before a date speaks of the future."""
    verb = last_match(words.looks, text, max(0, timex.start - _LOOK), timex.start)
    return bool(verb and verb["future"])


def _after(text: str, timex: Timex, latest: Moment, words: Grammar) -> Moment | None:
    """The month in which a text was written that names a month or day without its year, after its latest date."""
    match = _UNKNOWN.fullmatch(timex.value)
    if match is None or timex.type != "DATE" or _is_ahead(text, timex, words):
        return None
    month, day = int(match[1]), int(match[2] or 0)
    year = latest.year + (bool(latest.month) and month < latest.month)
    if not day:
        return Moment(year, month).shift(1, "M")
    weekdays = words.words["WEEKDAY"]
    named = [int(weekdays[word]) for word in re.findall(r"\w+", text[timex.start : timex.end].lower()) if word in weekdays]
    for ahead in range(7 if named else 1):
        try:
            told = Moment(year + ahead, month, day)
        except ValueError:  # 29 February
            continue
        if not named or told.inside().isoweekday() == named[0]:
            return told.coarse("M")
    return None
