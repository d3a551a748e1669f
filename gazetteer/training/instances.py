"""Readings as the stages see them: sentences, cues, dates and actors as the program finds them, but mentions and places as the annotator marked them.

So the later stages learn from what is there and not from the errors of the earlier ones.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from gazetteer import timexes
from gazetteer.codebook import GENERAL_PHASES, Actor, Codebook, Phase
from gazetteer.documents.segmentation import segment
from gazetteer.index import Facts, Index
from gazetteer.mentions import Recognizer
from gazetteer.mentions.level_words import LevelWords
from gazetteer.mentions.surroundings import Surroundings
from gazetteer.passages import Passage
from gazetteer.passages.actors import Actors
from gazetteer.passages.reader import PassageReader
from gazetteer.records import Document, Kind, Level, Mention, Place, Resolution, Span
from gazetteer.resolution import Resolver
from gazetteer.text.language import ENGLISH, Language, language_of
from gazetteer.text.lexicon import abbreviations
from gazetteer.text.tokens import Tokens
from gazetteer.training.agreement import Target, miss_km
from gazetteer.training.markup import MarkedObservation, MarkedPlace, Reading
from gazetteer.training.snippets import Snippet

_RADII: dict[Level, float] = {"facility": 0.2, "locality": 3, "admin2": 30, "admin1": 100, "region": 300, "country": 400}
"""Nominal radii in km of places that the gazetteer does not know."""
_SNIPPETS_PUBLISHED = "2022-06-01"
"""A date for relative time expressions to count from; what they say does not matter for the phases."""
_PHASES = tuple(Phase(name, name.capitalize(), order if order < 4 else None, "", name) for order, name in enumerate(GENERAL_PHASES))


def mentions(text: str, code: str, spans: Sequence[tuple[int, int, Kind]], words: LevelWords | None = None) -> tuple[list[Mention], list[int]]:
    """Make mentions at marked spans, with what the words around them say of their level, and give the number of each one's span.

    A span that begins inside a word gives none. ``words``: as :class:`gazetteer.mentions.surroundings.Surroundings` takes them.
    """
    found_language = language_of(code)
    tokens = Tokens(text)
    at = {start: number for number, start in enumerate(tokens.starts)}
    known = abbreviations(ENGLISH)
    found: list[Mention] = []
    ranges: list[Span] = []
    numbers: list[int] = []
    for number, (start, end, kind) in enumerate(spans):
        first = at.get(start)
        if first is None:
            continue
        surface = text[start:end]
        places = known.get(surface)
        found.append(Mention(start, end, surface, kind, name="#" + places[0][0] if places else ""))
        ranges.append((first, bisect_left(tokens.starts, end, first)))
        numbers.append(number)
    around = Surroundings(_document(text, code), tokens, found_language, words)
    said = around.with_levels(found, ranges)
    return [plain if plain.kind == "embedded" else mention for plain, mention in zip(found, said, strict=True)], numbers  # as the recognizer has it


def document_of(reading: Reading) -> Document:
    """Return a reading's text as a document."""
    return _document(reading.text, reading.language, reading.id, reading.title, reading.published)


def _document(text: str, code: str, ident: str = "", title: str = "", published: str = "") -> Document:
    found = language_of(code)
    sections, sentences = segment(text, found)
    return Document(ident, ident + ".txt", text, title, "", "", "", code, "F", published, "stated" if published else "unknown", sections, sentences)


def codebook_of(reading: Reading) -> Codebook:
    """Return the codebook of a reading: its actors and the general phases."""
    return Codebook("", tuple(Actor(ident, name, tuple(aliases)) for ident, name, *aliases in reading.actors), _PHASES, (), (), "")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A reading on its way through the stages."""

    reading: Reading
    document: Document
    tokens: Tokens
    passages: tuple[Passage, ...]
    passage_reader: PassageReader
    codebook: Codebook
    places: dict[int, str]
    """Where a mention starts, to the annotator's id of its place."""

    def passage_of(self, observation: MarkedObservation) -> int | None:
        """Return the number of the sentence that gives an observation, None where its mark stands behind none."""
        for number, passage in enumerate(self.passages):
            if passage.sentence.start < observation.end <= passage.sentence.end + 1:
                return number
        return None

    def place_of(self, passage: int, named: int) -> str:
        """Return the annotator's id of a place that a sentence names."""
        return self.places[self.passages[passage].named[named].resolution.mention.start]

    def marked(self) -> dict[tuple[int, str], frozenset[str]]:
        """Return the phases that are marked, by the sentence and the annotator's id of the place."""
        found: dict[tuple[int, str], set[str]] = defaultdict(set)
        for observation in self.reading.observations:
            number = self.passage_of(observation)
            if number is not None:
                found[number, observation.place].add(observation.phase)
        return {where: frozenset(phases) for where, phases in found.items()}

    def observed(self) -> Iterator[tuple[MarkedObservation, int, int]]:
        """Each observation with the sentence and the number of the place in it that it stands on; not those whose sentence does not name the place."""
        for observation in self.reading.observations:
            number = self.passage_of(observation)
            if number is None:
                continue
            here = (named for named in range(len(self.passages[number].named)) if self.place_of(number, named) == observation.place)
            first = next(here, None)
            if first is not None:
                yield observation, number, first


