from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard import boundaries, layers
from dashboard.data import TablesError, changed_inputs, fingerprint, read
from dashboard.moments import with_days
from tests.small_tables import frame, table, write_build
from tests.small_taken import ROUTE

ROWS = ("lima origin 2010 confirmed a", "quito exploration 2018 reported b", "lima disruption 2023-05* confirmed a")


def test_a_build_is_read(tmp_path: Path) -> None:
    tables = read(write_build(tmp_path, table(*ROWS)))
    assert tables.observations["observation_id"].tolist() == frame(*ROWS)["observation_id"].tolist()
    assert [phase.id for phase in tables.codebook.phases] == ["origin", "exploration", "disruption"]  # the last is only in the table
    assert tables.routes.empty
    assert len(tables.key) == 16


def test_another_build_has_another_key(tmp_path: Path) -> None:
    one = read(write_build(tmp_path / "one", table(*ROWS)))
    two = read(write_build(tmp_path / "two", table(*ROWS[:2])))
    assert one.key != two.key


def test_a_place_without_coordinates_is_not_placed(tmp_path: Path) -> None:
    import pandas as pd

    write_build(tmp_path, table(*ROWS))
    places = pd.read_parquet(tmp_path / "places.parquet")
    places.loc[places["place_id"] == "quito", "latitude"] = None
    places.to_parquet(tmp_path / "places.parquet", index=False)
    observations = read(tmp_path).observations
    assert observations.set_index("place_id")["place"].to_dict() == {"quito": -1, "lima": 0}


def test_places_without_coordinates_are_not_placed_however_many(tmp_path: Path) -> None:
    import pandas as pd

    write_build(tmp_path, table(*ROWS))
    pd.read_parquet(tmp_path / "places.parquet").assign(latitude=None).to_parquet(tmp_path / "places.parquet", index=False)
    found = replace(read(tmp_path), routes=with_days(pd.DataFrame([ROUTE])))
    assert set(found.observations["place"]) == {-1}
    drawn = layers.payload(found, boundaries.NONE)["routes"]
    assert (drawn["from"], drawn["to"]) == ([-1], [-1])


def test_what_a_person_says_is_no_place_is_not_among_what_could_not_be_placed(tmp_path: Path) -> None:
    import pandas as pd

    write_build(tmp_path, table(*ROWS))
    assert layers.unplaced(read(tmp_path))["surface"].tolist() == ["Atlantis"]
    mentions = pd.read_parquet(tmp_path / "mentions.parquet")
    mentions.loc[mentions["surface"] == "Atlantis", "method"] = "override"
    mentions.to_parquet(tmp_path / "mentions.parquet", index=False)
    assert layers.unplaced(read(tmp_path)).empty


def test_no_build(tmp_path: Path) -> None:
    with pytest.raises(TablesError) as error:
        fingerprint(tmp_path / "build")
    assert error.value.problem == "absent"


def test_a_build_that_is_being_written(tmp_path: Path) -> None:
    (write_build(tmp_path, table(*ROWS)) / "build.json").unlink()
    with pytest.raises(TablesError, match=r"build\.json") as error:
        fingerprint(tmp_path)
    assert error.value.problem == "unfinished"


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [("build.json", b"{", r"build\.json"), ("places.parquet", b"PAR1", r"places\.parquet")],
)
def test_a_broken_build(tmp_path: Path, file: str, content: bytes, said: str) -> None:
    (write_build(tmp_path, table(*ROWS)) / file).write_bytes(content)
    with pytest.raises(TablesError, match=said) as error:
        read(tmp_path)
    assert error.value.problem == "broken"


def test_a_table_of_another_build_is_told(tmp_path: Path) -> None:
    """Two builds wrote into one folder at the same time: the record is of the one, a table of the other."""
    write_build(tmp_path, table(*ROWS))
    digests = [{"file": file.name, "sha256": hashlib.sha256(file.read_bytes()).hexdigest()} for file in tmp_path.glob("*.parquet")]
    (tmp_path / "build.json").write_text(json.dumps({"outputs": digests}), "utf-8")
    assert len(read(tmp_path).observations) == len(ROWS)
    table(*ROWS[:2]).to_parquet(tmp_path / "observations.parquet", index=False)
    with pytest.raises(TablesError, match=r"observations\.parquet: is not of the build that build\.json tells of") as error:
        read(tmp_path)
    assert error.value.problem == "unfinished"


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    with pytest.raises(TablesError, match=r"observations\.parquet: lacks cue, method"):
        read(write_build(tmp_path, table(*ROWS).drop(columns=["cue", "method"])))


