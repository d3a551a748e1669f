"""The tables: what was read, as data frames with a fixed schema, written as Parquet, CSV and GeoJSON.

Columns and their meaning: :data:`SCHEMA`. Every row's coordinates are WGS 84 degrees. A table has its columns even when it has no row.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from gazetteer import edtf
from gazetteer.codebook import Codebook
from gazetteer.files import write_atomically
from gazetteer.pipeline import Reading
from gazetteer.records import Observation, Place, Resolution, RouteLeg

TEXT, WHOLE, REAL, DAY = "string", "Int64", "Float64", "date32[day][pyarrow]"
SCHEMA: dict[str, dict[str, str]] = {
    "observations": {
        "observation_id": TEXT, "document_id": TEXT, "place_id": TEXT, "place_name": TEXT, "country_code": TEXT, "adm_1": TEXT, "level": TEXT, "geonameid": WHOLE,
        "latitude": REAL, "longitude": REAL, "where_prec": WHOLE, "actor": TEXT, "phase": TEXT, "phase_order": WHOLE, "status": TEXT, "activities": TEXT, "date_edtf": TEXT,
        "date_start": DAY, "date_end": DAY, "precision": TEXT, "date_prec": WHOLE, "date_provenance": TEXT, "confidence": REAL, "toponym": TEXT, "cue": TEXT, "evidence": TEXT,
        "evidence_start": WHOLE, "evidence_end": WHOLE, "method": TEXT,
    },
    "mentions": {
        "mention_id": TEXT, "document_id": TEXT, "start": WHOLE, "end": WHOLE, "surface": TEXT, "kind": TEXT, "place_id": TEXT, "reason": TEXT, "score": REAL, "method": TEXT, "within": TEXT,
        "alternatives": TEXT,
    },
    "places": {
        "place_id": TEXT, "name": TEXT, "level": TEXT, "country_code": TEXT, "adm_1": TEXT, "adm_1_id": TEXT, "geonameid": WHOLE, "latitude": REAL, "longitude": REAL, "radius_km": REAL,
        "source": TEXT, "licence": TEXT,
    },
    "documents": {
        "document_id": TEXT, "file": TEXT, "title": TEXT, "publisher": TEXT, "author": TEXT, "published": TEXT, "published_status": TEXT, "url": TEXT, "language": TEXT,
        "reliability": TEXT, "sha256": TEXT, "characters": WHOLE, "sentences": WHOLE, "mentions": WHOLE, "placed": WHOLE, "observations": WHOLE,
    },
    "routes": {
        "route_id": TEXT, "leg": WHOLE, "from_place_id": TEXT, "from_name": TEXT, "to_place_id": TEXT, "to_name": TEXT, "actor": TEXT, "moves": TEXT, "document_id": TEXT, "date_edtf": TEXT,
        "date_start": DAY, "date_end": DAY, "precision": TEXT, "date_prec": WHOLE, "date_provenance": TEXT, "status": TEXT, "cue": TEXT, "evidence": TEXT, "evidence_start": WHOLE,
        "evidence_end": WHOLE,
    },
}  # fmt: skip
LICENCES = {
    "GeoNames": "CC BY 4.0",
    "Natural Earth": "public domain (names: ODbL 1.0, countrystatecity-countries)",
    "countrystatecity-countries": "ODbL 1.0",
    "CIA World Factbook": "public domain (names: ODbL 1.0, countrystatecity-countries)",
    "US Census (us-atlas)": "public domain, ISC",
    "airportsdata": "MIT",
}
"""Licence of a place's coordinates (and names) by the beginning of its source; the project's own estimates are under its own licence."""
_WHERE_PREC = {"facility": 1, "locality": 1, "admin2": 3, "admin1": 4, "country": 6}


def licence(source: str) -> str:
    """The licence under which a place's data stands."""
    return next((found for name, found in LICENCES.items() if source.startswith(name)), "MIT (this project)")


def where_precision(place: Place, near: bool) -> int:
    """UCDP GED's ``where_prec``: 1 exact, 2 near, 3 second-level, 4 first-level unit, 5 a region inside a country, 6 country, 7 other regions."""
    if place.level == "region":
        return 5 if place.country else 7
    code = _WHERE_PREC[place.level]
    return 2 if near and code == 1 else code


