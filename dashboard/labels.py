"""Names on a drawing, where they do not lie on one another."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from dashboard.plain import wide

Box = tuple[float, float, float, float]
"""West, north, east, south, in pixels."""


class Labels:
    """Keeps what is taken of a drawing of a size, and finds room beside it."""

    def __init__(self, width: float, height: float, taken: Sequence[Box]) -> None:
        self._width, self._height = width, height
        self._taken = [box for box in taken if box[0] < box[2]]
        self.written: set[str] = set()

    def take(self, *boxes: Box) -> bool:
        """Whether some parts of the drawing were all free, and are taken now."""
        if not all(map(self.is_free, boxes)):
            return False
        self._taken += boxes
        return True

    def beside(self, name: str, x: float, y: float, away: float, *, ink: str, further: tuple[float, float] = (0.0, 0.0)) -> str:
        """A name to the right, to the left, below or above a point, "" where there is no room.

        `further`: how much more it keeps away to the left and to the right, where the point has something of its own there.
        """
        wide_ = wide(name, 13, bold=True)
        west, east = further
        places = [(x + away, y), (x - away - wide_, y), (x - wide_ / 2, y + away + 8), (x - wide_ / 2, y - away - 6)]
        places += [(x + away + east, y)] if east else []
        places += [(x - away - west - wide_, y)] if west else []
        return self._first(name, [(left, middle, wide_) for left, middle in places], ink, 13, 600)

    def on(self, name: str, x: float, y: float, *, ink: str, size: int = 13, weight: int = 600) -> str:
        """A name across a point, "" where there is no room."""
        wide_ = wide(name, size, bold=weight > 400)
        return self._first(name, [(x - wide_ / 2, y + shift, wide_) for shift in (0, 16, -16)], ink, size, weight)

    def below(self, name: str, x: float, y: float, away: float, *, around: Sequence[Box], ink: str) -> str:
        """A name below a point together with what is drawn around that, "" where there is no room for both."""
        half = wide(name, 13, bold=True) / 2
        return self._text(name, x - half, y + away + 9, ink, 13, 600) if self.take((x - half, y + away, x + half, y + away + 17), *around) else ""

    def _first(self, name: str, places: list[tuple[float, float, float]], ink: str, size: int, weight: int) -> str:
        for left, middle, wide_ in places:
            if name and self.take((left, middle - size * 0.62, left + wide_, middle + size * 0.62)):
                return self._text(name, left, middle, ink, size, weight)
        return ""

    def _text(self, name: str, left: float, middle: float, ink: str, size: int, weight: int) -> str:
        self.written.add(name)
        style = f'font-size="{size}" font-weight="{weight}" fill="{ink}" stroke="#ffffff" stroke-width="3" paint-order="stroke" stroke-linejoin="round"'
        return f'<text x="{left:.1f}" y="{middle + size * 0.35:.1f}" {style}>{escape(name)}</text>'

    def is_free(self, box: Box) -> bool:
        """Whether a part of the drawing lies inside it, and nothing in that part."""
        if box[0] < 2 or box[1] < 2 or box[2] > self._width - 2 or box[3] > self._height - 2:
            return False
        return not any(box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3] for other in self._taken)
