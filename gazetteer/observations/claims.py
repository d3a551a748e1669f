"""How a sentence says something: as a fact, as somebody's report, as a suspicion."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from math import inf

from gazetteer import edtf
from gazetteer.codebook.cues import Hit
from gazetteer.files import shipped_json
from gazetteer.passages import Passage
from gazetteer.passages.clauses import nearness, span_distance
from gazetteer.records import Span, Status
from gazetteer.text.language import Language

_CLAUSE = 20
"""Words before a place in which a verb may say that it is still to come."""
_VERB = 4
"""Words that a verb has at most which does: "will", "is expected to"."""
_DENIAL = 8
"""Words before a clause in which the one that it depends on may deny it: "there is still no hard evidence that"."""
_OBJECT = 6
"""Words behind "nothing ties" that may say to whom, at most: "the dead men to the notorious gang"."""
_SOURCE = 6
"""Words from "arriving from" to a place, at most."""
STATUSES: tuple[Status, ...] = ("confirmed", "reported", "suspected")
_AT_LEAST_REPORTS = frozenset({"in quotes", "attributed list"})


class Claims:
    """Says of a language's sentences how they say something."""

    def __init__(self, language: Language) -> None:
        table = language.table("clauses")
        self.of, self.pronouns = language.words("clauses", "of"), language.words("clauses", "pronouns")
        self.parting = language.words("clauses", "opening", "relative")
        self.plans = re.compile(rf"(?<!\w)(?:{table['planned']})(?!\w)")
        self.announces = re.compile(rf"(?<!\w)(?:{table['announced']})(?!\w)")
        self.fears = re.compile(rf"(?<!\w)(?:{table['feared']})(?!\w)")
        self.hedges = re.compile(rf"(?<!\w)(?:{table['hedged']})(?!\w)")
        self.subjects, self.verbs = language.words("clauses", "subjects"), language.words("clauses", "existential")
        self.past, self.past_endings = language.words("clauses", "past"), tuple(table["past_endings"])
        self.joining, self.breaks = language.words("clauses", "joining"), language.words("clauses", "turning")
        denied, of, that = rf"(?<!\w)(?:{table['denied']})(?!\w)", "|".join(table["of"]), "|".join(table["relative"])
        self.mistakes, self.untouched = (re.compile(rf"(?<!\w)(?:{table[name]})(?!\w)") for name in ("mistaken", "untouched"))
        self.migrations = re.compile(rf"(?<!\w)(?:{table['migrations']})(?!\w)")
        self.sources = re.compile(rf"(?<!\w)(?:{table['sources']})$")
        self.unlinks = re.compile(rf"(?<!\w)(?:{table['unlinked']})(?!\w)")
        self.denies, self.denies_clause = re.compile(rf"{denied}[^,;:]*$"), re.compile(rf"{denied}(?: (?:{of}))? (?:{that})$")

    def is_planned(self, passage: Passage, spans: Sequence[Span], published: str = "") -> bool:
        """Whether the clause of some places says before them, or right behind them, that it is still to come."""
        first, last = spans[0][0], spans[-1][1]
        start = self._start(passage, first)
        before = _said(passage, start, first)
        if self.plans.search(before) or self.plans.match(_said(passage, last, last + _VERB)) or self.fears.search(_said(passage, start - _VERB, first)):
            return True
        if not self._is_ahead(passage, published):
            return False
        return bool(self.announces.search(before)) or self._is_subject_of_plan(passage, start, first, last)

    def _is_subject_of_plan(self, passage: Passage, start: int, first: int, last: int) -> bool:
        """Whether a place stands with the subject of a clause that says further on what is still to come: "a shop in Lima is being built and will open in May".

        Its verb must follow at once. Not where something is told as done before the place, nor where another place or subject stands between.
        """
        behind = last + (passage.texts[last : last + 1] == (",",))
        if self.verbs.isdisjoint(passage.words[behind : behind + 1]):
            return False
        if any(word in self.past or word.endswith(self.past_endings) for word in passage.words[start:first]):
            return False
        end = min([item.start for item in passage.named if item.start >= last], default=len(passage.words))
        end = next((position for position in range(last, end) if self._parts(passage, position) or passage.words[position] in self.subjects), end)
        return bool(self.plans.search(_said(passage, last, end)))

    def is_denied(self, passage: Passage, spans: Sequence[Span]) -> bool:
        """Whether the clause of some places, or the one that it depends on, says before them that nothing is known of it."""
        first = spans[0][0]
        start = self._start(passage, first)
        return bool(self.denies.search(_said(passage, start, first)) or self.denies_clause.search(_said(passage, start - _DENIAL, start)))

    def is_not_its_own(self, passage: Passage, spans: Sequence[Span], is_actor: Callable[[int], bool]) -> bool:
        """Whether it is said of some places that what was seen was nothing or another's doing: "turned out to be a hoax", "nothing ties it to the gang".

        ``is_actor``: whether the word at a position speaks of the one that the text tells of.
        """
        said = _said(passage, 0, len(passage.texts))
        ends = [said.count(" ", 0, found.end()) + 1 for found in self.unlinks.finditer(said)]
        denials = [end - 1 for end in ends if any(map(is_actor, range(end, min(end + _OBJECT, len(passage.words)))))]
        denials += [said.count(" ", 0, found.start()) for found in self.mistakes.finditer(said)]
        return any(self._reaches(passage, denial, start) for denial in denials for start, _ in spans)

    def _reaches(self, passage: Passage, denial: int, place: int) -> bool:
        """Whether a denial speaks of a place: that of its own part of the sentence, or, where that names none, of the part before."""
        words = (*passage.words, "")
        cuts = [i for i, text in enumerate(passage.texts) if text == ";" or words[i] in self.breaks or (text == "," and words[i + 1] in self.joining)]
        mine, its = bisect_right(cuts, denial), bisect_right(cuts, place)
        return its == mine or (its == mine - 1 and not any(bisect_right(cuts, item.start) == mine for item in passage.named))

    def is_untouched(self, passage: Passage, spans: Sequence[Span]) -> bool:
        """Whether the clause of some places says before them that the state did nothing there: "was never arrested in Lima"."""
        first = spans[0][0]
        return bool(self.untouched.search(_said(passage, self._start(passage, first), first)))

    def is_migration(self, passage: Passage) -> bool:
        """Whether a sentence says what people who move make of a place: "the gateway for irregular migrants"."""
        return bool(self.migrations.search(_said(passage, 0, len(passage.texts))))

    def is_source(self, passage: Passage, spans: Sequence[Span]) -> bool:
        """Whether the words before some places say that people or goods came from there: "a crew arrived from Lima"."""
        first = spans[0][0]
        return bool(self.sources.search(_said(passage, first - _SOURCE, first)))

    def _start(self, passage: Passage, first: int) -> int:
        """Where the clause of a place at word ``first`` begins."""
        low = max(0, first - _CLAUSE)
        return max((position + 1 for position in range(low, first) if self._parts(passage, position)), default=low)

    @staticmethod
    def _is_ahead(passage: Passage, published: str) -> bool:
        """Whether a sentence gives a date that lies ahead of its document's."""
        known = edtf.parse(published).end if published else None
        begins = (edtf.parse(timex.edtf).start for _, _, timex in passage.timexes if timex.edtf)
        return known is not None and any(start is not None and start > known for start in begins)

    def _parts(self, passage: Passage, position: int) -> bool:
        """Whether a clause ends at a word: a semicolon, a colon, or a word that opens another one."""
        return passage.texts[position] in (";", ":") or passage.words[position] in self.parting

    def features(self, passage: Passage, spans: Sequence[Span], cue: Span | None, phase: str) -> dict[str, float]:
        """What speaks for a report or a suspicion near a place and the cue of its phase."""
        out: dict[str, float] = {"bias": 1.0, "phase=" + phase: 1.0, "role=" + passage.sentence.role: 1.0}
        anchors = [*spans, cue] if cue else list(spans)
        if any(start <= anchor[0] < end for start, end in passage.quotes for anchor in anchors):
            out["in quotes"] = 1.0
        elif passage.sentence.quoted or passage.quotes:
            out["beside quotes"] = 1.0
        if passage.reported_before:
            out["reported before"] = 1.0
        if passage.attributed:
            out["attributed list"] = 1.0
        if self._is_hedged(passage, anchors):
            out["hedged clause"] = 1.0
        for hit in passage.hits:
            kind, _, sense = hit.cue.sense.partition(":")
            if kind != "status":
                continue
            if all(anchor[1] <= hit.start for anchor in anchors) and self._speaks_of_what_follows(passage, hit, max(end for _, end in anchors)):
                continue
            if sense == "suspected" and self._is_set_off(passage, hit, anchors):
                out["hedged clause"] = 1.0
            value = nearness(min([span_distance(passage.scale, (hit.start, hit.end), anchor) for anchor in anchors]))
            out[sense] = max(out.get(sense, 0.0), value)
            out[sense + " anywhere"] = 1.0
            if sense == "reported":
                out["attributed first" if hit.end <= min([anchor[0] for anchor in anchors]) else "attributed behind"] = 1.0
            out["q=" + hit.cue.text] = max(out.get("q=" + hit.cue.text, 0.0), value)
            if sense == "suspected" and any(self._is_beside(passage, hit.start, anchor[0]) for anchor in anchors):
                out["suspected beside"] = 1.0
            if sense == "suspected" and cue and hit.end <= cue[0]:
                out["suspected before"] = max(out.get("suspected before", 0.0), nearness(span_distance(passage.scale, (hit.start, hit.end), cue)))
        return out

    def _is_beside(self, passage: Passage, first: int, second: int) -> bool:
        """Whether two words stand in one part of a sentence: no semicolon between them, and no word that turns."""
        low, high = sorted((first, second))
        return not any(passage.texts[i] in (";", ":") or passage.words[i] in self.breaks for i in range(low, high))

    def _is_hedged(self, passage: Passage, anchors: Sequence[Span]) -> bool:
        """Whether a clause that begins with a hedge goes on to a place or a cue: "police suspect that the gang has settled in Lima"."""
        last = max(start for start, _ in anchors)
        before = _said(passage, 0, last)
        ends = (before.count(" ", 0, found.end()) + 1 for found in self.hedges.finditer(before))
        return any(not any(passage.texts[i] == ";" or passage.words[i] in self.breaks for i in range(end, last)) for end in ends)

    def _is_set_off(self, passage: Passage, hit: Hit, anchors: Sequence[Span]) -> bool:
        """Whether a hedge stands between commas in the clause of a place or a cue: "it settled, apparently, in Lima"."""
        if not all("," in passage.texts[i : i + 1] for i in (hit.start - 1, hit.end) if 0 <= i < len(passage.texts) - 1):
            return False
        between = [range(*sorted((hit.start, start))) for start, _ in anchors]
        return any(not any(self._parts(passage, i) or passage.words[i] in self.joining for i in positions) for positions in between)

    def _speaks_of_what_follows(self, passage: Passage, hit: Hit, told: int) -> bool:
        """Whether a cue behind what is told, which ends at word ``told``, speaks of something else: "reports of", "...; in Quito, police say, ..."."""
        if hit.cue.sense == "status:reported" and hit.end < len(passage.words) and passage.words[hit.end] in self.of:
            return True
        begins = next((position for position in range(hit.start, told - 1, -1) if passage.texts[position] == ";"), None)
        if begins is None or passage.words[begins + 1] in self.pronouns or any(begins < reference.position for reference in passage.actors):
            return False  # "that, police say, was how it left Quito"; and who did it may be all that is reported: "a judge was shot; police blame the gang"
        return any(begins < item.start and not item.points_back for item in passage.named)


def _said(passage: Passage, low: int, high: int) -> str:
    """The words ``low`` to ``high`` (exclusive) of a sentence, in small letters."""
    return " ".join(passage.texts[max(0, low) : high]).lower()


@lru_cache
def of_language(language: Language) -> Claims:
    """Give the one that reads a language's sentences."""
    return Claims(language)


class StatusModel:
    """Weights of each feature for each of :data:`STATUSES`."""

    def __init__(self, weights: Mapping[str, Sequence[float]]) -> None:
        self.weights = weights

    def status(self, vector: Mapping[str, float]) -> Status:
        """The most likely status."""
        totals = [0.0, 0.0, 0.0]
        for name, value in vector.items():
            row = self.weights.get(name)
            if row is not None:
                totals = [total + weight * value for total, weight in zip(totals, row, strict=True)]
        if not _AT_LEAST_REPORTS.isdisjoint(vector):
            totals[0] = -inf  # what somebody said is at least a report
        return STATUSES[max(range(3), key=totals.__getitem__)]


@lru_cache(maxsize=1)
def shipped() -> StatusModel:
    """The model that ships with the package."""
    return StatusModel(shipped_json("status.json"))
