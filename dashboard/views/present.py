"""For the room: nothing on the screen but the slides."""

from __future__ import annotations

import streamlit as st

from dashboard.views import pages, room
from dashboard.views.session import Session, query


def show(session: Session) -> None:
    """Draw the page."""
    if room.is_missing(session):
        return
    if "slide" not in st.session_state:
        asked = query().get("slide", ["0"])[-1]
        st.session_state["slide"] = int(asked) if asked.isascii() and asked.isdigit() else 0
    _room(session)


@st.fragment
def _room(session: Session) -> None:
    with st.container(key="room-present"):
        told = room.draw(session, room="present", content=room.content(session, {"slide": st.session_state["slide"]}))
    if told.get("why") == "leave" and told.get("number") != st.session_state.get("left"):
        st.session_state["left"] = told.get("number")
        pages.ask("map")
    pages.go_if_asked()
    room.finish(session, told)
