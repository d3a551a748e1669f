"""The map page: filters, the map room, and beside it the story of the step or the evidence of what was chosen."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.elements.lib.mutable_expander_container import ExpanderContainer

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
    with st.container():
        left, right = st.columns([0.72, 0.28], gap="small")
        _room(
            session,
            left.container(key="room-map"),
            right.container(key="beside"),
            st.expander(session.words("list.title"), key="table", on_change="rerun"),
            st.expander(session.words("take.title"), key="take", on_change="rerun"),
        )


@st.fragment
def _room(session: Session, frame: DeltaGenerator, aside: DeltaGenerator, table: ExpanderContainer, taken: ExpanderContainer) -> None:
    """Draw the map and what hangs on it: a step or a click runs this alone.

    The boxes that hold them stand outside of it: within it they would be sent and drawn anew at every step, and that took as long as all that is in them.
    """
    sent = room.content(session, st.session_state["asked_state"].command())
    state = room.state_of(session, room.told("map"), sent)
    with aside:  # before the map, which shows the step already: this is what a reader waits for
        beside.show(session, state, room.ask)
    with frame:
        told = room.draw(session, room="map", content=sent)
    _table(session, state, table)
    take.show(session, state, taken)
    room.finish(session, told)


def _table(session: Session, state: links.State, opened: ExpanderContainer) -> None:
    """Draw the map as a table, made only when it is opened."""
    words = session.words
    if opened.open:
        rows, looks = on_map(session.rows, session.tables.codebook, state.moment(session.latest), state)
        with opened:
            st.dataframe(table := listing(words, session.tables, rows, looks), hide_index=True, width="stretch")
        grid.on_paper(words, table, key="map", title=words("list.title"))  # outside what is opened, for on paper nothing is
