"""Cross-validation by document: what is measured on a document was learned from others only."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator

_SEED = 5


def folds(idents: Iterable[str], count: int) -> Iterator[frozenset[str]]:
    """Deal the documents into ``count`` parts, the same at every run; parts that would be empty are left out."""
    documents = sorted(set(idents))
    random.Random(_SEED).shuffle(documents)
    for number in range(min(count, len(documents))):
        yield frozenset(documents[number::count])
