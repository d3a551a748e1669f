"""When what the program found agrees with what an annotator marked: places, phases and dates."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gazetteer.index import Facts
from gazetteer.index.containment import distance_km
from gazetteer.records import AREA_LEVELS, Level
from gazetteer.training.markup import MarkedPlace

_NEAR_POINT, _NEAR_AREA, _NEAR_ANY = 25.0, 250.0, 100.0
"""Kilometres within which a candidate is the marked place."""
_WITHIN = 1.2
"""Radii of a large area within which its marked point lies: nobody knows where the middle of Latin America is."""
Pairs = set[tuple[str, str, str]]
"""(document, place, phase)."""
_START = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_UNITS = {"day": 10, "month": 7}
"""Characters of a date that its precision compares; else the year's four."""


def f1(found: Pairs, marked: Pairs) -> float:
    """Return the harmonic mean of precision and recall."""
    return 2 * len(found & marked) / (len(found) + len(marked))


@dataclass(frozen=True, slots=True)
class Target:
    """The point that a mention is marked with; ``level`` is None where its corpus says none."""

    latitude: float
    longitude: float
    level: Level | None = None
    country: str = ""

    @classmethod
    def of(cls, place: MarkedPlace) -> Target:
        """Return the target of a reading's place."""
        return cls(place.latitude, place.longitude, place.level, place.country)

    def facts(self) -> Facts:
        """Give it as a point to measure distances from."""
        return Facts(self.latitude, self.longitude, 0, 0.0, 0, self.country, self.level or "locality")


def miss_km(found: Facts, target: Target) -> float | None:
    """Return how far a candidate lies from the target, None where it cannot be the place that was meant."""
    distance = distance_km(found, target.facts())
    if target.level is None:
        return distance if distance < _NEAR_ANY else None
    if (target.level in AREA_LEVELS) != (found.level in AREA_LEVELS):
        return None
    if target.level == "country":
        return 0.0 if found.level == "country" and found.country == target.country else None
    if target.level in AREA_LEVELS:
        same = found.country == target.country or (target.level == "region" and "" in (found.country, target.country))
        return distance if same and distance < max(_NEAR_AREA, _WITHIN * found.radius_km) else None
    return distance if distance < _NEAR_POINT else None


def same_start(wanted: str, precision: str, found: str) -> bool:
    """Whether two EDTF dates begin in the same unit of ``precision``: the same day, month or else year."""
    first, second = earliest(wanted), earliest(found)
    if first is None or second is None:
        return first == second
    length = min(_UNITS.get(precision, 4), len(first))
    return len(second) >= length and second[:length] == first[:length]


def earliest(date: str) -> str | None:
    """Return the ISO date, month or year that an EDTF date begins with, None where it is open or empty."""
    match = _START.search(date.split("/", maxsplit=1)[0])
    return match.group() if match else None
