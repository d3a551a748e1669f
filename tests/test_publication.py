"""The date of a text that comes without one."""

from __future__ import annotations

import pytest

from gazetteer.documents.segmentation import segment
from gazetteer.text.language import language
from gazetteer.timexes import find
from gazetteer.timexes.publication import infer_dct, told_after


def inferred(text: str, code: str = "en") -> str:
    found = language(code)
    assert found
    return infer_dct(text, find(text, "", found, segment(text, found)[1]), found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Published: 3 May 2021\n\nThe bakery opened a second shop in 2019.", "2021-05-03~"),
        ("The bakery opened a second shop in 2019.\n\nUpdated on 12 November 2022.", "2022-11-12~"),
        ("The bakery opened a second shop in 2019.\n\nCopyright 2021 Crumb Press", "2021~"),
        ("A Bakery Grows\n\nOctober 2023\n\nThe bakery opened its second shop in 2019. It was small.", "2023-10~"),
        (
            "# Bakery grows\n\nSAN ANTONIO, Texas, Sept. 12, 2019 -- The bakery, founded in May 2018, opened a second shop on Thursday and plans ten for 2020.",
            "2019-09-12~",
        ),
        ("LEEDS, 12 September 2019 (Crumb News) – The bakery, founded in May 2018, opened a second shop on Thursday and plans ten for 2020.", "2019-09-12~"),
        ("The baker was seen in Leeds on 12 May 2019 -- the day of the fire that burned his shop down. It was opened in April 2018.", "2019-05~"),
        ("THE CRUMB - Spring 2023\n\nThe bakery opened its second shop in 2019.", "2023-05~"),
        ("Spring 2023 Newsletter\n\nThe bakery opened its second shop in 2019.", "2023-05~"),
        ("The Crumb | January-March 2023\n\nThe bakery opened its second shop in 2019.", "2023-03~"),
        ("# Bakeries, 2018-2024\n\nThe bakery opened shops in March 2021 and in July 2022.", "2024~"),
        ("# Bakeries from 2018 to March 2024\n\nThe bakery opened shops in March 2021 and in July 2022.", "2024-03~"),
        ("# A plan, 2020-2030\n\nThe bakery opened shops in March 2021 and in July 2022.", "2022-07~"),
        ("# The shops of spring 2019\n\nThe bakery opened shops in March 2021 and in July 2022.", "2022-07~"),
        ("# Shops\n\n## May 2019\n\nThe bakery opened one.\n\n## June 2021\n\nIt closed one.", "2021-06~"),
        ("# Shops\n\n- 3 May 2019: the first.\n- 4 June 2021: the second.", "2021-06~"),
        ("Ghent, 3 May 2019\n\nThe bakery closes for repairs. They last until 4 June 2021.", "2019-05-03~"),
        ("The bakery opened shops in March 2022 and in early 2022. In mid-July it closed one.", "2022-08~"),
        ("The bakery opened shops in March 2022 and in 2021. On April 4 it closed one.", "2022-04~"),
        ("The bakery opened shops in March 2021 and in 2020. On Monday, April 4, it closed one.", "2022-04~"),
        ("The bakery opened shops in November 2021 and in 2020. In February it closed one.", "2022-03~"),
        ("The bakery opened shops in November 2021 and in March 2021.", "2021-11~"),
        ("The bakery opened shops in November 2021 and in March 2021. It will open ten more by 2030.", "2021-11~"),
    ],
)
def test_what_a_text_shows_of_its_date(text: str, expected: str) -> None:
    assert inferred(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("La panadería abrió en 2019.\n\nBogotá, D. C., 12 de noviembre de 2021", "2021-11-12~"),
        ("LIMA, 12 de mayo de 2021 (EFE).- La panadería, abierta en marzo de 2020, cerró ayer su segunda tienda y abrirá diez en 2022.", "2021-05-12~"),
        ("Boletín de la panadería - otoño de 2021\n\nAbrió en 2019.", "2021-11~"),
        ("La panadería abrió tiendas en marzo de 2022 y en 2021. A mediados de julio cerró una.", "2022-08~"),
    ],
)
def test_in_spanish(text: str, expected: str) -> None:
    assert inferred(text, "es") == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The bakery opened yesterday.",
        "The bakery, signed on February 13, opened on Friday.",
        "The bakery was founded in 1911. Today it has ten shops, and last year it sold two.",
        "# The shops of spring 2019\n\nThe bakery opened one and closed another.",
        "# Bakeries, 2018-2024\n\nThe bakery opened its second shop in 2019.",
        "The first loaf was baked in June 1896; the tenth shop burned down in 1911.",
    ],
)
def test_without_evidence_there_is_no_date(text: str) -> None:
    assert inferred(text) == ""


@pytest.mark.parametrize(
    ("text", "code", "published", "told"),
    [
        ("Traps caught the first moths in May 2019.", "en", "2018-12-31", "May 2019"),
        ("Las trampas atraparon una polilla el 3 de mayo de 2019.", "es", "2018", "el 3 de mayo de 2019"),
        ("Traps caught the first moths in May 2019.", "en", "2019", ""),
        ("Traps caught the first moths in May 2019.", "en", "2019-04-20", ""),  # a text may be a little younger than its date
        ("Traps caught the first moths in May 2019.", "en", "", ""),
        ("Traps will be set in May 2019; the shop should open in June 2019.", "en", "2018", ""),
        ("The mayor extended the ban until May 2019.", "en", "2018", ""),
        ("La planta debería abrir en julio de 2019.", "es", "2018", ""),
    ],
)
def test_what_is_told_after_the_date_of_a_text(text: str, code: str, published: str, told: str) -> None:
    found = language(code)
    assert found is not None
    assert told_after(text, find(text, published, found, segment(text, found)[1]), published, found) == told
