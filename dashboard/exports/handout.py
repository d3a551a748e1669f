"""The story as a PDF, A4 across: an overview, one page a phase, then the evidence, the sources and how to read it all.

Set with ReportLab in Open Sans, which is embedded. ReportLab reads a small markup in its paragraphs, and could open a file for an image in it: everything goes
in escaped.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TypeAlias
from xml.sax.saxutils import escape

from reportlab import rl_config
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, Spacer

from dashboard import picture
from dashboard.boundaries import Boundaries
from dashboard.exports.chapters import Chapter, Stop, chapters
from dashboard.exports.painter import Box, paint
from dashboard.exports.taken import Taken
from dashboard.letters import drawable, folder
from dashboard.messages import Words
from dashboard.plain import line, source
from dashboard.story import quoted

rl_config.useA85 = 0  # nothing carries a PDF as ASCII any more: a fifth of the size and of the time
WIDTH, HEIGHT = landscape(A4)
EDGE = 34.0
"""Margin, in points."""
_FOOT = 34.0
_MAP = 456.0
"""Width of the map on a page of a phase."""
_GAP = 16.0
_TEXT, _SOFT, _LINE, _ACCENT = "#17191d", "#53565c", "#c9cbd0", "#b5174b"
_STOPS = 200
"""Places of a phase in the evidence; the rest are counted."""
_CARDS = 6
"""Sentences of a place in the evidence; the rest are counted."""
_COLUMN = 80
"""More blocks than a column can hold."""

Block: TypeAlias = Flowable | list[Flowable]
"""What stands on one page: a paragraph, or some that stay together."""


@lru_cache(maxsize=1)
def _styles() -> dict[str, ParagraphStyle]:
    """Registers the fonts once and gives the styles that use them."""
    for name, file in (
        ("OpenSans", "Regular"),
        ("OpenSans-SemiBold", "SemiBold"),
        ("OpenSans-Bold", "Bold"),
        ("OpenSans-Italic", "Italic"),
        ("OpenSans-BoldItalic", "BoldItalic"),
    ):
        pdfmetrics.registerFont(TTFont(name, str(folder() / f"OpenSans-{file}.ttf")))
    pdfmetrics.registerFontFamily("OpenSans", normal="OpenSans", bold="OpenSans-Bold", italic="OpenSans-Italic", boldItalic="OpenSans-BoldItalic")
    base = ParagraphStyle("base", fontName="OpenSans", fontSize=8.6, leading=11.6, textColor=_TEXT, alignment=TA_LEFT, splitLongWords=1)
    return {
        "base": base,
        "cover": ParagraphStyle("cover", base, fontName="OpenSans-Bold", fontSize=26, leading=31),
        "lead": ParagraphStyle("lead", base, fontName="OpenSans-Bold", fontSize=12.5, leading=16.5),
        "about": ParagraphStyle("about", base, fontName="OpenSans-SemiBold", fontSize=9.4, leading=12, textColor=_SOFT),
        "title": ParagraphStyle("title", base, fontName="OpenSans-Bold", fontSize=18, leading=22),
        "section": ParagraphStyle("section", base, fontName="OpenSans-Bold", fontSize=12, leading=16, spaceBefore=6, spaceAfter=3),
        "place": ParagraphStyle("place", base, fontSize=9.4, leading=12, spaceBefore=4.5),
        "quote": ParagraphStyle("quote", base, fontSize=8.2, leading=10.8, leftIndent=7),
        "soft": ParagraphStyle("soft", base, fontSize=7.6, leading=10, textColor=_SOFT, leftIndent=7),
        "note": ParagraphStyle("note", base, fontSize=8.2, leading=11.2, textColor=_SOFT),
        "item": ParagraphStyle("item", base, leftIndent=9, bulletIndent=0, spaceAfter=2),
    }


def handout_file(taken: Taken, boundaries: Boundaries) -> bytes:
    """The file: the same for the same content and day."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), pageCompression=1, invariant=1, lang=taken.words.language)
    canvas.setTitle(line(taken.stamp.title, 200))
    canvas.setAuthor("Expansion Atlas")
    canvas.setSubject(line(f"{taken.stamp.finding}. {taken.stamp.as_of}", 400))
    canvas.setKeywords([line(text, 300) for text in (*taken.stamp.sources, *taken.stamp.licences)])
    pages = _Pages(canvas, taken)
    story = chapters(taken)
    _overview(pages, taken, boundaries)
    for chapter in story:
        _phase(pages, taken, boundaries, chapter)
    _flow(pages, list(_evidence(taken, story)))
    canvas.save()
    return buffer.getvalue()


