"""A conditional logit: weights by which one of several candidates is chosen (McFadden 1974), fitted with an L2 prior."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Choice:
    """Candidates with what is right among them."""

    document: str
    candidates: Matrix
    """A row of features for each."""
    right: tuple[int, ...]
    """Rows that are right; which of them is chosen does not matter."""
    weight: float = 1.0


def fit(choices: Sequence[Choice], prior: Matrix, strength: float) -> Matrix:
    """Find the weights that make the right candidates most likely; ``strength`` draws them towards ``prior``."""

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        total = 0.0
        gradient = np.zeros_like(weights)
        for choice in choices:
            scores = choice.candidates @ weights
            chances = np.exp(scores - scores.max())
            chances /= chances.sum()
            right = list(choice.right)
            sure = float(chances[right].sum())
            total -= choice.weight * math.log(sure + 1e-12)
            wanted = np.zeros(len(chances))
            wanted[right] = chances[right] / max(sure, 1e-300)
            gradient -= choice.weight * ((wanted - chances) @ choice.candidates)
        away = weights - prior
        return total + strength * float(away @ away) / 2, gradient + strength * away

    found = minimize(loss, prior, jac=True, method="L-BFGS-B", options={"maxiter": 200})
    weights: Matrix = found.x
    return weights
