"""Paints the drawings of `dashboard.picture` on a page of a PDF: as lines and letters, sharp at any size and a tenth of the bytes of a picture.

It knows the part of SVG that those drawings use, and raises ValueError for what it does not know, so that nothing is left out in silence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias
from xml.etree import ElementTree

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from dashboard.letters import drawable

_SVG = "{http://www.w3.org/2000/svg}"
_PART = re.compile(r"([MLHQZ])([^MLHQZ]*)")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
_LINES = re.compile(r"(?:M[-\d., ]+(?:L[-\d., ]+)*Z?)+")
"""Path data of straight lines alone, each number as a PDF writes it."""
_EVEN_ODD, _NON_ZERO = 0, 1
Box: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, width, height, in points."""
_Bounds: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom, in pixels of the drawing."""


@dataclass(frozen=True, slots=True)
class _Hatch:
    """Stripes at 45 degrees."""

    colour: str
    spacing: float
    width: float


@dataclass(frozen=True, slots=True)
class _Context:
    """What elements refer to, and what they take over from the groups around them."""

    names: Mapping[str, ElementTree.Element]
    hatches: Mapping[str, _Hatch]
    size: tuple[float, float]
    opacity: float = 1.0


def paint(canvas: Canvas, svg: str, box: Box) -> None:
    """Paint a drawing into a box."""
    x, y, width, height = box
    root = ElementTree.fromstring(svg)
    size = float(root.get("width", "0")), float(root.get("height", "0"))
    names = {str(element.get("id")): element for element in root.iter() if element.get("id")}
    context = _Context(names, {name: _hatch(element) for name, element in names.items() if element.tag == f"{_SVG}pattern"}, size)
    canvas.saveState()
    canvas.translate(x, y + height)
    canvas.scale(width / size[0], -height / size[1])
    _clip(canvas, (0.0, 0.0, *size))
    for element in root:
        _element(canvas, element, context)
    canvas.restoreState()


def _element(canvas: Canvas, element: ElementTree.Element, context: _Context) -> None:
    tag = element.tag.removeprefix(_SVG)
    own = replace(context, opacity=context.opacity * float(element.get("opacity", "1")))
    match tag:
        case "defs" | "title":
            return
        case "g":
            _group(canvas, element, own)
        case "use":
            target = context.names[str(element.get("href")).removeprefix("#")]
            canvas.saveState()
            canvas.translate(float(element.get("x", "0")), float(element.get("y", "0")))
            _group(canvas, target, own)
            canvas.restoreState()
        case "text":
            _text(canvas, element, own)
        case "rect" | "path" | "circle" | "polygon":
            _shape(canvas, element, tag, own)
        case _:
            raise ValueError(f"a drawing with {tag!r}")


def _group(canvas: Canvas, group: ElementTree.Element, context: _Context) -> None:
    canvas.saveState()
    if move := group.get("transform"):
        across, down = (float(number) for number in _NUMBER.findall(move))
        canvas.translate(across, down)
    if clip := group.get("clip-path"):
        shape = context.names[str(context.names[clip[5:-1]][0].get("href")).removeprefix("#")]
        canvas.clipPath(_outline(canvas, shape, shape.tag.removeprefix(_SVG)), stroke=0, fill=0, fillMode=_EVEN_ODD)
    for element in group:
        _element(canvas, element, context)
    canvas.restoreState()


def _shape(canvas: Canvas, element: ElementTree.Element, tag: str, context: _Context) -> None:
    path = _outline(canvas, element, tag)
    fill, stroke = element.get("fill", "#000000"), element.get("stroke", "none")
    mode = _EVEN_ODD if element.get("fill-rule") == "evenodd" else _NON_ZERO
    if fill.startswith("url("):
        _stripes(canvas, path, _bounds(element, tag), context.hatches[fill[5:-1]], mode=mode, context=context)
    elif fill != "none":
        _ink(canvas, fill, context.opacity * float(element.get("fill-opacity", "1")))
        canvas.drawPath(path, stroke=0, fill=1, fillMode=mode)
    if stroke != "none":
        _pen(canvas, stroke, context.opacity)
        canvas.setLineWidth(float(element.get("stroke-width", "1")))
        canvas.setDash([float(number) for number in element.get("stroke-dasharray", "").split()] or [])
        canvas.setLineJoin(1)
        canvas.drawPath(path, stroke=1, fill=0)


def _outline(canvas: Canvas, element: ElementTree.Element, tag: str) -> PDFPathObject:
    path = canvas.beginPath()
    if tag == "rect":
        x, y, width, height = (float(element.get(name, "0")) for name in ("x", "y", "width", "height"))
        path.roundRect(x, y, width, height, float(element.get("rx", "0")))
        return path
    if tag == "circle":
        path.circle(float(element.get("cx", "0")), float(element.get("cy", "0")), float(element.get("r", "0")))
        return path
    data = _data(element, tag)
    if _LINES.fullmatch(data):
        return PDFPathObject([_written(data)])
    _trace(path, data)
    return path


def _data(element: ElementTree.Element, tag: str) -> str:
    return "M" + "L".join(element.get("points", "").split()) + "Z" if tag == "polygon" else element.get("d", "")


def _bounds(element: ElementTree.Element, tag: str) -> _Bounds:
    """The box around a shape without curves, or around a circle in its middle."""
    if tag == "rect":
        x, y, width, height = (float(element.get(name, "0")) for name in ("x", "y", "width", "height"))
        return (x, y, x + width, y + height)
    if tag == "circle":
        radius = float(element.get("r", "0"))
        return (-radius, -radius, radius, radius)
    numbers = [float(number) for number in _NUMBER.findall(_data(element, tag))]
    return (min(numbers[::2], default=0.0), min(numbers[1::2], default=0.0), max(numbers[::2], default=0.0), max(numbers[1::2], default=0.0))


def _written(data: str) -> str:
    """Path data of straight lines as a PDF has it, where the operator follows its point. A coast has thousands: they are not read as numbers first."""
    parts = ["n"]
    for ring in data.replace(",", " ").split("M")[1:]:
        first, *points = ring.removesuffix("Z").split("L")
        parts += [f"{first} m", *(f"{point} l" for point in points), *(["h"] if ring.endswith("Z") else [])]
    return " ".join(parts)


def _trace(path: PDFPathObject, data: str) -> None:
    """Path data with the commands M, L, H, Q and Z, all absolute."""
    x, y = 0.0, 0.0
    for command, text in _PART.findall(data):
        numbers = [float(number) for number in _NUMBER.findall(text)]
        match command:
            case "M":
                path.moveTo(*numbers)
            case "L":
                path.lineTo(*numbers)
            case "H":
                numbers.append(y)
                path.lineTo(*numbers)
            case "Q":
                x1, y1, x2, y2 = numbers
                path.curveTo(x + (x1 - x) * 2 / 3, y + (y1 - y) * 2 / 3, x2 + (x1 - x2) * 2 / 3, y2 + (y1 - y2) * 2 / 3, x2, y2)
            case "Z":
                path.close()
        x, y = numbers[-2:] if numbers else (x, y)


def _stripes(canvas: Canvas, path: PDFPathObject, box: _Bounds, hatch: _Hatch, *, mode: int, context: _Context) -> None:
    left, top, right, bottom = max(box[0], -50.0), max(box[1], -50.0), min(box[2], context.size[0] + 50), min(box[3], context.size[1] + 50)
    canvas.saveState()
    canvas.clipPath(path, stroke=0, fill=0, fillMode=mode)
    _pen(canvas, hatch.colour, context.opacity * 0.7)
    canvas.setLineWidth(hatch.width)
    canvas.setDash([])
    step = hatch.spacing * 2**0.5
    # x - y is constant along a stripe that rises to the left: the same stripes for every area, wherever it lies.
    number = int((left + top) // step)
    while number * step <= right + bottom:
        canvas.line(number * step - top, top, number * step - bottom, bottom)
        number += 1
    canvas.restoreState()


def _text(canvas: Canvas, element: ElementTree.Element, context: _Context) -> None:
    text = drawable(element.text or "")
    size = float(element.get("font-size", "16"))
    weight = int(element.get("font-weight", "400"))
    font = "OpenSans-Bold" if weight > 600 else "OpenSans-SemiBold" if weight == 600 else "OpenSans"
    x = float(element.get("x", "0"))
    wide = canvas.stringWidth(text, font, size)
    x -= {"middle": wide / 2, "end": wide}.get(element.get("text-anchor", "start"), 0.0)
    canvas.saveState()
    canvas.translate(x, float(element.get("y", "0")))
    canvas.scale(1, -1)
    canvas.setFont(font, size)
    if halo := element.get("stroke"):
        _pen(canvas, halo, context.opacity)
        canvas.setLineWidth(float(element.get("stroke-width", "1")))
        canvas.setDash([])
        canvas.setLineJoin(1)
        canvas.drawString(0, 0, text, mode=1)
    _ink(canvas, element.get("fill", "#000000"), context.opacity)
    canvas.drawString(0, 0, text, mode=0)
    canvas.restoreState()


def _ink(canvas: Canvas, colour: str, opacity: float) -> None:
    """What is filled with. The colour goes first: it brings an opacity of its own."""
    canvas.setFillColor(HexColor(colour))
    canvas.setFillAlpha(opacity)


def _pen(canvas: Canvas, colour: str, opacity: float) -> None:
    """What is drawn with."""
    canvas.setStrokeColor(HexColor(colour))
    canvas.setStrokeAlpha(opacity)


def _hatch(pattern: ElementTree.Element) -> _Hatch:
    stripe = pattern[0]
    return _Hatch(stripe.get("fill", "#000000"), float(pattern.get("width", "8")), float(stripe.get("width", "4")))


def _clip(canvas: Canvas, box: _Bounds) -> None:
    path = canvas.beginPath()
    path.rect(box[0], box[1], box[2] - box[0], box[3] - box[1])
    canvas.clipPath(path, stroke=0, fill=0)
