"""What part of the world a picture shows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from dashboard.marks import Mark, drawn, framed
from dashboard.projection import Frame, world

SIZE = (1280.0, 600.0)


def at(name: str, latitude: float, longitude: float, *box: float, level: str = "locality", vast: bool = False) -> Mark:
    """A mark at a point; of an area, `box` is its north, west, south and east."""
    x, y = world(np.array([latitude]), np.array([longitude]))[0]
    north, west, south, east = box or (latitude, longitude, latitude, longitude)
    rings = (world(np.array([north, north, south, south]), np.array([west, east, east, west])),) if box else ()
    return Mark(name, float(x), float(y), 0, 0, False, 0, level, rings, faded=False, vast=vast)


UNITED_STATES = at("United States", 39.5, -98.4, 49.4, -124.7, 25.1, -66.9, level="country", vast=True)
BRAZIL = at("Brazil", -10.0, -53.0, 5.3, -74.0, -33.8, -34.8, level="country", vast=True)
RUSSIA = at("Russia", 61.5, 97.0, 77.7, 27.3, 41.2, 180.0, level="country", vast=True)
SOUTH_AMERICA = at("South America", -15.0, -60.0, 12.5, -81.3, -55.6, -34.8, level="region", vast=True)
PERU = at("Peru", -9.2, -75.0, 0.0, -81.3, -18.3, -68.7, level="country")
LIMA, QUITO, LYON, GRAZ = at("Lima", -12.05, -77.04), at("Quito", -0.22, -78.51), at("Lyon", 45.76, 4.84), at("Graz", 47.07, 15.44)


def corners(mark: Mark, frame: Frame) -> list[float]:
    """West, north, east and south of a mark, in pixels."""
    points = frame.pixels(np.concatenate([*mark.rings, np.array([[mark.x, mark.y]])]))
    return [*points.min(axis=0).tolist(), *points.max(axis=0).tolist()]


def is_whole(mark: Mark, frame: Frame) -> bool:
    west, north, east, south = corners(mark, frame)
    return west > 0 and north > 0 and east < frame.width and south < frame.height


def has_its_middle(mark: Mark, frame: Frame) -> bool:
    return is_whole(replace(mark, rings=()), frame)


@pytest.mark.parametrize(
    "marks",
    [
        [UNITED_STATES],
        [RUSSIA],
        [SOUTH_AMERICA],
        [UNITED_STATES, BRAZIL],
        [PERU, LIMA],
        [replace(LYON, faded=True), UNITED_STATES, BRAZIL],  # a slide on what holds of two large countries alone
        [replace(PERU, faded=True), replace(LIMA, faded=True), UNITED_STATES],
    ],
)
def test_a_picture_holds_what_it_is_about_whole(marks: list[Mark]) -> None:
    frame = framed(marks, *SIZE, None)
    assert [mark.name for mark in marks if not mark.faded and not is_whole(mark, frame)] == []


def test_what_it_is_not_about_does_not_count() -> None:
    assert framed([replace(LYON, faded=True), LIMA, QUITO], *SIZE, None) == framed([LIMA, QUITO], *SIZE, None)


def test_a_country_as_large_as_a_continent_has_its_sign_in_the_picture_and_no_more() -> None:
    frame = framed([LYON, GRAZ, RUSSIA], *SIZE, None)
    assert all(has_its_middle(mark, frame) for mark in (LYON, GRAZ, RUSSIA))
    assert not is_whole(RUSSIA, frame)


def test_a_continent_beside_towns_has_its_sign_in_the_picture_and_no_more() -> None:
    frame = framed([LIMA, QUITO, SOUTH_AMERICA], *SIZE, None)
    assert all(has_its_middle(mark, frame) for mark in (LIMA, QUITO, SOUTH_AMERICA))
    assert not is_whole(SOUTH_AMERICA, frame)


def test_an_area_that_would_be_smaller_than_its_sign_is_drawn_as_a_point() -> None:
    island = at("Guam", 13.4, 144.8, 13.7, 144.6, 13.2, 145.0, level="country")
    far, near = (framed([island], *SIZE, (13.4, 144.8, zoom)) for zoom in (4.0, 8.0))
    assert [drawn(island, frame).is_point for frame in (far, near)] == [True, False]
