"""Cues: words that speak for a phase, a status or an activity, and the matcher that finds them. How they are written: :mod:`gazetteer.codebook.patterns`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gazetteer.codebook.patterns import Word, is_word, stands

SCOPES = frozenset({"clause", "sentence", "heading"})
SlotEnd = Callable[[str, int], int]
"""``slot_end(slot, position)`` gives the end of what fills a slot at a position, or 0."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A compiled cue: it speaks for ``sense`` (a phase, a status, an activity) with a weight of 1 (weak) to 5 (decisive)."""

    text: str
    sense: str
    weight: float
    pattern: tuple[Word, ...]
    unless: tuple[tuple[Word, ...], ...] = ()
    scope: str = "clause"
    own: bool = False
    """Whether it is the codebook's own, not one of the general words."""
    family: str = ""
    """The sort of event that it tells of, the same in all languages."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue found at words ``start`` to ``end`` (exclusive) of a sentence."""

    cue: Cue
    start: int
    end: int


_Phrase = tuple[int, tuple[str, ...]]
"""A cue's number and an alternative of several words that it may begin with."""


class _Starts(NamedTuple):
    """What a word may begin."""

    whole: tuple[int, ...]
    """Numbers of the cues of which it is the whole."""
    first: tuple[int, ...]
    """Those of which it is the first word, where the second may be many words."""
    phrases: Mapping[str, Sequence[_Phrase]]
    """By their second word, alternatives of several words, and the first words of cues that go on with few words."""
    open_phrases: tuple[_Phrase, ...]
    """Those whose second word is a beginning."""


_NONE: frozenset[int] = frozenset()


class _Vocabulary:
    """Numbers by the words, exact or beginning alike, that they are entered under."""

    def __init__(self) -> None:
        self._exact: dict[str, set[int]] = defaultdict(set)
        self._family: dict[str, set[int]] = defaultdict(set)
        self._lengths: set[int] = set()

    def add(self, number: int, item: Word) -> None:
        """Enter a number under all words that an item of a pattern can begin with."""
        for word in item.begins:
            self._exact[word].add(number)
        for family in item.begin_families:
            self._family[family].add(number)
            self._lengths.add(len(family))

    def of(self, word: str) -> set[int]:
        """All numbers under a word."""
        found = set(self._exact.get(word, ()))
        for length in self._lengths:
            if length <= len(word):
                found |= self._family.get(word[:length], _NONE)
        return found


