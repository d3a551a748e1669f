"""The handout, opened and read."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from dashboard import boundaries
from dashboard.boundaries import Boundaries
from dashboard.data import Tables, read
from dashboard.exports.handout import handout_file
from dashboard.filters import Filter
from dashboard.links import State
from dashboard.moments import day_of
from tests.benchmarks import generated
from tests.small_taken import tables, taken


@pytest.fixture(scope="module")
def outlines() -> Boundaries:
    return boundaries.read()


@pytest.fixture
def small(tmp_path: Path) -> Tables:
    return tables(tmp_path / "build")


def pages(content: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]


def test_an_overview_a_page_a_phase_then_the_evidence(small: Tables, outlines: Boundaries) -> None:
    found = pages(handout_file(taken(small), outlines))
    assert len(found) == 1 + 5 + 1
    assert "Map of all actors" in found[0]
    assert "By May 2023: 2 places and 1 area in 2 countries reached, 1 country under consolidation" in found[0]
    for page, heading in enumerate(
        ("origin in 1 place in 1 country", "under exploration", "under penetration", "under consolidation", "disruption in 1 area"), start=1
    ):
        assert heading in found[page]
    assert "Quito, Ecuador suspected, since May 2021 “Sentence 2 on Quito.” The Paper, May 2023 (source grade C)" in found[3]
    assert "0 confirmed, 0 reported, 1 suspected" in found[3]
    for part in ("Evidence: Origin", "“Sentence 0 on Lima.”", "How to read this", "Licences", "Open Database License 1.0"):
        assert part in found[6]


def test_every_page_of_a_phase_says_whom_it_is_about(small: Tables, outlines: Boundaries) -> None:
    found = pages(handout_file(taken(small, chosen=Filter(actors=("crew",))), outlines))
    assert all(page.startswith("The Crew By ") for page in found[1:6])


def test_every_page_is_stamped(small: Tables, outlines: Boundaries) -> None:
    for number, text in enumerate(pages(handout_file(taken(small, chosen=Filter(statuses=("confirmed",))), outlines)), start=1):
        for part in (
            "As of: May 2023",
            "Filters: Status: confirmed",
            "No mark does not mean no activity.",
            "imply no endorsement",
            "Made: 5 March 2026",
            f"Page {number}",
        ):
            assert part in text


def test_in_spanish_with_its_accents(small: Tables, outlines: Boundaries) -> None:
    small.places.loc[small.places["place_id"] == "quito", "name"] = "Tocorón, Łódź"
    content = handout_file(taken(small, language="es"), outlines)
    found = pages(content)
    assert "Hasta mayo de 2023: expansión a 2 lugares y 1 zona en 2 países; 1 país en consolidación" in found[0]
    assert "Tocorón, Łódź, Ecuador dato sospechado, desde mayo de 2021" in found[3]
    assert "«Sentence 0 on Lima.»" in " ".join(found)
    assert PdfReader(io.BytesIO(content)).trailer["/Root"]["/Lang"] == "es"


def test_its_fonts_come_with_it(small: Tables, outlines: Boundaries) -> None:
    fonts = PdfReader(io.BytesIO(handout_file(taken(small), outlines))).pages[1]["/Resources"]["/Font"]
    names = {str(font.get_object()["/BaseFont"]) for font in fonts.values()}
    assert any("OpenSans" in name for name in names)
    assert all("+" in name for name in names if "OpenSans" in name)  # a subset, embedded


def test_without_the_sentences(small: Tables, outlines: Boundaries) -> None:
    whole = " ".join(pages(handout_file(taken(small, sentences=False), outlines)))
    assert "Sentence" not in whole.replace("The sentences", "").replace("sentence of a source", "")
    assert "The sentences are left out of this file" in whole
    assert "The Paper, May 2023" in whole


def test_as_of_an_earlier_day(small: Tables, outlines: Boundaries) -> None:
    found = pages(handout_file(taken(small, state=State(day=day_of(date(2012, 1, 1)))), outlines))
    assert len(found) == 1 + 1 + 1
    assert "Quito" not in " ".join(found)


def test_nothing_is_a_file_that_says_so(small: Tables, outlines: Boundaries) -> None:
    assert "nothing on the map" in pages(handout_file(taken(small, chosen=Filter(documents=("c",))), outlines))[0]


def test_the_same_content_is_the_same_file(small: Tables, outlines: Boundaries) -> None:
    assert handout_file(taken(small), outlines) == handout_file(taken(small), outlines)


def test_many_places_go_on_at_the_end(tmp_path: Path, outlines: Boundaries) -> None:
    found = pages(handout_file(taken(read(generated.build(tmp_path / "build", 400))), outlines))
    assert sum("more: see the evidence at the end" in text for text in found) >= 4
    assert sum("Evidence: Penetration" in text for text in found) == 1
    assert len(found) > 12


def test_every_filter_is_named_at_the_foot_of_a_page(small: Tables, outlines: Boundaries) -> None:
    chosen = Filter(actors=("crew",), statuses=("confirmed", "reported"), levels=("locality", "country", "region"), countries=("PE", "EC", "CO", "BO"))
    (_, *others) = pages(handout_file(taken(small, chosen=chosen), outlines))
    named = "Actor: The Crew; Status: confirmed and reported; Kind of place: locality, country and region; Country: Peru, Ecuador, Colombia and Bolivia."
    assert [named in text for text in others] == [True] * len(others)


def test_what_the_overview_counts_beyond_a_page_is_said_there_and_has_its_evidence(tmp_path: Path, outlines: Boundaries) -> None:
    rows = ("lima consolidation 2020 confirmed a", "quito consolidation 2022-03* reported b", "lima disruption 2023 confirmed a")
    found = pages(handout_file(taken(tables(tmp_path / "build", *rows)), outlines))
    assert "2 places in 2 countries under consolidation" in found[0]
    assert "By 2020: 1 place in 1 country under consolidation" in found[1]
    assert "By 2023: 2 places in 2 countries, counting what only its document dates" in found[1]
    assert "Quito" not in found[1]
    assert "Quito, Ecuador reported, known by March 2022 “Sentence 1 on Quito.”" in found[3]
