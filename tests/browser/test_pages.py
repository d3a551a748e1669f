"""The pages on a place, on a source and on method, and the ways between them and the map."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from dashboard.messages import words
from tests.browser.conftest import Watched, serving
from tests.browser.room import Room
from tests.small_taken import tables


@pytest.fixture
def page(watched: Callable[..., Watched]) -> Page:
    return watched().page


def test_from_a_mark_to_its_place_to_its_source_and_back(room: Room) -> None:
    mark = room.free_mark()
    room.click_on(mark)
    room.notes.get_by_role("button", name="Page of this place").click()
    expect(room.page).to_have_url(re.compile(r"/place\?id="))
    expect(room.page.get_by_role("heading", level=2, name=mark["name"])).to_be_visible()
    expect(room.page.get_by_role("img", name=re.compile("Phases over time"))).to_be_visible()
    room.page.locator("article").first.get_by_role("button", name="Source").click()
    expect(room.page).to_have_url(re.compile(r"/source\?id=d\d+"))
    expect(room.page.get_by_role("heading", level=2)).to_contain_text("Report")
    place = room.page.locator("article mark.place").first.inner_text()
    room.page.locator("article").first.get_by_role("button", name="Show on the map").click()
    room.ready()
    expect(room.notes.get_by_role("heading", level=2)).to_have_text(place)


def test_a_place_shows_its_history_and_who_says_what(page: Page, app: str, build: object) -> None:
    Room(page, app).open()
    name = next(frame for frame in page.frames if "streamlit_folium" in frame.url).evaluate(
        "() => { const data = atlas.room.app.data; const best = [...data.weights].map((weight, place) => [weight, place]).sort((a, b) => b[0] - a[0])[0][1]; return data.places.id[best]; }"
    )
    page.goto(f"{app}/place?id={name}")
    expect(page.get_by_role("heading", name="History")).to_be_visible()
    expect(page.get_by_text(re.compile(r"Sources differ: |sources agree on the furthest phase|1 source says so"))).to_be_visible()
    expect(page.get_by_text("radius")).to_contain_text(f"Id: {name}.")
    expect(page.locator("article")).to_have_count(8)
    first = page.locator("article").first.inner_text()
    page.get_by_role("button", name="Next").first.click()
    expect(page.locator("article").first).not_to_have_text(first)


@pytest.mark.parametrize(
    ("address", "text", "listed"),
    [
        ("place", "Choose a place to see all that the sources say of it.", "Places in the sources"),
        ("place?id=gn:1", "This build has no place “gn:1”: the link belongs to another build.", "Places in the sources"),
        ("source?id=nothing", "This build has no source “nothing”: the link belongs to another build.", "All sources"),
        ("source?id=<b>**x**", "This build has no source “<b>**x**”", "All sources"),
    ],
)
def test_an_address_without_a_subject_asks_for_one(page: Page, app: str, address: str, text: str, listed: str) -> None:
    page.goto(f"{app}/{address}")
    expect(page.get_by_text(text)).to_be_visible()
    expect(page.get_by_role("heading", name=listed)).to_be_visible()


@pytest.mark.parametrize("address", ["source", "place"])
def test_what_the_filters_leave_out_of_a_page_is_said_there_and_can_be_let_in(page: Page, app: str, address: str) -> None:
    page.goto(f"{app}/{address}?status=suspected&country=PE")
    expect(page.get_by_text("Counted is what the sources say of The Crew, and places that they only name")).to_be_visible()
    listed = page.locator(".st-key-reading li")
    some = listed.all_inner_texts()
    page.get_by_role("button", name="Country").click()
    expect(page.get_by_role("button", name="Country")).to_be_hidden()
    expect(page.get_by_role("button", name="Filters (1)")).to_be_visible()
    page.get_by_role("button", name="Reset all filters").click()
    expect(page.get_by_role("button", name="Status")).to_be_hidden()
    expect(listed).not_to_have_text(some)


def test_the_list_of_places_says_how_many_more_there_are(page: Page, app: str) -> None:
    page.goto(f"{app}/place")
    expect(page.get_by_text(re.compile(r"^and \d+ more: choose them by their names above$"))).to_be_visible()
    expect(page.locator(".st-key-reading li")).to_have_count(100)


def test_the_method_page_has_all_that_a_reader_must_know(page: Page, app: str) -> None:
    page.goto(f"{app}/method")
    for title in (
        "Codebook",
        "What a place looks like",
        "Limits",
        "Coverage",
        "What could not be resolved",
        "Columns of the tables",
        "How to cite",
        "Versions and licences",
    ):
        expect(page.get_by_role("heading", name=title)).to_be_visible()
    for text in ("Moves into the local market", "date_provenance", "Natural Earth", "build "):
        expect(page.get_by_text(text).first).to_be_visible()
    expect(page.get_by_test_id("stDataFrame")).to_have_count(2)
    expect(page.get_by_text("Nowhere 0")).to_be_visible()  # few names without a place stand in a list, their reasons whole


# What only paper shows, as rows of cells, and how wide its table is beside its room.
PRINTED = """() => [...document.querySelectorAll('[class*="st-key-paper-"] [data-testid="stBidiComponentIsolated"]')].map(({ shadowRoot }) => {
  const table = shadowRoot.querySelector("table");
  return { rows: [...table.rows].map((row) => [...row.cells].map((cell) => cell.textContent)), over: table.offsetWidth - table.parentElement.offsetWidth, rest: [...shadowRoot.querySelectorAll("p")].map((p) => p.textContent) };
})"""


def test_paper_has_all_rows_of_a_table(watched: Callable[..., Watched], app: str) -> None:
    room = Room(watched().page, app).open("compare?a=2012-01-01&b=2022-06-30")
    paper, grid = room.page.locator('[class*="st-key-paper-"]').first, room.page.get_by_test_id("stDataFrame")
    expect(paper).to_be_hidden()
    expect(grid).to_be_visible()
    room.page.set_viewport_size({"width": 794, "height": 1123})  # a sheet of A4
    room.page.emulate_media(media="print")
    try:
        expect(grid).to_be_hidden()
        (table,) = room.page.evaluate(PRINTED)
        assert table["rows"][0] == ["Place", "Change", "At the first date", "At the second date"]
        counted = room.inside.evaluate(
            "() => { const scene = atlas.room.scenes()[1]; return [...Array(atlas.room.app.data.places.count).keys()].filter(scene.visible).length; }"
        )
        assert len(table["rows"]) - 1 >= counted > 100
        assert table["over"] <= 0
        assert table["rest"] == []
    finally:
        room.page.emulate_media(media="screen")


def test_filters_and_time_are_kept_while_another_page_is_read(room: Room) -> None:
    room.frame.get_by_label("Date", exact=True).fill("2021")
    room.frame.get_by_label("Date", exact=True).press("Enter")
    room.settle()
    room.page.get_by_role("button", name="Filters").click()
    room.page.get_by_label("Status").fill("confirmed")
    room.page.get_by_role("option", name="confirmed").first.click()
    room.page.keyboard.press("Escape")
    room.settle()
    finding = room.finding
    room.page.get_by_role("link", name="Method").click()
    expect(room.page.get_by_role("heading", name="Codebook")).to_be_visible()
    room.page.get_by_role("link", name="Map", exact=True).click()
    room.ready()
    expect(room.page.get_by_role("button", name="Filters (1)")).to_be_visible()
    assert room.finding == finding


def test_a_play_ends_where_it_had_come_to_when_another_page_is_opened(room: Room) -> None:
    room.button("Up to").focus()
    room.frame.get_by_label("Date shown").press("Home")
    room.settle()
    first = room.state()["day"]
    room.button("Play").click()
    room.page.wait_for_timeout(1500)
    room.page.get_by_role("link", name="Method").click()
    expect(room.page.get_by_role("heading", name="Codebook")).to_be_visible()
    expect(room.page.locator("html")).not_to_have_attribute("data-atlas-plays", re.compile(""))
    room.page.get_by_role("link", name="Map", exact=True).click()
    room.ready()
    assert room.state()["day"] > first
    expect(room.frame.get_by_role("button", name="Play", exact=True)).to_be_visible()
    expect(room.page.locator(".st-key-beside")).to_have_css("opacity", "1")


def test_spanish_everywhere(watched: Callable[..., Watched], app: str) -> None:
    room = Room(watched(locale="es-ES").page, app).open("?lang=es")
    assert room.finding.startswith("Hasta ")
    expect(room.notes.get_by_role("heading", name="Nuevo en este paso")).to_be_visible()
    expect(room.frame.get_by_role("checkbox", name="Consolidación")).to_be_checked()
    assert room.inside.evaluate("() => document.documentElement.lang") == "es"
    reasons = ["nothing in the text speaks for Alliance (US)", "the gazetteer has no such name", "no candidate"]
    told = room.inside.evaluate("(reasons) => reasons.map(atlas.room.app.say.reason)", reasons)
    assert told == [words("es").reason(reason) for reason in reasons]
    assert told[0].endswith("la conjetura más cercana sería Alliance (Estados Unidos)")
    room.page.get_by_role("link", name="Método").click()
    expect(room.page.get_by_role("heading", name="Libro de códigos")).to_be_visible()


@pytest.mark.parametrize(("address", "begins"), [("", "Hasta "), ("?mode=upto", "By ")])
def test_a_browser_is_spoken_to_in_its_language_and_a_link_in_its_own(watched: Callable[..., Watched], app: str, address: str, begins: str) -> None:
    room = Room(watched(locale="es-ES").page, app).open(address)
    assert room.finding.startswith(begins)


@pytest.fixture(scope="module")
def peru(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the app with a small build in which there is a country."""
    folder = tmp_path_factory.mktemp("small") / "build"
    tables(folder)
    with serving(folder) as address:
        yield address


