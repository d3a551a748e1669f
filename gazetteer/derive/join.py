"""Natural Earth's pieces joined to ISO 3166-2 units.

By name where that is certain: the piece's name, else the name that GeoNames had for it, equals the name of exactly one unit of its
country, among the types that Natural Earth draws. `tables/joins.csv` decides the rest, piece by piece: other spellings, names that
Natural Earth has swapped (Guyana, Eritrea, Napo and Tungurahua in Ecuador), pieces merged into one unit since, and units that ISO
does not have. Such a unit has an id of its own, `KE-x-rift-valley`: country, `x`, name. An empty id makes a piece part of its
country and nothing else.

The table was made by comparing, for each piece, its names with the unit in which most cities of `countrystatecity-countries` within
its outline lie; it holds every piece for which the two disagreed, as decided by hand.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from gazetteer.derive.names import core, fold
from gazetteer.derive.subdivisions import Kind, Subdivision
from gazetteer.derive.tables import read_table
from gazetteer.derive.world_map import Piece


@dataclass(frozen=True, slots=True)
class OwnUnit:
    """A unit that ISO 3166-2 does not have: abolished, below its level, or disputed."""

    id: str
    country: str
    name: str
    kind: Kind


def own_units() -> list[OwnUnit]:
    """The units that `joins.csv` and `unions.csv` name themselves, each once, in their order."""
    rows = [*read_table("joins"), *read_table("unions")]
    units = {row["id"]: OwnUnit(row["id"], row["id"][:2], row["name"], cast(Kind, row["kind"])) for row in rows if row["name"]}
    return list(units.values())


def join_pieces(pieces: Iterable[Piece], units: Iterable[Subdivision]) -> dict[str, list[Piece]]:
    """The pieces of each unit, by unit id.

    A piece that is all of its country is left to the country. Raises `ValueError` with every piece that neither its names nor the
    table place, or that the table places in another country.
    """
    by_name = _units_by_name(units)
    decided = {int(row["fid"]): row["id"] for row in read_table("joins")}
    found: defaultdict[str, list[Piece]] = defaultdict(list)
    lost: list[str] = []
    for piece in _parts_of_countries(pieces):
        unit = decided[piece.fid] if piece.fid in decided else _by_name(piece, by_name)
        if unit is None or (unit and not unit.startswith(f"{piece.country}-")):
            lost.append(f"{piece.fid} {piece.country} {piece.name!r}")
        elif unit:
            found[unit].append(piece)
    if lost:
        raise ValueError(f"{len(lost)} pieces without a unit of their country, see to them in tables/joins.csv: {'; '.join(lost)}")
    return dict(found)


def _parts_of_countries(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces of those countries that have more than one, without those of no country."""
    by_country: defaultdict[str, list[Piece]] = defaultdict(list)
    for piece in pieces:
        by_country[piece.country].append(piece)
    return [piece for country, parts in by_country.items() if country and len(parts) > 1 for piece in parts]


def _units_by_name(units: Iterable[Subdivision]) -> dict[tuple[str, str], set[str]]:
    """(Country, folded name) -> ids, each unit under its folded name with and without generic words."""
    index: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for unit in units:
        if unit.drawn:
            for key in {fold(unit.name), core(unit.name)}:
                index[unit.country, key].add(unit.id)
    return dict(index)


def _by_name(piece: Piece, index: dict[tuple[str, str], set[str]]) -> str | None:
    """The one unit that the first of the piece's names to be known names; None if there is none or more than one."""
    for name in filter(None, (piece.name, piece.geonames_name)):
        found = index.get((piece.country, fold(name)), set()) | index.get((piece.country, core(name)), set())
        if found:
            return found.pop() if len(found) == 1 else None
    return None
