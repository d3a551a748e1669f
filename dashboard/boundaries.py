"""Countries and first-level units as the browser wants them: one small file each, the second fetched only when it is needed.

Both are TopoJSON (neighbours share their arcs), cut from `gazetteer/data/boundaries.topojson`: Natural Earth, public domain.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from dashboard.data import ROOT

SOURCE = ROOT / "gazetteer" / "data" / "boundaries.topojson"
_PROPERTIES = ("id", "name", "country")

Arcs: TypeAlias = "int | list[Arcs]"
"""Of TopoJSON: the position of an arc (its complement: the arc backwards), or lists of them, as deep as the geometry."""


@dataclass(frozen=True, slots=True)
class Boundaries:
    """The two files, and the ids that they have outlines for."""

    countries: frozenset[str]
    units: frozenset[str]
    names: Mapping[tuple[str, str], str]
    """Ids of units by country and folded name."""
    world: bytes
    detail: bytes
    labels: Mapping[str, str]
    """Names of the countries by id."""

    def outline(self, *, place: str, name: str, level: str, country: str, unit: str) -> str:
        """Return the id of the outline of an area, "" where it has none and is drawn as a circle."""
        if level == "country":
            return country if country in self.countries else ""
        if level != "admin1":
            return ""
        candidates = (place, unit, self.names.get((country, fold(name)), ""))
        return next((candidate for candidate in candidates if candidate in self.units), "")


NONE = Boundaries(frozenset(), frozenset(), {}, b"", b"", {})
"""For when there is no file: every area is drawn as a circle."""


def read(source: Path = SOURCE) -> Boundaries:
    """Return the boundaries in a TopoJSON file with the objects `countries` and `admin1`. Raises OSError, or ValueError where it is none."""
    topology = json.loads(source.read_bytes())
    countries, units = (_geometries(topology, name) for name in ("countries", "admin1"))
    return Boundaries(
        countries=frozenset(str(geometry["properties"]["id"]) for geometry in countries),
        units=frozenset(str(geometry["properties"]["id"]) for geometry in units),
        names={(str(row["country"]), fold(str(row["name"]))): str(row["id"]) for geometry in units for row in [geometry["properties"]]},
        world=_cut(topology, countries),
        detail=_cut(topology, units),
        labels={str(geometry["properties"]["id"]): str(geometry["properties"]["name"]) for geometry in countries},
    )


def fold(name: str) -> str:
    """Return a name without accents, case and punctuation, for comparison."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(character for character in plain if character.isalnum())


def _geometries(topology: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    try:
        geometries = topology["objects"][name]["geometries"]
    except (KeyError, TypeError) as error:
        raise ValueError(f"boundaries: no object {name!r}") from error
    kept = [geometry for geometry in geometries if geometry.get("type") in {"Polygon", "MultiPolygon"}]
    return [{"type": geometry["type"], "arcs": geometry["arcs"], "properties": _properties(geometry)} for geometry in kept]


def _properties(geometry: Mapping[str, Any]) -> dict[str, str]:
    told = geometry.get("properties") or {}
    return {name: str(told.get(name) or (geometry.get("id") if name == "id" else "") or "") for name in _PROPERTIES}


def _cut(topology: Mapping[str, Any], geometries: list[dict[str, Any]]) -> bytes:
    """Return a topology of these geometries alone, with the arcs that they use."""
    positions: dict[int, int] = {}

    def renumbered(arcs: Arcs) -> Arcs:
        if isinstance(arcs, list):
            return [renumbered(arc) for arc in arcs]
        position = positions.setdefault(arcs if arcs >= 0 else ~arcs, len(positions))
        return position if arcs >= 0 else ~position

    shapes = [{**geometry, "arcs": renumbered(geometry["arcs"])} for geometry in geometries]
    cut = {"transform": topology.get("transform"), "arcs": [topology["arcs"][arc] for arc in positions], "geometries": shapes}
    return json.dumps(cut, ensure_ascii=False, separators=(",", ":")).encode()
