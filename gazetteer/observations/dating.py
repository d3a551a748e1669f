"""Which of the dates at hand is the date of the thing said: the sentence's own, the paragraph's last, the section's time frame, or only the document's.

A small network scores the candidates, learned by ``gazetteer/training/dating.py``. The document's own date is a candidate like the others: it wins where
the sentence tells what holds now, or gives no date and continues no dated story.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from gazetteer import edtf, hidden_layer
from gazetteer.chances import softmax
from gazetteer.hidden_layer import Floats, Network
from gazetteer.observations import claims
from gazetteer.passages import Passage
from gazetteer.passages.clauses import nearness, span_distance
from gazetteer.passages.time_frames import OPENS, Frame
from gazetteer.records import Precision, Provenance, Span, Timex
from gazetteer.text.language import Language
from gazetteer.text.names import key
from gazetteer.text.tokens import Tokens

Dated = tuple[int, int, Timex]
"""A time expression at word offsets of its sentence."""
_HEAD = 4
"""Words from the comma before "and" to the date with which a clause begins, at most: ", and only in 2003"."""
_GOES_ON = 8
"""Words at the beginning of a sentence in which one may say that it goes on with what was told: "Soon afterwards they appeared in Cusco"."""
_BESIDE = 6
"""Words before and behind a place that may tell whether the sentence says what holds now."""


@dataclass(frozen=True, slots=True)
class DateChoice:
    """A date that an observation may have."""

    date: str
    precision: Precision
    provenance: Provenance
    features: Mapping[str, float]
    timex: Timex | None = None


class Scorer:
    """The network and the names of what it sees."""

    def __init__(self, network: Network, features: Sequence[str]) -> None:
        self.network = network
        self.column = {name: number for number, name in enumerate(features)}

    def scores(self, choices: Sequence[DateChoice]) -> list[float]:
        """The scores of some dates."""
        found: list[float] = self.network.scores(matrix(choices, self.column))[:, 0].tolist()
        return found


def matrix(choices: Sequence[DateChoice], column: Mapping[str, int]) -> Floats:
    """The features of some dates by their columns: (dates, columns); those without a column are left out."""
    out = np.zeros((len(choices), len(column)), dtype=np.float32)
    for row, choice in enumerate(choices):
        for name, value in choice.features.items():
            number = column.get(name)
            if number is not None:
                out[row, number] = value
    return out


class Dater:
    """Dates what the sentences of a language say."""

    def __init__(self, language: Language, scorer: Scorer | None = None) -> None:
        """``scorer``: None for the one that ships with the package."""
        self.past, self.present = language.words("clauses", "past"), language.words("clauses", "present")
        self.joining, self.sequel = language.words("clauses", "joining"), language.words("clauses", "sequel")
        self.claims = claims.of_language(language)
        self.counted = frozenset(map(key, language.table("timexes")["cues"]["behind"]))
        self.past_endings = tuple(language.table("clauses")["past_endings"])
        self.scorer = scorer

    def choose(self, choices: Sequence[DateChoice]) -> tuple[DateChoice, float]:
        """The most likely date and its chance among the choices."""
        chances = softmax((self.scorer or shipped()).scores(choices))
        best = max(range(len(choices)), key=chances.__getitem__)
        return choices[best], chances[best]

    def choices(
        self,
        passage: Passage,
        tokens: Tokens,
        spans: Sequence[Span],
        cue: Span | None,
        phase: str,
        frame: Frame,
        published: str,
        southern: bool,
        planned: bool = False,
    ) -> list[DateChoice]:
        """All dates that a phase of a place may have, the document's last.

        ``spans``: the place and its neighbours in a list, ``cue``: the strongest cue, as word offsets. What is ``planned`` has a date of its sentence that
        lies ahead of the document's, else the document's own.
        """
        tense = self._tense(passage, tokens, spans) | {"sequel": float(not self.sequel.isdisjoint(passage.words[:_GOES_ON]))}
        own = [
            (start, end, timex)
            for start, end, timex in passage.timexes
            if timex.edtf and _is_after(_seen_from(southern, timex), published) is planned and not self._is_told_elsewhere(passage, spans, start)
        ]
        seen = self._nearest(passage, own, spans, southern)
        others = self._others(passage, spans) if seen else []
        out: list[DateChoice] = []
        for date, (start, end, timex) in seen.items():
            if self._is_of_what_follows(passage, spans, end, timex):
                continue
            features = self._own(passage, (start, end), timex, own, spans, others, cue, phase) | {f"own|{name}": value for name, value in tense.items()}
            out.append(DateChoice(*_event(date, phase, timex), "text", features, timex))
        if planned and out:
            return out
        if not planned:
            out += self._framed(passage, frame, frozenset(seen), phase, published, southern, tense)
        if out and (frame.is_entry or (frame.heads and all(timex.basis == "text" for _, _, timex in own))):
            return out  # a chronicle tells what was so then, in the present tense too
        told = [choice.features for choice in out if choice.provenance == "text"]
        return [*out, DateChoice(published, "document", "document" if published else "none", self._documents(passage, spans, frame, told, phase, tense))]

    def _is_told_elsewhere(self, passage: Passage, spans: Sequence[Span], date: int) -> bool:
        """Whether a date stands in a part of the sentence behind some places that tells of another one.

        "Raids in A and B; two men were held in C the day before"; "it robbed shops in A, and in 2003 it came to B".
        """
        begins = next((position for position in range(date, spans[-1][1] - 1, -1) if self._parts(passage, position, date)), None)
        if begins is None:
            return False
        ends = next((position for position in range(date, len(passage.texts)) if passage.texts[position] == ";"), len(passage.texts))
        return any(begins < item.start < ends and not item.points_back for item in passage.named)

    def _is_of_what_follows(self, passage: Passage, spans: Sequence[Span], end: int, timex: Timex) -> bool:
        """Whether a date, counted from the sentence's own, is that of another event.

        "It fell in A two years after it had risen in B"; "on 8 May, two days before the trial began, it fell in A".
        """
        if timex.type != "DURATION" or not timex.aside or self.counted.isdisjoint(passage.words[end : end + 1]):
            return False
        if spans[-1][1] <= end:
            return any(item.start > end and not item.points_back for item in passage.named)
        comma = next((position for position in range(end, spans[0][0]) if passage.texts[position] == ","), 0)
        return comma > 0 and not any(end < item.start < comma for item in passage.named)

    def _parts(self, passage: Passage, position: int, date: int) -> bool:
        """Whether a part of its own begins at a word: behind a semicolon, or, with the date before any place, as in ", and in 2003 it ..."."""
        if passage.texts[position] == ";":
            return True
        heads = passage.texts[position] == "," and passage.words[position + 1] in self.joining and date - position <= _HEAD
        return heads and not any(position < item.start < date for item in passage.named)

    def _framed(
        self, passage: Passage, frame: Frame, told: Collection[str], phase: str, published: str, southern: bool, tense: Mapping[str, float]
    ) -> Iterator[DateChoice]:
        """Yield the dates that the text before a sentence offers, but for those that the sentence has ``told`` itself."""
        carried, section = frame.carried, frame.section
        if carried is not None:
            date = _seen_from(southern, carried)
            if date not in told and not _is_after(date, published):
                features = self._carried(passage, frame, bool(told), phase, tense)
                yield DateChoice(*_event(date, phase, carried), "context", features, carried)
        if section is not None and section is not carried:
            date = _seen_from(southern, section)
            if date not in told:
                features = {"frame": 1.0, f"frame|own={bool(told)}": 1.0, f"frame|carried={carried is not None}": 1.0}
                yield DateChoice(date, section.precision or "document", "context", features, section)

    @staticmethod
    def _documents(
        passage: Passage, spans: Sequence[Span], frame: Frame, told: Sequence[Mapping[str, float]], phase: str, tense: Mapping[str, float]
    ) -> dict[str, float]:
        """What speaks for the document's own date; ``told``: what speaks for each date of the sentence."""
        features = {
            "document": 1.0,
            f"document|own={min(2, len(told))}": 1.0,
            f"document|carried={frame.carried is not None}": 1.0,
            "document|" + phase: 1.0,
            "document|role=" + passage.sentence.role: 1.0,
            "document|own near": max((other["own|place"] for other in told), default=0.0),
            "document|own nearer another place": min((other["own|nearer another place"] for other in told), default=0.0),
        }
        features |= {f"document|{name}": value for name, value in tense.items()}
        features |= {f"document|opens={word}": 1.0 for word in passage.words[:OPENS]}
        return features | {f"document|beside={word}": 1.0 for word in passage.words[max(0, spans[0][0] - _BESIDE) : spans[-1][1] + _BESIDE] if word}

    def _tense(self, passage: Passage, tokens: Tokens, spans: Sequence[Span]) -> dict[str, float]:
        """How near to the place the nearest word of the past stands, and of the present, from 0 (none) to 1."""
        out: dict[str, float] = {"past": 0.0, "present": 0.0}
        for position, word in enumerate(passage.words):
            if not word:
                continue
            text = tokens.texts[passage.first + position]
            past = word in self.past or (len(text) > 4 and text.islower() and text.endswith(self.past_endings))
            present = word in self.present
            if past or present:
                value = nearness(min([span_distance(passage.scale, (position, position + 1), span) for span in spans]))
                if past:
                    out["past"] = max(out["past"], value)
                if present:
                    out["present"] = max(out["present"], value)
        return out

    @staticmethod
    def _nearest(passage: Passage, own: Sequence[Dated], spans: Sequence[Span], southern: bool) -> dict[str, Dated]:
        """Each date once, where it is told nearest to the place: "in A on 5 May, in B on the same day"."""

        def distance(dated: Dated) -> float:
            return min(span_distance(passage.scale, dated[:2], place) for place in spans)

        out: dict[str, Dated] = {}
        for dated in own:
            timex = dated[2]
            date = _seen_from(southern, timex)
            known = out.get(date)
            if known is None or (timex.phrase_start != known[2].phrase_start and distance(dated) < distance(known)):
                out[date] = dated
        return out

    def _others(self, passage: Passage, spans: Sequence[Span]) -> list[Span]:
        """The other places of a sentence that something may be told of: of where a crew came from nothing is."""
        others = [(item.start, item.end) for item in passage.named if (item.start, item.end) not in spans]
        return [other for other in others if not self.claims.is_source(passage, [other])]

    @staticmethod
    def _own(
        passage: Passage, span: Span, timex: Timex, own: Sequence[Dated], spans: Sequence[Span], others: Sequence[Span], cue: Span | None, phase: str
    ) -> dict[str, float]:
        """What speaks for one of the ``own`` dates of the sentence."""
        scale = passage.scale
        mine = nearness(min([span_distance(scale, span, place) for place in spans]))
        nearest = max([nearness(span_distance(scale, span, other)) for other in others], default=0.0)
        low, high = min(span[0], spans[0][0]), max(span[1], spans[-1][1])
        between_dates = sum(1 for start, end, other in own if other is not timex and low <= start and end <= high)
        between_places = sum(1 for start, _ in others if low < start < high)
        features = {
            "own": 1.0,
            "own|place": mine,
            "own|behind" if span[0] >= spans[-1][1] else "own|before": 1.0,
            "own|dates between": float(between_dates),
            "own|places between": float(min(2, between_places)),
            "own|several": float(len(own) > 1),
            "own|nearer another place": max(0.0, nearest - mine),
            "own|precision=" + (timex.precision or ""): 1.0,
            "own|basis=" + timex.basis: 1.0,
            "own|" + phase: 1.0,
            "own|opens": float(span[0] <= OPENS),
            "own|aside": float(timex.aside),
        }
        for offset, position in ((-2, span[0] - 2), (-1, span[0] - 1), (1, span[1])):
            word = passage.words[position] if 0 <= position < len(passage.words) else "^"
            features[f"own|word {offset:+}={word}"] = 1.0
        if cue is not None:
            features["own|cue"] = nearness(span_distance(scale, span, cue))
        if timex.edtf.endswith("/.."):
            features["own|open"] = 1.0
            features["own|open|" + phase] = 1.0
        if timex.edtf.startswith("../"):
            features["own|until"] = 1.0
        return features

    @staticmethod
    def _carried(passage: Passage, frame: Frame, own: bool, phase: str, tense: Mapping[str, float]) -> dict[str, float]:
        """What speaks for the last date before the sentence."""
        timex = frame.carried
        assert timex is not None
        here = {item.resolution.place.id for item in passage.named if item.resolution.place}
        features = {
            "carried": 1.0,
            f"carried|own={own}": 1.0,
            f"carried|back={min(frame.sentences_back, 3)}": 1.0,
            "carried|frames": float(frame.frames_paragraph),
            "carried|same place": float(bool(here & frame.carried_places)),
            "carried|precision=" + (timex.precision or ""): 1.0,
            "carried|" + phase: 1.0,
            "carried|open": float(timex.edtf.endswith("/..")),
            "carried|basis=" + timex.basis: 1.0,
        }
        features |= {f"carried|opens={word}": 1.0 for word in passage.words[:OPENS]}
        return features | {f"carried|{name}": value for name, value in tense.items()}


