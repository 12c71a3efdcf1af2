"""Every command that writes, stopped at each change that it makes to the disk: by an error, by Ctrl-C, by a kill.

A command runs once and leaves its outputs; what it reads changes a little; its second run is the one that is stopped. What takes
long, to read the notes and to draw, is done once for all of these runs, which see the same notes; all that writes runs as it is.
"""

from __future__ import annotations

import errno
import functools
import importlib
import os
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import typer.main
from conftest import Command, Ran
from desk import COMMANDS
from disk import failing, sync_is_told, watched

from analyzer import charting
from analyzer.batch.person import run_person
from analyzer.jobs import Written, write_review
from analyzer.placing import alone_in
from analyzer.reading.files import Found, read_file
from analyzer.reading.text import Text
from analyzer.records import Problem
from analyzer.rendering.writing import STATE
from analyzer.settings import Settings

FULL = OSError(errno.ENOSPC, "No space left on device")
READ_ONLY = OSError(errno.EROFS, "Read-only file system")
MARKS = {"-o", "--to", "--write", "--clear"}
WAYS = (
    *((name, *way) for name, ways in COMMANDS.items() for way in ways if MARKS & {*way}),
    ("review", "notes.md", "-o", "both", "--no-report", "--charts", "both"),
)
BATCH = ("batch", "team", "--to", "many")
MORE = "\n## 28 April 2025\n- Returns desk: the first week saved two hours\n- Finished the price tags for both shops\n"
SLOW = """
analyzer.jobs extract review_of draft_form draft_self_review draft_effort_impact lay_out names_left
analyzer.page render_report
analyzer.planning extract review_of papers_for lay_out
analyzer.scanning extract review_of render_markdown names_left cited_from
analyzer.team extract
analyzer.tables table table_files
analyzer.charting files
analyzer.learning load_corpus align look read_items train_on load_encoder
analyzer.correcting look read_items
analyzer.classifier adapt
analyzer.batch.person analyze_person
analyzer.batch.run basis_of program_hash
""".strip().splitlines()
"""What is computed once for all stopped runs: its results depend on the notes alone, and it writes nothing."""
MANY, FEW = ("lay_out", "table_files"), 2
"""Functions that return many files, of which a few stand for all."""
Files = Mapping[str, bytes | None]
"""What stands in a folder, by name; a folder in it is None."""


def seen(root: Path) -> dict[str, bytes | None]:
    return {
        one.relative_to(root).as_posix(): one.read_bytes() if one.is_file() else None for one in sorted(root.rglob("*"))
    }


def put(root: Path, files: Files) -> None:
    """Let a folder hold these files and no others."""
    there = seen(root)
    for name in sorted(there.keys() - files.keys(), reverse=True):
        (root / name).rmdir() if there[name] is None else (root / name).unlink()
    for name, data in files.items():
        if data is None:
            (root / name).mkdir(exist_ok=True)
        elif there.get(name) != data:
            (root / name).write_bytes(data)


def outputs(files: Files) -> dict[str, bytes]:
    """Leave out what the program notes for itself and what is not in its place yet."""
    own = (STATE, ".analyzer-")
    return {name: data for name, data in files.items() if data is not None and not Path(name).name.startswith(own)}


