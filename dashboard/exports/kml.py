"""Places by phase as KML 2.2, with the times at which each phase is said of each place, and the legs of routes.

A viewer takes a description for HTML and `$[name]` for a field: document text is made safe for both before it is made safe for XML. Areas are outlines, or
circles where there is none.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any
from xml.sax.saxutils import escape

import numpy as np

from dashboard import boundaries as outlines
from dashboard import layers, projection
from dashboard.boundaries import Boundaries
from dashboard.data import called
from dashboard.evidence import Card, cards, route_card, route_ends
from dashboard.exports.sentences import told
from dashboard.exports.taken import Taken
from dashboard.moments import OPEN_END, date_of
from dashboard.plain import line
from dashboard.ramp import ramp
from dashboard.story import POINTS
from gazetteer.tables.files import cut

_MOST = 60
"""Sentences in one description."""
_CIRCLE = 48


def kml_file(taken: Taken, boundaries: Boundaries = outlines.NONE) -> bytes:
    """The file."""
    words, mark = taken.words, taken.stamp
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>',
        f"<name>{_text(mark.title)}</name><open>1</open>",
        f"<description>{_described(mark.text(words).splitlines())}</description>",
        *_styles(taken),
        *_folders(taken, boundaries),
        *_routes(taken),
        "</Document></kml>",
    ]
    return "\n".join(parts).encode()


def _styles(taken: Taken) -> Iterator[str]:
    for rank, colour in enumerate(ramp(len(taken.tables.codebook.ordered))):
        yield _style(f"phase-{rank}", colour)
    yield _style("outcome", "#ffffff")
    yield _style("named", "#6f7278")
    yield '<Style id="route"><LineStyle><color>ff362f2b</color><width>3</width></LineStyle></Style>'


def _style(name: str, colour: str) -> str:
    """KML writes colours as alpha, blue, green, red."""
    turned = colour[5:7] + colour[3:5] + colour[1:3]
    return (
        f'<Style id="{name}"><IconStyle><color>ff{turned}</color></IconStyle><LineStyle><color>ff1a1614</color><width>1.5</width></LineStyle>'
        f"<PolyStyle><color>99{turned}</color></PolyStyle></Style>"
    )


def _folders(taken: Taken, boundaries: Boundaries) -> Iterator[str]:
    codebook, words = taken.tables.codebook, taken.words
    shapes = _shapes(taken, boundaries)
    places = taken.tables.places
    names = places[["latitude", "longitude"]].assign(name=called(taken.words, places)).to_dict("records")
    placed = taken.rows[taken.rows["place"] >= 0].sort_values(["place", "certainty", "begin"], kind="stable")
    rows = placed.to_dict("records")
    found = list(zip(rows, cards(words, taken.tables, placed), strict=True))
    styles = {phase.id: f"phase-{rank}" for rank, phase in enumerate(codebook.ordered)} | {phase.id: "outcome" for phase in codebook.outcomes}
    for phase in codebook.phases:
        said = [pair for pair in found if pair[0]["phase"] == phase.id]
        if not said:
            continue
        label = words.phase(phase.id, phase.label)
        number = f"{phase.order} " if phase.order is not None else ""
        yield f"<Folder><name>{_text(number + label)}</name>"
        for position, group in groupby(said, key=lambda pair: int(pair[0]["place"])):
            yield _placemark(taken, names[position], list(group), style=styles.get(phase.id, "named"), phase=f"{number}{label}", shape=shapes.get(position))
        yield "</Folder>"


def _placemark(taken: Taken, place: dict[Any, Any], said: Sequence[tuple[dict[Any, Any], Card]], *, style: str, phase: str, shape: str | None) -> str:
    status = str(said[0][0]["status"])
    lines = [taken.words("card.heading", phase=phase, status=taken.words.get(f"status.{status}", status))]
    for _, card in said[:_MOST]:
        lines += ["", *told(taken, card)]
    if len(said) > _MOST:
        lines += ["", taken.words("take.more_sentences", n=len(said) - _MOST)]
    geometry = shape or f"<Point><coordinates>{float(place['longitude']):.6f},{float(place['latitude']):.6f}</coordinates></Point>"
    span = _span([row for row, _ in said])
    name = _text(line(str(place["name"]), 200))
    return f"<Placemark><name>{name}</name><description>{_described(lines)}</description>{span}<styleUrl>#{style}</styleUrl>{geometry}</Placemark>"


def _span(rows: Sequence[Mapping[Any, Any]]) -> str:
    """From the first begin to the last end; open where one of them is."""
    dated = [row for row in rows if row["first"] <= row["last"]]
    if not dated:
        return ""
    begin, last = min(int(row["begin"]) for row in dated), max(int(row["last"]) for row in dated)
    end = f"<end>{date_of(last).isoformat()}</end>" if last != OPEN_END else ""
    return f"<TimeSpan><begin>{date_of(begin).isoformat()}</begin>{end}</TimeSpan>"


def _routes(taken: Taken) -> Iterator[str]:
    if not len(taken.legs):
        return
    places = taken.tables.places.set_index("place_id")
    yield f"<Folder><name>{_text(taken.words('legend.routes'))}</name>"
    for record in taken.legs.to_dict("records"):
        row: dict[str, Any] = {str(key): value for key, value in record.items()}
        ends = [places.loc[row[f"{name}_place_id"]] if row[f"{name}_place_id"] in places.index else None for name in ("from", "to")]
        points = [(float(end["longitude"]), float(end["latitude"])) for end in ends if end is not None and end["latitude"] == end["latitude"]]
        if len(points) != len(ends):
            continue
        lines = "".join(
            f"<LineString><tessellate>1</tessellate><coordinates>{_coordinates(part)}</coordinates></LineString>" for part in cut(points[0], points[1])
        )
        start, end = route_ends(taken.words, taken.tables, row)
        name = taken.words("take.leg", **{"from": line(start, 80), "to": line(end, 80)})
        described = _described(told(taken, route_card(taken.words, taken.tables, row)))
        shape = f"{_span([row])}<styleUrl>#route</styleUrl><MultiGeometry>{lines}</MultiGeometry>"
        yield f"<Placemark><name>{_text(name)}</name><description>{described}</description>{shape}</Placemark>"
    yield "</Folder>"


def _shapes(taken: Taken, boundaries: Boundaries) -> dict[int, str]:
    """The geometries of all areas that the rows need, by their places' positions."""
    places = taken.tables.places
    wanted = sorted(set(taken.rows.loc[taken.rows["place"] >= 0, "place"]))
    areas = places.iloc[wanted]
    areas = areas[~areas["level"].isin(POINTS)]
    found = layers.outlines(areas, boundaries)
    polygons: dict[str, list[list[projection.Ring]]] = {}
    for topology in (boundaries.world, boundaries.detail):
        polygons |= projection.polygons(topology) if set(found) - {""} else {}
    shapes = {}
    for position, outline, (latitude, longitude, radius) in zip(
        areas.index, found, areas[["latitude", "longitude", "radius_km"]].itertuples(index=False, name=None), strict=True
    ):
        parts = [[_degrees(ring) for ring in polygon] for polygon in polygons.get(outline, [])]
        parts = parts or [[_circle(float(latitude), float(longitude), float(radius))]]
        shapes[int(position)] = "<MultiGeometry>" + "".join(_polygon(part) for part in parts) + "</MultiGeometry>"
    return shapes


