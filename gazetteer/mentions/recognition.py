"""Toponym recognition: which spans of a text name a place, and in which sense.

The tagger proposes names; the gazetteer, the demonyms, the actors' own names and the rules of the codebook (section 1) decide what each of them is
and where it ends.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from gazetteer.index import Index
from gazetteer.mentions import tagger
from gazetteer.mentions.demonyms import DemonymFinder
from gazetteer.mentions.extents import JOINED, Extents
from gazetteer.mentions.full_names import FullNames
from gazetteer.mentions.matching import JOINERS, Match, Matcher
from gazetteer.mentions.recognizers import Names
from gazetteer.mentions.retyping import Retyper
from gazetteer.mentions.surroundings import Surroundings
from gazetteer.records import Document, Level, Mention, Sentence, Tagged
from gazetteer.text.language import Language
from gazetteer.text.lexicon import small_words, word_classes
from gazetteer.text.names import key
from gazetteer.text.tokens import POSSESSIVE, Tokens

_LEVELS: dict[Level, tuple[Level, ...]] = {"admin2": ("admin2", "admin1"), "locality": ("locality",)}
"""Of units whose generic word belongs to the name, the levels at which the gazetteer may have them without it."""
_SMALL = "4"
"""Digits less one of the people of a town that is less spoken of than the people of a country: under 100,000."""
_HALF = 4
"""Letters of the first half of a name with a hyphen, at least: "pro-" and "ex-" are no halves."""
_OPENING_MARKS, _CLOSING_MARKS = frozenset("*_#"), frozenset(".:*_")
"""What stands before a heading, and behind it, in Markdown too."""
_LONGEST_NAME = 40
"""Tokens; what is longer (a page in capitals, a list without commas) is no name."""


@dataclass(frozen=True, slots=True)
class Found:
    """What recognition found in a document; ``names`` are all tagged spans, people (PER), organisations (ORG) and actors (ACT) too, as token offsets."""

    tokens: Tokens
    mentions: tuple[Mention, ...]
    names: tuple[Tagged, ...]


class Recognizer:
    """Finds the mentions of documents in one language with one gazetteer."""

    def __init__(self, index: Index, language: Language, actor_names: Iterable[str] = (), names: Names | None = None) -> None:
        """``actor_names``: names and aliases of organisations, in which a place name is embedded. ``names``: finds names instead of the tagger."""
        self.matcher = Matcher(index, language.code)
        self.language = language
        self.classes = word_classes(language.code)
        self.demonyms = DemonymFinder(language)
        self.directions = tuple(language.table("clauses")["directions"])
        self.names = names
        self.tagger = tagger.load()
        self._actors: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        """Names of organisations by their first word, the longest first."""
        for words in sorted({tuple(key(name).split()) for name in actor_names} - {()}, key=len, reverse=True):
            self._actors[words[0]].append(words)

    def find(self, document: Document) -> Found:
        """Give the mentions of a document, in the order in which they stand."""
        tokens = Tokens(document.text)
        begins = {sentence.start for sentence in document.sentences}
        starts = frozenset(number for number, start in enumerate(tokens.starts) if start in begins)
        matches = self.matcher.all(tokens)
        names = self._names(document.text, tokens, matches, starts)
        mentions = _Reader(self, document, tokens, matches=matches, names=names, starts=starts).mentions()
        heads = [sentence for sentence in document.sentences if sentence.role == "head"]
        return Found(tokens, tuple(_outside(heads, mentions) if heads else mentions), tuple(names))

    def _tagged(self, tokens: Tokens, matches: Sequence[Match | None], starts: frozenset[int]) -> list[Tagged]:
        features = tagger.Features(tokens, matches, self.matcher, self.classes, starts)
        spans: list[Tagged] = []
        for start, end in tagger.runs(tokens):
            spans += self.tagger.spans(start, self.tagger.label(features.seen(start, end)))
        return spans

    def _names(self, text: str, tokens: Tokens, matches: Sequence[Match | None], starts: frozenset[int]) -> list[Tagged]:
        spans = self.names.find(text, tokens) if self.names else self._tagged(tokens, matches, starts)
        actors = list(self._actor_spans(tokens))
        taken = {position for span in actors for position in range(span.start, span.end)}
        kept = [span for span in spans if span.end - span.start <= _LONGEST_NAME and taken.isdisjoint(range(span.start, span.end))]
        return sorted(kept + actors)

    def _actor_spans(self, tokens: Tokens) -> Iterator[Tagged]:
        begun = self._actors
        end = 0
        for start in [position for position, word in enumerate(tokens.keys) if word in begun]:
            if start < end:
                continue
            stop = next((stop for name in begun[tokens.keys[start]] if (stop := _phrase_end(tokens, start, name))), 0)
            if stop:
                yield Tagged(start, stop, "ACT")
                end = stop


def _outside(heads: Sequence[Sentence], mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions that are no names of columns: "Date", "Port"."""
    ends = [head.end for head in heads]
    return [item for item in mentions if (at := bisect_right(ends, item.start)) == len(heads) or item.start < heads[at].start]


