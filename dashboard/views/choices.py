"""The filters: what is looked at."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import fields
from typing import Any, Final

import streamlit as st

from dashboard.boundaries import fold
from dashboard.filters import DATINGS, Filter
from dashboard.links import filter_of
from dashboard.messages import Words
from dashboard.moments import CERTAINTIES
from dashboard.views.session import Shared, query

_KEY = "filter_{}"
_PAGES_KEEP: Final = "session"


def chosen(shared: Shared) -> Filter:
    """Return the filter as the widgets have it, at first as the address has it."""
    if _KEY.format("actors") not in st.session_state:
        _set(filter_of(query(), shared.known, shared.default))
    held = {field.name: st.session_state.get(_KEY.format(field.name), getattr(shared.default, field.name)) for field in fields(Filter)}
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in held.items()}
    return Filter(**values)


def bar(shared: Shared, words: Words, current: Filter) -> None:
    """Draw the button that opens the filters, and one to let go of each that is set: on every page that shows what passes them."""
    with st.container(key="toolbar", horizontal=True, vertical_alignment="center"):
        _bar(shared, words, current)


def _bar(shared: Shared, words: Words, current: Filter) -> None:
    active = current.active(shared.default)
    label = words("filter.open_some", n=len(active)) if active else words("filter.open")
    with st.popover(label, icon=":material/tune:", key="filters"):
        _widgets(shared, words)
    for name in active:
        st.button(
            words("filter.let_go", name=words(f"filter.{name}")),
            key=f"let_go_{name}",
            icon=":material/close:",
            on_click=_set,
            args=(_with_default(current, shared.default, name),),
        )
    if active:
        st.button(words("filter.reset"), key="filter_reset", type="tertiary", on_click=_set, args=(shared.default,))


def _widgets(shared: Shared, words: Words) -> None:
    tables, known = shared.tables, shared.known
    titles = dict(zip(tables.documents["document_id"], tables.documents["title"].where(tables.documents["title"] != "", tables.documents["file"]), strict=True))
    codebook = tables.codebook
    _many(words, "actors", known.values["actors"], codebook.actor_name)
    _many(words, "phases", known.values["phases"], lambda phase: words.phase(phase, codebook.label(phase)))
    _many(words, "documents", sorted(known.values["documents"]), lambda document: str(titles.get(document, document)))
    _many(words, "statuses", CERTAINTIES, lambda status: words(f"status.{status}"))
    _many(words, "activities", sorted(known.values["activities"], key=lambda activity: fold(codebook.activity(activity))), codebook.activity)
    left, right = st.columns(2)
    with left:
        _many(words, "precisions", known.values["precisions"], lambda precision: words.get(f"precision.{precision}", precision))
    with right:
        _many(words, "levels", sorted(known.values["levels"]), lambda level: words.get(f"level.{level}", level))
    _many(words, "countries", sorted(known.values["countries"], key=lambda code: fold(words.country(code))), words.country)
    st.selectbox(words("filter.dating"), DATINGS, key=_KEY.format("dating"), format_func=lambda dating: words(f"dating.{dating}"), persist_state=_PAGES_KEEP)
    st.slider(words("filter.confidence"), 0, 100, key=_KEY.format("confidence"), step=5, format=words("filter.percent"), persist_state=_PAGES_KEEP)
    if len(tables.routes):
        st.caption(words("filter.routes"))


def _many(words: Words, name: str, options: Collection[str], label: Callable[[str], str]) -> None:
    if len(options) < 2 and name in {"actors", "activities", "countries"}:
        return
    st.multiselect(words(f"filter.{name}"), list(options), key=_KEY.format(name), format_func=label, placeholder=words("filter.all"), persist_state=_PAGES_KEEP)


def _set(value: Filter) -> None:
    for field in fields(Filter):
        held = getattr(value, field.name)
        st.session_state[_KEY.format(field.name)] = list(held) if isinstance(held, tuple) else held


def _with_default(current: Filter, default: Filter, name: str) -> Filter:
    return Filter(**{field.name: getattr(default if field.name == name else current, field.name) for field in fields(Filter)})
