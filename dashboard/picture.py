"""The map as a plain drawing, made by the server from the same looks: SVG, with its title, legend and caveats on it.

All that a document says goes in as escaped text.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from xml.sax.saxutils import quoteattr

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard import legend
from dashboard.boundaries import Boundaries
from dashboard.codebook import Codebook
from dashboard.data import Tables
from dashboard.glyphs import discs, glyph, hatches, tag
from dashboard.labels import Box, Labels
from dashboard.marks import RADIUS, Edges, Mark, View, drawn, edges, extent, framed, gather, holds, rings_of, spots, together
from dashboard.messages import Words
from dashboard.moments import CERTAINTIES
from dashboard.plain import legal
from dashboard.projection import Frame, Ring, world
from dashboard.ramp import INK, Palette, ramp
from dashboard.surround import Surround, above_and_below, in_a_column

WIDTH, HEIGHT = 1280, 720
_MUCH = 1.2
"""How much larger the map must be for its words to stand beside it."""
_STRIP = 16.0
"""How much wider than the legend the strip is that it has for itself, in pixels."""
_SPECK = 2.5
"""Islands smaller than this are left out of an area, in pixels: their outlines would be all there is of them."""
_TAG = 7.0
"""Radius of the tag of a mark, in pixels."""
_TAGS = ((-1.0, 1.0), (1.0, 1.0), (0.0, 1.6), (-1.6, 0.0), (1.6, 0.0), (-1.0, -1.0), (1.0, -1.0))
"""Where it may stand around the middle of the mark, east and south, in radii of that; the usual one first."""
_ASHORE = "ashore"
_CLIP = f'<clipPath id="{_ASHORE}"><use href="#land"/></clipPath>'
_FONT = "font-family=\"'Open Sans', system-ui, 'DejaVu Sans', sans-serif\""


def svg(
    words: Words,
    tables: Tables,
    looks: pd.DataFrame,
    boundaries: Boundaries,
    *,
    title: str,
    caption: str = "",
    notes: Sequence[str] | None = None,
    legs: pd.DataFrame | None = None,
    focus: str | None = None,
    view: View | None = None,
    size: tuple[int, int] = (WIDTH, HEIGHT),
    palette: Palette | None = None,
) -> str:
    """The drawing. `looks` are those of `moments.looks`; places that are only named are left out.

    `title` and `caption` stand above the map, `notes` below it (None: the two caveats), or all of them beside it; none of them where they are empty. `legs` are
    rows of the table of routes. With a `focus`, all but the marks of that phase are faint, and the map is fitted to them. `view` is drawn instead where it is
    given. `size` in pixels.
    """
    colours = palette or Palette()
    below = [f"{words('legend.absence')} {words('legend.boundaries')}"] if notes is None else notes
    placed = gather(words, tables, looks, boundaries, focus)
    around, frame = _surrounded(placed, title, caption, below, view=view, size=size, palette=colours)
    ashore = _ashore(placed, boundaries, tables.west)
    codebook = tables.codebook
    laid = _laid(words, tables, looks, placed, frame, legs)
    if view is None and laid.key.covers([*laid.points, *laid.areas]):
        laid = _laid(words, tables, looks, placed, _beside(placed, laid), legs)
    frame, points, areas, tags, lines, key = laid.frame, laid.points, laid.areas, laid.tags, laid.lines, laid.key
    taken = [key.reserved, *(box for mark in points for box in _covered(mark)), *((x - _TAG, y - _TAG, x + _TAG, y + _TAG) for _, x, y in tags)]
    taken += [tip for tip, _ in lines]
    signed, names = _names(words, points, areas, boundaries, frame, west=tables.west, taken=taken, tags=tags, palette=colours)
    definitions = f"{''.join(hatches(codebook))}{''.join(_signs([*points, *areas], tables))}{_CLIP if ashore else ''}"
    inside = [
        f'<path id="land" d="{_land(frame, boundaries.world, tables.west)}" fill="{colours.land}"',
        f' stroke="{colours.border}" stroke-width=".7" fill-rule="evenodd" clip-rule="evenodd"/>',
        *_regions(areas, tables, colours, ashore),
        *(_area(mark, tables) for mark in areas if mark.level != "region"),
        *(line for _, line in lines),
        *(_point(mark) for mark in points),
        *(tag(*told) for told in tags),
        *names,
        key.svg(colours, _seen(codebook, [*points, *signed], [mark for mark in areas if _is_in(mark, frame)])),
    ]
    return "\n".join(part for part in _sheet(title, around, frame, definitions, inside, size=size, palette=colours) if part)


def _arranged(placed: Sequence[Mark], frame: Frame, codebook: Codebook) -> tuple[list[Mark], list[Mark]]:
    """The points of a drawing, those that stand on one spot as one mark, and its areas, the largest first, each where it is drawn."""
    marks = [drawn(mark, frame) for mark in placed]
    inside = [mark for mark in marks if mark.is_point and -RADIUS < mark.x < frame.width + RADIUS and -RADIUS < mark.y < frame.height + RADIUS]
    points = together(inside, codebook.ranks[codebook.home.id] if codebook.home else None)
    return points, sorted((mark for mark in marks if not mark.is_point), key=extent, reverse=True)


def _sheet(title: str, around: Surround, frame: Frame, definitions: str, inside: Sequence[str], *, size: tuple[int, int], palette: Palette) -> Iterator[str]:
    """The lines of the drawing: what is `inside` the map, and the words around it."""
    width, height = size
    left, top, *_ = around.room
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    yield f' role="img" aria-label={quoteattr(legal(title))} {_FONT}>'
    yield f'<rect width="{width}" height="{height}" fill="{palette.page}"/>'
    yield f"<defs>{definitions}</defs>"
    yield f'<g transform="translate({left:g} {top:g})"><rect width="{frame.width:g}" height="{frame.height:g}" fill="{palette.water}"/>'
    yield from inside
    yield "</g>"
    yield around.svg  # on the page, which covers what of the map lies under it: cheaper than to clip that
    yield "</svg>"


@dataclass(frozen=True, slots=True)
class _Laid:
    """What is drawn of marks and routes in a frame, in pixels, and the legend's place among it."""

    frame: Frame
    points: list[Mark]
    areas: list[Mark]
    tags: list[tuple[str, float, float]]
    lines: list[tuple[Box, str]]
    key: legend.Legend


