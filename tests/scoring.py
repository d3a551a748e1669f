"""Scores of what the program reads in annotated documents: recognition, places, phases, dates and status, summed over the documents.

* recognition: literal mentions with exactly the marked span, F1;
* places: of those, the share within 161 km (100 miles) of the marked point, or at the marked country or the area of the marked name;
* phases: pairs of place and phase of a document, F1; for the actor that it follows, all where it follows none;
* dates and status: of the pairs that are right, the share with the earliest observation's start in the marked unit, and with its status.

    python -m tests.scoring [FOLDER]

prints them for all held-out readings, by sort and language (five minutes), or for the annotated documents in another folder.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from pathlib import Path

from gazetteer.codebook import CONTEXT
from gazetteer.index import Facts, Index
from gazetteer.index.build import ready
from gazetteer.index.containment import distance_km
from gazetteer.pipeline import Reader
from gazetteer.pipeline import Reading as Read
from gazetteer.records import AREA_LEVELS, Place
from gazetteer.text.names import key
from gazetteer.training.agreement import Target, earliest, same_start
from gazetteer.training.instances import codebook_of, document_of
from gazetteer.training.markup import MarkedPlace, Reading, read_all

HELD_OUT = Path(__file__).parent / "readings"
HARD, MANY = tuple("abc"), tuple("nopqrstuvwyz")
"""What the names of two sorts of held-out readings begin with; the others are plain reports."""
NEAR_KM = 161.0
SAME_POINT_KM = 50.0
"""How far two readers' points of one town or building may lie apart."""


@dataclass(frozen=True, slots=True)
class Said:
    """One observation, the program's or the annotator's."""

    start: int
    date: str
    precision: str
    status: str


@dataclass(frozen=True, slots=True)
class Scores:
    """Each from 0 to 1."""

    recognition: float
    places: float
    phases: float
    dates: float
    status: float


def sort_of(reading: Reading) -> str:
    """Tell how a held-out reading was written: on purpose in a roundabout way, plainly, or in one of many kinds of text."""
    return "hard" if reading.id.startswith(HARD) else "many" if reading.id.startswith(MANY) else "plain"


def score(index: Index, readings: Iterable[Reading]) -> Scores:
    """Read the texts of some readings and score what was found."""
    counts: Counter[str] = Counter()
    for reading in readings:
        read = Reader(index, codebook_of(reading)).read(document_of(reading))
        _score_mentions(counts, reading, read)
        if reading.observations:  # others are annotated for their places only
            _score_observations(counts, reading, read)
    return Scores(
        recognition=_f1(counts["spans"], counts["spans found"], counts["spans marked"]),
        places=counts["near"] / counts["spans"],
        phases=_f1(counts["pairs"], counts["pairs found"], counts["pairs marked"]),
        dates=counts["dates"] / counts["matched"],
        status=counts["statuses"] / counts["matched"],
    )


def _f1(both: int, found: int, marked: int) -> float:
    return 2 * both / (found + marked)


# ------------------------------------------------------------------ mentions


def _score_mentions(counts: Counter[str], reading: Reading, read: Read) -> None:
    marked = {(mention.start, mention.end): reading.places[mention.place] for mention in reading.mentions if mention.kind == "literal"}
    found = {(item.mention.start, item.mention.end): item.place for item in read.resolutions if item.mention.kind == "literal"}
    both = marked.keys() & found.keys()
    counts += Counter(
        {"spans": len(both), "spans found": len(found), "spans marked": len(marked), "near": sum(_is_near(marked[span], found[span]) for span in both)}
    )


def _is_near(marked: MarkedPlace, found: Place | None) -> bool:
    return found is not None and (_same_area(marked, found) or _distance_km(marked, found) <= NEAR_KM)


def _same_area(marked: MarkedPlace, found: Place) -> bool:
    """Whether both are the same country, or areas of one name in one country: their points say nothing then."""
    if marked.level not in AREA_LEVELS or found.level not in AREA_LEVELS:
        return False
    if "country" in (marked.level, found.level):
        return marked.level == found.level and marked.country == found.country
    return key(marked.name).removeprefix("the ") == key(found.name).removeprefix("the ") and (marked.country == found.country or marked.level == "region")


def _distance_km(marked: MarkedPlace, found: Place) -> float:
    return distance_km(Facts(found.latitude, found.longitude, 0, 0.0, 0, found.country, found.level), Target.of(marked).facts())


# ------------------------------------------------------------------ observations


def _score_observations(counts: Counter[str], reading: Reading, read: Read) -> None:
    first = reading.actors[0][0] if reading.actors else ""
    marked: dict[tuple[str, str], list[Said]] = defaultdict(list)
    for mark in reading.observations:
        if mark.actor == first:
            marked[mark.place, mark.phase].append(Said(mark.end, mark.date or reading.published, mark.precision, mark.status))
    found: dict[tuple[str, str], list[Said]] = defaultdict(list)
    places: dict[str, Place] = {}
    for item in read.observations:
        if item.place is not None and item.phase != CONTEXT and item.actor in (None, first or None):
            places[item.place.id] = item.place
            found[item.place.id, item.phase].append(Said(item.evidence_start, item.date, item.precision, item.status))
    pairs = list(_matched(reading, marked, found, places))
    if reading.phases:
        counts += Counter({"pairs": len(pairs), "pairs found": len(found), "pairs marked": len(marked)})
    for mine, theirs in pairs:
        wanted, got = _earliest(marked[mine]), _earliest(found[theirs])
        counts += Counter({"matched": 1, "dates": int(same_start(wanted.date, wanted.precision, got.date)), "statuses": int(wanted.status == got.status)})


def _matched(
    reading: Reading, marked: Iterable[tuple[str, str]], found: Iterable[tuple[str, str]], places: dict[str, Place]
) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Pairs of the annotator's and the program's that say the same phase of the same place, one to one, the nearest first."""
    near = sorted(
        (distance, mine, theirs)
        for mine in marked
        for theirs in found
        if mine[1] == theirs[1] and (distance := _same_place_km(reading.places[mine[0]], places[theirs[0]])) is not None
    )
    taken: set[tuple[str, tuple[str, str]]] = set()
    for _, mine, theirs in near:
        if taken.isdisjoint({("marked", mine), ("found", theirs)}):
            taken |= {("marked", mine), ("found", theirs)}
            yield mine, theirs


def _same_place_km(marked: MarkedPlace, found: Place) -> float | None:
    """How far apart two places are that can be the same one, None where they cannot."""
    if _same_area(marked, found):
        return 0.0
    area = marked.level in AREA_LEVELS
    if "country" in (marked.level, found.level) or area != (found.level in AREA_LEVELS) or (marked.level == "region") != (found.level == "region"):
        return None
    distance = _distance_km(marked, found)
    return distance if distance <= (NEAR_KM if area else SAME_POINT_KM) else None


def _earliest(said: Iterable[Said]) -> Said:
    """The observation with the earliest date, of those the one that stands first."""
    return min(said, key=lambda item: (earliest(item.date) or "9999", item.start))


def main() -> None:
    """Print the scores of a folder of readings."""
    index, readings = ready(), tuple(read_all(Path(sys.argv[1]) if len(sys.argv) > 1 else HELD_OUT))
    for sort, code in sorted({(sort_of(reading), reading.language) for reading in readings}):
        chosen = [reading for reading in readings if (sort_of(reading), reading.language) == (sort, code)]
        print(sort, code, f"{len(chosen)} documents:", *(f"{value:.3f}" for value in astuple(score(index, chosen))), flush=True)


if __name__ == "__main__":
    main()
