"""A page on method: codebook, rules, coverage, what could not be resolved, columns, how to cite, versions, licences."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard import layers
from dashboard.data import COLUMNS
from dashboard.messages import Words
from dashboard.moments import OPEN_END, date_of
from dashboard.views import grid, notes
from dashboard.views.session import Session

LISTED = 60
"""Names that could not be resolved, in a list; more of them stand in a grid."""


def show(session: Session) -> None:
    """Draw the page."""
    words = session.words
    st.title(words("page.method"))
    st.text(words("method.intro"))
    with st.container(key="reading"):
        notes.show([*_codebook(session), *_rules(session)], key="method_notes")
    st.subheader(words("method.coverage"))
    st.text(words("method.coverage_text"))
    grid.show(words, coverage(session), key="coverage")
    st.text(words("method.by_year"))
    grid.show(words, by_year(session), key="by_year")
    st.subheader(words("method.unresolved"))
    unresolved = unplaced(session)
    if len(unresolved) > LISTED:
        grid.show(words, unresolved, key="unresolved")
    elif len(unresolved):
        with st.container(key="reading_unresolved"):
            notes.show(_unresolved(words, unresolved), key="method_unresolved")
    else:
        st.text(words("method.unresolved_none"))
    with st.container(key="reading_more"):
        notes.show([*_problems(session), *_cite(session), *_columns(session)], key="method_more")


def coverage(session: Session) -> pd.DataFrame:
    """Observations by source and phase."""
    words, tables = session.words, session.tables
    titles = dict(zip(tables.documents["document_id"], tables.documents["title"].where(tables.documents["title"] != "", tables.documents["file"]), strict=True))
    counted = pd.crosstab(tables.observations["document_id"], tables.observations["phase"]).reindex(tables.documents["document_id"], fill_value=0)
    columns = {words.phase(phase.id, phase.label): counted[phase.id].to_numpy() if phase.id in counted else 0 for phase in tables.codebook.phases}
    return pd.DataFrame({words("source.choose"): [titles[document] for document in counted.index], **columns})


def by_year(session: Session) -> pd.DataFrame:
    """Observations by the year in which they begin, by how they are dated."""
    words, rows = session.words, session.tables.observations
    dated = rows[rows["begin"] != OPEN_END]
    years = pd.Series([date_of(int(day)).year for day in dated["begin"]], dtype="int64")
    counted = pd.crosstab(years.to_numpy(), dated["known"].to_numpy()).reindex(columns=[False, True], fill_value=0)
    return pd.DataFrame(
        {words("method.year"): counted.index.astype(str), words("dating.text"): counted[False].to_numpy(), words("dating.known"): counted[True].to_numpy()}
    )


def unplaced(session: Session) -> pd.DataFrame:
    """Tell what the texts name and the map cannot show."""
    words, found = session.words, layers.unplaced(session.tables)
    titles = session.tables.documents["title"].tolist()
    documents = [titles[position] if position >= 0 else "" for position in found["document"]]
    return pd.DataFrame(
        {
            words("method.surface"): found["surface"],
            words("source.choose"): documents,
            words("method.reason"): [words.reason(str(reason)) for reason in found["reason"]],
            words("method.count"): found["count"],
        }
    )


def _unresolved(words: Words, found: pd.DataFrame) -> list[notes.Block]:
    """Return few names as a list: a reason is a sentence, and a grid cuts what is longer than its column."""
    rows = [
        (surface, words("method.unresolved_row", source=source or "–", reason=reason, times=words("method.times", n=int(count))), None)
        for surface, source, reason, count in found.itertuples(index=False, name=None)
    ]
    return [notes.items(rows)] if 0 < len(rows) <= LISTED else []


def _codebook(session: Session) -> list[notes.Block]:
    words, codebook = session.words, session.tables.codebook
    rows = [
        words("method.phase_row", number=str(phase.order), label=words.phase(phase.id, phase.label), definition=phase.definition)
        if phase.order is not None
        else words("method.outcome_row", label=words.phase(phase.id, phase.label), definition=phase.definition)
        for phase in (*codebook.ordered, *codebook.outcomes)
    ]
    return [notes.heading(words("method.codebook"), 2), notes.items([(row, "", None) for row in rows])]


def _rules(session: Session) -> list[notes.Block]:
    words = session.words
    home = ("home",) if session.tables.codebook.home else ()
    rules = [words(f"method.rule_{name}") for name in ("upto", "window", "outcome", *home, "known", "differ")]
    limits = [words("legend.absence"), words("present.sources_only"), words("legend.boundaries")]
    return [
        notes.heading(words("method.rule"), 2), notes.items([(rule, "", None) for rule in rules]), notes.heading(words("method.caveats"), 2),
        notes.items([(limit, "", None) for limit in limits]),
    ]  # fmt: skip


def _problems(session: Session) -> list[notes.Block]:
    """What the build said of its inputs: documents that it could not read, dates that it could not understand."""
    rows = session.tables.build.get("problems") or ()
    return [notes.heading(session.words("method.problems"), 2), notes.items([(row["message"], "", None) for row in rows])] if rows else []


def _columns(session: Session) -> list[notes.Block]:
    """What each column of the tables means, in the words of the build; one that tells nothing has the names of those that are read."""
    told: dict[str, dict[str, str]] = session.tables.build.get("columns") or {name: dict.fromkeys(columns, "") for name, columns in COLUMNS.items()}
    blocks: list[notes.Block] = [notes.heading(session.words("method.columns"), 2)]
    for name, columns in told.items():
        blocks += [notes.heading(name, 3), notes.items([(column, meaning, None) for column, meaning in columns.items()])]
    return blocks


def _cite(session: Session) -> list[notes.Block]:
    words, tables = session.words, session.tables
    versions = {str(name): str(version) for name, version in (tables.build.get("versions") or {}).items()}
    own = versions.get("expansion-atlas", "")
    text = words("method.cite_text", version=own, actor=session.actor, sources=words("method.count_sources", n=len(tables.documents)), key=tables.key)
    rows = [(words("method.version_row", name=name, version=version), "", None) for name, version in versions.items()]
    return [
        notes.heading(words("method.cite"), 2), notes.text(text), notes.heading(words("method.versions"), 2), notes.items(rows),
        notes.text(words("method.licences")),
    ]  # fmt: skip
