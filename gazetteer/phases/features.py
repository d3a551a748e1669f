"""What speaks for each phase at a place.

The cues of its sentence, the more the nearer; those of the heading and of the sentences before; the words around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gazetteer.codebook import CONTEXT, GENERAL_PHASES, Codebook
from gazetteer.codebook.cues import Hit
from gazetteer.passages import Passage
from gazetteer.passages.clauses import nearness, reach, span_distance
from gazetteer.passages.reader import PassageReader
from gazetteer.phases.standing import Standing, Vector
from gazetteer.records import Span
from gazetteer.text.language import Language
from gazetteer.text.names import key

NEAR = 0.3
"""Nearness from which a word counts as of the same clause."""
_REACH = reach(NEAR)
FAMILY_FEATURES = frozenset({"family", "families"})
"""Features of a phase's families of words: the strongest, and all together."""
BACK = 0.45
"""Distance of a clause that points back to the place before it."""


@dataclass(frozen=True, slots=True)
class Surround:
    """What a tagger sees besides the sentence itself."""

    heading: Passage | None
    before: Passage | None
    """The sentence before it in the same paragraph."""
    paragraph: Mapping[str, float]
    """By sense, the weight of the strongest hit of the paragraph's sentences before that one."""


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
        self.phases = tuple(phase for phase in codebook.phases if phase.id != CONTEXT)
        self.sense = {f"phase:{phase.like or phase.id}": phase.id for phase in self.phases} | {f"phase:{phase.id}": phase.id for phase in self.phases}
        self.language = reader.language
        self.standing = Standing(reader)
        self.stem = Stemmer(reader.language)
        self.pronouns = reader.language.words("clauses", "pronouns")

    def spans(self, passage: Passage, number: int) -> list[Span]:
        """Where a place and its neighbours in a list stand, as word offsets."""
        return [(passage.named[i].start, passage.named[i].end) for i in self.standing.group(passage, number)]

    def vectors(self, passage: Passage, number: int, around: Surround) -> tuple[Vector, dict[str, Vector]]:
        """Features that all phases share, and those of each phase."""
        place = passage.named[number].resolution.place
        spans = self.spans(passage, number)
        common = self.standing.features(passage, number, spans)
        own: dict[str, Vector] = {phase.id: {} for phase in self.phases}
        self._cues(self.near(passage, spans), own, common)
        self._elsewhere(around, own)
        self._words(passage, spans, common)
        if place is not None:
            common["level=" + place.level] = 1.0
        return common, own

    def of_general(self, chances: Sequence[float] | None) -> dict[str, float]:
        """Chances of the general phases, in their order, by the ids of the codebook's phases that are like them; none of None."""
        general = dict(zip(GENERAL_PHASES, chances or (), strict=False))
        return {phase.id: general[phase.like] for phase in self.phases if phase.like in general}

    # -------------------------------------------------------------- cues

    def telling(self, passage: Passage, spans: Sequence[Span], phase: str) -> list[Hit]:
        """Cues and words of families that tell of a phase, the strongest at some places first."""
        found = [(hit, hit.cue.weight * value) for hit, value in self.near(passage, spans) if hit.cue.weight > 0 and self._phase(hit) == phase]
        return [hit for hit, _ in sorted(found, key=lambda item: -item[1])]

    def _phase(self, hit: Hit) -> str | None:
        """The codebook's phase that a hit tells of."""
        sense = hit.cue.sense
        return self.sense.get("phase:" + sense.removeprefix("family:") if hit.cue.family else sense)

    def near(self, passage: Passage, spans: Sequence[Span]) -> list[tuple[Hit, float]]:
        """The cues of a sentence with their nearness to the nearest of some places; one that speaks for the whole sentence is near to all."""
        return [(hit, 1.0 if hit.cue.scope == "sentence" else nearness(self._distance(passage, (hit.start, hit.end), spans))) for hit in passage.hits]

    def _distance(self, passage: Passage, span: Span, spans: Sequence[Span]) -> float:
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
            if any(word in self.pronouns for word in between):
                return BACK
        return best

    def _cues(self, near: Sequence[tuple[Hit, float]], own: dict[str, Vector], common: Vector) -> None:
        """What the sentence's cues say of each phase, and how far one phase is ahead of the others."""
        sums: dict[str, float] = {}
        for hit, value in near:
            if hit.cue.family:
                self._family(hit, value, own, common)
            else:
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
        if strength < 0:
            vector["against"] = min(vector.get("against", 0.0), strength)
            return
        vector["near"] = vector.get("near", 0.0) + strength
        vector["most"] = max(vector.get("most", 0.0), strength)
        if value < NEAR:
            vector["far"] = max(vector.get("far", 0.0), hit.cue.weight)
        if hit.cue.own:
            vector["codebook"] = max(vector.get("codebook", 0.0), strength)
        else:
            common["q=" + hit.cue.text] = max(common.get("q=" + hit.cue.text, 0.0), value)
        sums[phase] = max(sums.get(phase, 0.0), strength)

    def _family(self, hit: Hit, value: float, own: dict[str, Vector], common: Vector) -> None:
        """Enter words of a family: the family itself, and the phase that it mostly tells of."""
        name = "f=" + hit.cue.family
        common[name] = max(common.get(name, 0.0), value)
        phase = self._phase(hit)
        if phase is not None:
            vector = own[phase]
            strength = hit.cue.weight * value
            vector["family"] = max(vector.get("family", 0.0), strength)
            vector["families"] = min(8.0, vector.get("families", 0.0) + strength)

    def _elsewhere(self, around: Surround, own: dict[str, Vector]) -> None:
        """What the heading and the sentences before say."""
        heading = strongest(_of_heading(around.heading), {})
        before = strongest(around.before.hits if around.before else (), {})
        for name, found in (("heading", heading), ("before", before), ("paragraph", around.paragraph)):
            for sense, weight in found.items():
                phase = self.sense.get(sense)
                if phase is not None:
                    own[phase][name] = max(own[phase].get(name, 0.0), weight)

    # -------------------------------------------------------------- words

    def _words(self, passage: Passage, spans: Sequence[Span], common: Vector) -> None:
        scale = passage.scale
        covered = {position for item in passage.named for position in range(item.start, item.end)}
        covered |= {position for ref in passage.actors for position in range(ref.position, ref.end)}
        for position in sorted(_within(scale, spans, _REACH)):
            word = passage.words[position]
            if len(word) >= 3 and position not in covered and not word[0].isdigit():
                common["w=" + self.stem(word)] = 1.0