def _laid(words: Words, tables: Tables, looks: pd.DataFrame, placed: list[Mark], frame: Frame, legs: pd.DataFrame | None) -> _Laid:
    points, areas = _arranged(placed, frame, tables.codebook)
    tags = _tags(points)
    lines = list(_routes(tables, legs, frame)) if legs is not None else []
    uses = {*_uses(points, [mark for mark in areas if _is_in(mark, frame)]), *(["legend.under"] if tags else []), *(["legend.routes"] if lines else [])}
    key = legend.place(words, tables.codebook, looks, [*points, *areas], frame, uses=uses)
    return _Laid(frame, points, areas, tags, lines, key)


def _uses(points: Sequence[Mark], areas: Sequence[Mark]) -> Iterator[str]:
    """Which of the ways to draw certainty and dates are on a drawing, as their messages: a sign of which there is none would be looked for."""
    for mark in (*points, *areas):
        yield f"status.{CERTAINTIES[mark.certainty]}"
        if mark.known:
            yield "legend.known"
    if any(mark.rank >= 0 and mark.certainty > 0 for mark in areas):
        yield "legend.suspected_area"


def _beside(placed: list[Mark], laid: _Laid) -> Frame:
    """The frame in which the legend has a strip for itself, at a side or above or below: where each corner lies on a mark, that mark would not be seen."""
    whole, (west, north, east, south) = laid.frame, laid.key.box
    across, down = east - west + _STRIP, south - north + _STRIP
    # Not half of the picture for it, or there would be little of the map.
    narrow = framed(placed, whole.width - across, whole.height, None) if across < whole.width / 2 else None
    low = framed(placed, whole.width, whole.height - down, None) if down < whole.height / 2 else None
    if narrow and (low is None or narrow.scale >= low.scale):
        return replace(narrow, west=narrow.west - (across / narrow.scale if west < whole.width / 2 else 0.0), width=whole.width)
    return replace(low, north=low.north - (down / low.scale if north < whole.height / 2 else 0.0), height=whole.height) if low else whole


def _surrounded(
    placed: list[Mark], title: str, caption: str, notes: Sequence[str], *, view: View | None, size: tuple[int, int], palette: Palette
) -> tuple[Surround, Frame]:
    """The words around the map and the part of the world in it: the words beside it where that shows what it is about much larger."""
    stacked = above_and_below(title, caption, notes, size, palette)
    frame = framed(placed, *_extent(stacked), view)
    beside = in_a_column(title, caption, notes, size, palette) if view is None else None
    if beside is None:
        return stacked, frame
    larger = framed(placed, *_extent(beside), None)
    return (beside, larger) if larger.scale > _MUCH * frame.scale else (stacked, frame)


def _extent(surround: Surround) -> tuple[float, float]:
    west, north, east, south = surround.room
    return east - west, south - north


