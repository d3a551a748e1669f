"""The small networks: what they make of a row, and what a score is made of."""

from __future__ import annotations

import json

import numpy as np
import pytest

from gazetteer.hidden_layer import Network, network_of

FEATURES = ("sun", "rain")
RAW = {
    "straight": {"sun": [2.0, 0.0], "rain": [-1.0, 0.5]},
    "inner": {"sun": [1.0], "rain": [-1.0]},
    "inner bias": [-2.0],
    "outer": [[10.0, 0.0]],
    "outer bias": [0.25, 0.0],
}


@pytest.fixture
def network() -> Network:
    return network_of(json.loads(json.dumps(RAW)), FEATURES)


def test_scores_are_a_sum_and_what_the_hidden_units_add(network: Network) -> None:
    rows = np.array([[1, 0], [3, 0], [3, 4]], dtype=np.float32)  # the unit answers from sun - rain = 2 on
    assert network.scores(rows).tolist() == [[2.25, 0.0], [16.25, 0.0], [2.25, 2.0]]


def test_what_a_score_is_made_of(network: Network) -> None:
    assert network.parts([3.0, 1.0]) == {0: 6.0, 1: -11.0}  # without the rain the unit would answer
    assert network.parts([3.0, 0.0]) == {0: 16.0}
    assert network.parts([0.0, 0.0]) == {}


def test_trained_and_shipped_networks_agree() -> None:
    torch = pytest.importorskip("torch", reason="needs the extras of training")
    from gazetteer.training.hidden_layer import Hidden

    torch.manual_seed(1)
    rows = torch.randn(8, 3) * torch.tensor([1.0, 10.0, 0.1]) + 3
    trained = Hidden(3, 5, 2, dropped=0.5)
    trained.scale(rows)
    torch.nn.init.normal_(trained.straight.weight)
    torch.nn.init.normal_(trained.outer.weight)
    shipped = network_of(json.loads(json.dumps(trained.written("abc"))), "abc")
    assert shipped.scores(rows.numpy()) == pytest.approx(trained.eval()(rows).detach().numpy(), abs=0.02)
