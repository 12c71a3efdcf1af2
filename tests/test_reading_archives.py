"""ZIP archives: read like folders, never unpacked to disk, and whatever is wrong with one is a line in the report."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest

from analyzer.draft_file import check_draft
from analyzer.errors import NothingToReadError
from analyzer.jobs import write_review
from analyzer.reading import archives, lines_of, read_paths
from analyzer.reading.files import is_there
from analyzer.settings import Settings

_NOTE = "## 3 March 2025\n- shipped it\n"
_OTHER = "## 17 March 2025\n- measured it\n"
_HEX = "0123456789abcdef0123456789abcdef"


def _zipped(**named: str | bytes) -> bytes:
    return _of({name.replace("__", "/").replace("_dot_", "."): content for name, content in named.items()})


def _of(members: dict[str, str | bytes], *, packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packed) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def _save(folder: Path, data: bytes, name: str = "export.zip") -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    return path


def _read(*given: Path) -> tuple[list[str], list[tuple[str, str]]]:
    reading = read_paths(given, Settings())
    return [one.path for one in reading.documents], [(one.path, one.message) for one in reading.problems]


def test_the_files_in_an_archive_are_read_like_those_of_a_folder(tmp_path: Path) -> None:
    archive = _save(tmp_path, _of({"notes/2025.md": _NOTE, "notes/old/spring.txt": _OTHER}))
    paths = ["export.zip/notes/2025.md", "export.zip/notes/old/spring.txt"]
    assert _read(archive) == (paths, [])
    assert _read(tmp_path) == (paths, [])


def test_nothing_is_written_beside_an_archive(tmp_path: Path) -> None:
    archive = _save(tmp_path, _of({"a.md": _NOTE}))
    read_paths([archive], Settings())
    assert list(tmp_path.iterdir()) == [archive]


def test_a_file_in_an_archive_is_found_again_under_its_name_in_records(tmp_path: Path) -> None:
    archive = _save(tmp_path, _of({f"Team {_HEX}/Diary {_HEX}.md": _NOTE}))
    reading = read_paths([archive], Settings())
    assert dict(reading.files) == {"export.zip/Team/Diary.md": archive / "Team" / "Diary.md"}
    assert lines_of(archive / "Team" / "Diary.md") == ("## 3 March 2025", "- shipped it")
    assert is_there(archive / "Team" / "Diary.md")
    assert not is_there(archive / "Team" / "other.md")
    with pytest.raises(OSError, match="no such file"):
        lines_of(archive / "Team" / "other.md")


@pytest.mark.parametrize("stored", [f"Log {_HEX}.md", "notes/2025.md", "a b (c)/ü [1].md"])
@pytest.mark.parametrize("inner", [False, True])
def test_the_draft_of_an_archive_is_verified_through_its_links(tmp_path: Path, stored: str, *, inner: bool) -> None:
    text = (
        "# 1:1 Ilse Marchetti / Bo Fennimore\n\n## 12 Mar 2025\n- Shipped the parts list to all 4 depots\n\n"
        "## 17 Sep 2025\n- Finished the crane check with Goran\n"
    )
    data = _of({stored: text})
    archive = _save(tmp_path / "in", _of({"part-1.zip": data}) if inner else data, "my export.zip")
    out = tmp_path / "out"
    write_review([archive], Settings(me="Ilse Marchetti", manager="Bo Fennimore"), out)
    draft = out / "self-review.md"
    assert check_draft(draft).holds
    assert check_draft(draft).citations
    moved = tmp_path / "far" / "away" / "self-review.md"
    moved.parent.mkdir(parents=True)
    moved.write_bytes(draft.read_bytes())
    assert check_draft(moved).unopened
    for notes in (archive, archive.parent):
        assert check_draft(moved, notes).holds
    _save(tmp_path / "in", _of({stored: text.replace("4 depots", "5 depots")}), "my export.zip")
    assert not check_draft(draft).holds


@pytest.mark.parametrize(
    ("members", "paths"),
    [
        ({f"A {_HEX}.md": _NOTE, f"B {_HEX}.md": _OTHER}, ["A.md", "B.md"]),
        ({f"A {_HEX}.md": _NOTE, f"A {_HEX[::-1]}.md": _OTHER}, [f"A {_HEX}.md", f"A {_HEX[::-1]}.md"]),
        ({f"A {_HEX}.md": _NOTE, "A.md": _OTHER}, [f"A {_HEX}.md", "A.md"]),
        ({f"A {_HEX}/x.md": _NOTE, f"A {_HEX[::-1]}/x.md": _OTHER}, [f"A {_HEX}/x.md", f"A {_HEX[::-1]}/x.md"]),
        ({f"A {_HEX}/x.md": _NOTE, f"A {_HEX}.md": _OTHER}, ["A.md", "A/x.md"]),
        ({f"{_HEX}.md": _NOTE}, [f"{_HEX}.md"]),
        ({f"A {_HEX[:-1]}.md": _NOTE}, [f"A {_HEX[:-1]}.md"]),
        ({f"commit {_HEX}{_HEX}.md": _NOTE}, [f"commit {_HEX}{_HEX}.md"]),
    ],
)
def test_the_digits_of_notion_are_left_out_where_names_stay_unique(
    tmp_path: Path, members: dict[str, str | bytes], paths: list[str]
) -> None:
    archive = _save(tmp_path, _of(members))
    assert _read(archive)[0] == sorted(f"export.zip/{path}" for path in paths)
    assert all(lines_of(archive / path) for path in paths)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("/etc/a.md", "leads out of the archive"),
        ("../a.md", "leads out of the archive"),
        ("a/../../b.md", "leads out of the archive"),
        ("..\\a.md", "leads out of the archive"),
        ("C:\\Users\\a.md", "leads out of the archive"),
        ("c:/a.md", "leads out of the archive"),
        ("picture.bin", ".bin is no format that is known"),
        ("LICENSE", "no suffix is no format that is known"),
    ],
)
def test_a_member_that_is_refused_is_one_line_and_the_rest_is_read(tmp_path: Path, name: str, words: str) -> None:
    paths, problems = _read(_save(tmp_path, _of({name: _OTHER, "ok.md": _NOTE})))
    assert paths == ["export.zip/ok.md"]
    assert [words in message for _, message in problems] == [True]


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("a..b/c...d.md", "a..b/c...d.md"),
        ("./a.md", "a.md"),
        ("a//b.md", "a/b.md"),
        ("notes\\2025\\a.md", "notes/2025/a.md"),
        ("Q: and A.md", "Q: and A.md"),
        ("a\x1b[31mb.md", "a_[31mb.md"),
        ("UPPER.MD", "UPPER.MD"),
    ],
)
def test_odd_names_that_lead_nowhere_else_are_read(tmp_path: Path, name: str, path: str) -> None:
    assert _read(_save(tmp_path, _of({name: _NOTE}))) == ([f"export.zip/{path}"], [])


@pytest.mark.parametrize("name", ["__MACOSX/._a.md", "__MACOSX/a.md", ".obsidian/a.md", "x/.DS_Store", ".a.md", "dir/"])
def test_what_systems_leave_in_archives_is_passed_over_without_a_word(tmp_path: Path, name: str) -> None:
    assert _read(_save(tmp_path, _of({name: "" if name[-1] == "/" else _OTHER, "ok.md": _NOTE})))[1] == []


def test_a_link_in_an_archive_is_not_followed(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("link.md")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("ok.md", _NOTE)
    paths, problems = _read(_save(tmp_path, out.getvalue()))
    assert (paths, [message for _, message in problems]) == (
        ["export.zip/ok.md"],
        ["not read: a link or device, not a file"],
    )


def _patched(data: bytes, at: int, value: bytes) -> bytes:
    """Change bytes of each head in the list of members, which come after the mark of four bytes."""
    parts = data.split(b"PK\x01\x02")
    return b"PK\x01\x02".join([parts[0], *(part[: at - 4] + value + part[at - 4 + len(value) :] for part in parts[1:])])


def test_a_member_with_a_password_is_one_line(tmp_path: Path) -> None:
    data = _patched(_of({"a.md": _NOTE}), 8, struct.pack("<H", 1))
    with pytest.raises(NothingToReadError, match="has a password; unpack the archive"):
        read_paths([_save(tmp_path, data)], Settings())


@pytest.mark.parametrize("flag", [0, 0x800])
def test_names_in_utf_8_are_read_whether_the_archive_says_so_or_not(tmp_path: Path, flag: int) -> None:
    data = _patched(_of({"日記.md": _NOTE}), 8, struct.pack("<H", flag))
    assert _read(_save(tmp_path, data))[0] == ["export.zip/日記.md"]


def test_a_name_in_an_old_code_page_is_read(tmp_path: Path) -> None:
    data = _of({"Xbersicht.md": _NOTE}).replace(b"Xbersicht", b"\x9abersicht")
    assert _read(_save(tmp_path, data))[0] == ["export.zip/Übersicht.md"]


def test_of_two_members_with_one_name_the_last_is_read_and_that_is_said(tmp_path: Path) -> None:
    data = _of({"a.md": _OTHER, "b.md": _NOTE}).replace(b"b.md", b"a.md")
    archive = _save(tmp_path, data)
    assert _read(archive) == (
        ["export.zip/a.md"],
        [("export.zip/a.md", "stands twice in the archive; the last one was read")],
    )
    assert lines_of(archive / "a.md")[0] == "## 3 March 2025"


@pytest.mark.parametrize("cut", [1, 30, 100, 150])
def test_an_archive_that_is_cut_off_is_one_line(tmp_path: Path, cut: int) -> None:
    _save(tmp_path, _of({"a.md": _NOTE, "b.md": _OTHER})[:-cut])
    (tmp_path / "ok.md").write_text(_NOTE)
    paths, problems = _read(tmp_path)
    assert paths == ["ok.md"]
    assert problems == [("export.zip", "not read: a ZIP archive that is damaged or cut off; export it again")]


def test_a_damaged_member_is_one_line_and_the_rest_is_read(tmp_path: Path) -> None:
    data = _of({"a.md": _NOTE, "b.md": _OTHER}, packed=zipfile.ZIP_STORED).replace(b"measured", b"meXXured")
    assert _read(_save(tmp_path, data)) == (
        ["export.zip/a.md"],
        [("export.zip/b.md", "not read: damaged or cut off; export it again")],
    )


@pytest.mark.parametrize(
    "data", [b"", b"PK\x05\x06", b"no archive at all", b"PK\x03\x04" + b"\x00" * 100, bytes(range(256)) * 9]
)
def test_what_is_no_archive_is_one_line(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(NothingToReadError, match="ZIP archive that is damaged"):
        read_paths([_save(tmp_path, data)], Settings())


def test_an_archive_without_a_member_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(NothingToReadError, match="empty archive"):
        read_paths([_save(tmp_path, _of({}))], Settings())


def test_an_archive_inside_the_archive_is_read_and_one_inside_that_is_refused(tmp_path: Path) -> None:
    deepest = _zipped(c_dot_md=_OTHER)
    archive = _save(tmp_path, _of({"Part-1.zip": _of({"a.md": _NOTE, "deep.zip": deepest})}))
    assert _read(archive) == (
        ["export.zip/Part-1.zip/a.md"],
        [("export.zip/Part-1.zip/deep.zip", "not read: an archive in an archive in an archive; unpack it first")],
    )
    assert lines_of(archive / "Part-1.zip" / "a.md")


def test_a_damaged_archive_inside_the_archive_is_one_line(tmp_path: Path) -> None:
    paths, problems = _read(_save(tmp_path, _of({"ok.md": _NOTE, "x.zip": b"PK nonsense"})))
    assert paths == ["export.zip/ok.md"]
    assert [(path, "damaged" in message) for path, message in problems] == [("export.zip/x.zip", True)]


def test_a_member_that_bursts_is_not_unpacked(tmp_path: Path) -> None:
    bomb = b"- a\n" * (8 * 1024 * 1024 // 4)
    paths, problems = _read(_save(tmp_path, _of({"bomb.md": bomb, "ok.md": _NOTE})))
    assert paths == ["export.zip/ok.md"]
    assert problems == [("export.zip/bomb.md", "not read: packed to less than 1/200 of its size, as no notes are")]


def test_a_member_that_holds_more_than_it_says_is_not_unpacked_further(tmp_path: Path) -> None:
    data = _patched(_of({"bomb.md": b"- a\n" * 100_000}), 24, struct.pack("<I", 100))
    with pytest.raises(NothingToReadError, match="damaged"):
        read_paths([_save(tmp_path, data)], Settings())


def test_a_member_that_is_too_large_is_one_line(tmp_path: Path) -> None:
    data = _patched(_of({"big.md": _NOTE}), 24, struct.pack("<I", 51 * 1024 * 1024))
    with pytest.raises(NothingToReadError, match="51 MB, more than 50 MB"):
        read_paths([_save(tmp_path, data)], Settings())


@pytest.mark.parametrize(
    ("limit", "value", "words"),
    [("MOST_MEMBERS", 3, "more than 3 files of notes"), ("LARGEST_TOTAL", 90, "MB of notes in one archive")],
)
def test_an_archive_with_too_much_in_it_is_read_up_to_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int, words: str
) -> None:
    monkeypatch.setattr(archives, limit, value)
    paths, problems = _read(_save(tmp_path, _of({f"{name}.md": f"{_NOTE}- {name}\n" for name in "abcdefghij"})))
    assert paths == [f"export.zip/{name}.md" for name in "abcdefghij"[: len(paths)]]
    assert 1 <= len(paths) <= 3
    assert [(path, words in message, str(10 - len(paths)) in message) for path, message in problems] == [
        ("export.zip", True, True)
    ]


def test_hundreds_of_pictures_in_an_archive_are_one_line(tmp_path: Path) -> None:
    members: dict[str, str | bytes] = {f"img/{number:03}.png": b"x" for number in range(300)}
    paths, problems = _read(_save(tmp_path, _of({**members, "a.md": _NOTE})))
    assert problems == [
        ("export.zip", "300 files in it not read, such as img/000.png: .png is no format that is known")
    ]
    assert paths == ["export.zip/a.md"]


def test_thousands_of_refused_members_are_a_few_lines(tmp_path: Path) -> None:
    paths, problems = _read(_save(tmp_path, _of({"ok.md": _NOTE, **{f"../{number}.md": "x" for number in range(500)}})))
    assert paths == ["export.zip/ok.md"]
    assert len(problems) == 51
    assert ("export.zip", "450 more files in it were not read") in problems


def test_an_archive_that_lists_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "_LARGEST_DIRECTORY", 70_000)
    data = _of({f"{number}{'n' * 200}.md": "" for number in range(400)})
    with pytest.raises(NothingToReadError, match="lists more files"):
        read_paths([_save(tmp_path, data)], Settings())


def test_the_same_notes_in_an_archive_and_unpacked_beside_it_are_read_once(tmp_path: Path) -> None:
    _save(tmp_path, _of({"a.md": _NOTE}))
    (tmp_path / "a.md").write_text(_NOTE)
    assert _read(tmp_path) == (["a.md"], [("export.zip/a.md", "same content as a.md, read once")])


def test_archives_of_one_name_from_two_folders_are_told_apart(tmp_path: Path) -> None:
    one = _save(tmp_path / "x", _of({"a.md": _NOTE}))
    other = _save(tmp_path / "y", _of({"a.md": _OTHER}))
    assert _read(one, other)[0] == ["x/export.zip/a.md", "y/export.zip/a.md"]


def test_an_archive_named_otherwise_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NothingToReadError, match="by its content a ZIP archive"):
        read_paths([_save(tmp_path, _of({"a.md": _NOTE}), "export.md")], Settings())
