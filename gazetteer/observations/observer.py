"""Observations: place, phase, date, status and actor of what each sentence says, by the codebook's rules (section 3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import inf

from gazetteer.codebook import CONTEXT, Codebook
from gazetteer.codebook.cues import Hit
from gazetteer.observations import claims
from gazetteer.observations.context import Context
from gazetteer.observations.dating import Dater
from gazetteer.observations.doers import Doers
from gazetteer.observations.turns import Turns
from gazetteer.passages import Named, Passage
from gazetteer.passages.reader import PassageReader
from gazetteer.passages.time_frames import Frame, frames
from gazetteer.phases import PhaseTag
from gazetteer.records import Document, Observation, Place, Span, Timex


class Observer:
    """Makes the observations of documents in one language, with one codebook."""

    def __init__(self, reader: PassageReader, codebook: Codebook) -> None:
        self.codebook = codebook
        self.dater, self.turns = Dater(reader.language), Turns(reader.language)
        self.claims, self.status = claims.of_language(reader.language), claims.shipped()
        self.speaks_of = reader.speaks_of
        self.doers = Doers(reader, codebook)
        self.orders = {phase.id: phase.order for phase in codebook.phases}
        self.disruption = frozenset(phase.id for phase in codebook.phases if phase.like == "disruption")

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
        for actor in self.doers.of(context, tag.passage, named, cue, tag.phase):
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
