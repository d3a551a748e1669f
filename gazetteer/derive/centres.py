"""Write `gazetteer/data/centres.csv`: a point and a radius for each country, territory and unit.

Where the point comes from, best first:

1. `tables/known_centres.csv`: the conventional centre, as GeoNames (for states of the United States, the GNIS) or the CIA World
   Factbook print it, of the states of the United States, Canada and Australia, of the largest countries, and of a few groups of
   islands whose largest island lies aside. Typed from memory, each compared with the outline;
   for the other countries the conventional centre (CIA World Factbook, as `countrystatecity-countries` holds it), if it lies in the
   outline or within `ASIDE_KM` of it: that is where maps and other gazetteers put a country;
2. Natural Earth's outline (`measures.representative_position`); Vatican City's is drawn by hand, an estimate;
3. the point of `countrystatecity-countries`, if the median of its cities in that unit lies within 100 km or three radii (or it has
   none there): in large empty units cities crowd at one end;
4. else that median, an estimate.

The radius is that of a circle of the outline's area; without an outline, of an equal share of the country's area among its units of
that level: an estimate, whatever the source of the point. WGS 84 degrees and kilometres.

    python -m gazetteer.derive.centres world_map.gpkg
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import sqrt
from pathlib import Path
from statistics import median
from typing import NamedTuple

import countrystatecity_countries
import shapely
from shapely import MultiPolygon

from gazetteer.derive.join import OwnUnit, join_pieces, own_units
from gazetteer.derive.labels import Label, label_countries, label_units
from gazetteer.derive.layers import unite_countries, unite_units
from gazetteer.derive.measures import Position, distance_km, radius_km, representative_position
from gazetteer.derive.subdivisions import Subdivision, read_subdivisions
from gazetteer.derive.tables import DATA, read_table, write_table
from gazetteer.derive.world_map import read_pieces

TRUSTED_KM = 100.0
TRUSTED_RADII = 3.0
"""How far the package's point of a unit may lie from the median of its cities there: the larger of the two."""

ASIDE_KM = 60.0
"""How far a country's conventional centre may lie outside its outline."""

MIN_RADIUS_KM = 50.0
"""Conventional centres are printed in whole degrees: too coarse for a smaller country."""

NEXT_TO = 0.2
"""Degrees by which the point of a second-level unit may miss its parent's outline: points on coasts, cities cut out of counties."""

_NATURAL_EARTH = "Natural Earth"
_PACKAGE = "countrystatecity-countries"
_ESTIMATE = "estimate"
_DRAWN_BY_HAND = {"VA"}


class Centre(NamedTuple):
    """A row of the table: `latitude` and `longitude` in WGS 84 degrees, `alt_names` joined with `;`.

    `parent` is the id of the first-level unit in which a second-level one lies; empty where none has an outline.
    """

    id: str
    kind: str
    country: str
    name: str
    alt_names: str
    latitude: float
    longitude: float
    radius_km: float
    source: str
    parent: str


class _Point(NamedTuple):
    position: Position
    source: str


def derive_centres(world_map: Path) -> list[Centre]:
    """All rows: countries by code, then units by id."""
    pieces, units = read_pieces(world_map), read_subdivisions()
    joined = join_pieces(pieces, units)
    countries = unite_countries(pieces)
    everything: list[Subdivision | OwnUnit] = [*units, *own_units()]
    everything.sort(key=lambda unit: unit.id)
    outlines = unite_units(joined)
    rows = _unit_rows(everything, outlines, label_units(everything, joined), countries)
    return _country_rows(countries, label_countries()) + with_parents(rows, outlines)


def _country_rows(outlines: Mapping[str, MultiPolygon], labels: Mapping[str, Label]) -> list[Centre]:
    known = _known_centres()
    rows: list[Centre] = []
    for country, label in sorted(labels.items()):
        source = _ESTIMATE if country in _DRAWN_BY_HAND else _NATURAL_EARTH
        point = known.get(country) or _conventional(country, outlines[country]) or _Point(representative_position(outlines[country]), source)
        rows.append(_row(country, "country", country, label, point, radius_km(outlines[country])))
    return rows


def _conventional(country: str, outline: MultiPolygon) -> _Point | None:
    """The CIA World Factbook's centre of a country of some size, unless it lies aside of the outline."""
    found = countrystatecity_countries.get_country_by_code(country)
    if found is None or not found.latitude or not found.longitude or radius_km(outline) < MIN_RADIUS_KM:
        return None
    position = Position(float(found.latitude), float(found.longitude))
    aside = outline.distance(shapely.Point(position.longitude, position.latitude)) * 111.0
    return _Point(position, "CIA World Factbook") if aside <= ASIDE_KM else None


