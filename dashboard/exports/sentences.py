"""An evidence card as plain lines, with or without the sentence that it stands on."""

from __future__ import annotations

from dataclasses import replace

from dashboard.evidence import Card, Piece
from dashboard.exports.taken import Taken
from dashboard.messages import Words
from dashboard.story import quoted


def told(taken: Taken, card: Card, *, most: int = 600) -> list[str]:
    """The sentence (where it goes with the file), its source, and what the program understood."""
    shown = card if taken.sentences else withheld(taken.words, card)
    sentence = "".join(piece.text for piece in shown.pieces)
    rows = [f"{label}: {text}" for label, text in shown.rows]
    return [*([quoted(taken.words, sentence, most=most)] if taken.sentences and sentence else []), shown.source, shown.heading, *rows]


def withheld(words: Words, card: Card) -> Card:
    """A card without any word of its sentence: neither the sentence nor what was quoted from it."""
    kept = tuple((label, text) for label, text in card.rows if label not in {words("card.why_label"), words("card.date_label"), words("card.place_label")})
    return replace(card, pieces=(Piece(words("take.withheld"), ""),), rows=kept)
