"""Learns the network of :mod:`gazetteer.phases.hindsight`: what the whole document says about the phases that its sentences gave.

    python -m gazetteer.training.hindsight --encoders FOLDER [--out FOLDER]

It learns from opinions that are as sure, and as wrong, as they are on other documents. So the first looks are those of models that did not see the reading,
which it trains for the purpose; and ``FOLDER`` holds encoders that did not, each named by the first letter of the readings that it can be asked about
(``g.npz``). Readings without such an encoder are left out. Prints the F1 of (place, phase) pairs of a document by both opinions alone and in hindsight,
cross-validated by document.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import torch
from torch import Tensor, nn

from gazetteer.codebook import GENERAL_PHASES
from gazetteer.errors import InputError
from gazetteer.passages import Passage
from gazetteer.phases import SAID, PhaseTagger, encoder
from gazetteer.phases.encoder import Encoder
from gazetteer.phases.hindsight import SEEN, Look
from gazetteer.phases.model import PhaseModel
from gazetteer.training import phases
from gazetteer.training.agreement import Pairs, f1
from gazetteer.training.folds import folds
from gazetteer.training.hidden_layer import Hidden, Settings, learn, learn_several
from gazetteer.training.instances import Prepared
from gazetteer.training.options import Options, run, write_model
from gazetteer.training.phases import Instance

SETTINGS = Settings(units=64, epochs=20, batch=128, rate=3e-3, decay=0.3, dropped=0.4, networks=5)
WEIGHT_OF_PARAGRAPH = 0.3
"""Of a paragraph that is read as a document of its own, so that short texts are known too."""
_PARTS = 5


@dataclass(frozen=True, slots=True)
class Seen:
    """What the second look sees of a document: a row for each look, qualifiers apart."""

    document: str
    places: tuple[str, ...]
    rows: Tensor
    """(looks, features)."""
    logits: Tensor
    """(looks, phases): the mean of both opinions."""
    marked: Tensor
    """(looks, phases): 1 where the phase is."""
    weight: float = 1.0


def first_chances(
    prepared: Mapping[str, Prepared], instances: Mapping[str, Sequence[Instance]], snippets: Sequence[Instance], wanted: Sequence[str]
) -> dict[str, list[Mapping[str, float]]]:
    """Return the chances of each look at the wanted readings by models that did not learn from them."""
    out: dict[str, list[Mapping[str, float]]] = {}
    for held in folds(prepared, _PARTS):
        model = PhaseModel(phases.fit([*(instance for ident in prepared if ident not in held for instance in instances[ident]), *snippets]))
        for ident in held.intersection(wanted):
            kinds = prepared[ident].codebook.phases
            out[ident] = [model.by_phase(kinds, instance.common, instance.own) for instance in instances[ident]]
    return out


def seen(prepared: Prepared, instances: Sequence[Instance], chances: Sequence[Mapping[str, float]], model: Encoder) -> Iterator[Seen]:
    """Return what the second look sees of a reading, and of each of its paragraphs as a document of its own."""
    tagger = PhaseTagger(prepared.passage_reader, prepared.codebook)
    heard = tagger.opinions(prepared.passages, model)
    where = [(number, named) for number, passage in enumerate(prepared.passages) for named in range(len(passage.named))]
    looks = [
        Look(number, named, instance.place, prepared.passages[number].named[named].resolution.place, chance, heard.get((number, named), {}))
        for (number, named), instance, chance in zip(where, instances, chances, strict=True)
    ]
    marked = [instance.phases for instance in instances]
    yield _seen(tagger, prepared.reading.id, prepared.passages, looks, marked, 1.0)
    for first, end in _paragraphs(prepared.passages):
        inside = [number for number, look in enumerate(looks) if first <= look.passage < end]
        if inside and end - first < len(prepared.passages):
            moved = [replace(looks[number], passage=looks[number].passage - first) for number in inside]
            phases_of = [marked[number] for number in inside]
            yield _seen(tagger, prepared.reading.id, prepared.passages[first:end], moved, phases_of, WEIGHT_OF_PARAGRAPH)


def _paragraphs(passages: Sequence[Passage]) -> Iterator[tuple[int, int]]:
    """The numbers of the first passage of each paragraph and of the one behind it."""
    numbers = [number for number, passage in enumerate(passages) if not number or passage.sentence.paragraph != passages[number - 1].sentence.paragraph]
    yield from pairwise([*numbers, len(passages)])


def _seen(tagger: PhaseTagger, ident: str, passages: Sequence[Passage], looks: Sequence[Look], marked: Sequence[frozenset[str]], weight: float) -> Seen:
    rows = tagger.hindsight.rows(passages, looks)
    kept = [number for number, look in enumerate(looks) if not tagger.qualifies(passages, look)]
    return Seen(
        ident,
        tuple(looks[number].key for number in kept),
        torch.tensor([rows[number] for number in kept]).reshape(-1, len(SEEN)),
        torch.tensor([[looks[number].logits[phase] for phase in GENERAL_PHASES] for number in kept]).reshape(-1, len(GENERAL_PHASES)),
        torch.tensor([[float(phase in marked[number]) for phase in GENERAL_PHASES] for number in kept]).reshape(-1, len(GENERAL_PHASES)),
        weight,
    )


def fit(readings: Sequence[Seen]) -> Hidden:
    """Learn to correct the opinions."""
    rows, logits, marked = (torch.cat([getattr(reading, name) for reading in readings]) for name in ("rows", "logits", "marked"))
    weight = torch.cat([torch.full((len(reading.rows), 1), reading.weight) for reading in readings])

    def one(_seed: int) -> Hidden:
        network = Hidden(len(SEEN), SETTINGS.units, len(GENERAL_PHASES), SETTINGS.dropped)
        network.scale(rows)

        def epoch() -> Sequence[Tensor]:
            return torch.split(torch.randperm(len(rows)), SETTINGS.batch)

        def loss(batch: Tensor) -> Tensor:
            return nn.functional.binary_cross_entropy_with_logits(logits[batch] + network(rows[batch]), marked[batch], weight[batch])

        return learn(network, SETTINGS, epoch, loss)

    return learn_several(SETTINGS, one)


def found_pairs(readings: Sequence[Seen], network: Hidden | None) -> Pairs:
    """Return what is said of the readings' places, by the opinions alone where there is no network."""
    out: Pairs = set()
    with torch.no_grad():
        for reading in readings:
            chances = torch.sigmoid(reading.logits + network(reading.rows) if network else reading.logits)
            out |= _pairs(reading, chances >= SAID)
    return out


