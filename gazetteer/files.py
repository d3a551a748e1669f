"""Files that others may write or remove at the same time: each appears whole or not at all."""

from __future__ import annotations

import errno
import json
import os
import stat
import tempfile
import time
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from gazetteer.errors import OutputError


def shipped_json(name: str) -> Any:  # noqa: ANN401 -- whoever asks knows what is in it
    """Read a file of JSON among the package's ``data``."""
    return json.loads((files("gazetteer") / "data" / name).read_text("utf-8"))


def cache_folder() -> Path:
    """Where indexes and online answers are kept: ``EXPANSION_ATLAS_CACHE``, else the user's cache folder."""
    return Path(os.environ.get("EXPANSION_ATLAS_CACHE") or user_cache_path("expansion-atlas"))


def read_regular(path: Path) -> bytes:
    """Read a file; a pipe is not waited for.

    Raises OSError where it cannot be read, or is no regular file.
    """
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise OSError(errno.EINVAL, "no regular file", str(path))
    return path.read_bytes()


def write_atomically(path: Path, write: Callable[[Path], object]) -> None:
    """Let ``write`` fill a temporary file beside ``path`` and rename it.

    Raises OutputError where the folder cannot be written.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        os.close(handle)
        temporary = Path(name)
        try:
            write(temporary)
            temporary.chmod(0o644)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror or error}); choose another folder, or check its permissions") from error


def make_folder(path: Path) -> None:
    """Make a folder to write into.

    Raises OutputError where it cannot be made or written.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path):
            pass
    except (FileExistsError, NotADirectoryError) as error:
        raise OutputError(f"{path}: is a file, or lies below one; give a folder to write into") from error
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror or error}); choose another folder, or check its permissions") from error


def remove(path: Path) -> bool:
    """Remove a file; whether there was one.

    Raises OutputError where it cannot be removed.
    """
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise OutputError(f"{path}: cannot be removed ({error.strerror or error}); remove it by hand") from error
    return True


def is_older(path: Path, seconds: float) -> bool:
    """Whether a file or folder was changed last longer ago than so many seconds; not where it is gone, since another process may have removed it."""
    try:
        return time.time() - path.stat().st_mtime > seconds
    except FileNotFoundError:
        return False
