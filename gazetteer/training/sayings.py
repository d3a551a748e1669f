"""What each observation of a reading stands on: its sentence, the place in it with its list, and the cue of its phase.

The claims and the dates are learned from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gazetteer.passages import Passage
from gazetteer.phases.features import PhaseFeatures
from gazetteer.records import Span
from gazetteer.training.instances import Prepared
from gazetteer.training.markup import MarkedObservation


@dataclass(frozen=True, slots=True)
class Saying:
    """An observation where it is said; spans are word offsets in the passage."""

    observation: MarkedObservation
    number: int
    """Of the passage."""
    passage: Passage
    spans: tuple[Span, ...]
    """The place and those that stand with it in a list."""
    cue: Span | None
    """The strongest cue of the phase, None where the sentence has none."""
    southern: bool
    """Whether the place lies south of the equator."""


def sayings(prepared: Prepared) -> Iterator[Saying]:
    """Return the sayings of a reading."""
    features = PhaseFeatures(prepared.passage_reader, prepared.codebook)
    for observation, number, named in prepared.observed():
        passage = prepared.passages[number]
        spans = tuple(features.spans(passage, named))
        place = passage.named[named].resolution.place
        telling = features.telling(passage, spans, observation.phase)
        cue = (telling[0].start, telling[0].end) if telling else None
        yield Saying(observation, number, passage, spans, cue, place is not None and place.latitude < 0)
