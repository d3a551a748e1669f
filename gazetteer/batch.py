"""Many documents: read one after the other or on several cores, in order; a document that fails is named and the others go on."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from gazetteer import annotation, documents, overrides
from gazetteer.codebook import Codebook
from gazetteer.documents import Problem, Source
from gazetteer.errors import AtlasError, InputError, OutputError
from gazetteer.files import write_atomically
from gazetteer.index import Index, open_index
from gazetteer.mentions import recognizers
from gazetteer.overrides import Override
from gazetteer.pipeline import Reader, Reading
from gazetteer.text.language import language
from gazetteer.timexes import publication

if TYPE_CHECKING:
    from multiprocessing.synchronize import Event

    # geopy takes longer to import than all the rest, and few runs ask a service
    from gazetteer.geocoding.online import Online, Settings

_Task = TypeVar("_Task")
_FEW = 64
"""Documents for which other processes are not worth their start."""
_SHOWN = 5
_FAULTS = (ValueError, TypeError, LookupError, AttributeError, NameError, AssertionError, ArithmeticError, RuntimeError, MemoryError)
"""What a fault of the program raises on a text that nobody thought of."""


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker needs besides the documents."""

    index: Path
    codebook: Codebook
    decisions: tuple[Override, ...] = ()
    online: Settings | None = None
    recognizer: str = ""
    """As :func:`gazetteer.mentions.recognizers.load` names it."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one document: a reading, or None and a problem that says why."""

    source: Source
    reading: Reading | None
    problems: tuple[Problem, ...]
    silent: bool = False
    """Whether the document names none of the codebook's actors, so that no phase is said of its places."""


def inputs(folder: Path, index: Index) -> tuple[list[Source], tuple[Override, ...], list[Problem]]:
    """Find the documents of a folder, a person's decisions on them, and what is wrong with either.

    Raises InputError where there is nothing to read, or a manifest or table of decisions that cannot be used.
    """
    sources, problems = documents.find_sources(folder)
    decisions, wrong = overrides.read(folder, index)
    astray = overrides.astray(decisions, {source.id for source in sources})
    return sources, tuple(decisions), problems + wrong + astray


def nothing_read(folder: Path, problems: Sequence[Problem]) -> InputError:
    """Say that no document of a folder could be read, below what is wrong with each."""
    return InputError("\n".join([problem.message for problem in problems] + [f"{folder}: none of its documents could be read; nothing was written"]))


