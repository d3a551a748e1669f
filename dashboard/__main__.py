"""Serves the app on this machine: ``python -m dashboard [--build DIR] [--port N]``."""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

_INSTALL = "run `make dashboard`, or .venv/bin/python once that is done, or install requirements.txt"
_TRIED = 50
"""Ports that are tried from the one asked for."""
_LAST_PORT = 65535


def free_port(first: int) -> int:
    """The first port from `first` on that nobody listens at.

    Raises OSError where none of fifty is free.
    """
    last = min(first + _TRIED - 1, _LAST_PORT)
    for port in range(first, last + 1):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError(f"no port from {first} to {last} is free; name another one with --port")


def command(port: int) -> list[str]:
    """The command that serves the app at a port of this machine and of no other."""
    app = Path(__file__).with_name("app.py")
    return [sys.executable, "-m", "streamlit", "run", str(app), "--server.address", "localhost", "--server.port", str(port)]


def _port(text: str) -> int:
    """Read a port that can be named in an address; 0 would be any one."""
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(_LAST_PORT)) and 1 <= int(text) <= _LAST_PORT):
        raise argparse.ArgumentTypeError(f"{text[:20]!r} is no port; give a number from 1 to {_LAST_PORT}, such as 8501")
    return int(text)


def main(arguments: list[str] | None = None) -> int:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(
        prog="python -m dashboard", description="Serves the map on this machine.", epilog="example: python -m dashboard --build build --port 8501"
    )
    parser.add_argument("--build", type=Path, default=Path("build"), help="the folder with the tables (default: build)")
    parser.add_argument("--port", type=_port, default=8501, help="the port; a taken one gives the next free one (default: 8501)")
    options = parser.parse_args(arguments)
    if find_spec("streamlit") is None:
        print(f"dashboard: the package 'streamlit' is not installed for {sys.executable}; {_INSTALL}", file=sys.stderr)
        return 2
    try:
        port = free_port(options.port)
    except OSError as error:
        print(f"dashboard: {error}", file=sys.stderr)
        return 2
    if port != options.port:
        print(f"port {options.port} is taken; serving at {port}")
    root = Path(__file__).resolve().parents[1]
    environment = {
        **os.environ,
        "EXPANSION_ATLAS_BUILD": str(options.build.resolve()),
        "PYTHONPATH": os.pathsep.join(filter(None, (str(root), os.environ.get("PYTHONPATH", "")))),
    }
    print(f"the map: http://localhost:{port} (Ctrl-C stops it)", flush=True)
    try:
        return subprocess.run(command(port), cwd=root, env=environment, check=False).returncode
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main())
