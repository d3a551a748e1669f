"""What there is to say of a moment: counts, changes since another moment, and the finding in one sentence.

The same sentences are made in the browser by `static/atlas/story.js`; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from dashboard.codebook import CONTEXT, HOME, Codebook
from dashboard.data import called
from dashboard.messages import Unit, Words
from dashboard.moments import CERTAINTIES, OPEN_END, At, Flags, Integers, Moment, Shown, UpTo, Window, date_of, in_story, looks_in, span, year_before
from dashboard.steps import Step, month_ends, year_ends

Change = Literal["new", "advanced", "outcome", "receded", "gone", "unchanged"]
CHANGES: tuple[Change, ...] = ("new", "advanced", "outcome", "receded", "gone", "unchanged")
POINTS = frozenset({"facility", "locality"})

_BACK = (1, 5, 10, 25, 50, 100)
"""Years before the latest date: a story that ended long ago has not changed in its last one."""
_ABSENT = -2
"""Stands for the rank of a place that is not there."""
_FINEST: tuple[Unit, ...] = ("day", "month", "year")


@dataclass(frozen=True, slots=True)
class Reach:
    """How far something has come: points (facilities and localities), areas, and the countries that any of them lies in.

    Points and areas together are the marks of a map, and so what its legend counts.
    """

    points: int
    areas: int
    countries: int
    whole: int
    """How many of the areas are countries."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What the map shows at a moment."""

    reach: Reach
    phases: tuple[int, ...]
    """Marks that show each ordered phase: as what they have reached, or as their home."""
    outcomes: tuple[int, ...]
    """Marks with each outcome."""
    suspected: int
    known: int
    named: int


def said(looks: pd.DataFrame) -> pd.DataFrame:
    """Return the places of which something is said: those that are only named are left out."""
    return looks[(looks["rank"].to_numpy() >= 0) | (looks["outcomes"].to_numpy() > 0)]


def reach(looks: pd.DataFrame, places: pd.DataFrame) -> Reach:
    """How far the given looks reach; `places` is the table that their index points into."""
    return extent(places.iloc[looks.index.to_numpy()])


def extent(places: pd.DataFrame) -> Reach:
    """How far some places reach, rows of their table."""
    points = int(places["level"].isin(POINTS).sum())
    codes = places["country_code"].fillna("")
    return Reach(points, len(places) - points, int(codes[codes != ""].nunique()), int((places["level"] == "country").sum()))


def counts(looks: pd.DataFrame, places: pd.DataFrame, codebook: Codebook) -> Counts:
    """Return the numbers behind a view."""
    speaking = said(looks)
    return Counts(
        reach=reach(speaking, places),
        phases=tuple(len(of_phase(speaking, codebook, phase.id)) for phase in codebook.ordered),
        outcomes=tuple(len(of_phase(speaking, codebook, phase.id)) for phase in codebook.outcomes),
        suspected=int((speaking["certainty"] == CERTAINTIES.index("suspected")).sum()),
        known=int(speaking["known"].sum()),
        named=len(looks) - len(speaking),
    )


def changes(before: pd.DataFrame, after: pd.DataFrame) -> pd.Series[str]:
    """Tell what became of each place between two looks, by the place's position. Places that are only named count as absent."""
    old, now = said(before), said(after)
    index = old.index.union(now.index)
    (rank_before, bits_before), (rank_after, bits_after) = (_reached_at(index, looks) for looks in (old, now))
    kinds = np.select(
        [
            rank_before == _ABSENT,
            rank_after == _ABSENT,
            rank_after > rank_before,
            rank_after < rank_before,
            bits_after & ~bits_before != 0,
            bits_before & ~bits_after != 0,
        ],
        ["new", "gone", "advanced", "receded", "outcome", "receded"],
        "unchanged",
    )
    return pd.Series(kinds, index=index, name="change")


