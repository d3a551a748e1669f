"""Reads a codebook: the actors, the phases and the activities that a reading is about, with the cues that say so.

The file is TOML; ``seeds/README.md`` describes it for its writers. Everything that is wrong with a file is reported at once, with line numbers.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any
from zlib import crc32

from gazetteer.cues import SCOPES, Cue, CueSyntaxError, compile_pattern
from gazetteer.errors import CodebookError

CONTEXT = "context"
"""The phase of a place that the text names without saying anything of the spread there."""
DEFAULT_WEIGHT = 2.0
_ID = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
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

    def phase(self, ident: str) -> Phase:
        """The phase of an id. Raises KeyError."""
        for phase in self.phases:
            if phase.id == ident:
                return phase
        raise KeyError(ident)


GENERAL_PHASES = ("origin", "exploration", "penetration", "consolidation", "contested", "disruption")


def default_path() -> Path:
    """The project's own codebook, beside the package."""
    return Path(str(files("gazetteer"))).parent / "seeds" / "codebook.toml"


def find(folder: Path, given: Path | None) -> Path:
    """The codebook for a folder of documents: the given one, else the folder's, else the project's.

    Raises CodebookError where there is none.
    """
    for path in (given,) if given else (folder / "codebook.toml", default_path()):
        if path and path.is_file():
            return path
    raise CodebookError(f"{given or default_path()}: no such codebook file; give one with --codebook, or put codebook.toml into {folder}")


