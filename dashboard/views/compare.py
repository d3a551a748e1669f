"""Two dates: the comparison room, and the same as a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import links, story
from dashboard.listing import phases
from dashboard.moments import UpTo, looks
from dashboard.views import beside, choices, notes, pages, room
from dashboard.views.session import Session, query


def show(session: Session) -> None:
    """Draw the page."""
    if "compare" not in st.session_state:
        st.session_state["compare"] = links.comparison_of(query(), session.shared.known)
    with st.container(key="toolbar", horizontal=True, vertical_alignment="center"):
        choices.bar(session.shared, session.words, session.chosen)
    if room.is_missing(session):
        return
    _room(session)


@st.fragment
def _room(session: Session) -> None:
    left, right = st.columns([0.72, 0.28], gap="small")
    with left:
        told = room.draw(session, room="compare", content=room.content(session, st.session_state["compare"].command()))
    state = told.get("state")
    shown = links.told_comparison(state, session.shared.known) if isinstance(state, Mapping) else st.session_state["compare"]
    first, second = (session.latest - 365 if shown.a is None else shown.a), (session.latest if shown.b is None else shown.b)
    with right, st.container(key="beside"):
        _notes(session, shown, first, second)
    room.finish(session, told)


def _notes(session: Session, shown: links.Comparison, first: int, second: int) -> None:
    def act(name: str, value: Any) -> None:
        if name == "page":
            st.session_state["card_page"] = st.session_state.get("card_page", 0) + int(value)
        elif name in {"place", "source"}:
            pages.ask(name, str(value))

    if shown.place is not None:
        blocks = [block for block in beside.place(session, shown.place, UpTo(max(first, second)))]
        notes.show(blocks, key="compare_notes", act=act)
    else:
        st.subheader(session.words("compare.table"))
        st.dataframe(table(session, first, second), hide_index=True, width="stretch", height=480)
    pages.go_if_asked()


def table(session: Session, first: int, second: int) -> pd.DataFrame:
    """What became of each place, one row a place."""
    words, tables = session.words, session.tables
    before, after = looks(session.rows, UpTo(first)), looks(session.rows, UpTo(second))
    kinds = story.changes(before, after)
    order = {kind: position for position, kind in enumerate(story.CHANGES)}
    kinds = kinds.iloc[kinds.map(order).argsort(kind="stable")]
    names = tables.places["name"].iloc[kinds.index.to_numpy()].to_numpy()
    was, now = ([_look(session, found, int(position)) for position in kinds.index] for found in (before, after))
    return pd.DataFrame(
        {words("panel.place"): names, words("compare.change"): [words(f"compare.{kind}") for kind in kinds], words("compare.before"): was, words("compare.after"): now}
    )


def _look(session: Session, found: pd.DataFrame, position: int) -> str:
    if position not in found.index:
        return ""
    return phases(session.words, session.tables.codebook, int(found.at[position, "rank"]), int(found.at[position, "outcomes"]))
