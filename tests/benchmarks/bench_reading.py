"""How well and how fast places and dates are read, beside the word-list tools of the package index, on the same documents in the same run.

    python -m tests.benchmarks.bench_reading [CORPUS.jsonl ...] [--every N]

Without a corpus the documents are the project's own held-out readings. A corpus has one JSON object a line: ``text``, ``published`` and ``toponyms`` (start,
end, surface, lat, lon) or ``timexes`` (start, end, value). Protocol of EUPEG (Wang and Hu 2019): only marked places with coordinates count, a hit is the same
surface with its middle within ten characters, and "end to end" wants the place within 161 km as well. The tools that find names but place none get the most
populous place of that name.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geopy.distance import great_circle

from gazetteer import codebook
from gazetteer.codebook import Codebook
from gazetteer.documents.running import segmented
from gazetteer.index import Index
from gazetteer.index import build as index_build
from gazetteer.pipeline import Reader
from gazetteer.records import Document
from gazetteer.text.language import language
from gazetteer.training.markup import read_all
from tests.reports import book

READINGS = Path(__file__).parents[1] / "readings"
NO_ACTOR = '[[phase]]\nid = "exploration"\norder = 1\n'
NEAR_KM = 161.0


@dataclass(frozen=True, slots=True)
class Named:
    """A name at characters ``start`` to ``end``; latitude and longitude in WGS 84 degrees, None where nothing is known of where it is."""

    start: int
    end: int
    surface: str
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """A document with what is marked in it: places, and time expressions as (start, end)."""

    text: str
    published: str
    language: str
    places: tuple[Named, ...] = ()
    times: tuple[tuple[int, int], ...] = ()


Find = Callable[[Text], tuple[list[Named], list[tuple[int, int]]]]


# ------------------------------------------------------------------ documents


def own() -> list[Text]:
    """The held-out readings."""
    found = []
    for reading in read_all(READINGS):
        places = (
            Named(mention.start, mention.end, mention.surface, reading.places[mention.place].latitude, reading.places[mention.place].longitude)
            for mention in reading.mentions
            if mention.kind == "literal"
        )
        found.append(Text(reading.text, reading.published, reading.language, tuple(places)))
    return found


def of_corpus(path: Path, every: int) -> list[Text]:
    """A corpus of toponyms or of time expressions, one document of ``every``."""
    rows: Iterable[dict[str, Any]] = (json.loads(line) for line in path.read_text("utf-8").rstrip("\n").split("\n")[::every])
    return [
        Text(
            row["text"],
            (row.get("published") or "")[:10],
            "en",
            tuple(Named(item["start"], item["end"], item["surface"], item["lat"], item["lon"]) for item in row.get("toponyms", ())),
            tuple((item["start"], item["end"]) for item in row.get("timexes", ())),
        )
        for row in rows
    ]


# ------------------------------------------------------------------ systems


def atlas(index: Index) -> Find:
    """This program as `annotate` reads a folder that has no codebook: dates too, and phases where a text names an actor of the project's codebook."""
    return _reader(index, codebook.read(codebook.default_path()))


def atlas_of_anybody(index: Index) -> Find:
    """This program with a codebook that names no actor: the encoder reads every sentence with a place, whatever the text is about."""
    return _reader(index, book(NO_ACTOR))


def _reader(index: Index, read_by: Codebook) -> Find:
    reader = Reader(index, read_by)

    def find(text: Text) -> tuple[list[Named], list[tuple[int, int]]]:
        found = language(text.language)
        assert found is not None
        dated = "stated" if text.published else "unknown"
        reading = reader.read(Document("a", "a.txt", text.text, "", "", "", "", text.language, "F", text.published, dated, *segmented(text.text, found)))
        places = [
            Named(item.mention.start, item.mention.end, item.mention.surface, item.place.latitude, item.place.longitude)
            for item in reading.resolutions
            if item.place is not None and item.mention.kind != "embedded"
        ]
        return places, [(timex.start, timex.end) for timex in reading.timexes]

    return find


def most_populous(index: Index) -> Callable[[str], tuple[float, float] | None]:
    """The point of the most populous place of a name."""
    known: dict[str, tuple[float, float] | None] = {}

    def point(name: str) -> tuple[float, float] | None:
        if name not in known:
            facts = [index.facts(number) for number, _ in index.lookup(name.lower())]
            best = max(facts, key=lambda item: item.population, default=None)
            known[name] = (best.latitude, best.longitude) if best else None
        return known[name]

    return point


