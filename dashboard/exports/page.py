"""Map, time control and evidence in one HTML file that opens from a stick, without a server and without a network.

Everything is in the file: the scripts and styles of the map as they are in the app, the tables as JSON that cannot end its own element, the outlines, the words
of one language.
Its content security policy names the scripts and styles by their hashes and allows nothing else: no connection, no image, no frame, no form.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import Any

from dashboard import assets, boundaries, layers
from dashboard.boundaries import Boundaries
from dashboard.data import Tables
from dashboard.evidence import Card, cards, route_card
from dashboard.exports.sentences import withheld
from dashboard.exports.taken import Taken
from dashboard.glyphs import line_mark
from dashboard.messages import catalogue
from dashboard.moments import OPEN_END, OPEN_START, located, prepared
from dashboard.plain import line

_HELPERS = ["first", "last", "begin", "place", "document", "rank", "outcome", "home", "certainty", "known"]
"""Columns that `moments.prepared` adds."""


def page_file(taken: Taken, outlines: Boundaries = boundaries.NONE) -> bytes:
    """The file. Raises `AssetsError` where a script or style of the map is missing."""
    words = taken.words
    tables = shortened(taken)
    key = f"{tables.key}-{taken.made.isoformat()}"
    blocks: dict[str, Any] = {
        "data": layers.payload(tables, outlines),
        "world": _parsed(outlines.world),
        "units": _parsed(outlines.detail),
        "words": _words(words.language),
        "evidence": _evidence(taken, tables),
        "notes-style": assets.read_static("notes.css").decode(),
        # All that passed is in the file, and nothing else: the actors are there for the map to say whom it is about.
        "command": {"number": key, "filter": {"actors": list(taken.chosen.actors)}, "state": taken.state.command(), "link": {}},
        "config": {
            "room": "map",
            "language": words.language,
            "title": taken.stamp.title,
            "failed": words("map.failed"),
            "attribution": bool(outlines.world),
            "marks": {
                "phases": [line_mark(tables.codebook, rank, -1) for rank in range(len(tables.codebook.ordered))],
                "outcomes": [line_mark(tables.codebook, -1, outcome) for outcome in range(len(tables.codebook.outcomes))],
            },
            "about": _about(taken),
            "urls": {"data": key, "world": "world" if outlines.world else "", "units": "units" if outlines.detail else "", "words": "words"},
        },
    }
    style = re.sub(
        r"url\([^)]*\)", "none", (assets.leaflet("leaflet.css") + b"\n" + assets.read_static("atlas.css") + b"\n" + assets.read_static("alone.css")).decode()
    )
    scripts = [assets.leaflet("leaflet.js").decode(), assets.script().decode(), notes_script(), assets.read_static("alone.js").decode()]
    return _document(taken, blocks, _safe(style, "style"), [_safe(script, "script") for script in scripts]).encode("utf-8", "replace")


def shortened(taken: Taken) -> Tables:
    """The tables with what the file shows and nothing else, their positions counted anew."""
    tables, told = taken.tables, taken.told
    ends = set(taken.legs_told["from_place_id"]) | set(taken.legs_told["to_place_id"])
    places = tables.places[tables.places["place_id"].isin(set(told["place_id"]) | ends)].reset_index(drop=True)
    documents = tables.documents[tables.documents["document_id"].isin(set(told["document_id"]) | set(taken.legs_told["document_id"]))].reset_index(drop=True)
    left_out = set(tables.places["place_id"]) - set(places["place_id"])
    mentions = tables.mentions[tables.mentions["document_id"].isin(set(documents["document_id"])) & ~tables.mentions["place_id"].isin(left_out)]
    rows = prepared(told.drop(columns=_HELPERS), tables.codebook, places=located(places), documents=documents["document_id"])
    return replace(tables, observations=rows, places=places, documents=documents, mentions=mentions, routes=taken.legs_told)


def notes_script() -> str:
    """The script of the notes as a plain one: its `redraw` under a global name instead of an export."""
    module = assets.read_static("notes.js").decode()
    plain = re.sub(r"^export (?:default )?", "", module, flags=re.MULTILINE)
    return f"globalThis.drawNotes = (() => {{\n{plain}\nreturn redraw;\n}})();"


def block_json(content: object) -> str:
    """JSON that may stand in a script element: nothing in it can end the element or begin a comment."""
    return (
        json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        .replace("<", "\\u003c")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )


def _document(taken: Taken, blocks: Mapping[str, Any], style: str, scripts: Sequence[str]) -> str:
    words, mark = taken.words, taken.stamp_told
    hashes = " ".join(_hash(script) for script in scripts)
    policy = f"default-src 'none'; script-src {hashes}; style-src {_hash(style)}; base-uri 'none'; form-action 'none'"
    data = "\n".join(f'<script type="application/json" id="{name}">{block_json(content)}</script>' for name, content in blocks.items() if content is not None)
    return "\n".join(
        [
            f'<!doctype html>\n<html lang="{words.language}">\n<head>\n<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="referrer" content="no-referrer">',
            f'<meta name="description" content="{escape(line(mark.finding, 300))}">\n<title>{escape(line(mark.title, 200))}</title>',
            f"<style>{style}</style>\n</head>\n<body>",
            f"<noscript>{escape(words('take.no_script'))}\n\n{escape(mark.text(words))}</noscript>",
            f'<div id="map"></div>\n<aside id="beside" tabindex="0" aria-label="{escape(words("take.evidence"))}" aria-live="off"></aside>',
            data,
            *(f"<script>{script}</script>" for script in scripts),
            "</body>\n</html>\n",
        ]
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _safe(code: str, element: str) -> str:
    """Code of the project as it is; it must not hold what would end its element. Raises `AssetsError`."""
    if re.search(rf"</{element}|<!--", code, re.IGNORECASE):
        raise assets.AssetsError(f"{element}: the code holds the end of its own element")
    return code.replace("\r\n", "\n").replace("\r", "\n")


def _parsed(topology: bytes) -> dict[str, Any] | None:
    return json.loads(topology) if topology else None


def _words(language: str) -> dict[str, Any]:
    """The catalogue of the language; of the others what labels of phases are compared with, and the names by which a place is found as well."""
    some = {other: {key: text for key, text in entries.items() if key.startswith(("phase.", "country.", "region."))} for other, entries in catalogue().items()}
    return some | {language: catalogue()[language]}


def _about(taken: Taken) -> list[dict[str, Any]]:
    """What the file says of itself, as notes."""
    words, mark = taken.words, taken.stamp_told
    blocks: list[dict[str, Any]] = [_heading(words("take.about"), 2), {"kind": "hint", "text": words("beside.help")}, _text(words("take.offline"))]
    blocks += [_text(f"{label}: {text}") for label, text in mark.rows(words)]
    for label, texts in mark.lists(words):
        blocks += [_heading(label, 3), {"kind": "items", "items": [{"text": text, "note": "", "action": None} for text in texts]}]
    return blocks


def _heading(text: str, level: int) -> dict[str, Any]:
    return {"kind": "heading", "text": text, "level": level}


def _text(text: str) -> dict[str, Any]:
    return {"kind": "text", "text": text, "soft": False}


def _evidence(taken: Taken, tables: Tables) -> dict[str, Any]:
    """The cards of each place (the surest first) and each leg. Those of a place that is in no gazetteer are not there: no mark leads to them."""
    rows = tables.observations[tables.observations["place_id"] != ""].sort_values(["confidence", "begin"], ascending=False, kind="stable")
    places: dict[str, Any] = {}
    for row, card in zip(rows[["place_id", "first", "last"]].itertuples(index=False, name=None), cards(taken.words, tables, rows), strict=True):
        place = places.setdefault(str(row[0]), {"name": tables.called(taken.words, str(row[0])), "cards": []})
        place["cards"].append(_compact(taken, card, *_ends(int(row[1]), int(row[2]))))
    legs = [{str(key): value for key, value in row.items()} for row in tables.routes.to_dict("records")]
    routes = {
        f"{row['route_id']} {row['leg']}": [_compact(taken, route_card(taken.words, tables, row), *_ends(int(row["first"]), int(row["last"])))] for row in legs
    }
    return {"places": places, "routes": routes}


def _compact(taken: Taken, card: Card, first: int | None, last: int | None) -> list[Any]:
    """A card as `static/alone.js` reads it: heading, rank, outcome, pieces, source, rows, first, last."""
    shown = card if taken.sentences else withheld(taken.words, card)
    return [
        shown.heading,
        shown.rank,
        shown.outcome,
        [[piece.text, piece.role] for piece in shown.pieces],
        shown.source,
        [list(row) for row in shown.rows],
        first,
        last,
    ]


def _ends(first: int, last: int) -> tuple[int | None, int | None]:
    """Days with None at an open end; two where there is no date."""
    return (None if first in (OPEN_START, OPEN_END) else first, None if last in (OPEN_START, OPEN_END) else last)
