"""An online geocoder behind the embedded one, against a real server that speaks Nominatim's JSON, badly at times."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from gazetteer import cli
from gazetteer.errors import InputError
from gazetteer.geocoding import online
from gazetteer.geocoding.answers import possible_levels
from gazetteer.geocoding.geocoder import EmbeddedGeocoder
from gazetteer.geocoding.online import Online, Settings
from gazetteer.index import Index
from gazetteer.records import Level


def answer(name: str = "Zarzal Nuevo", country: str = "pe", kind: str = "village", lat: float = -12.1, lon: float = -77.0, **more: Any) -> dict[str, Any]:
    """A place as Nominatim tells of it."""
    found = {
        "osm_type": "node",
        "osm_id": 42,
        "lat": str(lat),
        "lon": str(lon),
        "class": "place",
        "type": kind,
        "addresstype": kind,
        "name": name,
        "display_name": f"{name}, Lima, Peru",
        "address": {kind: name, "country_code": country},
        "boundingbox": [str(lat - 0.01), str(lat + 0.01), str(lon - 0.01), str(lon + 0.01)],
    }
    return found | more


@dataclass
class Server:
    """A Nominatim on this machine: what it answers to each question, in order, the last one again and again."""

    url: str = ""
    bodies: list[tuple[int, str, float]] = field(default_factory=lambda: [(200, "[]", 0.0)])
    """Status, body and seconds of waiting."""
    asked: list[dict[str, str]] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)

    def says(self, *answers: dict[str, Any]) -> None:
        self.bodies = [(200, json.dumps(answers), 0.0)]

    def names(self) -> list[str]:
        return [query["q"] for query in self.asked]


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def server() -> Iterator[Server]:
    state = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            state.asked.append({name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()})
            state.agents.append(self.headers["User-Agent"])
            state.times.append(time.monotonic())
            status, body, wait = state.bodies.pop(0) if len(state.bodies) > 1 else state.bodies[0]
            time.sleep(wait)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, format: str, *args: object) -> None:
            del format, args

        def handle(self) -> None:
            with suppress(ConnectionError):  # the client was tired of waiting
                super().handle()

    served = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=served.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    state.url = f"http://127.0.0.1:{served.server_address[1]}"
    yield state
    served.shutdown()
    served.server_close()
    thread.join()


@pytest.fixture
def ask(server: Server, small_index: Index, own_cache: Path) -> Callable[..., Online]:
    del own_cache
    return lambda timeout=5.0, delay=0.0: Online(Settings("nominatim", server.url, "a test", timeout, delay), small_index)


def test_place_is_found(server: Server, ask: Callable[..., Online]) -> None:
    server.says(answer())
    place = ask().locate("Zarzal Nuevo", "PE", ("locality",))
    assert place is not None
    assert (place.id, place.name, place.country, place.level, place.latitude, place.longitude) == (
        "osm:node/42",
        "Zarzal Nuevo",
        "PE",
        "locality",
        -12.1,
        -77.0,
    )
    assert (place.admin1, place.admin1_name, place.source) == ("PE-LMA", "Lima", "OpenStreetMap (nominatim)")
    assert place.radius_km == pytest.approx(1.1, abs=0.05)
    assert server.asked == [
        {"q": "Zarzal Nuevo", "format": "json", "limit": "10", "countrycodes": "pe", "addressdetails": "1", "namedetails": "1", "accept-language": "en"}
    ]
    assert server.agents == ["a test"]


@pytest.mark.parametrize(
    ("said", "country", "levels", "accepted"),
    [
        (answer(), "", (), True),
        (answer(), "PE", ("locality", "facility"), True),
        (answer(name="ZARZAL NUEVO"), "PE", (), True),
        (answer(name="Zarzál-Nuevo"), "PE", (), True),
        (answer(name="Otro", namedetails={"name": "Otro", "alt_name": "Zarzal Nuevo"}), "PE", (), True),
        (answer(kind="prison", **{"class": "amenity"}), "PE", ("facility",), True),
        (answer(**{"addresstype": "city", "class": "boundary", "type": "administrative"}), "PE", ("locality",), True),
        (answer(country="co"), "PE", (), False),
        (answer(country="xx"), "PE", (), False),
        (answer(), "PE", ("country",), False),
        (answer(), "PE", ("admin1", "admin2"), False),
        (answer(name="Calle Zarzal Nuevo"), "PE", (), False),
        (answer(name="Zarzal"), "PE", (), False),
        (answer(kind="road", **{"class": "highway", "type": "residential"}), "PE", (), False),
        (answer(kind="shop", **{"class": "shop", "type": "bakery"}), "PE", (), False),
        (answer(address={}), "PE", (), True),  # the nearest known place tells the country
        (answer(address={}, lat=4.6, lon=-74.1), "PE", (), False),
        (answer(address={}, lat=50.0, lon=10.0), "PE", (), False),
    ],
)
def test_answer_counts_only_where_name_country_and_level_agree(
    server: Server, ask: Callable[..., Online], said: dict[str, Any], country: str, levels: Sequence[Level], accepted: bool
) -> None:
    server.says(said)
    assert (ask().locate("Zarzal Nuevo", country, levels) is not None) == accepted


def test_first_answer_that_agrees_is_taken(server: Server, ask: Callable[..., Online]) -> None:
    server.says(answer(kind="road", osm_id=1), answer(country="co", osm_id=2), answer(osm_id=3), answer(osm_id=4))
    place = ask().locate("Zarzal Nuevo", "PE")
    assert place is not None
    assert place.id == "osm:node/3"


def test_name_that_may_be_several_places_far_apart_is_none(server: Server, ask: Callable[..., Online]) -> None:
    server.says(answer(osm_id=1), answer(country="co", lat=7.9, lon=-72.5, osm_id=2))
    assert ask().locate("Zarzal Nuevo") is None
    place = ask().locate("Zarzal Nuevo", "CO")
    assert place is not None
    assert place.id == "osm:node/2"


@pytest.mark.parametrize(
    ("raw", "levels"),
    [
        ({"addresstype": "state"}, ("admin1",)),
        ({"addresstype": "municipality"}, ("admin2", "locality")),
        ({"class": "boundary", "type": "administrative", "place_rank": 8}, ("admin1",)),
        ({"class": "boundary", "type": "administrative", "place_rank": 16}, ("locality",)),
        ({"properties": {"osm_key": "place", "osm_value": "hamlet", "type": "district"}}, ("locality",)),
        ({"properties": {"layer": "country"}}, ("country",)),
        ({"types": ["political", "administrative_area_level_1"]}, ("admin1",)),
        ({"components": {"_type": "river"}}, ("region",)),
        ({"class": "highway", "type": "residential"}, ()),
        ({}, ()),
        ({"addresstype": 3, "type": None, "types": [None, 1]}, ()),
    ],
)
def test_levels_of_an_answer(raw: dict[str, Any], levels: Sequence[Level]) -> None:
    assert possible_levels(raw)[:2] == tuple(levels) or possible_levels(raw)[: len(levels)] == tuple(levels)
    assert bool(possible_levels(raw)) == bool(levels)


# ------------------------------------------------------------------ cache


def test_answers_and_misses_are_asked_for_once(server: Server, ask: Callable[..., Online]) -> None:
    server.bodies = [(200, json.dumps([answer()]), 0.0), (200, "[]", 0.0)]
    first = ask()
    assert first.locate("Zarzal Nuevo", "PE") is not None
    assert first.locate("Zarzal  nuevo", "pe") is not None
    assert first.locate("Ninguna Parte", "PE") is None
    later = ask()
    assert later.locate("Zarzal Nuevo", "PE") is not None
    assert later.locate("Ninguna Parte", "PE") is None
    assert server.names() == ["Zarzal Nuevo", "Ninguna Parte"]


def test_cache_that_is_broken_costs_the_cache_only(server: Server, ask: Callable[..., Online], own_cache: Path) -> None:
    own_cache.mkdir()
    (own_cache / "online.sqlite").write_bytes(b"no database at all, but long enough to be taken for one" * 20)
    server.says(answer())
    asked = ask()
    assert asked.locate("Zarzal Nuevo", "PE") is not None
    assert asked.drain() == [f"{own_cache}/online.sqlite: answers of the online geocoder cannot be kept (file is not a database); delete the file"]


def test_no_more_than_one_question_in_the_time_that_the_service_grants(server: Server, ask: Callable[..., Online]) -> None:
    slow = ask(delay=0.15)
    begun = time.monotonic()
    for name in ("One", "Two", "Three"):
        slow.locate(name)
    assert [seen - begun >= 0.15 * number for number, seen in enumerate(server.times)] == [True] * 3  # a busy machine sees each late, none early
    assert Settings("nominatim").delay == 1.0


# ------------------------------------------------------------------ failure


@pytest.mark.parametrize(
    ("status", "body", "why"),
    [
        (500, "", "GeocoderServiceError"),
        (429, "", "GeocoderRateLimited"),
        (403, "", "GeocoderInsufficientPrivileges"),
        (200, "<html>busy</html>", "GeocoderParseError"),
        (200, '["what"]', "AttributeError"),
        (200, '{"error": "no"}', "GeocoderQueryError"),
        (200, '[{"lat": "north", "lon": "1"}]', "ValueError"),
        (200, '[{"lat": "95", "lon": "1", "display_name": "x"}]', "ValueError"),
        (200, "", "GeocoderParseError"),
    ],
)
def test_failure_is_one_line_and_after_three_it_is_left_alone(server: Server, ask: Callable[..., Online], status: int, body: str, why: str) -> None:
    server.bodies = [(status, body, 0.0)]
    asked = ask()
    assert [asked.locate(name) for name in ("One", "Two", "Three", "Four", "Five")] == [None] * 5
    lines = asked.drain()
    assert server.names() == ["One", "Two", "Three"]
    assert len(lines) == 2
    assert lines[0].startswith(f"nominatim ({server.url}): the online geocoder gave no answer ({why}: ")
    assert lines[1] == f"nominatim ({server.url}): failed 3 times and is not asked again in this run; run again when it is there"
    assert asked.drain() == []


def test_failures_are_not_kept(server: Server, ask: Callable[..., Online]) -> None:
    server.bodies = [(500, "", 0.0), (200, json.dumps([answer()]), 0.0)]
    asked = ask()
    assert asked.locate("Zarzal Nuevo") is None
    assert asked.locate("Zarzal Nuevo") is not None


def test_server_that_does_not_answer_in_time(server: Server, ask: Callable[..., Online]) -> None:
    server.bodies = [(200, "[]", 0.6)]
    asked = ask(timeout=0.1)
    assert asked.locate("Zarzal Nuevo") is None
    line = asked.drain()[0]
    assert any(why in line for why in ("GeocoderTimedOut", "GeocoderUnavailable"))  # as geopy's adapter calls it


def test_no_server_at_all(small_index: Index, own_cache: Path) -> None:
    del own_cache
    asked = Online(Settings("nominatim", "http://127.0.0.1:9", "a test", 2.0, 0.0), small_index)
    assert asked.locate("Zarzal Nuevo") is None
    assert "GeocoderUnavailable" in asked.drain()[0]


# ------------------------------------------------------------------ setting it up


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (Settings("oracle"), "--online 'oracle' is no geocoder of geopy's"),
        (Settings("opencage"), "--online 'opencage' wants api_key; set EXPANSION_ATLAS_ONLINE_KEY in the environment"),
        (Settings("arcgis", "localhost"), None),
        (Settings("opencage", "localhost"), "--online 'opencage' wants api_key"),
        (Settings("azure"), "--online 'azure' wants subscription_key"),
        (Settings("nominatim", user_agent="my-application"), "--online 'nominatim' cannot be set up: Using Nominatim with default or sample `user_agent`"),
    ],
)
def test_service_that_cannot_be_set_up(settings: Settings, message: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(online.KEY, raising=False)
    if message is None:
        online.check(settings)
        return
    with pytest.raises(InputError, match="^" + message.replace("(", r"\(")):
        online.check(settings)


@pytest.mark.parametrize("service", ["nominatim", "photon", "arcgis", "banfrance", "geonames", "opencage", "googlev3", "bing"])
def test_services_that_can_be_set_up(service: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(online.KEY, "a-key")
    online.check(Settings(service))


# ------------------------------------------------------------------ with the commands


def test_geocoder_asks_only_for_what_the_gazetteer_does_not_know(server: Server, ask: Callable[..., Online], small_index: Index) -> None:
    server.says(answer())
    geocoder = EmbeddedGeocoder(small_index, ask())
    known, unknown = geocoder.geocode("Lima"), geocoder.geocode("Zarzal Nuevo, Peru")
    assert (known.raw["id"], unknown.raw["id"]) == ("gn:3936456", "osm:node/42")
    assert server.names() == ["Zarzal Nuevo"]
    assert server.asked[0]["countrycodes"] == "pe"


def test_geocode_command(server: Server, index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("EXPANSION_ATLAS_INDEX", str(index.folder))
    monkeypatch.setenv("EXPANSION_ATLAS_CACHE", str(tmp_path))
    server.says(answer("Qwxyzk"))
    options = ["--online", "nominatim", "--online-domain", server.url, "--online-user-agent", "me"]
    assert cli.main(["geocode", "Qwxyzk", "--country", "PE", *options]) == 0
    assert capsys.readouterr().out == "1.000   -12.1000   -77.0000  locality  osm:node/42    Qwxyzk (Lima region, PE)\n".replace("Lima region", _unit(index))
    server.bodies = [(500, "", 0.0)]
    assert cli.main(["geocode", "Qwxyzka", "--country", "PE", *options]) == 1
    assert capsys.readouterr().err.splitlines()[0].startswith(f"nominatim ({server.url}): the online geocoder gave no answer")
    assert server.agents == ["me", "me"]


def _unit(index: Index) -> str:
    number, _ = index.nearest(-12.1, -77.0, km=100, limit=1)[0]
    return index.place(number).admin1_name


def test_build_goes_on_without_a_service_that_fails(
    server: Server, index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EXPANSION_ATLAS_INDEX", str(index.folder))
    monkeypatch.setenv("EXPANSION_ATLAS_CACHE", str(tmp_path / "cache"))
    server.bodies = [(500, "", 0.0)]
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "a.txt").write_text("In the village of Zarzal Nuevo, near Lima, Peru, MS-13 hid.\n", "utf-8")
    (seeds / "documents.csv").write_text("file\na.txt\n", "utf-8")
    assert cli.main(["build", "--seeds", str(seeds), "--out", str(tmp_path / "out"), "--online", "nominatim", "--online-domain", server.url]) == 0
    assert capsys.readouterr().err.splitlines()[-1] == f"tables written to {tmp_path / 'out'}"
    record = json.loads((tmp_path / "out" / "build.json").read_text("utf-8"))
    assert record["online"] == f"nominatim ({server.url})"
    assert record["counts"]["documents"] == 1
    assert [row["message"].partition(" (Geo")[0] for row in record["problems"]] == [f"nominatim ({server.url}): the online geocoder gave no answer"]
    assert server.names() == ["Zarzal Nuevo"]


def test_annotate_places_what_only_the_service_knows(
    server: Server, index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EXPANSION_ATLAS_INDEX", str(index.folder))
    monkeypatch.setenv("EXPANSION_ATLAS_CACHE", str(tmp_path / "cache"))
    server.says(answer())
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "a.txt").write_text("In the village of Zarzal Nuevo, near Lima, Peru, MS-13 hid.\n", "utf-8")
    (seeds / "documents.csv").write_text("file\na.txt\n", "utf-8")
    command = ["annotate", str(seeds), str(tmp_path / "out"), "--online", "nominatim", "--online-domain", server.url]
    for _ in range(2):
        assert cli.main(command) == 0
        found = json.loads((tmp_path / "out" / "a.json").read_text("utf-8"))
        assert {mention["surface"]: mention["place"] for mention in found["mentions"]} == {"Zarzal Nuevo": "osm:node/42", "Lima": "gn:3936456", "Peru": "PE"}
    assert server.names() == ["Zarzal Nuevo"]
    assert server.asked[0]["countrycodes"] == "pe"
    assert capsys.readouterr().err.replace("reading documents ...\n", "") == f"1 annotation file written to {tmp_path / 'out'}\n" * 2