def _seen_from(southern: bool, timex: Timex) -> str:
    """The interval of an expression for a place north or south of the equator."""
    return timex.southern if southern and timex.southern else timex.edtf


def _is_after(date: str, published: str) -> bool:
    """Whether a date begins after a document was published: what is told there cannot have been so then."""
    if not published:
        return False
    begins, known = edtf.parse(date).start, edtf.parse(published).end
    return bool(begins and known and begins > known)


def _event(date: str, phase: str, timex: Timex) -> tuple[str, Precision]:
    """The date of a phase by an expression, and its precision.

    What ended at a date began nowhere that the text says; but an outcome told with "until" is that end: "was theirs from 2006 until police came in May 2014".
    """
    if date.startswith("../") and phase in ("disruption", "contested", "exploration"):
        return date[3:], timex.precision or "document"
    if timex.until and phase == "disruption":
        end = date.rpartition("/")[2]
        return end, edtf.parse(end).precision
    return date, timex.precision or "document"


@lru_cache(maxsize=1)
def shipped() -> Scorer:
    """The network that ships with the package."""
    return scorer_of(hidden_layer.read("dating.json"))


def scorer_of(raw: Mapping[str, Any]) -> Scorer:
    """Return the scorer that a trainer wrote; what it sees is named there."""
    features = tuple(raw["straight"])
    return Scorer(hidden_layer.network_of(raw, features), features)
