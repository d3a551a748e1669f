"""Runs the map's own scripts outside a page, in Node, to compare them with their counterparts in Python."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

SCRIPTS = Path(__file__).resolve().parent.parent / "dashboard" / "static" / "atlas"
NODE = shutil.which("node")


def run(body: str, data: object, *, scripts: tuple[str, ...] = ("data", "time", "filters", "words", "story")) -> Any:
    """What the JavaScript function body `body` returns, given `data` as `input`, with the scripts loaded."""
    assert NODE is not None
    source = "\n".join((SCRIPTS / f"{name}.js").read_text("utf-8") for name in scripts)
    program = f"{source}\nconst input = JSON.parse(require('fs').readFileSync(0, 'utf8'));\nprocess.stdout.write(JSON.stringify((() => {{{body}}})()));"
    done = subprocess.run([NODE, "-e", program], input=json.dumps(data), capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
