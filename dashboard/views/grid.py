"""A table of a page: on the screen a grid that draws the rows in view, on paper all of them, as text."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard import listing
from dashboard.messages import Words
from dashboard.views import notes

PRINTED = 300
"""Rows on paper, at most: a line says how many more there are."""


def show(words: Words, table: pd.DataFrame, *, key: str, most: int | None = None) -> None:
    """Draw it, on the screen its first `most` rows."""
    st.dataframe(table.head(most) if most else table, hide_index=True, width="stretch")
    on_paper(words, table, key=key)


def on_paper(words: Words, table: pd.DataFrame, *, key: str, title: str = "") -> None:
    """Draw what only paper shows of a table."""
    head = [notes.heading(title, 2)] if title else []
    left = len(table) - PRINTED
    rest = [notes.text(words("list.rest", n=left), soft=True)] if left > 0 else []
    with st.container(key=f"paper-{key}"):
        notes.show([*head, notes.table(*listing.printed(words, table.head(PRINTED))), *rest], key=f"paper_{key}")
