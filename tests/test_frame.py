"""What is around every page: an open page says that other tables have been built, and shows them when it is asked to."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.data import VARIABLE, fingerprint
from tests.small_tables import table, write_build


def page() -> None:
    from types import SimpleNamespace

    import streamlit as st

    from dashboard.messages import words
    from dashboard.views import frame

    st.text("drawn")
    frame._watch(SimpleNamespace(shared=SimpleNamespace(seen=st.session_state["seen"]), words=words("en")))  # type: ignore[arg-type]


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    return write_build(tmp_path, table("lima origin 2010 confirmed a"))


def shown(seen: object) -> list[str]:
    app = AppTest.from_function(page)
    app.session_state["seen"] = seen
    app.run()
    assert not app.exception
    return [element.value for element in app.text if element.value != "drawn"] + [button.label for button in app.button]


def test_nothing_is_said_of_the_tables_that_are_shown(build: Path) -> None:
    assert shown(fingerprint(build)) == []


def test_tables_built_since_are_told_of(build: Path) -> None:
    seen = fingerprint(build)
    write_build(build, table("lima origin 2010 confirmed a", "quito exploration 2018 confirmed a"))
    assert shown(seen) == ["New tables have been built since this page was drawn.", "Show them"]


def test_nothing_is_said_while_tables_are_being_written(build: Path) -> None:
    seen = fingerprint(build)
    (build / "build.json").unlink()
    assert shown(seen) == []
