"""The marks as SVG, the same as in `static/atlas/glyphs.js`: a shape and a number for each phase, badges for outcomes and for the home."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from dashboard.codebook import HOME, Codebook
from dashboard.moments import CERTAINTIES
from dashboard.ramp import INK, corners, ink_on, ramp

_SIGNS = ("×", "−")
"""Of the first two outcomes; the others have letters."""
Disc: TypeAlias = tuple[float, float, float]
"""East and south of the origin, and radius, in pixels."""
REPORTED, SUSPECTED = CERTAINTIES.index("reported"), CERTAINTIES.index("suspected")


def glyph(rank: int, certainty: int, *, known: bool, outcomes: int, codebook: Codebook, radius: float = 9.0) -> str:
    """A mark around the origin: confirmed is full, reported has a white ring, suspected is hollow; outcomes are badges beside it, as is the home."""
    parts = []
    if rank >= 0:
        colour = ramp(len(codebook.ordered))[rank]
        dash = ' stroke-dasharray="2 2"' if known else ""
        parts += [_shape(rank, radius, f'fill="{colour if certainty == 0 else "#ffffff"}" stroke="#ffffff" stroke-width="5"')]
        parts += [_shape(rank, radius, f'fill="{colour if certainty == 0 else "#ffffff"}" stroke="{INK}" stroke-width="1.8"{dash}')]
        parts += [_shape(rank, radius * 0.72, f'fill="{colour}"')] if certainty == REPORTED else []
        parts += [_shape(rank, radius * 0.78, f'fill="none" stroke="{colour}" stroke-width="{radius * 0.28:.1f}"')] if certainty == SUSPECTED else []
        ink = INK if certainty == SUSPECTED else ink_on(colour)
        number = f'<text y="{radius * 0.38:.1f}" font-size="{radius * 1.1:.1f}" font-weight="700" text-anchor="middle" fill="{ink}">'
        parts.append(f"{number}{codebook.ordered[rank].order}</text>")
    badges = [position for position in range(len(codebook.outcomes)) if outcomes & (1 << position)]
    for outcome, (x, y, size) in zip(badges, _badges(rank, len(badges), radius), strict=True):
        parts.append(f'<g transform="translate({x:.1f} {y:.1f})">{_badge(outcome, size)}</g>')
    if codebook.home and outcomes & (1 << HOME):
        parts.append(_home(codebook.ranks[codebook.home.id], codebook, radius))
    return "".join(parts)


def discs(rank: int, outcomes: int, radius: float) -> list[Disc]:
    """What a mark covers around the origin: itself, the badges of its outcomes, and that of the home."""
    found = _badges(rank, (outcomes & ((1 << HOME) - 1)).bit_count(), radius)
    return [*([(0.0, 0.0, radius)] if rank >= 0 else []), *found, *([_home_at(radius)] if outcomes & (1 << HOME) else [])]


def _badges(rank: int, count: int, radius: float) -> list[Disc]:
    """Where the badges of outcomes stand: at the right of a phase's mark, one above and one below; by themselves in a row."""
    if rank < 0:
        return [((place - (count - 1) / 2) * radius * 1.5, 0.0, radius * 0.85) for place in range(count)]
    return [(radius * 0.95, radius * (0.75 if place % 2 else -0.95), radius * 0.6) for place in range(count)]


def line_mark(codebook: Codebook, rank: int, outcome: int) -> dict[str, object]:
    """A mark as it stands before a line of text, for `static/notes.js`: `corners` in units of its radius (none for a circle), `fill`, `ink` and `sign`.

    Empty for what is no phase and no outcome.
    """
    if rank >= 0:
        fill = ramp(len(codebook.ordered))[rank]
        points = [(round(x, 2), round(y, 2)) for x, y in corners(rank)]
        return {"corners": points, "fill": fill, "ink": ink_on(fill), "sign": str(codebook.ordered[rank].order)}
    if outcome >= 0:
        fill, ink = _inks(outcome)
        return {"corners": [], "fill": fill, "ink": ink, "sign": _SIGNS[outcome] if outcome < len(_SIGNS) else _letter(outcome)}
    return {}


