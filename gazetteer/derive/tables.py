"""The tables of this package (`derive/tables/*.csv`), what was decided by hand; and how those that it derives are written."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

TABLES = Path(__file__).parent / "tables"
DATA = Path(__file__).parent.parent / "data"


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of `tables/<name>.csv`, each a column-to-text mapping; every column is there, an empty cell is an empty string."""
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_table(target: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a derived table: UTF-8, a header, line feeds."""
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def split_list(cell: str) -> tuple[str, ...]:
    """The parts of a `;`-separated cell, in order, without the empty ones."""
    return tuple(part.strip() for part in cell.split(";") if part.strip())
