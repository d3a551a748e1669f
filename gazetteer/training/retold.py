"""Readings and snippets as the encoder reads them: sentences in its words, with the places and the phases that are marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gazetteer.index.build import ready
from gazetteer.passages import Passage
from gazetteer.phases.features import surrounds
from gazetteer.phases.retelling import Reteller, Retold, context_of
from gazetteer.text.language import Language
from gazetteer.training.instances import Preparer
from gazetteer.training.markup import read_all
from gazetteer.training.options import Options
from gazetteer.training.snippets import SNIPPET_WEIGHT, read_snippets


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence in the encoder's words, with the place and the phases of each span; phases None where nothing is learned."""

    document: str
    words: tuple[str, ...]
    context: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    places: tuple[str, ...]
    phases: tuple[frozenset[str] | None, ...]
    weight: float


def told(options: Options) -> tuple[list[Told], list[Told]]:
    """Return the sentences of the strict readings and those of the snippets."""
    preparer = Preparer(ready())
    readings: list[Told] = []
    for reading in read_all(options.readings):
        if not reading.teaches_phases:
            continue
        prepared = preparer.prepare(reading)
        marked = prepared.marked()
        for number, item, before in _retold(prepared.passages, prepared.passage_reader.language, prepared.codebook.first_actor):
            places = tuple(prepared.place_of(number, named) for named in range(len(item.spans)))
            said = tuple(marked.get((number, place), frozenset()) for place in places)
            readings.append(Told(reading.id, item.words, before, item.spans, places, said, 1.0))
    snippets: list[Told] = []
    for snippet in read_snippets(options.snippets):
        codebook, reader, passages = preparer.prepare_snippet(snippet)
        phases = {mention.start: mention.phases for mention in snippet.mentions}
        for number, item, before in _retold(passages, reader.language, codebook.first_actor):
            named = passages[number].named
            places = tuple(place.resolution.mention.surface for place in named)
            learned = tuple(None if place.points_back else phases[place.resolution.mention.start] for place in named)
            snippets.append(Told(snippet.id, item.words, before, item.spans, places, learned, SNIPPET_WEIGHT))
    return readings, snippets


def _retold(passages: Sequence[Passage], language: Language, first_actor: str | None) -> Iterator[tuple[int, Retold, tuple[str, ...]]]:
    """The sentences that name a place, by their numbers, in the encoder's words; and what stands before each."""
    reteller = Reteller(language, first_actor)
    for number, around in surrounds(passages):
        yield number, reteller.retell(passages[number]), context_of(reteller, around.heading, around.before)
