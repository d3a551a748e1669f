"""When a text without a date was published, as far as it shows by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gazetteer import edtf
from gazetteer.records import Timex
from gazetteer.text.language import Language
from gazetteer.timexes import moments
from gazetteer.timexes.context import compare
from gazetteer.timexes.grammar import Grammar, grammar
from gazetteer.timexes.moments import Moment
from gazetteer.timexes.tokens import last_match

_EDGES = 800
"""How far from its beginning or end a text tells of itself, in characters."""
_WORDS_BEFORE = 25
"""How far before a date "published" may stand, in characters."""
_DATELINE = 6
"""How many other words a line may have that only dates the text: "Bogotá, D. C., 12 de noviembre de 2021"."""
_WORD = re.compile(r"\w+")
_BESIDE = re.compile(r"(\w+)\s*$")
"""The word right before."""
_SENTENCE = re.compile(r"[a-zß-öø-ÿ]{3,}[.:;]\s*\w")
_MARKED = re.compile(r"\s*(?:[-#*•]|\d+[.)])")
"""What a heading or an item begins with."""
_AGENCY = re.compile(r"\s*(?:[(/][^()/\n]{1,30}[)/])?\s*\.?[-–—]+\s+(?=\D)")
"""What stands between such a date and the news: an agency's name in brackets, a dash."""
_COPYRIGHT = re.compile("copyright|©", re.IGNORECASE)
_UNKNOWN = re.compile(r"XXXX-(\d{2})(?:-(\d{2}))?")
_NEAR = 2
_SUPPORT = 2
"""Years between dates that speak for one another, and how many of them it takes."""
_TITLE = 200
"""How far into a text its title goes at most, in characters."""
_WELL_AFTER = 31
"""Days after a text's own date from which on it cannot have told of them: a text may be a little younger than its date."""
_LOOK = 80
"""How far back a verb tells that a date lies ahead, in characters."""


def infer_dct(text: str, timexes: Sequence[Timex], language: Language) -> str:
    """The document creation time that a text suggests, as EDTF marked approximate (``2022-08~``); ``""`` where nothing supports one.

    ``timexes`` are those that :func:`gazetteer.timexes.find` gives without a date. In this order:

    1. a date that the text gives as its own: behind "published", "updated", "©", or alone in a line at the beginning or end, and no heading or item of a text
       that tells of later days; of a season ("Spring 2023") the last month;
    2. the latest date with a year that is not spoken of as coming, moved on to the months without a year: after "in March 2022", "in mid-July" is July 2022,
       and a text that calls a month by its bare name was mostly written in the next one; a day without a year was told in its own month, and its weekday tells
       the year;
    3. without such months, that latest date itself.

    The last two only where two dates within two years of the latest, one of them a month or day, show that the text tells of its own time and not of history;
    and not before the end of the years that a title names ("Incidents 2018-2024").
    """
    words = grammar(language)
    stated = [(moment, timex) for timex in timexes if timex.basis == "stated" and not _is_ahead(text, timex, words) and (moment := _moment(timex))]
    told = [moment for moment, _ in stated]
    signs = _Signs(words, frozenset(language.table("sentences")["openers"]))
    guess = _own(text, timexes, signs, max((moment for moment in told if moment.unit != "Y"), default=None))
    if guess is None and told:
        guess = _latest(text, timexes, told, words)
    return f"{guess}~" if guess else ""


def told_after(text: str, timexes: Sequence[Timex], published: str, language: Language) -> str:
    """The first day or month that a text tells of as past, as it writes it, though its own date lies well before; ``""`` where there is none."""
    end = edtf.parse(published).end if published else None
    if end is None:
        return ""
    words = grammar(language)
    for timex in timexes:
        if timex.basis != "stated" or timex.precision not in ("day", "month") or "/" in timex.edtf:
            continue
        start = edtf.parse(timex.edtf).start
        if start is None or (start - end).days <= _WELL_AFTER or words.likely.search(text, max(0, timex.start - _LOOK), timex.start):
            continue
        verb = last_match(words.looks, text, max(0, timex.start - _LOOK), timex.start)
        if verb and verb["past"]:
            return " ".join(text[timex.start : timex.end].split())
    return ""


def _latest(text: str, timexes: Sequence[Timex], told: Sequence[Moment], words: Grammar) -> Moment | None:
    """The latest time that a text tells of, not before the end of the years that its title names; None where it tells of history. ``told``: its dates."""
    latest = max(told)
    near = [moment for moment in told if latest.year - moment.year <= _NEAR]
    if len(near) < _SUPPORT or all(moment.unit == "Y" for moment in near):
        return None
    months = [moment for timex in timexes if (moment := _after(text, timex, latest, words))]
    found = max(months) if months else latest.coarse("M")
    ends = [end for end in _title_ends(text, timexes) if compare(end, found) > 0 and end.year - found.year <= _NEAR]
    return max(ends, default=found)


