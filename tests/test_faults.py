"""Whatever goes wrong while files are written, old outputs stay whole or new ones are complete, and the message says which."""

from __future__ import annotations

import errno
import itertools
import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from conftest import SHORT, Command
from disk import bytes_of, failing, watched

from analyzer.errors import AnalyzerError, OutputError, StoppedError
from analyzer.evaluation.held_out import save_scores
from analyzer.inserting import write_into
from analyzer.placing import alone_in
from analyzer.rendering import write_outputs, write_together
from analyzer.rendering.writing import STATE

OLD = {"self-review.md": "old draft\n", "review.json": '{"old": 1}\n', "curation.toml": "# mine\n"}
NEW = {"self-review.md": "new draft\n", "review.json": '{"new": 1}\n', "evidence.csv": "id\n"}
CHARTS = ({"timeline.svg": "<svg>old</svg>"}, {"timeline.svg": "<svg>new</svg>"})
FULL = OSError(errno.ENOSPC, "No space left on device")
READ_ONLY = OSError(errno.EROFS, "Read-only file system")


def _write(root: Path, *, new: bool) -> None:
    """Write a run's outputs: a folder of drafts and one of charts."""
    write_together([(root / "out", NEW if new else OLD), (root / "charts", CHARTS[new])])


def _count(run: Callable[[], None], root: Path) -> int:
    changes: list[str] = []
    with watched(root, changes.append):
        run()
    return len(changes)


