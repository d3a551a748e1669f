"""Place names as keys: one form for all spellings that a reader takes for the same name."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import lru_cache
from importlib.resources import files

_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ß": "ss"} | dict.fromkeys("ʻʼ'’‘`´")
)  # fmt: skip
_GAP = re.compile(r"[\s.,_/()\[\]\"“”·‐-―-]+")
_WORDS = tomllib.loads((files("gazetteer") / "data" / "names.toml").read_text("utf-8"))
SHORT: dict[str, str] = _WORDS["short"]
"""What names shorten ("st"), to the whole words."""
INSIDE: frozenset[str] = frozenset(_WORDS["inside"])
"""Small words that may stand inside a name, of languages that there is no folder for."""
ARTICLES: tuple[str, ...] = tuple(_WORDS["articles"])
GENERIC: tuple[str, ...] = tuple(_WORDS["generic"])
"""Without one of these before it or behind it a name counts too; with the blank or hyphen that parts them."""
PARK_WORDS: frozenset[str] = frozenset(_WORDS["parks"])
"""A park is called so without one of these at its end."""
NATURES: tuple[str, ...] = tuple(_WORDS["natures"])
"""What stands behind the bare name of a water, an island, a range."""
UNIT_WORDS: frozenset[str] = frozenset(_WORDS["units"])
"""A unit that has one of these in its name has no town that is called so."""


@lru_cache(maxsize=65536)
def key(name: str) -> str:
    """Write a name without case, accents, apostrophes and punctuation; "St. Denis" and "Saint-Denis" alike give ``saint denis``."""
    plain = name.casefold().translate(_LETTERS)
    if not plain.isascii():
        plain = "".join(char for char in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(char))
    words = _GAP.sub(" ", plain).split()
    return " ".join([SHORT.get(word, word) for word in words])
