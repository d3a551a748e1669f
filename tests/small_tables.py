"""Small tables from literal rows: `place phase date status document`, with `*` behind a date that is only the document's."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from dashboard.codebook import Actor, Codebook, Phase
from dashboard.moments import prepared
from gazetteer import edtf

CODEBOOK = Codebook(
    actors=(Actor("crew", "The Crew"), Actor("rivals", "The Rivals")),
    phases=(
        Phase("origin", "Origin", 0, "Where it began."),
        Phase("exploration", "Exploration", 1, "First arrival."),
        Phase("penetration", "Penetration", 2, "Moves in."),
        Phase("consolidation", "Consolidation", 3, "Roots."),
        Phase("contested", "Contested", None, "Repelled."),
        Phase("disruption", "Disruption", None, "Acted upon."),
        Phase("context", "Context", None, "Named."),
    ),
    activities=(("extortion", "Extortion of shops"),),
)
PLACES = pd.DataFrame(
    [
        ("lima", "Lima", "locality", "PE", -12.05, -77.04, 15.0),
        ("quito", "Quito", "locality", "EC", -0.22, -78.51, 12.0),
        ("cusco", "Cusco", "locality", "PE", -13.52, -71.97, 6.0),
        ("peru", "Peru", "country", "PE", -9.2, -75.0, 640.0),
        ("andes", "Andes", "region", "", -20.0, -67.0, 900.0),
        ("callao-jail", "Callao jail", "facility", "PE", -12.06, -77.14, 0.3),
    ],
    columns=["place_id", "name", "level", "country_code", "latitude", "longitude", "radius_km"],
).assign(adm_1="", source="test")
DOCUMENTS = pd.DataFrame(
    [("a", "a.txt", "First report", "The Paper", "2023-05"), ("b", "b.txt", "Second report", "The Gazette", "2024"), ("c", "c.txt", "No date", "", "")],
    columns=["document_id", "file", "title", "publisher", "published"],
).assign(author="", url="", language="en", reliability="C")


def table(*rows: str, actor: str = "crew") -> pd.DataFrame:
    """Observations as the gazetteer writes them, one from each row."""
    return pd.DataFrame([_row(number, row, actor) for number, row in enumerate(rows)])


def frame(*rows: str, actor: str = "crew") -> pd.DataFrame:
    """The same, as `moments.prepared` gives them."""
    return prepared(table(*rows, actor=actor), CODEBOOK, places=PLACES["place_id"], documents=DOCUMENTS["document_id"])


def write_build(folder: Path, observations: pd.DataFrame) -> Path:
    """A build with these observations."""
    folder.mkdir(parents=True, exist_ok=True)
    observations.to_parquet(folder / "observations.parquet", index=False)
    PLACES.to_parquet(folder / "places.parquet", index=False)
    DOCUMENTS.to_parquet(folder / "documents.parquet", index=False)
    mentions = [("a", 0, 4, "Lima", "literal", "lima", "", 0.9, "gazetteer", ""), ("a", 9, 17, "Atlantis", "literal", None, "no candidate", None, "none", "")]
    columns = ["document_id", "start", "end", "surface", "kind", "place_id", "reason", "score", "method", "alternatives"]
    pd.DataFrame(mentions, columns=columns).to_parquet(folder / "mentions.parquet", index=False)
    (folder / "build.json").write_text(
        '{"inputs": [{"file": "a.txt", "sha256": "00"}], "codebook": {"actors": [{"id": "crew", "name": "The Crew"}], "phases": ['
        '{"id": "origin", "label": "Origin", "order": 0}, {"id": "exploration", "label": "Exploration", "order": 1}]}}',
        "utf-8",
    )
    return folder


def _row(number: int, row: str, actor: str) -> dict[str, object]:
    place, phase, date, status, document = row.split()
    known = date.endswith("*")
    interval = None if date == "-" else edtf.parse(date.rstrip("*"))
    there = PLACES[PLACES["place_id"] == place].to_dict("records")
    found = there[0] if there else {"name": "", "country_code": "", "level": "locality", "latitude": None, "longitude": None}
    return {
        "observation_id": f"o{number}", "document_id": document, "place_id": place, "place_name": found["name"], "country_code": found["country_code"], "adm_1": "",
        "level": found["level"], "latitude": found["latitude"], "longitude": found["longitude"], "where_prec": 1, "actor": actor, "phase": phase, "status": status,
        "activities": "extortion" if phase == "penetration" else "", "date_edtf": "" if date == "-" else date.rstrip("*"),
        "date_start": interval.start.isoformat() if interval and interval.start else None, "date_end": interval.end.isoformat() if interval and interval.end else None,
        "precision": ("document" if known else interval.precision) if interval else "document", "date_provenance": "none" if not interval else "document" if known else "text",
        "confidence": 0.5 + number / 100, "toponym": found["name"], "cue": "", "evidence": f"Sentence {number} on {found['name']}.", "evidence_start": 0, "evidence_end": 10,
        "method": "rules", "date_text": "",
    }  # fmt: skip
