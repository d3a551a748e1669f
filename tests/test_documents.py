"""Folders of documents and what is read of each. Messages on broken ones: ``test_cli.py``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import documents
from gazetteer.documents import Source, find_sources, read, sheets
from gazetteer.documents.decoding import decode
from gazetteer.documents.manifest import is_readme
from gazetteer.errors import InputError
from gazetteer.text.language import codes, detect, language

Folder = Callable[..., Path]


def test_sources_come_in_the_order_of_the_manifest_and_then_by_name(folder: Folder) -> None:
    rows = 'file,title,publisher,author,published,url,language,reliability\nz.txt,"A, title",P,A,2023-05,http://x,es,b\na.md,,,,,,,\n'
    made = folder(**{"documents.csv": rows, "z.txt": "x", "a.md": "x", "c.txt": "x", "B.TXT": "x", "ñ.md": "x"})
    sources, problems = find_sources(made)
    assert problems == []
    assert [source.path.name for source in sources] == ["z.txt", "a.md", "B.TXT", "c.txt", "ñ.md"]
    assert sources[0] == Source(made / "z.txt", "A, title", "P", "A", "2023-05", "http://x", "es", "B")
    assert sources[1] == Source(made / "a.md")
    assert [source.id for source in sources] == ["z", "a", "B", "c", "ñ"]


def test_names_are_the_same_however_their_accents_are_written(folder: Folder) -> None:
    made = folder(**{"documents.csv": "file,title\nan\u0303o.txt,Decomposed\n", "a\u00f1o.txt": "x"})
    sources, problems = find_sources(made)
    assert problems == []
    assert [(source.path.name, source.title) for source in sources] == [("a\u00f1o.txt", "Decomposed")]


@pytest.mark.parametrize(
    ("cells", "read", "said"),
    [
        (["31/12/2020", "03/05/2021"], ["2020-12-31", "2021-05-03"], []),  # the first shows the order
        (["12/31/2020", "03/05/2021"], ["2020-12-31", "2021-03-05"], []),
        (["31.12.2020", "03.05.2021"], ["2020-12-31", "2021-05-03"], []),
        (["2020/12/31", "5-5-2021"], ["2020-12-31", "2021-05-05"], []),
        (["2020", "2022-08~"], ["2020", "2022-08~"], []),
        (
            ["05/05/2021", "03/05/2021"],
            ["2021-05-05", ""],
            [":3: published '03/05/2021' may be 2021-05-03 or 2021-03-05: write it so; the date of 'b.txt' is taken as unknown"],
        ),
        (["31/12/2020", "12/31/2020"], ["2020-12-31", "2020-12-31"], []),
        (["31/02/2020", "Oct-23"], ["", ""], [":2: published '31/02/2020' is not an EDTF date such as", ":3: published 'Oct-23' is not an EDTF date such as"]),
    ],
)
def test_days_that_an_office_program_has_rewritten(folder: Folder, cells: list[str], read: list[str], said: list[str]) -> None:
    rows = "\ufefffile;published\r\n" + "".join(f"{name};{cell}\r\n" for name, cell in zip(("a.txt", "b.txt"), cells, strict=True))
    made = folder(**{"documents.csv": rows, "a.txt": "x", "b.txt": "x"})
    sources, problems = find_sources(made)
    assert [source.published for source in sources] == read
    assert len(problems) == len(said)
    assert all(problem.message.startswith(f"{made / 'documents.csv'}{start}") for problem, start in zip(problems, said, strict=True))


def test_name_that_is_too_long_or_no_text(folder: Folder) -> None:
    made = folder(**{"documents.csv": "file\na.txt\n", "a.txt": "x", "b" * 210 + ".txt": "x"})
    (Path(made) / "c\udcff.txt").write_bytes(b"x")
    sources, problems = find_sources(made)
    assert [source.id for source in sources] == ["a"]
    assert sorted(problem.message.rpartition(": ")[2] for problem in problems) == [
        "its name is longer than 200 bytes; shorten it",
        "its name is not UTF-8; rename it",
    ]
    assert all(problem.document.isprintable() for problem in problems)


@pytest.mark.parametrize(
    ("name", "readme"),
    [("README.md", True), ("readme.txt", True), ("ReadMe.es.txt", True), ("README", True), ("readme-first.txt", False), ("about-readme.md", False)],
)
def test_is_readme(name: str, readme: bool) -> None:
    assert is_readme(name) == readme


@pytest.mark.parametrize(
    ("content", "text", "encoding"),
    [
        ("Bogotá\r\n".encode(), "Bogotá\r\n", "utf-8"),
        ("\ufeffBogotá".encode(), "\ufeffBogotá", "utf-8"),
        ("Bogotá “x”".encode("cp1252"), "Bogotá “x”", "cp1252"),
        (b"Bogot\xe1 \x81", "Bogotá \ufffd", "cp1252"),
        ("Bogotá".encode("utf-16"), "Bogotá", "utf-16"),
        ("Bogotá".encode("utf-16-be").join([b"\xfe\xff", b""]), "Bogotá", "utf-16"),
        (b"page one\x0cpage two", "page one\x0cpage two", "utf-8"),
    ],
)
def test_decode_keeps_every_character(tmp_path: Path, content: bytes, text: str, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    found = decode(path)
    assert (found.text, found.encoding) == (text, encoding)


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_an_error(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "bytes.txt"
    path.write_bytes(data)
    try:
        text, message = decode(path).text, f"{path}: fine; "
    except InputError as error:
        text, message = "fine", str(error)
    assert text.strip("\ufeff").strip()
    assert "\0" not in text
    assert message.startswith(f"{path}: ")
    assert "; " in message


def test_read_gives_the_text_as_it_stands(folder: Folder) -> None:
    made = folder(**{"a.txt": "# Title\r\n\r\nEn Bogotá, el grupo llegó y se quedó.\r\n"})
    document, problems = read(Source(made / "a.txt", published="2023", reliability="C"))
    assert problems == []
    assert document.text == "# Title\r\n\r\nEn Bogotá, el grupo llegó y se quedó.\r\n"
    assert (document.id, document.file, document.language, document.published, document.published_status, document.reliability) == (
        "a",
        "a.txt",
        "es",
        "2023",
        "stated",
        "C",
    )
    assert [document.text[sentence.start : sentence.end] for sentence in document.sentences] == ["# Title", "En Bogotá, el grupo llegó y se quedó."]


@pytest.mark.parametrize(
    ("said", "used", "told"),
    [("", "en", False), ("en", "en", False), ("ES", "es", False), ("es-419", "es", False), ("en_US", "en", False), ("de", "en", True), ("?", "en", True)],
)
def test_language_of_the_manifest(folder: Folder, said: str, used: str, told: bool) -> None:
    made = folder(**{"a.txt": "The group came to the town and it stayed there for a year."})
    document, problems = read(Source(made / "a.txt", language=said))
    assert (document.language, bool(problems)) == (used, told)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The gang came to the city, and it stayed there with the others.", "en"),
        ("La banda llegó a la ciudad y se quedó allí con los otros.", "es"),
        ("", "en"),
        ("12345 !!!", "en"),
    ],
)
def test_detect(text: str, code: str) -> None:
    assert detect(text) == code


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (
            "La banda de traficantes llegó a la ciudad en 2019 y se quedó con el mercado. Según la policía, los jefes del grupo viven entre Lima y Quito. " * 2,
            None,
        ),
        ("The gang came to the city in 2019, and it has taken the market. The police said that the leaders of the group live in Lima and in Quito. " * 2, None),
        ("| Lima | 12 | 2019 |\n| São Paulo | 3 | 2020 |\n| La Paz | 7 | 2021 |\n" * 9, None),
        ("A quadrilha chegou à cidade em 2019 e ficou com o mercado. Segundo a polícia, os chefes do grupo vivem entre Lima e São Paulo. " * 2, "Portuguese"),
        (
            "La bande est arrivée dans la ville en 2019 et tient le marché. Selon la police, les chefs du groupe vivent à Lima et dans les environs. " * 2,
            "French",
        ),
        (
            "Die Bande kam 2019 in die Stadt und hat den Markt übernommen. Nach der Polizei leben die Anführer der Gruppe in Lima und auf dem Land. " * 2,
            "German",
        ),
        ("La banda è arrivata in città nel 2019 e ha preso il mercato. Secondo la polizia, i capi del gruppo vivono a Lima e nella provincia. " * 2, "Italian"),
        ("De bende kwam in 2019 naar de stad en heeft het hele vak van de handel. Volgens de politie wonen de leiders van een groep in Lima. " * 2, "Dutch"),
        (
            "La banda va arribar a la ciutat el 2019 i es va quedar amb els mercats. Segons la policia, els caps del grup viuen als barris de Lima. " * 2,
            "Catalan",
        ),
        ("Die Bande kam nach Lima.", None),
    ],
)
def test_a_language_that_is_not_read_is_named(folder: Folder, text: str, named: str | None) -> None:
    _, problems = read(Source(folder(**{"a.txt": text}) / "a.txt"))
    assert [problem.message.split(": ", 1)[1].split(",")[0] for problem in problems] == ([f"looks like {named}"] if named else [])


def test_languages_that_there_are() -> None:
    assert codes()[0] == "en"
    assert "es" in codes()
    assert language("xx") is None
    assert language("en") is language("en")


def test_digest(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    assert documents.digest(tmp_path / "a") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


# ------------------------------------------------------------------ sheets


def test_rows_of_a_sheet(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes('\ufeffFile;Note ;\r\n"a;b";" two\r\nlines "\r\n\r\n;\r\nc;;;x\r\n'.encode())
    assert [(row.where.rpartition("/")[2], dict(row.cells), row.surplus) for row in sheets.read(path, ("file",), ("file", "note"))] == [
        ("a.csv:3", {"file": "a;b", "note": "two\r\nlines"}, 0),
        ("a.csv:6", {"file": "c", "note": ""}, 1),
    ]
