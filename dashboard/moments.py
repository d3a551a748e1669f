"""What a place looks like at a time.

The rule, kept here and in `static/atlas/time.js`, and compared by a test:

1. An observation holds in the interval from `first` to `last`, both inclusive; either end may be open. It has *begun* from the day `begin`: the first day
   of its interval, and where that is unknown, the last, by which it is known to have begun. An observation without any date is never in force.
2. *Up to* a day, the observations that have begun by that day are in force, whatever their end: a stage once reached stays.
   *At* a day, those whose interval holds that day. *In a window*, those whose interval touches it.
3. A place has the highest ordered phase among its observations in force. Outcomes (phases without an order) stand beside it, all of them.
   A place with neither is *only named*. Where it began stays visible: the *home*, the phase with order 0, stands beside a higher phase too, like an
   outcome; it is no outcome, and neither what supports the look nor what changes.
4. The observations that support the look are those of that phase; where there is none, those of the outcomes; where there is none of them either, all.
   The look is as certain as the most certain of these, and is *known by* (dated by the document alone) where all of them are.
5. Sources differ where two documents give the place different highest phases.

Days are counted from 1970-01-01.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.codebook import HOME, Codebook
from gazetteer.records import Status

OPEN_START = -(2**31)
OPEN_END = 2**31 - 1
CERTAINTIES: tuple[str, ...] = get_args(Status)
"""Statuses, the most certain first; a certainty is a place in this tuple."""

_EPOCH = date(1970, 1, 1)
FIRST, LAST = (date.min - _EPOCH).days, (date.max - _EPOCH).days
"""The days between which a date can be: a sum or difference of days may lie outside."""
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class At:
    """What holds on one day."""

    day: int


@dataclass(frozen=True, slots=True)
class UpTo:
    """What has begun by the end of one day."""

    day: int


@dataclass(frozen=True, slots=True)
class Window:
    """What touches the days from `start` to `end`, both inclusive."""

    start: int
    end: int


Moment = At | UpTo | Window
Shown = tuple[Moment, str | None]
"""A moment, and the phase that the story has reached at it, None where all phases are shown."""


def day_of(when: date) -> int:
    """Days from 1970-01-01 to a date."""
    return (when - _EPOCH).days


def date_of(day: int) -> date:
    """Return the date of a day; of one outside the years 1 to 9999, which no date can tell, the nearest that can be told."""
    return _EPOCH + timedelta(days=min(max(day, FIRST), LAST))


def year_before(day: int, years: int = 1) -> int:
    """Return the same day of the year before, or of an earlier one; of a leap day the one before it."""
    when = date_of(day)
    return day_of(when.replace(year=max(when.year - years, date.min.year), day=28 if (when.month, when.day) == (2, 29) else when.day))


def with_days(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with the integer columns `first`, `last` and `begin`, from `date_start` and `date_end` (ISO dates, null where open or unknown)."""
    start, end = _days(rows["date_start"], OPEN_START), _days(rows["date_end"], OPEN_END)
    undated = (start == OPEN_START) & (end == OPEN_END)
    begin = np.where(start != OPEN_START, start, end)
    return rows.assign(first=np.where(undated, OPEN_END, start), last=np.where(undated, OPEN_START, end), begin=np.where(undated, OPEN_END, begin))


def prepared(observations: pd.DataFrame, codebook: Codebook, *, places: Iterable[str | None], documents: Iterable[str]) -> pd.DataFrame:
    """Observations as `looks` wants them: with days, and with integer columns for what is compared.

    `place` and `document` are positions in `places` and `documents` (-1 where unknown: a row without a place is kept and never drawn), where None stands for a
    place without coordinates; `rank` is the phase's rank or -1, `outcome` the outcome's position or -1, `home` whether the phase is the home, `certainty` the
    status's position. Sorted by place and document, otherwise in the order of the table.
    """
    outcomes = {phase.id: position for position, phase in enumerate(codebook.outcomes)}
    certainties = {status: position for position, status in enumerate(CERTAINTIES)}
    frame = with_days(observations).assign(
        place=positions(observations["place_id"], places),
        document=positions(observations["document_id"], documents),
        rank=_mapped(observations["phase"], codebook.ranks, -1),
        outcome=_mapped(observations["phase"], outcomes, -1),
        home=(observations["phase"] == (codebook.home.id if codebook.home else None)).to_numpy(bool),
        certainty=_mapped(observations["status"], certainties, len(CERTAINTIES) - 1),
        known=(observations["date_provenance"] == "document").to_numpy(bool),
    )
    return frame.sort_values(["place", "document"], kind="stable").reset_index(drop=True)


