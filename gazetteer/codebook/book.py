"""Reads a codebook: the actors, the phases and the activities that a reading is about, with the cues that say so.

The file is TOML; ``seeds/README.md`` describes it for its writers. Everything that is wrong with a file is reported at once, with line numbers.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any
from zlib import crc32

from gazetteer.codebook.cues import SCOPES, Cue
from gazetteer.codebook.patterns import CueSyntaxError, compile_pattern
from gazetteer.codebook.toml_lines import TomlLines
from gazetteer.errors import CodebookError
from gazetteer.files import read_regular
from gazetteer.text.names import key

CONTEXT = "context"
"""The phase of a place that the text names without saying anything of the spread there."""
MAX_OUTCOMES = 30
"""How many phases without an order a codebook may have: the map has a bit for each."""
DEFAULT_WEIGHT = 2.0
_MAX_ORDER = 1000
_ID = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_ENDLESS = re.compile(r"\b\d\w{3500}")
"""A number, also a hexadecimal one, that has more digits than Python shows."""
_KEYS = {
    "": {"title", "language", "actor", "phase", "activity", "status"},
    "actor": {"id", "name", "aliases", "note"},
    "phase": {"id", "label", "order", "definition", "cues", "like"},
    "activity": {"id", "label", "cues"},
    "cue": {"words", "weight", "unless", "scope"},
}


@dataclass(frozen=True, slots=True)
class Actor:
    """An organisation (a company, a species ...) whose spread is followed."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase of the spread; ``order`` is None for outcomes and for ``context``."""

    id: str
    label: str
    order: int | None
    definition: str
    like: str
    """The general phase whose words it shares: ``origin``, ``exploration`` ..., its own id where that is one of them, ``""`` for none."""


@dataclass(frozen=True, slots=True)
class Codebook:
    """A codebook, checked. ``cues`` are its own ones; the general words ship with the package."""

    path: str
    actors: tuple[Actor, ...]
    phases: tuple[Phase, ...]
    activities: tuple[tuple[str, str], ...]
    """(id, label)."""
    cues: tuple[Cue, ...]
    fingerprint: str

    @property
    def first_actor(self) -> str | None:
        """Id of the actor that the map is about, None where every organisation counts."""
        return self.actors[0].id if self.actors else None


GENERAL_PHASES = ("origin", "exploration", "penetration", "consolidation", "contested", "disruption")


def default_path() -> Path:
    """Give the project's own codebook, beside the package."""
    return Path(str(files("gazetteer"))).parent / "seeds" / "codebook.toml"


def find(folder: Path, given: Path | None) -> Path:
    """Find the codebook for a folder of documents: the given one, else the folder's, else the project's.

    One of the folder's that cannot be read is found too, so that reading it says so. Raises CodebookError where there is none.
    """
    own = folder / "codebook.toml"
    if given is None and os.path.lexists(own):
        return own
    path = given or default_path()
    try:
        if path.is_file():
            return path
        what = "is a folder; give the codebook's file" if path.is_dir() else "no such codebook file; give one"
    except OSError as error:
        what = f"cannot be read ({error.strerror}); give a codebook file"
    raise CodebookError(f"{path}: {what} with --codebook, or put codebook.toml into {folder}")


