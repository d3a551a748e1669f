"""The map room: time, marks, evidence, filters, links."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Watched
from tests.browser.room import Room

FINDING = re.compile(r"By (\d{1,2} )?(\w+ )?20\d\d: [\d,]+ places and \d+ areas in \d+ countries reached, .+ under consolidation")


def test_it_opens_at_the_latest_date_with_all_its_marks(room: Room) -> None:
    assert FINDING.fullmatch(room.finding)
    state = room.state()
    assert (state["mode"], state["step"], state["place"]) == ("upto", "event", None)
    assert state["day"] == room.inside.evaluate("() => atlas.room.model.latest()")
    assert len(room.marks()) > 20
    expect(room.notes.get_by_role("heading", name="New at this step")).to_be_visible()
    assert room.page.locator('[class*="st-key-room-"] iframe').get_attribute("title") == "Map of The Crew"


def test_nothing_plays_by_itself(room: Room) -> None:
    day = room.state()["day"]
    room.page.wait_for_timeout(1500)
    assert room.state()["day"] == day


def test_step_buttons_go_to_the_dates_on_which_something_changes(room: Room) -> None:
    steps = room.inside.evaluate("() => atlas.room.model.steps(atlas.room.app.state).map((step) => step.day)")
    assert room.button("Next step").is_disabled()
    room.button("Previous step").click()
    assert room.state()["day"] == steps[-2]
    room.button("Previous step").click()
    assert room.state()["day"] == steps[-3]
    room.button("Next step").click()
    assert room.state()["day"] == steps[-2]


def test_steps_by_month_and_year(room: Room) -> None:
    for unit, pattern in (("year", r"20\d\d-12-31"), ("month", r"20\d\d-\d\d-(28|29|30|31)")):
        room.frame.get_by_label("Step by").select_option(unit)
        room.button("Previous step").click()
        assert re.fullmatch(pattern, room.frame.get_by_label("Date", exact=True).input_value())


def test_the_slider_steps_by_its_keys_and_can_be_dragged(room: Room) -> None:
    slider = room.frame.get_by_role("slider", name="Date shown")
    slider.focus()
    before = room.state()["day"]
    room.page.keyboard.press("ArrowLeft")
    room.page.keyboard.press("ArrowLeft")
    after = room.state()["day"]
    assert after < before
    assert f"By {slider.get_attribute('aria-valuetext')}: " in room.finding  # the same date, in the same words
    room.page.keyboard.press("Home")
    assert room.state()["day"] == room.inside.evaluate("() => atlas.room.model.steps(atlas.room.app.state)[0].day")
    room.page.keyboard.press("End")
    assert room.state()["day"] == before
    box = slider.bounding_box()
    assert box is not None
    room.page.mouse.move(box["x"] + box["width"] - 11, box["y"] + box["height"] / 2)
    room.page.mouse.down()
    room.page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] / 2, steps=8)
    room.page.mouse.up()
    assert room.state()["day"] < after


def test_a_typed_date(room: Room) -> None:
    field = room.frame.get_by_label("Date", exact=True)
    for typed, shown in (("2021", "2021-12-31"), ("2021-02", "2021-02-28"), ("2021-02-03", "2021-02-03"), ("3 February 2021", "2021-02-03")):
        field.fill(typed)
        field.press("Enter")
        field.blur()
        expect(field).to_have_value(shown)


def test_what_is_no_date_is_said_and_changes_nothing(room: Room) -> None:
    day, field = room.state()["day"], room.frame.get_by_label("Date", exact=True)
    for typed in ("soon", "2021-13", "2021-02-30", "<b>", "02/03/2021"):
        field.fill(typed)
        field.press("Enter")
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(room.frame.get_by_role("status")).to_contain_text("Not a date")
        expect(room.frame.locator(".problem")).to_contain_text("Not a date: write a year, a month or a day")
        assert room.state()["day"] == day
        room.button("Previous step").click()  # the next one is told of anew
        expect(field).not_to_have_attribute("aria-invalid", "true")
        expect(room.frame.locator(".problem")).to_be_hidden()
        day = room.state()["day"]


def test_a_typed_date_beyond_all_that_is_dated_is_shown_as_the_nearest_and_that_is_said(room: Room) -> None:
    field, problem = room.frame.get_by_label("Date", exact=True), room.frame.locator(".problem")
    first, last = room.inside.evaluate("() => atlas.room.model.span().map(atlas.model.iso)")
    for typed, said, shown in (("1900", f"Nothing is dated before {first}", first), ("2090-05", f"Nothing is dated after {last}", last)):
        field.fill(typed)
        field.press("Tab")
        expect(problem).to_contain_text(said)
        expect(room.frame.get_by_role("status")).to_contain_text(said)
        expect(field).to_have_value(shown)
    field.fill(last[:4])  # in that year something is dated
    field.press("Enter")
    expect(problem).to_be_hidden()
    room.button("In a window").click()
    room.frame.get_by_label("From", exact=True).fill("2090")
    room.frame.get_by_label("From", exact=True).press("Enter")
    expect(problem).to_contain_text(f"A window cannot begin after its end: it begins on {last}")


def test_what_cannot_be_done_or_found_is_seen(room: Room) -> None:
    room.button("Zoom to the selection").click()
    expect(room.frame.locator(".toast")).to_have_text("Nothing is selected")
    room.frame.get_by_label("Exploration", exact=True).uncheck()
    room.button("Zoom to: Exploration").click()
    expect(room.frame.locator(".toast")).to_have_text("Nothing of this kind is shown now")
    room.frame.get_by_role("combobox", name="Search for a place").fill("qqqq")
    expect(room.frame.locator(".search p")).to_have_text("No place of this name is in the documents")
    room.frame.get_by_role("combobox", name="Search for a place").fill("")
    expect(room.frame.locator(".search p")).to_be_hidden()


def test_it_plays_in_the_browser_and_reports_when_it_pauses(watched: Callable[..., Watched], app: str) -> None:
    one = watched()
    room = Room(one.page, app).open("?on=2020-01-01")
    room.frame.get_by_label("Steps a second").fill("2")
    room.frame.get_by_label("Steps a second").blur()
    room.settle()
    one.received.clear()
    room.button("Play").click()
    room.inside.wait_for_function("() => atlas.room.app.state.day > atlas.time.dayOf(2020, 1, 1)")
    assert sum(one.received) == 0  # no server while it plays
    room.button("Pause").click()
    room.settle()
    assert sum(one.received) > 0
    day = room.state()["day"]
    room.page.wait_for_timeout(600)
    assert room.state()["day"] == day


@pytest.mark.parametrize(("mode", "step"), [("Up to", "month"), ("Up to", "year"), ("At", "event"), ("At", "month"), ("In a window", "month")])
def test_it_plays_from_the_first_step_to_the_last_and_stops(room: Room, mode: str, step: str) -> None:
    room.button(mode).click()
    room.frame.get_by_label("Step by").select_option(step)
    while room.button("Next step").is_enabled():  # one step at most: it opened at the end
        room.button("Next step").click()
    ends = room.state()
    room.inside.evaluate("(speed) => { atlas.room.app.state.speed = speed; }", 20 if step == "year" else 60)
    room.button("Play").click()
    room.page.wait_for_timeout(300)
    assert room.state()["day"] < ends["day"]
    expect(room.button("Play")).to_be_visible()
    after = room.state()
    assert (after["day"], after["start"]) == (ends["day"], ends["start"])  # a window is as long as it was


def test_the_dates_of_a_window_stand_together(room: Room) -> None:
    room.button("In a window").click()
    fields = [room.frame.get_by_label(label, exact=True).bounding_box() for label in ("From", "Date", "Lock start")]
    steps = room.button("Next step").bounding_box()
    middles = [box["y"] + box["height"] / 2 for box in fields if box]
    assert len(middles) == 3
    assert max(middles) - min(middles) < 4
    assert steps is not None
    assert min(middles) > steps["y"] + steps["height"]  # on a line of their own: beside the rest there is no room for them


def test_a_window_moves_with_a_step_unless_its_start_is_locked(room: Room) -> None:
    room.button("In a window").click()
    first = room.state()
    assert first["day"] - first["start"] == 365
    room.button("Previous step").click()
    second = room.state()
    assert second["day"] - second["start"] == 365
    room.frame.get_by_label("Lock start").check()
    room.button("Previous step").click()
    third = room.state()
    assert (third["start"], third["day"] < second["day"]) == (second["start"], True)
    assert room.finding.startswith("From ")


def test_the_line_of_changes_is_whole_in_a_window_too(room: Room) -> None:
    room.button("In a window").click()
    for _ in range(12):
        room.button("Previous step").click()
        assert room.frame.locator(".changes").evaluate("(line) => line.scrollHeight <= line.clientHeight + 1 && line.scrollWidth <= line.clientWidth")


def test_the_story_goes_by_phase(room: Room) -> None:
    room.frame.get_by_label("Step by").select_option("phase")
    assert "disruption in" in room.finding
    room.frame.locator(".rail").get_by_role("button", name="Consolidation").click()
    assert re.search(r"[\d,]+ places and \d+ areas in \d+ countries under consolidation", room.finding)
    room.button("Previous step").click()
    assert room.state()["focus"] == "penetration"
    expect(room.frame.locator(".changes")).to_have_text(re.compile(r"^[\d,]+ of these go on to a later phase\. New: "))
    room.settle()
    expect(room.notes.get_by_role("heading", name="Sources of this step")).to_be_visible()


def test_a_step_of_the_story_counts_nothing_that_comes_later(room: Room) -> None:
    layers = room.frame.locator(".legend-layers li")
    rows = {row.split("\n")[0]: row.split("\n")[1:] for row in layers.all_inner_texts()}
    assert all(re.fullmatch(r"[\d,]+", *count) for count in rows.values())
    room.frame.get_by_label("Step by").select_option("phase")
    room.frame.locator(".rail").get_by_role("button", name="Penetration").click()
    rows = {row.split("\n")[0]: row.split("\n")[1:] for row in layers.all_inner_texts()}
    assert [name for name, count in rows.items() if count] == ["Origin", "Exploration", "Penetration"]
    assert [name for name, count in rows.items() if not count] == ["Consolidation", "Contested", "Disruption", "Only named", "Routes"]
    room.frame.get_by_label("Step by").select_option("year")
    expect(layers.filter(has_text="Consolidation")).to_have_text(re.compile(r"Consolidation[\d,]+"))


def test_a_click_opens_the_evidence(room: Room) -> None:
    mark = room.free_mark()
    room.click_on(mark)
    expect(room.notes.get_by_role("heading", level=2)).to_have_text(mark["name"])
    expect(room.notes.locator("p").first).to_have_text(re.compile(f"^{room.finding.split(':')[0]}: "))  # the date as the heading of the map has it
    card = room.notes.locator("article").first
    expect(card.locator("mark.place").first).to_have_text(mark["name"])
    expect(card).to_contain_text("source grade")
    for label in ("Place", "Date", "Why", "Actor"):
        expect(card.get_by_text(label, exact=True)).to_be_visible()
    dates = room.notes.locator(".unbroken")
    assert dates.count() > 0
    assert set(dates.evaluate_all("(spans) => spans.map((span) => span.getClientRects().length)")) == {1}
    room.notes.get_by_role("button", name="Close").click()
    expect(room.notes.get_by_role("heading", name="New at this step")).to_be_visible()
    room.settle()  # the map is told after the notes
    assert room.state()["place"] is None


def test_escape_ends_a_play_closes_a_list_and_lets_the_selection_go(room: Room) -> None:
    room.click_on(room.free_mark())
    expect(room.notes.get_by_role("button", name="Close")).to_be_visible()
    room.button("What the map shows, as lists").click()
    room.page.keyboard.press("Escape")
    expect(room.frame.locator(".panel")).to_be_hidden()
    assert room.state()["place"] is not None
    room.button("Previous step").click()
    room.button("Play").click()
    room.page.keyboard.press("Escape")
    expect(room.button("Play")).to_be_visible()
    room.page.keyboard.press("Escape")
    expect(room.notes.get_by_role("heading", name="New at this step")).to_be_visible()
    assert room.state()["place"] is None


def test_a_click_beside_all_marks_lets_the_selection_go(room: Room) -> None:
    mark = room.free_mark()
    room.click_on(mark)
    expect(room.notes.get_by_role("heading", level=2)).to_have_text(mark["name"])
    empty = room.inside.evaluate(
        "() => { const size = atlas.room.map.getSize(); for (let x = 320; x < size.x - 280; x += 9) for (let y = 70; y < size.y - 40; y += 9) if (!atlas.room.stage.at(L.point(x, y))) return { x, y }; return null; }"
    )
    assert empty is not None
    room.click_on(empty)
    expect(room.notes.get_by_role("heading", name="New at this step")).to_be_visible()


def test_marks_that_lie_on_one_another_open_up(room: Room) -> None:
    mark = next(mark for mark in room.marks() if 1 < mark["count"] <= 12 and 300 < mark["x"] < 600 and 60 < mark["y"] < 330)
    room.click_on(mark)
    opened = [other for other in room.marks() if other["count"] == 1 and abs(other["x"] - mark["x"]) < 90 and abs(other["y"] - mark["y"]) < 90]
    assert len(opened) >= mark["count"]
    tip = room.frame.locator(".stage > .tip")
    expect(tip).to_be_hidden()  # it would lie on what has opened
    room.inside.evaluate("() => atlas.room.stage.open(null)")
    box = room.frame.locator(".leaflet-container").first.bounding_box()
    assert box is not None
    room.page.mouse.move(box["x"] + mark["x"] + 1, box["y"] + mark["y"] + 1)
    expect(tip).to_be_visible()
    room.page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    room.click_on(mark)
    room.click_on(opened[-1])
    expect(room.notes.locator("article").first).to_be_visible()


PHONE = {"width": 390, "height": 844}


def test_on_a_phone_the_sentences_of_a_mark_come_into_view(watched: Callable[..., Watched], app: str) -> None:
    room = Room(watched(**PHONE).page, app).open()
    heading = room.notes.get_by_role("heading", level=2)
    assert heading.evaluate("(node) => node.getBoundingClientRect().bottom") > 780  # below the map
    mark = next(
        mark
        for mark in room.marks()
        if mark["count"] == 1 and room.inside.evaluate("({ x, y }) => atlas.room.stage.at(L.point(x, y))?.place !== undefined", mark)
    )
    room.click_on(mark)
    expect(heading).to_have_text(mark["name"])
    expect(heading).to_be_in_viewport()
    top = heading.evaluate("(node) => node.getBoundingClientRect().top")
    assert top > 55  # below the bar that stays


def test_what_opens_under_the_search_is_moved_to_where_it_is_seen(watched: Callable[..., Watched], app: str) -> None:
    room = Room(watched(**PHONE).page, app).open()
    mark = next(mark for mark in room.marks() if 2 < mark["count"] <= 12)
    room.inside.evaluate("([x, y]) => atlas.room.map.panBy([x, y], { animate: false })", [mark["x"] - 370, mark["y"] - 60])
    room.settle()
    moved = min((other for other in room.marks() if other["id"] == mark["id"]), key=lambda other: abs(other["x"] - 370) + abs(other["y"] - 60))
    room.click_on(moved)
    search = room.inside.evaluate(
        "() => document.querySelector('.search').getBoundingClientRect().bottom - document.querySelector('.stage').getBoundingClientRect().top"
    )
    members = room.inside.evaluate("(place) => atlas.room.stage.drawnMarks().filter((mark) => mark.isOpen).length", mark["id"])
    assert members == mark["count"]
    width = room.inside.evaluate("() => document.querySelector('.stage').clientWidth")
    opened = room.inside.evaluate(
        "() => { const sheet = Object.values(atlas.room.map._layers).find((layer) => layer.options && layer.options.pane === 'marks');"
        " const shift = atlas.room.map.layerPointToContainerPoint(sheet._bounds.min); return atlas.room.stage.drawnMarks().filter((mark) => mark.isOpen).map(({ x, y }) => [x + shift.x, y + shift.y]); }"
    )
    assert all(y > search and x < width for x, y in opened)


def test_no_word_and_no_date_of_a_list_is_broken_on_a_phone(watched: Callable[..., Watched], app: str) -> None:
    for address in ("", "?lang=es"):
        room = Room(watched(**PHONE).page, app).open(address)
        room.frame.locator(".status button").first.click()
        cells = room.frame.locator(".panel tbody td, .panel thead th")
        broken = cells.evaluate_all(
            """(cells) => cells.filter((cell) => cell.offsetWidth).flatMap((cell) => {
              const walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), found = [];
              for (let node = walk.nextNode(); node; node = walk.nextNode()) for (const word of node.data.matchAll(/[^\\s]+/g)) {
                const range = document.createRange();
                range.setStart(node, word.index); range.setEnd(node, word.index + word[0].length);
                if (range.getClientRects().length > 1) found.push(word[0]);
              }
              return found;
            })"""
        )
        assert broken == []


def test_routes_between_the_same_places_are_told_apart(room: Room) -> None:
    room.frame.get_by_role("button", name="What the map shows, as lists").click()
    room.frame.locator(".panel-tabs").get_by_role("button", name="Routes").click()
    for told in room.frame.locator(".panel-body li").all()[:5]:
        assert re.search(r" → .+(since|by) [\w ]*\d{4} · .*(confirmed|reported|suspected) · \w", told.inner_text().replace("\n", " "))


def test_a_route_opens_its_sentence(room: Room) -> None:
    room.frame.get_by_role("button", name="What the map shows, as lists").click()
    room.frame.locator(".panel-tabs").get_by_role("button", name="Routes").click()
    room.frame.locator(".panel-body").get_by_role("button", name="→").first.click()
    expect(room.notes.get_by_role("heading", level=2)).to_have_text("Route")
    expect(room.notes.locator("blockquote")).to_contain_text("the network moved into")


def test_it_says_whom_it_is_about(room: Room) -> None:
    expect(room.frame.locator(".head .about")).to_have_text("The Crew")


def test_what_the_filters_leave_out_is_counted(room: Room) -> None:
    told = room.frame.locator(".status")
    shown = re.search(r"of 600 observations shown, (\d+) on other actors", told.inner_text())
    assert shown
    assert int(shown[1]) == room.inside.evaluate("() => atlas.room.app.model.mask().filter((passes) => !passes).length")


def test_the_lists_say_what_the_map_shows(room: Room) -> None:
    room.frame.get_by_role("button", name=re.compile(r"of 600 observations shown")).click()
    panel = room.frame.locator(".panel")
    told = re.fullmatch(r"(\d+) places and (\d+) areas on the map, \d+ of them only named", panel.locator("caption").inner_text())
    assert told
    assert int(told[1]) + int(told[2]) == room.inside.evaluate(
        "() => { const scene = atlas.room.scene(); let n = 0; for (let i = 0; i < atlas.room.app.data.places.count; i++) if (scene.visible(i)) n++; return n; }"
    )
    panel.get_by_role("button", name="Place", exact=True).click()
    assert {"confirmed", "reported", "suspected", ""} == set(
        panel.locator("tbody td:nth-child(4)").all_inner_texts()
    )  # of what is only named there is nothing to confirm
    dated = panel.locator("tbody td:nth-child(5)").all_inner_texts()
    assert all(re.fullmatch(r"((by )?20\d\d(-\d\d){0,2})?", text) for text in dated)
    assert any(text.startswith("by ") for text in dated)
    names = panel.locator("tbody th .link").all_inner_texts()
    assert names == room.inside.evaluate("(names) => [...names].sort(new Intl.Collator('en').compare)", names)
    panel.get_by_role("button", name=re.compile("Without a date")).click()
    expect(panel.get_by_text("so no moment shows them")).to_be_visible()
    panel.get_by_role("button", name=re.compile("Not placed")).click()
    expect(panel.locator("li").first).to_contain_text("Nowhere")
    room.page.keyboard.press("Escape")
    expect(panel).to_be_hidden()


def test_the_numbers_under_the_map_open_their_lists(room: Room) -> None:
    for name, title in (("without a date", "Without a date"), (r"^\d+ names? not placed$", "Not placed")):
        room.frame.locator(".status").get_by_role("button", name=re.compile(name)).click()
        expect(room.frame.locator(".panel-title")).to_have_text(title)


def test_a_frame_that_gets_its_size_late_shows_all_of_it(room: Room) -> None:
    zoom = "() => atlas.room.map.getZoom()"
    before, frame = room.inside.evaluate(zoom), room.page.locator('[class*="st-key-room-"] iframe')
    frame.evaluate("(node) => node.style.setProperty('width', '120px', 'important')")
    room.inside.wait_for_function("() => atlas.room.map.getSize().x < 130")
    room.button("Home view").click()
    assert room.inside.evaluate(zoom) <= before
    frame.evaluate("(node) => node.style.removeProperty('width')")
    room.inside.wait_for_function("(zoom) => atlas.room.map.getSize().x > 600 && atlas.room.map.getZoom() === zoom", arg=before)


def test_search_goes_to_a_place(room: Room) -> None:
    name = room.inside.evaluate("() => atlas.room.app.data.places.name[atlas.room.app.data.points[40]]")
    field = room.frame.get_by_role("combobox", name="Search for a place")
    field.fill(name[:5].lower())
    expect(room.frame.get_by_role("option").first).to_be_visible()
    field.fill(name)
    field.press("Enter")
    expect(room.notes.get_by_role("heading", level=2)).to_have_text(name)


def test_layers_are_switched_off_one_by_one(room: Room) -> None:
    before = len(room.marks())
    for label in ("Consolidation", "Penetration"):
        room.frame.get_by_role("checkbox", name=label).uncheck()
    assert len(room.marks()) < before
    assert room.inside.evaluate(
        "() => { const scene = atlas.room.scene(); for (let i = 0; i < atlas.room.app.data.places.count; i++) if (scene.visible(i) && scene.visible(i).rank > 1) return false; return true; }"
    )


@pytest.mark.parametrize(("width", "filters"), [(1280, "status=suspected&stage=disruption&dating=text&confidence=90"), (1024, "lang=es&status=suspected")])
def test_what_is_filtered_by_covers_no_link_to_a_page(watched: Callable[..., Watched], app: str, width: int, filters: str) -> None:
    page = watched(width=width, height=720).page
    Room(page, app).open(f"?{filters}")
    bar = page.locator(".st-key-toolbar").bounding_box()
    links = [link.bounding_box() for link in page.locator("header a").all()]
    assert bar is not None
    assert len(links) >= 6
    assert not [
        link
        for link in links
        if link and link["x"] + link["width"] > bar["x"] and link["y"] + link["height"] > bar["y"] and bar["y"] + bar["height"] > link["y"]
    ]


def test_filters_are_obeyed_and_can_be_let_go(room: Room) -> None:
    def shown() -> int:
        return int(re.sub(r"\D", "", room.frame.locator(".status button").first.inner_text().split(" of ")[0]))

    everything = shown()
    room.page.get_by_role("button", name="Filters").click()
    room.page.get_by_label("Status").fill("suspected")
    room.page.get_by_role("option", name="suspected").first.click()
    room.page.keyboard.press("Escape")
    room.settle()
    assert shown() < everything / 5
    room.page.get_by_role("button", name="Reset all filters").click()
    room.settle()
    assert shown() == everything


def test_an_empty_view_says_what_to_change(watched: Callable[..., Watched], app: str) -> None:
    room = Room(watched().page, app).open("?confidence=100&status=suspected")
    expect(room.frame.get_by_text("No dated observation passes the filters")).to_be_visible()
    assert room.finding.endswith("nothing on the map")


def test_a_link_restores_everything(room: Room, watched: Callable[..., Watched], app: str) -> None:
    room.button("In a window").click()
    field = room.frame.get_by_label("Date", exact=True)
    field.fill("2021-06")
    field.press("Enter")
    room.frame.get_by_role("checkbox", name="Contested").uncheck()
    room.inside.evaluate("() => atlas.room.map.setView([20, -40], 3, { animate: false })")
    room.inside.evaluate("() => atlas.room.choose(atlas.room.app.data.points[12])")
    room.page.get_by_role("button", name="Filters").click()
    room.page.get_by_label("Status").fill("confirmed")
    room.page.get_by_role("option", name="confirmed").first.click()
    room.page.keyboard.press("Escape")
    room.settle()
    room.page.wait_for_timeout(600)
    link = room.page.url
    other = Room(watched().page, app).open(link.removeprefix(app).lstrip("/"))
    assert {**other.state(), "view": None} == {**room.state(), "view": None}
    assert other.state()["view"] == pytest.approx(room.state()["view"], abs=0.01)
    assert (other.finding, other.inside.evaluate("() => [...atlas.room.app.hidden.outcomes]")) == (room.finding, [0])
    expect(other.page.get_by_role("button", name="Filters (1)")).to_be_visible()
    expect(other.notes.get_by_role("heading", level=2)).to_have_text(room.notes.get_by_role("heading", level=2).inner_text())


@pytest.mark.parametrize(
    "address", ["?on=never&mode=x&step=y&phase=z&place=nobody&view=1,2&leg=9", "?view=95,0,3&on=2021-99-99&hide=all", "?actor=nobody&confidence=-5&dated=x"]
)
def test_a_link_that_makes_no_sense_opens_the_map_as_it_is(watched: Callable[..., Watched], app: str, address: str) -> None:
    room = Room(watched().page, app).open(address)
    state = room.state()
    assert (state["mode"], state["step"], state["focus"], state["place"]) == ("upto", "event", None, None)
    assert FINDING.fullmatch(room.finding)


def test_a_hundred_steps_do_not_build_the_frame_anew(watched: Callable[..., Watched], app: str) -> None:
    one = watched()
    room = Room(one.page, app).open()
    room.inside.evaluate("() => { window.stays = true; }")
    one.received.clear()
    room.inside.evaluate(
        """async () => {
          const button = (title) => [...document.querySelectorAll('button')].find((node) => node.title === title);
          for (let number = 0; number < 100; number++) {
            button(Math.floor(number / 25) % 2 ? 'Next step' : 'Previous step').click();
            await new Promise(requestAnimationFrame);
          }
        }"""
    )
    room.settle()
    assert sum(one.received) / 100 <= 10_000
    messages = []
    for _ in range(3):
        one.received.clear()
        room.button("Previous step").click()
        room.settle()
        assert 0 < sum(one.received) <= 10_000
        messages.append(len(one.received))
    assert min(messages) <= 10  # the least, for now and then the page looks for newer tables: what a step changes, and none of the boxes around it
    assert room.inside.evaluate("() => window.stays === true")
    assert room.inside.evaluate("() => (window.feature_group || []).length") <= 1


def test_a_step_and_a_click_ask_the_server_once(watched: Callable[..., Watched], app: str) -> None:
    one = watched()
    room = Room(one.page, app).open()
    for act in (room.button("Previous step").click, lambda: room.click_on(room.free_mark()), room.button("Next step").click):
        one.sent.clear()
        act()
        room.settle()
        assert len(one.sent) == 1


def test_routes_are_drawn_anew_only_when_they_change(room: Room) -> None:
    drawn = room.inside.evaluate(
        """async () => {
          const { room } = atlas, paint = atlas.routes.paint; let times = 0; const told = [];
          atlas.routes.paint = (...given) => { times++; return paint(...given); };
          for (let step = 0; step < 60; step++) {
            const before = room.scene(), was = times;
            const next = room.model.move(room.app.state, false);
            if (!next) break;
            room.change(next, "play");
            const news = (scene) => scene.legs.map((leg) => [leg, scene.freshLeg(leg)]).join();
            told.push([news(before) === news(room.scene()), times - was]);
          }
          atlas.routes.paint = paint;
          return told;
        }"""
    )
    assert {tuple(one) for one in drawn} == {(True, 0), (False, 1)}


def test_no_name_lies_on_the_head_of_an_arrow(room: Room) -> None:
    under = room.inside.evaluate(
        """() => {
          const { labels, routes } = atlas, { space } = labels, { heads } = routes; let tips = []; const named = [];
          const touch = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
          routes.heads = (drawn) => (tips = heads(drawn));
          const free = new Set(); // a name looks for room; a mark lies where it lies
          labels.space = () => {
            const one = space();
            return { isFree: (box) => { const is = one.isFree(box); if (is) free.add(box); return is; }, take: (box) => { if (free.has(box)) named.push(box); one.take(box); } };
          };
          atlas.room.stage.redrawMarks();
          Object.assign(labels, { space }); Object.assign(routes, { heads });
          return [tips.length, named.length, tips.filter((tip) => named.some((box) => touch(tip, box))).length];
        }"""
    )
    assert under[0] > 0
    assert under[1] > 0
    assert under[2] == 0


def test_the_view_stays_where_it_is_when_time_moves(room: Room) -> None:
    room.inside.evaluate("() => atlas.room.map.setView([10, 20], 4, { animate: false })")
    for _ in range(5):
        room.button("Previous step").click()
    room.settle()
    assert room.inside.evaluate(
        "() => { const { lat, lng } = atlas.room.map.getCenter(); return [Math.round(lat), Math.round(lng), atlas.room.map.getZoom()]; }"
    ) == [10, 20, 4]


def test_a_view_that_is_set_stays_though_the_one_before_reached_beyond_the_world(room: Room) -> None:
    room.inside.evaluate(
        """() => {
          const { map } = atlas.room;
          map.setView([0, 0], 2, { animate: false });
          for (const east of [-100, -300]) map.panBy([east, 0], { animate: false }); // as another size of the frame does it
          map.setView([39, -84], 4.5, { animate: false });
        }"""
    )
    room.settle()
    view = room.inside.evaluate("() => { const { lat, lng } = atlas.room.map.getCenter(); return [lat, lng, atlas.room.map.getZoom()]; }")
    assert view == pytest.approx([39, -84, 4.5], abs=0.1)


def test_the_table_under_the_map_is_made_when_it_is_opened(room: Room) -> None:
    expect(room.page.get_by_test_id("stDataFrame")).to_have_count(0)
    room.page.get_by_text("Table of what the map shows").click()
    expect(room.page.get_by_test_id("stDataFrame")).to_be_visible()


def test_the_table_follows_the_map_until_it_is_closed(room: Room) -> None:
    title = room.page.locator(".st-key-table summary")
    title.click()
    printed = room.page.locator(".st-key-paper-map tbody tr")  # the one on the screen is a picture
    expect(printed).not_to_have_count(0)
    everything = printed.count()
    room.inside.evaluate("() => { const { model, state } = atlas.room.app, steps = model.steps(state); atlas.room.change(model.at(state, steps[2]), 'step'); }")
    expect(printed).not_to_have_count(everything)
    assert printed.count() < everything
    title.click()
    expect(room.page.get_by_test_id("stDataFrame")).to_have_count(0)
    expect(printed).to_have_count(0)


def test_layers_that_are_switched_off_are_named_and_count_nowhere_until_all_are_shown_again(room: Room) -> None:
    notice, status = room.frame.locator(".off"), room.frame.locator(".status button").first
    everything = status.inner_text()
    expect(notice).to_be_hidden()
    for layer in ("Exploration", "Routes"):
        room.frame.get_by_label(layer, exact=True).uncheck()
    expect(notice).to_contain_text("Layers switched off: Exploration and Routes")
    expect(status).to_contain_text(re.compile(r"[\d,]+ of 600 observations shown, [\d,]+ in layers switched off"))
    counts = room.frame.locator(".legend-layers li").filter(has_text=re.compile("Exploration|Routes")).locator(".legend-count")
    assert counts.all_inner_texts() == ["", ""]
    held = room.inside.evaluate("() => atlas.story.counts(atlas.room.app.data, atlas.room.scene().looks).force")
    assert status.inner_text().startswith(f"{held} of 600 observations shown")
    room.button("Show all layers").click()
    expect(notice).to_be_hidden()
    assert status.inner_text() == everything
    assert room.frame.get_by_label("Exploration", exact=True).is_checked()


@pytest.mark.parametrize("step", ["event", "year"])
def test_no_names_lie_on_one_another_or_on_a_ring(room: Room, step: str) -> None:
    room.frame.get_by_label("Step by").select_option(step)
    room.settle()
    overlaps = room.inside.evaluate(
        """() => {
          const boxes = []; const draw = CanvasRenderingContext2D.prototype.drawImage;
          const take = atlas.labels.space; let spaces = null;
          atlas.labels.space = () => { const made = take(); const add = made.take; spaces = []; made.take = (box) => { spaces.push(box); add(box); }; return made; };
          const all = atlas.marks.names; let start = 0;
          atlas.marks.names = (...given) => { start = spaces.length; all(...given); };
          atlas.room.change({}, "scrub"); atlas.labels.space = take; atlas.marks.names = all;
          let touching = 0; const names = spaces.slice(start + atlas.room.stage.drawnMarks().reduce((sum, { tag }) => sum + (tag ? 2 : 1), 0));  // marks and their tags first
          names.forEach((a, i) => names.slice(i + 1).forEach((b) => { if (a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]) touching++; }));
          const reach = atlas.room.app.radius * 1.5 + 3;
          const rings = atlas.room.stage.drawnMarks().filter(({ fresh }) => fresh).map(({ x, y }) => [x - reach, y - reach, x + reach, y + reach]);
          const ringed = names.filter((a) => rings.some((b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3])).length;
          return [names.length, touching, rings.length, ringed];
        }"""
    )
    assert overlaps[0] > 10
    assert overlaps[1] == 0
    assert overlaps[2] > 0
    assert overlaps[3] == 0  # nor on the ring of what is new
