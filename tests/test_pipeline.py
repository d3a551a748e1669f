"""The whole way: offsets hold for any text, nothing crashes on a hostile one, and many processes write what one does."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer import batch, codebook, documents, overrides
from gazetteer.documents import Source
from gazetteer.index import Index
from gazetteer.pipeline import Reader, Reading
from tests.test_mentions import document

NAMES = [
    "Lima",
    "New York",
    "San José",
    "Tren de Aragua",
    "Paris, Texas",
    "U.S.",
    "W.Va.",
    "N. C.",
    "Bogotá's",
    "US-Mexico",
    "LIMA",
    "Venezuelans",
    "Tocorón prison",
    "Ky.",
    "the Big Apple",
]
WORDS = [
    "arrived in",
    "never",
    "since 2018",
    "on May 3, 2021,",
    "police arrested",
    "took over",
    "from",
    "to",
    "through",
    "and",
    ",",
    ".",
    "\n",
    "\n\n",
    "# ",
    "- ",
    "said",
    "“",
    "”",
    "there",
    "’s",
    "\t",
]
ODD = [
    "\u200b",
    "\u00a0",
    "\ufeff",
    "\r\n",
    "\x0b",
    "\x85",
    "\u2028",
    "e\u0301",
    "İstanbul",
    "ß",
    "ŉ",
    "ﬁ",
    "𝐋ima",
    "🇻🇪",
    "٢٠١٨",
    "²",
    "Ⅷ",
    "\u202eamiL",
    "<b>Lima</b>",
    "{actor}",
    "%s",
    "../../etc",
    "''",
    "'S",
    "’s’s",
    "." * 80,
    "A." * 40,
]
TEXTS = st.one_of(
    st.lists(st.sampled_from(NAMES + WORDS), max_size=40).map(" ".join),
    st.lists(st.sampled_from(NAMES + WORDS + ODD), max_size=40).map("".join),
    st.text(max_size=300),
)
HOSTILE = [
    "",
    " \n\t ",
    "\x00\x01\x02",
    "A" * 50_000,
    "Lima " * 5_000,
    "Lima, " * 3_000,
    "Tren de Aragua arrived in Lima and " * 150,  # an actor of the codebook: only then are phases looked for
    "San " * 3_000,
    "New York-" * 2_000,
    "." * 50_000,
    "\n" * 20_000,
    "(" * 10_000 + ")" * 10_000,
    "of the " * 5_000 + "Lima",
    "U.S." * 3_000,
    "’s" * 5_000,
    "2018 " * 3_000,
    "\U0001f1fb\U0001f1ea" * 2_000,
    "İ" * 2_000 + " Lima",
    "e" + "\u0301" * 5_000,
]


@pytest.fixture(scope="module")
def reader(index: Index) -> Reader:
    return Reader(index, codebook.read(codebook.find(Path("nowhere"), None)))


def check(reading: Reading) -> None:
    text = reading.document.text
    sentences = {(sentence.start, sentence.end) for sentence in reading.document.sentences}
    for resolution in reading.resolutions:
        mention = resolution.mention
        assert text[mention.start : mention.end] == mention.surface
        assert mention.surface.strip() == mention.surface != ""
        assert 0.0 <= resolution.score <= 1.0
        assert resolution.place is not None or resolution.reason
    mentions = [resolution.mention for resolution in reading.resolutions]
    assert all(left.end <= right.start for left, right in pairwise(mentions))
    for timex in reading.timexes:
        assert 0 <= timex.phrase_start <= timex.start < timex.end <= timex.phrase_end <= len(text)
    for item in reading.observations:
        assert (item.evidence_start, item.evidence_end) in sentences
        assert 0.0 <= item.confidence <= 1.0
    for leg in reading.routes:
        assert (leg.evidence_start, leg.evidence_end) in sentences
        assert leg.origin.id != leg.destination.id
    assert len(reading.passages) == len(reading.document.sentences)


@settings(max_examples=300)
@given(TEXTS)
def test_every_span_is_its_surface(reader: Reader, text: str) -> None:
    check(reader.read(document(text)))


@settings(max_examples=100)
@given(TEXTS)
def test_every_span_is_its_surface_in_spanish(reader: Reader, text: str) -> None:
    check(reader.read(document(text, "es")))


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: f"{text[:6]!r} {len(text)}")
def test_hostile_texts(reader: Reader, text: str) -> None:
    check(reader.read(document(text)))


def test_the_same_text_is_read_the_same_way_whatever_came_before(index: Index, reader: Reader) -> None:
    """What is kept from one document to the next changes nothing."""
    text = "Tren de Aragua arrived in Paris, Texas, in 2018. From there it went to Georgia and Atlanta, then through Lima."
    first = Reader(index, reader.codebook).read(document(text))
    for other in ("Paris is in France. Georgia lies by the Black Sea.", "LIMA, Ohio - A store opened."):
        reader.read(document(other))
    again = reader.read(document(text))
    assert (first.resolutions, first.timexes, first.observations, first.routes) == (again.resolutions, again.timexes, again.observations, again.routes)


def test_many_processes_write_what_one_does(index: Index, reader: Reader, tmp_path: Path) -> None:
    """Order and bytes do not depend on the number of processes."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(12):
        town = ["Lima", "Bogotá", "Quito", "Paris, Texas"][number % 4]
        (folder / f"{number:02}.txt").write_text(f"Tren de Aragua arrived in {town} in {2010 + number}.\n", "utf-8")
    sources, _ = documents.find_sources(folder)
    written = []
    for workers in (1, 2, 3):
        out = tmp_path / str(workers)
        out.mkdir()
        results = list(batch.annotate(batch.Job(index.folder, reader.codebook), sources, out, workers))
        assert [result.source for result in results] == sources
        written.append({path.name: path.read_bytes() for path in sorted(out.iterdir())})
    assert len(written[0]) == 12
    assert written[0] == written[1] == written[2]