def compared(looks: Callable[[Moment], pd.DataFrame], latest: int) -> int:
    """Return the date that the latest one is first compared with: the nearest of :data:`_BACK` since which anything has changed, else a year before."""
    now = looks(UpTo(latest))
    days = (year_before(latest, years) for years in _BACK)
    return next((day for day in days if (changes(looks(UpTo(day)), now) != CHANGES[-1]).any()), year_before(latest))


def news(rows: pd.DataFrame, codebook: Codebook, before: Shown | None, now: Shown, *, hide: Collection[str] = ()) -> tuple[pd.Series[str], pd.DataFrame]:
    """Return the changes between two moments (all that is there is new without a first), and the looks now of the places that may have changed.

    Only places of which a row came into force or went out of it can look different, and in a step these are few: no other is looked at. Of the layers that
    are switched off (`hide`, see `visible`) nothing is told: a place counts that is drawn now, or was and has gone or receded, and an outcome that is.
    """
    was, holds = _in_force_at(rows, codebook, before, now)
    place = rows["place"].to_numpy()
    moved = np.isin(place, place[was != holds])
    both = [looks_in(rows, force & moved) for force in (was, holds)]
    old, new = (found.assign(outcomes=_outcomes_left(found, codebook, hide)) for found in both)
    kinds = changes(old, new)
    was_drawn, is_drawn = (kinds.index.isin(visible(found, codebook, hide).index) for found in both)
    return kinds[is_drawn | (was_drawn & kinds.isin(("gone", "receded")).to_numpy())], new


def _in_force_at(rows: pd.DataFrame, codebook: Codebook, before: Shown | None, now: Shown) -> tuple[Flags, Flags]:
    """Return which rows were in force before (none without a first moment), and which are now."""
    was = in_story(rows, codebook, *before) if before else np.zeros(len(rows), bool)
    return was, in_story(rows, codebook, *now)


def sources(rows: pd.DataFrame, codebook: Codebook, before: Shown | None, now: Shown, places: Collection[int]) -> list[int]:
    """Return the documents, by position, that tell what is new of some places between two moments, those that tell most of it first.

    Only what has come into force counts: neither what was so before, nor what lies ahead, nor what merely names a place; in a step of the story only what
    tells of its phase.
    """
    was, holds = _in_force_at(rows, codebook, before, now)
    place, rank, outcome, document = (rows[name].to_numpy() for name in ("place", "rank", "outcome", "document"))
    about = (rows["phase"] == now[1]).to_numpy() if now[1] else (rank >= 0) | (outcome >= 0)
    tells = about & (document >= 0) & np.isin(place, list(places))
    counted = pd.Series(document[holds & ~was & tells]).value_counts()
    return [int(position) for position in counted.index]


def visible(looks: pd.DataFrame, codebook: Codebook, hide: Collection[str], *, focus: str | None = None) -> pd.DataFrame:
    """Return the looks without the layers that are switched off (ids of phases; `context` for places that are only named), as `static/atlas/scene.js` chooses.

    A place goes with its phase, whatever else is said of it. Places that are only named are no part of a step of the story.
    """
    ranks = [rank for rank, phase in enumerate(codebook.ordered) if phase.id in hide]
    rank, had, left = looks["rank"].to_numpy(), looks["outcomes"].to_numpy() > 0, _outcomes_left(looks, codebook, hide)
    keep = np.where(rank >= 0, ~np.isin(rank, ranks), np.where(had, left > 0, CONTEXT not in hide and focus is None))
    return looks.assign(outcomes=left)[keep]


def _outcomes_left(looks: pd.DataFrame, codebook: Codebook, hide: Collection[str]) -> Integers:
    off = sum(1 << position for position, phase in codebook.beside if phase.id in hide)
    return looks["outcomes"].to_numpy(np.int64) & ~off


