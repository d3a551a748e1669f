"""What every page needs: the tables, the files of the map, the words, and what an address may name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import streamlit as st

from dashboard import assets, links
from dashboard.data import ROOT, Fingerprint, Tables, changed_inputs, load
from dashboard.filters import Filter, all_activities, default_filter, selected
from dashboard.messages import Words
from dashboard.moments import span
from gazetteer.errors import AtlasError


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

    @property
    def tables(self) -> Tables:
        """The build."""
        return self.shared.tables

    @property
    def latest(self) -> int:
        """The day on which the map opens; that of all observations where the filter leaves none dated."""
        limits = span(self.rows) or span(self.tables.observations)
        return limits[1] if limits else 0

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
    return Shared(tables=tables, files=files, problem=problem, known=known, default=default_filter(tables.codebook), changed=tuple(changed_inputs(tables.build, ROOT / "seeds")))


def begin(shared_: Shared, words: Words, chosen: Filter) -> Session:
    """A session's data for this run."""
    return Session(shared=shared_, words=words, chosen=chosen, rows=selected(shared_.tables.observations, chosen))


def query() -> dict[str, list[str]]:
    """The parameters of the address."""
    return {name: st.query_params.get_all(name) for name in st.query_params}
