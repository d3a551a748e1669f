"""Learns the network of :mod:`gazetteer.resolution.shortlist`: which of the likeliest places of a name is meant.

    python -m gazetteer.training.shortlist --corpora FOLDER [--out FOLDER]

From the same texts as :mod:`gazetteer.training.ranker`, after it: what the network sees begins with the first ranking; and from the snippets, which say of a
name its level only. What the words around a name say of its level is told by a model that did not learn from the same document. Prints the share of the
readings' mentions with the right place, or with none where the gazetteer lacks it, of those that are looked at: by the first ranking, which was learned from
some of these readings, and by the network, cross-validated by document but for that.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from gazetteer.index import Index
from gazetteer.index.build import ready
from gazetteer.mentions.level_words import LevelWords
from gazetteer.records import Level, Mention
from gazetteer.resolution import Resolver
from gazetteer.resolution.candidates import Group
from gazetteer.resolution.shortlist import SEEN
from gazetteer.training import choice, level_words
from gazetteer.training.agreement import Target
from gazetteer.training.choice import Case
from gazetteer.training.corpora import corpus_path
from gazetteer.training.folds import folds
from gazetteer.training.hidden_layer import Hidden, Settings
from gazetteer.training.instances import mentions
from gazetteer.training.markup import Reading, read_all
from gazetteer.training.options import Options, run, write_model
from gazetteer.training.ranker import THINNED, Places, of_corpus, of_reading, right_one
from gazetteer.training.snippets import Snippet, read_snippets

SETTINGS = Settings(units=48, epochs=30, batch=64, rate=3e-3, decay=1e-2, dropped=0.3)
LEARNING_FOLDS = 5
"""Parts of the readings for the models of the words around names."""
WEIGHT_OF_SNIPPET, WEIGHT_OF_LINE = 0.2, 0.3
_FIRST = SEEN.index("first ranking")


class Text(NamedTuple):
    """A text's mentions, each with the place that is meant or, where its author says no more, with its level."""

    document: str
    text: str
    code: str
    mentions: tuple[Mention, ...]
    meant: tuple[Target | Level, ...]
    weight: float


class Name(NamedTuple):
    """A name with what the network sees of its candidates."""

    document: str
    rows: tuple[tuple[float, ...], ...]
    right: tuple[int, ...]
    """Rows of the right candidates; none where they are not among them."""
    mentions: int
    weight: float


def names(index: Index, texts: Iterable[Text]) -> Iterator[Name]:
    """Give the names of texts that the first ranking leaves open."""
    resolver = Resolver(index)
    for text in texts:
        groups = resolver.groups(text.text, text.mentions)
        possible = resolver.rank_first(groups)
        for look in resolver.looks(groups, possible, text.code):
            right = _right(look.group, text.meant[look.group.mentions[0]])
            rows = tuple(row for row, candidate in enumerate(look.candidates) if candidate in right)
            count = len(look.group.mentions)
            shown = look.rows if isinstance(text.meant[0], Target) else look.rows[:-1]  # whoever says a level says that it is a place
            yield Name(text.document, tuple(map(tuple, shown)), rows, count, text.weight * (1 + math.log(count)))


def _right(group: Group, meant: Target | Level) -> set[int]:
    if isinstance(meant, Target):
        return {right_one(group, meant)}
    return {number for number, facts in enumerate(group.facts) if facts.level == meant}


def of_readings(readings: Sequence[Reading], words: LevelWords) -> Iterator[Text]:
    """Give the mentions of readings."""
    for reading in readings:
        whole = _text(of_reading(reading, words))
        yield whole
        yield from _lines(whole)


