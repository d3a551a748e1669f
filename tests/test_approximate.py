"""Names that the gazetteer lacks, located at the town that the text puts them in: each case with the names located and their towns."""

from __future__ import annotations

import pytest

from gazetteer.index import Index
from gazetteer.index.containment import holds
from gazetteer.tables import where_precision
from tests.reports import observations, read

CASES = [
    # behind the name, with or without a comma
    ("Cells rented rooms in the Zyxon Apartments in San Antonio.", {"Zyxon Apartments": "San Antonio"}),
    ("He opened a shop on Brygzen, the old quay of Bergen, in Norway.", {"Brygzen": "Bergen"}),
    ("Nests were found at Yarzun, near Gladstone, in Queensland.", {"Yarzun": "Gladstone"}),
    ("Nests were found at Yarzun, north of Gladstone, in Queensland.", {"Yarzun": "Gladstone"}),
    ("Police stormed houses in Parkzands, a beachside suburb of Cape Town.", {"Parkzands": "Cape Town"}),
    # before it
    ("Arrests followed in Cape Town's Zarinberg suburb.", {"Zarinberg": "Cape Town"}),
    # for a building the only town that the sentence has named by then
    ("In El Paso, Texas, a judge ordered the Zyxon Hotel closed.", {"Zyxon Hotel": "El Paso"}),
    ("In El Paso and Houston, judges ordered the Zyxon Hotel closed.", {}),
    ("The Zyxon Hotel stands open while El Paso sleeps.", {}),
    # a part of a town, whatever bears its name elsewhere
    ("They extorted taverns in the Zyxmore section of Falls Church.", {"Zyxmore": "Falls Church"}),
    ("They extorted taverns in the Culmore section of Falls Church.", {"Culmore": "Falls Church"}),
    ("Police searched the Zyxa Norte district of Mexico City.", {"Zyxa Norte": "Mexico City"}),
    ("They fought in the Madrid district of Tetuán and the Greek district of Evros.", {}),
    ("They fought in the Zyxulu district of Uganda.", {}),
    ("Cells were seen in Bogotá (Kennedy, Zyxbosa and Bosque Verde).", {"Bosque Verde": "Bogotá"}),
    ("Cells were seen in Bogotá (readers in Bosque Verde were told of them).", {}),
    ("Cells were seen in Colombia (Bogotá, Zyxbosa).", {}),
    # another mention of the same name is the same place
    ("Cells met at the Zyxon Hotel in San Antonio. Nobody at the Zyxon Hotel complained.", {"Zyxon Hotel": "San Antonio"}),
    # Spanish names, and some English ones, say first what they are
    ("In Lima, police raided the Hotel Zyxon.", {"Hotel Zyxon": "Lima"}),
    # its own sentence goes before an earlier one
    ("In Lima, they built the Zyxon Bridge. In Quito, they bombed the Zyxon Bridge.", {"Zyxon Bridge": "Quito"}),
    # a list is no address, and a distance no vicinity
    ("In 2018 the Harbour Men arrived in Zyxonville, Lima and Bogotá.", {}),
    ("In Lima, police raided Zyxburg, Cusco, and Piura.", {}),
    ("A camp stood at Zyxapo, 400 km north of Lima.", {}),
    ("A camp stood at Zyxapo, many miles from Lima.", {}),
    ("A camp stood at Zyxapo, a hamlet north of Lima.", {"Zyxapo": "Lima"}),
    ("A camp stood at Zyxapo, a hamlet some miles north of Lima.", {}),
    # a way is no container, a country is too large, and another sentence says nothing
    ("They drove from Zyxonville to San Antonio.", {}),
    ("A camp stood at Zyxonville, in Burkina Faso.", {}),
    ("They rested in Zyxonville. San Antonio was far.", {}),
]


def located(index: Index, text: str) -> dict[str, str]:
    found = read(index, text).resolutions
    names = {item.place.id: item.place.name for item in found if item.place}
    return {item.mention.surface: names[item.place.id.removeprefix("in:").rsplit(":", 2)[0]] for item in found if item.place and item.method == "container"}


@pytest.mark.parametrize(("text", "towns"), CASES)
def test_names_are_located_at_the_town_that_the_text_puts_them_in(index: Index, text: str, towns: dict[str, str]) -> None:
    assert located(index, text) == towns


