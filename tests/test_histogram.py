"""The bars under the slider, as the browser draws them."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard import boundaries, layers
from dashboard.data import read
from tests import browser_scripts
from tests.small_tables import table, write_build

pytestmark = pytest.mark.skipif(browser_scripts.NODE is None, reason="Node is not installed")

WIDTH = 822
BARS = """
const data = atlas.data.decode(input);
const mask = new Uint8Array(data.observations.count).fill(1);
const span = atlas.time.span(data, mask);
const found = atlas.histogram.bins(data, mask, span, 800);
const x = atlas.histogram.scale(found, 822);
return { bars: atlas.histogram.bars(found, 822).map(({ left, wide, tall }) => [left, wide, tall]), days: span.map(x) };
"""


def drawn(folder: Path, *rows: str) -> tuple[list[tuple[float, float, float]], list[float]]:
    """Left, width and height of each bar that is not empty, and where the first and the last day are; in pixels."""
    payload = layers.payload(read(write_build(folder, table(*rows))), boundaries.NONE)
    told = browser_scripts.run(BARS, payload, scripts=("data", "time", "histogram"))
    return [(left, wide, tall) for left, wide, tall in told["bars"] if tall], told["days"]


def test_the_first_and_the_last_bar_are_as_wide_as_the_others_and_hold_their_days(tmp_path: Path) -> None:
    bars, days = drawn(
        tmp_path, "lima exploration 2018-01-20 confirmed a", "quito exploration 2021-05-10 confirmed a", "cusco exploration 2025-05-01 confirmed a"
    )
    assert len(bars) == 3
    assert min(wide for _, wide, _ in bars) > 7
    assert bars[0][0] < days[0] < bars[0][0] + bars[0][1]
    assert bars[-1][0] <= days[1] < bars[-1][0] + bars[-1][1] <= WIDTH - 11


def test_few_observations_are_seen_beside_many(tmp_path: Path) -> None:
    bars, _ = drawn(
        tmp_path, "lima exploration 2018 confirmed a", "quito exploration 2019-03-02 confirmed a", *["cusco exploration 2023-05* confirmed a"] * 200
    )
    a_twelfth, one, many = bars[0][2], bars[12][2], bars[-1][2]
    assert (a_twelfth, one, many) == (3, 3, 35)
    bars, _ = drawn(tmp_path, "lima exploration 2019-03-02 confirmed a", *["cusco exploration 2023-05 confirmed a"] * 25)
    assert [tall for _, _, tall in bars] == [7, 35]  # a fifth, and not a twenty-fifth