def located(places: pd.DataFrame) -> list[str | None]:
    """Ids of the places, None for those without coordinates."""
    there = places["latitude"].notna() & places["longitude"].notna()
    return [place if known else None for place, known in zip(places["place_id"], there, strict=True)]


def positions(column: pd.Series[str], names: Iterable[str | None]) -> Integers:
    """Where each cell stands among the names, -1 where it does not; None is no name, however often it stands there."""
    known = [(position, name) for position, name in enumerate(names) if name is not None]
    found = pd.Index([name for _, name in known]).get_indexer(pd.Index(column))  # ten times as quick as a dictionary
    return np.asarray([*(position for position, _ in known), -1], np.int64)[found]


def in_force(frame: pd.DataFrame, moment: Moment) -> Flags:
    """Which rows are in force at a moment: rule 2."""
    match moment:
        case UpTo(day):
            begin = frame["begin"].to_numpy()
            return np.asarray((begin <= day) & (begin != OPEN_END))
        case At(day):
            return _touches(frame, day, day)
        case Window(start, end):
            return _touches(frame, start, end)


def looks(frame: pd.DataFrame, moment: Moment) -> pd.DataFrame:
    """Tell what each place looks like at a moment. See `looks_in`."""
    return looks_in(frame, in_force(frame, moment))


def looks_in(frame: pd.DataFrame, force: Flags) -> pd.DataFrame:
    """Tell what each place looks like where the rows of `force` are in force: rules 3 to 5.

    One row a place that has something in force, indexed by its position in the table of places. Columns: `rank` (-1 where no
    ordered phase is reached), `certainty`, `known`, `outcomes` (bit n is set for outcome n, bit `HOME` for a home that has come further),
    `count` of observations other than context, `sources` (documents that say something other than context), `differ`.
    """
    rows = np.flatnonzero(force & (frame["place"].to_numpy() >= 0))
    columns = ("place", "document", "rank", "outcome", "home", "certainty", "known")
    place, document, rank, outcome, home, certainties, by_document = (frame[name].to_numpy()[rows] for name in columns)
    if not len(rows):
        none, never = np.zeros(0, np.int64), np.zeros(0, bool)
        return _looks(none, none, none, never, none, none, none, never)
    starts = _runs(place)
    top = np.maximum.reduceat(rank, starts)
    outcomes = np.bitwise_or.reduceat(np.where(outcome >= 0, 1 << np.maximum(outcome, 0), 0), starts)
    support = _support(rank, outcome, _spread(top, starts, len(rows)), _spread(outcomes, starts, len(rows)))
    certainty = np.minimum.reduceat(np.where(support, certainties, len(CERTAINTIES)), starts)
    known = np.logical_and.reduceat(np.where(support, by_document, True), starts)
    began = np.minimum.reduceat(np.where(home, rank, OPEN_END), starts) < top
    said = (rank >= 0) | (outcome >= 0)
    sources, differ = _sources(place, document, rank, said, starts)
    return _looks(place[starts], top, certainty, known, outcomes | began * (1 << HOME), np.add.reduceat(said.astype(np.int64), starts), sources, differ)


def support(frame: pd.DataFrame, looks: pd.DataFrame) -> Flags:
    """Which rows, of those in force, support the look of their place: rule 4."""
    place = frame["place"]
    top, outcomes = (place.map(looks[name]).fillna(missing).to_numpy(np.int64) for name, missing in (("rank", -1), ("outcomes", 0)))
    return _support(frame["rank"].to_numpy(), frame["outcome"].to_numpy(), top, outcomes) & place.isin(looks.index).to_numpy()


def focused(frame: pd.DataFrame, codebook: Codebook, phase: str) -> pd.DataFrame:
    """Return the rows that belong to the story up to a phase: ordered phases up to it; for an outcome, all ordered phases and the outcomes up to it."""
    return frame[_in_focus(frame, codebook, phase)]


