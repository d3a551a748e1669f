"""What every file says of itself: as of when, what it holds, from which sources, and what it cannot say."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from dashboard.codebook import CONTEXT
from dashboard.data import Tables
from dashboard.evidence import source_line
from dashboard.filters import Filter
from dashboard.links import ROUTES
from dashboard.messages import Words

PROGRAM = "Expansion Atlas"
_NAMED_ELSEWHERE = ("GeoNames", "Natural Earth", "countrystatecity", "estimate")
"""Beginnings of sources of coordinates that have a line of their own, or are the project's own."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a file says of itself, in words of its language."""

    title: str
    about: str
    """Whom it is about, by name."""
    finding: str
    as_of: str
    filters: str
    hidden: str
    counts: str
    made: str
    sources: tuple[str, ...]
    caveats: tuple[str, ...]
    boundaries: str
    licences: tuple[str, ...]

    def rows(self, words: Words) -> list[tuple[str, str]]:
        """The short part as label and text."""
        rows = [("as_of", self.as_of), ("filters", self.filters), ("hidden", self.hidden), ("counts", self.counts), ("made", self.made)]
        return [(words(f"take.{name}"), text) for name, text in rows if text]

    def lists(self, words: Words) -> list[tuple[str, tuple[str, ...]]]:
        """The long part as label and texts."""
        return [(words("take.sources"), self.sources), (words("take.caveats"), (*self.caveats, self.boundaries)), (words("take.licences"), self.licences)]

    def record(self) -> dict[str, Any]:
        """The stamp as JSON has it."""
        return {
            "title": self.title,
            "finding": self.finding,
            "as_of": self.as_of,
            "filters": self.filters,
            "layers_off": self.hidden,
            "holds": self.counts,
            "made": self.made,
            "sources": list(self.sources),
            "caveats": list(self.caveats),
            "boundaries": self.boundaries,
            "licences": list(self.licences),
        }

    def text(self, words: Words) -> str:
        """All of it as plain text, one statement a line."""
        lines = [self.title, self.finding, *(f"{label}: {text}" for label, text in self.rows(words))]
        for label, texts in self.lists(words):
            lines += [f"{label}:", *(f"- {text}" for text in texts)]
        return "\n".join(part for part in lines if part)


def stamp(
    words: Words,
    tables: Tables,
    rows: pd.DataFrame,
    *,
    about: str,
    finding: str,
    as_of: str,
    chosen: Filter | None,
    hide: tuple[str, ...],
    sentences: bool,
    made: date,
) -> Stamp:
    """The stamp of a file that holds `rows`. `chosen` is None where nothing was left out by a filter."""
    version = str((tables.build.get("program") or {}).get("version") or (tables.build.get("versions") or {}).get("expansion-atlas") or "")
    return Stamp(
        title=words("map.title", actor=about),
        about=about,
        finding=finding,
        as_of=as_of,
        filters=(filter_words(words, tables, chosen) if chosen else "") or words("take.no_filters"),
        hidden=", ".join(_layer(words, tables, name) for name in hide),
        counts=words("take.counts_text", shown=len(rows), all=len(tables.observations)),
        made=words("take.made_text", date=words.when(made), program=f"{PROGRAM} {version}".strip(), key=tables.key),
        sources=tuple(source_words(words, row) for row in _documents(tables, rows)),
        caveats=(words("legend.absence"), words("present.sources_only"), words("present.known"), words("take.quoted" if sentences else "take.withheld")),
        boundaries=words("legend.boundaries"),
        licences=licences(words, tables, rows),
    )


def restamped(words: Words, tables: Tables, mark: Stamp, rows: pd.DataFrame, *, as_of: str) -> Stamp:
    """The same stamp for a file that holds other rows."""
    return replace(
        mark,
        as_of=as_of,
        counts=words("take.counts_text", shown=len(rows), all=len(tables.observations)),
        licences=licences(words, tables, rows),
        sources=tuple(source_words(words, row) for row in _documents(tables, rows)),
    )


def filter_words(words: Words, tables: Tables, chosen: Filter) -> str:
    """What a filter lets pass, in words; empty for one that lets everything pass."""
    codebook = tables.codebook
    named = tables.documents[tables.documents["document_id"].isin(chosen.documents)] if chosen.documents else tables.documents[:0]
    titles = {str(row["document_id"]): str(row["title"] or row["file"]) for row in named.to_dict("records")}
    fields = {
        "actors": [codebook.actor_name(actor) for actor in chosen.actors],
        "phases": [words.phase(phase, codebook.label(phase)) for phase in chosen.phases],
        "documents": [titles.get(document, document) for document in chosen.documents],
        "statuses": [words.get(f"status.{status}", status) for status in chosen.statuses],
        "activities": [codebook.activity(activity) for activity in chosen.activities],
        "precisions": [words.get(f"precision.{precision}", precision) for precision in chosen.precisions],
        "levels": [words.get(f"level.{level}", level) for level in chosen.levels],
        "countries": [words.country(code) for code in chosen.countries],
        "confidence": [words("filter.percent") % chosen.confidence] if chosen.confidence else [],
        "dating": [words(f"dating.{chosen.dating}")] if chosen.dating != "all" else [],
    }
    return "; ".join(words("take.filter", name=words(f"filter.{name}"), values=words.names(values, most=12)) for name, values in fields.items() if values)


def source_words(words: Words, document: dict[str, Any]) -> str:
    """A document as a source: its title, its publisher, its date and its grade."""
    title, publisher = str(document.get("title") or document.get("file") or ""), str(document.get("publisher") or "")
    about = source_line(words, document)
    return words("take.source", title=title, line=about) if publisher and title else about


def licences(words: Words, tables: Tables, rows: pd.DataFrame) -> tuple[str, ...]:
    """Under which licences the places of these rows stand, after their column `licence`; all that there may be where the table has none."""
    used = tables.places[tables.places["place_id"].isin(set(rows["place_id"]))]
    found = {str(text) for text in used["licence"]} if "licence" in used else {"CC BY 4.0", "ODbL"}
    inside = bool((rows["adm_1"].astype(str) != "").any()) if len(rows) else False
    texts = []
    if any("CC BY" in text for text in found):
        texts.append(words("take.geonames"))
    if inside or any("ODbL" in text for text in found):
        texts.append(words("take.odbl"))
    others = sorted({re.split("[:,(]", str(text))[0].strip() for text in used["source"] if not str(text).startswith(_NAMED_ELSEWHERE)} - {""})
    if others:
        texts.append(words("take.other_places", names=words.names(others, most=6)))
    return (*texts, words("take.natural_earth"))


def _documents(tables: Tables, rows: pd.DataFrame) -> list[dict[str, Any]]:
    used = tables.documents[tables.documents["document_id"].isin(set(rows["document_id"]))]
    return [{str(key): value for key, value in row.items()} for row in used.to_dict("records")]


def _layer(words: Words, tables: Tables, name: str) -> str:
    if name in {ROUTES, CONTEXT}:
        return words("legend.routes" if name == ROUTES else "legend.named")
    return words.phase(name, tables.codebook.label(name))
