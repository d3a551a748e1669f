"""The slides, opened and read."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.util import Inches

from dashboard import boundaries
from dashboard.boundaries import Boundaries
from dashboard.data import Tables
from dashboard.exports.slides import slides_file
from dashboard.filters import Filter
from tests.small_taken import tables, taken


@pytest.fixture(scope="module")
def outlines() -> Boundaries:
    return boundaries.read()


@pytest.fixture
def small(tmp_path: Path) -> Tables:
    return tables(tmp_path / "build")


def words(slide) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def test_an_opening_the_map_a_slide_a_phase_and_a_closing(small: Tables, outlines: Boundaries) -> None:
    deck = Presentation(io.BytesIO(slides_file(taken(small), outlines)))
    assert (deck.slide_width, deck.slide_height) == (Inches(13.333), Inches(7.5))
    assert [slide.shapes.title.text_frame.text for slide in deck.slides] == [
        "Map of all actors",
        "By May 2023: 2 places and 1 area in 2 countries reached, 1 country under consolidation",
        "By 2010: origin in 1 place in 1 country",
        "By 2018: 1 place in 1 country under exploration",
        "By May 2021: 1 place in 1 country under penetration (only suspected)",
        "By 2022: 1 country under consolidation",
        "By May 2023: disruption in 1 area",
        "How to read this",
    ]


def test_every_slide_says_whom_it_is_about(small: Tables, outlines: Boundaries) -> None:
    deck = Presentation(io.BytesIO(slides_file(taken(small, chosen=Filter(actors=("crew",))), outlines)))
    assert deck.slides[0].shapes.title.text_frame.text == "Map of The Crew"
    for slide in list(deck.slides)[1:]:
        about = [shape for shape in slide.shapes if shape.has_text_frame and shape.text_frame.text == "The Crew"]
        assert [shape.top + shape.height <= slide.shapes.title.top for shape in about] == [True]


def test_a_slide_of_a_phase(small: Tables, outlines: Boundaries) -> None:
    slide = Presentation(io.BytesIO(slides_file(taken(small), outlines))).slides[4]
    assert "Quito, Ecuador\nsuspected, since May 2021\nThe Paper, May 2023 (source grade C)" in words(slide)
    pictures = [shape for shape in slide.shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE]
    assert len(pictures) == 1
    assert pictures[0]._element.nvPicPr.cNvPr.get("descr") == "Map. By May 2021: 1 place in 1 country under penetration (only suspected)"
    assert Image.open(io.BytesIO(pictures[0].image.blob)).size == (1394, 1003)
    assert "“Sentence 2 on Quito.” The Paper, May 2023 (source grade C)" in slide.notes_slide.notes_text_frame.text


def test_every_slide_is_stamped(small: Tables, outlines: Boundaries) -> None:
    deck = Presentation(io.BytesIO(slides_file(taken(small), outlines)))
    for slide in deck.slides:
        for part in ("As of: May 2023", "Filters: none", "imply no endorsement"):
            assert part in words(slide)
    last = words(deck.slides[7])
    for part in ("Sources", "First report. The Paper, May 2023 (source grade C)", "Licences", "CC BY 4.0", "Open Database License 1.0"):
        assert part in last
    assert deck.core_properties.title == "Map of all actors"


def test_nothing_lies_outside_a_slide(small: Tables, outlines: Boundaries) -> None:
    deck = Presentation(io.BytesIO(slides_file(taken(small), outlines)))
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height


def test_without_the_sentences(small: Tables, outlines: Boundaries) -> None:
    deck = Presentation(io.BytesIO(slides_file(taken(small, sentences=False), outlines)))
    notes = "\n".join(slide.notes_slide.notes_text_frame.text for slide in deck.slides)
    assert "Sentence 2" not in notes
    assert "Quito, Ecuador (suspected, since May 2021): The Paper, May 2023 (source grade C)" in notes
