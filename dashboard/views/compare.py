"""Two dates: the comparison room, and the same as a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard import links, story
from dashboard.data import called
from dashboard.listing import phases
from dashboard.moments import UpTo, date_of, span, year_before
from dashboard.views import beside, choices, grid, notes, pages, room
from dashboard.views.session import Session, query

NAMES = 30


def show(session: Session) -> None:
    """Draw the page."""
    if "compare" not in st.session_state:
        asked = links.comparison_of(query(), session.shared.known)
        st.session_state["compare"] = replace(asked, a=story.compared(session.looks, session.latest)) if asked.a is None and asked.b is None else asked
    choices.bar(session.shared, session.words, session.chosen)
    if room.is_missing(session):
        return
    _room(session)


@st.fragment
def _room(session: Session) -> None:
    left, right = st.columns([0.72, 0.28], gap="small")
    sent = room.content(session, st.session_state["compare"].command(), counter="compared")
    with left, st.container(key="room-compare"):
        told = room.draw(session, room="compare", content=sent)
    state = told.get("state")
    is_news = isinstance(state, Mapping) and told.get("handled") == sent["number"]
    shown = links.told_comparison(state, session.shared.known) if is_news and isinstance(state, Mapping) else st.session_state["compare"]
    first, second = (year_before(session.latest) if shown.a is None else shown.a), (session.latest if shown.b is None else shown.b)
    with right, st.container(key="beside"):
        _notes(session, shown, first, second)
    if told.get("room"):  # what draws a table is large, and the browser would fetch it before the map
        st.subheader(session.words("compare.table"))
        grid.show(session.words, table(session, first, second), key="compare")
    room.finish(session, told)


def _notes(session: Session, shown: links.Comparison, first: int, second: int) -> None:
    """Draw the chosen place's sentences, else what changed, to choose from."""

    def choose(place: str | None) -> None:
        st.session_state["compare"] = replace(shown, place=place)
        st.session_state["compared"] = st.session_state.get("compared", 0) + 1

    def act(name: str, value: notes.Value) -> None:
        match name:
            case "page":
                st.session_state["card_page"] = st.session_state.get("card_page", 0) + int(value or 0)
            case "choose":
                choose(str(value))
            case "clear":
                choose(None)
            case "place" | "source":
                pages.ask(name, str(value))

    later = UpTo(max(first, second))
    when = story.when(session.words, later, story.unit_at(session.slim, later.day))
    blocks = beside.place(session, shown.place, later, when=when) if shown.place is not None else _changed(session, first, second)
    notes.show(blocks, key="compare_notes", act=act)
    pages.go_if_asked()


def _changed(session: Session, first: int, second: int) -> list[notes.Block]:
    words, places = session.words, session.tables.places
    before, after = session.looks(UpTo(first)), session.looks(UpTo(second))
    kinds = story.changes(before, after)
    blocks: list[notes.Block] = [notes.heading(words("compare.legend"), 2)]
    for kind in story.CHANGES[:-1]:
        found = kinds.index[kinds == kind].to_numpy()
        rows = [
            (name, _step(session, before, after, int(place)), notes.action("choose", "", places["place_id"].iloc[place]))
            for place, name in zip(found[:NAMES], called(words, places.iloc[found[:NAMES]]), strict=True)
        ]
        blocks += [notes.heading(words(f"change.{kind}", n=len(found)), 3), notes.items(rows)] if rows else []
        blocks += [notes.text(words("compare.rest", n=len(found) - NAMES), soft=True)] if len(found) > NAMES else []
    if session.tables.timeless:
        return [*blocks, notes.text(words("compare.timeless"))]
    if len(blocks) == 1:
        blocks.append(notes.text(_why_same(session, first) if first == second else words("compare.no_change")))
    return [*blocks, notes.text(words(f"change.{story.CHANGES[-1]}", n=int((kinds == story.CHANGES[-1]).sum())), soft=True)]


def _why_same(session: Session, day: int) -> str:
    """Why the two dates are one: somebody chose so, or there is no other."""
    limits = span(session.slim)
    if limits is None or limits[0] != limits[1]:
        return session.words("compare.same")
    return session.words("compare.one_date", when=session.words.when(date_of(day), story.unit_at(session.slim, day)))


def _step(session: Session, before: pd.DataFrame, after: pd.DataFrame, place: int) -> str:
    was, now = _look(session, before, place), _look(session, after, place)
    return session.words("panel.from_to", **{"from": was, "to": now}) if was and now and was != now else now or was


def table(session: Session, first: int, second: int) -> pd.DataFrame:
    """Tell what became of each place, one row a place."""
    words, tables = session.words, session.tables
    before, after = session.looks(UpTo(first)), session.looks(UpTo(second))
    kinds = story.changes(before, after)
    order = {kind: position for position, kind in enumerate(story.CHANGES)}
    kinds = kinds.iloc[kinds.map(order).argsort(kind="stable")]
    names = called(words, tables.places.iloc[kinds.index.to_numpy()])
    was, now = ([_look(session, found, int(position)) for position in kinds.index] for found in (before, after))
    return pd.DataFrame(
        {
            words("panel.place"): names,
            words("compare.change"): [words(f"compare.{kind}") for kind in kinds],
            words("compare.before"): was,
            words("compare.after"): now,
        }
    )


def _look(session: Session, found: pd.DataFrame, position: int) -> str:
    if position not in found.index:
        return ""
    return phases(session.words, session.tables.codebook, int(found["rank"].loc[position]), int(found["outcomes"].loc[position]))
