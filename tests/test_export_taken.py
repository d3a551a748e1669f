"""What is in a file, and what it says of itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dashboard.data import Tables
from dashboard.exports.chapters import chapters
from dashboard.filters import Filter
from dashboard.links import State
from dashboard.moments import day_of
from tests.small_taken import tables, taken


@pytest.fixture
def small(tmp_path: Path) -> Tables:
    return tables(tmp_path / "build")


def on(year: int, month: int, day: int) -> int:
    return day_of(date(year, month, day))


@pytest.mark.parametrize(
    ("chosen", "state", "rows", "legs"),
    [
        (
            Filter(),
            State(),
            ["lima origin", "quito exploration", "quito penetration", "cusco exploration", "peru consolidation", "andes disruption", "lima context"],
            1,
        ),
        (Filter(), State(day=on(2018, 6, 1)), ["lima origin", "quito exploration"], 0),
        (Filter(), State(day=on(2019, 6, 1), mode="at"), [], 1),
        (Filter(), State(day=on(2021, 12, 31), start=on(2021, 1, 1), mode="window"), ["quito penetration"], 0),
        (Filter(), State(day=on(2023, 5, 1), focus="exploration", step="phase"), ["lima origin", "quito exploration", "cusco exploration"], 0),
        (Filter(documents=("b",)), State(), ["quito exploration", "peru consolidation", "andes disruption"], 0),
        (Filter(phases=("origin",)), State(), ["lima origin"], 0),
        (Filter(countries=("EC",)), State(), ["quito exploration", "quito penetration"], 1),  # the route ends there
        (Filter(), State(hide=("penetration", "consolidation", "routes")), ["lima origin", "cusco exploration", "andes disruption", "lima context"], 0),
        (
            Filter(),
            State(hide=("disruption",)),
            ["lima origin", "quito exploration", "quito penetration", "cusco exploration", "peru consolidation", "lima context"],
            1,
        ),
    ],
)
def test_what_is_shown(small: Tables, chosen: Filter, state: State, rows: list[str], legs: int) -> None:
    found = taken(small, chosen=chosen, state=state)
    assert sorted(f"{place} {phase}" for place, phase in zip(found.rows["place_id"], found.rows["phase"], strict=True)) == sorted(rows)
    assert len(found.legs) == legs


def test_all_of_it_is_all_of_it_whatever_the_filter_and_the_time(small: Tables) -> None:
    found = taken(small, chosen=Filter(phases=("origin",)), state=State(day=on(2011, 1, 1), hide=("origin",)), whole=True)
    assert len(found.rows) == len(small.observations) == 9
    assert found.stamp.filters == "none"
    assert found.stamp.hidden == ""
    assert found.stamp.as_of == "All times: from January 2010 to May 2023"


def test_the_stamp(small: Tables) -> None:
    mark = taken(small, chosen=Filter(documents=("a", "b"), confidence=40), state=State(day=on(2022, 12, 31), step="year", hide=("contested", "routes"))).stamp
    assert mark.title == "Map of all actors"
    assert mark.finding == "By 2022: 1 place and 1 area in 2 countries reached, 1 country under consolidation"
    assert mark.as_of == "2022"
    assert mark.filters == "Source: First report and Second report; Lowest confidence: 40%"
    assert mark.hidden == "Contested, Routes"
    assert mark.counts == "4 of 9 observations"
    assert mark.made.startswith("5 March 2026, with Expansion Atlas")
    assert mark.sources == ("First report. The Paper, May 2023 (source grade C)", "Second report. The Gazette, 2024 (source grade C)")
    assert "The absence of a mark is not the absence of activity." in mark.caveats[0]
    assert "Natural Earth" in mark.boundaries
    assert any("CC BY 4.0" in text for text in mark.licences)
    assert any("Open Database License" in text for text in mark.licences)


def test_the_stamp_names_activities_as_the_codebook_labels_them(small: Tables) -> None:
    assert taken(small, chosen=Filter(activities=("extortion",))).stamp.filters == "Activity: Extortion of shops"


def test_the_stamp_in_spanish(small: Tables) -> None:
    mark = taken(small, language="es", state=State(day=on(2022, 12, 31), step="year")).stamp
    assert mark.finding == "Hasta 2022: expansión a 1 lugar y 1 zona en 2 países; 1 país en consolidación"
    assert mark.made.startswith("5 de marzo de 2026")
    assert mark.filters == "ninguno"


def test_odbl_is_said_of_names_that_stand_under_it_and_of_no_others(small: Tables) -> None:
    small.places["licence"] = ["public domain (names: ODbL 1.0)" if place == "peru" else "CC BY 4.0" for place in small.places["place_id"]]
    assert any("Open Database License" in text for text in taken(small).stamp.licences)
    assert not any("Open Database License" in text for text in taken(small, chosen=Filter(phases=("origin",))).stamp.licences)


def test_the_chapters_tell_the_story_of_what_is_shown(small: Tables) -> None:
    found = chapters(taken(small, state=State(day=on(2023, 12, 31))))
    assert [(chapter.phase, chapter.heading) for chapter in found] == [
        ("origin", "By 2010: origin in 1 place in 1 country"),
        ("exploration", "By 2018: 1 place in 1 country under exploration"),
        ("penetration", "By May 2021: 1 place in 1 country under penetration (only suspected)"),
        ("consolidation", "By 2022: 1 country under consolidation"),
        ("disruption", "By May 2023: disruption in 1 area"),
    ]
    assert found[2].change == "Advanced: Quito."
    assert [(stop.name, stop.line, stop.sources) for stop in found[2].stops] == [
        ("Quito, Ecuador", "suspected, since May 2021", ("The Paper, May 2023 (source grade C)",))
    ]
    assert found[1].counts[-1] == "1 goes on to a later phase"
    assert found[2].counts == ("1 place in 1 country", "0 confirmed, 0 reported, 1 suspected")


def test_one_of_a_status_is_counted_in_the_singular(small: Tables) -> None:
    found = chapters(taken(small, language="es"))
    assert [chapter.counts[1] for chapter in found[1:3]] == [
        "0 confirmados, 1 informado, 0 sospechados",
        "0 confirmados, 0 informados, 1 sospechado",
    ]


@pytest.mark.parametrize(
    ("rows", "line", "cited", "sentences"),
    [
        (
            ("quito exploration 2017 confirmed b", "quito exploration 2020 confirmed a"),
            "confirmed, since 2017",
            ["The Gazette"],
            ["confirmed, since 2017", "confirmed, since 2020"],
        ),
        (
            ("quito exploration 2017 suspected b", "quito exploration 2020 confirmed a"),
            "suspected, since 2017; confirmed, since 2020",
            ["The Gazette", "The Paper"],
            ["suspected, since 2017", "confirmed, since 2020"],
        ),
        (
            ("quito exploration 2023-09-20 reported b", "quito exploration 2022-08* confirmed a"),
            "reported, since 20 September 2023; confirmed, known by August 2022",  # never "confirmed, since 20 September 2023"
            ["The Gazette", "The Paper"],
            ["reported, since 20 September 2023", "confirmed, known by August 2022"],
        ),
        (
            ("quito exploration 2017 reported b", "quito exploration 2021 confirmed b", "quito exploration 2019 confirmed a"),
            "reported, since 2017; confirmed, since 2019",
            ["The Gazette", "The Paper"],
            ["reported, since 2017", "confirmed, since 2021", "confirmed, since 2019"],
        ),
        (
            ("quito exploration 2016-05* confirmed a", "quito exploration 2020 confirmed b"),
            "confirmed, since 2020",
            ["The Gazette"],
            ["confirmed, since 2020", "confirmed, known by May 2016"],
        ),
    ],
)
def test_each_date_that_is_told_stands_with_its_own_status_and_source(
    tmp_path: Path, rows: tuple[str, ...], line: str, cited: list[str], sentences: list[str]
) -> None:
    (stop,) = chapters(taken(tables(tmp_path / "other", *rows)))[0].stops
    assert stop.line == line
    assert [source.partition(",")[0] for source in stop.cited] == cited
    assert [said.line for said in stop.said] == sentences


def test_in_spanish_too_each_date_stands_with_its_own_status(tmp_path: Path) -> None:
    told = tables(tmp_path / "other", "quito exploration 2022-07 reported b", "quito exploration 2023 confirmed a")
    (stop,) = chapters(taken(told, language="es"))[0].stops
    assert stop.line == "dato informado, desde julio de 2022; dato confirmado, desde 2023"


@pytest.mark.parametrize(
    ("when", "line"),
    [
        ("2022-07-03", "dato confirmado, desde el 3 de julio de 2022"),
        ("2022-07-03*", "dato confirmado, conocido desde el 3 de julio de 2022"),
        ("2022-07*", "dato confirmado, conocido desde julio de 2022"),
    ],
)
def test_in_spanish_a_day_has_its_article_behind_a_preposition(tmp_path: Path, when: str, line: str) -> None:
    (stop,) = chapters(taken(tables(tmp_path / "other", f"quito exploration {when} confirmed b"), language="es"))[0].stops
    assert stop.line == line


def test_the_story_ends_where_the_map_stands(small: Tables) -> None:
    assert [chapter.phase for chapter in chapters(taken(small, state=State(day=on(2019, 1, 1))))] == ["origin", "exploration"]
    assert chapters(taken(small, chosen=Filter(documents=("c",)))) == []


@pytest.mark.parametrize(("whole", "as_of"), [(False, "no moment, for nothing is dated"), (True, "All observations, none of them dated")])
def test_where_nothing_is_dated_no_date_is_told(tmp_path: Path, whole: bool, as_of: str) -> None:
    stamp = taken(tables(tmp_path, "lima exploration - confirmed c"), whole=whole).stamp
    assert (stamp.finding, stamp.as_of) == ("No date is known: nothing on the map", as_of)
