"""The font that the program's own pictures are set in, and how wide a text is in it."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from PIL import ImageFont

FAMILY = "Open Sans"
_SIZE = 100
"""At which letters are measured, in pixels: one that is set smaller is as much narrower."""


def folder() -> Path:
    """The folder of the font files of Open Sans (Apache License 2.0), from the package that carries them."""
    return Path(str(files("ttf_opensans") / "ttf"))


def set_width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is in Open Sans at a font size, both in pixels."""
    return _font("Bold" if bold else "Regular").getlength(text) * size / _SIZE


@lru_cache(maxsize=2)
def _font(weight: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(folder() / f"OpenSans-{weight}.ttf"), _SIZE)
