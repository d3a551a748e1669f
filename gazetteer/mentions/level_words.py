"""What the words around a name say of its level: "the governor of", "across", "a bus from".

The generic words that name a level ("the state of") are :mod:`gazetteer.mentions.surroundings`'s; here is what is only usual. Multinomial logistic regression
over the words beside a name; ``gazetteer/training/level_words.py`` learns it from the project's readings and snippets.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TypedDict

from gazetteer.files import shipped_json
from gazetteer.text.tokens import Tokens

Spoken = tuple[float, ...]
"""For each of ``index.LEVELS`` how much likelier it is by the words than without them, as a logarithm."""
_MOST = 4.0
"""No words say more than this."""
_BEGINS = frozenset({".", ":", '"', "“", "«", "•", "-", "–", "—", "(", "¿", "¡", "?", "!"})
"""Behind one of these, and at a line's beginning, a capital says nothing."""
_NAME, _NUMBER, _OUTSIDE = "<name>", "<number>", "<end>"


def telling(tokens: Tokens, start: int, end: int) -> list[str]:
    """Give what is known of a name's surroundings: its first and last word and those beside it, alone and together. ``start``, ``end``: token offsets."""
    first, second, third = (_word(tokens, start - back) for back in (1, 2, 3))
    next_, further = _word(tokens, end), _word(tokens, end + 1)
    return [
        "-1 " + first,
        "-2 " + second,
        "-3 " + third,
        f"-2-1 {second} {first}",
        f"-3-2-1 {third} {second} {first}",
        "+1 " + next_,
        "+2 " + further,
        f"+1+2 {next_} {further}",
        f"-1+1 {first} {next_}",
        f"-2-1+1 {second} {first} {next_}",
        "a " + tokens.keys[start],
        "z " + tokens.keys[end - 1],
        f"n {min(end - start, 4)}",
    ]


def _word(tokens: Tokens, position: int) -> str:
    """A word as it is told: names and numbers are all alike."""
    if not 0 <= position < len(tokens):
        return _OUTSIDE
    text = tokens.texts[position]
    if tokens.capital[position]:
        before = tokens.texts[position - 1] if position else "\n"
        return tokens.keys[position] if before in _BEGINS or before[0] == "\n" else _NAME
    return _NUMBER if text[0].isdigit() else tokens.keys[position] or text[0]


class LevelWords:
    """The model: by feature, a weight for each of ``index.LEVELS``."""

    def __init__(self, weights: Mapping[str, Sequence[int]], bias: Sequence[float], usual: Sequence[float]) -> None:
        """``weights``: in hundredths. ``usual``: the logarithm of how often each level is meant at all."""
        self.weights, self.bias, self.usual = weights, bias, usual

    def scores(self, told: Sequence[str]) -> list[float]:
        """Give the score of each level by what :func:`telling` told."""
        found = [[weight / 100 for weight in row] for name in told if (row := self.weights.get(name)) is not None]  # a text meets few of them all
        return [sum(column) for column in zip(self.bias, *found, strict=True)]

    def spoken(self, tokens: Tokens, start: int, end: int) -> Spoken:
        """Tell what the words around a name say."""
        scores = self.scores(telling(tokens, start, end))
        top = max(scores)
        total = top + math.log(sum([math.exp(score - top) for score in scores]))
        return tuple([max(-_MOST, min(_MOST, score - total - usual)) for score, usual in zip(scores, self.usual, strict=True)])


class Written(TypedDict):
    """The model as a trainer writes it."""

    weights: Mapping[str, Sequence[int]]
    """In hundredths."""
    bias: Sequence[float]
    usual: Sequence[float]


def model_of(raw: Written) -> LevelWords:
    """Return the model that a trainer wrote."""
    return LevelWords(raw["weights"], raw["bias"], raw["usual"])


@lru_cache(maxsize=1)
def shipped() -> LevelWords:
    """The model that ships with the package."""
    return model_of(shipped_json("level_words.json"))
