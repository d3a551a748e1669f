"""How far apart two words of a sentence are in meaning: clauses as soft boundaries.

A sentence is not cut into clauses; each boundary between words has a width, and the distance of two words is the sum of the widths between them, plus a
little for each word. What stands in a list with commas is close; what stands behind a semicolon or "but" is far.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import exp, log

from gazetteer.text.language import Language
from gazetteer.text.tokens import Tokens

WORD = 0.03
COMMA = 0.25
JOINED = 0.15
"""A bare "and"."""
CLAUSE = 0.6
"""A comma and a conjunction, or a conjunction that opens a clause."""
STOP = 1.0
"""A semicolon, a colon, a dash, a bracket."""
_STOPS = frozenset({";", ":", "—", "–", "(", ")", "•", "[", "]"})


@lru_cache
def _conjunctions(language: Language) -> tuple[frozenset[str], frozenset[str]]:
    return language.words("clauses", "opening"), language.words("clauses", "joining")


def positions(tokens: Tokens, start: int, end: int, language: Language) -> list[float]:
    """For each token of a sentence its place on the scale on which distances are measured."""
    opening, joining = _conjunctions(language)
    texts, keys = tokens.texts, tokens.keys
    out: list[float] = []
    here = 0.0
    for number in range(start, end):
        text, word = texts[number], keys[number]
        if text in _STOPS:
            here += STOP
        elif text == ",":
            following = keys[number + 1] if number + 1 < end else ""
            here += CLAUSE if following in opening or (following in joining and not _in_list(tokens, number, start, end)) else COMMA
        elif word in opening and (number == start or texts[number - 1] != ","):
            here += CLAUSE
        elif word in joining and (number == start or texts[number - 1] != ","):
            here += JOINED
        here += WORD
        out.append(here)
    return out


def _in_list(tokens: Tokens, comma: int, start: int, end: int) -> bool:
    """Whether ", and" closes a list of names: a capital on both sides."""
    return start < comma and comma + 2 < end and tokens.capital[comma - 1] and tokens.capital[comma + 2]


_FADES = 1.6


def nearness(distance: float) -> float:
    """From 1 for neighbours to 0: what a word says of another one at a distance."""
    return exp(-_FADES * distance)


def reach(near: float) -> float:
    """Give the distance at which nearness is ``near``."""
    return -log(near) / _FADES


def span_distance(scale: Sequence[float], first: tuple[int, int], second: tuple[int, int]) -> float:
    """Distance of two spans of a sentence (token offsets from its start, ends exclusive), 0 where they overlap."""
    if first[1] <= second[0]:
        return scale[second[0]] - scale[first[1] - 1]
    if second[1] <= first[0]:
        return scale[first[0]] - scale[second[1] - 1]
    return 0.0
