"""The language in which cues are written.

A cue is a line of words that a researcher can write without programming::

    arriv*                       a word family: arrives, arrived, arrival
    take* over                   words in this order
    (control|rule)* of           one of several; a star behind the bracket makes families of them
    set up ... cell*             up to five words in between; ..2 for up to two
    first confirmed? store       a word that may be missing, never the first
    {actor} in {place}           slots: {actor}, {rival}, {generic}, {authority}, {place}, {date}, {number} ("12", "twelve"), {figure} ("12"), also
                                 inside brackets

Case and accents do not count; a hyphen parts words as a space does.
A cue may also be a table: ``{ words = "...", weight = 3, unless = ["..."], scope = "heading" }``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from gazetteer.text.names import key
from gazetteer.text.tokens import Tokens

SLOTS = frozenset({"actor", "rival", "generic", "authority", "place", "date", "number", "figure"})
_ITEM = re.compile(r"\{(\w+)\}|\(([^()]*)\)(\*?)(\??)|(\.\.\.|…)|\.\.(\d{1,3})|(?P<word>[^\s(){}]+)")
_DOTS = re.compile(r"\.\.|…")
"""A gap that a blank is missing before."""
_SLOT = re.compile(r"\s*\{(\w+)\}\s*")
_GAP = 5
_MAX_GAP = 20
_NOT_IN_WORDS = frozenset("*?|{}")
_MAX_WORDS = 40
"""Words of one cue: a sentence has some 25."""


@dataclass(frozen=True, slots=True)
class Word:
    """One place in a pattern: exact words, beginnings of words and slots, any of them; ``optional`` when it may be missing."""

    exact: frozenset[str]
    families: tuple[str, ...]
    slots: tuple[str, ...] = ()
    optional: bool = False
    gap: int = 0
    """How many words may stand before it."""
    phrases: tuple[tuple[str, ...], ...] = ()
    """Alternatives of several words; one that ends in a star is a beginning."""
    begins: frozenset[str] = field(init=False)
    """All words that it may begin with, but for slots and ``begin_families``."""
    begin_families: tuple[str, ...] = field(init=False)
    """Beginnings of the others."""

    def __post_init__(self) -> None:
        """Gather how it may begin, so that most attempts end at the first word."""
        heads = [phrase[0] for phrase in self.phrases]
        object.__setattr__(self, "begins", self.exact.union(head for head in heads if not head.endswith("*")))
        object.__setattr__(self, "begin_families", (*self.families, *(head[:-1] for head in heads if head.endswith("*"))))

    def may_begin(self, word: str) -> bool:
        """Whether it may begin with a word, as far as the word alone tells."""
        return word in self.begins or word.startswith(self.begin_families) or bool(self.slots)

    def has(self, word: str) -> bool:
        """Whether a word by itself is one of its alternatives; ``""`` is none."""
        return word in self.exact or word.startswith(self.families)

    def end(self, words: Sequence[str], position: int) -> int:
        """Give the end of the alternative that stands at a position, a word by itself before several; 0 where none does. Slots do not count."""
        if self.has(words[position]):
            return position + 1
        return next((position + len(phrase) for phrase in self.phrases if stands(phrase, words, position)), 0)


def stands(phrase: Sequence[str], words: Sequence[str], position: int) -> bool:
    """Whether the words of a phrase, of which each may be a beginning ("cell*"), stand at a position."""
    there = words[position : position + len(phrase)]
    return len(there) == len(phrase) and all(map(is_word, phrase, there))


def is_word(part: str, word: str) -> bool:
    """Whether a word of a phrase is a word, or the beginning of it that a star says."""
    return word == part or (part.endswith("*") and word.startswith(part[:-1]))


class CueSyntaxError(ValueError):
    """A cue that cannot be read."""


def compile_pattern(text: str) -> tuple[Word, ...]:
    """Read a cue's words as a pattern.

    Raises CueSyntaxError with what is wrong and how it is meant.
    """
    pattern: list[Word] = []
    gap = position = 0
    for match in _ITEM.finditer(text):
        between = text[position : match.start()]
        glued = match["word"] is not None and _DOTS.search(match["word"])
        if between.strip() or (position and not between) or glued:
            rest = text[max(0, match.start() - 1) :]
            raise CueSyntaxError(f"{text!r} cannot be read at {rest!r}; write words, word*, (a|b), ..., ..2 or {{slot}}, parted by spaces")
        position = match.end()
        slot, group, star, optional, dots, count, word = match.groups()
        if dots or count:
            gap = _gap(int(count or _GAP), gap, text)
            continue
        if slot:
            pattern.append(Word(frozenset(), (), (_slot(slot, text),), gap=gap))
        elif group is not None:
            pattern.append(_word(group.split("|"), star=bool(star), optional=bool(optional), gap=gap))
        else:
            pattern += _plain(word, gap)
        gap = 0
    if text[position:].strip():
        raise CueSyntaxError(f"{text[position:].strip()!r} in {text!r} cannot be read")
    if not any(item.exact or item.families or item.phrases for item in pattern):
        raise CueSyntaxError(f"{text!r} names no word")
    if pattern[0].optional or gap:
        raise CueSyntaxError(f"{text!r} begins with a word that may be missing, or ends in a gap")
    if pattern[0].gap:
        raise CueSyntaxError(f"{text!r} begins with a gap; begin with a word or a slot")
    if len(pattern) > _MAX_WORDS:
        raise CueSyntaxError(f"{text[:40]!r}... has {len(pattern)} words; a cue has at most {_MAX_WORDS}")
    return tuple(pattern)


def one_of(words: Iterable[str]) -> Word:
    """Read a list of words (``gang*``, ``task force``) as one place in a pattern at which any of them may stand.

    Raises CueSyntaxError where one cannot be read.
    """
    return _word(words, star=False, optional=False, gap=0)


def _gap(count: int, before: int, text: str) -> int:
    if before or not 0 < count <= _MAX_GAP:
        raise CueSyntaxError(f"{text!r} has a gap that is none of ..1 to ..{_MAX_GAP}, or two gaps side by side")
    return count


def _slot(name: str, text: str) -> str:
    if name not in SLOTS:
        raise CueSyntaxError(f"unknown slot {{{name}}} in {text!r}; the slots are {', '.join('{' + slot + '}' for slot in sorted(SLOTS))}")
    return name


def _keys(text: str) -> tuple[str, ...]:
    """Words as the matcher meets them in a text; a star behind one stays."""
    keys: list[str] = []
    for part in text.split():
        bare = part.rstrip("*")
        if not bare or not _NOT_IN_WORDS.isdisjoint(bare):
            raise CueSyntaxError(f"{part!r} in {text!r} cannot be read: * and ? stand at the end of a word, | only inside brackets, a slot by itself")
        words = [key(bare)] if bare.isalpha() else [word for word in Tokens(bare).keys if word]
        if part != bare and words:
            words[-1] += "*"
        keys += words
    if not keys:
        raise CueSyntaxError(f"{text!r} has no letter")
    return tuple(keys)


def _word(alternatives: Iterable[str], *, star: bool, optional: bool, gap: int) -> Word:
    exact: set[str] = set()
    families: list[str] = []
    phrases: list[tuple[str, ...]] = []
    slots: list[str] = []
    for alternative in alternatives:
        slot = _SLOT.fullmatch(alternative) if "{" in alternative else None
        if slot:
            slots.append(_slot(slot[1], alternative.strip()))
            continue
        words = _keys(alternative)
        words = (*words[:-1], words[-1].rstrip("*") + "*" if star else words[-1])
        if len(words) > 1:
            phrases.append(words)
        elif words[0].endswith("*"):
            families.append(words[0][:-1])
        else:
            exact.add(words[0])
    return Word(frozenset(exact), tuple(families), tuple(slots), optional, gap, tuple(phrases))


def _plain(word: str, gap: int) -> list[Word]:
    """Give a bare word; one with a hyphen is as many words as the text has there."""
    optional = word.endswith("?")
    pieces = _keys(word.removesuffix("?"))
    return [_word([piece], star=False, optional=optional, gap=0 if number else gap) for number, piece in enumerate(pieces)]
