"""Words that stand for places named before: "there", "the city", "that prison", "both towns", "all three provinces"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from gazetteer.index.containment import holds
from gazetteer.passages.passage import Named, Passage
from gazetteer.records import Level, Sentence
from gazetteer.text.language import Language
from gazetteer.text.lexicon import word_classes
from gazetteer.text.names import key

_NUMBERS = frozenset("23456789")
_HELD, _QUALIFIED = 2, 6
"""Words between a place and what holds it, at most, where only "in" says so ("Irving, in Texas") and where a noun does ("Irving, a suburb of Dallas")."""


class Anaphora:
    """Finds such words in the sentences of one language."""

    _REACH = 4
    """How many sentences back the place may have been named."""

    def __init__(self, language: Language) -> None:
        words = partial(language.words, "clauses")
        self.there, self.nouns = words("there"), words("anaphoric")
        self.existential, self.demonstratives = words("existential"), words("demonstratives")
        self.of = language.words("around", "of")
        self.features = word_classes(language.code).features
        self.pointing = self.there | self.nouns
        self.both, self.definite = words("both"), words("definite_plurals")
        self.plurals = word_classes(language.code).plurals
        numbers = language.table("timexes")["words"]["NUM"]
        self.numbers = {key(word): int(value) for word, value in numbers.items() if str(value) in _NUMBERS}

    def add(self, keys: Sequence[str], first: int, last: int, named: Sequence[Named], before: Sequence[Passage], sentence: Sentence) -> list[Named]:
        """The named places of a sentence (tokens ``first`` to ``last``) with those that it points back to, in order."""
        out = [*named, *self._several(keys[first:last], named, before, sentence)]
        pointing = [position for position in range(first, last) if keys[position] in self.pointing]
        if not pointing:
            return sorted(out, key=lambda item: item.start)
        taken = {position for item in named for position in range(item.start - 3, item.end + 3)}
        for position in pointing:
            word = keys[position]
            levels = self._levels(keys, position, last) if position - first not in taken else None
            if levels is None:
                continue
            here = [item for item in named if item.end <= position - first]
            found = self._antecedent(levels, here, keys[first:last], before, sentence)
            if found is not None and all(item.resolution.place is not found.resolution.place for item in out):
                start = position - first if word in self.there else position - first - 1
                out.append(Named(max(0, start), position - first + 1, found.resolution, points_back=True))
        return sorted(out, key=lambda item: item.start)

    def _several(self, words: Sequence[str], named: Sequence[Named], before: Sequence[Passage], sentence: Sentence) -> list[Named]:
        """The places that "both towns" and "all three provinces" stand for: as many of that level as were named last in the paragraph, if they are so many."""
        for position in [position for position, word in enumerate(words) if position and word in self.plurals]:
            start = position - 1
            count = 2 if words[start] in self.both else self.numbers.get(words[start], 0)
            if words[start] not in self.both and start and words[start - 1] in self.definite:
                start -= 1
            elif words[start] not in self.both:
                continue
            if count and not (position + 1 < len(words) and words[position + 1] in self.of):
                levels = self.features[words[position]].levels
                found = self._last_named(count, levels, [item for item in named if item.end <= start], before, sentence)
                here = {item.resolution.place for item in named}
                return [Named(start, position + 1, item.resolution, points_back=True) for item in found if item.resolution.place not in here]
        return []

    def _last_named(self, count: int, levels: tuple[Level, ...], here: Sequence[Named], before: Sequence[Passage], sentence: Sentence) -> list[Named]:
        """The ``count`` places of some levels that were named last in the paragraph; none where a sentence goes beyond that number."""
        earlier = [passage.named for passage in reversed(before[-self._REACH :]) if passage.sentence.paragraph == sentence.paragraph]
        found: dict[str, Named] = {}
        for sentence_places in (here, *earlier):
            found |= {item.resolution.place.id: item for item in sentence_places if item.resolution.place and item.resolution.place.level in levels}
            if len(found) >= count:
                break
        return list(found.values()) if len(found) == count else []

    def _levels(self, keys: Sequence[str], position: int, last: int) -> tuple[Level, ...] | None:
        """The levels that a word may point back to, None where it does not."""
        word = keys[position]
        following = keys[position + 1] if position + 1 < last else ""
        if word in self.there:
            return () if following not in self.existential else None
        feature = self.features.get(word)
        if feature is None or word not in self.nouns or keys[position - 1] not in self.demonstratives or following in self.of or following in self.features:
            return None
        return feature.levels

    def _antecedent(
        self, levels: tuple[Level, ...], named: Sequence[Named], words: Sequence[str], before: Sequence[Passage], sentence: Sentence
    ) -> Named | None:
        """The place named last that has one of the levels (any but a country or a region, for "there").

        ``named``: those of the sentence that stand before the word that points back, ``words``: the sentence's.
        """
        earlier = [(item, words) for item in named]
        for passage in reversed(before[-self._REACH :]):
            if passage.sentence.paragraph != sentence.paragraph and earlier:
                break
            if sentence.paragraph - passage.sentence.paragraph > 1:
                break
            earlier = [*((item, passage.words) for item in passage.named), *earlier]
        placed = [(item, words, item.resolution.place.level) for item, words in earlier if item.resolution.place]
        fitting = [(item, words) for item, words, level in placed if (level in levels if levels else level not in ("country", "region"))]
        while not levels and len(fitting) > 1 and fitting[-1][1] is fitting[-2][1] and self._qualifies(fitting[-1][0], fitting[-2][0], fitting[-1][1]):
            fitting.pop()
        return fitting[-1][0] if fitting else None

    def _qualifies(self, outer: Named, inner: Named, words: Sequence[str]) -> bool:
        """Whether a place is named only to say where the one before it lies: "moved to Irving, Texas, and opened a shop there", "A, the port of B"."""
        gap = words[inner.end : outer.start]
        if not 0 < len(gap) <= _QUALIFIED:
            return False
        if gap[0] in ("", ",") and gap[-1] in self.of and any(word in self.features for word in gap):
            return True
        places = outer.resolution.place, inner.resolution.place
        return len(gap) <= _HELD and places[0] is not None and places[1] is not None and holds(places[0], places[1])
