"""What a sentence that names no place says of those named before it.

"They opened a shop in Lima. Two years later it was closed": where the sentence is silent, the paragraph decides (codebook, rule 2 of observations). The places
are those of the last sentence of the paragraph that names any. The encoder is asked about the sentence as if it began with them ("In Lima, two years later
it was closed"), and the logistic model of the first look as if its first word pointed back. A small logistic model weighs both against how surely the place
is meant; ``gazetteer/training/silent.py`` learns it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from gazetteer.chances import chance_of, logit_of
from gazetteer.files import shipped_json
from gazetteer.passages import Named, Passage
from gazetteer.passages.reader import PassageReader
from gazetteer.phases import encoder
from gazetteer.phases.features import NEAR, PhaseFeatures, Surround, surrounds
from gazetteer.phases.model import PhaseModel, of_own_cues
from gazetteer.phases.retelling import Reteller, context_of, told_of
from gazetteer.phases.standing import Vector

Where = tuple[int, int]
"""The numbers of a sentence and of a place in it."""
_REACH = 3
"""How many sentences back the places may have been named."""
_MOST = 4
"""Places that a silent sentence may speak of: those named first."""
_OPENS = 3
"""Word up to which a place opens its sentence: "In the port of Callao"."""
_LONG = 40
"""Words from which on a sentence is long."""
_MOST_HEARD = 1.7
"""What the encoder may add to the score of a phase that is said: of 266 such phases in the held-out readings none needed more than 1.6."""


@dataclass(frozen=True, slots=True)
class Carried:
    """A place that a silent sentence may speak of."""

    passage: int
    """The number of the silent sentence."""
    asked: Passage
    """That sentence as if its first word stood for the place."""
    source: int
    """The number of the sentence that names the place."""
    named: int
    """Its number there."""
    first: Mapping[str, float]
    """The chances that the first look gives each phase, by its id."""
    opinion: Mapping[str, float]
    """The encoder's."""
    vectors: Mapping[str, Vector]
    """What speaks for each phase."""
    own: Mapping[str, float]
    """What the codebook's own cues add to the score of each."""


_PAIR = {"in one list": 1.0, "named last": 1.0}
"""What "both" says of two places, however far apart they were named: "Both nests were destroyed." """


