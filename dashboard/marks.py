"""The marks of a drawing: every place of which something is said, where it stands and what part of the world holds them all."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from dashboard import projection
from dashboard.boundaries import Boundaries
from dashboard.codebook import HOME
from dashboard.data import Tables, called
from dashboard.layers import outlines
from dashboard.messages import Words
from dashboard.plain import line
from dashboard.projection import Frame, Ring, fit, km, world
from dashboard.story import POINTS, of_phase, said

View: TypeAlias = tuple[float, float, float]
"""Latitude, longitude, zoom."""
RADIUS = 9.0
"""Of a mark, in pixels."""
_TOGETHER = 3.0 * RADIUS
"""Marks nearer to one another than this are drawn as one, in pixels: the badge of one would lie on another."""
_SPECK = 1.6
"""An area whose parts are all smaller than this many radii of a mark is drawn as a mark."""
_VAST = 1500.0
"""Radius from which an area is as large as a continent, in kilometres."""
_MOST_LOST = 0.75
"""How many steps of zoom it may cost to draw areas whole."""
_MARGIN = 34.0
"""Around what a drawing is fitted to, in pixels: a mark on its edge has room for its badges."""
_FINE, _COARSE = range(-4, 5), range(-12, 13, 3)
_SPOTS = tuple(sorted({*itertools.product(_FINE, _FINE), *itertools.product(_COARSE, _COARSE)}, key=lambda spot: (math.hypot(*spot), spot)))
"""Where the sign of an area may stand around its middle, the nearest first, in steps: far from it they are looked at less closely."""
Edges = tuple[Ring, Ring]
"""Where each edge of an area starts, and where it ends."""
_NEAREST = 6.0
"""Zoom beyond which a drawing is not fitted."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on the drawing: its look and where it stands, in pixels (in world units until the frame is known)."""

    name: str
    x: float
    y: float
    rank: int
    certainty: int
    known: bool
    outcomes: int
    level: str
    rings: tuple[Ring, ...]
    faded: bool
    vast: bool
    more: int = 0
    """How many other places lie under it."""

    @property
    def is_point(self) -> bool:
        """Whether it is drawn as a point."""
        return not self.rings

    @property
    def order(self) -> tuple[bool, int, bool, str]:
        """What it is sorted by, the most telling last: of those that have come equally far, the home."""
        return (not self.faded, self.rank, bool(self.outcomes & (1 << HOME)), self.name)


def gather(words: Words, tables: Tables, looks: pd.DataFrame, boundaries: Boundaries, focus: str | None) -> list[Mark]:
    """All places of which something is said, in world units."""
    speaking = said(looks)
    places = tables.places.iloc[speaking.index.to_numpy()].assign(outline=lambda frame: outlines(frame, boundaries))
    there = (places["latitude"].notna() & places["longitude"].notna()).to_numpy()
    speaking, places = speaking[there], places[there]
    about = set(of_phase(speaking, tables.codebook, focus).index) if focus else set(speaking.index)
    shapes = rings_of(boundaries.world, tables.west)
    if set(places["outline"]) - {"", *shapes}:
        shapes = shapes | rings_of(boundaries.detail, tables.west)
    rows = zip(places.assign(name=called(words, places)).to_dict("records"), speaking.to_dict("records"), speaking.index, strict=True)
    return [_mark(row, look, shapes, west=tables.west, faded=position not in about) for row, look, position in rows]


def _mark(row: dict[Any, Any], look: dict[Any, Any], shapes: dict[str, list[Ring]], *, west: float, faded: bool) -> Mark:
    latitude, longitude = float(row["latitude"]), float(row["longitude"])
    radius = 0.0 if math.isnan(row["radius_km"]) else float(row["radius_km"])
    at = world(np.array([latitude]), np.array([longitude]), west=west)[0]
    parts = [] if row["level"] in POINTS else shapes.get(str(row["outline"]), [])
    if row["level"] not in POINTS and not parts:
        parts = [_circle(float(at[0]), float(at[1]), km(max(radius, 5.0), latitude))]
    return Mark(
        name=line(str(row["name"]), 40),
        x=float(at[0]),
        y=float(at[1]),
        rank=int(look["rank"]),
        certainty=int(look["certainty"]),
        known=bool(look["known"]),
        outcomes=int(look["outcomes"]),
        level=str(row["level"]),
        rings=tuple(parts),
        faded=faded,
        vast=radius >= _VAST,
    )


def _circle(x: float, y: float, radius: float) -> Ring:
    turns = np.linspace(0, 2 * math.pi, 48)
    return np.column_stack([x + radius * np.cos(turns), y + radius * np.sin(turns)])


