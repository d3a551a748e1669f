"""Layers of outlines as one TopoJSON object, by the package `topojson`.

Coordinates are quantised and each edge is kept once, however many areas of whatever layer it bounds. Two things are done around the
package: rings are turned to begin where three edges meet, or it would cut every ring at an arbitrary vertex (a fifth more arcs), and
its single collection is parted into the layers.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from shapely import MultiPolygon
from topojson.core.topology import Topology

QUANTISATION = 100_000
"""Steps across the width and the height of all outlines: 0.0036 by 0.0017 degrees for the world, 400 by 200 m."""

_Vertex = tuple[float, float]


class Shape(NamedTuple):
    """An outline in WGS 84 degrees, longitude first, with the properties that it is published with."""

    properties: Mapping[str, str]
    outline: MultiPolygon


def encode(layers: Mapping[str, Sequence[Shape]]) -> dict[str, Any]:
    """A TopoJSON topology with one geometry collection a layer, its shapes in order.

    Edges that two shapes share must be the same vertex by vertex, as they are in a valid coverage and in unions of its members.
    """
    shapes = [shape for layer in layers.values() for shape in layer]
    junctions = _junctions(shapes)
    features = [_feature(shape, junctions) for shape in shapes]
    collection = {"type": "FeatureCollection", "features": features}
    topology = json.loads(Topology(collection, prequantize=QUANTISATION, shared_coords=True).to_json() or "")
    (encoded,) = topology["objects"].values()
    geometries = iter([_geometry(geometry) for geometry in encoded["geometries"]])
    objects = {name: {"type": "GeometryCollection", "geometries": [next(geometries) for _ in layer]} for name, layer in layers.items()}
    return {"type": "Topology", "transform": topology["transform"], "objects": objects, "arcs": topology["arcs"]}


def _geometry(encoded: Mapping[str, Any]) -> dict[str, Any]:
    """Without the number that the package adds; a single polygon as such."""
    arcs = encoded["arcs"]
    if encoded["type"] == "MultiPolygon" and len(arcs) == 1:
        return {"type": "Polygon", "properties": encoded["properties"], "arcs": arcs[0]}
    return {"type": encoded["type"], "properties": encoded["properties"], "arcs": arcs}


def _feature(shape: Shape, junctions: set[_Vertex]) -> dict[str, Any]:
    coordinates = [
        [_turned(ring, junctions) for ring in (polygon.exterior.coords, *(hole.coords for hole in polygon.interiors))] for polygon in shape.outline.geoms
    ]
    geometry = {"type": "MultiPolygon", "coordinates": coordinates}
    return {"type": "Feature", "properties": dict(shape.properties), "geometry": geometry}


def _junctions(shapes: Iterable[Shape]) -> set[_Vertex]:
    """Vertices from which more than two edges go out."""
    neighbours: defaultdict[_Vertex, set[_Vertex]] = defaultdict(set)
    for shape in shapes:
        for polygon in shape.outline.geoms:
            for ring in (polygon.exterior, *polygon.interiors):
                vertices = [_vertex(point) for point in ring.coords]
                for one, other in pairwise(vertices):
                    neighbours[one].add(other)
                    neighbours[other].add(one)
    return {vertex for vertex, found in neighbours.items() if len(found) > 2}


def _turned(ring: Iterable[Sequence[float]], junctions: set[_Vertex]) -> list[_Vertex]:
    """The closed ring, begun at its first junction; at its least vertex if it has none, so that all shapes begin it alike."""
    vertices = [_vertex(point) for point in ring][:-1]
    first = next((number for number, vertex in enumerate(vertices) if vertex in junctions), None)
    if first is None:
        first = vertices.index(min(vertices))
    turned = vertices[first:] + vertices[:first]
    return [*turned, turned[0]]


def _vertex(point: Sequence[float]) -> _Vertex:
    return (point[0], point[1])