class _Pages:
    """Turns pages, each with its foot."""

    def __init__(self, canvas: Canvas, taken: Taken) -> None:
        self.canvas, self.words, self._taken, self.number = canvas, taken.words, taken, 1

    def turn(self) -> None:
        """Finish the page with the stamp that every page has."""
        words, mark = self._taken.words, self._taken.stamp
        self.canvas.setStrokeColor(_LINE)
        self.canvas.line(EDGE, _FOOT, WIDTH - EDGE, _FOOT)
        page = words("take.page", page=self.number)
        lines = [
            f"{mark.title}. {words('take.as_of')}: {mark.as_of}. {words('take.filters')}: {mark.filters}.",
            f"{words('legend.absence_short')} {mark.boundaries} {words('take.made')}: {mark.made}.",
        ]
        rooms = [WIDTH - 2 * EDGE, WIDTH - 2 * EDGE - stringWidth(page, "OpenSans", 7) - 10]
        self.canvas.setFillColor(_SOFT)
        self.canvas.setFont("OpenSans", 7)
        for row, (text, room) in enumerate(zip(lines, rooms, strict=True)):
            self.canvas.drawString(EDGE, _FOOT - 10 - 9 * row, _cut(drawable(line(text)), room))
        self.canvas.drawRightString(WIDTH - EDGE, _FOOT - 19, page)
        self.canvas.showPage()
        self.number += 1


def _cut(text: str, room: float) -> str:
    """A line of a foot, as much of it as there is room for."""
    most = len(text)
    while most > 1 and stringWidth(line(text, most), "OpenSans", 7) > room:
        most -= 1
    return line(text, most)


def _overview(pages: _Pages, taken: Taken, boundaries: Boundaries) -> None:
    """Title and finding, the whole map, and what the file holds."""
    canvas, mark, words, styles = pages.canvas, taken.stamp, taken.words, _styles()
    canvas.bookmarkPage("overview")
    canvas.addOutlineEntry(words("take.overview"), "overview", 0)
    top = HEIGHT - EDGE
    canvas.setFillColor(_ACCENT)
    canvas.rect(EDGE, top - 66, 5, 66, stroke=0, fill=1)
    _fill(canvas, (EDGE + 16, top - 70, WIDTH - 2 * EDGE - 16, 72), [_paragraph(mark.title, "cover", most=90), _paragraph(mark.finding, "lead", most=220)])
    height = top - 84 - _FOOT - 10
    svg = picture.svg(
        words, taken.tables, taken.looks, boundaries, title="", notes=(), legs=taken.legs, focus=taken.state.focus, view=taken.state.view, size=(860, 720)
    )
    _draw(canvas, svg, (EDGE, _FOOT + 10, height * 860 / 720, height))
    x = EDGE + height * 860 / 720 + _GAP
    blocks: list[Flowable] = [Paragraph(f"<b>{escape(label)}:</b> {_set(text, 400)}", styles["base"]) for label, text in mark.rows(words)]
    blocks += [_paragraph(words("take.sources"), "section"), *_items([source(text, 170) for text in mark.sources[:10]])]
    blocks += [_paragraph(words("list.more", names="", n=len(mark.sources) - 10).strip(" ,"), "note")] if len(mark.sources) > 10 else []
    blocks += [_paragraph(words("take.caveats"), "section"), *_items([*mark.caveats[:3], mark.boundaries])]
    _fill(canvas, (x, _FOOT + 10, WIDTH - EDGE - x, height), blocks)
    pages.turn()


def _phase(pages: _Pages, taken: Taken, boundaries: Boundaries, chapter: Chapter) -> None:
    """A page: the finding, the map, the counts, and as many places as it holds."""
    canvas, words = pages.canvas, taken.words
    canvas.bookmarkPage(f"phase-{chapter.phase}")
    canvas.addOutlineEntry(line(chapter.label, 80), f"phase-{chapter.phase}", 0)
    about = _paragraph(taken.stamp.about, "about", most=150)
    head = [about, _paragraph(chapter.heading, "title", most=150), _paragraph(" · ".join((*chapter.counts, chapter.change)).strip(" ·"), "note", most=450)]
    used = sum(part.wrap(WIDTH - 2 * EDGE, HEIGHT)[1] for part in head)
    _fill(canvas, (EDGE, HEIGHT - EDGE - used - 2, WIDTH - 2 * EDGE, used + 2), head)
    height = HEIGHT - EDGE - used - 12 - _FOOT - 8
    svg = picture.svg(words, taken.tables, chapter.looks, boundaries, title="", notes=(), focus=chapter.phase, size=(740, round(740 * height / _MAP)))
    _draw(canvas, svg, (EDGE, _FOOT + 8, _MAP, height))
    x = EDGE + _MAP + _GAP
    stops = [_stop(taken.words, stop, sentences=1 if len(chapter.stops) > 4 else 4, most=190) for stop in chapter.stops]
    fitting = _fill(canvas, (x, _FOOT + 22, WIDTH - EDGE - x, height - 14), stops)
    if fitting < len(stops):
        _fill(canvas, (x, _FOOT + 4, WIDTH - EDGE - x, 18), [_paragraph(words("take.more", n=len(stops) - fitting), "note")])
    pages.turn()


