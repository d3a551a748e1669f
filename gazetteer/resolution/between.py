"""What stands between two names and says how they belong together: one lies in the other, or both are in a list."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from gazetteer.records import Level
from gazetteer.text.language import codes, languages
from gazetteer.text.lexicon import small_words, word_classes
from gazetteer.text.names import key

LONGEST = 60
"""Characters that may stand between two names that belong together."""
_QUALIFIED = re.compile(r"\s*(?:,\s*|\()\s*")
_UNIT = re.compile(r"\s*,\s+((?:[^\W\d_]+\s+){1,4})")
_POSSESSIVE = re.compile(r"['’]s\s+")


class _Gaps(NamedTuple):
    """What may stand between two names that belong together."""

    inside: re.Pattern[str]
    """Before the area that holds the first: ", ", " in the "."""
    apposed: re.Pattern[str]
    """The same with a generic word: ", a market town in "."""
    listed: re.Pattern[str]
    """In a list: ", ", " and the "."""
    goes_on: re.Pattern[str]
    """Where a list of what is said with "in" goes on: " and in "."""


@lru_cache(maxsize=1)
def _gaps() -> _Gaps:
    words = small_words()
    the, indefinite = _any_of(words.articles | words.region_articles), _any_of(words.indefinite)
    within, belonging, joining, of = _any_of(words.within), _any_of(words.belonging), _any_of(words.joining), _any_of(words.of)
    return _Gaps(
        re.compile(rf"\s*(?:,\s*(?:{within}\s+)?(?:{the}\s+)?|\(|\s{within}\s(?:{the}\s)?|\s-\s)\s*"),
        re.compile(rf"\s*,\s+(?:{indefinite}|{the})\s+((?:[^\W\d_]+\s+){{1,4}}){belonging}\s+(?:{the}\s)?"),
        re.compile(rf"\s*(?:,|,?\s*{joining}(?:\s+{of}(?=\s))?|/)\s*(?:(?:{the}|{within})\s+)?"),
        re.compile(rf",?\s+{joining}\s+{within}\s"),
    )


def _any_of(words: frozenset[str]) -> str:
    return f"(?:{'|'.join(sorted(words))})"


def is_possessive(gap: str) -> bool:
    """Whether the first name holds the second: "Bogotá's Kennedy"."""
    return _POSSESSIVE.fullmatch(gap) is not None


def is_qualified(gap: str) -> bool:
    """Whether only a comma or a bracket stands there: "Paris, Texas"."""
    return _QUALIFIED.fullmatch(gap) is not None


def says_in(gap: str) -> bool:
    """Whether the word for "in" stands there, with nothing but an article, a direction or what the area is: ", in southern Sudan", "in the state of Texas"."""
    first, *rest = gap.removeprefix(",").lower().split() or [""]
    small, units = small_words(), _generic("admin1", "admin2")
    fillers = small.articles | small.region_articles | small.of | units
    return first in small.within and all(word in fillers or word.startswith(_directions()) for word in rest)


def says_of(gap: str) -> bool:
    """Whether only "of" stands between two names: "el barrio Siloé de Cali"."""
    return key(gap) in small_words().of


def says_part(gap: str) -> bool:
    """Whether a word for a part of a town and "of" stand between two names: "the Culmore section of Falls Church"."""
    part, *of = key(gap).split() or [""]
    return part in small_words().parts and len(of) == 1 and of[0] in small_words().of


def goes_on(text: str, end: int) -> bool:
    """Whether a list of what is said with "in" goes on behind a name: "in Lima, in Colombia and in Peru"."""
    return _gaps().goes_on.match(text, end) is not None


def is_list(gap: str) -> bool:
    """Whether both stand in a list: "Lima, Cuzco and the Callao"."""
    return _gaps().listed.fullmatch(gap) is not None


def says_inside(gap: str) -> bool:
    """Whether the first name lies in the second: "Piura in Peru"."""
    return _gaps().inside.fullmatch(gap) is not None or _says_unit(gap) or _says_town(gap)


def _says_unit(gap: str) -> bool:
    """Whether a comma and words such as "state of" stand between two names: "San Cristóbal, estado Táchira"."""
    found, units, small = _UNIT.fullmatch(gap), _generic("admin1", "admin2", "locality"), small_words().inside
    return bool(found) and any(word in units for word in found[1].split()) and all(word in units or word in small for word in found[1].split())  # type: ignore[index]


def _says_town(gap: str) -> bool:
    """Whether a comma and words such as "a market town in" stand between two names: "Celaya, an industrial city in Guanajuato"."""
    found = _gaps().apposed.fullmatch(gap)
    return bool(found) and any(word in _generic("locality") for word in found[1].split())  # type: ignore[index]


@lru_cache(maxsize=1)
def _directions() -> tuple[str, ...]:
    """Give the beginnings of words for directions in all languages."""
    return tuple(word for found in languages() for word in found.table("clauses")["directions"])


def is_direction(word: str) -> bool:
    """Whether a word is that of a direction and no more: "west"."""
    return word in _directions()


def is_called(word: str, level: Level) -> bool:
    """Whether a word is a generic one of places of a level: "region" of a first-level unit."""
    return word in _generic(level)


@lru_cache
def _generic(*levels: Level) -> frozenset[str]:
    """Give generic words of places of some levels in all languages."""
    return frozenset(word for code in codes() for word, feature in word_classes(code).features.items() if feature.level in levels)