@dataclass
class Once:
    """Results of functions in the order of their calls, which is the same in each run."""

    known: dict[str, list[Any]] = field(default_factory=dict)
    calls: Counter[str] = field(default_factory=Counter)

    def of(self, function: Callable[..., Any], name: str) -> Callable[..., Any]:
        def found(*arguments: Any, **named: Any) -> Any:
            results, at = self.known.setdefault(name, []), self.calls[name]
            self.calls[name] += 1
            if at == len(results):
                result = function(*arguments, **named)
                results.append(dict(list(result.items())[:FEW]) if name.endswith(MANY) else result)
            return results[at]

        return found

    def patch(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for line in SLOW:
            module, *names = line.split()
            for name in names:
                function = getattr(importlib.import_module(module), name)
                monkeypatch.setattr(f"{module}.{name}", self.of(function, f"{module}.{name}"))


@dataclass
class Case:
    """One way to write: what stood there, what a second run makes of it, and what stood there before each of its changes."""

    words: tuple[str, ...]
    desk: Path
    once: Once = field(default_factory=Once)
    bare: Files = field(default_factory=dict)
    """What stands there before the first run."""
    old: Files = field(default_factory=dict)
    new: Files = field(default_factory=dict)
    killed: list[Files] = field(default_factory=list)

    def run(self, told: Callable[[str], None] = lambda _: None) -> Ran:
        from conftest import run_here

        self.once.calls.clear()
        with watched(self.desk.parent, told):
            return run_here(*self.words)

    def again(self, told: Callable[[str], None]) -> tuple[Ran, dict[str, bytes]]:
        """Run it on what stood there, and return what it said and what stands there then."""
        put(self.desk, self.old)
        ran = self.run(told)
        return ran, outputs(seen(self.desk))


def _change(words: tuple[str, ...], desk: Path) -> None:
    """Change what a command reads, so that a second run writes something else."""
    if words[0] == "notebook":
        for one in sorted((desk / "deep" / "books").iterdir())[1:]:
            one.unlink()
    if words[0] == "train":
        shutil.rmtree(desk / "labelled" / "authors" / "pia")
    decided = (desk / "curation.toml").read_text(encoding="utf-8").replace("goal", "blocker")
    (desk / "curation.toml").write_text(decided, encoding="utf-8")
    for one in (desk / "notes.md", *(desk / "team").glob("Ada/notes.md")):
        with one.open("a", encoding="utf-8") as file:
            file.write(MORE)


_made: dict[tuple[str, ...], Case] = {}


@pytest.fixture(params=WAYS, ids=lambda way: " ".join(one for one in way if "/" not in one and "," not in one))
def case(
    request: pytest.FixtureRequest,
    desk: Path,
    tmp_path_factory: pytest.TempPathFactory,
    command: Command,
    monkeypatch: pytest.MonkeyPatch,
) -> Case:
    words: tuple[str, ...] = request.param
    fresh = words not in _made
    if fresh:
        _made[words] = Case(words, tmp_path_factory.mktemp("faults") / "desk")
        unused = {
            "earlier",
            "labelled" if words[0] != "train" else "",
            "team" if not {"--team", "batch"} & {*words} else "",
        }
        shutil.copytree(desk, _made[words].desk, ignore=lambda *_: unused)
        (_made[words].desk.parent / "temporary").mkdir()
    case = _made[words]
    monkeypatch.chdir(case.desk)
    monkeypatch.setattr(tempfile, "tempdir", str(case.desk.parent / "temporary"))
    monkeypatch.setattr(typer.main, "get_command", functools.cache(typer.main.get_command))
    monkeypatch.setattr("analyzer.charting.NAMES", charting.NAMES[:1])
    monkeypatch.setattr("analyzer.batch.run.run_local", lambda given, _workers: map(run_person, given))
    sync_is_told(monkeypatch)
    if words[0] == "cache":
        monkeypatch.setenv("XDG_CACHE_HOME", str(case.desk / "home"))
    if words[0] not in {"agenda", "cache"}:
        case.once.patch(monkeypatch)
    if fresh:
        case.bare = seen(case.desk)
        assert command(*(("extract", "notes.md") if words[0] == "cache" else words)).code == 0
        _change(words, case.desk)
        case.old = seen(case.desk)
        case.once.known.clear()
        assert case.run().code == 0
        case.new = seen(case.desk)
        put(case.desk, case.old)
        assert case.run(lambda _: case.killed.append(seen(case.desk))).code == 0
        assert seen(case.desk) == case.new
        assert outputs(case.new) != outputs(case.old)
    return case


def said_in_words(ran: Ran, error: OSError) -> bool:
    """Return whether the user is told what was wrong, and that all is as it was."""
    words = ("nothing that stood there was changed", "cannot remove")
    return str(error.strerror).lower() in ran.err.lower() and any(one in ran.err for one in words)


def test_an_error_at_any_change_leaves_all_as_it_was_or_all_new_and_says_so(case: Case) -> None:
    old, new = outputs(case.old), outputs(case.new)
    for at in range(len(case.killed)):
        error, stays = ((FULL, False), (FULL, True), (READ_ONLY, False))[at % 3]
        ran, now = case.again(failing(at, error, stays=stays))
        assert "bug" not in ran.err, ran.err
        assert "Traceback" not in ran.err
        if ran.code == 0:
            assert now == new, at
        else:
            assert now == old, at
            assert (ran.code, said_in_words(ran, error)) == (2, True), ran.err


def test_an_interrupt_at_any_change_leaves_all_as_it_was_or_all_new_and_says_so(case: Case) -> None:
    old, new = outputs(case.old), outputs(case.new)
    for at in range(len(case.killed)):
        ran, now = case.again(failing(at, KeyboardInterrupt()))
        assert ran.code == 130, at
        assert "Traceback" not in ran.err
        assert now in (old, new), at
        if now == new and case.words[0] != "cache":
            changed = {Path(name).name for name in new if new[name] != old.get(name) and Path(name).name[0] != "."}
            assert "new already: " in ran.err, at
            assert not [name for name in changed if name not in ran.err], at
        else:
            assert "new already" not in ran.err
            assert "every file is whole" in ran.err or "everything there is as it was" in ran.err


def test_a_kill_at_any_change_leaves_whole_files_and_the_same_command_puts_all_right(case: Case) -> None:
    old, new = outputs(case.old), outputs(case.new)
    for at, left in enumerate(case.killed):
        for name, data in outputs(left).items():
            assert data in (old.get(name), new.get(name)), (at, name)
        put(case.desk, left)
        ran = case.run()
        assert (ran.code, "bug" in ran.err) == (0, False), ran.err
        now = seen(case.desk)
        assert outputs(now) == new, at
        assert not [name for name in now if Path(name).suffix == ".tmp"], at


@pytest.mark.skipif(sys.platform == "win32", reason="no limit for files there")
def test_a_disk_that_takes_a_file_in_part_leaves_all_as_it_was_and_says_so(case: Case) -> None:
    """The system ends each write at a number of bytes, as a disk does that is full in the middle of a file."""
    import resource

    old, new = outputs(case.old), outputs(case.new)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    for most in (0, 100, 2_500):
        put(case.desk, case.old)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
        try:
            ran = case.run()
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        now = outputs(seen(case.desk))
        assert (ran.code, now) in ((2, old), (0, new)), most
        assert ran.code == 0 or said_in_words(ran, OSError(errno.EFBIG, "File too large"))
        assert ran.code == 2 or most or case.words[0] == "cache"


def test_a_disk_that_takes_no_change_at_all_is_one_line(case: Case) -> None:
    def refused(_: str) -> None:
        raise READ_ONLY

    ran, now = case.again(refused)
    assert (ran.code, now) == (2, outputs(case.old))
    assert said_in_words(ran, READ_ONLY)
    put(case.desk, case.bare)
    ran = case.run(refused)
    assert seen(case.desk) == case.bare
    assert (ran.code, said_in_words(ran, READ_ONLY)) == ((0, False) if case.words[0] == "cache" else (2, True))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_folders_without_the_right_to_write_are_one_line(case: Case) -> None:
    put(case.desk, case.old)
    folders = [case.desk, *(one for one in case.desk.rglob("*") if one.is_dir())]
    for one in folders:
        one.chmod(0o500)
    try:
        ran = case.run()
        now = seen(case.desk)
    finally:
        for one in folders:
            one.chmod(0o700)
    assert (ran.code, outputs(now)) == (2, outputs(case.old))
    assert said_in_words(ran, PermissionError(errno.EACCES, "Permission denied"))


def test_a_clock_that_was_set_back_changes_nothing(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files from the future, in a program that is told that it is 1970."""
    put(case.desk, case.old)
    for one in case.desk.rglob("*"):
        os.utime(one, (4_000_000_000, 4_000_000_000))
    monkeypatch.setattr(time, "time", lambda: 1.0)
    monkeypatch.setattr(time, "time_ns", lambda: 1)
    assert (case.run().code, outputs(seen(case.desk))) == (0, outputs(case.new))


@pytest.mark.parametrize("case", [BATCH], indirect=True, ids=["batch"])
def test_a_batch_that_is_stopped_at_any_change_says_so_and_goes_on(case: Case) -> None:
    """Each person's rows are all old or all new; the same command makes what a batch in peace makes."""
    old, new = outputs(case.old), outputs(case.new)
    rows = [name for name in new if name.endswith(".parquet")]
    people = {Path(name).name: [one for one in rows if one.endswith(Path(name).name)] for name in rows}
    assert [len(one) for one in people.values()] == [4, 4]
    for at, left in enumerate(case.killed):
        put(case.desk, left)
        assert all(outputs(left).get(name) in {old.get(name), new[name]} for name in rows), at
        assert case.run().code == 0
        assert outputs(seen(case.desk)) == new, at
        for kind, error in enumerate((FULL, READ_ONLY, KeyboardInterrupt())):
            ran, now = case.again(failing(at, error))
            assert "bug" not in ran.err + ran.out
            for own in people.values():
                assert [now.get(name) for name in own] in ([one.get(name) for name in own] for one in (old, new)), at
            reason = "no space left on device" if error is FULL else "read-only file system"
            if isinstance(error, KeyboardInterrupt):
                assert (ran.code, "it goes on where it ended" in ran.err or now == old) == (130, True), at
            elif ran.code == 0:
                assert now == new or "1 failed; 0 removed, whose folders are gone\n" in ran.out, at
                assert now == new or reason in ran.out
            else:
                assert (ran.code, reason in ran.err.lower()) == (2, True)
                assert "it goes on where it ended" in ran.err or now == old, at
            if kind != at % 3:
                continue
            assert case.run().code == 0
            again = seen(case.desk)
            assert outputs(again) == new, at
            assert not [name for name in again if name.endswith(".tmp") or "/.spill-" in name], at


@pytest.fixture
def here(desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the desk to work in, with a cache of its own and without charts."""
    shutil.copytree(desk, tmp_path / "desk")
    monkeypatch.chdir(tmp_path / "desk")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("analyzer.charting.files", lambda *_, **__: {})
    return tmp_path / "desk"


@pytest.mark.parametrize(
    "then", [b"# 1:1 Bo Lindgren\n\n## 4 May 2024\n- Closed both shops\n", None], ids=["change", "vanish"]
)
def test_notes_that_change_or_vanish_once_they_were_read_are_no_bug(
    then: bytes | None, here: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of every command: it goes by what it read, or says in a line what is not there any more; all it leaves is whole."""
    read = read_file

    def and_gone(found: Found) -> Text | Problem:
        done = read(found)
        found.file.unlink() if then is None else found.file.write_bytes(then)
        return done

    start = seen(here)
    for name, ways in COMMANDS.items():
        for way in ways:
            if way[:1] == ("labelled",):  # read from a copy of the program's own
                continue
            put(here, start)
            with monkeypatch.context() as patch:
                patch.setattr("analyzer.reading.read_file", and_gone)
                ran = command(name, *way)
            assert (ran.code in {0, 1, 2}, "bug" in ran.err, "Traceback" in ran.err) == (True, False, False), ran.err
            assert ran.code == 0 or ran.err or ran.out
            left = seen(here)
            assert not [one for one in left if one.endswith(".tmp")]
            assert all(left[one] in {start.get(one), then} for one in left if one.endswith("notes.md"))


def test_a_cache_that_cannot_be_written_at_any_change_stops_nothing_and_works_the_next_time(
    here: Path, command: Command
) -> None:
    home, changes = here.parent / "home", list[str]()
    command("extract", "notes.md")
    shutil.rmtree(home)
    with watched(here.parent, changes.append):
        usual = command("extract", "notes.md")
    assert changes
    for at in range(len(changes)):
        for error in (FULL, READ_ONLY, KeyboardInterrupt()):
            shutil.rmtree(home, ignore_errors=True)
            with watched(here.parent, failing(at, error)):
                ran = command("extract", "notes.md")
            if isinstance(error, KeyboardInterrupt):
                assert (ran.code, ran.out) == (130, ""), at
                assert "every file is whole" in ran.err
            else:
                assert ran == usual, at
            assert command("extract", "notes.md") == usual, at


def test_two_reviews_into_one_folder_write_one_after_the_other(
    here: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second comes while the first is in the middle of its writing, and waits for its end."""
    (here / "other").mkdir()
    other = (here / "notes.md").read_text(encoding="utf-8").replace("stock counter", "cellar plan") + MORE
    (here / "other" / "notes.md").write_text(other, encoding="utf-8")
    assert command("review", "other", "-o", "alone").code == 0
    second, came, waits = list[Written](), threading.Event(), alone_in

    def comes(folder: Path) -> AbstractContextManager[None]:
        if threading.current_thread() is thread:
            came.set()
        return waits(folder)

    def told(event: str) -> None:
        if event == "os.rename" and not came.is_set():
            thread.start()
            assert came.wait(60)

    thread = threading.Thread(target=lambda: second.append(write_review([Path("other")], Settings(), Path("both"))))
    monkeypatch.setattr("analyzer.rendering.writing.alone_in", comes)
    with watched(here / "both", told):
        ran = command("review", "notes.md", "-o", "both")
    thread.join()
    assert (ran.code, ran.err) == (0, "")
    assert second[0].report.notes == ("curation.toml is yours and was left as it is",)
    alone, both = outputs(seen(here / "alone")), outputs(seen(here / "both"))
    assert both.keys() == alone.keys()
    assert [name for name in both if both[name] != alone[name]] == ["curation.toml"]
