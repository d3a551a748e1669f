"""The course of a spread: where its home is, when the story goes abroad."""

from __future__ import annotations

import pytest

from gazetteer.chances import logit_of
from gazetteer.phases.course import FEATURES, Course, View
from gazetteer.records import Place

PHASES = ("origin", "exploration", "penetration", "consolidation", "contested", "disruption")


def place(name: str, country: str, level: str = "locality") -> Place:
    where = {"VE": (10.0, -67.0), "PE": (-12.0, -77.0), "CL": (-33.0, -70.0), "": (0.0, 0.0)}[country]
    return Place(name, name, country, "", "", level, *where, 3.0 if level == "locality" else 400.0, 0, "test")  # type: ignore[arg-type]


def view(passage: int, name: str, country: str, phase: str, chance: float = 0.9, year: int | None = None, level: str = "locality") -> View:
    logits = tuple(logit_of(chance if phase == other else 0.0) for other in PHASES)
    return View(name, place(name, country, level), passage, logits, year, 1.0 if year else 0.0)


# The home is Aragua; it grows in Maracay, crosses to Lima, and comes back to Maracay.
STORY = [
    view(0, "Aragua", "VE", "origin", year=2005),
    view(1, "Maracay", "VE", "penetration", year=2009),
    view(2, "Lima", "PE", "exploration", year=2018),
    view(3, "Maracay", "VE", "consolidation", year=2020),
    view(4, "Santiago", "CL", "exploration"),
]


def features(story: list[View], number: int) -> dict[str, float]:
    told = Course(story, passages=len(story))
    return dict(zip(FEATURES, told.features(story[number]), strict=True))


def test_the_home_is_the_likeliest_origin_and_its_country_is_the_home_country() -> None:
    told = Course(STORY, passages=5)
    assert (told.first.key, told.country) == ("Aragua", "VE")
    assert told.first.chance == pytest.approx(0.9)
    assert features(STORY, 0)["the home"] == pytest.approx(0.9)
    assert features(STORY, 1)["in the home's country"] == pytest.approx(0.9)
    assert features(STORY, 2)["in the home's country"] == 0
    assert [features(STORY, number)["at home"] for number in range(5)] == [1, 1, 0, 1, 0]


def test_what_comes_before_the_first_stage_abroad_is_told_from_what_comes_after() -> None:
    assert features(STORY, 1)["abroad before"] == 0
    assert features(STORY, 3)["abroad before"] == pytest.approx(0.9, abs=0.01)
    assert features(STORY, 1)["at home, not abroad before"] > 0.2
    assert features(STORY, 3)["at home, not abroad before"] < 0.05
    assert features(STORY, 3)["at home, abroad before"] == pytest.approx(0.9, abs=0.01)
    assert features(STORY, 4)["at home, abroad before"] == 0  # Santiago is not at home


def test_years_tell_it_where_the_text_goes_back_in_time() -> None:
    back = [*STORY, view(5, "Valencia", "VE", "penetration", year=2007)]
    assert features(back, 5)["abroad before"] > 0.8
    assert features(back, 5)["at home, earlier than abroad"] == 1
    assert features(back, 5)["years since abroad"] == -1  # ten years and more are the same
    assert features(STORY, 3)["at home, later than abroad"] == 1
    assert features(STORY, 3)["years since abroad"] == pytest.approx(0.2)
    assert features(STORY, 4)["years since abroad"] == 0  # no date


def test_a_spread_that_stays_at_home_has_nothing_abroad() -> None:
    domestic = [item for item in STORY if item.country == "VE"]
    told = Course(domestic, passages=5)
    assert told.abroad == (0.0, 0.0, 0.0)
    most, places, share = Course(STORY, passages=5).abroad
    assert most == pytest.approx(0.9, abs=0.01)
    assert places == pytest.approx(2 * 0.9 / 10, abs=0.01)
    assert share == pytest.approx(2 / 3, abs=0.02)  # Maracay, Lima and Santiago have stages


def test_places_that_hold_the_home_or_lie_in_it() -> None:
    story = [*STORY, view(5, "Venezuela", "VE", "context", level="country")]
    venezuela = features(story, 5)
    assert venezuela["holds the home"] == pytest.approx(0.9)
    assert venezuela["home inside"] == pytest.approx(0.9)


def test_without_a_country_nothing_is_abroad() -> None:
    told = Course([view(0, "Gran Chaco", "", "origin"), view(1, "Pampas", "", "exploration")], passages=2)
    assert (told.country, told.abroad[0]) == ("", 0.0)
    assert dict(zip(FEATURES, told.features(told.views[1]), strict=True))["of no country"] == 1
