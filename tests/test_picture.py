"""The map as a drawing, and as pixels."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from dashboard import boundaries, picture
from dashboard.boundaries import Boundaries
from dashboard.codebook import HOME
from dashboard.data import Tables
from dashboard.exports.drawing import png, png_file, svg_file
from dashboard.filters import Filter
from dashboard.glyphs import glyph, line_mark
from dashboard.labels import Box, Labels
from dashboard.letters import set_width
from dashboard.links import State
from dashboard.messages import words
from dashboard.ramp import Palette
from dashboard.surround import above_and_below, in_a_column
from tests.small_tables import CODEBOOK
from tests.small_taken import tables, taken

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def outlines() -> Boundaries:
    return boundaries.read()


@pytest.fixture
def small(tmp_path: Path) -> Tables:
    return tables(tmp_path / "build")


def texts(svg: bytes | str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_it_says_what_it_shows_and_what_it_cannot(small: Tables, outlines: Boundaries) -> None:
    found = texts(svg_file(taken(small), outlines))
    whole = " ".join(found)
    for part in (
        "Made: 5 March 2026, with Expansion Atlas",
        "By May 2023: 2 places and 1 area in 2 countries reached, 1 country under consolidation",
        "Map of all actors · As of: May 2023 · Filters: none · Holds: 7 of 9 observations",
        "The absence of a mark is not the absence of activity.",
        "Boundaries and names are Natural Earth's and imply no endorsement.",
        "First report. The Paper, May 2023 (source grade C)",
        "CC BY 4.0",
        "Open Database License 1.0",
    ):
        assert part in whole


def test_it_names_its_places_and_has_a_legend_with_numbers(small: Tables, outlines: Boundaries) -> None:
    found = texts(svg_file(taken(small), outlines))
    assert {"Lima", "Quito", "Cusco", "Peru", "Andes", "Origin", "Consolidation", "reported", "suspected", "Routes"} <= set(found)
    assert found[found.index("Penetration") + 1] == "1"


def test_a_home_that_has_come_further_bears_its_first_mark_as_a_badge(tmp_path: Path, outlines: Boundaries) -> None:
    small = tables(tmp_path, "lima origin 2010 confirmed a", "lima consolidation 2022 confirmed a", "lima disruption 2023 confirmed a")
    mark, without = (glyph(3, 0, known=False, outcomes=outcomes, codebook=CODEBOOK) for outcomes in (1 << HOME | 2, 2))
    assert texts(f'<svg xmlns="http://www.w3.org/2000/svg">{mark}</svg>') == ["3", "0"]
    drawn = svg_file(taken(small), outlines).decode()
    assert mark in drawn
    assert [texts(drawn)[texts(drawn).index(phase) + 1] for phase in ("Origin", "Consolidation", "Disruption")] == ["1", "1", "1"]
    off = svg_file(taken(small, state=State(hide=("origin",))), outlines).decode()
    assert (mark in off, without in off) == (False, True)


def around(width: int, height: int, notes: Sequence[str] = ("A note.",)) -> list[Box]:
    """What the words leave to the map: above and below it, and beside it where they have room there."""
    found = (lay("A title", "a caption", notes, (width, height), Palette()) for lay in (above_and_below, in_a_column))
    return [surround.room for surround in found if surround is not None]


def test_words_stand_above_and_below_the_map_or_beside_it() -> None:
    assert around(1280, 720) == [(0, 75, 1280, 689), (435, 0, 1280, 720)]
    assert around(1280, 720, ["A note that is long. " * 200]) == [(0, 75, 1280, 655)]  # too long for a column


def test_they_stand_beside_what_reaches_from_north_to_south(tmp_path: Path, outlines: Boundaries) -> None:
    def room(other: tuple[float, float]) -> tuple[float, float]:
        small = tables(tmp_path / str(other), "lima exploration 2022 confirmed a", "quito exploration 2022 confirmed a")
        small.places.loc[small.places["place_id"] == "quito", ["latitude", "longitude"]] = other
        root = ElementTree.fromstring(svg_file(taken(small), outlines))
        water = next(group[0] for group in root.iter(f"{SVG}g") if group.get("transform") and group[0].tag == f"{SVG}rect")
        return float(water.get("width") or 0), float(water.get("height") or 0)

    assert room((45.0, -75.0)) == (845, 720)  # Lima and Ottawa
    assert room((-12.0, 130.0))[0] == 1280  # Lima and Darwin


def test_every_line_of_words_is_as_wide_as_it_was_broken_for(small: Tables, outlines: Boundaries) -> None:
    """Whatever font a browser has."""
    for lay in (above_and_below, in_a_column):
        surround = lay("A title of some words, as long as two lines", "caption " * 30, ["A note on the map. " * 15], (800, 600), Palette())
        assert surround is not None
        lines = list(ElementTree.fromstring(f'<svg xmlns="http://www.w3.org/2000/svg">{surround.svg}</svg>').iter(f"{SVG}text"))
        column = surround.room[0] or 800
        for line in lines:
            bold = line.get("font-weight") == "700"
            assert float(line.get("textLength") or 0) == pytest.approx(set_width(line.text or "", float(line.get("font-size") or 0), bold=bold), abs=0.1)
            assert float(line.get("x") or 0) + float(line.get("textLength") or 0) < column - 20
    assert all(line.get("textLength") for line in ElementTree.fromstring(svg_file(taken(small), outlines)).findall(f"{SVG}text"))


def places_at(build: Tables, **at: tuple[float, float]) -> Tables:
    """The tables with some places elsewhere."""
    for place, position in at.items():
        build.places.loc[build.places["place_id"] == place.replace("_", "-"), ["latitude", "longitude"]] = position
    return build


def drawn_at(build: Tables, outlines: Boundaries) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    """The middles of the marks and of the tags, on a drawing that looks at 10° south and 75° west from nearby."""
    root = ElementTree.fromstring(picture.svg(words("en"), build, taken(build).looks, outlines, title="", notes=(), view=(-10.0, -75.0, 5.0), size=(800, 600)))
    marks = [(float(use.get("x") or 0), float(use.get("y") or 0)) for use in root.iter(f"{SVG}use") if use.get("x")]
    (whole,) = [group for group in root.findall(f"{SVG}g") if group.get("transform")]
    tags = [
        (float(rect.get("x") or 0) + float(rect.get("width") or 0) / 2, float(rect.get("y") or 0) + 6) for rect in whole.findall(f"{SVG}rect") if rect.get("rx")
    ]
    return marks, tags


def test_the_badge_of_a_mark_lies_on_no_other(tmp_path: Path, outlines: Boundaries) -> None:
    rows = [f"{place} consolidation 2022 confirmed a" for place in ("lima", "quito", "cusco")]
    build = tables(tmp_path, *rows, *(row.replace("consolidation", "disruption") for row in rows))
    # A degree is 23 pixels here: the badge of Lima, 9 pixels away at its upper right, would cover the number of Quito. Cusco is far enough.
    marks, tags = drawn_at(places_at(build, lima=(-10.0, -75.0), quito=(-9.4, -74.4), cusco=(-8.2, -73.2)), outlines)
    assert len(marks) == 2
    assert len(tags) == 1
    assert math.dist(*marks) > 27


def test_the_tag_of_a_mark_gives_way_to_others(tmp_path: Path, outlines: Boundaries) -> None:
    rows = [f"{place} consolidation 2022 confirmed a" for place in ("lima", "callao-jail", "quito")]
    apart, near = (
        drawn_at(places_at(tables(tmp_path / str(quito), *rows), lima=(-10.0, -75.0), callao_jail=(-10.0, -74.9), quito=quito), outlines)
        for quito in ((-5.0, -75.0), (-10.85, -75.85))  # due north, and where the tag of Lima would stand
    )
    for marks, ((x, y),) in (apart, near):
        lima = min(marks, key=lambda mark: math.dist(mark, (400, 300)))
        (quito,) = (mark for mark in marks if mark != lima)
        assert (x < lima[0] and y > lima[1]) == (marks == apart[0])  # at the lower left, if there is room
        assert math.dist((x, y), lima) < 16
        assert math.dist((x, y), quito) > 9 + 6


@pytest.mark.parametrize("size", [(900, 420), (560, 560)])
def test_the_legend_lies_on_no_mark_though_there_are_marks_in_every_corner(tmp_path: Path, outlines: Boundaries, size: tuple[int, int]) -> None:
    corners = {"lima": (50.0, -100.0), "quito": (50.0, 100.0), "cusco": (-40.0, -100.0), "callao_jail": (-40.0, 100.0)}
    build = places_at(tables(tmp_path, *(f"{place.replace('_', '-')} consolidation 2022 confirmed a" for place in corners)), **corners)
    drawn = picture.svg(words("en"), build, taken(build).looks, outlines, title="", notes=(), size=size)
    marks = [(float(x), float(y)) for x, y in re.findall(r'<use href="#m3-[^"]*" x="([-.\d]+)" y="([-.\d]+)"', drawn)]
    (legend,) = re.findall(r'<g transform="translate\(([.\d]+) ([.\d]+)\)"><rect width="(\d+)" height="(\d+)" rx="8"', drawn)
    left, top, wide, high = map(float, legend)
    assert len(marks) == 4
    assert all(0 < x < size[0] and 0 < y < size[1] for x, y in marks)
    assert [(x, y) for x, y in marks if left - 9 < x < left + wide + 9 and top - 9 < y < top + high + 9] == []


@pytest.mark.parametrize(("further", "expected"), [((0.0, 0.0), ""), ((7.0, 0.0), "Lima")])
def test_a_name_stands_beyond_the_tag_of_its_mark_where_no_other_side_has_room(further: tuple[float, float], expected: str) -> None:
    mark, tag, right, above, below = (91, 91, 109, 109), (84, 102, 98, 116), (112, 80, 300, 120), (60, 60, 140, 88), (60, 112, 140, 140)
    labels = Labels(300, 200, [mark, tag, right, above, below])
    written = labels.beside("Lima", 100, 100, 14.5, ink="#000000", further=further)
    assert (texts(f'<svg xmlns="http://www.w3.org/2000/svg">{written}</svg>') or [""])[0] == expected


def test_a_mark_at_the_edge_of_a_picture_has_its_name_beside_its_tag(tmp_path: Path, outlines: Boundaries) -> None:
    rows = [f"{place} consolidation 2022 confirmed a" for place in ("lima", "callao-jail")]
    build = places_at(tables(tmp_path, *rows), lima=(-10.0, -75.0), callao_jail=(-10.0, -74.9))
    drawn = picture.svg(words("en"), build, taken(build).looks, outlines, title="", notes=(), view=(-10.0, -92.0, 5.0), size=(800, 600))
    assert {"Lima", "Callao jail"} & set(texts(drawn))


def test_an_area_has_its_sign_before_a_point_has_its_name(tmp_path: Path, outlines: Boundaries) -> None:
    build = tables(tmp_path, "peru contested 2022 confirmed a", "peru consolidation 2022 confirmed a", "lima consolidation 2022 confirmed a")
    build.places.loc[build.places["place_id"] == "lima", "name"] = "A long name that reaches across the land"
    found = picture.svg(
        words("en"), places_at(build, lima=(-9.0, -77.5)), taken(build).looks, outlines, title="", notes=(), view=(-10.0, -75.0, 4.0), size=(500, 400)
    )
    assert found.count('<use href="#m3-') == 2
    assert "Contested (not visible here)" not in texts(found)


def test_no_name_lies_on_the_tip_of_a_route(tmp_path: Path, outlines: Boundaries) -> None:
    build = places_at(tables(tmp_path, "peru contested 2022 confirmed a"), lima=(-2.0, -90.0), quito=(-9.2, -75.0))
    found = taken(build)
    drawn = [
        picture.svg(words("en"), build, found.looks, outlines, title="", notes=(), legs=legs, view=(-10.0, -75.0, 4.5), size=(800, 600))
        for legs in (build.routes[:0], build.routes)
    ]
    (free, other) = (
        next((float(use.get("x") or 0), float(use.get("y") or 0)) for use in ElementTree.fromstring(svg).iter(f"{SVG}use") if use.get("x")) for svg in drawn
    )
    assert math.dist(free, other) >= 9  # the sign of Peru, and the name with it, gives way to the arrow that ends on its middle


@pytest.mark.parametrize(("home", "name"), [("lima", "Lima"), ("callao-jail", "Callao jail")])
def test_of_places_that_lie_together_the_home_is_drawn(tmp_path: Path, outlines: Boundaries, home: str, name: str) -> None:
    rows = [f"{home} origin 2010 confirmed a", *(f"{place} consolidation 2022 confirmed a" for place in ("lima", "callao-jail", "quito"))]
    found = texts(svg_file(taken(tables(tmp_path, *rows)), outlines))
    assert {"Lima", "Callao jail"} & set(found) == {name}


def test_a_mark_with_the_home_under_it_bears_its_badge(tmp_path: Path, outlines: Boundaries) -> None:
    small = tables(tmp_path, "lima origin 2010 confirmed a", "callao-jail consolidation 2022 confirmed a", "quito consolidation 2022 confirmed a")
    marks = [glyph(3, 0, known=False, outcomes=outcomes, codebook=CODEBOOK) for outcomes in (1 << HOME, 0)]
    shown, off = (svg_file(taken(small, state=State(hide=hide)), outlines).decode() for hide in ((), ("origin",)))
    assert [mark in shown for mark in marks] == [True, True]  # on Callao jail, not on Quito
    assert [mark in off for mark in marks] == [False, True]


def test_a_mark_before_a_line_of_text_is_that_of_the_map() -> None:
    assert line_mark(CODEBOOK, 3, -1) == {"corners": [], "fill": "#ffe83b", "ink": "#14161a", "sign": "3"}
    assert line_mark(CODEBOOK, 1, -1)["corners"] == [(0.0, -1.18), (1.16, 0.83), (-1.16, 0.83)]
    assert [line_mark(CODEBOOK, -1, outcome)["sign"] for outcome in (0, 1)] == ["×", "−"]
    assert line_mark(CODEBOOK, -1, -1) == {}


@pytest.mark.parametrize(
    ("rows", "disruption"),
    [
        (["callao-jail disruption 2023 confirmed a"], "Disruption (not visible here)"),  # under Lima
        (["callao-jail disruption 2023 confirmed a", "cusco disruption 2023 confirmed a"], "Disruption"),
        (["callao-jail disruption 2023 confirmed a", "peru disruption 2023 confirmed a"], "Disruption"),  # the sign of an area
    ],
)
def test_the_legend_counts_all_and_says_what_is_not_seen(tmp_path: Path, outlines: Boundaries, rows: list[str], disruption: str) -> None:
    small = tables(tmp_path, "lima consolidation 2022 confirmed a", "quito consolidation 2022 confirmed a", *rows)
    found = texts(svg_file(taken(small), outlines))
    assert [found[found.index(label) + 1] for label in ("Consolidation", disruption)] == ["2", str(len(rows))]
    assert {"2", "3", "number of places under a mark"} <= set(found)
    assert not {"Origin", "Contested"} & set(found)  # of which nothing is shown


def test_the_sign_of_an_area_stands_inside_it(tmp_path: Path, outlines: Boundaries) -> None:
    """Where there is room: on the middle of Peru stands a prison here."""
    small = tables(tmp_path, "peru disruption 2023 confirmed a", "callao-jail consolidation 2022 confirmed a")
    small.places.loc[small.places["place_id"] == "callao-jail", ["latitude", "longitude"]] = [-9.2, -75.0]
    svg = picture.svg(words("en"), small, taken(small).looks, outlines, title="", size=(740, 640))
    jail, peru = ((float(use.get("x") or 0), float(use.get("y") or 0)) for use in ElementTree.fromstring(svg).iter(f"{SVG}use"))
    assert 15 < math.dist(jail, peru) < 60


def test_a_region_is_coloured_where_it_is_land(tmp_path: Path, outlines: Boundaries) -> None:
    """A circle around the Andes would colour half of an ocean; around a place at sea there is nothing else to colour."""
    small = tables(tmp_path, "andes exploration 2022 confirmed a", "lima exploration 2022 confirmed a")

    def clipped(build: Tables) -> list[int]:
        root = ElementTree.fromstring(picture.svg(words("en"), build, taken(build).looks, outlines, title=""))
        return [len(group) for group in root.iter(f"{SVG}g") if group.get("clip-path") == "url(#ashore)"]

    assert clipped(small) == [1]
    small.places.loc[small.places["place_id"] == "andes", ["latitude", "longitude"]] = [-20.0, -100.0]
    assert clipped(small) == []


def test_a_region_does_not_show_between_the_lines_of_a_country(tmp_path: Path, outlines: Boundaries) -> None:
    """There it would look like a second phase."""

    def between(name: str, *rows: str) -> list[str]:
        build = tables(tmp_path / name, *rows)
        root = ElementTree.fromstring(picture.svg(words("en"), build, taken(build).looks, outlines, title=""))
        inside = next(list(group) for group in root.iter() if any(part.get("clip-path") == "url(#ashore)" for part in group))
        first = next(position for position, part in enumerate(inside) if part.get("clip-path") == "url(#ashore)")
        second = next(position for position, part in enumerate(inside) if "hatch" in (part.get("fill") or "") or part.get("stroke-dasharray") == "6 5")
        return [part.get("fill", "") for part in inside[first + 1 : second]]

    assert between("both", "andes exploration 2022 confirmed a", "peru consolidation 2022 reported a") == [picture.Palette().land]
    assert between("one", "andes exploration 2022 confirmed a", "lima consolidation 2022 reported a") == []


def test_what_is_switched_off_is_not_drawn(small: Tables, outlines: Boundaries) -> None:
    found = texts(svg_file(taken(small, state=State(hide=("penetration", "routes"))), outlines))
    assert not {"Quito", "Routes"} & set(found)
    assert "Layers switched off: Penetration, Routes" in " ".join(found)


def test_a_view_is_drawn_where_it_was(small: Tables, outlines: Boundaries) -> None:
    near = texts(svg_file(taken(small, state=State(view=(-0.2, -78.5, 8.0))), outlines))
    assert "Quito" in near
    assert "Lima" not in near


@pytest.mark.parametrize("chosen", [Filter(), Filter(documents=("c",))])
def test_pixels(small: Tables, outlines: Boundaries, chosen: Filter) -> None:
    image = Image.open(io.BytesIO(png_file(taken(small, chosen=chosen), outlines)))
    assert image.size == (2560, 1440)
    assert len(image.convert("RGB").resize((320, 180)).getcolors(100_000) or []) > 20


def test_the_letters_are_there_without_a_font_of_the_system() -> None:
    frame = '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="60" font-family="system-ui, sans-serif"><rect width="400" height="60" fill="#fff"/>{}</svg>'
    blank, plain, bold = (
        Image.open(io.BytesIO(png(frame.format(text), zoom=1))).convert("L")
        for text in ("", '<text x="9" y="40" font-size="30">Tocorón Łódź</text>', '<text x="9" y="40" font-size="30" font-weight="700">Tocorón Łódź</text>')
    )
    dark = [sum(image.histogram()[:128]) for image in (blank, plain, bold)]
    assert dark[0] == 0
    assert 500 < dark[1] < dark[2]


def test_a_small_drawing_without_words_around_it(small: Tables, outlines: Boundaries) -> None:
    found = taken(small)
    svg = picture.svg(found.words, small, found.looks, outlines, title="", notes=(), focus="origin", size=(740, 640))
    root = ElementTree.fromstring(svg)
    assert (root.get("width"), root.get("height")) == ("740", "640")
    assert "Lima" in texts(svg)
    assert not any("endorsement" in text for text in texts(svg))
    faint = [element for element in root.iter(f"{SVG}use") if element.get("opacity")]
    assert len(faint) == 2  # Cusco and Peru; Quito lies outside


@pytest.mark.parametrize("level", ["admin1", "region"])
def test_the_sign_of_an_area_stands_in_no_smaller_one(tmp_path: Path, outlines: Boundaries, level: str) -> None:
    """There it would be taken for the sign of that; a region has no border, so nothing is in it."""
    small = tables(tmp_path, "peru consolidation 2023 confirmed a", "callao-jail exploration 2022 confirmed a")
    small.places.loc[small.places["place_id"] == "callao-jail", ["level", "latitude", "longitude", "radius_km"]] = [level, -9.2, -75.0, 120.0]
    svg = picture.svg(words("en"), small, taken(small).looks, outlines, title="", size=(740, 640))
    marks = {str(use.get("href"))[:3]: (float(use.get("x") or 0), float(use.get("y") or 0)) for use in ElementTree.fromstring(svg).iter(f"{SVG}use")}
    inside = next(path for path in ElementTree.fromstring(svg).iter(f"{SVG}path") if path.get("fill") == "#4b6c9e")
    ring = [(float(x), float(y)) for x, y in (point.split(",") for point in re.split("[MLZ]", str(inside.get("d"))) if point)]
    middle = (sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring))
    assert (math.dist(marks["#m3"], middle) < math.dist(ring[0], middle)) == (level == "region")


def test_a_region_has_no_sign_without_its_name(tmp_path: Path, outlines: Boundaries) -> None:
    """It would be read as a town."""
    small = tables(tmp_path, "andes exploration 2022 confirmed a", "lima consolidation 2022 confirmed a")
    found = []
    for name in ("Andes", "The mountains in the west of a continent"):
        small.places.loc[small.places["place_id"] == "andes", "name"] = name
        svg = picture.svg(words("en"), small, taken(small).looks, outlines, title="", notes=(), view=(-14.0, -68.0, 4.0), size=(240, 300))
        found.append((name in texts(svg), '<use href="#m1-' in svg))
    assert found == [(True, True), (False, False)]


def test_the_name_of_a_pale_area_is_pale(tmp_path: Path, outlines: Boundaries) -> None:
    small = tables(tmp_path, "peru consolidation 2022 confirmed a", "quito exploration 2022 confirmed a")
    found = taken(small)
    inks = []
    for focus in ("consolidation", "exploration"):
        svg = picture.svg(words("en"), small, found.looks, outlines, title="", notes=(), focus=focus, view=(-6.0, -75.0, 4.0))
        inks.append(next(text.get("fill") for text in ElementTree.fromstring(svg).iter(f"{SVG}text") if text.text == "Peru"))
    assert inks == [Palette().text, Palette().soft]


@pytest.mark.parametrize(
    ("rows", "keys"),
    [
        (["lima consolidation 2022 confirmed a"], []),
        (["lima consolidation 2022 reported a", "quito contested 2022 suspected a"], ["reported", "suspected"]),
        (["lima consolidation 2023-05* confirmed a"], ["dated only by its document"]),
        (["peru consolidation 2022 reported a"], ["reported", "area: hatched where not confirmed"]),
        (["peru disruption 2022 reported a"], ["reported"]),  # has no colour
        (["lima consolidation 2022 confirmed a", "callao-jail exploration 2022 confirmed a"], ["number of places under a mark"]),
    ],
)
def test_the_legend_explains_the_signs_of_the_drawing_and_no_others(tmp_path: Path, outlines: Boundaries, rows: list[str], keys: list[str]) -> None:
    small = tables(tmp_path, *rows)
    svg = picture.svg(words("en"), small, taken(small).looks, outlines, title="", notes=())
    known = ["reported", "suspected", "dated only by its document", "area: hatched where not confirmed", "number of places under a mark", "Routes"]
    assert [text for text in texts(svg) if text in known] == keys
