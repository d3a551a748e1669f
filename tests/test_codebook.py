"""Codebooks: what a good one gives, and every finding on a broken one, with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.codebook import HOME
from gazetteer import codebook
from gazetteer.codebook import Actor, Phase
from gazetteer.codebook.toml_lines import TomlLines
from gazetteer.errors import CodebookError

GOOD = """
title = "Corner shops"

[[actor]]
id = "blue-grocer"
name = "Blue Grocer"
aliases = ["BG", "the Blues"]
note = "Founded in Lima."

[[phase]]
id = "exploration"
label = "First shops"
order = 1
definition = "A first shop."
cues = ["first store", { words = ["opens* .. a", "test* the market"], weight = 4, unless = ["other chain"], scope = "sentence" }]

[[phase]]
id = "taking-root"
like = "consolidation"
order = 2

[[phase]]
id = "retreat"

[[phase]]
id = "context"

[[activity]]
id = "retail"
label = "Retail"
cues = ["shop*"]

[status]
suspected = ["rumoured"]
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return tmp_path / "codebook.toml"


def findings(book: Path, text: str | bytes) -> list[str]:
    book.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    with pytest.raises(CodebookError) as caught:
        codebook.read(book)
    return str(caught.value).replace(str(book), "book").split("\n")


def test_good_codebook(book: Path) -> None:
    book.write_text(GOOD.replace(" .. ", " ..2 "), "utf-8")
    found = codebook.read(book)
    assert found.actors == (Actor("blue-grocer", "Blue Grocer", ("BG", "the Blues")),)
    assert found.first_actor == "blue-grocer"
    assert found.phases == (
        Phase("exploration", "First shops", 1, "A first shop.", "exploration"),
        Phase("taking-root", "Taking root", 2, "", "consolidation"),
        Phase("retreat", "Retreat", None, "", ""),
        Phase("context", "Context", None, "", ""),
    )
    assert found.activities == (("retail", "Retail"),)
    assert [(cue.text, cue.sense, cue.weight, cue.scope, len(cue.unless), cue.own) for cue in found.cues] == [
        ("first store", "phase:exploration", 2.0, "clause", 0, True),
        ("opens* ..2 a", "phase:exploration", 4.0, "sentence", 1, True),
        ("test* the market", "phase:exploration", 4.0, "sentence", 1, True),
        ("shop*", "activity:retail", 2.0, "clause", 0, True),
        ("rumoured", "status:suspected", 2.0, "clause", 0, True),
    ]
    assert {phase.id: phase.label for phase in found.phases}["retreat"] == "Retreat"


def test_codebook_without_actors_is_one(book: Path) -> None:
    book.write_text('[[phase]]\nid = "arrival"\norder = 1\n', "utf-8")
    assert codebook.read(book).first_actor is None


