"""The browser and the server must agree on what is looked at, on what a place looks like, and on what is said of it."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboard import boundaries, layers
from dashboard.codebook import HOME
from dashboard.data import Tables, called, read
from dashboard.filters import Filter, routes_passing, selected
from dashboard.links import State
from dashboard.listing import phases
from dashboard.messages import catalogue, words
from dashboard.moments import At, Moment, UpTo, Window, date_of, day_of, focused, in_force, looks, span, support, year_before
from dashboard.steps import Step, event_days, month_ends, phase_steps, year_ends
from dashboard.story import changed, changes, counts, finding, further, heading_unit, of_phase, when
from tests import browser_scripts
from tests.small_tables import PLACES, table, write_build
from tests.small_taken import tables as small_tables
from tests.small_taken import taken
from tests.test_story import LAYERS, NEWS_OF_LAYERS

pytestmark = pytest.mark.skipif(browser_scripts.NODE is None, reason="Node is not installed; tests/browser runs the same comparison in Chromium")

DATES = ("2010", "2018-03", "2018-03-04", "2019-06/2019-08", "2018/..", "../2019", "2015/2021", "2020-05*", "2024*", "2024-02-03*", "-")
PHASES = ("origin", "exploration", "penetration", "consolidation", "contested", "disruption", "context")
FILTERS = (
    Filter(),
    Filter(actors=("crew",)),
    Filter(actors=("rivals",), statuses=("confirmed", "reported")),
    Filter(phases=("exploration", "disruption"), confidence=55),
    Filter(documents=("a", "c"), dating="text"),
    Filter(activities=("extortion",), levels=("locality", "country")),
    Filter(precisions=("year", "document"), countries=("PE", "EC"), dating="known"),
    Filter(phases=("context",)),
    Filter(dating="none"),
)
# Months and years that begin and end as those of a calendar do, and not quite.
YEAR = (17532, 17896)
WHOLE = (
    UpTo(17896),
    UpTo(17895),
    UpTo(30000),
    At(17896),
    Window(*YEAR),
    Window(17533, 17896),
    Window(17532, 17895),
    Window(17563, 17590),
    Window(17532, 17532),
)
JAVASCRIPT = """
const data = atlas.data.decode(input.file);
const say = atlas.words.words(input.language, input.messages[input.language], input.messages.en);
data.places.label = atlas.words.labels(data, say, input.messages[input.language]);
return input.questions.map((question) => {
  const all = atlas.filters.mask(data, question.filter);
  const mask = question.focus ? atlas.time.focusMask(data, all, question.focus) : all;
  const units = atlas.story.units(data, mask);
  const [looks, later] = question.moments.map((moment) => atlas.time.fillLooks(atlas.time.emptyLooks(data.places.count), data, mask, moment));
  const moment = atlas.story.when(say, question.moments[0], atlas.story.headingUnit(units, question.moments[0], question.step));
  const rows = [];
  for (let place = 0; place < looks.size; place++) {
    if (!looks.there[place]) continue;
    rows.push([place, ...["rank", "certainty", "known", "outcomes", "count", "sources", "differ", "since"].map((name) => looks[name][place])]);
  }
  const span = atlas.time.span(data, mask);
  const counted = atlas.story.counts(data, looks);
  return {
    selected: [...mask].flatMap((keep, i) => (keep ? [i] : [])), looks: rows, counts: [...counted.phases, ...counted.outcomes], finding: atlas.story.finding(say, data, looks, moment, question.focus),
    further: question.focus ? atlas.story.further(data, looks, atlas.time.fillLooks(atlas.time.emptyLooks(data.places.count), data, all, question.moments[1]), question.focus) : 0,
    changed: atlas.story.changedLine(say, data, atlas.story.changed(data, looks, later, question.focus)), span,
    events: ["upto", "at", "window"].map((kind) => atlas.time.eventDays(data, mask, kind)),
    steps: atlas.time.phaseSteps(data, mask).map((step) => [step.phase, step.day]),
    months: span ? atlas.time.monthEnds(...span) : [], years: span ? atlas.time.yearEnds(...span) : [],
  };
});
"""


def random_rows(seed: int, count: int) -> list[str]:
    choose = random.Random(seed).choice
    places = [*PLACES["place_id"], "atlantis"]
    statuses = ("confirmed", "reported", "suspected")
    return [f"{choose(places)} {choose(PHASES)} {choose(DATES)} {choose(statuses)} {choose('abc')}" for _ in range(count)]


def random_tables(folder: Path, seed: int, count: int) -> Tables:
    rows = table(*random_rows(seed, count))
    rows.loc[rows.index % 5 == 0, "actor"] = "rivals"
    return read(write_build(folder, rows))


def as_json(moment: Moment) -> dict[str, object]:
    match moment:
        case UpTo(day):
            return {"kind": "upto", "day": day}
        case At(day):
            return {"kind": "at", "day": day}
        case Window(start, end):
            return {"kind": "window", "start": start, "end": end}


def answer(tables: Tables, question: dict[str, Any], language: str) -> dict[str, Any]:
    """What the server says, in the form in which the browser's answer comes."""
    speak, rows = words(language), selected(tables.observations, question["filter"])
    chosen = set(rows["observation_id"])
    last = looks(rows, question["moments"][1])
    rows = focused(rows, tables.codebook, question["focus"]) if question["focus"] else rows
    now, later = (looks(rows, moment) for moment in question["moments"])
    text = when(speak, question["moments"][0], heading_unit(rows, question["moments"][0], question["step"]))
    force = rows[in_force(rows, question["moments"][0])]
    earliest = force[support(force, now)].sort_values("begin", kind="stable").drop_duplicates("place")
    since = pd.Series(earliest.index, index=earliest["place"]).reindex(now.index)
    limits = span(rows)
    counted = counts(now, tables.places, tables.codebook)
    kinds = changes(now, later)
    if question["focus"]:
        kinds = kinds[kinds.index.isin(of_phase(later, tables.codebook, question["focus"]).index)]
    positions = tables.observations.index[tables.observations["observation_id"].isin(chosen & set(rows["observation_id"]))]
    return {
        "selected": positions.tolist(),
        "looks": [
            [int(place), *(int(value) for value in row)]
            for place, row in zip(now.index, now.assign(since=since).itertuples(index=False, name=None), strict=True)
        ],
        "counts": [*counted.phases, *counted.outcomes],
        "finding": finding(speak, now, tables.places, tables.codebook, moment=text, focus=question["focus"]),
        "further": further(of_phase(now, tables.codebook, question["focus"]), last, tables.codebook, question["focus"]) if question["focus"] else 0,
        "changed": changed(speak, kinds, tables.places),
        "span": list(limits) if limits else None,
        "events": [event_days(rows, kind) for kind in (UpTo, At, Window)],
        "steps": [[step.phase, step.day] for step in phase_steps(rows, tables.codebook, newest=tables.newest)],
        "months": month_ends(*limits) if limits else [],
        "years": year_ends(*limits) if limits else [],
    }


