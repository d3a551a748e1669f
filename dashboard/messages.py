"""Every word of the interface, and what it calls countries, world regions and towns, from one catalogue.

A message is a template with `{name}` in it, or a pair of them, for one and for many. Values are put in once and never read as templates, so a text from a
document cannot bring fields of its own.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

LANGUAGES = {"en": "English", "es": "Español"}
Unit = Literal["day", "month", "year"]

_FIELD = re.compile(r"\{(\w+)\}")
_REASONS = ("reason.unknown", "reason.unsupported", "reason.elsewhere")
_IN_COUNTRY = re.compile(r"\(([A-Z]{2})\)$")
_I_SOUND = re.compile(r"h?[iíIÍ](?![aeoáéó])", re.IGNORECASE)  # Spanish "y" becomes "e" before it


class Words:
    """The catalogue in one language."""

    def __init__(self, language: str, entries: dict[str, Any]) -> None:
        self.language = language
        self.entries = entries

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the message of a key, with `values` put in; a number `n` chooses between a message's two forms.

        Raises KeyError where the catalogue has no such key.
        """
        entry = self.entries[key]
        template = entry if isinstance(entry, str) else entry[0 if values.get("n") == 1 else 1]
        return _FIELD.sub(lambda match: self._shown(values[match.group(1)]), template)

    def get(self, key: str, default: str) -> str:
        """Return the message of a key without fields, `default` where the catalogue has none."""
        entry = self.entries.get(key, default)
        return entry if isinstance(entry, str) else default

    def phase(self, identifier: str, label: str) -> str:
        """Return a phase's label: translated where the codebook uses the catalogue's own English one, else as the codebook has it."""
        return self.get(f"phase.{identifier}", label) if self.is_own(identifier, label) else label

    def inside(self, identifier: str, label: str) -> str:
        """Return a phase's label as a part of a sentence: the catalogue's own as a common noun, any other in quotation marks, whatever kind of word it is."""
        shown = self.phase(identifier, label)
        return shown[:1].lower() + shown[1:] if self.is_own(identifier, label) else self("finding.label", label=shown)

    def is_own(self, identifier: str, label: str) -> bool:
        """Whether a phase is one of the catalogue's own, by its English label."""
        return label == catalogue()["en"].get(f"phase.{identifier}")

    def country(self, code: str, default: str = "") -> str:
        """Return a country's name; `default`, else the code, where the catalogue has none."""
        return self.get(f"country.{code}", default or code)

    def place(self, identifier: str, name: str, level: str, country: str) -> str:
        """Return what a place is called for reading: as in the tables, but a country, a world region or a well-known town in the language of the interface.

        `country` is a code. The same names are made in the browser by `static/atlas/words.js`.
        """
        if level == "locality":
            return self.get(f"town.{identifier.removeprefix('gn:')}", name)
        if self.language == "en" or level not in {"country", "region"}:
            return name
        return self.country(country, name) if level == "country" else self.get(f"region.{identifier.removeprefix('ea:')}", name)

    def reason(self, text: str) -> str:
        """Return why a name has no place: in plain words where it is one of the reasons in the catalogue, with its country by name, else as the tables have it.

        The same is done in the browser by `static/atlas/words.js`.
        """
        for key in _REASONS:
            before, field, after = str(self.entries[f"{key}_written"]).partition("{place}")
            if text.startswith(before) and text.endswith(after) and (field or text == before):
                place = text[len(before) : len(text) - len(after)]
                return self(key, place=_IN_COUNTRY.sub(lambda code: f"({self.country(code[1])})", place))
        return text

    def number(self, value: int) -> str:
        """Return a whole number with its thousands set apart."""
        return f"{value:,}".replace(",", self.entries["number.group"])

    def decimal(self, digits: str) -> str:
        """Return a number, written as digits with a point, with the sign that its language has before decimals."""
        return digits.replace(".", self.entries["number.decimal"])

    def names(self, items: list[str], *, most: int = 3) -> str:
        """Names as a list, those after `most` counted."""
        shown, rest = items[:most], len(items) - most
        if rest > 0:
            return self("list.more", names=", ".join(shown), n=rest)
        if len(shown) < 2:
            return "".join(shown)
        return self("list.and_i" if _I_SOUND.match(shown[-1]) else "list.and", names=", ".join(shown[:-1]), last=shown[-1])

    def when(self, day: date, unit: Unit = "day", *, inner: bool = False) -> str:
        """Return a day, or the month or year that it is in. `inner`: behind a preposition, as "desde el 3 de mayo de 2022"."""
        month = self.entries["date.months"][day.month - 1]
        return self("date.inner_day" if inner and unit == "day" else f"date.{unit}", day=str(day.day), month=month, year=str(day.year))

    def _shown(self, value: object) -> str:
        return self.number(value) if isinstance(value, int) else str(value)


@lru_cache
def catalogue() -> dict[str, dict[str, Any]]:
    """All messages by language, then by key."""
    texts = [(files("dashboard") / f"{name}.toml").read_text("utf-8") for name in ("messages", "names")]
    sections = [section for text in texts for section in tomllib.loads(text).items()]
    flat = {f"{section}.{key}": entry for section, entries in sections for key, entry in entries.items()}
    return {language: {key: entry[language] for key, entry in flat.items()} for language in LANGUAGES}


@lru_cache
def words(language: str) -> Words:
    """Return the catalogue in a language, in English where there is none for it."""
    code = language if language in LANGUAGES else "en"
    return Words(code, catalogue()[code])
