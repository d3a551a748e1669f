"""What the font of the program's own pictures can show."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from dashboard import boundaries
from dashboard.exports.handout import handout_file
from dashboard.letters import drawable
from tests.small_taken import spoiled, taken


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Nuku\u02bbalofa, O\u02bbahu", "Nuku‘alofa, O‘ahu"),
        ("a non\u2011breaking hyphen", "a non-breaking hyphen"),
        ("12\u202f000", "12 000"),
        ("Al-Ḥudaydah", "Al-Hudaydah"),
        ("Māʻili, Huánuco, Łódź, Київ, Ăn Giang", "Mā‘ili, Huánuco, Łódź, Київ, Ăn Giang"),
        ("Jose\u0301 and x\u0304", "José and x"),
        ("10 ㎞", "10 km"),
        ("صنعاء ירושלים 東京", "صنعاء ירושלים 東京"),
    ],
)
def test_a_letter_that_the_font_lacks_gives_way_to_the_one_that_looks_like_it(text: str, drawn: str) -> None:
    assert drawable(text) == drawn


def test_a_handout_shows_the_name_of_an_island(tmp_path: Path) -> None:
    file = tmp_path / "handout.pdf"
    file.write_bytes(handout_file(taken(spoiled(tmp_path / "build", "O\u02bbahu")), boundaries.NONE))
    text = " ".join(page.extract_text() for page in PdfReader(file).pages)
    assert "O‘ahu, Peru" in text
    assert "\u02bb" not in text