@pytest.mark.parametrize(("language", "name"), [("en", "Peru"), ("es", "Perú")])
def test_search_finds_a_country_by_either_name(watched: Callable[..., Watched], peru: str, language: str, name: str) -> None:
    room = Room(watched().page, peru).open(f"?lang={language}")
    field = room.frame.get_by_role("combobox")
    for typed in ("peru", "Perú"):
        field.first.fill("")
        expect(room.frame.get_by_role("option").locator("span")).to_have_count(0)
        field.first.fill(typed)
        expect(room.frame.get_by_role("option").locator("span")).to_have_text([name])
    field.first.press("Enter")
    expect(room.notes.get_by_role("heading", level=2)).to_have_text(name)


def test_a_country_has_its_spanish_name_in_the_lists_the_notes_and_on_its_page(watched: Callable[..., Watched], peru: str) -> None:
    room = Room(watched(width=1600).page, peru).open("?lang=es&place=peru")  # in a narrower window the lists leave the countries out
    expect(room.notes.get_by_role("heading", level=2)).to_have_text("Perú")
    expect(room.notes.locator("article mark.place")).to_have_text("Peru")  # as the text writes it
    expect(room.notes.locator("article")).to_contain_text("«Peru» es Perú (país).")
    room.button("Lo que muestra el mapa, en listas").click()
    expect(room.frame.get_by_role("row", name=re.compile("^Perú Perú Consolidación"))).to_be_visible()
    room.notes.get_by_role("button", name="Página de este lugar").click()
    expect(room.page.get_by_role("heading", level=2, name="Perú", exact=True)).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_the_choice_of_language_ends_where_the_page_does(watched: Callable[..., Watched], app: str, width: int) -> None:
    page = watched(width=width).page
    page.goto(f"{app}/source")
    expect(page.get_by_role("heading", name="All sources")).to_be_visible()
    end = page.get_by_test_id("stMainBlockContainer").evaluate("(node) => node.getBoundingClientRect().right - parseFloat(getComputedStyle(node).paddingRight)")
    assert page.locator(".st-key-language-box").evaluate("(node) => node.getBoundingClientRect().right") == pytest.approx(end, abs=1.5)


