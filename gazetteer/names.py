"""Place names as keys: one form for all spellings that a reader takes for the same name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ß": "ss"} | dict.fromkeys("ʻʼ'’‘`´")
)  # fmt: skip
_GAP = re.compile(r"[\s.,_/()\[\]\"“”·‐-―-]+")
_FULL = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount", "mts": "mountains", "sta": "santa", "sto": "santo"}


@lru_cache(maxsize=65536)
def key(name: str) -> str:
    """Write a name without case, accents, apostrophes and punctuation; "St. Denis" and "Saint-Denis" alike give ``saint denis``."""
    plain = name.casefold().translate(_LETTERS)
    if not plain.isascii():
        plain = "".join(char for char in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(char))
    words = _GAP.sub(" ", plain).split()
    return " ".join([_FULL.get(word, word) for word in words])
