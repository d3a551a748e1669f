"""The map page: filters, the map room, and beside it the story of the step or the evidence of what was chosen."""

from __future__ import annotations

import streamlit as st

from dashboard import links
from dashboard.exports.taken import on_map
from dashboard.listing import listing
from dashboard.views import beside, choices, grid, room, take
from dashboard.views.session import Session, query


def show(session: Session) -> None:
    """Draw the page."""
    if "asked_state" not in st.session_state:
        st.session_state["asked_state"] = links.state_of(query(), session.shared.known)
    choices.bar(session.shared, session.words, session.chosen)
    if room.is_missing(session):
        return
    _room(session)


@st.fragment
def _room(session: Session) -> None:
    """Draw the map and what stands beside it: a step or a click runs this alone."""
    left, right = st.columns([0.72, 0.28], gap="small")
    sent = room.content(session, st.session_state["asked_state"].command())
    with left:
        told = room.draw(session, room="map", content=sent)
    state = room.state_of(session, told, sent)
    with right, st.container(key="beside"):
        beside.show(session, state, room.ask)
    _table(session, state)
    take.show(session, state)
    room.finish(session, told)


def _table(session: Session, state: links.State) -> None:
    """Draw the map as a table, made only when it is opened."""
    words = session.words
    opened = st.expander(words("list.title"), key="table", on_change="rerun")
    if opened.open:
        rows, looks = on_map(session.rows, session.tables.codebook, state.moment(session.latest), state)
        with opened:
            st.dataframe(table := listing(words, session.tables, rows, looks), hide_index=True, width="stretch")
        grid.on_paper(words, table, key="map", title=words("list.title"))  # outside what is opened, for on paper nothing is
