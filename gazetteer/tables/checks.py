"""What must hold in the tables of a build, whoever made them: a check that names every finding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, get_args

import pandas as pd

from gazetteer import edtf
from gazetteer.records import Kind, Level, Precision, Provenance, Status
from gazetteer.tables.columns import SCHEMA

_IDS = {"observations": "observation_id", "mentions": "mention_id", "places": "place_id", "documents": "document_id"}
_LINKS = (
    ("observations", "document_id", "documents"),
    ("observations", "place_id", "places"),
    ("mentions", "document_id", "documents"),
    ("mentions", "place_id", "places"),
    ("routes", "document_id", "documents"),
    ("routes", "from_place_id", "places"),
    ("routes", "to_place_id", "places"),
)
_VALUES: dict[str, frozenset[Any]] = {
    "level": frozenset(get_args(Level)),
    "kind": frozenset(get_args(Kind)),
    "status": frozenset(get_args(Status)),
    "precision": frozenset(get_args(Precision)),
    "date_provenance": frozenset(get_args(Provenance)),
    "published_status": frozenset({"stated", "inferred", "unknown"}),
    "reliability": frozenset("ABCDEF"),
    "where_prec": frozenset(range(1, 8)),
    "date_prec": frozenset(range(1, 6)),
}
_RANGES = {"latitude": (-90.0, 90.0), "longitude": (-180.0, 180.0), "confidence": (0.0, 1.0), "score": (0.0, 1.0), "radius_km": (0.0, 20038.0)}
_NEVER_NULL: dict[str, tuple[str, ...]] = {
    "observations": (
        "observation_id", "document_id", "phase", "status", "precision", "date_provenance", "confidence", "toponym", "evidence",
        "evidence_start", "evidence_end", "method",
    ),
    "mentions": ("mention_id", "document_id", "start", "end", "surface", "kind"),
    "places": ("place_id", "name", "level", "latitude", "longitude", "radius_km", "source", "licence"),
    "documents": ("document_id", "file", "title", "published_status", "language", "reliability", "sha256", "characters"),
    "routes": (
        "route_id", "leg", "from_place_id", "to_place_id", "document_id", "precision", "date_provenance", "status", "evidence", "evidence_start",
        "evidence_end",
    ),
}  # fmt: skip
_PLACED = ("place_name", "level", "latitude", "longitude", "where_prec")
"""Columns of an observation that are null where it has no place, and only there."""
_SHOWN = 3
Tables = Mapping[str, pd.DataFrame]


def check(tables: Tables) -> list[str]:
    """Name all that is wrong with the tables of a build, one line each; nothing where all is well."""
    findings = [finding for name in SCHEMA for finding in _columns(tables, name)]
    return findings or [finding for test in _TESTS for finding in test(tables)]


def _columns(tables: Tables, name: str) -> Iterator[str]:
    if name not in tables:
        yield f"{name}: the table is missing"
        return
    columns = list(tables[name].columns)
    if columns != list(SCHEMA[name]):
        yield f"{name}: the columns are {', '.join(map(str, columns))}, not {', '.join(SCHEMA[name])}"
        return
    for column, kind in SCHEMA[name].items():
        if tables[name][column].dtype != pd.api.types.pandas_dtype(kind):
            yield f"{name}.{column}: the type is {tables[name][column].dtype}, not {kind}"


def _named(name: str, column: str, wrong: pd.Series[Any], what: str, table: pd.DataFrame) -> Iterator[str]:
    """One line on the rows in which something is wrong."""
    rows = [int(row) for row in wrong.fillna(value=False).astype(bool).to_numpy().nonzero()[0]]
    if rows:
        cells = table[column].iloc[rows[:_SHOWN]].astype(object).tolist()
        shown = ", ".join(f"row {row} {cell!r}" for row, cell in zip(rows, cells, strict=False))
        yield f"{name}.{column}: {what} ({len(rows)} rows: {shown})"


def _ids(tables: Tables) -> Iterator[str]:
    for name, column in _IDS.items():
        yield from _named(name, column, tables[name][column].duplicated(), "is not unique", tables[name])
    for name, column, target in _LINKS:
        cells = tables[name][column]
        yield from _named(name, column, cells.notna() & ~cells.isin(tables[target][_IDS[target]]), f"is not in {target}", tables[name])


def _values(tables: Tables) -> Iterator[str]:
    for name, table in tables.items():
        for column in _NEVER_NULL.get(name, ()):
            yield from _named(name, column, table[column].isna(), "is null", table)
        for column, kind in SCHEMA.get(name, {}).items():
            cells = table[column]
            if column in _VALUES:
                yield from _named(name, column, cells.notna() & ~cells.isin(_VALUES[column]), "is none of its values", table)
            if column in _RANGES:
                low, high = _RANGES[column]
                yield from _named(name, column, ~cells.between(low, high), f"is not from {low:g} to {high:g}", table)
            if kind == "string":
                yield from _named(name, column, cells == "", "is an empty text, not null", table)


def _dates(tables: Tables) -> Iterator[str]:
    for name in ("observations", "routes"):
        table = tables[name]
        cells = table[["date_edtf", "date_start", "date_end", "date_prec"]].astype(object)
        wrong = pd.Series([_date_is_wrong(row) for row in cells.where(cells.notna(), None).to_numpy().tolist()], dtype=bool)
        yield from _named(name, "date_edtf", wrong, "does not agree with date_start, date_end and date_prec", table)
        undated = table["date_edtf"].isna() != (table["date_provenance"] == "none")
        yield from _named(name, "date_provenance", undated, "does not agree with date_edtf", table)


def _date_is_wrong(row: Sequence[object]) -> bool:
    """Whether the columns of a date (EDTF, first day, last day, UCDP precision) contradict one another."""
    text, start, end, prec = row
    if text is None:
        return (start, end, prec) != (None, None, None)
    try:
        interval = edtf.parse(str(text))
    except ValueError:
        return True
    return (interval.start, interval.end) != (start, end) or prec is None


def _placing(tables: Tables) -> Iterator[str]:
    table = tables["observations"]
    for column in _PLACED:
        yield from _named("observations", column, table[column].isna() != table["place_id"].isna(), "does not agree with place_id", table)
    known = tables["places"].set_index("place_id")
    for column in ("latitude", "longitude", "level"):
        there = table["place_id"].map(known[column].to_dict(), na_action="ignore")
        yield from _named("observations", column, table["place_id"].notna() & (there != table[column]), "is not that of its place", table)


def _spans(tables: Tables) -> Iterator[str]:
    lengths = tables["documents"].set_index("document_id")["characters"].to_dict()
    for name, start, end, quoted in (
        ("observations", "evidence_start", "evidence_end", "evidence"),
        ("routes", "evidence_start", "evidence_end", "evidence"),
        ("mentions", "start", "end", "surface"),
    ):
        table = tables[name]
        whole = pd.Series(table["document_id"].map(lengths), dtype="Int64")
        outside = (table[start] < 0) | (table[end] <= table[start]) | (table[end] > whole)
        yield from _named(name, start, outside, "does not lie in its document", table)
        yield from _named(name, quoted, table[quoted].str.len() != table[end] - table[start], "is not as long as its offsets say", table)


_TESTS: Iterable[Callable[[Tables], Iterator[str]]] = (_ids, _values, _dates, _placing, _spans)