class Preparer:
    """Prepares readings with one gazetteer, whose ranker finds their places where it can."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.resolver = Resolver(index)
        self._readers: dict[tuple[str, str | None], PassageReader] = {}

    def prepare(self, reading: Reading) -> Prepared:
        """Prepare a reading as the later stages see it; every actor of its header is followed."""
        document, codebook = document_of(reading), codebook_of(reading)
        resolutions, places = self._resolutions(reading, document)
        tokens, passage_reader, passages = self._passages(document, codebook, resolutions)
        return Prepared(reading, document, tokens, passages, passage_reader, codebook, places)

    def prepare_snippet(self, snippet: Snippet) -> tuple[Codebook, PassageReader, tuple[Passage, ...]]:
        """Prepare a snippet; its places are the gazetteer's where that has one of the marked level."""
        document = _document(snippet.text, snippet.language, snippet.id, published=_SNIPPETS_PUBLISHED)
        tracked = (Actor("tracked", snippet.actors[0], snippet.actors[1:]),) if snippet.actors else ()
        others = tuple(Actor(f"other-{number}", name) for number, name in enumerate(snippet.others))
        codebook = Codebook("", (*tracked, *others), _PHASES, (), (), "")
        found, numbers = mentions(snippet.text, snippet.language, [(mention.start, mention.end, "literal") for mention in snippet.mentions])
        resolutions = [
            _of_level(resolution, snippet.mentions[number].level) for resolution, number in zip(self.resolver.resolve(document, found), numbers, strict=True)
        ]
        _, passage_reader, passages = self._passages(document, codebook, resolutions)
        return codebook, passage_reader, passages

    def _passages(self, document: Document, codebook: Codebook, resolutions: Sequence[Resolution]) -> tuple[Tokens, PassageReader, tuple[Passage, ...]]:
        found = language_of(document.language)
        names = Recognizer(self.index, found, [name for actor in codebook.actors for name in (actor.name, *actor.aliases)]).find(document)
        times = timexes.find(document.text, document.published, found, document.sentences)
        actors = Actors(codebook.actors, names.tokens, names.names, found)
        passage_reader = self._reader(codebook, found)
        return names.tokens, passage_reader, tuple(passage_reader.read(document, names.tokens, resolutions, times, actors))

    def _reader(self, codebook: Codebook, found: Language) -> PassageReader:
        """Return a reader that serves all codebooks with this first actor: none of them has cues of its own."""
        ident = found.code, codebook.first_actor
        if ident not in self._readers:
            self._readers[ident] = PassageReader(codebook, found)
        return self._readers[ident]

    def _resolutions(self, reading: Reading, document: Document) -> tuple[list[Resolution], dict[int, str]]:
        marked = [mention for mention in reading.mentions if mention.kind != "demonym"]
        found, numbers = mentions(reading.text, reading.language, [(mention.start, mention.end, mention.kind) for mention in marked])
        out: list[Resolution] = []
        places: dict[int, str] = {}
        for resolution, number in zip(self.resolver.resolve(document, found), numbers, strict=True):
            target = reading.places[marked[number].place]
            places[resolution.mention.start] = target.id
            out.append(resolution if _is(resolution.place, target) else replace(resolution, place=_as_marked(target)))
        return out, places


def _is(place: Place | None, target: MarkedPlace) -> bool:
    if place is None:
        return False
    return miss_km(Facts(place.latitude, place.longitude, 0, 0.0, 0, place.country, place.level), Target.of(target)) is not None


def _as_marked(target: MarkedPlace) -> Place:
    """Return the annotator's place as one of the gazetteer's."""
    point = target.latitude, target.longitude
    return Place("reading:" + target.id, target.name, target.country, "", "", target.level, *point, _RADII[target.level], 0, "reading")


def _of_level(resolution: Resolution, level: Level) -> Resolution:
    """Give the resolution, with a place of the marked level where the gazetteer's has another one."""
    place = resolution.place
    if place is not None and place.level == level:
        return resolution
    country, latitude, longitude = (place.country, place.latitude, place.longitude) if place else ("", 0.0, 0.0)
    name = resolution.mention.surface
    return replace(resolution, place=Place("snippet:" + name, name, country, "", "", level, latitude, longitude, _RADII[level], 0, "snippet"))
