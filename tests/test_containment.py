"""Which place lies in which, and how far apart two are."""

from __future__ import annotations

import pytest

from gazetteer.index.containment import distance_km, holds
from gazetteer.records import Level, Place


def place(ident: str, level: Level, country: str, latitude: float, longitude: float, *, admin1: str = "", radius: float = 1.0) -> Place:
    return Place(ident, ident, country, admin1, admin1, level, latitude, longitude, radius, 0, "a test")


PERU = place("PE", "country", "PE", -9.2, -75.0, radius=640.0)
ECUADOR = place("EC", "country", "EC", -1.4, -78.4, radius=290.0)
LIMA_UNIT = place("PE-LIM", "admin1", "PE", -11.8, -76.6, admin1="PE-LIM", radius=100.0)
LIMA = place("Lima", "locality", "PE", -12.04, -77.03, admin1="PE-LIM", radius=25.0)
RIMAC = place("Rímac", "locality", "PE", -12.02, -77.03, admin1="PE-LIM", radius=2.0)
CUSCO = place("Cusco", "locality", "PE", -13.52, -71.97, admin1="PE-CUS", radius=8.0)
ANDES = place("Andes", "region", "", -20.0, -67.0, radius=900.0)
ARICA = place("Arica", "locality", "CL", -18.48, -70.31, admin1="CL-AP", radius=8.0)
OSLO, HELSINKI = place("Oslo", "locality", "NO", 59.91, 10.75), place("Helsinki", "locality", "FI", 60.17, 24.94)
SUVA, APIA = place("Suva", "locality", "FJ", -18.14, 178.44), place("Apia", "locality", "WS", -13.83, -171.77)


@pytest.mark.parametrize(
    ("first", "second", "km"),
    [(LIMA, LIMA, 0), (LIMA, CUSCO, 573), (OSLO, HELSINKI, 790), (SUVA, APIA, 1151)],  # as the ellipsoid has it
    ids=["the same", "near the equator", "far north", "across the date line"],
)
def test_distance(first: Place, second: Place, km: int) -> None:
    assert distance_km(first, second) == distance_km(second, first)
    assert distance_km(first, second) == pytest.approx(km, rel=0.005)


@pytest.mark.parametrize(
    ("outer", "inner", "expected"),
    [
        (PERU, LIMA, True), (PERU, LIMA_UNIT, True), (PERU, PERU, False), (PERU, ECUADOR, False), (PERU, ARICA, False),
        (LIMA_UNIT, LIMA, True), (LIMA_UNIT, CUSCO, False), (LIMA_UNIT, PERU, False),
        (LIMA, RIMAC, True), (RIMAC, LIMA, False), (LIMA, CUSCO, False),
        (ANDES, ARICA, True), (ANDES, LIMA, False),
    ],
)  # fmt: skip
def test_what_holds_what(outer: Place, inner: Place, expected: bool) -> None:
    assert holds(outer, inner) == expected
