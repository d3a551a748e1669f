"""Time expressions of a text: where they stand, what they mean, and the interval that each dates."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gazetteer import edtf, moments
from gazetteer.language import Language
from gazetteer.moments import Moment
from gazetteer.records import Precision, Sentence, Timex
from gazetteer.timex_grammar import Grammar, Match, Tokens, grammar
from gazetteer.timex_rules import RULES
from gazetteer.timex_values import Context, Meaning, Slots

_BEFORE, _BEHIND = 80, 100
"""How many characters around an expression tell whether its sentence looks ahead."""
_JOINED = 3
"""How many words may stand between the two ends of a range."""
_CLOCK_REACH = 30
"""How many characters behind a time of day its day may follow."""
_FAR = 8
"""How many words may stand between "from 2015 until" and its end."""
_CLAUSE = 120
"""How far back a word is looked for that sets a clause apart."""
_OPEN = ".."


@dataclass(slots=True)
class _Found:
    """An expression on its way: tokens, offsets, what it means, the words before it, and its phrase."""

    first: int
    last: int
    start: int
    end: int
    sentence: int
    meaning: Meaning
    phrase_start: int
    phrase_end: int
    rule: str = ""
    aside: bool = False
    relation: str = ""
    interval: tuple[str, str] = ("", "")
    southern: tuple[str, str] = ("", "")


def find(text: str, dct: str, language: Language, sentences: Sequence[Sentence]) -> list[Timex]:
    """The time expressions of a text in their order, none over another.

    ``dct`` is the document creation time as EDTF, ``""`` where unknown; what counts from an unknown date has a value with X in it and no interval. An expression
    that counts from the text ("two years later", "that autumn") counts from the last date of its paragraph, else of the text before.
    """
    return _Reader(text, dct, grammar(language), sentences).read()


class _Reader:
    """One reading of one text."""

    def __init__(self, text: str, dct: str, language: Grammar, sentences: Sequence[Sentence]) -> None:
        self.text = text
        self.grammar = language
        self.sentences = sentences
        self.starts = [sentence.start for sentence in sentences]
        self.tokens = Tokens(text, language)
        self.document = moments.parse(dct)
        self.found: list[_Found] = []
        self.lead: tuple[int, Moment] | None = None
        """The year that a paragraph begins with ("2012: ..."), and which paragraph."""
        self.frames: dict[int, Moment] = {}
        """The year or month that a section's heading names."""

    def read(self) -> list[Timex]:
        """All expressions, resolved from left to right."""
        matches = self.grammar.find(self.tokens)
        for number, match in enumerate(matches):
            self._take(match, matches[number + 1] if number + 1 < len(matches) else None)
        self._give_days()
        self._relate()
        return [self._timex(found) for found in self.found]

    # ---------------------------------------------------------------- one expression

    def _sentence_at(self, offset: int) -> int:
        return max(0, bisect_right(self.starts, offset) - 1)

    def _take(self, match: Match, following: Match | None) -> None:
        start, end = self.tokens.start(match.start), self.tokens.ends[match.end - 1]
        sentence = self._sentence_at(start)
        if self.sentences and self.sentences[sentence].paragraph != self.sentences[self._sentence_at(end - 1)].paragraph:
            return
        if self.grammar.settings.get("lowercase") and self._is_name(match, start, sentence):
            return
        if match.form.rule == "days":
            self._take_days(match, sentence)
            return
        meaning = self._meaning(match, sentence, start, end, following)
        if meaning is not None:
            self._add(match.start, match.end, sentence, meaning, match.form.rule)

    def _add(self, first: int, last: int, sentence: int, meaning: Meaning, rule: str) -> None:
        start, end = self.tokens.start(first), self.tokens.ends[last - 1]
        if not meaning.mod and self.tokens.word(first - 1) in self.grammar.settings["approximate"]:
            meaning = replace(meaning, mod="APPROX")
        found = _Found(first, last, start, end, sentence, meaning, start, end, rule)
        found.aside = self._is_aside(found)
        self.found.append(found)
        if meaning.anchor and meaning.basis == "stated" and self._leads(found):
            self.lead = self._paragraph(sentence), meaning.anchor
        if self.sentences and self.sentences[sentence].role == "heading" and meaning.anchor and meaning.basis == "stated":
            self.frames[self.sentences[sentence].section] = meaning.anchor

    def _is_name(self, match: Match, start: int, sentence: int) -> bool:
        """Whether a capital, where the language writes none, makes a month or weekday part of a name: "Plaza de Mayo", "Santo Domingo"."""
        tokens = range(match.start, match.end)
        classes = [self.grammar.classes_of[self.tokens.codes[index]] for index in tokens]
        if any("YEAR" in kinds or "YEARWORD" in kinds for kinds in classes):
            return False
        low = self.sentences[sentence].start if self.sentences else 0
        opens = not any(char.isalnum() for char in self.text[low:start])
        for index, kinds in zip(tokens, classes, strict=True):
            raw = self.tokens.raw[index].strip()
            if kinds & {"MONTH", "WEEKDAY", "SEASON", "UNIT", "UNITS"} and raw[:1].isupper():
                return not opens or index != match.start or raw.lower() in self.grammar.settings["names"]
        return False

    def _leads(self, found: _Found) -> bool:
        """Whether an expression heads its paragraph: "2012: ...", "**May 2019.** ..."."""
        low = self.sentences[found.sentence].start if self.sentences else 0
        first = self.sentences and (found.sentence == 0 or self._paragraph(found.sentence - 1) != self._paragraph(found.sentence))
        return bool(first) and not any(char.isalnum() for char in self.text[low : found.start]) and self.text[found.end : found.end + 1] in (":", ".", ")", "-", "–", "—", "]")

    def _is_aside(self, found: _Found) -> bool:
        """Whether it belongs to a clause beside the story: a person's career, an earlier event, a law."""
        low = max(self.starts[found.sentence] if self.starts else 0, found.start - _CLAUSE)
        if self.grammar.law.search(self.text, low, found.start):
            return True
        last = next((other for other in reversed(self.found) if other.meaning.anchor and not other.aside), None)
        if last is None or last.sentence != found.sentence:
            return False
        since = self._words_before(found, ("since", "until"))[0] and not self._words_before(found, ("between",))[0]
        return bool(since or found.meaning.type == "DURATION" or self.grammar.aside.search(self.text, max(low, last.end), found.start))

    def _slots(self, match: Match) -> Slots:
        words = [self.tokens.word(index) for index in range(match.start, match.end)]
        classes = [self.grammar.classes_of[code] for code in self.tokens.codes[match.start : match.end]]
        return Slots(words, classes, self.grammar.words, match.form.classes, match.form.args)

    def _meaning(self, match: Match, sentence: int, start: int, end: int, following: Match | None) -> Meaning | None:
        slots = self._slots(match)
        context = self._context(sentence, start, end)
        if match.form.rule == "quantity":
            context.around = self._around(match)
        elif following and match.form.rule == "date" and not slots.year() and not slots.has("REF"):
            context.story = self._year_of_next(match, following, sentence) or context.story
        try:
            return RULES[match.form.rule](slots, context)
        except ValueError:  # no such day, or outside the calendar: 31 June, 9999 years ago
            return None

    def _context(self, sentence: int, start: int, end: int) -> Context:
        context = Context(self.document, direction=lambda: self._direction(sentence, start, end))
        told = [found for found in self.found if found.meaning.anchor and not found.aside]
        if told:
            context.text = told[-1].meaning.anchor
            context.same_sentence = told[-1].sentence == sentence
            here = [found for found in told if self._paragraph(found.sentence) == self._paragraph(sentence)] or told
            context.anchors = [found.meaning.anchor for found in reversed(here) if found.meaning.anchor]
        context.story = self._story(sentence)
        return context

    def _story(self, sentence: int) -> Moment | None:
        """The year or month that a month without a year belongs to, where that is not the document's."""
        for found in reversed(self.found):
            if self._paragraph(found.sentence) != self._paragraph(sentence):
                break
            if found.meaning.value == "PRESENT_REF":
                return None
            if not found.meaning.anchor or found.aside:
                continue
            whole = found.meaning.anchor.unit == "Y" or found.meaning.precision == "season"
            if found.sentence == sentence and (whole or found.meaning.basis != "document"):
                return found.meaning.anchor
            if found.meaning.anchor.unit == "Y" or found.meaning.basis == "document":
                break  # a bare year tells of its own sentence only: what began in 1950 may have gone on last April
            return found.meaning.anchor
        if self.lead and self.lead[0] == self._paragraph(sentence):
            return self.lead[1]
        return self.frames.get(self.sentences[sentence].section) if self.sentences else None

    def _paragraph(self, sentence: int) -> int:
        return self.sentences[sentence].paragraph if self.sentences else 0

    def _direction(self, sentence: int, start: int, end: int) -> int:
        """1 where the nearest verb before, else the first one behind, speaks of the future; -1 for "Friday's", "since May", and where nothing tells; 0 for "by May"."""
        if self.text[end : end + 2] in ("'s", "’s") or self.grammar.ever.search(self.text, max(0, start - 20), start):
            return -1
        low = max(self.starts[sentence] if self.starts else 0, start - _BEFORE)
        high = min(self.sentences[sentence].end if self.sentences else len(self.text), end + _BEHIND)
        looks = self.grammar.looks
        verb = None
        for verb in looks.finditer(self.text, low, start):
            pass
        verb = verb or looks.search(self.text, end, high)
        if verb:
            return 1 if verb["future"] else -1
        return 0 if self.grammar.likely.search(self.text, low, start) else -1

    def _around(self, match: Match) -> str:
        """after or before, where it follows a quantity; within, where it precedes."""
        words = self.tokens
        behind = words.word(match.end) if match.end < len(words.raw) else ""
        ahead = words.word(match.start - 1)
        found = self.grammar.around.get(behind, "")
        return found if found in ("after", "before") else self.grammar.around.get(ahead, "") if self.grammar.around.get(ahead) == "within" else ""

    def _year_of_next(self, match: Match, following: Match, sentence: int) -> Moment | None:
        """For "March" in "between March and June 2019": a moment in its year."""
        gap = [self.tokens.word(index) for index in range(match.end, following.start)]
        if len(gap) > _JOINED or not gap or following.form.rule != "date" or not self._joins(gap):
            return None
        start, end = self.tokens.start(following.start), self.tokens.ends[following.end - 1]
        found = self._meaning(following, sentence, start, end, None)
        if found is None or found.anchor is None:
            return None
        month = self._slots(match).number("MONTH", "MON", "SHAKY")
        return Moment(found.anchor.year - (month > found.anchor.month))

    def _joins(self, gap: list[str]) -> bool:
        return any(" ".join(gap) in self.grammar.relations[name] for name in ("to", "and", "or"))

    def _take_days(self, match: Match, sentence: int) -> None:
        """The two days of "April 24 and 25" as two expressions, each with the whole stretch."""
        start, end = self.tokens.start(match.start), self.tokens.ends[match.end - 1]
        whole = self._meaning(match, sentence, start, end, None)
        days = [index for index in range(match.start, match.end) if "DAY" in self.grammar.classes_of[self.tokens.codes[index]]]
        if whole is None or whole.anchor is None or len(days) < 2:
            return
        first_end = days[0] + 1
        for first, last, value in ((match.start, first_end, whole.start), (days[1], match.end, whole.end)):
            self._add(first, last, sentence, replace(whole, value=value), "days")
            self.found[-1].phrase_start, self.found[-1].phrase_end = start, end

    # ---------------------------------------------------------------- together

    def _give_days(self) -> None:
        """Times of day get their date: the day named right behind, else before in the paragraph, else the document's."""
        for number, found in enumerate(self.found):
            if found.meaning.type != "TIME" or not found.meaning.value.startswith("T"):
                continue
            day = self._day_for(number, found)
            if day is not None:
                value = f"{day}{found.meaning.value}" if day.unit == "D" else found.meaning.value
                precision: Precision = "day" if day.unit == "D" else "month" if day.unit == "M" else "year"
                found.meaning = replace(found.meaning, value=value, start=str(day), end=str(day), precision=precision, basis="text")

    def _day_for(self, number: int, found: _Found) -> Moment | None:
        behind = self.found[number + 1] if number + 1 < len(self.found) else None
        if behind and behind.start - found.end <= _CLOCK_REACH and behind.sentence == found.sentence and behind.meaning.anchor and behind.meaning.anchor.unit == "D":
            return behind.meaning.anchor
        for other in reversed(self.found[:number]):
            if self._paragraph(other.sentence) != self._paragraph(found.sentence):
                break
            if other.meaning.anchor and other.meaning.anchor.unit == "D":
                return other.meaning.anchor
        return self.document

    def _relate(self) -> None:
        """What stands before an expression opens or closes its interval; two that are joined share one."""
        for found in self.found:
            found.interval = (found.meaning.start, found.meaning.end)
            found.southern = found.meaning.southern or found.interval
            found.relation = self._relation(found)
        number = 0
        while number < len(self.found):
            found = self.found[number]
            other = self.found[number + 1] if number + 1 < len(self.found) else None
            if other and self._range(found, other):
                number += 2
                continue
            self._open(found)
            number += 1

    def _words_before(self, found: _Found, names: tuple[str, ...]) -> tuple[str, int]:
        """The relation whose words stand right before an expression, and the token where they begin."""
        for length in (3, 2, 1):
            first = found.first - length
            if first < 1:
                continue
            phrase = " ".join(self.tokens.word(index) for index in range(first, found.first))
            for name in names:
                if phrase in self.grammar.relations[name]:
                    return name, first
        return "", found.first

    def _relation(self, found: _Found) -> str:
        return self._words_before(found, ("since", "until", "before", "after"))[0]

    def _range(self, found: _Found, other: _Found) -> bool:
        """Join two expressions that are the ends of a range."""
        if not found.meaning.start or not other.meaning.start or found.sentence != other.sentence or found.phrase_start == other.phrase_start != found.start:
            return False
        if _OPEN in (*found.interval, *other.interval) or found.meaning.type == "DURATION" or other.meaning.type == "DURATION":
            return False
        gap = " ".join(self.tokens.word(index) for index in range(found.last, other.first))
        opened, first = self._words_before(found, ("between",))
        close = gap in self.grammar.relations["to"] or (gap in self.grammar.relations["and"] and (opened or _follows(found.meaning, other.meaning)))
        far = found.relation == "since" and (other.relation == "until" or self._until_in(found.last, other.first))
        joint = (found.interval[0], other.interval[1])
        if not (close or far) or not edtf.is_valid("/".join(joint)) or joint[0] == joint[1]:
            return False
        if not opened:
            first = self._words_before(found, ("since",))[1] if far else found.first
        for end in (found, other):
            end.interval, end.southern = joint, (found.southern[0], other.southern[1])
            end.phrase_start, end.phrase_end = self.tokens.start(first), other.end
            end.relation = "between"
        return True

    def _until_in(self, first: int, last: int) -> bool:
        """Whether "until" opens the words between two expressions: "from 2015 until the gates closed in 2019"."""
        start = first + (self.tokens.word(first) == ",")
        return last - start <= _FAR and self.tokens.word(start) in self.grammar.relations["until"]

    def _open(self, found: _Found) -> None:
        """ "since 2018", "until 2014": one end of the interval is open."""
        name, first = self._words_before(found, ("at", "by", "since", "until", "before", "after"))
        if name in ("by", "before") and found.meaning.mod == "END" and found.meaning.anchor and found.meaning.anchor.unit == "Y" and found.rule in ("year", "unit"):
            year = str(found.meaning.anchor)  # by, or before, the end of 1921: in 1921
            found.interval = found.southern = (year, year)
            found.meaning = replace(found.meaning, precision="year")
            return
        if name not in ("since", "until", "before", "after") or not found.meaning.start or _OPEN in found.interval:
            return
        if found.meaning.type == "DURATION" or (name == "before" and (found.meaning.mod or found.rule in ("holiday", "season"))):
            return  # "before the end of 1921" is in 1921
        if name in ("since", "after"):
            found.interval, found.southern = (found.interval[0], _OPEN), (found.southern[0], _OPEN)
        else:
            found.interval, found.southern = (_OPEN, found.interval[1]), (_OPEN, found.southern[1])
        found.phrase_start = self.tokens.start(first)

    def _timex(self, found: _Found) -> Timex:
        meaning = found.meaning
        interval = _interval(found.interval)
        if meaning.mod == "APPROX" and interval and "/" not in interval:
            interval += "~"
        precision = meaning.precision
        if found.relation == "between" and interval:
            precision = edtf.parse(interval).precision
            precision = "season" if precision == "month" else precision
        return Timex(
            found.start, found.end, meaning.type, meaning.value, meaning.mod, interval, precision if interval else None,
            found.phrase_start, found.phrase_end, meaning.basis, _interval(found.southern),
        )  # fmt: skip


def _follows(first: Meaning, second: Meaning) -> bool:
    """Whether two years or months are neighbours: "2018 and 2019" is a stretch of two years."""
    return bool(first.anchor and second.anchor and first.anchor.unit == second.anchor.unit != "D" and first.anchor.shift(1, first.anchor.unit) == second.anchor and not first.mod)


def _interval(ends: tuple[str, str]) -> str:
    start, end = ends
    return start if start == end else f"{start}/{end}"
