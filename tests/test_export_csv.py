"""The table for spreadsheets."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from dashboard.data import Tables
from dashboard.exports.csv import csv_file, safe
from dashboard.filters import Filter
from tests.small_taken import spoiled, tables, taken


@pytest.fixture
def small(tmp_path: Path) -> Tables:
    return tables(tmp_path / "build")


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_row_for_each_observation_and_each_leg(small: Tables) -> None:
    found = rows(csv_file(taken(small, whole=True)))
    assert [row["feature"] for row in found] == ["observation"] * 9 + ["route"]
    quito = next(row for row in found if row["phase"] == "penetration")
    assert (quito["place_name"], quito["country_code"], quito["status"], quito["date_start"], quito["date_end"]) == (
        "Quito",
        "EC",
        "suspected",
        "2021-05-01",
        "2021-05-31",
    )
    assert (quito["latitude"], quito["longitude"], quito["source_title"], quito["source_publisher"]) == ("-0.22", "-78.51", "First report", "The Paper")
    assert quito["evidence"] == "Sentence 2 on Quito."
    leg = found[-1]
    assert (leg["place_name"], leg["to_name"], leg["to_longitude"], leg["moves"], leg["date_start"]) == ("Lima", "Quito", "-78.51", "people", "2019-01-01")
    undated = next(row for row in found if row["phase"] == "contested")
    assert (undated["date_start"], undated["date_end"]) == ("", "")


def test_places_keep_their_names_of_the_tables_in_every_language(small: Tables) -> None:
    found = rows(csv_file(taken(small, whole=True, language="es")))
    assert {row["place_name"]: row["country_code"] for row in found if row["level"] == "country"} == {"Peru": "PE"}
    assert {row["phase_label"] for row in found if row["phase"] == "consolidation"} == {"Consolidación"}


def test_every_row_carries_the_stamp(small: Tables) -> None:
    for row in rows(csv_file(taken(small, chosen=Filter(phases=("origin",))))):
        assert row["as_of"] == "2010"
        assert row["selection"] == "Filters: Phase: Origin"
        assert "No mark does not mean no activity." in row["notice"]
        assert "CC BY 4.0" in row["notice"]
        assert "ODbL" in row["notice"]


def test_it_opens_in_a_spreadsheet(small: Tables) -> None:
    content = csv_file(taken(small))
    assert content.startswith(b"\xef\xbb\xbf")  # Excel knows UTF-8 by it
    assert content.count(b"\r\n") == len(rows(content)) + 1


def test_without_the_sentences_no_word_of_them_is_there(small: Tables) -> None:
    content = csv_file(taken(small, whole=True, sentences=False))
    assert b"Sentence" not in content
    assert b"From Lima it moved" not in content
    found = rows(content)
    assert {"evidence", "cue"} & set(found[0]) == set()
    assert found[0]["evidence_end"] == "10"


def test_no_column_is_for_persons(small: Tables) -> None:
    small.documents["author"] = "Jane Roe"
    content = csv_file(taken(small, whole=True))
    assert "author" not in rows(content)[0]
    assert b"Jane Roe" not in content


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("＝1", "'＝1"),
        ("Lima", "Lima"),
        ("a=1", "a=1"),
        ("", ""),
    ],
)
def test_no_cell_is_a_formula(text: str, expected: str) -> None:
    assert safe(text) == expected


def test_a_formula_from_a_document_is_a_text(tmp_path: Path) -> None:
    found = rows(csv_file(taken(spoiled(tmp_path / "build", '=HYPERLINK("http://example.org")'), whole=True)))
    assert {row["place_name"] for row in found if row["place_name"]} == {'\'=HYPERLINK("http://example.org")'}
    assert not any(cell.startswith(("=", "+", "@")) for row in found for cell in row.values())
