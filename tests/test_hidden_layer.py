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


def test_networks_together_give_the_mean_of_their_scores() -> None:
    torch = pytest.importorskip("torch", reason="needs the extras of training")
    from gazetteer.training.hidden_layer import Hidden, Settings, learn_several

    rows = torch.randn(8, 3) * torch.tensor([1.0, 10.0, 0.1]) + 3
    learned = []

    def one(seed: int) -> Hidden:
        network = Hidden(3, 5, 2, dropped=0.5)
        network.scale(rows)
        torch.nn.init.normal_(network.straight.weight)
        torch.nn.init.normal_(network.outer.weight)
        torch.nn.init.normal_(network.outer.bias)
        learned.append(network.eval())
        return network

    whole = learn_several(Settings(units=5, epochs=1, batch=8, rate=0.1, decay=0.0, dropped=0.5, networks=3), one)
    mean = torch.stack([network(rows) for network in learned]).mean(0)
    assert len({network.outer.bias.tolist()[0] for network in learned}) == 3  # by other dice each
    assert torch.allclose(whole(rows), mean, atol=1e-4)
