"""Which phases a sentence says of each place that it names, and the words that say so.

Every cue near a place speaks for its phase, the more the nearer; the section's heading and the sentence before speak where the sentence is silent. What else
stands around a name decides whether the sentence speaks of the place at all: a container ("Piura in Peru"), a speaker's seat, a victim's route are only
named. All of it goes into one logistic model for each phase. A phase of a codebook that is ``like`` none of the general ones uses the weights that all phases
share, so that cues alone are enough to define it.

The weights are learned by ``gazetteer/training/phases.py`` from the project's own readings.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from math import exp

from gazetteer.clauses import nearness, reach, span_distance
from gazetteer.codebook import CONTEXT, GENERAL_PHASES, Codebook, Phase
from gazetteer.cues import Hit
from gazetteer.language import Language
from gazetteer.lexicon import word_classes
from gazetteer.names import key
from gazetteer.passages import Passage, PassageReader
from gazetteer.resolution import holds

NEAR = 0.3
"""Nearness from which a word counts as of the same clause."""
_REACH = reach(NEAR)
OWN_CUES = 0.5
"""What a codebook's own cue adds to the score of its phase, for each unit of its weight: nobody knows a subject as its researcher does. Not learned, for
no general text has such cues."""
BACK = 0.45
"""Distance of a clause that points back to the place before it."""
Vector = dict[str, float]


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
class Surround:
    """What a tagger sees besides the sentence itself."""

    heading: Passage | None
    before: Passage | None
    """The sentence before it in the same paragraph."""
    paragraph: Mapping[str, float]
    """By sense, the weight of the strongest hit of the paragraph's sentences before that one."""


@lru_cache
def _small_words(language: Language) -> dict[str, frozenset[str]]:
    table = language.table("clauses")
    return {name: frozenset(map(key, table[name])) for name in ("pronouns", "there", "both", "speakers", "offices", "opening", "joining", "demonstratives")}


class Stemmer:
    """Brings a word's forms together by cutting off endings; crude, fast and the same for all languages with a list of endings."""

    def __init__(self, language: Language) -> None:
        self.endings = tuple(sorted(map(key, language.table("clauses")["endings"]), key=len, reverse=True))
        self._known: dict[str, str] = {}

    def __call__(self, word: str) -> str:
        """The stem of a key."""
        found = self._known.get(word)
        if found is None:
            stem = word
            for ending in self.endings:
                if word.endswith(ending) and len(word) - len(ending) >= 4:
                    stem = word[: -len(ending)]
                    break
            found = self._known[word] = stem[:7]
        return found


