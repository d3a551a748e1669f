"""Countries and units, united from Natural Earth's pieces.

A unit's outline is that of its pieces. `tables/unions.csv` then unites units to larger ones: the regions of Italy from its provinces,
England from its counties, provinces of Viet Nam as merged in 2025 from those before. Its rows are taken in order; a row that names
its own id among its members replaces the smaller outline of the same name.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import shapely
from shapely import MultiPolygon

from gazetteer.derive.tables import read_table, split_list
from gazetteer.derive.world_map import Piece


def unite_countries(pieces: Iterable[Piece]) -> dict[str, MultiPolygon]:
    """Outlines by ISO 3166-1 alpha-2 code, sorted; WGS 84 degrees. Pieces of no country are left out."""
    parts: defaultdict[str, list[MultiPolygon]] = defaultdict(list)
    for piece in pieces:
        if piece.country:
            parts[piece.country].append(piece.outline)
    return {country: unite(parts[country]) for country in sorted(parts)}


def unite_units(joined: Mapping[str, Sequence[Piece]]) -> dict[str, MultiPolygon]:
    """Outlines by unit id, sorted; WGS 84 degrees. `joined` holds the pieces of each unit (`join.join_pieces`).

    Raises `ValueError` where `unions.csv` names members that have no outline.
    """
    outlines = {unit: unite([piece.outline for piece in pieces]) for unit, pieces in joined.items()}
    for row in read_table("unions"):
        members = split_list(row["members"])
        unknown = [member for member in members if member not in outlines]
        if unknown:
            raise ValueError(f"tables/unions.csv, {row['id']!r}: no outline for {unknown!r}")
        outlines[row["id"]] = unite([outlines[member] for member in members])
    return dict(sorted(outlines.items()))


def unite(outlines: Sequence[MultiPolygon]) -> MultiPolygon:
    """The union of outlines that touch along shared vertices and do not overlap: no vertex is added or moved."""
    united = shapely.coverage_union_all(outlines)
    polygons = [part for part in shapely.get_parts(united) if isinstance(part, shapely.Polygon)]
    return MultiPolygon(polygons)
