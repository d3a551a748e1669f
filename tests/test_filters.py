from __future__ import annotations

import pytest

from dashboard.filters import Filter, all_activities, default_filter, selected
from tests.small_tables import CODEBOOK, frame

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


def test_a_map_opens_with_its_first_actor() -> None:
    assert default_filter(CODEBOOK) == Filter(actors=("crew",))


def test_which_choices_are_not_the_default() -> None:
    chosen = Filter(actors=("crew",), statuses=("confirmed",), confidence=20)
    assert chosen.active(default_filter(CODEBOOK)) == ("statuses", "confidence")


def test_activities_are_taken_apart() -> None:
    rows = frame(*ROWS).assign(activities=["extortion; drugs", "", None, "", "drugs; fraud;"])
    assert all_activities(rows) == ["drugs", "extortion", "fraud"]
    assert len(selected(rows, Filter(activities=("drugs",)))) == 3  # the two that have it, and the place that is only named
