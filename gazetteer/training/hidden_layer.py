"""A small network as it is trained: :mod:`gazetteer.hidden_layer` with one hidden layer beside a sum."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeVar

import torch
from torch import Tensor, nn

_LEAST_SPREAD = 0.1
_Batch = TypeVar("_Batch")


class Settings(NamedTuple):
    """How a network learns."""

    units: int
    """Of the hidden layer."""
    epochs: int
    batch: int
    """Cases a step."""
    rate: float
    """Largest step of AdamW."""
    decay: float
    """Of the weights."""
    dropped: float
    """Share of the units that a step leaves out."""
    networks: int = 1
    """How many are learned, each by other dice: the mean of their scores is steadier than those of one."""


class Hidden(nn.Module):
    """The network; what it sees is brought to one scale first."""

    def __init__(self, features: int, units: int, scores: int, dropped: float) -> None:
        """``dropped``: the share of the units that a step leaves out."""
        super().__init__()
        self.straight = nn.Linear(features, scores, bias=False)
        self.inner = nn.Linear(features, units)
        self.outer = nn.Linear(units, scores)
        self.drop = nn.Dropout(dropped)
        for weight in (self.straight.weight, self.outer.weight, self.outer.bias):
            nn.init.zeros_(weight)
        self.register_buffer("middle", torch.zeros(features))
        self.register_buffer("spread", torch.ones(features))

    def scale(self, rows: Tensor) -> None:
        """Take the scale of what it sees from rows to learn from: (rows, features). What is nearly always the same is not blown up."""
        self.middle, self.spread = rows.mean(0), rows.std(0).clamp(min=_LEAST_SPREAD)

    def forward(self, rows: Tensor) -> Tensor:
        """Give the scores of rows: (..., features) to (..., scores)."""
        scaled = (rows - self.middle) / self.spread
        out: Tensor = self.straight(scaled) + self.outer(self.drop(torch.relu(self.inner(scaled))))
        return out

    def written(self, features: Sequence[str]) -> dict[str, object]:
        """Return the weights as :func:`gazetteer.hidden_layer.network_of` reads them, for rows that are not scaled."""
        straight, inner = self.straight.weight / self.spread, self.inner.weight / self.spread
        return {
            "straight": dict(zip(features, _rounded(straight.T), strict=True)),
            "inner": dict(zip(features, _rounded(inner.T), strict=True)),
            "inner bias": _rounded(self.inner.bias - inner @ self.middle),
            "outer": _rounded(self.outer.weight.T),
            "outer bias": _rounded(self.outer.bias - straight @ self.middle),
        }


def learn(network: Hidden, settings: Settings, epoch: Callable[[], Sequence[_Batch]], loss: Callable[[_Batch], Tensor]) -> Hidden:
    """Train a network with AdamW, in steps that shrink to nothing. ``epoch``: gives the batches of an epoch, always as many, in an order of chance."""
    batches = epoch()
    optimizer = torch.optim.AdamW(network.parameters(), lr=settings.rate, weight_decay=settings.decay)
    steps = settings.epochs * len(batches)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 1 - step / steps)
    for number in range(settings.epochs):
        for batch in epoch() if number else batches:
            optimizer.zero_grad()
            loss(batch).backward()
            optimizer.step()
            schedule.step()
    return network.eval()


def _rounded(values: Tensor) -> list[Any]:
    return [_rounded(row) if row.dim() else round(float(row), 4) for row in values.detach()]


def learn_several(settings: Settings, one: Callable[[int], Hidden]) -> Hidden:
    """Learn as many networks as wanted, ``one`` by one and each from a seed, and put them together."""
    networks = []
    for seed in range(settings.networks):
        torch.manual_seed(seed)
        networks.append(one(seed))
    return together(networks)


def together(networks: Sequence[Hidden]) -> Hidden:
    """Return one network with the units of several that were learned from the same rows, whose scores are the mean of theirs."""
    first = networks[0]
    whole = Hidden(first.inner.in_features, sum(network.inner.out_features for network in networks), first.outer.out_features, first.drop.p)
    whole.middle, whole.spread = first.middle, first.spread
    with torch.no_grad():
        whole.straight.weight.copy_(torch.stack([network.straight.weight for network in networks]).mean(0))
        whole.inner.weight.copy_(torch.cat([network.inner.weight for network in networks]))
        whole.inner.bias.copy_(torch.cat([network.inner.bias for network in networks]))
        whole.outer.weight.copy_(torch.cat([network.outer.weight for network in networks], dim=1) / len(networks))
        whole.outer.bias.copy_(torch.stack([network.outer.bias for network in networks]).mean(0))
    return whole.eval()
