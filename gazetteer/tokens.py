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

_APOSTROPHES = ("'", "’", "ʼ")


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
            texts.append(token)
            starts.append(start)
            ends.append(end)
        self.texts, self.starts, self.ends = texts, starts, ends
        self.capital = [token[0].isupper() or (token[1:2] in _APOSTROPHES and token[2:3].isupper()) for token in texts]  # "Côte d'Ivoire"
        self.keys = [key(token) for token in texts]

    def __len__(self) -> int:
        return len(self.texts)
