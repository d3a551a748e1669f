"""A sentence as the encoder reads it: in English words, with actors that are called the same in every document.

The encoder knows English, and it should not learn from an organisation's name. So the tracked actor becomes "the group", another one "the rival"; the
words of another language become their English glosses, in their order, by the language's ``glosses.tsv``: a phrase that it has as a whole ("echaron raíces":
"took root"), the other words one by one. Names of places stay.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gazetteer.passages import Passage
from gazetteer.text.language import ENGLISH, Language

_ARTICLE = "the"
_ACTOR, _RIVAL = "group", "rival"
_GONE = "-"
"""Gloss of a word that English has no word for: the Spanish "se"."""
_Phrase = tuple[str, ...]


@lru_cache
def _phrases(language: Language) -> Mapping[str, Sequence[_Phrase]]:
    """The phrases that a language has glosses for by their first word, the longest first."""
    out: dict[str, list[_Phrase]] = defaultdict(list)
    for phrase in sorted((tuple(entry.split()) for entry in language.glosses() if " " in entry), key=len, reverse=True):
        out[phrase[0]].append(phrase)
    return dict(out)


@dataclass(frozen=True, slots=True)
class Retold:
    """A sentence's words and, for each place named in it, its words (``start`` to ``end``)."""

    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]


class Reteller:
    """Retells the sentences of one language."""

    def __init__(self, language: Language, first_actor: str | None) -> None:
        """``first_actor``: the id of the one that is "the group"."""
        self.first_actor = first_actor
        self.glosses: Mapping[str, str] = {} if language.code == ENGLISH else language.glosses()
        self._phrases = _phrases(language) if self.glosses else {}
        self.speaks = language.code == ENGLISH or bool(self.glosses)
        """Whether there is a way into English at all."""

    def retell(self, passage: Passage) -> Retold:
        """A passage in the encoder's words."""
        actors = {ref.position: ref for ref in passage.actors}
        places = {position for item in passage.named if not item.points_back for position in range(item.start, item.end)}
        names = places.union(actors)
        keys = [text.lower() for text in passage.texts] if self._phrases else []
        words: list[str] = []
        at: list[int] = []
        until = 0
        for position, text in enumerate(passage.texts):
            at.append(len(words))
            if position < until:
                continue
            ref = actors.get(position)
            if ref is not None:
                until = ref.end
                words += ([] if words and words[-1].lower() == _ARTICLE else [_ARTICLE]) + [_ACTOR if ref.actor == self.first_actor else _RIVAL]
            elif position in places:
                words.append(text)
            elif phrase := self._phrase(keys, position, names):
                until = position + len(phrase)
                words += self._gloss(" ".join(phrase))
            else:
                words += self._gloss(text)
        at.append(len(words))
        return Retold(tuple(words), tuple((at[item.start], at[min(item.end, len(passage.texts))]) for item in passage.named))

    def _phrase(self, keys: Sequence[str], position: int, names: Collection[int]) -> _Phrase:
        """The longest phrase with a gloss of its own that begins at a word and that no name is part of, or ()."""
        if not keys:
            return ()
        for phrase in self._phrases.get(keys[position], ()):
            end = position + len(phrase)
            if tuple(keys[position:end]) == phrase and not any(inner in names for inner in range(position, end)):
                return phrase
        return ()

    def _gloss(self, text: str) -> list[str]:
        gloss = self.glosses.get(text.lower())
        if gloss is None:
            return [text] if not text.isspace() else []
        return gloss.split() if gloss != _GONE else []


def context_of(reteller: Reteller, heading: Passage | None, before: Passage | None) -> tuple[str, ...]:
    """What stands before a sentence, in the encoder's words: its section's heading and the sentence before it in the paragraph."""
    above = (*reteller.retell(heading).words, "|") if heading is not None else ()
    return (*above, *reteller.retell(before).words) if before is not None else above


def told_of(first_actor: str | None, passage: Passage, before: Passage | None) -> str | None:
    """The actor that a sentence is about, to the encoder "the group": the tracked one, unless only others are named in it or right before."""
    named = [ref.actor for ref in passage.actors] or [ref.actor for ref in (before.actors if before else ())]
    return first_actor if not named or first_actor in named else named[0]
