"""The sentences behind a mark, as cards: pure records, in words, with what matters set apart from the rest of the sentence.

A card is text and nothing else. Whoever draws it (`views.cards`, an export) makes text of it, never markup.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

import pandas as pd

from dashboard.data import Tables
from dashboard.messages import Words
from dashboard.moments import OPEN_END, OPEN_START, Moment, date_of, in_force

Role = Literal["", "place", "date", "cue"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence and what it is: the place, the date, the cue, or nothing in particular."""

    text: str
    role: Role


@dataclass(frozen=True, slots=True)
class Card:
    """One observation, in words of the interface's language."""

    id: str
    place: str
    document: str
    heading: str
    rank: int
    outcome: int
    """The phase's rank or the outcome's position, -1 for what it is not: for its mark."""
    now: bool
    """Whether it is in force at the moment that is shown."""
    pieces: tuple[Piece, ...]
    source: str
    rows: tuple[tuple[str, str], ...]
    """What stands beside the sentence, as label and text."""

    def record(self) -> dict[str, Any]:
        """The card as JSON has it."""
        return asdict(self)


def rows_of_place(rows: pd.DataFrame, place: str, moment: Moment) -> pd.DataFrame:
    """What is said of a place: first what is in force, the furthest phase and the latest first; then what is not, in the order of time."""
    found = rows[rows["place_id"] == place]
    found = found.assign(now=in_force(found, moment), weight=found["rank"].where(found["rank"] >= 0, -1.0 + 0.5 * (found["outcome"] >= 0)))
    now = found[found["now"]].sort_values(["weight", "begin"], ascending=False, kind="stable")
    return pd.concat([now, found[~found["now"]].sort_values("begin", kind="stable")])


def cards(words: Words, tables: Tables, rows: pd.DataFrame) -> list[Card]:
    """A card for each row, in their order. A column `now` says which are in force; without one, all are."""
    return [_card(words, tables, row) for row in rows.to_dict("records")]


def route_card(words: Words, tables: Tables, row: Mapping[str, Any]) -> Card:
    """The card of one leg of a route."""
    ends = route_ends(tables, row)
    heading = words("card.heading", phase=words("panel.leg", **{"from": ends[0], "to": ends[1]}), status=_status(words, row))
    details = [(words("card.moves"), _text(row["moves"])), _date(words, row, _text(row["evidence"])), _why(words, row), _actor(words, tables, row)]
    return Card(
        id=f"{row['route_id']} {row['leg']}", place="", document=row["document_id"], heading=heading, rank=-1, outcome=-1, now=True,
        pieces=pieces(_text(row["evidence"]), spans_of(row, tables.mentions, {row["from_place_id"], row["to_place_id"]})),
        source=source_line(words, _document(tables, row["document_id"])), rows=tuple(detail for detail in details if detail[1]),
    )  # fmt: skip


def route_ends(tables: Tables, row: Mapping[Any, Any]) -> tuple[str, str]:
    """The names of the places that a leg joins."""
    names = tables.places.set_index("place_id")["name"]
    start, end = (str(names.get(row[f"{name}_place_id"], row[f"{name}_place_id"])) for name in ("from", "to"))
    return start, end


def source_line(words: Words, document: Mapping[str, Any]) -> str:
    """A document as a source: publisher (else title), date, grade."""
    who = _text(document.get("publisher")) or _text(document.get("title")) or _text(document.get("file"))
    when = _text(document.get("published"))
    return words("card.source" if when else "card.source_undated", who=who, when=edtf_words(words, when), grade=_text(document.get("reliability")) or "F")


def edtf_words(words: Words, edtf: str) -> str:
    """A single EDTF date in words; as it stands where it is anything else."""
    match = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([~?%]?)", edtf)
    if not match or match.group(2) not in {None, *(f"{month:02d}" for month in range(1, 13))}:
        return edtf
    year, month, day, mark = match.groups()
    parts = {"year": year, "month": words.entries["date.months"][int(month) - 1] if month else "", "day": str(int(day)) if day else ""}
    text = words(f"date.{'day' if day else 'month' if month else 'year'}", **parts)
    return words("date.about", when=text) if mark else text


