"""Reads a folder of documents: the manifest, the texts, their sections, paragraphs and sentences.

Offsets are exact: the text of a document is its file, decoded, with its newlines as they stand.
"""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Collection, Sequence
from pathlib import Path
from unicodedata import normalize

from gazetteer.documents import manifest
from gazetteer.documents.decoding import decode
from gazetteer.documents.manifest import Problem, Source, is_readme
from gazetteer.documents.running import segmented
from gazetteer.errors import InputError
from gazetteer.records import Document
from gazetteer.text.language import codes, detect, language, language_of, unread

SUFFIXES = (".txt", ".md")
_BESIDE = (".toml", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".bmp", ".tif", ".tiff", ".heic", ".ico", "~")
_NAMED = frozenset({"documents.csv", "overrides.csv"})
_EXACT = _NAMED | {"codebook.toml"}
_STEMS = frozenset({"readme", "license", "licence", "copying"})
"""What is expected beside documents by its ending, name or stem, and is none."""
_MAX_NAME = 200
"""Bytes of a file's name: its result is written under a name that is a little longer, and 255 is the most that file systems take."""


def find_sources(folder: Path) -> tuple[list[Source], list[Problem]]:
    """Find the documents of a folder, manifest rows first and then by name, with all that is wrong with the list.

    Not looked at: README files, hidden files, subfolders. Files with other endings are no documents, so that none is lost by them; they are named, but for
    those that belong beside documents.
    Raises InputError where there is no such folder, nothing in it to read, or a manifest that cannot be used.
    """
    files, problems = _files(folder)
    sources, found = manifest.read(folder, files)
    problems += found
    told = {normalize("NFC", problem.document) for problem in problems if problem.document}
    passed = [Problem(f"{_shown(path)}: {manifest.NO_TEXT}") for path in others(folder) if normalize("NFC", path.name) not in told]
    if not files and not told:
        why = f"{folder}: holds no document; put .txt or .md files there (README files, hidden files and subfolders are not read)"
        raise InputError("\n".join([*(problem.message for problem in passed), why]))
    problems += passed
    problems += _miswritten(folder)
    named = {source.path for source in sources}
    sources += [Source(path) for path in files.values() if path not in named]
    return _without_doubles(sources, problems)


def _files(folder: Path) -> tuple[dict[str, Path], list[Problem]]:
    """Give the folder's documents by name, in order, and those that cannot be ones."""
    try:
        entries = [path for path in sorted(folder.iterdir()) if not path.is_dir()]
    except NotADirectoryError as error:
        raise InputError(f"{folder}: is a file; give the folder that holds the documents") from error
    except OSError as error:
        raise InputError(f"{folder}: cannot be read as a folder ({error.strerror or error}); give a folder that holds .txt or .md documents") from error
    files: dict[str, Path] = {}
    problems: list[Problem] = []
    for path in entries:
        if path.suffix.lower() not in SUFFIXES or path.name.startswith(".") or is_readme(path.name) or _with_ending(path):
            continue
        wrong = _wrong_with(path)
        if wrong:
            problems.append(Problem(f"{_shown(path)}: {wrong}", _shown(Path(path.name))))
        else:
            files[path.name] = path
    return files, problems


def others(folder: Path) -> list[Path]:
    """Give the files that somebody may have meant for documents, by name: those with another ending, but for what belongs beside documents."""
    paths = sorted(folder.iterdir())
    stems = {path.stem.casefold() for path in paths if path.suffix.lower() in SUFFIXES}
    return [path for path in paths if path.suffix.lower() not in SUFFIXES and not _is_beside(path.name.casefold(), stems) and path.is_file()]


def _with_ending(path: Path) -> bool:
    """Whether a file is one of those beside documents but for an ending that an editor has put behind its name, and the system may hide."""
    return path.stem.lower() in _EXACT and path.suffix.lower() in SUFFIXES


