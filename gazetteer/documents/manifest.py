"""The manifest of a folder of documents: ``documents.csv``, one row for each file."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from unicodedata import normalize

from gazetteer import edtf
from gazetteer.documents import sheets
from gazetteer.documents.sheets import Row

FILE = "documents.csv"
COLUMNS = ("file", "title", "publisher", "author", "published", "url", "language", "reliability")
NO_TEXT = "is not a .txt or .md file; save it as text under such a name"
GRADES = "ABCDEF"
"""Admiralty grades of a source's reliability; F: cannot be judged."""
_ALIKE = 0.8
"""How alike two names of columns are, as difflib counts, when one is taken for the other misspelt."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read and what the manifest says of it."""

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
        """Id of the document: the stem of its file's name."""
        return self.path.stem


@dataclass(frozen=True, slots=True)
class Problem:
    """One line for a person about an input; ``document`` is the name of the file that is lost by it, ``""`` where none is."""

    message: str
    document: str = ""


def read(folder: Path, files: Mapping[str, Path]) -> tuple[list[Source], list[Problem]]:
    """Read the folder's manifest: its rows as sources, in order, and what is wrong with them.

    ``files``: the folder's documents by name. Without a manifest there are no sources, and a problem says so.
    Raises InputError where it cannot be used at all.
    """
    path = folder / FILE
    if not os.path.lexists(path):
        remedy = f"add it, with the columns {','.join(COLUMNS)} (only the first is needed)"
        return [], [Problem(f"{path}: is missing, so the dates and publishers of the documents are not known; {remedy}")]
    sources: list[Source] = []
    problems: list[Problem] = []
    by_form = {normalize("NFC", name): found for name, found in files.items()}
    names: set[str] = set()
    rows = list(sheets.read(path, ("file",), COLUMNS))
    days = sheets.days({row.cells.get("published", "") for row in rows})
    for row in rows:
        names.update(row.cells)
        source, found = _source(row, folder, by_form, {source.path for source in sources}, days)
        problems += found
        if source:
            sources.append(source)
    return sources, _misspelt(names, f"{path}:1") + problems


def _misspelt(names: Collection[str], where: str) -> list[Problem]:
    """Name the columns that nothing reads and that look like one that is read and is not there: its dates, say, would be lost without a word."""
    absent = [name for name in COLUMNS if name not in names]
    alike = [(name, get_close_matches(name, absent, 1, _ALIKE)) for name in sorted(set(names).difference(COLUMNS))]
    return [Problem(f"{where}: the column {name!r} is not read; if it is meant as {meant[0]!r}, write it so") for name, meant in alike if meant]


def _source(row: Row, folder: Path, files: Mapping[str, Path], seen: Collection[Path], days: sheets.Days) -> tuple[Source | None, list[Problem]]:
    name, where = row.cells.get("file", ""), row.where
    if not name:
        return None, [Problem(f"{where}: the cell 'file' is empty; name the document or remove the row")]
    path = files.get(normalize("NFC", name))
    if path is None:
        return None, [Problem(f"{where}: file {name!r} {_why_not(name, folder, files)}", name)]
    if path in seen:
        return None, [Problem(f"{where}: file {name!r} stands in the manifest twice; this row is left out, remove one")]
    cells, problems = _checked(row, name, days)
    return Source(path, **cells), problems


def _why_not(name: str, folder: Path, files: Collection[str]) -> str:
    """Why a manifest's file is not among the documents, and what to do."""
    meant = [file for file in files if normalize("NFC", name).casefold() in (file.casefold(), Path(file).stem.casefold())]
    if "/" in name or "\\" in name or name in (".", ".."):
        return "has a path in it; the documents must lie in the folder itself: give the bare name"
    if len(meant) == 1:
        return f"is not in {folder}, but {meant[0]!r} is; write the name as the file has it"
    if name.startswith(".") or is_readme(name):
        return "is a hidden file or a README, which are not read; rename it"
    if not name.lower().endswith((".txt", ".md")):
        return NO_TEXT
    return f"is not in {folder}; add it or remove the row"


def is_readme(name: str) -> bool:
    """Whether a file only explains the folder: README.md, readme.es.txt."""
    return name.casefold().partition(".")[0] == "readme"


def _checked(row: Row, name: str, days: sheets.Days) -> tuple[dict[str, str], list[Problem]]:
    """Give the columns of a row as :class:`Source` takes them, each wrong one left at its default and named.

    ``days``: what days mean that an office program has rewritten, as :func:`gazetteer.documents.sheets.days` gives them.
    """
    problems = []
    cells = {key: " ".join(row.cells.get(key, "").split()) for key in COLUMNS[1:]}
    if row.surplus:
        shifted = f"has {row.surplus} more cell{'s' if row.surplus > 1 else ''} than the header has columns, so they may be shifted"
        problems.append(Problem(f"{row.where}: {shifted}; put texts with a comma in quotation marks"))
    published, grade = cells["published"], cells["reliability"]
    cells["reliability"] = grade.upper() or "F"
    meant = days.get(published) or ((published,) if not published or edtf.is_valid(published) else ())
    cells["published"] = meant[0] if len(meant) == 1 else ""
    if len(meant) > 1:
        problems.append(Problem(f"{row.where}: published {published!r} may be {' or '.join(meant)}: write it so; the date of {name!r} is taken as unknown"))
    elif not meant:
        forms = "an EDTF date such as 2023-10-14, 2023-10 or 2022-08~"
        problems.append(Problem(f"{row.where}: published {published!r} is not {forms}; the date of {name!r} is taken as unknown"))
    if cells["reliability"] not in GRADES:
        problems.append(Problem(f"{row.where}: reliability {grade!r} is not a grade from A to F; {name!r} is taken as F"))
        cells["reliability"] = "F"
    return cells, problems
