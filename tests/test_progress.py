"""What is said while something is done, and files that appear whole or not at all."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from gazetteer.errors import OutputError
from gazetteer.files import make_folder, write_atomically
from gazetteer.progress import Progress


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_plain_lines_where_there_is_no_terminal() -> None:
    stream = io.StringIO()
    say = Progress(stream)
    for share in (0.0, 0.5, 1.0):
        say("reading documents", share)
    say("writing tables", 0.0)
    assert stream.getvalue() == "reading documents ...\nwriting tables ...\n"


def test_bar_on_a_terminal() -> None:
    stream = Terminal()
    say = Progress(stream)
    say("reading documents", 0.5)
    say("reading documents", 0.501)
    say("reading documents", 1.0)
    assert stream.getvalue().split("\r\x1b[K") == [
        "",
        "reading documents            [############............]  50 %",
        "reading documents            [########################] 100 %\n",
    ]


def test_file_appears_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_atomically(path, lambda part: part.write_text("one", "utf-8"))
    write_atomically(path, lambda part: part.write_text("two", "utf-8"))
    assert path.read_text("utf-8") == "two"
    assert path.stat().st_mode & 0o777 == 0o644
    assert list(tmp_path.iterdir()) == [path]


def test_file_whose_writing_breaks_off_is_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("before", "utf-8")

    def fail(part: Path) -> None:
        part.write_text("half", "utf-8")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_atomically(path, fail)
    assert path.read_text("utf-8") == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    for path in (tmp_path / "file", tmp_path / "file" / "out"):
        with pytest.raises(OutputError, match=rf"{path}: is a file, or lies below one; give a folder to write into$"):
            make_folder(path)
    with pytest.raises(OutputError, match=r"gone/a.txt: cannot be written \(No such file or directory\); choose another folder, or check its permissions"):
        write_atomically(tmp_path / "gone" / "a.txt", lambda part: part.write_text("x", "utf-8"))
    make_folder(tmp_path / "a" / "b")
    assert list((tmp_path / "a" / "b").iterdir()) == []
