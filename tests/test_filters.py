from __future__ import annotations

import pandas as pd
import pytest

from dashboard.filters import Filter, all_activities, default_filter, routes_passing, selected
from dashboard.moments import with_days
from tests.small_tables import CODEBOOK, PLACES, frame

ROWS = (
    "lima exploration 2018 confirmed a",
    "lima penetration 2019 suspected b",
    "quito exploration 2023-05* reported a",
    "cusco context 2023-05* confirmed a",
    "peru disruption - confirmed c",
)


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (Filter(), {"o0", "o1", "o2", "o3", "o4"}),
        (Filter(actors=("rivals",)), {"o3"}),  # a place that is only named belongs to no actor
        (Filter(phases=("exploration",)), {"o0", "o2"}),
        (Filter(phases=("exploration", "context")), {"o0", "o2", "o3"}),
        (Filter(documents=("b", "c")), {"o1", "o4"}),
        (Filter(statuses=("suspected",)), {"o1"}),
        (Filter(activities=("extortion",)), {"o1", "o3"}),
        (Filter(precisions=("year",)), {"o0", "o1"}),
        (Filter(levels=("country",)), {"o4"}),
        (Filter(countries=("EC",)), {"o2"}),
        (Filter(confidence=53), {"o3", "o4"}),
        (Filter(dating="text"), {"o0", "o1"}),
        (Filter(dating="known"), {"o2", "o3"}),
        (Filter(dating="none"), {"o4"}),
        (Filter(actors=("crew",), statuses=("confirmed",), dating="text"), {"o0"}),
    ],
)
def test_what_passes(chosen: Filter, expected: set[str]) -> None:
    assert set(selected(frame(*ROWS), chosen)["observation_id"]) == expected


ROUTES = with_days(
    pd.DataFrame(
        [
            ("lima", "quito", "crew", "a", "confirmed", "2019-01-01", "2019-12-31", "year", "text"),
            ("peru", "cusco", "crew", "b", "reported", "2023-05-01", "2023-05-31", "document", "document"),
            ("andes", "lima", "rivals", "a", "suspected", None, None, "document", "none"),
        ],
        columns=["from_place_id", "to_place_id", "actor", "document_id", "status", "date_start", "date_end", "precision", "date_provenance"],
    )
)


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (Filter(), [True, True, True]),
        (Filter(actors=("crew",), statuses=("confirmed", "suspected")), [True, False, False]),
        (Filter(documents=("b",)), [False, True, False]),
        (Filter(countries=("EC",)), [True, False, False]),  # it ends there
        (Filter(countries=("PE",)), [True, True, True]),
        (Filter(countries=("CL",)), [False, False, False]),
        (Filter(levels=("country",)), [False, True, False]),
        (Filter(precisions=("year",)), [True, False, False]),
        (Filter(dating="known"), [False, True, False]),
        (Filter(dating="none"), [False, False, True]),
        # What a route does not have does not choose it.
        (Filter(phases=("exploration", "disruption")), [False, False, False]),
        (Filter(activities=("extortion",)), [False, False, False]),
        (Filter(confidence=5), [False, False, False]),
    ],
)
def test_which_routes_pass(chosen: Filter, expected: list[bool]) -> None:
    assert routes_passing(ROUTES, PLACES, chosen).tolist() == expected


def test_a_map_opens_with_its_first_actor() -> None:
    assert default_filter(CODEBOOK) == Filter(actors=("crew",))


def test_which_choices_are_not_the_default() -> None:
    chosen = Filter(actors=("crew",), statuses=("confirmed",), confidence=20)
    assert chosen.active(default_filter(CODEBOOK)) == ("statuses", "confidence")
    assert chosen.beyond(default_filter(CODEBOOK)) == Filter(statuses=("confirmed",), confidence=20)


def test_activities_are_taken_apart() -> None:
    rows = frame(*ROWS).assign(activities=["extortion; drugs", "", None, "", "drugs; fraud;"])
    assert all_activities(rows) == ["drugs", "extortion", "fraud"]
    assert len(selected(rows, Filter(activities=("drugs",)))) == 3  # the two that have it, and the place that is only named
