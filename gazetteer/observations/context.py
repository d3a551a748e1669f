"""What the observations and the routes of a document are made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gazetteer.passages import Passage
from gazetteer.passages.actors import Actors
from gazetteer.records import Document, Resolution
from gazetteer.text.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Context:
    """All that is known of one document when its observations are made."""

    document: Document
    tokens: Tokens
    resolutions: Sequence[Resolution]
    passages: Sequence[Passage]
    actors: Actors

    def meant(self, number: int) -> str | None:
        """Whom a sentence (by its number) means that names no actor, None where the codebook has none."""
        passage, before = self.passages[number], self.passages[max(0, number - 1)]
        return self.actors.meant(passage.paragraph, passage.first, max(passage.paragraph, before.first))