def _evidence(taken: Taken, story: Sequence[Chapter]) -> Iterator[Block]:
    """Everything behind the pages before: places with their sentences, the sources, the caveats, the licences."""
    words, mark = taken.words, taken.stamp
    for chapter in story:
        heading: list[Flowable] = [_paragraph(words("take.evidence_of", phase=chapter.label), "section")]
        for stop in chapter.evidence[:_STOPS]:
            first, *rest = _pairs(_stop(words, stop, sentences=_CARDS, most=420))
            yield [*heading, *first]
            yield from rest
            heading = []
            if stop.quotes and len(stop.said) > _CARDS:
                yield _paragraph(words("take.more_sentences", n=len(stop.said) - _CARDS), "soft")
        if len(chapter.evidence) > _STOPS:
            yield _paragraph(words("take.left_out", n=len(chapter.evidence) - _STOPS), "note")
        yield Spacer(1, 6)
    for label, texts in mark.lists(words):
        items = _items([line(text, 300) for text in texts])
        yield [_paragraph(label, "section"), *items[:1]]
        yield from items[1:]


def _pairs(blocks: list[Flowable]) -> list[Block]:
    """The blocks of a place as what stays together: its name with its first sentence, then each sentence with its source."""
    return [blocks[:3], *(blocks[start : start + 2] for start in range(3, len(blocks), 2))]


def _stop(words: Words, stop: Stop, *, sentences: int, most: int) -> list[Flowable]:
    """A place: name and standing, its sentences, each with its source."""
    blocks: list[Flowable] = [Paragraph(f"<b>{_set(stop.name)}</b>  <font color='{_SOFT}'>{_set(stop.line)}</font>", _styles()["place"])]
    if not stop.quotes:
        return [*blocks, _paragraph("; ".join(stop.sources[:6]), "soft", most=400)]
    for said in stop.said[:sentences]:
        sentence = line("".join(piece.text for piece in said.card.pieces))
        blocks += [_paragraph(quoted(words, sentence, most=most), "quote"), _paragraph(said.card.source, "soft", most=130)]
    if sentences == 1 and len(stop.sources) > 1:
        blocks[-1] = _paragraph("; ".join(stop.sources[:3]), "soft", most=200)
    return blocks


def _flow(pages: _Pages, blocks: list[Block]) -> None:
    """Blocks in two columns, over as many pages as it takes."""
    width = (WIDTH - 2 * EDGE - _GAP * 1.5) / 2
    at = 0
    pages.canvas.bookmarkPage("evidence")
    pages.canvas.addOutlineEntry(pages.words("take.evidence"), "evidence", 0)
    while at < len(blocks):
        before = at
        for column in range(2):
            at += _fill(pages.canvas, (EDGE + column * (width + _GAP * 1.5), _FOOT + 10, width, HEIGHT - EDGE - _FOOT - 10), blocks[at : at + _COLUMN])
        if at == before:
            raise ValueError("a block is longer than a column")
        pages.turn()


def _fill(canvas: Canvas, box: Box, blocks: Sequence[Block]) -> int:
    """Set as many blocks as fit into a box, each whole or not at all; how many that were."""
    x, y, width, height = box
    top = y + height
    for count, block in enumerate(blocks):
        parts: list[Flowable] = list(block) if isinstance(block, list) else [block]
        sizes = [part.wrap(width, height)[1] for part in parts]
        gaps = [0.0 if top == y + height and index == 0 else float(part.getSpaceBefore()) for index, part in enumerate(parts)]
        if top - sum(sizes) - sum(gaps) < y:
            return count
        for part, size, gap in zip(parts, sizes, gaps, strict=True):
            top -= size + gap
            part.drawOn(canvas, x, top)
            top -= float(part.getSpaceAfter())
    return len(blocks)


def _draw(canvas: Canvas, svg: str, box: Box) -> None:
    """A drawing in a box with a frame."""
    paint(canvas, svg, box)
    canvas.setStrokeColor(_LINE)
    canvas.setLineWidth(0.8)
    canvas.rect(*box, stroke=1, fill=0)


def _items(texts: Sequence[str]) -> list[Flowable]:
    return [Paragraph(_set(text), _styles()["item"], bulletText="•") for text in texts]


def _paragraph(text: str, style: str, *, most: int = 1000) -> Paragraph:
    """A text that is shorter than a column whatever is in it."""
    return Paragraph(_set(text, most), _styles()[style])


def _set(text: str, most: int | None = None) -> str:
    """A text as ReportLab takes it, with letters that the font has."""
    return escape(drawable(line(text, most)))
