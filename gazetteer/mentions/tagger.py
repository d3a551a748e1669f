"""Tells names of places, people and organisations apart: a linear-chain model over the capitalised words of a text.

Only runs of capitalised words (with the small words inside them, as in "Bank of Guyana") are tagged: everything else is no name, which is what makes
it fast. The model is a conditional random field (Lafferty et al. 2001) whose weights ``gazetteer/training/tagger.py`` learns; decoding is Viterbi's.
What it was learned from: ``data/README.md``.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from operator import add
from typing import Any

from gazetteer.files import shipped_json
from gazetteer.mentions.matching import Match, Matcher
from gazetteer.records import Tagged
from gazetteer.text.lexicon import WordClasses, people, small_words
from gazetteer.text.tokens import Tokens

LABELS = ("O", "B-LOC", "I-LOC", "B-PER", "I-PER", "B-ORG", "I-ORG")
_INSIDE = frozenset(number for number, label in enumerate(LABELS) if label[0] == "I")
_JOINERS = frozenset({"-", "‐", "‑", "&", "'s", "’s", "/"})
_NEVER = -(10**7)
_IMPOSSIBLE = -9000
"""A transition that weighs less than this cannot be."""
_OFFSET = 1 << 20
"""Added to the fields of kept sums, so that none is negative; weights are some thousands at most."""
_MOST_SUMS = 400_000
"""Observations whose sums are kept at a time: some 100 MB."""


def runs(tokens: Tokens) -> list[tuple[int, int]]:
    """Give runs of capitalised words with what joins them, as token offsets; a run ends at punctuation and at a line's end."""
    texts, keys, capital, inside = tokens.texts, tokens.keys, tokens.capital, small_words().inside
    out: list[tuple[int, int]] = []
    size = len(texts)
    position = 0
    while position < size:
        if not capital[position]:
            position += 1
            continue
        end = position + 1
        look = end
        while look < size and look - end < 4:
            if capital[look]:
                end = look + 1
            elif not (keys[look] in inside or texts[look] in _JOINERS or texts[look].isdigit() or (texts[look] == "." and _dotted(texts[look - 1]))):
                break
            look += 1
        out.append((position, end))
        position = end
    return out


def _dotted(word: str) -> bool:
    """Whether a full stop behind the word may be its own: an initial or a short abbreviation."""
    return len(word) <= 3 and word[0].isupper()


# ------------------------------------------------------------------ features

Part = tuple[Any, ...]
"""Some features of a token that texts have again and again, so that their scores can be kept: the function that names them, and what they are made of."""
Seen = tuple[list[str], list[Part]]
"""All features of a token: by name, and as parts."""


def _names(part: Part) -> tuple[str, ...]:
    """Give the features of a part."""
    found: tuple[str, ...] = part[0](*part[1:])
    return found


def _own(text: str, at: str, cover: str, mine: str, marks: str) -> tuple[str, ...]:
    return ("h=" + shape(text) + at, "g=" + cover, "c=" + mine, "gc=" + cover + "|" + mine, "d=" + marks, "gd=" + cover + marks)


def _classes(left: str, mine: str, right: str) -> tuple[str, ...]:
    return ("c<" + left, "c>" + right, "cc>" + mine + "|" + right, "cc<" + left + "|" + mine)


def _covers(left: str, right: str) -> tuple[str, ...]:
    return ("g<" + left, "g>" + right)


def _whole(length: int, at: str, first_class: str, last_class: str) -> tuple[str, ...]:
    return (f"n={length}{at}", "a=" + first_class + at, "z=" + last_class + at)


def _opening(before_class: str, cover: str, begins: bool, mine: str) -> tuple[str, ...]:
    start = "1" if begins else "0"
    return ("-c=" + before_class + "|" + cover, "ss=" + start + mine, "ssg=" + start + cover)


def _closing(after_class: str, cover: str, comma: str) -> tuple[str, ...]:
    return ("+c=" + after_class + "|" + cover, "," + comma + cover[:2])


def shape(text: str) -> str:
    """Coarse shape: ``X`` one capital, ``XX`` capitals, ``Xx``, ``xX`` mixed, ``x``, ``9``, else the character."""
    if text.isupper():
        return "X" if len(text) == 1 else ("X." if "." in text else "XX")
    if text[0].isupper():
        return "Xx" if text[1:].islower() else "xX"
    return "x" if text[0].isalpha() else ("9" if text[0].isdigit() else text[0])


