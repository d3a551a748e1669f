"""The places for Google Earth and its like."""

from __future__ import annotations

import html
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest

from dashboard import boundaries, data
from dashboard.data import Tables
from dashboard.exports.kml import kml_file
from dashboard.filters import Filter
from tests.small_taken import spoiled, tables, taken

KML = "{http://www.opengis.net/kml/2.2}"


@pytest.fixture
def small(tmp_path: Path) -> Tables:
    return tables(tmp_path / "build")


def folders(content: bytes) -> dict[str, list[ElementTree.Element]]:
    root = ElementTree.fromstring(content)
    return {str(folder.findtext(f"{KML}name")): folder.findall(f"{KML}Placemark") for folder in root.iter(f"{KML}Folder")}


def test_a_folder_for_each_phase(small: Tables) -> None:
    found = folders(kml_file(taken(small)))
    assert {name: [mark.findtext(f"{KML}name") for mark in marks] for name, marks in found.items()} == {
        "0 Origin": ["Lima"],
        "1 Exploration": ["Quito", "Cusco"],
        "2 Penetration": ["Quito"],
        "3 Consolidation": ["Peru"],
        "Disruption": ["Andes"],
        "Context": ["Lima"],
        "Routes": ["Lima to Quito"],
    }


def test_a_mark_has_its_place_time_and_sentence(small: Tables) -> None:
    mark = folders(kml_file(taken(small)))["2 Penetration"][0]
    assert mark.findtext(f"{KML}Point/{KML}coordinates") == "-78.510000,-0.220000"
    assert mark.findtext(f"{KML}TimeSpan/{KML}begin") == "2021-05-01"
    assert mark.findtext(f"{KML}TimeSpan/{KML}end") == "2021-05-31"
    described = html.unescape(mark.findtext(f"{KML}description") or "")
    assert "2 Penetration, suspected" in described
    assert "“Sentence 2 on Quito.”<br/>The Paper, May 2023 (source grade C)" in described


def test_an_area_is_never_a_pin(small: Tables) -> None:
    found = folders(kml_file(taken(small), boundaries.read()))
    peru, andes = found["3 Consolidation"][0], found["Disruption"][0]
    assert peru.find(f".//{KML}Point") is None
    ring = [tuple(map(float, pair.split(","))) for pair in (peru.findtext(f".//{KML}coordinates") or "").split()]
    assert ring[0] == ring[-1]
    assert all(-82 < longitude < -68 and -19 < latitude < 0.1 for longitude, latitude in ring)
    circle = [tuple(map(float, pair.split(","))) for pair in (andes.findtext(f".//{KML}coordinates") or "").split()]
    assert min(latitude for _, latitude in circle) == pytest.approx(-20 - 8.09, abs=0.1)  # 900 km


def test_a_country_does_not_cover_what_it_encloses(tmp_path: Path) -> None:
    tables(tmp_path)
    places = pd.read_parquet(tmp_path / "places.parquet")
    places.loc[places["place_id"] == "peru", ["name", "country_code", "latitude", "longitude"]] = ["South Africa", "ZA", -29.0, 24.7]
    places.to_parquet(tmp_path / "places.parquet", index=False)
    (shape,) = folders(kml_file(taken(data.read(tmp_path)), boundaries.read()))["3 Consolidation"]
    (hole,) = shape.findall(f".//{KML}innerBoundaryIs//{KML}coordinates")
    assert {tuple(round(float(part)) for part in pair.split(",")) for pair in (hole.text or "").split()} <= {
        (lon, lat) for lon in (27, 28, 29) for lat in (-31, -30, -29)
    }  # Lesotho
    assert all(len(polygon.findall(f"{KML}outerBoundaryIs")) == 1 for polygon in shape.iter(f"{KML}Polygon"))


def test_a_leg_is_a_line(small: Tables) -> None:
    leg = folders(kml_file(taken(small)))["Routes"][0]
    assert leg.findtext(f".//{KML}LineString/{KML}coordinates") == "-77.0400,-12.0500 -78.5100,-0.2200"


def test_the_stamp_is_the_description(small: Tables) -> None:
    described = ElementTree.fromstring(kml_file(taken(small, chosen=Filter(phases=("origin",))))).findtext(f"{KML}Document/{KML}description") or ""
    for part in ("As of: 2010", "Filters: Phase: Origin", "absence of activity", "imply no endorsement", "CC BY 4.0", "Open Database License"):
        assert part in html.unescape(described)


def test_without_the_sentences(small: Tables) -> None:
    assert b"Sentence 2" not in kml_file(taken(small, sentences=False))


def test_a_viewer_finds_no_markup_and_no_field_in_a_text(tmp_path: Path) -> None:
    content = kml_file(taken(spoiled(tmp_path / "build", "$[id] <img src=x onerror=alert(1)>"), whole=True))
    mark = folders(content)["0 $[id] <img src=x onerror=alert(1)>"][0]
    described = mark.findtext(f"{KML}description") or ""
    assert "<img" not in described
    assert "$[" not in described
    assert "&#36;[id] &lt;img src=x onerror=alert(1)&gt;" in described
