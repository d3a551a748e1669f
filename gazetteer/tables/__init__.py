"""The tables: what was read, as data frames with a fixed schema.

- `frames`: what is in them
- `columns`: what each column means
- `files`: how they are written and read
- `checks`: what must hold in them
"""

from gazetteer.tables.checks import check
from gazetteer.tables.columns import CSV_NOTE, DESCRIPTIONS, SCHEMA, licence
from gazetteer.tables.files import read, read_csv, to_csv, to_geojson, write
from gazetteer.tables.frames import frame, interval_columns, make, where_precision

__all__ = [
    "CSV_NOTE",
    "DESCRIPTIONS",
    "SCHEMA",
    "check",
    "frame",
    "interval_columns",
    "licence",
    "make",
    "read",
    "read_csv",
    "to_csv",
    "to_geojson",
    "where_precision",
    "write",
]
