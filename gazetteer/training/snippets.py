"""Snippets (``training/passages``): one to three sentences in the manner of reports, written for this project, with the phases said of each place. One a line.

``[Callao|l]{exploration}`` marks a literal mention with its level (``f`` facility, ``l`` locality, ``2`` and ``1`` second- and first-level unit, ``c`` country,
``r`` region) and its phases, joined by ``+``; empty braces say none. ``<Harbour Men>`` is the tracked organisation, ``<<Quay Crew>>`` another one. A line may
begin with a heading, ``# Ports of call # Then ...``. The first two letters of a file's name are its language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gazetteer.codebook import GENERAL_PHASES
from gazetteer.errors import InputError
from gazetteer.records import Level

SNIPPET_WEIGHT = 0.5
"""Of a snippet's place in what is learned, where that of a reading counts 1."""
_LEVELS: dict[str, Level] = {"f": "facility", "l": "locality", "2": "admin2", "1": "admin1", "c": "country", "r": "region"}
_MARK = re.compile(r"\[(?P<surface>[^\[\]|]+)\|(?P<level>[fl21cr])\]\{(?P<phases>[a-z+ ]*)\}|<<(?P<other>[^<>]+)>>|<(?P<actor>[^<>]+)>|(?P<stray>[\[\]{}<>])")
_HEADING = re.compile(r"# (.+?) # +")


@dataclass(frozen=True, slots=True)
class SnippetMention:
    """A literal mention with the phases that are said of its place."""

    start: int
    end: int
    level: Level
    phases: frozenset[str]


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage and its annotation."""

    id: str
    text: str
    language: str
    mentions: tuple[SnippetMention, ...]
    actors: tuple[str, ...]
    """Names of the tracked organisation."""
    others: tuple[str, ...]
    """Names of other organisations."""


def read_snippets(folder: Path) -> Iterator[Snippet]:
    """Read the snippets of a folder, none where it is absent.

    Raises InputError as :func:`parse` does.
    """
    for path in sorted(folder.glob("*.txt")):
        for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
            if line.strip():
                yield parse(f"{path.name}:{number}", path.name[:2], line.strip())


def parse(ident: str, language: str, line: str) -> Snippet:
    """Parse a snippet from its line.

    Raises InputError with ``ident`` (file and line) and the wrong piece where it is not as the module says.
    """
    heading = _HEADING.match(line)
    text = f"# {heading[1]}\n\n" if heading else ""
    position = heading.end() if heading else 0
    mentions: list[SnippetMention] = []
    actors: set[str] = set()
    others: set[str] = set()
    for match in _MARK.finditer(line, position):
        if match["stray"]:
            raise InputError(f"{ident}: {match['stray']!r} belongs to no mark; a mention is [surface|level]{{phases}}, an organisation <name> or <<name>>")
        text += line[position : match.start()]
        position = match.end()
        name = match["surface"] or match["other"] or match["actor"]
        if match["surface"]:
            phases = frozenset(filter(None, match["phases"].replace(" ", "").split("+")))
            if not phases <= set(GENERAL_PHASES):
                raise InputError(f"{ident}: {match['phases']!r} are no phases; write {', '.join(GENERAL_PHASES)}, or nothing")
            mentions.append(SnippetMention(len(text), len(text) + len(name), _LEVELS[match["level"]], phases))
        else:
            (actors if match["actor"] else others).add(name)
        text += name
    return Snippet(ident, text + line[position:], language, tuple(mentions), tuple(sorted(actors)), tuple(sorted(others)))
