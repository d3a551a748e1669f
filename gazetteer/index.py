"""The embedded gazetteer: places by name, memory-mapped, read only.

An index is a folder of five files, written by :mod:`gazetteer.index_build`:

* ``names.marisa``: a trie of all names as :func:`gazetteer.names.key` writes them; a name's number in it is its row in the postings,
* ``offsets.bin``, ``postings.bin``: for each name, the places that bear it, ``place << 2 | how``,
* ``places.bin``: a fixed-width record for each place, ``strings.bin``: their names and ids,
* ``meta.json``: versions, counts, and the other files' sizes. It is written last: an index without it is not whole.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians
from pathlib import Path
from typing import NamedTuple

import marisa_trie

from gazetteer.errors import IndexFileError
from gazetteer.names import key
from gazetteer.records import Level, Place

FORMAT = 3
RECORD = struct.Struct("<iiIHHBBBxII")
"""Latitude and longitude in microdegrees, population, radius in hundreds of metres, first-level unit, country, level, source, then the offsets of name and id."""
LEVELS: tuple[Level, ...] = ("facility", "locality", "admin2", "admin1", "country", "region")
FILES = ("names.marisa", "offsets.bin", "postings.bin", "places.bin", "strings.bin")

CANONICAL, ALTERNATE, SHORT, RELAXED = range(4)
"""How a name belongs to a place: its own, another that it bears, an abbreviation, or its own without a generic word ("Callao" for "El Callao")."""


class Facts(NamedTuple):
    """What ranking needs of a place."""

    latitude: float
    longitude: float
    population: int
    radius_km: float
    admin1: int
    """Number of the first-level unit, 0 for none; compare it with others of the same index only."""
    country: str
    level: Level


@dataclass(frozen=True, slots=True)
class Meta:
    """What an index says of itself."""

    versions: dict[str, str]
    counts: dict[str, int]
    countries: list[str]
    admin1: list[str]
    """Ids of first-level units, by number; the first is empty."""
    sources: list[str]


class Index:
    """Looks places up by name. Numbers of places are internal to one index; ids (``gn:3688689``, ``CO``, ``CO-NSA``) are stable."""

    def __init__(self, folder: Path) -> None:
        """Open an index folder.

        Raises IndexFileError where it is missing, cut short or of another format.
        """
        self.folder = folder
        self.meta = _read_meta(folder)
        self._trie = marisa_trie.Trie().mmap(str(folder / "names.marisa"))
        self._offsets = _map(folder / "offsets.bin").cast("I")
        self._postings = _map(folder / "postings.bin").cast("I")
        self._places = _map(folder / "places.bin")
        self._strings = _map(folder / "strings.bin")
        self._names: dict[str, tuple[tuple[int, int], ...]] = {}
        self._longer: dict[str, bool] = {}
        self._facts: dict[int, Facts] = {}
        self._built: dict[int, Place] = {}
        self._admin1_numbers = {unit: number for number, unit in enumerate(self.meta.admin1)}

    def __len__(self) -> int:
        return len(self._places) // RECORD.size

    def lookup(self, name_key: str) -> tuple[tuple[int, int], ...]:
        """(place number, how) of all places with a name, given as :func:`gazetteer.names.key` writes it; empty where there is none."""
        found = self._names.get(name_key)
        if found is None:
            row = self._trie.get(name_key)
            found = () if row is None else tuple((entry >> 2, entry & 3) for entry in self._postings[self._offsets[row] : self._offsets[row + 1]])
            self._names[name_key] = found
        return found

    def begins_longer(self, name_key: str) -> bool:
        """Whether some name of several words begins with this one's words."""
        found = self._longer.get(name_key)
        if found is None:
            found = self._longer[name_key] = self._trie.has_keys_with_prefix(name_key + " ")
        return found

    def facts(self, number: int) -> Facts:
        """What ranking needs of a place."""
        found = self._facts.get(number)
        if found is None:
            lat, lon, population, radius, admin1, country, level, _, _, _ = RECORD.unpack_from(self._places, number * RECORD.size)
            found = Facts(lat / 1e6, lon / 1e6, population, radius / 10, admin1, self.meta.countries[country], LEVELS[level])
            self._facts[number] = found
        return found

    def place(self, number: int) -> Place:
        """The whole place."""
        found = self._built.get(number)
        if found is None:
            facts = self.facts(number)
            *_, source, name, ident = RECORD.unpack_from(self._places, number * RECORD.size)
            unit = self.meta.admin1[facts.admin1]
            found = Place(
                id=self._string(ident),
                name=self._string(name),
                country=facts.country,
                admin1=unit,
                admin1_name=self.name_of(unit) if unit else "",
                level=facts.level,
                latitude=facts.latitude,
                longitude=facts.longitude,
                radius_km=facts.radius_km,
                population=facts.population,
                source=self.meta.sources[source],
            )
            self._built[number] = found
        return found

    def by_id(self, ident: str) -> Place | None:
        """The place of an id, or None. Ids are names too, marked by a leading ``#``, so that this is one look-up."""
        entries = self.lookup("#" + ident.lower())
        return self.place(entries[0][0]) if entries else None

    def name_of(self, ident: str) -> str:
        """The name of the place of an id, ``""`` where there is none."""
        entries = self.lookup("#" + ident.lower())
        if not entries:
            return ""
        return self._string(RECORD.unpack_from(self._places, entries[0][0] * RECORD.size)[-2])

    def admin1_number(self, ident: str) -> int:
        """Number of a first-level unit by its id, 0 where it is unknown."""
        return self._admin1_numbers.get(ident, 0)

    def find(self, name: str) -> list[Place]:
        """All places that bear a name, the most populous first."""
        numbers = dict.fromkeys(number for number, _ in self.lookup(key(name)))
        return sorted((self.place(number) for number in numbers), key=lambda place: (-place.population, place.id))

    def around(self, latitude: float, longitude: float, km: float, *, level: int) -> list[int]:
        """Numbers of the places of a level (its number in :data:`LEVELS`) in a box that holds a circle round a point; all records are looked at."""
        reach = km / 111.0
        wide = min(180.0, reach / max(0.01, cos(radians(latitude))))
        low, high = (latitude - reach) * 1e6, (latitude + reach) * 1e6
        found = []
        for number, (lat, lon, _, _, _, _, kind, _, _, _) in enumerate(RECORD.iter_unpack(self._places)):
            if low <= lat <= high and kind == level and min(abs(lon / 1e6 - longitude), 360 - abs(lon / 1e6 - longitude)) <= wide:
                found.append(number)
        return found

    def _string(self, offset: int) -> str:
        length = self._strings[offset]
        return bytes(self._strings[offset + 1 : offset + 1 + length]).decode("utf-8")