def understood(words: Words, row: Mapping[str, Any]) -> str:
    """A row's date as the program understood it, with how it is known."""
    first, last, precision = int(row["first"]), int(row["last"]), str(row["precision"])
    if first > last:
        return words("card.no_date")
    unit: Literal["day", "month", "year"] = "day" if precision == "day" else "month" if precision in {"month", "season"} else "year"
    if precision == "document":
        unit = "day" if first == last else "month" if OPEN_START < first and last - first < 32 else "year"
    start, end = (None if day in (OPEN_START, OPEN_END) else words.when(date_of(day), unit) for day in (first, last))
    key = "card.until" if start is None else "card.since" if end is None else "card.between"
    text = start if start == end and start else words(key, start=start or "", end=end or "")
    provenance = _text(row["date_provenance"])
    return words("card.dated", when=text, how=words(f"provenance.{provenance}") if provenance in {"text", "context", "document", "none"} else provenance)


def pieces(text: str, spans: Iterable[tuple[int, int, Role]]) -> tuple[Piece, ...]:
    """A text cut at spans (start, end, role); where two overlap, the first in the text keeps its place."""
    cut: list[Piece] = []
    at = 0
    for start, end, role in sorted(spans):
        if start < at or end > len(text) or start >= end:
            continue
        cut += [Piece(text[at:start], ""), Piece(text[start:end], role)]
        at = end
    cut.append(Piece(text[at:], ""))
    return tuple(piece for piece in cut if piece.text)


def spans_of(row: Mapping[str, Any], mentions: pd.DataFrame, places: set[str]) -> list[tuple[int, int, Role]]:
    """Where a row's evidence names its places, its date and its cue."""
    text, offset = _text(row["evidence"]), int(row["evidence_start"])
    here = mentions[(mentions["document_id"] == row["document_id"]) & (mentions["start"] >= offset) & (mentions["end"] <= offset + len(text)) & mentions["place_id"].isin(places)]
    spans: list[tuple[int, int, Role]] = [(int(start) - offset, int(end) - offset, "place") for start, end in zip(here["start"], here["end"], strict=True)]
    spans = [span for span, surface in zip(spans, here["surface"], strict=True) if text[span[0] : span[1]] == surface]
    if not spans and "toponym" in row:
        spans += _found(text, [_text(row["toponym"])], "place")
    spans += _found(text, [cue.strip() for cue in _text(row["cue"]).split(";")], "cue")
    return spans + [(start, end, "date") for start, end in date_spans(text, row)]


def date_spans(text: str, row: Mapping[str, Any]) -> list[tuple[int, int]]:
    """Where a text writes the date that a row was given: the table's `timex` where it has one, else expressions with the year (and day or month) of either end."""
    written = _text(row.get("timex"))
    if written:
        return [(start, end) for start, end, _ in _found(text, [written], "date")]
    if _text(row["date_provenance"]) not in {"text", "context"}:
        return []
    years = {date_of(day).year for day in (int(row["first"]), int(row["last"])) if day not in (OPEN_START, OPEN_END)}
    return [match.span() for match in _WRITTEN.finditer(text) if int(match.group("year")) in years]


_MONTH = (
    "january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|"
    "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
)
_PART = "early|mid|late|spring|summer|autumn|fall|winter|principios de|mediados de|finales de|primavera de|verano de|otoño de|invierno de"
_WRITTEN = re.compile(
    rf"\b(?:(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:de\s+)?)?(?:{_MONTH})\.?,?\s+(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?(?:de\s+|of\s+)?|(?:{_PART})[\s-]+)?(?P<year>[12]\d{{3}})\b(?:-\d\d(?:-\d\d)?)?",
    re.IGNORECASE,
)


def alternatives(cell: object) -> list[tuple[str, float]]:
    """The other places that a mention may mean, as ids with scores, from the table's cell: JSON, or a list of pairs or of records."""
    items: object = cell
    if isinstance(cell, str):
        try:
            items = json.loads(cell)
        except ValueError:
            return []
    if isinstance(items, Mapping):
        items = list(items.items())
    if not isinstance(items, Iterable) or isinstance(items, str):
        return []
    return [pair for pair in (_alternative(item) for item in items) if pair]


