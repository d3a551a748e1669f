"""The colours and shapes of the phases, the same as in `static/atlas/theme.js` and `glyphs.js`, and the other colours of a drawing."""

from __future__ import annotations

import math
from dataclasses import dataclass

STOPS = ("#10295a", "#4b6c9e", "#b9a94f", "#ffe83b")
"""Blue to yellow in even steps of lightness: told apart by every kind of colour vision, and in grey."""
INK = "#14161a"

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of everything that is not a phase."""

    water: str = "#eef2f4"
    land: str = "#dedbd2"
    border: str = "#b3ada0"
    text: str = "#17191d"
    soft: str = "#53565c"
    page: str = "#ffffff"


def ramp(count: int) -> list[str]:
    """As many colours along the ramp, the earliest phase first."""
    return [_between(1.0 if count == 1 else index / (count - 1)) for index in range(count)]


def ink_on(colour: str) -> str:
    """Tell what can be read on a colour."""
    return INK if luminance(colour) > 0.2 else "#ffffff"


def luminance(colour: str) -> float:
    """Relative luminance of a colour, after WCAG 2."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def corners(rank: int) -> list[Point]:
    """Return the corners of a rank's shape in units of its radius, x to the right and y down; none for a circle."""
    shapes: tuple[list[Point], ...] = (
        _polygon(4, -math.pi / 4, 1.22), [(x, y + 0.16) for x, y in _polygon(3, -math.pi / 2, 1.34)], _polygon(4, -math.pi / 2, 1.24), [],
        _polygon(5, -math.pi / 2, 1.12), _polygon(6, 0.0, 1.08), _polygon(8, math.pi / 8, 1.0),
    )  # fmt: skip
    return shapes[rank % len(shapes)]


def _polygon(sides: int, turn: float, size: float) -> list[Point]:
    return [(math.cos(turn + 2 * math.pi * corner / sides) * size, math.sin(turn + 2 * math.pi * corner / sides) * size) for corner in range(sides)]


def _between(share: float) -> str:
    position = share * (len(STOPS) - 1)
    low = min(int(position), len(STOPS) - 2)
    ends = [[int(colour[start : start + 2], 16) for start in (1, 3, 5)] for colour in STOPS[low : low + 2]]
    return "#" + "".join(f"{int(one + (other - one) * (position - low) + 0.5):02x}" for one, other in zip(*ends, strict=True))