def questions(seed: int) -> list[dict[str, Any]]:
    random_number = random.Random(seed)
    steps: tuple[Step, ...] = ("event", "month", "year", "phase")
    found = []
    for chosen in FILTERS:
        for kind in (UpTo, At, Window):
            days = sorted(random_number.randrange(14000, 20500) for _ in range(4))
            moments = [Window(days[0], days[1]), Window(days[2], days[3])] if kind is Window else [kind(days[1]), kind(days[3])]
            focus = random_number.choice([None, *PHASES[:-1]])
            found.append({"filter": chosen, "moments": moments, "step": random_number.choice(steps), "focus": focus})
    return found + [{"filter": Filter(), "moments": [moment, moment], "step": step, "focus": None} for moment in WHOLE for step in steps]


def sent_to_browser(tables: Tables, asked: list[dict[str, Any]], language: str) -> dict[str, Any]:
    fields = ("actors", "phases", "documents", "statuses", "activities", "precisions", "levels", "countries", "confidence", "dating")
    sent = [
        {**question, "filter": {name: getattr(question["filter"], name) for name in fields}, "moments": [as_json(moment) for moment in question["moments"]]}
        for question in asked
    ]
    return {"file": layers.payload(tables, boundaries.NONE), "messages": catalogue(), "language": language, "questions": sent}


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_browser_and_the_server_agree(tmp_path: Path, seed: int, language: str) -> None:
    tables = random_tables(tmp_path, seed, count=(3, 20, 90)[seed % 3])
    asked = questions(seed)
    answers = browser_scripts.run(JAVASCRIPT, sent_to_browser(tables, asked, language))
    assert len(answers) == len(asked)
    for question, told in zip(asked, answers, strict=True):
        assert told == answer(tables, question, language), question


