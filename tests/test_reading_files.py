"""Files and folders: what is read, how it is named in records, and what is said of the rest."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from analyzer.errors import NotesNotFoundError, NothingToReadError
from analyzer.reading import files as files_module
from analyzer.reading import read_paths
from analyzer.rendering import write_outputs, writing
from analyzer.settings import Settings

_NOTE = "## 3 March 2025\n- shipped it\n"


def _write(root: Path, **contents: str | bytes) -> Path:
    for name, content in contents.items():
        path = root / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def _paths(*given: Path) -> list[str]:
    return [document.path for document in read_paths(given, Settings()).documents]


def test_a_folder_is_walked_in_the_order_of_names(tmp_path: Path) -> None:
    _write(tmp_path, b_dot_md=_NOTE, a_dot_txt=_NOTE + "- a\n", sub__c_dot_markdown=_NOTE + "- c\n")
    assert _paths(tmp_path) == ["a.txt", "b.md", "sub/c.markdown"]


def _problems(*given: Path) -> list[tuple[str, str]]:
    return [(one.path, one.message) for one in read_paths(given, Settings()).problems]


def test_hidden_files_are_passed_over(tmp_path: Path) -> None:
    _write(tmp_path, notes_dot_md=_NOTE, _dot_hidden_dot_md="x", _dot_git__x_dot_md="x")
    assert (_paths(tmp_path), _problems(tmp_path)) == (["notes.md"], [])


@pytest.mark.parametrize(
    "name", ["review-2025-notes/a.md", "self-review.md", "effort-impact.md", "reviews/problems.txt"]
)
def test_notes_may_be_called_as_outputs_are(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(_NOTE)
    assert (_paths(tmp_path), _problems(tmp_path)) == ([name], [])


@pytest.mark.parametrize("name", ["review-ada-2025", "my drafts"])
def test_an_earlier_output_folder_of_any_name_is_passed_over_as_one_line(tmp_path: Path, name: str) -> None:
    _write(tmp_path, notes_dot_md=_NOTE)
    write_outputs(tmp_path / name, {"self-review.md": "x", "problems.txt": "y"})
    assert _paths(tmp_path) == ["notes.md"]
    assert _problems(tmp_path) == [(name, "not read: an earlier output of analyzer")]


def test_outputs_beside_the_notes_are_passed_over_and_the_notes_are_read(tmp_path: Path) -> None:
    _write(tmp_path, notes_dot_md=_NOTE)
    write_outputs(tmp_path, {"self-review.md": "x", "problems.txt": "y"})
    assert _paths(tmp_path) == ["notes.md"]
    message = "not read: an earlier output of analyzer (problems.txt, self-review.md)"
    assert _problems(tmp_path) == [(tmp_path.name, message)]


def test_a_folder_that_may_not_be_opened_is_one_line_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(tmp_path, notes_dot_md=_NOTE, locked__a_dot_md=_NOTE)
    scandir = os.scandir

    def guarded(path: Path) -> Iterator[os.DirEntry[str]]:
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr("os.scandir", guarded)
    assert (_paths(tmp_path), _problems(tmp_path)) == (["notes.md"], [("locked", "not read: permission denied")])


def test_a_link_to_itself_does_not_stop_the_run(tmp_path: Path) -> None:
    _write(tmp_path, notes_dot_md=_NOTE)
    (tmp_path / "loop.md").symlink_to(tmp_path / "loop.md")
    assert _paths(tmp_path) == ["notes.md"]


def test_a_copy_of_a_file_is_read_once(tmp_path: Path) -> None:
    _write(tmp_path, notes_dot_md=_NOTE, **{"notes copy_dot_md": _NOTE, "old__notes_dot_md": _NOTE})
    assert _paths(tmp_path) == ["notes.md"]
    message = "same content as notes.md, read once"
    assert _problems(tmp_path) == [("notes copy.md", message), ("old/notes.md", message)]


def test_equal_words_under_two_dates_are_two_meetings(tmp_path: Path) -> None:
    _write(tmp_path, **{"2025-01-14_dot_md": "- nothing new\n", "2025-01-28_dot_md": "- nothing new\n"})
    assert (_paths(tmp_path), _problems(tmp_path)) == (["2025-01-14.md", "2025-01-28.md"], [])


@pytest.mark.parametrize(
    ("title", "me", "message"),
    [
        ("1:1 Ada Brandt / Bo Lindgren", "Nobody", "'Nobody', given as the name of the subject, was not found"),
        ("1:1 Ada Brandt / Bo Lindgren", "Cleo", "the notes are not about 'Cleo'"),
        ("1:1 Ada Brandt / Bo Lindgren", "ada", None),
        ("1:1 Ada Brandt / Bo Lindgren", "Ada Brandt", None),
        ("1:1 Ada Brandt / Bo Lindgren", "Bo", None),
        ("1:1 with Bo Lindgren", "Ada Brandt", None),
        ("Notes", "Ada Brandt", None),
    ],
)
def test_a_subject_whom_the_notes_do_not_know_is_a_problem(
    tmp_path: Path, title: str, me: str, message: str | None
) -> None:
    _write(tmp_path, notes_dot_md=f"# {title}\n\n{_NOTE}- told Cleo about it\n")
    found = [one.message for one in read_paths([tmp_path], Settings(me=me)).problems]
    assert [one.startswith(message or "") for one in found] == [True] * (message is not None)
    assert all(one.endswith("(names seen: Ada Brandt, Bo Lindgren)") for one in found)


def test_a_file_given_by_itself_is_called_by_its_name_and_found_again(tmp_path: Path) -> None:
    file = _write(tmp_path, sub__notes_dot_md=_NOTE) / "sub" / "notes.md"
    reading = read_paths([file], Settings())
    assert dict(reading.files) == {"notes.md": file}


def test_the_order_of_the_arguments_changes_nothing(tmp_path: Path) -> None:
    _write(tmp_path, a__one_dot_md=_NOTE, b__two_dot_md=_NOTE)
    both = [tmp_path / "a", tmp_path / "b"]
    assert read_paths(both, Settings()) == read_paths(both[::-1], Settings())


def test_a_file_that_is_given_twice_is_read_once(tmp_path: Path) -> None:
    _write(tmp_path, notes_dot_md=_NOTE)
    assert _paths(tmp_path, tmp_path / "notes.md") == ["notes.md"]


def test_equal_names_from_two_folders_are_told_apart(tmp_path: Path) -> None:
    _write(tmp_path, a__2025_dot_md=_NOTE, b__2025_dot_md=_NOTE + "- b\n")
    assert _paths(tmp_path / "a", tmp_path / "b") == ["a/2025.md", "b/2025.md"]


def test_links_that_lead_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    _write(tmp_path, out__secret_dot_md=_NOTE, in__notes_dot_md=_NOTE)
    (tmp_path / "in" / "link.md").symlink_to(tmp_path / "out" / "secret.md")
    (tmp_path / "in" / "more").symlink_to(tmp_path / "out", target_is_directory=True)
    reading = read_paths([tmp_path / "in"], Settings())
    assert [document.path for document in reading.documents] == ["notes.md"]
    assert [(one.path, "link" in one.message) for one in reading.problems] == [("link.md", True), ("more", True)]


def test_a_folder_that_links_to_itself_ends(tmp_path: Path) -> None:
    _write(tmp_path, notes_dot_md=_NOTE)
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert _paths(tmp_path) == ["notes.md"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.docx", b"PK\x03\x04", "not read: "),
        ("a.xyz", b"text", "not read: .xyz"),
        ("README", b"text", "not read: no suffix"),
        ("a.md", b"", "not read: empty"),
        ("a.md", b" \n\n", "not read: empty"),
        ("a.md", b"\xef\xbb\xbf", "not read: empty"),
        ("a.md", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "not read: by its content a picture"),
        ("a.md", b"\xca\xfe\xba\xbe" + bytes(range(256)), "not read: binary"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_problem_and_the_rest_is_read(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "notes.md").write_text(_NOTE)
    reading = read_paths([tmp_path], Settings())
    assert [document.path for document in reading.documents] == ["notes.md"]
    assert [(one.path, one.message.startswith(message)) for one in reading.problems] == [(name, True)]


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_module, "LARGEST", 100)
    _write(tmp_path, big_dot_md="x" * 101, notes_dot_md=_NOTE)
    assert [one.path for one in read_paths([tmp_path], Settings()).problems] == ["big.md"]


def test_a_missing_path_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(NotesNotFoundError, match="no such file or folder"):
        read_paths([tmp_path / "nowhere.md"], Settings())


def test_a_folder_without_notes_is_an_error_that_says_why(tmp_path: Path) -> None:
    with pytest.raises(NothingToReadError, match="nothing to read"):
        read_paths([tmp_path], Settings())
    _write(tmp_path, a_dot_pdf=b"%PDF-1.7")
    with pytest.raises(NothingToReadError, match="pdf"):
        read_paths([tmp_path], Settings())


def test_the_order_of_day_and_month_is_shared_by_the_files_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "2025-01-14.md").write_text("- due 14/3\n")
    (tmp_path / "2025-01-28.md").write_text("- due 3/4\n")
    reading = read_paths([tmp_path], Settings())
    assert [document.day_first for document in reading.documents] == [True, True]
    assert not reading.problems


def test_a_guess_that_all_files_share_is_said_once(tmp_path: Path) -> None:
    (tmp_path / "2025-01-14.md").write_text("- due 4/3\n")
    (tmp_path / "2025-01-28.md").write_text("- due 3/4\n")
    assert [one.message.endswith("(so in 2 files)") for one in read_paths([tmp_path], Settings()).problems] == [True]


def test_names_are_shared_by_the_files_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "2025-01-14.md").write_text("---\nWith: Ada Okafor\nManager: Bo Lind\n---\n- a\n")
    (tmp_path / "2025-01-28.md").write_text("- b\n")
    rosters = {document.roster.subject for document in read_paths([tmp_path], Settings()).documents}
    assert rosters == {"Ada Okafor"}


def test_the_file_that_marks_a_folder_of_outputs_is_the_one_that_writing_leaves() -> None:
    assert files_module.STATE == writing.STATE
