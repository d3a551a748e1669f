"""Any geopy geocoder behind the embedded gazetteer, for the names that it does not know. Off unless a user names one.

It is asked at most once a second and once for a name: answers and misses are kept in the cache folder. What it answers counts only where it bears the name,
lies in the country and is of a level that the text allows; and a service that fails is left alone after three times.
"""

from __future__ import annotations

import inspect
import json
import os
import sqlite3
import warnings
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from geopy.exc import GeocoderNotFound, GeopyError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import get_geocoder_for_service
from geopy.location import Location

from gazetteer import __version__
from gazetteer.errors import InputError
from gazetteer.files import cache_folder
from gazetteer.geocoding.answers import Answer, Wanted, acceptable
from gazetteer.index import Index
from gazetteer.records import Level, Place

KEY = "EXPANSION_ATLAS_ONLINE_KEY"
"""The environment variable that holds a service's key, where it wants one: a command line is seen by others."""
_KEYS = ("api_key", "apikey", "access_token", "subscription_key", "username")
"""What geopy's geocoders call a key; a user name beside a password is none."""
_MOST_FAILURES = 3
_LIMIT = 10
_NONSENSE = (KeyError, TypeError, ValueError, AttributeError, IndexError)
"""What geopy's readers raise for an answer that is JSON and still not theirs."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Which service to ask and how."""

    service: str
    """geopy's name of it: nominatim, photon, arcgis ..."""
    domain: str = ""
    """Host of one's own, with or without ``http://``; ``""`` for the service's public one."""
    user_agent: str = f"expansion-atlas/{__version__}"
    timeout: float = 10.0
    """In seconds."""
    delay: float = 1.0
    """Least time between two questions, in seconds: what the public Nominatim asks for."""

    @property
    def name(self) -> str:
        """The service and its host, for messages and for the cache."""
        return f"{self.service} ({self.domain})" if self.domain else self.service


class Online:
    """One online geocoder, with its cache."""

    def __init__(self, settings: Settings, index: Index) -> None:
        """``index`` tells the country of an answer that does not say it.

        Raises InputError where geopy knows no such service, or it cannot be set up.
        """
        self.settings, self.index = settings, index
        self._geocode, self._options = _geocoder(settings)
        self._cache = Cache()
        self._failures = 0
        self._lines: list[str] = []

    def locate(self, surface: str, country: str = "", levels: Sequence[Level] = ()) -> Place | None:
        """Ask for the place that bears a name; None where the service knows none, contradicts the text, or fails.

        ``country``: ISO 3166-1 alpha-2, ``""`` where the text says none; ``levels``: those that the text allows, all where empty.
        """
        wanted = Wanted(" ".join(surface.split()), country.upper(), tuple(levels))
        return acceptable(self._answers(wanted.name, wanted.country), wanted, self.index, self.settings.service)

    def drain(self) -> list[str]:
        """Give what a person should know since the last call, as lines."""
        lines, self._lines = self._lines, []
        return lines

    def _answers(self, name: str, country: str) -> list[Answer]:
        question = (self.settings.name, name.casefold(), country)
        known = self._cache.get(question) if name else []
        if known is not None:
            return known
        if self._failures >= _MOST_FAILURES:
            return []
        options: dict[str, Any] = dict(self._options)
        if "country_codes" in options:
            options["country_codes"] = country.lower() or None
        try:
            with warnings.catch_warnings(action="ignore", category=UserWarning):  # of geopy, before it refuses a latitude of 95
                found = [_answer(location) for location in self._geocode(name, **options) or []]
        except (GeopyError, *_NONSENSE) as error:
            self._fail(error)
            return []
        self._failures = 0
        warning = self._cache.put(question, found)
        if warning:
            self._lines.append(warning)
        return found

    def _fail(self, error: Exception) -> None:
        self._failures += 1
        why = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        if self._failures == 1:
            self._lines.append(f"{self.settings.name}: the online geocoder gave no answer ({why}); names that it was to find stay unresolved")
        elif self._failures == _MOST_FAILURES:
            self._lines.append(f"{self.settings.name}: failed {_MOST_FAILURES} times and is not asked again in this run; run again when it is there")


