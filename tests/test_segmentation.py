"""Sentences, headings, list items and sections of texts as reports come."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.documents.segmentation import segment
from gazetteer.text.language import Language, language


def spoken(code: str) -> Language:
    found = language(code)
    assert found is not None
    return found


EN, ES = spoken("en"), spoken("es")


def sentences(text: str, code: Language = EN) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in segment(text, code)[1]]


def roles(text: str) -> list[tuple[str, str]]:
    return [(sentence.role, text[sentence.start : sentence.end]) for sentence in segment(text, EN)[1]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It came to Lima. It stayed there.", ["It came to Lima.", "It stayed there."]),
        ("The U.S. Treasury acted. The U.S. did so too.", ["The U.S. Treasury acted.", "The U.S. did so too."]),
        ("He fled to the U.S. The others stayed.", ["He fled to the U.S.", "The others stayed."]),
        ("Gen. Ruiz met Mr. Soto on Sept. 21 at 5 p.m. in Lima.", ["Gen. Ruiz met Mr. Soto on Sept. 21 at 5 p.m. in Lima."]),
        ("Mr. J. R. Soto spoke. No. 5 was shut.", ["Mr. J. R. Soto spoke.", "No. 5 was shut."]),
        ("It grew by 3.5 percent. That was much.", ["It grew by 3.5 percent.", "That was much."]),
        ("“They came.” Then it was quiet.", ["“They came.”", "Then it was quiet."]),
        ('"They came." Then it was quiet.', ['"They came."', "Then it was quiet."]),
        ("“They came,” he said. “They left.”", ["“They came,” he said.", "“They left.”"]),
        ("Was it so? Yes! It was…", ["Was it so?", "Yes!", "It was…"]),
        ("It was shut (see p. 5). It opened again.", ["It was shut (see p. 5).", "It opened again."]),
        ("It left.It came back there.", ["It left.", "It came back there."]),
        ("It is at www.example.org and a@b.co now.", ["It is at www.example.org and a@b.co now."]),
        ("They left.[3] They came back.", ["They left.[3]", "They came back."]),
        ("One line\nthat goes on in small letters\nand ends here. Another.", ["One line\nthat goes on in small letters\nand ends here.", "Another."]),
        ("", []),
        (" \n\t\n ", []),
        ("...", ["..."]),
        ("\ufeffIt came.", ["It came."]),
    ],
)
def test_sentences(text: str, found: list[str]) -> None:
    assert sentences(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("El Gral. Ruiz llegó a EE. UU. en 2021. Luego se fue.", ["El Gral. Ruiz llegó a EE. UU. en 2021.", "Luego se fue."]),
        ("¿Llegó? ¡Sí! Se quedó.", ["¿Llegó?", "¡Sí!", "Se quedó."]),
        ("El Sr. Soto y la Sra. Paz hablaron. «Llegaron.» Nada más.", ["El Sr. Soto y la Sra. Paz hablaron.", "«Llegaron.»", "Nada más."]),
    ],
)
def test_sentences_in_spanish(text: str, found: list[str]) -> None:
    assert sentences(text, ES) == found


def test_roles_of_markdown() -> None:
    text = "# Title\n\nIt came to Lima, and there it stayed for a good while, as they say.\n\n- one thing\n* another\n1. a third\n\n## Part\n\nIt left.\n"
    assert roles(text) == [
        ("heading", "# Title"),
        ("text", "It came to Lima, and there it stayed for a good while, as they say."),
        ("item", "- one thing"),
        ("item", "* another"),
        ("item", "1. a third"),
        ("heading", "## Part"),
        ("text", "It left."),
    ]


@pytest.mark.parametrize("number", ["12. ", "12) ", "(12) ", "[12] "])
def test_a_numbered_paragraph_is_running_text(number: str) -> None:
    body = "In May 2018 the gang reached Lima, where it took over the market of Gamarra. " * 3
    assert roles(f"{number}{body}\n\n{number}Lima fell in May.") == [
        *[("text", sentence + ".") for sentence in body.strip().removesuffix(".").split(". ")],
        ("item" if number[0] != "[" else "text", f"{number}Lima fell in May."),
    ]


def test_rows_of_a_table() -> None:
    text = "Raids by town\n\n| Date | Town |\n|:---|---:|\n| 2018 | Lima. Two boats were taken. |\n| 2019 | quito \\| Cuenca |\n"
    assert roles(text) == [
        ("heading", "Raids by town"),
        ("head", "| Date | Town |"),
        ("label", "|:---|---:|"),
        ("item", "| 2018 | Lima. Two boats were taken. |"),
        ("item", "| 2019 | quito \\| Cuenca |"),
    ]
    assert [sentence.paragraph for sentence in segment(text, EN)[1]] == [0, 1, 2, 3, 4]


def test_rows_between_lines_of_text_and_without_bars_at_their_ends() -> None:
    text = "Here they are:\nYear | Port | Country\n2018 | Lima | Peru\n2019 | Quito | Ecuador\nThe crew left all of them. It was gone by 2020."
    assert roles(text) == [
        ("text", "Here they are:"),
        ("head", "Year | Port | Country"),
        ("item", "2018 | Lima | Peru"),
        ("item", "2019 | Quito | Ecuador"),
        ("text", "The crew left all of them."),
        ("text", "It was gone by 2020."),
    ]


def test_a_row_of_empty_cells_is_no_rule() -> None:
    assert [role for role, _ in roles("|Date|Town|\n|-|-|\n| 2018 | Lima |\n| - | - |\n| 2019 | Quito |")] == ["head", "label", "item", "item", "item"]


@pytest.mark.parametrize("text", ["LIMA | From the wall you can see it, and so you can from here.", "It came to Lima | and it stayed there.\nIt left."])
def test_a_bar_alone_makes_no_row(text: str) -> None:
    assert "item" not in {role for role, _ in roles(text)}


def test_heading_without_marks() -> None:
    text = "Following the Migration Routes\n\nThe group came to Lima in 2018, and there it stayed for a good while, as they say.\n"
    assert [role for role, _ in roles(text)] == ["heading", "text"]


def test_leftovers_of_a_page_are_labels() -> None:
    text = "Source: The Paper\n\nThe group came to Lima in 2018, and there it stayed for a good while, as they say.\n\n2019\n"
    assert roles(text)[0][0] == roles(text)[-1][0] == "label"


def test_sections_hold_what_is_below_them() -> None:
    text = "Before.\n\n# One\n\nFirst.\n\n## Inner\n\nSecond.\n\n# Two\n\nThird.\n"
    sections, found = segment(text, EN)
    assert [(text[section.heading_start : section.start], section.level, text[section.start : section.end].split()) for section in sections] == [
        ("# One", 1, ["First.", "##", "Inner", "Second."]),
        ("## Inner", 2, ["Second."]),
        ("# Two", 1, ["Third."]),
    ]
    assert [sentence.section for sentence in found] == [-1, 0, 0, 1, 1, 2, 2]
    assert [sentence.paragraph for sentence in found] == list(range(7))


def test_paragraphs_without_blank_lines_and_wrapped_by_hand() -> None:
    page = "The group came to Lima in 2018.\nPolice arrested three.\nIt left in 2020."
    assert [sentence.paragraph for sentence in segment(page, EN)[1]] == [0, 1, 2]
    wrapped = "The group came to Lima in 2018 and it stayed there\nfor two years. Police say that they arrested three\nof its members. It left in 2020."
    assert {sentence.paragraph for sentence in segment(wrapped, EN)[1]} == {0}


def test_line_ends_of_every_system() -> None:
    for end in ("\n", "\r\n", "\r", "\u2028"):
        text = f"# Title{end}{end}It came.{end}{end}It left.{end}"
        assert sentences(text) == ["# Title", "It came.", "It left."]


def test_quotation_that_goes_on() -> None:
    text = "He said: “They came. They stayed. They left.” It was quiet."
    assert [sentence.quoted for sentence in segment(text, EN)[1]] == [False, True, True, False]


# ------------------------------------------------------------------ any text

_PIECES = st.sampled_from(
    [
        "It came",
        "Lima",
        "U.S.",
        ".",
        "!",
        "\n",
        "\n\n",
        "\r\n",
        " ",
        "# ",
        "- ",
        "|",
        '"',
        "“",
        "”",
        "(",
        ")",
        "é",
        "\u200f",
        "e\u0301",
        "\t",
        "1.",
        "Mr.",
        "\f",
        "\ufeff",
        "…",
        "2019",
    ]
)


def check(text: str) -> None:
    sections, found = segment(text, EN)
    assert [sentence.index for sentence in found] == list(range(len(found)))
    end = 0
    for sentence in found:
        assert end <= sentence.start < sentence.end <= len(text)
        assert text[sentence.start : sentence.end].strip()
        assert not text[end : sentence.start].strip().strip("\ufeff"), "text between sentences is lost"
        assert -1 <= sentence.section < len(sections)
        end = sentence.end
    assert not text[end:].strip().strip("\ufeff")
    assert [sentence.paragraph for sentence in found] == sorted(sentence.paragraph for sentence in found)
    for section in sections:
        assert 0 <= section.heading_start < section.start <= section.end <= len(text)


def test_a_text_that_lost_its_stops_is_cut_where_it_pauses() -> None:
    clauses = [f"in {year} it came to another town, where it stayed; " for year in range(1000, 1200)]
    found = sentences("".join(clauses))
    assert [len(sentence) for sentence in found] == [1999, 1999, 1999, 1999, 1999]
    assert all(sentence.endswith("stayed;") for sentence in found)
    assert [len(sentence) for sentence in sentences("x" * 4500)] == [2000, 2000, 500]
    assert sentences("word " * 399 + "ends.") == ["word " * 399 + "ends."]


@given(st.lists(_PIECES, max_size=30).map("".join))
def test_sentences_cover_the_text_of_reports(text: str) -> None:
    check(text)


@given(st.text(max_size=200))
def test_sentences_cover_any_text(text: str) -> None:
    check(text)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 300_000, "." * 100_000, '"' * 100_000, "# Heading\n\n" * 10_000, "- a\n" * 20_000, "A. " * 50_000, " " * 200_000, "\r\n" * 100_000,
        "word " * 60_000, "It came.\n" * 20_000, "| Lima | 2019 |\n" * 20_000, "|" * 100_000, "|-" * 50_000 + "x\n|",
        "e" + "\u0301" * 100_000, "_" * 100_000, "(" * 100_000, ". " * 100_000,
    ],
    ids=["one word", "stops", "marks", "headings", "items", "initials", "blanks", "empty lines", "one line", "lines", "rows", "bars", "rule", "accents", "low lines", "brackets",
         "stops apart"],
)  # fmt: skip
def test_hostile_texts_take_no_time(text: str) -> None:
    start = time.process_time()
    check(text)
    assert time.process_time() - start < 3
