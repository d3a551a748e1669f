"""Readings: documents that the project's authors wrote and annotated by the codebook, as one plain text file each.

Header lines, a blank line, the text with its marks::

    title: The Harbour Men Come Ashore
    published: 2019-10
    language: en
    actor: harbour-men | Harbour Men | the Firm
    place: ghent-be | Ghent | BE | locality | 51.05 | 3.72

    The Harbour Men reached [Ghent](ghent-be) in 2011.{ghent-be exploration 2011 year confirmed}

* ``published`` is EDTF; ``actor`` (id, name, aliases) and ``place`` (id, name, ISO 3166-1 alpha-2, level, latitude, longitude) stand once for each; the first
  actor is the tracked one;
* ``phases: no`` says that the phases are annotated too freely to learn from: places, dates and status only;
* ``reach: local`` says that the text is a small town's, whose names are the ambiguous ones;
* ``publisher`` and ``subject`` are for people.

``[surface](place)`` marks a mention, ``!e``, ``!m`` or ``!d`` behind the place an embedded, a metonymic or a demonym one. ``{place phase date precision
status @actor; ...}`` behind a sentence gives its observations: ``-`` for the document's own date, ``@actor`` where it is not the first one. Brackets and
braces serve for nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from gazetteer.codebook import GENERAL_PHASES
from gazetteer.errors import InputError
from gazetteer.records import Kind, Level, Precision, Status

_MARK = re.compile(r"\[(?P<surface>[^\[\]]+)\]\((?P<place>[a-z0-9-]+)(?:!(?P<kind>[emd]))?\)|\{(?P<items>[^{}]*)\}|(?P<stray>[\[\]{}])")
_KINDS: dict[str | None, Kind] = {None: "literal", "e": "embedded", "m": "metonymic", "d": "demonym"}
_SINGLE = frozenset({"title", "publisher", "published", "language", "subject", "phases", "reach"})


@dataclass(frozen=True, slots=True)
class MarkedPlace:
    """A place as the annotator gives it; latitude and longitude in WGS 84 degrees."""

    id: str
    name: str
    country: str
    level: Level
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class MarkedMention:
    """A mention as the annotator marked it; ``place`` is the id of a :class:`MarkedPlace`."""

    start: int
    end: int
    surface: str
    kind: Kind
    place: str


@dataclass(frozen=True, slots=True)
class MarkedObservation:
    """An observation; ``date`` is ``""`` for the document's own, ``end`` is the offset behind the sentence that gives it."""

    place: str
    phase: str
    date: str
    precision: Precision
    status: Status
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
    phases: bool = True
    """Whether the phases are annotated as strictly as the codebook wants them."""
    local: bool = False
    """Whether it is a small town's text."""

    @property
    def teaches_phases(self) -> bool:
        """Whether there is something to learn about phases from it."""
        return self.phases and bool(self.observations)


def read_all(folder: Path) -> Iterator[Reading]:
    """Read the readings of a folder, by name.

    Raises InputError as :func:`parse` does, and where the folder holds none.
    """
    paths = sorted(folder.glob("*.txt"))
    if not paths:
        raise InputError(f"{folder}: holds no reading; give a folder of .txt files as gazetteer/training/markup.py describes them")
    for path in paths:
        yield parse(path.stem, path.read_bytes().decode("utf-8"))


def parse(ident: str, raw: str) -> Reading:
    """Parse a reading from its file's content.

    Raises InputError with the file's name, line and wrong piece where it is not as the module says.
    """
    head, _, body = raw.partition("\n\n")
    meta: dict[str, str] = {}
    places: dict[str, MarkedPlace] = {}
    actors: list[tuple[str, ...]] = []
    for number, line in enumerate(head.split("\n"), 1):
        name, colon, value = line.partition(":")
        cells = tuple(cell.strip() for cell in value.split("|"))
        if name == "place":
            place = _place(f"{ident}.txt:{number}", line, cells)
            places[place.id] = place
        elif name == "actor":
            actors.append(cells)
        elif colon and name in _SINGLE:
            meta[name] = value.strip()
        else:
            raise InputError(f"{ident}.txt:{number}: {line!r} is no header line; known are actor, place, {', '.join(sorted(_SINGLE))}")
    marks = _Body(ident, body, head.count("\n") + 3, places, tuple(actor[0] for actor in actors))
    return Reading(
        id=ident,
        text="".join(marks.parts),
        title=meta.get("title", ""),
        published=meta.get("published", ""),
        language=meta.get("language", "en"),
        actors=tuple(actors),
        places=places,
        mentions=tuple(marks.mentions),
        observations=tuple(marks.observations),
        phases=meta.get("phases") != "no",
        local=meta.get("reach") == "local",
    )


def _place(where: str, line: str, cells: tuple[str, ...]) -> MarkedPlace:
    level: Level | None = next((known for known in get_args(Level) if len(cells) == 6 and known == cells[3]), None)
    if level is None:
        cells_wanted = "id | name | country | level | latitude | longitude"
        raise InputError(f"{where}: {line!r} needs six cells, {cells_wanted}, and one of the levels {', '.join(get_args(Level))}")
    try:
        return MarkedPlace(cells[0], cells[1], cells[2], level, float(cells[4]), float(cells[5]))
    except ValueError as error:
        raise InputError(f"{where}: {line!r}: latitude and longitude are decimal degrees") from error


class _Body:
    """The text of a reading without its marks, and what they say."""

    def __init__(self, ident: str, body: str, first_line: int, places: dict[str, MarkedPlace], actors: tuple[str, ...]) -> None:
        self.places, self.actors = places, actors
        self.parts: list[str] = []
        self.mentions: list[MarkedMention] = []
        self.observations: list[MarkedObservation] = []
        self.length = position = 0
        for match in _MARK.finditer(body):
            self.where = f"{ident}.txt:{first_line + body.count(chr(10), 0, match.start())}"
            self._add(body[position : match.start()])
            position = match.end()
            if match["stray"]:
                raise InputError(f"{self.where}: {match['stray']!r} belongs to no mark; a mention is [surface](place), observations are {{...}}")
            if match["items"] is None:
                self._mention(match["surface"], match["place"], _KINDS[match["kind"]])
            else:
                self.observations += [self._observation(item) for item in match["items"].split(";")]
        self._add(body[position:])

    def _add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def _mention(self, surface: str, place: str, kind: Kind) -> None:
        if place not in self.places:
            raise InputError(f"{self.where}: place {place!r} of {surface!r} is not in the header; add a place line")
        self.mentions.append(MarkedMention(self.length, self.length + len(surface), surface, kind, place))
        self._add(surface)

    def _observation(self, item: str) -> MarkedObservation:
        cells = item.split()
        actor = self.actors[0] if self.actors else ""
        if cells and cells[-1].startswith("@"):
            actor = cells.pop()[1:]
            if actor not in self.actors:
                raise InputError(f"{self.where}: actor {actor!r} is not in the header; add an actor line")
        if len(cells) != 5 or cells[0] not in self.places:
            raise InputError(f"{self.where}: {item!r} is no observation; write place phase date precision status, with a place of the header")
        place, phase, date, *words = cells
        precision: Precision | None = next((known for known in get_args(Precision) if known == words[0]), None)
        status: Status | None = next((known for known in get_args(Status) if known == words[1]), None)
        if phase not in GENERAL_PHASES or precision is None or status is None:
            raise InputError(f"{self.where}: {item!r} is no observation; phase, precision and status are words of the codebook")
        return MarkedObservation(place, phase, "" if date == "-" else date, precision, status, actor, self.length)