@pytest.mark.parametrize("chosen", [*FILTERS, Filter(countries=("EC",)), Filter(countries=("BR",)), Filter(levels=("locality",)), Filter(precisions=("year",))])
def test_the_browser_and_the_server_show_the_same_routes(tmp_path: Path, chosen: Filter) -> None:
    tables = small_tables(tmp_path)
    body = "return input.questions.map(({ filter }) => [...atlas.filters.routes(atlas.data.decode(input.file), filter)]);"
    question = {"filter": chosen, "moments": [], "step": "event", "focus": None}
    (passing,) = browser_scripts.run(body, sent_to_browser(tables, [question], "en"))
    assert [bool(passes) for passes in passing] == routes_passing(tables.routes, tables.places, chosen).tolist()


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["Lima", "Quito", "Cologne", "Peru", "South America", "Callao jail"]),
        ("es", ["Lima", "Quito", "Colonia", "Perú", "América del Sur", "Callao jail"]),
    ],
)
def test_the_browser_calls_places_as_the_server_does_and_finds_them_by_either_name(tmp_path: Path, language: str, expected: list[str]) -> None:
    places = PLACES.replace({"place_id": {"andes": "ea:south-america", "cusco": "gn:2886242"}, "name": {"Andes": "South America", "Cusco": "Köln"}})
    tables = read(write_build(tmp_path, table("lima origin 2010 confirmed a")))
    tables = replace(tables, places=places)
    body = """
const data = atlas.data.decode(input.file);
const say = atlas.words.words(input.language, input.messages[input.language], input.messages.en);
return [atlas.words.labels(data, say, input.messages[input.language]), [0, 2, 3, 4].map((place) => atlas.words.otherNames(data, place, input.messages)), say.country("DE")];
"""
    names, others, germany = browser_scripts.run(body, sent_to_browser(tables, [], language))
    assert names == called(words(language), places) == expected
    assert others == [[], ["Cologne", "Colonia"], ["Peru", "Perú"], ["South America", "América del Sur"]]
    assert germany == words(language).country("DE")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["lima origin 2010 confirmed a", "callao-jail consolidation 2022 confirmed a"], [["callao-jail", 2, HOME]]),
        (["lima origin 2010 confirmed a", "callao-jail origin 2022 confirmed a"], [["lima", 2, 0]]),
        (["lima exploration 2010 confirmed a", "callao-jail consolidation 2022 confirmed a"], [["callao-jail", 2, 0]]),
        (["lima origin 2010 confirmed a", "lima exploration 2011 confirmed a", "callao-jail penetration 2022 confirmed a"], [["callao-jail", 2, HOME]]),
    ],
)
def test_a_mark_of_several_places_shows_the_home_among_them(tmp_path: Path, rows: list[str], expected: list[list[object]]) -> None:
    small = small_tables(tmp_path, *rows)
    body = """
const data = atlas.data.decode(input.file);
data.areas = [];
data.weights = data.places.id.map(() => 1);
data.places.x = data.places.y = data.places.id.map(() => 10);
const looks = atlas.time.fillLooks(atlas.time.emptyLooks(data.places.count), data, atlas.filters.mask(data, {}), atlas.time.upTo(20000));
const hidden = { ranks: new Set(), outcomes: new Set(), named: true, routes: true };
const scene = atlas.scene.scene(data, looks, null, { hidden, focus: null }, atlas.scene.pool(data.places.count));
const [top, count, fresh, home] = Array.from({ length: 4 }, () => new Int32Array(data.places.count));
const marks = atlas.marks.gather({ scale: 1, left: 0, top: 0, width: 99, height: 99 }, data, scene, { points: [0, 5], leader: new Int32Array(data.places.count) }, { top, count, fresh, home });
return marks.map((mark) => [data.places.id[mark.place], mark.count, mark.beside === atlas.data.HOME ? input.bit : mark.beside]);
"""
    scripts = ("data", "time", "filters", "words", "story", "theme", "scene", "marks")
    assert browser_scripts.run(body, {**sent_to_browser(small, [], "en"), "bit": HOME}, scripts=scripts) == expected


