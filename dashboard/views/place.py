"""A page for each place: its history on a small timeline, what each source says, and all its sentences."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from dashboard import evidence, links, listing, story
from dashboard.data import Tables, is_known_by_town
from dashboard.glyphs import line_mark
from dashboard.markdown import unmarked
from dashboard.messages import Words
from dashboard.moments import OPEN_END, OPEN_START, UpTo, date_of, day_of, looks_in, span
from dashboard.plain import line
from dashboard.views import beside, choices, notes, pages, room
from dashboard.views.session import Session, query

PAGE = 8
_LISTED = 100
"""Places in the list of all, at most: the others are found by name."""
_LAST_LABEL = 0.94
"""Where the label of a year has room before the end of a timeline, as a share of that."""
_ESTIMATE = re.compile(r"estimate, ([\d.]+) km")


def show(session: Session) -> None:
    """Draw the page."""
    words, places = session.words, session.tables.places
    choices.bar(session.shared, words, session.chosen)
    st.title(words("page.place"))
    asked = query().get("id", [""])[-1]
    ids = places["place_id"].tolist()
    labels = {identifier: _label(words, identifier, *told) for identifier, told in session.tables.names.items()}
    order = sorted(ids, key=lambda identifier: labels[identifier].casefold())
    chosen = st.selectbox(
        words("place.choose"), order, index=order.index(asked) if asked in labels else None,
        format_func=lambda identifier: _either(session.tables, identifier, labels), placeholder=words("page.choose"),
    )  # fmt: skip
    if chosen is None:
        st.text(words("place.gone", id=line(asked, 80)) if asked and asked not in labels else words("place.none"))
        _all(session, labels)
        return
    if chosen != asked:
        st.query_params["id"] = chosen
    _place(session, chosen, places[places["place_id"] == chosen].to_dict("records")[0])


def _label(words: Words, identifier: str, name: str, level: str, country: str) -> str:
    """A place's name with its country; a country's own name says it all."""
    shown = words.place(identifier, name, level, country)
    return f"{shown} ({words.country(country)})" if country and level != "country" else shown


def _either(tables: Tables, identifier: str, labels: Mapping[str, str]) -> str:
    """A place's label, by which it is chosen and found: with its name in the tables, where that is another."""
    name = tables.names[identifier].name
    return labels[identifier] if name in labels[identifier] else f"{labels[identifier]} · {name}"


def _all(session: Session, labels: Mapping[str, str]) -> None:
    """The places of the sources, those with most observations first, and those that are only named behind all others."""
    words, places = session.words, session.tables.places
    looks_, undated = _looks(session)
    counted = session.slim["place"].value_counts()
    told = counted.index.isin(story.said(looks_).index)
    counted = pd.concat([counted[told], counted[~told & counted.index.isin(looks_.index)]])

    def act(name: str, value: notes.Value) -> None:
        pages.ask(name, str(value))

    rows = []
    left = len(counted) - _LISTED
    counted = counted.head(_LISTED)
    shown = looks_.loc[counted.index]
    for position, rank, outcomes, count in zip(counted.index, shown["rank"].tolist(), shown["outcomes"].tolist(), counted.tolist(), strict=True):
        identifier = str(places["place_id"].iloc[position])
        look = listing.phases(words, session.tables.codebook, rank, outcomes)
        key = "place.row_undated" if position in undated else "place.row"
        note = words(key, look=look, observations=words("count.observations", n=int(count)))
        rows.append((labels[identifier], note, notes.action("place", "", identifier)))
    rest = [notes.text(words("place.rest", n=left), soft=True)] if left > 0 else []
    with st.container(key="reading"):
        notes.show([notes.heading(words("place.table"), 2), notes.text(session.counted, soft=True), notes.items(rows), *rest], key="place_all", act=act)
    pages.go_if_asked()


def _looks(session: Session) -> tuple[pd.DataFrame, set[int]]:
    """Return what each place looks like in the end, and which of them have no date at all: no moment shows these, and only a list can."""
    shown = session.looks(UpTo(session.latest))
    rest = session.slim[(session.slim["begin"] == OPEN_END) & ~session.slim["place"].isin(session.slim.loc[session.slim["begin"] != OPEN_END, "place"])]
    undated = looks_in(rest, np.ones(len(rest), bool))
    return pd.concat([shown, undated]), set(undated.index)


def _place(session: Session, identifier: str, row: Mapping[Any, Any]) -> None:
    words = session.words
    moment = UpTo(session.latest)
    when = story.when(words, moment, story.unit_at(session.slim, moment.day))
    rows = evidence.rows_of_place(session.rows, identifier, moment)

    def act(name: str, value: notes.Value) -> None:
        match name:
            case "page":
                st.session_state["place_page"] = st.session_state.get("place_page", 0) + int(value or 0)
            case "map":
                room.ask(links.State(place=identifier))
                pages.ask("map")
            case "source":
                pages.ask("source", str(value))

    if st.session_state.get("place_shown") != identifier:
        st.session_state.update(place_shown=identifier, place_page=0)
    mentions = int((session.tables.mentions["place_id"] == identifier).sum())
    blocks: list[notes.Block] = [
        notes.heading(session.tables.called(words, identifier), 2),
        notes.text(_facts(session, row)),
        notes.text(words("place.mentions", n=mentions), soft=True),
    ]
    blocks += [notes.text(beside.look_line(session, identifier, rows, moment, when=when)), *beside.agreement(session, rows[rows["now"]])]
    blocks += [notes.buttons([notes.action("map", words("card.show"), identifier, main=True)]), *_history(session, rows), *_routes(session, identifier)]
    page, count = notes.page_of(st.session_state.get("place_page", 0), len(rows), PAGE)
    cards = evidence.cards(words, session.tables, rows.iloc[page * PAGE : (page + 1) * PAGE])
    actions = [[notes.action("source", words("card.source_page"), card.document)] for card in cards]
    blocks += [notes.heading(words("place.sentences"), 3), *notes.pager(words, page, count)]
    blocks += [notes.card(words, session.tables.codebook, card, pressed) for card, pressed in zip(cards, actions, strict=True)]
    with st.container(key="reading"):
        notes.show([*blocks, *notes.pager(words, page, count)], key="place_notes", act=act)
    pages.go_if_asked()