def _miswritten(folder: Path) -> list[Problem]:
    """Name the files that would be read but for a capital in their names, or an ending behind them; where capitals do not count, those are read."""
    longer = [
        Problem(
            f"{_shown(path)}: is not read, for its name must be {path.stem.lower()!r}, without {path.suffix!r} behind it; rename it (endings may be hidden)"
        )
        for path in sorted(folder.iterdir())
        if _with_ending(path)
    ]
    return longer + [
        Problem(f"{_shown(path)}: is not read, for its name is {path.name.lower()!r} in small letters; rename it")
        for path in sorted(folder.iterdir())
        if path.name not in _EXACT and path.name.lower() in _EXACT and not (folder / path.name.lower()).exists()
    ]


def _is_beside(name: str, stems: Collection[str]) -> bool:
    """Whether a file belongs beside documents, whose ``stems`` are given: their annotation files do."""
    if name.startswith((".", "~")) or name.endswith(_BESIDE) or name in _NAMED or name.partition(".")[0] in _STEMS:
        return True
    return name.endswith(".json") and name.removesuffix(".json") in stems


def _wrong_with(path: Path) -> str:
    """Why a file cannot be a document, and what to do; ``""`` where it can."""
    try:
        path.name.encode("utf-8")
    except UnicodeEncodeError:
        return "its name is not UTF-8; rename it"
    if len(os.fsencode(path.name)) > _MAX_NAME:
        return f"its name is longer than {_MAX_NAME} bytes; shorten it"
    if not path.is_file():
        return "is a link that leads nowhere, or no regular file; remove it or put the text in its place"
    return ""


def _shown(path: Path) -> str:
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _without_doubles(sources: Sequence[Source], problems: list[Problem]) -> tuple[list[Source], list[Problem]]:
    """Leave out files that share a stem, which is the document's id: which one is meant cannot be known."""
    by_stem: dict[str, list[str]] = defaultdict(list)
    for source in sources:
        by_stem[source.id].append(source.path.name)
    for source in sources:
        doubles = [name for name in by_stem[source.id] if name != source.path.name]
        if doubles:
            same = f"has the same stem as {' and '.join(map(repr, doubles))}, and the stem is the document's id"
            problems.append(Problem(f"{source.path}: {same}; none of them is read, rename one", source.path.name))
    return [source for source in sources if len(by_stem[source.id]) == 1], problems


def read(source: Source) -> tuple[Document, list[Problem]]:
    """Read a document with its structure; and what a person should know of how it was read.

    Raises InputError as :func:`gazetteer.documents.decoding.decode` does.
    """
    found = decode(source.path)
    problems = []
    if found.encoding == "cp1252":
        problems.append(Problem(f"{source.path}: is not UTF-8; it was read as Windows-1252 (cp1252): check its accents, and save it as UTF-8"))
    elif found.encoding != "utf-8":
        problems.append(Problem(f"{source.path}: is not UTF-8; it was read as {found.encoding.upper()}: save it as UTF-8"))
    code = source.language.lower()[:2]
    known = language(code) if code else None
    if code and known is None:
        problems.append(
            Problem(f"{source.path}: language {source.language!r} is none of {', '.join(codes())}; it is read as the one of these that it looks like")
        )
    known = known or language_of(detect(found.text))
    if not code and (other := unread(found.text, known.code)):
        remedy = f"leave it out or translate it; if it is in {known.code!r}, say so in the manifest"
        problems.append(Problem(f"{source.path}: looks like {other}, which is not read, and was read as {known.code!r}: {remedy}"))
    sections, sentences = segmented(found.text, known)
    document = Document(
        id=source.id,
        file=source.path.name,
        text=found.text,
        title=source.title,
        publisher=source.publisher,
        author=source.author,
        url=source.url,
        language=known.code,
        reliability=source.reliability,
        published=source.published,
        published_status="stated" if source.published else "unknown",
        sections=sections,
        sentences=sentences,
    )
    return document, problems


def digest(path: Path) -> str:
    """Hash a file: its SHA-256 in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