def test_mark_and_windows_lines_do_not_matter(book: Path) -> None:
    plain = b'[[phase]]\nid = "arrival"\n'
    book.write_bytes(b"\xef\xbb\xbf" + plain.replace(b"\n", b"\r\n"))
    assert codebook.read(book).phases[0].id == "arrival"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", ["book:1: has no [[phase]]; give at least one, with id, label and definition"]),
        ("[[phase]\n", ["book:1: is not TOML: Expected ']]' at the end of an array declaration (at line 1, column 8)"]),
        ('[[phase]]\nid = "a"\nid = "b"\n', ["book:3: is not TOML: Cannot overwrite a value (at line 3, column 9)"]),
        ('[[phase]]\nid = "a\n', ["book:2: is not TOML: Illegal character '\\n' (at line 2, column 8)"]),
        ("[[phase]]\nid = “a”\n", ['book:2: is not TOML: Invalid value (at line 2, column 6); texts stand between straight quotes ("), not “']),
        ('[[actor]]\nid = "x"\nname = "!"\n[[phase]]\nid = "a"\n', ["book:3: name '!' has no letter or figure, so that no text can have it"]),
        (b'[[phase]]\nid = "caf\xe9"\n', ["book:2: is not UTF-8 (byte 19); save it as UTF-8"]),
        ("x = " + "[" * 3000, ["book:1: is not a codebook: its brackets are nested too deeply; see seeds/README.md"]),
        ('[[phase]]\nlabel = "A"\n', ["book:1: [[phase]] needs an id of small letters, digits and hyphens, not None"]),
        ('[[phase]]\nid = "Two Words"\n', ["book:2: [[phase]] needs an id of small letters, digits and hyphens, not 'Two Words'"]),
        ("[[phase]]\nid = 7\n", ["book:2: [[phase]] needs an id of small letters, digits and hyphens, not 7"]),
        ('[[phase]]\nid = "a"\n\n[[phase]]\nid = "a"\n', ["book:5: phase 'a' stands here and in line 2; an id may stand once"]),
        ('[[phase]]\nid = "a"\ncolour = "red"\n', ["book:3: unknown key 'colour' in [[phase]]; the keys are cues, definition, id, label, like, order"]),
        ('colour = "red"\n\n[[phase]]\nid = "a"\n', ["book:1: unknown key 'colour' in the file; the keys are activity, actor, language, phase, status, title"]),
        ('[[phase]]\nid = "a"\norder = "first"\n', ["book:3: order must be a whole number from -1000 to 1000, not 'first'; leave it out for an outcome"]),
        ('[[phase]]\nid = "a"\norder = true\n', ["book:3: order must be a whole number from -1000 to 1000, not True; leave it out for an outcome"]),
        ('[[phase]]\nid = "a"\norder = 1.5\n', ["book:3: order must be a whole number from -1000 to 1000, not 1.5; leave it out for an outcome"]),
        ('[[phase]]\nid = "a"\norder = 1001\n', ["book:3: order must be a whole number from -1000 to 1000, not 1001; leave it out for an outcome"]),
        (f'[[phase]]\nid = "a"\norder = {"9" * 5000}\n', ["book:3: has a number of thousands of digits; shorten it"]),
        (f'[[phase]]\nid = "a"\nlabel = 0x{"f" * 5000}\n', ["book:3: has a number of thousands of digits; shorten it"]),
        ('[[phase]]\nid = "context"\norder = 1\n', ["book:3: order has no place in 'context': leave it out"]),
        (
            '[[phase]]\nid = "a"\nlike = "arrival"\n',
            ["book:3: like must name one of origin, exploration, penetration, consolidation, contested, disruption, not 'arrival'"],
        ),
        ('[[phase]]\nid = "a"\nlabel = ["A"]\n', ["book:3: label must be a text in quotes, not ['A']"]),
        ('[[phase]]\nid = "a"\nlabel = ""\n', ["book:3: label must be a text in quotes, not ''"]),
        ('[phase]\nid = "a"\n', ["book:1: [phase] must be a list of tables: write [[phase]] with two brackets"]),
        ('title = 5\n[[phase]]\nid = "a"\n', ["book:1: title must be a text in quotes, not 5"]),
        ('[[actor]]\nid = "x"\naliases = "X"\n[[phase]]\nid = "a"\n', ["book:3: aliases must be a list of names, each with a letter or a figure, not 'X'"]),
        (
            '[[actor]]\nid = "x"\naliases = ["..."]\n[[phase]]\nid = "a"\n',
            ["book:3: aliases must be a list of names, each with a letter or a figure, not ['...']"],
        ),
        (
            '[[actor]]\nid = "x"\nname = "Crew"\n\n[[actor]]\nid = "y"\nname = "Crowd"\naliases = ["CREW"]\n\n[[phase]]\nid = "a"\n',
            ["book:8: 'CREW' is a name of actor 'x' too; a name may belong to one actor"],
        ),
        ('[[phase]]\nid = "a"\n[[status]]\nreported = []\n', ["book:3: [status] must be one table: write [status] with one bracket"]),
        ('[[phase]]\nid = "a"\n[status]\nsure = ["x"]\n', ["book:4: unknown status 'sure'; the lists are reported, suspected, negated"]),
        ('[[phase]]\nid = "a"\n[status]\nreported = "said"\n', ["book:4: reported must be a list, not 'said'"]),
        ('[[phase]]\nid = "a"\ncues = "arriv*"\n', ["book:3: cues must be a list, not 'arriv*'"]),
        (
            '[[phase]]\nid = "a"\ncues = [\n  "good",\n  "{nowhere} bad",\n]\n',
            [
                "book:5: cue unknown slot {nowhere} in '{nowhere} bad'; the slots are {actor}, {authority}, {date}, {figure}, {generic}, {number}, {place}, {rival}"
            ],
        ),
        (
            '[[phase]]\nid = "a"\ncues = ["(open"]\n',
            ["book:3: cue '(open' cannot be read at '(open'; write words, word*, (a|b), ..., ..2 or {slot}, parted by spaces"],
        ),
        ('[[phase]]\nid = "a"\ncues = ["..."]\n', ["book:3: cue '...' names no word"]),
        ('[[phase]]\nid = "a"\ncues = [7]\n', ["book:3: cue 7 is neither a text nor a table with the keys scope, unless, weight, words"]),
        (
            '[[phase]]\nid = "a"\ncues = [\n  { words = "x", wieght = 2 },\n]\n',
            ["book:4: cue {'words': 'x', 'wieght': 2} is neither a text nor a table with the keys scope, unless, weight, words"],
        ),
        ('[[phase]]\nid = "a"\ncues = [\n  { words = "x", weight = 9 },\n]\n', ["book:4: cue 'x' has weight 9, which is not a number from -5 to 5"]),
        (
            '[[phase]]\nid = "a"\ncues = [\n  { words = "x", scope = "page" },\n]\n',
            ["book:4: cue 'x' has scope 'page', which is not one of clause, heading, sentence"],
        ),
        ('[[phase]]\nid = "a"\ncues = [{ words = [] }]\n', ["book:3: cue {'words': []} has no words: words must be a text or a list of texts"]),
        ('[[phase]]\nid = "a"\ncues = [{ words = "x", unless = 3 }]\n', ["book:3: cue 'x': unless must be a text or a list of texts"]),
        ('[[activity]]\nid = "a"\nlabel = 3\n[[phase]]\nid = "a"\n', ["book:3: label must be a text in quotes, not 3"]),
    ],
)
def test_each_finding_has_its_line_and_its_remedy(book: Path, text: str | bytes, lines: list[str]) -> None:
    assert findings(book, text) == lines