def interval_columns(text: str, precision: str) -> dict[str, Any]:
    """The date columns of an EDTF date: its ends (None at an open one) and UCDP GED's ``date_prec``, 1 day, 2 some days, 3 week, 4 month, 5 more."""
    if not text:
        return {"date_edtf": None, "date_start": None, "date_end": None, "precision": precision, "date_prec": None}
    interval = edtf.parse(text)
    return {"date_edtf": text, "date_start": interval.start, "date_end": interval.end, "precision": precision, "date_prec": _date_precision(interval.start, interval.end)}


def _date_precision(start: date | None, end: date | None) -> int:
    if start is None or end is None:
        return 5
    days = (end - start).days + 1
    return 1 if days == 1 else 2 if days < 7 else 3 if days == 7 else 4 if days <= 31 else 5


def make(readings: Sequence[Reading], codebook: Codebook, hashes: Mapping[str, str]) -> dict[str, pd.DataFrame]:
    """All tables of a build, by name. ``hashes``: SHA-256 of each document's file by document id."""
    orders = {phase.id: phase.order for phase in codebook.phases}
    rows = {
        "observations": [_observation(reading, item, orders) for reading in readings for item in reading.observations],
        "mentions": [_mention(reading, number, item) for reading in readings for number, item in enumerate(reading.resolutions)],
        "places": [_place(place) for place in _places(readings)],
        "documents": [_document(reading, hashes[reading.document.id]) for reading in readings],
        "routes": [_leg(reading, leg) for reading in readings for leg in reading.routes],
    }
    return {name: frame(name, found) for name, found in rows.items()}