class PhaseFeatures:
    """Features of a place in a sentence."""

    def __init__(self, reader: PassageReader, codebook: Codebook) -> None:
        self.reader = reader
        self.phases = tuple(phase for phase in codebook.phases if phase.id != CONTEXT)
        self.sense = {f"phase:{phase.like or phase.id}": phase.id for phase in self.phases} | {f"phase:{phase.id}": phase.id for phase in self.phases}
        self.language = reader.language
        self.stem = Stemmer(reader.language)
        self.small = _small_words(reader.language)
        self._last: tuple[Sequence[str], list[tuple[int, bool, bool]]] = ((), [])
        self.classes = word_classes(reader.language.code)

    def vectors(self, passage: Passage, number: int, around: Surround) -> tuple[Vector, dict[str, Vector]]:
        """Features that all phases share, and those of each phase."""
        named = passage.named[number]
        spans = [(passage.named[i].start, passage.named[i].end) for i in self.group(passage, number)]
        common = self._gate(passage, number, spans)
        near = self._near(passage, spans)
        own: dict[str, Vector] = {phase.id: {} for phase in self.phases}
        sums: dict[str, float] = {}
        for hit, value in near:
            self._hit(hit, value, own, common, sums)
        top = max(sums.values(), default=0.0)
        second = max([value for value in sums.values() if value < top], default=0.0)
        for phase, vector in own.items():
            mine = sums.get(phase, 0.0)
            if mine:
                vector["margin"] = mine - (second if mine == top else top)
                vector["first"] = float(mine == top)
            elif top:
                vector["others"] = min(top, 6.0)
        self._elsewhere(around, own)
        self._words(passage, spans, common)
        if named.resolution.place is not None:
            common["level=" + named.resolution.place.level] = 1.0
        return common, own

    # -------------------------------------------------------------- cues

    def _near(self, passage: Passage, spans: Sequence[tuple[int, int]]) -> list[tuple[Hit, float]]:
        return [(hit, nearness(self._distance(passage, (hit.start, hit.end), spans))) for hit in passage.hits]

    def _distance(self, passage: Passage, span: tuple[int, int], spans: Sequence[tuple[int, int]]) -> float:
        """Distance of a cue from the nearest of some places.

        A clause without a place of its own speaks of the place before it: "... in A; its council was dissolved".
        """
        scale = passage.scale
        best = min([span_distance(scale, span, place) for place in spans])
        if (
            best > BACK
            and all(place[1] <= span[0] for place in spans)
            and not any(spans[-1][1] <= item.start < span[1] + 12 for item in passage.named if (item.start, item.end) not in spans)
        ):
            between = passage.words[spans[-1][1] : span[0] + 1]
            if any(word in self.small["pronouns"] for word in between):
                return BACK
        return best

    def _hit(self, hit: Hit, value: float, own: dict[str, Vector], common: Vector, sums: dict[str, float]) -> None:
        kind, _, sense = hit.cue.sense.partition(":")
        if hit.cue.scope == "heading":
            return
        if kind == "status":
            name = "~" + sense
            common[name] = max(common.get(name, 0.0), value)
            return
        phase = self.sense.get(hit.cue.sense)
        if kind != "phase" or phase is None:
            return
        strength = hit.cue.weight * value
        vector = own[phase]
        vector["near"] = vector.get("near", 0.0) + strength
        vector["most"] = max(vector.get("most", 0.0), strength)
        if value < NEAR:
            vector["far"] = max(vector.get("far", 0.0), hit.cue.weight)
        if hit.cue.own:
            vector["codebook"] = max(vector.get("codebook", 0.0), strength)
        else:
            common["q=" + hit.cue.text] = max(common.get("q=" + hit.cue.text, 0.0), value)
        sums[phase] = max(sums.get(phase, 0.0), strength)

    def _elsewhere(self, around: Surround, own: dict[str, Vector]) -> None:
        """What the heading and the sentences before say."""
        heading = strongest(_of_heading(around.heading), {})
        before = strongest(around.before.hits if around.before else (), {})
        for name, found in (("heading", heading), ("before", before), ("paragraph", around.paragraph)):
            for sense, weight in found.items():
                phase = self.sense.get(sense)
                if phase is not None:
                    own[phase][name] = max(own[phase].get(name, 0.0), weight)

    # -------------------------------------------------------------- what stands around the name

    def group(self, passage: Passage, number: int) -> list[int]:
        """The places that stand with one in a list: only commas, "and" and small words between them."""
        out = [number]
        for step in (-1, 1):
            here = number
            while 0 <= here + step < len(passage.named) and self._listed(passage, min(here, here + step)):
                here += step
                out.append(here)
        return sorted(out)

    def _listed(self, passage: Passage, left: int) -> bool:
        end, start = passage.named[left].end, passage.named[left + 1].start
        return start - end <= 3 and all(not word or word in self.small["joining"] for word in passage.words[end:start]) and end < start

    def _gate(self, passage: Passage, number: int, spans: Sequence[tuple[int, int]]) -> Vector:
        named = passage.named[number]
        words, scale = passage.words, passage.scale
        out: Vector = {"role=" + passage.sentence.role: 1.0}
        if named.points_back:
            out["points back"] = 1.0
        before = spans[0][0] - 1
        skipped = 0
        while (
            before >= 0
            and skipped < 4
            and words[before]
            and (
                words[before] in self.small["demonstratives"] or words[before] in self.classes.features or words[before] in _OF or _is_direction(words[before])
            )
        ):
            before -= 1
            skipped += 1
        word = words[before] if before >= 0 else "^"
        out["prep=" + (word if word in self.classes.before_place or word in _OF or word == "^" else ("," if not word else "other"))] = 1.0
        if word in _FROM and len(passage.named) > len(spans):
            out["from elsewhere"] = 1.0
        if before > 0 and words[before - 1] in self.small["offices"]:
            out["office close"] = 1.0
        if before <= 1:
            out["opens"] = 1.0
        after = words[named.end] if named.end < len(words) else "$"
        out[
            "after="
            + (
                after
                if after in self.small["opening"] or after in self.small["joining"] or after in _OF or after == "$"
                else ("," if not after else ("s" if after == "s" else "other"))
            )
        ] = 1.0
        self._containers(passage, number, out)
        for position in range(max(0, before - 4), max(0, before + 1)):
            if words[position] in self.small["offices"]:
                out["office"] = 1.0
        if any(words[position] in self.small["speakers"] for position in range(max(0, named.start - 6), min(len(words), named.end + 3))):
            out["speaker"] = 1.0
        who = [nearness(span_distance(scale, (ref.position, ref.end), (named.start, named.end))) for ref in passage.actors]
        out["actor"] = max(who, default=0.0)
        generic = authority = 0.0
        for position, generic_here, authority_here in self._bodies(words):
            value = nearness(span_distance(scale, (position, position + 1), (named.start, named.end)))
            generic = max(generic, value * generic_here)
            authority = max(authority, value * authority_here)
        out["generic"], out["authority"] = generic, authority
        if not who and not generic:
            out["nobody"] = 1.0
        if len(spans) > 1:
            out["listed"] = 1.0
        out["many"] = min(len(passage.named), 8) / 8
        return out

    def _bodies(self, words: Sequence[str]) -> list[tuple[int, bool, bool]]:
        """Where a sentence speaks of what spreads in general and of the state's bodies; kept for the other places of the same sentence."""
        if self._last[0] is not words:
            found = [(position, *self.reader._known(word)) for position, word in enumerate(words) if word]
            self._last = words, [item for item in found if item[1] or item[2]]
        return self._last[1]

    def _containers(self, passage: Passage, number: int, out: Vector) -> None:
        place = passage.named[number].resolution.place
        if place is None:
            out["unresolved"] = 1.0
            return
        for other, item in enumerate(passage.named):
            further = item.resolution.place
            if other == number or further is None:
                continue
            if holds(place, further):
                gap = passage.words[item.end : passage.named[number].start] if other < number else passage.words[passage.named[number].end : item.start]
                if other < number:
                    closest = other == number - 1 or all(
                        passage.named[i].resolution.place is not None and holds(place, passage.named[i].resolution.place) for i in range(other, number)
                    )  # type: ignore[arg-type]
                    out["holds before" + (" close" if len(gap) <= 3 and closest else "")] = 1.0
                else:
                    out["holds behind" + (" close" if len(gap) <= 3 else "")] = 1.0
            elif holds(further, place):
                out["held"] = 1.0

    # -------------------------------------------------------------- words

    def _words(self, passage: Passage, spans: Sequence[tuple[int, int]], common: Vector) -> None:
        scale = passage.scale
        covered = {position for item in passage.named for position in range(item.start, item.end)}
        covered |= {position for ref in passage.actors for position in range(ref.position, ref.end)}
        for position in sorted(_within(scale, spans, _REACH)):
            word = passage.words[position]
            if len(word) >= 3 and position not in covered and not word[0].isdigit():
                common["w=" + self.stem(word)] = 1.0


