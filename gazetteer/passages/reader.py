"""Makes the passages of a document: its sentences with the places, dates, actors and cues that stand in them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from gazetteer.codebook import GENERAL_PHASES, Codebook, make_cues
from gazetteer.codebook.cues import Cue, Hit, Matcher, SlotEnd
from gazetteer.passages.actors import Actors, PairWords, Reference, common_nouns
from gazetteer.passages.anaphora import Anaphora
from gazetteer.passages.clauses import positions
from gazetteer.passages.passage import Named, Passage
from gazetteer.records import Document, Resolution, Sentence, Timex
from gazetteer.text.language import Language
from gazetteer.text.names import key
from gazetteer.text.tokens import Tokens


@lru_cache
def _number_words(language: Language) -> tuple[frozenset[str], frozenset[str]]:
    """The words for numbers from two on ("one" is an article in some languages), and what joins two of them ("" for a hyphen)."""
    numbers = language.table("timexes")["words"]
    return frozenset(key(word) for word, number in numbers["NUM"].items() if number > 1), frozenset(map(key, numbers["AND"])) | {""}


def general_cues(language: Language) -> list[Cue]:
    """The cues that ship with a language: its words for each phase and status."""
    cues: list[Cue] = []
    for row in language.table("cues")["cue"]:
        cues += make_cues({name: value for name, value in row.items() if name != "sense"}, row["sense"], own=False)
    return cues


NAMED = "named"
"""Stands for a phase in the families that tell of a place that is only named: "met in", "a native of"."""


@lru_cache
def general_families(language: Language) -> Matcher:
    """A language's families: words for each sort of event, which mostly tell of one phase."""
    cues: list[Cue] = []
    for phase in (*GENERAL_PHASES, NAMED):
        for row in language.table(f"families/{phase}")["family"]:
            cues += make_cues({name: value for name, value in row.items() if name != "name"}, f"family:{phase}", own=False, family=row["name"])
    return Matcher(cues)


_COMPACT = 5
"""Words up to which a hit that holds another one speaks for both."""