def of_phase(looks: pd.DataFrame, codebook: Codebook, phase: str) -> pd.DataFrame:
    """Return the looks that show a phase, as what they have reached or beside it: those that a step of the story is about, and that a legend counts."""
    beside = sum(1 << position for position, known in codebook.beside if known.id == phase)
    return looks[(looks["rank"] == codebook.ranks.get(phase, _ABSENT)) | ((looks["outcomes"] & beside) != 0)]


def further(about: pd.DataFrame, finally_: pd.DataFrame, codebook: Codebook, phase: str) -> int:
    """How many places that a step of the story is about come further than its phase in the end: a step tells of them as if they had not."""
    rank = codebook.ranks.get(phase)
    return 0 if rank is None else int((finally_["rank"].reindex(about.index, fill_value=-1) > rank).sum())


def unit_at(frame: pd.DataFrame, day: int) -> Unit:
    """Return the unit in which a day can honestly be named: the finest among the observations that begin on it; the day itself where none does."""
    rows = frame[(frame["begin"] == day) & (frame["place"] >= 0)]
    units = {unit_of(*row) for row in rows[["precision", "first", "last"]].itertuples(index=False, name=None)}
    return next((unit for unit in _FINEST if unit in units), "day")


def unit_of(precision: str, first: int, last: int) -> Unit:
    """Return the unit in which the first day of an interval can honestly be named. A document's own date has the precision of its interval."""
    match precision:
        case "day":
            return "day"
        case "month" | "season":
            return "month"
        case "year" | "years":
            return "year"
    length = last - first
    if first > last or last == OPEN_END or length == 0:
        return "day"
    return "month" if length < 31 * 4 else "year"


def heading_unit(frame: pd.DataFrame, moment: Moment, step: Step) -> Unit:
    """Return the unit of the dates in a heading: a month or a year only in steps by them, where the moment holds whole ones; in steps by event `unit_at`'s."""
    if step in ("month", "year"):
        return step if _is_whole(frame, moment, step) else "day"
    return "day" if isinstance(moment, Window) else unit_at(frame, moment.day)


def _is_whole(frame: pd.DataFrame, moment: Moment, unit: Literal["month", "year"]) -> bool:
    """Whether months or years can be told of as wholes: a window begins with one, and the last has ended, or nothing begins any later. One day is none."""
    match moment:
        case At():
            return False
        case UpTo(day):
            return _is_over(frame, day, unit)
        case Window(start, end):
            first = date_of(start)
            return first.day == 1 and (unit == "month" or first.month == 1) and _is_over(frame, end, unit)


def _is_over(frame: pd.DataFrame, day: int, unit: Literal["month", "year"]) -> bool:
    limits = span(frame)
    return (month_ends if unit == "month" else year_ends)(day, day) == [day] or limits is None or limits[1] <= day


def when(words: Words, moment: Moment, unit: Unit) -> str:
    """Return a moment in words: "By 2022", "On 3 May 2022", "From May 2021 to May 2022", "In 2022" for a window of one year."""
    match moment:
        case UpTo(day):
            return words(f"when.upto_{unit}", when=words.when(date_of(day), unit))
        case At(day):
            return words(f"when.at_{unit}", when=words.when(date_of(day), unit))
        case Window():
            start, end = (words.when(date_of(day), unit) for day in (moment.start, moment.end))
            return words(f"when.at_{unit}", when=end) if start == end else words(f"when.window_{unit}", start=start, end=end)


