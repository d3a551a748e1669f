"""What may be typed into the field of a date, and the days that it stands for."""

from __future__ import annotations

import pytest

from dashboard.messages import catalogue
from tests.browser_scripts import NODE, run

pytestmark = pytest.mark.skipif(NODE is None, reason="Node is not installed")

SCRIPTS = ("data", "time", "filters", "words", "story", "model")
BODY = """
const say = atlas.words.words(input.language, input.messages[input.language], input.messages.en);
const range = atlas.model.typed(input.typed, say.monthOf);
return range && range.map(atlas.model.iso);
"""


def _typed(text: str, language: str) -> list[str] | None:
    found: list[str] | None = run(BODY, {"typed": text, "language": language, "messages": catalogue()}, scripts=SCRIPTS)
    return found


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        (" 2019 ", "2019-01-01", "2019-12-31"),
        ("2020-2", "2020-02-01", "2020-02-29"),
        ("2020-02-03", "2020-02-03", "2020-02-03"),
        ("2020/2/3", "2020-02-03", "2020-02-03"),
        ("2020.02.03", "2020-02-03", "2020-02-03"),
        ("2020–02", "2020-02-01", "2020-02-29"),
        ("20200203", "2020-02-03", "2020-02-03"),
        ("02/2020", "2020-02-01", "2020-02-29"),
        ("February 2020", "2020-02-01", "2020-02-29"),
        ("Feb. 2020", "2020-02-01", "2020-02-29"),
        ("3 February 2020", "2020-02-03", "2020-02-03"),
        ("February 3, 2020", "2020-02-03", "2020-02-03"),
        ("31 december 1850", "1850-12-31", "1850-12-31"),
    ],
)
def test_a_date_in_figures_or_as_the_map_writes_it(text: str, first: str, last: str) -> None:
    assert _typed(text, "en") == [first, last]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("febrero de 2020", "2020-02-01", "2020-02-29"),
        ("3 de febrero de 2020", "2020-02-03", "2020-02-03"),
        ("3 de enero del 2020", "2020-01-03", "2020-01-03"),
        ("January 2020", "2020-01-01", "2020-01-31"),
    ],
)
def test_names_of_months_in_the_language_of_the_interface_and_in_english(text: str, first: str, last: str) -> None:
    assert _typed(text, "es") == [first, last]


@pytest.mark.parametrize(
    "text", ["", "soon", "soon 2020", "ma 2020", "enero 2020", "12345", "2020-13", "2020-02-30", "30 February 2020", "03/05/2020", "3 2020", "-5"]
)
def test_what_could_mean_two_days_or_none_is_no_date(text: str) -> None:
    assert _typed(text, "en") is None
