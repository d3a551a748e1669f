"""The font that the program's own pictures are set in, what it can show of a text, and how wide a text is in it."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from PIL import ImageFont
from reportlab.pdfbase.ttfonts import TTFontFile

FAMILY = "Open Sans"
_SIZE = 100
"""At which letters are measured, in pixels: one that is set smaller is as much narrower."""
_ALIKE = {
    **dict.fromkeys("\u2010\u2011\u2012\u2212\u2043", "-"),  # hyphens that are not the common one
    **dict.fromkeys("\u02bb\u02bd\u02bf", "\u2018"),  # the letters of Hawaiian, Samoan and Arabic names that look like quotation marks
    **dict.fromkeys("\u02bc\u02be\u02c8", "\u2019"),
    **dict.fromkeys("\u2007\u2008\u202f", " "),
}


def folder() -> Path:
    """The folder of the font files of Open Sans (Apache License 2.0), from the package that carries them."""
    return Path(str(files("ttf_opensans") / "ttf"))


def drawable(text: str) -> str:
    """The text with letters that the font has: of one that it lacks, the one that looks like it, or the letter below its marks.

    What has neither, as the letters of scripts that the font lacks, stays and is drawn as a box.
    """
    if text.isascii():
        return text
    have = _letters()
    return "".join(letter if ord(letter) in have else _alike(letter, have) for letter in unicodedata.normalize("NFC", text))


def set_width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is in Open Sans at a font size, both in pixels."""
    return _font("Bold" if bold else "Regular").getlength(drawable(text)) * size / _SIZE


def _alike(letter: str, have: frozenset[int]) -> str:
    if letter in _ALIKE:
        return _ALIKE[letter]
    if unicodedata.combining(letter) and letter < "\u0370":  # of a pair that no letter of the font stands for
        return ""
    parts = [part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part)]
    return "".join(parts) if all(ord(part) in have for part in parts) else letter


@lru_cache(maxsize=1)
def _letters() -> frozenset[int]:
    return frozenset(TTFontFile(str(folder() / "OpenSans-Regular.ttf")).charToGlyph)


@lru_cache(maxsize=2)
def _font(weight: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(folder() / f"OpenSans-{weight}.ttf"), _SIZE)
