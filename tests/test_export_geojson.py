"""The rows for maps of one's own: GeoJSON and GeoParquet."""

from __future__ import annotations

import io
import json
import struct
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest

from dashboard import data
from dashboard.data import Tables
from dashboard.exports.geojson import geojson_file
from dashboard.exports.geoparquet import geoparquet_file, wkb
from dashboard.exports.kml import kml_file
from tests.small_taken import tables, taken


@pytest.fixture
def small(tmp_path: Path) -> Tables:
    return tables(tmp_path / "build")


def collection(content: bytes) -> dict[str, Any]:
    def refuse(name: str) -> None:
        raise AssertionError(f"{name} is not JSON")

    found: dict[str, Any] = json.loads(content, parse_constant=refuse)
    return found


def test_points_lines_and_what_is_nowhere(small: Tables) -> None:
    found = collection(geojson_file(taken(small, whole=True)))
    by_place = {(feature["properties"]["place_id"], feature["properties"]["feature"]): feature["geometry"] for feature in found["features"]}
    assert by_place["lima", "observation"] == {"type": "Point", "coordinates": [-77.04, -12.05]}
    assert by_place["nowhere", "observation"] is None
    assert by_place["lima", "route"] == {"type": "LineString", "coordinates": [[-77.04, -12.05], [-78.51, -0.22]]}
    assert found["bbox"] == [-78.51, -20.0, -67.0, -0.22]
    assert "crs" not in found


def test_the_stamp_is_a_foreign_member(small: Tables) -> None:
    mark = collection(geojson_file(taken(small)))["stamp"]
    assert mark["as_of"] == "May 2023"
    assert mark["holds"] == "7 of 9 observations"
    assert mark["sources"][0].startswith("First report")
    assert any("ODbL" in text or "Open Database License" in text for text in mark["licences"])


def test_a_leg_between_two_ends_on_the_antimeridian(tmp_path: Path) -> None:
    """One is at 180 degrees east, the other at 180 degrees west, which is the same meridian."""
    tables(tmp_path)
    places = pd.read_parquet(tmp_path / "places.parquet").set_index("place_id", drop=False)
    places.loc[["lima", "quito"], ["latitude", "longitude"]] = [[10.0, 180.0], [12.0, -180.0]]
    places.to_parquet(tmp_path / "places.parquet", index=False)
    everything = taken(data.read(tmp_path), whole=True)
    leg = collection(geojson_file(everything))["features"][-1]["geometry"]
    assert leg == {"type": "MultiLineString", "coordinates": [[[180.0, 10.0], [180.0, 10.0]], [[-180.0, 10.0], [-180.0, 12.0]]]}
    assert b"<coordinates>-180.0000,10.0000 -180.0000,12.0000</coordinates>" in kml_file(everything)
    assert pq.read_table(io.BytesIO(geoparquet_file(everything))).column("geometry")[-1].as_py() == wkb(leg)


def test_geoparquet_has_its_metadata_and_types(small: Tables) -> None:
    found = pq.read_table(io.BytesIO(geoparquet_file(taken(small, whole=True))))
    geo = json.loads(found.schema.metadata[b"geo"])
    assert geo["version"] == "1.1.0"
    assert geo["primary_column"] == "geometry"
    assert geo["columns"]["geometry"] == {
        "encoding": "WKB",
        "geometry_types": ["LineString", "Point"],
        "edges": "planar",
        "bbox": [-78.51, -20.0, -67.0, -0.22],
    }
    assert json.loads(found.schema.metadata[b"expansion_atlas"])["filters"] == "none"
    assert [str(found.schema.field(name).type) for name in ("date_start", "confidence", "phase_order", "evidence", "geometry")] == [
        "date32[day]",
        "double",
        "int64",
        "string",
        "binary",
    ]
    rows = found.to_pylist()
    quito = next(row for row in rows if row["phase"] == "penetration")
    assert quito["date_start"] == date(2021, 5, 1)
    assert struct.unpack("<BI2d", quito["geometry"]) == (1, 1, -78.51, -0.22)
    assert next(row for row in rows if row["place_id"] == "nowhere")["geometry"] is None
    assert rows[-1]["geometry"] == struct.pack("<BII4d", 1, 2, 2, -77.04, -12.05, -78.51, -0.22)


def test_an_empty_choice_is_an_empty_file(small: Tables) -> None:
    nothing = taken(tables_of_nothing(small))
    assert collection(geojson_file(nothing))["features"] == []
    assert len(pq.read_table(io.BytesIO(geoparquet_file(nothing)))) == 0


def tables_of_nothing(small: Tables) -> Tables:
    return replace(small, observations=small.observations[:0], routes=small.routes[:0])


def test_wkb_of_two_lines() -> None:
    shape = {"type": "MultiLineString", "coordinates": [[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]]]}
    assert wkb(shape).hex() == (
        "010500000002000000" + "010200000002000000" + struct.pack("<4d", 1, 2, 3, 4).hex() + "010200000002000000" + struct.pack("<4d", 5, 6, 7, 8).hex()
    )
