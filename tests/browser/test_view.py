"""What the map shows when it opens: every mark where nothing lies on it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Watched, serving
from tests.browser.room import Room
from tests.small_tables import PLACES
from tests.small_taken import tables

AMERICAS = [
    ("united-states", "United States", "country", "US", 39.5, -98.4, 2500.0),
    ("chile", "Chile", "country", "CL", -35.7, -71.5, 1400.0),
    ("south-america", "South America", "region", "", -15.0, -60.0, 3500.0),
    ("seattle", "Seattle", "locality", "US", 47.6, -122.3, 15.0),
    ("new-york", "New York City", "locality", "US", 40.7, -74.0, 20.0),
    ("lima", "Lima", "locality", "PE", -12.05, -77.04, 15.0),
    ("recife", "Recife", "locality", "BR", -8.05, -34.9, 12.0),
    ("puerto-montt", "Puerto Montt", "locality", "CL", -41.5, -72.9, 8.0),
]
RUSSIA = ("russia", "Russia", "country", "RU", 61.5, 97.0, 3500.0)
EUROPE = [("lyon", "Lyon", "locality", "FR", 45.76, 4.84, 10.0), ("graz", "Graz", "locality", "AT", 47.07, 15.44, 8.0), RUSSIA]
WORLD = [
    ("los-angeles", "Los Angeles", "locality", "US", 34.05, -118.2, 15.0),
    ("brisbane", "Brisbane", "locality", "AU", -27.5, 153.0, 15.0),
    ("lima", "Lima", "locality", "PE", -12.05, -77.04, 15.0),
    ("tokyo", "Tokyo", "locality", "JP", 35.7, 139.7, 20.0),
    ("lyon", "Lyon", "locality", "FR", 45.76, 4.84, 10.0),
]
PACIFIC = [
    ("apia", "Apia", "locality", "WS", -13.83, -171.77, 8.0),
    ("fiji", "Fiji", "country", "FJ", -17.8, 178.0, 150.0),
    ("honolulu", "Honolulu", "locality", "US", 21.3, -157.86, 15.0),
    ("guam", "Guam", "country", "GU", 13.4, 144.8, 25.0),
]
# The middles of all that says something, and the boxes of the countries among it, in pixels of the map; and what lies on it.
LAID_OUT = """() => {
  const { stage, map, app } = atlas.room, { places } = app.data;
  const own = document.querySelector('.stage').getBoundingClientRect();
  const at = (x, y) => { const point = map.latLngToContainerPoint([atlas.geometry.latitude(y), atlas.geometry.longitude(x)]); return [point.x, point.y]; };
  const covers = [...document.querySelectorAll('.map-tools, .search, .stage > .legend')].map((node) => node.getBoundingClientRect()).map((box) => [box.left - own.left, box.top - own.top, box.right - own.left, box.bottom - own.top]);
  const countries = places.id.flatMap((id, place) => { if (app.data.levels[places.level[place]] !== 'country') return []; const [west, north, east, south] = stage.boxOf([place]); return [[...at(west, north), ...at(east, south)]]; });
  return { size: [own.width, own.height], covers, countries, middles: places.id.map((_, place) => at(places.x[place], places.y[place])), zoom: map.getZoom() };
}"""
# Where the map looks: latitude, longitude, zoom.
VIEW = "() => { const { lat, lng } = atlas.room.map.getCenter(); return [lat, lng, atlas.room.map.getZoom()]; }"
SIZES = [(1280, 720), (1440, 810), (1920, 1080)]
Box = list[float]


def _build(folder: Path, rows: list[tuple[object, ...]], *, since: str = "2021") -> Path:
    """A build with these places, all reached in 2021, but the second one `since` another year."""
    tables(folder, *(f"{row[0]} exploration {since if number == 1 else 2021} confirmed a" for number, row in enumerate(rows)))
    pd.DataFrame(rows, columns=list(PLACES.columns[:7])).assign(adm_1="", source="test").to_parquet(folder / "places.parquet", index=False)
    (folder / "routes.parquet").unlink()
    return folder


@pytest.fixture(scope="module")
def americas(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the app with places from Seattle to Puerto Montt."""
    with serving(_build(tmp_path_factory.mktemp("americas") / "build", [*AMERICAS])) as address:
        yield address


