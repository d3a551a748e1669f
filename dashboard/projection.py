"""From degrees to the drawing: spherical Mercator in world units (a square of 256 by 256, north up), and the outlines of a TopoJSON file in them."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

WORLD = 256.0
EARTH_KM = 6371.0088
MOST = 85.0511
"""Latitude at which the square ends."""
DATE_LINE, ATLANTIC = -180.0, -30.0
"""Where the world can be cut, as the longitude of its western edge: along both lines there is hardly any land."""
_MUCH_NARROWER = 0.75

Ring = NDArray[np.float64]
"""Points of a ring, one row each: east, south."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the world that is drawn, in world units, and the size of the drawing in pixels."""

    west: float
    north: float
    scale: float
    width: float
    height: float

    def pixels(self, points: Ring) -> Ring:
        """World units as pixels."""
        drawn: Ring = (points - np.array([self.west, self.north])) * self.scale
        return drawn


def western_edge(longitude: NDArray[np.float64]) -> float:
    """Return where the world is cut for some places: at the date line, or in the Atlantic where that brings them much nearer together."""
    if not len(longitude):
        return DATE_LINE
    turned = np.where(longitude < ATLANTIC, longitude + 360, longitude)
    return ATLANTIC if np.ptp(turned) < _MUCH_NARROWER * np.ptp(longitude) else DATE_LINE


def world(latitude: NDArray[np.float64], longitude: NDArray[np.float64], *, west: float = DATE_LINE) -> Ring:
    """Degrees (WGS 84) as world units; what lies west of the edge of the world comes after all the rest."""
    sine = np.sin(np.radians(np.clip(latitude, -MOST, MOST)))
    east = np.where(longitude < west, longitude + 360, longitude)
    return np.column_stack([(east + 180) / 360 * WORLD, (0.5 - np.log((1 + sine) / (1 - sine)) / (4 * math.pi)) * WORLD])


def fit(points: Ring, width: float, height: float) -> Frame:
    """Return the frame that just holds all points; the whole world where there are none. Never nearer than a country of middle size."""
    if not len(points):
        points = world(np.array([-56.0, 72.0]), np.array([-170.0, 170.0]))
    low, high = points.min(axis=0), points.max(axis=0)
    size = np.maximum(high - low, 6.0)
    scale = float(min(width / size[0], height / size[1]))
    middle = (low + high) / 2
    return Frame(float(middle[0] - width / scale / 2), float(middle[1] - height / scale / 2), scale, width, height)


def km(distance: float, latitude: float) -> float:
    """Return a distance in kilometres as world units at a latitude."""
    return distance * WORLD / (2 * math.pi * EARTH_KM * max(0.05, math.cos(math.radians(latitude))))


def polygons(topology: bytes) -> dict[str, list[list[Ring]]]:
    """Return the polygons of each outline of a file that `boundaries` made, by its id: an outer ring each, then those of its holes. Empty without a file."""
    if not topology:
        return {}
    content: dict[str, Any] = json.loads(topology)
    arcs = _arcs(content["arcs"], content.get("transform"))
    found: dict[str, list[list[Ring]]] = {}
    for geometry in content["geometries"]:
        parts = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
        found[geometry["properties"]["id"]] = [
            [np.concatenate([arcs[arc] if arc >= 0 else arcs[~arc][::-1] for arc in ring]) for ring in polygon] for polygon in parts
        ]
    return found


def rings(topology: bytes, west: float = DATE_LINE) -> dict[str, list[Ring]]:
    """Return the rings of each outline, outer ones and holes alike, as `polygons` has them: what a drawing fills by the even-odd rule.

    Each stands where its middle lies in the world that begins at `west`; the one that goes round the pole goes on for as long as that world.
    """
    edge = (west + 180) / 360 * WORLD
    return {identifier: [part for polygon in found for ring in polygon for part in _turned(ring, edge)] for identifier, found in polygons(topology).items()}


def _turned(ring: Ring, edge: float) -> list[Ring]:
    low, high = float(ring[:, 0].min()), float(ring[:, 0].max())
    after = ring + np.array([WORLD, 0.0])
    if edge > 0 and high - low > WORLD / 2:
        return [ring, after]
    return [after if (low + high) / 2 < edge else ring]


def _arcs(arcs: list[list[list[float]]], transform: dict[str, list[float]] | None) -> list[Ring]:
    """All arcs in world units, worked out in one go. In a file with a transform each point is the step from the one before."""
    starts = np.cumsum([0, *(len(arc) for arc in arcs)])
    points = np.asarray([point for arc in arcs for point in arc], float)
    if transform:
        sums = np.cumsum(points, axis=0)
        before = np.concatenate([np.zeros((1, 2)), sums])[starts[:-1]]
        points = (sums - np.repeat(before, np.diff(starts), axis=0)) * np.array(transform["scale"]) + np.array(transform["translate"])
    return [np.asarray(part, float) for part in np.split(world(points[:, 1], points[:, 0]), starts[1:-1])]
