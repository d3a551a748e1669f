"""A person's decisions on single names: they win over the program's, and say so in ``method``.

``overrides.csv`` beside the documents: ``document, surface, start, place, reason, who, when``. An empty ``start`` means every mention of the surface in the document; ``place`` is a
place's id, ``LAT,LON NAME`` for a place of one's own, or ``-`` for "not a place".
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gazetteer.documents import Problem, decode
from gazetteer.errors import InputError
from gazetteer.index import Index
from gazetteer.records import Document, Mention, Place, Resolution

COLUMNS = ("document", "surface", "start", "place", "reason", "who", "when")
_POINT = re.compile(r"(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s+(.+)")
METHOD = "override"


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
    """The decisions of a folder, none where it has no file, and what is wrong with them; a wrong row is left out.

    Raises InputError where the file cannot be read or lacks a column.
    """
    path = folder / "overrides.csv"
    if not path.exists():
        return [], []
    text = decode(path)[0]
    rows = csv.DictReader(io.StringIO(text, newline=""))
    missing = {"document", "surface", "place"} - set(rows.fieldnames or ())
    if missing:
        raise InputError(f"{path}:1: lacks the columns {', '.join(sorted(missing))}; the first line must be {','.join(COLUMNS)}")
    found: list[Override] = []
    problems: list[Problem] = []
    for row in rows:
        cells = {key: (value or "").strip() for key, value in row.items() if isinstance(key, str) and not isinstance(value, list)}
        if not any(cells.values()):
            continue
        try:
            found.append(_override(cells, index, f"{path}:{rows.line_num}"))
        except InputError as error:
            problems.append(Problem(str(error)))
    return found, problems


def _override(cells: dict[str, str], index: Index, where: str) -> Override:
    if not cells["document"] or not cells["surface"]:
        raise InputError(f"{where}: document and surface must not be empty; this row is left out")
    start = cells.get("start", "")
    if start and not start.isdigit():
        raise InputError(f"{where}: start {start!r} is not a whole number; leave it empty for every mention; this row is left out")
    document = cells["document"]
    stem = Path(document).stem if document.lower().endswith((".txt", ".md")) else document
    return Override(stem, cells["surface"], int(start) if start else None, _place(cells["place"], index, where), cells.get("reason", ""), where)


def _place(text: str, index: Index, where: str) -> Place | None:
    if text == "-":
        return None
    known = index.by_id(text)
    if known:
        return known
    match = _POINT.fullmatch(text)
    if match and abs(float(match.group(1))) <= 90 and abs(float(match.group(2))) <= 180:
        latitude, longitude, name = float(match.group(1)), float(match.group(2)), match.group(3)
        return Place(f"at:{latitude:.5f},{longitude:.5f}", name, "", "", "", "locality", latitude, longitude, 1.0, 0, f"override ({where.rsplit(':', 1)[0].rsplit('/', 1)[-1]})")
    raise InputError(f"{where}: place {text!r} is neither an id such as gn:3688689, nor 'LAT,LON NAME', nor '-'; this row is left out")


def marked(document: Document, mentions: Sequence[Mention], overrides: Sequence[Override]) -> list[Mention]:
    """The mentions with those that a person adds: a surface that recognition passed over."""
    out = list(mentions)
    for override in overrides:
        if override.document != document.id or override.place is None:
            continue
        starts = [override.start] if override.start is not None else [match.start() for match in re.finditer(rf"(?<!\w){re.escape(override.surface)}(?!\w)", document.text)]
        for start in starts:
            end = start + len(override.surface)
            if document.text[start:end] != override.surface or any(item.start < end and start < item.end for item in out):
                continue
            out.append(Mention(start, end, override.surface, "literal"))
    return sorted(out, key=lambda item: (item.start, item.end))


def applied(document: Document, resolutions: Sequence[Resolution], overrides: Sequence[Override]) -> list[Resolution]:
    """The resolutions with a person's decisions in the place of the program's."""
    mine = [override for override in overrides if override.document == document.id]
    out = []
    for resolution in resolutions:
        decision = next((override for override in mine if override.meets(resolution.mention)), None)
        if decision is not None:
            resolution = replace(resolution, place=decision.place, score=1.0, reason=decision.reason or ("not a place" if decision.place is None else "a person's decision"), method=METHOD)  # noqa: PLW2901
        out.append(resolution)
    return out


def unused(overrides: Sequence[Override], documents: Sequence[Document]) -> list[Problem]:
    """Decisions that are about no document, or whose surface does not stand there."""
    texts = {document.id: document.text for document in documents}
    problems = []
    for override in overrides:
        text = texts.get(override.document)
        if text is None:
            problems.append(Problem(f"{override.where}: there is no document {override.document!r}; its decision has no effect"))
        elif override.surface not in text or (override.start is not None and not text.startswith(override.surface, override.start)):
            place = f" at {override.start}" if override.start is not None else ""
            problems.append(Problem(f"{override.where}: {override.surface!r} does not stand in {override.document!r}{place}; its decision has no effect"))
    return problems
