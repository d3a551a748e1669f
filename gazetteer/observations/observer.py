"""Observations: place, phase, date, status and actor of what each sentence says, by the codebook's rules (section 3)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from math import inf

from gazetteer.codebook import CONTEXT, Codebook
from gazetteer.codebook.cues import Hit
from gazetteer.observations import claims
from gazetteer.observations.dating import Dater
from gazetteer.observations.turns import Turns
from gazetteer.passages import Named, Passage
from gazetteer.passages.actors import OPENING, Actors, Reference, StandIns
from gazetteer.passages.clauses import span_distance
from gazetteer.passages.reader import PassageReader
from gazetteer.passages.time_frames import Frame, frames
from gazetteer.phases import PhaseTag
from gazetteer.records import Document, Observation, Place, Resolution, Span, Timex
from gazetteer.text.tokens import Tokens

_CALLED = 3
"""Words from "by" to an actor's name, at most: "by the gang"."""


@dataclass(frozen=True, slots=True)
class Context:
    """All that is known of one document when its observations are made."""

    document: Document
    tokens: Tokens
    resolutions: Sequence[Resolution]
    passages: Sequence[Passage]
    actors: Actors

    def meant(self, number: int) -> str | None:
        """Whom a sentence (by its number) means that names no actor, None where the codebook has none."""
        passage, before = self.passages[number], self.passages[max(0, number - 1)]
        return self.actors.meant(passage.paragraph, passage.first, max(passage.paragraph, before.first))


