"""Why a sentence was read as it was: its names and what they may mean, its dates, its cues, its phases, and the observations that follow or why none does.

Everything is taken from the stages themselves, which are asked again for what they weighed; nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gazetteer import documents, overrides
from gazetteer.codebook import CONTEXT
from gazetteer.codebook.cues import Hit
from gazetteer.documents import Source, manifest, running
from gazetteer.errors import InputError
from gazetteer.hidden_layer import Network
from gazetteer.passages import Passage
from gazetteer.passages.clauses import nearness, span_distance
from gazetteer.phases import Judgement
from gazetteer.phases.features import NEAR
from gazetteer.pipeline import Reader, Reading
from gazetteer.records import BY_PERSON, Document, Observation, Place, Resolution, Sentence, Timex
from gazetteer.resolution.candidates import Group
from gazetteer.resolution.ranking import FEATURES, named
from gazetteer.resolution.shortlist import SEEN
from gazetteer.resolution.votes import Votes

_MOST_CANDIDATES = 5
_MOST_REASONS = 4
_LEAST_REASON = 0.1
"""Weight below which a feature is not worth a word."""
_PREVIEW = 96
_IN_WORDS = {
    "none": "any name may be missing from the gazetteer",
    "none, several words": "a name of several words is rarely a wrong match",
    "none, the only one of several words": "a name of several words that one place alone bears",
    "none, own name of an area": "an area bears the name as its own",
    "none, own name of a town": "a town bears the name as its own",
    "population": "how many live there",
    "share": "its share of all who live in towns of the name",
    "country": "it is a country",
    "admin1": "it is a state or province",
    "admin2": "it is a county or district",
    "region": "it is a region",
    "facility": "it is a building or a post",
    "alternate": "the name is not its first one",
    "short": "the name is an abbreviation",
    "relaxed": "the name lacks a part of its own",
    "level said": "the words beside the name say what it is",
    "other level": "the words beside the name say that it is something else",
    "inside what follows": "it lies in the place that the text sets it in",
    "outside what follows": "it lies outside the place that the text sets it in",
    "country named": "the text names its country",
    "country of others": "other places of the text lie in its country",
    "country of most": "most places of the text lie in its country",
    "unit named": "the text names its state or province",
    "unit of others": "other places of the text lie in its state or province",
    "unit of most": "most places of the text lie in its state or province",
    "unit shared": "other names could lie in its state or province",
    "unit shared by most": "most other names could lie in its state or province",
    "country shared": "other names could lie in its country",
    "near others": "it lies near other places of the text",
    "in the region of others": "it lies in the region of other places of the text",
    "country unheard of": "nothing else in the text lies in its country",
    "outside the only country": "all other places of the text lie in another country",
    "outside the only unit": "all other places of the text lie in another state or province",
    "its country beside": "its country is named close by",
    "places of its country beside": "places of its country are named close by",
    "places of its unit beside": "places of its state or province are named close by",
    "holds what it follows": "it holds what the text sets in it",
    "like its neighbours in a list": "it is of the kind of its neighbours in a list",
    "people": "how many live in all of it",
    "radius": "how large it is",
    "people unknown": "nobody knows how many live there",
    "fewer people than the largest": "how it compares with the largest town of the name",
    "an area has its name": "an area around it has its name",
    "a town has its name": "a town in it has its name",
    "level spoken of": "what the words around the name speak of",
    "level spoken of before others": "the words around the name speak of it rather than of the others",
    "alternate, not in English": "the name is not its first one, but the text is not in English",
    "one country": "how far the text keeps to one country",
    "one unit": "how far the text keeps to one state or province",
    "many names": "how many places the text names",
    "many countries": "over how many countries the text roams",
    "the only one": "nothing else bears the name",
    "several words": "a name of several words",
    "ordinary word": "an ordinary word",
    "surname": "a surname",
    "given name": "a given name",
    "many mentions": "how often the text names it",
    "not in English": "the text is not in English",
    "first ranking": "what the first ranking gave it",
    "population, many countries": "how many live there, in a text that roams",
    "share, many countries": "its share of all who live in towns of the name, in a text that roams",
}
_BASES = {
    "stated": "says its own year",
    "document": "counted from the document's date",
    "text": "counted from an earlier date of the text",
    "none": "nothing to count from",
}


@dataclass(frozen=True, slots=True)
class Explained:
    """A document, what read it, and what was read in its running text."""

    document: Document
    reader: Reader
    reading: Reading


def read(path: Path, reader: Reader) -> Explained:
    """Read one file, with what the manifest of its folder says of it.

    Raises InputError where it cannot be read.
    """
    if path.is_dir():
        raise InputError(f"{path}: is a folder; give one of its documents")
    if path.suffix.lower() not in documents.SUFFIXES:
        raise InputError(f"{path}: {manifest.NO_TEXT}")
    source = Source(path)
    if path.parent.is_dir():
        source = next((found for found in documents.find_sources(path.parent)[0] if found.path.name == path.name), source)
    document, _ = documents.read(source)
    return Explained(document, reader, reader.read_plain(*running.as_read(document)))


def sentences(explained: Explained) -> Iterator[str]:
    """List the sentences with their numbers, how many places each names and how many observations it gives, below a line that says so."""
    yield "sentence, how many places it names, how many observations it gives, its text"
    for passage in explained.reading.passages:
        given = len(_given(explained.reading, passage.sentence))
        marks = f"{len(passage.named) or '-':>3} {given or '-':>3}"
        text = _text(explained.reading, passage.sentence.start, passage.sentence.end)
        yield f"{passage.sentence.index + 1:>4} {marks}  {_cut(text)}"


def sentence(explained: Explained, number: int) -> Iterator[str]:
    """Explain a sentence, given by its number from 1 on.

    Raises InputError where the document has no such sentence.
    """
    passages = explained.reading.passages
    if not 1 <= number <= len(passages):
        raise InputError(f"{explained.reading.document.file}: has no sentence {number}; it has {len(passages)}, listed without --sentence")
    passage = passages[number - 1]
    document, here = explained.reading.document, explained.document.sentences[number - 1]
    when = f"document of {document.published or 'unknown date'} ({document.published_status})"
    yield f"{document.file}, sentence {number} ({here.role}), characters {here.start} to {here.end}, {when}"
    yield f"  {_text(explained.reading, passage.sentence.start, passage.sentence.end)}"
    yield from _block("places", _mentions(explained, passage))
    yield from _block("dates", _timexes(explained.reading, passage))
    yield from _block("cues", _cues(explained, passage))
    judged = _judged(explained, number - 1)
    yield from _block("phases", _phases(explained, judged))
    yield from _block("observations", _observations(explained, passage, judged))


def _block(title: str, lines: Iterator[str]) -> Iterator[str]:
    yield ""
    yield title
    found = [f"  {line}" for line in lines]
    yield from found or ["  none"]


def _text(reading: Reading, start: int, end: int) -> str:
    return " ".join(reading.document.text[start:end].split())


def _given(reading: Reading, here: Sentence) -> list[Observation]:
    return [item for item in reading.observations if item.evidence_start == here.start and item.phase != CONTEXT]


def _place(place: Place) -> str:
    where = ", ".join(part for part in (place.admin1_name if place.admin1 != place.id else "", place.country) if part)
    return f"{place.name}{f' ({where})' if where else ''}, {place.level}, {place.id}"


# ------------------------------------------------------------------ places


def _mentions(explained: Explained, passage: Passage) -> Iterator[str]:
    reading, resolver = explained.reading, explained.reader.resolver
    mentions = [resolution.mention for resolution in reading.resolutions]
    groups = resolver.groups(reading.document.text, mentions)
    possible = resolver.rank_first(groups)
    countries, units = named(groups)
    votes = Votes(groups, possible)
    looks = list(resolver.looks(groups, possible, reading.document.language))
    reasons = {id(group): _first_reasons(resolver.weights, resolver.features(group, groups, countries, units, votes)) for group in groups}
    for look in looks:
        reasons[id(look.group)] |= {number: _second_reasons(resolver.network, row) for number, row in zip(look.candidates, look.rows, strict=True)}
    resolver.settle(groups, looks)
    of_mention = {number: group for group in groups for number in group.mentions}
    for number, resolution in enumerate(reading.resolutions):
        mention = resolution.mention
        if not passage.sentence.start <= mention.start < passage.sentence.end:
            continue
        yield f"{mention.surface!r} ({', '.join(_said(resolution))})"
        if resolution.place:
            yield f"  means {_place(resolution.place)}, score {resolution.score:.2f}: {resolution.reason} ({resolution.method})"
        else:
            yield f"  left without a place: {resolution.reason} (score {resolution.score:.2f})"
        group = of_mention[number]
        if group.numbers and resolution.method != BY_PERSON:
            yield from _candidates(explained, group, reasons[id(group)])


def _said(resolution: Resolution) -> Iterator[str]:
    mention = resolution.mention
    yield mention.kind
    if mention.within:
        yield f"within {mention.within!r}"
    if mention.name and not mention.name.startswith("#"):
        yield f"of {mention.name}"
    if mention.levels:
        yield "the words beside it say " + " or ".join(mention.levels)
    if mention.near:
        yield "only near it"


Reasons = dict[str, float]
"""What weighed how much, by the feature."""


def _first_reasons(weights: Sequence[float], rows: Sequence[Mapping[int, float]]) -> dict[int, Reasons]:
    """Give the reasons of the first ranking, by the candidate's number."""
    return {candidate: {FEATURES[number]: weights[number] * value for number, value in row.items()} for candidate, row in enumerate(rows)}


