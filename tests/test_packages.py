"""The docstring of a package is its table of contents."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest


@pytest.mark.parametrize("name", ["gazetteer", "gazetteer.derive", "gazetteer.training", "dashboard", "dashboard.exports", "dashboard.views"])
def test_every_module_is_listed_and_every_listed_one_is_there(name: str) -> None:
    package = import_module(name)
    told = set(re.findall(r"`([a-z_0-9*]+)`", package.__doc__ or ""))
    folder = Path(package.__file__ or "").parent
    modules = {path.stem for path in folder.glob("[!_]*.py")}
    families = {word[:-1] for word in told if word.endswith("*")}
    assert {module for module in modules - told if not module.startswith(tuple(families) or "?")} == set()
    beside = {path.stem for path in folder.iterdir() if path.is_dir()} | {path.stem for path in folder.parent.glob("*.py")}
    assert {word for word in told if not word.endswith("*")} <= modules | beside