def frame(name: str, rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """A table with its schema's columns and types from its rows."""
    columns = SCHEMA[name]
    data = {column: pd.array([row.get(column) for row in rows], dtype=kind) for column, kind in columns.items()}
    return pd.DataFrame(data, columns=list(columns))


# ------------------------------------------------------------------ rows


def _identifier(*parts: object) -> str:
    return hashlib.sha256("|".join(map(str, parts)).encode("utf-8")).hexdigest()[:16]


def _place_columns(place: Place | None, near: bool) -> dict[str, Any]:
    if place is None:
        return {}
    return {
        "place_id": place.id,
        "place_name": place.name,
        "country_code": place.country or None,
        "adm_1": place.admin1_name or None,
        "level": place.level,
        "geonameid": place.geonameid,
        "latitude": round(place.latitude, 6),
        "longitude": round(place.longitude, 6),
        "where_prec": where_precision(place, near),
    }


def _observation(reading: Reading, item: Observation, orders: Mapping[str, int | None]) -> dict[str, Any]:
    where = item.place.id if item.place else item.mention.surface
    return {
        "observation_id": _identifier(item.document, item.evidence_start, item.mention.start, where, item.phase, item.actor),
        "document_id": item.document,
        **_place_columns(item.place, item.mention.near),
        "actor": item.actor,
        "phase": item.phase,
        "phase_order": orders.get(item.phase),
        "status": item.status,
        "activities": ";".join(item.activities) or None,
        **interval_columns(item.date, item.precision),
        "date_provenance": item.provenance,
        "confidence": item.confidence,
        "toponym": item.mention.surface,
        "cue": item.cue or None,
        "evidence": reading.document.text[item.evidence_start : item.evidence_end],
        "evidence_start": item.evidence_start,
        "evidence_end": item.evidence_end,
        "method": item.method,
    }


def _mention(reading: Reading, number: int, item: Resolution) -> dict[str, Any]:
    return {
        "mention_id": f"{reading.document.id}:{number}",
        "document_id": reading.document.id,
        "start": item.mention.start,
        "end": item.mention.end,
        "surface": item.mention.surface,
        "kind": item.mention.kind,
        "place_id": item.place.id if item.place else None,
        "reason": item.reason,
        "score": item.score,
        "method": item.method,
        "within": item.mention.within or None,
        "alternatives": ";".join(f"{other.place.id}={other.score:.3f}" for other in item.alternatives) or None,
    }


def _places(readings: Iterable[Reading]) -> list[Place]:
    found: dict[str, Place] = {}
    for reading in readings:
        for place in [item.place for item in reading.resolutions] + [end for leg in reading.routes for end in (leg.origin, leg.destination)]:
            if place is not None:
                found.setdefault(place.id, place)
    return [found[ident] for ident in sorted(found)]


def _place(place: Place) -> dict[str, Any]:
    return {
        "place_id": place.id,
        "name": place.name,
        "level": place.level,
        "country_code": place.country or None,
        "adm_1": place.admin1_name or None,
        "adm_1_id": place.admin1 or None,
        "geonameid": place.geonameid,
        "latitude": round(place.latitude, 6),
        "longitude": round(place.longitude, 6),
        "radius_km": round(place.radius_km, 2),
        "source": place.source,
        "licence": licence(place.source),
    }


def _document(reading: Reading, digest: str) -> dict[str, Any]:
    document = reading.document
    return {
        "document_id": document.id,
        "file": document.file,
        "title": document.title or document.file,
        "publisher": document.publisher or None,
        "author": document.author or None,
        "published": document.published or None,
        "published_status": document.published_status,
        "url": document.url or None,
        "language": document.language,
        "reliability": document.reliability,
        "sha256": digest,
        "characters": len(document.text),
        "sentences": len(document.sentences),
        "mentions": len(reading.resolutions),
        "placed": sum(item.place is not None for item in reading.resolutions),
        "observations": len(reading.observations),
    }


def _leg(reading: Reading, leg: RouteLeg) -> dict[str, Any]:
    return {
        "route_id": f"{leg.document}:{leg.route}",
        "leg": leg.order,
        "from_place_id": leg.origin.id,
        "from_name": leg.origin.name,
        "to_place_id": leg.destination.id,
        "to_name": leg.destination.name,
        "actor": leg.actor,
        "moves": leg.moves or None,
        "document_id": leg.document,
        **interval_columns(leg.date, leg.precision),
        "date_provenance": leg.provenance,
        "status": leg.status,
        "cue": leg.cue or None,
        "evidence": reading.document.text[leg.evidence_start : leg.evidence_end],
        "evidence_start": leg.evidence_start,
        "evidence_end": leg.evidence_end,
    }


# ------------------------------------------------------------------ files


def write(tables: Mapping[str, pd.DataFrame], folder: Path) -> None:
    """Write every table as Parquet, CSV and GeoJSON; each file appears whole or not at all.

    Raises OutputError where the folder cannot be written.
    """
    points = {row.place_id: (row.longitude, row.latitude) for row in tables["places"].itertuples()}
    for name, table in tables.items():
        write_atomically(folder / f"{name}.parquet", lambda path, table=table: table.to_parquet(path, index=False))  # type: ignore[misc]
        write_atomically(folder / f"{name}.csv", lambda path, table=table: path.write_text(to_csv(table), "utf-8", newline=""))  # type: ignore[misc]
        write_atomically(folder / f"{name}.geojson", lambda path, table=table, name=name: path.write_text(to_geojson(table, points, name), "utf-8"))  # type: ignore[misc]


def to_csv(table: pd.DataFrame) -> str:
    """The table as CSV (UTF-8, ``\\n``), empty cells for what is null."""
    return str(table.to_csv(index=False, lineterminator="\n"))


def to_geojson(table: pd.DataFrame, points: Mapping[str, tuple[float, float]] | None = None, name: str = "observations") -> str:
    """The table as a GeoJSON feature collection (RFC 7946): a Point for each row, a LineString for a leg of a route, null where there is no place.

    ``points``: longitude and latitude by place id, for tables that have no coordinates of their own.
    """
    features = [{"type": "Feature", "geometry": _geometry(row, points or {}), "properties": row} for row in _plain_rows(table)]
    return json.dumps({"type": "FeatureCollection", "name": name, "features": features}, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _plain_rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    rows = table.astype(object).where(table.notna(), None).to_dict("records")
    return [{str(name): value.isoformat() if isinstance(value, date) else value for name, value in row.items()} for row in rows]


def _geometry(row: Mapping[str, Any], points: Mapping[str, tuple[float, float]]) -> dict[str, Any] | None:
    if row.get("latitude") is not None:
        return {"type": "Point", "coordinates": [row["longitude"], row["latitude"]]}
    if "from_place_id" in row:
        ends = [points.get(row["from_place_id"]), points.get(row["to_place_id"])]
        return {"type": "LineString", "coordinates": [list(end) for end in ends if end]} if all(ends) else None
    point = points.get(row.get("place_id") or "")
    return {"type": "Point", "coordinates": list(point)} if point else None


def read(folder: Path, name: str) -> pd.DataFrame:
    """A table of a build.

    Raises FileNotFoundError where it is missing, ValueError where it lacks a column of the schema.
    """
    table = pd.read_parquet(folder / f"{name}.parquet", dtype_backend="numpy_nullable")
    missing = set(SCHEMA[name]) - set(table.columns)
    if missing:
        raise ValueError(f"{folder / name}.parquet: lacks the columns {', '.join(sorted(missing))}; build again")
    return table[list(SCHEMA[name])]
