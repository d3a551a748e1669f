"""The seeds folder: its digests, its manifest, its codebook, and what its README shows."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from gazetteer import codebook, documents
from gazetteer.codebook.cues import Matcher
from gazetteer.codebook.patterns import compile_pattern
from gazetteer.errors import CodebookError
from gazetteer.index import Index
from gazetteer.text.names import key
from tests.reports import observations, said_of

SEEDS = codebook.default_path().parent
BOOK = codebook.read(codebook.default_path())
README = (SEEDS / "README.md").read_text("utf-8")


def rows(name: str) -> list[dict[str, str]]:
    with (SEEDS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def senses(sentence: str, book: codebook.Codebook = BOOK) -> set[str]:
    """What the codebook's own cues, and no general words, find in a sentence."""
    rivals = [tuple(key(name).split()) for actor in book.actors[1:] for name in (actor.name, *actor.aliases)]
    words = key(sentence).split()

    def slot_end(slot: str, position: int) -> int:
        return next((position + len(name) for name in rivals if slot == "rival" and tuple(words[position : position + len(name)]) == name), 0)

    return {hit.cue.sense for hit in Matcher(book.cues).find(words, slot_end)}


def test_manifest_names_five_digests_and_nothing_is_wrong_with_it() -> None:
    sources, problems = documents.find_sources(SEEDS)
    assert problems == []
    assert [(source.path.name[:3], source.published, source.reliability) for source in sources] == [
        ("000", "2024-02~", "D"),
        ("001", "2023-10", "B"),
        ("002", "2025-02~", "F"),
        ("003", "2022-08~", "B"),
        ("004", "2025-05~", "D"),
    ]


@pytest.mark.parametrize("row", rows("documents.csv"), ids=lambda row: row["file"][:3])
def test_digest_says_what_it_is_and_cites_its_source(row: dict[str, str]) -> None:
    text = (SEEDS / row["file"]).read_text("utf-8")
    assert text.startswith("# Digest: ")
    assert text.split("\n")[2].startswith("This is a digest of ")
    assert row["source_file"].startswith(row["file"][:3])
    assert re.fullmatch("[0-9a-f]{64}", row["source_sha256"])
    assert row["note"].startswith("Digest written for this project")


@pytest.mark.parametrize(
    ("number", "headings"),
    [
        ("000", 1),
        ("001", 17),
        ("002", 5),
        ("003", 5),
        ("004", 1),
    ],
)
def test_digest_keeps_the_sections_of_its_source(number: str, headings: int) -> None:
    source = next(source for source in documents.find_sources(SEEDS)[0] if source.path.name.startswith(number))
    document, problems = documents.read(source)
    assert problems == []
    assert len(document.sections) == headings


def test_codebook_has_seven_phases_and_the_map_is_about_the_first_actor() -> None:
    assert BOOK.first_actor == "tren-de-aragua"
    assert BOOK.actors[1].id == "anti-tren"
    assert [(phase.id, phase.order) for phase in BOOK.phases] == [
        ("origin", 0),
        ("exploration", 1),
        ("penetration", 2),
        ("consolidation", 3),
        ("contested", None),
        ("disruption", None),
        ("context", None),
    ]
    assert all(phase.definition and phase.label for phase in BOOK.phases)


@pytest.mark.parametrize(
    ("sentence", "sense"),
    [
        ("It began in a prison, and its pranes still rule from there", "phase:origin"),
        ("They wait for migrants on the trochas", "phase:exploration"),
        ("He runs a migrant smuggling ring on the coast", "phase:exploration"),
        ("Se dedican al tráfico ilícito de migrantes", "phase:exploration"),
        ("Its loan sharks work the markets", "phase:penetration"),
        ("The cell extorts small shops and bus companies", "phase:penetration"),
        ("Cobran la vacuna a los comerciantes", "phase:penetration"),
        ("It has corrupt police officers at the port", "phase:consolidation"),
        ("It laundered the money in a car wash", "phase:consolidation"),
        ("There were clashes with the ELN for two years", "phase:contested"),
        ("A mega-operation followed", "phase:disruption"),
        ("Twelve alleged members were brought before a court", "phase:disruption"),
        ("The gang sold tusi in three bars", "activity:drug-sales"),
        ("They took to illegal mining upriver", "activity:illegal-mining"),
        ("The money went through shell companies", "activity:money-laundering"),
    ],
)
def test_codebook_cues_find(sentence: str, sense: str) -> None:
    assert sense in senses(sentence)


