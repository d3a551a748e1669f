"""Every file that the browser needs, under a name made from its content, in the folder that Streamlit serves.

A name changes with the content, so a browser never shows an old file, and the map is built anew when, and only when, something has changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from dashboard import boundaries, codebook, filters, layers, moments
from dashboard.data import ROOT, Tables
from dashboard.messages import catalogue
from gazetteer.errors import AtlasError
from gazetteer.files import is_older, write_atomically

STATIC = ROOT / "dashboard" / "static"
SERVED = STATIC / "generated"
"""Written at start-up, not kept under version control."""
URL = "../../app/static/generated/"
"""From the map's frame to the files, whatever path the server is behind."""
SCRIPTS = (
    "data", "time", "filters", "words", "story", "dom", "theme", "geometry", "glyphs", "sheet", "clusters", "labels", "base", "areas", "routes",
    "marks", "scene", "stage", "model", "host", "memory", "histogram", "time_bar", "legend", "panel", "search", "pointer", "room_parts", "room_map",
    "compare_parts", "room_compare", "room_present", "shared", "atlas",
)  # fmt: skip
"""Parts of the script, in the order in which one needs the other."""
_KEPT_SECONDS = 24 * 3600


class AssetsError(AtlasError, OSError):
    """A file that the map needs is missing or cannot be written; the message names it."""


@dataclass(frozen=True, slots=True)
class Assets:
    """Addresses of the files, relative to the map's frame."""

    leaflet: str
    leaflet_style: str
    script: str
    style: str
    words: str
    world: str
    units: str
    data: str


def publish(tables: Tables, served: Path = SERVED, source: Path = boundaries.SOURCE) -> Assets:
    """Write what is not there yet and let go of what is older than a day.

    The tables and the outlines are turned into files once for each build, not at every start: their names come from what they are made of. Raises
    `AssetsError`.
    """
    outlines = _Outlines(source)
    makers: dict[str, tuple[bytes, Callable[[], bytes]]] = {
        "leaflet.js": _as_is(leaflet("leaflet.js")),
        "leaflet.css": _as_is(leaflet("leaflet.css")),
        "atlas.js": _as_is(script()),
        "atlas.css": _as_is(_read(STATIC / "atlas.css")),
        "notes.js": _as_is(_read(STATIC / "notes.js")),
        "notes.css": _as_is(_read(STATIC / "notes.css")),
        "words.json": _as_is(json.dumps(catalogue(), ensure_ascii=False, separators=(",", ":")).encode()),
        "world.json": (outlines.key, lambda: outlines.read().world),
        "units.json": (outlines.key, lambda: outlines.read().detail),
        "data.json": (outlines.key + tables.key.encode() + _recipe(), lambda: layers.encoded(layers.payload(tables, outlines.read()))),
    }
    try:
        served.mkdir(parents=True, exist_ok=True)
        names = {name: _write(served, name, key, make) for name, (key, make) in makers.items() if key}
        _tidy(served, set(names.values()))
    except AtlasError as error:
        raise AssetsError(str(error)) from error
    except OSError as error:
        raise AssetsError(f"{served}: {error.strerror or error}") from error
    urls = {name: URL + names[name] if name in names else "" for name in makers}
    return Assets(
        leaflet=urls["leaflet.js"], leaflet_style=urls["leaflet.css"], script=urls["atlas.js"], style=urls["atlas.css"],
        words=urls["words.json"], world=urls["world.json"], units=urls["units.json"], data=urls["data.json"],
    )  # fmt: skip


@cache
def notes_files() -> tuple[str, str]:
    """Addresses of the script and the style of the notes, relative to the page. As `publish`, it reads the files once: a step asks for it."""
    return tuple(f"app/static/generated/{_name(name, _read(STATIC / name))}" for name in ("notes.js", "notes.css"))  # type: ignore[return-value]


def missing(assets: Assets, served: Path = SERVED) -> list[str]:
    """Names of files that have gone since they were published."""
    return [Path(url).name for url in (getattr(assets, name) for name in Assets.__slots__) if url and not (served / Path(url).name).is_file()]


def script() -> bytes:
    """Return the whole script of the map, its parts one behind the other. It runs as it is in a page without a server, too."""
    return b"\n".join(_read(STATIC / "atlas" / f"{name}.js") for name in SCRIPTS)


def leaflet(name: str) -> bytes:
    """Return a file of Leaflet, from the package that carries it. Raises `AssetsError`."""
    try:
        return (files("xstatic") / "pkg" / "leaflet" / "data" / name).read_bytes()
    except (OSError, ModuleNotFoundError) as error:
        raise AssetsError(f"XStatic-Leaflet: {name}") from error


def read_static(name: str) -> bytes:
    """Return a file of the project's own static folder. Raises `AssetsError`."""
    return _read(STATIC / name)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise AssetsError(file.name) from error


class _Outlines:
    """The boundaries, read only if a file has to be made from them; without a file there are none, and areas are circles."""

    def __init__(self, source: Path) -> None:
        self._source = source
        self.key = source.read_bytes() + _recipe() if source.is_file() else b""

    @cache  # noqa: B019 -- lives as long as one call of `publish`
    def read(self) -> boundaries.Boundaries:
        """Return the boundaries in the file."""
        return boundaries.read(self._source) if self.key else boundaries.NONE


@cache
def _recipe() -> bytes:
    """Return what changes with the code that makes the files."""
    return b"".join(_read(Path(str(module.__file__))) for module in (boundaries, codebook, filters, layers, moments))


def _as_is(content: bytes) -> tuple[bytes, Callable[[], bytes]]:
    return content, lambda: content


def _name(name: str, key: bytes) -> str:
    stem, _, ending = name.partition(".")
    return f"{stem}-{hashlib.sha256(key).hexdigest()[:16]}.{ending}"


def _write(folder: Path, name: str, key: bytes, make: Callable[[], bytes]) -> str:
    file = folder / _name(name, key)
    if not file.is_file():
        write_atomically(file, lambda draft: draft.write_bytes(make()))
    return file.name


def _tidy(folder: Path, current: set[str]) -> None:
    for file in folder.iterdir():
        if file.name not in current and is_older(file, _KEPT_SECONDS):
            file.unlink(missing_ok=True)
