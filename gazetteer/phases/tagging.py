"""Which phases a sentence says of each place that it names, and the words that say so.

Every cue near a place speaks for its phase, the more the nearer; the section's heading and the sentence before speak where the sentence is silent. What else
stands around a name decides whether the sentence speaks of the place at all: a container ("Piura in Peru"), a speaker's seat, a victim's route are only
named. All of it goes into one logistic model for each phase, whose weights are learned by ``gazetteer/training/phases.py`` from the project's own readings.
Words and distances do not tell all, so an encoder that reads the sentence as a whole (:mod:`gazetteer.phases.encoder`) has an opinion of its own. When all
sentences have been read, :mod:`gazetteer.phases.hindsight` looks at each place again, and :mod:`gazetteer.phases.silent` asks what the sentences that name
none say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gazetteer.chances import chance_of, logit_of
from gazetteer.codebook import Codebook, Phase
from gazetteer.codebook.cues import Hit
from gazetteer.files import shipped_json
from gazetteer.passages import Named, Passage
from gazetteer.passages.reader import PassageReader
from gazetteer.phases import encoder
from gazetteer.phases.encoder import Encoder
from gazetteer.phases.features import PhaseFeatures, surrounds
from gazetteer.phases.hindsight import Hindsight, Look
from gazetteer.phases.model import PhaseModel, of_own_cues
from gazetteer.phases.retelling import Reteller, context_of, told_of
from gazetteer.phases.silent import Silent, Where
from gazetteer.records import Span

_LISTED = 4
"""Places of a list that the encoder is asked about: the first ones, for each further one may be taken for something else."""
HOME = 0.6
"""Chance from which a place is the home beyond doubt. What grows there is its origin (codebook, section 3): another stage must be as certain."""
HOME_ELSEWHERE = 0.75
"""Chance from which another country has a home too: of the held-out readings 6 of 10 such finds are right from it on, and 9 of 27 from :data:`HOME`."""

SAID = 0.3
"""Chance from which a phase is said: what the program finds, and what it invents, hang on it (the card in ``data/README.md`` has the numbers)."""


@dataclass(frozen=True, slots=True)
class PhaseTag:
    """A phase that a sentence says of a place."""

    passage: int
    place: Named
    spans: tuple[Span, ...]
    """Where the place and its neighbours in a list stand, as word offsets."""
    phase: str
    chance: float
    cues: tuple[Hit, ...]
    """The hits that speak for it, the strongest first."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of a place in a sentence."""

    passage: int
    asked: Passage
    """The sentence, or, where it names no place, what it would be if its first word stood for one named before."""
    place: Named
    spans: tuple[Span, ...]
    """As in :class:`PhaseTag`."""
    first: Mapping[str, float]
    """What the first look gave each phase, by its id."""
    opinion: Mapping[str, float]
    """The encoder's; empty where it has none."""
    chances: Mapping[str, float]
    """Of each phase in the end."""
    takes: Mapping[str, float]
    """The chance from which each phase is said."""
    qualifies: bool = False
    """Whether it only says where something is, so that nothing is said of it."""

    @property
    def said(self) -> tuple[str, ...]:
        """The phases that are said, by their ids."""
        return () if self.qualifies else tuple(phase for phase, chance in self.chances.items() if chance >= self.takes[phase])


