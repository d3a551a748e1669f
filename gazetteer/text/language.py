"""A language is data: a folder under ``data/languages`` with one TOML file for each stage that reads the language.

``sentences.toml`` (segmentation and detection), ``mentions.toml`` (words in and before names), ``around.toml`` (words beside a name), ``timexes.toml``,
``cues.toml`` with the folder ``families`` (what tells of phases and of reporting), ``clauses.toml``, ``routes.toml``; ``glosses.tsv``: English words for its
own. Adding a language adds a folder, and no code. What it may have beside the folder: rows of ``data/demonyms.csv`` and ``data/abbreviations.csv`` with its
code, its ordinary words in ``data/lexicons/words.CODE.txt``. The models know it once they have learned from readings in it (``gazetteer/training``).

In the code is only what texts of all languages share: figures ("10:35pm", "1990s"), the possessive ("'s"), and the English that the encoder reads.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from typing import Any

from gazetteer.text.names import key

ENGLISH = "en"
_ROOT = files("gazetteer") / "data" / "languages"
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 20_000
"""Characters that are enough to tell a language."""
_ENOUGH = 40
"""Words that are needed to tell a language that is not read."""
_SHARE, _TIMES, _DIFFERENT = 0.12, 1.5, 5
"""How large a share of the words its small words must be, how many times those of the language that the text would be read as, and how many different ones:
a table that repeats "São Paulo" has one."""


class Language:
    """One language's tables, each read when a stage first asks for it."""

    def __init__(self, code: str) -> None:
        self.code = code
        self._tables: dict[str, dict[str, Any]] = {}
        self._glosses: dict[str, str] | None = None

    def table(self, name: str) -> dict[str, Any]:
        """Give the table ``name`` (a file's stem) as TOML gives it."""
        if name not in self._tables:
            self._tables[name] = tomllib.loads((_ROOT / self.code / f"{name}.toml").read_text("utf-8"))
        return self._tables[name]

    def words(self, table: str, *names: str) -> frozenset[str]:
        """Give the words of some lists of a table together, as keys."""
        lists = self.table(table)
        return frozenset(key(word) for name in names for word in lists[name])

    def glosses(self) -> dict[str, str]:
        """Give one English gloss for each word form and some phrases of the language (lower case), ``-`` for what English does without; empty without any."""
        if self._glosses is None:
            path = _ROOT / self.code / "glosses.tsv"
            lines = path.read_text("utf-8").splitlines() if path.is_file() else []
            self._glosses = dict(line.split("\t", 1) for line in lines)
        return self._glosses


@lru_cache
def codes() -> tuple[str, ...]:
    """ISO 639-1 codes of the languages that there is data for; English, the default, first."""
    found = sorted(entry.name for entry in _ROOT.iterdir() if entry.is_dir() and not entry.name.startswith((".", "_")))
    return tuple(sorted(found, key=lambda code: code != "en"))


@lru_cache
def language(code: str) -> Language | None:
    """Give the language of an ISO 639-1 code, or None where there is no data for it."""
    return Language(code) if code in codes() else None


def language_of(code: str) -> Language:
    """Give the language of a code that there is data for. Raises KeyError where there is none."""
    found = language(code)
    if found is None:
        raise KeyError(code)
    return found


def languages() -> tuple[Language, ...]:
    """All languages that there is data for; English first."""
    return tuple(map(language_of, codes()))


@lru_cache
def _frequent(code: str) -> frozenset[str]:
    return frozenset(language_of(code).table("sentences")["frequent"])


@lru_cache
def _unread() -> dict[str, frozenset[str]]:
    """Give the frequent small words of languages that are not read, by their English names."""
    found = tomllib.loads((files("gazetteer") / "data" / "unread_languages.toml").read_text("utf-8"))
    return {name: frozenset(words) for name, words in found.items()}


def detect(text: str) -> str:
    """Detect the language: the code of the one whose frequent small words make up most of the text; English where none does."""
    words = _words(text)
    counts = {code: _count(words, _frequent(code)) for code in codes()}
    return max(counts, key=counts.__getitem__)  # the first of equals: English


def unread(text: str, code: str) -> str | None:
    """Name the language in which a text is, if it is one that is not read and not that of ``code``; None where it is too short to tell."""
    words = _words(text)
    counts = {name: _count(words, small) for name, small in _unread().items()}
    likeliest = max(counts, key=counts.__getitem__)
    least = max(_SHARE * words.total(), _TIMES * _count(words, _frequent(code)))
    is_told = words.total() >= _ENOUGH and counts[likeliest] > least and len(_unread()[likeliest] & words.keys()) >= _DIFFERENT
    return likeliest if is_told else None


@lru_cache(maxsize=1)
def _words(text: str) -> Counter[str]:
    """Count the words at the beginning of a text; kept, for both questions are asked of the same text."""
    return Counter(_WORD.findall(text[:_SAMPLE].lower()))


def _count(words: Counter[str], small: Iterable[str]) -> int:
    """Tell how many of a text's words are small words of a language."""
    return sum(words[word] for word in small if word in words)