def _alternative(item: object) -> tuple[str, float] | None:
    if isinstance(item, Mapping):
        name = item.get("name") or item.get("place_id") or item.get("id")
        return (str(name), float(item.get("score") or 0.0)) if name else None
    if isinstance(item, Sequence) and not isinstance(item, str) and len(item) == 2:  # noqa: PLR2004 -- a pair of id and score
        return str(item[0]), float(item[1])
    return (str(item), 0.0) if isinstance(item, str) else None


def _card(words: Words, tables: Tables, row: Mapping[str, Any]) -> Card:
    phase = words.phase(str(row["phase"]), tables.codebook.label(str(row["phase"])))
    text = _text(row["evidence"])
    details = [_place(words, tables, row), _date(words, row, text), _why(words, row), _actor(words, tables, row)]
    details += [(words("card.activities"), ", ".join(part for part in _text(row["activities"]).split(";") if part))]
    return Card(
        id=str(row["observation_id"]), place=_text(row["place_id"]), document=str(row["document_id"]), heading=words("card.heading", phase=phase, status=_status(words, row)),
        rank=int(row["rank"]), outcome=int(row["outcome"]), now=bool(row.get("now", True)), pieces=pieces(text, spans_of(row, tables.mentions, {_text(row["place_id"])})),
        source=source_line(words, _document(tables, str(row["document_id"]))), rows=tuple(detail for detail in details if detail[1]),
    )  # fmt: skip


def _place(words: Words, tables: Tables, row: Mapping[str, Any]) -> tuple[str, str]:
    """The place as written, what it was taken for, how good the match is, and what else it may be."""
    mentions = tables.mentions
    start, end = int(row["evidence_start"]), int(row["evidence_end"])
    here = mentions[(mentions["document_id"] == row["document_id"]) & (mentions["place_id"] == row["place_id"]) & (mentions["start"] >= start) & (mentions["start"] < end)]
    level = words(f"level.{row['level']}") if f"level.{row['level']}" in words.entries else _text(row["level"])
    parts = [words("card.place", written=_text(row["toponym"]), name=_text(row["place_name"]), level=level, country=_text(row["country_code"]) or "–")]
    score = here["score"].dropna().max() if len(here) else None
    if score is not None and score == score:  # noqa: PLR0124 -- not a number where no mention has a score
        parts.append(words("card.match", percent=round(float(score) * 100)))
    others = [pair for cell in here["alternatives"][:1] for pair in alternatives(cell) if pair[0] != row["place_id"]]
    if others:
        names = tables.places.set_index("place_id")["name"]
        parts.append(words("card.others", names=words.names([str(names.get(name, name)) for name, _ in others])))
    return words("card.place_label"), " ".join(parts)


def _date(words: Words, row: Mapping[str, Any], text: str) -> tuple[str, str]:
    written = ", ".join(f"“{text[start:end]}”" for start, end in date_spans(text, row))
    return words("card.date_label"), words("card.date", written=written or words("card.not_in_sentence"), understood=understood(words, row), edtf=_text(row["date_edtf"]) or "–")


def _why(words: Words, row: Mapping[str, Any]) -> tuple[str, str]:
    confidence = row.get("confidence")
    cue = words("card.cue", cue=_text(row["cue"])) if _text(row["cue"]) else words("card.no_cue")
    sure = words("card.confidence", percent=round(float(confidence) * 100)) if isinstance(confidence, float) and confidence == confidence else ""  # noqa: PLR0124 -- not a number
    return words("card.why_label"), " ".join(part for part in (cue, sure) if part)


def _actor(words: Words, tables: Tables, row: Mapping[str, Any]) -> tuple[str, str]:
    return words("card.actor_label"), tables.codebook.actor_name(_text(row["actor"]))


def _status(words: Words, row: Mapping[str, Any]) -> str:
    return words.get(f"status.{row['status']}", _text(row["status"]))


def _document(tables: Tables, identifier: str) -> Mapping[str, Any]:
    found = tables.documents[tables.documents["document_id"] == identifier].to_dict("records")
    return {str(key): value for key, value in found[0].items()} if found else {"file": identifier}


def _found(text: str, wanted: Sequence[str], role: Role) -> list[tuple[int, int, Role]]:
    spans: list[tuple[int, int, Role]] = []
    for word in wanted:
        match = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE) if word else None
        if match:
            spans.append((*match.span(), role))
    return spans


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