def _phrase_end(tokens: Tokens, start: int, name: Sequence[str]) -> int:
    """End of a name's words at a token (hyphens between them do not count), 0 where they do not stand there."""
    position = start
    for word in name:
        while position > start and position < len(tokens) and tokens.texts[position] in JOINED:
            position += 1
        if position >= len(tokens) or tokens.keys[position] != word:
            return 0
        position += 1
    return position


class _Reader:
    """Turns the names of one document into mentions."""

    def __init__(
        self, recognizer: Recognizer, document: Document, tokens: Tokens, *, matches: Sequence[Match | None], names: Sequence[Tagged], starts: frozenset[int]
    ) -> None:
        self.starts = starts
        self.recognizer = recognizer
        self.matcher = recognizer.matcher
        self.classes, self.small = recognizer.classes, small_words()
        self.text = document.text
        self.tokens, self.matches = tokens, matches
        self.extents = Extents(tokens, matches, recognizer.matcher, recognizer.classes, starts)
        self.names = Retyper(self.extents).all(names)
        self.people = {span.start for span in self.names if span.type == "PER"}
        """Where their names begin."""
        self.around = Surroundings(document, tokens, recognizer.language)
        self.full_names = FullNames(tokens, matches, recognizer.matcher, recognizer.language, self.around)

    def mentions(self) -> list[Mention]:
        """All mentions, in order."""
        literal = self.extents.whole(
            [
                part
                for span in self.names
                if (span.type == "LOC" and not (self._is_owned_word(span) or self._is_people(span) or self._is_common(span))) or self._is_called_place(span)
                for part in self.extents.parts(span.start, span.end)
            ]
        )
        literal += self._missed(literal)
        owned = {start for start, end in literal if self.extents.known(start, end)}
        literal = sorted(part for part in literal if not self._is_other(part, owned))
        out = [self._mention(start, end) for start, end in literal]
        out = self.around.with_levels(out, literal)
        for span in self.names:
            if span.type in ("ORG", "ACT"):
                out += self._embedded(span)
        taken = {position for start, end in literal for position in range(start, end)}
        taken |= {position for span in self.names if span.type == "PER" for position in range(span.start, span.end)}
        out += self.recognizer.demonyms.find(self.text, self.tokens, self.starts, taken)
        return sorted(out, key=lambda mention: (mention.start, mention.end))

    # -------------------------------------------------------------- literal mentions

    def _mention(self, start: int, end: int) -> Mention:
        match = self.matches[start]
        name, levels = "", tuple[Level, ...]()
        if (
            end - start == 1 and self._is_behind_comma(start) and self.tokens.texts[end : end + 1] == ["."]
        ):  # "Colo." is the state there, even where a town is called Colo
            match = self.matcher.abbreviation(self.tokens, start) or match
        if match is not None and match.code and match.start == start:
            end, name = max(end, match.end), "#" + match.code
        elif self._is_unit_of_known(start, end):
            name, levels = " ".join(self.tokens.texts[start : end - 1]), _LEVELS[self.classes.features[self.tokens.keys[end - 1]].level]
        elif end - start > 1 and self.extents.has_own_article(start) and not self.extents.known(start, end) and self.extents.known(start + 1, end):
            name = " ".join(self.tokens.texts[start + 1 : end])
        elif start in self.tokens.articles and end - start > 2 and not self.extents.known(start, end) and self.extents.known(start + 2, end):
            name = " ".join(self.tokens.texts[start + 2 : end])  # "al-Raqqa", which the gazetteer has as Raqqa and Ar Raqqah
        else:
            name = self.full_names.find(start, end)
        first, last = self.tokens.starts[start], self.tokens.ends[end - 1]
        kind = self.around.kind(start, end)
        return Mention(first, last, self.text[first:last], kind, name=name, levels=levels, near=self.around.near(start))

    def _is_unit_of_known(self, start: int, end: int) -> bool:
        """Whether it is a county or a city that the gazetteer has by the rest of its name only: "Marsabit County", "Djibouti City"."""
        match, feature = self.matches[start], self.classes.features.get(self.tokens.keys[end - 1])
        if end - start < 2 or match is None or match.end != end - 1 or feature is None or not feature.whole or feature.level not in _LEVELS:
            return False
        return self.matcher.is_large(match)

    def _is_behind_comma(self, start: int) -> bool:
        return start > 1 and self.tokens.texts[start - 1] == "," and self.tokens.capital[start - 2]

    def _is_called_place(self, span: Tagged) -> bool:
        """Whether what was taken for a person is a place by the words before it: "the state of New York"."""
        if span.type != "PER":
            return False
        if self.around.is_quarter(span.start):
            return True  # "el barrio Antonia Santos"
        if self._is_part(span.start, span.end):
            return True
        if any(self.extents.lies_in(span.start, position, span.end) for position in range(span.start + 1, span.end - 1)):
            return True
        match = self.matches[span.start]
        if match is not None and match.end == span.end and (self._is_called_area(match) or self.around.is_called_place(span.start)):
            return True
        return bool(self.full_names.find(span.start, span.end))

    def _is_called_area(self, match: Match) -> bool:
        """Whether the word behind a name says that it is an area, and it is the name of one: "China's Fujian province"."""
        if not self.around.is_called_area(match.end) or match.key in self.classes.before_place or match.key in self.classes.common:
            return False
        return not {"S", "Y"}.isdisjoint(self.matcher.kind(match))

    def _is_owned_word(self, span: Tagged) -> bool:
        """Whether it is somebody's and a word for a sort of place or of people, with a capital as contracts have it: "its Store"."""
        if span.end - span.start > 1 or not span.start or self.tokens.keys[span.start - 1] not in self.classes.owners:
            return False
        word, classes = self.tokens.keys[span.start], self.classes
        return word in classes.features or word in classes.common or word in classes.organisation

    def _is_common(self, span: Tagged) -> bool:
        """Whether it is what every town has: "City Hall"."""
        if span.end - span.start != 2 or self.extents.known(span.start, span.end):
            return False
        first, second = self.tokens.keys[span.start : span.end]
        feature = self.classes.features.get(first)
        return feature is not None and feature.level == "locality" and first in self.classes.before_place and second in self.classes.common

    def _is_people(self, span: Tagged) -> bool:
        """Whether it is a word for the people of a place, and no place has that name but one that few speak of: "Venezuelans", "Malian troops"."""
        demonym = self.recognizer.demonyms.known.get((self.tokens.keys[span.start],)) if span.end - span.start == 1 else None
        if demonym is None or not self.extents.known(span.start, span.end):
            return demonym is not None
        match = self.matches[span.start]
        if not demonym.capital or match is None or self._stands_as_place(span):
            return False
        kind = self.matcher.kind(match)
        is_other_form = kind == "S" or kind[0] == "a"  # "Chechen" is one of Chechnya's names
        return is_other_form or (kind[0] == "p" and kind[1] <= _SMALL and demonym.level == "country")

    def _stands_as_place(self, span: Tagged) -> bool:
        """Whether it is told where something was, or what holds it: "in Canadian", "Canadian, Texas"."""
        behind = self.tokens.texts[span.end : span.end + 1] == [","] and any(self.tokens.capital[span.end + 1 : span.end + 2])
        return behind or (span.start > 0 and self.tokens.keys[span.start - 1] in self.small.at)

    def _is_other(self, part: tuple[int, int], known: Collection[int]) -> bool:
        """Whether a sum, a street, half a name or an owner was taken for a place; ``known``: where places that the gazetteer has begin."""
        return (
            self._is_currency(part[1])
            or self._is_street(*part)
            or self._is_half(part[0])
            or self._is_direction(*part)
            or self._is_owner(*part, known)
            or self._is_somebody(*part)
        )

    def _is_somebody(self, start: int, end: int) -> bool:
        """Whether it has an Arabic article in small letters, nothing of it is in the gazetteer, and no word before it says where: "Ahrar al-Sham"."""
        small = [number for number in range(start, end) if number in self.tokens.articles and self.text[self.tokens.starts[number]].islower()]
        if not small or self.extents.known(start, end) or (start in small and self.extents.known(start + 2, end)):
            return False
        return not start or self.tokens.keys[start - 1] not in self.small.at

    def _is_direction(self, start: int, end: int) -> bool:
        """Whether it is a direction alone on its line, or that opens one as its heading: "**West.** Shops in ..."."""
        keys, texts = self.tokens.keys, self.tokens.texts
        if end - start > 1 or keys[start] not in self.classes.before_place or not keys[start].startswith(self.recognizer.directions):
            return False
        behind = texts[end] if end < len(texts) else "\n"
        return (start in self.starts or start == 0 or texts[start - 1] in _OPENING_MARKS) and (behind in _CLOSING_MARKS or behind.isspace())

    def _is_half(self, start: int) -> bool:
        """Whether it is the second half of a name whose first is no place: "Sibanye-Stillwater"."""
        tokens = self.tokens
        if start < 2 or tokens.texts[start - 1] not in JOINERS or tokens.ends[start - 2] + 1 != tokens.starts[start]:
            return False
        first = tokens.keys[start - 2]
        return tokens.capital[start - 2] and self.matches[start - 2] is None and len(first) >= _HALF and first not in self.classes.common

    def _is_owner(self, start: int, end: int, owned: Collection[int]) -> bool:
        """Whether it is whose place the next one is, and no place itself: "Lonmin's Marikana mine"."""
        return end + 1 in owned and self.tokens.texts[end] in POSSESSIVE and self.matches[start] is None

    def _is_street(self, start: int, end: int) -> bool:
        """Whether a word for a street stands right before a name, or opens one that no place has: "calle Zepita", "Av. Corrientes", "Calle Larga"."""
        word = self.tokens.keys[start]
        if end - start > 1 and word in self.classes.streets and word not in self.classes.features and not self.extents.known(start, end):
            return True
        before = start - 2 if self.tokens.texts[start - 1 : start] == ["."] else start - 1
        return before >= 0 and self.tokens.keys[before] in self.classes.streets

    def _is_currency(self, end: int) -> bool:
        r"""Whether a sum follows without a space, also as Markdown writes it: "US$5", "US\$5"."""
        return self.text[self.tokens.ends[end - 1] : self.tokens.ends[end - 1] + 2].lstrip("\\").startswith("$")

    def _missed(self, literal: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Names that the tagger passed over: countries, and what it took for a place elsewhere in the text."""
        placed = {position for start, end in literal for position in range(start, end)}
        covered = placed | {
            position for span in self.names if span.type != "LOC" and not self._is_called_place(span) for position in range(span.start, span.end)
        }
        counties = {start for start, end in literal if self.around.is_called_plural(end)}
        known = {self.matches[start].key for start, end in literal if self.extents.known(start, end)}  # type: ignore[union-attr]
        out: list[tuple[int, int]] = []
        end = 0
        for match in self.matches:
            if match is None or match.start in covered or not covered.isdisjoint(range(match.start, match.end)):
                continue
            if match.end <= end:  # the end of a longer name is none: "Norte de Santander"
                continue
            end = match.end
            kind = self.matcher.kind(match)
            if (
                "C" in kind
                or (match.key and match.key in known)
                or (match.code and self._behind_name(match, covered))
                or (self.around.is_called_place(match.start) and not self._goes_on(match.end))
                or self._is_called_area(match)
                or self.full_names.of_nature(match.start, match.end)
                or self.around.next_name(match.end) in counties
                or ("R" in kind and (self._behind_article(match.start) or not self.tokens.capital[match.end - 1]))
                or self._is_in_list(match, placed)
                or self._is_dateline(match)
            ):
                out.append((match.start, match.end))
                covered |= set(range(match.start, match.end))
        return out + list(self._called(covered))

    def _goes_on(self, end: int) -> bool:
        """Whether a name goes on with "de" and a person's: "el puente Francisco de Paula Santander"."""
        return end + 1 in self.people and self.tokens.keys[end] in self.small.of

    def _called(self, covered: Set[int]) -> Iterator[tuple[int, int]]:
        """Airports, and what the place that it lies in stands behind, with a generic word: "el barrio Siloé de Cali", "the Culmore section of Falls Church"."""
        tokens, size = self.tokens, len(self.tokens)
        for start in [number for number, capital in enumerate(tokens.capital) if capital and number not in covered]:
            if not start or tokens.capital[start - 1]:
                continue
            end = next((end for end in range(start + 1, size) if not tokens.capital[end]), size)
            is_part = self._is_part(start, end)
            behind = self._held_by(end + is_part)
            if self.full_names.airport(start, end):
                yield start, end
            elif self._goes_on(end):
                continue
            elif behind is not None and (is_part or self.around.is_quarter(start) or (self.extents.known(start, end) and self.extents.is_called(start))):
                yield start, end
                if covered.isdisjoint(range(behind.start, behind.end)):
                    yield behind.start, behind.end

    def _is_part(self, start: int, end: int) -> bool:
        """Whether a name is that of a part of a town: "the Culmore section of Falls Church"; not "the Old section of Lima", "the Greek district of Evros"."""
        keys = self.tokens.keys
        if end >= len(keys) or keys[end] not in self.small.parts or self._held_by(end + 1) is None:
            return False
        return keys[start] not in self.classes.common and (keys[start],) not in self.recognizer.demonyms.known

    def _held_by(self, of: int) -> Match | None:
        """The unit or town of some size whose name stands behind an "of"."""
        behind = self.matches[of + 1] if of + 1 < len(self.tokens) and self.tokens.keys[of] in self.small.of else None
        return behind if behind is not None and self.matcher.is_large(behind) else None

    def _is_in_list(self, match: Match, placed: Collection[int]) -> bool:
        """Whether it stands in a list right between two places (``placed``: their tokens), or before two: "Cali, Buga and Armenia".

        Or behind one with the same small word: "de Jaramijó y de Crucita".
        """
        texts, keys, start, end = self.tokens.texts, self.tokens.keys, match.start, match.end
        if match.code or start < 2:
            return False
        if self._is_alike(start, placed) and keys[start] not in self.classes.common:
            return True
        if end + 1 >= len(texts) or end + 1 not in placed or not self.matcher.is_large(match) or not self._joins(end):
            return False
        if texts[start - 1] == "," and start - 2 in placed:
            return True
        next_end = next(position for position in range(end + 1, len(texts) + 1) if position not in placed)
        return not self.tokens.capital[start - 1] and texts[end] == "," and next_end + 1 in placed and self._joins(next_end)

    def _joins(self, position: int) -> bool:
        """Whether a comma or an "and" stands somewhere."""
        return self.tokens.texts[position] == "," or self.tokens.keys[position] in self.small.joining

    def _is_alike(self, start: int, placed: Collection[int]) -> bool:
        """Whether a place, "and", and the small word that stands before that place too, stand before a name."""
        keys, before = self.tokens.keys, start - 3
        if before < 0 or before not in placed or keys[start - 2] not in self.small.joining:
            return False
        while before in placed:
            before -= 1
        return before >= 0 and keys[before] == keys[start - 1] and keys[before] in self.small.inside

    def _is_dateline(self, match: Match) -> bool:
        """Whether it begins a line and a date follows: "Bologna, 3 October 2024"."""
        texts, end = self.tokens.texts, match.end
        begins = not match.start or texts[match.start - 1][:1] == "\n"
        is_date = end + 2 < len(texts) and texts[end] == "," and texts[end + 1].isdigit() and texts[end + 2][:1].isalpha()
        return begins and is_date and self.matcher.is_large(match)

    def _behind_article(self, start: int) -> bool:
        """Whether an article in lower case stands before a capital ("los Andes"): so stand regions, and towns of their names do not."""
        return start > 0 and self.tokens.texts[start - 1] in self.small.region_articles and self.tokens.capital[start]

    def _behind_name(self, match: Match, covered: set[int]) -> bool:
        """Whether an abbreviated unit stands behind a place and a comma ("Paris, Ky.")."""
        start = match.start
        return start > 1 and self.tokens.texts[start - 1] == "," and start - 2 in covered

    # -------------------------------------------------------------- other kinds

    def _embedded(self, span: Tagged) -> Iterator[Mention]:
        """Places in the name of an organisation, a newspaper, an actor."""
        first, last = self.tokens.starts[span.start], self.tokens.ends[span.end - 1]
        position = span.start
        while position < span.end:
            match = self.matches[position]
            if match is None or match.end > span.end or not self._is_notable(match, span) or self._is_part_of_next(match, span):
                position += 1
                continue
            start, end = self.tokens.starts[match.start], self.tokens.ends[match.end - 1]
            name = "#" + match.code if match.code else ""
            yield Mention(start, end, self.text[start:end], "embedded", name=name, within=self.text[first:last])
            position = match.end

    def _is_part_of_next(self, match: Match, span: Tagged) -> bool:
        """Whether a unit's name only says which part of the next place is meant: "the Southern District of New York"."""
        keys, end = self.tokens.keys, match.end
        if end + 1 >= span.end or keys[end] not in self.small.of or keys[end - 1] not in self.classes.features:
            return False
        return self.matches[end + 1] is not None

    def _is_notable(self, match: Match, span: Tagged) -> bool:
        """Whether a match inside another name is likely the place: a unit, or a town of some size; an ordinary word ("Police") is none."""
        kind = self.matcher.kind(match)
        if match.key in self.classes.common or match.key in self.classes.organisation or match.key in self.classes.features:
            return False
        size = int(kind[-1]) if kind[-1:].isdigit() else 0
        return bool(set("CSRY") & set(kind)) or size >= 4 or (span.type == "ACT" and "p" in kind and size >= 3)
