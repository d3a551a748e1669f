"""Ways that the text gives: "from A into B", "through C, D and E", "between the border towns of A and B", leg by leg.

A list of ends ("from A to B, C and D") is several ways from A.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from gazetteer.codebook.patterns import Word, one_of
from gazetteer.index.containment import holds
from gazetteer.observations import claims
from gazetteer.observations.context import Context
from gazetteer.observations.dating import Dater
from gazetteer.passages import Passage
from gazetteer.passages.clauses import STOP
from gazetteer.passages.time_frames import Frame, frames
from gazetteer.records import Place, RouteLeg
from gazetteer.text.language import Language
from gazetteer.text.names import key

_FROM_REACH = 3
"""Words that may stand between "from" and the name ("from the border town of A")."""
_MOST_MOVED = 3
"""Sorts of what moves that are told, at most."""
_STEP = 7
"""Words that may stand between two stations of a way."""


class _Words(NamedTuple):
    movement: Word
    posts: frozenset[tuple[str, ...]]
    leaving: frozenset[str]
    to: frozenset[str]
    arriving: frozenset[str]
    through: Word
    between: frozenset[str]
    joining: frozenset[str]
    moves: Word
    ends: frozenset[str]
    onward: frozenset[str]


@lru_cache
def _words(language: Language) -> _Words:
    table = language.table("routes")
    last = {name: frozenset(key(word).split()[-1] for word in table[name]) for name in ("to", "arriving", "between", "joining", "ends", "onward")}
    return _Words(
        movement=one_of(table["movement"]),
        posts=frozenset(tuple(key(phrase).split()) for phrase in table["posts"]),
        leaving=frozenset(key(word).split()[0] for word in table["from"]),
        through=one_of(table["through"]),
        moves=one_of(table["moves"]),
        **last,
    )


class Router:
    """Finds the ways in documents of one language."""

    def __init__(self, language: Language) -> None:
        self.words = _words(language)
        self.dater = Dater(language)
        self.claims, self.status = claims.of_language(language), claims.shipped()

    def find(self, context: Context) -> list[RouteLeg]:
        """All legs of all ways, in the order of the text; none where it does not tell of the codebook's actors."""
        out: list[RouteLeg] = []
        routes = 0
        time: list[Frame] | None = None
        if not context.actors.is_told_of:
            return out
        for number, passage in enumerate(context.passages):
            if len(passage.named) < 2 or not self._tells_of_movement(passage):
                continue
            for way in self._ways(passage):
                time = time or frames(context.passages, context.document.published)
                routes += 1
                out += self._legs(context, number, time[number], way, routes)
        return out

    def _tells_of_movement(self, passage: Passage) -> bool:
        """Whether a word of movement stands in a sentence, and not only in the name of what stands still: "a billboard at the border crossing"."""
        words, posts = passage.words, self.words.posts
        still = {position + side for position in range(len(words) - 1) if (words[position], words[position + 1]) in posts for side in (0, 1)}
        return any(position not in still and self.words.movement.has(word) for position, word in enumerate(words))

    # -------------------------------------------------------------- ways

    def _ways(self, passage: Passage) -> Iterator[list[int]]:
        """Ways as numbers of the sentence's places, in the order of the way."""
        stations = [number for number, item in enumerate(passage.named) if item.resolution.place is not None and not item.points_back]
        stations = [number for number in stations if not self._qualifies(passage, number)]
        used: set[int] = set()
        for number in stations:
            if number in used:
                continue
            if self._leads(passage, number, self.words.leaving):
                way = self._onward(passage, number, stations)
                way = way if self._departs(passage, sorted(way)) else []
            elif self._leads(passage, number, self.words.between):
                following = [other for other in stations if other > number][:1]
                way = [number, *following] if following and self._beside(passage, number, following[0]) else [number]
            elif self._goes_through(passage, number):
                way = self._onward(passage, number, stations)
                way = way if len(way) > 2 else []  # one place crossed on the way to another is no way yet
            else:
                continue
            if len(way) > 1:
                used |= set(way)
                yield from self._branches(passage, way)

    @staticmethod
    def _qualifies(passage: Passage, number: int) -> bool:
        """Whether a place only says where the one before it lies ("Pisiga in Bolivia")."""
        if number == 0:
            return False
        before, here = passage.named[number - 1], passage.named[number]
        outer, inner = here.resolution.place, before.resolution.place
        return outer is not None and inner is not None and holds(outer, inner) and here.start - before.end <= 3

    def _leads(self, passage: Passage, number: int, words: frozenset[str]) -> bool:
        start = passage.named[number].start
        for position in range(start - 1, max(-1, start - 2 - _FROM_REACH), -1):
            word = passage.words[position]
            if word in words:
                return True
            if not word or any(item.start <= position < item.end for item in passage.named):
                return False
        return False

    def _goes_through(self, passage: Passage, number: int) -> bool:
        start = passage.named[number].start
        return any(self.words.through.has(passage.words[position]) for position in range(max(0, start - 2), start))

    def _onward(self, passage: Passage, number: int, stations: Sequence[int]) -> list[int]:
        """Give the stations from one on, in the order of the way: what a way to its end goes "through" lies before that end, though it is named behind it."""
        way, last = [number], number
        end: int | None = None
        for following in (other for other in stations if other > number):
            if not self._continues(passage, last, following):
                break
            if end is None and len(way) > 1 and self._goes_back(passage, last, following):
                end = way.pop()
            way.append(following)
            last = following
        return way if end is None else [*way, end]

    def _branches(self, passage: Passage, way: Sequence[int]) -> Iterator[list[int]]:
        """Give a way, or several that part at a station: nothing goes from B to C in "from A to B, C and D"."""
        first = next((i for i in range(1, len(way)) if self._is_end(passage, way[i - 1], way[i])), len(way))
        ends = way[first:]
        if not all(self._is_listed(passage, *pair) for pair in pairwise(ends)):
            yield list(way)
            return
        yield list(way[: first + 1])
        for end in ends[1:]:
            yield [way[first - 1], end]

    def _is_end(self, passage: Passage, last: int, following: int) -> bool:
        """Whether the word of direction before a station is one behind which a list tells of several ends: "to", and not "on into"."""
        between = passage.words[passage.named[last].end : passage.named[following].start]
        directions = [word for word in between if word in self.words.arriving or self.words.through.has(word)]
        return bool(directions) and directions[-1] in self.words.ends and self.words.onward.isdisjoint(between)

    def _is_listed(self, passage: Passage, last: int, following: int) -> bool:
        """Whether only commas, "and" and the same direction stand between two stations."""
        between = passage.words[passage.named[last].end : passage.named[following].start]
        return all(not word or word in self.words.ends or (word in self.words.joining and word not in self.words.onward) for word in between)

    def _goes_back(self, passage: Passage, last: int, following: int) -> bool:
        """Whether "through" follows a station at once, without "and": "from A to C through B"."""
        between = passage.words[passage.named[last].end : passage.named[following].start]
        return any(self.words.through.has(word) for word in between) and not any(
            word in self.words.joining for word in between if not self.words.through.has(word)
        )

    def _departs(self, passage: Passage, way: Sequence[int]) -> bool:
        """Whether a word of direction stands between the first two stations: "from A and B" are two beginnings."""
        between = passage.words[passage.named[way[0]].end : passage.named[way[1]].start] if len(way) > 1 else ()
        return any(self.words.through.has(word) or word in self.words.arriving for word in between)

    def _continues(self, passage: Passage, last: int, following: int) -> bool:
        """Whether the way goes on: a word of direction between two names, or a list with commas and "and" once it has begun."""
        low, high = passage.named[last].end, passage.named[following].start
        between = passage.words[low:high]
        if not (self.words.leaving - self.words.joining).isdisjoint(between):
            return False  # "... to Tema, and from Rio Grande": another way begins
        if high - low > 4 * _STEP or passage.scale[high] - passage.scale[low - 1] > STOP + 0.5:
            return False
        if any(word in self.words.to or self.words.through.has(word) for word in between):
            return high - low <= 2 * _STEP
        return high - low <= _STEP and all(not word or word in self.words.joining for word in between)

    def _beside(self, passage: Passage, first: int, second: int) -> bool:
        between = passage.words[passage.named[first].end : passage.named[second].start]
        return len(between) <= _STEP and all(not word or word in self.words.joining or len(word) < 4 for word in between)

    # -------------------------------------------------------------- legs

    def _legs(self, context: Context, number: int, frame: Frame, way: Sequence[int], route: int) -> Iterator[RouteLeg]:
        passage = context.passages[number]
        places = _distinct([passage.named[station].resolution.place for station in way])
        spans = [(passage.named[station].start, passage.named[station].end) for station in way]
        southern = places[0].latitude < 0  # a season is that of where the way begins
        choices = self.dater.choices(passage, context.tokens, spans, None, "exploration", frame, context.document.published, southern)
        date, _ = self.dater.choose(choices)
        status = self.status.status(self.claims.features(passage, spans, None, "exploration"))
        actor = context.actors.meant(passage.first, passage.first + len(passage.words)) if passage.actors else context.meant(number)
        starts, ends = context.tokens.starts, context.tokens.ends
        cue = context.document.text[starts[passage.first + max(0, spans[0][0] - 1)] : ends[passage.first + spans[-1][1] - 1]]
        for order, (origin, destination) in enumerate(pairwise(places), 1):
            yield RouteLeg(
                document=context.document.id,
                route=route,
                order=order,
                origin=origin,
                destination=destination,
                actor=actor,
                moves=self._moves(context, passage, spans[-1][1]),
                date=date.date,
                precision=date.precision,
                provenance=date.provenance,
                status=status,
                cue=" ".join(cue.split()),
                evidence_start=passage.sentence.start,
                evidence_end=passage.sentence.end,
            )

    def _moves(self, context: Context, passage: Passage, end: int) -> str:
        """What moves on a way that ends at word ``end``, up to the end of that clause, each once: "migrants" for "migrant smuggling ... the migrants"."""
        last = next((position for position in range(end, len(passage.words)) if not passage.words[position]), len(passage.words))
        found = [context.tokens.texts[passage.first + position].lower() for position in range(last) if self.words.moves.has(passage.words[position])]
        kept: dict[str, str] = {}
        for word in found:
            single = word.removesuffix("s")
            kept[single] = max(kept.get(single, ""), word, key=len)
        return ", ".join(list(kept.values())[:_MOST_MOVED])


def _distinct(places: Sequence[Place | None]) -> list[Place]:
    out: list[Place] = []
    for place in places:
        if place is not None and (not out or out[-1].id != place.id):
            out.append(place)
    return out
