"""Names of the gazetteer in a text: the longest one that begins at each capitalised word."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from gazetteer.index import ALTERNATE, CANONICAL, RELAXED, SHORT, Index
from gazetteer.records import Level
from gazetteer.text.lexicon import abbreviations, small_words, word_classes
from gazetteer.text.names import SHORT as SHORTENED
from gazetteer.text.tokens import POSSESSIVE, Tokens

_MAX_WORDS = 7
JOINERS = frozenset({"-", "‐", "‑", "–"})
AREAS = frozenset("CSYR")
"""Letters of countries, units and regions in :meth:`Matcher.kind`."""
_TOWN = 10_000
"""People of a town that is known without "City", that is one in a list of places, and that holds what lies in it."""


@dataclass(frozen=True, slots=True)
class Match:
    """A name of the gazetteer at tokens ``start`` to ``end``; ``code`` marks an abbreviation by its place's id."""

    start: int
    end: int
    key: str
    code: str = ""
    free: bool = True
    """Whether it may stand alone; an abbreviation such as "La." counts only behind a name and a comma."""


class Matcher:
    """Finds the gazetteer's names in tokens."""

    def __init__(self, index: Index, code: str) -> None:
        """``code``: the language that abbreviates units ("La.")."""
        self.index = index
        self.abbreviations = abbreviations(code)
        self.inside = small_words().inside
        classes = word_classes(code)
        self.lands = frozenset(word for word in classes.plurals if classes.features[word].level in ("country", "admin1"))
        self._classes: dict[str, str] = {}

    def at(self, tokens: Tokens, start: int) -> Match | None:
        """Give the longest name that begins at a token and ends with a capitalised one."""
        texts, keys, starts, ends = tokens.texts, tokens.keys, tokens.starts, tokens.ends
        current = keys[start]
        if not current:
            return None
        best = Match(start, start + 1, current) if self._counts(current, texts[start]) else None
        position, words = start + 1, 1
        size = len(texts)
        while words < _MAX_WORDS and position < size:
            token = texts[position]
            if token in POSSESSIVE:  # "King's Lynn", "St. John's" where there is no Saint John
                whole = current + "s"
                if best is None and self._counts(whole, ""):
                    best = Match(start, position + 1, whole)
                current, position = whole, position + 1
                continue
            if not self.index.begins_longer(current):
                break
            if token in JOINERS or (token == "." and texts[position - 1].lower() in SHORTENED) or token == "\n":
                position += 1
                continue
            word = keys[position]
            glued = texts[position - 1] in JOINERS and ends[position - 2] == starts[position - 1] and ends[position - 1] == starts[position]
            stands = tokens.capital[position] or token[0].isdigit() or glued
            lands = word in self.lands and token.islower()
            if not word or not (stands or lands or word in self.inside):
                break
            current = f"{current} {word}"
            position += 1
            words += 1
            if lands and self.is_called(current, "region"):
                return Match(start, position, current)  # "Baltic states"
            if lands:
                break
            if stands and self._counts(current, ""):  # "Opa-locka" ends in lower case
                best = Match(start, position, current)
        return best or self.abbreviation(tokens, start)

    def _counts(self, name: str, surface: str) -> bool:
        entries = self.index.lookup(name)
        if not entries:
            return False
        return surface.isupper() or not surface or len(name) > 4 or any(how != SHORT for _, how in entries)

    def abbreviation(self, tokens: Tokens, start: int) -> Match | None:
        """Give an abbreviated unit: "Ky.", "N. C.", "W.Va."; with its full stop where that stands right behind it."""
        texts, ends = tokens.texts, tokens.ends
        surface = texts[start]
        dotted = start + 1 < len(texts) and texts[start + 1] == "." and tokens.starts[start + 1] == ends[start]
        forms = [(surface, start + 1)]
        if dotted:
            forms.insert(0, (surface + ".", start + 2))
            if start + 3 < len(texts) and texts[start + 3] == ".":
                forms.insert(0, (f"{surface}. {texts[start + 2]}.", start + 4))
        for form, end in forms:
            for place, free in self.abbreviations.get(form, ()):
                return Match(start, end, "", place, free)
        return None

    def is_name(self, tokens: Tokens, start: int, end: int) -> bool:
        """Whether some place is called by exactly these words."""
        return bool(self.index.lookup(" ".join(filter(None, tokens.keys[start:end]))))

    def people(self, name: str) -> int:
        """The people of the largest town that has a name (a key), 0 where none has."""
        found = (self.index.facts(number) for number, how in self.index.lookup(name) if how != RELAXED)
        return max((facts.population for facts in found if facts.level == "locality"), default=0)

    def is_called(self, name: str, level: Level) -> bool:
        """Whether a place of a level has a name (a key)."""
        return any(self.index.facts(number).level == level for number, _ in self.index.lookup(name))

    def is_large(self, match: Match) -> bool:
        """Whether a unit or a town of some size bears a name."""
        return not AREAS.isdisjoint(self.kind(match)) or self.people(match.key) >= _TOWN

    def all(self, tokens: Tokens) -> list[Match | None]:
        """For each token the match that begins there, where it is capitalised."""
        return [self.at(tokens, number) if capital else None for number, capital in enumerate(tokens.capital)]

    def kind(self, match: Match) -> str:
        """Tell what bears the name, in a few letters for the tagger.

        C country, S first-level unit, Y second-level, R region, F facility, and a town's population class.
        """
        if match.code:
            return "S" if match.free else "s"
        found = self._classes.get(match.key)
        if found is None:
            found = self._classes[match.key] = self._kind(match.key)
        return found

    def _kind(self, name: str) -> str:
        letters = {"country": "C", "admin1": "S", "admin2": "Y", "region": "R", "facility": "F"}
        areas: set[str] = set()
        largest = {CANONICAL: -1, ALTERNATE: -1, SHORT: -1, RELAXED: -1}
        for number, how in self.index.lookup(name):
            facts = self.index.facts(number)
            if facts.level == "locality":
                largest[how] = max(largest[how], facts.population)
            elif how != RELAXED:
                areas.add(letters[facts.level])
        town = ""
        if largest[CANONICAL] >= 0:
            town = f"p{_magnitude(largest[CANONICAL])}"
        elif max(largest.values()) >= 0:
            town = f"a{_magnitude(max(largest.values()))}"
        return ("".join(sorted(areas)) + town) or "q"


@lru_cache(maxsize=4096)
def _magnitude(population: int) -> int:
    return int(math.log10(population)) if population else 0
