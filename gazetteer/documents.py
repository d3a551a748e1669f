"""Reads a folder of documents: the manifest, the texts, their sections, paragraphs and sentences.

Offsets are exact: the text of a document is its file, decoded, with its newlines as they stand.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gazetteer import edtf
from gazetteer.errors import InputError
from gazetteer.language import detect, language
from gazetteer.records import Document
from gazetteer.segmentation import segment

COLUMNS = ("file", "title", "publisher", "author", "published", "url", "language", "reliability")
SUFFIXES = (".txt", ".md")
MAX_BYTES = 10_000_000
"""A report of 10 MB is some 3,000 pages: a larger file is a mistake or a dump, not a document."""
GRADES = "ABCDEF"
"""Admiralty grades of a source's reliability; F: cannot be judged."""


@dataclass(frozen=True, slots=True)
class Source:
    """A row of the manifest: a file to read and what is known of it."""

    path: Path
    title: str = ""
    publisher: str = ""
    author: str = ""
    published: str = ""
    url: str = ""
    language: str = ""
    reliability: str = "F"

    @property
    def id(self) -> str:
        """The document's id: the stem of its file's name."""
        return self.path.stem


@dataclass(frozen=True, slots=True)
class Problem:
    """One line for a person about an input; ``document`` is set where a document is lost by it."""

    message: str
    document: str = ""


def find_sources(folder: Path) -> tuple[list[Source], list[Problem]]:
    """The documents of a folder, manifest rows first and then by name, with all that is wrong with the list.

    Raises InputError where there is no such folder, nothing in it to read, or a manifest that cannot be used.
    """
    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder; give a folder that holds .txt or .md documents")
    sources, problems = _manifest(folder)
    named = {source.path.name for source in sources}
    sources += [Source(path) for path in sorted(folder.iterdir()) if _is_document(path) and path.name not in named]
    if not sources and not problems:
        raise InputError(f"{folder}: holds no document; put .txt or .md files there (README files, hidden files and subfolders are not read)")
    stems: dict[str, str] = {}
    for source in sources:
        other = stems.setdefault(source.id, source.path.name)
        if other != source.path.name:
            raise InputError(f"{folder}: {other!r} and {source.path.name!r} have the same stem, which is the document's id; rename one")
    return sources, problems


def _is_document(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and path.is_file() and not path.name.startswith(".") and path.stem.upper() != "README"


def _manifest(folder: Path) -> tuple[list[Source], list[Problem]]:
    path = folder / "documents.csv"
    if not path.exists():
        return [], []
    text, _ = decode(path)
    rows = csv.DictReader(io.StringIO(text, newline=""))
    if "file" not in (rows.fieldnames or ()):
        raise InputError(f"{path}:1: no column 'file'; the first line must name the columns: {','.join(COLUMNS)}")
    sources: list[Source] = []
    problems: list[Problem] = []
    for row in rows:
        where = f"{path}:{rows.line_num}"
        cells = {key: (value or "").strip() for key, value in row.items() if isinstance(key, str) and not isinstance(value, list)}
        source, found = _row(folder, cells, where, {s.path.name for s in sources})
        problems += found
        if source:
            sources.append(source)
    return sources, problems


def _row(folder: Path, cells: dict[str, str], where: str, seen: set[str]) -> tuple[Source | None, list[Problem]]:
    name = cells.get("file", "")
    if not any(cells.values()):
        return None, []
    if not name or Path(name).name != name or Path(name).suffix.lower() not in SUFFIXES:
        return None, [Problem(f"{where}: file {name!r} is not the name of a .txt or .md file in this folder; correct it", name or where)]
    if name in seen:
        return None, [Problem(f"{where}: file {name!r} stands in the manifest twice; this row is left out, remove one")]
    if not (folder / name).is_file():
        return None, [Problem(f"{where}: file {name!r} is not in {folder}; add it or remove the row", name)]
    problems = []
    published, reliability = cells.get("published", ""), cells.get("reliability", "").upper() or "F"
    if published and not edtf.is_valid(published):
        problems.append(Problem(f"{where}: published {published!r} is not an EDTF date such as 2023-10 or 2022-08~; the date of {name!r} is taken as unknown"))
        published = ""
    if reliability not in GRADES:
        problems.append(Problem(f"{where}: reliability {reliability!r} is not a grade from A to F; {name!r} is taken as F"))
        reliability = "F"
    kept = {key: cells.get(key, "") for key in ("title", "publisher", "author", "url", "language")}
    return Source(folder / name, published=published, reliability=reliability, **kept), problems


def decode(path: Path) -> tuple[str, str]:
    """The text of a file with its newlines as they stand, and the encoding: ``utf-8``, or ``cp1252`` where it is not UTF-8.

    Raises InputError where the file is empty, too large, unreadable or not text.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise InputError(f"{path}: {size / 1e6:.1f} MB is over the limit of {MAX_BYTES / 1e6:.0f} MB for one document; split it")
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error
    if not data.strip():
        raise InputError(f"{path}: is empty; remove it or put the text in")
    if b"\0" in data[:65536]:
        raise InputError(f"{path}: is not a text file (it holds NUL bytes); save it as UTF-8 text")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        bad = sum(byte < 32 and byte not in b"\t\n\r\f" for byte in data[:65536])
        if bad > len(data[:65536]) / 50:
            raise InputError(f"{path}: is not a text file (byte {error.start}); save it as UTF-8 text") from error
        return data.decode("cp1252", errors="replace"), "cp1252"


def read(source: Source, default_language: str = "") -> tuple[Document, list[Problem]]:
    """A document with its structure, and what a person should know of how it was read.

    Raises InputError as :func:`decode` does.
    """
    text, encoding = decode(source.path)
    problems = [] if encoding == "utf-8" else [Problem(f"{source.path}: is not UTF-8; it was read as Windows-1252 (cp1252), check its accents")]
    code = (source.language or default_language).lower()[:2]
    known = language(code) if code else None
    if code and known is None:
        problems.append(Problem(f"{source.path}: language {source.language!r} has no language data (en, es); it is read as the language that it looks like"))
    found = known or language(detect(text))
    assert found is not None
    sections, sentences = segment(text, found)
    document = Document(
        id=source.id,
        file=source.path.name,
        text=text,
        title=source.title,
        publisher=source.publisher,
        author=source.author,
        url=source.url,
        language=found.code,
        reliability=source.reliability,
        published=source.published,
        published_status="stated" if source.published else "unknown",
        sections=sections,
        sentences=sentences,
    )
    return document, problems


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def context_of(document: Document, sentence_index: int) -> Iterator[int]:
    """Indices of the sentences of the same paragraph, before the given one, nearest first."""
    paragraph = document.sentences[sentence_index].paragraph
    for index in range(sentence_index - 1, -1, -1):
        if document.sentences[index].paragraph != paragraph:
            return
        yield index
