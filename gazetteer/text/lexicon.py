"""Word lists that tell names of places from other names, as sets of keys, each read once in a process."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from functools import lru_cache
from importlib.resources import files

from gazetteer.records import Level, Sense
from gazetteer.text.language import language_of, languages
from gazetteer.text.names import INSIDE, key

_DATA = files("gazetteer") / "data"


def _rows(name: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(io.StringIO((_DATA / name).read_text("utf-8"), newline=""))


@lru_cache
def word_list(name: str) -> frozenset[str]:
    """Give a list under ``data/lexicons``: ``given_names``, ``surnames``, ``exonyms``, ``words.en``, ``words.es``."""
    path = _DATA / "lexicons" / f"{name}.txt"
    return frozenset(path.read_text("utf-8").split("\n")) - {""} if path.is_file() else frozenset()


@lru_cache
def people() -> tuple[frozenset[str], frozenset[str]]:
    """Given names and surnames, as keys."""
    return word_list("given_names") | word_list("given_names_extra"), word_list("surnames") | word_list("surnames_extra")


@lru_cache
def abbreviations(code: str) -> dict[str, tuple[tuple[str, bool], ...]]:
    """Units as a language abbreviates them ("Ky.", "NSW") to (place id, whether it may stand without a name and a comma before it)."""
    found: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for row in _rows("abbreviations.csv"):
        if row["language"] == code:
            found[row["surface"]].append((row["place_id"], row["where"] == "free"))
    return {surface: tuple(places) for surface, places in found.items()}


@dataclass(frozen=True, slots=True)
class Demonym:
    """The place that an adjective or a noun of people is derived from."""

    name: str
    country: str
    level: Level
    capital: bool
    """Whether the language writes it with a capital."""
    also: tuple[Sense, ...] = ()


def _senses(text: str) -> tuple[Sense, ...]:
    """Read ``name|country|level`` with ``;`` between them."""
    found = [part.split("|") for part in text.split(";") if part]
    return tuple(Sense(name, country, level) for name, country, level in found)  # type: ignore[arg-type]


@lru_cache
def demonyms(code: str) -> dict[tuple[str, ...], Demonym]:
    """Give a language's demonyms by their keys, one for each word."""
    found: dict[tuple[str, ...], Demonym] = {}
    for row in _rows("demonyms.csv"):
        if row["language"] == code:
            level: Level = row["level"]  # type: ignore[assignment]
            found.setdefault(tuple(key(row["surface"]).split()), Demonym(row["name"], row["country"], level, row["surface"][0].isupper(), _senses(row["also"])))
    return found


@dataclass(frozen=True, slots=True)
class Feature:
    """A generic word of places."""

    levels: tuple[Level, ...]
    """What it says, the likeliest first."""
    whole: bool
    """Whether with a capital it belongs to the name ("Laurel County")."""

    @property
    def level(self) -> Level:
        """The likeliest of its levels."""
        return self.levels[0]


@dataclass(frozen=True, slots=True)
class WordClasses:
    """A language's words that stand beside names."""

    titles: frozenset[str]
    before_place: frozenset[str]
    organisation: frozenset[str]
    bodies: frozenset[str]
    """Those of them with which a name begins that ends with "of" and a place, whatever stands between: "Supreme Court of Florida"."""
    streets: frozenset[str]
    """What stands right before the name of a street: "calle"."""
    called: frozenset[str]
    """What stands right before the name of a newspaper, a ship, a firm: "the newspaper", "the freighter"."""
    apposed: frozenset[str]
    """What a name's own sentence may say that it is, behind a comma: "a Chilean think tank"."""
    bands: frozenset[str]
    """What stands right behind a name that is its own: "the Jalisco cartel"."""
    brands: frozenset[str]
    """Names of firms and their wares that are names of towns too: "Toyota"."""
    parting: frozenset[str]
    """With a capital, as headlines have it, these stand between two names and not in one: "New Jersey With"."""
    apart: frozenset[str]
    """Behind these a country's name begins no body's name."""
    title_articles: frozenset[str]
    """What a newspaper's name begins with, before a word for a body or for a country: "El País"."""
    owners: frozenset[str]
    """What makes the word behind it somebody's: "its"."""
    features: dict[str, Feature]
    plurals: frozenset[str]
    """Those of the generic words that are in the plural."""
    common: frozenset[str]
    _letters: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    def letters(self, word: str) -> str:
        """Tell what a word is: T title, P before a place, O of organisations, F generic word of places, g given name, n surname, w ordinary word."""
        found = self._letters.get(word)
        if found is None:
            given, surnames = people()
            lists = (
                ("T", self.titles),
                ("P", self.before_place),
                ("O", self.organisation),
                ("F", self.features),
                ("g", given),
                ("n", surnames),
                ("w", self.common),
            )
            found = self._letters[word] = "".join([letter for letter, words in lists if word in words])
        return found


@lru_cache
def word_classes(code: str) -> WordClasses:
    """Give the word classes of a language."""
    found = language_of(code)
    table = found.table("mentions")
    features: dict[str, Feature] = {}
    for row in table["feature"]:
        for word in row["words"]:
            levels = (row["level"], row["also"]) if "also" in row else (row["level"],)
            features.setdefault(word, Feature(levels, word in row.get("whole", ())))
    plurals = frozenset(word for word in features if re.search(rf"(?:{table['plural']})$", word))
    return WordClasses(
        titles=frozenset(table["titles"]),
        before_place=frozenset(table["before_place"]),
        organisation=frozenset(table["organisation"]),
        bodies=frozenset(table["bodies"]),
        streets=frozenset(table["streets"]),
        called=frozenset(table["called"]),
        apposed=frozenset(table["apposed"]),
        bands=frozenset(table["bands"]),
        brands=frozenset(table["brands"]),
        parting=frozenset(table["parting"]),
        apart=frozenset(table["apart"]),
        title_articles=frozenset(table["small"]["own_articles"]),
        owners=frozenset(table["owners"]),
        features=features,
        plurals=plurals,
        common=word_list(f"words.{code}"),
    )


@dataclass(frozen=True, slots=True)
class SmallWords:
    """The small words inside names, between two and before one, of all languages: a name keeps those of its own in a text of another."""

    inside: frozenset[str]
    joining: frozenset[str]
    of: frozenset[str]
    within: frozenset[str]
    at: frozenset[str]
    belonging: frozenset[str]
    articles: frozenset[str]
    region_articles: frozenset[str]
    own_articles: frozenset[str]
    saints: frozenset[str]
    """With which names begin that go on with "of" and a town: "Santa Rosa de Lima"."""
    indefinite: frozenset[str]
    particles: frozenset[str]
    """Between a given name and a surname: "Gilberto dos Santos"."""
    parts: frozenset[str]
    """Of a town, between the name of one and "of" with the town: "the Culmore section of Falls Church"."""


@lru_cache(maxsize=1)
def small_words() -> SmallWords:
    """Give the small words of names."""
    tables = [found.table("mentions")["small"] for found in languages()]
    lists = {item.name: frozenset(word for table in tables for word in table[item.name]) for item in fields(SmallWords)}
    return SmallWords(**{**lists, "inside": lists["inside"] | INSIDE})
