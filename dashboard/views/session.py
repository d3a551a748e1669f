"""What every page needs: the tables, the files of the map, the words, and what an address may name."""

from __future__ import annotations

import gc
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import streamlit as st

from dashboard import assets, links
from dashboard.data import ROOT, Fingerprint, Tables, changed_inputs, load
from dashboard.filters import Filter, all_activities, default_filter, selected
from dashboard.messages import Words
from dashboard.moments import Moment, looks, opening
from dashboard.steps import Step, StepDay, steps
from gazetteer.errors import AtlasError

SLIM = ("place", "document", "phase", "precision", "first", "last", "begin", "rank", "outcome", "home", "certainty", "known")


@dataclass(frozen=True, slots=True)
class Shared:
    """What is the same for every session that looks at a build; nobody changes it."""

    tables: Tables
    files: assets.Assets | None
    """None where a file of the map is missing; then `problem` names it."""
    problem: str
    known: links.Known
    default: Filter
    changed: tuple[str, ...]
    """Inputs that are no longer as the build read them."""
    seen: Fingerprint
    """The build's files as they were when it was read."""

    def gone(self) -> list[str]:
        """Names of the map's files that have been taken away since the start."""
        return assets.missing(self.files) if self.files else []


@dataclass(frozen=True, slots=True)
class Session:
    """What a page is given."""

    shared: Shared
    words: Words
    chosen: Filter
    rows: pd.DataFrame
    """The observations that pass the filter."""
    latest: int
    """The day on which the map opens; that of all observations where the filter leaves none dated."""
    slim: pd.DataFrame
    """The same with no more columns than `moments`, `steps` and `story` ask for: taking a part of these is ten times as quick."""

    @property
    def tables(self) -> Tables:
        """The build."""
        return self.shared.tables

    def looks(self, moment: Moment) -> pd.DataFrame:
        """Tell what each place looks like at a moment."""
        return _looks(self.tables.key, self.chosen, moment, _rows=self.slim)

    def steps(self, moment: type[Moment], step: Step) -> list[StepDay]:
        """All steps of a kind."""
        return _steps(self.tables.key, self.chosen, moment.__name__, step, _rows=self.slim, _tables=self.tables, _moment=moment)

    @property
    def counted(self) -> str:
        """What the numbers of a page count that goes by the filters."""
        return self.words("page.counted", actor=self.actor)

    @property
    def actor(self) -> str:
        """The name of what the map is about."""
        names = [self.tables.codebook.actor_name(actor) for actor in self.chosen.actors]
        return self.words.names(names) if names else self.words("page.all_actors")


@st.cache_resource(max_entries=2, show_spinner=False)
def shared(folder: Path, seen: Fingerprint) -> Shared:
    """All of it for a build, made once. Raises `TablesError`."""
    tables = load(folder, seen)
    observations = tables.observations
    try:
        files, problem = assets.publish(tables), ""
    except (AtlasError, ValueError) as error:
        files, problem = None, str(error)
    values = links.allowed(
        tables.codebook, documents=set(tables.documents["document_id"]), activities=all_activities(observations), levels=set(observations["level"]),
        countries={code for code in observations["country_code"].dropna() if code},
    )  # fmt: skip
    routes = set(zip(tables.routes["route_id"], tables.routes["leg"].astype(int), strict=True))
    known = links.Known(codebook=tables.codebook, places=set(tables.places["place_id"]), routes=routes, values=values)
    _keep()
    return Shared(
        tables=tables,
        files=files,
        problem=problem,
        known=known,
        default=default_filter(tables.codebook),
        changed=tuple(changed_inputs(tables.build, ROOT / "seeds")),
        seen=seen,
    )


def _keep() -> None:
    """Take all that is there by now (the modules, above all) out of the collection of garbage.

    Streamlit collects after each run, before the browser hears of its end; going through what stays for good takes longer than a step.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def begin(shared_: Shared, words: Words, chosen: Filter) -> Session:
    """Return a session's data for this run."""
    tables = shared_.tables
    rows, slim, latest = _passing(tables.key, chosen, _tables=tables)
    return Session(shared=shared_, words=words, chosen=chosen, rows=rows, slim=slim, latest=latest)


@st.cache_resource(max_entries=4, show_spinner=False)
def _passing(key: str, chosen: Filter, *, _tables: Tables) -> tuple[pd.DataFrame, pd.DataFrame, int]:  # noqa: ARG001 -- the key is what it is kept by
    rows = selected(_tables.observations, chosen)
    day = opening(rows, _tables.newest)
    return rows, rows[list(SLIM)].copy(), day if day is not None else opening(_tables.observations, _tables.newest) or 0


@st.cache_resource(max_entries=32, show_spinner=False)
def _looks(key: str, chosen: Filter, moment: Moment, *, _rows: pd.DataFrame) -> pd.DataFrame:  # noqa: ARG001 -- see above
    return looks(_rows, moment)


@st.cache_resource(max_entries=64, show_spinner=False)
def _steps(key: str, chosen: Filter, kind: str, step: Step, *, _rows: pd.DataFrame, _tables: Tables, _moment: type[Moment]) -> list[StepDay]:  # noqa: ARG001 -- see above
    return steps(_rows, _tables.codebook, _moment, step, newest=_tables.newest)


def query() -> dict[str, list[str]]:
    """Return the parameters of the address."""
    return {name: st.query_params.get_all(name) for name in st.query_params}
