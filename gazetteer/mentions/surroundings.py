"""What the words beside a name say of it: its sense, its level, whether the text means the place or only its vicinity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from gazetteer.mentions import level_words
from gazetteer.mentions.level_words import LevelWords
from gazetteer.mentions.matching import JOINERS
from gazetteer.records import Document, Kind, Level, Mention
from gazetteer.text.language import Language
from gazetteer.text.lexicon import demonyms, word_classes
from gazetteer.text.tokens import Phrases, Tokens, phrases

_DASHES = frozenset({"-", "–", "—", ":", "("})
_GOVERNED: tuple[Level, ...] = ("admin1", "admin2")
"""Of what has a governor or a regional council."""
_APPOSITION = 5
"""Words behind "X, a" in which the generic word of an apposition stands ("a small fishing village")."""


class _Words(NamedTuple):
    """A language's small words, as sets of keys."""

    of: frozenset[str]
    articles: frozenset[str]
    indefinite: frozenset[str]
    joining: frozenset[str]
    examples: frozenset[str]
    function: frozenset[str]
    modified_places: frozenset[str]
    near: Phrases
    metonymic_verbs: frozenset[str]
    contests: frozenset[str]
    stakes: frozenset[str]
    auxiliaries: frozenset[str]
    seats: frozenset[str]
    governors: frozenset[str]
    governments: frozenset[str]
    of_units: frozenset[str]
    of_states: frozenset[str]
    quarters: frozenset[str]
    bare_quarters: frozenset[str]
    relations: frozenset[str]
    parties: frozenset[str]
    feasts: frozenset[str]
    adjectives: frozenset[str]
    """That stand behind a generic word: those of the language's table and its demonyms; none in a language that puts them before their noun."""


@lru_cache
def _words(language: Language) -> _Words:
    said = language.table("mentions")["near"]
    behind = language.words("around", "behind_noun")
    lists = {name: language.words("around", name) for name in _Words._fields if name not in ("near", "adjectives")}
    return _Words(
        near=phrases([*said["words"], *said["measured"]], -1),
        adjectives=behind | {word for word, *more in demonyms(language.code) if not more} if behind else behind,
        **lists,
    )


