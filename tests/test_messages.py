from __future__ import annotations

import re
from datetime import date

import pytest

from dashboard.messages import LANGUAGES, catalogue, words

FIELD = re.compile(r"\{(\w+)\}")


def test_both_languages_say_the_same_things() -> None:
    assert set(catalogue()["en"]) == set(catalogue()["es"])


@pytest.mark.parametrize("key", sorted(catalogue()["en"]))
def test_a_message_has_the_same_fields_and_forms_in_both(key: str) -> None:
    entries = [catalogue()[language][key] for language in LANGUAGES]
    assert len({type(entry) for entry in entries}) == 1
    forms = [[entry] if isinstance(entry, str) else entry for entry in entries]
    assert len({len(form) for form in forms}) == 1
    assert len({frozenset(FIELD.findall(form[-1])) for form in forms}) == 1


@pytest.mark.parametrize(
    ("language", "key", "values", "expected"),
    [
        ("en", "count.places", {"n": 1}, "1 place"),
        ("en", "count.places", {"n": 0}, "0 places"),
        ("en", "count.places", {"n": 12345}, "12,345 places"),
        ("es", "count.places", {"n": 12345}, "12.345 lugares"),
        ("en", "when.upto_year", {"when": "{start} %s {0}"}, "By {start} %s {0}"),  # a value is never a template
    ],
)
def test_messages(language: str, key: str, values: dict[str, object], expected: str) -> None:
    assert words(language)(key, **values) == expected


@pytest.mark.parametrize(
    ("language", "unit", "expected"),
    [
        ("en", "day", "3 May 2022"),
        ("en", "month", "May 2022"),
        ("en", "year", "2022"),
        ("es", "day", "3 de mayo de 2022"),
        ("es", "month", "mayo de 2022"),
    ],
)
def test_dates(language: str, unit: str, expected: str) -> None:
    assert words(language).when(date(2022, 5, 3), unit) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("language", "names", "expected"),
    [
        ("en", [], ""),
        ("en", ["Lima"], "Lima"),
        ("en", ["Lima", "Quito"], "Lima and Quito"),
        ("en", ["Lima", "Quito", "Cusco", "Iquique"], "Lima, Quito, Cusco and 1 more"),
        ("es", ["Lima", "Iquique"], "Lima e Iquique"),
        ("es", ["Lima", "Hialeah"], "Lima y Hialeah"),
        ("es", ["Lima", "Ica", "Quito"], "Lima, Ica y Quito"),
    ],
)
def test_lists_of_names(language: str, names: list[str], expected: str) -> None:
    assert words(language).names(names) == expected


@pytest.mark.parametrize(
    ("reason", "english", "spanish"),
    [
        ("the gazetteer has no such name", "the gazetteer knows no place of this name", "el nomenclátor no conoce ningún lugar con este nombre"),
        (
            "nothing in the text speaks for Alliance (US)",
            "the gazetteer knows places of this name, but nothing else in the text points to one; the nearest guess would be Alliance (United States)",
            "el nomenclátor conoce lugares con este nombre, pero nada más en el texto apunta a uno; la conjetura más cercana sería Alliance (Estados Unidos)",
        ),
        (
            "the gazetteer has no place of that name where the text puts it",
            "the gazetteer knows places of this name, but none where the text puts it",
            "el nomenclátor conoce lugares con este nombre, pero ninguno donde lo sitúa el texto",
        ),
        ("the gazetteer has no such name, says Ana", "the gazetteer has no such name, says Ana", "the gazetteer has no such name, says Ana"),
        ("", "", ""),
    ],
)
def test_why_a_name_has_no_place(reason: str, english: str, spanish: str) -> None:
    assert [words(language).reason(reason) for language in ("en", "es")] == [english, spanish]


def test_an_unknown_language_is_english() -> None:
    assert words("fr").language == "en"


@pytest.mark.parametrize(("label", "expected"), [("Origin", "Origen"), ("Cradle", "Cradle")])
def test_a_codebooks_own_label_is_not_translated(label: str, expected: str) -> None:
    assert words("es").phase("origin", label) == expected


@pytest.mark.parametrize(
    ("language", "identifier", "label", "expected"),
    [
        ("en", "consolidation", "Consolidation", "consolidation"),
        ("es", "consolidation", "Consolidation", "consolidación"),
        ("en", "consolidation", "Rooted", "“Rooted”"),
        ("es", "settled", "Consolidation", "«Consolidation»"),  # the label of another phase
        ("en", "fob", "FOB", "“FOB”"),
    ],
)
def test_a_phase_in_a_sentence(language: str, identifier: str, label: str, expected: str) -> None:
    assert words(language).inside(identifier, label) == expected


@pytest.mark.parametrize(
    ("place", "spanish"),
    [
        (("BR", "Brazil", "country", "BR"), "Brasil"),
        (("gn:1", "Brazil", "locality", "BR"), "Brazil"),  # a town
        (("x", "Nowhere", "country", "QQ"), "Nowhere"),
        (("x", "Nowhere", "country", ""), "Nowhere"),
        (("ea:south-america", "South America", "region", ""), "América del Sur"),
        (("ea:northern-chile-cl", "Northern Chile", "region", "CL"), "Northern Chile"),
        (("US-NY", "New York", "admin1", "US"), "New York"),
    ],
)
def test_countries_and_world_regions_in_the_language_of_the_interface(place: tuple[str, str, str, str], spanish: str) -> None:
    assert words("es").place(*place) == spanish
    assert words("en").place(*place) == place[1]


@pytest.mark.parametrize(
    ("language", "code", "expected"), [("en", "PE", "Peru"), ("es", "PE", "Perú"), ("es", "NO", "Noruega"), ("es", "QQ", "QQ"), ("es", "", "")]
)
def test_a_country_by_its_code(language: str, code: str, expected: str) -> None:
    assert words(language).country(code) == expected
