"""Sections, paragraphs and sentences of a text, by rule, with exact offsets.

Reports come as pages with and without blank lines between paragraphs, hard-wrapped or not, with Markdown headings, bare headings, list items, tables of
cells between bars, captions and what a figure leaves behind. A paragraph is found first, then what role it plays, then its sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from statistics import median
from typing import NamedTuple
from unicodedata import category

from gazetteer.records import Role, Section, Sentence
from gazetteer.text.language import Language

_LINE = re.compile(r"[^\r\n\f\v\x85\u2028\u2029]+")
_BULLET = re.compile(r"\s*(?:[-*•·‣▪◦–—]|\(?\d{1,2}[.)]|[a-z]\))\s+")
_NUMBER = re.compile(r"(?:\(?\d{1,3}[.)]|\[\d{1,3}\])\s+")
_NUMBERED = 200
"""Characters from which on a paragraph with a number is one of running text ("12. In May ..."), and no item of a list."""
_MARKDOWN = re.compile(r"\s*(#{1,6})\s+\S")
_RULE = re.compile(r"[|\s:]*(?:--|:-|-:|-\|)[-|\s:]*")
"""What parts the head of a table from its rows; not a row of cells that say nothing: "| - | - |"."""
_FIGURE = re.compile(r"\d")
_BAR = re.compile(r"(?<!\\)\|")
_ONLY_YEARS = re.compile(r"[*_]*(?:1[5-9]|20)\d\d(?:\s*[-–—/]\s*\d{2,4})?:?[*_]*")
_ENDS = re.compile(r"[.!?…:;,][\"”’»')\]*_]*$")
_BREAK = re.compile(  # possessive, and from the first stop of a run only: a page of dots must not take a time that grows with its square
    r"(?<![.!?…])[.!?…]++(?:[\"”’»'\)\]*_]*+(?:\[\d{1,3}\])*+(?=\s++[\"“‘«'(\[¿¡*_—–-]*+[^\W_])|[\"”’»'\)\]]*(?=[A-ZÀ-ÖØ-Þ\"“][a-zß-öø-ÿ]+ ))"
)
_NEXT = re.compile(r"[\s\"“‘«'(\[¿¡*_—–-]*([\w’']+)")
"""The word behind a stop."""
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_LETTERS = re.compile(r"(?!(?:\w*\s)?\d{4}$)[^\W\d_]{2}")
_QUOTES = re.compile(r"[\"“”«»]")
_MAX_HEADING = 100
_TAIL = 64
"""Characters at the end of a paragraph that tell whether it ends in a stop."""
_MAX_SENTENCE = 2000
"""Characters: the longest sentence of the reports that this was made with has 1,530. What is longer has lost its stops, and the work on a sentence grows
faster than its length."""
_CUTS = ("\n", "; ", ", ", " ")
"""Where such a text is cut, the best place first."""
_WRAPPED = 130
"""A text whose lines are no longer than this may have been wrapped by hand."""


@dataclass(frozen=True, slots=True)
class _Block:
    start: int
    end: int
    role: Role
    level: int = 0
    is_row: bool = False
    """Whether it is a row of a table, which is one sentence whatever its cells hold."""


def segment(text: str, language: Language) -> tuple[tuple[Section, ...], tuple[Sentence, ...]]:
    """Sections and sentences of a text, in the order in which they stand."""
    labels = tuple(language.table("sentences")["labels"])
    blocks = list(_roles(text, _joined(text, list(_blocks(text))), labels))
    sections = _sections(blocks, len(text))
    section_of = {section.heading_start: number for number, section in enumerate(sections)}
    sentences: list[Sentence] = []
    section = -1
    for paragraph, block in enumerate(blocks):
        section = section_of.get(block.start, section)
        quoted = False
        for start, end in _sentences(text, block, language):
            sentences.append(Sentence(len(sentences), start, end, paragraph, section, block.role, quoted))
            quoted = _open_quote(text[start:end], quoted)
    return tuple(sections), tuple(sentences)


def _ends(text: str, start: int, end: int) -> bool:
    """Whether a stretch of text ends in a stop, quotation marks and the like behind it not counted."""
    return _ENDS.search(text, max(start, end - _TAIL), end) is not None


def _open_quote(text: str, quoted: bool) -> bool:
    for mark in _QUOTES.findall(text):
        quoted = mark in "“«" or (mark == '"' and not quoted)
    return quoted


# ------------------------------------------------------------------ paragraphs


def _blocks(text: str) -> Iterator[_Block]:
    """Cut runs of lines without a blank one between them, cut into paragraphs."""
    run: list[tuple[int, int]] = []
    last_end = 0
    for match in _LINE.finditer(text, 1 if text.startswith("\ufeff") else 0):  # a byte order mark is no text
        start, end = _stripped(text, match.start(), match.end())
        if start == end:
            continue
        if run and _blank_between(text, last_end, start):
            yield from _parted(text, run)
            run = []
        run.append((start, end))
        last_end = end
    if run:
        yield from _parted(text, run)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _blank_between(text: str, end: int, start: int) -> bool:
    gap = text[end:start]
    return gap.count("\n") > 1 or gap.count("\r") > 1 or "\f" in gap


def _parted(text: str, lines: list[tuple[int, int]]) -> Iterator[_Block]:
    """Cut a run of lines into the paragraphs of running text and the rows of tables."""
    for is_row, found in groupby(_rows(text, lines), key=itemgetter(1)):
        part = [line for line, _ in found]
        yield from _table(text, part) if is_row else _paragraphs(text, part)


def _rows(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], bool]]:
    """Lines with whether they are rows of a table: with bars on both sides, or with as many cells as a line beside them."""
    bodies = [text[start:end] for start, end in lines]
    cells = [0, *(len(_BAR.findall(body.strip("|"))) + 1 for body in bodies), 0]
    for number, (line, body) in enumerate(zip(lines, bodies, strict=True), 1):
        framed = body[0] == body[-1] == "|"
        yield line, cells[number] > 1 and (framed or cells[number] in (cells[number - 1], cells[number + 1]))


def _table(text: str, rows: list[tuple[int, int]]) -> Iterator[_Block]:
    """Make each row of a table a paragraph of its own; its head stands above a rule, or alone has no figure."""
    rules = {number for number, (start, end) in enumerate(rows) if _RULE.fullmatch(text, start, end)}
    figures = [_FIGURE.search(text, start, end) is not None for start, end in rows]
    heads = {number - 1 for number in rules} if rules else {0} if len(rows) > 2 and not figures[0] and all(figures[1:]) else set()
    for number, (start, end) in enumerate(rows):
        role: Role = "label" if number in rules else "head" if number in heads else "item"
        yield _Block(start, end, role, is_row=True)


def _paragraphs(text: str, lines: list[tuple[int, int]]) -> Iterator[_Block]:
    """Cut a run of lines into paragraphs: one for each line, unless the lines were wrapped by hand."""
    widths = [end - start for start, end in lines]
    full = 0.6 * max(widths)
    wrapped = len(lines) > 1 and 40 <= max(widths) <= _WRAPPED and median(widths[:-1]) >= full
    start, end = lines[0]
    for number in range(1, len(lines)):
        next_start, next_end = lines[number]
        new = bool(_BULLET.match(text, next_start) or _MARKDOWN.match(text, next_start) or _MARKDOWN.match(text, start))
        runs_on = wrapped and widths[number - 1] >= full
        continues = text[next_start].islower() and not _ends(text, start, end)
        if new or not (runs_on or continues):
            yield _Block(start, end, "text")
            start = next_start
        end = next_end
    yield _Block(start, end, "text")


def _joined(text: str, blocks: list[_Block]) -> list[_Block]:
    """Paragraphs that a page break or a figure cut in two: no stop at the end of one, a small letter at the start of the next."""
    out: list[_Block] = []
    for block in blocks:
        last = out[-1] if out else None
        if last and not (last.is_row or block.is_row) and text[block.start].islower() and last.end - last.start > 60 and not _ends(text, last.start, last.end):
            out[-1] = _Block(last.start, block.end, "text")
        else:
            out.append(block)
    return out


# ------------------------------------------------------------------ roles


def _roles(text: str, blocks: list[_Block], labels: tuple[str, ...]) -> Iterator[_Block]:
    for number, block in enumerate(blocks):
        before = blocks[number - 1].end if number else 0
        after = blocks[number + 1] if number + 1 < len(blocks) else None
        alone = _blank_between(text, before, block.start) or number == 0
        numbered = _NUMBER.match(text, block.start, block.end) if block.end - block.start >= _NUMBERED else None
        if numbered and not block.is_row:
            yield _Block(numbered.end(), block.end, "text")
        else:
            yield block if block.is_row else _role(text, block, after, alone, labels)


def _is_leftover(body: str, labels: tuple[str, ...]) -> bool:
    """Recognise what a page's furniture and figures leave behind: bylines, sources, "see also", dates alone, pictographs."""
    return body.lower().startswith(labels) or not _LETTERS.search(body) or any(category(char) == "So" for char in body)


