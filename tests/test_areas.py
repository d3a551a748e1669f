"""The sign of an area and its name, as the browser draws them."""

from __future__ import annotations

import pytest

from tests import browser_scripts

pytestmark = pytest.mark.skipif(browser_scripts.NODE is None, reason="Node is not installed")

SIGNS = """
globalThis.document = {};
atlas.areas = { holds: () => true };
atlas.glyphs = { signAt: () => ({ x: 0, y: 0, reach: 5 }) };
const drawn = [];
const data = { places: { label: ["Latin America"], x: [50], y: [50] } };
const scene = { visible: () => ({ rank: 2, certainty: 1, known: 0, outcomes: 0 }), faded: () => false, sign: () => "", fresh: () => false, selected: null };
const area = { place: 0, shape: { box: [0, 0, 100, 100] }, soft: input.isRegion };
const view = { scale: 4, left: 0, top: 0, width: 400, height: 400, zoom: 2 };
const taken = { take() {}, isFree: ([west, , east]) => east - west <= input.room };
const text = () => ({ width: 90, height: 14, image: null });
const context = { drawImage: () => drawn.push("name") };
atlas.marks.names(context, view, data, scene, [], [area], text, { at: () => drawn.push("sign") }, {}, 10, taken);
return drawn;
"""


@pytest.mark.parametrize(
    ("is_region", "room", "expected"),
    [
        (True, 400, ["sign", "name"]),
        (False, 400, ["sign", "name"]),
        (False, 40, ["sign"]),  # its border says what the sign is on
        (True, 40, []),  # without its name it would be read as a town
    ],
)
def test_the_sign_of_a_region_never_stands_without_its_name(is_region: bool, room: int, expected: list[str]) -> None:
    scripts = ("data", "time", "filters", "words", "story", "theme", "scene", "marks")
    assert browser_scripts.run(SIGNS, {"isRegion": is_region, "room": room}, scripts=scripts) == expected


PAINTED = """
globalThis.document = { createElement: () => ({ getContext: () => null }) };
const painted = [];
const context = new Proxy({ globalCompositeOperation: "source-over" }, {
  get: (pen, name) => (name === "fill" ? (path) => painted.push([path, pen.globalCompositeOperation]) : name in pen ? pen[name] : () => undefined),
});
const area = (place, path, soft) => ({ place, soft, ground: soft ? () => "land" : null, shape: { box: [0, 0, 9, 9], path: () => path, edge: () => path } });
const scene = { visible: (place) => ({ rank: place === 2 ? -1 : 1, certainty: 1, known: 0, outcomes: 1 }), faded: () => false, fresh: () => false, selected: null };
const areas = [area(0, "South America", true), area(1, "Brazil", false), area(2, "Peru", false)];
const view = { zoom: 2, scale: 1, ratio: 1, left: 0, top: 0, box: [0, 0, 9, 9] };
atlas.areas.paint(context, view, areas, scene, {}, [], () => "hatch", () => "land");
return painted;
"""


def test_a_regions_colour_does_not_lie_under_that_of_its_countries() -> None:
    painted = browser_scripts.run(PAINTED, None, scripts=("data", "theme", "sheet", "areas"))
    # Of Peru, where only an outcome is told, nothing is filled.
    assert painted == [["South America", "source-over"], ["Brazil", "destination-out"], ["Brazil", "source-over"]]
