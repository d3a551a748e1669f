"""Annotation files: their shape, what is in them, and that no text makes the reading fail."""

from __future__ import annotations

import json
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer import annotation, cli, codebook, pipeline, tables
from gazetteer.documents import Source, read
from gazetteer.edtf import is_valid
from gazetteer.index import Index
from gazetteer.tables.checks import check

Folder = Callable[..., Path]
NEWS = (
    "In March 2021 the Crew arrived in Lima, Peru. According to the police, it may have reached Bogotá. "
    "In 2022 three of its members were arrested in Qwxyzko Norte.\n"
)
BOOK = '[[actor]]\nid = "crew"\nname = "The Crew"\n\n[[phase]]\nid = "exploration"\norder = 1\n\n[[phase]]\nid = "disruption"\n\n[[phase]]\nid = "context"\n'


@pytest.fixture
def annotated(folder: Folder, tmp_path: Path, index: Index) -> Callable[..., dict[str, Any]]:
    """The annotation of the document ``a.txt`` in a folder of files."""
    assert len(index)

    def run(*options: str, **files: str) -> dict[str, Any]:
        assert cli.main(["annotate", str(folder(**files)), str(tmp_path / "out"), *options]) == 0
        found: dict[str, Any] = json.loads((tmp_path / "out" / "a.json").read_text("utf-8"))
        return found

    return run


def test_shape_of_a_file(annotated: Callable[..., dict[str, Any]]) -> None:
    found = annotated(**{"a.txt": NEWS, "documents.csv": "file,published\na.txt,2023-06\n", "codebook.toml": BOOK})
    assert list(found) == ["document", "file", "published", "published_status", "language", "actor", "places", "mentions", "timexes", "observations"]
    assert (found["document"], found["file"], found["published"], found["actor"]) == ("a", "a.txt", "2023-06", "crew")
    assert found["places"]["gn:3936456"] == {"name": "Lima", "country": "PE", "level": "locality", "lat": -12.04318, "lon": -77.02824}
    assert all(NEWS[mention["start"] : mention["end"]] == mention["surface"] for mention in found["mentions"])
    assert all(mention["place"] in found["places"] if mention["place"] else mention["reason"] for mention in found["mentions"])
    assert [NEWS[timex["start"] : timex["end"]] for timex in found["timexes"]] == ["March 2021", "2022"]
    assert [timex["value"] for timex in found["timexes"]] == ["2021-03", "2022"]
    assert set(found["observations"][0]) == {"place", "actor", "phase", "date", "precision", "status", "evidence_start", "evidence_end"}
    for row in found["observations"]:
        assert row["place"] in found["places"]
        assert row["phase"] in ("exploration", "disruption", "context")
        assert row["date"] == "" or is_valid(row["date"])
        assert 0 <= row["evidence_start"] < row["evidence_end"] <= len(NEWS)
    lima = next(row for row in found["observations"] if row["place"] == "gn:3936456")
    assert (lima["actor"], lima["phase"], lima["date"], lima["precision"]) == ("crew", "exploration", "2021-03", "month")


def test_a_whole_file(annotated: Callable[..., dict[str, Any]]) -> None:
    text = "The Crew arrived in Lima in March 2021. Police arrested three members of the Crew in Zzyxqaville and Bogotá on 5 May 2022.\n"
    found = annotated(**{"a.txt": text, "documents.csv": "file,published\na.txt,2023-06-01\n", "codebook.toml": BOOK})
    said = {"actor": "crew", "status": "confirmed"}
    assert found == {
        "document": "a",
        "file": "a.txt",
        "published": "2023-06-01",
        "published_status": "stated",
        "language": "en",
        "actor": "crew",
        "places": {
            "gn:3936456": {"name": "Lima", "country": "PE", "level": "locality", "lat": -12.04318, "lon": -77.02824},
            "gn:3688689": {"name": "Bogotá", "country": "CO", "level": "locality", "lat": 4.60971, "lon": -74.08175},
        },
        "mentions": [
            {"start": 20, "end": 24, "surface": "Lima", "kind": "literal", "place": "gn:3936456"},
            {"start": 85, "end": 96, "surface": "Zzyxqaville", "kind": "literal", "place": None, "reason": "the gazetteer has no such name"},
            {"start": 101, "end": 107, "surface": "Bogotá", "kind": "literal", "place": "gn:3688689"},
        ],
        "timexes": [{"start": 28, "end": 38, "type": "DATE", "value": "2021-03"}, {"start": 111, "end": 121, "type": "DATE", "value": "2022-05-05"}],
        "observations": [
            {"place": "gn:3936456", "phase": "exploration", "date": "2021-03", "precision": "month", "evidence_start": 0, "evidence_end": 39} | said,
            {"place": "gn:3688689", "phase": "disruption", "date": "2022-05-05", "precision": "day", "evidence_start": 40, "evidence_end": 122} | said,
        ],
    }