def tag(text: str, x: float, y: float) -> str:
    """A small tag with a number, around a point."""
    wide = 6 + 6 * len(text)
    back = f'<rect x="{x - wide / 2:.1f}" y="{y - 6:.1f}" width="{wide}" height="12" rx="6" fill="#ffffff" stroke="{INK}" stroke-width=".8"/>'
    return f'{back}<text x="{x:.1f}" y="{y + 3.6:.1f}" font-size="10" font-weight="700" text-anchor="middle" fill="{INK}">{text}</text>'


def hatches(codebook: Codebook) -> Iterator[str]:
    """The patterns of areas that are not confirmed, named `hatch-RANK-CERTAINTY`."""
    for rank, colour in enumerate(ramp(len(codebook.ordered))):
        for certainty, size, width in ((REPORTED, 8, 4), (SUSPECTED, 12, 2.4)):
            yield (
                f'<pattern id="hatch-{rank}-{certainty}" width="{size}" height="{size}" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
                f'<rect width="{width}" height="{size}" fill="{colour}"/></pattern>'
            )


def _shape(rank: int, radius: float, style: str) -> str:
    points = corners(rank)
    if not points:
        return f'<circle r="{radius:.1f}" {style}/>'
    return f'<polygon points="{" ".join(f"{x * radius:.1f},{y * radius:.1f}" for x, y in points)}" stroke-linejoin="round" {style}/>'


def _home(rank: int, codebook: Codebook, radius: float) -> str:
    """The home, at the upper left of what it has come to: its own mark made small, with as large a digit as that holds."""
    colour, (away, _, small) = ramp(len(codebook.ordered))[rank], _home_at(radius)
    casing = _shape(rank, small, f'fill="{colour}" stroke="#ffffff" stroke-width="3.5"')
    edge = _shape(rank, small, f'fill="{colour}" stroke="{INK}" stroke-width="1.2"')
    digit = f'<text y="{small * 0.57:.1f}" font-size="{small * 1.6:.1f}" font-weight="700" text-anchor="middle" fill="{ink_on(colour)}">0</text>'
    return f'<g transform="translate({away:.1f} {away:.1f})">{casing}{edge}{digit}</g>'


def _home_at(radius: float) -> Disc:
    small = max(radius * 0.62, 6.0)
    away = -radius * 0.75 - small * 0.5
    return (away, away, small)


def _inks(outcome: int) -> tuple[str, str]:
    """The colours of an outcome's disc and of the sign on it: light and dark in turn."""
    return (INK, "#ffffff") if outcome % 2 else ("#ffffff", INK)


def _letter(outcome: int) -> str:
    """The sign of an outcome behind the first two: A, B, C."""
    return chr(63 + outcome)


def _badge(outcome: int, radius: float) -> str:
    (fill, stroke), arm = _inks(outcome), radius * 0.45
    disc = f'<circle r="{radius:.1f}" fill="{fill}" stroke="{INK}" stroke-width="1.5"/>'
    if outcome == 0:
        cross = f"M{-arm:.1f},{-arm:.1f}L{arm:.1f},{arm:.1f}M{arm:.1f},{-arm:.1f}L{-arm:.1f},{arm:.1f}"
        sign = f'<path d="{cross}" stroke="{stroke}" stroke-width="{max(1.6, radius * 0.3):.1f}"/>'
    elif outcome == 1:
        sign = f'<path d="M{-radius * 0.55:.1f},0H{radius * 0.55:.1f}" stroke="{stroke}" stroke-width="{max(1.6, radius * 0.3):.1f}"/>'
    else:
        sign = f'<text y="{radius * 0.45:.1f}" font-size="{radius * 1.4:.1f}" text-anchor="middle" fill="{stroke}">{_letter(outcome)}</text>'
    return disc + sign
