"""Words of a text with their offsets."""

from __future__ import annotations

import re

from gazetteer.names import key

_TOKEN = re.compile(
    r"(?:[A-Z][a-z]{0,3}\.){2,}"  # U.S., N.C., W.Va., D.C.
    r"|[^\W\d_]+(?:['’ʼ](?![sS](?![^\W\d_]))[^\W\d_]+)*"  # words, with inner apostrophes but without a possessive
    r"|['’][sS](?![^\W\d_])"
    r"|\d+(?:[.,:]\d+)*"
    r"|\n+"
    r"|[^\w\s]|_"
)

POSSESSIVE = frozenset({"'s", "’s", "'S", "’S"})
"""A possessive, a token of its own."""
POSSESSED = "s"
"""Its key."""
_LINE_END = re.compile(r"[^\S\n]*(?:\n|\Z)")
_ELIDED = re.compile(r"[^\W\d_]{1,5}['’ʼ][^\W\d_]")


def _is_elided(token: str) -> bool:
    """Whether an article or a preposition is drawn together with a capital: "Côte d'Ivoire", "dell'Emilia"."""
    found = _ELIDED.match(token)
    return found is not None and token[found.end() - 1].isupper()


def _bar(text: str, end: int) -> str:
    """Read a bar between the cells of a table as the comma between the names of a list, the last one of a row as its stop."""
    return "." if _LINE_END.match(text, end) else ","


class Tokens:
    """The tokens of a text in parallel lists: a document has thousands, too many for an object each."""

    __slots__ = ("capital", "ends", "keys", "starts", "texts")

    def __init__(self, text: str) -> None:
        texts: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for match in _TOKEN.finditer(text):
            token = match.group()
            start, end = match.span()
            texts.append(_bar(text, end) if token == "|" else token)
            starts.append(start)
            ends.append(end)
        self.texts, self.starts, self.ends = texts, starts, ends
        self.capital = [token[0].isupper() or _is_elided(token) for token in texts]
        self.keys = [key(token) for token in texts]

    def __len__(self) -> int:
        return len(self.texts)
