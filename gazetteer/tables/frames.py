"""What is in the tables: what was read, a row each.

Columns and their meaning: :mod:`gazetteer.tables.columns`; files: :mod:`gazetteer.tables.files`; what must hold: :mod:`gazetteer.tables.checks`. Every row's
coordinates are WGS 84 degrees. A table has its columns even when it has no row.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from gazetteer import edtf
from gazetteer.codebook import Codebook
from gazetteer.pipeline import Reading
from gazetteer.records import BY_TOWN, Observation, Place, Resolution, RouteLeg
from gazetteer.tables.columns import SCHEMA, licence

_DATE_PREC = ((1, 1), (6, 2), (7, 3), (31, 4))
"""The most days that an interval has with each of UCDP GED's ``date_prec``; a longer one has 5."""
_WHERE_PREC = {"facility": 1, "locality": 1, "admin2": 3, "admin1": 4, "country": 6}


def where_precision(place: Place, near: bool) -> int:
    """UCDP GED's ``where_prec``: 1 exact, 2 near, 3 second-level, 4 first-level unit, 5 a region inside a country, 6 country, 7 other regions.

    ``near``: whether the text says "near", or the place is known by its town only.
    """
    if place.level == "region":
        return 5 if place.country else 7
    code = _WHERE_PREC[place.level]
    return 2 if near and code == 1 else code


def interval_columns(text: str, precision: str) -> dict[str, Any]:
    """Give the date columns of an EDTF date: its ends (None at an open one) and UCDP GED's ``date_prec``, 1 day, 2 some days, 3 week, 4 month, 5 more."""
    if not text:
        return {"date_edtf": None, "date_start": None, "date_end": None, "precision": precision, "date_prec": None}
    interval = edtf.parse(text)
    length = _date_precision(interval.start, interval.end)
    return {"date_edtf": text, "date_start": interval.start, "date_end": interval.end, "precision": precision, "date_prec": length}


def _date_precision(start: date | None, end: date | None) -> int:
    if start is None or end is None:
        return 5
    days = (end - start).days + 1
    return next((code for most, code in _DATE_PREC if days <= most), 5)


def make(readings: Sequence[Reading], codebook: Codebook, hashes: Mapping[str, str]) -> dict[str, pd.DataFrame]:
    """All tables of a build, by name. ``hashes``: SHA-256 of each document's file by document id."""
    orders = {phase.id: phase.order for phase in codebook.phases}
    rows = {
        "observations": [_observation(reading, item, orders) for reading in readings for item in reading.observations],
        "mentions": [_mention(reading, number, item) for reading in readings for number, item in enumerate(reading.resolutions)],
        "places": [_place(place) for place in _places(readings)],
        "documents": [_document(reading, hashes[reading.document.id]) for reading in readings],
        "routes": [_leg(reading, leg) for reading in readings for leg in reading.routes],
    }
    return {name: frame(name, found) for name, found in rows.items()}


