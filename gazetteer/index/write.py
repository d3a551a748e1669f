"""Writes the embedded gazetteer's index, whole or not at all. What goes into it: :mod:`gazetteer.index.rows`."""

from __future__ import annotations

import errno
import json
import shutil
import tempfile
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import accumulate, chain
from pathlib import Path

import marisa_trie

from gazetteer.errors import IndexFileError
from gazetteer.files import is_older
from gazetteer.index import rows as index_rows
from gazetteer.index.lookup import ALTERNATE, CANONICAL, FILES, FORMAT, LEVELS, META, RECORD, SHORT, Index, open_index
from gazetteer.index.rows import Alias, Row, Seats
from gazetteer.records import Level
from gazetteer.text.names import key

_PARTIAL = ".partial-"
_STALE_SECONDS = 86_400
_TAKEN = (errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR)
"""What renaming a folder gives where something stands already."""


class _Strings:
    """Length-prefixed UTF-8 strings."""

    def __init__(self) -> None:
        self.data = bytearray()
        self._offsets: dict[str, int] = {}

    def add(self, text: str) -> int:
        """Where a string stands that may come again: it is written once."""
        offset = self._offsets.get(text)
        if offset is None:
            offset = self._offsets[text] = self.append(text)
        return offset

    def append(self, text: str) -> int:
        """Where a string stands that comes once: it is not remembered."""
        encoded = text.encode("utf-8")[:255].decode("utf-8", "ignore").encode("utf-8")
        offset = len(self.data)
        self.data += bytes([len(encoded)]) + encoded
        return offset


class _Numbers:
    """Strings as small numbers, in order of appearance, the empty one first."""

    def __init__(self) -> None:
        self.values: dict[str, int] = {"": 0}

    def __getitem__(self, text: str) -> int:
        return self.values.setdefault(text, len(self.values))


class _Aliases:
    """Finds the place of each alias among the rows that go by."""

    def __init__(self, aliases: Iterable[Alias]) -> None:
        self._wanted: dict[tuple[str, Level, str], list[Alias]] = defaultdict(list)
        for alias in aliases:
            self._wanted[alias.country, alias.level, key(alias.name)].append(alias)
        self._best: dict[tuple[str, Level, str], tuple[tuple[bool, int], int, frozenset[str]]] = {}
        """Of what the aliases name: the best row's rank, its number and the names that it has already."""

    def see(self, row: Row, number: int, names: Mapping[str, int]) -> None:
        for name, how in names.items():
            ident = (row.country, row.level, name)
            if ident in self._wanted:
                rank = (how == CANONICAL, row.population)
                if ident not in self._best or rank > self._best[ident][0]:
                    self._best[ident] = (rank, number, frozenset(names))

    def found(self) -> Iterator[tuple[str, int]]:
        """Aliases that are new to their place, with its number: who stands in a list twice is not twice as likely."""
        for ident, (_, number, known) in self._best.items():
            yield from ((alias, number) for alias in {key(item.alias): item.alias for item in self._wanted[ident]}.values() if key(alias) not in known)

    def unmatched(self) -> list[str]:
        return sorted(alias.alias for ident, aliases in self._wanted.items() if ident not in self._best for alias in aliases)


def write(folder: Path, rows: Iterable[Row], versions: Mapping[str, str], aliases: Iterable[Alias] = ()) -> None:
    """Write an index into an empty folder, its meta.json last."""
    strings, countries, admin1, sources = _Strings(), _Numbers(), _Numbers(), _Numbers()
    nicknames, seats = _Aliases(aliases), Seats()
    entries = array("I")
    counts: dict[str, int] = defaultdict(int)
    listing = folder / "names.txt"  # millions of names: a file instead of a list of strings
    with (folder / "places.bin").open("wb") as places, listing.open("w", encoding="utf-8", newline="\n") as names:

        def enter(name: str, number: int, how: int) -> None:
            names.write(name + "\n")
            entries.append(number << 2 | how)

        for number, row in enumerate(chain(rows, seats.missing())):
            places.write(_record(row, strings, (admin1[row.admin1], countries[row.country], LEVELS.index(row.level), sources[row.source])))
            counts[row.level] += 1
            found = index_rows.names(row)
            nicknames.see(row, number, found)
            seats.see(row, found)
            for name, how in found.items():
                enter(name, number, how)
        for alias, number in nicknames.found():
            enter(key(alias), number, SHORT if index_rows.is_short(alias) else ALTERNATE)
    counts["names"] = _write_names(folder, listing, entries)
    listing.unlink()
    (folder / "strings.bin").write_bytes(strings.data)
    meta = {
        "format": FORMAT,
        "versions": dict(versions),
        "counts": counts,
        "countries": list(countries.values),
        "admin1": list(admin1.values),
        "sources": list(sources.values),
        "unmatched": nicknames.unmatched(),
        "sizes": {name: (folder / name).stat().st_size for name in FILES},
    }
    (folder / META).write_text(json.dumps(meta, ensure_ascii=False, indent=1), "utf-8")


