"""The pages by name, and the way from one to another."""

from __future__ import annotations

from typing import Any

import streamlit as st

PARAMETERS = {"place": "id", "source": "id", "map": "", "compare": "", "present": "", "method": ""}
"""Pages, with the parameter that says what each is about."""


def ask(name: str, value: str = "") -> None:
    """Go to a page at the end of this run, about `value`."""
    st.session_state["go"] = (name, value)


def go_if_asked() -> None:
    """Go where `ask` said."""
    if "go" not in st.session_state:
        return
    name, value = st.session_state.pop("go")
    page: Any = st.session_state["pages"][name]
    st.switch_page(page, query_params={PARAMETERS[name]: value} if value and PARAMETERS[name] else None)
