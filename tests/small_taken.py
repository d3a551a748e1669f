"""What can be taken away of small tables, and the same with one text in every place in which a document can put one."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pandas as pd

from dashboard import data
from dashboard.data import Tables
from dashboard.exports.taken import Taken, take
from dashboard.filters import Filter
from dashboard.links import State
from dashboard.messages import words
from tests.small_tables import CODEBOOK, table, write_build

MADE = date(2026, 3, 5)
ROWS = (
    "lima origin 2010 confirmed a",
    "quito exploration 2018 reported b",
    "quito penetration 2021-05 suspected a",
    "cusco exploration 2023-05* confirmed a",
    "peru consolidation 2022 confirmed b",
    "andes disruption 2023-01-09 reported b",
    "nowhere exploration 2019 confirmed a",
    "lima context 2023-05* confirmed a",
    "cusco contested - confirmed c",
)
ROUTE = {
    "route_id": "r1", "leg": 1, "from_place_id": "lima", "to_place_id": "quito", "actor": "crew", "moves": "people", "document_id": "a", "date_edtf": "2019", "date_start": "2019-01-01",
    "date_end": "2019-12-31", "precision": "year", "date_prec": 5, "date_provenance": "text", "evidence": "From Lima it moved to Quito.", "evidence_start": 0, "evidence_end": 28,
    "status": "reported", "cue": "moved",
}  # fmt: skip


def tables(folder: Path, *rows: str) -> Tables:
    """Tables with these observations (those of `ROWS` where none are given), and one leg of a route from Lima to Quito."""
    write_build(folder, table(*(rows or ROWS)))
    pd.DataFrame([ROUTE]).to_parquet(folder / "routes.parquet", index=False)
    _label(folder)
    return data.read(folder)


def _label(folder: Path, text: str | None = None) -> None:
    """Gives a build the codebook of the small tables, all its labels as `text` where that is given."""
    build = json.loads((folder / "build.json").read_text("utf-8"))
    build["codebook"] = {
        "actors": [{"id": actor.id, "name": text or actor.name} for actor in CODEBOOK.actors],
        "phases": [{"id": phase.id, "label": text or phase.label, "order": phase.order, "definition": text or phase.definition} for phase in CODEBOOK.phases],
        "activities": [{"id": activity, "label": text or label} for activity, label in CODEBOOK.activities],
    }
    (folder / "build.json").write_text(json.dumps(build), "utf-8")


def spoiled(folder: Path, text: str) -> Tables:
    """Tables in which every name, sentence, title, cue and label is `text`."""
    tables(folder)
    for name, columns in {
        "observations": ("place_name", "toponym", "cue", "evidence", "activities"),
        "places": ("name", "source"),
        "documents": ("file", "title", "publisher", "url"),
        "mentions": ("surface", "reason"),
        "routes": ("moves", "cue", "evidence"),
    }.items():
        found = pd.read_parquet(folder / f"{name}.parquet")
        found.assign(**dict.fromkeys(columns, text)).to_parquet(folder / f"{name}.parquet", index=False)
    _label(folder, text)
    return data.read(folder)


def taken(
    found: Tables, *, language: str = "en", chosen: Filter | None = None, state: State | None = None, whole: bool = False, sentences: bool = True
) -> Taken:
    """What is taken away of tables."""
    return take(words(language), found, chosen or Filter(), state or State(), whole=whole, sentences=sentences, made=MADE)
