"""Putting lines into a file: every other byte stays what it was, whatever the file is made of."""

from __future__ import annotations

import codecs
import stat
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.errors import OutputError
from analyzer.inserting import Encoding, backup_ending, encoding_of, inserted, write_into

NOTES = "# 1:1\n\n## 4 Dec 2025\n- Müsli für £5\n"
NEW = ["## 18 Dec 2025", "- what is new", ""]


def put(data: bytes, before: int | None, lines: list[str] = NEW) -> bytes:
    """Return the file with the lines put in."""
    offset, new = inserted(data, lines, before, encoding_of(data))
    return data[:offset] + new + data[offset:]


ENCODED = [
    ("utf-8", NOTES.encode()),
    ("a mark of UTF-8", codecs.BOM_UTF8 + NOTES.encode()),
    ("UTF-16, little end first", codecs.BOM_UTF16_LE + NOTES.encode("utf-16-le")),
    ("UTF-16, big end first", codecs.BOM_UTF16_BE + NOTES.encode("utf-16-be")),
    ("UTF-32", codecs.BOM_UTF32_LE + NOTES.encode("utf-32-le")),
    ("CRLF", NOTES.replace("\n", "\r\n").encode()),
    ("a lone CR", NOTES.replace("\n", "\r").encode()),
    ("no final line end", NOTES.rstrip("\n").encode()),
    ("bytes that are no UTF-8", NOTES.encode() + b"\xff\xfe broken\n"),
]


@pytest.mark.parametrize(("what", "data"), ENCODED)
@pytest.mark.parametrize("before", [1, 3, None])
def test_the_file_without_the_inserted_bytes_is_the_file(what: str, data: bytes, before: int | None) -> None:
    offset, new = inserted(data, NEW, before, encoding_of(data))
    after = data[:offset] + new + data[offset:]
    assert after[:offset] + after[offset + len(new) :] == data


@pytest.mark.parametrize(
    ("data", "encoding"),
    [(data, "utf-8-sig") for what, data in ENCODED if what in {"utf-8", "a mark of UTF-8", "CRLF"}]
    + [(ENCODED[2][1], "utf-16"), (ENCODED[3][1], "utf-16"), (ENCODED[4][1], "utf-32")],
)
def test_the_new_lines_stand_where_they_were_meant_to(data: bytes, encoding: str) -> None:
    lines = put(data, 3).decode(encoding).splitlines()
    assert lines == ["# 1:1", "", *NEW, "## 4 Dec 2025", "- Müsli für £5"]


def test_lines_end_as_those_of_the_file_do() -> None:
    assert put(NOTES.replace("\n", "\r\n").encode(), 3).count(b"\r\n") == NOTES.count("\n") + len(NEW)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"a\nb\n", b"a\nb\nx\ny\n"),
        (b"a\nb", b"a\nb\nx\ny"),
        (b"", b"x\ny\n"),
        (codecs.BOM_UTF8, codecs.BOM_UTF8 + b"x\ny\n"),
    ],
)
def test_the_end_of_a_file_keeps_or_lacks_its_line_end(data: bytes, expected: bytes) -> None:
    assert put(data, None, ["x", "y"]) == expected


@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
    st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=10), min_size=1, max_size=4),
    st.integers(1, 9) | st.none(),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"]),
)
def test_no_byte_but_the_new_ones_is_touched(text: str, lines: list[str], before: int | None, encoding: str) -> None:
    data = text.encode(encoding, "ignore")
    how = encoding_of(data, ["read as Windows-1252"] if encoding == "cp1252" else ())
    offset, new = inserted(data, [how.shown(line) for line in lines], before, how)
    after = data[:offset] + new + data[offset:]
    assert 0 <= offset <= len(data)
    assert after[:offset] == data[:offset]
    assert after[offset + len(new) :] == data[offset:]


@given(st.binary(max_size=80), st.integers(1, 9) | st.none())
def test_damaged_bytes_stay_as_they_are(data: bytes, before: int | None) -> None:
    offset, new = inserted(data, ["x"], before, Encoding(name="utf-8"))
    after = data[:offset] + new + data[offset:]
    assert after[:offset] + after[offset + len(new) :] == data


def test_signs_without_bytes_are_left_out() -> None:
    encoding = encoding_of(b"caf\xe9", ["read as Windows-1252"])
    assert encoding.shown("**✅ Done** café") == "** Done** café"


def test_a_file_keeps_its_mode_and_its_backup_is_private(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_bytes(b"a\n")
    path.chmod(0o640)
    kept = write_into(path, b"a\n", 0, b"x\n", backup=backup_ending(date(2025, 12, 18)))
    assert path.read_bytes() == b"x\na\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert (kept.name, kept.read_bytes()) == (".notes.md.before-2025-12-18.bak", b"a\n")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert sorted(one.name for one in tmp_path.iterdir()) == [kept.name, "notes.md"]


def test_a_backup_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_bytes(b"a\n")
    first = write_into(path, b"a\n", 0, b"x\n", backup="before")
    second = write_into(path, b"x\na\n", 0, b"y\n", backup="before")
    assert (first.read_bytes(), second.read_bytes()) == (b"a\n", b"x\na\n")


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.md").write_bytes(b"a\n")
    link = tmp_path / "notes.md"
    link.symlink_to("real.md")
    write_into(link, b"a\n", 0, b"x\n", backup="before")
    assert link.is_symlink()
    assert (tmp_path / "real.md").read_bytes() == b"x\na\n"


def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_bytes(b"changed\n")
    with pytest.raises(OutputError, match="changed since"):
        write_into(path, b"a\n", 0, b"x\n", backup="before")
    assert path.read_bytes() == b"changed\n"
    assert [one.name for one in tmp_path.iterdir()] == ["notes.md"]
