"""The command line: build, annotate, geocode, explain, index. Exit codes: 0 done, 1 some documents failed, 2 usage."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from gazetteer.documents import Problem
from gazetteer.errors import AtlasError

FAILED, USAGE = 1, 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m gazetteer", description="Reads reports: finds the places that they name, geocodes them, tags them with a phase and a date.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    build = _command(commands, "build", "read a folder of documents and write the tables that the map is drawn from", "build --seeds my-reports --out build")
    build.add_argument("--seeds", type=Path, default=Path("seeds"), metavar="DIR", help="folder of documents (default: seeds)")
    build.add_argument("--out", type=Path, default=Path("build"), metavar="DIR", help="folder for the tables (default: build)")
    build.add_argument("--force", action="store_true", help="build even where nothing has changed")
    _common(build)

    annotate = _command(commands, "annotate", "read a folder of documents and write one annotation file (JSON) for each", "annotate my-reports annotations --workers 4")
    annotate.add_argument("input", type=Path, metavar="INPUT_DIR", help="folder of documents")
    annotate.add_argument("output", type=Path, metavar="OUTPUT_DIR", help="folder for the annotation files")
    _common(annotate)

    geocode = _command(commands, "geocode", "print the ranked candidates for a name", 'geocode "Santa Cruz" --near=-17.8,-63.2')
    geocode.add_argument("name", metavar="PLACE NAME", help='a name, also "City, State"')
    geocode.add_argument("--near", metavar="LAT,LON", help="prefer what lies near this point (WGS 84 degrees; write --near=LAT,LON where LAT is negative)")
    geocode.add_argument("--country", metavar="CC", help="only in this country (ISO 3166-1 alpha-2)")
    geocode.add_argument("--limit", type=int, default=10, metavar="N", help="how many candidates (default: 10)")
    return parser


def _command(commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, what: str, example: str) -> argparse.ArgumentParser:
    return commands.add_parser(name, help=what, description=what[0].upper() + what[1:] + ".", epilog=f"example: python -m gazetteer {example}")


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--codebook", type=Path, metavar="FILE", help="codebook (default: codebook.toml in the input folder, else the project's own)")
    parser.add_argument("--workers", type=int, metavar="N", help="processes (default: one for each core where there are many documents)")


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; the exit code."""
    args = _parser().parse_args(argv)
    try:
        return {"build": _build, "annotate": _annotate, "geocode": _geocode}[args.command](args)
    except AtlasError as error:
        print(error, file=sys.stderr)
        return USAGE
    except KeyboardInterrupt:
        print("stopped; nothing half-written was left", file=sys.stderr)
        return 130


def _build(args: argparse.Namespace) -> int:
    from gazetteer import codebook
    from gazetteer.build import build
    from gazetteer.index_build import ready
    from gazetteer.progress import Progress

    say = Progress()
    book = codebook.read(codebook.find(args.seeds, args.codebook))
    done, problems = build(args.seeds, args.out, book, ready(say), workers=args.workers, force=args.force, progress=say)
    print(f"tables written to {args.out}" if done else f"{args.out} is up to date", file=sys.stderr)
    return _report(problems)


def _annotate(args: argparse.Namespace) -> int:
    from gazetteer import batch, codebook, documents, overrides
    from gazetteer.batch import Job, workers_for
    from gazetteer.files import make_folder
    from gazetteer.index_build import ready
    from gazetteer.progress import Progress

    say = Progress()
    sources, problems = documents.find_sources(args.input)
    book = codebook.read(codebook.find(args.input, args.codebook))
    make_folder(args.output)
    index = ready(say)
    decisions, wrong = overrides.read(args.input, index)
    problems += wrong
    results = batch.annotations(Job(index.folder, book, tuple(decisions)), sources, args.output, workers_for(len(sources), args.workers))
    for number, result in enumerate(results, 1):
        say("reading documents", number / len(sources))
        problems += result.problems
    return _report(problems)


def _geocode(args: argparse.Namespace) -> int:
    from gazetteer.geocoder import EmbeddedGeocoder, parse_point
    from gazetteer.index_build import ready
    from gazetteer.progress import Progress

    geocoder = EmbeddedGeocoder(ready(Progress()))
    near = parse_point(args.near) if args.near else None
    found = geocoder.candidates(args.name, near=near, country=args.country)
    for candidate in found[: args.limit]:
        place = candidate.place
        where = ", ".join(part for part in (place.admin1_name if place.admin1 != place.id else "", place.country) if part)
        print(f"{candidate.score:5.3f}  {place.latitude:9.4f} {place.longitude:10.4f}  {place.level:8}  {place.id:14} {place.name} ({where}), population {place.population:,}")
    if not found:
        print(f"no place is called {args.name!r}; check the spelling, or the country", file=sys.stderr)
        return FAILED
    return 0


def _report(problems: Sequence[Problem]) -> int:
    """Print what is wrong with the inputs; the exit code."""
    for problem in problems:
        print(problem.message, file=sys.stderr)
    lost = sorted({problem.document for problem in problems if problem.document})
    if lost:
        print(f"{len(lost)} of the documents could not be read: {', '.join(lost)}; the others are done", file=sys.stderr)
    return FAILED if lost else 0
