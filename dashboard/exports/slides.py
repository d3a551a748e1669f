"""The story as slides (PPTX, 16:9): an opening, the whole map, one slide a phase with the finding as its title, a closing.

The sentences are in the speaker's notes.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from PIL import Image
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.text.text import TextFrame
from pptx.util import Emu, Inches, Length, Pt

from dashboard import picture
from dashboard.boundaries import Boundaries
from dashboard.exports.chapters import Chapter, Said, Stop, chapters
from dashboard.exports.drawing import png
from dashboard.exports.taken import Taken
from dashboard.messages import Words
from dashboard.plain import line, source, wrapped
from dashboard.story import quoted

_WIDTH, _HEIGHT = Inches(13.333), Inches(7.5)
_EDGE, _ABOUT, _TOP, _HIGH = Inches(0.5), Inches(0.2), Inches(0.45), Inches(0.88)
"""Margin; where the line that says whom a slide is about begins, and the title below it, with its height."""
_COLOUR: Callable[[str], RGBColor] = RGBColor.from_string
_TEXT, _SOFT, _ACCENT = (_COLOUR(colour) for colour in ("17191D", "53565C", "B5174B"))
_MAP = (820, 590)
"""The map of a phase, in pixels of the drawing; it stands 7.9 inches wide."""
_LIST, _LAST_LINE = Inches(5.6), 20
"""Height of the list beside it, and of the list's last line in points, which counts the rest."""
_NOTES, _SOURCES = 40, 12
"""Sentences in a slide's notes, sources on the last slide; the rest are counted."""
_TITLE_ONLY = 5
_LEADING = 1.25
"""Height of a line by its size; office programs that lack the deck's font take taller ones."""

Line: TypeAlias = tuple[str, float, RGBColor, bool]
"""Text, size in points, colour, bold."""
Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, width, height, in the units of the format."""


def slides_file(taken: Taken, boundaries: Boundaries) -> bytes:
    """The file."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = _WIDTH, _HEIGHT
    mark = taken.stamp
    core = deck.core_properties
    core.title, core.author, core.subject = line(mark.title, 200), "Expansion Atlas", line(mark.finding, 250)
    core.comments, core.keywords, core.language = line(f"{mark.as_of}; {mark.made}", 250), line("; ".join(mark.licences), 250), taken.words.language
    core.created = core.modified = datetime.datetime.combine(taken.made, datetime.time())
    _opening(deck, taken)
    _overview(deck, taken, boundaries)
    for chapter in chapters(taken):
        _phase(deck, taken, boundaries, chapter)
    _closing(deck, taken)
    buffer = io.BytesIO()
    deck.save(buffer)
    return buffer.getvalue()


def _opening(deck: Deck, taken: Taken) -> None:
    words, mark = taken.words, taken.stamp
    slide = _slide(deck, line(mark.title, 90), size=44, top=Inches(1.5), height=Inches(1.5), left=Inches(1.0))
    bar = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Inches(0.6), Inches(1.6), Inches(0.12), Inches(3.0))
    bar.fill.solid()
    bar.fill.fore_color.rgb = _ACCENT
    bar.line.fill.background()
    bar.name = "accent"
    _box(slide, (Inches(1.0), Inches(3.1), _WIDTH - Inches(2), Inches(1.5)), [(line(mark.finding, 200), 26, _TEXT, True)])
    rows: list[Line] = [(f"{label}: {line(text, 220)}", 15, _SOFT, False) for label, text in mark.rows(words)]
    _box(slide, (Inches(1.0), Inches(4.9), _WIDTH - Inches(2), Inches(2)), [*rows, (f"{mark.caveats[0]} {mark.boundaries}", 15, _SOFT, False)])
    _notes(slide, [mark.text(words)])


def _overview(deck: Deck, taken: Taken, boundaries: Boundaries) -> None:
    slide = _slide(deck, line(taken.stamp.finding, 150), about=taken.stamp.about)
    svg = picture.svg(
        taken.words,
        taken.tables,
        taken.looks,
        boundaries,
        title="",
        notes=(),
        legs=taken.legs,
        focus=taken.state.focus,
        view=taken.state.view,
        size=(1230, 570),
    )
    _picture(slide, svg, (_EDGE, Inches(1.35), _WIDTH - 2 * _EDGE), taken.words("take.picture", text=taken.stamp.finding))
    _foot(slide, taken)
    _notes(slide, [f"{label}: {'; '.join(texts)}" for label, texts in taken.stamp.lists(taken.words)])


def _phase(deck: Deck, taken: Taken, boundaries: Boundaries, chapter: Chapter) -> None:
    words = taken.words
    slide = _slide(deck, line(chapter.heading, 130), about=taken.stamp.about)
    svg = picture.svg(words, taken.tables, chapter.looks, boundaries, title="", notes=(), focus=chapter.phase, size=_MAP)
    _picture(slide, svg, (_EDGE, Inches(1.35), Inches(7.9)), words("take.picture", text=chapter.heading))
    left = _EDGE + Inches(7.9) + Inches(0.3)
    across, room = _WIDTH - left - _EDGE, _LIST / Inches(1) * 72 - _LAST_LINE
    lines: list[Line] = [(" · ".join(chapter.counts), 14, _SOFT, False)]
    shown = 0
    for stop in chapter.stops:
        more: list[Line] = [(stop.name, 17, _TEXT, True), (stop.line, 13, _TEXT, False), ("; ".join(stop.cited), 11, _SOFT, False)]
        if _points([*lines, *more], across / Inches(1) * 72) > room:
            break
        lines += more
        shown += 1
    if shown < len(chapter.stops):
        lines.append((words("take.more_slides", n=len(chapter.stops) - shown), 14, _SOFT, False))
    _box(slide, (left, Inches(1.3), across, _LIST), lines)
    _foot(slide, taken)
    told = [(stop, said) for stop in chapter.stops for said in stop.said]
    sentences = [_sentence(words, stop, said) for stop, said in told[:_NOTES]]
    rest = [words("take.more_sentences", n=len(told) - _NOTES)] if len(told) > _NOTES else []
    _notes(slide, [chapter.heading, *([chapter.change] if chapter.change else []), *sentences, *rest])


