"""The map as a plain drawing, made by the server from the same looks: SVG, with its title, legend and caveats on it.

All that a document says goes in as escaped text.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from xml.sax.saxutils import escape, quoteattr

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard import legend
from dashboard.boundaries import Boundaries
from dashboard.codebook import HOME, Codebook
from dashboard.data import Tables
from dashboard.glyphs import glyph, hatches, tag
from dashboard.labels import Box, Labels
from dashboard.marks import RADIUS, Mark, View, drawn, edges, extent, framed, gather, holds, rings_of, spots, together
from dashboard.messages import Words
from dashboard.plain import balanced, legal, wrapped
from dashboard.projection import Frame, Ring, world
from dashboard.ramp import INK, Palette, ramp

WIDTH, HEIGHT = 1280, 720
_SPECK = 2.5
"""Islands smaller than this are left out of an area, in pixels: their outlines would be all there is of them."""
_ASHORE = "ashore"
_CLIP = f'<clipPath id="{_ASHORE}"><use href="#land"/></clipPath>'
_FONT = "font-family=\"system-ui, 'Open Sans', 'DejaVu Sans', sans-serif\""


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

    `title` and `caption` stand above the map, `notes` below it (None: the two caveats); none of them where they are empty. `legs` are rows of the table of
    routes. With a `focus`, all but the marks of that phase are faint, and the map is fitted to them. `view` is drawn instead where it is given. `size` in
    pixels.
    """
    colours = palette or Palette()
    width, height = size
    heading = _heading(title, caption, width, colours)
    below = wrapped_lines([f"{words('legend.absence')} {words('legend.boundaries')}"] if notes is None else notes, width)
    top, foot = heading[1], 17 * len(below) + 14 if below else 0
    placed = gather(words, tables, looks, boundaries, focus)
    frame = framed(placed, width, height - top - foot, view)
    ashore = _ashore(placed, boundaries)
    marks = [drawn(mark, frame) for mark in placed]
    codebook = tables.codebook
    inside = [mark for mark in marks if mark.is_point and -RADIUS < mark.x < width + RADIUS and -RADIUS < mark.y < frame.height + RADIUS]
    points = together(inside, codebook.ranks[codebook.home.id] if codebook.home else None)
    areas = sorted((mark for mark in marks if not mark.is_point), key=extent, reverse=True)
    lines = list(_routes(tables, legs, frame)) if legs is not None else []
    key = legend.place(words, codebook, looks, [*points, *areas], frame, routes=bool(lines), under=any(map(_is_tagged, points)))
    signed, names = _names(words, points, areas, boundaries, frame, reserved=key.reserved, palette=colours)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"',
        f' role="img" aria-label={quoteattr(legal(title))} {_FONT}>',
        f'<rect width="{width}" height="{height}" fill="{colours.page}"/>',
        f"<defs>{''.join(hatches(tables.codebook))}{''.join(_signs([*points, *areas], tables))}{_CLIP if ashore else ''}</defs>",
        f'<g transform="translate(0 {top})"><rect width="{width}" height="{frame.height:g}" fill="{colours.water}"/>',
        f'<path id="land" d="{_land(frame, boundaries.world)}" fill="{colours.land}"',
        f' stroke="{colours.border}" stroke-width=".7" fill-rule="evenodd" clip-rule="evenodd"/>',
        *_regions([mark for mark in areas if mark.level == "region"], tables, colours, ashore),
        *(_area(mark, tables) for mark in areas if mark.level != "region"),
        *lines,
        *(_point(mark) for mark in points),
        *(tag(str(mark.more + 1), *_beside(mark, points)) for mark in points if _is_tagged(mark)),
        *names,
        key.svg(colours, _seen(codebook, [*points, *signed], [mark for mark in areas if _is_in(mark, frame)])),
        "</g>",
        # Cheaper than to clip the map.
        *(f'<rect y="{start}" width="{width}" height="{high}" fill="{colours.page}"/>' for start, high in ((0, top), (height - foot, foot)) if high),
        heading[0],
        *(f'<text x="24" y="{height - foot + 22 + 17 * row}" font-size="13" fill="{colours.soft}">{escape(text)}</text>' for row, text in enumerate(below)),
        "</svg>",
    ]
    return "\n".join(part for part in parts if part)