def test_a_source_alone_is_read_without_a_manifest(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text("Se fueron a Lima en marzo de 2019.\n", "utf-8")
    read, _ = documents.read(Source(path))
    reading = reader.read(read)
    assert [(item.mention.surface, item.place.id if item.place else None) for item in reading.resolutions] == [("Lima", "gn:3936456")]


# ------------------------------------------------------------------ a person's decisions


SAID = "Tren de Aragua arrived in Paris in 2018. Members were arrested in Lima and in Paris. The Old Mill burned."


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("", [("Aragua", "VE-D"), ("Paris", "gn:2988507"), ("Lima", "gn:3936456"), ("Paris", "gn:2988507"), ("Old Mill", "-")]),
        (
            "d,Paris,,gn:4717560",
            [("Aragua", "VE-D"), ("Paris", "gn:4717560"), ("Lima", "gn:3936456"), ("Paris", "gn:4717560"), ("Old Mill", "-")],
        ),  # all mentions
        (
            "d,Paris,26,gn:4717560",
            [("Aragua", "VE-D"), ("Paris", "gn:4717560"), ("Lima", "gn:3936456"), ("Paris", "gn:2988507"), ("Old Mill", "-")],
        ),  # one of them
        ("d,Lima,,-", [("Aragua", "VE-D"), ("Paris", "gn:2988507"), ("Lima", "-"), ("Paris", "gn:2988507"), ("Old Mill", "-")]),  # not a place
        (
            'd,Old Mill,,"-12.05,-77.1 The Old Mill"',
            [("Aragua", "VE-D"), ("Paris", "gn:2988507"), ("Lima", "gn:3936456"), ("Paris", "gn:2988507"), ("Old Mill", "at:-12.05000,-77.10000")],
        ),
        (
            "another,Paris,,gn:4717560",
            [("Aragua", "VE-D"), ("Paris", "gn:2988507"), ("Lima", "gn:3936456"), ("Paris", "gn:2988507"), ("Old Mill", "-")],
        ),  # of another document
    ],
)
def test_decisions_change_what_follows(index: Index, reader: Reader, tmp_path: Path, row: str, expected: list[tuple[str, str]]) -> None:
    (tmp_path / "overrides.csv").write_text(f"document,surface,start,place\n{row}\n", "utf-8")
    decisions, problems = overrides.read(tmp_path, index)
    assert problems == []
    reading = Reader(index, reader.codebook, decisions).read(document(SAID))
    assert [(item.mention.surface, item.place.id if item.place else "-") for item in reading.resolutions] == expected
    drawn = {item.place.id for item in reading.observations if item.place}
    assert drawn == {place for surface, place in expected if place != "-" and surface != "Aragua"}
