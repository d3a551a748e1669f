"""CSV files that people write: with a byte order mark or without, with commas, semicolons or tabs, saved by any office program."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gazetteer.decoding import decode
from gazetteer.errors import InputError

_DELIMITERS = ",;\t"
_QUOTED = re.compile(r'"[^"]*"')


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


def _delimiter(text: str) -> str:
    """Give the character that parts the header's names: the one that stands most often between them."""
    header = _QUOTED.sub("", text.lstrip()).partition("\n")[0]
    return max(_DELIMITERS, key=header.count)
