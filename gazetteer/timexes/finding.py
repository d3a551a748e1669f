"""Time expressions of a text: where they stand, what they mean, and the interval that each dates."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from gazetteer.records import Sentence, Timex
from gazetteer.text.language import Language
from gazetteer.timexes import moments
from gazetteer.timexes.context import Context, Slots
from gazetteer.timexes.dates import DATES, MONTHS, allows_day_first, shows_day_first
from gazetteer.timexes.grammar import Grammar, Match, grammar
from gazetteer.timexes.moments import Moment
from gazetteer.timexes.ranges import Found, Ranges, relations_before
from gazetteer.timexes.tokens import Tokens, last_match
from gazetteer.timexes.units import UNITS
from gazetteer.timexes.values import Meaning

_RULES = DATES | UNITS
_BEFORE, _BEHIND = 80, 100
"""How many characters around an expression tell whether its sentence looks ahead."""
_CLAUSE = 120
"""How many characters back a word is looked for that sets a clause apart."""
_LAW = 5
"""How many words back a law may stand whose date it is."""
_STORY = 4
"""How many sentences on a story's month still tells the year of a month without one."""
_TELLING, _OPENING = 40, 8
"""How many characters from an expression a verb of telling may stand, and how many may stand before an expression that opens its sentence."""
_LOOKED = 30
"""How many expressions back one is looked for at all."""
_REMEMBERED = 8
"""How many dates back one is looked for that is as fine as what counts from it."""
_LISTABLE = frozenset({"date", "season"})
_LISTED = 5
"""How many months may stand before the one that gives all of them their year."""
_JOINED = 3
"""How many words may stand between two months that share a year."""
_EVENT = 8
"""How many words may stand between a quantity and the date of the event that it counts from."""
_WITHIN_CLAUSE = re.compile(r"[^,;:.()\n]*")
_CLOSED = re.compile(r"[^,;:.()\n]{0,40},\s")
"""What stands behind a date up to the end of its clause: "since 2018, was retaken"."""
_UNITS = frozenset({"UNIT", "UNITS"})


def find(text: str, dct: str, language: Language, sentences: Sequence[Sentence]) -> list[Timex]:
    """The time expressions of a text in their order, none over another.

    ``dct`` is the document creation time as EDTF, ``""`` where unknown; what counts from an unknown date has a value with X in it and no interval. An
    expression that counts from the text ("two years later", "that autumn") counts from the last date of its paragraph, else of the text before; a month or day
    without a year belongs to the story that its paragraph tells, else to the document's date, as the tense has it. Without sentences the text is one paragraph.
    """
    return _Reader(text, dct, grammar(language), sentences).read()