def _pairs(reading: Seen, said: Tensor) -> Pairs:
    return {(reading.document, reading.places[look], GENERAL_PHASES[phase]) for look, phase in said.nonzero().tolist()}


def marked_pairs(readings: Sequence[Seen]) -> Pairs:
    """Return what is marked."""
    return set().union(*(_pairs(reading, reading.marked > 0) for reading in readings))


def cross_validated(readings: Sequence[Seen], parts: int) -> tuple[float, float]:
    """F1 of the readings' pairs: by the opinions alone, and in hindsight that was learned from other documents."""
    whole = [reading for reading in readings if reading.weight == 1]
    found: Pairs = set()
    for held in folds((reading.document for reading in whole), parts):
        network = fit([reading for reading in readings if reading.document not in held])
        found |= found_pairs([reading for reading in whole if reading.document in held], network)
    marked = marked_pairs(whole)
    return f1(found_pairs(whole, None), marked), f1(found, marked)


def encoders(folder: Path | None) -> dict[str, Encoder]:
    """Read the encoders of a folder, by the first letter of the readings that each did not learn from.

    Raises InputError where there is none, or one cannot be read.
    """
    paths = sorted(folder.glob("?.npz")) if folder else []
    if not paths:
        raise InputError("hindsight: --encoders FOLDER: encoders that did not learn from some readings, named by the readings' first letter: g.npz")
    out: dict[str, Encoder] = {}
    for path in paths:
        try:
            out[path.stem] = encoder.read(path)
        except (OSError, ValueError, KeyError) as error:
            raise InputError(f"{path}: is no encoder ({error}); give one that gazetteer.training.encoder wrote") from error
    return out


def train(options: Options) -> None:
    """Learn and write ``hindsight.json``."""
    asked = encoders(options.encoders)
    prepared, snippets = phases.material(options)
    instances = {ident: list(phases.instances_of(item)) for ident, item in prepared.items()}
    wanted = [ident for ident in prepared if ident[0] in asked]
    if not wanted:
        raise InputError(f"{options.encoders}: no reading's name begins with {', '.join(sorted(asked))}; name each encoder by the letter of its readings")
    chances = first_chances(prepared, instances, snippets, wanted)
    readings = [item for ident in wanted for item in seen(prepared[ident], instances[ident], chances[ident], asked[ident[0]])]
    print(f"hindsight: {sum(len(reading.rows) for reading in readings if reading.weight == 1)} places in sentences of {len(wanted)} readings")
    if options.folds:
        before, after = cross_validated(readings, options.folds)
        print(f"hindsight: F1 of places' phases in the readings {before:.4f} by the opinions alone, {after:.4f} in hindsight, cross-validated")
    write_model(options.out, "hindsight.json", fit(readings).written(SEEN))


if __name__ == "__main__":
    sys.exit(run(__doc__, train))
