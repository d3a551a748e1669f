"""Text made fit for a drawing or a page."""

from __future__ import annotations

import pytest

from dashboard.plain import balanced, legal, line, source, wide, wrapped


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tocorón, São Paulo, Łódź, Đồng Nai", "Tocorón, São Paulo, Łódź, Đồng Nai"),
        ("a\x00b\x0bc\x1fd\ufffee", "a\ufffdb\ufffdc\ufffdd\ufffde"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("\ud800", "\ufffd"),
        ("𝄞 🎈", "𝄞 🎈"),
    ],
)
def test_what_xml_cannot_hold_is_replaced(text: str, expected: str) -> None:
    assert legal(text) == expected


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("  one\n two\u2028three ", None, "one two three"),
        ("Puno \u202eevil\u202c \u2067x\u2069 \u200fy", None, "Puno evil x y"),
        ("A" * 10_000, 12, "A" * 11 + "…"),
        ("short", 12, "short"),
    ],
)
def test_one_line_in_one_direction(text: str, most: int | None, expected: str) -> None:
    assert line(text, most) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("one two", ["one two"]),
        ("one two three four", ["one two three four"]),
        ("one two three four five six seven", ["one two three four", "five six seven"]),
        ("one two three four five six seven eight nine ten", ["one two three four", "five six seven…"]),
        ("A" * 40, ["A" * 12, "A" * 11 + "…"]),
    ],
)
def test_lines_of_a_width(text: str, expected: list[str]) -> None:
    found = wrapped(text, 90, 10)
    assert found == expected
    assert all(wide(part.rstrip("…"), 10) <= 90 for part in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("one two three four", ["one two three four"]),
        ("one two three four five", ["one two three", "four five"]),
        ("one two three four five six seven eight nine ten", ["one two three four", "five six seven…"]),
    ],
)
def test_lines_as_long_as_one_another(text: str, expected: list[str]) -> None:
    assert balanced(text, 90, 10) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A report. The Paper, May 2023 (source grade C)", "A report. The Paper, May 2023 (source grade C)"),
        (
            "A report with a title that goes on and on, as if nobody had to read it aloud. The Paper of the Harbour, 4 May 2023 (source grade C)",
            "A report with a title that goes on… it aloud. The Paper of the Harbour, 4 May 2023 (source grade C)",
        ),
        ("A" * 10_000, "A" * 32 + "… " + "A" * 66),
    ],
)
def test_a_source_that_is_too_long_still_says_who_when_and_how_far_it_can_be_trusted(text: str, expected: str) -> None:
    assert source(text, 100) == expected
    assert len(source(text, 100)) <= 100