def _record(row: Row, strings: _Strings, numbers: tuple[int, int, int, int]) -> bytes:
    position = round(row.latitude * 1e6), round(row.longitude * 1e6)
    return RECORD.pack(*position, row.population, min(65535, round(row.radius_km * 10)), *numbers, strings.add(row.name), strings.append(row.id))


def _write_names(folder: Path, listing: Path, entries: array[int]) -> int:
    """Write the trie of all names and, for each, its entries in the order in which they came; how many names there are."""

    def lines() -> Iterator[str]:
        with listing.open(encoding="utf-8", newline="\n") as file:
            for line in file:
                yield line[:-1]

    trie = marisa_trie.Trie(lines())
    trie.save(str(folder / "names.marisa"))
    rows = array("I", (trie[name] for name in lines()))
    sizes = [0] * (len(trie) + 1)
    for row in rows:
        sizes[row + 1] += 1
    offsets = array("I", accumulate(sizes))
    postings, free = array("I", bytes(4 * len(entries))), array("I", offsets)
    for row, entry in zip(rows, entries, strict=True):
        postings[free[row]] = entry
        free[row] += 1
    (folder / "offsets.bin").write_bytes(offsets.tobytes())
    (folder / "postings.bin").write_bytes(postings.tobytes())
    return len(trie)


# ------------------------------------------------------------------ putting it in its place


def install(folder: Path, fill: Callable[[Path], None], versions: Mapping[str, str], *, replace: bool = False) -> None:
    """Let ``fill`` write an index into a folder beside ``folder`` and put it in its place; an interrupted one leaves nothing.

    A whole index of the same versions that is there already stays, unless ``replace``.
    Raises IndexFileError where the folder cannot be written, or holds what is not an index.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _sweep(folder.parent)
        partial = Path(tempfile.mkdtemp(prefix=_PARTIAL, dir=folder.parent))
        try:
            fill(partial)
            partial.chmod(0o755)
            _move(partial, folder, versions, replace=replace)
        finally:
            shutil.rmtree(partial, ignore_errors=True)
    except OSError as error:
        if isinstance(error, IndexFileError):
            raise
        remedy = "set EXPANSION_ATLAS_CACHE to a folder that can be"
        raise IndexFileError(f"{folder}: the gazetteer index cannot be written ({error.strerror or error}); {remedy}") from error
    open_index.cache_clear()


def _move(partial: Path, folder: Path, versions: Mapping[str, str], *, replace: bool) -> None:
    """Rename a finished index; one that is there is left where another process was faster, moved aside where it is broken or of other data."""
    for _ in range(3):
        try:
            partial.rename(folder)
        except OSError as error:
            if error.errno not in _TAKEN:
                raise
        else:
            return
        if not replace and is_current(folder, versions):
            return
        _remove(folder)
        replace = False
    raise IndexFileError(f"{folder}: the gazetteer index cannot be replaced; delete the folder and run again")


def is_current(folder: Path, versions: Mapping[str, str]) -> bool:
    """Whether a folder holds an index that can be opened and was made from the same data."""
    try:
        return Index(folder).meta.versions == dict(versions)
    except IndexFileError:
        return False


def _remove(folder: Path) -> None:
    """Remove an index. It is moved first, so that nobody finds it half there.

    Raises IndexFileError where the folder holds anything else: it may be a person's.
    """
    try:
        names = {path.name for path in folder.iterdir()}
    except FileNotFoundError:
        return  # another process did
    except NotADirectoryError:
        names = {folder.name}
    if not names <= {*FILES, META}:
        raise IndexFileError(f"{folder}: holds other things than a gazetteer index, so it is left as it is; choose another folder")
    aside = Path(tempfile.mkdtemp(prefix=_PARTIAL, dir=folder.parent))
    try:
        folder.rename(aside / folder.name)
    except FileNotFoundError:
        pass  # another process did
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _sweep(parent: Path) -> None:
    """Remove what killed builds left more than a day ago."""
    for path in parent.glob(_PARTIAL + "*"):
        if path.is_dir() and is_older(path, _STALE_SECONDS):
            shutil.rmtree(path, ignore_errors=True)
