"""The language in which cues are written, and its matcher.

A cue is a line of words that a researcher can write without programming::

    arriv*                       a word family: arrives, arrived, arrival
    take* over                   words in this order
    (control|rule)* of           one of several; a star behind the bracket makes families of them
    set up ... cell*             up to five words in between; ..2 for up to two
    the? first store             a word that may be missing
    {actor} in {place}           slots: {actor}, {rival}, {generic}, {authority}, {place}, {date}, {number}

Case and accents do not count; a hyphen parts words as a space does. A cue may also be a table: ``{ words = "...", weight = 3, unless = ["..."], scope = "heading" }``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from gazetteer.names import key

SLOTS = frozenset({"actor", "rival", "generic", "authority", "place", "date", "number"})
SCOPES = frozenset({"clause", "sentence", "heading"})
_ITEM = re.compile(r"\{(\w+)\}|\(([^()]*)\)(\*?)(\??)|(\.\.\.)|\.\.(\d+)|([^\s(){}]+)")
_GAP = 5


@dataclass(frozen=True, slots=True)
class Word:
    """One place in a pattern: exact words and beginnings of words, or a slot; ``optional`` when it may be missing."""

    exact: frozenset[str]
    families: tuple[str, ...]
    slot: str = ""
    optional: bool = False
    gap: int = 0
    """How many words may stand before it."""
    phrases: tuple[tuple[str, ...], ...] = ()
    """Alternatives of several words."""


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


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue found at words ``start`` to ``end`` (exclusive) of a sentence."""

    cue: Cue
    start: int
    end: int


class CueSyntaxError(ValueError):
    """A cue that cannot be read."""


def _words(alternatives: Iterable[str], star: bool) -> tuple[frozenset[str], tuple[str, ...], tuple[tuple[str, ...], ...]]:
    exact: set[str] = set()
    families: list[str] = []
    phrases: list[tuple[str, ...]] = []
    for alternative in alternatives:
        family = star or alternative.endswith("*")
        parts = tuple(key(alternative.rstrip("*")).split())
        if not parts:
            raise CueSyntaxError("an alternative without a letter")
        if len(parts) > 1:
            phrases.append(parts[:-1] + ((parts[-1] + "*") if family else parts[-1],))
        elif family:
            families.append(parts[0])
        else:
            exact.add(parts[0])
    return frozenset(exact), tuple(families), tuple(phrases)


def compile_pattern(text: str) -> tuple[Word, ...]:
    """A cue's words as a pattern.

    Raises CueSyntaxError with what is wrong and how it is meant.
    """
    pattern: list[Word] = []
    gap = position = 0
    for match in _ITEM.finditer(text):
        between = text[position : match.start()]
        if between.strip() or (position and not between):
            raise CueSyntaxError(f"{text!r} cannot be read at {text[max(0, match.start() - 1) :]!r}; write words, word*, (a|b), ..., ..2 or {{slot}}, parted by spaces")
        position = match.end()
        slot, group, star, optional, dots, count, word = match.groups()
        if dots or count:
            gap = int(count) if count else _GAP
            continue
        if slot:
            if slot not in SLOTS:
                raise CueSyntaxError(f"unknown slot {{{slot}}} in {text!r}; the slots are {', '.join('{' + name + '}' for name in sorted(SLOTS))}")
            pattern.append(Word(frozenset(), (), slot, gap=gap))
        elif group is not None:
            pattern.append(_word(group.split("|"), bool(star), bool(optional), gap))
        else:
            pattern += _plain(word, gap)
        gap = 0
    if text[position:].strip():
        raise CueSyntaxError(f"{text[position:].strip()!r} in {text!r} cannot be read")
    if not any(item.exact or item.families or item.phrases for item in pattern):
        raise CueSyntaxError(f"{text!r} names no word")
    if pattern[0].optional or gap:
        raise CueSyntaxError(f"{text!r} begins with a word that may be missing, or ends in a gap")
    return tuple(pattern)


def _word(alternatives: list[str], star: bool, optional: bool, gap: int) -> Word:
    exact, families, phrases = _words(alternatives, star)
    return Word(exact, families, optional=optional, gap=gap, phrases=phrases)


def _plain(word: str, gap: int) -> list[Word]:
    """A bare word; one with a hyphen is as many words as the text has there."""
    optional, star = word.endswith("?"), word.rstrip("?").endswith("*")
    pieces = key(word.rstrip("?*")).split()
    if not pieces:
        raise CueSyntaxError(f"{word!r} has no letter")
    out = []
    for number, piece in enumerate(pieces):
        family = star and number == len(pieces) - 1
        out.append(Word(frozenset() if family else frozenset({piece}), (piece,) if family else (), optional=optional, gap=gap if number == 0 else 0))
    return out


