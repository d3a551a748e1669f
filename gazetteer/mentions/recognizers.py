"""Recognizers other than the package's own tagger: a spaCy pipeline of the user's, named on the command line as ``spacy:NAME``.

spaCy is no requirement: it is imported when one is asked for, and only then.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Protocol

from gazetteer.errors import InputError
from gazetteer.records import Tagged
from gazetteer.text.tokens import Tokens

_LABELS = {"GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "PERSON": "PER", "PER": "PER", "ORG": "ORG"}
"""OntoNotes' labels and those of the pipelines learned from WikiNER; what a pipeline has besides names no place and no bearer of one."""
_PIECE = 200_000
"""Characters that a pipeline reads at a time: spaCy refuses more than a million, and needs memory for each."""


class Names(Protocol):
    """What finds the names in a text."""

    def find(self, text: str, tokens: Tokens) -> list[Tagged]:
        """Find the names of places (LOC), people (PER) and organisations (ORG) as spans of tokens, in order, none over another."""


class SpacyNames:
    """The named entities of a spaCy pipeline."""

    def __init__(self, pipeline: Callable[[str], Any]) -> None:
        """``pipeline``: a loaded ``spacy.language.Language``."""
        self.pipeline = pipeline

    def find(self, text: str, tokens: Tokens) -> list[Tagged]:
        """Find the names of places (LOC), people (PER) and organisations (ORG) as spans of tokens, in order, none over another."""
        out: list[Tagged] = []
        for start, end in _pieces(text):
            for entity in self.pipeline(text[start:end]).ents:
                label = _LABELS.get(entity.label_)
                span = _span(tokens, start + entity.start_char, start + entity.end_char, label) if label else None
                if span and (not out or out[-1].end <= span.start):
                    out.append(span)
        return out


def _span(tokens: Tokens, start: int, end: int, label: str) -> Tagged | None:
    """Give the tokens of a stretch of text without an article before it; None where it has no word."""
    first, last = bisect_right(tokens.starts, start) - 1, bisect_left(tokens.starts, end)
    first = max(0, first)
    while first < last and not tokens.capital[first]:
        first += 1
    while first < last and not tokens.keys[last - 1]:
        last -= 1
    return Tagged(first, last, label) if first < last else None


def _pieces(text: str) -> list[tuple[int, int]]:
    """Give a text in stretches that end at the end of a line, or of a word."""
    out: list[tuple[int, int]] = []
    start = 0
    while len(text) - start > _PIECE:
        end = max(text.rfind("\n", start, start + _PIECE), text.rfind(" ", start + _PIECE // 2, start + _PIECE)) + 1 or start + _PIECE
        out.append((start, end))
        start = end
    return [*out, (start, len(text))]


@lru_cache(maxsize=2)
def load(name: str) -> Names | None:
    """Load a recognizer by its name: ``spacy:NAME`` with the name or the folder of a pipeline, ``""`` or ``own`` for the package's tagger, which is None.

    Raises InputError where there is no such recognizer, where spaCy is not installed, or where the pipeline cannot be loaded.
    """
    if name in ("", "own"):
        return None
    kind, _, pipeline = name.partition(":")
    if kind != "spacy" or not pipeline:
        raise InputError(f"--recognizer {name!r} is none; give spacy:NAME with the name or the folder of a spaCy pipeline, or own")
    try:
        import spacy  # noqa: PLC0415 -- an extra, and slow to import
    except ImportError as error:
        raise InputError(f"--recognizer {name}: spaCy is not installed ({error}); install it with: pip install spacy") from error
    try:
        return SpacyNames(spacy.load(pipeline))
    except (
        OSError,
        ValueError,
        ImportError,
        KeyError,
        AttributeError,
        TypeError,
    ) as error:  # what spaCy raises for pipelines that are not there, broken, or of another version
        why = " ".join(str(error).split())[:200]
        raise InputError(
            f"--recognizer {name}: the pipeline cannot be loaded ({why}); check its name, or install it with: python -m spacy download {pipeline}"
        ) from error
