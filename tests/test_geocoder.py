"""The embedded gazetteer behind geopy's interface."""

from __future__ import annotations

import time

import pytest
from geopy.exc import GeocoderQueryError
from geopy.location import Location
from geopy.point import Point

from gazetteer.errors import InputError
from gazetteer.geocoding.geocoder import EmbeddedGeocoder, address, parse_country, parse_point
from gazetteer.index import Index


@pytest.fixture(scope="module")
def geocoder(index: Index) -> EmbeddedGeocoder:
    return EmbeddedGeocoder(index)


@pytest.mark.parametrize(
    ("query", "ident", "line"),
    [
        ("Bogotá", "gn:3688689", "Bogotá, Bogotá D.C., CO"),
        ("bogota", "gn:3688689", "Bogotá, Bogotá D.C., CO"),
        ("Paris", "gn:2988507", "Paris, Île-de-France, FR"),
        ("Paris, Texas", "gn:4717560", "Paris, Texas, US"),
        ("Cúcuta, Norte de Santander, Colombia", "gn:3685533", "Cúcuta, Norte de Santander, CO"),
        ("Colombia", "CO", "Colombia"),
        ("Mato Grosso del Sur", "BR-MS", "Mato Grosso do Sul, BR"),
        ("  Lima ,  Peru ", "gn:3936456", "Lima, Lima Metropolitan, PE"),
    ],
)
def test_geocode(geocoder: EmbeddedGeocoder, query: str, ident: str, line: str) -> None:
    found = geocoder.geocode(query)
    assert isinstance(found, Location)
    assert (found.raw["id"], found.address) == (ident, line)


def test_location_is_as_geopy_users_know_it(geocoder: EmbeddedGeocoder) -> None:
    found = geocoder.geocode("Cúcuta")
    assert isinstance(found, Location)
    address_line, (latitude, longitude) = found
    assert address_line == str(found) == found.address
    assert (round(latitude, 2), round(longitude, 2)) == (7.91, -72.5)
    assert found.point == Point(found.latitude, found.longitude)
    assert set(found.raw) == {"id", "name", "level", "country_code", "adm_1", "geonameid", "score", "source"}
    assert (found.raw["level"], found.raw["country_code"], found.raw["geonameid"], found.raw["source"]) == ("locality", "CO", 3685533, "GeoNames")


def test_exactly_one_and_limit(geocoder: EmbeddedGeocoder) -> None:
    every = geocoder.geocode("Santa Rosa", exactly_one=False)
    some = geocoder.geocode("Santa Rosa", exactly_one=False, limit=3)
    assert isinstance(every, list)
    assert isinstance(some, list)
    assert len(every) > 3
    assert [found.raw["id"] for found in some] == [found.raw["id"] for found in every[:3]]
    scores = [found.raw["score"] for found in every]
    assert scores == sorted(scores, reverse=True)
    assert sum(scores) == pytest.approx(1, abs=0.01)
    assert geocoder.geocode("Santa Rosa", limit=1, exactly_one=True) == every[0]


def test_unknown_name_is_none(geocoder: EmbeddedGeocoder) -> None:
    assert geocoder.geocode("Qwxyzk") is None
    assert geocoder.geocode("Qwxyzk", exactly_one=False) is None
    assert geocoder.geocode(",") is None


@pytest.mark.parametrize("query", ["", "  ", "\n"])
def test_empty_query(geocoder: EmbeddedGeocoder, query: str) -> None:
    with pytest.raises(GeocoderQueryError, match="the query is empty; give the name of a place"):
        geocoder.geocode(query)


def test_limit_must_be_one_or_more(geocoder: EmbeddedGeocoder) -> None:
    with pytest.raises(ValueError, match="limit 0 is less than 1"):
        geocoder.geocode("Lima", limit=0)