def _answer(location: Location) -> Answer:
    answer = Answer(str(location.address), float(location.latitude), float(location.longitude), location.raw if isinstance(location.raw, dict) else {})
    if not (abs(answer.latitude) <= 90 and abs(answer.longitude) <= 180):
        raise ValueError(f"a point at {answer.latitude}, {answer.longitude}")
    return answer


# ------------------------------------------------------------------ setting a service up


def check(settings: Settings) -> None:
    """Raise InputError where geopy knows no such service, or it cannot be set up."""
    _geocoder(settings)


def _geocoder(settings: Settings) -> tuple[Callable[..., list[Location] | None], dict[str, Any]]:
    """Give a service's rate-limited ``geocode`` and the options that it takes."""
    try:
        service = get_geocoder_for_service(settings.service)
    except GeocoderNotFound as error:
        raise InputError(f"--online {settings.service!r} is no geocoder of geopy's; give one such as nominatim, photon, arcgis or geonames") from error
    takes = inspect.signature(service.__init__).parameters
    scheme, _, domain = settings.domain.rpartition("://")
    offered = {"user_agent": settings.user_agent, "timeout": settings.timeout, "domain": domain, "scheme": scheme}
    offered |= dict.fromkeys([name for name in _KEYS if name != "username" or "password" not in takes], os.environ.get(KEY, ""))
    given = {name: value for name, value in offered.items() if name in takes and value}
    if domain and "domain" not in takes:
        raise InputError(f"--online {settings.service!r} has no host to choose; leave --online-domain out")
    missing = [name for name, parameter in takes.items() if parameter.default is parameter.empty and name not in ("self", *given)]
    if missing:
        raise InputError(f"--online {settings.service!r} wants {', '.join(missing)}; set {KEY} in the environment, or choose a service that wants none")
    try:
        geocoder = service(**given)
    except (GeopyError, ValueError, TypeError) as error:
        raise InputError(f"--online {settings.service!r} cannot be set up: {' '.join(str(error).split())}") from error
    wanted = {"exactly_one": False, "limit": _LIMIT, "addressdetails": True, "namedetails": True, "language": "en", "country_codes": None}
    options = {name: value for name, value in wanted.items() if name in inspect.signature(geocoder.geocode).parameters}
    limited = RateLimiter(geocoder.geocode, min_delay_seconds=settings.delay, max_retries=0, swallow_exceptions=False)
    return limited, options


# ------------------------------------------------------------------ cache

Question = tuple[str, str, str]
"""Service, name, country."""


class Cache:
    """Answers by question, in a SQLite file of the cache folder. A file that cannot be used costs the cache, not the run."""

    def __init__(self) -> None:
        self.path = cache_folder() / "online.sqlite"

    def get(self, question: Question) -> list[Answer] | None:
        """Give what was answered, an empty list for a miss, None where it was never asked."""
        if not self.path.is_file():
            return None
        try:
            with closing(sqlite3.connect(self.path, timeout=5)) as connection:
                row = connection.execute("SELECT answers FROM asked WHERE service = ? AND name = ? AND country = ?", question).fetchone()
            return [Answer(*answer) for answer in json.loads(row[0])] if row else None
        except (sqlite3.Error, ValueError, TypeError):
            return None

    def put(self, question: Question, answers: Sequence[Answer]) -> str:
        """Keep an answer; a line for a person where it could not be kept, else ``""``."""
        text = json.dumps([[answer.address, answer.latitude, answer.longitude, answer.raw] for answer in answers], ensure_ascii=False, default=str)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.path, timeout=5)) as connection, connection:
                connection.execute(
                    "CREATE TABLE IF NOT EXISTS asked (service TEXT, name TEXT, country TEXT, answers TEXT, PRIMARY KEY (service, name, country))"
                )
                connection.execute("INSERT OR REPLACE INTO asked VALUES (?, ?, ?, ?)", (*question, text))
        except (sqlite3.Error, OSError) as error:
            return f"{self.path}: answers of the online geocoder cannot be kept ({error}); delete the file"
        return ""