class Features:
    """Features of the tokens of one document."""

    def __init__(self, tokens: Tokens, matches: Sequence[Match | None], matcher: Matcher, classes: WordClasses, starts: frozenset[int]) -> None:
        """Take a text apart. ``starts``: the tokens that begin a sentence."""
        self.tokens = tokens
        self.classes = classes
        self.starts = starts
        self.capitals = [number for number, capital in enumerate(tokens.capital) if capital]
        self.cover = self._cover(matches, matcher)
        self.person_words = self._person_words()
        self.placed_words = self._placed_words()

    def _cover(self, matches: Sequence[Match | None], matcher: Matcher) -> list[str]:
        """For each token the gazetteer's name that covers it, as B, I or U (alone) and what bears the name."""
        cover = [""] * len(self.tokens)
        end = 0
        for number, match in enumerate(matches):
            if match is None or number < end:
                continue
            kind = matcher.kind(match)
            cover[number] = ("U" if match.end == number + 1 else "B") + kind
            for inner in range(number + 1, match.end):
                cover[inner] = "I" + kind
            end = match.end
        return cover

    def _person_words(self) -> frozenset[str]:
        """Words that stand somewhere in the text as a person's name: behind a title or a given name."""
        tokens, found = self.tokens, set()
        keys, capital, texts = tokens.keys, tokens.capital, tokens.texts
        given, surnames = people()
        for number in self.capitals:
            if not number:
                continue
            before = number - 1
            if texts[before] == "." and before:
                before -= 1
            word = keys[before]
            if capital[before] and (
                word in self.classes.titles or (word in given and not self.cover[before].endswith(("C", "S")) and keys[number] in surnames)
            ):
                found.add(keys[number])
        return frozenset(found)

    def _placed_words(self) -> frozenset[str]:
        """Words that stand somewhere in the text behind "in", "near" and the like."""
        keys, capital, before_place = self.tokens.keys, self.tokens.capital, self.classes.before_place
        return frozenset([keys[number] for number in self.capitals if number and not capital[number - 1] and keys[number - 1] in before_place])

    def word_class(self, position: int) -> str:
        """Letters for what a word is."""
        return self.classes.letters(self.tokens.keys[position])

    def run(self, start: int, end: int) -> list[list[str]]:
        """Features of each token of a run, by name."""
        return [[*names, *(name for part in parts for name in _names(part))] for names, parts in self.seen(start, end)]

    def seen(self, start: int, end: int) -> list[Seen]:
        """Give the same before it is spelled out: features by name, and what the others are made of."""
        keys, texts, cover = self.tokens.keys, self.tokens.texts, self.cover
        last_number = end - 1
        length = min(end - start, 6)
        word_classes = [self.word_class(number) for number in range(start, end)]
        first_class, last_class = word_classes[0], word_classes[-1]
        out: list[Seen] = []
        for offset, number in enumerate(range(start, end)):
            mine, covered, word = word_classes[offset], cover[number], keys[number] or self._word(number)
            opens, closes = offset == 0, number == last_number
            at = ("f" if opens else "") + ("l" if closes else "")
            marks = ("p" if word in self.person_words else "") + ("l" if word in self.placed_words else "")
            names = ["w=" + word, "s=" + word[-3:]]
            parts: list[Part] = [
                (_own, texts[number], at, covered, mine, marks),
                (_classes, "^" if opens else word_classes[offset - 1], mine, "$" if closes else word_classes[offset + 1]),
                (_covers, "^" if opens else cover[number - 1], "$" if closes else cover[number + 1]),
                (_whole, length, at, first_class, last_class),
            ]
            if opens:
                before = self._word(start - 1)
                begins = start in self.starts or texts[start - 1][:1] == "\n" if start else True
                names += ("-1=" + before, "-2=" + self._word(start - 2) + "|" + before)
                parts.append((_opening, self.word_class(start - 1) if start else "", covered, begins, mine))
            else:
                names += ("w<" + self._word(number - 1), "aa=" + keys[start])
            if closes:
                after = self._word(end)
                names += ("+1=" + after, "+2=" + after + "|" + self._word(end + 1))
                parts.append((_closing, self.word_class(end) if end < len(keys) else "", covered, self._comma(start, end)))
            else:
                names += ("w>" + self._word(number + 1), "zz=" + keys[last_number] + ("f" if opens else ""))
            out.append((names, parts))
        return out

    def _word(self, position: int) -> str:
        """Give a word's key, a mark of punctuation, ``^`` before the text, ``$`` behind it, ``_`` for a line's end."""
        keys = self.tokens.keys
        if position < 0:
            return "^"
        if position >= len(keys):
            return "$"
        return keys[position] or self.tokens.texts[position].replace("\n", "_")[:1]

    def _comma(self, start: int, end: int) -> str:
        """Whether the run stands before or behind a comma that a unit or a country is joined to ("Paris, Ky.")."""
        texts, cover = self.tokens.texts, self.cover
        size = len(texts)
        found = ""
        if end + 1 < size and texts[end] == ",":
            found += ">" + cover[end + 1][:3]
        if start > 1 and texts[start - 1] == ",":
            found += "<" + cover[start - 2][:3]
        return found


