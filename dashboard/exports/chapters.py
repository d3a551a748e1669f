"""The story of a file, one chapter a phase: what a page of the handout and a slide say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard import story
from dashboard.evidence import Card, cards, source_line
from dashboard.exports.sentences import withheld
from dashboard.exports.taken import Taken
from dashboard.messages import Words
from dashboard.moments import OPEN_END, UpTo, date_of, focused, in_force, looks
from dashboard.plain import line
from dashboard.steps import phase_steps


@dataclass(frozen=True, slots=True)
class Stop:
    """A place in a chapter, in words: its name, what is said of it, by whom, and on which sentences."""

    name: str
    line: str
    sources: tuple[str, ...]
    cards: tuple[Card, ...]
    """The most certain first, then the latest."""
    quotes: bool
    """Whether the cards hold sentences, and not only that they are left out."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A phase of the story."""

    phase: str
    label: str
    heading: str
    change: str
    """What became of places since the chapter before, empty for the first."""
    counts: tuple[str, ...]
    looks: pd.DataFrame
    stops: tuple[Stop, ...]
    """The most certain and best attested first."""


def chapters(taken: Taken) -> list[Chapter]:
    """The chapters of what a file holds: of what the map shows, those that its moment has reached."""
    codebook = taken.tables.codebook
    rows = taken.told[in_force(taken.told, taken.moment)]
    steps = [step for step in phase_steps(rows, codebook) if step.phase and step.phase not in taken.state.hide]
    made: list[Chapter] = []
    for step in steps:
        assert step.phase is not None
        made.append(_chapter(taken, rows, step.phase, step.day, made[-1] if made else None))
    return made


def _chapter(taken: Taken, rows: pd.DataFrame, phase: str, day: int, before: Chapter | None) -> Chapter:
    words, tables = taken.words, taken.tables
    shown = focused(rows, tables.codebook, phase)
    now = looks(shown, UpTo(day))
    about = story.of_phase(now, tables.codebook, phase)
    when = story.when(words, UpTo(day), story.unit_at(shown, day))
    kinds = story.changes(before.looks, now) if before else story.changes(now[:0], now)
    kinds = kinds[kinds.index.isin(about.index)]
    return Chapter(
        phase=phase,
        label=words.phase(phase, tables.codebook.label(phase)),
        heading=story.finding(words, now, tables.places, tables.codebook, moment=when, focus=phase),
        change=line(story.changed(words, kinds, tables.places)) if before else "",
        counts=_counts(taken, about),
        looks=now,
        stops=tuple(_stops(taken, shown[(shown["phase"] == phase) & (shown["begin"] <= day)], about)),
    )


def _counts(taken: Taken, about: pd.DataFrame) -> tuple[str, ...]:
    words = taken.words
    reach = story.reached(words, story.reach(about, taken.tables.places))
    certain = {status: int((about["certainty"] == position).sum()) for position, status in enumerate(("confirmed", "reported", "suspected"))}
    known = int(about["known"].sum())
    return (reach, words("take.statuses", **certain), *((words("take.known", n=known),) if known else ()))


def _stops(taken: Taken, rows: pd.DataFrame, about: pd.DataFrame) -> Iterator[Stop]:
    """`rows` are those of the phase, `about` the looks of the places that it is about."""
    words, tables = taken.words, taken.tables
    sources = {
        str(row["document_id"]): line(source_line(words, row), 120)
        for row in ({str(key): value for key, value in row.items()} for row in tables.documents.to_dict("records"))
    }
    shown = rows[rows["place"].isin(about.index)].sort_values(["certainty", "begin"], ascending=[True, False], kind="stable")
    said: dict[int, list[tuple[Mapping[Any, Any], Card]]] = {}
    for row, card in zip(shown.to_dict("records"), cards(words, tables, shown), strict=True):
        said.setdefault(int(row["place"]), []).append((row, card if taken.sentences else withheld(words, card)))
    places = tables.places.iloc[about.index.to_numpy()]
    order = about.assign(is_point=places["level"].isin(story.POINTS).to_numpy(), name=places["name"].to_numpy())
    order = order.sort_values(["certainty", "sources", "count", "is_point", "name"], ascending=[True, False, False, False, True], kind="stable")
    records = dict(zip(about.index, places.to_dict("records"), strict=True))
    for place in order.index:
        found = said.get(int(place), [])
        if found:
            names = dict.fromkeys(sources.get(str(row["document_id"]), str(row["document_id"])) for row, _ in found)
            yield Stop(_name(words, records[place]), _line(words, [row for row, _ in found]), tuple(names), tuple(card for _, card in found), taken.sentences)


def _name(words: Words, place: Mapping[Any, Any]) -> str:
    level, code = str(place["level"]), str(place["country_code"] or "")
    name = line(words.place(str(place["place_id"]), str(place["name"]), level, code), 60)
    return words("take.in_country", name=name, country=words.country(code)) if code and level != "country" else name


def _line(words: Words, rows: Sequence[Mapping[Any, Any]]) -> str:
    """Since when it is said, and how surely."""
    status = words.get(f"status.{rows[0]['status']}", str(rows[0]["status"]))
    dated = [row for row in rows if row["begin"] != OPEN_END]
    told = [row for row in dated if not row["known"]]
    if not dated:
        return words("take.place_line", status=status, since=words("take.undated"))
    first = min(told or dated, key=lambda row: int(row["begin"]))
    when = words.when(date_of(int(first["begin"])), story.unit_of(str(first["precision"]), int(first["first"]), int(first["last"])))
    return words("take.place_line", status=status, since=words("take.since" if told else "take.since_known", when=when))
