"""The view as SVG and PNG, drawn from the data: the same marks, with the stamp below them."""

from __future__ import annotations

from collections.abc import Sequence

import resvg_py

from dashboard import picture
from dashboard.boundaries import Boundaries
from dashboard.exports.taken import Taken
from dashboard.letters import FAMILY, drawable, folder
from dashboard.messages import Words
from dashboard.plain import line, source

ZOOM = 2.0


def svg_file(taken: Taken, boundaries: Boundaries) -> bytes:
    """The view as SVG, 1280 by 720."""
    return view(taken, boundaries).encode()


def png_file(taken: Taken, boundaries: Boundaries) -> bytes:
    """The view as PNG, 2560 by 1440."""
    return png(view(taken, boundaries))


def view(taken: Taken, boundaries: Boundaries) -> str:
    """The drawing with everything that the stamp has to say on one line each."""
    words, mark = taken.words, taken.stamp
    caption = " · ".join([mark.title, *(f"{label}: {line(text, 300)}" for label, text in mark.rows(words)[:-1])])
    notes = [
        f"{mark.caveats[0]} {mark.boundaries}",
        f"{words('take.sources')}: {listed(words, mark.sources)}",
        " ".join(mark.licences),
        f"{words('take.made')}: {mark.made}",
    ]
    return picture.svg(
        words,
        taken.tables,
        taken.looks,
        boundaries,
        title=mark.finding,
        caption=caption,
        notes=notes,
        legs=taken.legs,
        focus=taken.state.focus,
        view=taken.state.view,
    )


def listed(words: Words, sources: Sequence[str], *, most: int = 6) -> str:
    """Sources on a line, those after `most` counted."""
    shown = "; ".join(source(text, 140) for text in sources[:most])
    return words("list.more", names=shown, n=len(sources) - most) if len(sources) > most else shown


def png(svg: str, *, zoom: float = ZOOM) -> bytes:
    """A drawing as PNG, with the font that comes with the program and no other, so that it looks the same on every machine."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=drawable(svg),
            zoom=zoom,
            skip_system_fonts=True,
            font_dirs=[str(folder())],
            font_family=FAMILY,
            sans_serif_family=FAMILY,
            serif_family=FAMILY,
            monospace_family=FAMILY,
        )
    )
