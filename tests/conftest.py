"""Fixtures for all tests: the gazetteer's index, real and small, and folders of documents from literals."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from gazetteer.index import Index
from gazetteer.index import build as index_build
from gazetteer.index import write as index_write
from gazetteer.index.rows import Alias, Row

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command line has it; the test processes would fight for the cores
settings.register_profile("tests", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture], derandomize=True)
settings.load_profile("tests")

ROWS = (
    Row("PE", "Peru", "PE", "country", -9.2, -75.0, "Natural Earth", alternates=["Perú"], radius_km=640.0, population=32_000_000),
    Row("CO", "Colombia", "CO", "country", 4.0, -73.0, "Natural Earth", radius_km=600.0, population=50_000_000),
    Row("NA", "Namibia", "NA", "country", -22.0, 17.0, "Natural Earth", radius_km=500.0),
    Row("PE-LMA", "Lima", "PE", "admin1", -11.8, -76.6, "Natural Earth", admin1="PE-LMA", radius_km=100.0),
    Row("CO-NSA", "Norte de Santander", "CO", "admin1", 7.9, -72.9, "Natural Earth", admin1="CO-NSA", radius_km=80.0),
    Row("gn:3936456", "Lima", "PE", "locality", -12.043, -77.028, "GeoNames", "PE-LMA", 30.0, 7_737_002, ["Ciudad de los Reyes"]),
    Row("gn:3685533", "Cúcuta", "CO", "locality", 7.8939, -72.5078, "GeoNames", "CO-NSA", 10.0, 721_398, ["San José de Cúcuta"]),
    Row("gn:1", "Santa Rosa", "PE", "locality", -11.8, -77.1, "GeoNames", "PE-LMA", 1.0, 27_000),
    Row("gn:2", "Santa Rosa", "CO", "locality", 4.9, -75.6, "GeoNames", "", 1.0, 60_000),
    Row("gn:3", "El Callao", "PE", "locality", -12.05, -77.13, "GeoNames", "PE-LMA", 3.0, 400_000),
    Row("ea:andes", "Andes", "", "region", -20.0, -67.0, "estimate, 100 km", radius_km=900.0),
    Row("ea:old-jail", "Old Jail", "PE", "facility", -12.06, -77.14, "estimate, 1 km", "PE-LMA", 0.3),
)
ALIASES = (
    Alias("City of Kings", "Lima", "PE", "locality"),
    Alias("NSA", "Norte de Santander", "CO", "admin1"),
    Alias("Nowhere", "Nowhere at all", "PE", "locality"),
)
VERSIONS = {"test": "1"}


@pytest.fixture(autouse=True)
def main_module() -> Iterator[None]:
    """Put the main module back: Streamlit's AppTest replaces it by a script that is gone when processes started later look for it."""
    before = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = before


@pytest.fixture(scope="session")
def index() -> Index:
    """The real index: the one that EXPANSION_ATLAS_INDEX names, else that of the user's cache, which is built if it is not there."""
    return index_build.ready()


@pytest.fixture(scope="session")
def small_index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """An index of a dozen places."""
    folder = tmp_path_factory.mktemp("small-index")
    index_write.write(folder, ROWS, VERSIONS, ALIASES)
    return Index(folder)


Folder = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Makes a folder of documents from its files' names and contents, ``folder(**{"a.txt": "..."})``, texts or bytes."""

    def make(**files: str | bytes) -> Path:
        made = tmp_path / "documents"
        made.mkdir(exist_ok=True)
        for name, content in files.items():
            (made / name).write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return made

    return make


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of the test's own, and no index chosen."""
    cache = tmp_path / "cache"
    monkeypatch.setenv("EXPANSION_ATLAS_CACHE", str(cache))
    monkeypatch.delenv("EXPANSION_ATLAS_INDEX", raising=False)
    return cache