def in_story(frame: pd.DataFrame, codebook: Codebook, moment: Moment, focus: str | None) -> Flags:
    """Which rows are in force at a moment; with a focus, those of the story up to that phase."""
    force = in_force(frame, moment)
    return force & _in_focus(frame, codebook, focus) if focus else force


def focus_phases(codebook: Codebook, phase: str) -> tuple[str, ...]:
    """Ids of the phases that the story has reached at `phase`, in its order."""
    story = [known.id for known in (*codebook.ordered, *codebook.outcomes)]
    return tuple(story[: story.index(phase) + 1]) if phase in story else tuple(story)


def span(frame: pd.DataFrame) -> tuple[int, int] | None:
    """Return the first and the last day on which a placed observation begins, None where none is dated."""
    begins = frame.loc[(frame["place"] >= 0) & (frame["begin"] != OPEN_END), "begin"]
    return (int(begins.min()), int(begins.max())) if len(begins) else None


def opening(frame: pd.DataFrame, newest: int | None) -> int | None:
    """Return the day on which the map opens: the last on which a placed observation begins, but none after the `newest` document.

    What a document says of later days is a forecast. Where all are later, the last of them; None where none is dated.
    """
    limits = span(frame)
    if limits is None or newest is None:
        return limits[1] if limits else None
    past = frame.loc[(frame["place"] >= 0) & (frame["begin"] <= newest), "begin"]
    return int(past.max()) if len(past) else limits[1]


def _in_focus(frame: pd.DataFrame, codebook: Codebook, phase: str) -> Flags:
    return np.asarray(frame["phase"].isin(focus_phases(codebook, phase)))


def _touches(frame: pd.DataFrame, start: int, end: int) -> Flags:
    return np.asarray((frame["first"].to_numpy() <= end) & (frame["last"].to_numpy() >= start))


def _days(column: pd.Series[str], missing: int) -> Integers:
    times = pd.to_datetime(column, errors="coerce").to_numpy("datetime64[D]")
    days: Integers = np.where(np.isnat(times), missing, times.astype(np.int64))
    return days


def _mapped(column: pd.Series[str], table: dict[str, int], default: int) -> Integers:
    mapped: Integers = np.asarray(column.map(table).fillna(default), np.int64)
    return mapped


def _runs(values: Integers) -> Integers:
    """Where each run of equal values starts."""
    return np.asarray(np.flatnonzero(np.concatenate([[True], values[1:] != values[:-1]])), np.int64)


def _spread(values: Integers, starts: Integers, length: int) -> Integers:
    spread: Integers = np.repeat(values, np.diff(np.concatenate([starts, [length]])))
    return spread


def _support(rank: Integers, outcome: Integers, top: Integers, outcomes: Integers) -> Flags:
    """Rule 4, with the place's rank and outcomes repeated for each of its rows."""
    support: Flags = np.where(top >= 0, rank == top, (outcome >= 0) | (outcomes == 0))
    return support


def _sources(place: Integers, document: Integers, rank: Integers, said: Flags, starts: Integers) -> tuple[Integers, Flags]:
    """How many documents say something of each place, and whether their highest phases differ: rule 5."""
    pairs = _runs_of_pairs(place, document)
    says = np.logical_or.reduceat(said, pairs)
    highest = np.maximum.reduceat(rank, pairs)
    owners = np.searchsorted(pairs, starts)
    low = np.minimum.reduceat(np.where(highest >= 0, highest, OPEN_END), owners)
    return np.add.reduceat(says.astype(np.int64), owners), low < np.maximum.reduceat(highest, owners)


def _runs_of_pairs(one: Integers, other: Integers) -> Integers:
    return np.flatnonzero(np.concatenate([[True], (one[1:] != one[:-1]) | (other[1:] != other[:-1])]))


def _looks(place: Integers, *columns: Integers | Flags) -> pd.DataFrame:
    names = ("rank", "certainty", "known", "outcomes", "count", "sources", "differ")
    return pd.DataFrame(dict(zip(names, columns, strict=True)), index=pd.Index(place, name="place"))