def frame(name: str, rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Make a table with its schema's columns and types from its rows; an empty text becomes null."""
    columns = SCHEMA[name]
    data = {column: pd.Series([_cell(row.get(column)) for row in rows], dtype=kind) for column, kind in columns.items()}
    return pd.DataFrame(data, columns=list(columns))


def _cell(value: object) -> object:
    return None if value == "" else value


# ------------------------------------------------------------------ rows


def _identifier(*parts: object) -> str:
    return hashlib.sha256("|".join(map(str, parts)).encode("utf-8")).hexdigest()[:16]


def _place_columns(place: Place | None, near: bool) -> dict[str, Any]:
    if place is None:
        return {}
    return {
        "place_id": place.id,
        "place_name": place.name,
        "country_code": place.country or None,
        "adm_1": place.admin1_name or None,
        "level": place.level,
        "geonameid": place.geonameid,
        "latitude": round(place.latitude, 6),
        "longitude": round(place.longitude, 6),
        "where_prec": where_precision(place, near),
    }


def _observation(reading: Reading, item: Observation, orders: Mapping[str, int | None]) -> dict[str, Any]:
    where = item.place.id if item.place else item.mention.surface
    return {
        "observation_id": _identifier(item.document, item.evidence_start, item.mention.start, where, item.phase, item.actor),
        "document_id": item.document,
        **_place_columns(item.place, item.mention.near or item.method.startswith(BY_TOWN)),
        "actor": item.actor,
        "phase": item.phase,
        "phase_order": orders.get(item.phase),
        "status": item.status,
        "activities": ";".join(item.activities) or None,
        **interval_columns(item.date, item.precision),
        "date_provenance": item.provenance,
        "date_text": item.date_text or None,
        "confidence": item.confidence,
        "toponym": item.mention.surface,
        "cue": item.cue or None,
        "evidence": reading.document.text[item.evidence_start : item.evidence_end],
        "evidence_start": item.evidence_start,
        "evidence_end": item.evidence_end,
        "method": item.method,
    }


def _mention(reading: Reading, number: int, item: Resolution) -> dict[str, Any]:
    return {
        "mention_id": f"{reading.document.id}:{number}",
        "document_id": reading.document.id,
        "start": item.mention.start,
        "end": item.mention.end,
        "surface": item.mention.surface,
        "kind": item.mention.kind,
        "place_id": item.place.id if item.place else None,
        "reason": item.reason,
        "score": item.score,
        "method": item.method,
        "within": item.mention.within or None,
        "alternatives": ";".join(f"{other.place.id}={other.score:.3f}" for other in item.alternatives) or None,
    }


def _places(readings: Iterable[Reading]) -> list[Place]:
    found: dict[str, Place] = {}
    for reading in readings:
        for place in [item.place for item in reading.resolutions] + [end for leg in reading.routes for end in (leg.origin, leg.destination)]:
            if place is not None:
                found.setdefault(place.id, place)
    return [found[ident] for ident in sorted(found)]


def _place(place: Place) -> dict[str, Any]:
    return {
        "place_id": place.id,
        "name": place.name,
        "level": place.level,
        "country_code": place.country or None,
        "adm_1": place.admin1_name or None,
        "adm_1_id": place.admin1 or None,
        "geonameid": place.geonameid,
        "latitude": round(place.latitude, 6),
        "longitude": round(place.longitude, 6),
        "radius_km": round(place.radius_km, 2),
        "source": place.source,
        "licence": licence(place.source),
    }


def _document(reading: Reading, digest: str) -> dict[str, Any]:
    document = reading.document
    return {
        "document_id": document.id,
        "file": document.file,
        "title": document.title or document.file,
        "publisher": document.publisher or None,
        "author": document.author or None,
        "published": document.published or None,
        "published_status": document.published_status,
        "url": document.url or None,
        "language": document.language,
        "reliability": document.reliability,
        "sha256": digest,
        "characters": len(document.text),
        "sentences": len(document.sentences),
        "mentions": len(reading.resolutions),
        "placed": sum(item.place is not None for item in reading.resolutions),
        "observations": len(reading.observations),
    }


def _leg(reading: Reading, leg: RouteLeg) -> dict[str, Any]:
    return {
        "route_id": f"{leg.document}:{leg.route}",
        "leg": leg.order,
        "from_place_id": leg.origin.id,
        "from_name": leg.origin.name,
        "to_place_id": leg.destination.id,
        "to_name": leg.destination.name,
        "actor": leg.actor,
        "moves": leg.moves or None,
        "document_id": leg.document,
        **interval_columns(leg.date, leg.precision),
        "date_provenance": leg.provenance,
        "status": leg.status,
        "cue": leg.cue or None,
        "evidence": reading.document.text[leg.evidence_start : leg.evidence_end],
        "evidence_start": leg.evidence_start,
        "evidence_end": leg.evidence_end,
    }
