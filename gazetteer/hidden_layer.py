"""A small network: one hidden layer beside a sum. The trainers write it as JSON, with names for what it sees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gazetteer.files import shipped_json

Floats = NDArray[np.float32]


class Network:
    """Scores of rows of features."""

    def __init__(self, straight: Floats, inner: Floats, inner_bias: Floats, outer: Floats, outer_bias: Floats) -> None:
        """``straight``: (features, scores); ``inner``: (features, units) and (units,); ``outer``: (units, scores) and (scores,)."""
        self.straight, self.inner, self.inner_bias, self.outer, self.outer_bias = straight, inner, inner_bias, outer, outer_bias

    def scores(self, rows: Floats) -> Floats:
        """Give the scores of some rows: (rows, features) to (rows, scores)."""
        out: Floats = rows @ self.straight + np.maximum(rows @ self.inner + self.inner_bias, 0) @ self.outer + self.outer_bias
        return out

    def parts(self, row: Sequence[float]) -> dict[int, float]:
        """Tell how much of a row's first score would be missing without each feature that is not 0, by the feature's number."""
        seen = [number for number, value in enumerate(row) if value]
        if not seen:
            return {}
        without = np.array([[0.0 if column == number else value for column, value in enumerate(row)] for number in seen], dtype=np.float32)
        whole = float(self.scores(np.array([row], dtype=np.float32))[0, 0])
        return {number: whole - float(rest) for number, rest in zip(seen, self.scores(without)[:, 0], strict=True)}


def network_of(raw: Mapping[str, Any], features: Sequence[str]) -> Network:
    """Return the network that a trainer wrote: ``straight`` and ``inner`` by feature, the weights to the scores and to the units; ``outer`` by unit."""
    names = ("inner bias", "outer", "outer bias")
    by_feature = [np.array([raw[name][feature] for feature in features], dtype=np.float32) for name in ("straight", "inner")]
    return Network(*by_feature, *(np.array(raw[name], dtype=np.float32) for name in names))


def read(name: str) -> Mapping[str, Any]:
    """Read what a trainer wrote of a network that ships with the package; ``name``: its file in ``data``."""
    found: Mapping[str, Any] = shipped_json(name)
    return found


def shipped(name: str, features: Sequence[str]) -> Network:
    """Return a network that ships with the package."""
    return network_of(read(name), features)
