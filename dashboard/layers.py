"""The tables as the compact file that the browser fetches once: columns as arrays, what repeats as a number.

Decoded by `static/atlas/data.js`. It holds no sentence of a document: evidence stays with the server and is sent for the mark that was chosen.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, get_args

import numpy as np
import pandas as pd

from dashboard.boundaries import Boundaries
from dashboard.codebook import Codebook
from dashboard.data import Tables
from dashboard.filters import PRECISIONS, activities_of, percent
from dashboard.moments import CERTAINTIES, OPEN_END, OPEN_START, located, positions
from gazetteer.records import Level, Provenance

LEVELS: tuple[Level, ...] = get_args(Level)
PROVENANCES: tuple[Provenance, ...] = get_args(Provenance)
NEAR_KM = 25.0
"""How far off a place may lie of which the text says only "near": precision 2 of UCDP GED."""

_ESTIMATE = re.compile(r"estimate\D*(\d+(?:\.\d+)?)\s*km")


def payload(tables: Tables, boundaries: Boundaries) -> dict[str, Any]:
    """Return the file's content. Days count from 1970-01-01, null is an open end; degrees are WGS 84."""
    observations, documents = tables.observations, tables.documents
    combinations = [list(names) for names in sorted({activities_of(cell) for cell in observations["activities"].unique()})]
    combined = {tuple(names): position for position, names in enumerate(combinations)}
    countries = sorted({_text(code) for code in observations["country_code"]})
    return {
        "key": tables.key,
        "newest": tables.newest,
        "west": tables.west,
        "phases": _phases(tables.codebook),
        "actors": [{"id": actor.id, "name": actor.name} for actor in tables.codebook.actors],
        "statuses": list(CERTAINTIES),
        "precisions": list(PRECISIONS),
        "provenances": list(PROVENANCES),
        "levels": list(LEVELS),
        "activities": combinations,
        "countries": countries,
        "documents": [_document(row) for row in documents.to_dict("records")],
        "places": _places(tables, boundaries),
        "observations": {
            "place": observations["place"].tolist(),
            "document": observations["document"].tolist(),
            "actor": _positions(observations["actor"], [actor.id for actor in tables.codebook.actors]),
            "phase": _positions(observations["phase"], [phase.id for phase in tables.codebook.phases]),
            "status": observations["certainty"].tolist(),
            "level": _positions(observations["level"], LEVELS),
            "country": _positions(observations["country_code"].fillna(""), countries),
            "precision": _positions(observations["precision"], PRECISIONS),
            "provenance": _positions(observations["date_provenance"], PROVENANCES),
            "activities": [combined[activities_of(cell)] for cell in observations["activities"]],
            "confidence": percent(observations["confidence"]).tolist(),
            "first": _ends(observations["first"]),
            "last": _ends(observations["last"]),
        },
        "routes": _routes(tables),
        "unplaced": unplaced(tables).to_dict("list"),
    }


