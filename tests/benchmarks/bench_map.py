"""How fast the map room is, in a real browser, on made-up tables of several sizes, beside the plain way in the same run.

`python -m tests.benchmarks.bench_map [SIZE ...]` prints a table and ends with 1 where a goal is missed. Times are medians in milliseconds.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Frame, Locator, Page, sync_playwright

from dashboard.assets import SERVED
from tests.benchmarks import generated
from tests.browser.conftest import ARGUMENTS, CHROMIUM, ROOT, serving
from tests.browser.room import Room

SIZES = (1_000, 5_000, 20_000, 100_000)
KEPT_FROM = 20_000
"""Sizes from which memory is measured."""
STEPS_ASKED = 16
"""Of the server, for a median without the first two."""
HERE = Path(__file__).parent
# Half of the places in view, steps from the middle of the time on; the time until the step is drawn, and until the frame after it.
STEPS = """async (count) => {
  const { room } = atlas, { app, model, map } = room;
  map.setView([25, 20], 3, { animate: false });
  const places = app.data.points.filter((place) => map.getBounds().contains([app.data.places.latitude[place], app.data.places.longitude[place]])).length;
  const steps = model.steps(app.state);
  room.change(model.at(app.state, steps[Math.floor(steps.length / 3)]), "play");
  const drawn = [], framed = [];
  for (let step = 0; step < count; step++) {
    let next = model.move(app.state, true);
    if (!next) next = model.at(app.state, steps[Math.floor(steps.length / 3)]);
    await new Promise((done) => requestAnimationFrame(done));
    const start = performance.now();
    room.change(next, "play");
    drawn.push(performance.now() - start);
    await new Promise((done) => requestAnimationFrame(() => { const channel = new MessageChannel(); channel.port1.onmessage = done;
    channel.port2.postMessage(0); })); framed.push(performance.now() - start);
  }
  room.change({}, "pause");
  return { drawn, framed, share: places / app.data.points.length };
}"""


# When a button or a key was last pressed, and when the text of a node became another: on the clock that a page and its frames share.
PRESSED = """() => { for (const kind of ['click', 'keydown'])
  addEventListener(kind, () => { window.pressedAt = performance.timeOrigin + performance.now(); }, { capture: true }); }"""
WATCH = """(node) => { const text = node.textContent; window.shownAt = null;
  new MutationObserver((_, watcher) => { if (node.textContent === text) return; watcher.disconnect(); window.shownAt = performance.timeOrigin + performance.now(); })
    .observe(node, { childList: true, subtree: true, characterData: true }); }"""


@dataclass
class Result:
    """What was measured for one size."""

    size: int
    numbers: dict[str, float] = field(default_factory=dict)


class Wire:
    """What a page receives from its server."""

    def __init__(self, page: Page) -> None:
        self.received: list[int] = []
        page.on("websocket", lambda socket: socket.on("framereceived", lambda payload: self.received.append(len(payload))))

    def settle(self, page: Page) -> int:
        """Wait until the server has nothing more to say; the bytes that it sent since the last time."""
        before = -1
        while before != len(self.received):
            before = len(self.received)
            page.wait_for_timeout(400)
        size = sum(self.received)
        self.received.clear()
        return size


def answered(page: Page, text: Locator, press: Callable[[], object], *, frame: Frame | None = None) -> float:
    """Milliseconds from the press of a button (in `frame`, where it is in one) until `text`, which the server writes, is another."""
    text.evaluate(WATCH)
    press()
    shown = float(page.wait_for_function("() => window.shownAt").json_value())
    return shown - float((frame or page).evaluate("() => window.pressedAt"))


@contextmanager
def script(name: str, build: Path) -> Iterator[str]:
    """Another Streamlit script of this folder, served from a folder of its own with the same static files."""
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copy(HERE / name, folder)
        if SERVED.is_dir():
            shutil.copytree(SERVED, Path(folder) / "static" / SERVED.name)
        with serving(build, script=str(copy)) as address:
            yield address


def measure(browser: Browser, size: int, folder: Path) -> Result:
    """All numbers of one size."""
    build = generated.build(folder / str(size), size)
    result = Result(size)
    result.numbers["floor"] = _floor(browser, build)
    with serving(build) as address:
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        wire = Wire(page)
        room = Room(page, address).open()
        told = room.inside.evaluate(STEPS, 60)
        room.settle()
        result.numbers |= {"step": median(told["drawn"]), "frame": median(told["framed"]), "in view %": told["share"] * 100}
        result.numbers |= _server_steps(room, wire)
        room.inside.evaluate("() => atlas.room.map.setView([48, 10], 6, { animate: false })")  # where marks of one place stand apart
        room.settle()
        result.numbers["click"] = median(_click(room, page) for _ in range(5))
        page.close()
    result.numbers["start"] = _start(browser, build)
    if size >= KEPT_FROM:
        result.numbers |= _memory(browser, build)
    result.numbers["plain"] = _plain(browser, build)
    return result


def _server_steps(room: Room, wire: Wire) -> dict[str, float]:
    """From the click on a step button in the map to the news of that step beside it, which the server writes; and what it sends for it."""
    room.inside.evaluate(PRESSED)
    wire.settle(room.page)
    times, sizes = [], []
    for _ in range(STEPS_ASKED):
        times.append(answered(room.page, room.notes.locator(".notes"), lambda: room.button("Previous step").click(), frame=room.inside))
        sizes.append(wire.settle(room.page))
    return {"server step": median(times[2:]), "bytes": max(sizes)}


def _floor(browser: Browser, build: Path) -> float:
    """From a click on the slider to the value as the server writes it."""
    with script("empty.py", build) as address:
        page = browser.new_page()
        page.add_init_script(f"({PRESSED})()")
        wire = Wire(page)
        page.goto(address)
        track = page.get_by_test_id("stSlider").bounding_box()
        thumb = page.get_by_role("slider").bounding_box()
        assert track is not None
        assert thumb is not None
        times = []
        for number in range(STEPS_ASKED):
            wire.settle(page)
            at = track["x"] + track["width"] * (number + 1) / (STEPS_ASKED + 1), thumb["y"] + thumb["height"] / 2
            times.append(answered(page, page.get_by_test_id("stText"), lambda at=at: page.mouse.click(*at)))  # type: ignore[misc]
        page.close()
    return median(times[2:])


def _plain(browser: Browser, build: Path) -> float:
    """From a key on the slider to the redrawn map: the frame is built anew, so the new one is waited for."""
    with script("plain.py", build) as address:
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        page.add_init_script(f"({PRESSED})()")
        page.goto(address)
        _drawn(page, None)
        page.get_by_role("slider").focus()
        times = []
        for _ in range(3):
            before = _frame(page)
            page.keyboard.press("ArrowLeft")
            done = _drawn(page, before)
            times.append(done - float(page.evaluate("() => window.pressedAt")))
        page.close()
    return median(times)


def _frame(page: Page) -> Frame | None:
    return next((frame for frame in reversed(page.frames) if "streamlit_folium" in frame.url), None)


def _drawn(page: Page, before: Frame | None) -> float:
    """Wait until a new frame has its marks; when it had them."""
    for _ in range(6000):
        frame = _frame(page)
        if frame is not None and frame is not before:
            done = frame.evaluate("() => document.querySelectorAll('path.leaflet-interactive').length && performance.timeOrigin + performance.now()")
            if done:
                return float(done)
        page.wait_for_timeout(10)
    raise TimeoutError("the plain map was not drawn")


def _click(room: Room, page: Page) -> float:
    """From a click on a mark to its evidence."""
    close = room.notes.get_by_role("button", name="Close")
    if close.count():
        close.click()
        room.settle()
    mark = room.free_mark()
    start = time.perf_counter()
    room.click_on(mark)
    room.notes.locator("article").first.wait_for()
    return (time.perf_counter() - start) * 1000


def _memory(browser: Browser, build: Path) -> dict[str, float]:
    """Megabytes of the page after 100 and after 1,100 steps, of the server, and what a further session takes of it."""
    with serving(build, tell=(process := [])) as address:
        page = browser.new_page()
        room = Room(page, address).open()
        session = page.context.new_cdp_session(page)

        def used() -> float:
            session.send("HeapProfiler.collectGarbage")
            return float(room.inside.evaluate("() => performance.memory.usedJSHeapSize")) / 1e6

        room.inside.evaluate(STEPS, 100)
        early = used()
        room.inside.evaluate(STEPS, 1000)
        late = used()
        one = _resident(process[0])
        pages = [browser.new_page() for _ in range(4)]
        for other in pages:
            Room(other, address).open()
        four = _resident(process[0])
        for other in (page, *pages):
            other.close()
    return {"page MB": early, "at 1,100": late, "server MB": one, "session MB": (four - one) / len(pages)}


def _resident(process: subprocess.Popen[bytes]) -> float:
    status = Path(f"/proc/{process.pid}/status").read_text()
    return next(float(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS"))


def _start(browser: Browser, build: Path) -> float:
    """Milliseconds from `streamlit run` to a drawn map, the second time (the first makes the map's files)."""
    times = []
    for _ in range(3):
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        began = time.perf_counter()
        with serving(build) as address:
            page.goto(address, wait_until="commit")
            page.frame_locator('[class*="st-key-room-"] iframe').locator('.atlas[data-ready="true"]').wait_for()
            times.append((time.perf_counter() - began) * 1000)
            page.close()
    return min(times[1:])


def goals(results: list[Result]) -> list[tuple[str, float, float]]:
    """What is asked, what was measured, what is allowed."""
    by_size = {result.size: result.numbers for result in results}
    floor = median(result.numbers["floor"] for result in results)  # the empty page is the same at every size
    found = [("bytes a step, at most", max(result.numbers["bytes"] for result in results), 10_000.0)]
    if middle := by_size.get(5_000):
        found.append(("server step at 5,000, share of the plain way", middle["server step"] / middle["plain"], 1 / 20))
    if large := by_size.get(20_000):
        found += [
            ("browser step at 20,000, ms", large["step"], 16.0),
            ("server step at 20,000, times the floor", large["server step"] / floor, 2.0),
            ("server step at 20,000, share of the plain way", large["server step"] / large["plain"], 1 / 20),
            ("click to evidence at 20,000, ms", large["click"], 600.0),
            ("start to drawn map at 20,000, ms", large["start"], 4000.0),
            ("page memory after 1,000 more steps, times that before", large["at 1,100"] / large["page MB"], 1.1),
            ("server memory a session, MB", large["session MB"], 100.0),
        ]
    return found


def report(results: list[Result]) -> int:
    """Print the table and the goals; 1 where one is missed."""
    names = ["in view %", "step", "frame", "server step", "floor", "plain", "click", "bytes", "start", "page MB", "at 1,100", "server MB", "session MB"]
    print("observations".rjust(12), *(name.rjust(11) for name in names))
    for result in results:
        print(f"{result.size:12,}", *((f"{result.numbers[name]:11,.1f}" if name in result.numbers else "–".rjust(11)) for name in names))
    missed = 0
    for text, value, allowed in goals(results):
        missed += value > allowed
        print(f"{'ok    ' if value <= allowed else 'MISSED'} {text}: {value:,.2f} (at most {allowed:,.2f})")
    return int(missed > 0)


def main(arguments: list[str]) -> int:
    """Measure and report."""
    sizes = [int(text) for text in arguments] or list(SIZES)
    print(f"load of this machine: {', '.join(f'{load:.1f}' for load in os.getloadavg())} on {os.cpu_count()} cores; root {ROOT.name}")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, "--enable-precise-memory-info", "--js-flags=--expose-gc"])
        results = [measure(browser, size, Path(folder)) for size in sizes]
        browser.close()
    return report(results)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