def _lines(text: Text) -> Iterator[Text]:
    """Give each line as a text of its own, so that the network learns what is meant where little else is said."""
    start = 0
    for line in text.text.splitlines(keepends=True):
        end = start + len(line)
        numbers = [number for number, mention in enumerate(text.mentions) if start <= mention.start and mention.end <= end]
        if numbers:
            found = tuple(
                replace(text.mentions[number], start=text.mentions[number].start - start, end=text.mentions[number].end - start) for number in numbers
            )
            yield Text(text.document, line, text.code, found, tuple(text.meant[number] for number in numbers), text.weight * WEIGHT_OF_LINE)
        start = end


def _text(places: Places) -> Text:
    return Text(places.document, places.text, places.code, places.mentions, places.targets, places.weight)


def of_snippets(snippets: Sequence[Snippet], words: LevelWords) -> Iterator[Text]:
    """Give the mentions of snippets."""
    for snippet in snippets:
        found, numbers = mentions(snippet.text, snippet.language, [(mention.start, mention.end, "literal") for mention in snippet.mentions], words)
        levels = tuple(snippet.mentions[number].level for number in numbers)
        yield Text(snippet.id, snippet.text, snippet.language, tuple(found), levels, WEIGHT_OF_SNIPPET)


def seen_names(index: Index, readings: Sequence[Reading], snippets: Sequence[Snippet]) -> tuple[list[Name], list[Name]]:
    """Give the names of readings and of snippets, each with what a model of the others makes of the words around it."""
    spoken = [*level_words.of_readings(readings), *level_words.of_snippets(snippets)]
    of_reports: list[Name] = []
    of_passages: list[Name] = []
    for held in folds([*(reading.id for reading in readings), *(snippet.id for snippet in snippets)], LEARNING_FOLDS):
        words = level_words.model([row for row in spoken if row.document not in held])
        of_reports += names(index, of_readings([reading for reading in readings if reading.id in held], words))
        of_passages += names(index, of_snippets([snippet for snippet in snippets if snippet.id in held], words))
    return of_reports, of_passages


# ---------------------------------------------------------------- the network


def fit(found: Sequence[Name]) -> Hidden:
    """Learn from names whose right candidate is among those that are looked at."""
    return choice.fit([Case(np.array(name.rows, dtype=np.float32), name.right, name.weight) for name in found], len(SEEN), SETTINGS)


def right(network: Hidden, found: Sequence[Name]) -> int:
    """How many mentions get the right candidate."""
    return sum(name.mentions for name in found if choice.chosen(network, np.array(name.rows, dtype=np.float32)) in name.right)


def right_first(found: Sequence[Name]) -> int:
    """How many mentions get it by the first ranking."""
    return sum(name.mentions for name in found if int(np.argmax([row[_FIRST] for row in name.rows])) in name.right)


def cross_validated(readings: Sequence[Name], others: Sequence[Name], parts: int) -> tuple[float, float]:
    """Share of the readings' mentions with the right candidate: by the first ranking, and by networks that were learned from other documents."""
    found = 0
    for held in folds((name.document for name in readings), parts):
        network = fit([*(name for name in readings if name.document not in held), *others])
        found += right(network, [name for name in readings if name.document in held])
    count = sum(name.mentions for name in readings)
    return right_first(readings) / count, found / count


def train(options: Options) -> None:
    """Learn and write ``shortlist.json``."""
    path = corpus_path(options.corpora, "wotr")
    index = ready()
    readings, snippets = seen_names(index, list(read_all(options.readings)), list(read_snippets(options.snippets)))
    old = list(names(index, map(_text, of_corpus(path, THINNED))))
    print(f"shortlist: {len(readings)} names of readings, {len(snippets)} of snippets, {len(old)} of War of the Rebellion")
    if options.folds:
        first, second = cross_validated(readings, [*snippets, *old], options.folds)
        print(f"shortlist: of the readings' mentions {first:.4f} right by the first ranking, {second:.4f} by the network, cross-validated")
    write_model(options.out, "shortlist.json", fit([*readings, *snippets, *old]).written(SEEN))


if __name__ == "__main__":
    sys.exit(run(__doc__, train))