@pytest.mark.parametrize(
    ("outcomes", "other", "expected"),
    [
        (0, None, [5, 4.5]),  # at the lower right
        (0b01, None, [5, 4.5]),
        (0b11, None, [-21, 4.5]),  # the badge of its second outcome stands there
        (0b11, [-20, 15], [-21, -18.5]),  # and another mark where it would stand else: at the upper left
        (0, [22, 12], [-21, 4.5]),
    ],
)
def test_the_tag_of_a_mark_lies_on_no_badge_and_on_no_other_mark(outcomes: int, other: list[float] | None, expected: list[float]) -> None:
    body = """
const scene = { visible: () => ({ rank: 3 }), sign: () => "" };
const marks = [...(input.other ? [{ place: 1, count: 1, beside: 0, x: 100 + input.other[0], y: 100 + input.other[1] }] : []), { place: 0, count: 8, beside: input.outcomes, x: 100, y: 100 }];
atlas.marks.tags(marks, scene, 10, () => [16, 14]);
const { tag } = marks[marks.length - 1];
return [tag[0] - 100, tag[1] - 100];
"""
    found = browser_scripts.run(body, {"outcomes": outcomes, "other": other}, scripts=("data", "time", "filters", "words", "story", "theme", "glyphs", "marks"))
    assert found == expected


LIMA = "By May 2024: 1 place in 1 country under consolidation"


@pytest.mark.parametrize(
    ("hide", "expected"),
    [
        ((), ["Consolidation + Origin + Disruption", True, LIMA]),
        (("origin",), ["Consolidation + Disruption", False, LIMA]),
        (("disruption",), ["Consolidation + Origin", True, LIMA]),
        (("consolidation",), ["By May 2024: nothing on the map"]),
    ],
)
def test_the_home_is_switched_off_with_its_phase_and_a_title_leaves_out_what_is_off(tmp_path: Path, hide: tuple[str, ...], expected: list[object]) -> None:
    small = small_tables(tmp_path, "lima origin 2010 confirmed a", "lima consolidation 2022 confirmed a", "lima disruption 2023 confirmed a")
    body = """
const data = atlas.data.decode(input.file);
const say = atlas.words.words("en", input.messages.en, input.messages.en);
data.weights = data.areas = [];
const looks = atlas.time.fillLooks(atlas.time.emptyLooks(data.places.count), data, atlas.filters.mask(data, {}), atlas.time.upTo(20000));
const off = (phases) => new Set(phases.flatMap((phase, position) => (input.hide.includes(phase.id) ? [position] : [])));
const hidden = { ranks: off(data.ordered), outcomes: off(data.outcomes), named: false, routes: false };
const scene = atlas.scene.scene(data, looks, null, { hidden, focus: null }, atlas.scene.pool(data.places.count));
const look = scene.visible(0);
const shown = look ? [atlas.panel.phasesOf(say, data, look), atlas.story.shows(data, "origin")(look.rank, look.outcomes)] : [];
return [...shown, atlas.story.finding(say, data, scene.looks, "By May 2024", null)];
"""
    scripts = ("data", "time", "filters", "words", "story", "dom", "scene", "panel")
    assert browser_scripts.run(body, {**sent_to_browser(small, [], "en"), "hide": hide}, scripts=scripts) == expected
    look = taken(small, state=State(hide=hide)).looks
    shown: list[object] = [phases(words("en"), small.codebook, *pair) for pair in zip(look["rank"], look["outcomes"], strict=True)]
    shown += [len(of_phase(look, small.codebook, "origin")) == 1] if shown else []
    assert [*shown, finding(words("en"), look, small.places, small.codebook, moment="By May 2024")] == expected