def _sentence(words: Words, stop: Stop, said: Said) -> str:
    """A sentence for the speaker, with what it says by itself: another may be surer, or tell of an earlier day."""
    sentence = f"{quoted(words, line(''.join(piece.text for piece in said.card.pieces)), most=400)} " if stop.quotes else ""
    return f"{stop.name} ({said.line}): {sentence}{said.card.source}"


def _closing(deck: Deck, taken: Taken) -> None:
    words, mark = taken.words, taken.stamp
    slide = _slide(deck, words("take.caveats"), about=mark.about)
    half = (_WIDTH - 3 * _EDGE) // 2
    _box(slide, (_EDGE, Inches(1.3), half, Inches(5.5)), [(f"• {text}", 20, _TEXT, False) for text in (*mark.caveats, mark.boundaries)])
    sources: list[Line] = [(words("take.sources"), 17, _TEXT, True), *((f"• {source(text, 130)}", 12, _TEXT, False) for text in mark.sources[:_SOURCES])]
    if len(mark.sources) > _SOURCES:
        sources.append((words("take.more_slides", n=len(mark.sources) - _SOURCES), 12, _SOFT, False))
    licences: list[Line] = [(words("take.licences"), 14, _TEXT, True), *((f"• {line(text, 240)}", 10, _SOFT, False) for text in mark.licences)]
    _box(slide, (2 * _EDGE + half, Inches(1.3), half, Inches(5.5)), [*sources, *licences])
    _foot(slide, taken)
    _notes(slide, [mark.text(words)])


def _slide(deck: Deck, title: str, *, about: str = "", size: float = 26, left: Length = _EDGE, top: Length = _TOP, height: Length = _HIGH) -> Slide:
    """A slide with its title, and above it whom it is `about`: taken out of the deck, it still says so."""
    slide: Slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    shape = slide.shapes.title
    assert shape is not None
    shape.left, shape.top, shape.width, shape.height = left, top, Emu(_WIDTH - left - _EDGE), height
    _write(shape.text_frame, [(title, size if len(title) < 75 else size - 4, _TEXT, True)])
    if about:
        shape.text_frame.vertical_anchor = MSO_ANCHOR.TOP
        _box(slide, (left, _ABOUT, _WIDTH - left - _EDGE, _TOP - _ABOUT), [(line(about, 110), 13, _SOFT, True)])
    return slide


def _box(slide: Slide, box: Box, lines: Sequence[Line]) -> None:
    _write(slide.shapes.add_textbox(*(Emu(round(part)) for part in box)).text_frame, lines)


def _write(frame: TextFrame, lines: Sequence[Line]) -> None:
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Emu(0)
    more: Callable[[], Any] = frame.add_paragraph
    for number, (text, size, colour, bold) in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else more()
        paragraph.alignment = 1  # left
        if number and (bold or text.startswith("•")):
            paragraph.space_before = Pt(size * 0.3)
        run = paragraph.add_run()
        run.text = line(text)
        run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, colour


def _points(lines: Sequence[Line], width: float) -> float:
    """About how high lines are in a box of a width, both in points."""
    return sum(len(wrapped(text, width, size, bold=bold, most=12)) * size * _LEADING + (size * 0.3 if bold else 0.0) for text, size, _, bold in lines)


def _picture(slide: Slide, svg: str, place: tuple[int, int, int], text: str) -> None:
    """A drawing as a picture at a place (left, top, width), with what it shows in words."""
    image = Image.open(io.BytesIO(png(svg, zoom=1.7))).convert("RGB").quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    buffer.seek(0)
    left, top, width = (Emu(part) for part in place)
    shape = slide.shapes.add_picture(buffer, left, top, width)
    shape.name = "map"
    element: Any = shape._element  # the library has no other way to an alternative text
    element.nvPicPr.cNvPr.set("descr", line(text, 400))


def _foot(slide: Slide, taken: Taken) -> None:
    words, mark = taken.words, taken.stamp
    text = f"{words('legend.absence_short')} {mark.boundaries} {words('take.as_of')}: {mark.as_of}. {words('take.filters')}: {mark.filters}."
    _box(slide, (_EDGE, Inches(7.08), _WIDTH - 2 * _EDGE, Inches(0.3)), [(line(text, 210), 10, _SOFT, False)])


def _notes(slide: Slide, texts: Sequence[str]) -> None:
    frame = slide.notes_slide.notes_text_frame
    assert frame is not None
    frame.text = "\n".join(line(part) for text in texts for part in text.split("\n"))
