"""The tables of a build, read once for all sessions and again only when they change."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import pyarrow
import streamlit as st

from dashboard.codebook import Codebook, codebook_of
from dashboard.moments import prepared, with_days
from gazetteer.errors import AtlasError

ROOT = Path(__file__).resolve().parent.parent
VARIABLE = "EXPANSION_ATLAS_BUILD"
"""Names the environment variable that holds the folder of the tables, where it is not `build/` in the project."""

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "observations": (
        "observation_id", "document_id", "place_id", "place_name", "country_code", "adm_1", "level", "latitude", "longitude", "where_prec", "actor", "phase", "status",
        "activities", "date_edtf", "date_start", "date_end", "precision", "date_provenance", "confidence", "toponym", "cue", "evidence", "evidence_start", "evidence_end",
        "method",
    ),
    "mentions": ("document_id", "start", "end", "surface", "kind", "place_id", "reason", "score", "alternatives"),
    "places": ("place_id", "name", "level", "country_code", "adm_1", "latitude", "longitude", "radius_km", "source"),
    "documents": ("document_id", "file", "title", "publisher", "author", "published", "url", "language", "reliability"),
    "routes": (
        "route_id", "leg", "from_place_id", "to_place_id", "actor", "moves", "document_id", "date_edtf", "date_start", "date_end", "precision", "date_provenance",
        "evidence", "evidence_start", "evidence_end", "status", "cue",
    ),
}  # fmt: skip
"""The columns that the dashboard needs of each table."""
ALIASES: Mapping[str, Mapping[str, str]] = {
    "places": {"id": "place_id", "country": "country_code"},
    "documents": {"id": "document_id", "document": "document_id"},
}

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
def load(folder: Path, seen: Fingerprint) -> Tables:
    """The tables of a folder. `seen` is what `fingerprint` gave: the tables are read again when it changes. Raises `TablesError`."""
    return read(folder)


def read(folder: Path) -> Tables:
    """The tables of a folder, read anew. Raises `TablesError`."""
    try:
        raw = (folder / "build.json").read_bytes()
        build: Mapping[str, Any] = json.loads(raw)
    except (OSError, ValueError) as error:
        raise TablesError("broken", f"build.json: {error}") from error
    frames = {name: _table(folder, name) for name in COLUMNS}
    places, documents = frames["places"], frames["documents"]
    observations = frames["observations"].assign(activities=frames["observations"]["activities"].map(_joined))
    codebook = codebook_of(build, phases=observations["phase"].dropna().unique(), actors=observations["actor"].dropna().unique())
    unplaced = places["latitude"].isna() | places["longitude"].isna()
    known = places["place_id"].where(~unplaced, "")
    return Tables(
        observations=prepared(observations, codebook, places=known, documents=documents["document_id"]),
        mentions=frames["mentions"],
        places=places,
        documents=documents,
        routes=with_days(frames["routes"]),
        codebook=codebook,
        build=build,
        key=hashlib.sha256(raw + repr(fingerprint(folder)).encode()).hexdigest()[:16],
    )


def changed_inputs(build: Mapping[str, Any], folder: Path) -> list[str]:
    """Names of the input files that are no longer as the build read them; empty where they cannot be compared."""
    changed = []
    for row in build.get("inputs") or []:
        name, digest = str(row.get("file", "")), str(row.get("sha256", ""))
        file = folder / Path(name).name
        if digest and file.is_file() and hashlib.sha256(file.read_bytes()).hexdigest() != digest:
            changed.append(name)
    return changed


def _table(folder: Path, name: str) -> pd.DataFrame:
    file = folder / f"{name}.parquet"
    if name == "routes" and not file.is_file():
        return pd.DataFrame({column: pd.Series(dtype="str") for column in COLUMNS[name]})
    try:
        frame = pd.read_parquet(file).rename(columns=dict(ALIASES.get(name, {})))
    except (OSError, pyarrow.ArrowException) as error:
        raise TablesError("broken", f"{file.name}: {error}") from error
    if missing := [column for column in COLUMNS[name] if column not in frame.columns]:
        raise TablesError("broken", f"{file.name}: {', '.join(missing)}")
    return frame


def _joined(cell: object) -> str:
    """Activities as one text, whether the table holds a text or a list."""
    if isinstance(cell, str):
        return cell
    return ";".join(str(part) for part in cell) if hasattr(cell, "__iter__") else ""
