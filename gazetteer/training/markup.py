"""Readings: documents that the project's authors wrote and annotated by the codebook, as one plain text file each.

Header lines ``key: value`` (``title``, ``published``, ``language``, ``actor: id | name | alias``, ``place: id | name | country | level | lat | lon``), a blank line, then the text.
In it ``[surface](place)`` marks a mention, ``!e``, ``!m`` or ``!d`` behind the place an embedded, a metonymic or a demonym one; ``{place phase date precision status @actor; ...}``
behind a sentence gives its observations, with ``-`` for the document's own date. :func:`parse` gives the text without marks and the annotation with offsets into it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_MARK = re.compile(r"\[([^\[\]]+)\]\(([a-z0-9-]+)(?:!([emd]))?\)|\{([^{}]*)\}")
_KINDS = {None: "literal", "e": "embedded", "m": "metonymic", "d": "demonym"}


@dataclass(frozen=True, slots=True)
class MarkedPlace:
    """A place as the annotator gives it; latitude and longitude in WGS 84 degrees."""

    id: str
    name: str
    country: str
    level: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class MarkedMention:
    """A mention as the annotator marked it."""

    start: int
    end: int
    surface: str
    kind: str
    place: str


@dataclass(frozen=True, slots=True)
class MarkedObservation:
    """An observation; ``end`` is the offset behind the sentence that gives it."""

    place: str
    phase: str
    date: str
    precision: str
    status: str
    actor: str
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A text and its annotation."""

    id: str
    text: str
    title: str
    published: str
    language: str
    actors: tuple[tuple[str, ...], ...]
    """Id, name, aliases of each; the first is the tracked one."""
    places: dict[str, MarkedPlace]
    mentions: tuple[MarkedMention, ...]
    observations: tuple[MarkedObservation, ...]


def read_all(folder: Path) -> Iterator[Reading]:
    """The readings of a folder, by name."""
    for path in sorted(folder.glob("*.txt")):
        yield parse(path.stem, path.read_text("utf-8"))


def parse(ident: str, raw: str) -> Reading:
    """A reading from its file's content.

    Raises ValueError with the place where the markup is broken.
    """
    head, _, body = raw.partition("\n\n")
    meta: dict[str, str] = {}
    places: dict[str, MarkedPlace] = {}
    actors: list[tuple[str, ...]] = []
    for line in head.splitlines():
        name, _, value = line.partition(":")
        cells = [cell.strip() for cell in value.split("|")]
        if name == "place":
            if len(cells) != 6:
                raise ValueError(f"{ident}: {line!r} needs six cells: id | name | country | level | latitude | longitude")
            places[cells[0]] = MarkedPlace(*cells[:4], float(cells[4]), float(cells[5]))
        elif name == "actor":
            actors.append(tuple(cells))
        else:
            meta[name] = value.strip()
    text, mentions, observations = _body(ident, body, places, actors[0][0] if actors else "")
    published = meta.get("published", "")
    return Reading(ident, text, meta.get("title", ""), published, meta.get("language", "en"), tuple(actors), places, mentions, observations)


def _body(ident: str, body: str, places: dict[str, MarkedPlace], actor: str) -> tuple[str, tuple[MarkedMention, ...], tuple[MarkedObservation, ...]]:
    parts: list[str] = []
    mentions: list[MarkedMention] = []
    observations: list[MarkedObservation] = []
    length = position = 0
    for match in _MARK.finditer(body):
        before = body[position : match.start()]
        parts.append(before)
        length += len(before)
        position = match.end()
        surface, place, kind, items = match.groups()
        if items is None:
            if place not in places:
                raise ValueError(f"{ident}: unknown place {place!r}")
            mentions.append(MarkedMention(length, length + len(surface), surface, _KINDS[kind], place))
            parts.append(surface)
            length += len(surface)
        else:
            observations += [_observation(ident, item, actor, length, places) for item in items.split(";")]
    parts.append(body[position:])
    return "".join(parts), tuple(mentions), tuple(observations)


def _observation(ident: str, item: str, actor: str, end: int, places: dict[str, MarkedPlace]) -> MarkedObservation:
    cells = item.split()
    if cells and cells[-1].startswith("@"):
        actor = cells.pop()[1:]
    if len(cells) != 5 or cells[0] not in places:
        raise ValueError(f"{ident}: {item!r} is not an observation: place phase date precision status")
    place, phase, date, precision, status = cells
    return MarkedObservation(place, phase, "" if date == "-" else date, precision, status, actor, end)
