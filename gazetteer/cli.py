"""The command line, one function for each command. Exit codes.

0 done; 1 some documents failed and the rest are written, or a name is unknown; 2 usage, or nothing could be read or written; 130 stopped.
"""
# ruff: noqa: PLC0415 -- a command loads what it needs and no more: pandas alone takes 0.3 s

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from gazetteer import __version__
from gazetteer.errors import AtlasError, InputError
from gazetteer.text.characters import CONTROLS, TURNING

if TYPE_CHECKING:
    from gazetteer.documents import Problem
    from gazetteer.geocoding.online import Settings
    from gazetteer.index import Index

FAILED, USAGE, STOPPED = 1, 2, 128 + signal.SIGINT
_MAX_DIGITS = 6
_SOUTHERN = re.compile(r"-[\d.]", re.ASCII)
_UNSEEN = re.compile(f"[{CONTROLS}{TURNING}]")
"""A name or a text that holds these could steer the terminal."""
_INSTALL = "run `make build` once and then .venv/bin/python, or install requirements.txt"
_DESCRIPTION = "Reads reports: finds the places that they name, geocodes them, tags them with a phase and a date."


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; the exit code."""
    _speak_utf8()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # a process a core is faster than threads, and sums do not depend on how many there are
    args = _parsed(sys.argv[1:] if argv is None else argv)
    try:
        code: int = args.run(args)
        if sys.stdout is not None:  # it may be closed
            sys.stdout.flush()
    except ModuleNotFoundError as error:
        print(f"the package {error.name!r} is not installed for {sys.executable}; {_INSTALL}", file=sys.stderr)
        return USAGE
    except AtlasError as error:
        for line in str(error).split("\n"):
            _warn(line)
        return USAGE
    except KeyboardInterrupt:
        print("\nstopped; nothing half-written was left", file=sys.stderr)
        return STOPPED
    except BrokenPipeError:  # "| head" has read enough
        _let_go()
        return 0
    except OSError as error:  # a full disk behind "> file", a path that may not be looked at
        _warn(f"{error.filename or 'what is printed'}: {error.strerror or error}; check the path, its permissions and the room on its disk")
        if error.filename is None:
            _let_go()
        return USAGE
    return code


def _let_go() -> None:
    """Write what is left to print to nowhere: at its end Python would try it again, and complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parsed(argv: Sequence[str]) -> argparse.Namespace:
    """Read the arguments; what a command does not take ends the program with its own usage."""
    args, surplus = _parser().parse_known_args(_signed(argv))
    if surplus:
        hint = "" if surplus[0].startswith("-") else args.parser.get_default("surplus") or ""
        args.parser.error(f"{' '.join(map(repr, surplus))} is more than this command takes{hint}")
    return args


def _signed(argv: Sequence[str]) -> list[str]:
    """Join ``--near`` and a point south of the equator, which argparse would take for another option: it begins with a minus."""
    out: list[str] = []
    for word in argv:
        if out and out[-1] == "--near" and _SOUTHERN.match(word):
            out[-1] = f"--near={word}"
        else:
            out.append(word)
    return out