class Silent:
    """Finds what silent sentences may say, for one codebook and language."""

    def __init__(self, reader: PassageReader, features: PhaseFeatures, first: PhaseModel) -> None:
        """``first``: the model of the first look."""
        self.reader, self.features, self.first = reader, features, first
        self.pronouns, self.both = reader.language.words("clauses", "pronouns", "subjects"), reader.language.words("clauses", "both")
        self.like = {phase.id: phase.like for phase in features.phases}

    def chances(self, passages: Sequence[Passage], found: Mapping[Where, Mapping[str, float]], least: float) -> Iterator[tuple[Carried, dict[str, float]]]:
        """Each place that a silent sentence may speak of, with the chance of each phase by its id, where one of them may reach ``least``.

        ``found``: the chances of the places that sentences name.
        """
        for carried in self.carried(passages, found, least):
            yield carried, dict(_chances(carried))

    def carried(self, passages: Sequence[Passage], found: Mapping[Where, Mapping[str, float]], least: float = 0.0) -> Iterator[Carried]:
        """Each place that a silent sentence may speak of, in order.

        The encoder, which takes most of the time, is not asked about a sentence where no phase can reach the chance ``least``, whatever it says.
        """
        for number, around in surrounds(passages, silent=True):
            source = self._source(passages, number)
            if source is not None and passages[number].words:
                yield from self._of_sentence(passages, number, source, around, found, least)

    @staticmethod
    def _source(passages: Sequence[Passage], number: int) -> int | None:
        """The last sentence of the paragraph before a silent one that names a place."""
        for before in range(number - 1, max(-1, number - 1 - _REACH), -1):
            if passages[before].sentence.paragraph != passages[number].sentence.paragraph:
                return None
            if passages[before].named:
                return before
        return None

    def _of_sentence(
        self, passages: Sequence[Passage], number: int, source: int, around: Surround, found: Mapping[Where, Mapping[str, float]], least: float
    ) -> Iterator[Carried]:
        passage, naming = passages[number], passages[source]
        candidates = self._candidates(naming)
        is_pair = len(candidates) == len(_PAIR) and passage.words[0] in self.both
        of_sentence = self._of_words(passage) | {"right before": float(number - source == 1)} | (_PAIR if is_pair else {})
        unheard = []
        for named in candidates:
            asked = replace(passage, named=(Named(0, 1, naming.named[named].resolution, points_back=True),))
            asked = replace(asked, hits=self.reader.hits(asked))
            common, own = self.features.vectors(asked, 0, around)
            first = self.first.by_phase(self.features.phases, common, own)
            vectors = _vectors(self.like, {**self._of_place(naming, named, candidates), **of_sentence}, first, found[source, named])
            unheard.append(Carried(number, asked, source, named, first, {}, vectors, {phase: of_own_cues(vector) for phase, vector in own.items()}))
        if not any(chance >= least for item in unheard for _, chance in _chances(item, _MOST_HEARD)):
            return
        heard = self._heard(passage, around, [naming.named[named] for named in candidates])
        if is_pair:
            heard = [{phase: max(chances[phase] for chances in heard) for phase in heard[0]} for _ in heard]
        for item, opinion in zip(unheard, heard, strict=True):
            yield replace(item, opinion=opinion, vectors={phase: vector | _of_opinion(opinion, phase, vector) for phase, vector in item.vectors.items()})

    def _candidates(self, passage: Passage) -> list[int]:
        """The places of a sentence that a silent one may go on about, each once.

        Those that only say where another one is are none of them, nor those of which something is denied: "Police never found a cell in Arequipa."
        """
        found: dict[str, int] = {}
        for number, item in enumerate(passage.named):
            place = item.resolution.place
            if not self.features.standing.is_qualifier(passage, number) and not self._is_denied(passage, number):
                found.setdefault(place.id if place else item.resolution.mention.surface, number)
        return list(found.values())[:_MOST]

    def _is_denied(self, passage: Passage, number: int) -> bool:
        near = self.features.near(passage, self.features.spans(passage, number))
        return any(hit.cue.sense == "status:negated" and nearness >= NEAR for hit, nearness in near)

    def _heard(self, passage: Passage, around: Surround, places: Sequence[Named]) -> list[Mapping[str, float]]:
        """What the encoder says of each place if the sentence begins with them, by the phase's id."""
        reteller = Reteller(self.reader.language, told_of(self.reader.first_actor, passage, around.before))
        if not reteller.speaks:
            return [{} for _ in places]
        words, spans = ["In"], []
        for place in places:
            spans.append((len(words), len(words) + 1))
            words += [place.resolution.mention.surface, ","]
        model = encoder.shipped()
        pieces = encoder.pieces_of(model.cut, (*words, *reteller.retell(passage).words), spans, context_of(reteller, around.heading, around.before))
        return [self.features.of_general(chances) for chances in model.chances(pieces)]

    def _of_words(self, passage: Passage) -> Vector:
        """What a silent sentence itself says of whether it goes on about a place."""
        return {
            "actor": float(bool(passage.actors)),
            "generic": float(any(self.reader.speaks_of(word)[0] for word in passage.words)),
            "begins with a pronoun": float(passage.words[:1] != () and passage.words[0] in self.pronouns),
            "dated": float(bool(passage.timexes)),
            "in quotes": float(bool(passage.quotes) or passage.sentence.quoted),
            "in a list of sentences": float(passage.sentence.role == "item"),
            "long": min(_LONG, len(passage.words)) / _LONG,
        }

    def _of_place(self, naming: Passage, named: int, candidates: Sequence[int]) -> Vector:
        """How a place stands among those of the sentence that names it."""
        place = naming.named[named].resolution.place
        return {
            "the only place": float(len(candidates) == 1),
            "named first": float(named == candidates[0]),
            "named last": float(named == candidates[-1]),
            "in one list": float(set(candidates) <= set(self.features.standing.group(naming, named))),
            "opens its sentence": float(naming.named[named].start <= _OPENS),
            "a country or a region": float(place is not None and place.level in ("country", "region")),
        }


def _vectors(like: Mapping[str, str], of_place: Vector, first: Mapping[str, float], named: Mapping[str, float]) -> dict[str, Vector]:
    """Features for each phase, without the encoder's.

    ``like``: the general phase that each is like; ``first`` and ``named``: the chances of the first look and in the sentence that names the place.
    """
    return {
        phase: {"bias": 1.0, "phase=" + like[phase]: 1.0, **of_place, "first look": logit_of(chance), "where named": logit_of(named[phase])}
        for phase, chance in first.items()
    }


def _of_opinion(opinion: Mapping[str, float], phase: str, vector: Vector) -> Vector:
    """What the encoder's opinion says for a phase; ``vector``: its other features."""
    if phase not in opinion:
        return {}
    mine = logit_of(opinion[phase])
    ahead = mine - max((logit_of(other) for name, other in opinion.items() if name != phase), default=0.0)
    return {"encoder": mine, "encoder, ahead": ahead, "encoder, the only place": mine * vector["the only place"]}


def _chances(carried: Carried, heard: float = 0.0) -> Iterator[tuple[str, float]]:
    """The chance of each phase; ``heard``: what the encoder, which its vectors do not know yet, adds to the score."""
    model = shipped()
    for phase, vector in carried.vectors.items():
        yield phase, chance_of(model.score(vector) + carried.own[phase] + heard)


class SilentModel:
    """A weight for each feature."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.weights = weights

    def score(self, vector: Vector) -> float:
        """The logit of a phase."""
        return sum(self.weights.get(name, 0.0) * value for name, value in vector.items())


@lru_cache(maxsize=1)
def shipped() -> SilentModel:
    """The model that ships with the package."""
    return SilentModel(shipped_json("silent.json"))
