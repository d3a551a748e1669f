"""The sentences behind a mark, as cards: pure records, in words, with what matters set apart from the rest of the sentence.

A card is text and nothing else. Whoever draws it (`views.notes`, an export) makes text of it, never markup.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, NamedTuple

import pandas as pd

from dashboard.data import Tables, is_known_by_town
from dashboard.filters import activities_of
from dashboard.markdown import Unmarked, unmarked
from dashboard.messages import Words
from dashboard.moments import OPEN_END, OPEN_START, Moment, date_of, in_force

Role = Literal["", "place", "date", "cue"]
_CLEAR, _LIKELY = 0.8, 0.5
"""Chances from which a reading is called clear, and likely; below, it is doubtful."""


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
    dated: bool = True
    """Whether it has any date: without one, no moment shows it."""

    def record(self) -> dict[str, Any]:
        """Return the card as JSON has it."""
        return asdict(self)


class Named(NamedTuple):
    """A mention of a document."""

    start: int
    end: int
    surface: str
    place: str
    score: float | None
    alternatives: str


@dataclass(frozen=True, slots=True)
class _Known:
    """What the cards of some documents need: their records, and their mentions in the order of the text."""

    tables: Tables
    mentions: Mapping[str, Sequence[Named]]
    documents: Mapping[str, Mapping[str, Any]]

    def document(self, identifier: str) -> Mapping[str, Any]:
        """Return a document's record; its id as its file where there is none."""
        return self.documents.get(identifier, {"file": identifier})


def rows_of_place(rows: pd.DataFrame, place: str, moment: Moment) -> pd.DataFrame:
    """Tell what is said of a place: first what is in force, the furthest phase and its surest reading first; then what is not, in the order of time."""
    found = rows[rows["place_id"] == place]
    found = found.assign(now=in_force(found, moment), weight=found["rank"].where(found["rank"] >= 0, -1.0 + 0.5 * (found["outcome"] >= 0)))
    now = found[found["now"]].sort_values(["weight", "confidence", "begin"], ascending=False, kind="stable")
    return pd.concat([now, found[~found["now"]].sort_values("begin", kind="stable")])


def doubtful(rows: pd.DataFrame, rank: int) -> int | None:
    """Return the chance in percent that the surest of some rows with a rank is read rightly, where that is doubtful; else None."""
    chances = rows.loc[rows["rank"] == rank, "confidence"].dropna()
    return _percent(float(chances.max())) if len(chances) and float(chances.max()) < _LIKELY else None


def cards(words: Words, tables: Tables, rows: pd.DataFrame) -> list[Card]:
    """Return a card for each row, in their order. A column `now` says which are in force; without one, all are."""
    known = _known(tables, set(rows["document_id"]))
    return [_card(words, known, {str(key): value for key, value in row.items()}) for row in rows.to_dict("records")]


def route_card(words: Words, tables: Tables, row: Mapping[str, Any]) -> Card:
    """Return the card of one leg of a route."""
    ends, known = route_ends(words, tables, row), _known(tables, {str(row["document_id"])})
    heading = words("card.heading", phase=words("panel.leg", **{"from": ends[0], "to": ends[1]}), status=_status(words, row))
    sentence = unmarked(_text(row["evidence"]))
    details = [(words("card.moves"), unmarked(_text(row["moves"])).text), _date(words, row, sentence.text), _why(words, row), _actor(words, known, row)]
    return Card(
        id=f"{row['route_id']} {row['leg']}", place="", document=row["document_id"], heading=heading, rank=-1, outcome=-1, now=True,
        pieces=pieces(sentence.text, spans_of(row, sentence, known.mentions.get(str(row["document_id"]), []), {row["from_place_id"], row["to_place_id"]})),
        source=source_line(words, known.document(str(row["document_id"]))), rows=tuple(detail for detail in details if detail[1]),
    )  # fmt: skip


def route_ends(words: Words, tables: Tables, row: Mapping[Any, Any]) -> tuple[str, str]:
    """Return the names of the places that a leg joins."""
    start, end = (tables.called(words, str(row[f"{name}_place_id"])) for name in ("from", "to"))
    return start, end


