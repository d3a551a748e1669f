"""Many documents: read one after the other or on several cores, in order; a document that fails is named and the others go on."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from gazetteer import annotation, documents
from gazetteer.codebook import Codebook
from gazetteer.documents import Problem, Source
from gazetteer.errors import AtlasError
from gazetteer.files import write_atomically
from gazetteer.index import open_index
from gazetteer.overrides import Override
from gazetteer.pipeline import Reader, Reading

_Task = TypeVar("_Task")
_FEW = 64
"""Documents for which other processes are not worth their start."""


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker needs besides the documents."""

    index: Path
    codebook: Codebook
    decisions: tuple[Override, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one document: a reading, or None and a problem that says why."""

    source: Source
    reading: Reading | None
    problems: tuple[Problem, ...]


def workers_for(count: int, wanted: int | None) -> int:
    """How many processes read ``count`` documents: what is wanted, else one for each core where that is worth it."""
    if wanted is not None:
        return max(1, min(wanted, count))
    return 1 if count < _FEW else min(os.cpu_count() or 1, count // (_FEW // 2))


def read_one(reader: Reader, source: Source) -> Result:
    """Read a document; an input that cannot be read becomes a problem."""
    try:
        document, problems = documents.read(source)
        return Result(source, reader.read(document), tuple(problems))
    except AtlasError as error:
        return Result(source, None, (Problem(str(error), source.path.name),))
    except (ValueError, KeyError, IndexError, ArithmeticError, RecursionError, MemoryError) as error:
        # A fault of the program in one document must not cost the others theirs: it is named, not hidden.
        return Result(source, None, (Problem(f"{source.path}: could not be read by the program ({type(error).__name__}: {error}); please report it", source.path.name),))


def readings(job: Job, sources: Sequence[Source], workers: int) -> Iterator[Result]:
    """The result of each document, in order, whatever the number of processes."""
    yield from _spread(_read, job, sources, workers)


def annotations(job: Job, sources: Sequence[Source], folder: Path, workers: int) -> Iterator[Result]:
    """Write each document's annotation file into a folder; the results come without their readings."""
    tasks = [(source, folder) for source in sources]
    yield from _spread(_annotate, job, tasks, workers)


def _spread(work: Callable[[_Task], Result], job: Job, tasks: Sequence[_Task], workers: int) -> Iterator[Result]:
    if workers == 1:
        _start(job)
        yield from map(work, tasks)
        return
    with ProcessPoolExecutor(workers, initializer=_start, initargs=(job,)) as pool:
        yield from pool.map(work, tasks, chunksize=max(1, min(16, len(tasks) // (4 * workers))))


_reader: list[Reader] = []
"""The reader of this process; a list, because a worker fills it when it starts."""


def _start(job: Job) -> None:
    _reader[:] = [Reader(open_index(job.index), job.codebook, job.decisions)]


def _read(source: Source) -> Result:
    return read_one(_reader[0], source)


def _annotate(task: tuple[Source, Path]) -> Result:
    source, folder = task
    result = read_one(_reader[0], source)
    if result.reading is None:
        return result
    found = result.reading
    text = annotation.to_json(found.document, _reader[0].codebook.first_actor, found.resolutions, found.timexes, found.observations)
    write_atomically(folder / f"{source.id}.json", lambda path: path.write_text(text, "utf-8"))
    return Result(source, None, result.problems)