def test_mentions_of_one_name_in_one_town_are_one_place(index: Index) -> None:
    text = "It was founded in Zyxuyazo, a suburb of Caracas. In Caracas, it took over Zyxuyazo prison. ZYXUYAZO fell in 2018."
    found = {item.place for item in read(index, text).resolutions if item.method == "container"}
    assert [(place.name, place.level) for place in found if place] == [("Zyxuyazo", "facility")]


def test_what_its_town_locates_holds_no_other_place(index: Index) -> None:
    text = "The Harbour Men arrived in Zyxapo, a suburb of Lima, in 2015. In 2018 the Harbour Men arrived in Callao, Zyxapo and Cusco."
    assert {item.place.name for item in observations(index, text) if item.phase == "exploration" and item.place} >= {"Zyxapo", "Cusco"}


def test_it_is_known_near_its_town(index: Index) -> None:
    (hotel, town) = read(index, "Cells met at the Zyxon Hotel in San Antonio.").resolutions
    assert hotel.place is not None
    assert town.place is not None
    assert holds(town.place, hotel.place)
    assert where_precision(hotel.place, near=True) == 2


def test_in_spanish(index: Index) -> None:
    text = "Los primeros focos surgieron en Calizan, un distrito de la ciudad de Davao, y luego en Zyxaville, cerca de Lima."
    found = read(index, text, code="es").resolutions
    assert {item.mention.surface for item in found if item.method == "container"} == {"Calizan", "Zyxaville"}


def test_such_a_place_bears_its_own_name_lies_in_its_town_and_is_less_sure(index: Index) -> None:
    (hotel, town) = read(index, "Cells met at the Zyxon Hotel in San Antonio.").resolutions
    assert hotel.place is not None
    assert town.place is not None
    assert (hotel.place.name, hotel.place.level, hotel.place.country) == ("Zyxon Hotel", "facility", "US")
    assert (hotel.place.latitude, hotel.place.longitude) == (town.place.latitude, town.place.longitude)
    assert hotel.score == pytest.approx(town.score / 2, abs=1e-3)
    assert hotel.reason == "the gazetteer has no such name; the text puts it in or near San Antonio"


@pytest.mark.parametrize(
    ("text", "towns"),
    [
        ("La banda controla el barrio Venezuela de Medellín.", {"Venezuela": "Medellín"}),
        ("En Barranquilla, la policía entró en el barrio Venezuela.", {"Venezuela": "Barranquilla"}),
        ("Cobran cuotas en el barrio Panamá, en Cúcuta.", {"Panamá": "Cúcuta"}),
        ("Operan en el sector Zyxbal de Guayaquil.", {"Zyxbal": "Guayaquil"}),
        ("El grupo opera en El Salvador. En Tegucigalpa, cobran renta en la colonia San Francisco.", {"San Francisco": "Tegucigalpa"}),
        ("La banda controla el barrio de Usera, en Madrid, y la ciudad de Buenos Aires.", {}),  # which the gazetteer has
    ],
)
def test_a_quarter_is_no_large_town_elsewhere_and_no_country(index: Index, text: str, towns: dict[str, str]) -> None:
    found = read(index, text, code="es").resolutions
    names = {item.place.id: item.place.name for item in found if item.place}
    assert {
        item.mention.surface: names[item.place.id.removeprefix("in:").rsplit(":", 2)[0]] for item in found if item.place and item.method == "container"
    } == towns


def test_the_head_of_a_line_holds_what_is_called_a_town_there(index: Index) -> None:
    towns = read(index, "La Guajira: municipios de Dibulla (corregimientos de Palomino y Mingueo) y Riohacha.", code="es").resolutions
    palomino = next(item for item in towns if item.mention.surface == "Palomino")
    assert palomino.reason == "the gazetteer has no place of that name where the text puts it; the text puts it in or near Dibulla"


def test_the_head_of_a_line_says_nothing_of_a_groups_name(index: Index) -> None:
    found = read(index, "Canada: The Siderno Group\n\nEmigrants from Siderno landed in Hamilton in 1952.").resolutions
    assert {item.place.country for item in found if item.mention.surface == "Siderno" and item.place} == {"IT"}
