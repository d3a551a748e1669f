"""A sentence with all that earlier stages found in it, as the tagging of phases sees it. :mod:`gazetteer.passages.reader` makes them."""

from __future__ import annotations

from dataclasses import dataclass

from gazetteer.codebook.cues import Hit
from gazetteer.passages.actors import Reference
from gazetteer.records import Resolution, Sentence, Timex


@dataclass(frozen=True, slots=True)
class Named:
    """A literal mention at words ``start`` to ``end`` of its sentence; or ("there", "the city") words that stand for an earlier one."""

    start: int
    end: int
    resolution: Resolution
    points_back: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence. Word offsets count from its first token."""

    sentence: Sentence
    first: int
    """The sentence's first token in the document."""
    words: tuple[str, ...]
    """Keys of its tokens, ``""`` for punctuation."""
    scale: tuple[float, ...]
    """Where each of them stands on the scale of distances; empty, like ``hits``, where no sentence of the paragraph names a place."""
    hits: tuple[Hit, ...]
    named: tuple[Named, ...]
    actors: tuple[Reference, ...]
    """Actors named in it, at word offsets."""
    timexes: tuple[tuple[int, int, Timex], ...]
    """Time expressions, at word offsets; not those of laws."""
    texts: tuple[str, ...] = ()
    """Its tokens as they are written."""
    quotes: tuple[tuple[int, int], ...] = ()
    """What stands in quotation marks and is more than a name or a catchword."""
    reported_before: bool = False
    """Whether the sentence before it in the paragraph is somebody's words."""
    attributed: bool = False
    """Whether it belongs to a list that is somebody's words: "According to the indictment:"."""
    paragraph: int = 0
    """The first token of its paragraph."""
