"""Where things stand in a TOML file, for messages: ``tomllib`` gives values without their lines."""

from __future__ import annotations

import re

_HEADER = re.compile(r"""\s*\[\[?\s*["']?([\w.-]+)["']?\s*\]\]?""")


class TomlLines:
    """The lines of a TOML file, counted from 1. What is not found stands where its table does, and a table that is not found in line 1."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self._headers = [(number, match[1]) for number, line in enumerate(self.lines, 1) if (match := _HEADER.match(line))]

    def table(self, name: str, number: int = 0) -> int:
        """Line of the number-th ``[[name]]`` or ``[name]`` (counted from 0), or of the key ``name``."""
        return self._span(name, number)[0]

    def key(self, name: str, number: int, key: str) -> int:
        """Line of a key in the number-th table of a name."""
        first, end = self._span(name, number)
        wanted = re.compile(rf"""(?:.*[{{,]\s*)?\s*["']?{re.escape(key)}["']?\s*=|\s*\[\[?\s*{re.escape(name)}\.{re.escape(key)}\b""")
        return next((line for line in range(first, end) if wanted.match(self.lines[line - 1])), first)

    def value(self, name: str, number: int, key: str, text: str) -> int:
        """Line at or below a key of a table on which a text stands, not as a part of a word."""
        first, end = self.key(name, number, key), self._span(name, number)[1]
        wanted = re.compile(rf"(?<!\w){re.escape(text)}(?!\w)")
        return next((line for line in range(first, end) if text and wanted.search(self.lines[line - 1])), first)

    def top(self, key: str) -> int:
        """Line of a key or table at the top of the file."""
        wanted = re.compile(rf"""\s*(?:\[\[?\s*)?["']?{re.escape(key)}\b""")
        return next((number for number, line in enumerate(self.lines, 1) if wanted.match(line)), 1)

    def _span(self, name: str, number: int) -> tuple[int, int]:
        """First line of a table and the line behind its last."""
        end = len(self.lines) + 1
        starts = [(line, place) for place, (line, header) in enumerate(self._headers) if header == name]
        if number >= len(starts):  # written inline: name = [{ ... }]
            return self.top(name), end
        line, place = starts[number]
        below = (other for other, header in self._headers[place + 1 :] if not header.startswith(name + "."))
        return line, next(below, end)
