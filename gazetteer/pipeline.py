"""The whole way of one document, from text to observations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from gazetteer import overrides, timexes
from gazetteer.codebook import Codebook
from gazetteer.documents.running import Running, as_read
from gazetteer.index import Index
from gazetteer.mentions import Recognizer
from gazetteer.mentions.recognizers import Names
from gazetteer.observations import Context, Observer
from gazetteer.observations.routes import Router
from gazetteer.overrides import Override
from gazetteer.passages import Passage
from gazetteer.passages.actors import Actors
from gazetteer.passages.reader import PassageReader
from gazetteer.phases import PhaseTagger
from gazetteer.records import Document, Mention, Observation, Resolution, RouteLeg, Timex
from gazetteer.resolution import Locator, Resolver
from gazetteer.resolution.approximate import TownLocator
from gazetteer.text.language import Language, language_of
from gazetteer.text.tokens import Tokens
from gazetteer.timexes import publication

_Found = TypeVar("_Found", Observation, RouteLeg)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one document."""

    document: Document
    tokens: Tokens
    resolutions: tuple[Resolution, ...]
    timexes: tuple[Timex, ...]
    passages: tuple[Passage, ...]
    actors: Actors
    observations: tuple[Observation, ...]
    routes: tuple[RouteLeg, ...]


@dataclass(frozen=True, slots=True)
class Stages:
    """The stages that know a language."""

    language: Language
    recognizer: Recognizer
    towns: TownLocator
    passages: PassageReader
    phases: PhaseTagger
    observer: Observer
    router: Router


class Reader:
    """Reads documents with one gazetteer and one codebook; what a language needs is made when a document first asks for it."""

    def __init__(self, index: Index, codebook: Codebook, decisions: Sequence[Override] = (), online: Locator | None = None, names: Names | None = None) -> None:
        """``decisions``: a person's, on single mentions; they win. ``online``: is asked for names that the gazetteer does not know.

        ``names``: finds names instead of the tagger.
        """
        self.index, self.codebook, self.decisions, self.names = index, codebook, decisions, names
        self.resolver = Resolver(index, online=online)
        self._by_language: dict[str, Stages] = {}

    def stages(self, code: str) -> Stages:
        """Give the stages that know a language, made when they are first asked for."""
        stages = self._by_language.get(code)
        if stages is None:
            found = language_of(code)
            names = [name for actor in self.codebook.actors for name in (actor.name, *actor.aliases)]
            recognizer, passages = Recognizer(self.index, found, names, self.names), PassageReader(self.codebook, found)
            tagger, observer = PhaseTagger(passages, self.codebook), Observer(passages, self.codebook)
            stages = self._by_language[code] = Stages(found, recognizer, TownLocator(found), passages, tagger, observer, Router(found))
        return stages

    def read(self, document: Document) -> Reading:
        """Give what is read in a document, at the offsets of its text."""
        plain, run = as_read(document)
        return self.read_plain(plain, run) if plain is document else _as_written(self.read_plain(plain, run), document, run)

    def read_plain(self, document: Document, run: Running) -> Reading:
        """Give the whole way of a running text, on one screen."""
        stages = self.stages(document.language)
        decisions = [overrides.as_read(item, run) for item in self.decisions if item.document == document.id]
        document, times = _timed(document, stages.language)
        found = stages.recognizer.find(document)
        mentions = overrides.marked(document, found.mentions, decisions) if decisions else found.mentions
        resolutions = self.resolver.resolve(document, mentions)
        if decisions:
            resolutions = overrides.applied(document, resolutions, decisions)
        resolutions = stages.towns.located(found.tokens, [sentence.end for sentence in document.sentences], resolutions)
        actors = Actors(self.codebook.actors, found.tokens, found.names, stages.language)
        places = [resolution for resolution in resolutions if not overrides.is_no_place(resolution)]
        passages = stages.passages.read(document, found.tokens, places, times, actors, whole=actors.is_told_of)
        context = Context(document, found.tokens, places, passages, actors)
        tags = stages.phases.tag(passages) if actors.is_told_of else ()
        observations, routes = stages.observer.observe(context, tags), stages.router.find(context)
        return Reading(document, found.tokens, tuple(resolutions), tuple(times), tuple(passages), actors, tuple(observations), tuple(routes))


def _timed(document: Document, found: Language) -> tuple[Document, list[Timex]]:
    """Give the document, with a date inferred from its text where it has none and the text has one to offer, and its time expressions."""
    times = timexes.find(document.text, document.published, found, document.sentences)
    guess = "" if document.published else publication.infer_dct(document.text, times, found)
    if not guess:
        return document, times
    return replace(document, published=guess, published_status="inferred"), timexes.find(document.text, guess, found, document.sentences)


def _as_written(reading: Reading, document: Document, run: Running) -> Reading:
    """Give what was read in a running text at the offsets, and with the names, of the document's own text."""
    sentences = {(plain.start, plain.end): (own.start, own.end) for plain, own in zip(reading.document.sentences, document.sentences, strict=True)}

    def mention(item: Mention) -> Mention:
        start, end = run.source(item.start, item.end)
        return replace(item, start=start, end=end, surface=document.text[start:end])

    def timex(item: Timex) -> Timex:
        start, end = run.source(item.start, item.end)
        phrase_start, phrase_end = run.source(item.phrase_start, item.phrase_end)
        return replace(item, start=start, end=end, phrase_start=phrase_start, phrase_end=phrase_end)

    def evidence(item: _Found) -> _Found:
        start, end = sentences[item.evidence_start, item.evidence_end]
        return replace(item, evidence_start=start, evidence_end=end)

    return replace(
        reading,
        document=replace(reading.document, text=document.text, sentences=document.sentences),
        resolutions=tuple(replace(item, mention=mention(item.mention)) for item in reading.resolutions),
        timexes=tuple(timex(item) for item in reading.timexes),
        observations=tuple(replace(evidence(item), mention=mention(item.mention)) for item in reading.observations),
        routes=tuple(evidence(item) for item in reading.routes),
    )
