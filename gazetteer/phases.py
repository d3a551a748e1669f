"""Which phases a sentence says of each place that it names, and the words that say so.

Every cue near a place speaks for its phase, the more the nearer; the section's heading and the sentence before speak where the sentence is silent. What else
stands around a name decides whether the sentence speaks of the place at all: a container ("Piura in Peru"), a speaker's seat, a victim's route are only
named. All of it goes into one logistic model for each phase. When all sentences have been read, :mod:`gazetteer.hindsight` looks at each place again.

The weights are learned by ``gazetteer/training/phases.py`` from the project's own readings.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from gazetteer import hindsight
from gazetteer.codebook import Codebook, Phase
from gazetteer.cues import Hit
from gazetteer.hindsight import FirstLook
from gazetteer.passages import Passage, PassageReader
from gazetteer.phase_features import PhaseFeatures, surrounds
from gazetteer.phase_model import PhaseModel

HOME = 0.6
"""Chance from which a place is the home beyond doubt. What grows there is its origin (codebook, section 3): another stage must be as certain."""


@dataclass(frozen=True, slots=True)
class PhaseTag:
    """A phase that a sentence says of a place."""

    passage: int
    named: int
    """Number of the place in :attr:`Passage.named`."""
    phase: str
    chance: float
    cues: tuple[Hit, ...]
    """The hits that speak for it, the strongest first."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of a place in a sentence."""

    look: FirstLook
    chances: Mapping[str, float]
    """Of each phase in hindsight, by its id."""
    qualifies: bool
    """Whether it only says where another place is, so that nothing is said of it."""
    said: tuple[Phase, ...]


class PhaseTagger:
    """Tags the places of sentences with phases."""

    def __init__(self, reader: PassageReader, codebook: Codebook) -> None:
        self.features = PhaseFeatures(reader, codebook)
        self.hindsight = hindsight.Hindsight(self.features.standing, self.features.phases)
        self.first = shipped()
        self.second, thresholds = hindsight.shipped()
        self.threshold = thresholds.get(reader.language.code, thresholds["*"])

    def tag(self, passages: Sequence[Passage]) -> Iterator[PhaseTag]:
        """The phases that each sentence says of each place in it."""
        for judged in self.judge(passages):
            look = judged.look
            for phase in judged.said:
                yield PhaseTag(look.passage, look.named, phase.id, judged.chances[phase.id], self._cues(passages[look.passage], look.named, phase))

    def judge(self, passages: Sequence[Passage]) -> Iterator[Judgement]:
        """What becomes of each place in each sentence, when all of them have been read."""
        phases = self.features.phases
        looks = list(self.look(passages))
        seconds = [self.second.by_phase(phases, {}, vectors) for vectors in self.hindsight.vectors(passages, looks)]
        homes = {look.key for look, chances in zip(looks, seconds, strict=True) if any(chances[phase] >= HOME for phase in self.hindsight.origins)}
        for look, chances in zip(looks, seconds, strict=True):
            qualifies = self.features.standing.is_qualifier(passages[look.passage], look.named)
            said = () if qualifies else tuple(phase for phase in phases if chances[phase.id] >= self.least(phase, at_home=look.key in homes))
            yield Judgement(look, chances, qualifies, said)

    def least(self, phase: Phase, *, at_home: bool) -> float:
        """The chance from which a phase is said."""
        return HOME if at_home and phase.id in self.hindsight.stages else self.threshold

    def look(self, passages: Sequence[Passage]) -> Iterator[FirstLook]:
        """The chance of each phase at each place, sentence by sentence."""
        phases = self.features.phases
        for number, around in surrounds(passages):
            passage = passages[number]
            for named, item in enumerate(passage.named):
                common, own = self.features.vectors(passage, named, around)
                place = item.resolution.place
                name = place.id if place else item.resolution.mention.surface
                yield FirstLook(number, named, name, place, self.first.by_phase(phases, common, own))

    def _cues(self, passage: Passage, named: int, phase: Phase) -> tuple[Hit, ...]:
        spans = [(passage.named[named].start, passage.named[named].end)]
        return tuple(self.features.telling(passage, spans, phase.id)[:3])


@lru_cache(maxsize=1)
def shipped() -> PhaseModel:
    """The model that ships with the package."""
    raw = json.loads((files("gazetteer") / "data" / "phases.json").read_text("utf-8"))
    return PhaseModel(raw["weights"])
