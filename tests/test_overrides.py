"""A person's decisions on single names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gazetteer import overrides
from gazetteer.documents import Source, read
from gazetteer.errors import InputError
from gazetteer.index import Index
from gazetteer.overrides import Override
from gazetteer.records import Document, Mention, Place, Resolution

Folder = Callable[..., Path]
TEXT = "Lima, Santa Rosa and Lima. In Santa Rosa de Lima there is the Old Mill; Old Millers live there."
HEADER = "document,surface,start,place,reason,who,when\n"


@pytest.fixture
def document(folder: Folder) -> Document:
    return read(Source(folder(**{"a.txt": TEXT}) / "a.txt"))[0]


def lima(index: Index) -> Place:
    found = index.by_id("gn:3936456")
    assert found is not None
    return found


def resolved(start: int, surface: str, place: Place | None = None) -> Resolution:
    return Resolution(Mention(start, start + len(surface), surface, "literal"), place, 0.5, "ranked first of 2", "gazetteer")


@pytest.mark.parametrize(
    ("row", "override"),
    [
        ("a,Lima,,-,no place,AB,2024", ("a", "Lima", None, None, "no place")),
        ("a.txt,Lima,21,gn:3936456,,,", ("a", "Lima", 21, "gn:3936456", "")),
        ("a,Lima,,PE-LMA,,,", ("a", "Lima", None, "PE-LMA", "")),
        ("a,Lima,,pe-lma,,,", ("a", "Lima", None, "PE-LMA", "")),
        ('a,Old Mill,,"-12.05, -77.1 The  Old Mill",,,', ("a", "Old Mill", None, "at:-12.05000,-77.10000", "")),
        ('a,Old Mill,,"0,-0.000001 X",,,', ("a", "Old Mill", None, "at:0.00000,0.00000", "")),
        ("v1.2,Lima,,-,,,", ("v1.2", "Lima", None, None, "")),
    ],
)
def test_read(folder: Folder, small_index: Index, row: str, override: tuple[str, str, int | None, str | None, str]) -> None:
    found, problems = overrides.read(folder(**{"overrides.csv": HEADER + row + "\n"}), small_index)
    assert problems == []
    assert [(item.document, item.surface, item.start, item.place.id if item.place else None, item.reason) for item in found] == [override]
    assert found[0].where.endswith("overrides.csv:2")


def test_place_of_ones_own(folder: Folder, small_index: Index) -> None:
    found, _ = overrides.read(folder(**{"overrides.csv": HEADER + 'a,Old Mill,,"-12.05,-77.1 The Old Mill",,,\n'}), small_index)
    assert found[0].place == Place("at:-12.05000,-77.10000", "The Old Mill", "", "", "", "locality", -12.05, -77.1, 1.0, 0, "override (overrides.csv)")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (",Lima,,-,,,", "the cell 'document' is empty; fill it in"),
        ("a,,,-,,,", "the cell 'surface' is empty; fill it in"),
        ("a,Lima,,,,,", "the cell 'place' is empty; fill it in"),
        ("a,Lima,x,-,,,", "start 'x' is not a whole number; leave it empty for every mention"),
        ("a,Lima,-1,-,,,", "start '-1' is not a whole number; leave it empty for every mention"),
        ("a,Lima,²,-,,,", "start '²' is not a whole number; leave it empty for every mention"),
        ("a,Lima," + "9" * 5000 + ",-,,,", "is not a whole number; leave it empty for every mention"),
        ("a,Lima,,gn:1234567890,,,", "place 'gn:1234567890' is neither an id that the gazetteer has, such as gn:3688689 ("),
        ("a,Lima,,44.2,0.6 Nérac,,,", "the row has more cells than the header has columns: put a cell with a comma, such as a point, in quotation marks"),
        ('a,Lima,,"91,0 X",,,', "place '91,0 X' is neither an id"),
        ('a,Lima,,"1,2",,,', "place '1,2' is neither an id"),
        ("a,Lima,,Lima,,,", "place 'Lima' is neither an id"),
        ("a,Lima,,#,,,", "place '#' is neither an id"),
    ],
)
def test_wrong_row_is_left_out_and_named(folder: Folder, small_index: Index, row: str, message: str) -> None:
    found, problems = overrides.read(folder(**{"overrides.csv": HEADER + row + "\na,Lima,,-,,,\n"}), small_index)
    assert [item.where[-1] for item in found] == ["3"]
    assert len(problems) == 1
    assert "overrides.csv:2: " in problems[0].message
    assert message in problems[0].message
    assert problems[0].message.endswith("; this row is left out")
    assert problems[0].document == ""


def test_no_file_is_no_decision(folder: Folder, small_index: Index) -> None:
    assert overrides.read(folder(), small_index) == ([], [])


def test_file_without_its_columns(folder: Folder, small_index: Index) -> None:
    with pytest.raises(
        InputError, match=r"overrides.csv:1: lacks the column 'surface', 'place'; the first line must name the columns: document,surface,start,place,"
    ):
        overrides.read(folder(**{"overrides.csv": "document\na\n"}), small_index)


def test_applied(document: Document, small_index: Index) -> None:
    before = [resolved(0, "Lima"), resolved(6, "Santa Rosa"), resolved(21, "Lima")]
    decisions = [
        Override("a", "Lima", None, None, "", "w"),
        Override("a", "Lima", 21, lima(small_index), "said so", "w"),
        Override("a", "Old Mill", None, None, "a ruin", "w"),
        Override("b", "Santa Rosa", None, None, "", "w"),
    ]
    before.append(resolved(62, "Old Mill"))
    after = overrides.applied(document, before, decisions)
    assert [(item.place.id if item.place else None, item.score, item.reason, item.method) for item in after] == [
        (None, 1.0, "not a place (overrides.csv)", "override"),
        (None, 0.5, "ranked first of 2", "gazetteer"),
        ("gn:3936456", 1.0, "said so", "override"),
        (None, 1.0, "not a place (overrides.csv): a ruin", "override"),
    ]
    assert [overrides.is_no_place(item) for item in after] == [True, False, False, True]


def test_marked_adds_what_recognition_passed_over(document: Document, small_index: Index) -> None:
    mentions = [Mention(0, 4, "Lima", "literal")]
    found = overrides.marked(
        document, mentions, [Override("a", "Old Mill", None, lima(small_index), "", "w"), Override("a", "Santa Rosa", 30, lima(small_index), "", "w")]
    )
    assert [(mention.start, mention.surface) for mention in found] == [(0, "Lima"), (30, "Santa Rosa"), (62, "Old Mill")]
    assert (
        overrides.marked(document, mentions, [Override("a", "Lima", 0, lima(small_index), "", "w"), Override("a", "rosa", None, lima(small_index), "", "w")])
        == mentions
    )


def test_decisions_without_effect_are_named(document: Document, small_index: Index) -> None:
    place = lima(small_index)
    resolutions = [resolved(0, "Lima"), resolved(30, "Santa Rosa de Lima"), resolved(62, "Old Mill")]
    decisions = [
        Override("a", "Lima", None, place, "", "f:2"),
        Override("a", "Quito", None, place, "", "f:3"),
        Override("a", "Lima", 5, place, "", "f:4"),
        Override("a", "Santa Rosa", 30, place, "", "f:5"),
        Override("a", "Old Mill", None, None, "", "f:6"),
        Override("b", "Quito", None, place, "", "f:7"),
        Override("a", "the Old Mill", None, place, "", "f:8"),
    ]
    assert [problem.message for problem in overrides.without_effect(document, resolutions, decisions)] == [
        "f:3: 'Quito' does not stand in 'a'; correct it as it is written there: its decision has no effect",
        "f:4: 'Lima' does not stand in 'a' at 5; correct it as it is written there: its decision has no effect",
        "f:5: 'Santa Rosa' stands in 'a' at 30 where the program finds the name 'Santa Rosa de Lima'; give that name, as it stands there: "
        "its decision has no effect",
        "f:8: 'the Old Mill' stands in 'a' where the program finds the name 'Old Mill'; give that name, as it stands there: its decision has no effect",
    ]
    assert [problem.message for problem in overrides.astray(decisions, {"a"})] == ["f:7: there is no document 'b'; its decision has no effect"]
