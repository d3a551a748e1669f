"""What a tagged name is by the words in it and before it: the tagger takes some organisations and people for places, and some places for people."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from gazetteer.mentions.extents import Extents
from gazetteer.mentions.matching import Match
from gazetteer.records import Tagged
from gazetteer.text.language import codes
from gazetteer.text.lexicon import WordClasses, word_classes
from gazetteer.text.tokens import POSSESSIVE

_UNITS = frozenset("CS")
"""Letters of countries and units in :meth:`Matcher.kind`."""
_SPREAD = frozenset("CR")
"""Of countries and regions, which are found without the tagger."""
_MARKS = frozenset({"*", "_", '"', "“", "«", "'", "‘"})
"""What a title stands in, in Markdown too."""
_LONGEST_BODY = 3
"""Words behind a place that make it a part of an organisation's name."""
_LONGEST_HEAD = 8
"""Words before "of" and a place in which the name of an organisation begins, at most: "Juzgado de Primera Instancia e Instrucción de"."""
_NUMBERS = frozenset({"n", "no", ".", "º", "°", "ª"})
"""What "n.º" is made of."""
_LARGE = "5"
"""Digits less one of the people of a town that may stand in a list like a person: 100,000."""


class Retyper:
    """Looks at the tagged names of one document once more."""

    def __init__(self, extents: Extents) -> None:
        self.extents = extents
        self.tokens, self.matches, self.matcher = extents.tokens, extents.matches, extents.matcher
        self.classes, self.small = extents.classes, extents.small

    def all(self, names: Iterable[Tagged]) -> list[Tagged]:
        """Give the names as what they are, in their order."""
        out: list[Tagged] = []
        for name in names:
            for part in self._cut(name):
                span = self._retyped(part)
                while out and out[-1].start >= span.start and out[-1].type != "ACT":  # what seemed to be another's name is the beginning of this one
                    out.pop()
                out.append(span if not out or out[-1].end <= span.start else Tagged(part.start, part.end, span.type))
        return sorted([*self._among_places(out), *self._passed_over(out)])

    def _among_places(self, names: Sequence[Tagged]) -> Iterator[Tagged]:
        """The names; who stands in a list of places may be one too: "Quang Nam, Ha Tinh and Bac Kan"."""
        before: Tagged | None = None
        for number, span in enumerate(names):
            if span.type == "PER" and self._is_listed_place(before, span, *names[number + 1 : number + 3]) and self.extents.known(span.start, span.end):
                before = Tagged(span.start, span.end, "LOC")
            else:
                before = span
            yield before

    def _is_listed_place(self, before: Tagged | None, span: Tagged, behind: Tagged | None = None, last: Tagged | None = None) -> bool:
        """Whether a name stands between two places of a list; one that is a large place's also at its end, and before two: "Wuhan, Madrid and New York"."""
        follows, leads = self._is_listed(before, span), self._is_listed(span, behind)
        return (follows and leads) or ((follows or (leads and self._is_listed(behind, last))) and self._is_great(span))

    def _is_listed(self, left: Tagged | None, right: Tagged | None) -> bool:
        """Whether two names stand in a list, one of them a place."""
        if left is None or right is None or "LOC" not in (left.type, right.type):
            return False
        gap = range(left.end, right.start)
        return bool(gap) and all(self.tokens.texts[i] == "," or self.tokens.keys[i] in self.small.joining for i in gap)

    def _is_great(self, span: Tagged) -> bool:
        """Whether a name is that of a country, a unit or a large town."""
        match = self.matches[span.start]
        kind = "" if match is None else self.matcher.kind(match)
        return not _UNITS.isdisjoint(kind) or (kind[-2:-1] == "p" and kind[-1] >= _LARGE)

    def _passed_over(self, names: Iterable[Tagged]) -> Iterator[Tagged]:
        """Bodies that are called after a country and that the tagger did not see whole: "Kenya Airways", "Georgia Bureau of Investigation"."""
        taken = {position for span in names for position in range(span.start, span.end)}
        for match in self.matches:
            if match is not None and taken.isdisjoint(range(match.start, match.end)) and (span := self._body_of(match, taken)):
                taken |= set(range(span.start, span.end))
                yield span

    def _body_of(self, match: Match, taken: Collection[int]) -> Tagged | None:
        """The part of a body's name that begins with a country or a region."""
        kind, behind = self.matcher.kind(match), match.end
        is_whole_name = not _SPREAD.isdisjoint(kind) or ("S" in kind and behind - match.start > 1)
        if is_whole_name and self._head(match.start) >= 0:
            return Tagged(match.start, behind, "ORG")  # the end of "Policía Nacional del Perú", "Policía de Norte de Santander"
        if behind in taken or behind >= len(self.tokens):
            return None
        if "C" not in kind:
            return Tagged(match.start, behind + 1, "ORG") if self._is_called_after_unit(match) else None
        if self._is_apart(match, behind + 1):
            return None
        is_body = self.tokens.capital[behind] and self.tokens.keys[behind] in self.classes.organisation
        return Tagged(match.start, behind + 1, "ORG") if is_body else None

    def _is_called_after_unit(self, match: Match) -> bool:
        """Whether a unit's name, which is nobody's and no ordinary word, stands before another word with a capital: "the Kansas State Fair"."""
        keys, classes, behind = self.tokens.keys, self.classes, match.end
        if "S" not in self.matcher.kind(match) or any(classes.letters(keys[i]) or keys[i] in classes.common for i in range(match.start, behind)):
            return False
        is_headline = not any(not self.tokens.capital[i] for i in range(max(0, match.start - 2), match.start))
        return self.tokens.capital[behind] and self.tokens.ends[behind - 1] + 1 == self.tokens.starts[behind] and keys[behind].isalpha() and not is_headline

    def _is_apart(self, match: Match, end: int) -> bool:
        """Whether a country stands where in its language no body's name begins, before who acted there: "en Argentina Prefectura retuvo ..."."""
        keys, rest = self.tokens.keys, range(match.end, end)
        if "C" not in self.matcher.kind(match) or not match.start or keys[match.start - 1] not in self.classes.apart:
            return False
        return bool(rest) and all(self.tokens.capital[i] and (self.matches[i] is None or keys[i] in self.classes.organisation) for i in rest)

    def _cut(self, span: Tagged) -> list[Tagged]:
        """A name, in two where an organisation's goes on with where it lies ("University of Benin in Nigeria"), or begins with whose it is."""
        if span.type == "PER" and self._is_where_born(span):
            return [Tagged(span.start + 1, span.end, "LOC")]
        if span.type in ("ORG", "LOC") and (names := self._of_headline(span)):
            return names
        match = self.matches[span.start]
        if span.type in ("ORG", "LOC") and match is not None and self._is_apart(match, span.end):
            return [Tagged(match.start, match.end, "LOC"), Tagged(match.end, span.end, "ORG")]
        for position in range(span.start + 2, span.end - 1 if span.type == "ORG" else 0):
            match = self.matches[position + 1]
            if (
                self.tokens.texts[position] in self.small.within
                and match is not None
                and match.end == span.end
                and not _UNITS.isdisjoint(self.matcher.kind(match))
            ):
                return [Tagged(span.start, position, "ORG"), Tagged(position + 1, span.end, "LOC")]
        for position in range(span.start + 1, span.end - 2 if span.type == "LOC" else 0):
            if self.tokens.texts[position] in POSSESSIVE and self._is_body(rest := Tagged(position + 1, span.end, "ORG")):
                return [Tagged(span.start, position, "LOC"), rest]  # "Tennessee's Methamphetamine Task Force"
        return [span]

    def _is_where_born(self, span: Tagged) -> bool:
        """Whether it is a place behind a short form that says so: "POB Dublin"."""
        first, rest = span.start, span.start + 1
        if span.end <= rest or not self.tokens.texts[first].isupper() or self.tokens.keys[first] not in self.classes.before_place:
            return False
        return self.extents.known(rest, span.end) and not self.tokens.texts[rest].isupper()

    def _of_headline(self, span: Tagged) -> list[Tagged]:
        """The places that the capitals of a headline have drawn into one name: "New Jersey With Romance Scam"; none where it is one."""
        inside = range(span.start + 1, span.end - 1)
        cuts = [position for position in inside if self.tokens.capital[position] and self.tokens.keys[position] in self.classes.parting]
        if not cuts or self.extents.known(span.start, span.end):
            return []
        pieces = zip([span.start, *(cut + 1 for cut in cuts)], [*cuts, span.end], strict=True)
        return [Tagged(start, end, "LOC") for start, end in pieces if start < end and self.extents.known(start, end) and not self._is_word(start, end)]

    def _is_word(self, start: int, end: int) -> bool:
        """Whether a name is an ordinary word, and not that of a country or a unit: "Ten"."""
        match = self.matches[start]
        return end - start == 1 and self.tokens.keys[start] in self.classes.common and match is not None and _UNITS.isdisjoint(self.matcher.kind(match))

    def _retyped(self, span: Tagged) -> Tagged:
        """What the tagger took for a place, as what it is by the words in it and around it."""
        if span.type != "LOC":
            return span
        if self._is_of_person(span):
            return Tagged(span.start, span.end, "PER")
        if self._is_of_band(span):
            return Tagged(span.start, span.end + 1, "ORG")
        is_other = self._is_called_other(span) or self._is_apposed_body(span)
        return Tagged(span.start, span.end, "ORG") if is_other else self._named_whole(span)

    def _is_of_person(self, span: Tagged) -> bool:
        """Whether a given name and a particle stand before a name: "Gilberto dos Santos"."""
        first, tokens = span.start, self.tokens
        if first < 2 or tokens.texts[first - 1] not in self.small.particles or not tokens.capital[first - 2]:
            return False
        return "g" in self.classes.letters(tokens.keys[first - 2])

    def _is_of_band(self, span: Tagged) -> bool:
        """Whether a word for a band of criminals makes a name its own: "the Jalisco cartel"."""
        end, tokens = span.end, self.tokens
        is_named = span.start > 0 and tokens.keys[span.start - 1] in self.small.articles
        return is_named and end < len(tokens) and tokens.texts[end] in self.classes.bands

    def _named_whole(self, span: Tagged) -> Tagged:
        """A place's name, or the whole of a person's or an organisation's that it is a part of."""
        keys, classes = self.tokens.keys, self.classes
        if self._is_titled(span) or self._is_called_after_country(span):
            return Tagged(span.start, span.end, "PER")
        head = self._head(span.start)
        if head >= 0:
            return Tagged(head, span.end, "ORG")  # "Bank of England", "Policía Nacional del Perú"
        end = span.end
        while end < len(keys) and self.tokens.capital[end]:
            end += 1
        if 2 <= end - span.end <= _LONGEST_BODY and keys[end - 1] in classes.organisation:
            return Tagged(span.start, end, "ORG")  # "Ontario Provincial Police"
        return Tagged(span.start, span.end, "ORG") if self._is_body(span) else span

    def _is_titled(self, span: Tagged) -> bool:
        """Whether a title and a given name begin it: "General José de San Martín", and not "Prince William County"."""
        keys, classes = self.tokens.keys, self.classes
        if span.end - span.start <= 2 or keys[span.start] not in classes.titles or "g" not in classes.letters(keys[span.start + 1]):
            return False
        return keys[span.end - 1] not in classes.features or not self.extents.known(span.start, span.end)

    def _is_called_after_country(self, span: Tagged) -> bool:
        """Whether a given name that is a country's too stands before a surname: "Mauricio Aguilar", "Trinidad Steinert"."""
        first, second = span.start, span.start + 1
        match, classes = self.matches[first], self.classes
        if span.end - first not in (2, 3) or match is None or match.end > second or "C" not in self.matcher.kind(match):
            return False
        if self.extents.known(first, span.end) or "g" not in classes.letters(self.tokens.keys[first]):
            return False
        return all(self.tokens.capital[i] and set(classes.letters(self.tokens.keys[i])) <= {"g", "n"} for i in range(second, span.end))

    def _head(self, start: int) -> int:
        """Where the name of an organisation begins that goes on with "of" and the name at ``start``; -1 where none does."""
        keys, capital, small, classes = self.tokens.keys, self.tokens.capital, self.small, self.classes
        before = start - 1
        if before > 0 and (keys[before] in small.articles or keys[before] in small.region_articles):
            before -= 1
        if before < 1 or keys[before] not in small.of:
            return -1
        beside = keys[before - 1]
        if capital[before - 1] and beside in classes.organisation and (beside in classes.bodies or beside not in classes.features):
            return before - 1
        head = -1
        for position in range(before - 1, max(before - 1 - _LONGEST_HEAD, -1), -1):
            if capital[position] and keys[position] in classes.bodies:
                head = position
            if position in self.extents.starts or not (capital[position] or keys[position] in small.inside or self._is_number(position)):
                break
        return head

    def _is_number(self, position: int) -> bool:
        """Whether a token belongs to a number in a name: "n.º 38"."""
        return self.tokens.keys[position].isdigit() or self.tokens.texts[position] in _NUMBERS

    def _is_called_other(self, span: Tagged) -> bool:
        """Whether the word before a name says that it is a newspaper's, a ship's, a firm's, or the name is a firm's unless the text says where."""
        keys, texts = self.tokens.keys, self.tokens.texts
        before = span.start - 1
        while before > 0 and texts[before] in _MARKS:
            before -= 1
        if before >= 0 and keys[before] in self.classes.called:
            return True
        if span.end - span.start > 1 and not self.extents.known(span.start, span.end) and (keys[span.start] in self.classes.called or self._is_title(span)):
            return True
        if span.end - span.start > 1 or keys[span.start] not in self.classes.brands:
            return False
        behind = texts[span.end : span.end + 2]
        is_there = span.start > 0 and keys[span.start - 1] in self.small.at
        return not is_there and not (len(behind) == 2 and behind[0] == "," and self.tokens.capital[span.end + 1])

    def _is_apposed_body(self, span: Tagged) -> bool:
        """Whether the words behind a name that is no known place's say that it is a body's: "AthenaLab, a Chilean think tank"."""
        keys, texts, small, classes = self.tokens.keys, self.tokens.texts, self.small, self.classes
        behind = span.end + 1
        if behind >= len(keys) or texts[span.end] != "," or keys[behind] not in small.indefinite or self.extents.known(span.start, span.end):
            return False
        for position in range(behind + 1, min(behind + 1 + _LONGEST_BODY, len(keys) - 1)):
            if keys[position] in classes.apposed:
                return keys[position + 1] not in classes.features  # "a company town"
        return False

    def _is_title(self, span: Tagged) -> bool:
        """Whether an article and a word that newspapers are called by make it a newspaper's, in any language: "El País", "La Prensa"."""
        if span.end - span.start != 2:
            return False
        article, word = self.tokens.keys[span.start : span.end]
        return any(self._are_title(article, word, word_classes(code)) for code in codes())

    @staticmethod
    def _are_title(article: str, word: str, classes: WordClasses) -> bool:
        feature = classes.features.get(word)
        return article in classes.title_articles and (word in classes.organisation or (feature is not None and feature.level == "country"))

    def _is_body(self, span: Tagged) -> bool:
        """Whether what was taken for a place is an organisation by its own words: "Bank of England"."""
        if span.end - span.start < 2 or self.extents.known(span.start, span.end):
            return False
        keys, organisation = self.tokens.keys, self.classes.organisation
        goes_on = keys[span.start + 1] in self.small.inside or (span.start > 0 and self.tokens.capital[span.start - 1])  # "National Central Bureau Ottawa"
        return keys[span.end - 1] in organisation or (keys[span.start] in organisation and goes_on)
