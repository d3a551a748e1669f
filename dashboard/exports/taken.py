"""What is in a file: which observations, at which time, and whether their sentences go with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from dashboard import story
from dashboard.codebook import Codebook
from dashboard.data import Tables
from dashboard.exports.stamp import Stamp, restamped, stamp
from dashboard.filters import Filter, routes_passing, selected
from dashboard.links import ROUTES, State
from dashboard.messages import Unit, Words
from dashboard.moments import Moment, Window, date_of, focused, in_force, looks, opening, span


@dataclass(frozen=True, slots=True)
class Taken:
    """The content of a file, whatever its format."""

    words: Words
    tables: Tables
    rows: pd.DataFrame
    """Observations that the data files hold."""
    told: pd.DataFrame
    """Those of any time, for a file with a time control."""
    legs: pd.DataFrame
    """Legs of routes that the data files hold."""
    legs_told: pd.DataFrame
    looks: pd.DataFrame
    """What each place looks like, without what is switched off."""
    state: State
    """The state of the map; for all of it, that of a map that was just opened."""
    moment: Moment
    chosen: Filter
    """What passed; a filter that lets everything pass for all of it."""
    sentences: bool
    stamp: Stamp
    stamp_told: Stamp
    """That of a file with a time control."""
    made: date


def take(words: Words, tables: Tables, chosen: Filter, state: State, *, whole: bool, sentences: bool, made: date) -> Taken:
    """What the map shows with a filter and a state, or the `whole` of the tables. `made` is the day of the export."""
    shown = State(view=state.view) if whole else state
    passing = Filter() if whole else chosen
    told = selected(tables.observations, passing)
    legs_told = tables.routes[routes_passing(tables.routes, tables.places, passing)]
    opened = opening(told, tables.newest)
    moment = shown.moment(opened if opened is not None else opening(tables.observations, tables.newest) or 0)
    now, visible = on_map(told, tables.codebook, moment, shown)
    rows = told if whole else now[now["place"].isin(visible.index)]
    actors = [tables.codebook.actor_name(actor) for actor in passing.actors]
    unit = story.heading_unit(focused(told, tables.codebook, shown.focus) if shown.focus else told, moment, shown.step)
    when = words("when.never") if tables.timeless else story.when(words, moment, unit)
    mark = stamp(
        words,
        tables,
        rows,
        about=words.names(actors) if actors else words("page.all_actors"),
        finding=story.finding(words, visible, tables.places, tables.codebook, moment=when, focus=shown.focus),
        as_of=_all_times(words, told) if whole else _as_of(words, tables, moment, unit, when),
        chosen=passing,
        hide=shown.hide,
        sentences=sentences,
        made=made,
    )
    return Taken(
        words=words,
        tables=tables,
        rows=rows,
        told=told,
        legs=legs_told if whole else _legs_on_map(legs_told, moment, shown),
        legs_told=legs_told,
        looks=visible,
        state=shown,
        moment=moment,
        chosen=passing,
        sentences=sentences,
        stamp=mark,
        stamp_told=restamped(words, tables, mark, told, as_of=_all_times(words, told)),
        made=made,
    )


def on_map(told: pd.DataFrame, codebook: Codebook, moment: Moment, state: State) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The observations in force, and what each place that is not switched off looks like."""
    rows = focused(told, codebook, state.focus) if state.focus else told
    return rows[in_force(rows, moment)], story.visible(looks(rows, moment), codebook, state.hide, focus=state.focus)


def _legs_on_map(legs: pd.DataFrame, moment: Moment, state: State) -> pd.DataFrame:
    """The legs in force; none where routes are switched off, or the story has reached one phase only."""
    return legs[:0] if ROUTES in state.hide or state.focus else legs[in_force(legs, moment)]


def _as_of(words: Words, tables: Tables, moment: Moment, unit: Unit, when: str) -> str:
    """The time that a file shows, in words; `when`: the same as its title has it."""
    if tables.timeless:
        return words("take.as_of_never")
    return when if isinstance(moment, Window) else words.when(date_of(moment.day), unit)


def _all_times(words: Words, rows: pd.DataFrame) -> str:
    limits = span(rows)
    if limits is None:
        return words("take.as_of_undated")
    return words("take.as_of_all", **{"from": words.when(date_of(limits[0]), "month"), "to": words.when(date_of(limits[1]), "month")})