def _title_ends(text: str, timexes: Sequence[Timex]) -> list[Moment]:
    """When the time ends that a title says its text is of: 2024 for "Incidents 2018-2024"; not for a decade."""
    word = _WORD.search(text)
    title = min(_TITLE, text.find("\n", word.start())) if word else 0
    ends = (moments.parse(timex.edtf) for timex in timexes if timex.end <= title and timex.basis == "stated" and _is_range(timex) and len(timex.value) >= 4)
    return [end for end in ends if end]


def _moment(timex: Timex) -> Moment | None:
    """The first day, month or year that a timex names."""
    if not timex.edtf:
        return None
    interval = edtf.parse(timex.edtf)
    if interval.start is None:
        return moments.parse(timex.value)
    return Moment(interval.start.year, *((interval.start.month,) if timex.precision in ("month", "day", "season") else ()))


def _is_range(timex: Timex) -> bool:
    """Whether a timex has a beginning and an end."""
    return "/" in timex.edtf and ".." not in timex.edtf


# ------------------------------------------------------------------ a date that the text gives as its own


@dataclass(frozen=True, slots=True)
class _Signs:
    """What a language tells by."""

    words: Grammar
    openers: frozenset[str]


def _own(text: str, timexes: Sequence[Timex], signs: _Signs, latest: Moment | None) -> Moment | None:
    """The date that the text gives as its own. ``latest``: the last day or month that it tells of."""
    for timex in timexes:
        if timex.basis != "stated" or timex.type != "DATE" or _EDGES < timex.start < len(text) - _EDGES:
            continue
        moment = moments.parse(timex.edtf if timex.precision == "season" else timex.value)
        if moment is None:
            continue
        cue = signs.words.publication.search(text, max(0, timex.start - _WORDS_BEFORE), timex.start)
        if cue and (moment.unit != "Y" or _COPYRIGHT.search(cue[0])):
            return moment
        if moment.unit == "D" and _is_edge(text, timex) and _opens_news(text, timex) and not (latest is not None and compare(latest, moment) > 0):
            return moment
        if moment.unit != "Y" and _is_edge(text, timex) and _is_dateline(text, timex, signs, told_later=latest is not None and compare(latest, moment) > 0):
            return moment
    return None


def _is_dateline(text: str, timex: Timex, signs: _Signs, *, told_later: bool) -> bool:
    """Whether a date stands by itself in its line, with few other words at most.

    A month or season must not be part of a phrase ("The fires of May 2019"). If the text tells of later days, it is that of an item or section ("## May 2019").
    """
    before, behind = text[text.rfind("\n", 0, timex.start) + 1 : timex.start], text[timex.end :].partition("\n")[0]
    if len(_WORD.findall(before + behind)) > _DATELINE or _SENTENCE.search(before + behind) or not _is_whole(timex):
        return False
    alone = _WORD.search(behind) is None
    if timex.precision == "day":
        return (alone and not told_later) or not _MARKED.match(before)
    beside = _BESIDE.search(before, max(0, len(before) - _WORDS_BEFORE))
    in_phrase = beside is not None and (beside[1].islower() or beside[1].lower() in signs.openers)
    return (alone or bool(signs.words.masthead.search(behind))) and not told_later and not in_phrase


def _opens_news(text: str, timex: Timex) -> bool:
    """Whether a day stands between a place and a dash, as an agency's news begin: "SAN ANTONIO, Texas, Sept. 12, 2019 (AP) -- The chain ..."."""
    before = text[text.rfind("\n", 0, timex.start) + 1 : timex.start]
    words = _WORD.findall(before)
    is_place = 0 < len(words) <= _DATELINE and before.rstrip().endswith(",") and all(word[0].isupper() or len(word) < 4 for word in words)
    return is_place and bool(_AGENCY.match(text, timex.end)) and _is_whole(timex)


def _is_whole(timex: Timex) -> bool:
    """Whether a date is no part of a range, or the end of one within a year: "January-March 2023"."""
    if (timex.phrase_start, timex.phrase_end) == (timex.start, timex.end):
        return True
    return timex.phrase_end == timex.end and _is_range(timex) and len({end[:4] for end in timex.edtf.split("/")}) == 1


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
