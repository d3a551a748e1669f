"""Annotation files: what was read in one document, as JSON (codebook, section 5)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gazetteer.records import Document, Observation, Place, Resolution, Timex

_BEGINNING = '{"document":'
_OWN = '"published_status":'
_READ = 4000
"""Characters of a file in which both stand, if the program wrote it."""


def is_own(path: Path) -> bool:
    """Whether a file was written by :func:`to_json`, as far as its beginning tells; one that a person made, such as a gold reading, was not."""
    with path.open(encoding="utf-8", errors="replace") as file:
        text = file.read(_READ)
    return text.startswith(_BEGINNING) and _OWN in text


def to_json(document: Document, actor: str | None, resolutions: Sequence[Resolution], timexes: Sequence[Timex], observations: Sequence[Observation]) -> str:
    """One document's annotation; ``actor`` is the id of the codebook's first actor, None where it names none."""
    places = {resolution.place.id: _place(resolution.place) for resolution in resolutions if resolution.place}
    places |= {item.place.id: _place(item.place) for item in observations if item.place}
    return json.dumps(
        {
            "document": document.id,
            "file": document.file,
            "published": document.published,
            "published_status": document.published_status,
            "language": document.language,
            "actor": actor,
            "places": places,
            "mentions": [_mention(resolution) for resolution in resolutions],
            "timexes": [{"start": timex.start, "end": timex.end, "type": timex.type, "value": timex.value} for timex in timexes],
            "observations": [_observation(item) for item in observations if item.place],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _place(place: Place) -> dict[str, Any]:
    return {"name": place.name, "country": place.country, "level": place.level, "lat": round(place.latitude, 5), "lon": round(place.longitude, 5)}


def _mention(resolution: Resolution) -> dict[str, Any]:
    mention = resolution.mention
    found: dict[str, Any] = {
        "start": mention.start,
        "end": mention.end,
        "surface": mention.surface,
        "kind": mention.kind,
        "place": resolution.place.id if resolution.place else None,
    }
    if resolution.place is None:
        found["reason"] = resolution.reason
    return found


def _observation(item: Observation) -> dict[str, Any]:
    assert item.place is not None
    return {
        "place": item.place.id,
        "actor": item.actor,
        "phase": item.phase,
        "date": item.date,
        "precision": item.precision,
        "status": item.status,
        "evidence_start": item.evidence_start,
        "evidence_end": item.evidence_end,
    }