def _facts(session: Session, row: Mapping[Any, Any]) -> str:
    words = session.words
    kind = evidence.kind_of(words, str(row["level"]), str(row["country_code"] or ""))
    kind = kind[:1].upper() + kind[1:]
    if pd.isna(row["latitude"]) or pd.isna(row["longitude"]):
        return words("place.unplaced", kind=kind)
    radius = "–" if pd.isna(row["radius_km"]) else words.decimal(_kilometres(float(row["radius_km"])))
    facts = words(
        "place.facts", kind=kind, radius=radius, source=_coordinates(words, str(row["source"])), id=str(row["place_id"]),
        latitude=_degrees(words, float(row["latitude"]), ("north", "south")), longitude=_degrees(words, float(row["longitude"]), ("east", "west")),
    )  # fmt: skip
    return f"{facts} {words('card.by_town')}" if is_known_by_town(str(row["place_id"])) else facts


def _coordinates(words: Words, source: str) -> str:
    """Where coordinates come from; an estimate with its error in the language of the interface."""
    estimate = _ESTIMATE.fullmatch(source)
    return words("place.estimate", radius=words.decimal(estimate[1])) if estimate else source


def _kilometres(distance: float) -> str:
    """A radius as exact as it means anything: a building's is less than one."""
    return f"{distance:.0f}" if distance >= 10 else f"{round(distance, 1):g}"


def _degrees(words: Words, value: float, sides: tuple[str, str]) -> str:
    return words(f"place.{sides[0] if value >= 0 else sides[1]}", degrees=words.decimal(f"{abs(value):.3f}"))


def _history(session: Session, rows: pd.DataFrame) -> list[notes.Block]:
    """Return a line for each phase and outcome that is said of the place, with the intervals to which it is dated."""
    words, codebook = session.words, session.tables.codebook
    dated = rows[(rows["begin"] != OPEN_END) & ((rows["rank"] >= 0) | (rows["outcome"] >= 0))]
    limits = span(dated)
    if limits is None:
        return []
    first = day_of(date_of(limits[0]).replace(month=1, day=1))
    last = max(session.latest, int(dated.loc[dated["last"] != OPEN_END, "last"].max()) if (dated["last"] != OPEN_END).any() else 0, first + 365)

    def share(day: int) -> float:
        return (min(max(day, first), last) - first) / (last - first)

    lines: list[notes.Block] = []
    for phase in (*codebook.ordered, *codebook.outcomes):
        told = dated[dated["phase"] == phase.id].drop_duplicates(["first", "last"]).sort_values("begin", kind="stable").to_dict("records")
        bars = [
            {
                "from": 0.0 if int(row["first"]) == OPEN_START else share(int(row["first"])),
                "to": 1.0 if int(row["last"]) == OPEN_END else share(int(row["last"]) + 1),
                "open": int(row["last"]) == OPEN_END, "known": bool(row["known"]),
                "title": evidence.understood(words, {str(key): value for key, value in row.items()}),
            }
            for row in told
        ]  # fmt: skip
        if bars:
            lines.append(
                {"label": words.phase(phase.id, phase.label), "bars": bars, "mark": line_mark(codebook, int(told[0]["rank"]), int(told[0]["outcome"]))}
            )
    label = words("place.history_label", rows="; ".join(f"{line['label']}, {bar['title']}" for line in lines for bar in line["bars"]))
    return [notes.heading(words("place.history"), 3), notes.timeline(lines, _ticks(first, last), label)]


def _at(first: int, last: int, year: int) -> float:
    """Where a year begins between two days, as a share."""
    return (day_of(date_of(first).replace(year=year)) - first) / (last - first)


def _ticks(first: int, last: int) -> list[notes.Block]:
    years = range(date_of(first).year, date_of(last).year + 1)
    every = next((step for step in (1, 2, 5, 10, 20, 50) if len(years) / step <= 12), 100)
    return [
        {"at": _at(first, last, year), "label": str(year)} for year in years if year % every == 0 and (year < years[-1] or _at(first, last, year) < _LAST_LABEL)
    ]


def _routes(session: Session, identifier: str) -> list[notes.Block]:
    tables, words = session.tables, session.words
    legs = tables.routes[(tables.routes["from_place_id"] == identifier) | (tables.routes["to_place_id"] == identifier)]
    if not len(legs):
        return []
    rows = []
    for leg in legs.to_dict("records"):
        start, end = evidence.route_ends(words, tables, leg)
        rows.append((words("panel.leg", **{"from": start, "to": end}), story_line(session, leg), None))
    return [notes.heading(words("place.routes"), 3), notes.items(rows)]


def story_line(session: Session, leg: Mapping[Any, Any]) -> str:
    """When and by whom a leg of a route is told."""
    words, documents = session.words, session.tables.documents
    known = documents[documents["document_id"] == leg["document_id"]].to_dict("records")
    who = evidence.source_line(words, {str(key): value for key, value in known[0].items()}) if known else str(leg["document_id"])
    return words("place.leg", when=evidence.understood(words, leg), source=who, sentence=story.quoted(words, unmarked(str(leg["evidence"])).text))