@pytest.mark.parametrize(("hide", "expected"), NEWS_OF_LAYERS)
def test_of_layers_that_are_switched_off_the_browser_tells_nothing_and_counts_what_a_file_holds(tmp_path: Path, hide: tuple[str, ...], expected: str) -> None:
    small = small_tables(tmp_path, *LAYERS)
    body = """
const data = atlas.data.decode(input.file);
const say = atlas.words.words("en", input.messages.en, input.messages.en);
data.places.label = data.places.name; data.weights = data.areas = [];
const [before, now] = [17897, 20000].map((day) => atlas.time.fillLooks(atlas.time.emptyLooks(data.places.count), data, atlas.filters.mask(data, {}), atlas.time.upTo(day)));
const off = (phases) => new Set(phases.flatMap((phase, position) => (input.hide.includes(phase.id) ? [position] : [])));
const hidden = { ranks: off(data.ordered), outcomes: off(data.outcomes), named: false, routes: false };
const scene = atlas.scene.scene(data, now, before, { hidden, focus: null }, atlas.scene.pool(data.places.count));
const counts = atlas.story.counts(data, scene.looks);
return [atlas.story.changedLine(say, data, scene.changed()), counts.force, [...counts.phases, ...counts.outcomes]];
"""
    scripts = ("data", "time", "filters", "words", "story", "scene")
    line, force, layers_ = browser_scripts.run(body, {**sent_to_browser(small, [], "en"), "hide": hide}, scripts=scripts)
    file = taken(small, state=State(hide=hide))
    counted = counts(file.looks, small.places, small.codebook)
    assert (line, force, layers_) == (expected, len(file.rows), [*counted.phases, *counted.outcomes])


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (("lima origin 2023-02 confirmed a", "lima penetration 2025-05 confirmed a"), ["From May 2024", "to May 2025"]),
        (("lima origin 2024-05-01 confirmed a", "lima penetration 2025-05 confirmed a"), ["From 1 May 2024", "to May 2025"]),
        (("lima origin 2024-05-20 confirmed a", "lima penetration 2025-05 confirmed a"), ["From 1 May 2024", "to May 2025"]),  # not there on the 1st
        (("lima origin 2023-02 confirmed a", "lima penetration 2025-05-01 confirmed a"), ["From 1 May 2024", "to 1 May 2025"]),
    ],
)
def test_two_dates_are_named_alike_where_that_is_true(tmp_path: Path, rows: tuple[str, ...], expected: list[str]) -> None:
    tables = read(write_build(tmp_path, table(*rows)))
    body = """
const model = atlas.model.model(atlas.data.decode(input.file));
const say = atlas.words.words("en", input.messages.en, input.messages.en);
const [a, b] = [atlas.time.dayOf(2024, 5, 1), atlas.time.dayOf(2025, 5, 1)];
const unit = model.unitsOfTwo(a, b);
return [["from", a], ["to", b]].map(([side, day]) => say(`when.${side}_${unit(day)}`, { when: say.when(day, unit(day)) }));
"""
    scripts = ("data", "time", "filters", "words", "story", "model")
    assert browser_scripts.run(body, sent_to_browser(tables, [], "en"), scripts=scripts) == expected


@pytest.mark.parametrize(
    ("day", "before"), [("2025-05-01", "2024-05-01"), ("2020-08-01", "2019-08-01"), ("2024-02-29", "2023-02-28"), ("2021-02-28", "2020-02-28")]
)
def test_a_year_before_is_the_same_day_whether_or_not_a_leap_day_lies_between(day: str, before: str) -> None:
    assert date_of(year_before(day_of(date.fromisoformat(day)))).isoformat() == before
    told = browser_scripts.run("return atlas.time.yearBefore(input);", day_of(date.fromisoformat(day)), scripts=("data", "time"))
    assert told == day_of(date.fromisoformat(before))
