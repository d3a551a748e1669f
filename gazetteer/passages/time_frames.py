"""What the text before a sentence says of time: the last date of its paragraph, and the interval that its section is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gazetteer import edtf
from gazetteer.passages.passage import Passage
from gazetteer.records import Sentence, Timex

OPENS = 2
"""Word up to which a date stands at the beginning of its sentence."""
_ENTRY = frozenset(":–—")
"""What stands between the date of an entry in a chronicle and what it tells."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What the text before a sentence says of time."""

    carried: Timex | None
    """The last dated expression of the paragraph before the sentence."""
    sentences_back: int
    carried_places: frozenset[str]
    """Ids of the places of the sentence that it stands in."""
    frames_paragraph: bool
    """Whether the paragraph opens with that expression and gives no other: "In March 2022, ..."."""
    section: Timex | None
    """The interval that the section's heading or its first sentence gives as its time frame."""
    heads: bool = False
    """Whether the last dated expression heads the paragraph as an entry in a chronicle: "**2018.** ...", "2018: ..."."""
    is_entry: bool = False
    """Whether the sentence itself begins such an entry."""


def frames(passages: Sequence[Passage], published: str = "") -> list[Frame]:
    """For each sentence what the text before it says of time; a heading that gives the document's own date (``published``) is a dateline and frames nothing."""
    out: list[Frame] = []
    story = _Story()
    for number, passage in enumerate(passages):
        story.turn_to(passage.sentence)
        is_entry = _is_first(passages, number) and _is_headed(passage)
        out.append(Frame(story.carried, number - story.at, story.places, story.frames_paragraph, story.section_frame, story.heads, is_entry))
        if any(timex.edtf for _, _, timex in passage.timexes):
            story.go_on(passages, number, published)
    return out


@dataclass(slots=True)
class _Story:
    """What a text has said of time so far; as in :class:`Frame`."""

    carried: Timex | None = None
    at: int = 0
    """The number of the sentence that it stands in."""
    places: frozenset[str] = frozenset()
    frames_paragraph: bool = False
    heads: bool = False
    section_frame: Timex | None = None
    paragraph: int = 0
    section: int = -2

    def turn_to(self, sentence: Sentence) -> None:
        """Forget what a new paragraph or a new section does not go on with."""
        if sentence.paragraph != self.paragraph:
            self.carried, self.frames_paragraph, self.heads = None, False, False
        if sentence.section != self.section:
            self.section_frame = None
        self.paragraph, self.section = sentence.paragraph, sentence.section

    def go_on(self, passages: Sequence[Passage], number: int, published: str) -> None:
        """Take up a sentence that gives dates."""
        passage = passages[number]
        dated = [timex for _, _, timex in passage.timexes if timex.edtf]
        is_early = passage.timexes[0][0] <= OPENS
        begins = self.carried is None and _is_first(passages, number)
        self.frames_paragraph = begins and len(dated) == 1 and is_early
        self.heads = begins and (_is_date_alone(passage) or _is_headed(passage))
        self.carried, self.at = _goes_on_from(passage, dated, published), number
        self.places = frozenset(item.resolution.place.id for item in passage.named if item.resolution.place)
        says_when = passage.sentence.role == "heading" or (_opens(passages, number) and dated[0].precision == "years" and is_early)
        if self.section_frame is None and dated[0].edtf != published and says_when:
            self.section_frame = dated[0]


def _is_first(passages: Sequence[Passage], number: int) -> bool:
    """Whether a sentence is the first one of its paragraph."""
    return not number or passages[number - 1].sentence.paragraph != passages[number].sentence.paragraph


def _opens(passages: Sequence[Passage], number: int) -> bool:
    """Whether a sentence is the first one below its heading."""
    return number > 0 and passages[number - 1].sentence.role == "heading"


def _is_date_alone(passage: Passage) -> bool:
    """Whether a sentence is nothing but a date."""
    dated = {position for start, end, _ in passage.timexes for position in range(start, end)}
    return all(position in dated or not any(map(str.isalnum, word)) for position, word in enumerate(passage.words))


def _is_headed(passage: Passage) -> bool:
    """Whether a sentence opens with its first date and a colon or a dash: "2018: ...", "May to July 2018 – ..."."""
    first = next(((start, end) for start, end, timex in passage.timexes if timex.edtf), None)
    if first is None or any(map(str.isalnum, "".join(passage.texts[: first[0]]))):
        return False
    return "".join(passage.texts[first[1] : first[1] + 1]) in _ENTRY


def _goes_on_from(passage: Passage, dated: Sequence[Timex], published: str) -> Timex:
    """Which of its dates a sentence's story goes on from: the last, unless that looks back from the one that it opens with ("From 2020, after ... in 2018").

    News opens with its own day, wherever that stands: "LIMA, 3 May 2024 - Police raided a club founded in the 1970s."
    """
    first, last = dated[0], dated[-1]
    opens = first.edtf == published or any(timex is first and start <= OPENS for start, _, timex in passage.timexes)
    begins = edtf.parse(first.edtf).start
    ended = edtf.parse(last.edtf).end
    return first if opens and begins and ended and ended < begins else last