def _role(text: str, block: _Block, after: _Block | None, alone: bool, labels: tuple[str, ...]) -> _Block:
    body = text[block.start : block.end]
    markdown = _MARKDOWN.match(body)
    if markdown:
        return _Block(block.start, block.end, "heading", len(markdown.group(1)))
    if _BULLET.match(body):
        return _Block(block.start, block.end, "item")
    if _ONLY_YEARS.fullmatch(body) and alone and after is not None and _is_prose(text, after):
        return _Block(block.start, block.end, "heading", 7)
    if len(body) < _MAX_HEADING and _is_leftover(body, labels):
        return _Block(block.start, block.end, "label")
    if "\n" in body or len(body) > _MAX_HEADING or (_ENDS.search(body) and not body.rstrip("*_").endswith("?")):
        return block
    return _short_line(text, block, after, alone)


def _short_line(text: str, block: _Block, after: _Block | None, alone: bool) -> _Block:
    """Give a role to a line without a stop: a heading where what follows looks like its text, else a label, or a sentence that lost its stop."""
    body = text[block.start : block.end]
    if after is None or not _is_prose(text, after) or (body.endswith("?") and not _title_case(body)):
        return _Block(block.start, block.end, "label" if len(body) < 60 else "text")
    if _title_case(body) or (alone and body[0].isupper() and _blank_between(text, block.end, after.start)):
        return _Block(block.start, block.end, "heading", 7)
    return _Block(block.start, block.end, "text" if len(body) > 60 else "label")