@pytest.mark.parametrize(
    ("record", "strange"),
    [
        ("[]", "the whole of it"),
        ('{"inputs": "x"}', "'inputs'"),
        ('{"inputs": [1]}', "'inputs'"),
        ('{"inputs": [{"file": "a.txt"}]}', "'inputs'"),
        ('{"outputs": {"places.parquet": 12}}', "'outputs'"),
        ('{"problems": ["x"]}', "'problems'"),
        ('{"alternatives": [{"place_id": "gn:1"}]}', "'alternatives'"),
        ('{"versions": [1]}', "'versions'"),
        ('{"program": "0.1"}', "'program'"),
        ('{"codebook": "x"}', "'codebook'"),
        ('{"codebook": {"phases": 3}}', "'phases'"),
        ('{"codebook": {"phases": [{"label": "X"}]}}', "'phases'"),
        ('{"codebook": {"phases": [{"id": "origin"}, {"id": "origin"}]}}', "'phases'"),
        ('{"codebook": {"actors": ["crew"]}}', "'actors'"),
    ],
)
def test_a_record_of_another_form_is_named(tmp_path: Path, record: str, strange: str) -> None:
    (write_build(tmp_path, table(*ROWS)) / "build.json").write_text(record, "utf-8")
    with pytest.raises(TablesError) as error:
        read(tmp_path)
    assert (error.value.problem, error.value.detail) == ("broken", f"build.json: {strange} is not as this version writes it")


@pytest.mark.parametrize(
    "record",
    ["{}", '{"inputs": null, "codebook": null}', '{"codebook": {"phases": null, "actors": null}}', '{"codebook": {"phases": [{"id": "a", "order": 1e999}]}}'],
)
def test_a_record_that_lacks_something_will_do(tmp_path: Path, record: str) -> None:
    (write_build(tmp_path, table(*ROWS)) / "build.json").write_text(record, "utf-8")
    tables = read(tmp_path)
    assert changed_inputs(tables.build, tmp_path) == []
    assert {"origin", "exploration", "disruption"} <= {phase.id for phase in tables.codebook.phases}


@pytest.mark.parametrize(
    ("name", "column", "value", "said"),
    [
        ("observations", "latitude", "north", "observations.parquet: latitude is not a column of numbers ("),
        ("mentions", "start", None, "mentions.parquet: start is not a column of numbers ("),
        ("documents", "published", 2023, "documents.parquet: published is a column of numbers, not of texts"),
        ("observations", "phase", 1.5, "observations.parquet: phase is a column of numbers, not of texts"),
        ("observations", "actor", True, "observations.parquet: actor is a column of numbers, not of texts"),
        ("places", "place_id", "lima", "places.parquet: place_id 'lima' stands twice"),
        ("documents", "document_id", "a", "documents.parquet: document_id 'a' stands twice"),
    ],
)
def test_a_column_of_another_form_is_named(tmp_path: Path, name: str, column: str, value: object, said: str) -> None:
    import pandas as pd

    file = write_build(tmp_path, table(*ROWS)) / f"{name}.parquet"
    pd.read_parquet(file).assign(**{column: value}).to_parquet(file, index=False)
    with pytest.raises(TablesError) as error:
        read(tmp_path)
    assert error.value.problem == "broken"
    assert error.value.detail.startswith(said)


def test_a_column_without_any_text_is_empty(tmp_path: Path) -> None:
    import pandas as pd

    file = write_build(tmp_path, table(*ROWS)) / "documents.parquet"
    pd.read_parquet(file).assign(published=pd.Series(dtype="float64"), author=None).to_parquet(file, index=False)
    documents = read(tmp_path).documents
    assert set(documents["published"]) == set(documents["author"]) == {""}


def test_more_outcomes_than_the_map_tells_apart(tmp_path: Path) -> None:
    build = write_build(tmp_path, table(*ROWS)) / "build.json"
    build.write_text(json.dumps({"codebook": {"phases": [{"id": f"outcome-{number}"} for number in range(31)]}}), "utf-8")
    with pytest.raises(TablesError, match=r"build\.json: has 34 phases without an order, and the map can show 30"):
        read(tmp_path)


def inputs(**digests: str) -> dict[str, object]:
    return {"inputs": [{"file": name.replace("_", "."), "sha256": digest} for name, digest in digests.items()] + [{"file": "(program)", "sha256": "11"}]}


def test_changed_inputs_are_found(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("new", "utf-8")
    assert changed_inputs(inputs(a_txt="00"), tmp_path) == ["a.txt"]
    assert changed_inputs(inputs(a_txt=hashlib.sha256(b"new").hexdigest()), tmp_path) == []


def test_inputs_of_another_folder_are_not_compared(tmp_path: Path) -> None:
    (tmp_path / "codebook.toml").write_text("new", "utf-8")
    assert changed_inputs(inputs(codebook_toml="00", b_txt="00"), tmp_path) == []
    assert changed_inputs({"inputs": [{"file": "../codebook.toml", "sha256": "00"}]}, tmp_path) == []
    assert changed_inputs({"inputs": [{"file": "a" * 256, "sha256": "00"}]}, tmp_path) == []
