"""The map element in a page, as a person would use it."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Frame, FrameLocator, Locator, Page, expect

# What each drawn mark is and where it stands, in pixels of the map's container.
MARKS = """() => {
  const room = atlas.room, stage = room.stage, map = stage.map;
  const sheet = Object.values(map._layers).find((layer) => layer.options && layer.options.pane === "marks");
  const shift = map.layerPointToContainerPoint(sheet._bounds.min);
  return stage.drawnMarks().map((mark) => ({ id: room.app.data.places.id[mark.place], name: room.app.data.places.name[mark.place], count: mark.count, x: mark.x + shift.x, y: mark.y + shift.y }));
}"""

# Fits the map to an area of which a phase is said: from far away areas are too small to be seen as such.
TO_AN_AREA = """() => {
  const { room } = atlas, { visible } = room.scene();
  room.stage.fit([room.app.data.areas.find((place) => visible(place) && visible(place).rank >= 0)]);
}"""


class Room:
    """The map room of a page."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address

    def open(self, path: str = "") -> Room:
        """Open a page of the app and wait until its map is drawn and the server knows."""
        self.page.goto(f"{self.address}/{path}")
        self.ready()
        return self

    def ready(self) -> None:
        """Wait until the map is drawn and the page around it has come to rest."""
        self.frame.locator('.atlas[data-ready="true"]').wait_for()
        self.settle()

    def settle(self) -> None:
        """Wait until the server has done what it was asked."""
        self.page.wait_for_timeout(350)
        expect(self.page.locator('[data-testid="stApp"]')).to_have_attribute("data-test-script-state", "notRunning")
        self.page.wait_for_timeout(100)

    @property
    def frame(self) -> FrameLocator:
        """The frame that the map is in."""
        return self.page.frame_locator('[class*="st-key-room-"] iframe')

    @property
    def inside(self) -> Frame:
        """The same, to run scripts in."""
        return next(frame for frame in self.page.frames if "streamlit_folium" in frame.url)

    @property
    def finding(self) -> str:
        """The sentence above the map."""
        return self.frame.locator("h1").inner_text()

    @property
    def notes(self) -> Locator:
        """What stands beside the map."""
        return self.page.locator(".st-key-beside")

    def button(self, name: str) -> Locator:
        """A button in the frame."""
        return self.frame.get_by_role("button", name=name, exact=True)

    def state(self) -> dict[str, Any]:
        """The state of the map."""
        told: dict[str, Any] = self.inside.evaluate("() => { const { filter, ...state } = atlas.room.app.state; return state; }")
        return told

    def marks(self) -> list[dict[str, Any]]:
        """The marks that are drawn as points."""
        found: list[dict[str, Any]] = self.inside.evaluate(MARKS)
        return found

    def click_on(self, mark: dict[str, Any]) -> None:
        """Click on a mark with the mouse."""
        box = self.frame.locator(".leaflet-container").first.bounding_box()
        assert box is not None
        self.page.mouse.click(box["x"] + mark["x"], box["y"] + mark["y"])

    def free_mark(self) -> dict[str, Any]:
        """A mark of one place that nothing else lies on, once the map has its size."""
        for _ in range(50):
            found = self._free_mark()
            if found is not None:
                return found
            self.page.wait_for_timeout(100)
        raise AssertionError("no mark stands free")

    def _free_mark(self) -> dict[str, Any] | None:
        size = self.frame.locator(".stage").bounding_box()
        assert size is not None
        for mark in self.marks():
            inside = 300 < mark["x"] < size["width"] - 260 and 60 < mark["y"] < size["height"] - 30
            if (
                inside
                and mark["count"] == 1
                and self.inside.evaluate(
                    "([x, y]) => { const at = atlas.room.stage.at(L.point(x, y)); return at && at.place !== undefined && !at.isArea; }", [mark["x"], mark["y"]]
                )
            ):
                return mark
        return None