def _is_prose(text: str, block: _Block) -> bool:
    """Whether what follows a heading looks like it: running text, a list, a table, or another heading."""
    body = text[block.start : block.end]
    return block.is_row or len(body) > 60 or bool(_BULLET.match(body)) or _title_case(body)


@lru_cache(maxsize=1024)
def _title_case(body: str) -> bool:
    words = [word for word in _WORD.findall(body) if len(word) > 3]
    return bool(words) and sum(word[0].isupper() for word in words) >= 0.75 * len(words) and any(letter.islower() or letter.isupper() for letter in body)


def _sections(blocks: list[_Block], length: int) -> list[Section]:
    headings = [block for block in blocks if block.role == "heading"]
    ends = [length] * len(headings)
    running: list[int] = []  # headings whose section goes on, each of a lower rank than the one before it
    for number, heading in enumerate(headings):
        while running and headings[running[-1]].level >= heading.level:
            ends[running.pop()] = heading.start
        running.append(number)
    return [Section(heading.end, end, heading.start, heading.level) for heading, end in zip(headings, ends, strict=True)]


# ------------------------------------------------------------------ sentences


class _Stops(NamedTuple):
    """The words of a language that tell whether a full stop ends a sentence."""

    inside: frozenset[str]
    """Abbreviations that a sentence goes on behind, unless an opener follows."""
    before_names: frozenset[str]
    """Those of them behind which even an opener is a name."""
    at_end: frozenset[str]
    openers: frozenset[str]
    letters: frozenset[str]
    """Words of one letter, which are no initials."""


@lru_cache
def _stops(language: Language) -> _Stops:
    table = language.table("sentences")
    return _Stops(*(frozenset(table[name]) for name in ("abbreviations", "before_names", "abbreviations_at_end", "openers", "letters")))


def _sentences(text: str, block: _Block, language: Language) -> Iterator[tuple[int, int]]:
    start = block.start
    mark = _BULLET.match(text, block.start, block.end) if block.role == "item" else None  # the stop of "12. Lima" ends no sentence
    for match in () if block.is_row else _BREAK.finditer(text, mark.end() if mark else block.start, block.end):
        if match.end() - start > 1 and _is_break(text, start, match, language):
            yield from _bounded(text, start, match.end())
            start = _stripped(text, match.end(), block.end)[0]
    if start < block.end:
        yield from _bounded(text, start, block.end)


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give a sentence, or the pieces of one that is too long to be one: cut where it pauses in the second half of what may be a sentence."""
    while end - start > _MAX_SENTENCE:
        half, limit = start + _MAX_SENTENCE // 2, start + _MAX_SENTENCE
        cut = next((found + 1 for mark in _CUTS if (found := text.rfind(mark, half, limit)) >= 0), limit)
        yield _stripped(text, start, cut)
        start = _stripped(text, cut, end)[0]
    if start < end:
        yield start, end


def _is_break(text: str, start: int, stop: re.Match[str], language: Language) -> bool:
    """Whether a stop ends its sentence: not after an abbreviation or an initial, not before a small letter."""
    following = _NEXT.match(text, stop.end())
    word = following.group(1) if following else ""
    if word[:1].islower():
        return False
    if text[stop.start()] != "." or (stop.end() - stop.start() > 1 and text[stop.start() : stop.start() + 2] != '."'):
        return True
    before = text[max(start, stop.start() - 24) : stop.start()].split()
    last = before[-1].lstrip("(\"“‘'[«*_").lower() if before else ""
    stops = _stops(language)
    opens = word.lower() in stops.openers and word[:1].isupper()
    if last in stops.at_end or "." in last.rstrip("."):
        return opens
    if last in stops.inside:
        return opens and last not in stops.before_names
    return not (len(last) == 1 and last.isalpha() and word[:1].isupper() and last not in stops.letters)