def _unit_rows(
    units: Iterable[Subdivision | OwnUnit],
    outlines: Mapping[str, MultiPolygon],
    labels: Mapping[str, Label],
    countries: Mapping[str, MultiPolygon],
) -> list[Centre]:
    known = _known_centres()
    units = list(units)
    siblings = Counter((unit.country, unit.kind) for unit in units if isinstance(unit, Subdivision))
    rows: list[Centre] = []
    for unit in units:
        if unit.id in outlines:
            point = known.get(unit.id) or _Point(representative_position(outlines[unit.id]), _NATURAL_EARTH)
            radius = radius_km(outlines[unit.id])
        elif isinstance(unit, Subdivision):
            radius = radius_km(countries[unit.country]) / sqrt(siblings[unit.country, unit.kind])
            point = known.get(unit.id) or _point_without_outline(unit, radius)
        else:
            raise ValueError(f"{unit.id!r} is named in tables/joins.csv or unions.csv, but has no outline")
        rows.append(_row(unit.id, unit.kind, unit.country, labels[unit.id], point, radius))
    return rows


def _known_centres() -> dict[str, _Point]:
    return {row["id"]: _Point(Position(float(row["latitude"]), float(row["longitude"])), row["source"]) for row in read_table("known_centres")}


def _point_without_outline(unit: Subdivision, radius: float) -> _Point:
    """The package's point, or the median of its cities where the two disagree. Raises `ValueError` if it has neither."""
    cities = _median_of_cities(unit)
    if unit.latitude is not None and unit.longitude is not None:
        stated = Position(unit.latitude, unit.longitude)
        if cities is None or distance_km(stated, cities) <= max(TRUSTED_KM, TRUSTED_RADII * radius):
            return _Point(stated, _PACKAGE)
    if cities is None:
        raise ValueError(f"{unit.id!r} has no outline, no point and no cities")
    return _Point(cities, _ESTIMATE)


def _median_of_cities(unit: Subdivision) -> Position | None:
    cities = countrystatecity_countries.get_cities_of_state(unit.country, unit.code)
    points = [(float(city.latitude), float(city.longitude)) for city in cities if city.latitude and city.longitude]
    if not points:
        return None
    latitudes, longitudes = zip(*points, strict=True)
    return Position(median(latitudes), median(longitudes))


def _row(id_: str, kind: str, country: str, label: Label, point: _Point, radius: float) -> Centre:
    (latitude, longitude), source = point
    alt_names = ";".join(label.alt_names)
    return Centre(id_, kind, country, label.name, alt_names, round(latitude, 4), round(longitude, 4), round(radius, 1), source, "")


def with_parents(rows: Sequence[Centre], outlines: Mapping[str, MultiPolygon]) -> list[Centre]:
    """The rows, with the parent of those of the second level.

    It is the first-level unit of the same country whose outline holds the row's point or is next to it; the one with an ISO code if
    several hold it.
    """
    parents = sorted((row for row in rows if row.kind == "admin1" and row.id in outlines), key=lambda row: "-x-" in row.id)
    by_country: defaultdict[str, list[Centre]] = defaultdict(list)
    for row in parents:
        by_country[row.country].append(row)
    return [row._replace(parent=_holder(row, by_country[row.country], outlines)) for row in rows]


def _holder(row: Centre, parents: Iterable[Centre], outlines: Mapping[str, MultiPolygon]) -> str:
    if row.kind != "admin2":
        return ""
    point = shapely.Point(row.longitude, row.latitude)
    degrees = {parent.id: outlines[parent.id].distance(point) for parent in parents}
    nearest = min(degrees, key=degrees.__getitem__, default="")
    return nearest if nearest and degrees[nearest] < NEXT_TO else ""


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Derive gazetteer/data/centres.csv.")
    parser.add_argument("world_map", type=Path, help="world_map.gpkg of Debian's qgis-common")
    parser.add_argument("--out", type=Path, default=DATA / "centres.csv")
    arguments = parser.parse_args()
    centres = derive_centres(arguments.world_map)
    write_table(arguments.out, Centre._fields, centres)
    print(f"{arguments.out}: {len(centres)} rows")


if __name__ == "__main__":
    main()
