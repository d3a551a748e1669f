"""Text from a document, made fit for a drawing or a page: still the same text, and nothing else.

Files that hold data (CSV, GeoJSON, Parquet) keep every character that their format can carry; this is for what is drawn or set in type.
"""

from __future__ import annotations

import re

from gazetteer.text.characters import CONTROLS, TURNING

_ILLEGAL = re.compile(f"(?![\t\n\r\x85])[{CONTROLS}\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""What XML 1.0 forbids or advises against, and what no terminal or font shows."""
_TURNING = re.compile(f"[{TURNING}]")
_BREAKING = re.compile("[\\t\\n\\v\\f\\r\x85\u2028\u2029 ]+")
_END = 72
"""Characters at the end of a source that are kept."""
REPLACEMENT = "\ufffd"


def legal(text: str) -> str:
    """The text with a replacement character for each that XML cannot hold."""
    return _ILLEGAL.sub(REPLACEMENT, text)


def line(text: str, most: int | None = None) -> str:
    """The text as one line in one direction, cut at `most` characters where that is given."""
    flat = _BREAKING.sub(" ", legal(_TURNING.sub("", text))).strip()
    return flat if most is None or len(flat) <= most else flat[: most - 1].rstrip() + "…"


def source(text: str, most: int) -> str:
    """A source as one line; what is too much of it is taken out of its title, for its end says who, when, and how far that can be trusted."""
    flat = line(text)
    if len(flat) <= most:
        return flat
    end = flat[-min(_END, most * 2 // 3) :]
    end = end[end.find(" ") + 1 :]
    return f"{flat[: most - len(end) - 2].rstrip()}… {end}"


def wrapped(text: str, width: float, size: float, *, bold: bool = False, most: int = 2) -> list[str]:
    """The text in at most `most` lines of `width` pixels at a font size in pixels; a word longer than a line is cut through, what is too much is cut off."""
    lines: list[str] = []
    rest = line(text, 4000)
    while rest and len(lines) < most:
        end = _fitting(rest, width, size, bold)
        if end < len(rest) and (space := rest.rfind(" ", 0, end + 1)) > 0:
            end = space
        lines.append(rest[:end].strip())
        rest = rest[end:].strip()
    if rest and lines:
        lines[-1] = lines[-1][: max(1, _fitting(lines[-1], width - size, size, bold))].rstrip() + "…"
    return lines


def balanced(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """The text in as few lines as `wrapped` needs, all about as long as one another: no last line of a word or two."""
    lines = wrapped(text, width, size, bold=bold)
    if len(lines) < 2 or lines[-1].endswith("…"):
        return lines
    while True:
        width -= size / 2
        tighter = wrapped(text, width, size, bold=bold)
        if tighter[-1].endswith("…"):
            return lines
        lines = tighter


def wide(text: str, size: float, *, bold: bool = False) -> float:
    """About how wide a text is in a common sans serif, in pixels; rather too much than too little."""
    return size * sum(_ems(character) for character in text) * (1.07 if bold else 1.0)


def _fitting(text: str, width: float, size: float, bold: bool) -> int:
    """How many characters fit, at least one."""
    used = 0.0
    for count, character in enumerate(text):
        used += size * _ems(character) * (1.07 if bold else 1.0)
        if used > width:
            return max(1, count)
    return len(text)


def _ems(character: str) -> float:
    if character in "iljtfIr.,:;'|!()[] ":
        return 0.33
    if character in "mwMW@%—…" or ord(character) > 0x2E80:
        return 1.0
    return 0.7 if character.isupper() else 0.57
