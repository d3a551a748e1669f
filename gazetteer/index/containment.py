"""Which place lies in which, as far as the gazetteer knows: by country and unit, and by distance where it has no outline."""

from __future__ import annotations

import math
from typing import Protocol

from gazetteer.index.lookup import DEGREE_KM, Facts
from gazetteer.records import Place


class Point(Protocol):
    """What has coordinates, WGS 84 in degrees."""

    @property
    def latitude(self) -> float:
        """Degrees north."""

    @property
    def longitude(self) -> float:
        """Degrees east."""


def distance_km(a: Point, b: Point) -> float:
    """Approximate distance, good for ranking at a few hundred kilometres (equirectangular, sphere of 6371 km)."""
    latitude = a.latitude - b.latitude
    longitude = abs(a.longitude - b.longitude)
    if longitude > 180:
        longitude = 360 - longitude
    longitude *= math.cos(math.radians((a.latitude + b.latitude) / 2))
    return DEGREE_KM * math.sqrt(latitude * latitude + longitude * longitude)


def holds(outer: Place, inner: Place) -> bool:
    """Whether one place lies in another, as far as the gazetteer knows."""
    if outer.id == inner.id:
        return False
    if outer.level == "country":
        return outer.country == inner.country and inner.level != "country"
    if outer.level == "admin1":
        return inner.level in ("locality", "facility", "admin2") and outer.id == inner.admin1
    if (outer.level in ("admin2", "region") and inner.level in ("locality", "facility")) or (outer.level == "locality" and inner.radius_km < outer.radius_km):
        return distance_km(outer, inner) <= max(2.0, outer.radius_km) and (not outer.country or outer.country == inner.country)
    return False


def may_hold(outer: Facts, inner: Facts) -> bool:
    """Give the same for candidates, with a wider reach: a name beside another says more than its radius."""
    if outer.level == "country":
        return outer.country == inner.country and inner.level != "country"
    if outer.level == "admin1":
        return outer.admin1 == inner.admin1 != 0 and inner.level not in ("country", "admin1")
    if outer.level in ("admin2", "region", "locality") and inner.level in ("locality", "facility", "admin2"):
        if outer.level == "locality" and inner.population > outer.population:
            return False
        return distance_km(outer, inner) < max(60.0, 1.5 * outer.radius_km)
    return False
