"""Which names stand in the heading over a name: "## Chile" over a section, "**Costa Rica.**" before what a paragraph tells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gazetteer.records import Mention

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_MARKED = re.compile(r"\s*(#+)\s")
BEFORE_LABEL, _BEHIND_LABEL = re.compile(r"\W*(?:\d+[.)]\s*)?"), re.compile(r"(?:[.:][*_]*|[*_]+[.:]?)\s")
"""What may stand before a name that says what its line is about, and what stands behind it."""
_EMPHASIS = " \t*_"
_SHORT = 60
"""Characters of a line that is a heading without a mark, at most."""
_UNMARKED = 9
"""Rank of a heading without a mark: below all that are marked."""


def over(text: str, mentions: Sequence[Mention]) -> list[range]:
    """For each mention the numbers of those in the label of its line, else in the nearest heading over it that has any."""
    out = [range(0)] * len(mentions)
    above: dict[int, range] = {}  # by rank, the highest first
    number = 0
    for line in _LINE.finditer(text):
        first = number
        while number < len(mentions) and mentions[number].start < line.end():
            number += 1
        held = range(first, number)
        if rank := _rank(text, *line.span()):
            above = {other: names for other, names in above.items() if other < rank} | {rank: held}
        elif held:
            nearest = next((names for names in reversed(above.values()) if names), range(0))
            out[first] = nearest
            is_labelled = BEFORE_LABEL.fullmatch(text, line.start(), mentions[first].start) and _BEHIND_LABEL.match(text, mentions[first].end)
            for other in held[1:]:
                out[other] = held[:1] if is_labelled else nearest
    return out


def _rank(text: str, start: int, end: int) -> int:
    """How high a line stands as a heading, 1 the highest; 0 where it is none."""
    if marked := _MARKED.match(text, start, end):
        return min(len(marked[1]), _UNMARKED - 1)
    line = text[start:end].strip(_EMPHASIS).rstrip(":")
    is_apart = (start < 2 or text.startswith("\n\n", start - 2)) and (text.startswith("\n\n", end) or end >= len(text) - 1)
    return _UNMARKED if is_apart and 0 < len(line) <= _SHORT and line[0].isalnum() and (line[-1].isalnum() or line[-1] == ")") else 0
