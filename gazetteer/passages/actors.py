"""Who a stretch of text speaks of: the codebook's actors by name, by "the gang", by a pronoun."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import Literal

from gazetteer.codebook import Actor
from gazetteer.codebook.patterns import Word, one_of
from gazetteer.records import Tagged
from gazetteer.text.language import Language
from gazetteer.text.names import key
from gazetteer.text.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Reference:
    """An actor's name in the text, at a token offset."""

    position: int
    end: int
    actor: str


_OFTEN = 5
"""How many times as often as the tracked actor another one is named in a document that tells of that one by "the gang"."""

OPENING = 3
"""Words before the name of the actor that a sentence begins with, at most: "Last year the Night Owls"."""


class Actors:
    """The codebook's actors in one document."""

    def __init__(self, actors: Sequence[Actor], tokens: Tokens, names: Sequence[Tagged], language: Language) -> None:
        self.ids = tuple(actor.id for actor in actors)
        by_name = {key(name): actor.id for actor in reversed(actors) for name in (actor.name, *actor.aliases)}
        self.references: list[Reference] = []
        for span in names:
            if span.type == "ACT":
                words = " ".join(word for word in tokens.keys[span.start : span.end] if word)
                if words in by_name:
                    self.references.append(Reference(span.start, span.end, by_name[words]))
        self._starts = [reference.position for reference in self.references]
        sides = _sides(language)
        self._acted_on = {reference.position for reference in self.references if sides.stand_before(tokens.keys, reference.position)}

    @property
    def is_told_of(self) -> bool:
        """Whether the text can tell of what the codebook tracks: it names one of its actors, or there are none to name."""
        return bool(self.references) or not self.ids

    def within(self, start: int, end: int) -> list[Reference]:
        """Give the actors named between two tokens."""
        return self.references[bisect_right(self._starts, start - 1) : bisect_right(self._starts, end - 1)]

    def meant(self, start: int, position: int, before: int | None = None) -> str | None:
        """Tell whom "the gang" means at a token, by the actors named from ``start`` (of the paragraph) on: the tracked one, or the last other one that acts.

        It is another one, too, that the sentence before (from ``before``) is about. Where there is none, it is the one that the document is about; None where
        the codebook has no actor.
        """
        named = self.within(start, position)
        topic = None if before is None else self._topic(before, position)
        if topic:
            return topic
        if any(reference.actor == self.ids[0] for reference in named):
            return self.ids[0]
        acting = [reference.actor for reference in named if reference.position not in self._acted_on]
        return acting[-1] if acting else self.main

    def _topic(self, start: int, end: int) -> str | None:
        """The actor that a sentence begins with, if it names no other one."""
        named = self.within(start, end)
        alone = bool(named) and all(reference.actor == named[0].actor for reference in named)
        return named[0].actor if alone and named[0].position <= start + OPENING else None

    @cached_property
    def main(self) -> str | None:
        """The actor that the document is about: the tracked one, which the codebook has first, unless another one is named far more often."""
        counts = Counter(reference.actor for reference in self.references)
        return max(self.ids, key=lambda ident: counts[ident] * (_OFTEN if ident == self.ids[0] else 1)) if self.ids else None

    def last_two(self, position: int, reach: int | None = None) -> tuple[str, ...]:
        """Give the two different actors that were named last before a token (no more than ``reach`` tokens before it): who "both" are."""
        found: list[str] = []
        for reference in reversed(self.references[: bisect_right(self._starts, position - 1)]):
            if reach is not None and reference.position < position - reach:
                break
            if reference.actor not in found:
                found.append(reference.actor)
            if len(found) == 2:
                break
        return tuple(found)


@lru_cache
def common_nouns(language: Language, slot: Literal["generic", "authority"]) -> Word:
    """Give a language's words for any actor ("gang"), or for any of the state's bodies ("task force")."""
    return one_of(language.table("cues")["slots"][slot])


