"""The embedded gazetteer: places by name, memory-mapped, read only.

An index is a folder of six files, written by :mod:`gazetteer.index.build`:

* ``names.marisa``: a trie of all names as :func:`gazetteer.text.names.key` writes them; a name's number in it is its row in the postings,
* ``offsets.bin``, ``postings.bin``: for each name, the places that bear it, ``place << 2 | how``,
* ``places.bin``: a fixed-width record for each place, ``strings.bin``: their names and ids,
* ``meta.json``: versions, counts, and the other files' sizes. It is written last: an index without it is not whole.
"""

from __future__ import annotations

import json
import mmap
import struct
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians
from pathlib import Path
from typing import Any, NamedTuple

import marisa_trie

from gazetteer.errors import IndexFileError
from gazetteer.records import Level, Place
from gazetteer.text.names import key

FORMAT = 4
RECORD = struct.Struct("<iiIHHBBHII")
"""Latitude and longitude in microdegrees, population, radius in hundreds of metres, numbers of first-level unit, country, level and source, then the offsets
of name and id in the strings."""
_COLUMNS = ("latitude", "longitude", "population", "radius", "admin1", "country", "level", "source", "name", "id")
LEVELS: tuple[Level, ...] = ("facility", "locality", "admin2", "admin1", "country", "region")
FILES = ("names.marisa", "offsets.bin", "postings.bin", "places.bin", "strings.bin")
META = "meta.json"

CANONICAL, ALTERNATE, SHORT, RELAXED = range(4)
"""How a name belongs to a place: its own, another that it bears, an abbreviation, or its own without a generic word ("Callao" for "El Callao")."""
SEAT = "seat:"
"""Begins the id of a town of which only the second-level unit around it is known."""
DEGREE_KM = 111.195
"""Of a degree of latitude on a sphere of 6371 km."""
_REMEDY = "build it anew with: python -m gazetteer index"


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
    unmatched: list[str]
    """Aliases whose place is not in it."""