def _within(scale: Sequence[float], spans: Sequence[tuple[int, int]], reach: float) -> set[int]:
    """Positions outside of some spans and no farther from the nearest of them than ``reach``."""
    found: set[int] = set()
    for start, end in spans:
        position = start - 1
        while position >= 0 and scale[start] - scale[position] <= reach:
            found.add(position)
            position -= 1
        position = end
        while position < len(scale) and scale[position] - scale[end - 1] <= reach:
            found.add(position)
            position += 1
    return found


_OF = frozenset({"of", "de", "del", "d"})
_FROM = frozenset({"from", "desde"})


def _of_heading(heading: Passage | None) -> Sequence[Hit]:
    """The hits of a heading: those of cues made for headings where there are any."""
    if heading is None:
        return ()
    made = [hit for hit in heading.hits if hit.cue.scope == "heading"]
    return made or heading.hits


_DIRECTIONS = ("north", "south", "east", "west", "nort", "sur", "este", "oest", "occident", "orient", "central")


def _is_direction(word: str) -> bool:
    return word.startswith(_DIRECTIONS)


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
                common, own = self.features.vectors(passage, named, around)
                chances = self.model.chances(self.features.phases, common, own)
                for phase, chance in zip(self.features.phases, chances, strict=True):
                    if chance >= self.threshold:
                        yield PhaseTag(number, named, phase.id, chance, self._cues(passage, named, phase))

    def _cues(self, passage: Passage, named: int, phase: Phase) -> tuple[Hit, ...]:
        spans = [(passage.named[named].start, passage.named[named].end)]
        near = [(hit, hit.cue.weight * value) for hit, value in self.features._near(passage, spans) if self.features.sense.get(hit.cue.sense) == phase.id]
        return tuple(hit for hit, _ in sorted(near, key=lambda item: -item[1])[:3])


def strongest(hits: Iterable[Hit], known: Mapping[str, float]) -> dict[str, float]:
    """By sense, the weight of the strongest of some hits that speak for a phase, and of what is known already."""
    found = dict(known)
    for hit in hits:
        if hit.cue.weight > 0 and hit.cue.sense.startswith("phase:"):
            found[hit.cue.sense] = max(found.get(hit.cue.sense, 0.0), hit.cue.weight)
    return found


def surrounds(passages: Sequence[Passage]) -> Iterator[tuple[int, Surround]]:
    """Each passage that names a place, with what stands around it."""
    headings: dict[int, Passage] = {}
    earlier: dict[str, float] = {}
    before: Passage | None = None
    for number, passage in enumerate(passages):
        if before is not None and before.sentence.paragraph != passage.sentence.paragraph:
            before, earlier = None, {}
        if passage.sentence.role == "heading":
            headings[passage.sentence.section] = passage
        if passage.named:
            heading = headings.get(passage.sentence.section) if passage.sentence.role != "heading" else None
            yield number, Surround(heading, before, earlier)
        if before is not None:
            earlier = strongest(before.hits, earlier)
        before = passage


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
