"""Notes beside the map: blocks of text that `static/notes.js` draws as text and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

import streamlit as st

from dashboard.assets import notes_files
from dashboard.codebook import Codebook
from dashboard.evidence import Card
from dashboard.glyphs import line_mark
from dashboard.messages import Words

Block = Mapping[str, Any]
Value = str | float | None
"""What a pressed action carries: an id, a number of pages, or nothing."""

# The script itself is a file, so that a step sends the text alone; without it, the text is still there.
_SCRIPT = """export default async function (component) {
  try { (await import(new URL("SCRIPT", document.baseURI))).default(component, new URL("STYLE", document.baseURI)); }
  catch (error) {
    component.parentElement.replaceChildren(...component.data.map((block) => {
      const line = document.createElement("p");
      line.textContent = [block.heading, block.text, ...(block.pieces || []).map((piece) => piece.text), block.source, ...(block.items || []).map((item) =>
      item.text)].filter(Boolean).join(" "); return line;
    }));
  }
}"""


@st.cache_resource(show_spinner=False)
def _component(script: str, style: str) -> Callable[..., Any]:
    made = st.components.v2.component("atlas_notes", html='<div class="notes"></div>', js=_SCRIPT.replace("SCRIPT", script).replace("STYLE", style))
    return cast(Callable[..., Any], made)


def show(blocks: Sequence[Block], *, key: str, act: Callable[[str, Value], None] | None = None) -> None:
    """Draw blocks. `act` is told the name and the value of what was pressed, before the page runs again."""

    def pressed() -> None:
        told = st.session_state[key].get("act")
        if act is not None and isinstance(told, Mapping):
            act(str(told.get("name")), told.get("value"))

    _component(*notes_files())(key=key, data=list(blocks), on_act_change=pressed)


def heading(text: str, level: int = 3, *, chosen: str = "") -> Block:
    """Return a heading. `chosen` is the id of what the notes below it are about: where they stand out of sight, another one brings them into view."""
    return {"kind": "heading", "text": text, "level": level, **({"chosen": chosen} if chosen else {})}


def text(content: str, *, soft: bool = False) -> Block:
    """Return a paragraph."""
    return {"kind": "text", "text": content, "soft": soft}


def hint(content: str) -> Block:
    """Return a paragraph that says what to press: on paper it is left out."""
    return {"kind": "hint", "text": content}


def action(name: str, label: str, value: object, *, main: bool = False) -> Block:
    """Something to press. In a list, where the text is what is pressed, it needs no label; what is not there is not sent."""
    told = {"name": name, "label": label, "value": value, "main": main}
    return {key: held for key, held in told.items() if held not in ("", None, False)}


def items(rows: Sequence[tuple[str, str, Block | None]]) -> Block:
    """Return a list of texts, each with a note and something to press."""
    return {"kind": "items", "items": [{"text": content, **({"note": note} if note else {}), "action": pressed} for content, note, pressed in rows]}


def table(columns: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int] = ()) -> Block:
    """Return a table of texts. `numbers` are the positions of the columns that are set flush right."""
    return {"kind": "table", "columns": list(columns), "rows": [list(row) for row in rows], "numbers": list(numbers)}


def card(words: Words, codebook: Codebook, evidence: Card, actions: Sequence[Block]) -> Block:
    """Return an evidence card."""
    roles = {"place": words("card.place_label"), "date": words("card.date_label"), "cue": words("card.why_label")}
    return {
        **evidence.record(), "kind": "card", "mark": line_mark(codebook, evidence.rank, evidence.outcome), "roles": roles,
        "later": words("card.later" if evidence.dated else "card.undated"), "actions": list(actions),
    }  # fmt: skip


def buttons(actions: Sequence[Block]) -> Block:
    """Things to press, in a row."""
    return {"kind": "buttons", "actions": list(actions)}


def timeline(rows: Sequence[Block], ticks: Sequence[Block], label: str) -> Block:
    """Return a line of `bars` for each row, their `from` and `to` in shares of its width. `label` says the same in words."""
    return {"kind": "timeline", "rows": list(rows), "ticks": list(ticks), "label": label}


def page_of(page: int, count: int, size: int) -> tuple[int, int]:
    """Return a page within bounds, and the number of pages."""
    pages = max(1, -(-count // size))
    return min(max(0, page), pages - 1), pages


def pager(words: Words, page: int, pages: int) -> list[Block]:
    """Return a way through pages of cards, where there are several."""
    texts = {"previous": words("page.previous"), "next": words("page.next"), "label": words("page.pager"), "text": words("page.of", page=page + 1, pages=pages)}
    return [{"kind": "pager", "hasPrevious": page > 0, "hasNext": page + 1 < pages, **texts}] if pages > 1 else []
