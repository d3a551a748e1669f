"""Learns a small network that chooses one of several: which place is meant, which date is that of a thing said."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from gazetteer.training.hidden_layer import Hidden, Settings, learn, learn_several

_NEVER = -1e4


class Case(NamedTuple):
    """Something to choose from."""

    rows: NDArray[np.float32]
    """(choices, features)."""
    right: tuple[int, ...]
    """Numbers of the right choices."""
    weight: float = 1.0


class _Batch(NamedTuple):
    """Cases whose choices are filled up to the same number."""

    rows: Tensor
    """(cases, choices, features)."""
    missing: Tensor
    """(cases, choices): where there is none."""
    right: Tensor
    """(cases, choices): 0 where it is right, else hardly possible, as logarithms."""
    weight: Tensor


def _batch(cases: Sequence[Case]) -> _Batch:
    most, features = max(len(case.rows) for case in cases), cases[0].rows.shape[1]
    rows = torch.zeros(len(cases), most, features)
    missing = torch.ones(len(cases), most, dtype=torch.bool)
    right = torch.full((len(cases), most), _NEVER)
    for number, case in enumerate(cases):
        right[number, list(case.right)] = 0.0
        rows[number, : len(case.rows)] = torch.from_numpy(case.rows)
        missing[number, : len(case.rows)] = False
    return _Batch(rows, missing, right, torch.tensor([case.weight for case in cases]))


def fit(cases: Sequence[Case], features: int, settings: Settings) -> Hidden:
    """Learn from the cases that have a right choice to give the right ones the highest scores (a conditional logit with a hidden layer)."""
    ordered = sorted((case for case in cases if case.right), key=lambda case: len(case.rows))
    batches = [_batch(ordered[first : first + settings.batch]) for first in range(0, len(ordered), settings.batch)]
    return learn_several(settings, lambda seed: _one(list(batches), features, settings, random.Random(seed)))


def _one(batches: list[_Batch], features: int, settings: Settings, dice: random.Random) -> Hidden:
    network = Hidden(features, settings.units, 1, settings.dropped)

    def epoch() -> Sequence[_Batch]:
        dice.shuffle(batches)
        return batches

    def loss(batch: _Batch) -> Tensor:
        scores = network(batch.rows).squeeze(-1).masked_fill(batch.missing, _NEVER)
        each = torch.logsumexp(scores, 1) - torch.logsumexp(scores + batch.right, 1)
        out: Tensor = (each * batch.weight).sum() / batch.weight.sum()
        return out

    return learn(network, settings, epoch, loss)


def chosen(network: Hidden, rows: NDArray[np.float32]) -> int:
    """Return the number of the choice with the highest score: (choices, features) to its row."""
    with torch.no_grad():
        return int(network(torch.from_numpy(rows)).argmax())
