"""The mode for the room: slides, forward and back by keyboard and clicker."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Watched, serving
from tests.browser.room import Room
from tests.small_taken import tables


@pytest.fixture
def present(watched: Callable[..., Watched], app: str) -> Room:
    return Room(watched(width=1920, height=1080).page, app).open("present")


def slide(room: Room) -> str:
    return room.frame.locator(".present-number").inner_text()


def test_it_begins_with_a_cover_and_no_chrome(present: Room) -> None:
    expect(present.frame.get_by_role("heading", level=1)).to_have_text("The spread of The Crew")
    expect(present.frame.locator(".cover-finding")).to_contain_text(re.compile(r"\d+ places and \d+ areas in"))
    expect(present.page.get_by_role("link", name="Method")).to_be_hidden()
    assert slide(present) == "1 / 8"


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (390, 844)])
def test_every_slide_names_the_filters(watched: Callable[..., Watched], app: str, width: int, height: int) -> None:
    present = Room(watched(width=width, height=height).page, app).open("present?status=confirmed&stage=exploration&stage=disruption")
    for _ in range(3):
        expect(present.frame.get_by_text("Phase: Exploration and Disruption; Status: confirmed")).to_be_visible()
        present.page.keyboard.press("ArrowRight")
    present.open("present")
    expect(present.frame.locator(".present-filters")).to_be_hidden()


def test_keys_and_clickers(present: Room) -> None:
    for forward, back in (("ArrowRight", "ArrowLeft"), ("PageDown", "PageUp"), ("Space", "ArrowLeft"), ("Enter", "PageUp")):
        present.page.keyboard.press(forward)
        present.page.keyboard.press(forward)
        assert slide(present) == "3 / 8"
        present.page.keyboard.press(back)
        assert slide(present) == "2 / 8"
        assert re.search(r"By .*: origin in \d+ places and 1 area in \d+ countries", present.frame.locator(".present-title").inner_text())
        present.page.keyboard.press("Home")
        assert slide(present) == "1 / 8"


def test_every_slide_states_its_finding_and_the_last_says_how_to_read(present: Room) -> None:
    titles = []
    for _ in range(6):
        present.button("Next slide").click()
        titles.append(present.frame.locator(".present-title").inner_text())
    assert [re.sub(r"^By .*?: ", "", title) for title in titles][1:4] == [
        title for title in (re.sub(r"^By .*?: ", "", text) for text in titles[1:4]) if re.search(r"under (exploration|penetration|consolidation)", title)
    ]
    present.page.keyboard.press("End")
    expect(present.frame.get_by_role("heading", level=1)).to_have_text("How to read this")
    expect(present.frame.locator(".cover")).to_contain_text("not the absence of activity")
    assert present.button("Next slide").is_disabled()


def test_a_slide_explains_the_signs_that_it_uses_and_no_others(present: Room) -> None:
    uses = """() => {
      const { stage } = atlas.room, marks = stage.drawnMarks();
      return [marks.some((mark) => mark.count > 1), marks.some((mark) => mark.fresh)];
    }"""
    key = present.frame.locator(".present-key")
    expect(key).to_be_hidden()  # the cover has no map
    found = set()
    for _ in range(6):
        present.button("Next slide").click()
        present.settle()
        told = key.inner_text()
        shown = ("number of places under a mark" in told, "new at this step" in told)
        assert shown == tuple(present.inside.evaluate(uses))
        found.add(shown)
    assert len(found) > 1  # not the same on all slides


def test_where_the_opening_says_more_of_the_furthest_phase_its_slide_says_why(watched: Callable[..., Watched], tmp_path: Path) -> None:
    rows = (
        "lima exploration 2018 confirmed a",
        "lima consolidation 2020 confirmed a",
        "quito consolidation 2024* reported b",
        "lima disruption 2021 confirmed a",
    )
    tables(tmp_path / "build", *rows)
    with serving(tmp_path / "build") as address:
        room = Room(watched().page, address).open("present")
        expect(room.frame.locator(".cover-finding")).to_contain_text("2 places in 2 countries under consolidation")
        later = room.frame.locator(".present-later")
        room.button("Next slide").click()
        expect(later).to_have_text("1 of these goes on to a later phase, as the next slides tell.")
        room.button("Next slide").click()
        expect(room.frame.locator(".present-title")).to_have_text("By 2020: 1 place in 1 country under consolidation")
        expect(later).to_have_text("By 2024: 2 places in 2 countries, counting what only its document dates.")
        room.page.close()


def test_no_line_of_a_slide_is_cut_in_two(watched: Callable[..., Watched], tmp_path: Path) -> None:
    rows = [
        f"{place} {phase} 2020 confirmed a" for place in ("lima", "quito", "cusco", "andes") for phase in ("origin", "exploration", "contested", "disruption")
    ]
    found = tables(tmp_path / "build", *rows, "lima disruption 2021 reported b")
    places = found.places.assign(name=[f"{name} and what lies around it on every side, as far as one can see" for name in found.places["name"]])
    places.to_parquet(tmp_path / "build" / "places.parquet", index=False)
    with serving(tmp_path / "build") as address:
        room = Room(watched(width=1280, height=600).page, address).open("present?slide=4")
        line = room.frame.locator(".present-line")
        lines = line.evaluate("(line) => line.clientHeight / parseFloat(getComputedStyle(line).lineHeight)")
        assert lines == pytest.approx(round(lines), abs=0.1)
        expect(line).to_have_text("4 with a new outcome.")
        room.page.close()


def test_a_title_among_names_of_publishers_is_quoted(watched: Callable[..., Watched], tmp_path: Path) -> None:
    tables(tmp_path / "build")
    with serving(tmp_path / "build") as address:
        room = Room(watched().page, address).open("present")
        room.page.keyboard.press("End")
        expect(room.frame.locator(".cover-sources")).to_have_text("Sources: The Paper, The Gazette and “No date”.")
        room.page.close()


def test_what_reaches_round_the_world_stands_below_the_words(present: Room) -> None:
    present.button("Next slide").click()
    stage, words = (present.frame.locator(selector).bounding_box() for selector in (".stage", ".present-head"))
    assert stage is not None
    assert words is not None
    assert stage["width"] == words["width"]
    assert words["y"] + words["height"] <= stage["y"]


def test_every_slide_with_a_map_says_whom_it_is_about(present: Room) -> None:
    for _ in range(2):
        present.button("Next slide").click()
        expect(present.frame.locator(".present-head .about")).to_have_text("The Crew")


def test_the_legend_of_a_slide_has_what_was_told_so_far(present: Room) -> None:
    told = []
    for _ in range(3):
        present.page.keyboard.press("ArrowRight")
        told.append([text.split("\n")[0] for text in present.frame.locator(".present-legend li").all_inner_texts()])
    assert told == [["Origin"], ["Origin", "Exploration"], ["Origin", "Exploration", "Penetration"]]


def test_type_can_be_read_from_the_back_of_the_room(present: Room) -> None:
    present.page.keyboard.press("ArrowRight")
    sizes = present.inside.evaluate(
        "() => ['.present-title', '.present-legend', '.present-line', '.present-key', '.present-later'].map((name) => parseFloat(getComputedStyle(document.querySelector(name)).fontSize))"
    )
    assert sizes[0] >= 48
    assert min(sizes[1:]) >= 24
    # Names on the map and numbers in the marks, in pixels of a window that is 1080 high.
    marks = present.inside.evaluate("() => ({ name: atlas.room.shared.text('mark', 'Lima').height / 1.35, radius: atlas.room.shared.radius })")
    assert marks["name"] >= 24
    assert marks["radius"] >= 20


def test_marks_grow_with_the_window(present: Room) -> None:
    present.page.keyboard.press("ArrowRight")
    present.page.set_viewport_size({"width": 1280, "height": 720})
    present.inside.wait_for_function("() => atlas.room.shared.radius === 14")
    present.page.set_viewport_size({"width": 1920, "height": 1080})
    present.inside.wait_for_function("() => atlas.room.shared.radius > 20")


def test_escape_leaves_for_the_map(present: Room) -> None:
    present.page.keyboard.press("ArrowRight")
    present.page.keyboard.press("Escape")
    expect(present.page).to_have_url(re.compile(r"127\.0\.0\.1:\d+/(map)?(\?.*)?$"))
    present.ready()
    expect(present.notes.get_by_role("heading", name="New at this step")).to_be_visible()


def test_its_link_opens_the_same_slide(present: Room, watched: Callable[..., Watched], app: str) -> None:
    present.page.keyboard.press("ArrowRight")
    present.page.keyboard.press("ArrowRight")
    present.settle()
    other = Room(watched(width=1920, height=1080).page, app).open(present.page.url.removeprefix(app).lstrip("/"))
    assert slide(other) == "3 / 8"


def test_a_line_too_long_for_its_slide_has_fewer_names(watched: Callable[..., Watched], tmp_path: Path) -> None:
    places = ("quito", "cusco", "peru", "callao-jail", "andes")
    found = tables(tmp_path / "build", "lima origin 2015 confirmed a", *(f"{place} exploration 2020 confirmed a" for place in places))
    long = [f"{name} and what lies around it on every side, as far as one can see from there" for name in found.places["name"]]
    found.places.assign(name=long).to_parquet(tmp_path / "build" / "places.parquet", index=False)
    with serving(tmp_path / "build") as address:
        room = Room(watched(width=1280, height=720).page, address).open("present?slide=2")
        line = room.frame.locator(".present-line")
        expect(line).to_have_text(re.compile(r"^New: .* and [34] more\.$"))
        assert line.evaluate("(line) => line.scrollHeight <= line.clientHeight + 1")
        room.page.close()


def test_the_name_of_what_is_pale_is_pale(watched: Callable[..., Watched], tmp_path: Path) -> None:
    tables(tmp_path / "build", "lima exploration 2018 confirmed a", "cusco consolidation 2020 confirmed a")
    with serving(tmp_path / "build") as address:
        page = watched(width=1280, height=720).page
        page.add_init_script(
            """(() => {
              const canvas = CanvasRenderingContext2D.prototype, { fillText, drawImage } = canvas;
              globalThis.inks = {};
              canvas.fillText = function (text, ...rest) { this.canvas.written = text; return fillText.call(this, text, ...rest); };
              canvas.drawImage = function (image, ...rest) { if (image.written) globalThis.inks[image.written] = this.globalAlpha; return drawImage.call(this, image, ...rest); };
            })()"""
        )
        room = Room(page, address).open("present?slide=1")
        room.button("Next slide").click()
        expect(room.frame.locator(".present-title")).to_contain_text("consolidation")
        inks = room.inside.evaluate("() => globalThis.inks")
        assert {name: round(inks[name], 2) for name in ("Lima", "Cusco")} == {"Lima": 0.45, "Cusco": 1}
        room.page.close()


def test_the_covers_count_and_name_the_sources_that_pass_the_filters(watched: Callable[..., Watched], tmp_path: Path) -> None:
    tables(tmp_path / "build")
    with serving(tmp_path / "build") as address:
        room = Room(watched().page, address).open("present?source=b")
        expect(room.frame.locator(".cover")).to_contain_text("From 1 source; what is dated lies between 2018 and 2023.")
        room.page.keyboard.press("End")
        expect(room.frame.locator(".cover-sources")).to_have_text("Sources: The Gazette.")
        room.page.close()


def test_a_line_that_is_too_long_loses_no_more_names_than_it_must(watched: Callable[..., Watched], tmp_path: Path) -> None:
    rows = ("lima exploration 2019 confirmed a", "peru exploration 2019 confirmed a", "cusco origin 2010 confirmed a")
    later = (f"{place} penetration 2021 confirmed a" for place in ("lima", "peru", "quito", "andes"))
    found = tables(tmp_path / "build", *rows, *later)
    places = found.places.assign(name=[f"{name}, as seen by sea" for name in found.places["name"]], longitude=found.places["longitude"] * 2 + 60)
    places.to_parquet(tmp_path / "build" / "places.parquet", index=False)
    with serving(tmp_path / "build") as address:
        room = Room(watched(width=1280, height=720).page, address).open("present?slide=3")
        expect(room.frame.locator(".present-line")).to_have_text(re.compile(r"^New: Quito.* and Andes.*\. Advanced: \w+.* and 1 more\.$"))
        room.page.close()
