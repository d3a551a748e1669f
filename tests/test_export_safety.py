"""Hostile text is text in every format, and every file is well formed."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pyarrow.parquet as pq
import pytest
from pptx import Presentation
from pypdf import PdfReader

from dashboard.boundaries import NONE
from dashboard.exports.formats import FORMATS
from dashboard.links import State
from tests.small_taken import spoiled, taken

HOSTILE = {
    "mixed": (
        'Lima <script>x=1</script> <img src="/etc/passwd" onerror="x"> `${x}` {{7*7}} {name} %s $[name] <para><img src="/etc/hostname"/>'
        '<a href="file:///etc/passwd">x</a></para>&bogus; <!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>&y; \u202eevil\u202c \u2067x'
        " a\x00b\x0bc\x1bd\x7fe\uffff_x000B_ ]]></text></svg></kml><!-- \"'`´“”"
    ),
    "long": "A" * 10_000,
    "formula": '=HYPERLINK("http://example.org","x")',
    "empty": "",
}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("kind", HOSTILE)
def test_every_format_takes_every_text(tmp_path: Path, kind: str, name: str) -> None:
    found = taken(spoiled(tmp_path / "build", HOSTILE[kind]), whole=True, state=State(view=(-10, -75, 4)))
    content = FORMATS[name].make(found, NONE)
    CHECKS[name](content, HOSTILE[kind])


def is_svg(content: bytes, text: str) -> None:
    root = ElementTree.fromstring(content)
    tags = {element.tag.split("}")[1] for element in root.iter()}
    assert tags <= {"svg", "rect", "defs", "pattern", "g", "path", "use", "text", "circle", "polygon"}
    if text.startswith("Lima"):
        assert "Lima <script>x=1</script>" in " ".join(element.text or "" for element in root.iter())


def is_kml(content: bytes, text: str) -> None:
    root = ElementTree.fromstring(content)
    for element in root.iter("{http://www.opengis.net/kml/2.2}description"):
        assert "<" not in (element.text or "").replace("<br/>", "")
    assert not text or root.find(".//{http://www.opengis.net/kml/2.2}Placemark") is not None


def is_pdf(content: bytes, text: str) -> None:
    reader = PdfReader(io.BytesIO(content))
    words = " ".join(page.extract_text() for page in reader.pages)
    assert not any(word in content for word in (b"/URI", b"/Launch", b"/JavaScript", b"/EmbeddedFile"))
    assert "root:" not in words
    assert not any(annotation.get_object().get("/A") for page in reader.pages for annotation in page.get("/Annots", []))
    if text.startswith("Lima"):
        assert "<script>" in words


def is_pptx(content: bytes, text: str) -> None:
    for name in zipfile.ZipFile(io.BytesIO(content)).namelist():
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read(name))
    deck = Presentation(io.BytesIO(content))
    words = "\n".join(shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame)
    assert "\u202e" not in words
    if text.startswith("Lima"):
        assert "<script>" in words


def is_csv(content: bytes, text: str) -> None:
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert len({len(row) for row in rows}) == 1
    assert not any(cell.startswith(("=", "@")) for row in rows for cell in row)
    assert not text or any(text.replace("\x00", "\ufffd") in cell for row in rows for cell in row)


def is_geojson(content: bytes, text: str) -> None:
    found = json.loads(content)
    assert not text or any(feature["properties"]["evidence"] == text for feature in found["features"])


def is_parquet(content: bytes, text: str) -> None:
    assert not text or text in pq.read_table(io.BytesIO(content)).column("evidence").to_pylist()


def is_html(content: bytes, text: str) -> None:
    assert content.decode().count("<script") == 4 + content.decode().count('<script type="application/json"')
    assert not text.startswith("Lima") or b"Lima \\u003cscript>" in content


def is_png(content: bytes, text: str) -> None:
    assert content.startswith(b"\x89PNG")
    assert len(content) > 10_000, text


CHECKS = {
    "svg": is_svg, "kml": is_kml, "pdf": is_pdf, "pptx": is_pptx, "csv": is_csv, "geojson": is_geojson, "geoparquet": is_parquet, "html": is_html, "png": is_png,
}  # fmt: skip