def _within(scale: Sequence[float], spans: Sequence[Span], reach: float) -> set[int]:
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


def _of_heading(heading: Passage | None) -> Sequence[Hit]:
    """The hits of a heading: those of cues made for headings where there are any."""
    if heading is None:
        return ()
    made = [hit for hit in heading.hits if hit.cue.scope == "heading"]
    return made or heading.hits


def strongest(hits: Iterable[Hit], known: Mapping[str, float]) -> dict[str, float]:
    """By sense, the weight of the strongest of some hits that speak for a phase, and of what is known already."""
    found = dict(known)
    for hit in hits:
        if hit.cue.weight > 0 and hit.cue.sense.startswith("phase:"):
            found[hit.cue.sense] = max(found.get(hit.cue.sense, 0.0), hit.cue.weight)
    return found


def surrounds(passages: Sequence[Passage], *, silent: bool = False) -> Iterator[tuple[int, Surround]]:
    """Each passage that names a place, with what stands around it; or, the ``silent`` ones, each that names none and is no heading."""
    headings: dict[int, Passage] = {}
    earlier: dict[str, float] = {}
    before: Passage | None = None
    for number, passage in enumerate(passages):
        if before is not None and before.sentence.paragraph != passage.sentence.paragraph:
            before, earlier = None, {}
        if passage.sentence.role == "heading":
            headings[passage.sentence.section] = passage
        is_heading = passage.sentence.role == "heading"
        if (not passage.named and not is_heading) if silent else passage.named:
            yield number, Surround(None if is_heading else headings.get(passage.sentence.section), before, earlier)
        if before is not None:
            earlier = strongest(before.hits, earlier)
        before = passage
