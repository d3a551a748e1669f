"""A second look at the phases of a document's places, when all its sentences have been read once.

The first look (:mod:`gazetteer.phases.model`) and the encoder see one sentence. The second look knows more: where the home is and whether the story has gone
abroad by now (:mod:`gazetteer.phases.course`); what else the sentence says of the places that hold this one or lie in it ("in Kaure, in Shiroro"); what its
neighbours in a list were given. A small network corrects the mean of the two opinions by that; ``gazetteer/training/hindsight.py`` learns it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from gazetteer import edtf, hidden_layer
from gazetteer.chances import chance_of, logit_of
from gazetteer.codebook import GENERAL_PHASES, Phase
from gazetteer.hidden_layer import Network
from gazetteer.index import LEVELS
from gazetteer.index.containment import holds
from gazetteer.passages import Passage
from gazetteer.passages.time_frames import Frame, frames
from gazetteer.phases import course
from gazetteer.phases.course import Course, View
from gazetteer.phases.standing import Standing
from gazetteer.records import Place, Timex

_RELATIONS = ("holds one behind", "holds one before", "frames one", "held by one behind", "held by one before", "beside one")
"""How a place stands to another one of its sentence, which is named behind or before it: it holds it, also as the sentence's frame ("In Honduras, ..."),
lies in it, or neither."""
SEEN = (
    *(f"{who}: {phase}" for who in ("first look", "encoder", "both", "list", *_RELATIONS) for phase in GENERAL_PHASES),
    *course.FEATURES,
    "a stage",
    "far into the document",
    "names in the sentence",
    "names in the list",
    *LEVELS,
)
"""What the network sees of a place in a sentence."""
_NAMES = 8
"""Names from which on more of them make no difference."""
_OPENS = 5
"""Word up to which a place and a comma behind it frame what follows: "In Honduras, ..."."""


@dataclass(frozen=True, slots=True)
class Look:
    """A place in a sentence with two opinions on it: chances of phases by their ids."""

    passage: int
    named: int
    key: str
    """Of its place, the same throughout the document."""
    place: Place | None
    chances: Mapping[str, float]
    opinion: Mapping[str, float]
    """The encoder's; empty where it has none."""

    @property
    def logits(self) -> dict[str, float]:
        """The mean of both, as logits."""
        first = {phase: logit_of(chance) for phase, chance in self.chances.items()}
        return {phase: (logit + logit_of(self.opinion[phase])) / 2 if phase in self.opinion else logit for phase, logit in first.items()}


class Hindsight:
    """The second look, for the phases of one codebook."""

    def __init__(self, standing: Standing, phases: Sequence[Phase]) -> None:
        self.standing = standing
        self.phases = phases

    def chances(self, passages: Sequence[Passage], looks: Sequence[Look]) -> list[dict[str, float]]:
        """For each look the chance of each phase, by its id. A phase that is like none of the general ones keeps the chance of the looks.

        What is said of a list is said of each place in it: all have the mean of their chances.
        """
        if not looks:
            return []
        column = {phase.id: GENERAL_PHASES.index(phase.like) for phase in self.phases if phase.like in GENERAL_PHASES}
        corrections = shipped().scores(np.array(self.rows(passages, looks), dtype=np.float32)).tolist()
        each = {
            (look.passage, look.named): {phase: chance_of(logit + row[column[phase]] if phase in column else logit) for phase, logit in look.logits.items()}
            for look, row in zip(looks, corrections, strict=True)
        }
        return [_mean([each[look.passage, other] for other in self.standing.group(passages[look.passage], look.named)]) for look in looks]

    def rows(self, passages: Sequence[Passage], looks: Sequence[Look]) -> list[list[float]]:
        """For each look a row of :data:`SEEN`."""
        if not looks:
            return []
        around = frames(passages)
        told = Course([self._view(look, passages[look.passage], around[look.passage]) for look in looks], len(passages))
        of_sentence: dict[int, list[int]] = defaultdict(list)
        for number, look in enumerate(looks):
            of_sentence[look.passage].append(number)
        return [self._row(passages, looks, number, of_sentence[look.passage], told) for number, look in enumerate(looks)]

    def _row(self, passages: Sequence[Passage], looks: Sequence[Look], number: int, beside: Sequence[int], told: Course) -> list[float]:
        """Give the row of one look; ``beside``: the numbers of its sentence's looks."""
        look, view = looks[number], told.views[number]
        group = set(self.standing.group(passages[look.passage], look.named)) - {look.named}
        return [
            *self._general(look.chances),
            *self._general({**look.chances, **look.opinion}),
            *view.logits,
            *_of_neighbours(passages[look.passage], looks, number, beside, group, told),
            *told.features(view),
            told.stages[number],
            look.passage / len(passages),
            _share(len(beside)),
            _share(len(group)),
            *(float(look.place is not None and look.place.level == level) for level in LEVELS),
        ]

    def _view(self, look: Look, passage: Passage, frame: Frame) -> View:
        logits = self._general({phase: chance_of(logit) for phase, logit in look.logits.items()})
        return View(look.key, look.place, look.passage, logits, *_year(passage, passage.named[look.named].start, frame))

    def _general(self, chances: Mapping[str, float]) -> tuple[float, ...]:
        """Logits by the general phases; one that the codebook lacks is as unlikely as can be."""
        return tuple(logit_of(max((chances[phase.id] for phase in self.phases if phase.like == general), default=0.0)) for general in GENERAL_PHASES)