def _second_reasons(network: Network, row: Sequence[float]) -> Reasons:
    """Give the reasons of the choice among the likeliest."""
    return {SEEN[column]: part for column, part in network.parts(row).items()}


def _candidates(explained: Explained, group: Group, reasons: Mapping[int, Reasons]) -> Iterator[str]:
    """Give the likeliest candidates, "none of them" among them, each with what weighed most."""
    resolver = explained.reader.resolver
    order = sorted(range(len(group.chances)), key=lambda i: -group.chances[i])[:_MOST_CANDIDATES]
    for i in order:
        what = _place(resolver.index.place(group.numbers[i])) if i < len(group.numbers) else "none of them"
        yield f"  {group.chances[i]:.3f}  {what}: {_in_words(reasons[i])}"
    left = len(group.chances) - len(order)
    if left > 0:
        yield f"         and {left} more"


def _in_words(reasons: Reasons) -> str:
    parts = sorted(reasons.items(), key=lambda part: -abs(part[1]))
    told = [f"{_IN_WORDS[name]} {weight:+.1f}" for name, weight in parts[:_MOST_REASONS] if abs(weight) >= _LEAST_REASON]
    return "; ".join(told) or "nothing speaks for or against it"


# ------------------------------------------------------------------ dates and cues


def _timexes(reading: Reading, passage: Passage) -> Iterator[str]:
    for _, _, timex in passage.timexes:
        yield f"{_text(reading, timex.start, timex.end)!r}: {_when(timex)}"