def wrapped_lines(notes: Sequence[str], width: int) -> list[str]:
    """The lines below a drawing."""
    return [text for note in notes for text in wrapped(note, width - 48, 13, most=3)]


def _heading(title: str, caption: str, width: int, colours: Palette) -> tuple[str, int]:
    """The lines above the map, and how high they are."""
    size = 27 if width > 900 else 22
    lines = balanced(title, width - 48, size, bold=True)
    small = wrapped(caption, width - 48, 16)
    texts = [
        f'<text x="24" y="{(size + 8) * (row + 1) + 2}" font-size="{size}" font-weight="700" fill="{colours.text}">{escape(text)}</text>'
        for row, text in enumerate(lines)
    ]
    start = (size + 8) * len(lines) + 4
    texts += [f'<text x="24" y="{start + 22 * (row + 1)}" font-size="16" fill="{colours.soft}">{escape(text)}</text>' for row, text in enumerate(small)]
    return "\n".join(texts), start + 22 * len(small) + 14 if texts else 0


@lru_cache(maxsize=2)
def _coasts(topology: bytes) -> tuple[Ring, NDArray[np.int64]]:
    """All rings of a file of outlines in one table, and where each of them begins: a handout draws them once for every page."""
    rings = [ring for parts in rings_of(topology).values() for ring in parts]
    starts = np.cumsum([0, *(len(ring) for ring in rings)], dtype=np.int64)
    return np.concatenate(rings) if rings else np.zeros((0, 2)), starts


def _land(frame: Frame, topology: bytes) -> str:
    """All land as path data, without what is out of the drawing or too small to see."""
    points, starts = _coasts(topology)
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
def _largest(topology: bytes) -> dict[str, Ring]:
    """The largest ring of each outline, by its id."""
    return {name: max(parts, key=lambda ring: float(np.ptp(ring[:, 0]) * np.ptp(ring[:, 1]))) for name, parts in rings_of(topology).items()}


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


def _regions(marks: Sequence[Mark], tables: Tables, colours: Palette, ashore: Collection[str]) -> Iterator[str]:
    """A region has no border: its colour is pale and lies on land where its middle does, and its outline is no more than a hint."""
    fills = {mark.name: f'<path d="{_outline(mark)}" fill="{_fill(mark, tables)}" fill-opacity="0.3" fill-rule="evenodd"{_faint(mark)}/>' for mark in marks}
    if ashore:
        yield f'<g clip-path="url(#{_ASHORE})">{"".join(fill for name, fill in fills.items() if name in ashore)}</g>'
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


def _ashore(marks: Sequence[Mark], boundaries: Boundaries) -> set[str]:
    """Names of the regions whose middle lies on land: a sea is drawn as it is."""
    regions = [mark for mark in marks if mark.level == "region"]
    land = [ring for rings in rings_of(boundaries.world).values() for ring in rings]
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


def _beside(mark: Mark, points: Sequence[Mark]) -> tuple[float, float]:
    """Where the tag of a mark stands: at its lower left, but at its lower right where it would hide the badge of a home."""
    homes = [(other.x - RADIUS, other.y - RADIUS) for other in points if other.outcomes & (1 << HOME)]
    left, right = ((mark.x + side, mark.y + RADIUS) for side in (-RADIUS, RADIUS))
    return right if any(math.dist(left, home) < 2 * RADIUS for home in homes) else left


