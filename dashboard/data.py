"""The tables of a build, read once for all sessions and again only when they change."""

from __future__ import annotations

import hashlib
import io
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
import pandas as pd
import pyarrow
import streamlit as st
from numpy.typing import NDArray

from dashboard.codebook import HOME, Codebook, codebook_of
from dashboard.messages import Words
from dashboard.moments import day_of, located, prepared, span, with_days
from dashboard.projection import western_edge
from gazetteer import edtf
from gazetteer.errors import AtlasError

ROOT = Path(__file__).resolve().parent.parent
VARIABLE = "EXPANSION_ATLAS_BUILD"
"""Names the environment variable that holds the folder of the tables, where it is not `build/` in the project."""

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "observations": (
        "observation_id", "document_id", "place_id", "place_name", "country_code", "adm_1", "level", "latitude", "longitude", "where_prec",
        "actor", "phase", "status", "activities", "date_edtf", "date_start", "date_end", "precision", "date_provenance", "date_text",
        "confidence", "toponym", "cue", "evidence", "evidence_start", "evidence_end", "method",
    ),
    "mentions": ("document_id", "start", "end", "surface", "kind", "place_id", "reason", "score", "method", "alternatives"),
    "places": ("place_id", "name", "level", "country_code", "adm_1", "latitude", "longitude", "radius_km", "source"),
    "documents": ("document_id", "file", "title", "publisher", "author", "published", "url", "language", "reliability"),
    "routes": (
        "route_id", "leg", "from_place_id", "to_place_id", "actor", "moves", "document_id",
        "date_edtf", "date_start", "date_end", "precision", "date_provenance", "evidence", "evidence_start", "evidence_end", "status", "cue",
    ),
}  # fmt: skip
"""The columns that the dashboard needs of each table."""
_IDS: Mapping[str, str] = {"places": "place_id", "documents": "document_id"}
"""What may stand once in its table."""
_DATES = frozenset({"date_start", "date_end"})
_WHOLE = frozenset({"start", "end", "leg", "evidence_start", "evidence_end"})
_REAL = frozenset({"latitude", "longitude", "radius_km", "confidence", "score", "where_prec"})
_TEXTS = frozenset(column for columns in COLUMNS.values() for column in columns) - _DATES - _WHOLE - _REAL


class Called(NamedTuple):
    """What the tables call a place, and what kind of place it is."""

    name: str
    level: str
    country: str


class Other(NamedTuple):
    """A place that a mention may mean instead of its own: what it is called, and the first-level unit that holds it."""

    called: Called
    unit: str


Fingerprint = tuple[tuple[str, int, int], ...]
Problem = Literal["absent", "unfinished", "broken"]


class TablesError(AtlasError, OSError):
    """The tables cannot be shown; `problem` says why, the message what was found."""

    def __init__(self, problem: Problem, detail: str) -> None:
        super().__init__(detail)
        self.problem = problem
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Tables:
    """A build. `observations` and `routes` carry the integer columns of `moments.prepared`; positions point into `places` and `documents`."""

    observations: pd.DataFrame
    mentions: pd.DataFrame
    places: pd.DataFrame
    documents: pd.DataFrame
    routes: pd.DataFrame
    codebook: Codebook
    build: Mapping[str, Any]
    key: str
    """A hash of all of it."""
    newest: int | None
    """The last day on which the newest document can have been published, None where no document is dated."""
    names: Mapping[str, Called] = field(init=False)
    """What places are called, by their ids."""
    others: Mapping[str, Other] = field(init=False)
    """What mentions may mean instead, by their ids, whether the map has them or not; none of those of a build that does not name them."""
    mentions_of: Mapping[str, Sequence[int]] = field(init=False)
    """Positions in `mentions` by document."""
    west: float = field(init=False)
    """The longitude at which the world is cut to draw the places of which something is said."""

    def called(self, words: Words, identifier: str, default: str = "") -> str:
        """Return what the interface calls a place; `default`, else its id, where the tables do not know it."""
        return words.place(identifier, *self.names[identifier]) if identifier in self.names else default or identifier

    @property
    def timeless(self) -> bool:
        """Whether nothing at all is dated, whatever the filters: then there is no moment to tell of."""
        return span(self.observations) is None

    def __post_init__(self) -> None:
        """Look up once what every card asks for."""
        found: dict[str, list[int]] = {}
        for position, document in enumerate(self.mentions["document_id"].to_list()):
            found.setdefault(str(document), []).append(position)
        object.__setattr__(self, "names", {identifier: Called(*rest) for identifier, *rest in _callings(self.places)})
        object.__setattr__(self, "others", {row["place_id"]: _other(row) for row in self.build.get("alternatives") or ()})
        object.__setattr__(self, "mentions_of", found)
        object.__setattr__(self, "west", western_edge(_longitudes(self)))


