"""Natural Earth's first-level units, as QGIS ships them.

Source: `usr/share/qgis/resources/data/world_map.gpkg` in Debian's package `qgis-common`, layer `states_provinces`: Natural Earth
1:10m Admin 1, version 4.1.0, public domain, generalised by the QGIS project. WGS 84 (EPSG:4326), longitude before latitude,
degrees, cut at the antimeridian. The layer is a valid coverage: neighbours share their edges vertex by vertex.

Countries are not read from the file's own layer but united from these pieces, so that both layers share every edge. The country
of a piece is Natural Earth's, which follows who holds the ground, with these corrections:

- territories with an ISO 3166-1 code of their own are countries (French Guiana, Svalbard, Bonaire, Christmas Island ...);
- a piece without a code goes where ISO 3166-2 lists it (Northern Cyprus to CY, Somaliland to SO, and Crimea and Sevastopol, which
  Natural Earth draws in Russia, to UA), else to the state that holds it (Siachen Glacier to IN, Akrotiri and Dhekelia to GB,
  Baikonur to KZ; Guantanamo Bay, leased, to CU), else to none (the Spratly Islands);
- Kosovo is XK, Palestine PS, Taiwan TW, Western Sahara EH. The line in Western Sahara is the berm: the part west of it is drawn
  in Morocco. The Golan Heights are drawn in Israel, Aksai Chin in China, Abkhazia and South Ossetia in Georgia.

Boundaries so drawn imply no endorsement.
"""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import shapely
from shapely import MultiPolygon, Polygon

_COUNTRY_BY_UNIT = {
    "BVT": "BV",
    "CCK": "CC",
    "CLP": "FR",
    "CXR": "CX",
    "CYN": "CY",
    "ESB": "GB",
    "GLP": "GP",
    "GUF": "GF",
    "KAB": "KZ",
    "KAS": "IN",
    "MTQ": "MQ",
    "MYT": "YT",
    "NSV": "SJ",
    "PGA": "",
    "REU": "RE",
    "SOL": "SO",
    "USG": "CU",
    "WSB": "GB",
}
"""Natural Earth's code of a geographic unit (`gu_a3`) -> ISO 3166-1 alpha-2, where its `iso_a2` is missing or another's."""

_CRIMEA_AND_SEVASTOPOL = {5457, 5850}
_WEST_OF_EUROPE = -60.0

_VATICAN = Polygon(
    [
        (12.4457, 41.9014),
        (12.4474, 41.9058),
        (12.4519, 41.9074),
        (12.4580, 41.9045),
        (12.4584, 41.9021),
        (12.4536, 41.9002),
        (12.4489, 41.9003),
        (12.4457, 41.9014),
    ]
)
"""Vatican City, which the file leaves out: drawn by hand, good to about 100 m."""

VATICAN_FID = -1
"""Number of the piece added for Vatican City."""

_ENVELOPE_BYTES = (0, 32, 48, 48, 64)
_QUERY = """
    SELECT fid, iso_a2, gu_a3, coalesce(name, ''), coalesce(gn_name, ''), geom
    FROM states_provinces
    ORDER BY fid
"""


@dataclass(frozen=True, slots=True)
class Piece:
    """One unit as Natural Earth draws it.

    `fid` is its row in the file; `country` an ISO 3166-1 alpha-2 code, empty for none; `geonames_name` the name that GeoNames
    had for it, spelt without accents; both names may be empty. `outline` is in WGS 84 degrees, longitude first.
    """

    fid: int
    country: str
    name: str
    geonames_name: str
    outline: MultiPolygon


def read_pieces(world_map: Path) -> list[Piece]:
    """Read all 4,556 pieces and add Vatican City, in the order of `fid`."""
    with closing(sqlite3.connect(f"file:{world_map}?mode=ro", uri=True)) as database:
        rows = database.execute(_QUERY).fetchall()
    pieces = [_piece(*row) for row in rows]
    return [_vatican(), *(_without_vatican(piece) for piece in pieces)]


def _piece(fid: int, iso: str, unit: str | None, name: str, geonames_name: str, blob: bytes) -> Piece:
    outline = _outline(blob)
    return Piece(fid, _country(fid, iso, unit, outline), name, geonames_name, outline)


def _country(fid: int, iso: str, unit: str | None, outline: MultiPolygon) -> str:
    if fid in _CRIMEA_AND_SEVASTOPOL:
        return "UA"
    if unit == "NLD" and outline.bounds[0] < _WEST_OF_EUROPE:
        return "BQ"
    return _COUNTRY_BY_UNIT.get(unit or "", iso)


def _outline(blob: bytes) -> MultiPolygon:
    """Decode a GeoPackage geometry: an 8-byte header, an envelope of a size stated in its flags, then WKB."""
    start = 8 + _ENVELOPE_BYTES[blob[3] >> 1 & 7]
    return _multipolygon(shapely.from_wkb(blob[start:]))


def _vatican() -> Piece:
    return Piece(VATICAN_FID, "VA", "Vatican City", "", MultiPolygon([_VATICAN]))


def _without_vatican(piece: Piece) -> Piece:
    if piece.country != "IT" or not piece.outline.contains(_VATICAN):
        return piece
    outline = _multipolygon(piece.outline.difference(_VATICAN))
    return Piece(piece.fid, piece.country, piece.name, piece.geonames_name, outline)


def _multipolygon(shape: shapely.Geometry) -> MultiPolygon:
    if isinstance(shape, Polygon):
        return MultiPolygon([shape])
    if isinstance(shape, MultiPolygon):
        return shape
    raise ValueError(f"expected an area, not {type(shape).__name__}")
