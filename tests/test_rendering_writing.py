"""Writing: whole files or none, private, and never over what a person wrote."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from analyzer.errors import OutputError
from analyzer.rendering import write_outputs

DRAFT, OTHER = "self-review.md", "review.json"


def test_files_are_written_for_the_user_alone(tmp_path: Path) -> None:
    folder = tmp_path / "out" / "year"
    report = write_outputs(folder, {DRAFT: "one", OTHER: "{}"})
    assert (folder / DRAFT).read_text() == "one"
    assert report.written == (DRAFT, OTHER)
    assert stat.S_IMODE((folder / DRAFT).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_second_run_with_the_same_text_touches_nothing(tmp_path: Path) -> None:
    write_outputs(tmp_path, {DRAFT: "one"})
    before = (tmp_path / DRAFT).stat().st_mtime_ns
    report = write_outputs(tmp_path, {DRAFT: "one"})
    assert report.unchanged == (DRAFT,)
    assert (tmp_path / DRAFT).stat().st_mtime_ns == before


def test_a_draft_that_nobody_edited_is_replaced(tmp_path: Path) -> None:
    write_outputs(tmp_path, {DRAFT: "one"})
    write_outputs(tmp_path, {DRAFT: "two"})
    assert (tmp_path / DRAFT).read_text() == "two"


def test_an_edited_draft_is_left_alone_and_the_new_text_goes_beside_it(tmp_path: Path) -> None:
    write_outputs(tmp_path, {DRAFT: "one"})
    (tmp_path / DRAFT).write_text("mine")
    for text in ("two", "three"):
        report = write_outputs(tmp_path, {DRAFT: text})
        assert (tmp_path / DRAFT).read_text() == "mine"
        assert (tmp_path / "self-review.new.md").read_text() == text
        assert report.edited == ((DRAFT, "self-review.new.md"),)
    assert "was edited" in report.notes[0]


def test_the_new_text_is_not_written_over_an_edit_of_the_last_new_text(tmp_path: Path) -> None:
    write_outputs(tmp_path, {DRAFT: "one"})
    (tmp_path / DRAFT).write_text("mine")
    write_outputs(tmp_path, {DRAFT: "two"})
    (tmp_path / "self-review.new.md").write_text("mine too")
    for text in ("three", "four"):
        report = write_outputs(tmp_path, {DRAFT: text})
        assert report.edited == ((DRAFT, "self-review.new-2.md"),)
        assert (tmp_path / "self-review.new-2.md").read_text() == text
    (tmp_path / "self-review.new-2.md").write_text("and this")
    assert write_outputs(tmp_path, {DRAFT: "five"}).edited == ((DRAFT, "self-review.new-3.md"),)
    assert [(tmp_path / f"self-review{end}.md").read_text() for end in ("", ".new", ".new-2")] == [
        "mine", "mine too", "and this",
    ]  # fmt: skip


def test_an_error_names_the_file_that_was_to_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OutputError, match=r"review\.json: no space left"):
        write_outputs(tmp_path, {OTHER: "{}"})
    assert list(tmp_path.iterdir()) == []


def test_an_error_does_not_name_the_file_that_stands_in_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(source: Path, _: Path) -> None:
        raise PermissionError(13, "Permission denied", str(source))

    monkeypatch.setattr("os.replace", failing)
    with pytest.raises(OutputError, match=r"review\.json: permission denied"):
        write_outputs(tmp_path, {OTHER: "{}"})


def test_a_draft_of_unknown_origin_counts_as_edited(tmp_path: Path) -> None:
    (tmp_path / DRAFT).write_text("from somewhere else")
    write_outputs(tmp_path, {DRAFT: "one"})
    assert (tmp_path / DRAFT).read_text() == "from somewhere else"


def test_a_damaged_state_file_makes_it_careful_not_careless(tmp_path: Path) -> None:
    write_outputs(tmp_path, {DRAFT: "one"})
    (tmp_path / ".analyzer-state.json").write_text("{broken")
    write_outputs(tmp_path, {DRAFT: "two"})
    assert (tmp_path / DRAFT).read_text() == "one"


def test_the_curation_file_is_made_once(tmp_path: Path) -> None:
    write_outputs(tmp_path, {"curation.toml": "# first"})
    report = write_outputs(tmp_path, {"curation.toml": "# second"})
    assert (tmp_path / "curation.toml").read_text() == "# first"
    assert report.kept == ("curation.toml",)


def test_a_failure_half_way_leaves_everything_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_outputs(tmp_path, {"a.json": "old a", "b.json": "old b"})
    replace = os.replace

    def failing(source: str, target: Path) -> None:
        if Path(target).name == "b.json":
            raise OSError(28, "No space left on device", str(target))
        replace(source, target)

    monkeypatch.setattr("os.replace", failing)
    with pytest.raises(OutputError, match="no space left"):
        write_outputs(tmp_path, {"a.json": "new a", "b.json": "new b"})
    assert (tmp_path / "a.json").read_text() == "old a"
    assert (tmp_path / "b.json").read_text() == "old b"
    assert not list(tmp_path.glob("*.tmp"))


def test_a_file_in_the_place_of_the_folder_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(OutputError, match="it is a file, not a folder"):
        write_outputs(tmp_path / "out", {DRAFT: "one"})


def test_a_folder_in_the_place_of_a_file_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / DRAFT).mkdir()
    with pytest.raises(OutputError, match="it is a folder, not a file"):
        write_outputs(tmp_path, {DRAFT: "one"})


@pytest.mark.parametrize("name", ["../self-review.md", "a/b.md", "", ".analyzer-state.json"])
def test_a_name_that_leaves_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError, match="not a plain file name"):
        write_outputs(tmp_path, {name: "x"})


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_that_may_not_be_written_is_one_clear_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="permission denied"):
        write_outputs(tmp_path, {DRAFT: "one"})


def test_a_file_of_the_users_own_that_has_the_name_of_an_output_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "evidence.csv").write_text("mine", encoding="utf-8")
    report = write_outputs(tmp_path, {"evidence.csv": "id,text\n"})
    assert (tmp_path / "evidence.csv").read_text(encoding="utf-8") == "mine"
    assert report.edited == (("evidence.csv", "evidence.new.csv"),)