@pytest.fixture(scope="module")
def europe(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the app with two towns of Europe (Graz since 2023), and Russia."""
    with serving(_build(tmp_path_factory.mktemp("europe") / "build", [*EUROPE], since="2023")) as address:
        yield address


def _is_free(box: Box, laid: dict[str, list[Box]], *, edge: float) -> bool:
    """Whether a box, and so much around it, is on the map and under nothing."""
    west, north, east, south = box[0] - edge, box[1] - edge, box[2] + edge, box[3] + edge
    width, height = laid["size"]
    is_on = west >= 0 and north >= 0 and east <= width and south <= height  # type: ignore[operator]
    return is_on and not any(west < cover[2] and cover[0] < east and north < cover[3] and cover[1] < south for cover in laid["covers"])


@pytest.mark.parametrize(("width", "height"), [*SIZES, (390, 844)])
def test_every_mark_stands_free(watched: Callable[..., Watched], americas: str, width: int, height: int) -> None:
    room = Room(watched(width=width, height=height).page, americas).open()
    laid = room.inside.evaluate(LAID_OUT)
    assert [(x, y) for x, y in laid["middles"] if not _is_free([x, y, x, y], laid, edge=9)] == []


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_countries_are_seen_whole(watched: Callable[..., Watched], americas: str, width: int, height: int) -> None:
    room = Room(watched(width=width, height=height).page, americas).open()
    laid = room.inside.evaluate(LAID_OUT)
    assert [box for box in laid["countries"] if not _is_free(box, laid, edge=4)] == []


def test_a_country_as_large_as_a_continent_has_its_mark_in_view_and_no_more(watched: Callable[..., Watched], europe: str) -> None:
    room = Room(watched().page, europe).open()
    laid = room.inside.evaluate(LAID_OUT)
    assert [(x, y) for x, y in laid["middles"] if not _is_free([x, y, x, y], laid, edge=9)] == []
    assert laid["zoom"] >= 2.75


def test_a_window_of_another_size_shows_them_too_until_the_reader_has_moved_the_map(watched: Callable[..., Watched], americas: str) -> None:
    page = watched(width=1276).page  # a window of its own: this one changes
    room = Room(page, americas).open()
    page.set_viewport_size({"width": 1100, "height": 640})
    page.wait_for_timeout(600)
    laid = room.inside.evaluate(LAID_OUT)
    assert [(x, y) for x, y in laid["middles"] if not _is_free([x, y, x, y], laid, edge=9)] == []
    room.button("Zoom in").click()
    page.wait_for_timeout(500)
    page.set_viewport_size({"width": 1276, "height": 720})
    page.wait_for_timeout(600)
    assert room.inside.evaluate(LAID_OUT)["zoom"] == laid["zoom"] + 1


def test_on_a_phone_they_stand_free_when_more_controls_are_asked_for(watched: Callable[..., Watched], americas: str) -> None:
    room = Room(watched(width=390, height=844).page, americas).open()
    before = room.inside.evaluate(LAID_OUT)["size"]
    room.button("In a window").click()
    room.page.wait_for_timeout(300)
    laid = room.inside.evaluate(LAID_OUT)
    assert laid["size"][1] < before[1]
    assert [(x, y) for x, y in laid["middles"] if not _is_free([x, y, x, y], laid, edge=9)] == []


@pytest.mark.parametrize("name", ["Seattle", "Lima", "Recife", "United States"])
def test_a_place_that_is_chosen_in_the_lists_stands_free_of_them(watched: Callable[..., Watched], americas: str, name: str) -> None:
    room = Room(watched().page, americas).open()
    room.button("What the map shows, as lists").click()
    panel = room.frame.locator(".panel")
    panel.get_by_role("button", name=name, exact=True).click()
    laid = room.inside.evaluate(LAID_OUT.replace(".map-tools,", ".map-tools, .panel,"))
    x, y = laid["middles"][[place[1] for place in AMERICAS].index(name)]
    assert _is_free([x, y, x, y], laid, edge=9)
    expect(room.frame.locator(".legend").first).to_be_visible()


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080), (2560, 1080)])
def test_in_the_room_what_reaches_from_north_to_south_stands_beside_the_words(watched: Callable[..., Watched], americas: str, width: int, height: int) -> None:
    room = Room(watched(width=width, height=height).page, americas).open("present?slide=1")
    stage, words, legend = (room.frame.locator(selector).bounding_box() for selector in (".stage", ".present-head", ".present-legend"))
    assert stage is not None
    assert words is not None
    assert legend is not None
    assert stage["height"] > 0.85 * height
    assert words["x"] + words["width"] <= stage["x"]
    assert legend["x"] + legend["width"] <= stage["x"]
    laid = room.inside.evaluate(LAID_OUT)
    assert [(x, y) for x, y in laid["middles"] if not _is_free([x, y, x, y], laid, edge=9)] == []
    heights = [y for _, y in laid["middles"]]
    assert max(heights) - min(heights) > 0.5 * height


def test_on_a_phone_the_story_leaves_the_map_its_room(watched: Callable[..., Watched], app: str) -> None:
    room = Room(watched(width=390, height=844).page, app).open("?step=phase&phase=penetration&on=2020-01-01")
    search, legend, whole = (room.frame.locator(selector).first.bounding_box() for selector in (".search", ".legend", ".room"))
    assert search is not None
    assert legend is not None
    assert whole is not None
    assert legend["y"] - search["y"] - search["height"] > 0.3 * whole["height"]
    layers = room.frame.locator(".legend-layers")
    expect(layers).to_be_hidden()  # each phase stands with its mark below the map
    room.frame.get_by_text("How to read the marks").click()
    expect(layers).to_be_visible()


def test_one_map_of_changes_is_fitted_to_what_changed(watched: Callable[..., Watched], europe: str) -> None:
    room = Room(watched().page, europe).open("compare?a=2022-06-01&b=2024-01-01&as=one")
    assert room.finding.endswith("1 new")
    assert room.inside.evaluate("() => atlas.room.map.getZoom()") == 6  # Graz stands alone: Austria is seen around it
    room.button("Two maps").click()
    assert room.inside.evaluate("() => atlas.room.map.getZoom()") < 3  # Lyon and Russia are unchanged, and shown again
    room.button("One map of changes").click()
    assert room.inside.evaluate("() => atlas.room.map.getZoom()") == 6  # Graz stands alone: Austria is seen around it


def _is_home(room: Room) -> bool:
    """Whether the map looks where its own button for that takes it."""
    found = room.inside.evaluate(VIEW)
    room.button("Home view").click()
    return bool(found == pytest.approx(room.inside.evaluate(VIEW), abs=0.4))


@pytest.mark.parametrize("path", ["", "compare"])
def test_a_view_that_nobody_chose_is_made_anew_for_another_window(watched: Callable[..., Watched], americas: str, path: str) -> None:
    room = Room(watched().page, americas).open(path)
    room.page.get_by_role("link", name="Method").click()
    expect(room.page.get_by_role("heading", name="Codebook")).to_be_visible()
    room.page.set_viewport_size({"width": 1920, "height": 1080})
    room.page.get_by_role("link", name="Compare" if path else "Map", exact=True).click()
    room.ready()
    assert _is_home(room)


def test_it_is_so_where_the_map_was_left_as_soon_as_it_was_fitted(watched: Callable[..., Watched], americas: str) -> None:
    room = Room(watched().page, americas).open()
    room.inside.evaluate("() => { window.setTimeout = () => 0; }")  # what the map would have noted a moment later
    zoom = room.inside.evaluate(VIEW)[2]
    room.page.set_viewport_size({"width": 1920, "height": 1080})
    room.inside.wait_for_function(f"() => atlas.room.map.getZoom() > {zoom}")
    room.page.get_by_role("link", name="Method").click()
    expect(room.page.get_by_role("heading", name="Codebook")).to_be_visible()
    room.page.get_by_role("link", name="Map", exact=True).click()
    room.ready()
    assert _is_home(room)


@pytest.mark.parametrize("path", ["", "compare"])
@pytest.mark.parametrize(("before", "after"), [((1280, 720), (2560, 1440)), ((390, 844), (844, 390)), ((390, 844), (1440, 900))])
def test_it_is_so_where_the_browser_is_slow_to_draw(
    watched: Callable[..., Watched], americas: str, path: str, before: tuple[int, int], after: tuple[int, int]
) -> None:
    page = watched(width=before[0], height=before[1]).page
    room = Room(page, americas).open(path)
    room.inside.evaluate("() => { const soon = requestAnimationFrame; window.requestAnimationFrame = (run) => setTimeout(soon, 400, run); }")
    page.set_viewport_size({"width": after[0], "height": after[1]})
    page.wait_for_timeout(1200)
    assert _is_home(room)


@pytest.mark.parametrize("path", ["", "compare"])
@pytest.mark.parametrize(("width", "height"), [(1280, 720), (390, 844)])
def test_the_map_is_fitted_when_its_style_has_come(watched: Callable[..., Watched], americas: str, path: str, width: int, height: int) -> None:
    page = watched(width=width, height=height).page
    room, held = Room(page, americas), []
    page.route("**/generated/atlas-*.css", lambda request: held.append(request))  # noqa: PLW0108 -- Playwright notes something at it
    page.goto(f"{americas}/{path}")
    room.frame.locator(".atlas").wait_for(state="attached")
    room.inside.wait_for_function("() => performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.json')).length >= 3")
    page.wait_for_timeout(300)  # all else is there, and a map that did not wait would be fitted by now
    for request in held:
        request.continue_()
    room.ready()
    assert held
    assert _is_home(room)


def test_a_style_that_cannot_be_had_is_not_waited_for(watched: Callable[..., Watched], americas: str) -> None:
    page = watched().page
    page.route("**/generated/atlas-*.css", lambda request: request.fulfill(status=404))
    assert Room(page, americas).open().marks()


def test_a_picture_of_a_view_that_nobody_chose_is_fitted_for_itself(watched: Callable[..., Watched], americas: str) -> None:
    room = Room(watched().page, americas).open()

    def picture() -> bytes:
        with room.page.expect_download() as download:
            room.page.get_by_role("button", name="Download: Picture (SVG)").click()
        return download.value.path().read_bytes()

    room.button("At").click()  # what is shown is told with where the map stands
    room.page.get_by_text("Take away", exact=True).click()
    room.page.locator(".st-key-take_format").get_by_text("Picture (SVG)", exact=True).click()
    room.settle()
    beside = b'<g transform="translate(435 0)">'  # the map has all of the height, its words stand beside it
    assert beside in picture()
    room.inside.evaluate("() => atlas.room.app.zoom(1)")
    room.settle()
    room.inside.evaluate("() => atlas.room.change({ mode: 'upto' }, 'mode')")
    room.settle()
    assert beside not in picture()


@pytest.mark.parametrize("is_landscape", [False, True])
def test_paper_holds_every_mark(watched: Callable[..., Watched], americas: str, is_landscape: bool) -> None:
    room = Room(watched().page, americas).open()
    before = room.inside.evaluate(VIEW)
    room.inside.evaluate(f"() => matchMedia('print').addEventListener('change', ({{ matches }}) => {{ if (matches) globalThis.onPaper = ({LAID_OUT})(); }})")
    room.page.pdf(format="A4", landscape=is_landscape)
    laid = room.inside.evaluate("() => globalThis.onPaper")
    assert laid["size"][0] == pytest.approx(796, abs=6)  # without margins
    assert [(x, y) for x, y in laid["middles"] if not _is_free([x, y, x, y], laid, edge=9)] == []
    assert room.inside.evaluate(VIEW) == pytest.approx(before, abs=0.4)  # a pixel is 0.35 degrees


def test_on_paper_the_chart_stays_under_its_handle_and_nothing_waits_to_be_pressed(watched: Callable[..., Watched], americas: str) -> None:
    room = Room(watched().page, americas).open()
    room.page.emulate_media(media="print")
    try:
        for button in (
            room.frame.locator(".map-tools"),
            room.frame.locator(".search"),
            room.page.locator(".st-key-language-box"),
            room.page.locator(".st-key-toolbar"),
            room.page.get_by_text("Click a mark to see its sentences."),
        ):
            expect(button).to_be_hidden()
        expect(room.frame.get_by_text("No mark does not mean no activity.")).to_be_visible()
        room.inside.evaluate("() => { document.querySelector('.track canvas').style.width = '2000px'; }")  # drawn for a wider window
        chart, track = (room.frame.locator(selector).bounding_box() for selector in (".track canvas", ".track"))
        assert chart is not None
        assert track is not None
        assert chart["width"] == pytest.approx(track["width"], abs=1)
    finally:
        room.page.emulate_media(media="screen")


COLOURS = """() => {
  const notes = document.querySelector('.st-key-beside [data-testid="stBidiComponentIsolated"]').shadowRoot.querySelector("h2");
  return [getComputedStyle(document.querySelector(".stApp")).backgroundColor, getComputedStyle(notes).color];
}"""
LAND = """(land) => {
  const canvas = document.querySelector(".leaflet-land-pane canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  for (let i = 0; i < data.length; i += 4) if (land.every((value, channel) => data[i + channel] === value)) return true;
  return false;
}"""
DARK_LAND, LIGHT_LAND = [42, 48, 55], [222, 219, 210]
PAPER, INK = "rgb(255, 255, 255)", "rgb(23, 25, 29)"


@pytest.mark.parametrize("page", ["", "compare", "present?slide=1"])
def test_paper_is_light_although_the_page_is_dark(watched: Callable[..., Watched], americas: str, page: str) -> None:
    room = Room(watched(dark=True).page, americas).open(page)
    root = room.frame.locator(".atlas")
    for _ in range(2):  # twice: what was put back must be able to turn again
        room.page.emulate_media(media="screen")
        expect(root).to_have_attribute("data-theme", "dark")
        assert room.inside.evaluate(LAND, DARK_LAND)
        room.page.emulate_media(media="print")
        expect(root).to_have_attribute("data-theme", "light")
        assert room.inside.evaluate(LAND, LIGHT_LAND)
        if not page.startswith("present"):
            assert room.page.evaluate(COLOURS) == [PAPER, INK]
    room.page.emulate_media(media="screen")


@contextmanager
def without_routes(build: Path, *rows: str) -> Iterator[str]:
    """The address of the app with these observations and no route."""
    tables(build, *rows)
    (build / "routes.parquet").unlink()
    with serving(build) as address:
        yield address


@pytest.fixture(scope="module")
def timeless(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the app with two places of which nothing says when."""
    with without_routes(tmp_path_factory.mktemp("timeless") / "build", "lima exploration - confirmed c", "quito penetration - confirmed c") as address:
        yield address


def test_where_nothing_is_dated_no_date_is_made_up(watched: Callable[..., Watched], timeless: str) -> None:
    room = Room(watched().page, timeless).open()
    assert room.finding == "No date is known: nothing on the map"
    assert (room.frame.get_by_label("Date", exact=True).input_value(), room.button("Play").is_disabled()) == ("", True)
    expect(room.frame.get_by_text("2 observations have no date, so no moment shows them.")).to_be_visible()
    expect(room.notes.get_by_text("Click a mark")).to_have_count(0)
    room.button("See the places without a date").click()
    room.frame.get_by_role("button", name="Quito").click()
    room.settle()
    expect(room.notes.get_by_text("What is said of it has no date, so no moment shows it.")).to_be_visible()
    assert "1970" not in room.page.url


def test_two_dates_where_nothing_is_dated(watched: Callable[..., Watched], timeless: str) -> None:
    room = Room(watched().page, timeless).open("compare")
    assert room.finding == "No date is known: there are no two dates to compare"
    expect(room.frame.locator(".pane-title").first).to_be_hidden()
    expect(room.notes.get_by_text("No date is known: there are no two dates to compare")).to_be_visible()
    room.open("present")
    expect(room.frame.locator(".cover-finding")).to_have_text("No date is known: nothing on the map")
    expect(room.frame.get_by_text("1970")).to_have_count(0)


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the app with documents that name places and say nothing of whom the codebook follows."""
    rows = (f"{place} context 2021-05* confirmed a" for place in ("lima", "quito", "nowhere"))
    with without_routes(tmp_path_factory.mktemp("named") / "build", *rows) as address:
        yield address


def test_a_map_of_names_alone_says_so_and_shows_them(watched: Callable[..., Watched], named: str) -> None:
    room = Room(watched().page, named).open()
    assert room.finding == "By May 2021: 2 places in 2 countries only named"
    expect(room.frame.locator(".changes")).to_have_text(
        "The documents name places and say nothing of The Crew. Whom the map follows, and under which names, is set in codebook.toml."
    )
    expect(room.frame.locator(".status")).to_contain_text("2 of 3 observations shown, 1 of a name not placed")
    south, west, north, east = room.inside.evaluate(
        "() => { const box = atlas.room.map.getBounds(); return [box.getSouth(), box.getWest(), box.getNorth(), box.getEast()]; }"
    )
    assert south < -12.05 < -0.2 < north
    assert west < -78.5 < -77.0 < east
    assert east - west < 60
    room.open("?grade=A&status=reported")
    assert room.finding == "By 1 May 2021: nothing on the map"
    room.page.goto(f"{named}/place")
    expect(room.page.locator(".st-key-reading li").first).to_contain_text("Only named; 1 observation")


def test_what_has_one_date_cannot_be_compared_nor_lies_between_two(watched: Callable[..., Watched], named: str) -> None:
    room = Room(watched().page, named).open("compare")
    assert room.finding == "All that is dated begins on one day, May 2021: there are no two dates to compare"
    expect(room.notes.get_by_text("All that is dated begins on one day, May 2021")).to_be_visible()
    room.open("present")
    expect(room.frame.get_by_text("From 1 source; what is dated is of 2021.", exact=True)).to_be_visible()


@pytest.fixture(scope="module")
def wordy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the app with a codebook whose phases have long names."""
    build = tmp_path_factory.mktemp("wordy") / "build"
    tables(build)
    told = json.loads((build / "build.json").read_text("utf-8"))
    for phase in told["codebook"]["phases"]:
        phase["label"] = f"{phase['label']}, as the authorities confirm"
    (build / "build.json").write_text(json.dumps(told), "utf-8")
    with serving(build) as address:
        yield address


def test_phases_with_long_names_leave_room_for_the_map(watched: Callable[..., Watched], wordy: str) -> None:
    room = Room(watched().page, wordy).open("?step=phase")
    tall = room.frame.locator(".legend-name").evaluate_all(
        "(names) => names.map((name) => Math.round(name.clientHeight / parseFloat(getComputedStyle(name).lineHeight) || name.getClientRects()[0].height / 18))"
    )
    assert max(tall) <= 2
    chips = room.frame.locator(".rail button")
    assert max(chips.evaluate_all("(chips) => chips.map((chip) => chip.offsetWidth)")) <= 200
    assert len(set(chips.evaluate_all("(chips) => chips.map((chip) => chip.offsetTop)"))) <= 2
    expect(chips.first).to_have_attribute("title", "Origin, as the authorities confirm")


def test_on_a_phone_no_button_lies_on_the_names_of_phases(watched: Callable[..., Watched], wordy: str) -> None:
    room = Room(watched(width=390, height=844).page, wordy).open("compare?as=one")
    tools, legend = (room.frame.locator(selector).bounding_box() for selector in (".map-tools", ".legend.compact"))
    assert tools is not None
    assert legend is not None
    assert tools["y"] + tools["height"] <= legend["y"]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the app with places from Los Angeles to Brisbane."""
    with serving(_build(tmp_path_factory.mktemp("world") / "build", [*WORLD])) as address:
        yield address


def test_what_spans_the_world_stands_beside_the_legend(watched: Callable[..., Watched], world: str) -> None:
    room = Room(watched().page, world).open()
    laid = room.inside.evaluate(LAID_OUT)
    assert [(x, y) for x, y in laid["middles"] if not _is_free([x, y, x, y], laid, edge=9)] == []
    room.button("Up to").click()  # the address holds the view
    room.settle()
    room.page.reload()
    room.ready()
    again = room.inside.evaluate(LAID_OUT)
    assert (again["zoom"], again["middles"]) == (laid["zoom"], [pytest.approx(middle, abs=1) for middle in laid["middles"]])


def test_what_spans_the_world_is_seen_on_both_maps_of_a_comparison(watched: Callable[..., Watched], world: str) -> None:
    room = Room(watched().page, world).open("compare?a=2021-01-01&b=2022-01-01")
    middles = "(one) => atlas.room.app.data.places.id.map((_, place) => { const { places } = atlas.room.app.data; return one.latLngToContainerPoint([atlas.geometry.latitude(places.y[place]), atlas.geometry.longitude(places.x[place])]); })"
    for number in (0, 1):
        found = room.inside.evaluate(
            f"() => {{ const one = atlas.room.stages[{number}].map, {{ x: width }} = one.getSize(); return ({middles})(one).map(({{ x }}) => x / width); }}"
        )
        assert all(0.02 < x < 0.98 for x in found)


def test_the_pacific_is_not_cut_at_the_date_line(watched: Callable[..., Watched], tmp_path: Path) -> None:
    with serving(_build(tmp_path / "build", [*PACIFIC])) as address:
        room = Room(watched().page, address).open()
        laid = room.inside.evaluate(LAID_OUT)
        assert laid["zoom"] >= 3
        assert [(x, y) for x, y in laid["middles"] if not _is_free([x, y, x, y], laid, edge=9)] == []
        apia, fiji, honolulu, guam = (x for x, _ in laid["middles"])
        assert guam < fiji < apia < honolulu
        west, _, east, _ = laid["countries"][0]
        assert east - west < 60  # and not the whole world
        assert [mark["name"] for mark in room.marks() if mark["name"] == "Guam"] == ["Guam"]  # as an area it would not be seen
        room.inside.evaluate("() => atlas.room.map.setView([13.4, 144.8], 10, { animate: false })")
        assert [mark["name"] for mark in room.marks()] == []
        room.button("Home view").click()
        room.button("Up to").click()  # the address holds the view, whose longitude lies beyond the date line
        room.settle()
        room.page.reload()
        room.ready()
        assert room.inside.evaluate(LAID_OUT)["middles"] == [pytest.approx(middle, abs=1) for middle in laid["middles"]]
        room.page.close()


def test_around_a_place_that_stands_alone_its_country_is_seen(watched: Callable[..., Watched], tmp_path: Path) -> None:
    with serving(_build(tmp_path / "build", [AMERICAS[5]])) as address:
        room = Room(watched().page, address).open()
        assert room.finding == "By 2021: 1 place in 1 country under exploration"
        assert room.inside.evaluate(LAID_OUT)["zoom"] == 6
        room.page.close()
