"""Text from a file: its encoding, or why it is not text.

UTF-8 is what a document should be. What old editors write is read too and said: Windows-1252, and UTF-16 where the file says so by its first bytes.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

from gazetteer.errors import InputError
from gazetteer.files import read_regular

MAX_BYTES = 10_000_000
"""A report of 10 MB is some 3,000 pages: a larger file is a mistake or a dump, not a document."""
_SAVE = "save it as UTF-8 text"
_FORMATS = {
    b"%PDF-": "a PDF file",
    b"PK\x03\x04": "a Word, spreadsheet or zip file",
    b"{\\rtf": "a rich text file",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file",
    b"\xff\xd8\xff": "a picture",
    b"\x89PNG": "a picture",
    b"\x1f\x8b": "a compressed file",
}
"""What a file begins with that was only given the name of a text."""
_WIDE = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b"))
_MAX_CONTROLS = 0.02
"""Share of control characters from which a file is taken for binary."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text with its newlines as they stand; ``encoding`` is ``utf-8``, ``utf-16`` or ``cp1252``."""

    text: str
    encoding: str


def decode(path: Path) -> Decoded:
    """Read a file as text. A byte order mark of UTF-8 stays in it, as its first character.

    Raises InputError where the file is empty, too large, unreadable or not text.
    """
    data = _bytes(path)
    for beginning, what in _FORMATS.items():
        if data.startswith(beginning):
            raise InputError(f"{path}: is {what}, not text; {_SAVE}")
    encoding = next((name for mark, name in _WIDE.items() if data.startswith(mark)), "utf-8")
    if encoding == "utf-8" and b"\0" in data:
        raise InputError(f"{path}: is not a text file (NUL at byte {data.index(0)}); {_SAVE}")
    if encoding == "utf-8" and len(data) - len(data.translate(None, _CONTROLS)) > _MAX_CONTROLS * len(data):
        raise InputError(f"{path}: is not a text file (more than {_MAX_CONTROLS:.0%} control characters); {_SAVE}")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            raise InputError(f"{path}: is not whole {encoding.upper()} (byte {error.start}); {_SAVE}") from error
        text, encoding = data.decode("cp1252", errors="replace"), "cp1252"
    if "\0" in text:
        raise InputError(f"{path}: is not a text file (NUL at character {text.index(chr(0))}); {_SAVE}")
    if not text.strip().strip("\ufeff"):
        raise InputError(f"{path}: is empty; remove it or put the text in")
    return Decoded(text, encoding)


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise InputError(f"{path}: {size / 1e6:.1f} MB is over the limit of {MAX_BYTES / 1e6:.0f} MB for one file; split it")
        return read_regular(path)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error}); check what it is and its permissions") from error
