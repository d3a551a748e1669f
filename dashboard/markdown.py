"""A sentence without its Markdown: what is emphasised, linked or noted as the words alone, and where each of its characters has gone.

It is still text and nothing else: `<b>` in a document stays `<b>`. The tables keep the sentence as it stands.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

_FAR = 2000
"""Characters between the two ends of a mark, at most: without an end, a long text of beginnings would take very long."""
_MARKS = tuple(
    re.compile(pattern, re.DOTALL | re.MULTILINE)
    for pattern in (
        r"^[ ]{0,3}(?:#{1,6}|>|\*)[ \t]+",  # a heading, a quotation, an item; a dash may begin what somebody says
        rf"!?\[(?P<kept>[^\[\]]{{0,{_FAR}}})\]\((?:[^()\s]|\([^()\s]*\)){{0,{_FAR}}}(?:\s+\"[^\"]{{0,{_FAR}}}\")?\)",
        r"^\[\^[^\[\]\s]+\]:\s+|[ ]?\[\^[^\[\]\s]+\]",
        rf"(?<![`\\])(?P<end>`+)(?!`)(?P<kept>.{{1,{_FAR}}}?)(?<!`)(?P=end)(?!`)",
        rf"(?<![\w*\\])(?P<end>\*{{1,3}})(?=[^\s*])(?P<kept>.{{1,{_FAR}}}?)(?<=[^\s*])(?P=end)(?![\w*])",
        rf"(?<![\w*\\])(?P<end>\*{{1,3}})(?=[^\s*])(?P<kept>.{{1,{_FAR}}}?)(?<=[^\s*])(?P=end)(?![\w*])",  # once more, for what stands in another
        rf"(?<![\w\\])(?P<end>_{{1,3}})(?=[^\s_])(?P<kept>.{{1,{_FAR}}}?)(?<=[^\s_])(?P=end)(?!\w)",
        rf"(?<!\\)~~(?=\S)(?P<kept>.{{1,{_FAR}}}?)(?<=\S)~~",
        r"(?<![\w*\\])\*{2,3}(?=\w)|(?<=[\w.,;:!?)”’»\"'])\*{2,3}(?![\w*])",  # whose other end stands in another sentence
        r"\A\*(?=\w)|(?<=[.!?…])\*\Z",
        r"\\(?P<kept>[\\`*_{}\[\]()#+.!~>|-])",
    )
)


@dataclass(frozen=True, slots=True)
class Unmarked:
    """A text without its marks."""

    text: str
    places: Sequence[int]
    """Where each of its characters stands in the text with the marks."""

    def at(self, offset: int) -> int:
        """Return what an offset in the text with the marks is in this one; that of a mark is that of what follows it."""
        return bisect_left(self.places, offset)


def unmarked(text: str) -> Unmarked:
    """Return a text without its marks."""
    found = Unmarked(text, range(len(text)))
    for pattern in _MARKS:
        found = _without(found, pattern)
    return found


def _without(marked: Unmarked, pattern: re.Pattern[str]) -> Unmarked:
    """Return a text in which of each match only what it keeps is left."""
    pieces, at = [], 0
    for match in pattern.finditer(marked.text):
        kept = match.span("kept") if "kept" in pattern.groupindex else (match.end(), match.end())
        pieces += [(at, match.start()), kept]
        at = match.end()
    if not pieces:
        return marked
    pieces.append((at, len(marked.text)))
    return Unmarked("".join(marked.text[start:end] for start, end in pieces), tuple(place for start, end in pieces for place in marked.places[start:end]))