def source_line(words: Words, document: Mapping[str, Any]) -> str:
    """Return a document as a source: publisher (else title), date, grade."""
    who = _text(document.get("publisher")) or _text(document.get("title")) or _text(document.get("file"))
    return words("card.source", who=who, graded=graded(words, document))


def graded(words: Words, document: Mapping[str, Any]) -> str:
    """Return when a document was published and how far it can be trusted."""
    when = _text(document.get("published"))
    return words("card.graded" if when else "card.graded_undated", when=edtf_words(words, when), grade=_text(document.get("reliability")) or "F")


def sentence_with(tables: Tables, document: str, surface: str) -> str:
    """Return the first sentence of a document in which a name stands, as far as the tables quote one for any place in it; "" where they do not."""
    said = tables.observations[tables.observations["document_id"] == document]
    named = tables.mentions.iloc[list(tables.mentions_of.get(document, ()))]
    for start, end in named.loc[named["surface"] == surface, ["start", "end"]].itertuples(index=False, name=None):
        around = said.loc[(said["evidence_start"] <= start) & (said["evidence_end"] >= end), "evidence"]
        if len(around):
            return unmarked(_text(around.iloc[0])).text
    return ""


def told_apart(words: Words, documents: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return what each of some documents is called beside the others, by its id: its publisher; where that repeats, with its date, or else with its title."""
    who, dated, titled = {}, {}, {}
    for document in documents:
        name, title, when = (_text(document.get(column)) for column in ("document_id", "title", "published"))
        untitled = _text(document.get("file"))
        who[name] = _text(document.get("publisher")) or (words("list.titled", title=title) if title else untitled)
        dated[name] = words("beside.report_of", who=who[name], which=edtf_words(words, when)) if when else who[name]
        titled[name] = words("beside.report_of", who=who[name], which=title or untitled)
    return {name: next((texts[name] for texts in (who, dated) if [*texts.values()].count(texts[name]) == 1), titled[name]) for name in who}


def edtf_words(words: Words, edtf: str) -> str:
    """Return a single EDTF date in words; as it stands where it is anything else."""
    match = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([~?%]?)", edtf)
    if not match or match.group(2) not in {None, *(f"{month:02d}" for month in range(1, 13))}:
        return edtf
    year, month, day, mark = match.groups()
    parts = {"year": year, "month": words.entries["date.months"][int(month) - 1] if month else "", "day": str(int(day)) if day else ""}
    text = words(f"date.{('inner_day' if mark else 'day') if day else 'month' if month else 'year'}", **parts)
    return words("date.about", when=text) if mark else text


def understood(words: Words, row: Mapping[str, Any]) -> str:
    """Return a row's date as the program understood it, with how it is known."""
    first, last, precision = int(row["first"]), int(row["last"]), str(row["precision"])
    if first > last:
        return words("card.no_date")
    unit: Literal["day", "month", "year"] = "day" if precision == "day" else "month" if precision in {"month", "season"} else "year"
    if precision == "document":
        unit = "day" if first == last else "month" if first > OPEN_START and last - first < 32 else "year"
    is_open = first == OPEN_START or last == OPEN_END
    start, end = (None if day in (OPEN_START, OPEN_END) else words.when(date_of(day), unit, inner=is_open) for day in (first, last))
    key = "card.until" if start is None else "card.since" if end is None else "card.between"
    text = start if start == end and start else words(key, start=start or "", end=end or "")
    provenance = _text(row["date_provenance"])
    return words("card.dated", when=text, how=words(f"provenance.{provenance}") if provenance in {"text", "context", "document", "none"} else provenance)


def pieces(text: str, spans: Iterable[tuple[int, int, Role]]) -> tuple[Piece, ...]:
    """Return a text cut at spans (start, end, role); where two overlap, the first in the text keeps its place."""
    cut: list[Piece] = []
    at = 0
    for start, end, role in sorted(spans):
        if start < at or end > len(text) or start >= end:
            continue
        cut += [Piece(text[at:start], ""), Piece(text[start:end], role)]
        at = end
    cut.append(Piece(text[at:], ""))
    return tuple(piece for piece in cut if piece.text)


def spans_of(row: Mapping[str, Any], sentence: Unmarked, mentions: Sequence[Named], places: set[str]) -> list[tuple[int, int, Role]]:
    """Where a row's evidence, without its marks, names its places, its date and its cue. `mentions` are all of its document, in their order."""
    text, offset = _text(row["evidence"]), int(row["evidence_start"])
    here = [named for named in _between(mentions, offset, offset + len(text)) if named.end <= offset + len(text) and named.place in places]
    spans: list[tuple[int, int, Role]] = [
        (named.start - offset, named.end - offset, "place") for named in here if text[named.start - offset : named.end - offset] == named.surface
    ]
    if not spans and "toponym" in row:
        spans += _found(text, [_text(row["toponym"])], "place")
    spans += _found(text, [cue.strip() for cue in _text(row["cue"]).split(";")], "cue")
    moved: list[tuple[int, int, Role]] = [(sentence.at(start), sentence.at(end), role) for start, end, role in spans]
    return moved + [(start, end, "date") for start, end in date_spans(sentence.text, row)]


def date_spans(text: str, row: Mapping[str, Any]) -> list[tuple[int, int]]:
    """Where a text writes the date that a row was given: the words that the program took for it, else expressions with the year of an end."""
    if _text(row["date_provenance"]) not in {"text", "context"}:
        return []
    said = _found(text, [_text(row.get("date_text"))], "date") if _text(row["date_provenance"]) == "text" else []
    if said:
        return [(start, end) for start, end, _ in said]
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


def kind_of(words: Words, level: str, code: str) -> str:
    """Return what kind of place something is and in which country, where that is another than itself: "locality, Peru", "country", "region"."""
    kind = words.get(f"level.{level}", level)
    return words("card.kind_in", kind=kind, country=words.country(code)) if code and level != "country" else kind


def alternatives(cell: str) -> list[str]:
    """Ids of the other places that a mention may mean, the likeliest first, from the table's cell: `id=score;id=score`."""
    return [part.rpartition("=")[0] for part in cell.split(";") if "=" in part]


def _card(words: Words, known: _Known, row: Mapping[str, Any]) -> Card:
    phase = words.phase(str(row["phase"]), known.tables.codebook.label(str(row["phase"])))
    sentence, document = unmarked(_text(row["evidence"])), str(row["document_id"])
    mentions = known.mentions.get(document, [])
    details = [_place(words, known, row), _date(words, row, sentence.text), _why(words, row), _actor(words, known, row)]
    details += [(words("card.activities"), ", ".join(known.tables.codebook.activity(name) for name in activities_of(_text(row["activities"]))))]
    says = max(int(row["rank"]), int(row["outcome"])) >= 0
    heading = words("card.heading_doubtful" if says and _how_sure(row) == "doubtful" else "card.heading", phase=phase, status=_status(words, row))
    return Card(
        id=str(row["observation_id"]), place=_text(row["place_id"]), document=document, heading=heading,
        rank=int(row["rank"]), outcome=int(row["outcome"]), now=bool(row.get("now", True)),
        pieces=pieces(sentence.text, spans_of(row, sentence, mentions, {_text(row["place_id"])})),
        source=source_line(words, known.document(document)), rows=tuple(detail for detail in details if detail[1]),
        dated=int(row["begin"]) != OPEN_END,
    )  # fmt: skip


def _place(words: Words, known: _Known, row: Mapping[str, Any]) -> tuple[str, str]:
    """Return the place as written, what it was taken for, how good the match is, and what else it may be."""
    mentions = known.mentions.get(str(row["document_id"]), [])
    here = [named for named in _between(mentions, int(row["evidence_start"]), int(row["evidence_end"])) if named.place == row["place_id"]]
    level, code = _text(row["level"]), _text(row["country_code"])
    name = words.place(_text(row["place_id"]), _text(row["place_name"]), level, code)
    parts = [words("card.place", written=unmarked(_text(row["toponym"])).text, name=name, kind=kind_of(words, level, code))]
    if is_known_by_town(_text(row["place_id"])):
        parts.append(words("card.by_town"))
    if scores := [named.score for named in here if named.score is not None]:
        parts.append(words("card.match", percent=round(max(scores) * 100)))
    others = [other for named in here[:1] for other in alternatives(named.alternatives) if other != row["place_id"]]
    if others:
        parts.append(words("card.others", names="; ".join(dict.fromkeys(_other(words, known.tables, other) for other in others))))
    return words("card.place_label"), " ".join(parts)


def _other(words: Words, tables: Tables, identifier: str) -> str:
    """Return what a name may mean as well: the place's name, what kind of place it is, and the unit and the country that hold it."""
    if identifier not in tables.others:
        return tables.called(words, identifier, identifier.replace("gn:", "GeoNames "))
    (name, level, country), unit = tables.others[identifier]
    shown = words("card.other", name=words.place(identifier, name, level, country), level=words.get(f"level.{level}", level))
    around = [unit if level not in {"admin1", "country"} else "", words.country(country) if level != "country" else ""]
    return ", ".join([shown, *(part for part in around if part)])


def _date(words: Words, row: Mapping[str, Any], text: str) -> tuple[str, str]:
    written = ", ".join(words("card.quoted", text=text[start:end]) for start, end in date_spans(text, row))
    if not written and (around := unmarked(_text(row.get("date_text"))).text):
        written = words("card.elsewhere", text=around)
    return words("card.date_label"), words(
        "card.date", written=written or words("card.not_in_sentence"), understood=understood(words, row), edtf=_text(row["date_edtf"]) or "–"
    )


def _why(words: Words, row: Mapping[str, Any]) -> tuple[str, str]:
    cues = [words("card.quoted", text=cue.strip()) for cue in unmarked(_text(row["cue"])).text.split(";") if cue.strip()]
    cue = words("card.cue", cues=words.names(cues, most=len(cues))) if cues else words("card.no_cue")
    sure = words("card.confidence", sure=words(f"card.{how}"), percent=_percent(float(row["confidence"]))) if (how := _how_sure(row)) else ""
    return words("card.why_label"), " ".join(part for part in (cue, sure) if part)


def _how_sure(row: Mapping[str, Any]) -> Literal["clear", "likely", "doubtful"] | None:
    """Return in which of three bands the chance lies that a row is read rightly; None where it has none."""
    chance = row.get("confidence")
    if not isinstance(chance, float) or math.isnan(chance):
        return None
    return "clear" if chance >= _CLEAR else "likely" if chance >= _LIKELY else "doubtful"


def _percent(chance: float) -> int:
    return round(chance * 100)


def _actor(words: Words, known: _Known, row: Mapping[str, Any]) -> tuple[str, str]:
    return words("card.actor_label"), known.tables.codebook.actor_name(_text(row["actor"]))


def _status(words: Words, row: Mapping[str, Any]) -> str:
    return words.get(f"status.{row['status']}", _text(row["status"]))


def _known(tables: Tables, documents: set[str]) -> _Known:
    """Tell what cards of these documents need, looked up once for all of them."""
    rows = [row for document in sorted(documents) for row in tables.mentions_of.get(document, ())]
    found = tables.mentions.iloc[rows].sort_values("start", kind="stable")
    scores = pd.to_numeric(found["score"], errors="coerce").to_numpy(float, na_value=float("nan"))
    mentions: dict[str, list[Named]] = {}
    columns = (found[name] for name in ("document_id", "start", "end", "surface", "place_id", "alternatives"))
    for (document, start, end, surface, place, others), score in zip(zip(*columns, strict=True), scores, strict=True):
        mentions.setdefault(str(document), []).append(
            Named(int(start), int(end), str(surface), _text(place), None if math.isnan(score) else float(score), _text(others))
        )
    records = tables.documents[tables.documents["document_id"].isin(documents)].to_dict("records")
    return _Known(
        tables=tables, mentions=mentions,
        documents={str(row["document_id"]): {str(key): value for key, value in row.items()} for row in records},
    )  # fmt: skip


def _between(mentions: Sequence[Named], start: int, end: int) -> Sequence[Named]:
    """Mentions that begin from `start` to before `end`; they are in their order."""
    return mentions[bisect_left(mentions, start, key=lambda named: named.start) : bisect_left(mentions, end, key=lambda named: named.start)]


def _found(text: str, wanted: Sequence[str], role: Role) -> list[tuple[int, int, Role]]:
    spans: list[tuple[int, int, Role]] = []
    for word in wanted:
        found = r"\s+".join(map(re.escape, word.split()))  # a line may end inside of them
        match = re.search(rf"(?<!\w){found}(?!\w)", text, re.IGNORECASE) if found else None
        if match:
            spans.append((*match.span(), role))
    return spans


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
