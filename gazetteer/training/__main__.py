"""Learns all models in order.

    python -m gazetteer.training --corpora FOLDER --encoders FOLDER [--out FOLDER]

Each is learned in a process of its own, with what the ones before wrote where ``--out`` is the package's own data.
"""

from __future__ import annotations

import subprocess
import sys

from gazetteer.training.options import options

MODELS = ("tagger", "ranker", "level_words", "shortlist", "encoder", "phases", "hindsight", "silent", "claims", "dating")


def main() -> int:
    """Return the exit code: 0, or that of the first trainer that failed."""
    options(__doc__)
    for name in MODELS:
        code = subprocess.run([sys.executable, "-m", f"gazetteer.training.{name}", *sys.argv[1:]], check=False).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