@pytest.mark.parametrize(
    ("manifest", "text", "published", "status"),
    [
        ("file,published\na.txt,2021\n", "Published 3 May 2022\n\n" + NEWS, "2021", "stated"),
        ("file\na.txt\n", "Published 3 May 2022\n\n" + NEWS, "2022-05-03~", "inferred"),
        ("file\na.txt\n", "The Crew arrived in Lima.\n", "", "unknown"),
    ],
    ids=["in the manifest", "in the text", "nowhere"],
)
def test_how_the_date_of_a_document_is_known(annotated: Callable[..., dict[str, Any]], manifest: str, text: str, published: str, status: str) -> None:
    found = annotated(**{"a.txt": text, "documents.csv": manifest, "codebook.toml": BOOK})
    assert (found["published"], found["published_status"]) == (published, status)


def test_codebook_without_actors(annotated: Callable[..., dict[str, Any]]) -> None:
    found = annotated(**{"a.txt": NEWS, "documents.csv": "file\na.txt\n", "codebook.toml": BOOK.partition("\n\n")[2]})
    assert found["actor"] is None
    assert found["observations"]


def test_codebook_that_is_given_wins_over_the_folders(annotated: Callable[..., dict[str, Any]], tmp_path: Path) -> None:
    (tmp_path / "other.toml").write_text(BOOK.replace('"crew"', '"others"'), "utf-8")
    assert annotated("--codebook", str(tmp_path / "other.toml"), **{"a.txt": NEWS, "codebook.toml": BOOK})["actor"] == "others"


def test_text_in_spanish(annotated: Callable[..., dict[str, Any]]) -> None:
    text = "En marzo de 2021 la banda llegó a Lima, en el Perú, y se quedó allí. La policía detuvo a tres de sus miembros en Arequipa en 2022.\n"
    found = annotated(**{"a.txt": text, "documents.csv": "file,published\na.txt,2023\n", "codebook.toml": BOOK})
    assert found["language"] == "es"
    assert {"Lima", "Perú", "Arequipa"} <= {mention["surface"] for mention in found["mentions"]}
    assert "2021-03" in {timex["value"] for timex in found["timexes"]}


def test_offsets_are_those_of_the_file_with_its_mark_and_line_ends(annotated: Callable[..., dict[str, Any]]) -> None:
    text = "\ufeff# News\r\n\r\n" + NEWS.replace("\n", "\r\n")
    found = annotated(**{"a.txt": text, "documents.csv": "file\na.txt\n", "codebook.toml": BOOK})
    assert all(text[mention["start"] : mention["end"]] == mention["surface"] for mention in found["mentions"])
    assert "Lima" in {mention["surface"] for mention in found["mentions"]}


def test_same_files_on_one_core_and_on_two(folder: Folder, tmp_path: Path, index: Index) -> None:
    assert len(index)
    made = folder(**{f"{number}.txt": NEWS * (number + 1) for number in range(6)}, **{"codebook.toml": BOOK})
    written = []
    for name, workers in (("one", "1"), ("two", "2"), ("again", "1")):
        assert cli.main(["annotate", str(made), str(tmp_path / name), "--workers", workers]) == 0
        written.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})
    assert written[0] == written[1] == written[2]
    assert sorted(written[0]) == [f"{number}.json" for number in range(6)]


# ------------------------------------------------------------------ any text