class Observer:
    """Makes the observations of documents in one language, with one codebook."""

    def __init__(self, reader: PassageReader, codebook: Codebook) -> None:
        self.codebook = codebook
        self.dater, self.turns = Dater(reader.language), Turns(reader.language)
        self.claims, self.status = claims.of_language(reader.language), claims.shipped()
        self.speaks_of = reader.speaks_of
        self.pairs, self.stand_ins = reader.pairs, StandIns(reader.language)
        words = partial(reader.language.words, "clauses")
        self.by, self.joining, self.turning, self.parting = words("by"), words("joining"), words("turning"), words("opening", "relative")
        self.credits = re.compile(rf"(?<!\w)(?:{reader.language.table('clauses')['credited']})(?: [^\s,;.]+){{0,{_CALLED}}}$")
        self.orders = {phase.id: phase.order for phase in codebook.phases}
        self.contested, self.disruption = (frozenset(phase.id for phase in codebook.phases if phase.like == like) for like in ("contested", "disruption"))

    def observe(self, context: Context, tags: Iterable[PhaseTag]) -> list[Observation]:
        """Give the observations of a document, in the order of their evidence, those of :data:`CONTEXT` among them; ``tags``: its phases."""
        found: list[Observation] = []
        strongest = self._strongest(tags)
        time = frames(context.passages, context.document.published) if strongest else []
        for tag in strongest:
            found += self._of_tag(context, tag, time[tag.passage])
        found += self._only_named(context, found)
        return sorted(found, key=lambda item: (item.evidence_start, item.mention.start, self._order(item.phase), item.phase))

    def _order(self, phase: str) -> float:
        """The order of a phase; outcomes stand behind all that have one."""
        order = self.orders.get(phase)
        return inf if order is None else order

    @staticmethod
    def _strongest(tags: Iterable[PhaseTag]) -> list[PhaseTag]:
        """One tag for each sentence, place and phase."""
        best: dict[tuple[int, Named, str], PhaseTag] = {}
        for tag in tags:
            ident = (tag.passage, tag.place, tag.phase)
            if ident not in best or tag.chance > best[ident].chance:
                best[ident] = tag
        return list(best.values())

    def _of_tag(self, context: Context, tag: PhaseTag, frame: Frame) -> Iterator[Observation]:
        passage = context.passages[tag.passage]
        named, spans = tag.place, tag.spans
        cue = (tag.cues[0].start, tag.cues[0].end) if tag.cues else None
        place = named.resolution.place
        southern = place is not None and place.latitude < 0
        planned, is_outcome = self.claims.is_planned(passage, spans, context.document.published), self.orders.get(tag.phase) is None
        if planned and is_outcome and not tag.cues:
            return  # nothing can have come yet of what is still to come, unless words say so
        if self._is_denied(passage, spans, tag.phase):
            return
        planned = planned and not is_outcome
        choices = self.dater.choices(passage, context.tokens, spans, cue, tag.phase, frame, context.document.published, southern, planned)
        date, sure = self.dater.choose(choices)
        date = self.turns.date(passage, spans, (named.start, named.end), date)
        status = "suspected" if planned else self.status.status(self.claims.features(passage, spans, cue, tag.phase))
        score = named.resolution.score if place else 0.0
        for actor in self._actors(context, tag.passage, named, cue, tag.phase):
            yield Observation(
                document=context.document.id,
                place=place,
                actor=actor,
                phase=tag.phase,
                status=status,
                date=date.date,
                precision=date.precision,
                provenance=date.provenance,
                confidence=round(score * tag.chance * sure, 3),
                cue=self._words(context, passage, tag.cues),
                activities=self._activities(passage),
                evidence_start=passage.sentence.start,
                evidence_end=passage.sentence.end,
                mention=named.resolution.mention,
                method=named.resolution.method + ("+anaphora" if named.points_back else ""),
                date_text=_written(context.document, date.timex),
            )

    def _is_denied(self, passage: Passage, spans: Sequence[Span], phase: str) -> bool:
        """Whether the sentence denies a phase of some places, or says only that people or goods came from there, or that people pass through."""
        if self.orders.get(phase) != 0 and self.claims.is_source(passage, spans):
            return True
        if self.claims.is_not_its_own(passage, spans, lambda position: self._is_told_of(passage, position)):
            return True
        if phase in self.disruption:
            return self.claims.is_untouched(passage, spans)
        if self.claims.is_migration(passage) and not any(self._is_told_of(passage, position) for position in range(len(passage.words))):
            return True
        return self.orders.get(phase) is not None and self.claims.is_denied(passage, spans)

    def _is_told_of(self, passage: Passage, position: int) -> bool:
        """Whether a word speaks of the tracked actor: its name, or "the gang"."""
        named = any(reference.position <= position < reference.end and reference.actor == self.codebook.first_actor for reference in passage.actors)
        return named or self.speaks_of(passage.words[position])[0]

    def _only_named(self, context: Context, found: Sequence[Observation]) -> Iterator[Observation]:
        """One ``context`` observation for each place that is only named."""
        said = {item.place.id for item in found if item.place}
        for passage in context.passages:
            for named in passage.named:
                place = named.resolution.place
                if place is None or place.id in said:
                    continue
                said.add(place.id)
                yield self._context(context.document, passage, named, place)

    def _context(self, document: Document, passage: Passage, named: Named, place: Place) -> Observation:
        return Observation(
            document=document.id,
            place=place,
            actor=self.codebook.first_actor,
            phase=CONTEXT,
            status="confirmed",
            date=document.published,
            precision="document",
            provenance="document" if document.published else "none",
            confidence=round(named.resolution.score, 3),
            cue="",
            activities=(),
            evidence_start=passage.sentence.start,
            evidence_end=passage.sentence.end,
            mention=named.resolution.mention,
            method=named.resolution.method,
        )

    # -------------------------------------------------------------- who

    def _actors(self, context: Context, number: int, named: Named, cue: Span | None, phase: str) -> tuple[str | None, ...]:
        """Whose doing the sentence tells at the cue: the actor named nearest, before it rather than behind it; "both" are the two named last.

        Who drives another one out has no outcome ("was driven out by A"), and whom "the gang" or a rival's foe acts upon does not act ("it attacked A").
        """
        if not self.codebook.actors:
            return (None,)
        passage, is_outcome = context.passages[number], self.orders.get(phase) is None
        anchor = cue or (named.start, named.end)
        pair = self.pairs.meant(context.actors, passage.words, passage.first)
        if pair:
            return pair
        told = [reference for reference in passage.actors if not self._is_other(passage, reference.position, is_outcome=is_outcome)]
        told = list(self._beside(passage, told, named))
        if told and phase in self.contested:
            return (self._kept_out(context, told),)
        doer = None if is_outcome else self._credited(passage, told, anchor)
        if doer:
            return (doer,)
        if told:

            def distance(reference: Reference) -> float:
                behind = reference.position >= anchor[1] and not self._is_agent(passage.words, reference.position)
                return span_distance(passage.scale, (reference.position, reference.end), anchor) + (0.4 if behind else 0.0)

            return (min(told, key=distance).actor,)
        return (context.meant(number),)

    def _beside(self, passage: Passage, told: Sequence[Reference], named: Named) -> Sequence[Reference]:
        """The actors of the part of a sentence that a place stands in, else all: "in A the Owls rob shops; in B the Harbour Men do so"."""
        cuts = [position for position, text in enumerate(passage.texts) if text == ";" or passage.words[position] in self.turning]
        part = bisect_right(cuts, named.start)
        return [reference for reference in told if bisect_right(cuts, reference.position) == part] or told

    def _credited(self, passage: Passage, told: Sequence[Reference], anchor: Span) -> str | None:
        """Who is said behind the cue to have done what it tells: "the murder of one of the Night Owls is attributed to the Harbour Men"."""
        for reference in told:
            before = " ".join(passage.texts[anchor[1] : reference.position]).lower()
            found = self.credits.search(before)
            if found is None or reference.position < anchor[1]:
                continue
            between = passage.words[anchor[1] : anchor[1] + before.count(" ", 0, found.start()) + 1]
            acts = any(other.position < anchor[0] for other in told)
            if self.parting.isdisjoint(between) and not (acts and not self.joining.isdisjoint(between)):
                return reference.actor
        return None

    def _kept_out(self, context: Context, told: Sequence[Reference]) -> str | None:
        """Who is kept out of a place: of those named the tracked one; where others alone are, it is they who keep out the one that the document is about.

        But one that the sentence begins with is kept out itself: "The Night Owls were driven out of Lima".
        """
        if any(reference.actor == self.codebook.first_actor for reference in told):
            return self.codebook.first_actor
        if told[0].position <= OPENING:
            return told[0].actor
        return context.actors.main

    def _is_other(self, passage: Passage, position: int, *, is_outcome: bool) -> bool:
        """Whether an actor is the one on the other side of what is told."""
        if position > 0 and passage.words[position - 1] in self.pairs.likened and any(hit.end < position - 1 for hit in passage.hits):
            return True
        return self.stand_ins.acts_on(passage.words, position) or (is_outcome and self._is_agent(passage.words, position))

    def _is_agent(self, words: Sequence[str], position: int) -> bool:
        """Whether "by" stands before an actor, with or without an article or what it is called: "by the Vikings", "por el clan Rotela"."""
        return any(word in self.by for word in words[max(0, position - _CALLED) : position])

    # -------------------------------------------------------------- words

    @staticmethod
    def _words(context: Context, passage: Passage, cues: Sequence[Hit]) -> str:
        """Give the cues as they stand in the text, in order."""
        starts, ends = context.tokens.starts, context.tokens.ends
        texts = [
            context.document.text[starts[passage.first + hit.start] : ends[passage.first + hit.end - 1]] for hit in sorted(cues, key=lambda hit: hit.start)
        ]
        return "; ".join(dict.fromkeys(" ".join(text.split()) for text in texts))

    @staticmethod
    def _activities(passage: Passage) -> tuple[str, ...]:
        """Activities whose cues stand in the sentence."""
        found = [hit.cue.sense.removeprefix("activity:") for hit in passage.hits if hit.cue.sense.startswith("activity:")]
        return tuple(dict.fromkeys(found))


def _written(document: Document, timex: Timex | None) -> str:
    """A time expression as it stands in the text, with the rest of its phrase."""
    if timex is None:
        return ""
    return " ".join(document.text[min(timex.start, timex.phrase_start) : max(timex.end, timex.phrase_end)].split())
