"""A spaCy pipeline of the user's in the place of the tagger: a small one, made here, saved and loaded as a user's would be."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from gazetteer import codebook
from gazetteer.cli import main
from gazetteer.errors import InputError
from gazetteer.index import Index
from gazetteer.mentions import recognizers
from gazetteer.pipeline import Reader
from gazetteer.text.tokens import Tokens
from tests.test_mentions import document

Folder = Callable[..., Path]
PATTERNS = [
    {"label": "GPE", "pattern": "Lima"},
    {"label": "GPE", "pattern": "Xanadu"},
    {"label": "LOC", "pattern": "the Andes"},
    {"label": "FAC", "pattern": "Tocorón"},
    {"label": "PERSON", "pattern": "Paris"},
    {"label": "ORG", "pattern": "New York Post"},
    {"label": "NORP", "pattern": "Venezuelan"},
]


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    spacy = pytest.importorskip("spacy")
    made = spacy.blank("en")
    made.add_pipe("entity_ruler").add_patterns(PATTERNS)
    folder: Path = tmp_path_factory.mktemp("spacy") / "rules"
    made.to_disk(folder)
    return folder


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met in Lima and in Xanadu.", [("Lima", "LOC"), ("Xanadu", "LOC")]),
        ("Snow fell on the Andes.", [("Andes", "LOC")]),  # the article is no part of the name
        ("Paris read the New York Post.", [("Paris", "PER"), ("New York Post", "ORG")]),
        ("A Venezuelan family came.", []),
        ("", []),
    ],
)
def test_spans(pipeline: Path, text: str, expected: list[tuple[str, str]]) -> None:
    names = recognizers.load(f"spacy:{pipeline}")
    assert names is not None
    tokens = Tokens(text)
    found = names.find(text, tokens)
    assert [(text[tokens.starts[span.start] : tokens.ends[span.end - 1]], span.type) for span in found] == expected


def test_long_texts_are_read_in_pieces(pipeline: Path) -> None:
    """spaCy refuses a text of more than a million characters."""
    text = "They met in Lima. " * 60_000
    tokens = Tokens(text)
    names = recognizers.load(f"spacy:{pipeline}")
    assert names is not None
    assert [tokens.texts[span.start] for span in names.find(text, tokens)] == ["Lima"] * 60_000


def test_it_takes_the_place_of_the_tagger(pipeline: Path, index: Index) -> None:
    """What the pipeline calls a place is looked up, what it calls a person is not; names in organisations and demonyms are marked as always."""
    reader = Reader(index, codebook.read(codebook.find(Path("nowhere"), None)), names=recognizers.load(f"spacy:{pipeline}"))
    reading = reader.read(document("Paris told the New York Post that a Venezuelan cell met in Lima and in Xanadu."))
    found = [(item.mention.surface, item.mention.kind, item.place.id if item.place else "-") for item in reading.resolutions]
    assert found == [("New York", "embedded", "gn:5128581"), ("Venezuelan", "demonym", "VE"), ("Lima", "literal", "gn:3936456"), ("Xanadu", "literal", "-")]


def test_annotate(pipeline: Path, folder: Folder, tmp_path: Path) -> None:
    texts = folder(**{"a.txt": "Paris came to Lima."})
    assert main(["annotate", str(texts), str(tmp_path / "out"), "--recognizer", f"spacy:{pipeline}"]) == 0
    written = json.loads((tmp_path / "out" / "a.json").read_text("utf-8"))
    assert [mention["surface"] for mention in written["mentions"]] == ["Lima"]


@pytest.mark.parametrize("name", ["spacy:", "stanza:en", "spacy", "spacy:no-such-pipeline-here"])
def test_one_clear_line_where_there_is_none(name: str) -> None:
    with pytest.raises(InputError) as raised:
        recognizers.load(name)
    message = str(raised.value)
    assert message.startswith("--recognizer ")
    assert name in message
    assert "\n" not in message


@pytest.mark.usefixtures("pipeline")
def test_broken_pipeline(tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "config.cfg").write_text("[nlp]\nlang = 5\n", "utf-8")
    with pytest.raises(InputError, match="cannot be loaded"):
        recognizers.load(f"spacy:{broken}")


def test_command_line_says_it_in_one_line(folder: Folder, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["annotate", str(folder(**{"a.txt": "Lima."})), str(tmp_path / "out"), "--recognizer", "spacy:no-such-pipeline-here"]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_the_programs_own() -> None:
    assert recognizers.load("") is None
    assert recognizers.load("own") is None