@pytest.mark.parametrize(
    ("sentence", "sense"),
    [
        ("The head of the directorate against human trafficking spoke", "phase:exploration"),
        ("La vacuna contra el covid llegó tarde", "phase:penetration"),
        ("The arrests let it become a prison gang again", "phase:origin"),
        ("A former prison guard remembered it", "phase:origin"),
        ("Homicide rates fell by a third", "activity:contract-killing"),
    ],
)
def test_codebook_cues_do_not_find(sentence: str, sense: str) -> None:
    assert sense not in senses(sentence)


def test_overrides_have_their_columns() -> None:
    assert (SEEDS / "overrides.csv").read_text("utf-8").split("\n")[0] == "document,surface,start,place,reason,who,when"


# ------------------------------------------------------------------ the README


def example(number: int) -> str:
    """A TOML block of the README."""
    found: list[str] = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    return found[number]


@pytest.mark.parametrize(
    ("text", "phases"),
    [
        ("The Harbour Men said that a second shop, in Lima, is under construction and will open next year.", {"announced"}),
        ("The Harbour Men opened a shop in Lima in 2019.", {"opened"}),
    ],
)
def test_the_readmes_stage_for_what_is_planned(index: Index, text: str, phases: set[str]) -> None:
    book = '[[actor]]\nid = "harbour-men"\nname = "Harbour Men"\n' + example(1)
    assert {item.phase for item in said_of(observations(index, text, codebook_text=book), "Lima")} == phases


def test_the_readmes_codebook_is_valid_and_reads_its_subject(tmp_path: Path) -> None:
    path = tmp_path / "codebook.toml"
    path.write_text(example(2), encoding="utf-8")
    book = codebook.read(path)
    assert book.first_actor == "vespa-velutina"
    assert [(phase.id, phase.order, phase.like) for phase in book.phases] == [
        ("native-range", 0, "origin"),
        ("first-records", 1, "exploration"),
        ("damage", 2, "penetration"),
        ("established", 3, "consolidation"),
        ("controlled", None, "disruption"),
        ("context", None, ""),
    ]
    assert senses("The first confirmed nest hung in an oak", book) == {"phase:first-records"}
    assert senses("Inspectors destroyed eleven nests", book) == {"phase:controlled"}
    assert senses("A quarter of the hives were lost", book) == {"phase:damage"}


def test_the_readmes_cues_with_conditions_are_valid(tmp_path: Path) -> None:
    path = tmp_path / "codebook.toml"
    path.write_text('[[phase]]\nid = "x"\n' + example(0), encoding="utf-8")
    assert [(cue.text, cue.weight, cue.scope) for cue in codebook.read(path).cues] == [
        ("nest*", 2.0, "clause"),
        ("queen*", 1.5, "clause"),
        ("worker*", 1.5, "clause"),
        ("first sightings", 4.0, "heading"),
    ]


@pytest.mark.parametrize("line", re.findall(r'^\| `"(.*?)"` \|', README, re.MULTILINE))
def test_the_readmes_table_of_cues_is_valid(line: str) -> None:
    assert compile_pattern(line.replace("\\|", "|"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[phase]]\nid = "x"\ncues = [\n"a"\n', "is not TOML: Unclosed array (at end of document)"),
        ('[[actor]]\nid = "a"\nalias = ["x"]\n', "unknown key 'alias' in [[actor]]"),
        ('[[phase]]\nid = "First Records"\n', "[[phase]] needs an id of small letters, digits and hyphens, not 'First Records'"),
        ('[phase]\nid = "x"\n', "[phase] must be a list of tables: write [[phase]] with two brackets"),
        ('[[phase]]\nid = "x"\ncues = ["{gang} in"]\n', "cue unknown slot {gang} in '{gang} in'"),
        ('[[phase]]\nid = "x"\ncues = ["(first)? nest"]\n', "cue '(first)? nest' begins with a word that may be missing, or ends in a gap"),
    ],
)
def test_the_readmes_messages_are_the_programs(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "codebook.toml"
    path.write_text(text, encoding="utf-8")
    assert f"`{message}`" in README
    with pytest.raises(CodebookError, match=re.escape(message)):
        codebook.read(path)
