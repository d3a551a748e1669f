"""What expressions and the words around them make of one another: "since 2018", "between 2012 and 2015", "by the end of 2021", "at 5 a.m. on Friday"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from gazetteer import edtf
from gazetteer.records import Precision, Sentence
from gazetteer.timexes.grammar import Grammar
from gazetteer.timexes.moments import Moment
from gazetteer.timexes.tokens import Tokens
from gazetteer.timexes.units import MAX_COUNT
from gazetteer.timexes.values import OPEN, Meaning, dated

_FAR = 8
"""How many words may stand between "from 2015 until" and its end."""
_CLAUSE = 120
"""How many characters back a word is looked for that turns "until"."""
_CLOCK_REACH = 30
"""How many characters behind a time of day its day may follow."""
_CLOCK_DATES = 8
"""How many expressions back its day may stand."""
_MEASURE = re.compile(r"P(\d{1,6})([YM])")


@dataclass(slots=True)
class Found:
    """An expression on its way: its tokens and offsets, what it means, what stands before it, and what becomes of its interval."""

    first: int
    last: int
    start: int
    end: int
    sentence: int
    rule: str
    meaning: Meaning
    before: dict[str, int]
    """The relations that the words before it name ("since", "between"), with the token where they begin."""
    aside: bool = False
    recent: bool = False
    """Whether it was counted from the document's date, itself or by way of others: the text tells news, not a story."""
    phrase: tuple[int, int] = (0, 0)
    interval: tuple[str, str] = ("", "")
    southern: tuple[str, str] = ("", "")
    precision: Precision | None = None
    until: bool = False
    """Whether "until" stands before its interval's end."""


def relations_before(grammar: Grammar, tokens: Tokens, first: int) -> dict[str, int]:
    """The relations that end right before a token, or before the hedges before it, each with the token where its longest phrase begins."""
    found: dict[str, int] = {}
    for end in dict.fromkeys((first, unhedged(grammar, tokens, first))):
        for length, names in grammar.relations.before(tokens, end):
            found |= dict.fromkeys(names, end - length)
    return found


def unhedged(grammar: Grammar, tokens: Tokens, first: int) -> int:
    """The token where the hedges before another one begin: "at least in or about" of "from at least in or about 2014"."""
    while lengths := [length for length, _ in grammar.hedges.before(tokens, first)]:
        first -= lengths[-1]
    return first


