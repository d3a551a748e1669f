"""Text from documents is hostile: it is shown as text, everywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import expect

from dashboard.markdown import unmarked
from tests.benchmarks import generated
from tests.browser.conftest import Watched, serving
from tests.browser.room import Room

HOSTILE = {
    "script": "Lima <script>window.pwned=1</script>",
    "image": 'Quito <img src=x onerror="window.pwned=2">',
    "template": "Cusco `${window.pwned=3}` {{7*7}} {name} %s",
    "markdown": "Ica [x](javascript:alert(1)) **b** :red[x] $x^2$ :smile: www.example.com",
    "reversed": "Puno \u202eevil\u202c",
    "long": "A" * 10_000,
    "quote": "Piura \"'</style></title><svg onload=window.pwned=4>",
    "closing": "Tacna </script><script>window.pwned=5</script>",
}


def spoil(folder: Path) -> Path:
    """A build in which names, sentences, titles, files, publishers, cues and actors are all hostile."""
    generated.build(folder, 120, places=16)
    texts = list(HOSTILE.values())
    places = pd.read_parquet(folder / "places.parquet")
    places["name"] = [texts[index % len(texts)] for index in range(len(places))]
    names = dict(zip(places["place_id"], places["name"], strict=True))
    observations = pd.read_parquet(folder / "observations.parquet")
    observations["place_name"] = observations["toponym"] = observations["place_id"].map(names)
    observations["evidence"] = [f"Before {text} after {texts[index % len(texts)]}." for index, text in enumerate(observations["toponym"])]
    observations["cue"] = [texts[index % len(texts)] for index in range(len(observations))]
    observations["activities"] = [texts[index % 3] for index in range(len(observations))]
    documents = pd.read_parquet(folder / "documents.parquet")
    for column in ("title", "publisher", "author", "url", "file"):
        documents[column] = [f"{texts[index % len(texts)]} {column}" for index in range(len(documents))]
    mentions = pd.read_parquet(folder / "mentions.parquet")
    mentions["surface"] = [texts[index % len(texts)] for index in range(len(mentions))]
    mentions["reason"] = texts[0]
    routes = pd.read_parquet(folder / "routes.parquet").assign(evidence=texts[1], moves=texts[2], cue=texts[0])
    for name, table in (("places", places), ("observations", observations), ("documents", documents), ("mentions", mentions), ("routes", routes)):
        table.to_parquet(folder / f"{name}.parquet", index=False)
    build = (folder / "build.json").read_text("utf-8")
    build = build.replace("The Crew", "The <img src=x onerror=window.pwned=6> `${1}` Crew").replace("Home base.", "<script>window.pwned=7</script>")
    (folder / "build.json").write_text(build, "utf-8")
    return folder


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(spoil(tmp_path_factory.mktemp("hostile"))) as address:
        yield address


def is_unharmed(room: Room) -> bool:
    frames = [frame for frame in room.page.frames if frame.url.startswith("http")]
    return all(frame.evaluate("() => window.pwned === undefined") for frame in frames)


def test_a_place_with_a_hostile_name_is_shown_as_it_is(watched: Callable[..., Watched], hostile: str) -> None:
    room = Room(watched().page, hostile).open()
    room.button("What the map shows, as lists").click()
    listed = room.frame.locator(".panel tbody th .link").all_text_contents()
    heading = room.notes.get_by_role("heading", level=2)
    for kind, name in HOSTILE.items():
        place = room.inside.evaluate("(name) => atlas.room.app.data.places.name.indexOf(name)", name)
        room.inside.evaluate("(place) => atlas.room.choose(place)", place)
        expect(heading).to_have_text(name)
        assert heading.text_content() == name
        assert name in listed
        if kind != "long":
            assert unmarked(name).text in (room.notes.locator("article blockquote").first.text_content() or "")
        assert is_unharmed(room), kind


def test_lists_search_tips_and_headings_show_it_as_text(watched: Callable[..., Watched], hostile: str) -> None:
    room = Room(watched().page, hostile).open()
    for tab in ("Places shown", "New at this step", "Routes", "Without a date", "Not placed"):
        if room.frame.locator(".panel").is_hidden():
            room.button("What the map shows, as lists").click()
        room.frame.locator(".panel-tabs").get_by_role("button", name=tab).click()
    room.frame.get_by_role("combobox", name="Search for a place").fill("a")
    expect(room.frame.get_by_role("option").first).to_be_visible()
    for mark in room.marks()[:6]:
        box = room.frame.locator(".leaflet-container").first.bounding_box()
        assert box is not None
        room.page.mouse.move(box["x"] + mark["x"], box["y"] + mark["y"])
        room.page.wait_for_timeout(60)
    for _ in range(12):
        room.button("Previous step").click()
    room.settle()
    assert is_unharmed(room)
    assert room.frame.locator("img").count() == 0


@pytest.mark.parametrize("path", ["place?id=", "source?id=d0000", "source", "method", "compare", "present"])
def test_every_page_shows_it_as_text(watched: Callable[..., Watched], hostile: str, path: str) -> None:
    one = watched()
    room = Room(one.page, hostile)
    if path == "place?id=":
        room.open()
        path += room.inside.evaluate("() => atlas.room.app.data.places.id[1]")
    one.page.goto(f"{hostile}/{path}")
    expect(one.page.locator("h1, iframe").first).to_be_visible()
    room.settle()
    if path == "present":
        room.ready()
        for _ in range(8):
            one.page.keyboard.press("ArrowRight")
    assert is_unharmed(room)
    assert one.page.locator('[data-testid="stException"]').count() == 0
    assert one.page.locator("img[src='x']").count() == 0
