"""Which answer of an online geocoder is the place that a text names, if any.

Services answer in many shapes and always with something: a street called after a town, a shop, a namesake across the sea. What stands here is one rule for
all of them: the name, the country and the level must agree, and a name that could be several places far apart is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, isfinite, radians
from typing import Any

from gazetteer.index import DEGREE_KM, Index
from gazetteer.index.containment import distance_km
from gazetteer.records import Level, Place
from gazetteer.text.names import key

_APART_KM = 100.0
_NEAR_KM = 100.0
_RADIUS_KM: dict[Level, float] = {"facility": 0.3, "locality": 2.0, "admin2": 25.0, "admin1": 100.0, "country": 300.0, "region": 200.0}
"""Nominal radius of a place whose answer has no box."""
_TYPES: dict[Level, str] = {
    "country": "country territory dependency",
    "admin1": "state province region prefecture admin1 administrative_area_level_1 macroregion",
    "admin2": "county state_district district municipality admin2 administrative_area_level_2 department",
    "locality": "city town village hamlet suburb quarter neighbourhood neighborhood borough city_district municipality locality district isolated_dwelling "
    "farm sublocality postal_town settlement",
    "facility": "prison aerodrome airport aeroway hotel hospital university border_control bridge bus_station station railway stadium building amenity tourism "
    "man_made military leisure park port harbour ferry_terminal marketplace attraction museum camp_site refugee_site venue",
    "region": "continent ocean sea bay strait island islet archipelago river stream water lake reservoir natural mountain_range peak desert peninsula forest "
    "wood national_park region marinearea",
}
_LEVELS: dict[str, tuple[Level, ...]] = {}
for _level, _words in _TYPES.items():
    for _word in _words.split():
        _LEVELS[_word] = (*_LEVELS.get(_word, ()), _level)
_RANKS: tuple[tuple[int, Level], ...] = ((4, "country"), (9, "admin1"), (12, "admin2"), (22, "locality"))
"""Nominatim's search rank up to which a boundary is of a level, for servers that say no more than "administrative"."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service answered: its address line, WGS 84 degrees, and all the rest as it came."""

    address: str
    latitude: float
    longitude: float
    raw: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a text says of a place."""

    name: str
    country: str
    """ISO 3166-1 alpha-2, ``""`` where it says none."""
    levels: tuple[Level, ...]
    """Those that it allows; all where empty."""


def acceptable(answers: Sequence[Answer], wanted: Wanted, index: Index, service: str) -> Place | None:
    """Choose the place that a name means among the answers of a service, or None."""
    found = [place for answer in answers if (place := _place(answer, wanted, index, service))]
    if not found or (not wanted.country and any(distance_km(found[0], other) > max(_APART_KM, found[0].radius_km) for other in found[1:])):
        return None
    return found[0]


def _place(answer: Answer, wanted: Wanted, index: Index, service: str) -> Place | None:
    """Take an answer for a place, None where it contradicts the name, the country or the level."""
    level = next((level for level in possible_levels(answer.raw) if not wanted.levels or level in wanted.levels), None)
    if level is None or key(wanted.name) not in {key(name) for name in _names(answer)}:
        return None
    nearest = index.nearest(answer.latitude, answer.longitude, km=_NEAR_KM, limit=1)
    facts = index.facts(nearest[0][0]) if nearest else None
    said = _country(answer.raw) or (facts.country if facts and level not in ("country", "region") else "")
    if wanted.country and said != wanted.country:
        return None
    unit = index.meta.admin1[facts.admin1] if facts and facts.country == said and level in ("facility", "locality", "admin2") else ""
    return Place(
        id=_id(answer, service),
        name=next((name for name in _names(answer) if key(name) == key(wanted.name)), wanted.name),
        country=said,
        admin1=unit,
        admin1_name=index.name_of(unit) if unit else "",
        level=level,
        latitude=answer.latitude,
        longitude=answer.longitude,
        radius_km=_radius_km(answer.raw) or _RADIUS_KM[level],
        population=0,
        source=f"OpenStreetMap ({service})" if _osm(answer.raw) else f"online: {service}",
    )


def _properties(raw: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the places of an answer where services tell of it."""
    yield raw
    for name in ("properties", "address", "components", "attributes"):
        inner = raw.get(name)
        if isinstance(inner, Mapping):
            yield inner


def _texts(raw: Mapping[str, Any], *names: str) -> Iterator[str]:
    for properties in _properties(raw):
        for name in names:
            value = properties.get(name)
            yield from (text for text in (value if isinstance(value, list) else [value]) if isinstance(text, str))


def possible_levels(raw: Mapping[str, Any]) -> tuple[Level, ...]:
    """Levels that an answer may be of, the likeliest first; none for what is no place of the codebook's (a street, a shop) or does not say."""
    rank = raw.get("place_rank")
    if raw.get("type") == "administrative" and "addresstype" not in raw and isinstance(rank, int):
        return next(((level,) for most, level in _RANKS if rank <= most), ())
    words = (
        *_texts(raw, "addresstype"),
        *_texts(raw, "osm_value", "type", "layer", "types", "_type", "place_type"),
        *_texts(raw, "class", "category", "osm_key"),
    )
    return next((_LEVELS[word.casefold()] for word in words if word.casefold() in _LEVELS), ())


def _names(answer: Answer) -> Iterator[str]:
    yield answer.address.partition(",")[0]
    yield from _texts(answer.raw, "name", "label", "long_name")
    details = answer.raw.get("namedetails")
    if isinstance(details, Mapping):
        yield from (name for name in details.values() if isinstance(name, str))


def _country(raw: Mapping[str, Any]) -> str:
    return next((text.upper() for text in _texts(raw, "country_code", "countrycode", "countryCode", "ISO_3166-1_alpha-2") if len(text) == 2), "")


def _osm(raw: Mapping[str, Any]) -> str:
    """Give the OpenStreetMap object of an answer, ``""`` for other sources."""
    kinds = {"N": "node", "W": "way", "R": "relation"}
    for properties in _properties(raw):
        kind, number = str(properties.get("osm_type") or ""), properties.get("osm_id")
        if kind and isinstance(number, int):
            return f"{kinds.get(kind, kind)}/{number}"
    return ""


def _id(answer: Answer, service: str) -> str:
    osm = _osm(answer.raw)
    return f"osm:{osm}" if osm else f"online:{service}:{answer.latitude:.5f},{answer.longitude:.5f}"


def _radius_km(raw: Mapping[str, Any]) -> float:
    """Half the mean side of the answer's box, 0 where it has none (south, north, west, east, as Nominatim gives it)."""
    try:
        south, north, west, east = (float(edge) for edge in raw["boundingbox"])
    except (KeyError, TypeError, ValueError):
        return 0.0
    radius = DEGREE_KM * (abs(north - south) + abs(east - west) * cos(radians((south + north) / 2))) / 4
    return radius if isfinite(radius) else 0.0
