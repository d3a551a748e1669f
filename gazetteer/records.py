"""The types that pass from documents to tables, all on this page; one that a single stage makes stands there.

Conventions, stated once:

* ``start`` and ``end`` are offsets in characters into :attr:`Document.text` (Python ``str``, newlines as they stand), ``end`` exclusive.
* ``latitude`` and ``longitude`` are WGS 84 (EPSG:4326) degrees, latitude first wherever the two stand together.
* distances and radii are kilometres; populations are inhabitants.
* dates are EDTF (ISO 8601-2); ``""`` means that none is known.
* ``country`` is an ISO 3166-1 alpha-2 code, ``""`` for what lies in several countries or in none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Level = Literal["facility", "locality", "admin2", "admin1", "country", "region"]
Kind = Literal["literal", "embedded", "metonymic", "demonym"]
Status = Literal["confirmed", "reported", "suspected"]
"""The most certain first."""
Precision = Literal["day", "month", "season", "year", "years", "document"]
"""The finest first; ``document``: by which it was known."""
Role = Literal["text", "heading", "item", "label", "head"]
"""What a sentence is on its page; a head names the columns of a table, and nothing else."""
Provenance = Literal["text", "context", "document", "none"]

Span = tuple[int, int]
"""Tokens, or words of a sentence: the first one, and the one behind the last."""
BY_TOWN, BY_PERSON = "container", "override"
"""Ways of resolution that later stages ask for: at the town that the text puts a name in, and by a person's decision."""
AREA_LEVELS = frozenset({"admin2", "admin1", "country", "region"})


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, a heading, a list item, a row of a table or a label: the smallest stretch of text that can be evidence."""

    index: int
    start: int
    end: int
    paragraph: int
    section: int
    """Index into :attr:`Document.sections`, -1 before the first heading."""
    role: Role
    quoted: bool
    """Whether it begins inside a quotation that an earlier sentence opened."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the text below it, up to the next heading of its level: the heading stands from ``heading_start`` to ``start``."""

    start: int
    end: int
    heading_start: int
    level: int


@dataclass(frozen=True, slots=True)
class Document:
    """A text and what its manifest says of it."""

    id: str
    file: str
    text: str
    title: str
    publisher: str
    author: str
    url: str
    language: str
    reliability: str
    published: str
    """Document creation time, EDTF."""
    published_status: Literal["stated", "inferred", "unknown"]
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the gazetteer."""

    id: str
    name: str
    country: str
    admin1: str
    """Id of the first-level unit that holds it, ``""`` where there is none."""
    admin1_name: str
    level: Level
    latitude: float
    longitude: float
    radius_km: float
    """Of the circle with the place's area; a nominal one for points."""
    population: int
    """Of a first-level unit that of its towns, those in other towns counted again: good enough to compare units by."""
    source: str
    """Where the coordinates are from."""

    @property
    def geonameid(self) -> int | None:
        """The GeoNames id, where the place has one."""
        return int(self.id[3:]) if self.id.startswith("gn:") else None


@dataclass(frozen=True, slots=True)
class Sense:
    """A place that a word may be derived from: its name, country and level."""

    name: str
    country: str
    level: Level


class Tagged(NamedTuple):
    """Tokens ``start`` to ``end`` (exclusive) that name a place (LOC), a person (PER), an organisation (ORG) or an actor (ACT)."""

    start: int
    end: int
    type: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of text that names a place."""

    start: int
    end: int
    surface: str
    kind: Kind
    name: str = ""
    """The name to look up where it is not the surface: a demonym's place; ``#id`` where an abbreviation says the place itself."""
    country: str = ""
    """The country that a demonym's place lies in."""
    spoken: tuple[float, ...] = ()
    """What the words around it say of its level, as :mod:`gazetteer.mentions.level_words` gives it; empty where nobody asked."""
    levels: tuple[Level, ...] = ()
    """The levels that the words beside it demand ("state of", "prison"), the first before the others; empty where they say nothing."""
    near: bool = False
    """Whether the text says "near", "outskirts of"."""
    quarter: bool = False
    """Whether the words beside it say that it is a part of a town: "el barrio Santiago"."""
    also: tuple[Sense, ...] = ()
    """What else a demonym may be derived from, where the text speaks for it ("Congolese")."""
    within: str = ""
    """For an embedded mention, the whole name that holds it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a mention may mean, with its score between 0 and 1."""

    place: Place
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """A mention with the place that it means, or with the reason why it has none."""

    mention: Mention
    place: Place | None
    score: float
    reason: str
    method: str
    alternatives: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression after TIMEX3, with the interval that it names."""

    start: int
    end: int
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    """As in TimeML: 1998-08-07, 1998-W32, 2002-SU, P3Y, PRESENT_REF ..."""
    mod: str
    """START, MID, END, APPROX, BEFORE, AFTER, of a quantity MORE_THAN, LESS_THAN, EQUAL_OR_MORE, EQUAL_OR_LESS, or ``""``."""
    edtf: str
    """The interval, ``""`` where the expression names none."""
    precision: Precision | None
    phrase_start: int
    """With :attr:`phrase_end`, the whole phrase whose interval ``edtf`` is: "since 2018", "between 2012 and 2015". The two ends of a range share both."""
    phrase_end: int
    basis: Literal["stated", "document", "text", "none"]
    """What it was resolved against: nothing (it says its own year), the document's date, an earlier date of the text."""
    southern: str
    """``edtf`` for a place of the southern hemisphere: another interval where the expression names a season."""
    aside: bool
    """Whether it stands in a clause beside the story: a law's year, a person's career, the day of the telling, a far plan."""
    until: bool = False
    """Whether the text says "until" before the end of its interval: "from 2006 until police came in May 2014"."""


@dataclass(frozen=True, slots=True)
class Observation:
    """One thing that one document says about one place and the spread of one actor."""

    document: str
    place: Place | None
    """None where the mention could not be resolved."""
    actor: str | None
    phase: str
    status: Status
    date: str
    """EDTF, ``""`` where neither the text nor the document has a date."""
    precision: Precision
    provenance: Provenance
    confidence: float
    """From 0 to 1: of the place, the phase and the date together."""
    cue: str
    """The words that made it so, as they stand in the text."""
    activities: tuple[str, ...]
    evidence_start: int
    evidence_end: int
    mention: Mention
    method: str
    date_text: str = ""
    """The words that say when, as they stand in the sentence or around it; ``""`` where the date is the document's."""


@dataclass(frozen=True, slots=True)
class RouteLeg:
    """One leg of a way that the text gives, from place to place."""

    document: str
    route: int
    order: int
    origin: Place
    destination: Place
    actor: str | None
    moves: str
    """What moves, in the text's words, ``""`` where it does not say."""
    date: str
    precision: Precision
    provenance: Provenance
    status: Status
    cue: str
    evidence_start: int
    evidence_end: int