def _reaching(weights: Sequence[int]) -> tuple[int, list[int]]:
    """Cut the weights of the transitions into a label down to those that are possible: the first of these, and the weights from it on."""
    possible = [label for label, weight in enumerate(weights) if weight >= _IMPOSSIBLE]
    first, last = possible[0], possible[-1] + 1
    return first, [weight if weight >= _IMPOSSIBLE else _NEVER for weight in weights[first:last]]


class Tagger:
    """A learned model and its decoder.

    The scores of a feature for all labels are the fields of one long whole number, so that one addition adds them all. Each has :data:`_OFFSET` added,
    so that no field is negative: a token's fields are all too large by the same amount, which changes no comparison of its labels.
    """

    def __init__(self, weights: Mapping[str, Sequence[int]], transitions: Sequence[Sequence[int]]) -> None:
        """``weights``: feature to a score for each of :data:`LABELS`; ``transitions[i][j]``: from label i to j. Scores are hundredths of a log-odds."""
        self._row = struct.Struct(f"<{len(LABELS)}I")
        pack, whole = self._row.pack, int.from_bytes
        self._weights = {name: whole(pack(*[score + _OFFSET for score in scores]), "little") for name, scores in weights.items()}
        self._into = [_reaching([row[label] for row in transitions]) for label in range(len(LABELS))]
        self._sums: dict[Part, int] = {}

    def decode(self, run: Sequence[Sequence[str]], allowed: Sequence[frozenset[int]] | None = None) -> list[int]:
        """Give the best labels of a run's features; ``allowed`` restricts each token's labels."""
        emissions = [self._scores(self._sum(features)) for features in run]
        if allowed is not None:
            emissions = [[score if label in labels else _NEVER for label, score in enumerate(row)] for row, labels in zip(emissions, allowed, strict=True)]
        return self._best(emissions)

    def label(self, run: Sequence[Seen]) -> list[int]:
        """Give the same for features as :meth:`Features.seen` gives them."""
        sums = self._sums
        emissions = []
        for names, parts in run:
            total = self._sum(names)
            for part in parts:
                kept = sums.get(part)
                total += self._keep(part) if kept is None else kept
            emissions.append(self._scores(total))
        return self._best(emissions)

    def _sum(self, features: Iterable[str]) -> int:
        return sum(filter(None, map(self._weights.get, features)))

    def _scores(self, total: int) -> Sequence[int]:
        return self._row.unpack(total.to_bytes(self._row.size, "little"))

    def _keep(self, part: Part) -> int:
        if len(self._sums) > _MOST_SUMS:
            self._sums.clear()
        found = self._sums[part] = self._sum(_names(part))
        return found

    def _best(self, emissions: Sequence[Sequence[int]]) -> list[int]:
        """Give the best sequence of labels (Viterbi); of equals the one whose labels come first in :data:`LABELS`."""
        if not emissions:
            return []
        best = [_NEVER if label in _INSIDE else score for label, score in enumerate(emissions[0])]
        back: list[list[int]] = []
        for row in emissions[1:]:
            current, pointers = [], []
            for score, (first, weights) in zip(row, self._into, strict=True):
                reached = list(map(add, best[first : first + len(weights)], weights))
                top = max(reached)
                current.append(top + score)
                pointers.append(first + reached.index(top))
            best = current
            back.append(pointers)
        label = best.index(max(best))
        labels = [label]
        for pointers in reversed(back):
            label = pointers[label]
            labels.append(label)
        return labels[::-1]

    def spans(self, start: int, labels: Sequence[int]) -> list[Tagged]:
        """Named spans of a run that begins at token ``start``."""
        out: list[Tagged] = []
        for offset, label in enumerate(labels):
            name = LABELS[label]
            if name[0] == "B":
                out.append(Tagged(start + offset, start + offset + 1, name[2:]))
            elif name[0] == "I" and out:
                out[-1] = Tagged(out[-1].start, start + offset + 1, out[-1].type)
        return out


@lru_cache(maxsize=1)
def load() -> Tagger:
    """Give the tagger that ships with the package."""
    model = shipped_json("tagger.json")
    return Tagger(model["weights"], model["transitions"])