def read(path: Path) -> Codebook:
    """Read the codebook of a file.

    Raises CodebookError with one line for each finding.
    """
    try:
        data = read_regular(path)
        text = data.decode("utf-8-sig")
        raw = tomllib.loads(text)
        repr(raw)  # a message may have to show any value, and Python shows no number of thousands of digits
    except OSError as error:
        raise CodebookError(f"{path}: cannot be read ({error.strerror}); check what it is and its permissions") from error
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CodebookError(f"{path}:{line}: is not UTF-8 (byte {error.start}); save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        told = re.search(r"at line (\d+)", str(error))
        line = int(told[1]) if told else text.count("\n") + 1
        raise CodebookError(f"{path}:{line}: is not TOML: {error}{_curly(text, line)}") from error
    except ValueError as error:
        found = _ENDLESS.search(text)
        line = text.count("\n", 0, found.start()) + 1 if found else 1
        raise CodebookError(f"{path}:{line}: has a number of thousands of digits; shorten it") from error
    except RecursionError as error:
        raise CodebookError(f"{path}:1: is not a codebook: its brackets are nested too deeply; see seeds/README.md") from error
    return _Reader(path, text, raw).codebook(f"{crc32(data):08x}")


def _curly(text: str, line: int) -> str:
    """What to do where a line has the quotation marks of a word processor; ``""`` where it has none."""
    found = re.search("[“”„«»‘’]", text.split("\n")[line - 1])
    return f'; texts stand between straight quotes ("), not {found[0]}' if found else ""


class _Reader:
    """Checks a file's tables and gathers what is wrong with them."""

    def __init__(self, path: Path, text: str, raw: dict[str, Any]) -> None:
        self.path, self.raw = path, raw
        self.lines = TomlLines(text)
        self.problems: list[tuple[int, str]] = []

    def codebook(self, fingerprint: str) -> Codebook:
        for name in sorted(self.raw.keys() - _KEYS[""]):
            self._say(self.lines.top(name), f"unknown key {name!r} in the file; the keys are {', '.join(sorted(_KEYS['']))}")
        for name in ("title", "language"):
            if not isinstance(self.raw.get(name, ""), str):
                self._say(self.lines.top(name), f"{name} must be a text in quotes, not {self.raw[name]!r}")
        actors = tuple(self._actors())
        phases = tuple(self._phases())
        activities = tuple(self._activities())
        cues = tuple(self._cues())
        if not phases and not self.problems:
            self._say(1, "has no [[phase]]; give at least one, with id, label and definition")
        if self.problems:
            raise CodebookError("\n".join(f"{self.path}:{line}: {message}" for line, message in sorted(self.problems)))
        return Codebook(str(self.path), actors, phases, activities, cues, fingerprint)

    def _say(self, line: int, message: str) -> None:
        self.problems.append((line, message))

    # -------------------------------------------------------------- rows and cells

    def _rows(self, name: str) -> list[dict[str, Any]]:
        """Give the tables of a name; none, and a problem, where they are no list of tables."""
        rows = self.raw.get(name, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            self._say(self.lines.table(name), f"[{name}] must be a list of tables: write [[{name}]] with two brackets")
            return []
        return rows

    def _tables(self, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """Give the tables of a name that have an id of their own, with their numbers."""
        seen: dict[str, int] = {}
        for number, row in enumerate(self._rows(name)):
            self._unknown(row, name, number)
            ident = row.get("id")
            line = self.lines.key(name, number, "id")
            if not isinstance(ident, str) or not _ID.fullmatch(ident):
                self._say(line, f"[[{name}]] needs an id of small letters, digits and hyphens, not {ident!r}")
            elif ident in seen:
                self._say(line, f"{name} {ident!r} stands here and in line {seen[ident]}; an id may stand once")
            else:
                seen[ident] = line
                yield number, row

    def _unknown(self, row: dict[str, Any], table: str, number: int) -> None:
        for name in sorted(row.keys() - _KEYS[table]):
            self._say(self.lines.key(table, number, name), f"unknown key {name!r} in [[{table}]]; the keys are {', '.join(sorted(_KEYS[table]))}")

    def _text(self, row: dict[str, Any], name: str, table: str, number: int, *, default: str) -> str:
        value = row.get(name, default)
        if not isinstance(value, str) or (name in row and name != "definition" and not value.strip()):
            self._say(self.lines.key(table, number, name), f"{name} must be a text in quotes, not {value!r}")
            return default
        return value

    # -------------------------------------------------------------- tables

    def _actors(self) -> Iterator[Actor]:
        owners: dict[str, str] = {}
        for number, row in self._tables("actor"):
            name = self._text(row, "name", "actor", number, default=row["id"])
            if not any(map(str.isalnum, name)):
                self._say(self.lines.key("actor", number, "name"), f"name {name!r} has no letter or figure, so that no text can have it")
            aliases = row.get("aliases", [])
            if not isinstance(aliases, list) or not all(isinstance(alias, str) and key(alias) for alias in aliases):
                self._say(self.lines.key("actor", number, "aliases"), f"aliases must be a list of names, each with a letter or a figure, not {aliases!r}")
                aliases = []
            for other in (name, *aliases):
                owner = owners.setdefault(key(other), row["id"])
                if owner != row["id"]:
                    self._say(self.lines.value("actor", number, "name", other), f"{other!r} is a name of actor {owner!r} too; a name may belong to one actor")
            yield Actor(row["id"], name, tuple(aliases))

    def _phases(self) -> Iterator[Phase]:
        outcomes = 0
        for number, row in self._tables("phase"):
            ident = row["id"]
            like = self._text(row, "like", "phase", number, default=ident if ident in GENERAL_PHASES else "")
            if like and like not in GENERAL_PHASES:
                self._say(self.lines.key("phase", number, "like"), f"like must name one of {', '.join(GENERAL_PHASES)}, not {like!r}")
            label = self._text(row, "label", "phase", number, default=ident.replace("-", " ").capitalize())
            order = self._order(row, number)
            outcomes += order is None and ident != CONTEXT
            if outcomes == MAX_OUTCOMES + 1:
                self._say(self.lines.table("phase", number), f"{ident!r} is one too many: a codebook has at most {MAX_OUTCOMES} phases without an order")
            yield Phase(ident, label, order, self._text(row, "definition", "phase", number, default=""), like)

    def _order(self, row: dict[str, Any], number: int) -> int | None:
        order = row.get("order")
        if order is None:
            return None
        whole = isinstance(order, int) and not isinstance(order, bool) and abs(order) <= _MAX_ORDER
        if whole and row["id"] != CONTEXT:
            return int(order)
        meant = f"a whole number from -{_MAX_ORDER} to {_MAX_ORDER}"
        what = f"has no place in {CONTEXT!r}: leave it out" if whole else f"must be {meant}, not {order!r}; leave it out for an outcome"
        self._say(self.lines.key("phase", number, "order"), f"order {what}")
        return None

    def _activities(self) -> Iterator[tuple[str, str]]:
        for number, row in self._tables("activity"):
            yield row["id"], self._text(row, "label", "activity", number, default=row["id"])

    def _cues(self) -> Iterator[Cue]:
        for table in ("phase", "activity"):
            rows = self.raw.get(table, [])
            for number, row in enumerate(rows if isinstance(rows, list) else []):
                if isinstance(row, dict) and isinstance(row.get("id"), str):
                    yield from self._cue_list(row.get("cues", []), f"{table}:{row['id']}", table, number, "cues")
        status = self.raw.get("status", {})
        if not isinstance(status, dict):
            self._say(self.lines.table("status"), "[status] must be one table: write [status] with one bracket")
            return
        for name in status:
            if name not in ("reported", "suspected", "negated"):
                self._say(self.lines.key("status", 0, name), f"unknown status {name!r}; the lists are reported, suspected, negated")
            else:
                yield from self._cue_list(status[name], "status:" + name, "status", 0, name)

    def _cue_list(self, cues: object, sense: str, table: str, number: int, name: str) -> Iterator[Cue]:
        if not isinstance(cues, list):
            self._say(self.lines.key(table, number, name), f"{name} must be a list, not {cues!r}")
            return
        for cue in cues:
            try:
                yield from make_cues(cue, sense, own=True)
            except CueSyntaxError as error:
                self._say(self.lines.value(table, number, name, _first_text(cue)), f"cue {error}")


def _first_text(cue: object) -> str:
    """Find what of an entry stands on its line: its first words, or a key that no entry has."""
    if isinstance(cue, dict):
        unknown = [name for name in cue if name not in _KEYS["cue"]]
        return unknown[0] if unknown else _first_text(cue.get("words"))
    if isinstance(cue, list):
        return _first_text(cue[0]) if cue else ""
    return cue if isinstance(cue, str) else ""


def make_cues(raw: object, sense: str, *, own: bool, family: str = "") -> Iterator[Cue]:
    """Yield the cues of one entry: a text, or a table with ``words`` (a text or several), ``weight``, ``unless``, ``scope``.

    Raises CueSyntaxError where it is neither, or its words cannot be read.
    """
    table = {"words": raw} if isinstance(raw, str) else raw
    if not isinstance(table, dict) or not table.keys() <= _KEYS["cue"]:
        raise CueSyntaxError(f"{raw!r} is neither a text nor a table with the keys {', '.join(sorted(_KEYS['cue']))}")
    words = _texts(table.get("words"))
    if not words:
        raise CueSyntaxError(f"{raw!r} has no words: words must be a text or a list of texts")
    weight, scope, unless = table.get("weight", DEFAULT_WEIGHT), table.get("scope", "clause"), _texts(table.get("unless", []))
    if not isinstance(weight, int | float) or isinstance(weight, bool) or not -5 <= weight <= 5:
        raise CueSyntaxError(f"{words[0]!r} has weight {weight!r}, which is not a number from -5 to 5")
    if not isinstance(scope, str) or scope not in SCOPES:
        raise CueSyntaxError(f"{words[0]!r} has scope {scope!r}, which is not one of {', '.join(sorted(SCOPES))}")
    if unless is None:
        raise CueSyntaxError(f"{words[0]!r}: unless must be a text or a list of texts")
    excluded = tuple(compile_pattern(item) for item in unless)
    for text in words:
        yield Cue(text, sense, float(weight), compile_pattern(text), excluded, scope, own, family)


def _texts(value: object) -> list[str] | None:
    """Take a text or a list of texts for a list, None where it is neither."""
    found = [value] if isinstance(value, str) else value
    return found if isinstance(found, list) and all(isinstance(text, str) for text in found) else None
