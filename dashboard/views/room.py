"""The map element in a page: what it is told, what it tells, and what stands in for it where it cannot be drawn."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

import streamlit as st
from streamlit_folium import st_folium

from dashboard import links
from dashboard.base_map import Command, room_map
from dashboard.exports.stamp import filter_words
from dashboard.views import instead
from dashboard.views.session import Session

HEIGHT = 640
"""In pixels, until the style sheet gives the frame what the window has room for."""


def is_missing(session: Session) -> bool:
    """Whether the map cannot be drawn here; then it has been said, and drawn by the server instead."""
    if session.shared.files is not None and not (gone := session.shared.gone()):
        return False
    detail = session.shared.problem if session.shared.files is None else ", ".join(gone)
    instead.show(session, session.words("page.missing", detail=detail))
    return True


def draw(session: Session, *, room: str, content: Mapping[str, Any]) -> Mapping[str, Any]:
    """Draw a room and give back what its map has told: `why`, and the `state` that it shows; nothing before the map is ready.

    What it is drawn into has the key `room-` and its name, by which the style sheet gives it its size. A rerun for the same content sends no command; a
    changed one is obeyed by the living map.
    """
    files, words = session.shared.files, session.words
    assert files is not None
    title = words("map.title", actor=session.actor)
    whole = room_map(files, room=room, language=words.language, title=title, failed=words("map.failed"))
    held = st_folium(whole, key=_key(room), height=HEIGHT, use_container_width=True, returned_objects=["atlas"], feature_group_to_add=Command(content))
    return held if isinstance(held, Mapping) else {}


def told(room: str) -> Mapping[str, Any]:
    """Return what a room's map has told last, as `draw` will; on a page that is opened again, what it told before, which is what it will show."""
    held = st.session_state.get(_key(room))
    return held if isinstance(held, Mapping) else {}


def _key(room: str) -> str:
    """Return the key under which streamlit-folium holds what a map has told, from the moment that it is told."""
    return f"atlas-{room}"


def finish(session: Session, told: Mapping[str, Any]) -> None:
    """Draw for the map where it has told that it cannot come up, or has told nothing yet. Last on a page, for it takes the longest."""
    if told.get("why") == "failed":
        instead.show(session, session.words("page.missing", detail=str(told.get("detail", ""))))
    elif not told.get("room"):
        instead.show_late(session, session.words("page.waiting"))


def ask(state: links.State) -> None:
    """Make the living map show a state at the next run."""
    st.session_state["asked"] = st.session_state.get("asked", 0) + 1
    st.session_state["asked_state"] = state


def content(session: Session, state: Mapping[str, Any], *, counter: str = "asked") -> dict[str, Any]:
    """Tell what a map is told: the filter, always, and in words where it is not the default; a state, under a number of its own, so that it is obeyed once.

    `counter` names what counts the states asked for.
    """
    if "session" not in st.session_state:
        st.session_state["session"] = uuid.uuid4().hex[:8]
    chosen, language = session.chosen, session.words.language
    return {
        "number": f"{st.session_state['session']}-{st.session_state.get(counter, 0)}",
        "filter": {
            "actors": list(chosen.actors), "phases": list(chosen.phases), "documents": list(chosen.documents), "statuses": list(chosen.statuses),
            "activities": list(chosen.activities), "precisions": list(chosen.precisions), "levels": list(chosen.levels), "countries": list(chosen.countries),
            "confidence": chosen.confidence, "dating": chosen.dating,
        },
        "filters": filter_words(session.words, session.tables, chosen.beyond(session.shared.default)),
        "state": dict(state),
        "link": {**links.filter_pairs(chosen, session.shared.default), **({"lang": [language]} if language != "en" else {})},
    }  # fmt: skip


def state_of(session: Session, told: Mapping[str, Any], sent: Mapping[str, Any]) -> links.State:
    """Return the state that is shown: what the map told last, where that is about what it was asked last."""
    shown = told.get("state")
    if isinstance(shown, Mapping) and told.get("handled") == sent["number"]:
        return links.told_state(shown, session.shared.known)
    state: links.State = st.session_state["asked_state"]
    return state
