"""For everyone: axe in both frames, all of it by keyboard, all of it in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import pytest
from playwright.sync_api import Frame, expect

from tests.browser.conftest import Watched
from tests.browser.room import Room

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def findings(frame: Frame) -> list[tuple[str, str, list[str]]]:
    """What axe calls serious or critical in a frame, without the frames inside it."""
    frame.evaluate(AXE)
    told: dict[str, Any] = frame.evaluate(
        "() => axe.run(document, { iframes: false, resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })"
    )
    return [
        (violation["id"], violation["impact"], [node["html"][:160] for node in violation["nodes"]][:4])
        for violation in told["violations"]
        if violation["impact"] in {"serious", "critical"}
    ]


@pytest.mark.parametrize("path", ["", "?step=phase", "compare", "compare?as=one", "present?slide=0", "present?slide=3"])
def test_axe_has_no_serious_finding_in_either_frame_in_light_and_in_dark(watched: Callable[..., Watched], app: str, path: str) -> None:
    room = Room(watched().page, app).open(path)
    if path == "":
        room.click_on(room.free_mark())
        expect(room.notes.locator("article").first).to_be_visible()
        room.button("What the map shows, as lists").click()
        room.frame.locator(".legend-more summary").click()
    for scheme in SCHEMES:
        room.page.emulate_media(color_scheme=scheme)
        expect(room.frame.locator(f'.atlas[data-theme="{scheme}"]')).to_be_visible()
        assert findings(room.inside) == []
        assert findings(room.page.main_frame) == []


def test_axe_has_no_serious_finding_in_what_opens(watched: Callable[..., Watched], app: str) -> None:
    room = Room(watched().page, app).open()
    for key in ("table", "take"):
        room.page.locator(f".st-key-{key} summary").click()
        room.settle()
    room.page.locator(".st-key-take-choices").get_by_text("GeoParquet", exact=True).wait_for()
    room.page.get_by_role("button", name="Filters").click()
    room.page.get_by_test_id("stMultiSelect").first.wait_for()
    for scheme in SCHEMES:
        room.page.emulate_media(color_scheme=scheme)
        expect(room.frame.locator(f'.atlas[data-theme="{scheme}"]')).to_be_visible()
        assert findings(room.page.main_frame) == []


@pytest.mark.parametrize("path", ["place?id={place}", "source?id=d0001", "method"])
def test_axe_has_no_serious_finding_on_a_page_to_read(watched: Callable[..., Watched], app: str, build: Path, path: str) -> None:
    page = watched().page
    page.goto(f"{app}/{path.format(place=pd.read_parquet(build / 'places.parquet')['place_id'][0])}")
    expect(page.get_by_role("heading", level=2).first).to_be_visible()
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        expect(page.get_by_test_id("stApp")).to_have_css("color-scheme", scheme)
        assert findings(page.main_frame) == []


def test_the_map_is_used_by_keyboard_alone(room: Room) -> None:
    seen: list[str] = []
    room.inside.evaluate("() => document.querySelector('.leaflet-container').focus()")
    for _ in range(60):
        label = room.inside.evaluate(
            "() => { const at = document.activeElement; return at.getAttribute('aria-label') || at.textContent || (at.labels && at.labels[0] && at.labels[0].textContent) || at.tagName; }"
        )
        seen.append(label)
        room.page.keyboard.press("Tab")
        if not room.inside.evaluate("() => document.hasFocus()"):
            break
    for wanted in (
        "Search for a place",
        "Zoom in",
        "Home view",
        "What the map shows, as lists",
        "Copy a link to this view",
        "Up to",
        "Previous step",
        "Play",
        "Date shown",
    ):
        assert wanted in seen
    # From the list to a place and its evidence.
    room.button("What the map shows, as lists").focus()
    room.page.keyboard.press("Enter")
    expect(room.frame.locator(".panel-title")).to_be_focused()
    room.frame.locator(".panel tbody button").first.focus()
    name = room.frame.locator(".panel tbody button").first.inner_text()
    room.page.keyboard.press("Enter")
    expect(room.notes.get_by_role("heading", level=2)).to_have_text(name)
    room.page.keyboard.press("Escape")
    expect(room.button("What the map shows, as lists")).to_be_focused()


def test_every_focus_can_be_seen(room: Room) -> None:
    outline = room.inside.evaluate(
        "() => { const node = [...document.querySelectorAll('.atlas button')].find((one) => one.title === 'Home view'); node.focus({ focusVisible: true }); const style = getComputedStyle(node); return [style.outlineStyle, parseFloat(style.outlineWidth)]; }"
    )
    assert outline == ["solid", 3]


def test_targets_are_large_enough(room: Room) -> None:
    small = room.inside.evaluate(
        "() => [...document.querySelectorAll('.atlas button, .atlas select, .atlas input[type=text]')].filter((node) => node.offsetParent).map((node) => [node.getAttribute('aria-label') || node.textContent, node.getBoundingClientRect()]).filter(([, box]) => box.height < 24 || box.width < 24).map(([name]) => name)"
    )
    assert small == []


def test_a_step_is_announced(room: Room) -> None:
    room.button("Previous step").click()
    expect(room.frame.get_by_role("status")).to_contain_text(re.compile(r"By .* places and \d+ areas in \d+ countries reached"))


def test_the_page_can_be_enlarged(room: Room) -> None:
    for frame in room.page.frames:
        content = frame.evaluate("() => [...document.querySelectorAll('meta[name=viewport]')].map((meta) => meta.content).join()")
        assert "user-scalable=no" not in content
        assert "maximum-scale" not in content


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 720), (1920, 1080)])
def test_nothing_hangs_over_the_edge(watched: Callable[..., Watched], app: str, width: int, height: int) -> None:
    room = Room(watched(width=width, height=height).page, app).open()
    for frame in (room.inside, room.page.main_frame):
        assert frame.evaluate("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth + 1")
    stage = room.frame.locator(".stage").bounding_box()
    assert stage is not None
    assert stage["height"] >= 260
    outside = room.inside.evaluate(
        "() => [...document.querySelectorAll('.atlas button, .atlas input, .atlas select')].filter((node) => node.offsetParent && getComputedStyle(node).visibility !== 'hidden').filter((node) => { const box = node.getBoundingClientRect(); return box.right > innerWidth + 1 || box.left < -1; }).map((node) => node.outerHTML.slice(0, 80))"
    )
    assert outside == []


@pytest.mark.parametrize("dark", [False, True])
def test_marks_stand_out_from_the_land_by_their_outline(watched: Callable[..., Watched], app: str, dark: bool) -> None:
    room = Room(watched(dark=dark).page, app).open()
    contrast = room.inside.evaluate(
        """() => {
          const { tokens } = atlas.room.app;
          const light = (colour) => { const [r, g, b] = colour.match(/[\\da-f]{2}/gi).map((part) => parseInt(part, 16) / 255).map((v) => (v <= 0.03928 ? v /
          12.92 : ((v + 0.055) / 1.055) ** 2.4)); return 0.2126 * r + 0.7152 * g + 0.0722 * b; }; const ratio = (a, b) => (Math.max(light(a), light(b)) +
          0.05) / (Math.min(light(a), light(b)) + 0.05); const outlines = [atlas.theme.INK, '#ffffff']; return Math.min(...[tokens.land,
          tokens.water].map((ground) => Math.max(...outlines.map((line) => ratio(line, ground)))));
        }"""
    )
    assert contrast >= 3


HELD = "() => { let held = document.activeElement; while (held.shadowRoot && held.shadowRoot.activeElement) held = held.shadowRoot.activeElement; return held.textContent; }"


def test_who_goes_by_keyboard_stays_in_the_notes(room: Room) -> None:
    heading = room.notes.get_by_role("heading", level=2)
    room.notes.locator("ul.items button").first.press("Enter")
    room.settle()
    expect(heading).not_to_have_text("New at this step")
    assert room.page.evaluate(HELD) == heading.inner_text()
    place = room.inside.evaluate(
        "() => { const { data } = atlas.room.app, { weights } = data; return data.points.reduce((most, place) => (weights[place] > weights[most] ? place : most)); }"
    )
    room.inside.evaluate("(place) => atlas.room.choose(place)", place)
    room.settle()
    room.notes.get_by_role("button", name="Next").press("Enter")
    expect(room.notes.locator(".pager span")).to_contain_text("2 of")
    assert room.page.evaluate(HELD) == "Next"
    room.notes.get_by_role("button", name="Close").press("Enter")
    expect(heading).to_have_text("New at this step")
    assert room.page.evaluate(HELD) == "New at this step"
