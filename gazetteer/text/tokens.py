"""Words of a text with their offsets."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache

from gazetteer.text.names import key

_TOKEN = re.compile(
    r"(?:[A-Z][a-z]{0,3}\.){2,}"  # U.S., N.C., W.Va., D.C.
    r"|[^\W\d_]+(?:['’ʼ](?![sS](?![^\W\d_]))[^\W\d_]+)*"  # words, with inner apostrophes but without a possessive
    r"|['’][sS](?![^\W\d_])"
    r"|\d+(?:[.,:]\d+)*"
    r"|\n+"
    r"|[^\w\s]|_"
)

Phrases = dict[str, list[tuple[str, ...]]]
"""Phrases in keys, by the word of theirs that stands beside what they say something of."""
POSSESSIVE = frozenset({"'s", "’s", "'S", "’S"})
"""A possessive, a token of its own."""
POSSESSED = "s"
"""Its key."""
_LINE_END = re.compile(r"[^\S\n]*(?:\n|\Z)")
_INNER_HYPHEN = re.compile(r"(?<=[a-z])[-‐‑](?=[^\W\d_])")
_ARTICLES = frozenset({"ad", "al", "an", "ar", "as", "ash", "at", "az", "ech", "ed", "el", "en", "es", "esh", "ez", "ul"})
_ELIDED = re.compile(r"[^\W\d_]{1,5}['’ʼ][^\W\d_]")


@lru_cache(maxsize=65536)
def _has_capital(token: str) -> bool:
    """Whether a token begins with a capital, also behind an article or a preposition that is drawn together with it: "Côte d'Ivoire", "dell'Emilia"."""
    elided = None if token[0].isupper() else _ELIDED.match(token)
    return token[0].isupper() or (elided is not None and token[elided.end() - 1].isupper())


def _bar(text: str, end: int) -> str:
    """Read a bar between the cells of a table as the comma between the names of a list, the last one of a row as its stop."""
    return "." if _LINE_END.match(text, end) else ","


def phrases(texts: Iterable[str], place: int) -> Phrases:
    """Give phrases by their last word (``place`` -1), which stands before a name, or by their first (0), which stands behind one."""
    out: Phrases = {}
    for words in (tuple(key(text).split()) for text in texts):
        out.setdefault(words[place], []).append(words)
    return out


class Tokens:
    """The tokens of a text in parallel lists: a document has thousands, too many for an object each.

    ``articles``: the Arabic articles that stand at a hyphen before their nouns: "al-Bab", "Deir ez-Zor".
    """

    __slots__ = ("articles", "capital", "ends", "keys", "starts", "texts")

    def __init__(self, text: str) -> None:
        spans = [match.span() for match in _TOKEN.finditer(text)]
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]
        self.texts = [text[start:end] for start, end in spans]
        if "|" in text:
            self.texts = [_bar(text, end) if token == "|" else token for token, end in zip(self.texts, self.ends, strict=True)]
        self.articles = frozenset(self._articles(text))
        for number in self.articles:
            self.texts[number] = self.texts[number].capitalize()  # "al-Bab" is read as "Al-Bab", as other texts have it
        self.capital = list(map(_has_capital, self.texts))
        self.keys = list(map(key, self.texts))

    def stand_before(self, known: Phrases, position: int) -> bool:
        """Whether one of some phrases (by their last words) ends right before a token."""
        found = known.get(self.keys[position - 1]) if position else None
        return found is not None and any(position >= len(words) and tuple(self.keys[position - len(words) : position]) == words for words in found)

    def stand_behind(self, known: Phrases, position: int) -> bool:
        """Whether one of some phrases (by their first words) begins at a token."""
        found = known.get(self.keys[position]) if position < len(self) else None
        return found is not None and any(tuple(self.keys[position : position + len(words)]) == words for words in found)

    def _articles(self, text: str) -> Iterator[int]:
        for hyphen in _INNER_HYPHEN.finditer(text):
            before = bisect_left(self.starts, hyphen.start()) - 1
            if self.texts[before].lower() in _ARTICLES and text[hyphen.end()].isupper():
                yield before

    def __len__(self) -> int:
        return len(self.texts)
