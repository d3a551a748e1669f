"""Which phases a sentence says of each place that it names, and the words that say so.

Every cue near a place speaks for its phase, the more the nearer; the section's heading and the sentence before speak where the sentence is silent. What else
stands around a name decides whether the sentence speaks of the place at all: a container ("Piura in Peru"), a speaker's seat, a victim's route are only
named. All of it goes into one logistic model for each phase. When all sentences have been read, :mod:`gazetteer.hindsight` looks at each place again.

The weights are learned by ``gazetteer/training/phases.py`` from the project's own readings. Words and distances do not tell all, so an encoder that reads the
sentence as a whole (:mod:`gazetteer.encoder`) has a say as well.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from gazetteer import hindsight
from gazetteer.codebook import GENERAL_PHASES, Codebook, Phase
from gazetteer.cues import Hit
from gazetteer.hindsight import FirstLook
from gazetteer.passages import Passage, PassageReader
from gazetteer.phase_features import PhaseFeatures, surrounds
from gazetteer.phase_model import PhaseModel, chance_of, logit_of
from gazetteer.retelling import Reteller, context_of

HOME = 0.6
"""Chance from which a place is the home beyond doubt. What grows there is its origin (codebook, section 3): another stage must be as certain."""

SAY = 0.5
"""Weight of the encoder beside the logistic model."""


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
    opinion: Mapping[str, float]
    """What the encoder by itself makes of it; empty where it has no opinion."""
    qualifies: bool
    """Whether it only says where another place is, so that nothing is said of it."""
    takes: Mapping[str, float]
    """The chance from which each phase is said."""
    said: tuple[Phase, ...]


class PhaseTagger:
    """Tags the places of sentences with phases."""

    def __init__(self, reader: PassageReader, codebook: Codebook) -> None:
        self.features = PhaseFeatures(reader, codebook)
        self.hindsight = hindsight.Hindsight(self.features.standing, self.features.phases)
        self.language, self.first_actor = reader.language, codebook.first_actor
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
        opinions = self.opinions(passages, looks)
        seconds = [
            _heard(self.second.by_phase(phases, {}, vectors), opinion)
            for vectors, opinion in zip(self.hindsight.vectors(passages, looks), opinions, strict=True)
        ]
        homes = {look.key for look, chances in zip(looks, seconds, strict=True) if any(chances[phase] >= HOME for phase in self.hindsight.origins)}
        for look, chances, opinion in zip(looks, seconds, opinions, strict=True):
            qualifies = self.features.standing.is_qualifier(passages[look.passage], look.named)
            takes = {phase.id: self._least(phase, at_home=look.key in homes) for phase in phases}
            said = () if qualifies else tuple(phase for phase in phases if chances[phase.id] >= takes[phase.id])
            yield Judgement(look, chances, opinion, qualifies, takes, said)

    def _least(self, phase: Phase, *, at_home: bool) -> float:
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

    def opinions(self, passages: Sequence[Passage], looks: Sequence[FirstLook]) -> list[Mapping[str, float]]:
        """For each look what the encoder says of the place, by the phase's id; of phases that are like none of the general ones it says nothing.

        What is said of a list is said of each place in it: each has the best chance that one of them has.
        """
        if not looks:
            return []
        reteller = Reteller(self.language, self.first_actor)
        if not reteller.speaks:
            return [{} for _ in looks]
        from gazetteer import encoder  # noqa: PLC0415 -- NumPy takes 0.1 s, and most news names no actor that is followed

        model = encoder.shipped()
        found: dict[tuple[int, int], Mapping[str, float]] = {}
        for number, around in surrounds(passages):
            told = reteller.retell(passages[number])
            pieces = encoder.pieces_of(model.cut, told.words, told.spans, context_of(reteller, around.heading, around.before))
            each = [self._by_phase(chances) for chances in model.chances(pieces)]
            for named in range(len(each)):
                listed = [each[other] for other in self.features.standing.group(passages[number], named)]
                found[number, named] = {phase: max(opinion.get(phase, 0.0) for opinion in listed) for phase in each[named]}
        return [found[look.passage, look.named] for look in looks]

    def _by_phase(self, chances: Sequence[float] | None) -> Mapping[str, float]:
        general = dict(zip(GENERAL_PHASES, chances or (), strict=False))
        return {phase.id: general[phase.like] for phase in self.features.phases if phase.like in general}

    def _cues(self, passage: Passage, named: int, phase: Phase) -> tuple[Hit, ...]:
        spans = [(passage.named[named].start, passage.named[named].end)]
        return tuple(self.features.telling(passage, spans, phase.id)[:3])


def _heard(chances: Mapping[str, float], opinion: Mapping[str, float]) -> dict[str, float]:
    """Chances when the encoder has been heard: the mean of the logits, its own with the weight :data:`SAY`."""
    return {
        phase: chance_of((1 - SAY) * logit_of(chance) + SAY * logit_of(opinion[phase])) if phase in opinion else chance for phase, chance in chances.items()
    }


@lru_cache(maxsize=1)
def shipped() -> PhaseModel:
    """The model that ships with the package."""
    raw = json.loads((files("gazetteer") / "data" / "phases.json").read_text("utf-8"))
    return PhaseModel(raw["weights"])
