"""Rows from a GeoNames dump, for users who have one: ``allCountries.txt`` or a country's file (geonames.org, CC BY 4.0; columns in its readme.txt).

Of its 13 million entries those are taken whose like a report names: all populated places that are still lived in, second-level units, and the kinds of
waters, land and buildings that the codebook's levels know. Millions of streams, hills, churches and schools would only give every town a namesake.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from math import cos, hypot, radians
from pathlib import Path

from gazetteer.errors import InputError
from gazetteer.index.rows import Row, admin1_ids, city_radius_km, city_states, is_name, usual
from gazetteer.records import Level
from gazetteer.text.names import key

_COLUMNS = 19
_WHICH = "allCountries.txt or a country's file from geonames.org"
_GONE = frozenset({"PPLH", "PPLQ", "PPLW", "PPLCH"})
"""Populated places that are abandoned, destroyed or were one once."""
_REGIONS = ("OCN", "SEA", "GULF", "BAY", "STRT", "CHN", "LK", "LKS", "RSV", "ISL", "ISLS", "ARCH", "MTS", "DSRT", "PEN", "PLN", "PLAT", "FRST", "RGN")
_BUILT = ("PRN", "AIRP", "AIRB", "BDG", "HTL", "CSTM", "PSTB", "RSTN", "BUSTN", "MKT", "STDM", "HSP", "UNIV", "CMPRF", "CMPL", "INSM", "MILB", "MALL")
_OTHER = ("PRK", "PRT", "HBR", "MN", "TNL")
_LEVELS: dict[str, Level] = {"ADM2": "admin2", **dict.fromkeys(_REGIONS, "region"), **dict.fromkeys((*_BUILT, *_OTHER), "facility")}
"""The level of a feature code; codes of populated places all begin with PPL."""
_SAME_KM = 30.0


def rows(path: Path, own: Callable[[], Iterator[Row]]) -> Iterator[Row]:
    """Yield the dump's rows but those that ``own`` has already: of the same name, country and level, less than 30 km away.

    Raises InputError with the line where the file is not a GeoNames dump.
    """
    known = _by_name(own())
    units, states = admin1_ids(), city_states()
    try:
        with path.open(encoding="utf-8", newline="\n") as file:
            for number, line in enumerate(file, 1):
                row = _row(line, units, f"{path}:{number}")
                if row and not _is_known(row, known) and not (row.level == "locality" and states.get(row.country) == key(row.name)):
                    yield row
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error}); give {_WHICH}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is not UTF-8 text; if it is a zip file, unpack it first") from error


def _row(line: str, units: dict[tuple[str, str], str], where: str) -> Row | None:
    cells = line.rstrip("\r\n").split("\t")
    if len(cells) != _COLUMNS:
        raise InputError(f"{where}: has {len(cells)} columns, not the {_COLUMNS} of a GeoNames dump; give {_WHICH}")
    code, country = cells[7], cells[8]
    level: Level | None = "locality" if code.startswith("PPL") and code not in _GONE else _LEVELS.get(code)
    if level is None or not cells[1]:
        return None
    try:
        population = max(0, int(cells[14] or 0))
        latitude, longitude = float(cells[4]), float(cells[5])
    except ValueError as error:
        raise InputError(f"{where}: {error}; the file is not a whole GeoNames dump, load it again") from error
    radius = city_radius_km(population)
    alternates = usual(cells[1], [name for name in cells[3].split(",") if is_name(name)])
    return Row(f"gn:{cells[0]}", cells[1], country, level, latitude, longitude, "GeoNames", units.get((country, cells[10]), ""), radius, population, alternates)


def _by_name(own: Iterator[Row]) -> dict[tuple[str, str, str], list[tuple[float, float, float]]]:
    """Coordinates and radii of places by country, level and each of their names."""
    found: dict[tuple[str, str, str], list[tuple[float, float, float]]] = defaultdict(list)
    for row in own:
        for name in {key(name) for name in (row.name, *row.alternates, *row.relaxed)}:
            found[row.country, row.level, name].append((row.latitude, row.longitude, row.radius_km))
    return found


def _is_known(row: Row, known: dict[tuple[str, str, str], list[tuple[float, float, float]]]) -> bool:
    for latitude, longitude, radius in known.get((row.country, row.level, key(row.name)), ()):
        apart = hypot(row.latitude - latitude, (row.longitude - longitude) * cos(radians(latitude))) * 111.195
        if apart <= max(_SAME_KM, radius):
            return True
    return False
