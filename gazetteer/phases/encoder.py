"""A second opinion on a sentence's phases: a small transformer that reads the whole of it.

The logistic model of :mod:`gazetteer.phases.model` knows words, families of words and how far they stand from a place. This one has an idea of what a
sentence says, from the English sentence encoder that it is cut from (all-MiniLM-L6-v2, Apache 2.0); ``gazetteer/training/encoder.py`` cuts and trains it.
The layers are those of BERT (Devlin et al. 2019), the pieces of words those of WordPiece; NumPy is enough to run them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
"""Every vocabulary begins with these."""
_PADDING, _UNKNOWN, _FIRST, _LAST = range(len(SPECIAL))
MOST_PIECES = 110
"""Pieces of a sentence that are read; what stands behind is not."""
MOST_CONTEXT = 40
"""Pieces of what stands before a sentence that are read: the last ones."""
HEAD_WIDTH = 32
_EPSILON = np.float32(1e-12)
LEVELS = 7
"""An embedding's number is one of -7 .. 7, in half a byte."""
_PART = re.compile(r"\w+|[^\w\s]")


class WordPieces:
    """Cuts words into pieces of a vocabulary, each time the longest that fits."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self.numbers = {piece: number for number, piece in enumerate(vocabulary)}
        self._known: dict[str, list[int]] = {}

    def __call__(self, word: str) -> list[int]:
        """The pieces of a word, by their numbers."""
        found = self._known.get(word)
        if found is None:
            found = self._known[word] = [number for part in _PART.findall(_plain(word)) for number in self._cut(part)]
        return found

    def _cut(self, part: str) -> list[int]:
        out: list[int] = []
        start = 0
        while start < len(part):
            mark = "##" if start else ""
            end = next((end for end in range(len(part), start, -1) if mark + part[start:end] in self.numbers), 0)
            if not end:
                return [_UNKNOWN]
            out.append(self.numbers[mark + part[start:end]])
            start = end
        return out


def _plain(word: str) -> str:
    """A word in lower case and without accents."""
    return "".join(letter for letter in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(letter))


@dataclass(frozen=True, slots=True)
class Pieces:
    """A sentence and what stands before it, in pieces; spans count from the first piece."""

    ids: tuple[int, ...]
    sentence: int
    """How many of them are the sentence's, the marks at its ends included."""
    spans: tuple[tuple[int, int] | None, ...]
    """The pieces of each place, None where it stands behind :data:`MOST_PIECES`."""


def pieces_of(cut: WordPieces, words: Sequence[str], spans: Sequence[tuple[int, int]], context: Sequence[str]) -> Pieces:
    """Put a sentence's words and those before it into pieces; ``spans``: the places, as words."""
    starts: list[int] = []
    ids = [_FIRST]
    for word in words:
        starts.append(len(ids))
        ids += cut(word)
    starts.append(len(ids))
    last = min(len(ids), MOST_PIECES + 1)
    found = tuple((starts[start], min(starts[end], last)) if starts[start] < min(starts[end], last) else None for start, end in spans)
    before = [number for word in context for number in cut(word)][-MOST_CONTEXT:]
    return Pieces((*ids[:last], _LAST, *before, _LAST), last + 1, found)


