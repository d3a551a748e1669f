"""Short reports read the whole way, for tests that look at observations."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from gazetteer import codebook
from gazetteer.codebook import Codebook
from gazetteer.documents.segmentation import segment
from gazetteer.index import Index
from gazetteer.passages import Passage
from gazetteer.pipeline import Reader, Reading
from gazetteer.records import Document, Observation
from gazetteer.text.language import language

BOOK = """
[[actor]]
id = "harbour-men"
name = "Harbour Men"
aliases = ["HM", "Hombres del Puerto"]
[[actor]]
id = "night-owls"
name = "Night Owls"
[[phase]]
id = "origin"
order = 0
[[phase]]
id = "exploration"
order = 1
[[phase]]
id = "penetration"
order = 2
[[phase]]
id = "consolidation"
order = 3
[[phase]]
id = "contested"
[[phase]]
id = "disruption"
[[phase]]
id = "context"
"""


def book(text: str = BOOK) -> Codebook:
    """A codebook from its text."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "codebook.toml"
        path.write_text(text, encoding="utf-8")
        return codebook.read(path)


@lru_cache(maxsize=4)
def _reader(index: Index, text: str) -> Reader:
    return Reader(index, book(text))


def read(index: Index, text: str, *, published: str = "2024-03-15", code: str = "en", codebook_text: str = BOOK) -> Reading:
    """What is read in a document with this text."""
    return _reader(index, codebook_text).read(_document(text, published, code))


def observations(index: Index, text: str, *, published: str = "2024-03-15", code: str = "en", codebook_text: str = BOOK) -> list[Observation]:
    """All observations of a document with this text."""
    return list(read(index, text, published=published, code=code, codebook_text=codebook_text).observations)


def passages(index: Index, text: str, code: str = "en", codebook_text: str = BOOK) -> list[Passage]:
    """The sentences of a document with this text, as the later stages see them."""
    return list(read(index, text, code=code, codebook_text=codebook_text).passages)


def families(index: Index, text: str, code: str = "en", codebook_text: str = BOOK) -> list[tuple[str, str]]:
    """The families that a text's words belong to, with those words."""
    reading = read(index, text, code=code, codebook_text=codebook_text)
    return [(hit.cue.family, " ".join(passage.words[hit.start : hit.end])) for passage in reading.passages for hit in passage.hits if hit.cue.family]


def _document(text: str, published: str, code: str) -> Document:
    found = language(code)
    assert found is not None
    sections, sentences = segment(text, found)
    return Document("report", "report.txt", text, "", "", "", "", code, "F", published, "stated", sections, sentences)


def said_of(found: list[Observation], surface: str) -> list[Observation]:
    """The observations of a name, without the bare context."""
    return [item for item in found if item.mention.surface == surface and item.phase != "context"]