def _longitudes(tables: Tables) -> NDArray[np.float64]:
    rows = tables.observations
    said = sorted(set(rows.loc[(rows["place"] >= 0) & ((rows["rank"] >= 0) | (rows["outcome"] >= 0)), "place"]))
    return tables.places["longitude"].to_numpy(float)[said]


def called(words: Words, places: pd.DataFrame) -> list[str]:
    """Return what the interface calls each of some rows of `places`."""
    return [words.place(*row) for row in _callings(places)]


def _callings(places: pd.DataFrame) -> Iterator[tuple[str, str, str, str]]:
    """What the names of places hang on: id, name, level, country code."""
    columns = places[["place_id", "name", "level", "country_code"]].fillna("").astype(str)
    return columns.itertuples(index=False, name=None)


def _other(row: Mapping[str, str]) -> Other:
    return Other(Called(row["name"], row["level"], row["country_code"]), row["adm_1"])


def is_known_by_town(identifier: str) -> bool:
    """Tell by a place's id whether only the town that it lies in or near is known (the column `place_id` of `places`)."""
    return identifier.startswith("in:")


def build_folder() -> Path:
    """Where the tables are."""
    return Path(os.environ.get(VARIABLE) or ROOT / "build")


def fingerprint(folder: Path) -> Fingerprint:
    """Names, sizes and times of a build's files: it changes whenever they do.

    Raises `TablesError` where there is no build, or where one is being written: `build.json` is the last file of a build.
    """
    files = [folder / "build.json", *(folder / f"{name}.parquet" for name in COLUMNS)]
    there = [file for file in files if file.is_file()]
    if not there:
        raise TablesError("absent", str(folder))
    if missing := [file.name for file in files if file not in there and file.stem != "routes"]:
        raise TablesError("unfinished", ", ".join(missing))
    return tuple((file.name, stat.st_size, stat.st_mtime_ns) for file in there for stat in [file.stat()])


@st.cache_resource(max_entries=2, show_spinner=False)
def load(folder: Path, seen: Fingerprint) -> Tables:  # noqa: ARG001 -- it is the cache's key
    """Return the tables of a folder. `seen` is what `fingerprint` gave: the tables are read again when it changes. Raises `TablesError`."""
    return read(folder)


def read(folder: Path) -> Tables:
    """Return the tables of a folder, read anew. Raises `TablesError`."""
    raw, build = _record(folder)
    frames = {name: _table(folder, name, build) for name in COLUMNS}
    places, documents, observations = frames["places"], frames["documents"], frames["observations"]
    codebook = codebook_of(build, phases=observations["phase"].unique(), actors=observations["actor"].unique())
    if len(codebook.outcomes) > HOME:
        raise TablesError("broken", f"build.json: has {len(codebook.outcomes)} phases without an order, and the map can show {HOME}")
    return Tables(
        observations=prepared(observations, codebook, places=located(places), documents=documents["document_id"]),
        mentions=frames["mentions"],
        places=places,
        documents=documents,
        routes=with_days(frames["routes"]),
        codebook=codebook,
        build=build,
        key=hashlib.sha256(raw + repr(fingerprint(folder)).encode()).hexdigest()[:16],
        newest=max((day for day in map(_published, documents["published"]) if day is not None), default=None),
    )


def _record(folder: Path) -> tuple[bytes, Mapping[str, Any]]:
    """Return `build.json`, as it stands and as it is read."""
    try:
        raw = (folder / "build.json").read_bytes()
        build = json.loads(raw)
    except (OSError, ValueError, RecursionError) as error:
        raise TablesError("broken", f"build.json: {error}") from error
    if strange := _strange(build):
        raise TablesError("broken", f"build.json: {strange} is not as this version writes it")
    return raw, build