def _speak_utf8() -> None:
    """Print any name on any terminal: what its encoding lacks is written as an escape."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="backslashreplace")


def _plain(line: str) -> str:
    """Write what a terminal would obey instead of showing it as an escape."""
    return _UNSEEN.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), line)


def _warn(line: str) -> None:
    print(_plain(line), file=sys.stderr)


# ------------------------------------------------------------------ commands


def _build(args: argparse.Namespace) -> int:
    from gazetteer import codebook
    from gazetteer.build import RECORD, Task, build
    from gazetteer.index.build import ready
    from gazetteer.progress import Progress

    say = Progress()
    book = codebook.read(codebook.find(args.seeds, args.codebook))
    done, problems = build(Task(args.seeds, args.out, book, ready(say), _online(args), args.workers, args.force, _recognizer(args)), say)
    code = _report(problems)
    if done:
        print(_counted(args.out / RECORD), file=sys.stderr)
    print(f"tables written to {args.out}" if done else f"{args.out} is up to date", file=sys.stderr)
    return code


def _counted(path: Path) -> str:
    """Say what a build found, by its ``build.json``."""
    told = json.loads(path.read_text("utf-8"))
    tables = told["counts"]["tables"]
    named = {"document": tables["documents"], "place": tables["places"], "observation": tables["observations"]}
    found = ", ".join(f"{count} {name}{'' if count == 1 else 's'}" for name, count in named.items())
    unplaced = sum(item["kind"] == "literal" for item in told["unresolved"])
    return f"{found}; {unplaced} of the names could not be placed ({path.name} says why)" if unplaced else found


def _annotate(args: argparse.Namespace) -> int:
    from gazetteer import batch, codebook
    from gazetteer.files import make_folder
    from gazetteer.index.build import ready
    from gazetteer.progress import Progress

    say, online, recognizer = Progress(), _online(args), _recognizer(args)
    book, index = codebook.read(codebook.find(args.input, args.codebook)), ready(say)
    sources, decisions, problems = batch.inputs(args.input, index)
    make_folder(args.output)
    job = batch.Job(index.folder, book, decisions, online, recognizer)
    results: list[batch.Result] = []
    for result in batch.annotate(job, sources, args.output, batch.workers_for(len(sources), args.workers, online)):
        results.append(result)
        problems += result.problems
        say("reading documents", len(results) / len(sources))
    problems += batch.silent(book, results)
    written = sum(not any(problem.document for problem in result.problems) for result in results)
    if not written:
        raise batch.nothing_read(args.input, problems)
    code = _report(problems)
    print(f"{written} annotation file{'s' if written > 1 else ''} written to {args.output}", file=sys.stderr)
    return code


def _geocode(args: argparse.Namespace) -> int:
    from gazetteer.geocoding.geocoder import EmbeddedGeocoder, parse_country, parse_point
    from gazetteer.geocoding.online import Online
    from gazetteer.index.build import ready
    from gazetteer.progress import Progress

    near = None if args.near is None else parse_point(args.near)
    country = None if args.country is None else parse_country(args.country)
    settings = _online(args)
    index = ready(Progress())
    online = Online(settings, index) if settings else None
    geocoder = EmbeddedGeocoder(index, online)
    found = geocoder.candidates(args.name, near=near, country=country)
    for candidate in found[: args.limit]:
        place = candidate.place
        inside = ", ".join(part for part in (place.admin1_name if place.admin1 != place.id else "", place.country) if part)
        people = f", population {place.population:,}" if place.population and place.level in ("country", "locality") else ""
        behind = f" ({inside})" if inside else ""
        where = f"{place.latitude:9.4f} {place.longitude:10.4f}"
        print(_plain(f"{candidate.score:5.3f}  {where}  {place.level:8}  {place.id:14} {place.name}{behind}{people}"))
    for line in online.drain() if online else []:
        _warn(line)
    if found and (holder := geocoder.without_holder(args.name, found)):
        name = args.name.partition(",")[0].strip()
        _warn(f"none of these lies in {holder!r}, as far as the gazetteer knows; {name!r} alone, or --near LAT,LON, ranks all that bear the name")
    if not found:
        limits = f" in {country}" if country else ""
        parted = ", or put a comma before what it lies in" if " " in args.name and "," not in args.name else ""
        _warn(f"no place is called {args.name!r}{limits}; check the spelling{', or the country' if country else parted}")
    return 0 if found else FAILED


def _explain(args: argparse.Namespace) -> int:
    from gazetteer import codebook, explain, overrides
    from gazetteer.index.build import ready
    from gazetteer.mentions import recognizers
    from gazetteer.pipeline import Reader
    from gazetteer.progress import Progress

    folder = args.file.parent
    if not args.file.exists():
        raise InputError(f"{args.file}: no such file; give a document")
    book = codebook.read(codebook.find(folder, args.codebook))
    names = recognizers.load(args.recognizer)
    index = ready(Progress())
    decisions, problems = overrides.read(folder, index)
    found = explain.read(args.file, Reader(index, book, decisions, names=names))
    for line in explain.sentences(found) if args.sentence is None else explain.sentence(found, args.sentence):
        print(_plain(line))
    return _report(problems)


def _index(args: argparse.Namespace) -> int:
    from gazetteer.index import Index
    from gazetteer.index import build as index_build
    from gazetteer.progress import Progress

    own = index_build.own_path()
    if args.info:
        print(_told_of(index_build.ready(Progress())))
        return 0
    if own and (args.geonames or args.reset):
        raise InputError(f"EXPANSION_ATLAS_INDEX names {own}, which is used whatever else is chosen; unset it first")
    dump = index_build.Dump.of(args.geonames) if args.geonames else None if args.reset else index_build.chosen_dump()
    folder = index_build.build(own or index_build.default_path(dump), dump=dump, progress=Progress(), replace=not args.geonames and not args.reset)
    if args.geonames and dump:
        index_build.choose_dump(dump)
    elif args.reset:
        index_build.forget_dump()
    print(_told_of(Index(folder)))
    return 0


def _told_of(index: Index) -> str:
    """Tell what an index says of itself, as lines."""
    counts = ", ".join(f"{number:,} {name}" for name, number in index.meta.counts.items())
    lines = [
        f"folder    {index.folder}",
        f"holds     {len(index):,} places: {counts}",
        *(f"from      {name} {found}" for name, found in index.meta.versions.items()),
    ]
    if index.meta.unmatched:
        lines.append(f"unmatched {len(index.meta.unmatched)} aliases whose place is not in it: {', '.join(index.meta.unmatched[:10])}")
    return "\n".join(lines)


# ------------------------------------------------------------------ arguments


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m gazetteer", description=_DESCRIPTION, epilog="example: python -m gazetteer build --seeds my-reports")
    parser.add_argument("--version", action="version", version=f"expansion-atlas {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    build = _command(commands, "build", "read a folder of documents and write the tables that the map is drawn from", "build --seeds my-reports --out build")
    build.add_argument("--seeds", type=_path, default=Path("seeds"), metavar="DIR", help="folder of documents (default: seeds)")
    build.add_argument("--out", type=_path, default=Path("build"), metavar="DIR", help="folder for the tables (default: build)")
    build.add_argument("--force", action="store_true", help="build even where nothing has changed")
    _reading_options(build)
    build.set_defaults(run=_build, surplus="; name the folder of documents behind --seeds")

    annotate = _command(
        commands, "annotate", "read a folder of documents and write one annotation file (JSON) for each", "annotate my-reports annotations --workers 4"
    )
    annotate.add_argument("input", type=_path, metavar="INPUT_DIR", help="folder of documents")
    annotate.add_argument("output", type=_path, metavar="OUTPUT_DIR", help="folder for the annotation files")
    _reading_options(annotate)
    annotate.set_defaults(run=_annotate)

    geocode = _command(commands, "geocode", "print the ranked candidates for a name", 'geocode "Santa Cruz" --near -17.8,-63.2')
    geocode.add_argument("name", metavar="PLACE NAME", help='a name, also "City, State"')
    geocode.add_argument("--near", metavar="LAT,LON", help="prefer what lies near this point (WGS 84 degrees)")
    geocode.add_argument("--country", metavar="CC", help="only in this country (ISO 3166-1 alpha-2)")
    geocode.add_argument("--limit", type=_count, default=10, metavar="N", help="how many candidates (default: 10)")
    _online_options(geocode)
    geocode.set_defaults(run=_geocode, surplus="; put a name of several words in quotation marks")

    explain = _command(
        commands, "explain", "say why a sentence was read as it was; without --sentence list the sentences", "explain my-reports/report.txt --sentence 12"
    )
    explain.add_argument("file", type=_path, metavar="FILE", help="a document; the manifest, codebook and decisions of its folder count")
    explain.add_argument("--sentence", type=_count, metavar="N", help="number of the sentence, from 1 on")
    explain.add_argument("--codebook", type=_path, metavar="FILE", help="codebook (default: codebook.toml in the file's folder, else the project's own)")
    _recognizer_option(explain)
    explain.set_defaults(run=_explain)

    index = _command(commands, "index", "build the gazetteer's index anew, or say what it holds", "index --geonames allCountries.txt")
    what = index.add_mutually_exclusive_group()
    what.add_argument("--geonames", type=_path, metavar="FILE", help="build from a GeoNames dump (unpacked, from geonames.org) and use it from now on")
    what.add_argument("--reset", action="store_true", help="go back from a GeoNames dump to the installed data")
    what.add_argument("--info", action="store_true", help="only say what the index holds")
    index.set_defaults(run=_index)
    return parser


def _command(commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, what: str, example: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=what, description=what[0].upper() + what[1:] + ".", epilog=f"example: python -m gazetteer {example}"
    )
    parser.set_defaults(parser=parser)
    return parser


def _reading_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--codebook", type=_path, metavar="FILE", help="codebook (default: codebook.toml in the input folder, else the project's own)")
    parser.add_argument("--workers", type=_count, metavar="N", help="processes (default: one for each core where there are many documents)")
    _recognizer_option(parser)
    _online_options(parser)


def _recognizer_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--recognizer",
        metavar="NAME",
        default="",
        help="find names with spacy:NAME, a spaCy pipeline that you have installed (default: the program's own tagger)",
    )


def _online_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("online geocoder", "asked for names that the gazetteer does not know; off unless one is named")
    group.add_argument("--online", metavar="SERVICE", help="a geocoder of geopy's: nominatim, photon ...; its key, if any, in EXPANSION_ATLAS_ONLINE_KEY")
    group.add_argument("--online-domain", metavar="HOST", default="", help="a server of your own, such as nominatim.example.org or http://localhost:8080")
    group.add_argument("--online-user-agent", metavar="TEXT", default="", help="how to introduce yourself to the service")


def _path(text: str) -> Path:
    if not text.strip():
        raise argparse.ArgumentTypeError("the name is empty; give a file or folder")
    return Path(text)


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS and int(text) > 0):
        raise argparse.ArgumentTypeError(f"{text[:20]!r} is not a whole number from 1 to {10**_MAX_DIGITS - 1}")
    return int(text)


def _online(args: argparse.Namespace) -> Settings | None:
    """Read the online geocoder that is asked for, checked before anything is read. Raises InputError."""
    if not args.online:
        if args.online_domain or args.online_user_agent:
            raise InputError("--online-domain and --online-user-agent say how to ask a service; name it with --online, such as --online nominatim")
        return None
    from gazetteer.geocoding.online import Settings, check

    settings = Settings(args.online, args.online_domain)
    if args.online_user_agent:
        settings = replace(settings, user_agent=args.online_user_agent)
    check(settings)
    return settings


def _recognizer(args: argparse.Namespace) -> str:
    """Read which recognizer is asked for, checked before anything is read. Raises InputError."""
    if args.recognizer:
        from gazetteer.mentions import recognizers

        recognizers.load(args.recognizer)
    return str(args.recognizer)


def _report(problems: Sequence[Problem]) -> int:
    """Print what is wrong with the inputs; the exit code."""
    for problem in problems:
        _warn(problem.message)
    lost = sorted({problem.document for problem in problems if problem.document})
    if lost:
        _warn(f"{len(lost)} of the documents could not be read: {', '.join(lost)}; the others are done")
    return FAILED if lost else 0
