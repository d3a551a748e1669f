"""CSV files that people write: with a byte order mark or without, with commas, semicolons or tabs, saved by any office program."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gazetteer.documents.decoding import decode
from gazetteer.errors import InputError

_DELIMITERS = ",;\t"
_QUOTED = re.compile(r'"[^"]*"')
_DAY = re.compile(r"(?P<first>\d{1,2})(?P<by>[/.-])(?P<second>\d{1,2})(?P=by)(?P<year>\d{4})|(?P<y>\d{4})[/.](?P<m>\d{1,2})[/.](?P<d>\d{1,2})")
"""A day as office programs write it, whatever was typed: 31/12/2020, 12/31/2020, 31.12.2020, 2020/12/31."""
_ORDERS = ("day first", "month first")
Days = Mapping[str, tuple[str, ...]]
"""What cells mean that are days as office programs write them, as ISO dates: one, or two where it may be either, or none where there is no such day."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row below the header; ``cells`` by column name, white space at their ends cut off, columns without a cell left out."""

    where: str
    """File and line, for messages."""
    cells: Mapping[str, str]
    surplus: int
    """How many cells stand behind the last column: a comma that was not quoted."""


def read(path: Path, needed: Collection[str], columns: Sequence[str]) -> Iterator[Row]:
    """Yield the rows of a CSV file that have any content. Column names count without regard to case and in any order.

    Raises InputError where the file cannot be read or is no CSV, or lacks a column of ``needed``; ``columns`` are named in the remedy.
    """
    text = decode(path).text.removeprefix("\ufeff")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        header = [name.strip().casefold() for name in next(reader, [])]
        missing = [name for name in needed if name not in header]
        if missing:
            raise InputError(f"{path}:1: lacks the column {', '.join(map(repr, missing))}; the first line must name the columns: {','.join(columns)}")
        double = next((name for number, name in enumerate(header) if name and name in header[:number]), None)
        if double is not None:
            raise InputError(f"{path}:1: names the column {double!r} twice; remove one")
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found = {name: cell.strip() for name, cell in zip(header, cells, strict=False) if name}
                yield Row(f"{path}:{reader.line_num}", found, max(0, len(cells) - len(header)))
    except csv.Error as error:
        if "field limit" in str(error):
            remedy = f"has a cell of more than {csv.field_size_limit():,} characters; shorten it, or close a quotation mark before it"
        else:
            remedy = f"is not CSV ({error}); put cells that hold commas or quotation marks in quotation marks, doubled inside"
        raise InputError(f"{path}:{reader.line_num}: {remedy}") from error


def days(cells: Collection[str]) -> Days:
    """Give what those cells of a column mean that are days as office programs write them.

    One office program writes all days of a column alike, so that a cell that can be read in one order only tells how to read the others.
    """
    read = {cell: _readings(found) for cell in cells if (found := _DAY.fullmatch(cell))}
    shown = {order for readings in read.values() if len(readings) == 1 for order in readings} & set(_ORDERS)
    orders = shown if len(shown) == 1 else set(_ORDERS)
    return {cell: tuple(dict.fromkeys(day for order, day in readings.items() if order in orders or len(readings) == 1)) for cell, readings in read.items()}


def _readings(found: re.Match[str]) -> dict[str, str]:
    """Give the days that a cell may mean, by the order of its numbers; with full stops the day stands first everywhere."""
    if found["y"]:
        tried = {"year first": (found["y"], found["m"], found["d"])}
    else:
        tried = {_ORDERS[0]: (found["year"], found["second"], found["first"])}
        if found["by"] != ".":
            tried[_ORDERS[1]] = (found["year"], found["first"], found["second"])
    out: dict[str, str] = {}
    for order, numbers in tried.items():
        try:
            out[order] = date(*map(int, numbers)).isoformat()
        except ValueError:  # no such month or day in this order
            continue
    return out


def _delimiter(text: str) -> str:
    """Give the character that parts the header's names: the one that stands most often between them."""
    header = _QUOTED.sub("", text.lstrip()).partition("\n")[0]
    return max(_DELIMITERS, key=header.count)
