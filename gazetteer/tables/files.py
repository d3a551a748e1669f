r"""The tables as files: Parquet to compute with, CSV to open, GeoJSON to draw.

CSV: UTF-8, RFC 4180 but for lines that end in ``\n``. A text of a document may begin with ``=`` and would be a formula to a spreadsheet: see
:data:`gazetteer.tables.columns.CSV_NOTE`.
GeoJSON: RFC 7946, with null geometry for what has no place.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd

from gazetteer.files import write_atomically
from gazetteer.tables.columns import DAY, FORMULA, QUOTED, SCHEMA, TEXT

Position = tuple[float, float]
"""Longitude, latitude: WGS 84 degrees."""
Points = Mapping[str, Position]
"""Positions by place id."""
_FORMULA = re.compile(f"'*[{re.escape(''.join(FORMULA))}]")
_ESCAPED = re.compile(f"'+[{re.escape(''.join(FORMULA))}]")
_SPECIAL = re.compile(r'[,"\r\n]')


def write(tables: Mapping[str, pd.DataFrame], folder: Path) -> dict[str, str]:
    """Write every table as Parquet, CSV and GeoJSON; each file appears whole or not at all. Their SHA-256 in hexadecimal by name.

    The hashes are of what was written here, also where another build writes into the same folder meanwhile.
    Raises OutputError where the folder cannot be written.
    """
    points = _points(tables["places"])
    digests: dict[str, str] = {}
    for name, table in tables.items():
        for path, content in (
            (folder / f"{name}.parquet", table.to_parquet(None, index=False)),
            (folder / f"{name}.csv", to_csv(table).encode("utf-8")),
            (folder / f"{name}.geojson", to_geojson(table, points, name).encode("utf-8")),
        ):
            write_atomically(path, partial(Path.write_bytes, data=content))
            digests[path.name] = sha256(content).hexdigest()
    return digests


def _points(places: pd.DataFrame) -> dict[str, tuple[float, float]]:
    columns = (places[name].tolist() for name in ("place_id", "longitude", "latitude"))
    return {str(ident): (float(longitude), float(latitude)) for ident, longitude, latitude in zip(*columns, strict=True)}


def read(folder: Path, name: str) -> pd.DataFrame:
    """Read a table of a build.

    Raises FileNotFoundError where it is missing, ValueError where it lacks a column of the schema.
    """
    table = pd.read_parquet(folder / f"{name}.parquet", dtype_backend="numpy_nullable")
    missing = set(SCHEMA[name]) - set(table.columns)
    if missing:
        raise ValueError(f"{folder / name}.parquet: lacks the columns {', '.join(sorted(missing))}; build again")
    return typed(table, name)


def typed(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """Give a table its schema's columns, in order and of the schema's types."""
    return pd.DataFrame({column: table[column].astype(kind) for column, kind in SCHEMA[name].items()})  # type: ignore[call-overload]


# ------------------------------------------------------------------ CSV


def to_csv(table: pd.DataFrame) -> str:
    """Write a table as CSV, empty cells for what is null."""
    columns = [[_csv_cell(value, str(name)) for value in table[name]] for name in table.columns]
    lines = [",".join(str(name) for name in table.columns), *(",".join(row) for row in zip(*columns, strict=True))]
    return "\n".join(lines) + "\n"


def _csv_cell(value: object, column: str) -> str:
    if value is None or value is pd.NA or value is pd.NaT:
        return ""
    text = value.isoformat() if isinstance(value, date) else str(value)
    if column in QUOTED and _FORMULA.match(text):
        text = "'" + text
    return '"' + text.replace('"', '""') + '"' if _SPECIAL.search(text) else text


def read_csv(source: Path | str, name: str) -> pd.DataFrame:
    """Read a table's CSV file, or its text, back as it was before :func:`to_csv`."""
    raw = source.read_bytes().decode("utf-8") if isinstance(source, Path) else source
    table = pd.read_csv(io.StringIO(raw, newline=""), dtype="string", keep_default_na=False, na_values=[""], lineterminator="\n")
    for column in QUOTED & set(table.columns):
        table[column] = table[column].map(_unescaped, na_action="ignore").astype("string")
    for column, kind in SCHEMA[name].items():
        if kind == DAY:
            table[column] = table[column].map(date.fromisoformat, na_action="ignore")
        elif kind != TEXT:
            table[column] = pd.to_numeric(table[column])
    return typed(table, name)


def _unescaped(text: str) -> str:
    return text[1:] if _ESCAPED.match(text) else text


# ------------------------------------------------------------------ GeoJSON


def to_geojson(table: pd.DataFrame, points: Points | None = None, name: str = "observations") -> str:
    """Write a table as a feature collection: a Point for each row, a line for a leg of a route, null where there is no place.

    ``points`` are for tables that have no coordinates of their own.
    """
    features = [{"type": "Feature", "geometry": _geometry(row, points or {}), "properties": row} for row in _plain_rows(table)]
    return json.dumps({"type": "FeatureCollection", "name": name, "features": features}, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _plain_rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    rows = table.astype(object).where(table.notna(), None).to_dict("records")
    return [{str(name): value.isoformat() if isinstance(value, date) else value for name, value in row.items()} for row in rows]


def _geometry(row: Mapping[str, Any], points: Points) -> dict[str, Any] | None:
    if row.get("latitude") is not None:
        return {"type": "Point", "coordinates": [row["longitude"], row["latitude"]]}
    if "from_place_id" in row:
        ends = points.get(row["from_place_id"] or ""), points.get(row["to_place_id"] or "")
        return line(*ends) if ends[0] and ends[1] else None  # type: ignore[arg-type]
    point = points.get(row.get("place_id") or "")
    return {"type": "Point", "coordinates": list(point)} if point else None


def line(start: Position, end: Position) -> dict[str, Any]:
    """Give the geometry of a straight line: two where it crosses the antimeridian (RFC 7946, section 3.1.9)."""
    parts = cut(start, end)
    return {"type": "LineString", "coordinates": parts[0]} if len(parts) == 1 else {"type": "MultiLineString", "coordinates": parts}


def cut(start: Position, end: Position) -> list[list[list[float]]]:
    """Give the straight line between two positions, in two parts where the shorter way is over the antimeridian."""
    if abs(end[0] - start[0]) <= 180:
        return [[list(start), list(end)]]
    edge = 180.0 if start[0] > 0 else -180.0
    ahead = end[0] + 2 * edge
    share = (edge - start[0]) / (ahead - start[0]) if ahead != start[0] else 0.0  # both ends may lie on the antimeridian, one on either side of it
    latitude = round(start[1] + share * (end[1] - start[1]), 6)
    return [[list(start), [edge, latitude]], [[-edge, latitude], list(end)]]
