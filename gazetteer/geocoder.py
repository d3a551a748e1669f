"""The embedded gazetteer as a geopy geocoder, and any geopy geocoder behind it for what it does not know.

``geocode`` and ``reverse`` answer as geopy users expect (geopy.readthedocs.io): a :class:`geopy.location.Location`, a list of them, or None.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from geopy.distance import geodesic
from geopy.exc import GeocoderQueryError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from gazetteer.errors import InputError
from gazetteer.index import LEVELS, Index
from gazetteer.records import Candidate, Mention, Place
from gazetteer.resolution import Resolver

_REVERSE_KM = 100.0
"""How far from a point a place may lie to be its name."""


def parse_point(text: str) -> tuple[float, float]:
    """Latitude and longitude of ``LAT,LON``.

    Raises InputError where it is not that, or outside the globe.
    """
    match = re.fullmatch(r"\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*", text)
    if match is None or abs(float(match.group(1))) > 90 or abs(float(match.group(2))) > 180:
        raise InputError(f"{text!r} is not a point LAT,LON in degrees, such as 4.61,-74.08")
    return float(match.group(1)), float(match.group(2))


def address(place: Place) -> str:
    """The place as one line: name, first-level unit, country code."""
    parts = [place.name, place.admin1_name if place.admin1 != place.id else "", place.country if place.level != "country" else ""]
    return ", ".join(part for part in parts if part)


class EmbeddedGeocoder(Geocoder):  # type: ignore[misc]
    """Geocodes with the embedded gazetteer: no network, no account, no limit."""

    def __init__(self, index: Index) -> None:
        super().__init__(scheme="https", timeout=DEFAULT_SENTINEL, proxies=None, user_agent=None, ssl_context=None, adapter_factory=None)
        self.index = index
        self.resolver = Resolver(index)

    def candidates(self, query: str, *, near: tuple[float, float] | None = None, country: str | None = None) -> list[Candidate]:
        """All places that a query may mean, the likeliest first. "City, State" takes what stands behind the comma for what holds the place.

        ``near``: latitude and longitude; ``country``: ISO 3166-1 alpha-2.
        """
        mentions = _mentions(query)
        if not mentions:
            return []
        groups = self.resolver.groups(query, mentions)
        self.resolver.rank(groups)
        first = groups[0]
        found = [Candidate(self.index.place(number), chance, "") for number, chance in zip(first.numbers, first.chances, strict=False)]
        if country:
            found = [candidate for candidate in found if candidate.place.country == country.upper()]
        if near:
            found = [replace(candidate, score=candidate.score / (1 + (geodesic(near, (candidate.place.latitude, candidate.place.longitude)).km / 50) ** 2)) for candidate in found]
        total = sum(candidate.score for candidate in found) or 1.0
        found = [replace(candidate, score=round(candidate.score / total, 4)) for candidate in found]
        return sorted(found, key=lambda candidate: (-candidate.score, -candidate.place.population, candidate.place.id))

    def geocode(
        self, query: str, *, exactly_one: bool = True, timeout: object = DEFAULT_SENTINEL, country_codes: str | None = None, near: tuple[float, float] | None = None, limit: int | None = None
    ) -> Location | list[Location] | None:
        """The place of a name.

        Raises GeocoderQueryError (a ValueError) where the query is empty.
        """
        del timeout  # nothing is waited for
        if not query or not query.strip():
            raise GeocoderQueryError("the query is empty; give the name of a place")
        found = [location(candidate) for candidate in self.candidates(query, near=near, country=country_codes)]
        return self._answer(found[:limit], exactly_one)

    def reverse(self, query: object, *, exactly_one: bool = True, timeout: object = DEFAULT_SENTINEL, limit: int = 5) -> Location | list[Location] | None:
        """The nearest populated places of a point (a geopy Point, a pair latitude, longitude, or a text), within 100 km."""
        del timeout
        point = Point(query)
        found = [location(candidate) for candidate in self._near(point.latitude, point.longitude, limit)]
        return self._answer(found, exactly_one)

    def _near(self, latitude: float, longitude: float, limit: int) -> Sequence[Candidate]:
        numbers = self.index.around(latitude, longitude, _REVERSE_KM, level=LEVELS.index("locality"))
        places = [self.index.place(number) for number in numbers]
        ranked = sorted((geodesic((latitude, longitude), (place.latitude, place.longitude)).km, place.id, place) for place in places)
        return [Candidate(place, round(1 / (1 + km), 4), f"{km:.1f} km away") for km, _, place in ranked[:limit] if km <= _REVERSE_KM]

    @staticmethod
    def _answer(found: list[Location], exactly_one: bool) -> Location | list[Location] | None:
        if not found:
            return None
        return found[0] if exactly_one else found


def location(candidate: Candidate) -> Location:
    """A candidate as geopy gives places; ``raw`` holds its id, level, country and score."""
    place = candidate.place
    raw = {"id": place.id, "name": place.name, "level": place.level, "country_code": place.country, "adm_1": place.admin1_name, "geonameid": place.geonameid, "score": candidate.score, "source": place.source}
    return Location(address(place), Point(place.latitude, place.longitude), raw)


def _mentions(query: str) -> list[Mention]:
    mentions = []
    position = 0
    for part in query.split(","):
        surface = part.strip()
        if surface:
            start = query.index(surface, position)
            mentions.append(Mention(start, start + len(surface), surface, "literal"))
        position += len(part) + 1
    return mentions