def test_outcomes_are_as_many_as_the_map_tells_apart(book: Path) -> None:
    most = "".join(f'[[phase]]\nid = "outcome-{number}"\n' for number in range(HOME)) + '[[phase]]\nid = "context"\n[[phase]]\nid = "a"\norder = 1\n'
    book.write_text(most, "utf-8")
    assert len(codebook.read(book).phases) == HOME + 2
    assert findings(book, most + '[[phase]]\nid = "b"\n[[phase]]\nid = "c"\n') == [
        "book:66: 'b' is one too many: a codebook has at most 30 phases without an order"
    ]


def test_all_findings_come_at_once_in_the_order_of_their_lines(book: Path) -> None:
    text = 'speed = 1\n[[phase]]\nid = "a"\norder = "x"\ncues = ["?", "fine"]\n[[phase]]\nid = "a"\n[[actor]]\nname = 3\nid = "b"\n'
    assert [line.split(": ", 1)[0] for line in findings(book, text)] == ["book:1", "book:4", "book:5", "book:7", "book:9"]


def test_codebook_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match=r"gone.toml: no such codebook file; give one with --codebook, or put codebook.toml into "):
        codebook.find(tmp_path, tmp_path / "gone.toml")
    with pytest.raises(CodebookError, match=rf"{tmp_path}: is a folder; give the codebook's file with --codebook, or put codebook.toml into seeds$"):
        codebook.find(Path("seeds"), tmp_path)
    with pytest.raises(CodebookError, match=r"gone.toml: cannot be read \(No such file or directory\); check what it is and its permissions"):
        codebook.read(tmp_path / "gone.toml")


def test_which_codebook_counts(tmp_path: Path) -> None:
    assert codebook.find(tmp_path, None) == codebook.default_path()
    own, other = tmp_path / "codebook.toml", tmp_path / "other.toml"
    own.write_text("", "utf-8")
    other.write_text("", "utf-8")
    assert codebook.find(tmp_path, None) == own
    assert codebook.find(tmp_path, other) == other


@given(st.text(max_size=200))
def test_any_text_is_a_codebook_or_an_error(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(text.encode("utf-8", "replace"))
    with pytest.raises(CodebookError):
        codebook.read(path)


_PLAIN = st.one_of(st.text(max_size=5), st.integers(), st.booleans(), st.floats(allow_nan=False))
_CUE_KEYS = st.sampled_from(["words", "weight", "unless", "scope", "id"])
_VALUES = st.recursive(_PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_CUE_KEYS, inner, max_size=3))
_TABLES = st.lists(st.dictionaries(st.sampled_from(["id", "name", "aliases", "order", "cues", "label"]), _VALUES))


@given(st.dictionaries(st.sampled_from(["title", "actor", "phase", "activity", "status", "x"]), _VALUES | _TABLES, max_size=4))
def test_any_values_give_a_codebook_or_findings(tmp_path_factory: pytest.TempPathFactory, raw: dict[str, object]) -> None:
    path = tmp_path_factory.getbasetemp() / "values.toml"
    path.write_text("\n".join(f"{name} = {_toml(value)}" for name, value in raw.items()), "utf-8")
    try:
        codebook.read(path)
    except CodebookError as error:
        assert all(line.startswith(f"{path}:") for line in str(error).split("\n"))  # noqa: PT017 -- either is right


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + "".join(f"\\U{ord(char):08x}" if not 0xD800 <= ord(char) < 0xE000 else "?" for char in value) + '"'
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name} = {_toml(inner)}" for name, inner in value.items()) + "}"
    return repr(value) if value not in (float("inf"), float("-inf")) else "inf"


# ------------------------------------------------------------------ lines of a TOML file


def test_lines_of_a_toml_file() -> None:
    lines = TomlLines(
        'a = 1\n\n[[phase]]\nid = "x"\n[[phase.cue]]\nw = 1\n[[phase]]\nid = "y"\ncues = [\n  "one",\n  "one two",\n]\n[status]\n"reported" = []\n'
    )
    assert (lines.top("a"), lines.top("status"), lines.top("gone")) == (1, 13, 1)
    assert (lines.table("phase", 0), lines.table("phase", 1), lines.table("phase", 2)) == (3, 7, 3)
    assert (lines.key("phase", 1, "id"), lines.key("phase", 0, "cue"), lines.key("status", 0, "reported"), lines.key("phase", 1, "gone")) == (8, 5, 14, 7)
    assert (lines.value("phase", 1, "cues", "one"), lines.value("phase", 1, "cues", "one two"), lines.value("phase", 1, "cues", "")) == (10, 11, 9)
