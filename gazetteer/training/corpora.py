"""Texts with marked names, as token labels to learn from.

Three kinds: corpora with people, organisations and places (``names``), corpora with places only (``toponyms``), and the project's own readings
(:mod:`gazetteer.training.markup`). The corpora are others' and do not come with the project; each is a file of one JSON object a line, ``id, text,
names[{start, end, type: LOC | PER | ORG}]`` or ``id, text, toponyms[{start, end, lat, lon}]``:

* ``gum.jsonl``: Georgetown University Multilayer corpus (Zeldes 2017), names from its entity layer; annotation CC BY 4.0, texts CC BY, CC BY-SA or public
  domain;
* ``ewt.jsonl``: Universal NER (Mayhew et al. 2024) on the English Web Treebank, dev and test; CC BY-SA 4.0;
* ``wotr.jsonl``: War of the Rebellion (DeLozier et al. 2016); annotation MIT, texts in the public domain.

Where a corpus marks places only, a capitalised word outside them may be anything but a place: its label is left open and filled in by a first model
(constrained decoding).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gazetteer.documents.segmentation import segment
from gazetteer.errors import InputError
from gazetteer.mentions.matching import Matcher
from gazetteer.mentions.tagger import LABELS, Features, runs
from gazetteer.text.language import detect, language_of
from gazetteer.text.lexicon import word_classes
from gazetteer.text.tokens import Tokens
from gazetteer.training.markup import Reading

NAMES = ("gum", "ewt", "wotr")
PLACE, NO_PLACE = frozenset({1, 2}), frozenset({0, 3, 4, 5, 6})


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with the spans (start, end, type) that its annotator marked; ``complete`` where people and organisations are marked too."""

    id: str
    text: str
    spans: tuple[tuple[int, int, str], ...]
    complete: bool
    language: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A run of capitalised words: the features of each token and the labels that it may have."""

    features: list[list[str]]
    allowed: list[frozenset[int]]
    start: int


def corpus_path(folder: Path | None, name: str) -> Path:
    """Return the file of one of :data:`NAMES`.

    Raises InputError where the folder was not named or does not hold it.
    """
    path = folder / f"{name}.jsonl" if folder else None
    if path is None or not path.is_file():
        needed = ", ".join(f"{one}.jsonl" for one in NAMES)
        raise InputError(f"{path or '--corpora'}: not found; name a folder with {needed} by --corpora (gazetteer/training/corpora.py says what they are)")
    return path


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Read the objects of a corpus in JSON lines."""
    with path.open(encoding="utf-8", newline="\n") as lines:
        yield from map(json.loads, filter(str.strip, lines))


def read_jsonl(path: Path) -> Iterator[Marked]:
    """Read a corpus in JSON lines, with ``names`` or with ``toponyms``."""
    for row in read_rows(path):
        if "names" in row:
            spans = tuple((name["start"], name["end"], name["type"]) for name in row["names"])
            yield Marked(row["id"], row["text"], spans, complete=True, language="en")
        else:
            yield Marked(row["id"], row["text"], tuple((item["start"], item["end"], "LOC") for item in row["toponyms"]), complete=False, language="en")


def of_reading(reading: Reading) -> Marked:
    """Mark a reading: its literal and metonymic mentions are places, the others are not."""
    spans = tuple((mention.start, mention.end, "LOC" if mention.kind in ("literal", "metonymic") else "NOT") for mention in reading.mentions)
    return Marked(reading.id, reading.text, spans, complete=False, language=reading.language)


def label_runs(marked: Marked, matcher: Matcher) -> list[Run]:
    """Return the runs of a text with the labels that its annotation allows."""
    tokens = Tokens(marked.text)
    found = language_of(marked.language or detect(marked.text))
    _, sentences = segment(marked.text, found)
    begins = {sentence.start for sentence in sentences}
    starts = frozenset(number for number, start in enumerate(tokens.starts) if start in begins)
    features = Features(tokens, matcher.all(tokens), matcher, word_classes(found.code), starts)
    labels = _token_labels(tokens, marked)
    return [Run(features.run(start, end), labels[start:end], start) for start, end in runs(tokens)]


def _token_labels(tokens: Tokens, marked: Marked) -> list[frozenset[int]]:
    labels = [frozenset({0}) if marked.complete else NO_PLACE] * len(tokens)
    for start, end, kind in marked.spans:
        inside = [number for number in range(len(tokens)) if tokens.starts[number] < end and start < tokens.ends[number]]
        for offset, number in enumerate(inside):
            if kind == "NOT":
                labels[number] = NO_PLACE
            else:
                labels[number] = frozenset({LABELS.index(("I-" if offset else "B-") + kind)})
    return labels