def finding(words: Words, looks: pd.DataFrame, places: pd.DataFrame, codebook: Codebook, *, moment: str, focus: str | None = None) -> str:
    """Tell what the map shows, in one sentence.

    `moment` is `when`'s text, `focus` the phase that a step of the story is about. Without one, the sentence gives the reach of what has come to any phase
    and of what has come furthest: an outcome alone (held off, acted upon) reaches nothing, and the home was not reached but left. Where there is nothing
    but the home, or names alone, the sentence is about that. Where all of the phase that it ends with is only suspected, it says so.
    """
    speaking = said(looks)
    if focus is not None:
        shown = of_phase(speaking, codebook, focus)
        key = f"focus{'' if codebook.ranks.get(focus, 0) > 0 and words.is_own(focus, codebook.label(focus)) else '_in'}{'' if len(shown) else '_none'}"
        text = words(f"finding.{key}", moment=moment, reach=reached(words, reach(shown, places)), phase=words.inside(focus, codebook.label(focus)))
        return _as_sure(words, text, shown) if focus in codebook.ranks else text
    if not len(speaking):
        return words("finding.named", moment=moment, reach=reached(words, reach(looks, places))) if len(looks) else words("finding.nothing", moment=moment)
    top = int(speaking["rank"].max())
    if top < 0:
        return words("finding.outcomes", moment=moment, reach=reached(words, reach(speaking, places)))
    home = codebook.ranks[codebook.home.id] if codebook.home else None
    if top == home:
        return finding(words, looks, places, codebook, moment=moment, focus=codebook.ordered[top].id)
    out = speaking[(speaking["rank"] >= 0) & (speaking["rank"] != home)]
    everything = reached(words, reach(out, places))
    if top < 1:
        return _as_sure(words, words("finding.reach", moment=moment, reach=everything), out)
    last, phase = speaking[speaking["rank"] == top], codebook.ordered[top]
    # Where all has come equally far, its reach is told once.
    kind = "focus" if len(last) == len(out) else "furthest"
    key = kind if words.is_own(phase.id, phase.label) else f"{kind}_in"
    furthest, inside = reached(words, reach(last, places)), words.inside(phase.id, phase.label)
    return _as_sure(words, words(f"finding.{key}", moment=moment, reach=everything, furthest=furthest, phase=inside), last)


def _as_sure(words: Words, text: str, looks: pd.DataFrame) -> str:
    is_suspected = len(looks) > 0 and bool((looks["certainty"] == CERTAINTIES.index("suspected")).all())
    return words("finding.suspected", finding=text) if is_suspected else text


def reached(words: Words, extent: Reach) -> str:
    """Return a reach in words: "9 places in 3 countries", "1 place and 2 areas in 3 countries", "2 areas in 1 country", "2 countries"."""
    countries = words("count.countries", n=extent.countries)
    if not extent.points and extent.areas == extent.whole == extent.countries > 0:
        return countries
    found = marks(words, extent)
    return words("reach.both", points=found, countries=countries) if extent.countries else found


def marks(words: Words, extent: Reach) -> str:
    """Return how many places and areas there are: "9 places", "9 places and 2 areas", "2 areas"."""
    points, areas = words("count.places", n=extent.points), words("count.areas", n=extent.areas)
    if extent.points and extent.areas:
        return words("reach.and_areas", points=points, areas=areas)
    return areas if extent.areas else points


def changed(words: Words, kinds: pd.Series[str], places: pd.DataFrame) -> str:
    """Tell what changed, in one line: "New: Lima, Quito and 3 more. Advanced: Bogotá." Empty where nothing did."""
    parts = []
    for kind in CHANGES[:-1]:
        found = kinds.index[kinds == kind]
        if len(found):
            parts.append(words(f"change.{kind}_names", n=len(found), names=words.names(called(words, places.iloc[found.to_numpy()]))))
    return " ".join(parts)


def quoted(words: Words, sentence: str, *, most: int = 240) -> str:
    """Return a sentence in quotation marks, cut where it is long."""
    return words("card.quoted", text=sentence if len(sentence) <= most else sentence[:most].rstrip() + " …")


def _reached_at(index: pd.Index[int], looks: pd.DataFrame) -> tuple[Integers, Integers]:
    """Return rank and outcomes (but not the home) of each place of an index; `_ABSENT` and none where there is no look."""
    position = looks.index.get_indexer(index)  # -1, the last, where there is none
    return np.append(looks["rank"].to_numpy(), _ABSENT)[position], np.append(looks["outcomes"].to_numpy() & ~(1 << HOME), 0)[position]
