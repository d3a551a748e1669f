"""Write `gazetteer/data/places.csv`: the four tables of `gazetteer/data/parts` as one, sorted by id.

    python -m gazetteer.derive.places

Where two parts have a place of the same name, country and level within a tenth of a degree, the part named first in `PARTS` keeps it.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator

from gazetteer.derive.tables import DATA, write_table
from gazetteer.text.names import key

PARTS = ("places-nature", "places-city", "places-facility", "places-admin")
COLUMNS = ("id", "name", "alt_names", "country", "adm_1", "level", "latitude", "longitude", "radius_km", "class", "within", "source")
_SAME_DEGREES = 0.1


def joined() -> Iterator[dict[str, str]]:
    """Give the rows of all parts, each place once."""
    seen: dict[tuple[str, str, str], list[tuple[float, float]]] = defaultdict(list)
    ids: set[str] = set()
    for part in PARTS:
        with (DATA / "parts" / f"{part}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                others = seen[key(row["name"]), row["country"], row["level"]]
                latitude, longitude = float(row["latitude"]), float(row["longitude"])
                if row["id"] in ids or any(abs(lat - latitude) < _SAME_DEGREES and abs(lon - longitude) < _SAME_DEGREES for lat, lon in others):
                    continue
                ids.add(row["id"])
                others.append((latitude, longitude))
                yield {column: row[column] for column in COLUMNS}


def main() -> None:
    """Write the table."""
    rows = sorted(joined(), key=lambda row: row["id"])
    write_table(DATA / "places.csv", COLUMNS, [tuple(row[column] for column in COLUMNS) for row in rows])
    print(f"places.csv: {len(rows)} places")


if __name__ == "__main__":
    main()
