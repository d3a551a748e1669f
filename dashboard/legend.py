"""The legend of a drawing: each phase and outcome with its mark and its number, then how certainty and dates are drawn."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol
from xml.sax.saxutils import escape

import pandas as pd

from dashboard.codebook import Codebook
from dashboard.glyphs import REPORTED, SUSPECTED, glyph, tag
from dashboard.labels import Box
from dashboard.messages import Words
from dashboard.plain import line, wide
from dashboard.projection import Frame
from dashboard.ramp import INK, Palette
from dashboard.story import of_phase, said

_ROW, _SIZE, _EDGE = 23, 13, 12
_NEAR, _CLEAR = 20.0, 80.0
"""A mark nearer to the legend than the first lies under it; none further away than the second could be taken for a part of it, in pixels."""


class Spot(Protocol):
    """Something that a legend should not lie on, in pixels."""

    @property
    def x(self) -> float:
        """Pixels from the left."""

    @property
    def y(self) -> float:
        """Pixels from the top."""


@dataclass(frozen=True, slots=True)
class Row:
    """A phase or outcome of which something is shown: its id, its mark, what it is called, and how many places show it."""

    phase: str
    mark: str
    label: str
    unseen: str
    """The label where none of these places can be seen: all lie under others, or outside."""
    number: str


@dataclass(frozen=True, slots=True)
class Legend:
    """A legend that has its place on a drawing."""

    rows: tuple[Row, ...]
    keys: tuple[tuple[str, str], ...]
    """Marks and what they mean."""
    box: Box

    @property
    def reserved(self) -> Box:
        """The part of the drawing that no name may come into."""
        return (self.box[0] - 4, self.box[1] - 4, self.box[2] + 4, self.box[3] + 4)

    def covers(self, spots: Sequence[Spot]) -> bool:
        """Whether it lies on any of them."""
        return any(_gap(self.box, spot) < _NEAR for spot in spots)

    def svg(self, palette: Palette, seen: Collection[str]) -> str:
        """The legend; `seen` are the phases of which a mark is on the drawing."""
        x, y, across, down = self.box[0], self.box[1], self.box[2] - self.box[0], self.box[3] - self.box[1]
        parts = [
            f'<g transform="translate({x:.1f} {y:.1f})"><rect width="{across:.0f}" height="{down:.0f}" rx="8" fill="{palette.page}" stroke="{palette.border}"/>'
        ]
        for place, row in enumerate(self.rows):
            parts.append(_line(row.mark, row.label if row.phase in seen else row.unseen, 20 + _ROW * place, palette.text))
            bold = f'font-size="{_SIZE}" font-weight="700" text-anchor="end" fill="{palette.text}"'
            parts.append(f'<text x="{across - 12:.0f}" y="{25 + _ROW * place}" {bold}>{row.number}</text>')
        start = 8 + _ROW * len(self.rows)
        parts += [f'<path d="M12,{start}H{across - 12:.0f}" stroke="{palette.border}"/>'] if self.rows and self.keys else []
        parts += [_line(mark, text, start + 16 + _ROW * place, palette.soft) for place, (mark, text) in enumerate(self.keys)]
        return "".join([*parts, "</g>"])


def place(words: Words, codebook: Codebook, looks: pd.DataFrame, points: Sequence[Spot], frame: Frame, *, uses: Collection[str]) -> Legend:
    """A legend in the corner in which it covers the fewest marks, and keeps clear of the others. `uses`: the messages of the keys that the drawing needs."""
    rows, keys = tuple(_rows(words, codebook, looks)), tuple((mark, words(key)) for key, mark in _keys(codebook) if key in uses)
    across = max((wide(text, _SIZE) for text in (*(row.unseen for row in rows), *(text for _, text in keys))), default=0.0) + 84
    down = _ROW * (len(rows) + len(keys)) + 22
    corners = [
        (frame.width - across - _EDGE, _EDGE),
        (_EDGE, _EDGE),
        (_EDGE, frame.height - down - _EDGE),
        (frame.width - across - _EDGE, frame.height - down - _EDGE),
    ]

    def cost(box: Box) -> tuple[int, float]:
        gaps = [_gap(box, spot) for spot in points]
        return sum(gap < _NEAR for gap in gaps), -min([_CLEAR, *gaps])

    return Legend(rows, keys, min(((x, y, x + across, y + down) for x, y in corners), key=cost))


def _gap(box: Box, spot: Spot) -> float:
    """How far something is from a box, 0 inside it."""
    return math.hypot(max(box[0] - spot.x, 0, spot.x - box[2]), max(box[1] - spot.y, 0, spot.y - box[3]))


def _rows(words: Words, codebook: Codebook, looks: pd.DataFrame) -> Iterator[Row]:
    speaking = said(looks)
    ordered = [(rank, 0, phase) for rank, phase in enumerate(codebook.ordered)]
    outcomes = [(-1, 1 << position, phase) for position, phase in enumerate(codebook.outcomes)]
    for rank, bits, phase in [*ordered, *outcomes]:
        if count := len(of_phase(speaking, codebook, phase.id)):
            mark = glyph(rank, 0, known=False, outcomes=bits, codebook=codebook, radius=7.5)
            label = line(words.phase(phase.id, phase.label), 24)
            yield Row(phase.id, mark, label, words("legend.unseen", label=label), words.number(count))


def _keys(codebook: Codebook) -> list[tuple[str, str]]:
    """How certainty, dates and the rest are drawn: the message of each, and its mark."""
    middle = min(2, len(codebook.ordered) - 1)
    swatch = f'<rect x="-11" y="-7" width="22" height="14" fill="url(#hatch-{middle}-{REPORTED})" stroke="{INK}" stroke-width="1.3"/>'
    marks = [
        ("status.reported", glyph(middle, REPORTED, known=False, outcomes=0, codebook=codebook, radius=7)),
        ("status.suspected", glyph(middle, SUSPECTED, known=False, outcomes=0, codebook=codebook, radius=7)),
        ("legend.known", glyph(middle, 0, known=True, outcomes=0, codebook=codebook, radius=7)),
        ("legend.suspected_area", swatch),
    ]
    arrow = '<path d="M-11,0H6" stroke="#2b2f36" stroke-width="2.4"/><path d="M11,0L3,-5L3,5Z" fill="#2b2f36"/>'
    return [*(marks if codebook.ordered else []), ("legend.under", tag("3", 0, 0)), ("legend.routes", arrow)]


def _line(mark: str, text: str, y: float, ink: str) -> str:
    return f'<g transform="translate(26 {y})">{mark}</g><text x="48" y="{y + 5}" font-size="{_SIZE}" fill="{ink}">{escape(text)}</text>'
