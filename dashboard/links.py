"""Page, time, mode, filters, view and selection as a link: what `static/atlas/memory.js` writes into the address is read here.

An address is text from outside: every value is checked against the tables, and one that does not fit is as if it were not there.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Literal, TypeVar, get_args

from dashboard.codebook import CONTEXT, Codebook
from dashboard.filters import DATINGS, PRECISIONS, Filter
from dashboard.moments import CERTAINTIES, FIRST, LAST, At, Moment, UpTo, Window, day_of, year_before
from dashboard.steps import Step
from dashboard.story import CHANGES, Change

Mode = Literal["upto", "at", "window"]
Query = Mapping[str, Sequence[str]]
T = TypeVar("T")
ROUTES = "routes"
"""The layer of routes, among the hidden ones."""

_FILTERS = {
    "actor": "actors", "stage": "phases", "source": "documents", "status": "statuses", "activity": "activities", "precision": "precisions", "level": "levels",
    "country": "countries",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class State:
    """What the map shows and where it looks. None leaves the choice to the map: the latest day, the home view."""

    mode: Mode = "upto"
    day: int | None = None
    start: int | None = None
    locked: bool = False
    step: Step = "event"
    focus: str | None = None
    place: str | None = None
    route: tuple[str, int] | None = None
    view: tuple[float, float, float] | None = None
    """Latitude, longitude, zoom."""
    hide: tuple[str, ...] = ()

    def moment(self, latest: int) -> Moment:
        """Return the moment that is shown; `latest` is the day on which the map opens."""
        day = latest if self.day is None else self.day
        if self.mode == "window":
            return Window(year_before(day) if self.start is None else min(self.start, day), day)
        return At(day) if self.mode == "at" else UpTo(day)

    def command(self) -> dict[str, Any]:
        """Return the state as the browser takes it."""
        told = asdict(self)
        return {**told, "route": {"id": self.route[0], "leg": self.route[1]} if self.route else None, "hide": list(self.hide)}


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the comparison shows; None leaves a date to it: the latest, and a year before that (or, where nothing has changed since, an earlier one)."""

    a: int | None = None
    b: int | None = None
    layout: Literal["two", "one"] = "two"
    kinds: tuple[Change, ...] = CHANGES[:-1]
    place: str | None = None
    view: tuple[float, float, float] | None = None

    def command(self) -> dict[str, Any]:
        """Return the comparison as the browser takes it."""
        return {**asdict(self), "kinds": list(self.kinds)}


@dataclass(frozen=True, slots=True)
class Known:
    """What an address may name."""

    codebook: Codebook
    places: Collection[str]
    routes: Collection[tuple[str, int]]
    values: Mapping[str, Collection[str]]
    """Allowed values of the filter's fields."""


def state_of(query: Query, known: Known) -> State:
    """Return the state in an address."""
    phases = {phase.id for phase in known.codebook.phases}
    hidden = [name for name in _one(query, "hide").split(",") if name in phases or name in {ROUTES, CONTEXT}]
    day, start = _day(_one(query, "on")), _day(_one(query, "from"))
    mode: Mode = _among(_one(query, "mode"), get_args(Mode), "upto")
    focus = _one(query, "phase")
    return State(
        mode=mode,
        day=day,
        start=start,
        locked=_one(query, "locked") == "1",
        step=_among(_one(query, "step"), get_args(Step), "event"),
        focus=focus if focus in phases else None,
        place=_one(query, "place") if _one(query, "place") in known.places else None,
        route=_route(query, known.routes),
        view=_view(_one(query, "view")),
        hide=tuple(dict.fromkeys(hidden)),
    )


def told_state(told: Mapping[str, Any], known: Known) -> State:
    """Return the state that the map in the browser has told. It comes from outside, too: the same checks."""
    route = told.get("route") or {}
    view = told.get("view")
    query = {
        "mode": [str(told.get("mode"))],
        "step": [str(told.get("step"))],
        "phase": [str(told.get("focus"))],
        "place": [str(told.get("place"))],
        "route": [str(route.get("id"))],
        "leg": [str(route.get("leg"))],
        "hide": [",".join(str(name) for name in told.get("hide") or [])],
        "view": [",".join(str(number) for number in view) if isinstance(view, list) else ""],
        "locked": ["1" if told.get("locked") is True else ""],
    }
    state = asdict(state_of(query, known))
    for name in ("day", "start"):
        state[name] = _told_day(told.get(name))
    return State(**state)