@dataclass(frozen=True, slots=True)
class Ranges:
    """Gives the expressions of one text their days and intervals."""

    text: str
    tokens: Tokens
    grammar: Grammar
    sentences: Sequence[Sentence]
    found: list[Found] = field(default_factory=list)

    def give_days(self, document: Moment | None) -> None:
        """Give times of day their date: the day named right behind, else before in the paragraph, else the document's."""
        for number, found in enumerate(self.found):
            if found.rule == "clock" and not found.meaning.start:
                day = self._day_for(number, found) or document
                if day is not None:
                    value = f"{day}{found.meaning.value}" if day.unit == "D" else found.meaning.value
                    found.meaning = replace(dated(day, basis="text"), type="TIME", value=value, mod=found.meaning.mod, anchor=None)

    def _day_for(self, number: int, found: Found) -> Moment | None:
        behind = self.found[number + 1] if number + 1 < len(self.found) else None
        if behind and behind.start - found.end <= _CLOCK_REACH and behind.sentence == found.sentence and _is_day(behind):
            return behind.meaning.anchor
        paragraph = self.sentences[found.sentence].paragraph
        for other in reversed(self.found[max(0, number - _CLOCK_DATES) : number]):
            if self.sentences[other.sentence].paragraph != paragraph:
                break
            if _is_day(other):
                return other.meaning.anchor
        return None

    def relate(self) -> None:
        """What stands before an expression opens or closes its interval; two that are joined share one."""
        for found in self.found:
            found.interval = (found.meaning.start, found.meaning.end)
            found.southern = found.meaning.southern or found.interval
            found.precision = found.meaning.precision
        number = 0
        while number < len(self.found):
            if number + 1 < len(self.found) and (self._ends(*self.found[number : number + 2]) or self._join(number)):
                number += 2
            else:
                self._open(self.found[number])
                number += 1

    def _ends(self, found: Found, other: Found) -> bool:
        """Give "the twelve months to June 2024" and "June 2024" the stretch that the first names and the second ends."""
        measure = _MEASURE.fullmatch(found.meaning.value)
        end = other.meaning.anchor
        if not measure or found.meaning.type != "DURATION" or found.meaning.start or end is None or other.meaning.precision not in ("month", "year"):
            return False
        if "to" not in self.grammar.relations.names(self.tokens.phrase(found.last, other.first)):
            return False
        count = min(int(measure[1]), MAX_COUNT)
        if end.unit == "M":
            first = end.shift(1 - count * (12 if measure[2] == "Y" else 1), "M")
        elif measure[2] == "Y":
            first = end.shift(1 - count, "Y")
        else:
            return False
        for item in (found, other):
            item.interval = item.southern = (str(first), str(end))
            item.phrase = (found.start, other.end)
            item.precision = "years" if first.year != end.year else "season"
        return True

    def _join(self, number: int) -> bool:
        """Make an expression and the next one the ends of a range, if they are."""
        found, other = self.found[number : number + 2]
        if not found.meaning.start or not other.meaning.start or found.sentence != other.sentence or OPEN in found.interval + other.interval:
            return False
        if found.rule == "days" or "DURATION" in (found.meaning.type, other.meaning.type) or found.rule == other.rule == "clock":
            return False
        joint = (found.interval[0], other.interval[1])
        first = self._joined_from(found, other, listed=self._is_listed(number))
        if first is None or joint[0] == joint[1] or not edtf.is_valid("/".join(joint)):
            return False
        phrase = (self.tokens.start(first), other.end)
        precision = edtf.parse("/".join(joint)).precision
        for end in (found, other):
            end.interval, end.southern, end.phrase = joint, (found.southern[0], other.southern[1]), phrase
            end.precision = "season" if precision == "month" else precision
            end.until = "until" in other.before or self._until_between(found.last, other.first)
        return True

    def _is_listed(self, number: int) -> bool:
        """Whether an expression goes on a list with gaps: 2019 in "2016, 2019 and 2020"."""
        found, before = self.found[number], self.found[number - 1] if number else None
        if before is None or before.sentence != found.sentence or self.tokens.phrase(before.last, found.first) != ",":
            return False
        return before.rule == found.rule and not _neighbours(before.meaning, found.meaning)

    def _joined_from(self, found: Found, other: Found, *, listed: bool) -> int | None:
        """The token where the phrase of a range begins; None where two expressions are not its ends."""
        end = max(found.last, unhedged(self.grammar, self.tokens, other.first))
        gap = self.tokens.phrase(found.last, end) if end - found.last <= self.grammar.relations.longest else ""
        names = self.grammar.relations.names(gap)
        opened = found.before.get("between")
        if "to" in names or ("and" in names and (opened is not None or (not listed and _neighbours(found.meaning, other.meaning)))):
            return found.first if opened is None else opened
        if "since" in found.before and ("until" in other.before or self._until_between(found.last, other.first)):
            return found.before["since"]
        return None

    def _until_between(self, first: int, last: int) -> bool:
        """Whether "until" opens the words between two expressions: "from 2015 until the gates closed in 2019"."""
        start = first + (self.tokens.word(first) == ",")
        return last - start <= _FAR and "until" in self.grammar.relations.names(self.tokens.word(start))

    def _names_end(self, found: Found) -> bool:
        """Whether an expression says "the end of": "by the late 1990s" is not by their end."""
        return found.meaning.mod == "END" and any(self.tokens.word(token) in self.grammar.words["EDGE"] for token in range(found.first, found.last))

    def _goes_on(self, found: Found) -> bool:
        """Leave open what the words behind it say goes on: "2018 to date"."""
        if not found.meaning.start or OPEN in found.interval or found.meaning.type in ("DURATION", "TIME"):
            return False
        length, _ = next(self.grammar.ongoing.behind(self.tokens, found.last), (0, None))
        if length:
            found.interval, found.southern = (found.interval[0], OPEN), (found.southern[0], OPEN)
            found.phrase = (min(found.phrase[0], found.start), self.tokens.ends[found.last + length - 1])
        return length > 0

    def _dates_noun(self, found: Found) -> bool:
        """Whether it dates the noun behind it: "after the February 2016 attack" is after a day of that month, and the attack was on it."""
        behind = self.tokens.raw[found.last].lstrip() if found.last < len(self.tokens.raw) else ""
        return self.tokens.word(found.first - 1) in self.grammar.articles and found.rule in ("date", "year") and behind.isalpha() and behind.islower()

    def _open(self, found: Found) -> None:
        """Open one end of the interval ("since 2018", "until 2014"); "by the end of 1921" is in 1921, "by the end of the 1990s" in 1999."""
        if self._goes_on(found):
            return
        names = [name for name in ("at", "by", "before", "since", "until", "after") if name in found.before]
        if not names or not found.meaning.start or OPEN in found.interval or found.rule == "days":
            return
        name = min(names, key=lambda name: found.before[name])
        anchor = found.meaning.anchor
        if name in ("by", "before") and found.meaning.mod == "END" and anchor and found.meaning.value == str(anchor) and anchor.unit == "Y":
            found.interval = found.southern = (str(anchor), str(anchor))
            found.precision = "year"
        elif name == "by" and found.rule in ("decade", "century", "unit") and found.precision == "years" and self._names_end(found):
            found.interval = found.southern = (found.interval[1], found.interval[1])
            found.precision = "year"
        if name not in ("since", "until", "after") or found.meaning.type in ("DURATION", "TIME"):
            return
        if name == "after" and self._dates_noun(found):
            return
        low = max(self.sentences[found.sentence].start if self.sentences else 0, found.start - _CLAUSE)
        if name == "until" and self.grammar.turn.search(self.text, low, found.start):
            return  # "had to wait until September": what is told came in September
        if name == "until":
            found.interval, found.southern = (OPEN, found.interval[1]), (OPEN, found.southern[1])
        else:
            found.interval, found.southern = (found.interval[0], OPEN), (found.southern[0], OPEN)
        found.phrase = (self.tokens.start(found.before[name]), found.end)


def _is_day(found: Found) -> bool:
    return found.meaning.anchor is not None and found.meaning.anchor.unit == "D"


def _neighbours(first: Meaning, second: Meaning) -> bool:
    """Whether two years or months follow one another, or two decades or the end of one and the beginning of the next.

    "2018 and 2019" is a stretch of two years, "the late 1990s and early 2000s" one of seven.
    """
    if first.precision == second.precision == "years" and first.end.isdecimal() and second.start.isdecimal():
        return int(first.end) + 1 == int(second.start)
    if not first.anchor or not second.anchor or first.mod or first.precision not in ("year", "month"):
        return False
    return first.anchor.unit == second.anchor.unit and first.anchor.shift(1, first.anchor.unit) == second.anchor
