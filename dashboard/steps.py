"""The times at which the map changes: by event, month, year and phase; and the step before another.

The same steps are made in the browser by `static/atlas/time.js` and `model.js`; a test compares the two.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Literal

import numpy as np
import pandas as pd

from dashboard.codebook import Codebook
from dashboard.moments import OPEN_END, At, Moment, Shown, UpTo, Window, date_of, day_of, opening, span

Step = Literal["event", "month", "year", "phase"]


@dataclass(frozen=True, slots=True)
class StepDay:
    """A day to which a step leads; for a step of the story, the phase that it is about."""

    day: int
    phase: str | None = None


def steps(rows: pd.DataFrame, codebook: Codebook, moment: type[Moment], step: Step, *, newest: int | None = None) -> list[StepDay]:
    """All steps of a kind, in their order; none leads beyond the last day on which anything begins. `newest` as for `opening`."""
    if step == "phase":
        return phase_steps(rows, codebook, newest=newest)
    limits = span(rows)
    if limits is None:
        return []
    days = event_days(rows, moment) if step == "event" else month_ends(*limits) if step == "month" else year_ends(*limits)
    return [StepDay(day) for day in dict.fromkeys(min(day, limits[1]) for day in days)]


def before(all_steps: list[StepDay], moment: Moment, *, focus: str | None = None, locked: bool = False) -> Shown | None:
    """Return the moment one step before another, with its phase where it is one of the story; None at the first step.

    `focus` is the phase of the given moment; `locked` keeps the start of a window where it is.
    """
    earlier = _earlier(all_steps, moment.end if isinstance(moment, Window) else moment.day, focus)
    if earlier is None:
        return None
    match moment:
        case UpTo():
            return UpTo(earlier.day), earlier.phase
        case At():
            return At(earlier.day), earlier.phase
        case Window(start, end):
            shift = 0 if locked else earlier.day - end
            return Window(min(start + shift, earlier.day), earlier.day), earlier.phase


def event_days(rows: pd.DataFrame, moment: type[Moment] = UpTo) -> list[int]:
    """Return the days on which something changes on the map, ascending.

    Up to a day: those on which a place first appears, reaches a higher phase, gets an outcome, or becomes more certain; and the last on which anything
    begins, on which the map opens. Else: those on which an observation comes into force. What has ended is told at the next of them, for on the day after an
    end there may be nothing to see.
    """
    placed = rows[(rows["place"] >= 0) & (rows["begin"] != OPEN_END)]
    if moment is UpTo:
        return sorted({*_days_of_change(placed), *placed["begin"].nlargest(1).tolist()})
    return [int(day) for day in np.unique(placed["begin"].to_numpy())]


def month_ends(first: int, last: int) -> list[int]:
    """Return the last days of the months from that of `first` to that of `last`."""
    return _ends(first, last, months=1)


def year_ends(first: int, last: int) -> list[int]:
    """Return the last days of the years from that of `first` to that of `last`."""
    return _ends(first, last, months=12)


def phase_steps(rows: pd.DataFrame, codebook: Codebook, *, newest: int | None = None) -> list[StepDay]:
    """Return the story: each phase of which something is dated, the ordered ones first, then the outcomes.

    A step's day is the last on which something of its phase begins by the text's own dates (by those of the documents where the text dates nothing of it),
    and never before that of the step before. The last step's is the last on which anything of the story begins, so that it ends with all that the map opens
    with: what lies after the `newest` document is a forecast, and no part of it (see `opening`).
    """
    end = opening(rows, newest)
    if end is None:
        return []
    dated = rows[(rows["place"] >= 0) & (rows["begin"] <= end)]
    latest = dated.groupby("phase")["begin"].max().to_dict()
    told = latest | dated[~dated["known"]].groupby("phase")["begin"].max().to_dict()
    phases = [phase.id for phase in (*codebook.ordered, *codebook.outcomes) if phase.id in told]
    days = list(accumulate((int(told[phase]) for phase in phases), max))
    if phases:
        days[-1] = max(int(latest[phase]) for phase in phases)
    return [StepDay(day, phase) for day, phase in zip(days, phases, strict=True)]


def _earlier(all_steps: list[StepDay], day: int, focus: str | None) -> StepDay | None:
    if focus is None:
        position = bisect_left(all_steps, day, key=lambda step: step.day)
        return all_steps[position - 1] if position else None
    position = next((index for index, step in enumerate(all_steps) if step.phase == focus), 0)
    return all_steps[position - 1] if position else None


def _days_of_change(rows: pd.DataFrame) -> list[int]:
    """Rule 4 of `moments`, followed through time.

    An observation changes its place where it counts for more than all before it, makes it more certain, or brings an outcome.
    """
    ordered = rows.sort_values(["place", "begin"], kind="stable")
    weight = np.where(ordered["rank"] >= 0, ordered["rank"], np.where(ordered["outcome"] >= 0, -1, -2))
    table = pd.DataFrame(
        {"place": ordered["place"], "weight": weight, "certainty": ordered["certainty"], "told": ~ordered["known"], "outcome": ordered["outcome"]}
    )
    on_top = table[table["weight"] == table.groupby("place")["weight"].cummax()]
    level = on_top.groupby(["place", "weight"])
    is_first = level.cumcount() == 0
    is_surer = on_top["certainty"] < level["certainty"].cummin().groupby([on_top["place"], on_top["weight"]]).shift(fill_value=-1)
    is_dated = on_top["told"] & (level["told"].cumsum() == 1)
    has_outcome = table[table["outcome"] >= 0]
    is_news = has_outcome.groupby(["place", "outcome"]).cumcount() == 0
    changed = on_top.index[is_first | is_surer | is_dated].union(has_outcome.index[is_news])
    return [int(day) for day in np.unique(ordered.loc[changed, "begin"].to_numpy())]


def _ends(first: int, last: int, *, months: int) -> list[int]:
    low, high = (_month(day) // months for day in (first, last))
    return [_start_of((unit + 1) * months) - 1 for unit in range(low, high + 1)]


def _month(day: int) -> int:
    when = date_of(day)
    return when.year * 12 + when.month - 1


def _start_of(month: int) -> int:
    return day_of(date(month // 12, month % 12 + 1, 1)) if month // 12 <= date.max.year else day_of(date.max) + 1
