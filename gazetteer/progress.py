"""Says what is being done: a bar on a terminal, a plain line for each step elsewhere. All of it goes to standard error."""

from __future__ import annotations

import sys
from typing import TextIO

_WIDTH = 24


class Progress:
    """Tells of steps and of their share done."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stderr
        self.live = self.stream.isatty()
        self._step = ""
        self._shown = -1

    def __call__(self, step: str, share: float) -> None:
        """Tell the step at hand, and which part of it (0 to 1) is done."""
        percent = int(share * 100)
        if self.live:
            if step == self._step and percent == self._shown:
                return
            filled = round(share * _WIDTH)
            self.stream.write(f"\r\x1b[K{step:<28.28} [{'#' * filled}{'.' * (_WIDTH - filled)}] {percent:3d} %")
            if share >= 1:
                self.stream.write("\n")
            self.stream.flush()
        elif step != self._step:
            self.stream.write(f"{step} ...\n")
            self.stream.flush()
        self._step, self._shown = step, percent
