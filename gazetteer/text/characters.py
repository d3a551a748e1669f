"""Characters that are no letters to show: what a terminal, a page or a drawing would obey instead. As the inner part of a regular expression's class."""

from __future__ import annotations

CONTROLS = "\x00-\x1f\x7f-\x9f"
"""The control characters of Unicode."""
TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""Those that turn the direction of what follows them: they could make the rest of a line read backwards."""