class PairWords:
    """A language's words that speak of two actors at once: "both", "the two gangs", "like their rival"."""

    NEAR = 120
    """How many tokens back the two may have been named for "the gangs"; for "both" there is no limit but the document."""

    def __init__(self, language: Language) -> None:
        words = partial(language.words, "clauses")
        self.both, self.nouns, self.articles = words("both"), words("pair_nouns"), words("pair_articles")
        self.likened, self.like, self.correlative = words("likened"), words("like"), words("correlative")
        generic = common_nouns(language, "generic")
        self.generic = (*generic.exact, *generic.families)

    def meant(self, actors: Actors, words: Sequence[str], first: int) -> tuple[str, ...]:
        """Give the two actors that a sentence (its first token ``first``) speaks of at once, none where it does not."""
        reach = self._reach(words)
        pair = actors.last_two(first + len(words), reach) if reach else ()
        return pair if len(pair) == 2 else ()

    def noun(self, words: Sequence[str]) -> int | None:
        """Tell where a sentence has the noun for two actors: "both mobs", "the two gangs"."""
        return next((position for position, word in enumerate(words) if word in self.nouns and self._is_of_two(words, position)), None)

    def _reach(self, words: Sequence[str]) -> int:
        """How far back the two are looked for, 0 where a sentence speaks of no two."""
        for position, word in enumerate(words):
            if word in self.both and self._stands_for_two(words, position):
                return 100_000
            if word in self.nouns and self._is_of_two(words, position):
                return self.NEAR
            if word in self.likened and any(item in self.like for item in words[max(0, position - 3) : position]):
                return self.NEAR
        return 0

    def _stands_for_two(self, words: Sequence[str], position: int) -> bool:
        """Whether "both" are two actors: not "both organisers", "both cities", "both in Lima and in Quito"."""
        following = words[position + 1] if position + 1 < len(words) else ""
        if following in self.correlative:
            return False
        return not following.endswith("s") or following in self.nouns or following.startswith(self.generic)

    def _is_of_two(self, words: Sequence[str], position: int) -> bool:
        return position > 0 and words[position - 1] in self.articles | self.both


class Sides:
    """A language's words before the one to whom something is done, or with whom: "a war against the Night Owls", "con la banda Los Crías"."""

    _REACH = 4
    """Words from one of them to an actor's name, at most."""

    def __init__(self, language: Language, name: str = "sides", besides: Sequence[str] = ()) -> None:
        """``name``: the list of ``clauses.toml``; ``besides``: lists of what may stand between one of them and the name, too."""
        self.words, self.belonging = language.words("clauses", name), tuple(language.words("clauses", "belonging"))
        self.generic = common_nouns(language, "generic")
        self.between = language.words("clauses", "demonstratives", "pair_articles", "likened", *besides)

    def stand_before(self, words: Sequence[str], position: int) -> bool:
        """Whether one of them stands before the actor's name at a word, with at most articles and "gang" between."""
        for back in range(position - 1, max(-1, position - 1 - self._REACH), -1):
            word = words[back]
            if word in self.words:
                return not (back and words[back - 1].startswith(self.belonging))
            if word not in self.between and not self.generic.has(word):
                return False
        return False


@lru_cache
def _sides(language: Language) -> Sides:
    return Sides(language)


class StandIns:
    """A language's words for an actor that has been named, as the one who acts: "the gang", "they"."""

    _REACH = 10
    """How many words before an actor's name the one who acts upon it may stand."""

    def __init__(self, language: Language) -> None:
        words = partial(language.words, "clauses")
        self.articles, self.subjects = words("demonstratives"), words("subjects")
        self.parting = words("opening", "relative", "speakers", "naming")
        self.small = words("joining", "of", "demonstratives", "pair_articles", "existential")
        self.joining, self.also = words("joining"), words("pair_articles")
        self.generic = common_nouns(language, "generic")

    def acts_on(self, words: Sequence[str], position: int, others: Collection[int] = ()) -> bool:
        """Whether one of them stands before an actor's name in its clause and does something to it: "the gang attacked the Night Owls".

        ``others``: where the names of other actors end, who may do so, too: "the Harbour Men attacked the Night Owls".
        """
        between: list[str] = []
        for back in range(position - 1, max(-1, position - 1 - self._REACH), -1):
            word = words[back]
            if back in others or self._stands_in(words, back):
                content = [other for other in between if other not in self.articles and other not in self.also]
                return any(other not in self.small for other in between) and not (back in others and content[0] in self.joining)
            if not word or not word[0].isalnum() or word in self.parting or word == "s":
                return False
            between.append(word)
        return False

    def _stands_in(self, words: Sequence[str], position: int) -> bool:
        word = words[position]
        if word in self.subjects:
            return True
        return position > 0 and words[position - 1] in self.articles and self.generic.has(word)
