"""Why a sentence was read as it was, as the command prints it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gazetteer import codebook, explain
from gazetteer.cli import main
from gazetteer.errors import InputError
from gazetteer.explain import Explained
from gazetteer.index import Index
from gazetteer.pipeline import Reader
from gazetteer.resolution.shortlist import SEEN

Folder = Callable[..., Path]
TEXT = (
    "Tren de Aragua arrived in Lima in 2018, crossing from Ecuador.\n\n"
    "In March the gang took over brothels in San Juan de Lurigancho, a district of Lima. Police never found a cell in Arequipa. "
    "The New York Post reported that Venezuelan migrants were robbed. They arrived in Zzyxqaville, near Lima. A priest was born at Xyzzyqua in Ecuador.\n"
)
MANIFEST = "file,published\na.txt,2021-06-05\n"
CODEBOOK = (
    '[[actor]]\nid = "hornets"\nname = "Hornets"\n\n[[phase]]\nid = "arrival"\nlabel = "Arrival"\norder = 1\ndefinition = "First seen."\ncues = ["arriv*"]\n'
)


@pytest.fixture
def explained(folder: Folder, index: Index) -> Explained:
    path = folder(**{"a.txt": TEXT, "documents.csv": MANIFEST}) / "a.txt"
    return explain.read(path, Reader(index, codebook.read(codebook.find(Path("nowhere"), None))))


def block(explained: Explained, number: int, title: str) -> list[str]:
    """The lines of one part of an explanation."""
    lines = list(explain.sentence(explained, number))
    start = lines.index(title) + 1
    end = lines.index("", start) if "" in lines[start:] else len(lines)
    return [line.removeprefix("  ") for line in lines[start:end]]


def test_sentences_are_listed_with_numbers_places_and_observations(explained: Explained) -> None:
    head, *lines = explain.sentences(explained)
    assert head == "sentence, how many places it names, how many observations it gives, its text"
    assert [line.split()[:3] for line in lines] == [["1", "2", "1"], ["2", "2", "1"], ["3", "1", "-"], ["4", "-", "-"], ["5", "2", "1"], ["6", "2", "-"]]
    assert lines[0].endswith("Tren de Aragua arrived in Lima in 2018, crossing from Ecuador.")


def test_head(explained: Explained) -> None:
    head, text = list(explain.sentence(explained, 1))[:2]
    assert head == "a.txt, sentence 1 (text), characters 0 to 62, document of 2021-06-05 (stated)"
    assert text == "  Tren de Aragua arrived in Lima in 2018, crossing from Ecuador."


@pytest.mark.parametrize(
    ("number", "line"),
    [
        (1, "'Aragua' (embedded, within 'Tren de Aragua')"),
        (1, "'Lima' (literal)"),
        (2, "'San Juan de Lurigancho' (literal, the words beside it say locality or admin2)"),
        (4, "'New York' (embedded, within 'New York Post')"),
        (4, "'Venezuelan' (demonym, of Venezuela, the words beside it say country)"),
        (6, "  left without a place: the gazetteer has no such name (score 0.00)"),
        (5, "'Lima' (literal, only near it)"),
    ],
)
def test_places(explained: Explained, number: int, line: str) -> None:
    assert line in block(explained, number, "places")


def test_a_name_that_its_town_locates(explained: Explained) -> None:
    means = block(explained, 5, "places")[1]
    assert means.startswith("  means Zzyxqaville (Lima Metropolitan, PE), locality, in:gn:3936456:locality:Zzyxqaville, score ")
    assert means.endswith(": the gazetteer has no such name; the text puts it in or near Lima (container)")


def test_candidates_come_with_chances_that_add_up_and_reasons_in_words(explained: Explained) -> None:
    lines = block(explained, 1, "places")
    ecuador = lines[lines.index("'Ecuador' (literal)") + 1 :]
    assert ecuador[0].startswith("  means Ecuador (EC), country, EC, score 1.00: only candidate")
    candidates = ecuador[1:3]
    assert [line.split(": ")[0].split("  ")[-1] for line in candidates] == ["Ecuador (EC), country, EC", "none of them"]
    assert sum(float(line.split()[0]) for line in candidates) == pytest.approx(1.0, abs=0.002)
    assert "it is a country +" in candidates[0]


def test_every_feature_has_its_words() -> None:
    assert set(explain._IN_WORDS) == set(SEEN)


def test_dates_say_what_they_were_counted_from(explained: Explained) -> None:
    assert block(explained, 1, "dates") == ["'2018': DATE 2018, dates 2018 (year), says its own year"]
    (march,) = block(explained, 2, "dates")
    assert march.startswith("'March': DATE 2021-03, dates 2021-03 (month), counted from")
    assert block(explained, 3, "dates") == ["none"]


def test_a_season_has_the_months_of_both_hemispheres(folder: Folder, index: Index) -> None:
    path = folder(**{"a.txt": "Tren de Aragua arrived in Lima in the summer of 2013.", "documents.csv": MANIFEST}) / "a.txt"
    found = explain.read(path, Reader(index, codebook.read(codebook.find(Path("nowhere"), None))))
    assert block(found, 1, "dates") == [
        "'the summer of 2013': DATE 2013-SU, dates 2013-06/2013-08, south of the equator 2012-12/2013-02 (season), says its own year"
    ]
    assert block(found, 1, "observations")[0].startswith("exploration of tren-de-aragua in Lima, 2012-12/2013-02 (season, from the text)")


def test_cues_say_sense_weight_source_and_negation(explained: Explained) -> None:
    assert any(line.startswith("'arrived': phase exploration, weight ") and " cue '" in line for line in block(explained, 1, "cues"))
    assert any(line.startswith("'Police': phase disruption") and line.endswith(", negated by 'never'") for line in block(explained, 3, "cues"))
    assert any(line.startswith("'reported': status reported") for line in block(explained, 4, "cues"))


def test_phases_and_the_observation_that_follows(explained: Explained) -> None:
    lima = next(line for line in block(explained, 1, "phases") if line.startswith("'Lima': "))
    assert lima.startswith("'Lima': exploration 0.")
    assert ", said)" in lima.partition(", contested")[0]
    observation, *_ = block(explained, 1, "observations")
    assert observation.startswith("exploration of tren-de-aragua in Lima, 2018 (year, from the text), confirmed, confidence 0.")
    assert "'arrived" in observation


def test_from_which_chance_on_a_phase_is_said(folder: Folder, index: Index) -> None:
    path = folder(**{"a.txt": "Tren de Aragua was founded in the Tocorón prison, in Aragua. It arrived in Lima in 2018.", "documents.csv": MANIFEST}) / "a.txt"
    at_home = explain.read(path, Reader(index, codebook.read(codebook.find(Path("nowhere"), None))))
    prison, lima = (next(line for line in block(at_home, number, "phases") if line.startswith(name)) for number, name in ((1, "'Tocorón'"), (2, "'Lima'")))
    assert prison.endswith("a phase is said from 0.30 on, exploration from 0.60, penetration from 0.60, consolidation from 0.60")
    assert lima.endswith("a phase is said from 0.30 on, origin from 0.75")


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (3, "none, since no phase is likely enough: the likeliest is "),
        (4, "none, since it names no place in the literal sense, only embedded, demonym ones"),
    ],
)
def test_why_no_observation_follows(explained: Explained, number: int, reason: str) -> None:
    (line,) = block(explained, number, "observations")
    assert line.startswith(reason)


def test_why_what_is_denied_is_no_observation(folder: Folder, index: Index) -> None:
    path = folder(**{"a.txt": "A cell of Tren de Aragua that arrived in Lima in May turned out to be a local gang.", "documents.csv": MANIFEST}) / "a.txt"
    found = explain.read(path, Reader(index, codebook.read(codebook.find(Path("nowhere"), None))))
    (line,) = block(found, 1, "observations")
    assert line.startswith("none, since exploration of 'Lima' is the likeliest with 0.")
    assert line.endswith(", but the sentence says that it is not so, or not yet")


def test_a_document_that_names_none_of_the_actors(folder: Folder, index: Index, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(CODEBOOK, "utf-8")
    path = folder(**{"a.txt": "A swarm arrived in Lima in 2018."}) / "a.txt"
    found = explain.read(path, Reader(index, codebook.read(own)))
    assert block(found, 1, "observations") == ["none, since the document names none of the codebook's actors (Hornets)"]
    assert any(line.startswith("'arrived': phase arrival, ") and "codebook cue 'arriv*'" in line for line in block(found, 1, "cues"))


def test_cues_name_the_phase_that_the_codebook_has_for_a_known_one(folder: Folder, index: Index) -> None:
    path = folder(**{"a.txt": "Hornets arrived in Lima in 2018.", "codebook.toml": CODEBOOK.replace("order", 'like = "exploration"\norder')}) / "a.txt"
    found = explain.read(path, Reader(index, codebook.read(path.with_name("codebook.toml"))))
    cues = block(found, 1, "cues")
    assert any(line.startswith("'arrived': phase exploration, here arrival, weight ") for line in cues)
    assert any(line.startswith("'arrived': phase arrival, weight 2, codebook cue ") for line in cues)
    assert max(map(len, cues)) < 250  # a family of words can be long


@pytest.mark.parametrize("number", [0, 7, -1])
def test_no_such_sentence(explained: Explained, number: int) -> None:
    with pytest.raises(InputError, match=rf"^a\.txt: has no sentence {number}; it has 6"):
        list(explain.sentence(explained, number))


def test_every_sentence_of_a_text_can_be_explained(explained: Explained) -> None:
    for number in range(1, len(explained.reading.passages) + 1):
        titles = [line for line in explain.sentence(explained, number) if line in ("places", "dates", "cues", "phases", "observations")]
        assert titles == ["places", "dates", "cues", "phases", "observations"]


@pytest.mark.usefixtures("index")
def test_command(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder(**{"a.txt": TEXT, "documents.csv": MANIFEST, "overrides.csv": "document,surface,start,place\na,Arequipa,,-\n"}) / "a.txt"
    assert main(["explain", str(path)]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 7
    assert main(["explain", str(path), "--sentence", "3"]) == 0
    told = capsys.readouterr().out
    assert "'Arequipa' (literal)" in told
    assert "left without a place: not a place (overrides.csv)" in told
    assert "none, since it names no place, and no phase is likely enough: the likeliest is " in told
    assert main(["explain", str(path), "--sentence", "99"]) == 2
    assert main(["explain", str(path.with_name("missing.txt"))]) == 2


@pytest.mark.usefixtures("index")
@pytest.mark.parametrize(("name", "message"), [("", "is a folder; give one of its documents"), ("documents.csv", "is not a .txt or .md file; save it as text")])
def test_what_is_no_document(folder: Folder, capsys: pytest.CaptureFixture[str], name: str, message: str) -> None:
    path = folder(**{"a.txt": TEXT, "documents.csv": MANIFEST}) / name
    assert main(["explain", str(path)]) == 2
    assert capsys.readouterr().err.startswith(f"{path}: {message}")


def test_what_is_marked_as_said_is_what_is_observed(folder: Folder, index: Index) -> None:
    text = (
        "Tren de Aragua was founded in 2009 in Tocorón, a prison in the Venezuelan state of Aragua, and is led from there to this day. "
        "The gang took a fee from everybody in Tocorón. It has put down roots in Lima, in Peru.\n"
    )
    path = folder(**{"a.txt": text, "documents.csv": MANIFEST}) / "a.txt"
    found = explain.read(path, Reader(index, codebook.read(codebook.find(Path("nowhere"), None))))
    for number in (1, 2, 3):
        said = sum(line.count(", said)") for line in block(found, number, "phases"))
        assert said == sum(not line.startswith("none") for line in block(found, number, "observations"))
