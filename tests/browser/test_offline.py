"""Without a network, and without a file: a full map, or a message with a picture and the table, and never a blank."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from dashboard.assets import SERVED
from tests.benchmarks import generated
from tests.browser.conftest import Watched, serving
from tests.browser.room import TO_AN_AREA, Room
from tests.small_tables import table, write_build


def test_a_full_map_asks_no_other_host(watched: Callable[..., Watched], app: str) -> None:
    one = watched()
    room = Room(one.page, app).open()
    assert one.outside == []
    assert len(room.marks()) > 20
    room.inside.evaluate(TO_AN_AREA)
    painted = room.inside.evaluate(
        "() => [...document.querySelectorAll('.leaflet-pane canvas')].map((canvas) => { const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);"
        " let filled = 0; for (let i = 3; i < data.length; i += 4) if (data[i]) filled++; return filled; })"
    )
    land, areas, _, marks = painted  # the third are routes
    assert land > 50_000
    assert min(areas, marks) > 0
    one.page.get_by_role("link", name="Method").click()
    expect(one.page.get_by_role("heading", name="Codebook")).to_be_visible()


@pytest.mark.parametrize("file", ["data-", "words-", "world-"])
def test_a_file_that_cannot_be_fetched_is_said_and_stood_in_for(watched: Callable[..., Watched], app: str, file: str) -> None:
    one = watched()
    one.page.route(re.compile(rf"/static/generated/{file}"), lambda route: route.fulfill(status=404, body="gone"))
    one.page.goto(app)
    frame = one.page.frame_locator('[class*="st-key-room-"] iframe')
    expect(frame.get_by_role("alert")).to_contain_text("The map cannot be drawn")
    expect(one.page.get_by_text("The map cannot be drawn")).to_be_visible()
    expect(one.page.get_by_test_id("stImage").locator("img")).to_be_visible()
    expect(one.page.get_by_test_id("stDataFrame")).to_be_visible()
    one.problems.clear()


@pytest.mark.parametrize("file", ["leaflet-.*js", "atlas-.*js"])
def test_a_script_that_does_not_come_leaves_a_picture_and_a_table(watched: Callable[..., Watched], app: str, file: str) -> None:
    one = watched()
    one.page.route(re.compile(rf"/static/generated/{file}"), lambda route: route.abort())
    one.page.goto(app)
    one.page.wait_for_timeout(3000)  # until then it may still come
    expect(one.page.get_by_test_id("stImage").locator("img")).to_be_visible(timeout=20000)
    expect(one.page.get_by_text("The map has not come up")).to_be_visible()
    expect(one.page.get_by_test_id("stDataFrame")).to_be_visible()
    one.problems.clear()


def test_a_file_that_has_gone_from_the_server(watched: Callable[..., Watched], tmp_path: Path) -> None:
    with serving(generated.build(tmp_path / "build", 200)) as address:
        first = watched()
        room = Room(first.page, address).open()
        gone = SERVED / room.inside.evaluate(
            "() => performance.getEntriesByType('resource').map(({ name }) => name.split('/').pop()).find((name) => name.startsWith('data-'))"
        )
        aside = gone.rename(tmp_path / gone.name)
        try:
            second = watched()
            second.page.goto(address)
            expect(second.page.get_by_text(f"{gone.name} is missing")).to_be_visible()
            expect(second.page.get_by_test_id("stImage").locator("img")).to_be_visible()
            expect(second.page.get_by_test_id("stDataFrame")).to_be_visible()
        finally:
            aside.rename(gone)
        first.page.close()
        second.page.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    with serving(tmp_path / "build") as address:
        yield address, tmp_path / "build"


def test_without_tables_it_says_what_to_do_and_goes_on_when_they_are_there(watched: Callable[..., Watched], empty: tuple[str, Path]) -> None:
    address, folder = empty
    one = watched()
    one.page.goto(address)
    expect(one.page.get_by_role("heading", name="There are no tables yet")).to_be_visible()
    expect(one.page.get_by_text("python -m gazetteer build")).to_be_visible()
    write_build(folder, table("lima origin 2010 confirmed a", "quito exploration 2018 reported b"))
    (folder / "build.json").rename(folder / "later.json")
    one.page.reload()
    expect(one.page.get_by_role("heading", name="The tables are being built")).to_be_visible()
    (folder / "later.json").rename(folder / "build.json")
    room = Room(one.page, address).open()
    assert room.finding == "By 2018: 1 place in 1 country under exploration"
    one.page.close()


def test_a_build_of_nothing_is_an_empty_map(watched: Callable[..., Watched], tmp_path: Path) -> None:
    with serving(write_build(tmp_path / "build", table("lima origin - confirmed c"))) as address:
        room = Room(watched().page, address).open()
        expect(room.frame.get_by_text("1 observation has no date, so no moment shows it.")).to_be_visible()
        expect(room.frame.get_by_role("button", name="1 without a date")).to_be_visible()
        room.page.close()


def test_a_build_without_observations_says_so(watched: Callable[..., Watched], tmp_path: Path) -> None:
    with serving(write_build(tmp_path / "build", table("lima origin - confirmed c")[:0])) as address:
        room = Room(watched().page, address).open()
        expect(room.frame.get_by_text("The tables hold no observation")).to_be_visible()
        room.page.close()
