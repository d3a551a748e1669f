"""What is taken away of the map, in a real browser: each file by its button, and the page that stands alone from a folder without a network."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from pptx import Presentation
from pypdf import PdfReader

from dashboard import boundaries, data
from dashboard.exports.page import page_file
from dashboard.exports.taken import take
from dashboard.filters import Filter, default_filter
from dashboard.links import State
from dashboard.messages import words
from dashboard.moments import day_of
from tests.browser.conftest import Watched
from tests.browser.room import MARKS, TO_AN_AREA, Room
from tests.browser.test_access import findings
from tests.browser.test_safety import HOSTILE, spoil
from tests.small_taken import tables, taken

MADE = date(2026, 3, 5)
VIEW = "() => { const { lat, lng } = atlas.room.map.getCenter(); return [lat, lng, atlas.room.map.getZoom()]; }"
# The size of the map, what its legend covers of it, and where its marks stand.
ON_PAPER = f"""() => {{
  const own = document.querySelector(".stage").getBoundingClientRect(), legend = document.querySelector(".legend").getBoundingClientRect();
  return [[own.width, own.height], [legend.left - own.left, legend.top - own.top, legend.right - own.left, legend.bottom - own.top], ({MARKS})().map(({{ x, y }}) => [x, y])];
}}"""


class Alone:
    """A file in a browser that has no network; keeps what goes wrong in it and everything that it asks for."""

    def __init__(self, chromium: Browser, file: Path, *, width: int = 1280, height: int = 720, dark: bool = False) -> None:
        self.context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light", offline=True)
        self.context.set_default_timeout(45000)
        self.page: Page = self.context.new_page()
        self.problems: list[str] = []
        self.asked: list[str] = []
        self.page.on("pageerror", lambda error: self.problems.append(error.message))
        self.page.on("console", lambda message: self.problems.append(message.text) if message.type in {"error", "warning"} else None)
        self.page.on("dialog", lambda dialog: (self.problems.append(dialog.message), dialog.dismiss()))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.address = file.as_uri()
        self.page.goto(self.address)
        self.page.locator('.atlas[data-ready="true"]').wait_for()
        self.page.wait_for_timeout(300)

    @property
    def finding(self) -> str:
        """The sentence above the map."""
        return self.page.locator(".finding").inner_text()

    def marks(self) -> list[dict[str, Any]]:
        """The marks that are drawn as points."""
        found: list[dict[str, Any]] = self.page.evaluate(MARKS)
        return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("stick")


@pytest.fixture(scope="module")
def file(folder: Path, build: Path) -> Path:
    """The page of the 600 observations."""
    found = data.read(build)
    return written(
        folder / "map.html",
        page_file(take(words("en"), found, default_filter(found.codebook), State(), whole=False, sentences=True, made=MADE), boundaries.read()),
    )


@pytest.fixture
def alone(chromium: Browser, file: Path) -> Iterator[Callable[..., Alone]]:
    """Opens files. At the end nothing may have gone wrong in one, and nothing but the file itself may have been asked for."""
    made: list[Alone] = []

    def opened(path: Path = file, **options: Any) -> Alone:
        made.append(Alone(chromium, path, **options))
        return made[-1]

    yield opened
    for one in made:
        one.context.close()
    assert [problem for one in made for problem in one.problems] == []
    assert [url for one in made for url in one.asked if url != one.address] == []


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


# ------------------------------------------------------------------ the page that stands alone


@pytest.mark.parametrize("dark", [False, True])
def test_a_full_map_from_a_stick(alone: Callable[..., Alone], dark: bool) -> None:
    one = alone(dark=dark)
    assert re.fullmatch(r"By .* places and \d+ areas in \d+ countries reached, .* under consolidation", one.finding)
    assert one.page.locator(".about").inner_text() == "The Crew"
    assert len(one.marks()) > 20
    painted = (
        "() => [...document.querySelectorAll('.leaflet-pane canvas')].map((canvas) => { const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);"
        " let filled = 0; for (let i = 3; i < data.length; i += 400) if (data[i]) filled++; return filled; })"
    )
    one.page.evaluate(TO_AN_AREA)
    land, areas, _, marks = one.page.evaluate(painted)
    assert land > 500
    assert min(areas, marks) > 0
    assert one.page.evaluate("() => document.querySelector('.atlas').dataset.theme") == ("dark" if dark else "light")


def test_nothing_can_be_asked_for(alone: Callable[..., Alone]) -> None:
    one = alone()
    refused = one.page.evaluate("() => fetch('http://127.0.0.1:9/').then(() => 'sent', (error) => error.name)")
    assert refused == "TypeError"
    assert any("Content Security Policy" in problem for problem in one.problems)
    one.problems.clear()
    one.asked.clear()


def test_the_slider_the_steps_and_the_play_button_work(alone: Callable[..., Alone]) -> None:
    one = alone()
    last = one.finding
    slider = one.page.get_by_role("slider", name="Date shown")
    slider.focus()
    one.page.keyboard.press("Home")
    first = one.finding
    assert first != last
    box = slider.bounding_box()
    assert box is not None
    one.page.mouse.click(box["x"] + box["width"] * 0.6, box["y"] + box["height"] / 2)
    one.page.wait_for_timeout(200)
    middle = one.finding
    assert middle not in {first, last}
    one.page.get_by_role("button", name="Previous step").click()
    assert one.finding != middle
    one.page.get_by_label("Step by").select_option("phase")
    one.page.locator(".rail button").nth(1).click()
    assert "under exploration" in one.finding
    one.page.get_by_label("Step by").select_option("year")
    slider.focus()
    one.page.keyboard.press("Home")
    one.page.get_by_role("button", name="Play").click()
    expect(one.page.locator(".finding")).not_to_have_text(first, timeout=5000)
    one.page.get_by_role("button", name="Pause").click()


def test_a_click_on_a_mark_opens_its_evidence_and_time_says_what_holds(alone: Callable[..., Alone]) -> None:
    one = alone()
    beside = one.page.locator("#beside")
    expect(beside.get_by_role("heading", name="About this file")).to_be_visible()
    map_ = one.page.locator(".leaflet-container").bounding_box()
    assert map_ is not None
    free = "([x, y, left, top]) => { const at = atlas.room.stage.at(L.point(x, y)); return at && at.place !== undefined && !at.isArea && document.elementFromPoint(x + left, y + top).closest('.leaflet-container') !== null; }"
    mark = next(mark for mark in one.marks() if mark["count"] == 1 and one.page.evaluate(free, [mark["x"], mark["y"], map_["x"], map_["y"]]))
    one.page.mouse.click(map_["x"] + mark["x"], map_["y"] + mark["y"])
    expect(beside.get_by_role("heading", level=2)).to_have_text(mark["name"])
    expect(beside.locator("article").first.locator("blockquote")).to_contain_text("According to the report, the crew")
    expect(beside.locator("article mark.place").first).to_have_text(mark["name"])
    one.page.get_by_label("Date", exact=True).fill("2009")
    one.page.keyboard.press("Enter")
    expect(beside.locator("article").first).to_contain_text("Not in force at the date shown")
    beside.get_by_role("button", name="Close").click()
    expect(beside.get_by_role("heading", name="About this file")).to_be_visible()


def test_every_place_of_the_list_has_its_cards(alone: Callable[..., Alone]) -> None:
    one = alone()
    held = one.page.evaluate(
        "() => { const held = JSON.parse(document.getElementById('evidence').textContent).places; return atlas.room.app.data.places.id.filter((id) => !held[id]).length; }"
    )
    ends = one.page.evaluate("() => new Set([...atlas.room.app.data.routes.from, ...atlas.room.app.data.routes.to]).size")
    assert held <= ends  # a route may end where nothing else is said
    one.page.get_by_role("combobox", name="Search for a place").fill("a")
    one.page.get_by_role("option").first.click()
    expect(one.page.locator("#beside article").first).to_be_visible()


def test_a_route_has_its_sentence(alone: Callable[..., Alone]) -> None:
    one = alone()
    one.page.evaluate(
        "() => { const leg = atlas.room.scene().legs[0]; atlas.room.change({}, 'step'); document.querySelector('[title=\"What the map shows, as lists\"]').click(); return leg; }"
    )
    one.page.locator(".panel-tabs").get_by_role("button", name="Routes").click()
    one.page.locator(".panel-body .link").first.click()
    expect(one.page.locator("#beside").get_by_role("heading", name="Route", exact=True)).to_be_visible()
    expect(one.page.locator("#beside blockquote")).to_contain_text("the network moved into")


def test_it_says_what_it_is(alone: Callable[..., Alone]) -> None:
    beside = alone().page.locator("#beside")
    for part in (
        "As of: All times: from",
        "Filters: Actor: The Crew",
        "Made: 5 March 2026",
        "The absence of a mark is not the absence of activity",
        "imply no endorsement",
        "CC BY 4.0",
    ):
        expect(beside).to_contain_text(part)


def test_it_opens_where_the_map_stood(alone: Callable[..., Alone], build: Path, folder: Path) -> None:
    found = data.read(build)
    state = State(day=day_of(date(2019, 12, 31)), step="year", hide=("consolidation",), view=(10.0, 20.0, 4.0))
    one = alone(written(folder / "then.html", page_file(take(words("es"), found, Filter(), state, whole=False, sentences=True, made=MADE), boundaries.read())))
    assert one.finding.startswith("Hasta 2019:")
    assert one.page.evaluate("() => { const at = atlas.room.map.getCenter(); return [Math.round(at.lat), Math.round(at.lng), atlas.room.map.getZoom()]; }") == [
        10,
        20,
        4,
    ]
    expect(one.page.get_by_role("checkbox", name="Consolidación")).not_to_be_checked()
    expect(one.page.locator("#beside")).to_contain_text("Sobre este archivo")


def test_hostile_text_stays_text(alone: Callable[..., Alone], tmp_path: Path) -> None:
    found = data.read(spoil(tmp_path / "build"))
    one = alone(
        written(tmp_path / "hostile.html", page_file(take(words("en"), found, Filter(), State(), whole=True, sentences=True, made=MADE), boundaries.read()))
    )
    for name in HOSTILE.values():
        one.page.evaluate("(name) => atlas.room.choose(atlas.room.app.data.places.name.indexOf(name))", name)
        heading = one.page.locator("#beside").get_by_role("heading", level=2)
        expect(heading).to_have_text(name)
        assert heading.text_content() == name
    assert one.page.evaluate("() => window.pwned === undefined")
    assert one.page.locator("img").count() == 0


@pytest.mark.parametrize("dark", [False, True])
def test_axe_has_no_serious_finding(alone: Callable[..., Alone], dark: bool) -> None:
    one = alone(dark=dark)
    assert findings(one.page.main_frame) == []
    one.page.evaluate("() => atlas.room.choose(atlas.room.app.data.points[0])")
    expect(one.page.locator("#beside article").first).to_be_visible()
    assert findings(one.page.main_frame) == []


def printed(one: Alone, *, landscape: bool = False) -> list[str]:
    """The text of each sheet of A4."""
    reader = PdfReader(io.BytesIO(one.page.pdf(format="A4", landscape=landscape, print_background=True)))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


@pytest.mark.parametrize("landscape", [False, True])
def test_on_paper_the_map_has_a_sheet_and_all_that_stands_beside_it_follows(alone: Callable[..., Alone], landscape: bool) -> None:
    one = alone()
    first, *rest = printed(one, landscape=landscape)
    assert first.startswith(f"The Crew {' '.join(one.finding.split())}")
    assert "No mark does not mean no activity." in first
    assert "Evidence" not in first
    assert len(rest) > 2
    told = " ".join(rest)
    assert told.startswith("Evidence ")
    assert told.count("According to the report, the crew") > 30  # a sentence for each place that the map shows
    assert told.index("About this") < told.index("As of: All times: from") < told.index("Licences")
    assert "Boundaries: Natural Earth, public domain." in rest[-1]
    expect(one.page.locator("#beside").get_by_role("heading", level=2)).to_have_text("About this file")  # the screen is as it was


@pytest.mark.parametrize("landscape", [False, True])
def test_on_paper_no_mark_lies_under_the_legend(alone: Callable[..., Alone], tmp_path: Path, landscape: bool) -> None:
    one = alone(written(tmp_path / "small.html", page_file(taken(tables(tmp_path / "build")), boundaries.read())))
    one.page.evaluate(f"() => matchMedia('print').addEventListener('change', ({{ matches }}) => {{ if (matches) globalThis.onPaper = ({ON_PAPER})(); }})")
    printed(one, landscape=landscape)
    (width, height), (west, north, east, south), marks = one.page.evaluate("() => globalThis.onPaper")
    assert width > 650  # the breadth of the sheet, but for its margins
    assert len(marks) == 3
    for x, y in marks:
        assert 0 < x < width
        assert 0 < y < height
        assert not (west < x < east and north < y < south)


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080)])
def test_printed_the_map_stands_where_it_stood(alone: Callable[..., Alone], tmp_path: Path, width: int, height: int) -> None:
    one = alone(written(tmp_path / "small.html", page_file(taken(tables(tmp_path / "build")), boundaries.read())), width=width, height=height)
    for view in ([-35.0, -71.0, 4], [10.0, 150.0, 3]):
        one.page.evaluate("([north, east, zoom]) => atlas.room.map.setView([north, east], zoom, { animate: false })", view)
        one.page.wait_for_timeout(400)
        stood = one.page.evaluate(VIEW)
        for landscape in (False, True):
            printed(one, landscape=landscape)
            one.page.wait_for_timeout(400)  # what moves a map back inside its limits takes as long
            assert one.page.evaluate(VIEW) == pytest.approx(stood, abs=0.3)


def test_on_paper_what_is_chosen_has_all_its_sentences(alone: Callable[..., Alone]) -> None:
    one = alone()
    most = "() => { const { places } = JSON.parse(document.getElementById('evidence').textContent); return Object.entries(places).map(([id, { cards }]) => [id, cards.length]).sort((a, b) => b[1] - a[1])[0]; }"
    place, count = one.page.evaluate(most)
    assert count > 8  # more than a page of cards on the screen
    one.page.evaluate("(place) => atlas.room.choose(atlas.room.app.data.places.index.get(place))", place)
    assert " ".join(printed(one)[1:]).count("EDTF:") == count


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 720), (1920, 1080)])
def test_nothing_hangs_over_the_edge(alone: Callable[..., Alone], width: int, height: int) -> None:
    one = alone(width=width, height=height)
    assert one.page.evaluate("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth + 1")
    stage = one.page.locator(".stage").bounding_box()
    assert stage is not None
    assert stage["height"] >= 200


# ------------------------------------------------------------------ the buttons


def opened(room: Room) -> None:
    room.page.get_by_text("Take away", exact=True).click()
    expect(room.page.locator(".st-key-take-choices")).to_be_visible()
    room.settle()


def downloaded(room: Room, label: str) -> tuple[str, bytes]:
    """The name and the content of a file of a format."""
    room.page.locator(".st-key-take_format").get_by_text(label, exact=True).click()
    room.settle()
    with room.page.expect_download(timeout=60000) as download:
        room.page.get_by_role("button", name=f"Download: {label}").click()
    return download.value.suggested_filename, download.value.path().read_bytes()


def test_each_format_by_its_button(room: Room) -> None:
    opened(room)
    found = {label: downloaded(room, label) for label in (
        "Page that works without a network (HTML)", "Handout (PDF)", "Slides (PPTX)", "Picture (PNG)", "Picture (SVG)", "Table (CSV)", "GeoJSON", "KML", "GeoParquet",
    )}  # fmt: skip
    endings = [name.rsplit(".", 1)[1] for name, _ in found.values()]
    assert endings == ["html", "pdf", "pptx", "png", "svg", "csv", "geojson", "kml", "parquet"]
    assert all(re.fullmatch(r"expansion-atlas-\d{4}-\d\d-\d\d\.\w+", name) for name, _ in found.values())
    shown = room.finding
    assert found["Page that works without a network (HTML)"][1].startswith(b"<!doctype html>")
    assert shown in " ".join(PdfReader(io.BytesIO(found["Handout (PDF)"][1])).pages[0].extract_text().split())
    assert Presentation(io.BytesIO(found["Slides (PPTX)"][1])).slides[1].shapes.title.text_frame.text == shown
    assert Image.open(io.BytesIO(found["Picture (PNG)"][1])).size == (2560, 1440)
    assert b"<svg" in found["Picture (SVG)"][1]
    rows = list(csv.DictReader(io.StringIO(found["Table (CSV)"][1].decode("utf-8-sig"), newline="")))
    legs = sum(row["feature"] == "route" for row in rows)
    assert len(rows) == len(json.loads(found["GeoJSON"][1])["features"]) == len(pq.read_table(io.BytesIO(found["GeoParquet"][1])))
    assert f"{len(rows) - legs} of 600 observations shown" in room.frame.locator(".status").inner_text()
    assert found["KML"][1].count(b"<Placemark>") > 50


def test_what_is_taken_is_what_is_shown(room: Room) -> None:
    room.frame.get_by_label("Date", exact=True).fill("2016-12-31")
    room.page.keyboard.press("Enter")
    room.settle()
    opened(room)
    rows = list(csv.DictReader(io.StringIO(downloaded(room, "Table (CSV)")[1].decode("utf-8-sig"), newline="")))
    assert {row["as_of"] for row in rows} == {"31 December 2016"}
    assert max(row["date_start"] for row in rows) <= "2016-12-31"
    assert "evidence" in rows[0]
    room.page.locator(".st-key-take_sentences").get_by_text("With the sentences").click()
    room.page.locator(".st-key-take_scope").get_by_text("All of it").click()
    room.settle()
    rows = list(csv.DictReader(io.StringIO(downloaded(room, "Table (CSV)")[1].decode("utf-8-sig"), newline="")))
    assert sum(row["feature"] == "observation" for row in rows) == 600
    assert "evidence" not in rows[0]


def test_nothing_is_made_before_it_is_asked_for(watched: Callable[..., Watched], app: str) -> None:
    one = watched()
    Room(one.page, app).open()
    assert one.page.get_by_test_id("stDownloadButton").count() == 0