class Encoder:
    """The transformer, with weights by the names that ``gazetteer/training/encoder.py`` gives them."""

    def __init__(self, weights: Mapping[str, NDArray[np.generic]]) -> None:
        self.cut = WordPieces(bytes(weights["vocabulary"]).decode("utf-8").split("\n"))
        self.embedding, self.embedding_scale = weights["embedding"], weights["embedding.scale"].astype(np.float32)
        self.weights = {
            name: _matrix(array, weights[name + ".scale"]) if name + ".scale" in weights else array.astype(np.float32)
            for name, array in weights.items()
            if name not in ("vocabulary", "embedding") and not name.endswith(".scale")
        }
        self.layers = range(sum(name.endswith(".attention.weight") for name in self.weights))

    def chances(self, pieces: Pieces) -> list[list[float] | None]:
        """For each place the chance of each of ``GENERAL_PHASES``, None where it stands too far behind to be read."""
        asked = [0, *(piece for span in pieces.spans if span for piece in range(*span))]
        hidden = self._embed(pieces)
        for number in self.layers[:-1]:
            hidden = self._layer(hidden, f"layer{number}.")
        hidden = self._layer(hidden, f"layer{self.layers[-1]}.", asked)  # what the last one makes of the others is read by nobody
        out: list[list[float] | None] = []
        last = 1
        for span in pieces.spans:
            if span is None:
                out.append(None)
                continue
            first, last = last, last + span[1] - span[0]
            mean: Floats = hidden[first:last].mean(axis=0)
            inner = np.maximum(self._dense(np.concatenate([mean, hidden[0]]), "inner."), 0)
            out.append([float(chance) for chance in 1 / (1 + np.exp(-self._dense(inner, "outer.").astype(np.float64)))])
        return out

    def embeddings(self, ids: NDArray[np.intp]) -> Floats:
        """The embeddings of some pieces: (pieces, width)."""
        rows: Floats = unpacked(self.embedding[ids]).astype(np.float32) * self.embedding_scale[ids, None]
        return rows

    def _embed(self, pieces: Pieces) -> Floats:
        ids = np.array(pieces.ids)
        rows = self.embeddings(ids)
        kinds = (np.arange(len(ids)) >= pieces.sentence).astype(int)
        return self._normal(rows + self.weights["position"][: len(ids)] + self.weights["kind"][kinds], "embedding.norm.")

    def _layer(self, hidden: Floats, name: str, asked: Sequence[int] | None = None) -> Floats:
        """What a layer makes of each piece, or of the ``asked`` ones alone."""
        length, width = hidden.shape
        heads = width // HEAD_WIDTH
        query, key, value = self._dense(hidden, name + "attention.").reshape(length, 3, heads, HEAD_WIDTH).transpose(1, 2, 0, 3)
        if asked is not None:
            query, hidden = query[:, asked], hidden[asked]
        scores = query @ key.transpose(0, 2, 1) * np.float32(HEAD_WIDTH**-0.5)
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        scores /= scores.sum(axis=-1, keepdims=True)
        seen = (scores @ value).transpose(1, 0, 2).reshape(len(hidden), width)
        hidden = self._normal(hidden + self._dense(seen, name + "seen."), name + "seen.norm.")
        return self._normal(hidden + self._dense(_gelu(self._dense(hidden, name + "wide.")), name + "narrow."), name + "narrow.norm.")

    def _dense(self, rows: Floats, name: str) -> Floats:
        out: Floats = rows @ self.weights[name + "weight"] + self.weights[name + "bias"]
        return out

    def _normal(self, rows: Floats, name: str) -> Floats:
        centred = rows - rows.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + _EPSILON)
        out: Floats = centred / spread * self.weights[name + "weight"] + self.weights[name + "bias"]
        return out


def _gelu(rows: Floats) -> Floats:
    """GELU in its tanh form (Hendrycks and Gimpel 2016), as the encoder was trained."""
    out: Floats = np.float32(0.5) * rows * (1 + np.tanh(np.float32(0.7978845608) * (rows + np.float32(0.044715) * rows * rows * rows)))
    return out


def packed(numbers: NDArray[np.int8]) -> NDArray[np.uint8]:
    """Put pairs of neighbours in each row, -7 .. 7, into one byte."""
    up = (numbers + LEVELS).astype(np.uint8)
    return (up[:, 0::2] + up[:, 1::2] * np.uint8(16)).astype(np.uint8)


def unpacked(rows: NDArray[np.generic]) -> NDArray[np.int8]:
    """Undo :func:`packed`."""
    values = rows.astype(np.uint8)
    out = np.empty((values.shape[0], 2 * values.shape[1]), dtype=np.int8)
    out[:, 0::2], out[:, 1::2] = values & 15, values >> 4
    return out - np.int8(LEVELS)


def _matrix(numbers: NDArray[np.generic], scale: NDArray[np.generic]) -> Floats:
    """A matrix (inputs x outputs) from whole numbers and a scale for each output."""
    out: Floats = numbers.astype(np.float32) * scale.astype(np.float32)
    return np.ascontiguousarray(out)


def read(path: Path) -> Encoder:
    """Read an encoder. Raises OSError, ValueError or KeyError where the file is none."""
    with np.load(path, allow_pickle=False) as weights:
        return Encoder(dict(weights))


@lru_cache(maxsize=1)
def shipped() -> Encoder:
    """The encoder that ships with the package."""
    with as_file(files("gazetteer") / "data" / "encoder.npz") as path:
        return read(path)