def _map(path: Path) -> memoryview:
    with path.open("rb") as file:
        return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def _read_meta(folder: Path) -> Meta:
    path = folder / "meta.json"
    remedy = "delete the folder and run again: it is built anew"
    try:
        raw = json.loads(path.read_text("utf-8"))
        sizes = {name: os.path.getsize(folder / name) for name in FILES}
    except FileNotFoundError as error:
        raise IndexFileError(f"{folder}: the gazetteer index is not whole ({Path(str(error.filename)).name} is missing); {remedy}") from error
    except (OSError, ValueError) as error:
        raise IndexFileError(f"{folder}: the gazetteer index cannot be read ({error}); {remedy}") from error
    for name, size in sizes.items():
        if size != raw.get("sizes", {}).get(name):
            raise IndexFileError(f"{folder}: the gazetteer index is not whole ({name} has {size} bytes, not {raw.get('sizes', {}).get(name)}); {remedy}")
    if raw["format"] != FORMAT:
        raise IndexFileError(f"{folder}: the gazetteer index has format {raw['format']}, not {FORMAT}; {remedy}")
    return Meta(raw["versions"], raw["counts"], raw["countries"], raw["admin1"], raw["sources"])


@lru_cache(maxsize=2)
def open_index(folder: Path) -> Index:
    """The index of a folder, opened once in a process."""
    return Index(folder)