def test_country_codes_and_near(geocoder: EmbeddedGeocoder) -> None:
    abroad = geocoder.geocode("Santa Rosa", country_codes="ec", exactly_one=False)
    assert isinstance(abroad, list)
    assert {found.raw["country_code"] for found in abroad} == {"EC"}
    assert geocoder.geocode("Bogotá", country_codes="AQ") is None
    near = geocoder.geocode("San Antonio", near=(7.81, -72.44))
    assert isinstance(near, Location)
    assert near.raw["id"] == "gn:3628549"


def test_namesake_that_is_near_is_found_however_small(geocoder: EmbeddedGeocoder, index: Index) -> None:
    smallest = [place for place in index.find("Santa Rosa") if place.level == "locality"][-1]
    found = geocoder.geocode("Santa Rosa", near=(smallest.latitude, smallest.longitude))
    assert isinstance(found, Location)
    assert (round(found.latitude, 2), round(found.longitude, 2)) == (round(smallest.latitude, 2), round(smallest.longitude, 2))


@pytest.mark.parametrize("point", ["7.375, -72.645", (7.375, -72.645), [7.375, -72.645], Point(7.375, -72.645), "7 22m 30s N 72 38m 42s W"])
def test_reverse_takes_what_geopy_takes(geocoder: EmbeddedGeocoder, point: object) -> None:
    found = geocoder.reverse(point)
    assert isinstance(found, Location)
    assert found.raw["name"] == "Pamplona"


def test_reverse_gives_the_nearest_first(geocoder: EmbeddedGeocoder) -> None:
    found = geocoder.reverse("7.375, -72.645", exactly_one=False, limit=4)
    assert isinstance(found, list)
    assert [place.raw["name"] for place in found[:1]] == ["Pamplona"]
    assert len(found) == 4
    assert [place.raw["score"] for place in found] == sorted((place.raw["score"] for place in found), reverse=True)


def test_reverse_of_the_open_sea_is_none(geocoder: EmbeddedGeocoder) -> None:
    assert geocoder.reverse((-40.0, -120.0)) is None
    assert geocoder.reverse((-40.0, -120.0), exactly_one=False) is None


def test_reverse_across_the_date_line(geocoder: EmbeddedGeocoder) -> None:
    east, west = geocoder.reverse((-16.75, 179.99)), geocoder.reverse((-16.75, -179.99))
    assert isinstance(east, Location)
    assert isinstance(west, Location)
    assert east.raw["country_code"] == west.raw["country_code"] == "FJ"


@pytest.mark.parametrize("point", ["nowhere", (1, 2, 3, 4, 5), ""])
def test_reverse_of_no_point(geocoder: EmbeddedGeocoder, point: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        geocoder.reverse(point)


def test_reverse_is_fast(geocoder: EmbeddedGeocoder) -> None:
    geocoder.reverse((7.89, -72.51))
    start = time.process_time()
    for step in range(10):
        geocoder.reverse((step, -72.51))
    assert (time.process_time() - start) / 10 < 0.1


@pytest.mark.parametrize(("text", "point"), [("4.61,-74.08", (4.61, -74.08)), (" -90 , 180 ", (-90.0, 180.0)), ("+1,0", (1.0, 0.0))])
def test_parse_point(text: str, point: tuple[float, float]) -> None:
    assert parse_point(text) == point


@pytest.mark.parametrize("text", ["", "1", "1,2,3", "a,b", "90.1,0", "0,180.5", "nan,0", "1e3,0", "٣,٤", "1;2"])
def test_what_is_no_point(text: str) -> None:
    with pytest.raises(InputError, match=r"is not a point LAT,LON in degrees, such as 4\.61,-74\.08"):
        parse_point(text)


def test_parse_country() -> None:
    assert parse_country("pe") == "PE"
    for text in ("", "Peru", "P1", "ÑÑ"):
        with pytest.raises(InputError, match="is not a country's code of two letters, such as PE"):
            parse_country(text)


def test_address(small_index: Index) -> None:
    lines = [address(place) for place in (small_index.by_id(ident) for ident in ("gn:3685533", "PE-LMA", "PE", "ea:andes", "gn:2")) if place]
    assert lines == ["Cúcuta, Norte de Santander, CO", "Lima, PE", "Peru", "Andes", "Santa Rosa, CO"]