@lru_cache(maxsize=2)
def _coasts(topology: bytes, west: float) -> tuple[Ring, NDArray[np.int64]]:
    """All rings of a file of outlines in one table, and where each of them begins: a handout draws them once for every page."""
    rings = [ring for parts in rings_of(topology, west).values() for ring in parts]
    starts = np.cumsum([0, *(len(ring) for ring in rings)], dtype=np.int64)
    return np.concatenate(rings) if rings else np.zeros((0, 2)), starts


def _land(frame: Frame, topology: bytes, west: float) -> str:
    """All land as path data, without what is out of the drawing or too small to see."""
    points, starts = _coasts(topology, west)
    if not len(points):
        return ""
    pixels = frame.pixels(points)
    low, high = (edge.reduceat(pixels, starts[:-1], axis=0) for edge in (np.minimum, np.maximum))
    seen = (high >= 0).all(axis=1) & (low <= (frame.width, frame.height)).all(axis=1) & ((high - low).max(axis=1) >= 0.6)
    whole = np.round(pixels, 0 if frame.scale < 2**4 else 1)
    keep = np.concatenate([[True], np.any(whole[1:] != whole[:-1], axis=1)])
    keep[starts[:-1]] = True
    return "".join(_data(whole[start:end][keep[start:end]]) for start, end, is_seen in zip(starts[:-1], starts[1:], seen, strict=True) if is_seen)


@lru_cache(maxsize=2)
def _largest(topology: bytes, west: float) -> dict[str, Ring]:
    """The largest ring of each outline, by its id."""
    return {name: max(parts, key=lambda ring: float(np.ptp(ring[:, 0]) * np.ptp(ring[:, 1]))) for name, parts in rings_of(topology, west).items()}


def _ring(points: Ring) -> str:
    """A ring in pixels as path data."""
    whole = np.round(points, 1)
    return _data(whole[np.concatenate([[True], np.any(whole[1:] != whole[:-1], axis=1)])])


def _data(points: Ring) -> str:
    return "M" + "L".join([f"{x:g},{y:g}" for x, y in points.tolist()]) + "Z"


def _area(mark: Mark, tables: Tables) -> str:
    dash = ' stroke-dasharray="2 3"' if mark.known else ""
    filled = f'fill="{_fill(mark, tables)}" fill-opacity="0.7" fill-rule="evenodd"'
    return f'<path d="{_outline(mark)}" {filled} stroke="{INK}" stroke-width="1.3"{dash}{_faint(mark)}/>'


def _regions(areas: Sequence[Mark], tables: Tables, colours: Palette, ashore: Collection[str]) -> Iterator[str]:
    """A region has no border: its colour is pale and lies on land where its middle does, and its outline is no more than a hint.

    It does not lie under that of a country: between the lines of its hatching it would look like a second phase.
    """
    marks = [mark for mark in areas if mark.level == "region"]
    fills = {mark.name: f'<path d="{_outline(mark)}" fill="{_fill(mark, tables)}" fill-opacity="0.3" fill-rule="evenodd"{_faint(mark)}/>' for mark in marks}
    if ashore:
        yield f'<g clip-path="url(#{_ASHORE})">{"".join(fill for name, fill in fills.items() if name in ashore)}</g>'
        coloured = "".join(_outline(mark) for mark in areas if mark.level != "region" and mark.rank >= 0)
        if coloured:
            yield f'<path d="{coloured}" fill="{colours.land}"/>'
    yield from (fill for name, fill in fills.items() if name not in ashore)
    for mark in marks:
        yield f'<path d="{_outline(mark)}" fill="none" stroke="{colours.soft}" stroke-width="1" stroke-dasharray="6 5"{_faint(mark, 0.5)}/>'


def _outline(mark: Mark) -> str:
    largest = max(float(np.max(np.ptp(ring, axis=0))) for ring in mark.rings)
    return "".join(_ring(ring) for ring in mark.rings if float(np.max(np.ptp(ring, axis=0))) > min(_SPECK, largest * 0.99))


def _fill(mark: Mark, tables: Tables) -> str:
    if mark.rank < 0:
        return "none"
    return ramp(len(tables.codebook.ordered))[mark.rank] if mark.certainty == 0 else f"url(#hatch-{mark.rank}-{mark.certainty})"


def _faint(mark: Mark, otherwise: float = 1.0) -> str:
    opacity = 0.3 * otherwise if mark.faded else otherwise
    return "" if opacity == 1 else f' opacity="{opacity:g}"'


