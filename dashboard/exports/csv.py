"""The rows as CSV for a spreadsheet: UTF-8 with a byte order mark (Excel needs it to know the encoding), RFC 4180.

A cell that a spreadsheet would take for a formula gets an apostrophe in front. The stamp stands in columns of its own, so that sorting and copying cannot part
it from the rows.
"""

from __future__ import annotations

import csv
import io
from datetime import date

from dashboard.exports.records import Value, records
from dashboard.exports.taken import Taken
from gazetteer.tables.columns import FORMULA


def csv_file(taken: Taken) -> bytes:
    """The file."""
    found = records(taken)
    words, mark = taken.words, taken.stamp
    stamps = [safe(mark.as_of), safe(f"{words('take.filters')}: {mark.filters}"), words("take.notice"), safe(mark.made)]
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([*found.columns, "as_of", "selection", "notice", "made"])
    writer.writerows([*(_cell(value) for value in row.values()), *stamps] for row in found.rows)
    return buffer.getvalue().encode("utf-8-sig")


def safe(text: str) -> str:
    """A text that no spreadsheet runs."""
    plain = text.replace("\x00", "\ufffd")
    return f"'{plain}" if plain.startswith(FORMULA) else plain


def _cell(value: Value) -> str | float:
    return "" if value is None else safe(value) if isinstance(value, str) else value.isoformat() if isinstance(value, date) else value