def _is_in(mark: Mark, frame: Frame) -> bool:
    """Whether any of an area is on the drawing, by the boxes of its parts."""
    corners = [(ring.min(axis=0), ring.max(axis=0)) for ring in mark.rings]
    return any(high[0] > 0 and high[1] > 0 and low[0] < frame.width and low[1] < frame.height for low, high in corners)


def _seen(codebook: Codebook, signs: Sequence[Mark], areas: Sequence[Mark]) -> set[str]:
    """Phases of which something is on a drawing: a mark that stands there, the badge on one, or the colour of an area."""
    ranks, beside = {mark.rank for mark in (*signs, *areas)}, {position for mark in signs for position, _ in codebook.beside if mark.outcomes & (1 << position)}
    return {phase.id for rank, phase in enumerate(codebook.ordered) if rank in ranks} | {phase.id for position, phase in codebook.beside if position in beside}


def _routes(tables: Tables, legs: pd.DataFrame, frame: Frame) -> Iterator[str]:
    """Legs as bent arrows: dashed where suspected, dotted where known by the document's date alone."""
    places = tables.places[tables.places["latitude"].notna()]
    points = frame.pixels(world(places["latitude"].to_numpy(float), places["longitude"].to_numpy(float)))
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
        yield f'<path d="{curve}" fill="none" stroke="#ffffff" stroke-width="5"/>'
        yield f'<path d="{curve}" fill="none" stroke="#2b2f36" stroke-width="2.4"{dash}/><path d="M{head}Z" fill="#2b2f36"/>'


def _area_name(mark: Mark, labels: Labels, palette: Palette) -> tuple[Mark | None, str]:
    """An area's mark and its name below, for its colour alone does not tell its phase: the mark where it stands, and both as they are drawn.

    The mark stands inside the area, as near to its middle as there is room for both, else for the mark, else for the name alone.
    """
    away = RADIUS * (1.6 if mark.rank >= 0 and mark.outcomes else 1.15)
    places = [replace(mark, x=x, y=y) for x, y in spots(mark, RADIUS)]
    for sign in places:
        if name := labels.below(mark.name, sign.x, sign.y, away, ink=palette.text):
            return sign, _point(sign) + name
    for sign in places:
        if labels.take((sign.x - away, sign.y - away, sign.x + away, sign.y + away)):
            return sign, _point(sign)
    return None, labels.on(mark.name, mark.x, mark.y, ink=palette.text)


def _names(
    words: Words, points: list[Mark], areas: list[Mark], boundaries: Boundaries, frame: Frame, *, reserved: Box, palette: Palette
) -> tuple[list[Mark], list[str]]:
    """Names of the marks, the most telling first, then of the countries that have none, where there is room; and the marks of areas that had room."""
    labels = Labels(
        frame.width,
        frame.height,
        [reserved, *((mark.x - RADIUS, mark.y - RADIUS, mark.x + RADIUS, mark.y + RADIUS + (14 if mark.more else 0)) for mark in points)],
    )
    signed: list[Mark] = []
    written: list[str] = []
    # An area of which only an outcome is said has no colour: without its sign it would say nothing, so that comes first.
    for mark in sorted((*points, *areas), key=lambda mark: (not mark.is_point and mark.rank < 0, mark.order), reverse=True):
        if mark.is_point:
            written.append("" if mark.faded else labels.beside(mark.name, mark.x, mark.y, RADIUS + 5, ink=palette.text))
            continue
        sign, text = _area_name(mark, labels, palette)
        written.append(text)
        signed += [sign] if sign else []
    largest = _largest(boundaries.world)
    for identifier, english in sorted(boundaries.labels.items()):
        name = words.country(identifier, english)
        inside = frame.pixels(largest[identifier])
        if float(np.ptp(inside[:, 0])) > 7 * len(name) and name not in labels.written:
            middle = inside.mean(axis=0)
            written.append(labels.on(name, float(middle[0]), float(middle[1]), ink=palette.soft, size=11, weight=400))
    return signed, written
