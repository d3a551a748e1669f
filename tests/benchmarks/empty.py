"""An empty Streamlit page with one slider: the floor of every step through the server."""

from __future__ import annotations

import streamlit as st

st.slider("Step", 0, 1000, 500)
