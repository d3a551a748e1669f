"""Point and size of an outline.

All in WGS 84 degrees and kilometres, on a sphere of the Earth's mean radius. Areas and centroids are taken in Lambert's azimuthal
equal-area projection about the middle of each polygon, so that the north of a country weighs no more than its south.
"""

from math import asin, atan2, cos, degrees, hypot, pi, radians, sin, sqrt
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt
import shapely
from shapely import MultiPolygon, Polygon

EARTH_RADIUS_KM = 6371.0088

_Shape = TypeVar("_Shape", Polygon, MultiPolygon)


class Position(NamedTuple):
    """A point in WGS 84 degrees."""

    latitude: float
    longitude: float


def representative_position(outline: MultiPolygon) -> Position:
    """The first of these that lies on land of the outline: its centroid, that of its largest polygon, a point within that polygon."""
    main = max(outline.geoms, key=_area_km2)
    for centroid in (_centroid(outline, _middle(main)), _centroid(main, _middle(main))):
        if outline.contains(shapely.Point(centroid.longitude, centroid.latitude)):
            return centroid
    inside = main.representative_point()
    return Position(inside.y, inside.x)


def radius_km(outline: MultiPolygon) -> float:
    """Radius of the circle that covers as much ground as the outline with all its parts."""
    return sqrt(sum(_area_km2(polygon) for polygon in outline.geoms) / pi)


def distance_km(one: Position, other: Position) -> float:
    """Great-circle distance."""
    first, second = radians(one.latitude), radians(other.latitude)
    across = cos(first) * cos(second) * sin(radians(other.longitude - one.longitude) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(sin((second - first) / 2) ** 2 + across))


def _area_km2(polygon: Polygon) -> float:
    return float(_flat(polygon, _middle(polygon)).area)


def _centroid(shape: _Shape, middle: Position) -> Position:
    x, y = _flat(shape, middle).centroid.coords[0]
    return _unproject(x, y, middle)


def _middle(polygon: Polygon) -> Position:
    west, south, east, north = polygon.bounds
    return Position((south + north) / 2, (west + east) / 2)


def _flat(shape: _Shape, middle: Position) -> _Shape:
    """The shape in kilometres east and north of the middle; parts beyond the antimeridian come to lie beside the others."""
    return shapely.transform(shape, lambda points: _project(points, middle))


def _project(points: npt.NDArray[np.float64], middle: Position) -> npt.NDArray[np.float64]:
    """(n, 2) longitudes and latitudes in degrees to x and y in kilometres."""
    turn, latitude = np.radians(points[:, 0] - middle.longitude), np.radians(points[:, 1])
    start = radians(middle.latitude)
    east = np.cos(latitude) * np.sin(turn)
    north = cos(start) * np.sin(latitude) - sin(start) * np.cos(latitude) * np.cos(turn)
    nearness = sin(start) * np.sin(latitude) + cos(start) * np.cos(latitude) * np.cos(turn)
    scale = EARTH_RADIUS_KM * np.sqrt(2 / (1 + nearness))
    return np.column_stack([east * scale, north * scale])


def _unproject(x: float, y: float, middle: Position) -> Position:
    """X and y in kilometres back to degrees."""
    away = hypot(x, y)
    if away == 0:
        return middle
    start, angle = radians(middle.latitude), 2 * asin(away / (2 * EARTH_RADIUS_KM))
    latitude = asin(cos(angle) * sin(start) + y * sin(angle) * cos(start) / away)
    turn = atan2(x * sin(angle), away * cos(start) * cos(angle) - y * sin(start) * sin(angle))
    longitude = middle.longitude + degrees(turn)
    return Position(degrees(latitude), (longitude + 180) % 360 - 180)