def _mean(listed: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The mean chance of each phase over the places of a list."""
    return {phase: sum(chances[phase] for chances in listed) / len(listed) for phase in listed[0]}


def _share(names: int) -> float:
    return min(_NAMES, names) / _NAMES


def _of_neighbours(passage: Passage, looks: Sequence[Look], number: int, beside: Sequence[int], group: set[int], told: Course) -> list[float]:
    """Give the features of the list and of :data:`_RELATIONS`; ``group``: the numbers of the names in one list with it."""
    mine = told.views[number].logits
    listed = [told.views[other].logits for other in beside if looks[other].named in group]
    out = [sum(row[phase] for row in listed) / len(listed) - own if listed else 0.0 for phase, own in enumerate(mine)]
    related: dict[str, list[list[float]]] = {relation: [] for relation in _RELATIONS}
    for other in beside:
        for relation in _relations(passage, looks[number], looks[other], group):
            related[relation].append(told.chances[other])
    for relation in _RELATIONS:
        out += [max((row[phase] for row in related[relation]), default=0.0) for phase in range(len(GENERAL_PHASES))]
    return out


def _relations(passage: Passage, look: Look, other: Look, group: set[int]) -> list[str]:
    """Tell how a place stands to another one of its sentence; ``group``: the names in one list with it."""
    if other.place is None or look.place is None or other.key == look.key:
        return []
    side = "behind" if other.named > look.named else "before"
    if holds(look.place, other.place):
        mine = passage.named[look.named]
        is_frame = mine.start <= _OPENS and passage.words[mine.end : mine.end + 1] == ("",)
        return [f"holds one {side}", *(["frames one"] if is_frame else [])]
    if holds(other.place, look.place):
        return [f"held by one {side}"]
    return [] if other.named in group else ["beside one"]


def _year(passage: Passage, position: int, frame: Frame) -> tuple[int | None, float]:
    """The year of the date nearest to a word of a sentence, else of the one before it or of its section; and how near that is, from 1 to 0."""
    own = sorted((abs(start - position), year) for start, _, timex in passage.timexes if (year := _year_of(timex)))
    if own:
        return own[0][1], 1.0
    for timex in (frame.carried, frame.section):
        year = _year_of(timex) if timex else None
        if year:
            return year, 0.5
    return None, 0.0


def _year_of(timex: Timex) -> int | None:
    """The year in which the interval of a time expression begins."""
    start = edtf.parse(timex.edtf).start if timex.edtf else None
    return start.year if start else None


@lru_cache(maxsize=1)
def shipped() -> Network:
    """The network that ships with the package."""
    return hidden_layer.shipped("hindsight.json", SEEN)