def framed(marks: list[Mark], width: float, height: float, view: View | None) -> Frame:
    """The part of the world that is drawn: a view, or what holds the marks that it is about.

    An area as large as a continent is held whole where there is nothing smaller, or where that costs little; else its sign is in the picture and no more, or
    one large country would decide it. The edge of a region means nothing: beside other places its sign is enough.
    """
    if view is not None:
        scale = 2.0 ** view[2]
        middle = world(np.array([view[0]]), np.array([view[1]]))[0]
        return Frame(float(middle[0] - width / scale / 2), float(middle[1] - height / scale / 2), scale, width, height)
    wanted = [mark for mark in marks if not mark.faded] or marks
    if all(mark.vast for mark in wanted):
        frame = _holding(wanted, width, height, lambda _: True)
    else:
        whole = _holding(wanted, width, height, lambda mark: not mark.vast or mark.level != "region")
        least = _holding(wanted, width, height, lambda mark: not mark.vast)
        frame = whole if math.log2(whole.scale) >= math.log2(least.scale) - _MOST_LOST else least
    most = 2.0**_NEAREST
    if frame.scale <= most:
        return frame
    middle_x, middle_y = frame.west + width / frame.scale / 2, frame.north + height / frame.scale / 2
    return Frame(middle_x - width / most / 2, middle_y - height / most / 2, most, width, height)


def _holding(marks: list[Mark], width: float, height: float, is_whole: Callable[[Mark], bool]) -> Frame:
    """The frame that holds marks, those for which `is_whole` is true whole, of the others the middle, where their sign stands."""
    corners = [corner for mark in marks for corner in (_corners(mark) if is_whole(mark) else [[mark.x, mark.y]])]
    frame = fit(np.array(corners).reshape(-1, 2), width - 2 * _MARGIN, height - 2 * _MARGIN)
    return Frame(frame.west - _MARGIN / frame.scale, frame.north - _MARGIN / frame.scale, frame.scale, width, height)


def _corners(mark: Mark) -> list[list[float]]:
    """The corners of the largest part of an area, or the point."""
    if not mark.rings:
        return [[mark.x, mark.y]]
    largest = max(mark.rings, key=lambda ring: float(np.ptp(ring[:, 0]) * np.ptp(ring[:, 1])))
    return [largest.min(axis=0).tolist(), largest.max(axis=0).tolist()]


def drawn(mark: Mark, frame: Frame) -> Mark:
    """A mark in pixels. An area that would be smaller than its sign, as an island, has no more than that: it is drawn as a point."""
    at = frame.pixels(np.array([[mark.x, mark.y]]))[0]
    rings = tuple(frame.pixels(ring) for ring in mark.rings)
    is_seen = any(float(np.ptp(ring, axis=0).max()) >= _SPECK * RADIUS for ring in rings)
    return replace(mark, x=float(at[0]), y=float(at[1]), rings=rings if is_seen else ())


def together(points: list[Mark], home: int | None) -> list[Mark]:
    """Points without those that lie under a more telling one, in the order in which they are drawn.

    `home` is the rank of where it began, None where no phase is it: a mark that has come further and has such a place under it bears its badge.
    """
    leaders: dict[tuple[int, int], list[int]] = {}
    kept: list[Mark] = []
    for mark in sorted(points, key=lambda mark: mark.order, reverse=True):
        cell = (int(mark.x // _TOGETHER), int(mark.y // _TOGETHER))
        near = [other for east in (-1, 0, 1) for south in (-1, 0, 1) for other in leaders.get((cell[0] + east, cell[1] + south), [])]
        over = next((other for other in near if math.hypot(kept[other].x - mark.x, kept[other].y - mark.y) < _TOGETHER), None)
        if over is None:
            leaders.setdefault(cell, []).append(len(kept))
            kept.append(mark)
        else:
            kept[over] = _over(kept[over], mark, home)
    return kept[::-1]


def _over(mark: Mark, under: Mark, home: int | None) -> Mark:
    """A mark with another one under it."""
    is_home = home is not None and mark.rank > home and (under.rank == home or bool(under.outcomes & (1 << HOME)))
    return replace(mark, more=mark.more + 1, outcomes=mark.outcomes | is_home << HOME)


def spots(mark: Mark, step: float, *, without: Sequence[Edges] = ()) -> Iterator[tuple[float, float]]:
    """Points inside an area and outside others (their edges), from its middle outwards, by steps in pixels. Outside it a sign would be a pin."""
    start, end = edges(mark.rings)
    for east, south in _SPOTS:
        x, y = mark.x + east * step, mark.y + south * step
        if holds(start, end, x, y) and not any(holds(*other, x, y) for other in without):
            yield x, y


def edges(rings: Sequence[Ring]) -> Edges:
    """Where each edge of some rings starts and ends."""
    return np.concatenate(rings), np.concatenate([np.roll(ring, -1, axis=0) for ring in rings])


def holds(start: Ring, end: Ring, x: float, y: float) -> bool:
    """Whether a point lies in the rings that have these edges: an odd number of them lies due east of it."""
    crossing = (start[:, 1] > y) != (end[:, 1] > y)
    start, end = start[crossing], end[crossing]
    return int(np.sum(start[:, 0] + (y - start[:, 1]) * (end[:, 0] - start[:, 0]) / (end[:, 1] - start[:, 1]) > x)) % 2 == 1


def extent(mark: Mark) -> float:
    """How large an area is drawn."""
    return max((float(np.ptp(ring[:, 0]) * np.ptp(ring[:, 1])) for ring in mark.rings), default=0.0)


@lru_cache(maxsize=4)
def rings_of(topology: bytes, west: float) -> dict[str, list[Ring]]:
    """The rings of a file of outlines, kept: a handout draws them once for every page."""
    return projection.rings(topology, west)