@pytest.mark.parametrize("width", [390, 360])
def test_the_menu_of_a_phone_lies_on_top_and_closes(watched: Callable[..., Watched], app: str, width: int) -> None:
    page = watched(width=width, height=844).page
    page.goto(f"{app}/source")
    closed = page.locator('.stSidebar[data-collapsed="true"]')

    def open_menu() -> None:
        page.get_by_role("button", name="Expand sidebar").click()
        expect(page.locator('.stSidebar[data-collapsed="false"]')).to_be_visible()
        page.wait_for_timeout(300)  # while it slides in, the page beside it is still free

    for close in (
        page.get_by_role("button", name="Collapse sidebar").click,
        lambda: page.keyboard.press("Escape"),
        lambda: page.mouse.click(width - 20, 30),  # on the choice of language, which is not to be had while the menu is open
        page.get_by_role("link", name="Method").click,
    ):
        open_menu()
        close()
        expect(closed).to_have_count(1)
    expect(page.get_by_role("heading", name="Codebook")).to_be_visible()


def test_the_language_is_changed_without_losing_the_moment(room: Room) -> None:
    room.frame.get_by_label("Date", exact=True).fill("2021")
    room.frame.get_by_label("Date", exact=True).press("Enter")
    room.settle()
    room.page.get_by_role("combobox", name=re.compile("Language")).click()
    room.page.get_by_role("option", name="Español").click()
    expect(room.page.get_by_title("Mapa de The Crew")).to_be_visible()
    expect(room.page.locator('[class*="st-key-room-"] iframe')).to_have_count(1)
    expect(room.frame.locator("h1")).to_contain_text("Hasta el 31 de diciembre de 2021")


def test_what_is_chosen_stands_beside_the_map_after_another_page_and_in_another_language(room: Room) -> None:
    room.button("In a window").click()
    room.settle()
    room.click_on(room.free_mark())
    room.settle()
    heading = room.notes.get_by_role("heading", level=2)
    name = heading.inner_text()
    assert name != "New at this step"
    line = room.notes.locator("p").first.inner_text()
    assert line.startswith("From ")
    room.page.get_by_role("link", name="Method").click()
    expect(room.page.get_by_role("heading", name="Codebook")).to_be_visible()
    room.page.get_by_role("link", name="Map", exact=True).click()
    room.ready()
    expect(heading).to_have_text(name)
    expect(room.notes.locator("p").first).to_have_text(line)
    room.page.get_by_role("combobox", name=re.compile("Language")).click()
    room.page.get_by_role("option", name="Español").click()
    expect(room.page.get_by_title("Mapa de The Crew")).to_be_visible()
    room.ready()
    expect(heading).to_have_text(name)
    expect(room.notes.locator("p").first).to_contain_text("Del ")


@pytest.mark.parametrize("path", ["", "method", "present"])
def test_the_page_says_in_which_language_it_is(watched: Callable[..., Watched], app: str, path: str) -> None:
    page = watched().page
    for language in ("es", "en"):
        page.goto(f"{app}/{path}?lang={language}")
        expect(page.locator("html")).to_have_attribute("lang", language)
        page.wait_for_timeout(500)
        expect(page.locator("html")).to_have_attribute("lang", language)  # and stays so
