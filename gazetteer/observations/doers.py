"""Whose doing a sentence tells: of the actors that it names, or the one that "the gang" means."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import partial

from gazetteer.codebook import Codebook
from gazetteer.observations.context import Context
from gazetteer.passages import Named, Passage
from gazetteer.passages.actors import OPENING, Reference, Sides, StandIns
from gazetteer.passages.clauses import CLAUSE, span_distance
from gazetteer.passages.reader import PassageReader
from gazetteer.records import Span
from gazetteer.text.tokens import POSSESSIVE

_CALLED = 3
"""Words from "by" to an actor's name, at most: "by the gang"."""
_BEHIND = 0.4
"""How much farther off an actor counts that stands behind what is told, and has not been done it by."""


class Doers:
    """Tells it for documents in one language, with one codebook."""

    def __init__(self, reader: PassageReader, codebook: Codebook) -> None:
        self.has_actors, self.first_actor = bool(codebook.actors), codebook.first_actor
        self.pairs, self.stand_ins = reader.pairs, StandIns(reader.language)
        words = partial(reader.language.words, "clauses")
        self.by, self.joining, self.turning, self.parting = words("by"), words("joining"), words("turning"), words("opening", "relative")
        self.credits = re.compile(rf"(?<!\w)(?:{reader.language.table('clauses')['credited']})(?: [^\s,;.]+){{0,{_CALLED}}}$")
        self.owning = [(text,) for text in POSSESSIVE]
        self.small = self.joining | words("demonstratives", "pair_articles") | {""}
        self.opponents = Sides(reader.language, "opponents", besides=("of", "members"))
        self.parents = Sides(reader.language, "parents", besides=("of",))
        self.outcomes = frozenset(phase.id for phase in codebook.phases if phase.order is None)
        self.contested = frozenset(phase.id for phase in codebook.phases if phase.like == "contested")

    def of(self, context: Context, number: int, named: Named, cue: Span | None, phase: str) -> tuple[str | None, ...]:
        """Give whose doing the sentence tells at the cue: the actor named nearest, before it rather than behind it; "both" are the two named last.

        Who drives another one out has no outcome ("was driven out by A"), and whom another one acts upon does not act ("it attacked A", "B attacked A").
        """
        if not self.has_actors:
            return (None,)
        passage, is_outcome = context.passages[number], phase in self.outcomes
        anchor = cue or (named.start, named.end)
        pair = self.pairs.meant(context.actors, passage.words, passage.first)
        if pair:
            return pair
        doer = None if is_outcome else self._credited(passage, self._beside(passage, passage.actors, named), anchor)
        if doer:
            return (doer,)
        told = [reference for reference in passage.actors if not self._is_other(passage, reference, anchor, is_outcome=is_outcome)]
        told = list(self._beside(passage, told, named))
        if told and phase in self.contested:
            return (self._kept_out(context, told),)
        return self._nearest(passage, told, anchor, is_outcome=is_outcome) if told else (context.meant(number),)

    def _nearest(self, passage: Passage, told: Sequence[Reference], anchor: Span, *, is_outcome: bool) -> tuple[str, ...]:
        """The actor named nearest to a cue, and who is named with it: "the Owls and the Harbour Men fought in Lima". By whom it was done comes first."""

        def distance(reference: Reference) -> tuple[bool, float]:
            far, is_agent = span_distance(passage.scale, (reference.position, reference.end), anchor), self._is_agent(passage.words, reference.position)
            behind = reference.position >= anchor[1] and not is_agent
            return is_outcome or not is_agent or far >= CLAUSE, far + (_BEHIND if behind else 0.0)

        nearest = min(told, key=distance)
        return tuple(dict.fromkeys(reference.actor for reference in told if self._are_one_subject(passage, told, nearest, reference)))

    def _are_one_subject(self, passage: Passage, told: Sequence[Reference], one: Reference, other: Reference) -> bool:
        """Whether two actors are the same one, or stand side by side with "and" between them."""
        if one is other:
            return True
        first, second = sorted((one, other), key=lambda reference: reference.position)
        gap = passage.words[first.end : second.position]
        return told.index(second) == told.index(first) + 1 and not self.joining.isdisjoint(gap) and self.small.issuperset(gap)

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
        if any(reference.actor == self.first_actor for reference in told):
            return self.first_actor
        if told[0].position <= OPENING:
            return told[0].actor
        return context.actors.main

    def _is_other(self, passage: Passage, reference: Reference, anchor: Span, *, is_outcome: bool) -> bool:
        """Whether an actor is the one on the other side of what is told.

        It is not where its name opens a clause of its own, or what is told is something of its own: "with A, which was founded in Lima", "burned A's office".
        """
        words, position = passage.words, reference.position
        if position > 0 and words[position - 1] in self.pairs.likened and any(hit.end < position - 1 for hit in passage.hits):
            return True
        if self._is_agent(words, position):
            return is_outcome
        if self.stand_ins.acts_on(words, position):
            return True
        if self.parents.stand_before(words, position):
            return True
        if is_outcome or passage.texts[reference.end : reference.end + 1] in self.owning or self._goes_on(passage, reference, anchor):
            return False
        others = [other.end - 1 for other in passage.actors if other.actor != reference.actor]
        return self.stand_ins.acts_on(words, position, others) or self.opponents.stand_before(words, position)

    def _goes_on(self, passage: Passage, reference: Reference, anchor: Span) -> bool:
        """Whether what is told stands behind a name and a comma or "which"."""
        behind = passage.words[reference.end : reference.end + 1]
        return anchor[0] >= reference.end and (behind == ("",) or not self.parting.isdisjoint(behind))

    def _is_agent(self, words: Sequence[str], position: int) -> bool:
        """Whether "by" stands before an actor, with or without an article or what it is called: "by the Vikings", "por el clan Rotela"."""
        return any(word in self.by for word in words[max(0, position - _CALLED) : position])
