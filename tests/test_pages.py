"""What the pages say, without a browser."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from dashboard.messages import words
from dashboard.views import method, place
from tests.small_tables import PLACES


def session(**build: object) -> Any:
    return SimpleNamespace(words=words("en"), tables=SimpleNamespace(build=build))


def test_a_place_has_the_id_that_a_decision_of_a_person_needs() -> None:
    row = PLACES.to_dict("records")[0]
    assert place._facts(session(), row) == "locality, PE. 12.050° S, 77.040° W, radius 15 km. Coordinates: test. Id: lima."


def test_what_the_build_said_of_its_inputs_is_listed() -> None:
    heading, listed = method._problems(session(problems=[{"message": "a.txt: is empty; remove it or put the text in", "document": "a.txt"}]))
    assert heading["text"] == "What the build said of its inputs"
    assert [item["text"] for item in listed["items"]] == ["a.txt: is empty; remove it or put the text in"]


@pytest.mark.parametrize("build", [{}, {"problems": None}, {"problems": []}])
def test_nothing_is_listed_where_all_was_well(build: dict[str, object]) -> None:
    assert method._problems(session(**build)) == []
