"""Tells names of places, people and organisations apart: a linear-chain model over the capitalised words of a text.

Only runs of capitalised words (with the small words inside them, as in "Bank of Guyana") are tagged: everything else is no name, which is what makes it fast. The model is a
conditional random field (Lafferty et al. 2001) whose weights ``gazetteer/training/tagger.py`` learns; decoding is Viterbi's. What it was learned from: ``data/tagger.md``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from gazetteer.lexicon import WordClasses, people
from gazetteer.matching import CONNECTORS, Match, Matcher
from gazetteer.tokens import Tokens

LABELS = ("O", "B-LOC", "I-LOC", "B-PER", "I-PER", "B-ORG", "I-ORG")
_JOINERS = frozenset({"-", "‐", "‑", "&", "'s", "’s", "/"})


class Span(NamedTuple):
    """Tokens ``start`` to ``end`` (exclusive) that name something."""

    start: int
    end: int
    type: str


def runs(tokens: Tokens) -> list[tuple[int, int]]:
    """Runs of capitalised words with what joins them, as token offsets; a run ends at punctuation and at a line's end."""
    texts, keys, capital = tokens.texts, tokens.keys, tokens.capital
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
            elif not (keys[look] in CONNECTORS or texts[look] in _JOINERS or texts[look].isdigit() or (texts[look] == "." and _dotted(texts[look - 1]))):
                break
            look += 1
        out.append((position, end))
        position = end
    return out


def _dotted(word: str) -> bool:
    """Whether a full stop behind the word may be its own: an initial or a short abbreviation."""
    return len(word) <= 3 and word[0].isupper()


class Features:
    """Features of the tokens of one document."""

    def __init__(self, tokens: Tokens, matches: Sequence[Match | None], matcher: Matcher, classes: WordClasses, starts: frozenset[int]) -> None:
        """``starts``: the tokens that begin a sentence."""
        self.tokens = tokens
        self.classes = classes
        self.starts = starts
        self.given, self.surnames = people()
        self.cover = self._cover(matches, matcher)
        self.person_words = self._person_words()
        self.placed_words = self._placed_words()
        self._shapes: dict[str, str] = {}

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
        for number in range(1, len(keys)):
            if not capital[number]:
                continue
            before = number - 1
            if texts[before] == "." and before:
                before -= 1
            word = keys[before]
            if capital[before] and (word in self.classes.titles or (word in self.given and not self.cover[before].endswith(("C", "S")) and keys[number] in self.surnames)):
                found.add(keys[number])
        return frozenset(found)

    def _placed_words(self) -> frozenset[str]:
        """Words that stand somewhere in the text behind "in", "near" and the like."""
        keys, capital = self.tokens.keys, self.tokens.capital
        return frozenset(keys[number] for number in range(1, len(keys)) if capital[number] and not capital[number - 1] and keys[number - 1] in self.classes.before_place)

    def shape(self, text: str) -> str:
        """Coarse shape: ``X`` one capital, ``XX`` capitals, ``Xx``, ``xX`` mixed, ``x``, ``9``, else the character."""
        found = self._shapes.get(text)
        if found is None:
            if text.isupper():
                found = "X" if len(text) == 1 else ("X." if "." in text else "XX")
            elif text[0].isupper():
                found = "Xx" if text[1:].islower() else "xX"
            else:
                found = "x" if text[0].isalpha() else ("9" if text[0].isdigit() else text[0])
            self._shapes[text] = found
        return found

    def word_class(self, position: int) -> str:
        """Letters for what a word is: T title, P before a place, O of organisations, F generic word of places, g given name, n surname, w ordinary word."""
        word = self.tokens.keys[position]
        classes = self.classes
        return (
            ("T" if word in classes.titles else "")
            + ("P" if word in classes.before_place else "")
            + ("O" if word in classes.organisation else "")
            + ("F" if word in classes.features else "")
            + ("g" if word in self.given else "")
            + ("n" if word in self.surnames else "")
            + ("w" if word in classes.common else "")
        )

    def run(self, start: int, end: int) -> list[list[str]]:
        """Features of each token of a run."""
        keys, texts = self.tokens.keys, self.tokens.texts
        size = len(keys)
        length = min(end - start, 6)
        last, first = keys[end - 1], keys[start]
        last_class, first_class = self.word_class(end - 1), self.word_class(start)
        before, before2 = self._word(start - 1), self._word(start - 2)
        after, after2 = self._word(end), self._word(end + 1)
        begins = start in self.starts or texts[start - 1][:1] == "\n" if start else True
        word_classes = [self.word_class(number) for number in range(start, end)]
        comma = self._comma(start, end)
        before_class = self.word_class(start - 1) if start else ""
        after_class = self.word_class(end) if end < size else ""
        out = []
        for offset, number in enumerate(range(start, end)):
            word, mine, cover = self._word(number), word_classes[offset], self.cover[number]
            left = word_classes[offset - 1] if offset else "^"
            right = word_classes[offset + 1] if number + 1 < end else "$"
            shape = self.shape(texts[number])
            at = ("f" if offset == 0 else "") + ("l" if number == end - 1 else "")
            features = [
                "w=" + word,
                "s=" + word[-3:],
                "h=" + shape + at,
                "g=" + cover,
                "c=" + mine,
                "gc=" + cover + "|" + mine,
                "c<" + left,
                "c>" + right,
                "cc>" + mine + "|" + right,
                "cc<" + left + "|" + mine,
                "n=" + str(length) + at,
                "z=" + last_class + at,
                "a=" + first_class + at,
                "g>" + (self.cover[number + 1] if number + 1 < end else "$"),
                "g<" + (self.cover[number - 1] if offset else "^"),
                "d=" + ("p" if word in self.person_words else "") + ("l" if word in self.placed_words else ""),
                "gd=" + cover + ("p" if word in self.person_words else "") + ("l" if word in self.placed_words else ""),
            ]
            if offset == 0:
                features += [
                    "-1=" + before,
                    "-2=" + before2 + "|" + before,
                    "-c=" + before_class + "|" + cover,
                    "ss=" + ("1" if begins else "0") + mine,
                    "ssg=" + ("1" if begins else "0") + cover,
                ]
            else:
                features.append("w<" + self._word(number - 1))
            if number == end - 1:
                features += ["+1=" + after, "+2=" + after + "|" + after2, "+c=" + after_class + "|" + cover, "," + comma + cover[:2]]
            else:
                features += ["w>" + self._word(number + 1)]
            if number != end - 1:
                features.append("zz=" + last + ("f" if offset == 0 else ""))
            if offset:
                features.append("aa=" + first)
            out.append(features)
        return out

    def _word(self, position: int) -> str:
        """A word's key, a mark of punctuation, ``^`` before the text, ``$`` behind it, ``_`` for a line's end."""
        if position < 0:
            return "^"
        if position >= len(self.tokens):
            return "$"
        return self.tokens.keys[position] or self.tokens.texts[position].replace("\n", "_")[:1]

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


