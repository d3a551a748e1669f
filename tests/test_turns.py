"""Lists of places and of dates that are told in step."""

from __future__ import annotations

import pytest

from gazetteer.index import Index
from tests.reports import observations, said_of

CASES = [
    ("The Harbour Men opened chapters in Lima and Quito in 2006 and 2007, respectively.", "en", {"Lima": "2006", "Quito": "2007"}),
    ("In 2006 and 2009, respectively, the Harbour Men arrived in Lima and Quito.", "en", {"Lima": "2006", "Quito": "2009"}),
    ("The Harbour Men arrived in Lima and Quito on 4 and 19 March 2016, respectively.", "en", {"Lima": "2016-03-04", "Quito": "2016-03-19"}),
    (
        "The Harbour Men arrived in Lima, Quito and Cali in March 2006, May 2007 and June 2008 respectively.",
        "en",
        {"Lima": "2006-03", "Quito": "2007-05", "Cali": "2008-06"},
    ),
    ("Los Hombres del Puerto abrieron sedes en Lima y Quito en 2006 y 2007, respectivamente.", "es", {"Lima": "2006", "Quito": "2007"}),
    # no word says that the lists go in step, or one is longer than the other
    ("The Harbour Men arrived in Lima and Quito in 2006 and 2007.", "en", {"Lima": "2006/2007", "Quito": "2006/2007"}),
    ("The Harbour Men arrived in Lima and Quito in 2006, with ten and twelve men respectively.", "en", {"Lima": "2006", "Quito": "2006"}),
]


@pytest.mark.parametrize(("text", "code", "dates"), CASES)
def test_each_place_of_a_list_has_the_date_of_its_number(index: Index, text: str, code: str, dates: dict[str, str]) -> None:
    found = observations(index, text, code=code)
    assert {name: {item.date for item in said_of(found, name) if item.phase == "exploration"} for name in dates} == {
        name: {date} for name, date in dates.items()
    }


def test_what_is_told_behind_the_lists_has_its_own_date(index: Index) -> None:
    text = "The Harbour Men opened chapters in Lima and Quito in 2006 and 2007, respectively, but were driven out of both cities in 2010."
    found = [(item.phase, item.date) for item in said_of(observations(index, text), "Quito")]
    assert found == [("exploration", "2007"), ("contested", "2010")]
