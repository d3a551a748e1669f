"""A person's decisions on single names: they win over the program's, and say so in ``method``.

``overrides.csv`` beside the documents: ``document, surface, start, place, reason, who, when``. An empty ``start`` means every mention of the surface in the
document; ``place`` is a place's id, ``LAT,LON NAME`` for a place of one's own, or ``-`` for "not a place".
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gazetteer.documents import SUFFIXES, Problem, running, sheets
from gazetteer.documents.running import Running, plain
from gazetteer.documents.sheets import Row
from gazetteer.errors import InputError
from gazetteer.index import Index
from gazetteer.records import BY_PERSON, Document, Mention, Place, Resolution

FILE = "overrides.csv"
COLUMNS = ("document", "surface", "start", "place", "reason", "who", "when")
_NO_PLACE = f"not a place ({FILE})"
_POINT = re.compile(r"(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s+(\S.*)", re.ASCII)
_LEFT_OUT = "this row is left out"
_UNQUOTED = "; the row has more cells than the header has columns: put a cell with a comma, such as a point, in quotation marks"
_MAX_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Override:
    """One decision; ``place`` is None for "not a place"."""

    document: str
    surface: str
    start: int | None
    place: Place | None
    reason: str
    where: str
    """File and line, for messages."""

    def meets(self, mention: Mention) -> bool:
        """Whether the decision is about a mention."""
        return mention.surface == self.surface and (self.start is None or self.start == mention.start)


def read(folder: Path, index: Index) -> tuple[list[Override], list[Problem]]:
    """Read the decisions of a folder, none where it has no file, and what is wrong with them; a wrong row is left out.

    Raises InputError where the file cannot be read or lacks a column.
    """
    path = folder / FILE
    if not os.path.lexists(path):
        return [], []
    found: dict[tuple[str, str, int | None], Override] = {}
    problems: list[Problem] = []
    for row in sheets.read(path, ("document", "surface", "place"), COLUMNS):
        try:
            override = _override(row, index)
        except InputError as error:
            problems.append(Problem(f"{row.where}: {error}{_UNQUOTED if row.surplus else ''}; {_LEFT_OUT}"))
            continue
        ident = (override.document, override.surface, override.start)
        if ident in found:
            problems.append(
                Problem(f"{row.where}: {override.surface!r} in {override.document!r} is decided in {found[ident].where} too; {_LEFT_OUT}, remove one")
            )
        else:
            found[ident] = override
    return list(found.values()), problems


def _override(row: Row, index: Index) -> Override:
    """Take a row for a decision. Raises InputError with what is wrong and how it is meant."""
    cells: Mapping[str, str] = {name: row.cells.get(name, "") for name in COLUMNS}
    empty = [name for name in ("document", "surface", "place") if not cells[name]]
    if empty:
        raise InputError(f"the cell {empty[0]!r} is empty; fill it in")
    start, document = cells["start"], cells["document"]
    if start and not (start.isascii() and start.isdigit() and len(start) <= _MAX_DIGITS):
        raise InputError(f"start {start!r} is not a whole number; leave it empty for every mention")
    stem = document.rpartition(".")[0] if document.lower().endswith(SUFFIXES) else document
    return Override(stem, cells["surface"], int(start) if start else None, _place(cells["place"], index), cells["reason"], row.where)


def _place(text: str, index: Index) -> Place | None:
    if text == "-":
        return None
    known = index.by_id(text)
    if known:
        return known
    match = _POINT.fullmatch(text)
    if match and abs(float(match[1])) <= 90 and abs(float(match[2])) <= 180:
        latitude, longitude = round(float(match[1]), 5) + 0.0, round(float(match[2]), 5) + 0.0
        name = " ".join(match[3].split())
        return Place(f"at:{latitude:.5f},{longitude:.5f}", name, "", "", "", "locality", latitude, longitude, 1.0, 0, f"override ({FILE})")
    ids = 'an id that the gazetteer has, such as gn:3688689 (python -m gazetteer geocode "NAME" shows them)'
    raise InputError(f"place {text!r} is neither {ids}, nor 'LAT,LON NAME', nor '-'")


def as_read(override: Override, run: Running) -> Override:
    """Return a decision as it is about a running text, which is another one for each document."""
    return replace(override, surface=plain(override.surface), start=None if override.start is None else run.place(override.start))


def marked(document: Document, mentions: Sequence[Mention], overrides: Sequence[Override]) -> list[Mention]:
    """Add the mentions that a person adds: a surface that recognition passed over."""
    out = list(mentions)
    for override in overrides:
        if override.document != document.id or override.place is None:
            continue
        for start in _starts(document.text, override):
            end = start + len(override.surface)
            if not any(item.start < end and start < item.end for item in out):
                out.append(Mention(start, end, override.surface, "literal"))
    return sorted(out, key=lambda item: (item.start, item.end))


def _starts(text: str, override: Override) -> list[int]:
    """Where the surface of a decision stands in a text, not as a part of a word."""
    if override.start is not None:
        return [override.start] if text.startswith(override.surface, override.start) else []
    return [match.start() for match in re.finditer(rf"(?<!\w){re.escape(override.surface)}(?!\w)", text)]


def applied(document: Document, resolutions: Sequence[Resolution], overrides: Sequence[Override]) -> list[Resolution]:
    """Put a person's decisions in the place of the program's; one for a single mention wins over one for all of them."""
    mine = sorted((override for override in overrides if override.document == document.id), key=lambda override: override.start is None)
    return [_decided(resolution, next((override for override in mine if override.meets(resolution.mention)), None)) for resolution in resolutions]


def _decided(resolution: Resolution, decision: Override | None) -> Resolution:
    if decision is None:
        return resolution
    if decision.place is None:
        reason = f"{_NO_PLACE}: {decision.reason}" if decision.reason else _NO_PLACE
    else:
        reason = decision.reason or "a person's decision"
    return replace(resolution, place=decision.place, score=1.0, reason=reason, method=BY_PERSON)


def is_no_place(resolution: Resolution) -> bool:
    """Whether a person says that a mention names no place: it is listed, and nothing is said of it."""
    return resolution.place is None and resolution.method == BY_PERSON


def astray(overrides: Sequence[Override], documents: Collection[str]) -> list[Problem]:
    """Name the decisions that are about no document; ``documents`` are ids."""
    return [
        Problem(f"{item.where}: there is no document {item.document!r}; its decision has no effect") for item in overrides if item.document not in documents
    ]


def without_effect(document: Document, resolutions: Sequence[Resolution], overrides: Sequence[Override]) -> list[Problem]:
    """Name the decisions about a document that change nothing in it."""
    if not overrides:
        return []
    problems = []
    text, run = running.as_read(document)
    mentions = [_mention_as_read(resolution.mention, run) for resolution in resolutions]
    for written in overrides:
        override = as_read(written, run)
        if override.document != document.id or any(override.meets(mention) for mention in mentions):
            continue
        at = f" at {written.start}" if written.start is not None else ""
        if not _starts(text.text, override):
            why = f"does not stand in {document.id!r}{at}; correct it as it is written there"
        elif override.place is None:
            continue  # "not a place", and the program took it for none
        else:
            met = " and ".join(repr(name) for name in _met(text.text, override, mentions))
            why = f"stands in {document.id!r}{at} where the program finds the name {met}; give that name, as it stands there"
        problems.append(Problem(f"{written.where}: {written.surface!r} {why}: its decision has no effect"))
    return problems


def _mention_as_read(mention: Mention, run: Running) -> Mention:
    return replace(mention, start=run.place(mention.start), end=run.place(mention.end), surface=plain(mention.surface))


def _met(text: str, override: Override, mentions: Sequence[Mention]) -> list[str]:
    """The names that the surface of a decision shares letters with, each once."""
    spans = [(start, start + len(override.surface)) for start in _starts(text, override)]
    return list(dict.fromkeys(item.surface for item in mentions if any(start < item.end and item.start < end for start, end in spans)))
