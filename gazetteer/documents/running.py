"""The text as the stages read it: without what only its way to us put into it, and the way back to the text as it stands.

A page cut from a PDF has lines wrapped in mid-sentence, words parted at their ends ("extor-" / "tion"), letters drawn together ("ﬁ"); one from the web has
soft hyphens and blanks that nobody sees, links, emphasis and the numbers of footnotes between its words; one from a Mac its accents as signs of their own. To
a reader they are the same text. What a study cites in brackets (:mod:`gazetteer.documents.citations`) is left out too. All that is found in the running text
is told at the offsets of the document's own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from html import unescape
from itertools import groupby
from operator import attrgetter
from unicodedata import normalize

from gazetteer.documents import citations
from gazetteer.documents.segmentation import segment
from gazetteer.records import Document, Section, Sentence
from gazetteer.text.characters import TURNING
from gazetteer.text.language import Language, codes
from gazetteer.text.lexicon import word_list

_UNSEEN = f"\u00ad\u200b-\u200d\u2060\ufeff{TURNING}"
"""Soft hyphens, blanks without width, marks of direction."""
_BLANK = r"[^\S\t\r\n\f\v\x85\u2028\u2029]"
_RAISED = "⁰¹²³⁴-⁹"
_LETTER, _QUOTED = r"[^\W\d_]", r"[\"'“«¡¿(\[]"
_CLOSED = rf"(?<={_LETTER}|[.,;:!?)\]\"'”’»])"
_UNEVEN = re.compile(
    rf"""
    (?=[-*_\[!&<>(\r\u0300-\u036f\ufb00-\ufb06{_RAISED}{_UNSEEN}]|{_BLANK}{{2}}|[ ]\()  # nothing else is looked at further
    (?: (?P<parted>(?<={_LETTER})-[^\S\n]*\r?\n[^\S\n]*(?P<rest>[a-zß-öø-ÿ’']+[.,;:!?)»”]*)(?:[ ]|(?=\n|\Z)))
    |   !?\[(?P<link>[^\[\]\n]{{1,300}})\]\((?:[^()\s]|\([^()\s]*\)){{1,2000}}(?:\s"[^"\n]{{0,300}}")?\)  # [shown](https://...)
    |   (?P<dropped> [{_UNSEEN}]+ | \r(?=\n) | (?<![^\n])(?:>[^\S\n]?)+  # > what somebody else wrote
        | (?<=[\w.,;:!?)\]\"'”’»])(?:\[\^?\d{{1,3}}\]|[{_RAISED}]+)  # footnotes: [12], [^3], a raised number
        | (?<![\w*])\*{{1,3}}(?={_LETTER}|{_QUOTED}) | {_CLOSED}\*{{1,3}}(?![\w*])  # *so*, **so**; not **2013**, which heads what follows
        | (?<!\w)_{{1,3}}(?={_LETTER}|{_QUOTED}) | {_CLOSED}_{{1,3}}(?!\w) )  # _so_, __so__
    |   (?P<cited>[ ]?{citations.pattern()})
    |   (?P<tag></?(?:a|b|cite|em|font|i|mark|q|small|span|strong|sub|sup|u)(?:\s[^<>]{{0,500}})?>)  # not of blocks, which part words
    |   (?P<accents>(?<=\w)[\u0300-\u036f]+)
    |   (?P<drawn>[\ufb00-\ufb06])
    |   (?P<entity>&(?:\#\d{{2,6}}|\#x[0-9A-Fa-f]{{2,5}}|[A-Za-z]{{2,8}}\d?);)
    |   (?P<blanks>(?<=\S){_BLANK}{{2,}}(?=\S))
    )""",
    re.VERBOSE,
)
"""What the running text has otherwise."""
_LINE_BREAK = re.compile(r"[\r\n\f\v\x85\u2028\u2029]")
_HEAD = re.compile(r"[^\n]*,[^\S\n]*\n[^\S\n]*(?![a-zß-öø-ÿ])[^\n]*")
_LAST_WORD = re.compile(r"[^\W\d_]+\Z")
_LONGEST = 40
"""Letters of a word that is parted, at most."""


@dataclass(frozen=True, slots=True)
class Running:
    """A running text, and where each of its characters stands in the text that it is made from."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the running text stands in the text that it is made from."""
        if start >= len(self.starts):
            return (self.ends[-1] if self.ends else 0,) * 2
        return self.starts[start], self.ends[end - 1] if end > start else self.starts[start]

    def place(self, offset: int) -> int:
        """Where an offset of the text that it is made from stands in the running text."""
        return bisect_left(self.starts, offset)


def running(text: str) -> Running:
    """Return the running text of a text, its line breaks left where lines end."""
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    last = 0
    study = citations.cites(text)
    for match in _UNEVEN.finditer(text):
        start = match.start() - 1 if match["accents"] else match.start()  # an accent is one with the letter before it
        if start < last or (match["cited"] and not study):
            continue
        pieces = _pieces(text, match)
        parts += [text[last:start], *(piece for piece, _, _ in pieces)]
        starts += range(last, start)
        ends += range(last + 1, start + 1)
        for piece, start, end in pieces:
            even = len(piece) == end - start
            starts += range(start, end) if even else [start] * len(piece)
            ends += range(start + 1, end + 1) if even else [end] * len(piece)
        last = match.end()
    if not parts:
        return Running(text, range(len(text)), range(1, len(text) + 1))
    return Running("".join([*parts, text[last:]]), [*starts, *range(last, len(text))], [*ends, *range(last + 1, len(text) + 1)])


Piece = tuple[str, int, int]
"""Characters of the running text, and the start and end of what they stand for."""


def _pieces(text: str, match: re.Match[str]) -> list[Piece]:
    start, end = match.span()
    if match["parted"]:
        return _parted(text, match)
    if match["link"]:
        return [(match["link"], *match.span("link"))]
    if match["dropped"] or match["cited"] or match["tag"]:
        return []
    if match["entity"]:
        return [(" ".join(unescape(match.group()).split("\n")), start, end)]
    if match["accents"]:
        return [(normalize("NFC", text[start - 1 : end]), start - 1, end)]
    return [(" " if match["blanks"] else normalize("NFKC", match.group()), start, end)]


def _parted(text: str, match: re.Match[str]) -> list[Piece]:
    """The rest of a word that a line's end parts, before the line's end; the hyphen stays where it is the word's own: "long-" / "term"."""
    start, end = match.span("rest")
    before = _LAST_WORD.search(text, max(0, match.start() - _LONGEST), match.start())
    own = before is not None and _is_compound(before.group(), match["rest"].rstrip(".,;:!?)»”"))
    hyphen = [("-", match.start(), match.start() + 1)] if own else []
    line_end = [("\n", end, match.end())] if match.end() > end else []
    return [*hyphen, (match["rest"], start, end), *line_end]


def _is_compound(first: str, second: str) -> bool:
    """Whether two words stand on both sides of a hyphen that belongs there: they are words, and together they are none."""
    words = _words()
    return (first + second).lower() not in words and first.lower() in words and second.lower() in words


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    return frozenset().union(*(word_list(f"words.{code}") for code in codes()))


def flat(text: str, sentences: Sequence[Sentence]) -> str:
    """Return a text with blanks for the line breaks inside its paragraphs, at the same offsets: where its lines were wrapped says nothing.

    Two lines of which the first ends in a comma, and the second begins with no small letter, stay: they are the head of a letter.
    """
    parts: list[str] = []
    last = 0
    for _, found in groupby(sentences, key=attrgetter("paragraph")):
        paragraph = list(found)
        start, end = paragraph[0].start, paragraph[-1].end
        body = text[start:end]
        parts += [text[last:start], body if _HEAD.fullmatch(body) else _LINE_BREAK.sub(" ", body)]
        last = end
    return "".join([*parts, text[last:]])


def segmented(text: str, language: Language) -> tuple[tuple[Section, ...], tuple[Sentence, ...]]:
    """Sections and sentences of a text, told by its running text, at the offsets of its own."""
    run = running(text)
    sections, sentences = segment(run.text, language)
    if run.text == text:
        return sections, sentences
    return tuple(_section(item, run) for item in sections), tuple(_sentence(item, *run.source(item.start, item.end)) for item in sentences)


def _section(item: Section, run: Running) -> Section:
    heading, start = run.source(item.heading_start, item.start)
    return replace(item, heading_start=heading, start=start, end=run.source(item.start, item.end)[1])


def _sentence(item: Sentence, start: int, end: int) -> Sentence:
    return replace(item, start=start, end=end)


def as_read(document: Document) -> tuple[Document, Running]:
    """Return a document as the stages read it, on one line a paragraph, and the way back; the sections of the one returned are not those of its text."""
    run = running(document.text)
    sentences = document.sentences
    if run.text != document.text:
        sentences = tuple(_sentence(item, run.place(item.start), run.place(item.end)) for item in sentences)
    text = flat(run.text, sentences)
    return (document if text == document.text else replace(document, text=text, sentences=sentences)), run


def plain(surface: str) -> str:
    """Return a name as it stands in a running text."""
    return _LINE_BREAK.sub(" ", running(surface).text)
