"""The rows as GeoParquet 1.1 (https://geoparquet.org/releases/v1.1.0/): typed columns and a geometry column in WKB, its metadata under the key `geo`.

The coordinate reference system is left to the format's default, OGC:CRS84: longitude before latitude, WGS 84. The stamp is under the key `expansion_atlas`.
"""

from __future__ import annotations

import io
import json
import struct
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from dashboard.exports.geojson import geometry, positions_of
from dashboard.exports.records import records
from dashboard.exports.taken import Taken

_TYPES = {"text": pa.string(), "whole": pa.int64(), "real": pa.float64(), "day": pa.date32()}
_CODES = {"Point": 1, "LineString": 2, "MultiLineString": 5}
"""Geometry types of WKB (OGC 06-103r4, section 8)."""


def geoparquet_file(taken: Taken) -> bytes:
    """The file."""
    found = records(taken)
    shapes = [geometry(row) for row in found.rows]
    columns = {name: pa.array([row[name] for row in found.rows], type=_TYPES[kind]) for name, kind in found.columns.items()}
    columns["geometry"] = pa.array([wkb(shape) if shape else None for shape in shapes], type=pa.binary())
    column: dict[str, Any] = {"encoding": "WKB", "geometry_types": sorted({shape["type"] for shape in shapes if shape}), "edges": "planar"}
    if corners := _box([shape for shape in shapes if shape]):
        column["bbox"] = corners
    geo = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}
    meta = {"geo": json.dumps(geo), "expansion_atlas": json.dumps(taken.stamp.record(), ensure_ascii=False)}
    buffer = io.BytesIO()
    pq.write_table(pa.table(columns).replace_schema_metadata(meta), buffer, compression="zstd")
    return buffer.getvalue()


def wkb(shape: dict[str, Any]) -> bytes:
    """A geometry of GeoJSON as well-known binary, little-endian."""
    kind, coordinates = shape["type"], shape["coordinates"]
    head = struct.pack("<BI", 1, _CODES[kind])
    if kind == "Point":
        return head + struct.pack("<2d", *coordinates)
    if kind == "LineString":
        return head + struct.pack("<I", len(coordinates)) + b"".join(struct.pack("<2d", *position) for position in coordinates)
    return head + struct.pack("<I", len(coordinates)) + b"".join(wkb({"type": "LineString", "coordinates": part}) for part in coordinates)


def _box(shapes: list[dict[str, Any]]) -> list[float]:
    flat = [position for shape in shapes for position in positions_of(shape)]
    return [min(x for x, _ in flat), min(y for _, y in flat), max(x for x, _ in flat), max(y for _, y in flat)] if flat else []