class Matcher:
    """Finds all cues of a list in a sentence."""

    def __init__(self, cues: Sequence[Cue]) -> None:
        self.cues = tuple(cues)
        self._first = _Vocabulary()
        self._anchors = _Vocabulary()
        self._unanchored: set[int] = set()
        for number, cue in enumerate(self.cues):
            self._first.add(number, cue.pattern[0])
            if cue.pattern[0].slots:  # tried only where a word of the sentence is one that it cannot do without
                anchor = next((item for item in cue.pattern if not item.slots and not item.optional), None)
                if anchor:
                    self._anchors.add(number, anchor)
                else:
                    self._unanchored.add(number)
        self._seconds = tuple(_second(cue.pattern) for cue in self.cues)
        self._starts: dict[str, _Starts | None] = {}
        self._anchored: dict[str, frozenset[int]] = {}

    def find(self, words: Sequence[str], slot_end: SlotEnd, skip: Collection[int] = ()) -> list[Hit]:
        """Find all hits in a sentence's words (keys, ``""`` for punctuation), in order. Of overlapping hits for one sense and family the longest stays.

        ``skip``: positions that part no words, such as those of hyphens and line ends.
        """
        if skip:
            return self._find_between(words, slot_end, skip)
        hits = self._word_first(words, slot_end)
        hits += self._slot_first(words, slot_end)
        return _longest([hit for hit in hits if not _excluded(hit, words, slot_end)]) if hits else hits

    def _find_between(self, words: Sequence[str], slot_end: SlotEnd, skip: Collection[int]) -> list[Hit]:
        """Do the same with the positions of ``skip`` taken out, and put back into the hits."""
        kept = [position for position in range(len(words)) if position not in skip]
        place = {position: number for number, position in enumerate(kept)}

        def inner_end(slot: str, position: int) -> int:
            end = slot_end(slot, kept[position])
            return place.get(end - 1, position) + 1 if end else 0

        return [Hit(hit.cue, kept[hit.start], kept[hit.end - 1] + 1) for hit in self.find([words[position] for position in kept], inner_end)]

    def _word_first(self, words: Sequence[str], slot_end: SlotEnd) -> list[Hit]:
        cues, starts = self.cues, self._starts
        hits: list[Hit] = []
        for word in set(words).difference(starts):
            starts[word] = self._starting(word)
        for position, word in enumerate(words):
            found = starts[word]
            if found is None:
                continue
            for number in found.whole:
                hits.append(Hit(cues[number], position, position + 1))
            for number in found.first:
                hits += self._begun(number, words, slot_end, position, position + 1)
            for number, phrase in self._phrases_at(found, words, position):
                hits += self._begun(number, words, slot_end, position, position + len(phrase))
        return hits

    def _begun(self, number: int, words: Sequence[str], slot_end: SlotEnd, start: int, behind: int) -> Sequence[Hit]:
        """Give the hit of a cue whose first item stands from ``start`` to ``behind``, none where the rest does not follow."""
        second = self._seconds[number]
        if second and not second.stands(words, behind):
            return ()
        cue = self.cues[number]
        end = _Attempt(cue.pattern, words, slot_end).match(1, behind)
        return (Hit(cue, start, end),) if end else ()

    @staticmethod
    def _phrases_at(starts: _Starts, words: Sequence[str], position: int) -> Iterator[_Phrase]:
        """Give the alternatives of several words that stand at a position."""
        second = words[position + 1] if position + 1 < len(words) else ""
        for item in starts.phrases.get(second, ()):
            if len(item[1]) <= 2 or stands(item[1][2:], words, position + 2):
                yield item
        for item in starts.open_phrases:
            if second.startswith(item[1][1][:-1]) and stands(item[1][2:], words, position + 2):
                yield item

    def _starting(self, word: str) -> _Starts | None:
        """Give the cues that a word may begin, None where there are none, as for most words."""
        numbers = sorted(self._first.of(word)) if word else []
        if not numbers:
            return None
        single = [number for number in numbers if self.cues[number].pattern[0].has(word)]
        whole = tuple(number for number in single if len(self.cues[number].pattern) == 1)
        phrases = [(number, phrase) for number in numbers for phrase in self.cues[number].pattern[0].phrases if is_word(phrase[0], word)]
        by_second: dict[str, list[_Phrase]] = defaultdict(list)
        for item in phrases:
            if not item[1][1].endswith("*"):
                by_second[item[1][1]].append(item)
        first: list[int] = []
        for number in single:
            second = self._seconds[number]
            if second and second.reach == 1 and not second.families:
                for following in second.exact:
                    by_second[following].append((number, (word,)))
            elif number not in whole:
                first.append(number)
        open_phrases = tuple(item for item in phrases if item[1][1].endswith("*"))
        return _Starts(whole, tuple(first), dict(by_second), open_phrases)

    def _slot_first(self, words: Sequence[str], slot_end: SlotEnd) -> list[Hit]:
        numbers = set(self._unanchored)
        for word in set(words):
            found = self._anchored.get(word)
            if found is None:
                found = self._anchored[word] = frozenset(self._anchors.of(word) if word else ())
            if found:
                numbers |= found
        by_slot: dict[str, list[int]] = defaultdict(list)
        for number in sorted(numbers):
            for slot in self.cues[number].pattern[0].slots:
                by_slot[slot].append(number)
        hits: list[Hit] = []
        for slot, cues in by_slot.items():
            for position in range(len(words)):
                filled = slot_end(slot, position)
                if not filled:
                    continue
                for number in cues:
                    hits += self._begun(number, words, slot_end, position, filled)
        return hits


