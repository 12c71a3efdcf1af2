"""Files that are broken, made to do harm, or not what their names say: a line in the report, and the others are read."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pytest

from analyzer.errors import NothingToReadError
from analyzer.reading import files, kinds, lines_of, opening, read_paths
from analyzer.reading.text import UnreadableError
from analyzer.settings import Settings
from analyzer.splitting import split

_NOTE = "## 3 March 2025\n- shipped it\n"
_posix = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes in folders are a matter of POSIX")


def _read(*given: Path) -> tuple[list[str], list[tuple[str, str]]]:
    reading = read_paths(given, Settings())
    return [one.path for one in reading.documents], [(one.path, one.message) for one in reading.problems]


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    (tmp_path / "ok.md").write_text(_NOTE)
    return tmp_path


# --- what is no file --------------------------------------------------------------------------------


@_posix
def test_a_pipe_is_not_waited_for(notes: Path) -> None:
    os.mkfifo(notes / "pipe.md")
    message = "not read: a pipe; save what comes out of it to a file first"
    assert _read(notes) == (["ok.md"], [("pipe.md", message)])
    with pytest.raises(NothingToReadError, match="a pipe"):
        read_paths([notes / "pipe.md"], Settings())


@_posix
def test_a_pipe_called_an_archive_is_not_waited_for(notes: Path) -> None:
    os.mkfifo(notes / "export.zip")
    assert [path for path, _ in _read(notes)[1]] == ["export.zip"]


@_posix
def test_a_pipe_that_takes_the_place_of_a_file_is_not_waited_for(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = (notes / "ok.md").stat()
    os.mkfifo(notes / "pipe.md")
    monkeypatch.setattr(Path, "stat", lambda *_, **__: plain)
    with pytest.raises(UnreadableError, match="a pipe"):
        opening.read_whole(notes / "pipe.md", 100)


@_posix
def test_a_socket_is_one_line(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(notes)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("s.md")
        assert _read(notes)[1] == [("s.md", "not read: a socket, not a file")]


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="a device that never ends")
def test_a_device_is_refused() -> None:
    with pytest.raises(UnreadableError, match="a device"):
        opening.read_whole(Path("/dev/zero"), 100)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="files without a size")
def test_a_file_that_says_it_is_empty_is_read_up_to_the_limit() -> None:
    with pytest.raises(UnreadableError, match="more than 0 MB"):
        opening.read_whole(Path("/proc/self/status"), 10)


def test_links_in_a_ring_end(notes: Path) -> None:
    (notes / "a.md").symlink_to(notes / "b.md")
    (notes / "b.md").symlink_to(notes / "a.md")
    (notes / "sub").mkdir()
    (notes / "sub" / "up").symlink_to(notes, target_is_directory=True)
    assert _read(notes) == (["ok.md"], [])


def test_folders_nested_too_deep_to_recurse_into_are_walked(notes: Path) -> None:
    deep = notes
    for _ in range(500):
        deep /= "d"
        deep.mkdir()
    (deep / "deep.md").write_text(_NOTE + "- deep\n")
    paths, problems = _read(notes)
    assert (len(paths), problems) == (2, [])


# --- what changes, vanishes or may not be read ------------------------------------------------------


def _changing(what: str) -> object:
    plain = opening.opened

    @contextmanager
    def opened(file: Path) -> Iterator[BinaryIO]:
        with plain(file) as stream:
            yield stream
            if what == "longer":
                with file.open("a") as more:
                    more.write("- more\n")
            elif what == "gone":
                file.unlink()
            else:
                (file.parent / "new").write_text("- other words\n")
                (file.parent / "new").replace(file)

    return opened


@pytest.mark.parametrize("what", ["longer", "gone", "another"])
def test_a_file_that_changes_while_it_is_read_is_one_line(
    notes: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.setattr(opening, "opened", _changing(what))
    with pytest.raises(NothingToReadError, match="changed while it was read; run again"):
        read_paths([notes / "ok.md"], Settings())


def test_a_file_that_is_gone_before_it_is_opened_is_one_line(notes: Path) -> None:
    problem = files.read_file(files.Found(notes / "gone.md", "gone.md"))
    assert getattr(problem, "message", "") == "not read: no such file or directory"
    with pytest.raises(OSError, match="no such file"):
        lines_of(notes / "gone.md")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_one_line(notes: Path) -> None:
    (notes / "locked.md").write_text(_NOTE)
    (notes / "locked.md").chmod(0)
    assert _read(notes) == (["ok.md"], [("locked.md", "not read: permission denied")])


@pytest.mark.parametrize("name", [b"caf\xe9.md", b"a\nb.md", b"\x1b[31m.md"])
def test_a_name_that_cannot_be_shown_is_one_line(notes: Path, name: bytes) -> None:
    try:
        Path(os.fsdecode(os.fsencode(notes) + b"/" + name)).write_text(_NOTE)
    except OSError:
        pytest.skip("this file system takes no such name")
    paths, problems = _read(notes)
    assert paths == ["ok.md"]
    assert [(path.isprintable(), "rename it" in message) for path, message in problems] == [(True, True)]


# --- what is not what its name says -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        (
            "old.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
            "an old Office document, or one with a password",
        ),
        ("a.txt", b"\x1f\x8b\x08" + b"\x00" * 60, "a gzip archive; unpack it first"),
        ("a.md", b"Rar!\x1a\x07\x00", "a RAR archive"),
        ("a.md", b"\x89PNG\r\n\x1a\n", "a picture"),
        ("a.html", b"\xff\xd8\xff\xe0", "a picture"),
        ("a.log", b"text", ".log is no format that is known"),
    ],
)
def test_bytes_of_another_kind_are_named(notes: Path, name: str, data: bytes, words: str) -> None:
    if name[-4:] not in {".log", "html"} and Path(name).suffix not in files.READERS:
        pytest.skip("this format is not read here")
    (notes / name).write_bytes(data)
    paths, problems = _read(notes)
    assert paths == ["ok.md"]
    assert [(path, message.startswith("not read: "), words in message) for path, message in problems] == [
        (name, True, True)
    ]


_KNOWN = (".docx", ".html", ".md", ".odt", ".pdf", ".rtf", ".txt", ".xlsx")
_DOCX = b"PK\x03\x04" + b"\x00" * 26 + b"[Content_Types].xml ... word/document.xml"
_XLSX = b"PK\x03\x04" + b"\x00" * 26 + b"[Content_Types].xml ... xl/workbook.xml"
_ODT = b"PK\x03\x04" + b"\x00" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.text"


@pytest.mark.parametrize(
    ("suffix", "data", "kind"),
    [
        (".txt", b"%PDF-1.7\n", ".pdf"),
        (".pdf", b"\x00\x01junk of a mail server %PDF-1.7\n", ".pdf"),
        (".md", _DOCX, ".docx"),
        (".docx", _XLSX, ".xlsx"),
        (".docx", _ODT, ".odt"),
        (".xlsx", _DOCX, ".docx"),
        (".docx", b"{\\rtf1 a}", ".rtf"),
        (".docx", b"<html><p>a</p></html>", ".html"),
        (".docx", b"- just text\n", ".txt"),
        (".pdf", b"- just text\n", ".txt"),
        ("", b"- just text\n", ".txt"),
        ("", b"%PDF-1.7\n", ".pdf"),
        ("", b"<!DOCTYPE html><p>a", ".html"),
        (".md", b"text that tells of %PD and PK\x03", ".md"),
        (".md", b"<html>quoted</html>", ".md"),
        (".docx", b"\x00\x01\x02\x03" * 99, ".docx"),
    ],
)
def test_a_file_is_read_as_what_its_bytes_say(suffix: str, data: bytes, kind: str) -> None:
    found, note = kinds.reader_for(data, suffix, _KNOWN)
    assert (found, bool(note)) == (kind, kind != suffix)


def test_a_format_that_is_not_known_here_is_named_by_its_content() -> None:
    with pytest.raises(UnreadableError, match="by its content a PDF, which its name does not say"):
        kinds.reader_for(b"%PDF-1.7", "", (".txt",))


def test_a_text_named_as_a_word_document_is_read_and_that_is_noted(notes: Path) -> None:
    (notes / "text.docx").write_text("## 17 March 2025\n- wrote it\n")
    if ".docx" not in files.READERS:
        pytest.skip("this format is not read here")
    documents = {one.path: one for one in read_paths([notes], Settings()).documents}
    assert documents["text.docx"].repairs[:1] == ("read as plain text, which it is by its content",)


def test_a_file_without_a_suffix_is_read_where_it_is_given_by_its_name(notes: Path) -> None:
    (notes / "diary").write_text(_NOTE + "- more\n")
    hint = "not read: no suffix is no format that is known; give the file by its name to have it read"
    assert _read(notes) == (["ok.md"], [("diary", hint)])
    assert _read(notes / "diary")[0] == ["diary"]
    assert lines_of(notes / "diary")[0] == "## 3 March 2025"


def test_a_suffix_in_capitals_is_the_same_suffix(notes: Path) -> None:
    (notes / "LOUD.MD").write_text(_NOTE + "- loud\n")
    assert _read(notes)[0] == ["LOUD.MD", "ok.md"]


# --- too much ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limit", "value", "message"),
    [
        ("LARGEST", 1024 * 1024, "not read: 2 MB, more than 1 MB"),
        ("LARGEST_TEXT", 1024 * 1024, "not read: 2 MB, more than 1 MB"),
        ("MOST_LINES", 1_000, "not read: more than 1,000 lines"),
    ],
)
def test_a_file_over_a_limit_is_one_line(
    notes: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int, message: str
) -> None:
    monkeypatch.setattr(files, limit, value)
    (notes / "big.md").write_text("- a line of some length\n" * (2 * 1024 * 1024 // 24))
    assert _read(notes) == (["ok.md"], [("big.md", message)])


_HOSTILE = {
    "one line of 300 KB": _NOTE + "- " + "word and more. " * 20_000 + "\n",
    "one word of a megabyte": _NOTE + "- " + "a" * 1_000_000 + "\n",
    "2,000 meetings": "".join(
        f"## {1900 + n // 336}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}\n- did {n}\n" for n in range(5_000)
    ),
    "1,000 deep": _NOTE + "".join(f"{' ' * depth * 2}- a\n" for depth in range(1_000)),
    "800 quotes in one another": _NOTE + "".join(f"{'>' * depth} a\n" for depth in range(800)),
    "50,000 empty lines": _NOTE + "\n" * 50_000 + "- end\n",
    "control characters": _NOTE
    + "- a word\x01 or\x1b[31m two of a pasted terminal\x07, and\x0b\x0c more\x7f of it after that\n" * 9,
    "10,000 fences": _NOTE + "```\n" * 10_001,
    "3,000 comments that never end": _NOTE + "<!-- a\n" * 3_000,
    "2,000 heads of tables": _NOTE + "| a |\n|---|\n" * 2_000,
    "5,000 wrapped lines": _NOTE + "this is a long wrapped line of prose without any end at all and so\n" * 5_000,
}


@pytest.mark.parametrize("what", _HOSTILE)
def test_hostile_text_is_read_whole_and_soon(notes: Path, what: str) -> None:
    (notes / "ok.md").write_text(_HOSTILE[what])
    reading = read_paths([notes], Settings())
    document = reading.documents[0]
    items, _ = split(document)
    assert items
    last = max(item.source.end or 0 for item in items)
    assert last >= len(document.lines) - 2 or "- end" not in _HOSTILE[what]
