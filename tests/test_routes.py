"""Which ways a text gives, station by station."""

from __future__ import annotations

from pathlib import Path

import pytest

from gazetteer import codebook
from gazetteer.index import Index
from gazetteer.pipeline import Reader
from tests.test_mentions import document

ENGLISH = [
    ("Tren de Aragua moved migrants from Cúcuta to Bogotá in 2019.", ["Cúcuta > Bogotá"]),
    ("The gang smuggles women from Venezuela through Colombia and Ecuador to Peru.", ["Venezuela > Colombia > Ecuador > Peru"]),
    ("Migrants walk from Colombia through the Darién Gap to Panama.", ["Colombia > Darién Gap > Panama"]),
    ("Drugs travel from Bolivia into Chile and on to Argentina.", ["Bolivia > Chile > Argentina"]),
    ("The cocaine goes from Peru to Brazil and then to Europe.", ["Peru > Brazil > Europe"]),
    ("He flew from Lima to Madrid.", ["Lima > Madrid"]),
    # what only says where a station lies is none
    (
        "The gang went from San Cristóbal in Venezuela to Cúcuta, Bogotá and Cali in Colombia.",
        ["San Cristóbal > Cúcuta", "San Cristóbal > Bogotá", "San Cristóbal > Cali"],
    ),
    # a list of ends is reached from one station, a list of stations one after the other
    ("The gang ships cocaine from Santos to Antwerp, Rotterdam and Algeciras.", ["Santos > Antwerp", "Santos > Rotterdam", "Santos > Algeciras"]),
    ("It ships cocaine from Peru through Brazil to Lagos and to Dakar.", ["Peru > Brazil > Lagos", "Brazil > Dakar"]),
    ("The gang went from Venezuela through Colombia and on into Ecuador, Peru and Chile.", ["Venezuela > Colombia > Ecuador > Peru > Chile"]),
    ("The gang took women from Cúcuta to Bogotá, Cali and then Quito.", ["Cúcuta > Bogotá > Cali > Quito"]),
    ("It ships cocaine from Santos to Antwerp and timber from Belém to Lisbon.", ["Santos > Antwerp", "Belem > Lisbon"]),
    # stations that are named behind the end
    ("They traveled through Colombia, Ecuador and Peru on their way to Chile.", ["Colombia > Ecuador > Peru > Chile"]),
    ("The gang takes women from Venezuela to Chile through Colombia, Ecuador and Peru.", ["Venezuela > Colombia > Ecuador > Peru > Chile"]),
    ("The gang takes women from Venezuela to Chile and through Argentina to Brazil.", ["Venezuela > Chile > Argentina > Brazil"]),
    # no ways
    ("The gang arrived in Lima and in Quito.", []),
    ("The gang smuggles migrants through Ecuador and Peru.", []),  # crossed, and nobody says from where or to where
    ("From prison, he ruled the state.", []),
    ("Members were arrested in Lima, Quito and Bogotá.", []),
    ("Migrants from Venezuela live in Lima.", []),
    ("The gang moves women from Colombia and Venezuela.", []),
    ("A billboard at the border crossing from Colombia to Ecuador warns of the gang.", []),  # it stands still
]
SPANISH = [
    ("La banda trasladó migrantes desde Cúcuta hasta Bogotá en 2019.", ["Cúcuta > Bogotá"]),
    ("Los migrantes viajan de Venezuela a Chile por Colombia, Ecuador y Perú.", ["Venezuela > Colombia > Ecuador > Peru > Chile"]),
    ("La droga sale de Bolivia hacia Chile.", ["Bolivia > Chile"]),
    ("Cruzaron desde Tacna hacia Arica.", ["Tacna > Arica"]),
    ("La banda envía cocaína desde Montevideo a Amberes, a Tema y a Hamburgo.", ["Montevideo > Antwerp", "Montevideo > Tema", "Montevideo > Hamburg"]),
    ("La droga viaja de Perú a Brasil y luego a España.", ["Peru > Brazil > Spain"]),
    ("La banda llegó a Lima y a Quito.", []),
    ("Un cartel en el paso fronterizo de Colombia a Ecuador advierte de la banda.", []),
]


@pytest.fixture(scope="module")
def reader(index: Index) -> Reader:
    return Reader(index, codebook.read(codebook.find(Path("nowhere"), None)))


def ways(reader: Reader, text: str, code: str) -> list[str]:
    """The ways as their stations; each leg begins where the one before it ended."""
    found: dict[int, list[str]] = {}
    for leg in reader.read(document(f"Tren de Aragua.\n\n{text}", code)).routes:
        way = found.setdefault(leg.route, [leg.origin.name])
        assert leg.order == len(way)
        assert leg.origin.name == way[-1]
        way.append(leg.destination.name)
    return [" > ".join(way) for way in found.values()]


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_ways_in_english(reader: Reader, text: str, expected: list[str]) -> None:
    assert ways(reader, text, "en") == expected


@pytest.mark.parametrize(("text", "expected"), SPANISH)
def test_ways_in_spanish(reader: Reader, text: str, expected: list[str]) -> None:
    assert ways(reader, text, "es") == expected


def test_what_moves_when_and_whose_way_it_is(reader: Reader) -> None:
    text = "Tren de Aragua moved women and weapons from Cúcuta to Bogotá in May 2019."
    (leg,) = reader.read(document(text)).routes
    assert (leg.moves, leg.date, leg.precision, leg.provenance, leg.actor) == ("women, weapons", "2019-05", "month", "text", "tren-de-aragua")
    assert text[leg.evidence_start : leg.evidence_end] == text
    assert leg.cue == "from Cúcuta to Bogotá"


@pytest.mark.parametrize(
    ("text", "moves"),
    [
        ("Its migrant smuggling went along with the migrants from Lima to Quito, women and weapons with them.", "migrants"),
        ("It takes migrants and drugs from Lima to Quito. Women too.", "migrants, drugs"),
        ("It took people, gold, drugs and weapons from Lima to Quito.", "people, gold, drugs"),
    ],
)
def test_what_moves_is_told_once_and_only_of_its_own_clause(reader: Reader, text: str, moves: str) -> None:
    legs = reader.read(document(f"Tren de Aragua.\n\n{text}")).routes
    assert [leg.moves for leg in legs] == [moves]


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Tren de Aragua is from Maracay. Anti-Tren is new. They moved weapons from Cúcuta to Bogotá.", "anti-tren"),
        ("Tren de Aragua fought a war against Anti-Tren. They moved weapons from Cúcuta to Bogotá.", "tren-de-aragua"),
        ("Tren de Aragua is from Maracay. Members of Anti-Tren moved weapons from Cúcuta to Bogotá.", "anti-tren"),
    ],
)
def test_whose_way_it_is_where_there_are_rivals(reader: Reader, text: str, actor: str) -> None:
    (leg,) = reader.read(document(text)).routes
    assert leg.actor == actor


@pytest.mark.parametrize(("way", "date"), [("Lima to Bogotá", "2012-12/2013-02"), ("Bogotá to Lima", "2013-06/2013-08")])
def test_a_season_is_that_of_where_the_way_begins(reader: Reader, way: str, date: str) -> None:
    (leg,) = reader.read(document(f"Tren de Aragua moved weapons from {way} in the summer of 2013.")).routes
    assert leg.date == date


def test_a_document_that_names_no_actor_tells_no_way_of_one(reader: Reader) -> None:
    assert reader.read(document("The gang moved migrants from Cúcuta to Bogotá in 2019.")).routes == ()