class _Second(NamedTuple):
    """What the second item of a pattern can begin with, and how many words may stand before it: a look that spares most attempts."""

    exact: frozenset[str]
    families: tuple[str, ...]
    reach: int

    def stands(self, words: Sequence[str], position: int) -> bool:
        """Whether it may stand at a position or behind its gap."""
        for word in words[position : position + self.reach]:  # noqa: SIM110 -- any() takes twice the time
            if word in self.exact or word.startswith(self.families):
                return True
        return False


def _second(pattern: Sequence[Word]) -> _Second | None:
    """None where the second item may be missing or be a slot."""
    if len(pattern) < 2 or pattern[1].optional or pattern[1].slots:
        return None
    item = pattern[1]
    return _Second(item.begins, item.begin_families, item.gap + 1)


def _excluded(hit: Hit, words: Sequence[str], slot_end: SlotEnd) -> bool:
    """Whether what must not stand near a hit (six words before, four behind) stands there."""
    if not hit.cue.unless:
        return False
    low, high = max(0, hit.start - 6), min(len(words), hit.end + 4)
    near = words[:high]
    return any(_stands_within(pattern, near, low, slot_end) for pattern in hit.cue.unless)


def _stands_within(pattern: Sequence[Word], words: Sequence[str], low: int, slot_end: SlotEnd) -> bool:
    """Whether a pattern matches at a position from ``low`` on."""
    first = pattern[0]
    return any(first.may_begin(words[position]) and match_at(pattern, words, position, slot_end) for position in range(low, len(words)))


def _longest(hits: list[Hit]) -> list[Hit]:
    kept: list[Hit] = []
    taken: set[tuple[str, str, int]] = set()
    for hit in sorted(hits, key=lambda hit: (hit.start - hit.end, -hit.cue.weight, hit.start)):
        covered = [(hit.cue.sense, hit.cue.family, position) for position in range(hit.start, hit.end)]
        if taken.isdisjoint(covered):
            taken.update(covered)
            kept.append(hit)
    return sorted(kept, key=lambda hit: (hit.start, hit.end))


def match_at(pattern: Sequence[Word], words: Sequence[str], position: int, slot_end: SlotEnd) -> int:
    """End of a pattern's match that begins at a position, 0 where there is none."""
    return _Attempt(pattern, words, slot_end).match(0, position)


class _Attempt:
    """One pattern against one sentence; what failed is kept, so that many gaps do not multiply."""

    __slots__ = ("dead", "pattern", "slot_end", "words")

    def __init__(self, pattern: Sequence[Word], words: Sequence[str], slot_end: SlotEnd) -> None:
        self.pattern, self.words, self.slot_end = pattern, words, slot_end
        self.dead: set[tuple[int, int]] = set()

    def match(self, item: int, position: int) -> int:
        """End of the match of the pattern's items from ``item`` on, the first of them at ``position`` or a gap behind it; 0 where there is none."""
        if item == len(self.pattern):
            return position
        if (item, position) in self.dead:
            return 0
        word, words = self.pattern[item], self.words
        for here in range(position, min(len(words), position + word.gap + 1)):
            if not word.may_begin(words[here]):
                continue
            for end in self.ends(word, here):
                found = self.match(item + 1, end)
                if found:
                    return found
        found = self.match(item + 1, position) if word.optional else 0
        if not found:
            self.dead.add((item, position))
        return found

    def ends(self, word: Word, position: int) -> Sequence[int]:
        """Give the ends of all that can stand for one item of the pattern at a position."""
        here = self.words[position]
        single = (position + 1,) if word.has(here) else ()
        if not word.phrases and not word.slots:
            return single
        phrases = [position + len(phrase) for phrase in word.phrases if is_word(phrase[0], here) and stands(phrase, self.words, position)]
        slots = [end for end in [self.slot_end(slot, position) for slot in word.slots] if end]
        return (*single, *phrases, *slots)
