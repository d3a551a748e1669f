"""Below the map: what can be taken away of it. A file is made when its button is pressed, and not before."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st
from streamlit.elements.lib.mutable_expander_container import ExpanderContainer

from dashboard import boundaries, links
from dashboard.boundaries import Boundaries
from dashboard.exports.formats import FORMATS
from dashboard.exports.taken import take
from dashboard.views.session import Session


def show(session: Session, state: links.State, opened: ExpanderContainer) -> None:
    """Draw the controls into what is opened for them. `state` is that of the map."""
    words = session.words
    if not opened.open:
        return
    with opened, st.container(key="take-choices"):
        about = [words(f"take.{known}_about") for known in FORMATS]
        name = st.radio(
            words("take.format"), list(FORMATS), captions=about, key="take_format", format_func=lambda name: words(f"take.{name}"), persist_state="session"
        )
        scope = st.radio(
            words("take.scope"),
            ["shown", "whole"],
            key="take_scope",
            format_func=lambda scope: words(f"take.{scope}"),
            horizontal=True,
            persist_state="session",
        )
        st.text(words(f"take.{scope}_help"))
        sentences = st.checkbox(words("take.sentences"), value=True, key="take_sentences", persist_state="session", disabled=name in {"png", "svg"})
        _button(session, state, name, whole=scope == "whole", sentences=sentences)


def _button(session: Session, state: links.State, name: str, *, whole: bool, sentences: bool) -> None:
    words, wanted = session.words, FORMATS[name]
    made = datetime.now(UTC).date()

    def prepared() -> bytes:
        taken = take(words, session.tables, session.chosen, state, whole=whole, sentences=sentences, made=made)
        return wanted.make(taken, _outlines())

    st.download_button(
        words("take.download", name=words(f"take.{name}")),
        prepared,
        file_name=wanted.file_name(made),
        mime=wanted.mime,
        key="take_button",
        on_click="ignore",
        type="primary",
        icon=":material/download:",
    )


@st.cache_resource(max_entries=1, show_spinner=False)
def _outlines() -> Boundaries:
    """The boundaries, read when the first file is made; none where there is no file of them."""
    try:
        return boundaries.read()
    except (OSError, ValueError):
        return boundaries.NONE
