"""Whom a study cites in brackets: "(Paoli, 2003)", "(Hill and Lima 2014: 38-41; see also Paris et al. 2016)". Nobody there is a place, no year dates anything.

"(Madrid, 2004)" may also tell where and when something was, so such brackets are citations only in a text that has some which are so beyond doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from gazetteer.text.language import languages

_SMALL = r"(?:(?:da|de|del|della|den|der|di|dos|el|la|van|von)[ ]){0,3}"
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w’'-]{1,30}"
_YEARS = r"(?:1[89]|20)\d\d[a-z]?(?:,[ ](?:1[89]|20)\d\d[a-z]?){0,4}"
_STUDY = 2
"""Brackets that are citations beyond doubt, from which on all are that may be."""


class _Patterns(NamedTuple):
    cited: str
    clear: re.Pattern[str]
    """What no other bracket has: "et al.", pages, a letter behind the year."""


def pattern() -> str:
    """A regular expression of a bracket that may be a citation."""
    return _patterns().cited


def cites(text: str) -> bool:
    """Whether a text is one that cites in brackets, so that all are citations that may be."""
    clear = _patterns().clear
    return sum(clear.search(found.group()) is not None for found in re.finditer(pattern(), text)) >= _STUDY


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    tables = languages()
    words = [found.table("sentences")["citing"] for found in tables]
    before, joined, pages = (_any_of(chain.from_iterable(table[name] for table in words)) for name in ("before", "and", "pages"))
    times = (found.table("timexes")["words"] for found in tables)
    dates = _any_of(word.capitalize() for table in times for name in ("MONTH", "NAMEMONTH", "MON", "SHAKY", "SEASON") for word in table.get(name, ()))
    name = rf"{_SMALL}(?!(?:{dates})\b){_CAPITAL}(?:[ ]{_SMALL}{_CAPITAL}){{0,3}}"
    names = rf"{name}(?:(?:,?[ ](?:{joined})|,)[ ]{name}){{0,4}}(?:,?[ ]et[ ]al\.)?"
    numbers = rf"(?:[ ]?:[ ]?|,[ ](?:{pages})[ ]?)\d{{1,4}}(?:[ ]?[-–][ ]?\d{{1,4}})?"
    one = rf"(?:(?:{before})[ ]){{0,2}}{names},?[ ]{_YEARS}(?:{numbers})?"
    return _Patterns(rf"\({one}(?:;[ ](?:{one}|{_YEARS}(?:{numbers})?)){{0,9}}\)", re.compile(rf"[ ]et[ ]al\.|\d\d{numbers}|\d\d[a-z]\b"))


def _any_of(words: Iterable[str]) -> str:
    """A regular expression of some words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))