@pytest.fixture(scope="module")
def reader(index: Index) -> pipeline.Reader:
    return pipeline.Reader(index, codebook.read(codebook.default_path()))


def read_text(reader: pipeline.Reader, path: Path, text: str, published: str = "2023-06") -> pipeline.Reading:
    """Reads a text and checks what must hold of every reading."""
    path.write_text(text, "utf-8", newline="")
    document, _ = read(Source(path, published=published))
    found = reader.read(document)
    raw = json.loads(annotation.to_json(found.document, "x", found.resolutions, found.timexes, found.observations))
    assert all(text[mention["start"] : mention["end"]] == mention["surface"] for mention in raw["mentions"])
    starts = [(mention["start"], mention["end"]) for mention in raw["mentions"]]
    assert starts == sorted(starts)
    made = tables.make([found], reader.codebook, {document.id: "0" * 64})
    assert check(made) == []
    return found


_PIECES = st.sampled_from(
    [
        "Lima", "LIMA", "Bogotá", "New York", "the Crew", "Tren de Aragua", "arrived in", "was arrested", "in March 2021", "since 2018",
        "between 2012 and", "last", "2015", "from", "to", "said",
        "may have", "prison", "state of", "#", "##", "-", "\n", "\n\n", "\r\n", ".", ",", ";", "(", ")", '"', "“", "”", "'s", "’s", "U.S.", "US",
        "the US-Mexico border", "and", "of", "\u200f",
        "\u0301", "\ufeff", "\t", "…", "Venezuelan", "two", "May", "Sept. 21", "31 February 2020", "99/99/9999", "next", "Peru", "Colombia", "Kennedy", "near",
    ]
)  # fmt: skip


@settings(max_examples=60)
@given(st.lists(st.tuples(_PIECES, st.sampled_from([" ", " ", " ", ""])), max_size=25))
def test_any_report_can_be_read(reader: pipeline.Reader, tmp_path_factory: pytest.TempPathFactory, pieces: list[tuple[str, str]]) -> None:
    text = "x" + "".join(piece + gap for piece, gap in pieces)
    read_text(reader, tmp_path_factory.getbasetemp() / "report.txt", text)


@settings(max_examples=40)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=300))
def test_any_text_can_be_read(reader: pipeline.Reader, tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    read_text(reader, tmp_path_factory.getbasetemp() / "any.txt", "x" + text, published="")


@pytest.mark.parametrize(
    "text",
    [
        "a" * 300_000, "Lima" * 75_000, "." * 50_000, "!?.,;:-—()[]\"'“”" * 3_000, '"' * 50_000, "\u200f\u202eLima\u202c " * 2_000,
        "L" + "\u0301" * 50_000, "# Heading\n\n" * 10_000,
        "the crew came to the town and " * 3_000, "Lima, " * 2_000, "in March 2021, " * 2_000, "2021 " * 10_000, "1" * 100_000, "1," * 50_000, NEWS * 150,
        NEWS.replace("\n", " ") * 150,
        "A. " * 8_000, "U.S. " * 8_000, "a-" * 50_000, "_" * 100_000, "😀 " * 30_000, "\r\n" * 50_000 + "x", "between 2012 and " * 2_000,
        "LIMA BOGOTA QUITO " * 1_000, "<script>alert(1)</script> {0} %s $HOME " * 500,
    ],
    ids=[
        "one word", "one name", "stops", "signs", "quotes", "right to left", "accents", "headings", "no stop", "list", "dates", "years", "digits",
        "digits and commas", "news", "news in a line",
        "initials", "abbreviations", "hyphens", "lines below", "pictures", "empty lines", "ranges", "capitals", "code",
    ],
)  # fmt: skip
def test_hostile_texts_are_read_in_time(reader: pipeline.Reader, tmp_path: Path, text: str) -> None:
    start = time.process_time()
    read_text(reader, tmp_path / "a.txt", text)
    assert time.process_time() - start < 20


def test_memory_of_reading(reader: pipeline.Reader, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(NEWS * 300, "utf-8")
    document, _ = read(Source(path))
    tracemalloc.start()
    reader.read(document)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 150e6