def _ashore(marks: Sequence[Mark], boundaries: Boundaries, west: float) -> set[str]:
    """Names of the regions whose middle lies on land: a sea is drawn as it is."""
    regions = [mark for mark in marks if mark.level == "region"]
    land = [ring for rings in rings_of(boundaries.world, west).values() for ring in rings]
    if not regions or not land:
        return set()
    start, end = edges(land)
    return {mark.name for mark in regions if holds(start, end, mark.x, mark.y)}


def _sign(mark: Mark) -> str:
    return f"m{mark.rank}-{mark.certainty}-{int(mark.known)}-{mark.outcomes}"


def _signs(marks: list[Mark], tables: Tables) -> Iterator[str]:
    """Each kind of mark once: the drawing points to it from every place that looks so."""
    for name, mark in {_sign(mark): mark for mark in marks}.items():
        yield f'<g id="{name}">{glyph(mark.rank, mark.certainty, known=mark.known, outcomes=mark.outcomes, codebook=tables.codebook, radius=RADIUS)}</g>'


def _point(mark: Mark) -> str:
    faint = ' opacity=".3"' if mark.faded else ""
    return f'<use href="#{_sign(mark)}" x="{mark.x:.1f}" y="{mark.y:.1f}"{faint}/>'


def _is_tagged(mark: Mark) -> bool:
    """Whether a mark bears a tag with the number of places under it."""
    return bool(mark.more) and not mark.faded


def _covered(mark: Mark) -> list[Box]:
    """What of the drawing a mark covers, with its badges."""
    return [
        (mark.x + east - radius, mark.y + south - radius, mark.x + east + radius, mark.y + south + radius)
        for east, south, radius in discs(mark.rank, mark.outcomes, RADIUS)
    ]


def _tags(points: Sequence[Mark]) -> list[tuple[str, float, float]]:
    """The text of each tag and where it stands: at the lower left of its mark, or wherever else around it the tag lies on no other mark, badge or tag."""
    discs_ = [(mark.x + east, mark.y + south, size) for mark in points for east, south, size in discs(mark.rank, mark.outcomes, RADIUS)]
    covered = np.array(discs_).reshape(-1, 3)
    found: list[tuple[str, float, float]] = []
    for mark in reversed(points):
        if not _is_tagged(mark):
            continue
        away = np.hypot(covered[:, 0] - mark.x, covered[:, 1] - mark.y)
        near = covered[(away > 0) & (away < 6 * RADIUS)]
        spots_ = [(mark.x + east * RADIUS, mark.y + south * RADIUS) for east, south in _TAGS]
        x, y = min(spots_, key=lambda spot: round(float(np.maximum(near[:, 2] + _TAG - np.hypot(near[:, 0] - spot[0], near[:, 1] - spot[1]), 0).sum())))
        found.append((str(mark.more + 1), x, y))
        covered = np.vstack([covered, (x, y, _TAG)])
    return found


def _beyond(mark: Mark, tags: Sequence[tuple[str, float, float]]) -> tuple[float, float]:
    """How much further than its mark a name keeps away to the left and to the right, where the tag of the mark stands."""
    own = [x - mark.x for _, x, y in tags if _is_tagged(mark) and math.hypot(x - mark.x, y - mark.y) < 2 * RADIUS]
    return (_TAG, 0.0) if any(x < 0 for x in own) else (0.0, _TAG) if any(x > 0 for x in own) else (0.0, 0.0)


def _is_in(mark: Mark, frame: Frame) -> bool:
    """Whether any of an area is on the drawing, by the boxes of its parts."""
    corners = [(ring.min(axis=0), ring.max(axis=0)) for ring in mark.rings]
    return any(high[0] > 0 and high[1] > 0 and low[0] < frame.width and low[1] < frame.height for low, high in corners)


def _seen(codebook: Codebook, signs: Sequence[Mark], areas: Sequence[Mark]) -> set[str]:
    """Phases of which something is on a drawing: a mark that stands there, the badge on one, or the colour of an area."""
    ranks, beside = {mark.rank for mark in (*signs, *areas)}, {position for mark in signs for position, _ in codebook.beside if mark.outcomes & (1 << position)}
    return {phase.id for rank, phase in enumerate(codebook.ordered) if rank in ranks} | {phase.id for position, phase in codebook.beside if position in beside}


