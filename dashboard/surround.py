"""The words around the map of a drawing: its title, its caption and its notes, above and below it or in a column beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from dashboard.labels import Box
from dashboard.letters import set_width
from dashboard.plain import balanced, wrapped
from dashboard.ramp import Palette

_EDGE = 24
_COLUMN = 0.34
"""How much of a drawing's width a column takes."""
_MOST = 40
"""More lines than a column can hold."""


@dataclass(frozen=True, slots=True)
class Surround:
    """The words as they are drawn, on the page that they cover, and what they leave to the map."""

    svg: str
    room: Box


def above_and_below(title: str, caption: str, notes: Sequence[str], size: tuple[int, int], colours: Palette) -> Surround:
    """Title and caption above the map, notes below it; where there are none, the map takes their place."""
    width, height = size
    large = 27 if width > 900 else 22
    across = width - 2 * _EDGE
    titles, captions = balanced(title, across, large, bold=True), wrapped(caption, across, 16)
    start = (large + 8) * len(titles) + 4
    top = start + 22 * len(captions) + 14 if titles or captions else 0
    small = [text for note in notes for text in wrapped(note, across, 13, most=3)]
    foot = 17 * len(small) + 14 if small else 0
    parts = [f'<rect y="{y}" width="{width}" height="{high}" fill="{colours.page}"/>' for y, high in ((0, top), (height - foot, foot)) if high]
    parts += _lines(titles, (large + 8) + 2, large + 8, large, colours.text, bold=True)
    parts += _lines(captions, start + 22, 22, 16, colours.soft)
    parts += _lines(small, height - foot + 22, 17, 13, colours.soft)
    return Surround("\n".join(parts), (0, top, width, height - foot))


def in_a_column(title: str, caption: str, notes: Sequence[str], size: tuple[int, int], colours: Palette) -> Surround | None:
    """All of them to the left of the map, the notes at its foot; None where they need more room than that."""
    width, height = size
    column = round(width * _COLUMN)
    across = column - 2 * _EDGE
    titles, captions = wrapped(title, across, 25, bold=True, most=_MOST), wrapped(caption, across, 15, most=_MOST)
    small = [[*wrapped(note, across, 12, most=_MOST)] for note in notes]
    below = sum(16 * len(lines) + 6 for lines in small)
    start = 32 * len(titles) + 16
    if not titles or start + 21 * len(captions) + 20 + below + 10 > height:
        return None
    parts = [f'<rect width="{column}" height="{height}" fill="{colours.page}"/>']
    parts += _lines(titles, 38, 32, 25, colours.text, bold=True)
    parts += _lines(captions, start + 21, 21, 15, colours.soft)
    y = height - below - 10
    for lines in small:
        parts += _lines(lines, y + 16, 16, 12, colours.soft)
        y += 16 * len(lines) + 6
    return Surround("\n".join(parts), (column, 0, width, height))


def _lines(texts: Sequence[str], y: float, step: float, size: int, ink: str, *, bold: bool = False) -> list[str]:
    """Lines of text. Each says how wide it is: a system's font may be wider than the one that they were broken for, and would run over the edge."""
    weight = ' font-weight="700"' if bold else ""
    return [
        f'<text x="{_EDGE}" y="{y + step * row:g}" font-size="{size}"{weight} fill="{ink}"'
        f' textLength="{set_width(text, size, bold=bold):.1f}" lengthAdjust="spacingAndGlyphs">{escape(text)}</text>'
        for row, text in enumerate(texts)
    ]
