"""Beside the map: the evidence of what was chosen, else what is new at this step, with its sources."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard import evidence, links, story
from dashboard.listing import phases
from dashboard.moments import CERTAINTIES, OPEN_END, Moment, focused, looks
from dashboard.steps import before
from dashboard.views import notes, pages
from dashboard.views.session import Session

PAGE = 4
_NAMES = 12
_SOURCES = 6


def show(session: Session, state: links.State, change: Callable[[links.State], None]) -> None:
    """Draw it. `change` asks the map for another state."""

    def act(name: str, value: notes.Value) -> None:
        match name:
            case "page":
                st.session_state["card_page"] = st.session_state.get("card_page", 0) + int(value or 0)
            case "choose":
                change(replace(state, place=str(value), route=None))
            case "clear":
                change(replace(state, place=None, route=None))
            case "place" | "source":
                pages.ask(name, str(value))

    if state.place is not None:
        blocks = place(session, state.place, state.moment(session.latest), when=heading(session, state))
    elif state.route is not None:
        blocks = _route(session, state.route)
    else:
        blocks = _step(session, state)
    notes.show(blocks, key="beside_notes", act=act)
    pages.go_if_asked()


def heading(session: Session, state: links.State) -> str:
    """Return the moment of the map as the map's own heading says it."""
    moment = state.moment(session.latest)
    rows = focused(session.slim, session.tables.codebook, state.focus) if state.focus else session.slim
    return story.when(session.words, moment, story.heading_unit(rows, moment, state.step))


def place(session: Session, identifier: str, moment: Moment, *, when: str) -> list[notes.Block]:
    """Return a place at a moment (`when` in words): what it looks like, who says so, and the sentences."""
    words, tables = session.words, session.tables
    rows = evidence.rows_of_place(session.rows, identifier, moment)
    if st.session_state.get("card_place") != identifier:
        st.session_state.update(card_place=identifier, card_page=0)
    page, count = notes.page_of(st.session_state.get("card_page", 0), len(rows), PAGE)
    st.session_state["card_page"] = page
    name = notes.heading(tables.called(words, identifier), 2, chosen=identifier)
    head = [name, notes.text(look_line(session, identifier, rows, moment, when=when)), *agreement(session, rows[rows["now"]])]
    buttons = notes.buttons([notes.action("place", words("card.place_page"), identifier), notes.action("clear", words("beside.close"), None)])
    cards = [
        notes.card(words, tables.codebook, card, [notes.action("source", words("card.source_page"), card.document)])
        for card in evidence.cards(words, tables, rows.iloc[page * PAGE : (page + 1) * PAGE])
    ]
    return [*head, buttons, notes.text(words("count.observations", n=len(rows)), soft=True), *cards, *notes.pager(words, page, count)]


def look_line(session: Session, identifier: str, rows: pd.DataFrame, moment: Moment, *, when: str) -> str:
    """Tell what a place looks like at a moment (`when` in words), in one sentence. `rows` are all that is said of it and passes the filters."""
    words = session.words
    found = looks(rows, moment)
    if not len(rows) and identifier in set(session.tables.observations["place_id"]):
        return words("beside.filtered")
    if not len(story.said(found)):
        is_undated = len(rows) > 0 and bool((rows["begin"] == OPEN_END).all())
        return words("beside.undated") if is_undated else words("beside.named" if len(found) else "beside.not_yet", when=when)
    look = found.iloc[0]
    status = words(f"status.{CERTAINTIES[int(look['certainty'])]}")
    return words("beside.look", when=when, phases=phases(words, session.tables.codebook, int(look["rank"]), int(look["outcomes"])), status=status)


