"""Where the names of places begin and end: as short as the codebook wants them (section 1), and whole where the tagger cut them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gazetteer.mentions.matching import AREAS, JOINERS, Match, Matcher
from gazetteer.text.lexicon import WordClasses, small_words
from gazetteer.text.tokens import POSSESSIVE, Tokens

JOINED = frozenset({"-", "‐", "‑", "–", "/"})
"""What stands between two names that are one word: "Peru-Bolivia"."""


class Extents:
    """Of the names in one document. Positions are token offsets."""

    def __init__(self, tokens: Tokens, matches: Sequence[Match | None], matcher: Matcher, classes: WordClasses, starts: frozenset[int]) -> None:
        """``starts``: the tokens that begin a sentence."""
        self.tokens, self.matches, self.matcher = tokens, matches, matcher
        self.classes, self.small, self.starts = classes, small_words(), starts

    def known(self, start: int, end: int) -> bool:
        """Whether the gazetteer has a name at exactly these tokens."""
        match = self.matches[start]
        return match is not None and match.end == end

    def whole(self, parts: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Places whose name was cut whole again: behind its article ("El Guabo", "Al-Raqqa"), at a hyphen, a line's end in a sentence, an area's "and"."""
        out: list[tuple[int, int]] = []
        for start, end in parts:
            if out and start < out[-1][1]:
                continue
            first = max(self._first(start, end), out[-1][1] if out else 0)
            match = self.matches[first]
            cut = match is not None and not match.code and match.end > end and self._is_cut(end, match)
            out.append((first, match.end if match is not None and cut else end))
        return out

    def _first(self, start: int, end: int) -> int:
        """Where a name begins: behind its article, or before the word that the gazetteer needs to know it: "East China Sea" where "China Sea" was tagged."""
        if start - 2 in self.tokens.articles:
            return start - 2
        first = start - self.has_own_article(start - 1)
        whole = first == start > 0 and self.tokens.capital[start - 1] and not self.known(start, end) and self.known(start - 1, end)
        return start - 1 if whole else first

    def has_own_article(self, position: int) -> bool:
        """Whether an article with a capital stands inside a sentence, and so is a part of the name behind it: "en El Guabo", "in La Paz"."""
        tokens = self.tokens
        if position < 1 or position in self.starts or tokens.keys[position] not in self.small.own_articles:
            return False
        behind_word = tokens.texts[position - 1][-1].isalnum() or tokens.texts[position - 1] == ","
        return behind_word and tokens.texts[position].istitle() and tokens.starts[position + 1] == tokens.ends[position] + 1

    def _is_cut(self, end: int, match: Match) -> bool:
        """Whether only hyphens or a line's end stand between a name's first words and the rest; or, if it is that of an area, "and".

        A region of several countries is called by what these are, too: "Baltic states".
        """
        texts, starts, ends, whole = self.tokens.texts, self.tokens.starts, self.tokens.ends, match.end
        if self.tokens.keys[whole - 1] in self.matcher.lands and not self.tokens.capital[whole - 1]:
            return True
        if self.tokens.keys[end] in self.small.joining:
            return not AREAS.isdisjoint(self.matcher.kind(match))
        if "\n" in texts[end:whole]:
            return self.starts.isdisjoint(range(end, whole))
        return any(text in JOINERS for text in texts[end:whole]) and all(ends[position - 1] == starts[position] for position in range(end, whole))

    def parts(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Give the places in a tagged span, each as short as the codebook wants it."""
        if self.known(start, end) and not self._is_kind_of_facility(start, end):
            yield start, end
            return
        texts, keys = self.tokens.texts, self.tokens.keys
        for position in range(start + 1, end - 1):
            rest = position + 1
            if keys[position] in self.small.joining:  # "Guayas y de Los Ríos"
                rest += keys[rest] in self.small.of and rest < end - 1
            joined = (texts[position] in JOINED and position - 1 not in self.tokens.articles) or keys[position] in self.small.joining
            splits = (
                texts[position] in POSSESSIVE
                or (joined and self._is_name(start, position) and self._is_name(rest, end))
                or (keys[position] in self.small.of and self._is_country(rest, end) and (self._is_country(start, position) or self._says_kind(start, position)))
                or self.lies_in(start, position, end)
            )
            if splits:
                yield from self.parts(start, position)
                yield from self.parts(rest, end)
                return
        yield from self._trimmed(start, end)

    def lies_in(self, start: int, of: int, end: int) -> bool:
        """Whether a name goes on with "of" and what it lies in, behind a generic word in small letters: "el barrio Siloé de Cali"."""
        match = self.matches[of + 1] if of + 1 < end else None
        if self.tokens.keys[of] not in self.small.of or match is None or match.end != end or self.tokens.keys[start] in self.small.saints:
            return False
        return self.is_called(start) and self.matcher.is_large(match)

    def is_called(self, start: int) -> bool:
        """Whether a generic word in small letters stands right before a name: "el barrio Siloé"."""
        tokens, before = self.tokens, start - 1
        return start > 0 and not tokens.capital[before] and tokens.keys[before] in self.classes.features and tokens.ends[before] + 1 == tokens.starts[start]

    def _says_kind(self, start: int, end: int) -> bool:
        """Whether the last of several words says what an area is: "Volta Region" in "Volta Region of Ghana"."""
        feature = self.classes.features.get(self.tokens.keys[end - 1])
        return end - start > 1 and feature is not None and feature.level in ("admin1", "admin2")

    def _is_country(self, start: int, end: int) -> bool:
        match = self.matches[start]
        return match is not None and match.end == end and "C" in self.matcher.kind(match)

    def _is_name(self, start: int, end: int) -> bool:
        return self.known(start, end) or (self.matches[start] is not None and any(self.known(inner, end) for inner in range(start, end)))

    def _trimmed(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        texts = self.tokens.texts
        while end - start > 1 and texts[end - 1] in POSSESSIVE and not self.known(start, end):
            end -= 1
        while end - start > 1 and self._only_says_kind(start, end):
            end -= 1
            if self._only_says_which(start, end):
                end -= 1
        while end - start > 1 and not self.known(start, end) and self._is_leader(start, end):
            start += 1
            while end - start > 1 and not self.tokens.capital[start]:
                start += 1
        yield start, end

    def _only_says_kind(self, start: int, end: int) -> bool:
        """Whether the last word of a name is no part of it: "Kennedy District", but "Santa Cruz de la Sierra"."""
        feature = self.classes.features.get(self.tokens.keys[end - 1])
        if feature is None or feature.whole or self.tokens.keys[end - 2] in self.small.inside:
            return False
        return not self.known(start, end) or self._is_kind_of_facility(start, end)

    def _only_says_which(self, start: int, end: int) -> bool:
        """Whether the word before the one that says what it is belongs to that: "Maroua Central Prison"."""
        return end - start > 1 and self.tokens.keys[end - 1] in self.classes.before_place and not self.known(start, end) and self.known(start, end - 1)

    def _is_kind_of_facility(self, start: int, end: int) -> bool:
        """Whether a name that the gazetteer knows ends in a word that only says what it is ("Tocorón Penitentiary"), and it knows the rest as well."""
        feature = self.classes.features.get(self.tokens.keys[end - 1])
        return (
            end - start > 1 and feature is not None and feature.level == "facility" and not feature.whole and self.matcher.is_name(self.tokens, start, end - 1)
        )

    def _is_leader(self, start: int, end: int) -> bool:
        """Whether the first word only stands before the name: "Southern" Lebanon, "Department of" Antioquia, "The" Bronx."""
        word = self.tokens.keys[start]
        rest = start + 1
        feature = self.classes.features.get(word)
        generic = feature is not None and not feature.whole and rest < end and self.tokens.keys[rest] in self.small.inside
        article = word in self.small.articles and not self.has_own_article(start)
        return generic or article or (word in self.classes.before_place and self._is_name(rest, end))
