"""The map as a plain drawing, made by the server from the same looks: SVG, with its title, legend and caveats on it.

All that a document says goes in as escaped text.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

import numpy as np
import pandas as pd

from dashboard import legend
from dashboard.boundaries import Boundaries
from dashboard.data import Tables
from dashboard.glyphs import glyph, hatches
from dashboard.labels import Box, Labels
from dashboard.marks import RADIUS, Mark, View, drawn, extent, framed, gather, rings_of, together
from dashboard.messages import Words
from dashboard.plain import legal, wrapped
from dashboard.projection import Frame, Ring, world
from dashboard.ramp import INK, ramp

WIDTH, HEIGHT = 1280, 720
_SPECK = 2.5
"""Islands smaller than this are left out of an area, in pixels: their outlines would be all there is of them."""
_FONT = "font-family=\"system-ui, 'Open Sans', 'DejaVu Sans', sans-serif\""


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of everything that is not a phase."""

    water: str = "#eef2f4"
    land: str = "#dedbd2"
    border: str = "#b3ada0"
    text: str = "#17191d"
    soft: str = "#53565c"
    page: str = "#ffffff"


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
    marks = [drawn(mark, frame) for mark in placed]
    codebook = tables.codebook
    inside = [mark for mark in marks if mark.is_point and -RADIUS < mark.x < width + RADIUS and -RADIUS < mark.y < frame.height + RADIUS]
    points = together(inside, codebook.ranks[codebook.home.id] if codebook.home else None)
    areas = sorted((mark for mark in marks if not mark.is_point), key=extent, reverse=True)
    lines = list(_routes(tables, legs, frame)) if legs is not None else []
    key = legend.draw(
        words, tables.codebook, looks, [*points, *areas], frame, page=colours.page, edge=colours.border, ink=colours.text, soft=colours.soft, routes=bool(lines)
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"',
        f' role="img" aria-label={quoteattr(legal(title))} {_FONT}>',
        f'<rect width="{width}" height="{height}" fill="{colours.page}"/>',
        f"<defs>{''.join(hatches(tables.codebook))}{''.join(_signs([*points, *areas], tables))}</defs>",
        f'<g transform="translate(0 {top})"><rect width="{width}" height="{frame.height:g}" fill="{colours.water}"/>',
        f'<path d="{"".join(_path(frame, parts) for parts in rings_of(boundaries.world).values())}" fill="{colours.land}" stroke="{colours.border}"',
        ' stroke-width=".7" fill-rule="evenodd"/>',
        *(_area(mark, tables) for mark in areas),
        *lines,
        *(_point(mark) for mark in points),
        *(_tag(mark) for mark in points if mark.more and not mark.faded),
        *_names(words, points, areas, boundaries, frame, reserved=key.box, palette=colours),
        key.svg,
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
    lines = wrapped(title, width - 48, size, bold=True)
    small = wrapped(caption, width - 48, 16)
    texts = [
        f'<text x="24" y="{(size + 8) * (row + 1) + 2}" font-size="{size}" font-weight="700" fill="{colours.text}">{escape(text)}</text>'
        for row, text in enumerate(lines)
    ]
    start = (size + 8) * len(lines) + 4
    texts += [f'<text x="24" y="{start + 22 * (row + 1)}" font-size="16" fill="{colours.soft}">{escape(text)}</text>' for row, text in enumerate(small)]
    return "\n".join(texts), start + 22 * len(small) + 14 if texts else 0


def _path(frame: Frame, parts: list[Ring]) -> str:
    return "".join(_ring(frame.pixels(ring), frame) for ring in parts)


def _ring(points: Ring, frame: Frame | None = None) -> str:
    """A ring as path data, without what is out of the drawing or too small to see."""
    low, high = points.min(axis=0), points.max(axis=0)
    if frame and (high[0] < 0 or high[1] < 0 or low[0] > frame.width or low[1] > frame.height or float(np.max(high - low)) < 0.6):
        return ""
    whole = np.round(points, 0 if frame and frame.scale < 2**4 else 1)
    keep = np.concatenate([[True], np.any(whole[1:] != whole[:-1], axis=1)])
    return "M" + "L".join(f"{x:g},{y:g}" for x, y in whole[keep].tolist()) + "Z"


def _area(mark: Mark, tables: Tables) -> str:
    largest = max(float(np.max(np.ptp(ring, axis=0))) for ring in mark.rings)
    path = "".join(_ring(ring) for ring in mark.rings if float(np.max(np.ptp(ring, axis=0))) > min(_SPECK, largest * 0.99))
    colours = ramp(len(tables.codebook.ordered))
    fill = "none" if mark.rank < 0 else colours[mark.rank] if mark.certainty == 0 else f"url(#hatch-{mark.rank}-{mark.certainty})"
    dash = ' stroke-dasharray="2 3"' if mark.known else ' stroke-dasharray="8 5"' if mark.level == "region" else ""
    faint = ' opacity=".3"' if mark.faded else ""
    filled = f'fill="{fill}" fill-opacity="{0.22 if mark.level == "region" else 0.7}" fill-rule="evenodd"'
    return f'<path d="{path}" {filled} stroke="{INK}" stroke-width="1.3"{dash}{faint}/>'


def _sign(mark: Mark) -> str:
    return f"m{mark.rank}-{mark.certainty}-{int(mark.known)}-{mark.outcomes}"


def _signs(marks: list[Mark], tables: Tables) -> Iterator[str]:
    """Each kind of mark once: the drawing points to it from every place that looks so."""
    for name, mark in {_sign(mark): mark for mark in marks}.items():
        yield f'<g id="{name}">{glyph(mark.rank, mark.certainty, known=mark.known, outcomes=mark.outcomes, codebook=tables.codebook, radius=RADIUS)}</g>'


def _point(mark: Mark) -> str:
    faint = ' opacity=".3"' if mark.faded else ""
    return f'<use href="#{_sign(mark)}" x="{mark.x:.1f}" y="{mark.y:.1f}"{faint}/>'


def _tag(mark: Mark) -> str:
    """How many other places lie under a mark."""
    number = f"+{mark.more}"
    wide = 6 + 6 * len(number)
    x, y = mark.x - RADIUS, mark.y + RADIUS
    back = f'<rect x="{x - wide / 2:.1f}" y="{y - 6:.1f}" width="{wide}" height="12" rx="6" fill="#ffffff" stroke="{INK}" stroke-width=".8"/>'
    return f'{back}<text x="{x:.1f}" y="{y + 3.6:.1f}" font-size="10" font-weight="700" text-anchor="middle" fill="{INK}">{number}</text>'


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


def _area_name(mark: Mark, labels: Labels, palette: Palette) -> str:
    """An area's mark and its name below, for its colour alone does not tell its phase; the name alone where there is no room for both."""
    away = RADIUS * 1.6
    box = (mark.x - away, mark.y - away, mark.x + away, mark.y + away)
    name = labels.on(mark.name, mark.x, mark.y + away + 9, ink=palette.text) if labels.is_free(box) else ""
    sign = _point(mark) if name and labels.take(box) else ""
    return sign + name or labels.on(mark.name, mark.x, mark.y, ink=palette.text)


def _names(words: Words, points: list[Mark], areas: list[Mark], boundaries: Boundaries, frame: Frame, *, reserved: Box, palette: Palette) -> Iterator[str]:
    """Names of the marks, the most telling first, then of the countries that have none: where there is room."""
    labels = Labels(
        frame.width,
        frame.height,
        [reserved, *((mark.x - RADIUS, mark.y - RADIUS, mark.x + RADIUS, mark.y + RADIUS + (14 if mark.more else 0)) for mark in points)],
    )
    for mark in sorted((*points, *areas), key=lambda mark: mark.order, reverse=True):
        if mark.faded and mark.is_point:
            continue
        yield labels.beside(mark.name, mark.x, mark.y, RADIUS + 5, ink=palette.text) if mark.is_point else _area_name(mark, labels, palette)
    for identifier, english in sorted(boundaries.labels.items()):
        name = words.country(identifier, english)
        ring = max(rings_of(boundaries.world)[identifier], key=lambda ring: float(np.ptp(ring[:, 0]) * np.ptp(ring[:, 1])))
        inside = frame.pixels(ring)
        if float(np.ptp(inside[:, 0])) > 7 * len(name) and name not in labels.written:
            middle = inside.mean(axis=0)
            yield labels.on(name, float(middle[0]), float(middle[1]), ink=palette.soft, size=11, weight=400)
