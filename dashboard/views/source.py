"""A page for each source: what it is, how far it can be trusted, what it says, and what in it could not be placed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import evidence, layers, links, story
from dashboard.messages import Words
from dashboard.plain import line
from dashboard.views import choices, notes, pages, room
from dashboard.views.session import Session, query

PAGE = 8
_UNPLACED = 60


def show(session: Session) -> None:
    """Draw the page."""
    words, documents = session.words, session.tables.documents
    choices.bar(session.shared, words, session.chosen)
    st.title(words("page.source"))
    asked = query().get("id", [""])[-1]
    ids = documents["document_id"].tolist()
    labels = {identifier: str(title or file) for identifier, title, file in zip(ids, documents["title"], documents["file"], strict=True)}
    chosen = st.selectbox(
        words("source.choose"), ids, index=ids.index(asked) if asked in labels else None, format_func=labels.__getitem__, placeholder=words("page.choose")
    )
    if chosen is None:
        if asked and asked not in labels:
            st.text(words("source.gone", id=line(asked, 80)))
        _all(session)
        return
    if chosen != asked:
        st.query_params["id"] = chosen
    row = documents[documents["document_id"] == chosen].to_dict("records")[0]
    _source(session, chosen, {str(key): value for key, value in row.items()})


def _all(session: Session) -> None:
    """All sources with their dates, grades and numbers of observations, the newest first."""
    words, documents = session.words, session.tables.documents
    counted = session.rows["document_id"].value_counts()

    def act(name: str, value: notes.Value) -> None:
        pages.ask(name, str(value))

    rows = []
    for row in documents.sort_values("published", ascending=False, kind="stable").to_dict("records"):
        identifier = str(row["document_id"])
        name, note = _named(words, {str(key): value for key, value in row.items()}, int(counted.get(identifier, 0)))
        rows.append((name, note, notes.action("source", "", identifier)))
    with st.container(key="reading"):
        notes.show([notes.heading(words("source.table"), 2), notes.text(session.counted, soft=True), notes.items(rows)], key="source_all", act=act)
    pages.go_if_asked()


def _named(words: Words, row: Mapping[str, Any], count: int) -> tuple[str, str]:
    """A source and what stands beside it. Without a publisher the line of a source would begin with its title, which is not said twice."""
    is_whole = bool(row["publisher"] and row["title"])
    source = evidence.source_line(words, row) if is_whole else evidence.graded(words, row)
    return str(row["title"] or row["publisher"] or row["file"]), words("source.row", source=source, observations=words("count.observations", n=count))


def _source(session: Session, identifier: str, row: Mapping[str, Any]) -> None:
    words, tables = session.words, session.tables
    said = session.rows[session.rows["document_id"] == identifier].sort_values(["evidence_start", "observation_id"], kind="stable")

    def act(name: str, value: notes.Value) -> None:
        if name == "page":
            st.session_state["source_page"] = st.session_state.get("source_page", 0) + int(value or 0)
        elif name == "place":
            pages.ask("place", str(value))
        elif name == "map":
            room.ask(links.State(place=str(value)))
            pages.ask("map")

    if st.session_state.get("source_shown") != identifier:
        st.session_state.update(source_shown=identifier, source_page=0)
    unplaced = layers.unplaced(tables)
    unplaced = unplaced[unplaced["document"] == tables.documents["document_id"].tolist().index(identifier)]
    page, count = notes.page_of(st.session_state.get("source_page", 0), len(said), PAGE)
    cards = evidence.cards(words, tables, said.iloc[page * PAGE : (page + 1) * PAGE])
    blocks = [
        *_facts(session, row),
        notes.text(_numbers(session, said, int(unplaced["count"].sum())), soft=True),
        notes.text(session.counted, soft=True),
        notes.heading(words("source.sentences"), 3),
    ]
    blocks += [*notes.pager(words, page, count)]
    blocks += [notes.card(words, tables.codebook, card, _actions(words, card.place)) for card in cards]
    blocks += notes.pager(words, page, count)
    if len(unplaced):
        rows = [
            (str(surface), _why(session, identifier, str(surface), str(reason)), None)
            for surface, reason in unplaced[["surface", "reason"]].head(_UNPLACED).itertuples(index=False, name=None)
        ]
        blocks += [notes.heading(words("source.unplaced"), 3), notes.items(rows)]
        blocks += [notes.text(words("source.rest", n=len(unplaced) - _UNPLACED), soft=True)] if len(unplaced) > _UNPLACED else []
    with st.container(key="reading"):
        notes.show(blocks, key="source_notes", act=act)
    pages.go_if_asked()


def _why(session: Session, document: str, surface: str, reason: str) -> str:
    """Return why a name has no place, with the sentence that it stands in where the tables have it."""
    told, sentence = session.words.reason(reason), evidence.sentence_with(session.tables, document, surface)
    return session.words("reason.said", reason=told, sentence=line(sentence, 400)) if sentence else told


def _actions(words: Words, place: str) -> list[notes.Block]:
    return [notes.action("map", words("card.show"), place, main=True), notes.action("place", words("card.place_page"), place)] if place else []


def _facts(session: Session, row: Mapping[str, Any]) -> list[notes.Block]:
    words = session.words
    published, status = str(row.get("published") or ""), str(row.get("published_status") or "stated")
    grade = str(row.get("reliability") or "F")[:1].upper()
    when = (
        words("source.published", when=evidence.edtf_words(words, published), how=words.get(f"source.{status}", status))
        if published
        else words("source.undated")
    )
    lines = [" · ".join(str(row[name]) for name in ("publisher", "author") if row.get(name)), when]
    lines += [words("source.grade", grade=grade, meaning=words.get(f"source.grade_{grade.lower()}", words("source.grade_f")))]
    lines += [words("source.address", url=str(row["url"]))] if row.get("url") else []
    lines += [words("source.file", file=str(row["file"]))]
    return [notes.heading(str(row["title"] or row["file"]), 2), *(notes.text(line) for line in lines if line)]


def _numbers(session: Session, said: pd.DataFrame, unplaced: int) -> str:
    words = session.words
    places = session.tables.places.iloc[said.loc[said["place"] >= 0, "place"].unique()]
    return words(
        "source.counts",
        observations=words("count.observations", n=len(said)),
        places=story.marks(words, story.extent(places)),
        unplaced=words("map.unplaced", n=unplaced),
    )
