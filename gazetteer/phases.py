"""Which phases a sentence says of each place that it names, and the words that say so.

Every cue near a place speaks for its phase, the more the nearer; the section's heading and the sentence before speak where the sentence is silent. What else
stands around a name decides whether the sentence speaks of the place at all: a container ("Piura in Peru"), a speaker's seat, a victim's route are only
named. All of it goes into one logistic model for each phase. A phase of a codebook that is ``like`` none of the general ones uses the weights that all phases
share, so that cues alone are enough to define it.

The weights are learned by ``gazetteer/training/phases.py`` from the project's own readings.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from math import exp

from gazetteer.codebook import GENERAL_PHASES, Codebook, Phase
from gazetteer.cues import Hit
from gazetteer.passages import Passage, PassageReader
from gazetteer.phase_features import PhaseFeatures, surrounds
from gazetteer.standing import Vector

OWN_CUES = 0.5
"""What a codebook's own cue adds to the score of its phase, for each unit of its weight: nobody knows a subject as its researcher does. Not learned, for
no general text has such cues."""


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


class PhaseTagger:
    """Tags the places of sentences with phases."""

    def __init__(self, reader: PassageReader, codebook: Codebook, model: PhaseModel | None = None) -> None:
        self.features = PhaseFeatures(reader, codebook)
        self.codebook = codebook
        self.model = model or shipped()
        self.threshold = self.model.threshold(reader.language.code)

    def tag(self, passages: Sequence[Passage]) -> Iterator[PhaseTag]:
        """The phases that each sentence says of each place in it."""
        for number, around in surrounds(passages):
            passage = passages[number]
            for named in range(len(passage.named)):
                if self.features.standing.is_qualifier(passage, named):
                    continue
                common, own = self.features.vectors(passage, named, around)
                chances = self.model.chances(self.features.phases, common, own)
                for phase, chance in zip(self.features.phases, chances, strict=True):
                    if chance >= self.threshold:
                        yield PhaseTag(number, named, phase.id, chance, self._cues(passage, named, phase))

    def _cues(self, passage: Passage, named: int, phase: Phase) -> tuple[Hit, ...]:
        spans = [(passage.named[named].start, passage.named[named].end)]
        near = [(hit, hit.cue.weight * value) for hit, value in self.features.near(passage, spans) if self.features.sense.get(hit.cue.sense) == phase.id]
        return tuple(hit for hit, _ in sorted(near, key=lambda item: -item[1])[:3])


class PhaseModel:
    """Weights: for each feature one that all phases share and one for each general phase."""

    def __init__(self, weights: Mapping[str, Sequence[float]], thresholds: Mapping[str, float]) -> None:
        self.weights = weights
        self.thresholds = thresholds
        self.column = {phase: number + 1 for number, phase in enumerate(GENERAL_PHASES)}

    def threshold(self, language: str) -> float:
        """The chance from which a phase is said in a language (ISO 639-1)."""
        return self.thresholds.get(language, self.thresholds["*"])

    def chance(self, phase: Phase, common: Vector, own: Vector) -> float:
        """The chance that the sentence says the phase of the place."""
        return self.chances((phase,), common, {phase.id: own})[0]

    def chances(self, phases: Sequence[Phase], common: Vector, own: Mapping[str, Vector]) -> list[float]:
        """The same for several phases; what they share is looked up once."""
        found = [(self.weights.get(name), value) for name, value in common.items()]
        shared = [(row, value) for row, value in found if row is not None]
        out: list[float] = []
        for phase in phases:
            column = self.column.get(phase.like, 0)
            total = sum([value * (row[0] + row[column]) for row, value in shared]) if column else sum([value * row[0] for row, value in shared])
            vector = own[phase.id]
            score = total + self._sum(vector, column, "+") + self._sum({"bias": 1.0}, column) + OWN_CUES * vector.get("codebook", 0.0)
            out.append(1 / (1 + exp(-max(-30.0, min(30.0, score)))))
        return out

    def _sum(self, vector: Vector, column: int, prefix: str = "") -> float:
        total = 0.0
        weights = self.weights
        for name, value in vector.items():
            row = weights.get(prefix + name)
            if row is not None:
                total += value * (row[0] + (row[column] if column else 0.0))
        return total


@lru_cache(maxsize=1)
def shipped() -> PhaseModel:
    """The model that ships with the package."""
    raw = json.loads((files("gazetteer") / "data" / "phases.json").read_text("utf-8"))
    return PhaseModel(raw["weights"], raw["thresholds"])
