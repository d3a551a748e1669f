"""Adjectives and peoples named after places ("Venezuelan", "limeños") in a text."""

from __future__ import annotations

from collections.abc import Iterator

from gazetteer.mentions.extents import JOINED
from gazetteer.records import Mention
from gazetteer.text.language import Language
from gazetteer.text.lexicon import Demonym, demonyms
from gazetteer.text.tokens import Tokens

_LONGEST = 4
"""Words."""


class DemonymFinder:
    """Finds them in texts of one language."""

    def __init__(self, language: Language) -> None:
        self.known = demonyms(language.code)
        self.accented = frozenset(language.table("mentions")["accented"])
        self._first = frozenset(words[0] for words in self.known)
        self._starts = frozenset(words[0] for words in self.known if len(words) > 1)

    def find(self, text: str, tokens: Tokens, starts: frozenset[int], taken: set[int]) -> Iterator[Mention]:
        """Give those that begin at no token that is taken. ``starts``: the tokens that begin a sentence."""
        end = 0
        for position in [position for position, word in enumerate(tokens.keys) if word in self._first]:
            if position < end or position in taken or (tokens.keys[position] in self.accented and tokens.texts[position].isascii()):
                continue
            found, stop = self._at(tokens, position, starts)
            if found is None:
                continue
            low, high = tokens.starts[position], tokens.ends[stop - 1]
            yield Mention(low, high, text[low:high], "demonym", name=found.name, country=found.country, levels=(found.level,), also=found.also)
            end = stop

    def _at(self, tokens: Tokens, position: int, starts: frozenset[int]) -> tuple[Demonym | None, int]:
        """Give the longest one that begins at a token, and where it ends; hyphens between its words do not count."""
        words: tuple[str, ...] = ()
        best: tuple[Demonym | None, int] = (None, position)
        here = position
        while here < len(tokens) and len(words) < _LONGEST:
            if tokens.texts[here] in JOINED and words:
                here += 1
                continue
            if not tokens.keys[here]:
                break
            words += (tokens.keys[here],)
            here += 1
            found = self.known.get(words)
            if found is not None and _is_spelled(found, tokens, position, starts):
                best = (found, here)
            if words[0] not in self._starts:
                break
        return best


def _is_spelled(found: Demonym, tokens: Tokens, position: int, starts: frozenset[int]) -> bool:
    """Whether a demonym's first letter is as its language writes it; at the start of a sentence and in capitals any is."""
    capital = tokens.capital[position]
    return capital == found.capital or (capital and (position in starts or tokens.texts[position].isupper()))
