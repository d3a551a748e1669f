"""The second look at phases: what the rest of the document says about what one sentence gave."""

from __future__ import annotations

import pytest

from gazetteer.index import Index
from tests.reports import observations, said_of

HOME = "The Harbour Men were founded in 2009 in Tocorón, a prison in the Venezuelan state of Aragua, and are led from there to this day. "
SAID = [
    # the home is no place of arrival: what the same words say elsewhere they do not say of it
    (HOME + "The gang has been active in Tocorón for years.", "Tocorón", {"origin"}),
    (HOME + "The gang has been active in Lima for years.", "Lima", {"exploration"}),
    # what holds a place is only named, also where a comma parts the two
    ("The Harbour Men first turned up in Tacna, a quiet town in the south of Peru, in 2017.", "Peru", set()),
    ("In Peru, the Harbour Men first turned up in Tacna and Ilo.", "Tacna", {"exploration"}),
]


@pytest.mark.parametrize(("text", "surface", "phases"), SAID)
def test_what_is_said_in_hindsight(index: Index, text: str, surface: str, phases: set[str]) -> None:
    assert {item.phase for item in said_of(observations(index, text), surface)} == phases


def test_a_document_without_places_has_nothing_to_look_back_on(index: Index) -> None:
    assert observations(index, "The Harbour Men keep to themselves.") == []
