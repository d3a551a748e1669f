"""The files that the browser fetches."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard import assets
from tests.small_taken import tables


def test_a_file_has_its_name_from_what_it_is_made_of_and_is_made_once(tmp_path: Path) -> None:
    name = assets._write(tmp_path, "data.json", b"key", lambda: b"content")
    assert assets._write(tmp_path, "data.json", b"key", lambda: b"other") == name
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [(name, b"content")]


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(draft: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left on device"):
        assets._write(tmp_path, "data.json", b"key", lambda: b"content")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(assets.AssetsError, match=r"file/served: Not a directory"):
        assets.publish(tables(tmp_path / "build"), tmp_path / "file" / "served")
