"""Every command that writes, stopped at each change that it makes to the disk: by an error, by Ctrl-C, by a kill.

A command runs once and leaves its outputs; what it reads changes a little; its second run is the one that is stopped. What takes
long, to read the notes and to draw, is done once for all of these runs, which see the same notes; all that writes runs as it is.
"""

from __future__ import annotations

import errno
import functools
import importlib
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import typer.main
from conftest import Command, Ran
from desk import COMMANDS
from disk import failing, sync_is_told, watched

from analyzer.batch.person import run_person
from analyzer.rendering.writing import STATE

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
analyzer.jobs extract review_of render_report draft_form draft_self_review draft_effort_impact lay_out names_left
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
MANY, FEW = ("files", "lay_out", "table_files"), 2
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
    monkeypatch.setattr("analyzer.batch.run.run_local", lambda given, _workers: map(run_person, given))
    sync_is_told(monkeypatch)
    if words[0] == "cache":
        monkeypatch.setenv("XDG_CACHE_HOME", str(case.desk / "home"))
    if words[0] not in {"agenda", "cache"}:
        case.once.patch(monkeypatch)
    if fresh:
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
            assert ran.code == 2
            assert str(error.strerror).lower() in ran.err.lower()
            assert ("cannot remove" if case.words[0] == "cache" else "nothing that stood there was changed") in ran.err


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
        for error in (FULL, READ_ONLY, KeyboardInterrupt()):
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
            assert case.run().code == 0
            again = seen(case.desk)
            assert outputs(again) == new, at
            assert not [name for name in again if name.endswith(".tmp") or "/.spill-" in name], at
