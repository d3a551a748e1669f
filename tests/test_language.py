"""A language is data: what a further one takes, and what every one has."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest

import gazetteer
from gazetteer.index import Index
from gazetteer.text.language import codes, detect, language

FOLDER = Path(gazetteer.__file__).parent / "data" / "languages"
FILES = ("around", "clauses", "cues", "mentions", "routes", "sentences", "timexes")
READ = """
import sys
from pathlib import Path
from gazetteer.text import language
language._ROOT = Path(sys.argv[1])
from gazetteer.index import build as index_build
from tests.reports import read
found = read(index_build.ready(), sys.argv[2], code="xx")
print(*(item.place.name for item in found.resolutions if item.place))
print(*sorted(f"{item.place.name}:{item.phase}:{item.date}" for item in found.observations))
"""


def keys(table: dict[str, object]) -> dict[str, object]:
    """The keys of a table and of the tables in it."""
    return {name: keys(value) if isinstance(value, dict) else None for name, value in table.items()}


def test_a_further_language_is_a_folder_and_nothing_else(index: Index, tmp_path: Path) -> None:
    assert index  # built before another process asks for it
    root = copytree(FOLDER, tmp_path / "languages")
    for path in copytree(root / "es", root / "xx").glob("*.toml"):  # Spanish, but for "and"
        path.write_text(path.read_text("utf-8").replace('joining = ["y", ', 'joining = ["ja", '), "utf-8")
    text = "Los Hombres del Puerto llegaron a Lima ja Quito en 2019."
    run = subprocess.run([sys.executable, "-c", READ, str(root), text], capture_output=True, text=True, cwd=Path(__file__).parents[1], check=True)
    assert run.stdout.splitlines() == ["Lima Quito", "Lima:exploration:2019 Quito:exploration:2019"]


@pytest.mark.parametrize("code", codes())
@pytest.mark.parametrize("name", FILES)
def test_every_language_has_the_same_lists(code: str, name: str) -> None:
    own, english = language(code), language("en")
    assert own is not None
    assert english is not None
    if name not in ("cues", "timexes"):  # the words of a slot and the classes of a grammar are a language's own
        assert keys(own.table(name)) == keys(english.table(name))
    else:
        assert set(own.table(name)) == set(english.table(name))


@pytest.mark.parametrize(
    ("text", "code"), [("The gang moved to Lima and then to Quito.", "en"), ("La banda se mudó a Lima y luego a Quito.", "es"), ("Lima", "en")]
)
def test_detects(text: str, code: str) -> None:
    assert detect(text) == code


def test_lists_of_a_table_are_given_together_as_keys() -> None:
    spanish = language("es")
    assert spanish is not None
    assert spanish.words("routes", "between", "ends") == {"entre", "a", "hacia", "rumbo"}
    assert "ninas" in spanish.words("routes", "moves")
