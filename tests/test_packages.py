"""The docstring of a package is its table of contents."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

PACKAGES = [".".join(path.parent.relative_to(ROOT).parts) for top in ("gazetteer", "dashboard") for path in sorted((ROOT / top).rglob("__init__.py"))]


@pytest.mark.parametrize("name", PACKAGES)
def test_every_module_is_listed_and_every_listed_one_is_there(name: str) -> None:
    package = import_module(name)
    told = set(re.findall(r"`([a-z_0-9]+)`", package.__doc__ or ""))
    folder = Path(package.__file__ or "").parent
    inside = {path.stem for path in folder.glob("[!_]*.py")} | {path.parent.name for path in folder.glob("*/__init__.py")}
    folders = {path.name for path in folder.iterdir() if path.is_dir()}
    assert inside - told == set()
    assert told - inside - folders == set()
