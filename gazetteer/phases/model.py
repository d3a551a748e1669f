"""A logistic model of phases: each feature has a weight that all phases share and one for each general phase.

A phase of a codebook that is ``like`` none of the general ones uses the shared weights alone, so that cues are enough to define it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gazetteer.chances import chance_of
from gazetteer.codebook import GENERAL_PHASES, Phase
from gazetteer.phases.standing import Vector

OWN_CUES = 1.0
"""What a codebook's own cue adds to the score of its phase, for each unit of its weight; one below 0 takes as much away: nobody knows a subject as its
researcher does. From a weight of 5 on it decides, as the guide to codebooks says. Not learned, for no general text has such cues."""


def of_own_cues(vector: Vector) -> float:
    """What a codebook's own cues add to the score of a phase."""
    return OWN_CUES * (vector.get("codebook", 0.0) + vector.get("against", 0.0))


class PhaseModel:
    """Weights: for each feature one that all phases share and one for each general phase."""

    def __init__(self, weights: Mapping[str, Sequence[float]]) -> None:
        self.weights = weights
        self.column = {phase: number + 1 for number, phase in enumerate(GENERAL_PHASES)}

    def chances(self, phases: Sequence[Phase], common: Vector, own: Mapping[str, Vector]) -> list[float]:
        """The chance of each phase that the sentence says it of the place; what phases share is looked up once."""
        found = [(self.weights.get(name), value) for name, value in common.items()]
        shared = [(row, value) for row, value in found if row is not None]
        out: list[float] = []
        for phase in phases:
            column = self.column.get(phase.like, 0)
            total = sum([value * (row[0] + row[column]) for row, value in shared]) if column else sum([value * row[0] for row, value in shared])
            vector = own[phase.id]
            score = total + self._sum(vector, column, "+") + self._sum({"bias": 1.0}, column) + of_own_cues(vector)
            out.append(chance_of(score))
        return out

    def by_phase(self, phases: Sequence[Phase], common: Vector, own: Mapping[str, Vector]) -> dict[str, float]:
        """The same by the ids of the phases."""
        return {phase.id: chance for phase, chance in zip(phases, self.chances(phases, common, own), strict=True)}

    def _sum(self, vector: Vector, column: int, prefix: str = "") -> float:
        total = 0.0
        weights = self.weights
        for name, value in vector.items():
            row = weights.get(prefix + name)
            if row is not None:
                total += value * (row[0] + (row[column] if column else 0.0))
        return total
