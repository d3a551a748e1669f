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
from gazetteer.index import Index
from gazetteer.index.containment import holds
from gazetteer.records import Candidate, Mention, Place
from gazetteer.resolution import Locator, Resolver

_REVERSE_KM = 100.0
"""How far from a point a place may lie to be its name."""
_HALF_KM = 50.0
"""How far from the point of ``near`` a candidate has half of its score."""


def parse_point(text: str) -> tuple[float, float]:
    """Read latitude and longitude from ``LAT,LON``.

    Raises InputError where it is not that, or outside the globe.
    """
    match = re.fullmatch(r"\s*([-+]?\d+(?:\.\d+)?)\s*,\s*([-+]?\d+(?:\.\d+)?)\s*", text, re.ASCII)
    if match is None or abs(float(match[1])) > 90 or abs(float(match[2])) > 180:
        raise InputError(f"{text!r} is not a point LAT,LON in degrees, such as 4.61,-74.08")
    return float(match[1]), float(match[2])


def parse_country(text: str) -> str:
    """Read an ISO 3166-1 alpha-2 code.

    Raises InputError where it is not two letters.
    """
    if not re.fullmatch("[A-Za-z]{2}", text):
        raise InputError(f"{text!r} is not a country's code of two letters, such as PE")
    return text.upper()


def address(place: Place) -> str:
    """Write the place as one line: name, first-level unit, country code."""
    parts = [place.name, place.admin1_name if place.admin1 != place.id else "", place.country if place.level != "country" else ""]
    return ", ".join(part for part in parts if part)


class EmbeddedGeocoder(Geocoder):  # type: ignore[misc]
    """Geocodes with the embedded gazetteer: no network, no account, no limit."""

    def __init__(self, index: Index, online: Locator | None = None) -> None:
        """``online`` is asked for names that the gazetteer does not know."""
        super().__init__(scheme="https", timeout=DEFAULT_SENTINEL, proxies=None, user_agent=None, ssl_context=None, adapter_factory=None)
        self.index, self.online = index, online
        self.resolver = Resolver(index)

    def candidates(self, query: str, *, near: tuple[float, float] | None = None, country: str | None = None) -> list[Candidate]:
        """All places that a query may mean, the likeliest first. "City, State" takes what stands behind the comma for what holds the place.

        ``near``: latitude and longitude; ``country``: ISO 3166-1 alpha-2.
        """
        wanted = country.upper() if country else ""
        query = query.encode("utf-8", "replace").decode("utf-8")  # a command line may hold bytes that are no text
        mentions = _mentions(query, wanted)
        if not mentions:
            return []
        groups = self.resolver.groups(query, mentions)
        every = list(groups[0].numbers)
        self.resolver.rank_first(groups)  # keeps the most populous namesakes
        first = groups[0]
        found = [Candidate(self.index.place(number), chance, "") for number, chance in zip(first.numbers, first.chances, strict=False)]
        if not found:
            holders = [group.facts[0].country for group in groups[1:] if group.facts]
            return self._asked(mentions[0].surface, wanted or next(iter(holders), ""))
        if near:
            least = min(candidate.score for candidate in found)
            found += [Candidate(self.index.place(number), least, "") for number in sorted(set(every) - set(first.numbers))]
        return _ranked(found, near)

    def without_holder(self, query: str, found: Sequence[Candidate]) -> str:
        """Give what a query of "City, State" says to hold the place where it holds none of those found, ``""`` where it does or nothing is said."""
        mentions = _mentions(query.encode("utf-8", "replace").decode("utf-8"), "")
        if len(mentions) < 2:
            return ""
        holders = self.index.find(mentions[1].surface)
        return "" if any(holds(holder, candidate.place) for candidate in found for holder in holders) else mentions[1].surface

    def _asked(self, name: str, country: str) -> list[Candidate]:
        place = self.online.locate(name, country) if self.online else None
        return [Candidate(place, 1.0, "online")] if place else []

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: object = DEFAULT_SENTINEL,
        country_codes: str | None = None,
        near: tuple[float, float] | None = None,
        limit: int | None = None,
    ) -> Location | list[Location] | None:
        """Find the place of a name.

        Raises GeocoderQueryError where the query is empty, ValueError where ``limit`` is less than 1.
        """
        del timeout  # nothing is waited for
        if not query or not query.strip():
            raise GeocoderQueryError("the query is empty; give the name of a place")
        found = [location(candidate) for candidate in self.candidates(query, near=near, country=country_codes)]
        return _answer(found, exactly_one=exactly_one, limit=limit)

    def reverse(self, query: object, *, exactly_one: bool = True, timeout: object = DEFAULT_SENTINEL, limit: int = 5) -> Location | list[Location] | None:
        """Find the nearest populated places of a point (a geopy Point, a pair latitude, longitude, or a text), within 100 km.

        Raises ValueError where the point is none, or ``limit`` is less than 1.
        """
        del timeout
        point = Point(query)
        found = [location(candidate) for candidate in self._near(point.latitude, point.longitude, limit)]
        return _answer(found, exactly_one=exactly_one, limit=limit)

    def _near(self, latitude: float, longitude: float, limit: int) -> list[Candidate]:
        numbers = self.index.nearest(latitude, longitude, km=_REVERSE_KM, limit=limit)
        measured = [
            (geodesic((latitude, longitude), (place.latitude, place.longitude)).km, place) for place in (self.index.place(number) for number, _ in numbers)
        ]
        measured.sort(key=lambda pair: (pair[0], pair[1].id))
        return [Candidate(place, round(1 / (1 + km), 4), f"{km:.1f} km away") for km, place in measured]


def _ranked(found: Sequence[Candidate], near: tuple[float, float] | None) -> list[Candidate]:
    """Give the candidates with scores that add up to 1, the best first."""
    if near:
        kms = [geodesic(near, (candidate.place.latitude, candidate.place.longitude)).km for candidate in found]
        found = [
            replace(candidate, score=candidate.score / (1 + (km / _HALF_KM) ** 2), reason=f"{km:.0f} km away") for candidate, km in zip(found, kms, strict=True)
        ]
    total = sum(candidate.score for candidate in found) or 1.0
    shares = [replace(candidate, score=round(candidate.score / total, 4)) for candidate in found]
    return sorted(shares, key=lambda candidate: (-candidate.score, -candidate.place.population, candidate.place.id))


def _answer(found: list[Location], *, exactly_one: bool, limit: int | None) -> Location | list[Location] | None:
    if limit is not None and limit < 1:
        raise ValueError(f"limit {limit} is less than 1")
    if not found:
        return None
    return found[0] if exactly_one else found[:limit]


def location(candidate: Candidate) -> Location:
    """Give a candidate as geopy gives places; ``raw`` holds its id, level, country and score."""
    place = candidate.place
    raw = {
        "id": place.id,
        "name": place.name,
        "level": place.level,
        "country_code": place.country,
        "adm_1": place.admin1_name,
        "geonameid": place.geonameid,
        "score": candidate.score,
        "source": place.source,
    }
    return Location(address(place), Point(place.latitude, place.longitude), raw)


def _mentions(query: str, country: str) -> list[Mention]:
    """Give the parts of a query as mentions, the first of a place in the country where one is given."""
    mentions: list[Mention] = []
    position = 0
    for part in query.split(","):
        surface = part.strip()
        if surface:
            start = query.index(surface, position)
            mentions.append(Mention(start, start + len(surface), surface, "literal", country="" if mentions else country))
        position += len(part) + 1
    return mentions