def encoded(content: dict[str, Any]) -> bytes:
    """Return the file as it is written: JSON, UTF-8, no spaces."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8", "replace")


def unplaced(tables: Tables) -> pd.DataFrame:
    """Tell what a text names and the map cannot show: one row for each `surface`, `document` (a position) and `reason`, with their `count`.

    What a person says is no place is none of it.
    """
    mentions = tables.mentions
    placed = set(tables.places.loc[tables.places["latitude"].notna(), "place_id"])
    no_place = (mentions["method"] == "override") & (mentions["place_id"] == "")
    rows = mentions[(mentions["kind"] == "literal") & ~mentions["place_id"].isin(placed) & ~no_place]
    groups = rows.assign(reason=rows["reason"].fillna("")).groupby(["document_id", "surface", "reason"], sort=True).size()
    found = groups.rename("count").reset_index()
    return found.assign(document=_positions(found["document_id"], tables.documents["document_id"])).drop(columns="document_id")


def error_km(places: pd.DataFrame, observations: pd.DataFrame) -> list[float]:
    """How far off each place may lie, 0 where nothing says that it does.

    The error of an estimated point, or `NEAR_KM` where all that is said of it is "near" it.
    """
    nearness = observations[observations["place"] >= 0].groupby("place")["where_prec"].min()
    near = set(nearness.index[nearness == 2])
    return [max(_estimated(source), NEAR_KM if position in near else 0.0) for position, source in enumerate(places["source"])]


def outlines(places: pd.DataFrame, boundaries: Boundaries) -> list[str]:
    """Return the id of the outline that each place has, "" where it is a point or is drawn as a circle."""
    columns = places[["place_id", "name", "level", "country_code", "adm_1"]].fillna("").astype(str)
    rows = columns.itertuples(index=False, name=None)
    return [boundaries.outline(place=place, name=name, level=level, country=country, unit=unit) for place, name, level, country, unit in rows]


def _estimated(source: object) -> float:
    found = _ESTIMATE.search(source) if isinstance(source, str) else None
    return float(found.group(1)) if found else 0.0


def _phases(codebook: Codebook) -> list[dict[str, Any]]:
    ranks, outcomes = codebook.ranks, [phase.id for phase in codebook.outcomes]
    return [
        {
            "id": phase.id,
            "label": phase.label,
            "definition": phase.definition,
            "order": phase.order,
            "rank": ranks.get(phase.id, -1),
            "outcome": outcomes.index(phase.id) if phase.id in outcomes else -1,
        }
        for phase in codebook.phases
    ]


def _document(row: dict[Any, Any]) -> dict[str, str]:
    return {"id": row["document_id"], **{name: _text(row[name]) for name in ("title", "publisher", "published", "reliability")}}


def _places(tables: Tables, boundaries: Boundaries) -> dict[str, Any]:
    places = tables.places
    return {
        "id": places["place_id"].tolist(),
        "name": [_text(name) for name in places["name"]],
        "country": [_text(code) for code in places["country_code"]],
        "level": _positions(places["level"], LEVELS),
        "latitude": _numbers(places["latitude"]),
        "longitude": _numbers(places["longitude"]),
        "radius": _numbers(places["radius_km"].fillna(0.0)),
        "error": error_km(places, tables.observations),
        "outline": outlines(places, boundaries),
    }


def _routes(tables: Tables) -> dict[str, Any]:
    routes = tables.routes.sort_values(["route_id", "leg"], kind="stable")
    known = located(tables.places)
    ends = {name: _positions(routes[f"{name}_place_id"], known) for name in ("from", "to")}
    return {
        "id": routes["route_id"].tolist(),
        "leg": [int(leg) for leg in routes["leg"]],
        **ends,
        "actor": _positions(routes["actor"], [actor.id for actor in tables.codebook.actors]),
        "moves": [_text(moves) for moves in routes["moves"]],
        "document": _positions(routes["document_id"], tables.documents["document_id"]),
        "status": [max(position, 0) for position in _positions(routes["status"], CERTAINTIES)],
        "precision": _positions(routes["precision"], PRECISIONS),
        "provenance": _positions(routes["date_provenance"], PROVENANCES),
        "first": _ends(routes["first"]),
        "last": _ends(routes["last"]),
    }


def _positions(column: pd.Series[str], names: Iterable[str | None]) -> list[int]:
    found: list[int] = positions(column, names).tolist()
    return found


def _ends(days: pd.Series[int]) -> list[int | None]:
    """Days with null at an open end; undated rows, which `moments` marks by an interval that ends before it begins, get two."""
    return [None if day in (OPEN_START, OPEN_END) else int(day) for day in days]


def _numbers(column: pd.Series[float]) -> list[float | None]:
    return [None if np.isnan(value) else round(float(value), 5) for value in column]


def _text(cell: object) -> str:
    return cell if isinstance(cell, str) else ""
