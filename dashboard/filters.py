"""Which observations are looked at.

The same choice is made in the browser by `static/atlas/filters.js`; a test compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.codebook import CONTEXT, Codebook
from dashboard.moments import OPEN_END
from gazetteer.records import Precision

Dating = Literal["all", "text", "known", "none"]
"""Any date, dated by the text, dated by the document alone, without a date."""
DATINGS: tuple[Dating, ...] = get_args(Dating)
COLUMNS = {
    "phase": "phases", "document_id": "documents", "status": "statuses", "precision": "precisions", "level": "levels", "country_code": "countries",
}  # fmt: skip
"""Columns of which one value must be among those that the filter's field of that name allows."""
PRECISIONS: tuple[Precision, ...] = get_args(Precision)


@dataclass(frozen=True, slots=True)
class Filter:
    """What is looked at. An empty tuple lets everything pass."""

    actors: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    precisions: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    confidence: int = 0
    """Lowest confidence, in percent."""
    dating: Dating = "all"

    def active(self, default: Filter) -> tuple[str, ...]:
        """Names of the fields that are not as in `default`."""
        return tuple(field.name for field in fields(self) if getattr(self, field.name) != getattr(default, field.name))

    def beyond(self, default: Filter) -> Filter:
        """The same without what is as in `default`."""
        return replace(Filter(), **{name: getattr(self, name) for name in self.active(default)})


def default_filter(codebook: Codebook) -> Filter:
    """Tell what a map opens with: the first actor, where the codebook names one."""
    return Filter(actors=tuple(actor.id for actor in codebook.actors[:1]))


def selected(frame: pd.DataFrame, chosen: Filter) -> pd.DataFrame:
    """Return the rows that pass, in their order."""
    return frame[passes(frame, chosen)]


def passes(frame: pd.DataFrame, chosen: Filter) -> NDArray[np.bool_]:
    """Which rows pass.

    A place that is only named has no actor, phase or activity of its own: those choices leave it as it is, unless it is not among the chosen phases.
    """
    named = np.asarray(frame["phase"] == CONTEXT)
    keep = np.ones(len(frame), bool)
    if chosen.actors:
        keep &= named | np.asarray(frame["actor"].isin(chosen.actors))
    for column, field in COLUMNS.items():
        if allowed := getattr(chosen, field):
            keep &= np.asarray(frame[column].isin(allowed))
    if chosen.activities:
        keep &= named | _has_any(frame["activities"], chosen.activities)
    if chosen.confidence:
        keep &= percent(frame["confidence"]) >= chosen.confidence
    return keep & _dated(frame, chosen.dating)


def routes_passing(routes: pd.DataFrame, places: pd.DataFrame, chosen: Filter) -> NDArray[np.bool_]:
    """Which legs of routes pass.

    A leg lies in the countries of its two ends, and is of their kinds: one end that passes is enough. It has neither phase nor activity nor confidence: where
    these are chosen by, none passes.
    """
    keep = np.full(len(routes), not (chosen.phases or chosen.activities or chosen.confidence))
    for column, allowed in (("actor", chosen.actors), ("document_id", chosen.documents), ("status", chosen.statuses), ("precision", chosen.precisions)):
        if allowed:
            keep &= np.asarray(routes[column].isin(allowed))
    for column, allowed in (("country_code", chosen.countries), ("level", chosen.levels)):
        if allowed:
            there = places.loc[places[column].isin(allowed), "place_id"]
            keep &= np.asarray(routes["from_place_id"].isin(there) | routes["to_place_id"].isin(there))
    return keep & _dated(routes, chosen.dating)


def percent(confidence: pd.Series[float]) -> NDArray[np.int64]:
    """Confidence between 0 and 1 as whole percent; unknown counts as none."""
    return np.rint(confidence.fillna(0.0).to_numpy(float) * 100).astype(np.int64)


def activities_of(cell: str | None) -> tuple[str, ...]:
    """Return the activities in one cell of the table, where they are joined by `;`."""
    return tuple(part.strip() for part in cell.split(";") if part.strip()) if isinstance(cell, str) else ()


def all_activities(frame: pd.DataFrame) -> list[str]:
    """Every activity in the table, sorted."""
    return sorted({activity for cell in frame["activities"].dropna().unique() for activity in activities_of(cell)})


def _has_any(cells: pd.Series[str], wanted: tuple[str, ...]) -> NDArray[np.bool_]:
    hits = {cell for cell in cells.dropna().unique() if set(activities_of(cell)) & set(wanted)}
    return np.asarray(cells.isin(hits))


def _dated(frame: pd.DataFrame, dating: Dating) -> NDArray[np.bool_]:
    dated = np.asarray(frame["begin"] != OPEN_END, bool)
    known = np.asarray(frame["date_provenance"] == "document", bool)
    choices: dict[Dating, NDArray[np.bool_]] = {"all": dated | ~dated, "text": dated & ~known, "known": dated & known, "none": ~dated}
    return choices[dating]
