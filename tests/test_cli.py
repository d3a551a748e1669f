"""The commands as a user runs them: on good folders, on broken ones, and with wrong arguments. Each error is one clear line and an exit code."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from gazetteer import __version__, cli

NEWS = "Tren de Aragua arrived in Lima in March 2021. Police arrested three members in Bogotá on 5 May 2022.\n"
ROOT = Path(cli.__file__).parent.parent
Folder = Callable[..., Path]
Annotate = Callable[..., tuple[int, list[str], list[str]]]
pytestmark = pytest.mark.usefixtures("index")


@pytest.fixture
def annotate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Annotate:
    """Annotates a folder: exit code, lines on standard error, names of the files written."""

    def run(folder: Path, *options: str) -> tuple[int, list[str], list[str]]:
        code = cli.main(["annotate", str(folder), str(tmp_path / "out"), *options])
        lines = [
            line.replace(str(folder), "IN").replace(str(tmp_path), "TMP") for line in capsys.readouterr().err.splitlines() if line != "reading documents ..."
        ]
        written = sorted(path.name for path in (tmp_path / "out").iterdir()) if (tmp_path / "out").is_dir() else []
        if written:
            assert lines.pop() == f"{len(written)} annotation file{'s' if len(written) > 1 else ''} written to TMP/out"
        return code, lines, written

    return run


def run(*arguments: str, folder: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    paths = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH", ""))))
    return subprocess.run(
        [sys.executable, "-m", "gazetteer", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": paths, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


# ------------------------------------------------------------------ one document that cannot be read


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("bad.txt", b"", "IN/bad.txt: is empty; remove it or put the text in"),
        ("bad.txt", b" \n\t\r\n", "IN/bad.txt: is empty; remove it or put the text in"),
        ("bad.txt", b"\xef\xbb\xbf", "IN/bad.txt: is empty; remove it or put the text in"),
        ("bad.txt", b"abc\0def", "IN/bad.txt: is not a text file (NUL at byte 3); save it as UTF-8 text"),
        ("bad.txt", bytes(range(1, 32)) * 20, "IN/bad.txt: is not a text file (more than 2% control characters); save it as UTF-8 text"),
        ("bad.txt", b"%PDF-1.7 ...", "IN/bad.txt: is a PDF file, not text; save it as UTF-8 text"),
        ("bad.md", b"PK\x03\x04...", "IN/bad.md: is a Word, spreadsheet or zip file, not text; save it as UTF-8 text"),
        ("bad.txt", b"\xff\xfeL\0i", "IN/bad.txt: is not whole UTF-16 (byte 4); save it as UTF-8 text"),
        ("bad.txt", b"\xff\xfe" + "Lima\0Peru".encode("utf-16-le"), "IN/bad.txt: is not a text file (NUL at character 4); save it as UTF-8 text"),
        ("bad.txt", b"word " * 10_000_000, "IN/bad.txt: 50.0 MB is over the limit of 10 MB for one file; split it"),
    ],
    ids=["empty", "blank", "only a mark", "NUL", "junk", "PDF", "Word", "half UTF-16", "NUL in UTF-16", "50 MB"],
)
def test_document_that_cannot_be_read_is_named_and_the_others_are_done(folder: Folder, annotate: Annotate, name: str, content: bytes, message: str) -> None:
    made = folder(**{"documents.csv": f"file\ngood.txt\n{name}\n", "good.txt": NEWS, name: content})
    assert annotate(made) == (1, [message, f"1 of the documents could not be read: {name}; the others are done"], ["good.json"])


def test_link_that_leads_nowhere_and_loops_of_links(folder: Folder, annotate: Annotate) -> None:
    made = folder(**{"documents.csv": "file\ngood.txt\n", "good.txt": NEWS})
    (made / "loop.txt").symlink_to(made / "loop.txt")
    (made / "gone.md").symlink_to(made / "nothing")
    code, lines, written = annotate(made)
    assert code == 1
    assert lines == [
        "IN/gone.md: is a link that leads nowhere, or no regular file; remove it or put the text in its place",
        "IN/loop.txt: is a link that leads nowhere, or no regular file; remove it or put the text in its place",
        "2 of the documents could not be read: gone.md, loop.txt; the others are done",
    ]
    assert written == ["good.json"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_pipe_is_not_waited_for(folder: Folder, annotate: Annotate) -> None:
    made = folder(**{"documents.csv": "file\ngood.txt\n", "good.txt": NEWS})
    os.mkfifo(made / "pipe.txt")
    code, lines, written = annotate(made)
    assert (code, written) == (1, ["good.json"])
    assert lines[0].startswith("IN/pipe.txt: is a link that leads nowhere, or no regular file")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
@pytest.mark.parametrize("name", ["documents.csv", "overrides.csv", "codebook.toml"])
def test_pipe_in_the_place_of_a_table_is_not_waited_for(folder: Folder, annotate: Annotate, name: str) -> None:
    made = folder(**{"good.txt": NEWS})
    os.mkfifo(made / name)
    code, lines, written = annotate(made)
    assert (code, written) == (2, [])
    assert lines == [f"IN/{name}: cannot be read (no regular file); check what it is and its permissions"]


def test_annotation_takes_the_place_of_its_own_kind_alone(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    made = folder(**{"documents.csv": "file\ngood.txt\nread.txt\n", "good.txt": NEWS, "read.txt": NEWS})
    (made / "good.json").write_text('{"document": "good", "published": "2020", "places": {}}', "utf-8")
    for _ in range(2):
        assert cli.main(["annotate", str(made), str(made)]) == 1
        told = capsys.readouterr().err.splitlines()
        assert f"{made}/good.json: is no annotation file of this program's, and one would take its place; choose another folder for them" in told
    assert (made / "good.json").read_text("utf-8") == '{"document": "good", "published": "2020", "places": {}}'
    assert json.loads((made / "read.json").read_text("utf-8"))["document"] == "read"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is full")
@pytest.mark.parametrize("arguments", [["geocode", "Lima"], ["index", "--info"]])
def test_output_that_has_no_room(arguments: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([sys.executable, "-m", "gazetteer", *arguments], stdout=full, stderr=subprocess.PIPE, text=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stderr) == (2, "what is printed: No space left on device; check the path, its permissions and the room on its disk\n")


def test_output_that_is_closed() -> None:
    done = subprocess.run(["sh", "-c", f"{sys.executable} -m gazetteer geocode Lima >&-"], stderr=subprocess.PIPE, text=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_codebook_whose_name_no_file_can_have(folder: Folder, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made, name = folder(**{"good.txt": NEWS}), "x" * 300
    assert cli.main(["annotate", str(made), str(tmp_path / "out"), "--codebook", name]) == 2
    (line,) = [line for line in capsys.readouterr().err.splitlines() if line.startswith("xxx")]
    assert line.endswith(f"x: cannot be read (File name too long); give a codebook file with --codebook, or put codebook.toml into {made}")


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that nobody can read")
@pytest.mark.parametrize("command", ["build", "annotate"])
def test_file_that_cannot_be_read(folder: Folder, tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str) -> None:
    made = folder(**{"documents.csv": "file\ngood.txt\n", "good.txt": NEWS})
    (made / "shut.txt").symlink_to("/proc/self/mem")
    arguments = {"build": ["build", "--seeds", str(made), "--out", str(tmp_path / "out")], "annotate": ["annotate", str(made), str(tmp_path / "out")]}
    assert cli.main(arguments[command]) == 1
    lines = [line for line in capsys.readouterr().err.splitlines() if line.startswith(str(made))]
    assert lines == [f"{made}/shut.txt: cannot be read (Input/output error); check what it is and its permissions"]


def test_two_files_with_one_stem(folder: Folder, annotate: Annotate) -> None:
    made = folder(**{"documents.csv": "file\ngood.txt\nsame.txt\n", "good.txt": NEWS, "same.txt": NEWS, "same.md": NEWS})
    code, lines, written = annotate(made)
    assert (code, written) == (1, ["good.json"])
    assert lines == [
        "IN/same.txt: has the same stem as 'same.md', and the stem is the document's id; none of them is read, rename one",
        "IN/same.md: has the same stem as 'same.txt', and the stem is the document's id; none of them is read, rename one",
        "2 of the documents could not be read: same.md, same.txt; the others are done",
    ]


# ------------------------------------------------------------------ what is only said


@pytest.mark.parametrize(
    ("files", "messages"),
    [
        (
            {"a.txt": NEWS, "documents.csv": "file\na.txt\n", "Codebook.toml": "", "Overrides.CSV": ""},
            [
                "IN/Codebook.toml: is not read, for its name is 'codebook.toml' in small letters; rename it",
                "IN/Overrides.CSV: is not read, for its name is 'overrides.csv' in small letters; rename it",
            ],
        ),
        (
            {"a.txt": NEWS, "documents.csv": "file\na.txt\n", "codebook.toml.txt": "", "overrides.csv.TXT": ""},
            [
                "IN/codebook.toml.txt: is not read, for its name must be 'codebook.toml', without '.txt' behind it; rename it (endings may be hidden)",
                "IN/overrides.csv.TXT: is not read, for its name must be 'overrides.csv', without '.TXT' behind it; rename it (endings may be hidden)",
            ],
        ),
        ({"a.txt": NEWS}, ["IN/documents.csv: is missing, so the dates and publishers of the documents are not known; add it, with the columns"]),
        ({"a.txt": NEWS.encode("cp1252"), "documents.csv": "file\na.txt\n"}, ["IN/a.txt: is not UTF-8; it was read as Windows-1252 (cp1252): check"]),
        ({"a.txt": NEWS.encode("utf-16"), "documents.csv": "file\na.txt\n"}, ["IN/a.txt: is not UTF-8; it was read as UTF-16: save it as UTF-8"]),
        ({"a.txt": "\ufeff" + NEWS, "documents.csv": "\ufefffile,published\r\na.txt,2023-05\r\n"}, []),
        ({"a.txt": NEWS, "documents.csv": "file;published;title\na.txt;2023;One, two\n"}, []),
        ({"a.txt": NEWS, "documents.csv": 'file;"title, subtitle, and so on";published\na.txt;"One";2023\n'}, []),
        ({"a.txt": NEWS, "documents.csv": "file\tpublished\na.txt\t2023\n"}, []),
        ({"a.txt": NEWS, "documents.csv": " FILE , Published \na.txt,2023\n\n,\n"}, []),
        ({"a.txt": NEWS.replace("\n", "\r\n"), "documents.csv": "file\na.txt\n"}, []),
        (
            {"a.txt": NEWS, "documents.csv": "file,published\na.txt,2018-12-31\n"},
            ["IN/a.txt: tells of 'March 2021' as past, but 'published' in the manifest is 2018-12-31; mend it, for the dates of the text are understood from it"],
        ),
        ({"a.txt": NEWS, "documents.csv": "file,published\na.txt,last May\n"}, ["IN/documents.csv:2: published 'last May' is not an EDTF date such as"]),
        ({"a.txt": NEWS, "documents.csv": "file,published\na.txt,2023-02-30\n"}, ["IN/documents.csv:2: published '2023-02-30' is not an EDTF date"]),
        ({"a.txt": NEWS, "documents.csv": "file,reliability\na.txt,high\n"}, ["IN/documents.csv:2: reliability 'high' is not a grade from A to F; 'a.txt'"]),
        ({"a.txt": NEWS, "documents.csv": "file,language\na.txt,xx\n"}, ["IN/a.txt: language 'xx' is none of en, es; it is read as"]),
        ({"a.txt": NEWS, "documents.csv": "file\na.txt\na.txt\n"}, ["IN/documents.csv:3: file 'a.txt' stands in the manifest twice; this row"]),
        ({"a.txt": NEWS, "documents.csv": "file,title\n,No file\na.txt,x\n"}, ["IN/documents.csv:2: the cell 'file' is empty; name"]),
        ({"a.txt": NEWS, "documents.csv": "file,title\na.txt,One, two\n"}, ["IN/documents.csv:2: has 1 more cell than the header has columns"]),
        ({"a.txt": NEWS, "documents.csv": "file,Publised\na.txt,2023\n"}, ["IN/documents.csv:1: the column 'publised' is not read; if it is meant as 'published', write it so"]),
        ({"a.txt": NEWS, "documents.csv": "file,title,titles,source_file,note\na.txt,x,x,x,x\n"}, []),
        ({"a.txt": NEWS, "documents.csv": "file\na.txt\n", "a.json": "{}"}, []),
        ({"a.txt": NEWS, "documents.csv": "file\na.txt\n", "README.md": "", "readme.es.txt": "", ".hidden.txt": "", "LICENSE": "", "map.PNG": "", ".gitkeep": ""}, []),
    ],
    ids=[
        "names in capitals", "names with an ending", "no manifest", "cp1252", "UTF-16", "marks and CRLF", "semicolons", "semicolons and commas", "tabs", "header in capitals", "text in CRLF", "told after its date", "no date", "no such day",
        "no grade", "no language",
        "a row twice", "a row without file", "a comma too many", "a column misspelt", "columns of one's own", "annotations beside the documents", "what is not read",
    ],
)  # fmt: skip
def test_what_a_person_should_know_costs_no_document(folder: Folder, annotate: Annotate, files: dict[str, str | bytes], messages: list[str]) -> None:
    code, lines, written = annotate(folder(**files))
    assert (code, written) == (0, ["a.json"])
    assert len(lines) == len(messages)
    assert all(line.startswith(message) for line, message in zip(lines, messages, strict=True)), lines


@pytest.mark.parametrize(
    ("named", "why"),
    [
        ("gone.txt", "is not in IN; add it or remove the row"),
        ("../secret.txt", "has a path in it; the documents must lie in the folder itself: give the bare name"),
        ("/etc/passwd", "has a path in it; the documents must lie in the folder itself: give the bare name"),
        ("C:\\a.txt", "has a path in it; the documents must lie in the folder itself: give the bare name"),
        ("..", "has a path in it; the documents must lie in the folder itself: give the bare name"),
        ("A.TXT", "is not in IN, but 'a.txt' is; write the name as the file has it"),
        ("a", "is not in IN, but 'a.txt' is; write the name as the file has it"),
        ("report.pdf", "is not a .txt or .md file; save it as text under such a name"),
        ("README.md", "is a hidden file or a README, which are not read; rename it"),
        (".hidden.txt", "is a hidden file or a README, which are not read; rename it"),
    ],
)
def test_row_of_the_manifest_without_its_file(folder: Folder, annotate: Annotate, named: str, why: str) -> None:
    made = folder(**{"documents.csv": f"file\na.txt\n{named}\n", "a.txt": NEWS, "README.md": "x"})
    (made.parent / "secret.txt").write_text("not to be read", "utf-8")
    code, lines, written = annotate(made)
    assert (code, written) == (1, ["a.json"])
    assert lines == [f"IN/documents.csv:3: file {named!r} {why}", f"1 of the documents could not be read: {named}; the others are done"]


@pytest.mark.parametrize("command", ["build", "annotate"])
def test_files_of_other_kinds_are_named(folder: Folder, tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str) -> None:
    other = {
        "Report.PDF": "x",
        "b.html": "x",
        "c.docx": "x",
        "sources.csv": "x",
        "named.odt": "x",
        "overrides.csv": "document,surface,place\n",
        "photo.jpg": "x",
    }
    made = folder(**{"documents.csv": "file\na.txt\nnamed.odt\n", "a.txt": NEWS, **other})
    out = str(tmp_path / "out")
    assert cli.main(["build", "--seeds", str(made), "--out", out] if command == "build" else ["annotate", str(made), out]) == 1
    assert [line.removeprefix(str(made)) for line in capsys.readouterr().err.splitlines() if line.startswith((str(made), "1 of"))] == [
        "/documents.csv:3: file 'named.odt' is not a .txt or .md file; save it as text under such a name",
        "/Report.PDF: is not a .txt or .md file; save it as text under such a name",
        "/b.html: is not a .txt or .md file; save it as text under such a name",
        "/c.docx: is not a .txt or .md file; save it as text under such a name",
        "/sources.csv: is not a .txt or .md file; save it as text under such a name",
        "1 of the documents could not be read: named.odt; the others are done",
    ]


def test_a_file_of_another_kind_is_no_document_that_failed(folder: Folder, annotate: Annotate) -> None:
    made = folder(**{"documents.csv": "file\na.txt\n", "a.txt": NEWS, "data.xlsx": "x"})
    assert annotate(made) == (0, ["IN/data.xlsx: is not a .txt or .md file; save it as text under such a name"], ["a.json"])


def test_a_name_cannot_steer_the_terminal(folder: Folder, annotate: Annotate) -> None:
    made = folder(**{"documents.csv": 'file\na.txt\n"gone\n\x1b[2J.txt"\n', "a.txt": NEWS, "b\x1b[31m\n.txt": "", "c\u202e.pdf": "x"})
    assert annotate(made) == (
        1,
        [
            "IN/documents.csv:4: file 'gone\\n\\x1b[2J.txt' is not in IN; add it or remove the row",
            "IN/c\\u202e.pdf: is not a .txt or .md file; save it as text under such a name",
            "IN/b\\x1b[31m\\n.txt: is empty; remove it or put the text in",
            "2 of the documents could not be read: b\\x1b[31m\\n.txt, gone\\n\\x1b[2J.txt; the others are done",
        ],
        ["a.json"],
    )


def test_documents_that_are_all_lost(folder: Folder, annotate: Annotate) -> None:
    made = folder(**{"documents.csv": "file\na.txt\n", "a.txt": ""})
    assert annotate(made) == (2, ["IN/a.txt: is empty; remove it or put the text in", "IN: none of its documents could be read; nothing was written"], [])


def test_subfolders_are_not_read(folder: Folder, annotate: Annotate) -> None:
    made = folder(**{"documents.csv": "file\na.txt\n", "a.txt": NEWS})
    (made / "inner.txt").mkdir()
    (made / "inner.txt" / "b.txt").write_text(NEWS, "utf-8")
    assert annotate(made) == (0, [], ["a.json"])


@pytest.mark.parametrize("command", ["build", "annotate"])
def test_documents_that_name_no_actor_of_the_codebook_are_told(folder: Folder, tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str) -> None:
    other = dict.fromkeys("bcdefgh", "The yellow-legged hornet arrived in Nérac in 2004.")
    made = folder(**{"documents.csv": "file\n", "a.txt": NEWS, **{f"{name}.txt": text for name, text in other.items()}})
    out = str(tmp_path / "out")
    assert cli.main(["build", "--seeds", str(made), "--out", out] if command == "build" else ["annotate", str(made), out]) == 0
    (told,) = [line for line in capsys.readouterr().err.splitlines() if "no actor" in line]
    assert told.startswith(
        f"{ROOT / 'seeds' / 'codebook.toml'}: b.txt, c.txt, d.txt, e.txt, f.txt and 2 more: no actor of the codebook is named there ('Tren de"
    )
    assert told.endswith("; add the names that the texts use to 'aliases', or give these documents a codebook.toml of their own")


# ------------------------------------------------------------------ a folder that cannot be used


@pytest.mark.parametrize(
    ("files", "messages"),
    [
        ({}, ["IN: holds no document; put .txt or .md files there (README files, hidden files and subfolders are not read)"]),
        (
            {"README.md": "x", "report.pdf": "x"},
            [
                "IN/report.pdf: is not a .txt or .md file; save it as text under such a name",
                "IN: holds no document; put .txt or .md files there (README files, hidden files and subfolders are not read)",
            ],
        ),
        ({"a.txt": NEWS, "documents.csv": ""}, ["IN/documents.csv: is empty; remove it or put the text in"]),
        (
            {"a.txt": NEWS, "documents.csv": "title,url\nx,y\n"},
            ["IN/documents.csv:1: lacks the column 'file'; the first line must name the columns: file,title,publisher,author,"],
        ),
        ({"a.txt": NEWS, "documents.csv": "file,file\na.txt,a.txt\n"}, ["IN/documents.csv:1: names the column 'file' twice; remove one"]),
        (
            {"a.txt": NEWS, "documents.csv": f"file,title\na.txt,{'x' * 131_073}\n"},
            ["IN/documents.csv:2: has a cell of more than 131,072 characters; shorten it, or close a quotation mark before it"],
        ),
        ({"a.txt": NEWS, "documents.csv": 'file\n"a.txt\n'}, ["IN/documents.csv:2: is not CSV (unexpected end of data); put cells"]),
        ({"a.txt": NEWS, "documents.csv": b"file\n\0"}, ["IN/documents.csv: is not a text file (NUL at byte 5); save it as UTF-8 text"]),
        ({"a.txt": NEWS, "codebook.toml": "[[phase]\n"}, ["IN/codebook.toml:1: is not TOML: "]),
        ({"a.txt": NEWS, "codebook.toml": b"\xff"}, ["IN/codebook.toml:1: is not UTF-8 (byte 0); save it as UTF-8"]),
        (
            {"a.txt": NEWS, "codebook.toml": '[[phase]]\nid = "x"\ncolour = "red"\n\n[[phase]]\nid = "x"\n'},
            [
                "IN/codebook.toml:3: unknown key 'colour' in [[phase]]; the keys are cues, definition, id, label, like, order",
                "IN/codebook.toml:6: phase 'x' stands here and in line 2; an id",
            ],
        ),
        (
            {"a.txt": NEWS, "overrides.csv": "surface,place\nLima,-\n"},
            ["IN/overrides.csv:1: lacks the column 'document'; the first line must name the columns: document,surface,start,"],
        ),
    ],
    ids=[
        "empty",
        "no document",
        "empty manifest",
        "no file column",
        "doubled column",
        "endless cell",
        "open quotes",
        "junk manifest",
        "no TOML",
        "not UTF-8",
        "broken codebook",
        "broken overrides",
    ],
)
def test_folder_that_cannot_be_used(folder: Folder, annotate: Annotate, files: dict[str, str | bytes], messages: list[str]) -> None:
    code, lines, written = annotate(folder(**files))
    lines = [line for line in lines if not line.startswith("IN/documents.csv: is missing")]
    assert (code, written) == (2, [])
    assert len(lines) == len(messages), lines
    assert all(line.startswith(message) for line, message in zip(lines, messages, strict=True)), lines


@pytest.mark.parametrize("name", ["codebook.toml", "overrides.csv", "documents.csv"])
@pytest.mark.parametrize(("kind", "why"), [("a folder", "Is a directory"), ("a link that leads nowhere", "No such file or directory")])
def test_what_is_there_and_cannot_be_read_is_not_passed_over(folder: Folder, annotate: Annotate, name: str, kind: str, why: str) -> None:
    made = folder(**{"a.txt": NEWS})
    if kind == "a folder":
        (made / name).mkdir()
    else:
        (made / name).symlink_to(made / "gone")
    code, lines, written = annotate(made)
    assert (code, lines[-1], written) == (2, f"IN/{name}: cannot be read ({why}); check what it is and its permissions", [])


def test_no_such_folder_and_a_file_for_a_folder(folder: Folder, annotate: Annotate) -> None:
    made = folder(**{"a.txt": NEWS})
    assert annotate(made / "gone") == (2, ["IN: cannot be read as a folder (No such file or directory); give a folder that holds .txt or .md documents"], [])
    assert annotate(made / "a.txt") == (2, ["IN: is a file; give the folder that holds the documents"], [])


def test_nothing_that_could_be_read_builds_nothing(folder: Folder, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = folder(**{"documents.csv": "file\na.txt\n", "a.txt": ""})
    assert cli.main(["build", "--seeds", str(made), "--out", str(tmp_path / "out")]) == 2
    assert capsys.readouterr().err.splitlines()[-2:] == [
        f"{made}/a.txt: is empty; remove it or put the text in",
        f"{made}: none of its documents could be read; nothing was written",
    ]
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize("command", ["build", "annotate"])
def test_output_that_cannot_be_written(folder: Folder, capsys: pytest.CaptureFixture[str], command: str) -> None:
    made = folder(**{"documents.csv": "file\na.txt\n", "a.txt": NEWS})
    below = made / "a.txt" / "out"  # a folder below a file cannot be made, whoever asks
    arguments = ["build", "--seeds", str(made), "--out", str(below)] if command == "build" else ["annotate", str(made), str(below)]
    assert cli.main(arguments) == 2
    assert capsys.readouterr().err == f"{below}: is a file, or lies below one; give a folder to write into\n"


# ------------------------------------------------------------------ overrides


def test_overrides_that_are_wrong_are_left_out_and_named(folder: Folder, annotate: Annotate, tmp_path: Path) -> None:
    rows = [
        "document,surface,start,place,reason,who,when",
        "a,Lima,,gn:3685533,,,",
        "a,Bogotá,x,-,,,",
        "a,Bogotá,,Mars,,,",
        "a,,,-,,,",
        "b,Lima,,-,,,",
        "a,Quito,,-,,,",
        "a,Lima,,-,,,",
    ]
    made = folder(**{"documents.csv": "file\na.txt\n", "a.txt": NEWS, "overrides.csv": "\n".join(rows) + "\n"})
    code, lines, _ = annotate(made)
    assert code == 0
    assert lines == [
        "IN/overrides.csv:3: start 'x' is not a whole number; leave it empty for every mention; this row is left out",
        "IN/overrides.csv:4: place 'Mars' is neither an id that the gazetteer has, such as gn:3688689 (python -m gazetteer geocode \"NAME\" shows them), "
        "nor 'LAT,LON NAME', nor '-'; this row is left out",
        "IN/overrides.csv:5: the cell 'surface' is empty; fill it in; this row is left out",
        "IN/overrides.csv:8: 'Lima' in 'a' is decided in IN/overrides.csv:2 too; this row is left out, remove one",
        "IN/overrides.csv:6: there is no document 'b'; its decision has no effect",
        "IN/overrides.csv:7: 'Quito' does not stand in 'a'; correct it as it is written there: its decision has no effect",
    ]
    found = json.loads((tmp_path / "out" / "a.json").read_text("utf-8"))
    assert [mention["place"] for mention in found["mentions"] if mention["surface"] == "Lima"] == ["gn:3685533"]


# ------------------------------------------------------------------ a sentence explained


def test_document_that_is_not_there_is_named_and_no_other(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    made = folder(**{"report.pdf": "x", "page.html": "x"})
    assert cli.main(["explain", str(made / "missing.txt")]) == 2
    assert capsys.readouterr().err == f"{made}/missing.txt: no such file; give a document\n"


# ------------------------------------------------------------------ arguments


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "the following arguments are required: COMMAND"),
        (["fly"], "argument COMMAND: invalid choice: 'fly'"),
        (["annotate", "only-one"], "the following arguments are required: OUTPUT_DIR"),
        (["build", "--seeds", ""], "argument --seeds: the name is empty; give a file or folder"),
        (["annotate", " ", "out"], "argument INPUT_DIR: the name is empty; give a file or folder"),
        (["build", "--workers", "0"], "argument --workers: '0' is not a whole number from 1 to 999999"),
        (["build", "--workers", "many"], "argument --workers: 'many' is not a whole number from 1 to 999999"),
        (["build", "--workers", "9" * 5000], "argument --workers: '99999999999999999999' is not a whole number from 1 to 999999"),
        (["geocode", "Lima", "--limit", "-1"], "argument --limit: '-1' is not a whole number from 1 to 999999"),
        (["geocode"], "the following arguments are required: PLACE NAME"),
        (["index", "--info", "--reset"], "argument --reset: not allowed with argument --info"),
        (["build", "reports"], "gazetteer build: error: 'reports' is more than this command takes; name the folder of documents behind --seeds"),
        (["geocode", "San", "Juan"], "gazetteer geocode: error: 'Juan' is more than this command takes; put a name of several words in quotation marks"),
        (["explain", "a.txt", "--phrase", "2"], "gazetteer explain: error: '--phrase' '2' is more than this command takes\n"),
    ],
)
def test_usage(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.main(arguments)
    assert stop.value.code == 2
    assert message in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["geocode", "Lima", "--near", "north"], "'north' is not a point LAT,LON in degrees, such as 4.61,-74.08"),
        (["geocode", "Lima", "--near", "91,0"], "'91,0' is not a point LAT,LON in degrees, such as 4.61,-74.08"),
        (["geocode", "Lima", "--near", ""], "'' is not a point LAT,LON in degrees, such as 4.61,-74.08"),
        (["geocode", "Lima", "--country", "Peru"], "'Peru' is not a country's code of two letters, such as PE"),
        (["geocode", "Lima", "--online", "oracle"], "--online 'oracle' is no geocoder of geopy's; give one such as nominatim, photon, arcgis or geonames"),
        (
            ["geocode", "Lima", "--online-domain", "x"],
            "--online-domain and --online-user-agent say how to ask a service; name it with --online, such as --online nominatim",
        ),
        (
            ["build", "--seeds", "seeds", "--codebook", "gone.toml"],
            "gone.toml: no such codebook file; give one with --codebook, or put codebook.toml into seeds",
        ),
    ],
)
def test_values_that_make_no_sense(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(arguments) == 2
    assert capsys.readouterr().err == message + "\n"


def test_point_in_the_south(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["geocode", "Santa Cruz", "--near", "-17.8,-63.2", "--limit", "1"]) == 0
    assert "Santa Cruz de la Sierra" in capsys.readouterr().out


def test_packages_that_are_not_installed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "gazetteer.geocoding.geocoder", raising=False)
    monkeypatch.setitem(sys.modules, "geopy.distance", None)
    assert cli.main(["geocode", "Lima"]) == 2
    told = capsys.readouterr().err
    assert told.startswith(f"the package 'geopy.distance' is not installed for {sys.executable}; run `make build` once")
    assert len(told.splitlines()) == 1


def test_name_that_is_no_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["geocode", "Qwx\udcff"]) == 1
    assert capsys.readouterr().err == "no place is called 'Qwx\\udcff'; check the spelling\n"


def test_an_unknown_name_without_its_comma(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["geocode", "tacoma washington"]) == 1
    assert capsys.readouterr().err == "no place is called 'tacoma washington'; check the spelling, or put a comma before what it lies in\n"


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.main(["--version"])
    assert stop.value.code == 0
    assert capsys.readouterr().out == f"expansion-atlas {__version__}\n"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Paris, Texas", ""),
        ("Galata, Istanbul", ""),
        ("Lima, Peru", ""),
        ("Lima", ""),
        ("Pera, Istanbul", "none of these lies in 'Istanbul', as far as the gazetteer knows; 'Pera' alone, or --near LAT,LON, ranks all that bear the name\n"),
    ],
)
def test_geocode_says_where_no_candidate_lies_in_what_stands_behind_the_comma(name: str, message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["geocode", name]) == 0
    assert capsys.readouterr().err == message


@pytest.mark.parametrize("command", ["build", "annotate", "geocode", "explain", "index"])
def test_help_shows_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.main([command, "--help"])
    assert stop.value.code == 0
    assert f"example: python -m gazetteer {command} " in " ".join(capsys.readouterr().out.split())


# ------------------------------------------------------------------ commands in a process of their own


def test_geocode_prints_ranked_candidates() -> None:
    done = run("geocode", "Cúcuta, Norte de Santander", "--limit", "1")
    assert done.stderr == ""
    assert done.returncode == 0
    assert done.stdout.split(" ")[0] == "1.000"
    assert "gn:3685533" in done.stdout
    assert done.stdout.count("\n") == 1


def test_geocode_of_an_unknown_name_is_no_success() -> None:
    done = run("geocode", "Qwxyzk", "--country", "pe")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "no place is called 'Qwxyzk' in PE; check the spelling, or the country\n")


def test_geocode_on_a_terminal_of_another_encoding() -> None:
    done = run("geocode", "Cúcuta", "--limit", "1", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0
    assert "C\\xfacuta" in done.stdout


def test_progress_is_plain_lines_where_there_is_no_terminal(folder: Folder, tmp_path: Path) -> None:
    made = folder(**{"documents.csv": "file\na.txt\nb.txt\n", "a.txt": NEWS, "b.txt": NEWS})
    done = run("build", "--seeds", str(made), "--out", str(tmp_path / "out"))
    assert (done.returncode, done.stdout) == (0, "")
    found = "2 documents, 3 places, 4 observations"
    assert done.stderr.splitlines() == ["reading documents ...", "writing tables ...", found, f"tables written to {tmp_path / 'out'}"]


def test_a_build_counts_the_names_that_it_could_not_place(folder: Folder, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = folder(**{"documents.csv": "file\na.txt\n", "a.txt": "A priest was born at Xyzzyqua in Ecuador.\n"})
    assert cli.main(["build", "--seeds", str(made), "--out", str(tmp_path / "out")]) == 0
    assert "1 document, 1 place, 1 observation; 1 of the names could not be placed (build.json says why)" in capsys.readouterr().err.splitlines()


def test_cut_short_index_of_ones_own_is_an_error(tmp_path: Path) -> None:
    done = run("geocode", "Lima", EXPANSION_ATLAS_INDEX=str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"{tmp_path}: the gazetteer index is not whole (meta.json is missing); build it anew with: python -m gazetteer index\n"


@pytest.mark.skipif(sys.platform == "win32", reason="signals are of another kind there")
def test_interrupt_is_clean(folder: Folder, tmp_path: Path) -> None:
    made = folder(**{f"{number}.txt": NEWS * 20 for number in range(120)})
    paths = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH", ""))))
    command = [sys.executable, "-m", "gazetteer", "annotate", str(made), str(tmp_path / "out"), "--workers", "2"]
    out = tmp_path / "out"
    heard = signal.signal(signal.SIGINT, signal.default_int_handler)  # what a shell starts behind "&" ignores it, and so do its children
    with subprocess.Popen(command, env={**os.environ, "PYTHONPATH": paths}, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        signal.signal(signal.SIGINT, heard)
        try:
            for _ in range(2400):
                if out.is_dir() and any(path.suffix == ".json" for path in out.iterdir()):
                    break
                time.sleep(0.05)
            os.killpg(process.pid, signal.SIGINT)
            _, errors = process.communicate(timeout=120)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
    assert process.returncode == 130
    assert "Traceback" not in errors
    assert errors.splitlines()[-1] == "stopped; nothing half-written was left"
    assert {path.suffix for path in out.iterdir()} == {".json"}
    assert all(json.loads(path.read_text("utf-8"))["document"] == path.stem for path in out.iterdir())
    assert len(list(out.iterdir())) < 16  # each worker ends its document, and begins none of the twenty that wait at its door
