"""The map as a plain drawing, made by the server from the same looks: SVG, with its title, legend and caveats on it.

All that a document says goes in as escaped text.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

import numpy as np
import pandas as pd

from dashboard.boundaries import Boundaries
from dashboard.codebook import Codebook
from dashboard.data import Tables
from dashboard.layers import outlines
from dashboard.messages import Words
from dashboard.projection import Frame, Ring, fit, km, rings, world
from dashboard.ramp import INK, corners, ink_on, ramp
from dashboard.story import POINTS, said

WIDTH, HEIGHT, HEAD, FOOT = 1280, 720, 84, 34
RADIUS = 9.0
_NAMES = 40
_FONT = "font-family=\"system-ui, 'DejaVu Sans', sans-serif\""


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of everything that is not a phase."""

    water: str = "#eef2f4"
    land: str = "#dedbd2"
    border: str = "#b3ada0"
    text: str = "#17191d"
    soft: str = "#53565c"
    page: str = "#ffffff"


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on the drawing: its look and where it stands, in pixels."""

    name: str
    x: float
    y: float
    rank: int
    certainty: int
    known: bool
    outcomes: int
    level: str
    rings: tuple[Ring, ...]

    @property
    def is_point(self) -> bool:
        """Whether it is drawn as a point."""
        return self.level in POINTS


def svg(words: Words, tables: Tables, looks: pd.DataFrame, boundaries: Boundaries, *, title: str, caption: str = "", palette: Palette | None = None) -> str:
    """The drawing. `looks` are those of `moments.looks`; places that are only named are left out. `caption` stands under the title."""
    colours = palette or Palette()
    countries = rings(boundaries.world)
    speaking = said(looks)
    places = tables.places.iloc[speaking.index.to_numpy()].assign(outline=lambda frame: outlines(frame, boundaries))
    speaking = speaking[places["latitude"].notna().to_numpy()]
    places = places[places["latitude"].notna()]
    near = places[(places["level"].isin(POINTS)) | (places["radius_km"].fillna(0) < 1500)]
    units = rings(boundaries.detail) if set(places["outline"]) - {"", *countries} else {}
    shapes = countries | units
    frame = fit(world(near["latitude"].to_numpy(float), near["longitude"].to_numpy(float)), WIDTH, HEIGHT - HEAD - FOOT)
    marks = [_mark(row, look, frame, shapes) for row, look in zip(places.to_dict("records"), speaking.to_dict("records"), strict=True)]
    points = sorted((mark for mark in marks if mark.is_point and -RADIUS < mark.x < WIDTH + RADIUS), key=lambda mark: mark.rank)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img" aria-label={quoteattr(title)} {_FONT}>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{colours.page}"/>',
        f'<defs><clipPath id="map"><rect width="{WIDTH}" height="{HEIGHT - HEAD - FOOT}"/></clipPath>{"".join(_hatches(tables.codebook))}{"".join(_signs(points, tables.codebook))}</defs>',
        f'<g transform="translate(0 {HEAD})" clip-path="url(#map)"><rect width="{WIDTH}" height="{HEIGHT}" fill="{colours.water}"/>',
        f'<path d="{"".join(_path(frame, parts) for parts in countries.values())}" fill="{colours.land}" stroke="{colours.border}" stroke-width=".7" fill-rule="evenodd"/>',
        *(_area(mark, tables.codebook) for mark in sorted(marks, key=_extent, reverse=True) if not mark.is_point),
        *(f'<use href="#{_sign(mark)}" x="{mark.x:.1f}" y="{mark.y:.1f}"/>' for mark in points),
        *_labels(marks, colours),
        *_legend(words, tables.codebook, colours),
        "</g>",
        f'<text x="24" y="40" font-size="27" font-weight="700" fill="{colours.text}">{escape(title)}</text>',
        f'<text x="24" y="68" font-size="16" fill="{colours.soft}">{escape(caption)}</text>',
        f'<text x="24" y="{HEIGHT - 12}" font-size="13" fill="{colours.soft}">{escape(words("legend.absence"))} {escape(words("legend.boundaries"))}</text>',
        "</svg>",
    ]
    return "\n".join(parts)


def _mark(row: dict[str, object], look: dict[str, object], frame: Frame, shapes: dict[str, list[Ring]]) -> Mark:
    latitude, longitude = float(str(row["latitude"])), float(str(row["longitude"]))
    at = frame.pixels(world(np.array([latitude]), np.array([longitude])))[0]
    is_point = row["level"] in POINTS
    parts = [] if is_point else [frame.pixels(ring) for ring in shapes.get(str(row["outline"]), [])]
    if not is_point and not parts:
        parts = [_circle(float(at[0]), float(at[1]), max(km(float(str(row["radius_km"])), latitude) * frame.scale, 4.0))]
    return Mark(
        name=str(row["name"]), x=float(at[0]), y=float(at[1]), rank=int(str(look["rank"])), certainty=int(str(look["certainty"])), known=bool(look["known"]),
        outcomes=int(str(look["outcomes"])), level=str(row["level"]), rings=tuple(parts),
    )  # fmt: skip


def _circle(x: float, y: float, radius: float) -> Ring:
    turns = np.linspace(0, 2 * math.pi, 48)
    return np.column_stack([x + radius * np.cos(turns), y + radius * np.sin(turns)])


def _extent(mark: Mark) -> float:
    return max((float(np.ptp(ring[:, 0]) * np.ptp(ring[:, 1])) for ring in mark.rings), default=0.0)


def _path(frame: Frame, parts: list[Ring]) -> str:
    return "".join(_ring(frame.pixels(ring), frame) for ring in parts)


def _ring(points: Ring, frame: Frame | None = None) -> str:
    """A ring as path data, without what is out of the drawing or too small to see."""
    low, high = points.min(axis=0), points.max(axis=0)
    if frame and (high[0] < 0 or high[1] < 0 or low[0] > frame.width or low[1] > frame.height or float(np.max(high - low)) < 0.6):
        return ""
    whole = np.round(points).astype(int) if frame else np.round(points, 1)
    keep = np.concatenate([[True], np.any(whole[1:] != whole[:-1], axis=1)])
    return "M" + "L".join(f"{x:g},{y:g}" for x, y in whole[keep].tolist()) + "Z"


def _hatches(codebook: Codebook) -> Iterator[str]:
    for rank, colour in enumerate(ramp(len(codebook.ordered))):
        for certainty, size, width in ((1, 8, 4), (2, 12, 2.4)):
            yield (
                f'<pattern id="hatch-{rank}-{certainty}" width="{size}" height="{size}" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
                f'<rect width="{width}" height="{size}" fill="{colour}"/></pattern>'
            )


def _area(mark: Mark, codebook: Codebook) -> str:
    path = "".join(_ring(ring) for ring in mark.rings)
    colours = ramp(len(codebook.ordered))
    fill = "none" if mark.rank < 0 else colours[mark.rank] if mark.certainty == 0 else f"url(#hatch-{mark.rank}-{mark.certainty})"
    dash = ' stroke-dasharray="2 3"' if mark.known else ""
    return f'<path d="{path}" fill="{fill}" fill-opacity="{0.22 if mark.level == "region" else 0.7}" fill-rule="evenodd" stroke="{INK}" stroke-width="1.3"{dash}/>'


def _sign(mark: Mark) -> str:
    return f"m{mark.rank}-{mark.certainty}-{int(mark.known)}-{mark.outcomes}"


def _signs(points: list[Mark], codebook: Codebook) -> Iterator[str]:
    """Each kind of mark once: the drawing points to it from every place that looks so."""
    for name, mark in {_sign(mark): mark for mark in points}.items():
        yield f'<g id="{name}">{glyph(mark.rank, mark.certainty, known=mark.known, outcomes=mark.outcomes, codebook=codebook)}</g>'


def glyph(rank: int, certainty: int, *, known: bool, outcomes: int, codebook: Codebook, radius: float = RADIUS) -> str:
    """A mark around the origin: confirmed is full, reported has a white ring, suspected is hollow; outcomes are badges beside it."""
    parts = []
    if rank >= 0:
        colour = ramp(len(codebook.ordered))[rank]
        dash = ' stroke-dasharray="2 2"' if known else ""
        parts += [_shape(rank, radius, f'fill="{colour if certainty == 0 else "#ffffff"}" stroke="#ffffff" stroke-width="5"')]
        parts += [_shape(rank, radius, f'fill="{colour if certainty == 0 else "#ffffff"}" stroke="{INK}" stroke-width="1.8"{dash}')]
        parts += [_shape(rank, radius * 0.72, f'fill="{colour}"')] if certainty == 1 else []
        parts += [_shape(rank, radius * 0.78, f'fill="none" stroke="{colour}" stroke-width="{radius * 0.28:.1f}"')] if certainty == 2 else []  # noqa: PLR2004 -- suspected
        ink = INK if certainty == 2 else ink_on(colour)  # noqa: PLR2004 -- suspected
        parts += [f'<text y="{radius * 0.38:.1f}" font-size="{radius * 1.1:.1f}" font-weight="700" text-anchor="middle" fill="{ink}">{codebook.ordered[rank].order}</text>']
    badges = [position for position in range(len(codebook.outcomes)) if outcomes & (1 << position)]
    for place, outcome in enumerate(badges):
        x, y = (radius * 0.95, radius * (0.75 if place % 2 else -0.95)) if rank >= 0 else ((place - (len(badges) - 1) / 2) * radius * 1.5, 0.0)
        parts.append(f'<g transform="translate({x:.1f} {y:.1f})">{_badge(outcome, radius * (0.6 if rank >= 0 else 0.85))}</g>')
    return "".join(parts)


def _shape(rank: int, radius: float, style: str) -> str:
    points = corners(rank)
    if not points:
        return f'<circle r="{radius:.1f}" {style}/>'
    return f'<polygon points="{" ".join(f"{x * radius:.1f},{y * radius:.1f}" for x, y in points)}" stroke-linejoin="round" {style}/>'


def _badge(outcome: int, radius: float) -> str:
    dark = outcome % 2 == 1
    fill, stroke, arm = (INK, "#ffffff", radius * 0.45) if dark else ("#ffffff", INK, radius * 0.45)
    disc = f'<circle r="{radius:.1f}" fill="{fill}" stroke="{INK}" stroke-width="1.5"/>'
    if outcome == 0:
        sign = f'<path d="M{-arm:.1f},{-arm:.1f}L{arm:.1f},{arm:.1f}M{arm:.1f},{-arm:.1f}L{-arm:.1f},{arm:.1f}" stroke="{stroke}" stroke-width="{max(1.6, radius * 0.3):.1f}"/>'
    elif outcome == 1:
        sign = f'<path d="M{-radius * 0.55:.1f},0H{radius * 0.55:.1f}" stroke="{stroke}" stroke-width="{max(1.6, radius * 0.3):.1f}"/>'
    else:
        sign = f'<text y="{radius * 0.45:.1f}" font-size="{radius * 1.4:.1f}" text-anchor="middle" fill="{stroke}">{chr(63 + outcome)}</text>'
    return disc + sign


def _labels(marks: list[Mark], palette: Palette) -> Iterator[str]:
    """Names of the furthest marks, where they do not lie on one another."""
    taken = [(mark.x - RADIUS, mark.y - RADIUS, mark.x + RADIUS, mark.y + RADIUS) for mark in marks if mark.is_point]
    for mark in sorted(marks, key=lambda mark: (-mark.rank, mark.name))[: _NAMES * 2]:
        name = mark.name if len(mark.name) <= 40 else mark.name[:38] + "…"
        wide = 7.4 * len(name)
        for x in (mark.x + RADIUS + 5, mark.x - RADIUS - 5 - wide) if mark.is_point else (mark.x - wide / 2,):
            box = (x, mark.y - 8, x + wide, mark.y + 8)
            if box[0] < 0 or box[2] > WIDTH or any(box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3] for other in taken):
                continue
            taken.append(box)
            style = f'font-size="13" font-weight="600" fill="{palette.text}" stroke="#ffffff" stroke-width="3" paint-order="stroke" stroke-linejoin="round"'
            yield f'<text x="{x:.1f}" y="{mark.y + 4.5:.1f}" {style}>{escape(name)}</text>'
            break


def _legend(words: Words, codebook: Codebook, palette: Palette) -> Iterator[str]:
    rows = [(rank, 0, phase) for rank, phase in enumerate(codebook.ordered)] + [(-1, 1 << position, phase) for position, phase in enumerate(codebook.outcomes)]
    height = 26 * len(rows) + 16
    yield f'<g transform="translate({WIDTH - 206} 14)"><rect width="192" height="{height}" rx="8" fill="{palette.page}" stroke="{palette.border}"/>'
    for position, (rank, outcomes, phase) in enumerate(rows):
        y = 22 + 26 * position
        yield f'<g transform="translate(24 {y})">{glyph(rank, 0, known=False, outcomes=outcomes, codebook=codebook, radius=8)}</g>'
        yield f'<text x="46" y="{y + 5}" font-size="14" fill="{palette.text}">{escape(words.phase(phase.id, phase.label))}</text>'
    yield "</g>"
