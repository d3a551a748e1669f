"""The observations and the legs of routes as plain rows, one schema for both, with their geometries.

Columns are those of the tables (`observations` and `routes`), with the source beside them; a leg's `place_id` is where it starts, `to_place_id` where it ends.
Missing is None.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias

from dashboard.exports.taken import Taken
from dashboard.moments import OPEN_END, OPEN_START, date_of
from gazetteer.tables.files import Position

Kind = Literal["text", "whole", "real", "day"]
Value: TypeAlias = str | int | float | date | None
Row: TypeAlias = dict[str, Any]

COLUMNS: Mapping[str, Kind] = {
    "feature": "text", "observation_id": "text", "route_id": "text", "leg": "whole", "place_id": "text", "place_name": "text", "country_code": "text",
    "adm_1": "text", "level": "text", "geonameid": "whole", "latitude": "real", "longitude": "real", "radius_km": "real", "where_prec": "whole",
    "to_place_id": "text", "to_name": "text", "to_latitude": "real", "to_longitude": "real", "moves": "text", "actor": "text", "actor_name": "text",
    "phase": "text", "phase_label": "text", "phase_order": "whole", "status": "text", "activities": "text", "date_edtf": "text", "date_start": "day",
    "date_end": "day", "precision": "text", "date_prec": "whole", "date_provenance": "text", "date_text": "text", "confidence": "real",
    "toponym": "text", "cue": "text",
    "evidence": "text", "evidence_start": "whole", "evidence_end": "whole", "method": "text", "document_id": "text", "source_title": "text",
    "source_publisher": "text", "source_published": "text", "source_reliability": "text", "source_url": "text", "coordinates_source": "text",
    "coordinates_licence": "text",
}  # fmt: skip
QUOTED = ("cue", "date_text", "evidence")
"""Columns with words of a document's sentences: not there where the sentences are left out."""


@dataclass(frozen=True, slots=True)
class Records:
    """Rows with their columns, in the order of the tables: observations, then legs."""

    columns: Mapping[str, Kind]
    rows: list[Row]


def records(taken: Taken) -> Records:
    """All rows of a file."""
    columns: Mapping[str, Kind] = COLUMNS if taken.sentences else {name: kind for name, kind in COLUMNS.items() if name not in QUOTED}
    places = {str(row["place_id"]): row for row in taken.tables.places.to_dict("records")}
    documents = {str(row["document_id"]): row for row in taken.tables.documents.to_dict("records")}
    found = [_observation(taken, row, places) for row in taken.rows.to_dict("records")] + [_leg(taken, row, places) for row in taken.legs.to_dict("records")]
    return Records(columns, [_row(columns, row, documents) for row in found])


def line(row: Row) -> tuple[Position, ...] | None:
    """Where a row is: a point, the two ends of a leg, or None where it is not placed."""
    start = _position(row["longitude"], row["latitude"])
    if row["feature"] != "route":
        return (start,) if start else None
    end = _position(row["to_longitude"], row["to_latitude"])
    return (start, end) if start and end else None


def _observation(taken: Taken, row: Mapping[Any, Any], places: Mapping[str, Mapping[Any, Any]]) -> dict[Any, Any]:
    place = places.get(str(row["place_id"]), {})
    codebook = taken.tables.codebook
    return {
        **row,
        "feature": "observation",
        "radius_km": place.get("radius_km"),
        "actor_name": codebook.actor_name(str(row["actor"])),
        "phase_label": taken.words.phase(str(row["phase"]), codebook.label(str(row["phase"]))),
        "coordinates_source": place.get("source"),
        "coordinates_licence": place.get("licence"),
    }


def _leg(taken: Taken, row: Mapping[Any, Any], places: Mapping[str, Mapping[Any, Any]]) -> dict[Any, Any]:
    start, end = (places.get(str(row[f"{name}_place_id"]), {}) for name in ("from", "to"))
    named = {name: start.get(name) for name in ("country_code", "adm_1", "level", "latitude", "longitude", "radius_km")}
    return {
        **row,
        **named,
        "feature": "route",
        "place_id": row["from_place_id"],
        "place_name": start.get("name"),
        "to_name": end.get("name"),
        "to_latitude": end.get("latitude"),
        "to_longitude": end.get("longitude"),
        "actor_name": taken.tables.codebook.actor_name(str(row["actor"])),
        "coordinates_source": start.get("source"),
        "coordinates_licence": start.get("licence"),
    }


def _row(columns: Mapping[str, Kind], row: dict[Any, Any], documents: Mapping[str, Mapping[Any, Any]]) -> Row:
    document = documents.get(str(row["document_id"]), {})
    told = {
        **row,
        "date_start": _day(row, "first"),
        "date_end": _day(row, "last"),
        "source_title": document.get("title"),
        "source_publisher": document.get("publisher"),
        "source_published": document.get("published"),
        "source_reliability": document.get("reliability"),
        "source_url": document.get("url"),
    }
    return {name: _plain(told.get(name), kind) for name, kind in columns.items()}


def _day(row: Mapping[Any, Any], end: str) -> date | None:
    if row["first"] > row["last"] or row[end] in (OPEN_START, OPEN_END):
        return None
    return date_of(int(row[end]))


def _plain(value: Any, kind: Kind) -> Value:  # noqa: ANN401 -- whatever a table holds
    if value is None or value != value or value == "":  # noqa: PLR0124 -- not a number
        return None
    if kind == "text":
        return str(value).encode("utf-8", "replace").decode("utf-8")
    return int(value) if kind == "whole" else round(float(value), 6) if kind == "real" else value


def _position(longitude: float | None, latitude: float | None) -> Position | None:
    return (longitude, latitude) if longitude is not None and latitude is not None else None
