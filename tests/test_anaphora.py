"""Which places words stand for that point back to several."""

from __future__ import annotations

import pytest

from gazetteer.index import Index
from tests.reports import passages

BOTH = [
    # text, language, the places that its last sentence names or points back to
    ("The Harbour Men settled in Lima and Quito. Police arrested forty of them in both cities in 2019.", "en", {"Lima", "Quito"}),
    ("The Harbour Men came to Lima in 2012. They reached Quito in 2014. Police arrested forty of them in the two cities.", "en", {"Lima", "Quito"}),
    ("The Harbour Men settled in Peru, Chile and Bolivia. Police arrested forty of them in all three countries in 2019.", "en", {"Peru", "Chile", "Bolivia"}),
    ("Los Hombres del Puerto se asentaron en Lima y Quito. La policía detuvo a cuarenta de ellos en ambas ciudades en 2019.", "es", {"Lima", "Quito"}),
    ("Los Hombres del Puerto se asentaron en Lima y Quito. La policía detuvo a cuarenta de ellos en las dos ciudades en 2019.", "es", {"Lima", "Quito"}),
    # so many were not named, or not of that level; or they are named behind
    ("The Harbour Men settled in Lima, Quito and Cali. Police arrested forty of them in both cities in 2019.", "en", set()),
    ("The Harbour Men settled in Lima and Quito. Police arrested forty of them in both countries in 2019.", "en", set()),
    ("The Harbour Men settled in Lima and Quito. Police arrested forty of them in the two cities of Cali and Pasto.", "en", {"Cali", "Pasto"}),
    ("The Harbour Men settled in Lima and Quito. Police arrested them in three cities in 2019.", "en", set()),
]


@pytest.mark.parametrize(("text", "code", "expected"), BOTH)
def test_both_cities_are_those_that_were_named(index: Index, text: str, code: str, expected: set[str]) -> None:
    assert {item.resolution.mention.surface for item in passages(index, text, code)[-1].named} == expected