def _when(timex: Timex) -> str:
    aside = "; of a clause beside the story" if timex.aside else ""
    if not timex.edtf:
        return f"{timex.type} {timex.value}, dates nothing{aside}"
    south = f", south of the equator {timex.southern}" if timex.southern not in ("", timex.edtf) else ""
    return f"{timex.type} {timex.value}, dates {timex.edtf}{south} ({timex.precision}), {_BASES[timex.basis]}{aside}"


def _cues(explained: Explained, passage: Passage) -> Iterator[str]:
    stages = explained.reader.stages(explained.reading.document.language)
    hits, phases = stages.passages.hits(passage), stages.phases.features.sense
    denials = [hit for hit in hits if hit.cue.sense == "status:negated"]
    for hit in hits:
        whose = "codebook" if hit.cue.own else "general"
        near = [
            _words(explained, passage, denial)
            for denial in denials
            if hit.cue.sense.startswith("phase:") and denial.start not in range(hit.start, hit.end) and _apart(passage, denial, hit) >= NEAR
        ]
        denied = f", negated by {near[0]!r}" if near else ""
        yield f"{_words(explained, passage, hit)!r}: {_tells(hit, phases)}, weight {hit.cue.weight:g}, {whose} cue {_cut(hit.cue.text)!r}{denied}"


def _tells(hit: Hit, phases: Mapping[str, str]) -> str:
    """Say what a cue tells of. ``phases``: the codebook's own by the known one that each is like; where it has another id, that is named too."""
    kind, _, sense = hit.cue.sense.partition(":")
    here = phases.get(f"phase:{sense}", sense) if kind in ("phase", "family") else sense
    told = sense if here == sense else f"{sense}, here {here}"
    return f"family {hit.cue.family} ({told})" if hit.cue.family else f"{kind} {told}"


def _cut(text: str) -> str:
    return text if len(text) <= _PREVIEW else text[: _PREVIEW - 3] + "..."


def _apart(passage: Passage, first: Hit, second: Hit) -> float:
    return nearness(span_distance(passage.scale, (first.start, first.end), (second.start, second.end))) if passage.scale else 0.0


