"""A sentence with all that earlier stages found in it, as the tagging of phases sees it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from gazetteer.actors import Actors, PairWords, Reference, common_nouns
from gazetteer.clauses import positions
from gazetteer.codebook import GENERAL_PHASES, Codebook, make_cues
from gazetteer.containment import holds
from gazetteer.cues import Cue, Hit, Matcher, SlotEnd
from gazetteer.language import Language
from gazetteer.lexicon import word_classes
from gazetteer.names import key
from gazetteer.records import Document, Resolution, Sentence, Timex
from gazetteer.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Named:
    """A literal mention at words ``start`` to ``end`` of its sentence; or ("there", "the city") words that stand for an earlier one."""

    start: int
    end: int
    resolution: Resolution
    points_back: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence. Word offsets count from its first token."""

    sentence: Sentence
    first: int
    """The sentence's first token in the document."""
    words: tuple[str, ...]
    """Keys of its tokens, ``""`` for punctuation."""
    scale: tuple[float, ...]
    """Where each of them stands on the scale of distances; empty, like ``hits``, where no sentence of the paragraph names a place."""
    hits: tuple[Hit, ...]
    named: tuple[Named, ...]
    actors: tuple[Reference, ...]
    """Actors named in it, at word offsets."""
    timexes: tuple[tuple[int, int, Timex], ...]
    """Time expressions, at word offsets; not those of laws."""
    texts: tuple[str, ...] = ()
    """Its tokens as they are written."""
    quotes: tuple[tuple[int, int], ...] = ()
    """What stands in quotation marks and is more than a name or a catchword."""
    reported_before: bool = False
    """Whether the sentence before it in the paragraph is somebody's words."""
    attributed: bool = False
    """Whether it belongs to a list that is somebody's words: "According to the indictment:"."""
    paragraph: int = 0
    """The first token of its paragraph."""


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
    longer = [hit for hit in hits if 1 < hit.end - hit.start <= _COMPACT and hit.cue.sense.startswith("phase:")]
    if not longer:
        return tuple(hits)

    def covered(hit: Hit) -> bool:
        return hit.cue.sense.startswith("phase:") and any(
            other.start <= hit.start
            and hit.end <= other.end
            and other.end - other.start > hit.end - hit.start
            and other.cue.sense != hit.cue.sense
            and other.cue.weight >= hit.cue.weight
            for other in longer
        )

    return tuple(hit for hit in hits if not covered(hit))


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


_HELD, _QUALIFIED = 2, 6
"""Words between a place and what holds it, at most, where only "in" says so ("Irving, in Texas") and where a noun does ("Irving, a suburb of Dallas")."""
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


class Anaphora:
    """Finds the words that stand for a place named before: "there", "the city", "that prison"."""

    _REACH = 4
    """How many sentences back the place may have been named."""

    def __init__(self, language: Language) -> None:
        words = partial(language.words, "clauses")
        self.there, self.nouns = words("there"), words("anaphoric")
        self.existential, self.demonstratives = words("existential"), words("demonstratives")
        self.of = language.words("around", "of")
        self.features = word_classes(language.code).features
        self.pointing = self.there | self.nouns

    def add(self, keys: Sequence[str], first: int, last: int, named: Sequence[Named], before: Sequence[Passage], sentence: Sentence) -> list[Named]:
        """The named places of a sentence (tokens ``first`` to ``last``) with those that it points back to, in order."""
        pointing = [position for position in range(first, last) if keys[position] in self.pointing]
        if not pointing:
            return list(named)
        out = list(named)
        taken = {position for item in named for position in range(item.start - 3, item.end + 3)}
        for position in pointing:
            word = keys[position]
            levels = self._levels(keys, position, last) if position - first not in taken else None
            if levels is None:
                continue
            here = [item for item in named if item.end <= position - first]
            found = self._antecedent(levels, here, keys[first:last], before, sentence)
            if found is not None and all(item.resolution.place is not found.resolution.place for item in out):
                start = position - first if word in self.there else position - first - 1
                out.append(Named(max(0, start), position - first + 1, found.resolution, points_back=True))
        return sorted(out, key=lambda item: item.start)

    def _levels(self, keys: Sequence[str], position: int, last: int) -> tuple[str, ...] | None:
        """The levels that a word may point back to, None where it does not."""
        word = keys[position]
        following = keys[position + 1] if position + 1 < last else ""
        if word in self.there:
            return () if following not in self.existential else None
        feature = self.features.get(word)
        if feature is None or word not in self.nouns or keys[position - 1] not in self.demonstratives or following in self.of or following in self.features:
            return None
        return feature.levels

    def _antecedent(self, levels: tuple[str, ...], named: Sequence[Named], words: Sequence[str], before: Sequence[Passage], sentence: Sentence) -> Named | None:
        """The place named last that has one of the levels (any but a country or a region, for "there").

        ``named``: those of the sentence that stand before the word that points back, ``words``: the sentence's.
        """
        earlier = [(item, words) for item in named]
        for passage in reversed(before[-self._REACH :]):
            if passage.sentence.paragraph != sentence.paragraph and earlier:
                break
            if sentence.paragraph - passage.sentence.paragraph > 1:
                break
            earlier = [*((item, passage.words) for item in passage.named), *earlier]
        placed = [(item, words, item.resolution.place.level) for item, words in earlier if item.resolution.place]
        fitting = [(item, words) for item, words, level in placed if (level in levels if levels else level not in ("country", "region"))]
        while not levels and len(fitting) > 1 and fitting[-1][1] is fitting[-2][1] and self._qualifies(fitting[-1][0], fitting[-2][0], fitting[-1][1]):
            fitting.pop()
        return fitting[-1][0] if fitting else None

    def _qualifies(self, outer: Named, inner: Named, words: Sequence[str]) -> bool:
        """Whether a place is named only to say where the one before it lies: "moved to Irving, Texas, and opened a shop there", "A, the port of B"."""
        gap = words[inner.end : outer.start]
        if not 0 < len(gap) <= _QUALIFIED:
            return False
        if gap[0] in ("", ",") and gap[-1] in self.of and any(word in self.features for word in gap):
            return True
        places = outer.resolution.place, inner.resolution.place
        return len(gap) <= _HELD and places[0] is not None and places[1] is not None and holds(places[0], places[1])


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
            named = self.anaphora.add(tokens.keys, first, last, named, out, sentence)
            spans = [(*self._words(tokens, first, timex.start, timex.end), timex) for timex in when]
            texts = tokens.texts[first:last]
            dated = tuple(
                (start, end, timex)
                for number, (start, end, timex) in enumerate(spans)
                if not (self._is_of_statute(tokens.keys, first + start, first + end) or self._is_second(texts, start, number > 0))
            )
            words = tuple(tokens.keys[first:last])
            who = self._who(actors, words, first)
            quotes = _quotes(tokens.texts[first:last], sentence.quoted)
            paragraph = out[-1].paragraph if out and out[-1].sentence.paragraph == sentence.paragraph else first
            out.append(Passage(sentence, first, words, (), (), tuple(named), who, dated, tuple(tokens.texts[first:last]), quotes, paragraph=paragraph))
        return self._whole(out, tokens) if whole else out

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
        """The hits but those in an actor's own name: nobody spotted a "spotted lanternfly"."""
        return [hit for hit in hits if not any(ref.position <= hit.start and hit.end <= ref.end for ref in passage.actors)]

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