class _Reader:
    """One reading of one text."""

    def __init__(self, text: str, dct: str, language: Grammar, sentences: Sequence[Sentence]) -> None:
        self.text = text
        self.grammar = language
        self.sentences = sentences or (Sentence(0, 0, len(text), 0, -1, "text", False),)
        self.starts = [sentence.start for sentence in self.sentences]
        self.tokens = Tokens(text, language.codes)
        self.document = moments.parse(dct)
        self.day_first = language.day_first
        self.following: dict[int, Match] = {}
        """The next expression behind each, by the token where that begins."""
        self.found: list[Found] = []
        self.told: list[tuple[Moment, int]] = []
        self.asides: list[tuple[Moment, int]] = []
        """The dates that later ones may count from, with their sentences; those of asides only where there are no others."""
        self.frames: dict[int, Moment] = {}
        """The year or month that a section's heading names."""
        self.announced: dict[int, Moment] = {}
        """The year or month that a paragraph ends with, for the list that follows it ("What happened in 2016:"), by its number."""
        self.events: set[int] = set()
        """The tokens where the dates of events begin that a quantity before them counts from."""
        self.lead: tuple[int, Moment] | None = None
        """The date that a paragraph begins with ("2012: ..."), and which paragraph."""

    def read(self) -> list[Timex]:
        """All expressions, resolved from left to right."""
        matches = self.grammar.find(self.tokens)
        self.following = {match.start: after for match, after in pairwise(matches)}
        self.day_first = self._has_day_first([match for match in matches if match.form.rule == "slashed"])
        for match in matches:
            self._take(match)
        ranges = Ranges(self.text, self.tokens, self.grammar, self.sentences, self.found)
        ranges.give_days(self.document)
        ranges.relate()
        return [_timex(found) for found in self.found]

    def _has_day_first(self, matches: Sequence[Match]) -> bool:
        """Whether 03/05/2019 is 3 May: as other dates of the text show, else as it lies before the document's own, else as the language has it."""
        shown = {shows_day_first(self.tokens.word(match.start)) for match in matches} - {None}
        if not shown and self.document:
            shown = {allows_day_first(self.tokens.word(match.start), self.document) for match in matches if not self._is_ahead(match)} - {None}
        return shown == {True} or (shown != {False} and self.grammar.day_first)

    def _is_ahead(self, match: Match) -> bool:
        """Whether the sentence of an expression looks ahead."""
        start, end = self.tokens.start(match.start), self.tokens.ends[match.end - 1]
        return self._direction(self._sentence_at(start), start, end, {}) == 1

    # ---------------------------------------------------------------- one expression

    def _sentence_at(self, offset: int) -> int:
        return max(0, bisect_right(self.starts, offset) - 1)

    def _paragraph(self, sentence: int) -> int:
        return self.sentences[sentence].paragraph

    def _take(self, match: Match) -> None:
        start, end = self.tokens.start(match.start), self.tokens.ends[match.end - 1]
        sentence = self._sentence_at(start)
        if self._paragraph(sentence) != self._paragraph(self._sentence_at(end - 1)) or self._is_name(match, start, sentence):
            return
        before = {} if match.start in self.events else relations_before(self.grammar, self.tokens, match.start)
        meaning = self._meaning(match, sentence, before)
        if meaning is None:
            return
        if match.form.rule == "days" and meaning.start:
            self._add_days(match, sentence, meaning, before)
        else:
            self._add((match.start, match.end), sentence, match.form.rule, meaning, before)

    def _add(self, span: tuple[int, int], sentence: int, rule: str, meaning: Meaning, before: dict[str, int]) -> Found:
        first, last = span
        start, end = self.tokens.start(first), self.tokens.ends[last - 1]
        if not meaning.mod and self.tokens.word(first - 1) in self.grammar.approximate:
            meaning = replace(meaning, mod="APPROX")
        found = Found(first, last, start, end, sentence, rule, meaning, before, phrase=(start, end))
        if meaning.anchor:
            found.aside = first in self.events or self._is_aside(found)
            told = self._last_told()
            found.recent = meaning.basis == "document" or (meaning.basis == "text" and told is not None and told.recent)
            if meaning.basis == "stated" and self.sentences[sentence].role == "heading":
                self.frames[self.sentences[sentence].section] = meaning.anchor
            elif meaning.basis == "stated" and self._leads(found):
                self.lead = self._paragraph(sentence), meaning.anchor
            if meaning.basis == "stated" and self._announces(found):
                self.announced[self._paragraph(sentence)] = meaning.anchor
            (self.asides if found.aside else self.told).append((meaning.anchor, sentence))
        self.found.append(found)
        return found

    def _add_days(self, match: Match, sentence: int, whole: Meaning, before: dict[str, int]) -> None:
        """The two days of "April 24 and 25", the outer ones of "3, 5 and 7 May", as two expressions, each with the whole stretch."""
        days = [index for index in range(match.start, match.end) if "DAY" in self.grammar.classes_of[self.tokens.codes[index]]]
        phrase = self.tokens.start(match.start), self.tokens.ends[match.end - 1]
        for span, value in (((match.start, days[0] + 1), whole.start), ((days[-1], match.end), whole.end)):
            self._add(span, sentence, "days", replace(whole, value=value), before).phrase = phrase

    def _slots(self, match: Match) -> Slots:
        words = self.tokens.words(match.start, match.end)
        classes = [self.grammar.classes_of[code] for code in self.tokens.codes[match.start : match.end]]
        return Slots(words, classes, match.form.atoms, self.grammar.words, match.form.args)

    def _meaning(self, match: Match, sentence: int, before: dict[str, int], listed: int = 0) -> Meaning | None:
        """What an expression means; ``listed``: how many others stand before it in a list of months that it gives a year."""
        slots = self._slots(match)
        context = self._context(match, sentence, before)
        if match.form.rule in _LISTABLE and listed < _LISTED and not slots.has("YEAR", "REF"):
            context.story = self._year_of_next(match, sentence, listed) or context.story
        try:
            return _RULES[match.form.rule](slots, context)
        except ValueError:  # no such day, or outside the calendar: 31 June, 9999 years ago
            return None

    # ---------------------------------------------------------------- what it is understood from

    def _last_told(self) -> Found | None:
        return next((found for found in reversed(self.found[-_LOOKED:]) if found.meaning.anchor), None)

    def _context(self, match: Match, sentence: int, before: dict[str, int]) -> Context:
        start, end = self.tokens.start(match.start), self.tokens.ends[match.end - 1]
        context = Context(self.document, direction=lambda: self._direction(sentence, start, end, before), day_first=self.day_first)
        told = self.told or self.asides
        if told:
            context.text, told_in = told[-1]
            context.same_sentence = told_in == sentence
            context.same_section = self.sentences[told_in].section == self.sentences[sentence].section
            paragraph = self._paragraph(sentence)
            last = told[-_REMEMBERED:]
            context.dates = [moment for moment, place in reversed(last) if self._paragraph(place) == paragraph] or [moment for moment, _ in reversed(last)]
            self._point_back(match, sentence, context)
        if match.form.rule == "quantity":
            behind, ahead = self.tokens.word(match.end), self.tokens.word(match.start - 1)
            context.around = self.grammar.behind.get(behind, "") or self.grammar.ahead.get(ahead, "")
            context.perfect = lambda: "present" if behind in self.grammar.until_now else self._perfect(sentence, start)
            context.event = self._event(match, sentence) if behind in self.grammar.behind else None
        elif match.form.rule == "unit":
            context.perfect = lambda: self._perfect(sentence, start) or self._perfect_behind(sentence, start, end)
        elif match.form.rule in DATES:
            context.story = self._story(sentence, start, end, before)
        return context

    def _point_back(self, match: Match, sentence: int, context: Context) -> None:
        """Let "that" and "the same" count from the date named last in their sentence, in whatever clause it stands."""
        if "REF" not in match.form.atoms or self._slots(match).reference() != ("text", 0):
            return
        here = [found for found in self.found[-_REMEMBERED:] if found.sentence == sentence and found.meaning.anchor and not self._is_of_law(found)]
        if here:
            nearest = [found.meaning.anchor for found in reversed(here) if found.meaning.anchor]
            context.text, context.same_sentence, context.dates = nearest[0], True, [*nearest, *context.dates]

    def _story(self, sentence: int, start: int, end: int, before: dict[str, int]) -> Moment | None:
        """The year or month that a month without a year belongs to, where that is not the document's."""
        paragraph = self._paragraph(sentence)
        for found in reversed(self.found[-_LOOKED:]):
            if self._paragraph(found.sentence) != paragraph:
                break
            if found.meaning.value == "PRESENT_REF":
                return None
            if not found.meaning.anchor or found.aside or (found.sentence == sentence and self._is_nested(found)):
                continue
            whole = found.meaning.anchor.unit == "Y" or found.meaning.precision == "season"
            same = found.sentence == sentence and not (found.recent and ";" in self.text[found.end : start])
            if same and (whole or not found.recent or found.meaning.basis == "text"):
                return found.meaning.anchor
            stated_year = found.meaning.anchor.unit == "Y" and found.meaning.basis == "stated"
            if stated_year or found.recent or sentence - found.sentence > _STORY or "since" in before or self._is_told(sentence, start, end):
                break  # a bare year tells of its own sentence only: what began in 1950 may have gone on last April
            return found.meaning.anchor
        if self.lead and self.lead[0] == paragraph:
            return self.lead[1]
        return self._of_list(sentence) or self.frames.get(self.sentences[sentence].section)

    def _event(self, match: Match, sentence: int) -> Moment | None:
        """The date of the event that a quantity counts from, where it names that right behind: "two years after the accord of 2016"."""
        following = self.following.get(match.start)
        if following is None or following.form.rule not in DATES or following.start - match.end > _EVENT:
            return None
        if not _WITHIN_CLAUSE.fullmatch(self.text, self.tokens.ends[match.end - 1], self.tokens.start(following.start)):
            return None
        found = self._meaning(following, sentence, {})
        if found is None or found.anchor is None or found.basis != "stated":
            return None
        self.events.add(following.start)
        return found.anchor

    def _of_list(self, sentence: int) -> Moment | None:
        """The date that a list item stands under: the one that ends the last paragraph before it that is no item, or is one farther to the left."""
        if self.sentences[sentence].role != "item":
            return None
        paragraph, indent = self._paragraph(sentence), self._indent(sentence)
        for number in range(sentence - 1, max(-1, sentence - _LOOKED), -1):
            if self._paragraph(number) != paragraph and (self.sentences[number].role != "item" or self._indent(number) < indent):
                return self.announced.get(self._paragraph(number))
        return None

    def _indent(self, sentence: int) -> int:
        """How far from the left a sentence's paragraph begins."""
        first = bisect_left(self.sentences, self._paragraph(sentence), key=lambda item: item.paragraph)
        start = self.starts[first]
        return start - self.text.rfind("\n", 0, start)

    def _is_told(self, sentence: int, start: int, end: int) -> bool:
        """Whether somebody says so then: what was said "in April" was said last April, whatever year is told of."""
        low = max(self.starts[sentence], start - _TELLING)
        high = min(self.sentences[sentence].end, end + _TELLING)
        telling = self.grammar.telling
        return bool(telling.search(self.text, low, start) or (start - low < _OPENING and telling.search(self.text, end, high)))

    def _direction(self, sentence: int, start: int, end: int, before: dict[str, int]) -> int:
        """1 where the nearest verb before, else the first one behind, speaks of the future; -1 where of the past, 0 for "by May", -2 where nothing tells."""
        if "since" in before or self.text[end : end + 2] in ("'s", "’s"):
            return -1
        low, high = max(self.starts[sentence], start - _BEFORE), min(self.sentences[sentence].end, end + _BEHIND)
        verb = last_match(self.grammar.looks, self.text, low, start) or self.grammar.looks.search(self.text, end, high)
        if verb:
            return 1 if verb["future"] else -1
        return 0 if self.grammar.likely.search(self.text, low, start) else -2

    def _perfect(self, sentence: int, start: int) -> str:
        """The tense of the last auxiliary before an expression."""
        last = last_match(self.grammar.perfect, self.text, max(self.starts[sentence], start - _CLAUSE), start)
        return (last.lastgroup or "") if last else ""

    def _perfect_behind(self, sentence: int, start: int, end: int) -> str:
        """The tense of the first auxiliary behind an expression that its sentence begins with."""
        opens = start - self.starts[sentence] < _OPENING
        first = self.grammar.perfect.search(self.text, end, min(self.sentences[sentence].end, end + _CLAUSE)) if opens else None
        return (first.lastgroup or "") if first else ""

    def _year_of_next(self, match: Match, sentence: int, listed: int) -> Moment | None:
        """For "March" in "between March and June 2019", "spring" in "the spring and summer of 2019": a moment in its year."""
        following = self.following.get(match.start)
        if following is None or following.form.rule != match.form.rule or not 0 < following.start - match.end <= _JOINED:
            return None
        if not {"to", "and", "or"} & self.grammar.relations.names(self.tokens.phrase(match.end, following.start)):
            return None
        found = self._meaning(following, sentence, {}, listed + 1)
        if found is None or found.anchor is None:
            return None
        month = self._slots(match).number(*MONTHS) if match.form.rule == "date" else 0
        return Moment(found.anchor.year - (month > found.anchor.month))

    def _is_name(self, match: Match, start: int, sentence: int) -> bool:
        """Whether a capital, where none is written, makes it part of a name: "60 Minutes", and in some languages "Plaza de Mayo", "Santo Domingo"."""
        names = self.grammar.names
        if names is None and match.form.atoms.isdisjoint(_UNITS):
            return False
        raw = [token.lstrip() for token in self.tokens.raw[match.start : match.end]]
        classes = [self.grammar.classes_of[code] for code in self.tokens.codes[match.start : match.end]]
        if not raw[0][:1].isupper() and any(word.istitle() and kinds & _UNITS for word, kinds in zip(raw, classes, strict=True)):
            return True
        if names is None or (match.form.atoms & {"YEAR", "YEARWORD"} and self._slots(match).has("YEAR", "YEARWORD")):
            return False
        if "MONTH" in classes[-1] and self.tokens.word(match.end) == ":":
            return False  # a chronicle's "Mayo: ..."
        opens = start - self.starts[sentence] < _OPENING and not any(char.isalnum() for char in self.text[self.starts[sentence] : start])
        for index, (word, kinds) in enumerate(zip(raw, classes, strict=True)):
            if word[:1].isupper() and kinds & {"MONTH", "WEEKDAY", "SEASON", "UNIT", "UNITS"}:
                return not opens or index > 0 or word.lower() in names
        return False

    def _leads(self, found: Found) -> bool:
        """Whether an expression heads its paragraph: "2012: ...", "**May 2019.** ..."."""
        if found.sentence and self._paragraph(found.sentence - 1) == self._paragraph(found.sentence):
            return False
        if found.start - self.starts[found.sentence] > _OPENING:
            return False
        before = self.text[self.starts[found.sentence] : found.start]
        return not any(char.isalnum() for char in before) and self.text[found.end : found.end + 1] in (":", ".", ")", "-", "–", "—", "]")

    def _announces(self, found: Found) -> bool:
        """Whether an expression ends its paragraph."""
        last = bisect_right(self.sentences, self._paragraph(found.sentence), key=lambda item: item.paragraph) - 1
        return last == found.sentence and not any(char.isalnum() for char in self.text[found.end : self.sentences[last].end])

    def _is_aside(self, found: Found) -> bool:
        """Whether it belongs to a clause beside the story: a person's career, an earlier event, the telling, a law, a far plan."""
        if self.document and found.meaning.anchor and found.meaning.anchor.year > self.document.year + 1:
            return True  # a plan, a model, a seat number: nothing counts from it
        if self._is_of_law(found):
            return True
        last = next((other for other in reversed(self.found[-_LOOKED:]) if other.meaning.anchor and not other.aside), None)
        if last is None or last.sentence != found.sentence or ";" in self.text[last.end : found.start]:
            return False
        if found.meaning.type == "DURATION":
            return True
        if {"since", "until", "before"} & found.before.keys() and "to" not in self.grammar.relations.names(self.tokens.word(found.last)):
            return True
        clause = self.text.rfind(",", last.end, found.start) + 1
        return bool(self.grammar.aside.search(self.text, max(last.end, clause, found.start - _CLAUSE), found.start))

    def _is_nested(self, found: Found) -> bool:
        """Whether it belongs to a relative clause that the sentence goes on behind: "Gudumbali, which it had held since 2018, was retaken"."""
        if found.meaning.basis != "stated" or not _CLOSED.match(self.text, found.end):
            return False
        low = max(self.starts[found.sentence], found.start - _BEFORE)
        return bool(self.grammar.nested.search(self.text[low : found.start]))

    def _is_of_law(self, found: Found) -> bool:
        """Whether a law stands shortly before it in its sentence."""
        low = max(1, found.first - _LAW)
        words = [self.tokens.word(index) for index in range(low, found.first) if self.tokens.start(index) >= self.starts[found.sentence]]
        return not self.grammar.laws.isdisjoint(words)


def _timex(found: Found) -> Timex:
    meaning = found.meaning
    interval, southern = (_about(_interval(ends), meaning.mod) for ends in (found.interval, found.southern))
    return Timex(
        start=found.start,
        end=found.end,
        type=meaning.type,
        value=meaning.value,
        mod=meaning.mod,
        edtf=interval,
        precision=found.precision if interval else None,
        phrase_start=found.phrase[0],
        phrase_end=found.phrase[1],
        basis=meaning.basis,
        southern=southern,
        aside=found.aside,
        until=found.until,
    )


def _about(interval: str, mod: str) -> str:
    """A date as EDTF, marked where the text says "around"."""
    return interval + "~" if mod == "APPROX" and interval and "/" not in interval else interval


def _interval(ends: tuple[str, str]) -> str:
    start, end = ends
    return start if start == end else f"{start}/{end}"
