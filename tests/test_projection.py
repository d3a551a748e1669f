"""Where the world is cut, and where outlines stand in it."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard import boundaries
from dashboard.projection import ATLANTIC, DATE_LINE, WORLD, rings, western_edge, world
from tests.browser_scripts import NODE, run

APIA, SUVA, HONOLULU, TOKYO, LIMA, LONDON, MIAMI, SHANGHAI = -171.8, 178.4, -157.9, 139.7, -77.0, -0.1, -80.2, 121.5


@pytest.mark.parametrize(
    ("longitudes", "west"),
    [
        ([], DATE_LINE),
        ([SUVA], DATE_LINE),
        ([SUVA, APIA], ATLANTIC),
        ([TOKYO, HONOLULU, LIMA], ATLANTIC),
        ([LONDON, TOKYO, HONOLULU], ATLANTIC),
        ([LONDON, SUVA], DATE_LINE),
        ([LIMA, MIAMI, LONDON], DATE_LINE),
        ([LIMA, LONDON, TOKYO], DATE_LINE),
        ([LIMA, MIAMI, SHANGHAI], DATE_LINE),  # nearer together round the other way, but not by much
    ],
)
def test_the_world_is_cut_where_the_places_are_not(longitudes: list[float], west: float) -> None:
    assert western_edge(np.array(longitudes, float)) == west


def test_what_lies_west_of_the_edge_comes_after_all_the_rest() -> None:
    east = world(np.zeros(3), np.array([SUVA, APIA, LONDON]), west=ATLANTIC)[:, 0] / WORLD * 360 - 180
    assert east.tolist() == pytest.approx([178.4, 188.2, -0.1])


def _spans(west: float) -> dict[str, tuple[float, float]]:
    """West and east of the outlines of some countries, in degrees."""
    found = rings(boundaries.read().world, west)
    ends = {name: np.concatenate(found[name])[:, 0] / WORLD * 360 - 180 for name in ("FJ", "RU", "AQ", "NZ", "US")}
    return {name: (round(float(east.min())), round(float(east.max()))) for name, east in ends.items()}


def test_countries_on_the_date_line_are_whole_where_the_world_is_cut_in_the_atlantic() -> None:
    assert _spans(DATE_LINE) == {"FJ": (-180, 180), "RU": (-180, 180), "AQ": (-180, 180), "NZ": (-178, 179), "US": (-179, 180)}
    assert _spans(ATLANTIC) == {"FJ": (177, 182), "RU": (20, 190), "AQ": (-180, 540), "NZ": (166, 184), "US": (173, 293)}


@pytest.mark.skipif(NODE is None, reason="Node is not installed")
@pytest.mark.parametrize("west", [DATE_LINE, ATLANTIC])
def test_the_browser_puts_the_outlines_where_the_server_does(west: float) -> None:
    topology = boundaries.read().world
    body = "const found = atlas.geometry.outlines(JSON.parse(input.topology), input.west); return Object.fromEntries([...found].map(([id, { box }]) => [id, box]));"
    boxes = run(body, {"topology": topology.decode(), "west": west}, scripts=("geometry",))
    for name, found in rings(topology, west).items():
        points = np.concatenate(found)
        assert boxes[name] == pytest.approx([*points.min(axis=0), *points.max(axis=0)])
