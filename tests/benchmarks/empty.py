"""A Streamlit page with one slider and what the server says of it: the floor of every step through the server."""

from __future__ import annotations

import streamlit as st

st.text(f"Step {st.slider('Step', 0, 1000, 500)}")