def _words(explained: Explained, passage: Passage, hit: Hit) -> str:
    tokens = explained.reading.tokens
    return _text(explained.reading, tokens.starts[passage.first + hit.start], tokens.ends[passage.first + hit.end - 1])


# ------------------------------------------------------------------ phases and observations


def _judged(explained: Explained, number: int) -> list[Judgement]:
    """What became of the places of a sentence; empty where the document names no actor, so that nothing is said of any place."""
    if not explained.reading.actors.is_told_of:
        return []
    tagger = explained.reader.stages(explained.reading.document.language).phases
    return [judged for judged in tagger.judge(explained.reading.passages) if judged.passage == number]


def _phases(explained: Explained, found: Sequence[Judgement]) -> Iterator[str]:
    if found:
        yield "each chance in the light of the whole document; in brackets, what the sentence by itself gave"
    for judged in found:
        told = sorted(judged.chances.items(), key=lambda chance: -chance[1])
        marks = [f"{phase} {chance:.2f} ({_parts(judged, phase)}{', said' if phase in judged.said else ''})" for phase, chance in told]
        why = "only says where something is; " if judged.qualifies else ""
        yield f"{_name(explained, judged)}: {why}{', '.join(marks)}; a phase is said from {_bounds(judged)}"


def _bounds(judged: Judgement) -> str:
    """The chances from which phases are said: the least one, and those of the phases that it takes more to say here."""
    usual = min(judged.takes.values())
    more = [f"{phase} from {chance:.2f}" for phase, chance in judged.takes.items() if chance > usual]
    return ", ".join([f"{usual:.2f} on", *more])


def _parts(judged: Judgement, phase: str) -> str:
    """The chances that a chance is made of."""
    heard = f", encoder {judged.opinion[phase]:.2f}" if phase in judged.opinion else ""
    return f"first look {judged.first[phase]:.2f}{heard}"


def _name(explained: Explained, judged: Judgement) -> str:
    passage, found, reading = explained.reading.passages[judged.passage], judged.place, explained.reading
    if not passage.named:
        return f"{found.resolution.mention.surface!r}, named before"
    words = _text(reading, reading.tokens.starts[passage.first + found.start], reading.tokens.ends[passage.first + found.end - 1])
    return f"{words!r} for {found.resolution.mention.surface!r}" if found.points_back else repr(words)


def _observations(explained: Explained, passage: Passage, judged: Sequence[Judgement]) -> Iterator[str]:
    given = _given(explained.reading, passage.sentence)
    for item in given:
        place = item.place.name if item.place else f"{item.mention.surface} (no place)"
        who = f" of {item.actor}" if item.actor else ""
        when = f"{item.date or 'no date'} ({item.precision}, from the {item.provenance})" if item.provenance != "none" else "no date"
        cue = f", for {item.cue!r}" if item.cue else ""
        doing = f", {', '.join(item.activities)}" if item.activities else ""
        yield f"{item.phase}{who} in {place}, {when}, {item.status}, confidence {item.confidence:.2f}{cue}{doing}"
    if not given:
        yield "none, since " + _why_none(explained, passage, judged)


def _why_none(explained: Explained, passage: Passage, found: Sequence[Judgement]) -> str:
    reading, codebook = explained.reading, explained.reader.codebook
    if not passage.named and not found:
        here = [item for item in reading.resolutions if passage.sentence.start <= item.mention.start < passage.sentence.end]
        others = [item.mention.kind for item in here if not overrides.is_no_place(item)]
        return f"it names no place in the literal sense, only {', '.join(dict.fromkeys(others))} ones" if others else "it names no place"
    if not reading.actors.is_told_of:
        return f"the document names none of the codebook's actors ({', '.join(actor.name for actor in codebook.actors)})"
    best = [(chance, phase, judged) for judged in found for phase, chance in judged.chances.items()]
    if not best:
        return "the codebook has no phase"
    chance, phase, judged = max(best, key=lambda item: item[:2])
    likeliest = f"{phase} of {_name(explained, judged)}"
    if judged.qualifies:
        return f"{likeliest} is the likeliest with {chance:.2f}, but that name only says where something is"
    if phase in judged.said:
        return f"{likeliest} is the likeliest with {chance:.2f}, but the sentence says that it is not so, or not yet"
    silent = "" if passage.named else "it names no place, and "
    return f"{silent}no phase is likely enough: the likeliest is {likeliest} with {chance:.2f}, and it takes {judged.takes[phase]:.2f}"