def _strange(build: object) -> str:
    """Name what a build's record has in another form than the dashboard reads; what is missing is none of it."""
    if not isinstance(build, dict):
        return "the whole of it"
    found = next((name for name in ("program", "versions", "codebook") if not isinstance(build.get(name) or {}, dict)), "")
    if found:
        return repr(found)
    codebook = build.get("codebook") or {}
    lists = {
        "inputs": (build.get("inputs"), ("file", "sha256")),
        "outputs": (build.get("outputs"), ("file", "sha256")),
        "problems": (build.get("problems"), ("message",)),
        "alternatives": (build.get("alternatives"), ("place_id", "name", "level", "country_code", "adm_1")),
        "phases": (codebook.get("phases"), ("id",)),
        "actors": (codebook.get("actors"), ("id",)),
        "activities": (codebook.get("activities"), ("id",)),
    }
    return next((repr(name) for name, (rows, keys) in lists.items() if not _has(rows or [], keys) or _twice(rows or [], keys)), "")


def _has(rows: object, keys: Sequence[str]) -> bool:
    """Whether something is a list of objects that have texts by these keys."""
    return isinstance(rows, list) and all(isinstance(row, dict) and all(isinstance(row.get(key), str) for key in keys) for row in rows)


def _twice(rows: Sequence[Mapping[str, Any]], keys: Sequence[str]) -> bool:
    """Whether one of some objects that are known by their `id` stands twice."""
    return keys == ("id",) and len({row["id"] for row in rows}) < len(rows)


def changed_inputs(build: Mapping[str, Any], folder: Path) -> list[str]:
    """Names of the input files that are no longer as the build read them.

    Empty where the build was not made from `folder`: then a file that it read is not there. Names in brackets are the program's own.
    """
    inputs = {str(row["file"]): str(row["sha256"]) for row in build.get("inputs") or () if not str(row["file"]).startswith("(")}
    try:
        if any(Path(name).name != name or not (folder / name).is_file() for name in inputs):
            return []
        return [name for name, digest in inputs.items() if hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest]
    except OSError:  # a name that no file of this machine can have, or a file that cannot be read
        return []


def _table(folder: Path, name: str, build: Mapping[str, Any]) -> pd.DataFrame:
    """Return a table of the build that a record tells of, and of no other that writes into the same folder."""
    file = folder / f"{name}.parquet"
    if name == "routes" and not file.is_file():
        return pd.DataFrame({column: pd.Series(dtype="str") for column in COLUMNS[name]})
    told = {str(row["file"]): str(row["sha256"]) for row in build.get("outputs") or ()}
    try:
        raw = file.read_bytes()
        frame = pd.read_parquet(io.BytesIO(raw))
    except (OSError, pyarrow.ArrowException) as error:
        raise TablesError("broken", f"{file.name}: {error}") from error
    if told.get(file.name, digest := hashlib.sha256(raw).hexdigest()) != digest:
        raise TablesError("unfinished", f"{file.name}: is not of the build that build.json tells of")
    if missing := [column for column in COLUMNS[name] if column not in frame.columns]:
        raise TablesError("broken", f"{file.name}: lacks {', '.join(missing)}")
    if name in _IDS and (twice := frame[_IDS[name]][frame[_IDS[name]].duplicated()].tolist()):
        raise TablesError("broken", f"{file.name}: {_IDS[name]} {twice[0]!r} stands twice")
    return frame.assign(**{str(column): _typed(file, str(column), frame[column]) for column in frame.columns})


def _typed(file: Path, name: str, column: pd.Series[Any]) -> pd.Series[Any]:
    if name in _TEXTS and pd.api.types.is_numeric_dtype(column.dtype) and column.notna().any():
        raise TablesError("broken", f"{file.name}: {name} is a column of numbers, not of texts")
    try:
        return _plain(name, column)
    except (ValueError, TypeError) as error:
        raise TablesError("broken", f"{file.name}: {name} is not a column of numbers ({error})") from error


def _published(date: str) -> int | None:
    """Return the last day of a document's date, None where it has none that can be read."""
    try:
        end = edtf.parse(date).end if date else None
    except ValueError:
        return None
    return day_of(end) if end else None


def _plain(name: str, column: pd.Series[Any]) -> pd.Series[Any]:
    """Return a column without extension types: texts (missing: empty), whole numbers, numbers (missing: not a number); dates stay as they are."""
    if name in _DATES:
        return column
    if name in _WHOLE:
        return column.astype("int64")
    if name in _TEXTS:
        return column.astype("str").fillna("")
    if name in _REAL or pd.api.types.is_numeric_dtype(column.dtype):
        return pd.to_numeric(column).astype("float64")
    return column.astype("str").fillna("") if pd.api.types.is_string_dtype(column.dtype) or column.isna().all() else column