class Index:
    """Looks places up by name. Numbers of places are internal to one index; ids (``gn:3688689``, ``CO``, ``CO-NSA``) are stable."""

    def __init__(self, folder: Path) -> None:
        """Open an index folder.

        Raises IndexFileError where it is missing, cut short or of another format.
        """
        self.folder = folder
        self.meta = _read_meta(folder)
        try:
            self._trie = marisa_trie.Trie().mmap(str(folder / "names.marisa"))
            self._offsets = _map(folder / "offsets.bin").cast("I")
            self._postings = _map(folder / "postings.bin").cast("I")
            self._places = _map(folder / "places.bin")
            self._strings = _map(folder / "strings.bin")
        except (OSError, RuntimeError, ValueError, TypeError) as error:  # what the trie and the maps raise for files that are not theirs
            raise IndexFileError(f"{folder}: the gazetteer index cannot be read ({error}); {_REMEDY}") from error
        self._names: dict[str, tuple[tuple[int, int], ...]] = {}
        self._longer: dict[str, bool] = {}
        self._facts: dict[int, Facts] = {}
        self._built: dict[int, Place] = {}

    def __len__(self) -> int:
        return len(self._places) // RECORD.size

    def lookup(self, name_key: str) -> tuple[tuple[int, int], ...]:
        """(place number, how) of all places with a name, given as :func:`gazetteer.text.names.key` writes it; empty where there is none."""
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
            found = self._longer[name_key] = next(self._trie.iterkeys(name_key + " "), None) is not None
        return found

    def facts(self, number: int) -> Facts:
        """Give what ranking needs of a place."""
        found = self._facts.get(number)
        if found is None:
            lat, lon, population, radius, admin1, country, level, _, _, _ = RECORD.unpack_from(self._places, number * RECORD.size)
            found = Facts(lat / 1e6, lon / 1e6, population, radius / 10, admin1, self.meta.countries[country], LEVELS[level])
            self._facts[number] = found
        return found

    def place(self, number: int) -> Place:
        """Give the whole place."""
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
        """Give the place of an id, or None. Ids are names too, marked by a leading ``#``, so that this is one look-up."""
        entries = self.lookup("#" + ident.lower())
        return self.place(entries[0][0]) if entries else None

    def name_of(self, ident: str) -> str:
        """Give the name of the place of an id, ``""`` where there is none."""
        entries = self.lookup("#" + ident.lower())
        if not entries:
            return ""
        return self._string(RECORD.unpack_from(self._places, entries[0][0] * RECORD.size)[-2])

    def find(self, name: str) -> list[Place]:
        """All places that bear a name, the most populous first."""
        numbers = dict.fromkeys(number for number, _ in self.lookup(key(name).lstrip("#")))
        return sorted((self.place(number) for number in numbers), key=lambda place: (-place.population, place.id))

    def nearest(self, latitude: float, longitude: float, *, km: float, limit: int, level: Level = "locality") -> list[tuple[int, float]]:
        """Numbers and distances (km, on a sphere) of the places of a level that lie nearest to a point, at most ``km`` away, the nearest first.

        Towns of which only the unit around them is known are left out: nobody knows how near they are.
        """
        import numpy as np  # noqa: PLC0415 -- some 0.1 s, and only this needs it

        types = {"i": "<i4", "I": "<u4", "H": "<u2", "B": "u1"}
        records: Any = np.frombuffer(self._places, dtype=[(name, types[code]) for name, code in zip(_COLUMNS, RECORD.format[1:], strict=True)])
        band = np.abs(records["latitude"] - latitude * 1e6) <= km / DEGREE_KM * 1e6
        numbers = np.nonzero(band & (records["level"] == LEVELS.index(level)))[0]
        north = (records["latitude"][numbers] / 1e6 - latitude) * DEGREE_KM
        apart = np.abs(records["longitude"][numbers] / 1e6 - longitude)
        east = np.minimum(apart, 360 - apart) * cos(radians(latitude)) * DEGREE_KM
        distances = np.hypot(north, east)
        found: list[tuple[int, float]] = []
        for place in np.lexsort((numbers, distances)):
            if distances[place] > km or len(found) == limit:
                break
            if not self.place(int(numbers[place])).id.startswith(SEAT):
                found.append((int(numbers[place]), float(distances[place])))
        return found

    def _string(self, offset: int) -> str:
        length = self._strings[offset]
        return bytes(self._strings[offset + 1 : offset + 1 + length]).decode("utf-8")


def _map(path: Path) -> memoryview:
    with path.open("rb") as file:
        return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def _read_meta(folder: Path) -> Meta:
    try:
        raw = json.loads((folder / META).read_text("utf-8"))
        sizes = {name: (folder / name).stat().st_size for name in FILES}
        if raw["format"] != FORMAT:
            raise IndexFileError(f"{folder}: the gazetteer index has format {raw['format']}, not {FORMAT}; {_REMEDY}")
        for name, size in sizes.items():
            if size != raw["sizes"][name]:
                raise IndexFileError(f"{folder}: the gazetteer index is cut short ({name} has {size} bytes, not {raw['sizes'][name]}); {_REMEDY}")
        return Meta(raw["versions"], raw["counts"], raw["countries"], raw["admin1"], raw["sources"], raw["unmatched"])
    except IndexFileError:
        raise
    except FileNotFoundError as error:
        raise IndexFileError(f"{folder}: the gazetteer index is not whole ({Path(str(error.filename)).name} is missing); {_REMEDY}") from error
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise IndexFileError(f"{folder}: the gazetteer index cannot be read ({META}: {error}); {_REMEDY}") from error


@lru_cache(maxsize=2)
def open_index(folder: Path) -> Index:
    """Open the index of a folder, once in a process."""
    return Index(folder)
