"""Small islands that are left out of the drawn outlines, where their unit keeps larger ground.

Natural Earth has some 8,000 polygons; a seventh of them are islets of coasts such as Norway's, Chile's and Alaska's, which cost more
bytes than they show. Points and radii are taken from the full outlines.
"""

from collections.abc import Sequence

import numpy as np
import shapely
from shapely import MultiPolygon

SMALL = 0.005
"""Square degrees: about 60 square kilometres at the equator."""

SHARE = 0.1
"""Of its unit's largest polygon: an islet that is more than this stays."""


def without_islets(outlines: Sequence[MultiPolygon]) -> list[MultiPolygon]:
    """The outlines, in order, without polygons that are small, small beside their unit's largest, and touch no other."""
    polygons, owners = shapely.get_parts(np.asarray(outlines, dtype=object), return_index=True)
    areas = shapely.area(polygons)
    largest = np.zeros(len(outlines))
    np.maximum.at(largest, owners, areas)
    touching = shapely.STRtree(polygons).query(polygons, predicate="intersects")[0]
    alone = np.bincount(touching, minlength=len(polygons)) == 1
    dropped = alone & (areas < SMALL) & (areas < SHARE * largest[owners])
    kept = [polygons[(owners == number) & ~dropped] for number in range(len(outlines))]
    return [MultiPolygon(list(parts)) for parts in kept]
