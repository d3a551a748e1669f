"""The story of a file, one chapter a phase: what a page of the handout and a slide say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import pandas as pd

from dashboard import story
from dashboard.evidence import Card, cards, source_line
from dashboard.exports.sentences import withheld
from dashboard.exports.taken import Taken
from dashboard.messages import Words
from dashboard.moments import CERTAINTIES, OPEN_END, UpTo, date_of, focused, in_force, looks
from dashboard.plain import line
from dashboard.steps import phase_steps

Row: TypeAlias = Mapping[Any, Any]
"""Of a table, by its columns."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence on a place: how surely and since when it says what it says, and its card."""

    line: str
    card: Card


@dataclass(frozen=True, slots=True)
class Stop:
    """A place in a chapter, in words: its name, what is said of it, by whom, and on which sentences."""

    name: str
    line: str
    """How surely and since when it is said; where another sentence is surer, that as well."""
    cited: tuple[str, ...]
    """Who says so: the source of what is said first, and beside it that of what is said more surely."""
    sources: tuple[str, ...]
    """All, those first."""
    said: tuple[Said, ...]
    """The one that the line begins with, then the most certain, then the latest."""
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
    evidence: tuple[Stop, ...]
    """The same with what only the end of the story has of this phase: the opening counts that, too."""


def chapters(taken: Taken) -> list[Chapter]:
    """The chapters of what a file holds: of what the map shows, those that its moment has reached."""
    codebook = taken.tables.codebook
    rows = taken.told[in_force(taken.told, taken.moment)]
    steps = phase_steps(rows[~rows["phase"].isin(taken.state.hide)], codebook)
    made: list[Chapter] = []
    finally_ = looks(rows, taken.moment)
    for step in steps:
        assert step.phase is not None
        made.append(_chapter(taken, rows, step.phase, step.day, made[-1] if made else None, finally_, last=steps[-1].day))
    return made


def _chapter(taken: Taken, rows: pd.DataFrame, phase: str, day: int, before: Chapter | None, finally_: pd.DataFrame, *, last: int) -> Chapter:
    words, tables = taken.words, taken.tables
    shown = focused(rows, tables.codebook, phase)
    now = looks(shown, UpTo(day))
    about = story.of_phase(now, tables.codebook, phase)
    when = story.when(words, UpTo(day), story.unit_at(shown, day))
    kinds = story.changes(before.looks, now) if before else story.changes(now[:0], now)
    kinds = kinds[kinds.index.isin(about.index)]
    stops = tuple(_stops(taken, _until(shown, phase, day), about))
    evidence = stops
    if day < last:
        evidence = tuple(_stops(taken, _until(shown, phase, last), story.of_phase(looks(shown, UpTo(last)), tables.codebook, phase)))
    later = _later(taken, phase, about, finally_)
    return Chapter(
        phase=phase,
        label=words.phase(phase, tables.codebook.label(phase)),
        heading=story.finding(words, now, tables.places, tables.codebook, moment=when, focus=phase),
        change=line(story.changed(words, kinds, tables.places)) if before else "",
        counts=(*_counts(taken, about, story.further(about, finally_, tables.codebook, phase)), *([later] if later else [])),
        looks=now,
        stops=stops,
        evidence=evidence,
    )


def _until(rows: pd.DataFrame, phase: str, day: int) -> pd.DataFrame:
    return rows[(rows["phase"] == phase) & (rows["begin"] <= day)]


def _later(taken: Taken, phase: str, about: pd.DataFrame, finally_: pd.DataFrame) -> str:
    """What the opening says of the furthest phase, and why, where that is more than its chapter does: that goes by the dates of the text."""
    words, tables = taken.words, taken.tables
    rank = tables.codebook.ranks.get(phase)
    if rank is None or rank != int(finally_["rank"].max()):
        return ""
    then, shown = (story.reached(words, story.reach(some, tables.places)) for some in (story.of_phase(finally_, tables.codebook, phase), about))
    when = story.when(words, taken.moment, story.heading_unit(taken.told, taken.moment, taken.state.step))
    return "" if then == shown else words("present.later", moment=when, reach=then).rstrip(".")