def comparison_of(query: Query, known: Known) -> Comparison:
    """Return the comparison in an address."""
    kinds = tuple(kind for kind in CHANGES if kind in _one(query, "kinds").split(","))
    layout: Literal["two", "one"] = _among(_one(query, "as"), ("two", "one"), "two")
    place = _one(query, "place") if _one(query, "place") in known.places else None
    return Comparison(_day(_one(query, "a")), _day(_one(query, "b")), layout, kinds or CHANGES[:-1], place, _view(_one(query, "view")))


def told_comparison(told: Mapping[str, Any], known: Known) -> Comparison:
    """Return the comparison that the map in the browser has told."""
    checked = comparison_of({"place": [str(told.get("place"))], "as": [str(told.get("layout"))]}, known)
    return replace(checked, a=_told_day(told.get("a")), b=_told_day(told.get("b")))


def filter_of(query: Query, known: Known, default: Filter) -> Filter:
    """Return the filter in an address; `default` for what it does not name. An empty value lets everything pass."""
    fields: dict[str, Any] = {}
    for name, field in _FILTERS.items():
        if name in query:
            allowed = known.values[field]
            fields[field] = tuple(value for value in query[name] if value in allowed)
    confidence = _one(query, "confidence")
    return Filter(
        **{field: fields.get(field, getattr(default, field)) for field in _FILTERS.values()},
        confidence=min(100, int(confidence)) if confidence.isascii() and confidence.isdigit() else default.confidence,
        dating=_among(_one(query, "dated"), DATINGS, default.dating),
    )


def filter_pairs(chosen: Filter, default: Filter) -> dict[str, list[str]]:
    """Return the filter as the parameters of an address; what is as in `default` is left out."""
    active = chosen.active(default)
    pairs = {name: list(getattr(chosen, field)) or [""] for name, field in _FILTERS.items() if field in active}
    if "confidence" in active:
        pairs["confidence"] = [str(chosen.confidence)]
    if "dating" in active:
        pairs["dated"] = [chosen.dating]
    return pairs


def allowed(
    codebook: Codebook, *, documents: Collection[str], activities: Collection[str], levels: Collection[str], countries: Collection[str]
) -> dict[str, Collection[str]]:
    """Return the values that each field of the filter may have."""
    return {
        "actors": [actor.id for actor in codebook.actors],
        "phases": [phase.id for phase in codebook.phases],
        "documents": documents,
        "statuses": CERTAINTIES,
        "activities": activities,
        "precisions": PRECISIONS,
        "levels": levels,
        "countries": countries,
    }


def _one(query: Query, name: str) -> str:
    values = query.get(name) or [""]
    return values[-1]


def _among(value: str, known: Sequence[T], default: T) -> T:
    return next((one for one in known if one == value), default)


def _day(text: str) -> int | None:
    try:
        return day_of(date.fromisoformat(text)) if len(text) == len("2022-05-14") else None
    except ValueError:
        return None


def _told_day(told: object) -> int | None:
    """Return a day that the browser has told, None where it is no day of the calendar."""
    return told if isinstance(told, int) and FIRST <= told <= LAST else None


def _route(query: Query, known: Collection[tuple[str, int]]) -> tuple[str, int] | None:
    leg = _one(query, "leg")
    route = (_one(query, "route"), int(leg)) if leg.isascii() and leg.isdigit() else None
    return route if route in known else None


def _view(text: str) -> tuple[float, float, float] | None:
    """Latitude, longitude and zoom, None where a number is missing or out of the map."""
    limits: tuple[Callable[[float], bool], ...] = (lambda value: abs(value) <= 90, lambda value: abs(value) <= 720, lambda value: 0 <= value <= 13)
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        return None
    fits = len(numbers) == len(limits) and all(math.isfinite(number) and limit(number) for number, limit in zip(numbers, limits, strict=True))
    return (numbers[0], numbers[1], numbers[2]) if fits else None