@pytest.fixture(scope="module")
def steps(tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many changes on disk a second run makes."""
    root = tmp_path_factory.mktemp("steps")
    _write(root, new=False)
    return _count(lambda: _write(root, new=True), root)


@pytest.fixture
def states(tmp_path: Path) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """What stands there after the first and after the second run."""
    _write(tmp_path / "states", new=False)
    old = bytes_of(tmp_path / "states")
    _write(tmp_path / "states", new=True)
    return old, bytes_of(tmp_path / "states")


@pytest.mark.parametrize(
    ("error", "stays"), [(FULL, False), (FULL, True), (READ_ONLY, False)], ids=["once full", "full", "read-only"]
)
def test_an_error_at_any_write_leaves_everything_as_it_was_and_says_so(
    tmp_path: Path, states: tuple[dict[str, bytes], dict[str, bytes]], steps: int, error: OSError, *, stays: bool
) -> None:
    old, new = states
    for at in range(steps):
        root = tmp_path / str(at)
        _write(root, new=False)
        said = ""
        with watched(root, failing(at, error, stays=stays)):
            try:
                _write(root, new=True)
            except OutputError as raised:
                said = f"{raised} {raised.tip}"
        if said:
            assert bytes_of(root) == old, at
            assert (error.strerror or "").lower() in said
            assert "nothing that stood there was changed" in said
        else:  # what failed was only the removal of what is not needed any more
            assert bytes_of(root) == new, at


def test_an_interrupt_at_any_write_leaves_all_of_the_old_or_all_of_the_new(
    tmp_path: Path, states: tuple[dict[str, bytes], dict[str, bytes]], steps: int
) -> None:
    for at in range(steps):
        root = tmp_path / str(at)
        _write(root, new=False)
        said = ""
        with watched(root, failing(at, KeyboardInterrupt())):
            try:
                _write(root, new=True)
            except StoppedError as raised:
                said = str(raised)
            except KeyboardInterrupt:
                pass
        assert bytes_of(root) in states, at
        if bytes_of(root) == states[0]:
            assert not said or said.endswith("everything there is as it was")
        else:  # it came while what is not needed any more was removed
            assert f"new already: {', '.join(NEW)}, timeline.svg; the rest is as it was" in said


def test_a_run_that_is_killed_at_any_write_leaves_whole_files_and_the_next_run_puts_all_right(
    tmp_path: Path, states: tuple[dict[str, bytes], dict[str, bytes]]
) -> None:
    """What stands on the disk before each change is what a kill at that moment leaves."""
    old, new = states
    root, killed = tmp_path / "run", list[Path]()
    _write(root, new=False)

    def photograph(_: str) -> None:
        killed.append(shutil.copytree(root, tmp_path / f"killed-{len(killed)}"))

    with watched(root, photograph):
        _write(root, new=True)
    told = 0
    for left in killed:
        for name, data in bytes_of(left).items():
            assert data in (old.get(name), new.get(name)) or name.endswith(STATE), (left.name, name)
        report, _ = write_together([(left / "out", {**NEW, "evidence.csv": "later\n"}), (left / "charts", CHARTS[1])])
        told += any("an earlier run was stopped" in note for note in report.notes)
        assert (report.edited, report.kept) == ((), ())
        after = bytes_of(left)
        assert after.pop("out/evidence.csv") == b"later\n"
        assert {name: data for name, data in after.items() if not name.endswith(STATE)} == {
            name: data for name, data in new.items() if not name.endswith((STATE, "evidence.csv"))
        }
        assert not list(left.rglob("*.tmp")), "what a killed run left of itself is removed by the next"
    assert told >= len(NEW) - 1
    assert len(killed) > 10


def test_an_edit_that_was_made_after_a_run_was_killed_survives(tmp_path: Path) -> None:
    out, killed = tmp_path / "out", tmp_path / "killed"
    write_outputs(out, OLD)

    def photograph(event: str) -> None:
        if event == "os.rename":
            shutil.copytree(out, killed, dirs_exist_ok=True)

    with watched(out, photograph):
        write_outputs(out, NEW)
    (killed / "self-review.md").write_text("my own words\n", encoding="utf-8")
    report = write_outputs(killed, {**NEW, "self-review.md": "newer draft\n"})
    assert (killed / "self-review.md").read_text(encoding="utf-8") == "my own words\n"
    assert report.edited == (("self-review.md", "self-review.new.md"),)


def test_what_could_not_be_put_back_is_named(tmp_path: Path) -> None:
    """A disk that takes no change at all any more, half-way: the worst that can happen."""
    write_outputs(tmp_path, OLD)
    moved: list[str] = []

    def told(event: str) -> None:
        moved.append(event)
        if event != "open" and moved.count("os.rename") > 2:
            raise READ_ONLY

    with watched(tmp_path, told), pytest.raises(OutputError) as raised:
        write_outputs(tmp_path, NEW)
    assert "new already: " in str(raised.value)
    assert "self-review.md" in str(raised.value)
    assert "the other files are as they were" in raised.value.tip


def test_two_runs_into_one_folder_write_one_after_the_other(tmp_path: Path) -> None:
    failures: list[BaseException] = []

    def run(mark: str) -> None:
        try:
            for turn in range(12):
                write_outputs(tmp_path, {f"{name}.md": f"{mark} {turn} {name}\n" for name in "abcde"})
        except BaseException as error:  # noqa: BLE001 - handed to the test
            failures.append(error)

    threads = [threading.Thread(target=run, args=(mark,)) for mark in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert sorted(path.name for path in tmp_path.iterdir()) == [STATE, *(f"{name}.md" for name in "abcde")]
    assert len({(tmp_path / f"{name}.md").read_text().rsplit(" ", 1)[0] for name in "abcde"}) == 1


def test_an_error_at_any_write_into_a_document_of_the_users_leaves_it_whole(tmp_path: Path) -> None:
    old, new, path = b"# Notes\n", b"# Notes\n- agenda\n", tmp_path / "notes.md"

    def insert() -> None:
        write_into(path, old, len(old), b"- agenda\n", backup="before-2025-01-01")

    path.write_bytes(old)
    steps = _count(insert, tmp_path)
    for error in (FULL, KeyboardInterrupt()):
        for at in range(steps):
            path.write_bytes(old)
            for one in tmp_path.glob(".*"):
                one.unlink()
            said = None
            with watched(tmp_path, failing(at, error)):
                try:
                    insert()
                except (AnalyzerError, KeyboardInterrupt) as raised:
                    said = str(raised)
            assert path.read_bytes() == (new if said is None or "new already: notes.md" in said else old), at
            with alone_in(tmp_path):  # what the disk would not remove, the next run removes
                pass
            assert not list(tmp_path.glob(".analyzer-*.tmp")), at


def test_a_table_of_scores_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "scores.npz"

    def write(score: float) -> None:
        save_scores(path, [("", "shipped it")], ["goal"], np.array([[score]]))

    write(1.0)
    old = path.read_bytes()
    steps = _count(lambda: write(2.0), tmp_path)
    new = path.read_bytes()
    for at, stays in itertools.product(range(steps), (False, True)):
        path.write_bytes(old)
        said = None
        with watched(tmp_path, failing(at, FULL, stays=stays)):
            try:
                write(2.0)
            except OutputError as raised:
                said = str(raised)
        assert path.read_bytes() == (old if said else new), at


def test_a_document_that_changed_after_it_was_read_gets_no_agenda(
    short: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    from analyzer import agenda_file

    plan = agenda_file._plan

    def slow(*arguments: object) -> object:
        made = plan(*arguments)  # type: ignore[arg-type]
        short.write_text("a line of somebody else's\n" + SHORT, encoding="utf-8")
        return made

    monkeypatch.setattr(agenda_file, "_plan", slow)
    ran = command("agenda", short, "--write")
    assert ran.code == 2
    assert "has changed since it was read" in ran.err
    assert short.read_text(encoding="utf-8") == "a line of somebody else's\n" + SHORT


@pytest.mark.parametrize("last", ["_refuse", "lines_of"])
def test_a_document_that_vanishes_after_it_was_read_is_said_to(
    last: str, short: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before it is looked at whether it can be written to, and after that."""
    from analyzer import agenda_file

    step = getattr(agenda_file, last)

    def gone(*arguments: object) -> object:
        short.unlink()
        return step(*arguments)

    monkeypatch.setattr(agenda_file, last, gone)
    ran = command("agenda", short, "--write")
    assert ran.code == 2
    assert ("is not there any more" if last == "_refuse" else "has changed since it was read") in ran.err
    assert list(short.parent.iterdir()) == []


def test_a_clock_that_was_set_back_changes_nothing(short: Path, tmp_path: Path, command: Command) -> None:
    out = tmp_path / "out"
    assert command("review", short, "-o", out).code == 0
    before = bytes_of(out)
    for path in (*out.iterdir(), short):
        os.utime(path, (4_000_000_000, 4_000_000_000))
    ran = command("review", short, "-o", out)
    assert (ran.code, bytes_of(out)) == (0, before)


def test_an_interrupt_is_one_line_and_code_130(
    short: Path, tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("analyzer.jobs.extract", stop)
    ran = command("review", short, "-o", tmp_path / "out")
    assert (ran.code, ran.out, (tmp_path / "out").exists()) == (130, "", False)
    assert ran.err.startswith("analyzer: stopped; every file is whole")


def test_an_interrupt_while_files_are_written_says_that_all_is_as_it_was(
    short: Path, tmp_path: Path, command: Command
) -> None:
    out = tmp_path / "out"
    assert command("review", short, "-o", out).code == 0
    before = bytes_of(out)
    short.write_text(SHORT + "- Finished the price tags for both shops\n", encoding="utf-8")
    with watched(out, failing(5, KeyboardInterrupt())):
        ran = command("review", short, "-o", out)
    assert (ran.code, bytes_of(out)) == (130, before)
    assert f"stopped while writing to {out}; everything there is as it was" in ran.err
