"""What stands in for the map where it cannot be drawn: a message, a picture drawn by the server, and the table."""

from __future__ import annotations

import time

import pandas as pd
import streamlit as st

from dashboard import boundaries, picture, story
from dashboard.filters import Filter
from dashboard.listing import listing
from dashboard.moments import UpTo, in_force
from dashboard.views import grid
from dashboard.views.session import Session

ROWS = 500
LATE = 7.0
"""Seconds after which a map is held to have failed."""


def show(session: Session, message: str) -> None:
    """Draw all three, as of the latest day."""
    with st.container(key="instead"):
        st.warning(message, icon=None)
        _draw(session)


def show_late(session: Session, message: str) -> None:
    """Draw the same, but only after some seconds: a map that comes up meanwhile takes it away, and nothing has been drawn in vain."""
    st.session_state["waits_since"] = time.monotonic()
    _late(session, message)


@st.fragment(run_every=LATE)
def _late(session: Session, message: str) -> None:
    if time.monotonic() - st.session_state["waits_since"] < LATE / 2:
        return
    with st.container(key="instead-late"):
        st.text(message)
        _draw(session)


def _draw(session: Session) -> None:
    words, tables, moment = session.words, session.tables, UpTo(session.latest)
    found = session.looks(moment)
    st.image(_picture(tables.key, session.chosen, words.language, _session=session, _looks=found), width="stretch")
    listed = listing(words, tables, session.rows[in_force(session.rows, moment)], found)
    grid.show(words, listed, key="instead", most=ROWS)


@st.cache_data(max_entries=8, show_spinner=False)
def _picture(key: str, chosen: Filter, language: str, *, _session: Session, _looks: pd.DataFrame) -> str:  # noqa: ARG001 -- the first three are what it is kept by
    words, tables = _session.words, _session.tables
    moment = UpTo(_session.latest)
    when = words("when.never") if tables.timeless else story.when(words, moment, story.unit_at(_session.slim, moment.day))
    title = story.finding(words, _looks, tables.places, tables.codebook, moment=when)
    try:
        outlines = boundaries.read()
    except (OSError, ValueError):
        outlines = boundaries.NONE
    return picture.svg(words, tables, _looks, outlines, title=title)