def _degrees(ring: projection.Ring) -> list[tuple[float, float]]:
    """A ring in world units as longitude and latitude."""
    east = ring[:, 0] / projection.WORLD * 360 - 180
    north = np.degrees(2 * np.arctan(np.exp((0.5 - ring[:, 1] / projection.WORLD) * 2 * np.pi)) - np.pi / 2)
    return list(zip(east.tolist(), north.tolist(), strict=True))


def _circle(latitude: float, longitude: float, radius: float) -> list[tuple[float, float]]:
    """A circle of a radius in kilometres on the sphere; no wider than the map."""
    size = np.degrees(max(radius, 5.0) / projection.EARTH_KM)
    turns = np.linspace(0, 2 * np.pi, _CIRCLE)
    north = np.clip(latitude + size * np.sin(turns), -89.9, 89.9)
    east = longitude + size * np.cos(turns) / max(0.05, float(np.cos(np.radians(latitude))))
    return list(zip(np.clip(east, -180, 180).tolist(), north.tolist(), strict=True))


def _polygon(rings: Sequence[Iterable[tuple[float, float]]]) -> str:
    """An outer ring and those of its holes: the countries that another one encloses are none of it."""
    sides = ["outerBoundaryIs", *["innerBoundaryIs"] * (len(rings) - 1)]
    told = (f"<{side}><LinearRing><coordinates>{_coordinates(ring)}</coordinates></LinearRing></{side}>" for side, ring in zip(sides, rings, strict=True))
    return f"<Polygon>{''.join(told)}</Polygon>"


def _coordinates(points: Iterable[Any]) -> str:
    return " ".join(f"{longitude:.4f},{latitude:.4f}" for longitude, latitude in points)


def _text(text: str) -> str:
    return escape(line(text))


def _described(lines: Iterable[str]) -> str:
    """Lines as HTML that is nothing but text, as XML."""
    return escape("<br/>".join(html.escape(line(part)).replace("$", "&#36;") for part in lines))