def _uncovered(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The hits without those of another phase that lie inside a longer one: "the army stormed" is no storming by others."""
    phases = [hit for hit in hits if hit.cue.sense.startswith("phase:")]
    compact = [hit for hit in phases if 1 < hit.end - hit.start <= _COMPACT]
    covered = [hit for hit in phases if any(_covers(other, hit) for other in compact)]
    return tuple(hit for hit in hits if hit not in covered)


def _covers(longer: Hit, hit: Hit) -> bool:
    """Whether a hit lies inside a longer one that speaks for another phase, and no less for it."""
    is_inside = longer.start <= hit.start and hit.end <= longer.end and longer.end - longer.start > hit.end - hit.start
    return is_inside and longer.cue.sense != hit.cue.sense and longer.cue.weight >= hit.cue.weight


_DENIABLE = frozenset(f"family:{phase}" for phase in GENERAL_PHASES if phase != "contested")
"""Senses of families that a denial turns round: "never arrived"; what is contested is often told by one: "never won a follower"."""
_DENIES = 1
"""Words that may stand between a denial and what it denies."""


def _stated(families: Sequence[Hit], cues: Sequence[Hit]) -> list[Hit]:
    """The hits of families that no denial among the cues stands in or right before."""
    denials = [(hit.start, hit.end) for hit in cues if hit.cue.sense == "status:negated"]
    if not denials:
        return list(families)
    return [hit for hit in families if hit.cue.sense not in _DENIABLE or not any(start < hit.end and hit.start - end <= _DENIES for start, end in denials)]


_COMPARED = 12
"""Words before a date that may tell that something is compared with it."""
_MARKS = frozenset('“”«»"')
_SAYING = 5
"""Words from which a quotation is what somebody said."""


def _quotes(texts: Sequence[str], quoted: bool) -> tuple[tuple[int, int], ...]:
    """The stretches of a sentence that stand in quotation marks; ``quoted``: it begins inside of them."""
    if not quoted and _MARKS.isdisjoint(texts):
        return ()
    out: list[tuple[int, int]] = []
    start = 0 if quoted else None
    for position, text in enumerate(texts):
        if text in ("“", "«") or (text == '"' and start is None):
            start = position + 1
        elif text in ("”", "»", '"') and start is not None:
            out.append((start, position))
            start = None
    if start is not None:
        out.append((start, len(texts)))
    return tuple(span for span in out if span[1] - span[0] >= _SAYING)


def _is_report(before: Sequence[Passage], sentence: Sentence) -> bool:
    if not before or before[-1].sentence.paragraph != sentence.paragraph:
        return False
    return bool(before[-1].quotes) or any(hit.cue.sense == "status:reported" for hit in before[-1].hits)


class PassageReader:
    """Makes passages of the documents in one language, with one codebook."""

    def __init__(self, codebook: Codebook, language: Language) -> None:
        self.language = language
        cues = [*codebook.cues, *general_cues(language)]
        self.in_text = Matcher([cue for cue in cues if cue.scope != "heading"])
        self.in_headings = Matcher(cues)
        self.first_actor = codebook.first_actor
        self.generic, self.authority = common_nouns(language, "generic"), common_nouns(language, "authority")
        self.numbers, self.number_joints = _number_words(language)
        self.anaphora = Anaphora(language)
        self.pairs = PairWords(language)
        clauses = language.table("clauses")
        self.statutes = language.words("clauses", "statutes")
        self.compares = re.compile(rf"(?<!\w)(?:{clauses['compares']}) $")
        self.repeats = re.compile(rf"(?<!\w)(?:{clauses['repeats']}) $")
        self._slot_words: dict[str, tuple[bool, bool]] = {}

    def read(
        self, document: Document, tokens: Tokens, resolutions: Sequence[Resolution], timexes: Sequence[Timex], actors: Actors, *, whole: bool = True
    ) -> list[Passage]:
        """The passages of a document, one for each sentence; without distances and cues where they are not wanted ``whole``."""
        literal = [resolution for resolution in resolutions if resolution.mention.kind == "literal"]
        mention_starts = [resolution.mention.start for resolution in literal]
        timex_starts = [timex.start for timex in timexes]
        out: list[Passage] = []
        for sentence in document.sentences:
            first, last = bisect_left(tokens.starts, sentence.start), bisect_left(tokens.starts, sentence.end)
            here = literal[bisect_left(mention_starts, sentence.start) : bisect_left(mention_starts, sentence.end)]
            when = timexes[bisect_left(timex_starts, sentence.start) : bisect_left(timex_starts, sentence.end)]
            named = [Named(*self._words(tokens, first, r.mention.start, r.mention.end), r) for r in here]
            words, texts = tuple(tokens.keys[first:last]), tuple(tokens.texts[first:last])
            passage = Passage(
                sentence=sentence,
                first=first,
                words=words,
                scale=(),
                hits=(),
                named=tuple(self.anaphora.add(tokens.keys, first, last, named, out, sentence)),
                actors=self._who(actors, words, first),
                timexes=self._dated(tokens, first, texts, when),
                texts=texts,
                quotes=_quotes(texts, sentence.quoted),
                paragraph=out[-1].paragraph if out and out[-1].sentence.paragraph == sentence.paragraph else first,
            )
            out.append(passage)
        return self._whole(out, tokens) if whole else out

    def _dated(self, tokens: Tokens, first: int, texts: Sequence[str], timexes: Sequence[Timex]) -> tuple[tuple[int, int, Timex], ...]:
        """The time expressions of a sentence at word offsets, but for those that date nothing in it."""
        spans = [(*self._words(tokens, first, timex.start, timex.end), timex) for timex in timexes]
        return tuple(
            (start, end, timex)
            for number, (start, end, timex) in enumerate(spans)
            if not (self._is_of_statute(tokens.keys, first + start, first + end) or self._is_second(texts, start, number > 0))
        )

    def _who(self, actors: Actors, words: Sequence[str], first: int) -> tuple[Reference, ...]:
        """The actors named in a sentence; "the mobs" name the tracked one where it is one of the two that are meant."""
        named = [Reference(ref.position - first, ref.end - first, ref.actor) for ref in actors.within(first, first + len(words))]
        noun = self.pairs.noun(words)
        if noun is not None and self.first_actor is not None and self.first_actor in self.pairs.meant(actors, words, first):
            named.append(Reference(noun, noun + 1, self.first_actor))
        return tuple(sorted(named, key=lambda ref: ref.position))

    def _whole(self, passages: Sequence[Passage], tokens: Tokens) -> list[Passage]:
        """The passages with distances and cues, where these can say something: in headings, and in paragraphs that name a place."""
        telling = {passage.sentence.paragraph for passage in passages if passage.named}
        out: list[Passage] = []
        attributed = False
        for passage in passages:
            is_item = passage.sentence.role == "item"
            if not is_item:
                attributed = self._attributes_list(passage)
            if passage.sentence.role == "heading" or passage.sentence.paragraph in telling:
                scale = tuple(positions(tokens, passage.first, passage.first + len(passage.words), self.language))
                before = _is_report(out, passage.sentence)
                out.append(replace(passage, scale=scale, hits=self.hits(passage), reported_before=before, attributed=is_item and attributed))
            else:
                out.append(passage)
        return out

    def _attributes_list(self, passage: Passage) -> bool:
        """Whether a sentence says whose words the list is that its colon opens."""
        return passage.texts[-1:] == (":",) and any(hit.cue.sense == "status:reported" for hit in self.hits(passage))

    def hits(self, passage: Passage) -> tuple[Hit, ...]:
        """The cues of a sentence, and its families where it names a place."""
        slot_end = self._slots(passage.words, passage.named, passage.timexes, passage.actors)
        if passage.sentence.role == "heading":
            return _uncovered(self.in_headings.find(passage.words, slot_end))
        cues = _uncovered(self._outside_names(passage, self.in_text.find(passage.words, slot_end)))
        families = general_families(self.language).find(passage.words, slot_end) if passage.named else ()
        return (*cues, *_stated(self._outside_names(passage, families), cues))

    @staticmethod
    def _outside_names(passage: Passage, hits: Sequence[Hit]) -> Sequence[Hit]:
        """The hits but those in an actor's name (nobody spotted a "spotted lanternfly") and those of telling in a place's: "Port Said"."""
        actors = [(ref.position, ref.end) for ref in passage.actors]
        places = [(item.start, item.end) for item in passage.named]
        return [
            hit
            for hit in hits
            if not any(start <= hit.start and hit.end <= end for start, end in (actors + places if hit.cue.sense.startswith("status:") else actors))
        ]

    def _is_second(self, texts: Sequence[str], start: int, again: bool) -> bool:
        """Whether a date is not that of what is told: one only compared with ("more than in 2021"), or that of its return ("in 2015 and again in 2017")."""
        before = " ".join([*texts[max(0, start - _COMPARED) : start], ""]).lower()
        return bool(self.compares.search(before) or (again and self.repeats.search(before)))

    def _is_of_statute(self, keys: Sequence[str], start: int, end: int) -> bool:
        """Whether a date belongs to a law ("a law of 2011", "the 2011 law") and so dates nothing else (codebook, rule 6 of observations)."""
        before = start > 1 and keys[start - 1] in self.anaphora.of and keys[start - 2] in self.statutes
        return before or (end < len(keys) and keys[end] in self.statutes)

    @staticmethod
    def _words(tokens: Tokens, first: int, start: int, end: int) -> tuple[int, int]:
        low = bisect_right(tokens.starts, start) - 1
        return low - first, max(low + 1, bisect_left(tokens.starts, end)) - first

    def _slots(self, words: Sequence[str], named: Sequence[Named], dated: Sequence[tuple[int, int, Timex]], who: Sequence[Reference]) -> SlotEnd:
        """What fills the slots of cues in a sentence."""
        places = {item.start: item.end for item in named}
        dates = {start: end for start, end, _ in dated}
        actors = {ref.position: (ref.end, ref.actor) for ref in who}

        def slot_end(slot: str, position: int) -> int:
            if slot == "place":
                return places.get(position, 0)
            if slot == "date":
                return dates.get(position, 0)
            if slot in ("actor", "rival"):
                end, actor = actors.get(position, (0, ""))
                return end if actor and (actor == self.first_actor) == (slot == "actor") else 0
            if slot in ("figure", "number"):
                return self._number_end(words, position, figures=slot == "figure")
            return (self.generic if slot == "generic" else self.authority).end(words, position)

        return slot_end

    def _number_end(self, words: Sequence[str], position: int, *, figures: bool) -> int:
        """The end of a number ("12", "twelve", "thirty-five") at a position, else 0; of one in ``figures`` only."""
        if figures or words[position][:1].isdigit():
            return position + 1 if words[position][:1].isdigit() else 0
        end = position
        while end < len(words) and words[end] in self.numbers:
            joined = end + 2 < len(words) and words[end + 1] in self.number_joints and words[end + 2] in self.numbers
            end += 2 if joined else 1
        return end if end > position else 0

    def speaks_of(self, word: str) -> tuple[bool, bool]:
        """Whether a word is a common noun for what spreads, and whether it is one of the state's bodies."""
        found = self._slot_words.get(word)
        if found is None:
            found = self._slot_words[word] = self.generic.has(word), self.authority.has(word)
        return found
