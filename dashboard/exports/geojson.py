"""The rows as GeoJSON (RFC 7946): longitude before latitude, WGS 84, null where a row is not placed; the stamp is a foreign member, which readers pass over."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from dashboard.exports.records import Row, Value, line, records
from dashboard.exports.taken import Taken
from gazetteer.tables import files as table_files


def geojson_file(taken: Taken) -> bytes:
    """The file."""
    found = records(taken)
    shapes = [geometry(row) for row in found.rows]
    rows = zip(found.rows, shapes, strict=True)
    features = [{"type": "Feature", "geometry": shape, "properties": {name: _value(value) for name, value in row.items()}} for row, shape in rows]
    positions = [position for shape in shapes if shape for position in positions_of(shape)]
    box = (
        {"bbox": [min(x for x, _ in positions), min(y for _, y in positions), max(x for x, _ in positions), max(y for _, y in positions)]} if positions else {}
    )
    collection = {"type": "FeatureCollection", "name": "expansion-atlas", **box, "stamp": taken.stamp.record(), "features": features}
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def geometry(row: Row) -> dict[str, Any] | None:
    """A point, a line, or two lines where it crosses the antimeridian (section 3.1.9)."""
    where = line(row)
    if where is None:
        return None
    if len(where) == 1:
        return {"type": "Point", "coordinates": list(where[0])}
    return table_files.line(where[0], where[1])


def positions_of(shape: dict[str, Any]) -> list[list[float]]:
    """All positions of a geometry."""
    coordinates: list[Any] = shape["coordinates"]
    if shape["type"] == "Point":
        return [coordinates]
    return coordinates if shape["type"] == "LineString" else [position for part in coordinates for position in part]


def _value(value: Value) -> str | float | None:
    return value.isoformat() if isinstance(value, date) else value