class Surroundings:
    """The words around the names of one document. Positions are token offsets."""

    def __init__(self, document: Document, tokens: Tokens, language: Language, words: LevelWords | None = None) -> None:
        """``words``: the model of what they say of levels; None for the one that ships with the package."""
        self.level_words = words or level_words.shipped()
        self.text = document.text
        self.tokens = tokens
        self.words = _words(language)
        self.classes = word_classes(language.code)

    def kind(self, start: int, end: int) -> Kind:
        """Give the sense of a name that the tagger takes for a place: literal, metonymic, or an abbreviated country as an adjective ("US marshal")."""
        if self._is_modifier(start, end):
            return "demonym"
        if self._is_of_feast(start, end):
            return "embedded"
        return "metonymic" if self._acts(start, end) or self._is_party(start) else "literal"

    def _is_modifier(self, start: int, end: int) -> bool:
        surface = self.tokens.texts[start]
        if (
            end - start > 1
            or not surface.replace(".", "").isupper()
            or len(surface) > 5
            or self.text[self.tokens.starts[start] - 8 : self.tokens.starts[start]].isupper()
        ):
            return False
        following = self._key(end)
        if not following or self._gap(end) != " " or self.tokens.texts[end][0].isdigit():
            return False
        return following not in self.words.function and following not in self.words.modified_places

    def _is_of_feast(self, start: int, end: int) -> bool:
        """Whether the name is part of a day's name, which has a capital: "Australia Day", "el Día de Andalucía"."""
        before = start - 1
        if self._key(before) in self.words.articles:
            before -= 1
        days = [end]
        if self._key(before) in self.words.of:
            days.append(before - 1)
        if self._key(start + 1) in self.words.of:
            days.append(start)
        return any(self._key(day) in self.words.feasts and self.tokens.capital[day] for day in days)

    def _acts(self, start: int, end: int) -> bool:
        """Whether the name is the subject of a verb that only a government or a team can be the subject of."""
        return not self._is_governed(start) and self._leads_to_verb(end) and not self._is_governed_in_list(start)

    def _leads_to_verb(self, end: int) -> bool:
        """Whether such a verb stands behind a name, or behind one that is joined to it."""
        position = end
        while self._key(position) in self.words.auxiliaries:
            position += 1
        if self._is_metonymic(position):
            return True
        if self._key(position) in self.words.joining and position + 1 < len(self.tokens):  # "the United States and Canada have signed"
            further = position + 1
            while further < len(self.tokens) and (self.tokens.capital[further] or self._key(further) in self.words.articles):
                further += 1
            verb = further
            while self._key(verb) in self.words.auxiliaries:
                verb += 1
            return further > position + 1 and self._is_metonymic(verb)
        return False

    def _is_governed(self, start: int) -> bool:
        """Whether "of", "in" and the like stand before a name."""
        before = self._key(start - 1)
        if before in self.words.articles:
            before = self._key(start - 2)
        return before in self.words.of or before in self.classes.before_place

    def _is_governed_in_list(self, start: int) -> bool:
        """Whether the list that a name stands in is governed inside a sentence: not in "In Lima, Peru and Chile signed"."""
        first = self._first_of_list(start)
        return first < start and self._is_governed(first) and bool(self._key(first - 2))

    def _first_of_list(self, start: int) -> int:
        """Where the list begins that a name stands in: "groups around Timbuktu, Kidal and Mopti pledged"; not "Peru lost to Chile, and Kenya lost"."""
        tokens, first, joins = self.tokens, start, 0
        while first > 1 and (tokens.texts[first - 1] == "," or self._key(first - 1) in self.words.joining):
            before = first - 1 - (tokens.texts[first - 2] == ",")
            if before < 1 or not tokens.capital[before - 1]:
                break
            joins += 1
            first = before - 1
            while first and tokens.capital[first - 1]:
                first -= 1
        is_clause = joins == 1 and tokens.texts[start - 2 : start - 1] == [","]
        return start if is_clause else first

    def _is_metonymic(self, position: int) -> bool:
        """Whether a verb has a government or a team for its subject. Who loses or wins something else than a contest is a place: "Kitui lost maize"."""
        verb = self._key(position)
        if verb not in self.words.metonymic_verbs or self.tokens.capital[position]:
            return False
        following = self._key(position + 1)
        is_score = following.isdigit() and position + 2 < len(self.tokens) and self.tokens.texts[position + 2] in _DASHES
        return verb not in self.words.contests or not following or following in self.words.stakes or is_score

    def _is_party(self, start: int) -> bool:
        """Whether the name is a party to an agreement, a war, a match: "a partnership between the United States and Canada".

        Not in "the dispute with the Harbour Men over the shops of Lima": between "with" and a party stand only the other parties.
        """
        for back in range(start - 1, max(-1, start - 9), -1):
            word = self._key(back)
            if word in self.words.relations:
                party = next((inner for inner in range(back + 1, start) if self._key(inner) in self.words.parties), start)
                return party < start and all(self._is_of_list(inner) for inner in range(party + 1, start))
            if not word and self.tokens.texts[back] in (".", ";", "\n"):
                return False
        return False

    def _is_of_list(self, position: int) -> bool:
        """Whether a word stands in a list of names: a name, an article, "and", a comma."""
        word = self._key(position)
        return self.tokens.capital[position] or not word or word in self.words.articles or word in self.words.joining or word in self.words.of

    def near(self, start: int) -> bool:
        """Whether the text says "near", "outskirts of" before a name."""
        return self.tokens.stand_before(self.words.near, start)

    def is_quarter(self, start: int) -> bool:
        """Whether a word for a part of a town stands before a name: "el barrio Santiago", "the slum of Florence"; not in "a slum of Lima"."""
        before, quarters = start - 1, self.words.quarters
        if self._key(before) not in self.words.of:
            quarters = quarters | self.words.bare_quarters
        else:
            before -= 1
            if self._key(before - 1) not in self.words.articles or self._key(before - 1) in self.words.indefinite or self._plural(before):
                return False
        return before >= 0 and self._key(before) in quarters and not self.tokens.capital[before] and self._gap(before + 1) == " "

    def stands_alone(self, end: int) -> bool:
        """Whether no noun stands behind a name: "crossed the Ohio and", but "the Ohio governor", "the Ohio-based firm"."""
        if self.tokens.texts[end : end + 1] and self.tokens.texts[end] in JOINERS:
            return False
        return not self._key(end) or self._key(end) in self.words.function

    # -------------------------------------------------------------- levels

    def is_called_place(self, start: int) -> bool:
        """Whether a generic word and "of" before a name say that it is an area or a town: "the state of New York"."""
        before = start - 1
        if self._key(before) not in self.words.of or self.tokens.capital[before] or before < 1 or self.tokens.capital[before - 1]:
            return False
        hint = self._feature(before - 1)
        return bool(hint) and hint[0] in ("admin1", "admin2", "locality")

    def is_called_area(self, end: int) -> bool:
        """Whether a generic word in lower case behind a name says that it is an area: "China's Fujian province"."""
        hint = self._feature(end)
        if not hint or hint[0] not in ("admin1", "admin2") or self.tokens.capital[end] or self._plural(end) or self._gap(end) != " ":
            return False
        return not (end + 1 < len(self.tokens) and self.tokens.capital[end + 1])

    def is_called_plural(self, end: int) -> bool:
        """Whether a generic word in the plural behind a name speaks of several names: "Swift and Wilkin counties"."""
        return end < len(self.tokens) and self._plural(end) and self._gap(end) == " "

    def next_name(self, end: int) -> int:
        """Give the token behind the comma or "and" that stands behind a name, -1 where none does."""
        return end + 1 if end < len(self.tokens) and (self.tokens.texts[end] == "," or self._key(end) in self.words.joining) else -1

    def with_levels(self, mentions: Sequence[Mention], ranges: Sequence[tuple[int, int]]) -> list[Mention]:
        """Give the mentions with the levels that generic words say; what stands before or behind a list holds for all of it."""
        found: list[tuple[Level, ...]] = [("admin1",) if self._key(start - 1) in self.words.of_states else self._level(start, end) for start, end in ranges]
        lists = self._lists(ranges)
        for first, last in lists:
            hint = self._of_list(ranges[first][0], ranges[last][1], last > first)
            for number in range(first, last + 1):
                found[number] = found[number] or hint
        quarters = set(self._quarters(ranges, lists))
        return [
            replace(mention, levels=levels or mention.levels, quarter=number in quarters, spoken=self.level_words.spoken(self.tokens, start, end))
            for number, (mention, levels, (start, end)) in enumerate(zip(mentions, found, ranges, strict=True))
        ]

    def _quarters(self, ranges: Sequence[tuple[int, int]], lists: Sequence[tuple[int, int]]) -> Iterator[int]:
        """The names that are called parts of a town, by number; what stands before a list in the plural holds for all of it."""
        for first, last in lists:
            called = [number for number in range(first, last + 1) if self.is_quarter(ranges[number][0])]
            is_of_all = called[:1] == [first] and self._plural(ranges[first][0] - 1)
            yield from range(first, last + 1) if is_of_all else called

    def _level(self, start: int, end: int) -> tuple[Level, ...]:
        before = start - 1
        if self._key(before) in self.words.articles:
            before -= 1
        if self._key(before) in self.words.of and not self.tokens.capital[before]:
            before -= 1
            if self._key(before) in self.words.articles:
                before -= 1
            if self._governs(before, before - 1):
                return _GOVERNED
            before = self._noun(before)
            hint = () if self._is_seat(before) else self._feature(before)
            if hint and not self._plural(before) and not self._is_of_another(before):
                return hint
        elif before >= 0 and not self.tokens.capital[before] and self._gap(before + 1) == " ":
            before = self._noun(before)
            hint = self._feature(before)
            if hint and not self._plural(before):
                return hint
        if end < len(self.tokens) and self._gap(end) == " " and not self._plural(end):
            hint = self._feature(end)
            if hint:
                return hint
            if self._governs(end, end + 1):
                return _GOVERNED
        return self._apposition(end)

    def _is_of_another(self, position: int) -> bool:
        """Whether a generic word before "of" says nothing of what follows: "a district of Lima", "the Volta Region of Ghana"."""
        names = position > 0 and self.tokens.capital[position] and self.tokens.capital[position - 1] and self._gap(position) == " "
        return names or self._key(position - 1) in self.words.indefinite

    def _governs(self, beside: int, further: int) -> bool:
        """Whether the word beside a name, or its "of", and the next one speak of who rules a unit: "provincial council of", "gobernadora regional de"."""
        words = self.words
        if self._key(beside) in words.governors:
            return True
        pair = {self._key(beside), self._key(further)}
        return bool(pair & words.of_units and pair & (words.governments | words.governors))

    def _is_seat(self, position: int) -> bool:
        """Whether a word before "of" speaks of what lies in the place: "the capital of Jalisco", "the capital city of Jalisco"."""
        return self._key(position) in self.words.seats or (self._feature(position) != () and self._key(position - 1) in self.words.seats)

    def _apposition(self, end: int) -> tuple[Level, ...]:
        if end + 2 >= len(self.tokens) or self.tokens.texts[end] != "," or self._key(end + 1) not in self.words.articles:
            return ()
        for position in range(end + 2, min(end + 2 + _APPOSITION, len(self.tokens))):
            if not self._key(position) or self.tokens.capital[position]:
                return ()
            hint = self._feature(position)
            if hint and self._key(position + 1) not in self.classes.features:
                return hint
        return ()

    def _of_list(self, start: int, end: int, several: bool) -> tuple[Level, ...]:
        """Hint of a plural before a list ("cities such as", "regions of northern Chile –", "the districts of") or behind it ("Swift and Wilkin counties")."""
        if several and end < len(self.tokens) and self._plural(end) and self._gap(end) == " ":
            return self._feature(end)
        before = start - 1
        if self._key(before) in self.words.articles:
            before -= 1
        if self._key(before) in self.words.examples or (before >= 0 and self.tokens.texts[before] in _DASHES):
            reach = 7
        elif self._key(before) in self.words.of and several:  # "the cities of Jalisco" says nothing of Jalisco
            before = self._noun(before - 1) + 1
            reach = 1
        elif several and start and self._plural(noun := self._noun(start - 1)) and not self.tokens.capital[noun]:  # "the rivers Tigris and Euphrates"
            return self._feature(noun)
        else:
            return ()
        for position in range(before - 1, max(-1, before - 1 - reach), -1):
            if self._plural(position):
                return () if self._is_seat(position) else self._feature(position)
            if not self._key(position) and self.tokens.texts[position] not in (",", "-"):
                return ()
        return ()

    def _lists(self, ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Give runs of names with only commas and "and" between them, as first and last number."""
        out: list[tuple[int, int]] = []
        first = 0
        for number, ((_, end), (start, _)) in enumerate(pairwise(ranges), 1):
            if not self._joins(end, start):
                out.append((first, number - 1))
                first = number
        if ranges:
            out.append((first, len(ranges) - 1))
        return out

    def _joins(self, end: int, start: int) -> bool:
        return start - end <= 3 and all(
            self.tokens.texts[position] in (",", "/", "\n") or self._key(position) in self.words.joining or self._key(position) in self.words.articles
            for position in range(end, start)
        )

    def _noun(self, position: int) -> int:
        """Step back over an adjective behind its noun, in languages that put it there: "el estado mexicano de", "el parque nacional"."""
        is_adjective = self._key(position) in self.words.adjectives and not self.tokens.capital[position]
        return position - 1 if is_adjective and self._feature(position - 1) and not self.tokens.capital[position - 1] else position

    def _feature(self, position: int) -> tuple[Level, ...]:
        found = self.classes.features.get(self._key(position))
        return () if found is None else found.levels

    def _plural(self, position: int) -> bool:
        return self._key(position) in self.classes.plurals

    def _key(self, position: int) -> str:
        keys = self.tokens.keys
        return keys[position] if 0 <= position < len(keys) else ""

    def _gap(self, position: int) -> str:
        """Give the text between a token and the one before it."""
        if position <= 0 or position >= len(self.tokens):
            return ""
        return self.text[self.tokens.ends[position - 1] : self.tokens.starts[position]]
