"""How the app is served: a port that is taken gives the next one."""

from __future__ import annotations

import socket
import sys

import pytest

from dashboard.__main__ import command, free_port, main


def test_a_taken_port_gives_the_next() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert port < free_port(port) <= port + 49


def test_it_listens_on_this_machine_alone() -> None:
    assert command(8601)[-4:] == ["--server.address", "localhost", "--server.port", "8601"]


def test_packages_that_are_not_installed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.__main__.find_spec", lambda name: None)
    assert main([]) == 2
    told = capsys.readouterr().err
    assert told.startswith(f"dashboard: the package 'streamlit' is not installed for {sys.executable}; run `make dashboard`")


@pytest.mark.parametrize("port", ["0", "-5", "70000", "9" * 5000, "eighty", "²"])
def test_no_such_port(capsys: pytest.CaptureFixture[str], port: str) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["--port", port])
    assert stop.value.code == 2
    assert capsys.readouterr().err.endswith(f"argument --port: {port[:20]!r} is no port; give a number from 1 to 65535, such as 8501\n")


def test_the_last_port_has_no_next() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 65535))
        taken.listen()
        with pytest.raises(OSError, match="no port from 65535 to 65535 is free; name another one with --port"):
            free_port(65535)
