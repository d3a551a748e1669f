"""Simplification that keeps neighbours' edges shared and lets no unit vanish.

`shapely.coverage_simplify` takes one tolerance for all. A tolerance that suits Siberia leaves a triangle of Liechtenstein, so units
are simplified in rounds: first all of them finely, then, round by round, the larger ones more, while the edges of smaller ones stay
as they are. The sea is a member of the coverage, so that a coast is an edge between two members like any other.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon


class Round(NamedTuple):
    """Units of at least `area` square degrees are simplified with `tolerance`, the square root of a triangle's area in degrees."""

    area: float
    tolerance: float


ROUNDS = (
    Round(0.0, 0.015),
    Round(0.015, 0.04),
    Round(0.06, 0.08),
    Round(0.3, 0.12),
    Round(1.5, 0.16),
    Round(8.0, 0.22),
)

_WORLD = shapely.box(-181.0, -91.0, 181.0, 91.0)


def simplify_coverage(outlines: Sequence[MultiPolygon], rounds: Sequence[Round] = ROUNDS) -> list[MultiPolygon]:
    """Simplify a valid coverage; the result is one too, in the same order, with no empty member. Degrees in, degrees out."""
    simplified = np.asarray(outlines, dtype=object)
    areas = shapely.area(simplified)
    for least, tolerance in rounds:
        chosen = np.flatnonzero(areas >= least)
        sea = _WORLD.difference(shapely.coverage_union_all(simplified))
        *land, _ = shapely.coverage_simplify([*simplified[chosen], sea], tolerance, simplify_boundary=False)
        simplified[chosen] = land
    return [MultiPolygon([outline]) if isinstance(outline, Polygon) else outline for outline in simplified]