class Tagger:
    """A learned model and its decoder."""

    def __init__(self, weights: dict[str, list[int]], transitions: list[list[int]]) -> None:
        """``weights``: feature to a score for each of :data:`LABELS`; ``transitions[i][j]``: from label i to j. Scores are hundredths of a log-odds."""
        self.weights = {name: tuple(scores) for name, scores in weights.items()}
        self.transitions = transitions
        self.count = len(LABELS)
        self.before = [[(i, transitions[i][j]) for i in range(self.count) if transitions[i][j] > -9000] for j in range(self.count)]

    def scores(self, features: Sequence[str]) -> list[int]:
        """Sum of the features' weights for each label."""
        get = self.weights.get
        found = [scores for scores in map(get, features) if scores is not None]
        return [sum(column) for column in zip(*found, strict=True)] if found else [0] * self.count

    def decode(self, run: Sequence[Sequence[str]], allowed: Sequence[frozenset[int]] | None = None) -> list[int]:
        """The best labels of a run (Viterbi); ``allowed`` restricts each token's labels."""
        forbidden = -(10**7)
        best: list[list[int]] = []
        back: list[list[int]] = []
        for number, features in enumerate(run):
            emission = self.scores(features)
            if allowed is not None:
                emission = [score if label in allowed[number] else forbidden for label, score in enumerate(emission)]
            if not best:
                best.append([score if LABELS[label][0] != "I" else forbidden for label, score in enumerate(emission)])
                back.append([0] * self.count)
                continue
            previous, current, pointers = best[-1], [], []
            for label, score in enumerate(emission):
                top, source = max([(previous[i] + weight, -i) for i, weight in self.before[label]])
                current.append(top + score)
                pointers.append(-source)
            best.append(current)
            back.append(pointers)
        if not best:
            return []
        label = max(range(self.count), key=best[-1].__getitem__)
        labels = [label]
        for pointers in reversed(back[1:]):
            label = pointers[label]
            labels.append(label)
        return labels[::-1]

    def spans(self, start: int, labels: Sequence[int]) -> list[Span]:
        """Named spans of a run that begins at token ``start``."""
        out: list[Span] = []
        for offset, label in enumerate(labels):
            name = LABELS[label]
            if name[0] == "B":
                out.append(Span(start + offset, start + offset + 1, name[2:]))
            elif name[0] == "I" and out:
                out[-1] = Span(out[-1].start, start + offset + 1, out[-1].type)
        return out


@lru_cache(maxsize=1)
def load() -> Tagger:
    """The tagger that ships with the package."""
    model = json.loads((files("gazetteer") / "data" / "tagger.json").read_text("utf-8"))
    return Tagger(model["weights"], model["transitions"])