def _counts(taken: Taken, about: pd.DataFrame, further: int) -> tuple[str, ...]:
    words = taken.words
    reach = story.reached(words, story.reach(about, taken.tables.places))
    certain = {status: words(f"take.{status}", n=int((about["certainty"] == position).sum())) for position, status in enumerate(CERTAINTIES)}
    known = int(about["known"].sum())
    more = (("take.known", known), ("take.further", further))
    return (reach, words("take.statuses", **certain), *(words(key, n=count) for key, count in more if count))


def _stops(taken: Taken, rows: pd.DataFrame, about: pd.DataFrame) -> Iterator[Stop]:
    """`rows` are those of the phase, `about` the looks of the places that it is about."""
    words, tables = taken.words, taken.tables
    sources = {
        str(row["document_id"]): line(source_line(words, row), 120)
        for row in ({str(key): value for key, value in row.items()} for row in tables.documents.to_dict("records"))
    }
    shown = rows[rows["place"].isin(about.index)].sort_values(["certainty", "begin"], ascending=[True, False], kind="stable")
    said: dict[int, list[tuple[Row, Card]]] = {}
    for row, card in zip(shown.to_dict("records"), cards(words, tables, shown), strict=True):
        said.setdefault(int(row["place"]), []).append((row, card if taken.sentences else withheld(words, card)))
    places = tables.places.iloc[about.index.to_numpy()]
    order = about.assign(is_point=places["level"].isin(story.POINTS).to_numpy(), name=places["name"].to_numpy())
    order = order.sort_values(["certainty", "sources", "count", "is_point", "name"], ascending=[True, False, False, False, True], kind="stable")
    records = dict(zip(about.index, places.to_dict("records"), strict=True))
    for place in order.index:
        if found := _since_first(said.get(int(place), [])):
            yield _stop(words, records[place], found, sources, quotes=taken.sentences)


def _since_first(said: list[tuple[Row, Card]]) -> list[tuple[Row, Card]]:
    """The same with what is said first of all in front, by the dates in the text where there are any, else by those of the documents."""
    dated = [pair for pair in said if pair[0]["begin"] != OPEN_END]
    first = min(dated, key=lambda pair: _earliness(pair[0]), default=None)
    return said if first is None else [first, *(pair for pair in said if pair is not first)]


def _earliness(row: Row) -> tuple[bool, int]:
    """What the first of some sentences has least of."""
    return bool(row["known"]), int(row["begin"])


def _stop(words: Words, place: Row, said: Sequence[tuple[Row, Card]], sources: Mapping[str, str], *, quotes: bool) -> Stop:
    rows = [row for row, _ in said]
    surest = min(rows, key=lambda row: (int(row["certainty"]), *_earliness(row)))
    return Stop(
        name=_name(words, place),
        line=_line(words, rows[0], surest),
        cited=_names(sources, [rows[0], surest]),
        sources=_names(sources, [rows[0], surest, *rows]),
        said=tuple(Said(_line(words, row), card) for row, card in said),
        quotes=quotes,
    )


def _names(sources: Mapping[str, str], rows: Iterable[Row]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sources.get(str(row["document_id"]), str(row["document_id"])) for row in rows))


def _name(words: Words, place: Row) -> str:
    level, code = str(place["level"]), str(place["country_code"] or "")
    name = line(words.place(str(place["place_id"]), str(place["name"]), level, code), 60)
    return words("take.in_country", name=name, country=words.country(code)) if code and level != "country" else name


def _line(words: Words, first: Row, surest: Row | None = None) -> str:
    """How surely something is said and since when; where another sentence says it more surely, that too, with its own date."""
    said = words("take.place_line", status=words.get(f"status.{first['status']}", str(first["status"])), since=_since(words, first))
    if surest is None or surest["certainty"] == first["certainty"]:
        return said
    return words("take.place_surer", first=said, surer=_line(words, surest))


def _since(words: Words, row: Row) -> str:
    if row["begin"] == OPEN_END:
        return words("take.undated")
    when = words.when(date_of(int(row["begin"])), story.unit_of(str(row["precision"]), int(row["first"]), int(row["last"])), inner=True)
    return words("take.since_known" if row["known"] else "take.since", when=when)
