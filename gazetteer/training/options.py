"""Command line of the trainers, and how their models are written."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from gazetteer.errors import AtlasError
from gazetteer.files import make_folder, write_atomically

READINGS = Path(__file__).parent / "readings"
SNIPPETS = Path(__file__).parent / "passages"
MODELS = Path(str(files("gazetteer"))) / "data"


@dataclass(frozen=True, slots=True)
class Options:
    """What the trainers are told."""

    readings: Path
    corpora: Path | None
    """Folder of the corpora, None where none was named."""
    out: Path
    snippets: Path
    folds: int
    """Parts for the cross-validation, 0 for none."""
    again: bool = False
    """Whether the model that ships is trained further, where a trainer can do that."""
    encoders: Path | None = None
    """Folder of encoders that did not learn from some readings; for the hindsight."""


def options(doc: str | None, arguments: Sequence[str] | None = None) -> Options:
    """Parse the options of a trainer's command line; ``doc`` is its docstring."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, metavar="FOLDER", help="gum.jsonl, ewt.jsonl and wotr.jsonl; for the tagger, the ranker and the shortlist")
    parser.add_argument("--readings", type=Path, metavar="FOLDER", default=READINGS, help="readings to learn from (default: the project's own)")
    parser.add_argument("--snippets", type=Path, metavar="FOLDER", default=SNIPPETS, help="snippets for the phases (default: the project's own)")
    parser.add_argument("--out", type=Path, metavar="FOLDER", default=MODELS, help="where the model is written (default: gazetteer/data)")
    parser.add_argument("--folds", type=int, metavar="N", default=5, help="parts of the cross-validation, 0 for none (default: 5)")
    parser.add_argument("--again", action="store_true", help="train the encoder that ships further; the others begin anew in any case")
    parser.add_argument("--encoders", type=Path, metavar="FOLDER", help="encoders that did not learn from some readings; for the hindsight")
    found = parser.parse_args(arguments)
    if found.folds in (1,) or found.folds < 0:
        parser.error("--folds: 0, or 2 and more")
    return Options(found.readings, found.corpora, found.out, found.snippets, found.folds, found.again, found.encoders)


def run(doc: str | None, train: Callable[[Options], object]) -> int:
    """Run a trainer as a command; 0, or 1 with one line that says what is missing."""
    try:
        train(options(doc))
    except AtlasError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def write_model(folder: Path, name: str, model: object, *, indent: int | None = None) -> None:
    """Write a model as JSON with sorted keys, so that the same weights give the same bytes.

    Raises OutputError where the folder cannot be written.
    """
    separators = (",", ":") if indent is None else (",", ": ")
    text = json.dumps(model, ensure_ascii=False, sort_keys=True, indent=indent, separators=separators) + "\n"
    make_folder(folder)
    write_atomically(folder / name, lambda path: path.write_text(text, "utf-8"))
    print(f"{name}: {len(text.encode()):,} bytes")