def workers_for(count: int, wanted: int | None, online: Settings | None = None) -> int:
    """How many processes read ``count`` documents: what is wanted, else one for each core where that is worth it.

    One where an online geocoder is asked: it counts its questions by itself.
    """
    if online:
        return 1
    if wanted is not None:
        return max(1, min(wanted, count))
    return 1 if count < _FEW else min(os.cpu_count() or 1, count // (_FEW // 2))


def readings(job: Job, sources: Sequence[Source], workers: int) -> Iterator[Result]:
    """Yield the result of each document, in order, whatever the number of processes."""
    yield from _spread(_read, job, sources, workers)


def annotate(job: Job, sources: Sequence[Source], folder: Path, workers: int) -> Iterator[Result]:
    """Write each document's annotation file into a folder; the results come without their readings.

    Raises OutputError where a file cannot be written.
    """
    tasks = [(source, folder) for source in sources]
    yield from _spread(_annotate, job, tasks, workers)


def _spread(work: Callable[[_Task], Result], job: Job, tasks: Sequence[_Task], workers: int) -> Iterator[Result]:
    if workers <= 1:
        _start(job)
        yield from map(work, tasks)
        return
    context = get_context("spawn")
    stopped = context.Event()
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_start_child, initargs=(job, stopped)) as pool:
        try:
            with _held_back(signal.SIGINT):
                results = pool.map(partial(_unless_stopped, work), tasks, chunksize=max(1, min(4, len(tasks) // (4 * workers))))
            yield from results
        except BrokenProcessPool as error:
            raise OutputError("a worker process died, perhaps for want of memory; run again with --workers 1") from error
        except BaseException:
            stopped.set()  # the pool itself would still have all documents read that wait at the workers' door
            pool.shutdown(wait=False, cancel_futures=True)
            raise


@contextmanager
def _held_back(number: int) -> Iterator[None]:
    """Keep a signal waiting; processes that are started meanwhile never hear it: Ctrl-C is the parent's to answer, also before they are up."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {number})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _online(settings: Settings, index: Index) -> Online:
    from gazetteer.geocoding.online import Online  # noqa: PLC0415 -- as above

    return Online(settings, index)


class _Worker:
    """What this process reads with."""

    def __init__(self, job: Job) -> None:
        index = open_index(job.index)
        self.job = job
        self.online = _online(job.online, index) if job.online else None
        self.reader = Reader(index, job.codebook, job.decisions, self.online, recognizers.load(job.recognizer))

    def read(self, source: Source) -> Result:
        """Read a document; an input that cannot be read, and a fault of the program in it, becomes a problem."""
        try:
            document, problems = documents.read(source)
            reading = self.reader.read(document)
        except AtlasError as error:
            return Result(source, None, (Problem(str(error), source.path.name),))
        except _FAULTS as error:  # must not cost the other documents theirs: it is named, not hidden
            why = " ".join(f"{type(error).__name__}: {error}".split())[:200]
            return Result(source, None, (Problem(f"{source.path}: could not be read by the program ({why}); please report it", source.path.name),))
        problems += _misdated(source, reading)
        problems += overrides.without_effect(document, reading.resolutions, self.job.decisions)
        problems += [Problem(line) for line in (self.online.drain() if self.online else [])]
        return Result(source, reading, tuple(problems), silent=not reading.actors.is_told_of)


def _misdated(source: Source, reading: Reading) -> list[Problem]:
    """Name a document that tells of what came after the date that the manifest gives it: what it says of that time is taken for a plan."""
    found = language(reading.document.language)
    told = publication.told_after(reading.document.text, reading.timexes, source.published, found) if found and source.published else ""
    what = f"tells of {told!r} as past, but 'published' in the manifest is {source.published}; mend it, for the dates of the text are understood from it"
    return [Problem(f"{source.path}: {what}")] if told else []


def silent(book: Codebook, results: Sequence[Result]) -> list[Problem]:
    """Tell in one line which documents name none of the codebook's actors: the map shows nothing of them but places that are named."""
    names = [result.source.path.name for result in results if result.silent]
    if not names:
        return []
    which = ", ".join(names[:_SHOWN]) + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")
    actors = ", ".join(repr(actor.name) for actor in book.actors)
    what = f"{which}: no actor of the codebook is named there ({actors}), so the places are on the map without a phase"
    return [Problem(f"{book.path}: {what}; add the names that the texts use to 'aliases', or give these documents a codebook.toml of their own")]


_worker: list[_Worker] = []
"""The worker of this process; a list, because a process fills it when it starts."""
_stopped: list[Event] = []
"""Tells a process of a pool that nobody waits for its results any more."""


def _start(job: Job) -> None:
    _worker[:] = [_Worker(job)]


def _start_child(job: Job, stopped: Event) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    _stopped[:] = [stopped]
    _start(job)


def _unless_stopped(work: Callable[[_Task], Result], task: _Task) -> Result:
    if _stopped[0].is_set():
        raise CancelledError
    return work(task)


def _read(source: Source) -> Result:
    return _worker[0].read(source)


def _annotate(task: tuple[Source, Path]) -> Result:
    source, folder = task
    result = _read(source)
    if result.reading is None:
        return result
    found = result.reading
    text = annotation.to_json(found.document, _worker[0].job.codebook.first_actor, found.resolutions, found.timexes, found.observations)
    target = folder / f"{source.id}.json"
    if target.exists() and not annotation.is_own(target):
        what = f"{target}: is no annotation file of this program's, and one would take its place; choose another folder for them"
        return replace(result, reading=None, problems=(*result.problems, Problem(what, source.path.name)))
    write_atomically(target, lambda path: path.write_text(text, "utf-8"))
    return replace(result, reading=None)