def _routes(tables: Tables, legs: pd.DataFrame, frame: Frame) -> Iterator[tuple[Box, str]]:
    """Legs as bent arrows, each with what its tip covers: dashed where suspected, dotted where known by the document's date alone."""
    places = tables.places[tables.places["latitude"].notna()]
    points = frame.pixels(world(places["latitude"].to_numpy(float), places["longitude"].to_numpy(float), west=tables.west))
    at = dict(zip(places["place_id"], points, strict=True))
    for row in legs.to_dict("records"):
        start, end = at.get(row["from_place_id"]), at.get(row["to_place_id"])
        if start is None or end is None or (length := math.hypot(*(end - start))) < 14:
            continue
        across = np.array([end[1] - start[1], start[0] - end[0]]) / length
        bend = (start + end) / 2 + across * min(0.16 * length, 70) * (1 if end[0] >= start[0] else -1)
        way = (end - bend) / math.hypot(*(end - bend))
        tip, side = end - way * 9, np.array([-way[1], way[0]]) * 6
        dash = ' stroke-dasharray="2 4"' if row["date_provenance"] == "document" else ' stroke-dasharray="9 6"' if row["status"] == "suspected" else ""
        curve = f"M{start[0]:.1f},{start[1]:.1f}Q{bend[0]:.1f},{bend[1]:.1f} {tip[0]:.1f},{tip[1]:.1f}"
        head = "L".join(f"{x:.1f},{y:.1f}" for x, y in (end, end - way * 13 + side, end - way * 13 - side))
        middle = end - way * 6.5
        casing = f'<path d="{curve}" fill="none" stroke="#ffffff" stroke-width="5"/>'
        line = f'<path d="{curve}" fill="none" stroke="#2b2f36" stroke-width="2.4"{dash}/><path d="M{head}Z" fill="#2b2f36"/>'
        yield (middle[0] - 7, middle[1] - 7, middle[0] + 7, middle[1] + 7), casing + line


def _area_name(mark: Mark, others: Sequence[Edges], labels: Labels, palette: Palette) -> tuple[Mark | None, str]:
    """An area's mark and its name below, for its colour alone does not tell its phase: the mark where it stands, and both as they are drawn.

    The mark stands inside the area and outside the smaller `others`, whose mark it would seem to be: as near to the middle as there is room for both, else for
    the mark, else for the name alone. What is pale has its name in pale ink. The mark of a region never stands alone: it would be read as a town.
    """
    ink = palette.soft if mark.faded else palette.text
    places = [replace(mark, x=x, y=y) for x, y in spots(mark, RADIUS, without=others)]
    for sign in places:
        around = _covered(sign)
        low = max(box[3] for box in around) - sign.y
        if name := labels.below(mark.name, sign.x, sign.y, low + 1, around=around, ink=ink):
            return sign, _point(sign) + name
    for sign in places if mark.level != "region" else []:
        if labels.take(*_covered(sign)):
            return sign, _point(sign)
    return None, labels.on(mark.name, mark.x, mark.y, ink=ink)


def _smaller(mark: Mark, borders: Sequence[tuple[float, Edges]]) -> list[Edges]:
    """The borders of the areas that may lie in another one. A region has none, and is full of countries."""
    return [border for size, border in borders if size < extent(mark)] if mark.level != "region" else []


def _names(
    words: Words,
    points: list[Mark],
    areas: list[Mark],
    boundaries: Boundaries,
    frame: Frame,
    *,
    west: float,
    taken: Sequence[Box],
    tags: Sequence[tuple[str, float, float]],
    palette: Palette,
) -> tuple[list[Mark], list[str]]:
    """The marks of areas that had room, and as they are drawn: those with their names, then the names of points, then of the countries that have none.

    The most telling come first, and nothing lies on what is `taken`.
    """
    labels = Labels(frame.width, frame.height, taken)
    signed: list[Mark] = []
    written: list[str] = []
    borders = [(extent(mark), edges(mark.rings)) for mark in areas if mark.level != "region"]
    # An area of which only an outcome is said has no colour: without its sign it would say nothing, so that comes first.
    for mark in sorted(areas, key=lambda mark: (mark.rank < 0, mark.order), reverse=True):
        sign, text = _area_name(mark, _smaller(mark, borders), labels, palette)
        written.append(text)
        signed += [sign] if sign else []
    for mark in sorted(points, key=lambda mark: mark.order, reverse=True):
        written.append("" if mark.faded else labels.beside(mark.name, mark.x, mark.y, RADIUS + 5.5, ink=palette.text, further=_beyond(mark, tags)))
    largest = _largest(boundaries.world, west)
    for identifier, english in sorted(boundaries.labels.items()):
        name = words.country(identifier, english)
        inside = frame.pixels(largest[identifier])
        if float(np.ptp(inside[:, 0])) > 7 * len(name) and name not in labels.written:
            middle = inside.mean(axis=0)
            written.append(labels.on(name, float(middle[0]), float(middle[1]), ink=palette.soft, size=11, weight=400))
    return signed, written
