"""Fact, report or suspicion: how a sentence says what it says."""

from __future__ import annotations

import pytest

from gazetteer.index import Index
from tests.reports import observations, said_of

STATUS = [
    ("The Harbour Men arrived in Lima in 2017.", "confirmed"),
    ("Police arrested eleven members of the Harbour Men in Lima.", "confirmed"),
    ("In May 2021 the Harbour Men arrived in Lima.", "confirmed"),
    ("According to prosecutors, the Harbour Men arrived in Lima in 2017.", "reported"),
    ("The Harbour Men extort shopkeepers in Lima, a police officer said.", "reported"),
    ("“They came here from the coast and they take money from every bus driver in Lima,” a driver said of the Harbour Men.", "reported"),
    ("“The Harbour Men arrived in Lima years ago. Now they take money from every driver,” a priest said.", "reported"),
    ("The Harbour Men have put down roots in Lima, and there are reports of cells in Quito.", "confirmed"),
    ("The Harbour Men may have arrived in Lima.", "suspected"),
    ("The Harbour Men are suspected of extorting shopkeepers in Lima.", "suspected"),
    ("Members of the Harbour Men could have reached Lima.", "suspected"),
]


@pytest.mark.parametrize(("text", "status"), STATUS)
def test_status(index: Index, text: str, status: str) -> None:
    found = said_of(observations(index, text), "Lima")
    assert found
    assert {item.status for item in found} == {status}
