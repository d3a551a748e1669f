"""Drawings on the page of a PDF."""

from __future__ import annotations

import io
import re
import time

from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from dashboard.exports.painter import paint

TRIANGLES = "".join(f"M{n % 97}.5,{n % 61}L{n % 89},{n % 53}L{n % 83},{n % 59}.5Z" for n in range(20_000))


def drawing(path: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100">{path}</svg>'


def painted(path: str) -> str:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pageCompression=0)
    paint(canvas, drawing(path), (0, 0, 100, 100))
    canvas.save()
    return " ".join(PdfReader(buffer).pages[0].get_contents().get_data().decode().split())


def test_straight_lines() -> None:
    assert "n 1 2 m 3.5 -4 l 5 6 l h 7 8 m 9 1 l h f*" in painted('<path d="M1,2L3.5,-4L5,6ZM7,8L9,1Z" fill="#dedbd2" fill-rule="evenodd"/>')
    assert "n 1 2 m 3 4 l S" in painted('<path d="M1,2L3,4" fill="none" stroke="#b3ada0"/>')


def test_what_is_not_straight() -> None:
    assert "n 0 0 m 2 2 4 2 6 0 c S" in painted('<path d="M0,0Q3,3 6,0" fill="none" stroke="#b3ada0"/>')
    assert "n 1 2 m 8 2 l S" in painted('<path d="M1,2H8" fill="none" stroke="#b3ada0"/>')


def test_a_coast_is_not_read_as_numbers_first() -> None:
    def quickest(run) -> float:
        times = []
        for _ in range(5):
            start = time.process_time()
            run()
            times.append(time.process_time() - start)
        return min(times)

    svg = drawing(f'<path d="{TRIANGLES}" fill="#dedbd2" stroke="#b3ada0"/>')
    reading = quickest(lambda: [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", TRIANGLES)])
    assert quickest(lambda: paint(Canvas(io.BytesIO()), svg, (0, 0, 100, 100))) < 4 * reading  # about as long; point by point it was nine times