def _spans(text: str, names: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    position = 0
    for name in names:
        start = text.find(name, position)
        if start >= 0:
            yield start, start + len(name), name
            position = start + len(name)


def geotext(index: Index) -> Find:
    """geotext: words with a capital that are in a list of cities or countries."""
    from geotext import GeoText

    point = most_populous(index)

    def find(text: Text) -> tuple[list[Named], list[tuple[int, int]]]:
        found = GeoText(text.text)
        return [
            Named(start, end, name, *(point(name) or (None, None)))
            for names in (found.cities, found.countries)
            for start, end, name in _spans(text.text, names)
        ], []

    return find


def flashgeotext(index: Index) -> Find:
    """flashgeotext: the same by a trie."""
    from flashgeotext.geotext import GeoText

    tool, point = GeoText(), most_populous(index)

    def find(text: Text) -> tuple[list[Named], list[tuple[int, int]]]:
        found = tool.extract(text.text)
        spans = [span for kind in found.values() for item in kind.values() for span in item["span_info"]]
        return [Named(start, end, text.text[start:end], *(point(text.text[start:end]) or (None, None))) for start, end in spans], []

    return find


def dateparser(_index: Index) -> Find:
    """dateparser's search for dates in a text."""
    from dateparser.search import search_dates

    def find(text: Text) -> tuple[list[Named], list[tuple[int, int]]]:
        found = search_dates(text.text, languages=[text.language]) or []
        return [], [(start, end) for start, end, _ in _spans(text.text, (name for name, _ in found))]

    return find


SYSTEMS: dict[str, Callable[[Index], Find]] = {
    "Expansion Atlas": atlas,
    "Expansion Atlas, phases of anybody": atlas_of_anybody,
    "geotext": geotext,
    "flashgeotext": flashgeotext,
    "dateparser": dateparser,
}


# ------------------------------------------------------------------ scores


@dataclass(slots=True)
class Counts:
    """Hits, false ones, missed ones; and of the hits those that lie near enough."""

    hits: int = 0
    false: int = 0
    missed: int = 0
    near: int = 0

    def f1(self, right: int) -> float:
        """F1 where ``right`` of the found ones count."""
        return 2 * right / max(1, 2 * self.hits + self.false + self.missed)


def count_places(wanted: Sequence[Named], found: Sequence[Named]) -> Counts:
    """EUPEG's count of one document."""
    counts, left = Counts(), [item for item in found if item.latitude is not None]
    for gold in wanted:
        if gold.latitude is None:
            continue
        hit = next((item for item in left if item.surface.lower() == gold.surface.lower() and abs(item.start + item.end - gold.start - gold.end) < 20), None)
        if hit is None:
            counts.missed += 1
            continue
        left.remove(hit)
        counts.hits += 1
        counts.near += great_circle((gold.latitude, gold.longitude), (hit.latitude, hit.longitude)).km < NEAR_KM
    counts.false = len(left)
    return counts


def count_times(wanted: Sequence[tuple[int, int]], found: Sequence[tuple[int, int]]) -> Counts:
    """Relaxed spans: any overlap is a hit."""
    hit = [gold for gold in wanted if any(start < gold[1] and gold[0] < end for start, end in found)]
    false = [item for item in found if not any(item[0] < end and start < item[1] for start, end in wanted)]
    return Counts(len(hit), len(false), len(wanted) - len(hit))


def measured(texts: Sequence[Text], find: Find) -> tuple[Counts, Counts, float]:
    """Counts of places and of time expressions over all documents, and the seconds that reading them took; the first document warms up."""
    find(texts[0])
    begun = time.perf_counter()
    found = [find(text) for text in texts]
    seconds = time.perf_counter() - begun
    total = [Counts(), Counts()]
    for text, (places, times) in zip(texts, found, strict=True):
        for sum_, one in zip(total, (count_places(text.places, places), count_times(text.times, times)), strict=True):
            sum_.hits, sum_.false, sum_.missed, sum_.near = sum_.hits + one.hits, sum_.false + one.false, sum_.missed + one.missed, sum_.near + one.near
    return total[0], total[1], seconds


PUBLISHED = """Published figures on the same protocol: LGL recognition .713 (DBpedia Spotlight), end to end .469 (CamCoder); floor of a word list .270.
TUD-Loc-2013: floor .438. AQUAINT, relaxed spans: HeidelTime .925, Recognizers-Text .814, dateparser .776.
Speed: Mordecai 9-11 documents/s, Irchel 4-12 on a GPU, HeidelTime 0.4."""


def main() -> int:
    """Print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="*", type=Path)
    parser.add_argument("--every", type=int, default=1)
    options = parser.parse_args()
    index = index_build.ready()
    sets = {path.stem: of_corpus(path, options.every) for path in options.corpora} or {"held-out readings": own()}
    print(f"| documents | system | recognition F1 | end-to-end F1@161 | time spans F1 | documents/s |\n|{'---|' * 6}")
    for title, texts in sets.items():
        for name, make in SYSTEMS.items():
            try:
                find = make(index)
            except ImportError:
                print(f"| {title} ({len(texts)}) | {name} | not installed: pip install -r tests/benchmarks/requirements.txt | | | |")
                continue
            places, times, seconds = measured(texts, find)
            marked = places.hits + places.missed, times.hits + times.missed
            shown = (
                f"{places.f1(places.hits):.3f}" if marked[0] and name != "dateparser" else "",
                f"{places.f1(places.near):.3f}" if marked[0] and name != "dateparser" else "",
            )
            spans = f"{times.f1(times.hits):.3f}" if marked[1] and (name == "dateparser" or name.startswith("Expansion Atlas")) else ""
            print(f"| {title} ({len(texts)}) | {name} | {shown[0]} | {shown[1]} | {spans} | {len(texts) / seconds:.0f} |", flush=True)
    print(PUBLISHED)
    return 0


if __name__ == "__main__":
    sys.exit(main())
