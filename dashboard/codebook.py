"""The phases, actors and activities of a build, in the order in which the codebook gives them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gazetteer import codebook

CONTEXT = codebook.CONTEXT
"""The phase of a place that is named and of which nothing is said."""
HOME = codebook.MAX_OUTCOMES
"""The place of the home among what is drawn beside a phase: those of the outcomes are below it. `static/atlas/data.js` has it too."""


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase (with an order) or an outcome (without one)."""

    id: str
    label: str
    order: int | None
    definition: str


@dataclass(frozen=True, slots=True)
class Actor:
    """An organisation that the documents are about."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Codebook:
    """What a build's tables can say. The first actor is the one that the map is about."""

    actors: tuple[Actor, ...]
    phases: tuple[Phase, ...]
    activities: tuple[tuple[str, str], ...] = ()
    """(id, label)."""

    @property
    def ordered(self) -> tuple[Phase, ...]:
        """The phases that follow one another, the earliest first. A phase's place in this tuple is its rank."""
        numbered = [(phase.order, phase) for phase in self.phases if phase.order is not None]
        return tuple(phase for _, phase in sorted(numbered, key=lambda pair: pair[0]))

    @property
    def outcomes(self) -> tuple[Phase, ...]:
        """What is drawn beside a phase and never instead of it."""
        return tuple(phase for phase in self.phases if phase.order is None and phase.id != CONTEXT)

    @property
    def home(self) -> Phase | None:
        """The phase with order 0: where it began."""
        return next((phase for phase in self.phases if phase.order == 0), None)

    @property
    def beside(self) -> tuple[tuple[int, Phase], ...]:
        """What is drawn beside a phase, each with its bit in a look's outcomes: the home, which is no outcome but stands like one, and the outcomes."""
        return (*(((HOME, self.home),) if self.home else ()), *enumerate(self.outcomes))

    @property
    def ranks(self) -> dict[str, int]:
        """Rank by phase id; outcomes and context have none."""
        return {phase.id: rank for rank, phase in enumerate(self.ordered)}

    def label(self, phase: str) -> str:
        """Return the label of a phase id, the id itself where the codebook does not know it."""
        return next((known.label for known in self.phases if known.id == phase), phase)

    def actor_name(self, actor: str) -> str:
        """Return the name of an actor id, the id itself where the codebook does not know it."""
        return next((known.name for known in self.actors if known.id == actor), actor)

    def activity(self, activity: str) -> str:
        """Return the label of an activity id, the id itself where the codebook does not know it."""
        return next((label for known, label in self.activities if known == activity), activity)


def codebook_of(build: Mapping[str, Any], *, phases: Iterable[str], actors: Iterable[str]) -> Codebook:
    """Return the codebook in `build.json`.

    `phases` and `actors` that the tables name and it does not are added at the end, so that nothing is left undrawn.
    """
    told: Mapping[str, Any] = build.get("codebook") or {}
    known_phases = [
        Phase(str(row["id"]), str(row.get("label") or row["id"]), _order(row.get("order")), str(row.get("definition") or ""))
        for row in told.get("phases") or ()
    ]
    known_actors = [Actor(str(row["id"]), str(row.get("name") or row["id"])) for row in told.get("actors") or ()]
    extra_phases = [Phase(name, name.capitalize(), None, "") for name in _missing(phases, [phase.id for phase in known_phases])]
    extra_actors = [Actor(name, name) for name in _missing(actors, [actor.id for actor in known_actors])]
    activities = tuple((str(row["id"]), str(row.get("label") or row["id"])) for row in told.get("activities") or ())
    return Codebook((*known_actors, *extra_actors), (*known_phases, *extra_phases), activities)


def _order(value: object) -> int | None:
    return int(value) if isinstance(value, (int, float)) and math.isfinite(value) else None


def _missing(names: Iterable[str], known: Sequence[str]) -> list[str]:
    return sorted({name for name in names if name} - set(known))