class PhaseTagger:
    """Tags the places of sentences with phases."""

    def __init__(self, reader: PassageReader, codebook: Codebook) -> None:
        self.features = PhaseFeatures(reader, codebook)
        self.hindsight = Hindsight(self.features.standing, self.features.phases)
        self.language, self.first_actor = reader.language, codebook.first_actor
        self.first = shipped()
        self.silent = Silent(reader, self.features, self.first)
        self.origins = tuple(phase.id for phase in self.features.phases if phase.like == "origin")

    def tag(self, passages: Sequence[Passage]) -> Iterator[PhaseTag]:
        """The phases that each sentence says of each place in it, or, where it names none, of those named before it."""
        for judged in self.judge(passages, SAID):
            for phase in judged.said:
                cues = self._cues(judged.asked, judged.place, phase)
                yield PhaseTag(judged.passage, judged.place, judged.spans, phase, judged.chances[phase], cues)

    def judge(self, passages: Sequence[Passage], least: float = 0.0) -> Iterator[Judgement]:
        """What becomes of each place in each sentence, when all of them have been read.

        Those of the silent sentences come at last, without the sentences where no phase can have a chance of ``least``.
        """
        looks = list(self.looks(passages))
        found = dict(zip(map(_where, looks), self.hindsight.chances(passages, looks), strict=True))
        takes = self._takes(looks, found)
        for look in looks:
            passage, where = passages[look.passage], _where(look)
            spans = tuple(self.features.spans(passage, look.named))
            weighed = look.chances, look.opinion, found[where]
            yield Judgement(look.passage, passage, passage.named[look.named], spans, *weighed, takes[where], self.qualifies(passages, look))
        for item, chances in self.silent.chances(passages, found, least):
            (place,) = item.asked.named
            weighed = item.first, item.opinion, chances
            yield Judgement(item.passage, item.asked, place, ((place.start, place.end),), *weighed, takes[item.source, item.named])

    def _takes(self, looks: Sequence[Look], found: Mapping[Where, Mapping[str, float]]) -> dict[Where, Mapping[str, float]]:
        """The chance from which each phase is said, for each place in each sentence; ``found``: the chances."""
        country = self._home_country(looks, found)
        abroad = {_where(look): bool(country) and look.place is not None and look.place.country != country for look in looks}
        homes = {look.key for look in looks if self._origin(found[_where(look)]) >= (HOME_ELSEWHERE if abroad[_where(look)] else HOME)}
        return {
            _where(look): {phase.id: _least(phase, at_home=look.key in homes, abroad=abroad[_where(look)]) for phase in self.features.phases} for look in looks
        }

    def _origin(self, chances: Mapping[str, float]) -> float:
        return max((chances[phase] for phase in self.origins), default=0.0)

    def _home_country(self, looks: Sequence[Look], found: Mapping[Where, Mapping[str, float]]) -> str:
        """The country of the likeliest home, empty where none is beyond doubt."""
        likely = [(self._origin(found[_where(look)]), look.place.country) for look in looks if look.place and look.place.country]
        chance, country = max(likely, default=(0.0, ""))
        return country if chance >= HOME else ""

    def qualifies(self, passages: Sequence[Passage], look: Look) -> bool:
        """Whether a place only says where another one is, or stands with a date alone."""
        passage, standing = passages[look.passage], self.features.standing
        return standing.is_qualifier(passage, look.named) or standing.is_bare(passage)

    def looks(self, passages: Sequence[Passage]) -> Iterator[Look]:
        """What the logistic model and the encoder say of each place, sentence by sentence."""
        phases = self.features.phases
        opinions = self.opinions(passages)
        for number, around in surrounds(passages):
            passage = passages[number]
            for named, item in enumerate(passage.named):
                common, own = self.features.vectors(passage, named, around)
                place = item.resolution.place
                name = place.id if place else item.resolution.mention.surface
                opinion = {phase: chance_of(logit_of(chance) + of_own_cues(own[phase])) for phase, chance in opinions.get((number, named), {}).items()}
                yield Look(number, named, name, place, self.first.by_phase(phases, common, own), opinion)

    def opinions(self, passages: Sequence[Passage], model: Encoder | None = None) -> dict[tuple[int, int], Mapping[str, float]]:
        """What an encoder, by default the one that ships, says of each place: chances by the phase's id, by the numbers of the passage and of the place in it.

        Of phases that are like none of the general ones it says nothing. What is said of a list is said of each place in it: each has the best chance
        that one of the first :data:`_LISTED` has.
        """
        if not Reteller(self.language, self.first_actor).speaks:
            return {}
        model = model or encoder.shipped()
        found: dict[tuple[int, int], Mapping[str, float]] = {}
        for number, around in surrounds(passages):
            reteller = Reteller(self.language, told_of(self.first_actor, passages[number], around.before))
            told = reteller.retell(passages[number])
            pieces = encoder.pieces_of(model.cut, told.words, told.spans, context_of(reteller, around.heading, around.before))
            each = [self.features.of_general(chances) for chances in model.chances(pieces)]
            for named in range(len(each)):
                group = self.features.standing.group(passages[number], named)
                listed = [opinion for other in group if (opinion := each[other])][:_LISTED]  # the end of a long list is not read
                found[number, named] = {phase: max(opinion[phase] for opinion in listed) for phase in listed[0]} if listed else {}
        return found

    def _cues(self, passage: Passage, place: Named, phase: str) -> tuple[Hit, ...]:
        return tuple(self.features.telling(passage, [(place.start, place.end)], phase)[:3])


def _where(look: Look) -> Where:
    return look.passage, look.named


def _least(phase: Phase, *, at_home: bool, abroad: bool) -> float:
    """The chance that it takes to say a phase: at the home a stage must be as certain as the home is, and another country's home more so."""
    if phase.like == "origin":
        return HOME_ELSEWHERE if abroad else SAID
    return HOME if at_home and phase.order is not None else SAID


@lru_cache(maxsize=1)
def shipped() -> PhaseModel:
    """The model that ships with the package."""
    raw = shipped_json("phases.json")
    return PhaseModel(raw["weights"])