def agreement(session: Session, rows: pd.DataFrame) -> list[notes.Block]:
    """How many sources agree on the furthest phase of a place, where they differ, and whether its surest reading is doubtful. `rows` are those in force."""
    words, tables = session.words, session.tables
    ranked = rows[rows["rank"] >= 0].groupby("document_id")["rank"].max()
    if not len(ranked):
        return []
    chance = evidence.doubtful(rows, int(ranked.max()))
    doubt = [] if chance is None else [notes.text(words("beside.doubtful", percent=chance))]
    if ranked.nunique() == 1:
        return [notes.text(words("beside.agree", n=len(ranked))), *doubt]
    ordered = tables.codebook.ordered
    known = tables.documents[tables.documents["document_id"].isin(ranked.index)]
    called_ = evidence.told_apart(words, [{str(key): value for key, value in row.items()} for row in known.to_dict("records")])
    views = []
    for rank in sorted(set(ranked), reverse=True):
        sources = [called_.get(str(document), str(document)) for document in ranked.index[ranked == rank]]
        views.append(words("beside.view_of", phase=words.phase(ordered[rank].id, ordered[rank].label), sources=words.names(sources, most=_SOURCES)))
    return [notes.text(words("beside.differ", views="; ".join(views))), *doubt]


def _route(session: Session, route: tuple[str, int]) -> list[notes.Block]:
    words, tables = session.words, session.tables
    row = tables.routes[(tables.routes["route_id"] == route[0]) & (tables.routes["leg"] == route[1])].to_dict("records")[0]
    card = evidence.route_card(words, tables, {str(key): value for key, value in row.items()})
    ends = [notes.action("choose", end, row[f"{name}_place_id"]) for name, end in zip(("from", "to"), evidence.route_ends(words, tables, row), strict=True)]
    actions = [*ends, notes.action("source", words("card.source_page"), card.document), notes.action("clear", words("beside.close"), None)]
    return [notes.heading(words("beside.route"), 2, chosen=f"{route[0]} {route[1]}"), notes.card(words, tables.codebook, card, actions)]


def _step(session: Session, state: links.State) -> list[notes.Block]:
    """Return the story of a step: what is new, and on which sources it stands."""
    words, places = session.words, session.tables.places
    moment = state.moment(session.latest)
    codebook = session.tables.codebook
    earlier = before(session.steps(type(moment), state.step), moment, focus=state.focus if state.step == "phase" else None, locked=state.locked)
    kinds, now = story.news(session.slim, codebook, earlier, (moment, state.focus), hide=state.hide)
    if state.focus:
        kinds = kinds[kinds.index.isin(story.of_phase(now, codebook, state.focus).index)]
    blocks: list[notes.Block] = [notes.heading(words("beside.step"), 2)]
    look = dict(zip(now.index.to_list(), zip(now["rank"].to_list(), now["outcomes"].to_list(), strict=True), strict=True))
    changed = {kind: found for kind in story.CHANGES[:-1] if (found := kinds.index[kinds.to_numpy() == kind].to_list())}
    for kind, found in changed.items():
        shown = found[:_NAMES]
        rows = [
            (
                session.tables.called(words, identifier),
                phases(words, codebook, *look[position]) if position in look else "",
                notes.action("choose", "", identifier),
            )
            for position, identifier in zip(shown, places["place_id"].iloc[shown], strict=True)
        ]
        blocks += [notes.heading(words(f"change.{kind}", n=len(found)), 3), notes.items(rows)]
        blocks += [notes.text(words("beside.rest", n=len(found) - _NAMES), soft=True)] if len(found) > _NAMES else []
    if not changed:
        blocks.append(notes.text(words("beside.no_change")))
    news = [position for kind in ("new", "advanced", "outcome") for position in changed.get(kind, ())]
    sources = story.sources(session.slim, codebook, earlier, (moment, state.focus), news)
    is_empty = not changed and (not len(session.slim) or session.tables.timeless)
    return [*blocks, *_sources(session, sources), *([] if is_empty else [notes.hint(words("beside.help"))])]


def _sources(session: Session, found: list[int]) -> list[notes.Block]:
    if not found:
        return []
    words = session.words
    records = session.tables.documents.iloc[found[:_SOURCES]].to_dict("records")
    rows_ = [
        (evidence.source_line(words, {str(key): value for key, value in row.items()}), "", notes.action("source", "", row["document_id"])) for row in records
    ]
    return [notes.heading(words("beside.step_sources"), 3), notes.items(rows_)]
