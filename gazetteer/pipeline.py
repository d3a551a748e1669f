"""The whole way of one document, from text to observations, and of many documents on many cores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gazetteer import timexes
from gazetteer.actors import Actors
from gazetteer.codebook import Codebook
from gazetteer.index import Index
from gazetteer.language import Language, language
from gazetteer.mentions import Recognizer
from gazetteer.observations import Context, Observer
from gazetteer.passages import Passage, PassageReader
from gazetteer.records import Document, Observation, Resolution, Timex
from gazetteer.resolution import Resolver
from gazetteer.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one document."""

    document: Document
    tokens: Tokens
    resolutions: tuple[Resolution, ...]
    timexes: tuple[Timex, ...]
    passages: tuple[Passage, ...]
    observations: tuple[Observation, ...]


class Reader:
    """Reads documents with one gazetteer and one codebook; what a language needs is made when a document first asks for it."""

    def __init__(self, index: Index, codebook: Codebook) -> None:
        self.index, self.codebook = index, codebook
        self.resolver = Resolver(index)
        self._by_language: dict[str, tuple[Language, Recognizer, PassageReader, Observer]] = {}

    def _stages(self, code: str) -> tuple[Language, Recognizer, PassageReader, Observer]:
        stages = self._by_language.get(code)
        if stages is None:
            found = language(code)
            assert found is not None
            names = [name for actor in self.codebook.actors for name in (actor.name, *actor.aliases)]
            passages = PassageReader(self.codebook, found)
            stages = self._by_language[code] = (found, Recognizer(self.index, found, names), passages, Observer(passages, self.codebook))
        return stages

    def read(self, document: Document) -> Reading:
        """The whole way, on one screen."""
        found_language, recognizer, passage_reader, observer = self._stages(document.language)
        if not document.published:
            document = self._dated(document, found_language)
        found = recognizer.find(document)
        resolutions = self.resolver.resolve(document, found.mentions)
        times = timexes.find(document.text, document.published, found_language, document.sentences)
        actors = Actors(self.codebook.actors, document, found.tokens, found.names)
        passages = passage_reader.read(document, found.tokens, resolutions, times, actors)
        observations = observer.observe(Context(document, found.tokens, resolutions, passages, actors))
        return Reading(document, found.tokens, tuple(resolutions), tuple(times), tuple(passages), tuple(observations))

    @staticmethod
    def _dated(document: Document, found: Language) -> Document:
        """The document with a date inferred from its text, where the text has one to offer."""
        guess = timexes.infer_dct(document.text, found, document.sentences) if hasattr(timexes, 'infer_dct') else ''
        return replace(document, published=guess, published_status="inferred") if guess else document
