"""How a name stands in its sentence, which tells whether the sentence speaks of the place at all.

A container ("Piura in Peru"), a speaker's seat, a victim's route are only named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from gazetteer.index.containment import holds
from gazetteer.passages import Named, Passage
from gazetteer.passages.clauses import nearness, span_distance
from gazetteer.passages.reader import PassageReader
from gazetteer.records import Span
from gazetteer.text.lexicon import word_classes
from gazetteer.text.tokens import POSSESSED

Vector = dict[str, float]
_IN_ONE_BREATH = 2
_GAP = 3
"""Words between two places of a list, at most: ", and in"."""
_BOUNDS = 6
"""Places in a list of what bounds another one, at most."""
_SKIPPED = 4
"""Words such as "the northern state of" that may stand between a preposition and its name, at most."""
_DATELINE = 14
"""Words between the place of a dateline and its dash, at most."""
_DASHES = frozenset({"-", "–", "—"})
_CLOSE = 3
"""Tokens between a name and what holds it, at most, where the two are said in one breath."""


class Standing:
    """Features of how a name stands in its sentence, the same for all phases."""

    def __init__(self, reader: PassageReader) -> None:
        self.reader = reader
        self.classes = word_classes(reader.language.code)
        words = partial(reader.language.words, "clauses")
        self.opening, self.joining, self.inside = words("opening"), words("joining"), words("inside")
        self.of, self.coming, self.demonstratives = words("of"), words("from"), words("demonstratives")
        self.offices, self.speakers = words("offices"), words("speakers")
        self.again = self.of | self.inside
        self.borders = re.compile(rf"(?<!\w)(?:{reader.language.table('clauses')['borders']})(?: (?:{'|'.join(sorted(self.demonstratives))}))?$")
        self.directions = tuple(reader.language.table("clauses")["directions"])
        self._last: tuple[Sequence[str], list[tuple[int, bool, bool]]] = ((), [])

    def group(self, passage: Passage, number: int) -> list[int]:
        """The places that stand with one in a list: only commas, "and" and small words between them."""
        out = [number]
        for step in (-1, 1):
            here = number
            while 0 <= here + step < len(passage.named) and self._listed(passage, min(here, here + step)):
                here += step
                out.append(here)
        return sorted(out)

    def _listed(self, passage: Passage, left: int) -> bool:
        end, start = passage.named[left].end, passage.named[left + 1].start
        gap = passage.words[end:start]
        return 0 < len(gap) <= _GAP and all(
            not word or word in self.joining or (i and gap[i - 1] in self.joining and word in self.again) for i, word in enumerate(gap)
        )

    def is_qualifier(self, passage: Passage, number: int) -> bool:
        """Whether a place only says where another one is: "Piura in Peru", "Irving, Texas", "Bogotá's Kennedy" (codebook, rule 3 of observations)."""
        mine = passage.named[number]
        if mine.resolution.place is None or mine.points_back:
            return False
        if self._is_border(passage, number) or self._is_dateline(passage, number):
            return True
        if number and self._is_held(passage.named[number - 1], mine):
            gap = passage.words[passage.named[number - 1].end : mine.start]
            if 0 < len(gap) <= _IN_ONE_BREATH and all(not word or word in self.inside for word in gap):
                return True
        if number + 1 < len(passage.named) and self._is_held(passage.named[number + 1], mine):
            return passage.words[mine.end : passage.named[number + 1].start] == (POSSESSED,)
        return False

    def _is_border(self, passage: Passage, number: int) -> bool:
        """Whether a place, or the list that it goes on, only bounds the place before: "Lima, which borders Ica", "limita con Colombia y con Brasil"."""
        for here in range(number, max(0, number - _BOUNDS), -1):
            start = passage.named[here].start
            if self.borders.search(" ".join(passage.texts[max(0, start - _SKIPPED) : start]).lower()):
                return True
            gap = passage.words[passage.named[here - 1].end : start]
            if not 0 < len(gap) <= _GAP or (gap[0] and gap[0] not in self.joining):
                return False
        return False

    @staticmethod
    def _is_dateline(passage: Passage, number: int) -> bool:
        """Whether a place only heads a dispatch that tells of a town or a state: "ATHENS, Sept 18 (Wire) - Police raided a villa in Vari"."""
        named, texts = passage.named, passage.texts
        if number or named[0].start:
            return False
        dash = next((i for i in range(named[0].end, min(named[0].end + _DATELINE, len(texts))) if texts[i] in _DASHES), 0)
        between = [i for i in range(named[0].end, dash) if passage.words[i] and not any(start <= i < end for start, end, _ in passage.timexes)]
        if not dash or any(passage.words[i].isalpha() and texts[i].islower() for i in between):
            return False
        if dash == named[0].end and any(item.start == dash + 1 for item in named):
            return False  # "Tame-Arauca": two names
        later = [item.resolution.place for item in named if item.start > dash and item.resolution.place and not item.points_back]
        return named[0].resolution.place not in later and any(place.level not in ("country", "region") for place in later)

    @staticmethod
    def is_bare(passage: Passage) -> bool:
        """Whether a sentence has nothing but places and dates, so that it says nothing of them: a dateline.

        Not so the item of a list, which may be one of the things that its heading tells of.
        """
        spans = [*((item.start, item.end) for item in passage.named), *((start, end) for start, end, _ in passage.timexes)]
        said = (position for position, word in enumerate(passage.words) if word and not any(start <= position < end for start, end in spans))
        return passage.sentence.role == "text" and next(said, None) is None

    @staticmethod
    def _is_held(inner: Named, outer: Named) -> bool:
        places = outer.resolution.place, inner.resolution.place
        return places[0] is not None and places[1] is not None and holds(places[0], places[1])

    def features(self, passage: Passage, number: int, spans: Sequence[Span]) -> Vector:
        """Features of a place; ``spans``: it and its neighbours in a list, as word offsets."""
        named = passage.named[number]
        out: Vector = {"role=" + passage.sentence.role: 1.0}
        if named.points_back:
            out["points back"] = 1.0
        self._before(passage, spans, out)
        out["after=" + self._after(passage.words, named.end)] = 1.0
        self._containers(passage, number, out)
        if any(word in self.speakers for word in passage.words[max(0, named.start - 6) : named.end + 3]):
            out["speaker"] = 1.0
        self._who(passage, named, out)
        if len(spans) > 1:
            out["listed"] = 1.0
        out["many"] = min(len(passage.named), 8) / 8
        return out

    def _before(self, passage: Passage, spans: Sequence[Span], out: Vector) -> None:
        """The preposition before a name and the office before that: "the mayor of"."""
        words = passage.words
        before = spans[0][0] - 1
        while before >= 0 and spans[0][0] - 1 - before < _SKIPPED and self._is_skipped(words[before]):
            before -= 1
        word = words[before] if before >= 0 else "^"
        out["prep=" + (word if word in self.classes.before_place or word in self.of or word == "^" else ("other" if word else ","))] = 1.0
        if word in self.coming and len(passage.named) > len(spans):
            out["from elsewhere"] = 1.0
        if before > 0 and words[before - 1] in self.offices:
            out["office close"] = 1.0
        if before <= 1:
            out["opens"] = 1.0
        if any(word in self.offices for word in words[max(0, before - 4) : max(0, before + 1)]):
            out["office"] = 1.0

    def _is_skipped(self, word: str) -> bool:
        return bool(word) and (word in self.demonstratives or word in self.classes.features or word in self.of or word.startswith(self.directions))

    def _after(self, words: Sequence[str], end: int) -> str:
        """What follows a name: a word that opens or joins a clause, a comma, a possessive, the end."""
        after = words[end] if end < len(words) else "$"
        if after in self.opening or after in self.joining or after in self.of or after in ("$", POSSESSED):
            return after
        return "other" if after else ","

    def _who(self, passage: Passage, named: Named, out: Vector) -> None:
        """How near to a name its sentence speaks of an actor, of what spreads in general, of the state's bodies."""
        scale, span = passage.scale, (named.start, named.end)
        who = [nearness(span_distance(scale, (ref.position, ref.end), span)) for ref in passage.actors]
        generic = authority = 0.0
        for position, is_generic, is_authority in self._bodies(passage.words):
            value = nearness(span_distance(scale, (position, position + 1), span))
            generic = max(generic, value * is_generic)
            authority = max(authority, value * is_authority)
        out["actor"], out["generic"], out["authority"] = max(who, default=0.0), generic, authority
        if not who and not generic:
            out["nobody"] = 1.0

    def _bodies(self, words: Sequence[str]) -> list[tuple[int, bool, bool]]:
        """Where a sentence speaks of what spreads in general and of the state's bodies; kept for the other places of the same sentence."""
        if self._last[0] is not words:
            found = [(position, *self.reader.speaks_of(word)) for position, word in enumerate(words) if word]
            self._last = words, [item for item in found if item[1] or item[2]]
        return self._last[1]

    def _containers(self, passage: Passage, number: int, out: Vector) -> None:
        """Whether the sentence names what holds the place, or what the place holds."""
        mine = passage.named[number]
        place = mine.resolution.place
        if place is None:
            out["unresolved"] = 1.0
            return
        for other, item in enumerate(passage.named):
            further = item.resolution.place
            if other == number or further is None:
                continue
            if holds(further, place):
                out["held"] = 1.0
            if not holds(place, further):
                continue
            if other < number:
                close = mine.start - item.end <= _CLOSE and (other == number - 1 or self._holds_all(passage, number, other))
                out["holds before close" if close else "holds before"] = 1.0
            else:
                out["holds behind close" if item.start - mine.end <= _CLOSE else "holds behind"] = 1.0

    @staticmethod
    def _holds_all(passage: Passage, number: int, first: int) -> bool:
        """Whether a place holds all that are named from another one up to it."""
        place = passage.named[number].resolution.place
        between = [item.resolution.place for item in passage.named[first:number]]
        return place is not None and all(inner is not None and holds(place, inner) for inner in between)