class Matcher:
    """Finds all cues of a list in a sentence."""

    def __init__(self, cues: Sequence[Cue]) -> None:
        self.cues = tuple(cues)
        self._exact: dict[str, list[int]] = defaultdict(list)
        self._family: dict[str, list[int]] = defaultdict(list)
        self._slots: dict[str, list[int]] = defaultdict(list)
        self._starters: dict[str, tuple[int, ...]] = {}
        for number, cue in enumerate(self.cues):
            first = cue.pattern[0]
            for word in first.exact:
                self._exact[word].append(number)
            for phrase in first.phrases:
                self._exact[phrase[0]].append(number)
            for family in first.families:
                self._family[family].append(number)
            if first.slot:
                self._slots[first.slot].append(number)
        self._lengths = sorted({len(family) for family in self._family})

    def _starting(self, word: str) -> tuple[int, ...]:
        found = self._starters.get(word)
        if found is None:
            numbers = set(self._exact.get(word, ()))
            for length in self._lengths:
                if length > len(word):
                    break
                numbers |= set(self._family.get(word[:length], ()))
            found = self._starters[word] = tuple(sorted(numbers))
        return found

    def find(self, words: Sequence[str], slot_end: Callable[[str, int], int]) -> list[Hit]:
        """All hits in a sentence's words (keys, ``""`` for punctuation).

        ``slot_end(slot, position)`` gives the end of what fills a slot at a position, or 0. Of overlapping hits for one sense the longest stays.
        """
        hits: list[Hit] = []
        for position, word in enumerate(words):
            for number in self._starting(word) if word else ():
                cue = self.cues[number]
                end = match_at(cue.pattern, words, position, slot_end)
                if end:
                    hits.append(Hit(cue, position, end))
        for slot, numbers in self._slots.items():
            for position in range(len(words)):
                if not slot_end(slot, position):
                    continue
                for number in numbers:
                    end = match_at(self.cues[number].pattern, words, position, slot_end)
                    if end:
                        hits.append(Hit(self.cues[number], position, end))
        return _longest([hit for hit in hits if not _excluded(hit, words, slot_end)]) if hits else hits


def _excluded(hit: Hit, words: Sequence[str], slot_end: Callable[[str, int], int]) -> bool:
    """Whether what must not stand near a hit (six words before, four behind) stands there."""
    if not hit.cue.unless:
        return False
    low, high = max(0, hit.start - 6), min(len(words), hit.end + 4)
    return any(match_at(pattern, words[:high], position, slot_end) for pattern in hit.cue.unless for position in range(low, high))


def _longest(hits: list[Hit]) -> list[Hit]:
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start - hit.end, -hit.cue.weight, hit.start)):
        if not any(hit.cue.sense == other.cue.sense and hit.start < other.end and other.start < hit.end for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: (hit.start, hit.end))


def match_at(pattern: Sequence[Word], words: Sequence[str], position: int, slot_end: Callable[[str, int], int]) -> int:
    """End of a pattern's match that begins at a position, 0 where there is none."""
    return _match(pattern, 0, words, position, slot_end)


def _match(pattern: Sequence[Word], item: int, words: Sequence[str], position: int, slot_end: Callable[[str, int], int]) -> int:
    if item == len(pattern):
        return position
    word = pattern[item]
    size = len(words)
    for skipped in range(word.gap + 1):
        here = position + skipped
        if here >= size:
            break
        for end in _ends(word, words, here, slot_end):
            found = _match(pattern, item + 1, words, end, slot_end)
            if found:
                return found
    return _match(pattern, item + 1, words, position, slot_end) if word.optional else 0


def _ends(word: Word, words: Sequence[str], position: int, slot_end: Callable[[str, int], int]) -> list[int]:
    if word.slot:
        end = slot_end(word.slot, position)
        return [end] if end else []
    here = words[position]
    ends = [position + 1] if here and (here in word.exact or here.startswith(word.families)) else []
    for phrase in word.phrases:
        end = position + len(phrase)
        if tuple(words[position : end - 1]) == phrase[:-1] and end <= len(words):
            last = phrase[-1]
            if words[end - 1] == last or last.endswith("*") and words[end - 1].startswith(last[:-1]):
                ends.append(end)
    return ends
