"""Chances, and the scores that models add up."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log

_LEAST = 1e-3
"""Chances under it are taken for it, so that their logits stay small."""


def chance_of(logit: float) -> float:
    """The chance that a logit stands for."""
    return 1 / (1 + exp(-max(-30.0, min(30.0, logit))))


def logit_of(chance: float) -> float:
    """The logit of a chance; those of 0 and 1 are finite."""
    value = min(max(chance, _LEAST), 1 - _LEAST)
    return log(value / (1 - value))


def softmax(scores: Sequence[float]) -> list[float]:
    """Give the chances of several candidates, one of which is right, by their scores."""
    top = max(scores)
    raised = [exp(score - top) for score in scores]
    total = sum(raised)
    return [value / total for value in raised]
