"""The tokens of a text for its time expressions, each with one character that stands for the classes it belongs to."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping
from functools import lru_cache
from itertools import accumulate

_TOKEN = re.compile(r"[^\S\n]*\n?[^\S\n]*(?:[^\W\d_]+|\d+(?:[.,:/]\d+)*[^\W\d_]*|#+[^\S\n]|.)", re.DOTALL)
"""A token takes the white space before it with at most one line break, so that a blank line is a token of its own and nothing reaches over it. The sign of
a heading takes the white space behind it too, and so is another than that of a number."""
_ORDINAL = re.compile(r"(\d{1,2})(\D+)", re.ASCII)
_PATTERNS = (
    ("CLOCK", re.compile(r"(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?:h|hs|hrs|am|pm)?|(?:0?[1-9]|1[0-2])(?:am|pm)", re.ASCII | re.IGNORECASE)),
    ("SLASHED", re.compile(r"\d{1,2}/\d{1,2}/(?:\d{2}|\d{4})|\d{1,2}\.\d{1,2}\.\d{4}|\d{4}([/.])\d{1,2}\1\d{1,2}", re.ASCII)),
    ("DECADE", re.compile(r"\d{3}0s", re.ASCII)),
    ("TENS", re.compile(r"\d0s", re.ASCII)),
    ("YEARS", re.compile(r"(?:1[0-9]|20)\d\d/(?:\d{2}|\d{4})", re.ASCII)),
    ("FRACTION", re.compile(r"[1-9]/[2-9]", re.ASCII)),
    ("FIGURE", re.compile(r"\d{1,3}[.,]\d{1,2}", re.ASCII)),
)
_PLAIN = str.maketrans("–—‐‑−’‘`´", "-----''''")
MARK = frozenset({"MARK"})
FIGURES = (
    "5", "45", "07", "99", "0", "00", "30", "2019", "1066", "3.5", "5,000", "1990s", "90s", "10:35", "10:35pm", "9pm", "1/2", "09/20/2023",
    "2019/20", "100000", "1000000",
)  # fmt: skip
"""One token for each set of classes that :func:`figure_classes` gives, save for ordinals."""


class Tokens:
    """A text's tokens; token 0 is an empty one that stands for the beginning of the text."""

    __slots__ = ("codes", "ends", "raw")

    def __init__(self, text: str, codes: Mapping[str, str]) -> None:
        self.raw: list[str] = ["", *_TOKEN.findall(text)]
        self.codes = "".join(map(codes.__getitem__, self.raw))
        self.ends = list(accumulate(map(len, self.raw)))

    def word(self, index: int) -> str:
        """A token in lower case, its dashes and apostrophes plain; ``""`` behind the text."""
        return plain(self.raw[index]) if index < len(self.raw) else ""

    def words(self, first: int, last: int) -> list[str]:
        """Tokens ``first`` to ``last`` (exclusive)."""
        return [plain(raw) for raw in self.raw[first:last]]

    def phrase(self, first: int, last: int) -> str:
        """The same with one blank between them."""
        return " ".join([plain(raw) for raw in self.raw[first:last]])

    def start(self, index: int) -> int:
        """Offset of a token's first character that is no white space."""
        raw = self.raw[index]
        return self.ends[index] - (len(raw.lstrip()) or 1)


@lru_cache(maxsize=1 << 15)
def plain(raw: str) -> str:
    """A token in lower case without the white space before it, its dashes and apostrophes plain."""
    word = raw.strip().lower()
    return word if word.isascii() and word != "`" else word.translate(_PLAIN)


def last_match(pattern: re.Pattern[str], text: str, low: int, high: int) -> re.Match[str] | None:
    """The last match of a pattern in a stretch of text."""
    found = deque(pattern.finditer(text, low, high), maxlen=1)
    return found[0] if found else None


def figure_classes(word: str, ordinals: frozenset[str]) -> frozenset[str]:
    """The classes of a token that begins with a digit; ``ordinals``: what stands behind the figures of one ("th")."""
    if word.isdecimal() and word.isascii():
        return _number_classes(word)
    for name, pattern in _PATTERNS:
        if pattern.fullmatch(word):
            return frozenset({name})
    ordinal = _ORDINAL.fullmatch(word)
    if ordinal is None or ordinal[2] not in ordinals:
        return MARK
    return frozenset({"DAY", "NTH"} if 1 <= int(ordinal[1]) <= 31 else {"NTH"})


def _number_classes(word: str) -> frozenset[str]:
    size = len(word)
    if size > 6:
        return MARK
    number = int(word)
    found = {"FIGURE"}
    if size == 4 and 1000 <= number <= 2199:
        found |= {"YEAR", "MODERN"} if number >= 1800 else {"YEAR"}
    if size == 2:
        found.add("YY")
    if size <= 2 and number <= 24:
        found.add("HOUR")
    if size <= 2 and 1 <= number <= 31:
        found.add("DAY")
    return frozenset(found)
