"""Write `gazetteer/data/boundaries.topojson`: outlines of countries and of first- and second-level units, small enough to be shipped.

Source: Natural Earth 1:10m as QGIS ships it, public domain (`world_map`). WGS 84 degrees, longitude first, TopoJSON with quantised
arcs, each edge once. Two collections:

- `countries`: `id` (ISO 3166-1 alpha-2), `name`;
- `admin1`: `id` (ISO 3166-2, or an id of our own, `join`), `country`, `name`: Natural Earth's units, which are of the first level in
  most countries and of the second in some (provinces of Italy, departments of France), and the larger units united from them
  (regions of Italy and France, autonomous communities of Spain, England). `centres.csv` says of each id which level it is on.

No unit is dropped: small ones are simplified less (`simplify`), only islets of larger units are left out (`islets`). A piece that is
all of its country is in `countries` alone. What becomes of France, Norway, Kosovo, Northern Cyprus, Somaliland, Crimea and other
disputed or missing codes is said in `world_map`; how units are joined and united, in `join` and `layers`.

    python -m gazetteer.derive.boundaries world_map.gpkg
"""

import argparse
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from gazetteer.derive.islets import without_islets
from gazetteer.derive.join import join_pieces, own_units
from gazetteer.derive.labels import label_countries, label_units
from gazetteer.derive.layers import unite_countries, unite_units
from gazetteer.derive.simplify import simplify_coverage
from gazetteer.derive.subdivisions import read_subdivisions
from gazetteer.derive.tables import DATA
from gazetteer.derive.topology import Shape, encode
from gazetteer.derive.world_map import Piece, read_pieces


def derive_boundaries(world_map: Path) -> dict[str, Any]:
    """The TopoJSON object."""
    pieces, units = _simplified(read_pieces(world_map)), read_subdivisions()
    joined = join_pieces(pieces, units)
    unit_labels = label_units([*units, *own_units()], joined)
    country_labels = label_countries()
    countries = [Shape({"id": id_, "name": country_labels[id_].name}, outline) for id_, outline in unite_countries(pieces).items()]
    admin1 = [Shape({"id": id_, "country": id_[:2], "name": unit_labels[id_].name}, outline) for id_, outline in unite_units(joined).items()]
    return encode({"countries": countries, "admin1": admin1})


def _simplified(pieces: list[Piece]) -> list[Piece]:
    outlines = simplify_coverage(without_islets([piece.outline for piece in pieces]))
    return [replace(piece, outline=outline) for piece, outline in zip(pieces, outlines, strict=True)]


def write_boundaries(topology: Mapping[str, Any], target: Path) -> None:
    """UTF-8, one line, no spaces."""
    text = json.dumps(topology, ensure_ascii=False, separators=(",", ":"))
    target.write_text(text + "\n", encoding="utf-8")


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Derive gazetteer/data/boundaries.topojson.")
    parser.add_argument("world_map", type=Path, help="world_map.gpkg of Debian's qgis-common")
    parser.add_argument("--out", type=Path, default=DATA / "boundaries.topojson")
    arguments = parser.parse_args()
    topology = derive_boundaries(arguments.world_map)
    write_boundaries(topology, arguments.out)
    counts = ", ".join(f"{len(layer['geometries'])} {name}" for name, layer in topology["objects"].items())
    print(f"{arguments.out}: {counts}, {arguments.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
