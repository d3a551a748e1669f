"""The legend of a drawing: each phase and outcome with its mark and its number, then how certainty and dates are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from xml.sax.saxutils import escape

import pandas as pd

from dashboard.codebook import Codebook
from dashboard.glyphs import REPORTED, SUSPECTED, glyph
from dashboard.labels import Box
from dashboard.messages import Words
from dashboard.plain import line, wide
from dashboard.projection import Frame
from dashboard.ramp import INK
from dashboard.story import of_phase, said

_ROW, _SIZE, _EDGE = 23, 13, 12


class Spot(Protocol):
    """Something that a legend should not lie on, in pixels."""

    @property
    def x(self) -> float:
        """Pixels from the left."""

    @property
    def y(self) -> float:
        """Pixels from the top."""


@dataclass(frozen=True, slots=True)
class Legend:
    """A legend, and the part of the drawing that it covers."""

    svg: str
    box: Box


def draw(
    words: Words,
    codebook: Codebook,
    looks: pd.DataFrame,
    points: Sequence[Spot],
    frame: Frame,
    *,
    page: str,
    edge: str,
    ink: str,
    soft: str,
    routes: bool = False,
) -> Legend:
    """The legend, in the corner in which it covers the fewest marks."""
    counted = list(_counted(words, codebook, looks))
    keys = list(_keys(words, codebook, routes=routes))
    across = max(wide(text, _SIZE) for _, text, *_ in (*counted, *keys)) + 84
    down = _ROW * (len(counted) + len(keys)) + 22
    corners = [
        (frame.width - across - _EDGE, _EDGE),
        (_EDGE, _EDGE),
        (_EDGE, frame.height - down - _EDGE),
        (frame.width - across - _EDGE, frame.height - down - _EDGE),
    ]
    x, y = min(
        corners,
        key=lambda corner: sum(corner[0] - 20 < spot.x < corner[0] + across + 20 and corner[1] - 20 < spot.y < corner[1] + down + 20 for spot in points),
    )
    parts = [f'<g transform="translate({x:.1f} {y:.1f})"><rect width="{across:.0f}" height="{down}" rx="8" fill="{page}" stroke="{edge}"/>']
    for row, (mark, text, number) in enumerate(counted):
        parts.append(_row(mark, text, 20 + _ROW * row, ink))
        parts.append(f'<text x="{across - 12:.0f}" y="{25 + _ROW * row}" font-size="{_SIZE}" font-weight="700" text-anchor="end" fill="{ink}">{number}</text>')
    start = 8 + _ROW * len(counted)
    parts.append(f'<path d="M12,{start}H{across - 12:.0f}" stroke="{edge}"/>')
    parts += [_row(mark, text, start + 16 + _ROW * row, soft) for row, (mark, text) in enumerate(keys)]
    return Legend("".join([*parts, "</g>"]), (x - 4, y - 4, x + across + 4, y + down + 4))


def _counted(words: Words, codebook: Codebook, looks: pd.DataFrame) -> list[tuple[str, str, str]]:
    speaking = said(looks)
    ordered = [(rank, 0, phase) for rank, phase in enumerate(codebook.ordered)]
    outcomes = [(-1, 1 << position, phase) for position, phase in enumerate(codebook.outcomes)]
    return [
        (
            glyph(rank, 0, known=False, outcomes=bits, codebook=codebook, radius=7.5),
            _label(words, phase.id, phase.label),
            words.number(len(of_phase(speaking, codebook, phase.id))),
        )
        for rank, bits, phase in [*ordered, *outcomes]
    ]


def _keys(words: Words, codebook: Codebook, *, routes: bool) -> list[tuple[str, str]]:
    middle = min(2, len(codebook.ordered) - 1)
    swatch = f'<rect x="-11" y="-7" width="22" height="14" fill="url(#hatch-{middle}-{REPORTED})" stroke="{INK}" stroke-width="1.3"/>'
    marks = [
        (glyph(middle, REPORTED, known=False, outcomes=0, codebook=codebook, radius=7), words("status.reported")),
        (glyph(middle, SUSPECTED, known=False, outcomes=0, codebook=codebook, radius=7), words("status.suspected")),
        (glyph(middle, 0, known=True, outcomes=0, codebook=codebook, radius=7), words("legend.known")),
        (swatch, words("legend.suspected_area")),
    ]
    arrow = '<path d="M-11,0H6" stroke="#2b2f36" stroke-width="2.4"/><path d="M11,0L3,-5L3,5Z" fill="#2b2f36"/>'
    return (marks if codebook.ordered else []) + ([(arrow, words("legend.routes"))] if routes else [])


def _label(words: Words, identifier: str, label: str) -> str:
    return line(words.phase(identifier, label), 24)


def _row(mark: str, text: str, y: float, ink: str) -> str:
    return f'<g transform="translate(26 {y})">{mark}</g><text x="48" y="{y + 5}" font-size="{_SIZE}" fill="{ink}">{escape(text)}</text>'