def read(path: Path) -> Codebook:
    """The codebook of a file.

    Raises CodebookError with one line for each finding.
    """
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
        raw = tomllib.loads(text)
    except OSError as error:
        raise CodebookError(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise CodebookError(f"{path}: is not UTF-8 (byte {error.start}); save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise CodebookError(f"{path}: is not TOML: {error}") from error
    return _Reader(path, text, raw).codebook(f"{crc32(data):08x}")


class _Reader:
    """Checks a file's tables and gathers what is wrong with them."""

    def __init__(self, path: Path, text: str, raw: dict[str, Any]) -> None:
        self.path, self.raw = path, raw
        self.lines = text.splitlines()
        self.problems: list[str] = []

    def codebook(self, fingerprint: str) -> Codebook:
        self._unknown(self.raw, "", 1, "the file")
        actors = tuple(self._actors())
        phases = tuple(self._phases())
        activities = tuple(self._activities())
        cues = tuple(self._cues())
        if not phases and not self.problems:
            self._say(1, "has no [[phase]]; give at least one, with id, label and definition")
        if self.problems:
            raise CodebookError("\n".join(self.problems))
        return Codebook(str(self.path), actors, phases, activities, cues, fingerprint)

    # -------------------------------------------------------------- where things stand

    def _say(self, line: int, message: str) -> None:
        self.problems.append(f"{self.path}:{line}: {message}")

    def _line(self, table: str, number: int, value: str = "") -> int:
        """Line of the number-th ``[[table]]``, or of the first line in it that holds a value."""
        seen = -1
        for count, line in enumerate(self.lines, 1):
            header = re.match(r"\s*\[\[?\s*([\w.]+)\s*\]\]?", line)
            if header:
                seen += header.group(1) == table
                if seen > number or (seen == number and header.group(1) != table):
                    break
                start = count if seen == number and header.group(1) == table else 0
                if start and not value:
                    return start
            if seen == number and value and value in line:
                return count
        return self._line(table, number) if value else 1

    def _tables(self, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
        rows = self.raw.get(name, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            self._say(self._line(name, 0), f"[{name}] must be a list of tables: write [[{name}]] with two brackets")
            return
        seen: dict[str, int] = {}
        for number, row in enumerate(rows):
            line = self._line(name, number)
            self._unknown(row, name, line, f"[[{name}]]")
            ident = row.get("id")
            if not isinstance(ident, str) or not _ID.fullmatch(ident):
                self._say(line, f"[[{name}]] needs an id of small letters, digits and hyphens, not {ident!r}")
            elif ident in seen:
                self._say(self._line(name, number, "id"), f"{name} {ident!r} stands here and in line {seen[ident]}; an id may stand once")
            else:
                seen[ident] = self._line(name, number, "id")
                yield number, row

    def _unknown(self, table: dict[str, Any], kind: str, line: int, where: str) -> None:
        for name in table.keys() - _KEYS[kind]:
            known = ", ".join(sorted(_KEYS[kind]))
            found = next((count for count, text in enumerate(self.lines, 1) if count >= line and re.match(rf"\s*(\[\[?)?{re.escape(name)}\b", text)), line)
            self._say(found, f"unknown key {name!r} in {where}; the keys are {known}")

    def _text(self, row: dict[str, Any], name: str, line: int, default: str) -> str:
        value = row.get(name, default)
        if not isinstance(value, str):
            self._say(line, f"{name} must be a text in quotes, not {value!r}")
            return default
        return value

    # -------------------------------------------------------------- tables

    def _actors(self) -> Iterator[Actor]:
        for number, row in self._tables("actor"):
            line = self._line("actor", number)
            aliases = row.get("aliases", [])
            if not isinstance(aliases, list) or not all(isinstance(alias, str) for alias in aliases):
                self._say(self._line("actor", number, "aliases"), f"aliases must be a list of texts, not {aliases!r}")
                aliases = []
            yield Actor(row["id"], self._text(row, "name", line, row["id"]), tuple(aliases))

    def _phases(self) -> Iterator[Phase]:
        for number, row in self._tables("phase"):
            line, ident = self._line("phase", number), row["id"]
            order = row.get("order")
            if order is not None and (not isinstance(order, int) or isinstance(order, bool)):
                self._say(self._line("phase", number, "order"), f"order must be a whole number, not {order!r}; leave it out for an outcome")
                order = None
            like = self._text(row, "like", line, ident if ident in GENERAL_PHASES else "")
            if like and like not in GENERAL_PHASES:
                self._say(self._line("phase", number, "like"), f"like must name one of {', '.join(GENERAL_PHASES)}, not {like!r}")
            yield Phase(ident, self._text(row, "label", line, ident.replace("-", " ").capitalize()), order, self._text(row, "definition", line, ""), like)

    def _activities(self) -> Iterator[tuple[str, str]]:
        for number, row in self._tables("activity"):
            yield row["id"], self._text(row, "label", self._line("activity", number), row["id"])

    def _cues(self) -> Iterator[Cue]:
        for table in ("phase", "activity"):
            rows = self.raw.get(table, [])
            for number, row in enumerate(rows if isinstance(rows, list) else []):
                if isinstance(row, dict) and isinstance(row.get("id"), str):
                    yield from self._cue_list(row.get("cues", []), (table if table == "activity" else "phase") + ":" + row["id"], table, number)
        status = self.raw.get("status", {})
        for name in status if isinstance(status, dict) else ():
            if name not in ("reported", "suspected", "negated"):
                self._say(self._line("status", 0, name), f"unknown status {name!r}; the lists are reported, suspected, negated")
            else:
                yield from self._cue_list(status[name], "status:" + name, "status", 0)

    def _cue_list(self, cues: Any, sense: str, table: str, number: int) -> Iterator[Cue]:
        if not isinstance(cues, list):
            self._say(self._line(table, number, "cues"), f"cues must be a list, not {cues!r}")
            return
        for cue in cues:
            words = cue.get("words") if isinstance(cue, dict) else cue
            line = self._line(table, number, words if isinstance(words, str) else "cues")
            try:
                yield from make_cues(cue, sense, own=True)
            except CueSyntaxError as error:
                self._say(line, f"cue {error}")


def make_cues(raw: Any, sense: str, *, own: bool) -> Iterator[Cue]:
    """The cues of one entry: a text, or a table with ``words`` (a text or several), ``weight``, ``unless``, ``scope``.

    Raises CueSyntaxError where it is neither, or its words cannot be read.
    """
    table = {"words": raw} if isinstance(raw, str) else raw
    if not isinstance(table, dict) or not table.keys() <= _KEYS["cue"]:
        raise CueSyntaxError(f"{raw!r} is neither a text nor a table with the keys {', '.join(sorted(_KEYS['cue']))}")
    words = [table["words"]] if isinstance(table.get("words"), str) else table.get("words")
    weight, scope, unless = table.get("weight", DEFAULT_WEIGHT), table.get("scope", "clause"), table.get("unless", [])
    if not isinstance(words, list) or not words or not all(isinstance(word, str) for word in words):
        raise CueSyntaxError(f"{raw!r} has no words")
    if not isinstance(weight, (int, float)) or isinstance(weight, bool) or not -5 <= weight <= 5:
        raise CueSyntaxError(f"{words[0]!r} has weight {weight!r}, which is not a number from -5 to 5")
    if scope not in SCOPES:
        raise CueSyntaxError(f"{words[0]!r} has scope {scope!r}, which is not one of {', '.join(sorted(SCOPES))}")
    unless = [unless] if isinstance(unless, str) else unless
    if not isinstance(unless, list) or not all(isinstance(item, str) for item in unless):
        raise CueSyntaxError(f"{words[0]!r}: unless must be a text or a list of texts")
    excluded = tuple(compile_pattern(item) for item in unless)
    for text in words:
        yield Cue(text, sense, float(weight), compile_pattern(text), excluded, scope, own)
