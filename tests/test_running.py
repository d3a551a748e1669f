"""The running text: what only a text's way to us put into it is gone, and every find is told at the offsets of the text as it stands."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from textwrap import wrap
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import codebook, documents, overrides
from gazetteer.cli import main
from gazetteer.documents import Source
from gazetteer.documents.running import flat, plain, running, segmented
from gazetteer.index import Index
from gazetteer.overrides import Override
from gazetteer.pipeline import Reader, Reading
from gazetteer.text.language import language

Folder = Callable[..., Path]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They came to Lima in 2018.", "They came to Lima in 2018."),
        ("an extor-\ntion racket", "an extortion\nracket"),  # the line ends behind the word, so that lines still look wrapped
        ("the long-\nterm plan", "the long-term\nplan"),
        ("in Barran-\r\n  quilla, then", "in Barranquilla,\nthen"),
        ("from 2018-\n2019", "from 2018-\n2019"),
        ("the Lima-\nQuito road", "the Lima-\nQuito road"),
        ("in Ta\u0301chira and Culiaca\u0301n", "in Táchira and Culiacán"),
        ("the \ufb01rst o\ufb03ce", "the first office"),
        ("Bar\u00adran\u00adquilla\u200b and \u202eLima\u202c", "Barranquilla and Lima"),
        ("two  blanks,\u00a0 and\t\ttabs\t 5", "two blanks, and\t\ttabs\t 5"),  # tabs part cells
        ("a line\r\nand one more", "a line\nand one more"),
        ("It reached **Lima** and *Quito*, __Cali__ and _Ica_.", "It reached Lima and Quito, Cali and Ica."),
        ("* Lima\n* Quito\n- **Cali:** none", "* Lima\n* Quito\n- Cali: none"),
        ("**2013** Riots in Lima", "**2013** Riots in Lima"),
        ("5 * 3 and 5*3 and snake_case", "5 * 3 and 5*3 and snake_case"),
        ('in [Lima](https://example.org/a_(b) "Lima") and ![Quito](q.png)', "in Lima and Quito"),
        ("It grew.[12] So did they.[^3] And he.⁴ [5] is none", "It grew. So did they. And he. [5] is none"),
        ("Bogot&aacute; &amp; Cali, R&D; &madeup;", "Bogotá & Cali, R&D; &madeup;"),
        ('<b>Lima</b> and <a href="https://example.org">Quito</a>, 3 < 4 > 2', "Lima and Quito, 3 < 4 > 2"),
        ("one<p>two</p>", "one<p>two</p>"),
        # whom a study cites; not where and when something was
        (
            "It grew (Varese, 2011: 38-41). So did they (see also Paris et al. 2016; von Lampe 2016). He fled (Hill and Lima 2014) (in 2011) (March 2011).",
            "It grew. So did they. He fled (in 2011) (March 2011).",
        ),
        ("Creció (Varese, 2011: 12; Sciarrone y Storti, 2014). Es Calabria (Paoli, 2003, p. 9).", "Creció. Es Calabria."),
        ("Bombs (Madrid, 2004; London, 2005) and trials (Lima, 2011).", "Bombs (Madrid, 2004; London, 2005) and trials (Lima, 2011)."),
        ("The rate (Honduras, 2011: 86) fell (Lima, 2011).", "The rate (Honduras, 2011: 86) fell (Lima, 2011)."),
        ("He wrote:\n> They are in Lima\n> > and Quito.\n3 > 2", "He wrote:\nThey are in Lima\nand Quito.\n3 > 2"),
        ("", ""),
    ],
)
def test_running_text(text: str, expected: str) -> None:
    assert running(text).text == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("an extor-\ntion racket", "extortion", "extor-\ntion"),
        ("in **Ta\u0301chira** now", "Táchira", "Ta\u0301chira"),
        ("the \ufb01rst", "first", "\ufb01rst"),
        ("see [Lima](https://example.org)", "Lima", "Lima"),
        ("Bar\u00adran\u00adquilla.", "Barranquilla", "Bar\u00adran\u00adquilla"),
        ("Bogot&aacute;.", "Bogotá", "Bogot&aacute;"),
    ],
)
def test_a_word_of_the_running_text_in_the_text_itself(text: str, word: str, expected: str) -> None:
    run = running(text)
    at = run.text.index(word)
    start, end = run.source(at, at + len(word))
    assert text[start:end] == expected
    assert run.place(start) == at


PARTS = [
    "Lima",
    "San José",
    "Jose\u0301",
    " ",
    "  ",
    "\n",
    "\r\n",
    "-\n",
    "-",
    "**",
    "_",
    "*",
    "[",
    "](x)",
    "[12]",
    "²",
    "\u00ad",
    "\u200b",
    "&amp;",
    "&",
    "<b>",
    "ﬁ",
    "\u0301",
    ".",
]


@given(st.lists(st.sampled_from(PARTS), max_size=30).map("".join) | st.text(max_size=60))
def test_offsets_of_any_text(text: str) -> None:
    run = running(text)
    assert len(run.text) == len(run.starts) == len(run.ends)
    spans = list(zip(run.starts, run.ends, strict=True))
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)
    assert all(char == text[start:end] for char, (start, end) in zip(run.text, spans, strict=True) if end - start == 1 and char not in "\n fi&")
    for code in ("en", "es"):
        found = language(code)
        assert found is not None
        sections, sentences = segmented(text, found)
        assert all(0 <= item.start < item.end <= len(text) for item in sentences)
        assert all(0 <= item.heading_start <= item.start <= item.end <= len(text) for item in sections)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It came to the busy border town of Villa del\nRosario in 2017.", "It came to the busy border town of Villa del Rosario in 2017."),
        ("HEADQUARTERS OF THE SECOND INFANTRY REGIMENT,\nSaint Charles, August 10", "HEADQUARTERS OF THE SECOND INFANTRY REGIMENT,\nSaint Charles, August 10"),
        ("Lima\nQuito\nCali", "Lima\nQuito\nCali"),
        ("# Lima\n\nIt came.\n\n- one\n- two", "# Lima\n\nIt came.\n\n- one\n- two"),
    ],
)
def test_lines_that_say_nothing(text: str, expected: str) -> None:
    found = language("en")
    assert found is not None
    assert flat(text, segmented(text, found)[1]) == expected


REPORT = (
    "# The Night Owls go abroad\n\n"
    "Tren de Aragua was founded in Tocorón prison in Venezuela in 2013. It reached the border city of Cúcuta in Colombia in March 2017 and fought local gangs "
    "for the footpaths into the country. In June 2018 its members came to Lima, where they extort brothels; police officers arrested nine of them in San Martín "
    "de Porres on 12 October 2021. It controls the crossing at Colchane in northern Chile.\n\n"
    "The gang has not been seen in San Cristóbal. Officials fear that it may move on to Santa Cruz de la Sierra.\n"
)


def read(folder: Folder, index: Index, text: str) -> Reading:
    path = folder(**{"a.txt": text}) / "a.txt"
    document, _ = documents.read(Source(path, published="2022-05-01"))
    return Reader(index, codebook.read(codebook.find(Path("nowhere"), None))).read(document)


def told(reading: Reading) -> list[tuple[str, str, str, str]]:
    return sorted((item.place.id, item.phase, item.date, item.status) for item in reading.observations if item.place)


def wrapped(text: str) -> str:
    return "\n".join("\n".join(wrap(line, 60)) for line in text.split("\n"))


def parted(text: str) -> str:
    """Lines wrapped by hand, the last words of some parted."""
    return re.sub(r"\n([a-z]{4})([a-z]{3,})", r" \1-\n\2", wrapped(text))


WAYS: dict[str, Callable[[str], str]] = {
    "lines wrapped by hand": wrapped,
    "words parted": parted,
    "ends of lines of Windows": lambda text: wrapped(text).replace("\n", "\r\n"),
    "accents as signs of their own": lambda text: normalize("NFD", text),
    "letters drawn together": lambda text: text.replace("fi", "\ufb01").replace("fo", "f\u200bo"),
    "soft hyphens": lambda text: text.replace("Colombia", "Co\u00adlom\u00adbia").replace("prison", "pri\u00adson"),
    "emphasis and links": lambda text: text.replace("Lima", "**Lima**").replace("Colchane", "[Colchane](https://example.org/a_b)"),
    "footnotes": lambda text: text.replace("2013.", "2013.[4]").replace("brothels;", "brothels²;"),
    "uneven blanks": lambda text: text.replace(" in ", "  in\u00a0"),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_text_that_came_another_way_is_read_alike(folder: Folder, index: Index, way: str) -> None:
    here, there = read(folder, index, REPORT), read(folder, index, WAYS[way](REPORT))
    assert there.document.text == WAYS[way](REPORT) != REPORT
    assert told(there) == told(here)
    assert len({phase for _, phase, _, _ in told(here)}) > 3
    for item in there.resolutions:
        assert item.mention.surface == there.document.text[item.mention.start : item.mention.end]
    assert [plain(item.mention.surface) for item in there.resolutions] == [item.mention.surface for item in here.resolutions]
    evidence = [" ".join(running(there.document.text[item.evidence_start : item.evidence_end]).text.split()) for item in there.observations]
    assert evidence == [here.document.text[item.evidence_start : item.evidence_end] for item in here.observations]
    times = [" ".join(running(there.document.text[item.start : item.end]).text.split()) for item in there.timexes]
    assert times == [here.document.text[item.start : item.end] for item in here.timexes]


def test_a_decision_on_a_name_that_a_line_parts(folder: Folder, index: Index) -> None:
    text = "The Hornets met for the first time in the town of San\nCristóbal, and they came together again this year in San\nCristóbal."
    path = folder(**{"a.txt": text}) / "a.txt"
    document, _ = documents.read(Source(path, language="en"))
    decisions = [
        Override("a", "San Cristóbal", text.rindex("San"), None, "", "f:2"),
        Override("a", "San Cristobal", None, None, "", "f:3"),
    ]
    reading = Reader(index, codebook.read(codebook.find(Path("nowhere"), None)), decisions).read(document)
    assert [overrides.is_no_place(item) for item in reading.resolutions] == [False, True]
    assert [problem.message for problem in overrides.without_effect(document, reading.resolutions, decisions)] == [
        "f:3: 'San Cristobal' does not stand in 'a'; correct it as it is written there: its decision has no effect"
    ]


def test_an_explanation_tells_the_offsets_of_the_file(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    text = "**Tren de Aragua** came to Li\u00adma in 2018.\n"
    path = folder(**{"a.txt": text}) / "a.txt"
    assert main(["explain", str(path), "--sentence", "1"]) == 0
    out = capsys.readouterr().out
    assert f"characters 2 to {len(text) - 1}," in out
    assert "Tren de Aragua came to Lima in 2018." in out
    assert "'Lima' (" in out
