"""Every format by its name: what it is called, what its files end in, and what makes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from dashboard.boundaries import Boundaries
from dashboard.exports.taken import Taken

Maker = Callable[[Taken, Boundaries], bytes]


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file. `name` is also that of its messages (`take.NAME`, `take.NAME_about`)."""

    name: str
    ending: str
    mime: str
    make: Maker

    def file_name(self, made: date) -> str:
        """What a file of a day is called."""
        return f"expansion-atlas-{made.isoformat()}.{self.ending}"


def _html(taken: Taken, boundaries: Boundaries) -> bytes:
    from dashboard.exports.page import page_file  # noqa: PLC0415 -- each format's library is loaded when a file is asked for, and not when the map starts

    return page_file(taken, boundaries)


def _pdf(taken: Taken, boundaries: Boundaries) -> bytes:
    from dashboard.exports.handout import handout_file  # noqa: PLC0415

    return handout_file(taken, boundaries)


def _pptx(taken: Taken, boundaries: Boundaries) -> bytes:
    from dashboard.exports.slides import slides_file  # noqa: PLC0415

    return slides_file(taken, boundaries)


def _png(taken: Taken, boundaries: Boundaries) -> bytes:
    from dashboard.exports.drawing import png_file  # noqa: PLC0415

    return png_file(taken, boundaries)


def _svg(taken: Taken, boundaries: Boundaries) -> bytes:
    from dashboard.exports.drawing import svg_file  # noqa: PLC0415

    return svg_file(taken, boundaries)


def _csv(taken: Taken, boundaries: Boundaries) -> bytes:
    from dashboard.exports.csv import csv_file  # noqa: PLC0415

    del boundaries
    return csv_file(taken)


def _geojson(taken: Taken, boundaries: Boundaries) -> bytes:
    from dashboard.exports.geojson import geojson_file  # noqa: PLC0415

    del boundaries
    return geojson_file(taken)


def _kml(taken: Taken, boundaries: Boundaries) -> bytes:
    from dashboard.exports.kml import kml_file  # noqa: PLC0415

    return kml_file(taken, boundaries)


def _geoparquet(taken: Taken, boundaries: Boundaries) -> bytes:
    from dashboard.exports.geoparquet import geoparquet_file  # noqa: PLC0415

    del boundaries
    return geoparquet_file(taken)


FORMATS: Mapping[str, Format] = {
    known.name: known
    for known in (
        Format("html", "html", "text/html", _html),
        Format("pdf", "pdf", "application/pdf", _pdf),
        Format("pptx", "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", _pptx),
        Format("png", "png", "image/png", _png),
        Format("svg", "svg", "image/svg+xml", _svg),
        Format("csv", "csv", "text/csv", _csv),
        Format("geojson", "geojson", "application/geo+json", _geojson),
        Format("kml", "kml", "application/vnd.google-earth.kml+xml", _kml),
        Format("geoparquet", "parquet", "application/vnd.apache.parquet", _geoparquet),
    )
}
"""All formats, the most asked for first."""
