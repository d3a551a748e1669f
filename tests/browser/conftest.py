"""The app in a real browser: Chromium, made-up tables, and no host but this one.

Where Playwright or Chromium is not installed, none of these tests is run, and the end of the run says so; with EXPANSION_ATLAS_BROWSER=required, that is an error.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.benchmarks import generated

if TYPE_CHECKING:  # read where there is no Playwright, too
    from playwright.sync_api import Browser, BrowserContext, Page, Playwright

    from tests.browser.room import Room

ROOT = Path(__file__).resolve().parents[2]
# The first has no windows around its pages: with them, a page takes half as much work again.
CHROMIUM = next(filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"))), None)
MISSING = "Playwright is not installed" if find_spec("playwright") is None else "Chromium is not installed" if CHROMIUM is None else ""
REQUIRED = os.environ.get("EXPANSION_ATLAS_BROWSER") == "required"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
"""No host but this one has an address. Requests are not intercepted one by one: that would switch off the browser's cache."""
# Streamlit looks for its own server at other paths of the same host first; a browser logs that it found nothing there.
HARMLESS = ("404 (Not Found)", "Unrecognized feature", "allow-scripts and allow-same-origin")


class WithoutBrowser(pytest.Module):
    """A module of this folder that cannot be run. It is not imported, for it imports Playwright."""

    def collect(self) -> list[pytest.Item | pytest.Collector]:
        """Skip the module, or fail where a browser is required."""
        if REQUIRED:
            raise self.CollectError(f"EXPANSION_ATLAS_BROWSER=required, but {MISSING}")
        pytest.skip(MISSING, allow_module_level=True)


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> pytest.Module | None:
    """Without a browser there is nothing to test here."""
    return WithoutBrowser.from_parent(parent, path=module_path) if MISSING else None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say that a run without a browser is not a whole one."""
    if MISSING:
        terminalreporter.section("browser tests not run", yellow=True)
        terminalreporter.write_line(f"{MISSING}: no test in tests/browser was run")


@contextmanager
def serving(build: Path, *, script: str = "dashboard/app.py", tell: list[subprocess.Popen[bytes]] | None = None) -> Iterator[str]:
    """The app (or another Streamlit script) on a free port with a build. `tell` is given the process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port), "--server.headless", "true", "--server.address", "127.0.0.1"]
    environment = {**os.environ, "EXPANSION_ATLAS_BUILD": str(build), "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    if tell is not None:
        tell.append(process)
    try:
        _wait(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.communicate(timeout=20)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert process.poll() is None, process.stderr.read().decode() if process.stderr else ""
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError("the app did not start")


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of 600 observations."""
    return generated.build(tmp_path_factory.mktemp("build"), 600)


@pytest.fixture(scope="session")
def app(build: Path) -> Iterator[str]:
    """The address of the app with that build."""
    with serving(build) as address:
        yield address


@pytest.fixture(scope="session")
def playwright_() -> Iterator[Playwright]:
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=45000)
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright_: Playwright) -> Iterator[Browser]:
    browser = playwright_.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    yield browser
    browser.close()


class Watched:
    """A page that keeps what went wrong in it and what it asked of other hosts."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()
        self.problems: list[str] = []
        self.outside: list[str] = []
        self.received: list[int] = []
        self.sent: list[int] = []
        self.page.on("pageerror", lambda error: self.problems.append(error.message))
        self.page.on(
            "console",
            lambda message: self.problems.append(message.text) if message.type == "error" and not any(text in message.text for text in HARMLESS) else None,
        )
        self.page.on("dialog", lambda dialog: (self.problems.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        self.page.on("websocket", lambda socket_: socket_.on("framereceived", lambda payload: self.received.append(len(payload))))
        self.page.on("websocket", lambda socket_: socket_.on("framesent", lambda payload: self.sent.append(len(payload))))
        self.page.on("request", lambda request: None if request.url.startswith(("http://127.0.0.1", "data:", "blob:")) else self.outside.append(request.url))


@pytest.fixture(scope="session")
def contexts(chromium: Browser) -> Callable[[int, int, bool, str], BrowserContext]:
    """Windows of a size, kept for all tests: so that Streamlit's own script is fetched and compiled once."""

    @lru_cache
    def context(width: int, height: int, dark: bool, locale: str) -> BrowserContext:
        made = chromium.new_context(viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light", locale=locale)
        made.set_default_timeout(45000)
        return made

    return context


@pytest.fixture
def watched(contexts: Callable[[int, int, bool, str], BrowserContext]) -> Iterator[Callable[..., Watched]]:
    """Makes watched pages: `watched(width=1280, height=720, dark=False)`.

    At the end nothing may have gone wrong in one, and nothing may have been asked of another host.
    """
    made: list[Watched] = []

    def make(*, width: int = 1280, height: int = 720, dark: bool = False, locale: str = "en-GB") -> Watched:
        made.append(Watched(contexts(width, height, dark, locale)))
        return made[-1]

    yield make
    for one in made:
        one.page.close()
    assert [problem for one in made for problem in one.problems] == []
    assert [url for one in made for url in one.outside] == []


@pytest.fixture
def room(watched: Callable[..., Watched], app: str) -> Room:
    """The map page, drawn."""
    from tests.browser.room import Room

    return Room(watched().page, app).open()
