"""Two dates: side by side, and as one map of changes."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Watched, serving
from tests.browser.room import Room
from tests.small_tables import PLACES
from tests.small_taken import tables

VIEWS = "() => atlas.room.stages.map(({ map }) => { const { lat, lng } = map.getCenter(); return [lat, lng, map.getZoom()]; })"


@pytest.fixture
def compare(watched: Callable[..., Watched], app: str) -> Room:
    return Room(watched().page, app).open("compare?a=2020-01-01&b=2022-06-30")


def test_it_says_what_changed_between_the_dates(compare: Room) -> None:
    assert re.fullmatch(r"From January 2020 to 30 June 2022: \d+ new, \d+ advanced to a later phase.*", compare.finding)
    expect(compare.page.get_by_role("heading", name="The same as a table")).to_be_visible()
    expect(compare.page.get_by_test_id("stDataFrame")).to_be_visible()


# Counts how often the marks of a map are painted.
PAINTED = """
globalThis.painted = 0;
globalThis.atlas = new Proxy({}, { set(all, name, part) {
  all[name] = name === "marks" ? { ...part, paint(...given) { globalThis.painted++; part.paint(...given); } } : part;
  return true;
} });
"""


def test_it_comes_up_without_detours(watched: Callable[..., Watched], app: str) -> None:
    made = watched()
    made.page.add_init_script(PAINTED)
    room = Room(made.page, app).open("compare")
    expect(room.page.get_by_test_id("stDataFrame")).to_be_visible()
    assert room.inside.evaluate("() => painted") <= 2 * 2  # each map once, and once more when the outlines of states arrive
    assert len(made.sent) == 2  # what is shown is asked for, and told once


def test_both_maps_move_together(compare: Room) -> None:
    for index in (0, 1):
        compare.inside.evaluate(f"() => atlas.room.stages[{index}].map.setView([{10 + index}, 30], {3 + index}, {{ animate: false }})")
        one, other = compare.inside.evaluate(VIEWS)
        assert one == pytest.approx([10 + index, 30, 3 + index], abs=0.2)  # a pixel is 0.18 degrees
        assert other == pytest.approx(one, abs=0.2)


def test_one_map_of_changes(compare: Room) -> None:
    compare.button("One map of changes").click()
    expect(compare.frame.locator(".pane").nth(1)).to_be_hidden()
    counted = compare.inside.evaluate(
        "() => { const scene = atlas.room.scenes()[1]; const kinds = {}; for (let i = 0; i < atlas.room.app.data.places.count; i++) if (scene.visible(i)) kinds[scene.kind(i)] = (kinds[scene.kind(i)] || 0) + 1; return kinds; }"
    )
    new = re.search(r"(\d+) new", compare.finding)
    assert new is not None
    assert counted["new"] == int(new.group(1))
    assert "unchanged" not in counted
    compare.frame.get_by_role("checkbox", name="Unchanged").check()
    compare.frame.get_by_role("checkbox", name="New", exact=True).uncheck()
    kinds = compare.inside.evaluate(
        "() => { const scene = atlas.room.scenes()[1]; const kinds = new Set(); for (let i = 0; i < atlas.room.app.data.places.count; i++) if (scene.visible(i)) kinds.add(scene.kind(i)); return [...kinds]; }"
    )
    assert "unchanged" in kinds
    assert "new" not in kinds


def test_its_legend_shows_what_the_map_draws(compare: Room) -> None:
    compare.button("One map of changes").click()
    legend = compare.frame.get_by_role("complementary", name="What became of each place")
    expect(legend).not_to_contain_text("=")  # a place that is as it was is pale, and has no sign
    opacities = legend.locator("li canvas").evaluate_all("(marks) => marks.map((mark) => Number(mark.style.opacity))")
    fade = compare.inside.evaluate("() => atlas.room.app.tokens.fade")
    assert opacities == [1, 1, 1, 1, fade, fade]


@pytest.mark.parametrize("width", [390, 1280])
def test_it_says_how_many_changed_areas_have_no_room_for_their_sign(watched: Callable[..., Watched], tmp_path: Path, width: int) -> None:
    """A district, and in its middle a town whose mark leaves nothing of it free."""
    tables(tmp_path / "build", "quito origin 2010 confirmed a", "lima exploration 2021 confirmed a", "peru exploration 2021 confirmed a")
    places = PLACES.assign(radius_km=20.0, level=PLACES["level"].replace("country", "admin2"), latitude=-12.05, longitude=-77.04)
    places.to_parquet(tmp_path / "build" / "places.parquet", index=False)
    with serving(tmp_path / "build") as address:
        room = Room(watched(width=width, height=844).page, address).open("compare?a=2020-06-01&b=2022-06-30&as=one&view=-12.05,-77.04,6.5")
        line = room.frame.locator(".legend .unsigned")
        expect(line).to_have_text("1 area has no room for its sign here: zoom in")
        room.inside.evaluate("() => atlas.room.map.setView([-12.05, -77.04], 9, { animate: false })")
        expect(line).to_be_hidden()
        room.page.close()


def test_dates_are_stepped_typed_and_swapped(compare: Room) -> None:
    first = compare.frame.get_by_role("textbox", name="First date")
    compare.button("First date: next step").click()
    assert first.input_value() > "2020-01-01"
    first.fill("2019")
    first.press("Enter")
    assert compare.finding.startswith("From 31 December 2019 to 30 June 2022")
    compare.button("Swap dates").click()
    expect(first).to_have_value("2022-06-30")
    assert re.fullmatch(r"From 30 June 2022 to 31 December 2019: .*\d+ gone", compare.finding)


NUMBER_HIDDEN = """() => {
  const { numbers, colours, tokens } = atlas.room.app;
  const drawn = (rank, radius, sign) => atlas.glyphs.sample({ rank, radius, sign, colours, tokens, number: numbers[rank] }, 80);
  return [7.2, 8.8, 9, 11].flatMap((radius) => numbers.map((_, rank) => {
    // A triangle has its number lower than the other shapes.
    const [left, top, wide, high] = [40 - 0.4 * radius, 40 - 0.5 * radius, 0.8 * radius, 1.2 * radius].map((value) => Math.round(value * devicePixelRatio));
    const [plain, signed] = ["", "+"].map((sign) => drawn(rank, radius, sign).getContext("2d").getImageData(left, top, wide, high).data);
    return plain.filter((value, index) => value !== signed[index]).length;
  }));
}"""


def test_the_sign_of_a_change_leaves_the_number_of_the_phase_free(compare: Room) -> None:
    assert set(compare.inside.evaluate(NUMBER_HIDDEN)) == {0}


def test_its_link_restores_it(compare: Room, watched: Callable[..., Watched], app: str) -> None:
    compare.button("One map of changes").click()
    compare.settle()
    other = Room(watched().page, app).open(compare.page.url.removeprefix(app).lstrip("/"))
    assert other.finding == compare.finding
    assert other.state()["layout"] == "one"


def test_a_click_opens_the_evidence(compare: Room) -> None:
    compare.inside.evaluate("() => atlas.room.change({ place: atlas.room.app.data.places.id[atlas.room.stages[1].drawnMarks().at(-1).place] }, 'select')")
    expect(compare.notes.locator("article").first).to_be_visible()


def test_one_map_fits_what_changed_since_a_typed_date_until_somebody_moves_it(watched: Callable[..., Watched], tmp_path: Path) -> None:
    tables(tmp_path / "build", "lima exploration 2018 confirmed a", "quito exploration 2020 confirmed a", "cusco exploration 2021 confirmed a")
    with serving(tmp_path / "build") as address:
        room = Room(watched().page, address).open("compare?a=2020-06-01&b=2021-01-01&as=one")
        near = room.inside.evaluate(VIEWS)[0]
        field = room.frame.get_by_role("textbox", name="First date")
        field.fill("2019-01-01")
        field.press("Enter")
        expect(room.frame.locator("h1")).to_contain_text("2 new")
        far = room.inside.evaluate(VIEWS)[0]
        assert far[2] < near[2]
        room.inside.evaluate("() => atlas.room.map.setView([20, 60], 4, { animate: false })")
        field.fill("2020-06-01")
        field.press("Enter")
        expect(room.frame.locator("h1")).to_contain_text("1 new")
        assert room.inside.evaluate(VIEWS)[0] == pytest.approx([20, 60, 4], abs=0.2)
        room.page.close()


def test_a_filter_leaves_the_map_where_the_reader_put_it(compare: Room) -> None:
    compare.inside.evaluate("() => atlas.room.change({ place: atlas.room.app.data.places.id[atlas.room.stages[1].drawnMarks().at(-1).place] }, 'select')")
    expect(compare.notes.locator("article").first).to_be_visible()
    compare.inside.evaluate("() => atlas.room.map.setView([20, 60], 4, { animate: false })")
    was = compare.finding
    compare.page.get_by_role("button", name="Filters").click()
    compare.page.get_by_label("Status").fill("suspected")
    compare.page.get_by_role("option", name="suspected").first.click()
    expect(compare.frame.locator("h1")).not_to_have_text(was)
    assert compare.inside.evaluate(VIEWS)[0] == pytest.approx([20, 60, 4], abs=0.2)


def test_one_map_fills_the_width_of_two(watched: Callable[..., Watched], app: str) -> None:
    room = Room(watched().page, app).open("compare")
    room.button("One map of changes").click()
    wide, drawn = room.inside.evaluate(
        "() => { const map = atlas.room.map, sheet = Object.values(map._layers).find((layer) => layer.options && layer.options.pane === 'land');"
        " return [map.getSize().x, map.layerPointToContainerPoint(sheet._bounds.max).x]; }"
    )
    assert wide == room.inside.evaluate("() => document.querySelector('.stage').clientWidth")
    assert drawn >= wide


@pytest.mark.parametrize("width", [1280, 1920])
def test_the_two_dates_stand_in_one_line(watched: Callable[..., Watched], app: str, width: int) -> None:
    room = Room(watched(width=width, height=width * 9 // 16).page, app).open("compare")
    boxes = [room.frame.get_by_role("textbox", name=name).bounding_box() for name in ("First date", "Second date")]
    assert boxes[0] is not None
    assert boxes[1] is not None
    assert boxes[0]["y"] == boxes[1]["y"]


def test_what_is_wrong_with_a_typed_date_is_seen(compare: Room) -> None:
    field, problem = compare.frame.get_by_role("textbox", name="First date"), compare.frame.locator(".problem")
    for typed, said in (("soon", "Not a date"), ("1900", "Nothing is dated before"), ("2090", "Nothing is dated after")):
        field.fill(typed)
        field.press("Enter")
        expect(problem).to_contain_text(said)
    compare.button("Second date: previous step").click()
    expect(problem).to_be_hidden()
    expect(field).to_have_value(re.compile(r"20\d\d-\d\d-\d\d"))


def test_two_maps_say_what_the_ring_means_and_one_has_none(compare: Room) -> None:
    ring = compare.frame.get_by_text("changed since then")
    expect(ring).to_be_visible()
    compare.button("One map of changes").click()
    expect(ring).to_be_hidden()


@pytest.mark.parametrize(
    ("dates", "said"),
    [("a=2020-01-01&b=2020-01-01", "Both dates are the same: choose another"), ("a=2020-01-01&b=2020-01-02", "Nothing changed between the two dates.")],
)
def test_two_dates_without_a_change_are_no_step(watched: Callable[..., Watched], app: str, dates: str, said: str) -> None:
    compare = Room(watched().page, app).open(f"compare?{dates}")
    expect(compare.notes).to_contain_text(said)
    expect(compare.notes).not_to_contain_text("step")


def test_what_is_chosen_beside_the_maps_leaves_the_view_and_its_link_as_they_are(watched: Callable[..., Watched], app: str) -> None:
    room = Room(watched().page, app).open("compare?a=2012-01-01&b=2022-06-30")
    view = room.inside.evaluate("() => atlas.room.app.state.view")
    room.notes.locator("li button").first.click()
    expect(room.notes.get_by_role("button", name="Close")).to_be_visible()
    room.settle()
    assert room.inside.evaluate("() => atlas.room.app.state.view[2]") >= view[2]
    room.button("Swap dates").click()
    room.settle()
    assert "view=" in room.page.url
