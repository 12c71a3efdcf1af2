"""Many people's notes: each on their own, only what changed, and whole files wherever a run ends."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from batch_run import NAMES, has_ended, people, tasks, work_or_die
from conftest import ROOT, Command
from disk import failing, watched

from analyzer.batch import manifest, person, run, trends
from analyzer.batch.hashing import basis_of, folder_hash, person_key, program_hash
from analyzer.batch.local import run_local
from analyzer.batch.manifest import Entry, own_folder, read_manifest, sweep, write_manifest
from analyzer.batch.run import BatchReport, run_batch
from analyzer.batch.tasks import Done, Outcome, Task
from analyzer.errors import AnalyzerError, OutputError
from analyzer.settings import Settings
from analyzer.tables.datasets import DATASETS

PROCESSES = pytest.mark.processes


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return people(tmp_path / "people", NAMES[:3])


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run each person in this process."""
    monkeypatch.setattr(run, "run_local", lambda given, _workers: map(person.run_person, given))


def batch(root: Path, out: Path, **options: bool) -> BatchReport:
    return run_batch(root, out, Settings(), workers=1, **options)  # type: ignore[arg-type]


def contents(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


def task_for(root: Path, out: Path, name: str = "Ada") -> Task:
    settings = json.dumps(Settings().model_dump(mode="json"), sort_keys=True)
    basis = basis_of(settings, None)
    folder = str(root / name)
    return Task(
        key=person_key(name), folder=folder, out=str(out), settings=settings, basis=basis, program=program_hash()
    )


# --- what has changed -----------------------------------------------------------------------------


def test_the_hash_of_a_folder_knows_content_and_names_and_no_time(root: Path, tmp_path: Path) -> None:
    ada = root / "Ada"
    first = folder_hash(ada, "basis")
    os.utime(ada / "notes.md", (1, 1))
    assert folder_hash(ada, "basis") == first
    assert folder_hash(ada, "another") != first
    shutil.copy(ada / "notes.md", ada / "copy.md")
    second = folder_hash(ada, "basis")
    (ada / "copy.md").rename(ada / "other.md")
    assert len({first, second, folder_hash(ada, "basis")}) == 3


def test_a_second_run_does_only_what_changed(root: Path, tmp_path: Path, here: None) -> None:
    out = tmp_path / "out"
    assert (batch(root, out).written, batch(root, out).unchanged) == (3, 3)
    before = contents(out)
    with (root / "Bo" / "notes.md").open("a", encoding="utf-8") as file:
        file.write("- Shipped the returns desk\n")
    done = batch(root, out)
    assert (done.written, done.unchanged, done.failed) == (1, 2, ())
    changed = {name for name, data in contents(out).items() if before.get(name) != data}
    assert {Path(name).stem for name in changed} == {person_key("Bo"), "manifest"}


def test_a_file_that_was_damaged_or_removed_is_written_again(root: Path, tmp_path: Path, here: None) -> None:
    out = tmp_path / "out"
    batch(root, out)
    before = contents(out)
    part = out / f"evidence/year=2025/{person_key('Ada')}.parquet"
    part.write_bytes(b"damaged")
    part.with_stem(person_key("Bo")).unlink()
    assert batch(root, out).written == 2
    assert contents(out) == before


def test_rows_of_people_and_years_that_are_gone_are_removed(root: Path, tmp_path: Path, here: None) -> None:
    out = tmp_path / "out"
    shutil.copy(root / "Ada" / "notes.md", root / "Ada" / "old.md")
    old = (root / "Ada" / "old.md").read_text(encoding="utf-8").replace("2025", "2024")
    (root / "Ada" / "old.md").write_text(old, encoding="utf-8")
    batch(root, out)
    assert (out / f"meetings/year=2024/{person_key('Ada')}.parquet").is_file()
    (root / "Ada" / "old.md").unlink()
    shutil.rmtree(root / "Bo")
    assert batch(root, out).removed == 1
    assert {path.stem for path in out.rglob("*.parquet")} == {person_key("Ada"), person_key("Cleo")}
    assert not (out / "meetings/year=2024").exists()


# --- one person -----------------------------------------------------------------------------------


def test_the_data_sets_are_the_tables_of_each_person_with_the_folder_as_person(
    root: Path, tmp_path: Path, here: None
) -> None:
    out = tmp_path / "out"
    batch(root, out)
    frames = {name: pd.read_parquet(out / name) for name in DATASETS}
    assert all(set(frame["person"]) == {"Ada", "Bo", "Cleo"} for frame in frames.values())
    assert all(set(frame["year"]) == {2025} for frame in frames.values())
    assert sorted(frames["meetings"]["date"].astype(str)) == ["2025-03-03"] * 3 + ["2025-03-17"] * 3
    assert list(frames["accomplishments"]["text"]).count("Shipped the stock counter to both shops") == 3


def test_nothing_of_one_person_stands_in_the_outputs_of_another(root: Path, tmp_path: Path, here: None) -> None:
    out = tmp_path / "out"
    batch(root, out)
    for name in ("Ada", "Bo", "Cleo"):
        others = {"Ada", "Bo", "Cleo"} - {name}
        for path in out.rglob(f"{person_key(name)}.parquet"):
            text = pd.read_parquet(io.BytesIO(path.read_bytes())).to_json(date_format="iso")
            assert not any(other in text for other in others)
            assert f"{name}" in text


def test_all_that_is_written_is_for_the_user_alone(root: Path, tmp_path: Path, here: None) -> None:
    out = tmp_path / "out"
    batch(root, out)
    modes = {(path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in (out, *out.rglob("*"))}
    assert modes == {(True, 0o700), (False, 0o600)}


def test_nothing_of_anybody_is_kept_in_the_cache_of_who_runs_it(
    root: Path, tmp_path: Path, here: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    batch(root, tmp_path / "out")
    assert not (tmp_path / "cache").exists()


def test_a_person_who_cannot_be_read_is_listed_and_stops_nobody(root: Path, tmp_path: Path, here: None) -> None:
    out = tmp_path / "out"
    (root / "Bo" / "notes.md").write_text("no meeting here\n", encoding="utf-8")
    (root / "loose.md").write_text("x", encoding="utf-8")
    (root / "Linked").symlink_to(root / "Ada")
    done = batch(root, out)
    assert (done.written, [name for name, _ in done.failed]) == (2, ["Bo", "Linked", "loose.md"])
    listed = (out / run.FAILED).read_text(encoding="utf-8")
    assert "Bo: no meeting in the notes" in listed
    assert str(root) not in listed


def test_the_rows_of_an_earlier_run_stay_where_the_new_notes_cannot_be_read(
    root: Path, tmp_path: Path, here: None
) -> None:
    out = tmp_path / "out"
    batch(root, out)
    before = {name: data for name, data in contents(out).items() if name.endswith(".parquet")}
    (root / "Bo" / "notes.md").write_text("no meeting here\n", encoding="utf-8")
    [(_, reason)] = batch(root, out).failed
    assert reason.endswith("its rows are those of an earlier run")
    assert {name: data for name, data in contents(out).items() if name.endswith(".parquet")} == before


@pytest.mark.parametrize(
    ("error", "again", "said"),
    [
        (ValueError("words of the notes"), False, "this is a bug: ValueError in person.py"),
        (OSError(5, "Input/output error", "/a/name"), True, "input/output error"),
        (MemoryError(), True, "out of memory"),
    ],
)
def test_an_error_comes_back_as_a_result_without_its_words(
    error: Exception, again: bool, said: str, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise error

    monkeypatch.setattr(person, "analyze_person", fails)
    done = person.run_person(task_for(root, tmp_path / "out"))
    assert (done.outcome, done.again) == (Outcome.FAILED, again)
    assert said in done.reason
    assert "words" not in done.reason


def test_notes_that_change_while_they_are_read_are_read_again(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    analyze = person.analyze_person

    def meanwhile(folder: Path, settings: Settings, key: str) -> person.PersonOutput:
        found = analyze(folder, settings, key)
        (folder / "more.md").write_text("more", encoding="utf-8")
        return found

    monkeypatch.setattr(person, "analyze_person", meanwhile)
    done = person.run_person(task_for(root, tmp_path / "out"))
    assert (done.outcome, done.again, done.reason) == (Outcome.FAILED, True, person.CHANGED)
    assert not (tmp_path / "out").exists()


def test_a_worker_with_another_version_of_the_program_writes_nothing(root: Path, tmp_path: Path) -> None:
    task = Task(key="a", folder=str(root / "Ada"), out=str(tmp_path / "out"), settings="{}", basis="", program="older")
    assert person.run_person(task).reason == person.OTHER_PROGRAM


def test_what_engines_log_of_a_task_holds_no_name_and_no_place(root: Path, tmp_path: Path) -> None:
    task = task_for(root, tmp_path)
    done = Done(key=task.key, outcome=Outcome.FAILED, reason="Ada: secret", problems=("Ada/notes.md: secret",))
    assert not any(word in repr(one) for one in (task, done) for word in ("Ada", str(root), "secret"))


def test_pages_are_written_once_asked_for_and_a_decision_makes_new_ones(root: Path, tmp_path: Path, here: None) -> None:
    out = tmp_path / "out"
    batch(root, out, pages=True)
    page = out / "pages" / "Ada" / "2025"
    assert {"self-review.md", "report.html", "curation.toml"} <= {path.name for path in page.iterdir()}
    assert batch(root, out, pages=True).unchanged == 3
    with (page / "curation.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[rename]]\nold = "Stock counter"\nnew = "Shelf labels"\n')
    assert batch(root, out, pages=True).written == 1
    assert "Shelf labels" in (page / "review.json").read_text(encoding="utf-8")


# --- ends in the middle ---------------------------------------------------------------------------


def test_a_persons_files_are_written_together_and_each_is_whole_wherever_that_ends(tmp_path: Path) -> None:
    old = {f"{name}/year=2025/a.parquet": b"old" * 999 for name in DATASETS}
    new = dict.fromkeys(old, b"new" * 999)
    person.store(tmp_path, old)
    left: list[list[bytes]] = []
    with watched(tmp_path, lambda _: left.append([(tmp_path / name).read_bytes() for name in old])):
        person.store(tmp_path, new)
    assert {b"".join(one).count(b"new") for one in left} == {0, 999, 1998, 2997, 3996}
    for at in range(len(left)):
        person.store(tmp_path, old)
        with watched(tmp_path, failing(at, OSError(28, "No space left on device"))), contextlib.suppress(OutputError):
            person.store(tmp_path, new)
        assert len({(tmp_path / name).read_bytes() for name in old}) == 1, at


def test_a_line_that_is_half_there_counts_as_not_written(tmp_path: Path) -> None:
    entries = {"k1": Entry(person="Ada", inputs="1", files={"a": "b"}), "k2": Entry(person="Bo", inputs="2")}
    write_manifest(tmp_path, entries)
    assert read_manifest(tmp_path) == entries
    path = tmp_path / manifest.MANIFEST
    path.write_bytes(path.read_bytes()[:-9] + b"\n[1]\nnull\n" + b'{"schema": 9, "key": "k3"}\n')
    assert read_manifest(tmp_path) == {"k1": entries["k1"]}


def test_what_a_run_left_that_was_ended_is_swept_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "evidence" / "year=2025"
    folder.mkdir(parents=True)
    keep, drop = (f"{letter * 32}.parquet" for letter in "ab")
    for name in (keep, drop, ".analyzer-x.tmp", "mine.parquet"):
        (folder / name).write_bytes(b"")
    kept = {"k": Entry(person="Ada", inputs="", files={f"evidence/year=2025/{keep}": ""})}
    assert sweep(tmp_path, ["evidence"], kept) == 1
    assert {one.name for one in folder.iterdir()} == {keep, "mine.parquet"}


def test_a_folder_belongs_to_one_run_and_to_batches_alone(tmp_path: Path) -> None:
    with own_folder(tmp_path / "out", ["a"]), pytest.raises(OutputError, match="another run"):  # noqa: SIM117
        with own_folder(tmp_path / "out", ["a"]):
            pass
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="it holds files"), own_folder(tmp_path / "other", ["a"]):
        pass


# --- engines --------------------------------------------------------------------------------------


def ran(*arguments: object, code: int = 0) -> subprocess.CompletedProcess[str]:
    """Run ``batch_run.py`` in a process of its own, as ``python -m analyzer`` would run."""
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
    call = [sys.executable, str(ROOT / "tests" / "batch_run.py"), *map(str, arguments)]
    done = subprocess.run(call, env=environment, capture_output=True, text=True, check=False, timeout=240)
    assert done.returncode == code, done.stderr
    return done


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """Six people, and what a batch of them has to hold."""
    place = tmp_path_factory.mktemp("whole")
    root = people(place / "people")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(run, "run_local", lambda given, _workers: map(person.run_person, given))
        batch(root, place / "out")
    return root, contents(place / "out")


@PROCESSES
def test_a_worker_that_is_killed_loses_and_doubles_nothing(
    whole: tuple[Path, dict[str, bytes]], tmp_path: Path
) -> None:
    root, expected = whole
    done = ran(root, tmp_path / "out", "local", "worker")
    assert "6 people" in done.stdout
    assert contents(tmp_path / "out") == expected
    assert "counter" not in done.stdout + done.stderr


@PROCESSES
@pytest.mark.parametrize("engine", ["local", "dask"])
def test_a_run_that_is_killed_goes_on_where_it_was(
    engine: str, whole: tuple[Path, dict[str, bytes]], tmp_path: Path
) -> None:
    """Its workers end with it, and whatever else it started."""
    root, expected = whole
    killed = ran(root, tmp_path / "out", engine, "itself", code=-9)
    left = set(map(int, killed.stdout.split()[1:]))
    assert len(left) > 2 or sys.platform != "linux"
    assert all(map(has_ended, left))
    assert 2 <= len(read_manifest(tmp_path / "out")) < 6
    between = contents(tmp_path / "out")
    assert {name: data for name, data in between.items() if name.endswith(".parquet")}.items() <= expected.items()
    done = ran(root, tmp_path / "out", engine, "nothing")
    assert "6 people" in done.stdout
    assert "0 unchanged" not in done.stdout
    assert contents(tmp_path / "out") == expected
    assert sorted(one.name for one in (tmp_path / "out").iterdir()) == sorted({name.split("/")[0] for name in expected})


@PROCESSES
def test_a_person_who_takes_every_worker_down_fails_alone() -> None:
    found = {done.key: done.outcome for done in run_local(tasks("one", "dies", "two"), 2, work_or_die)}
    assert found == {"one": Outcome.WRITTEN, "dies": Outcome.FAILED, "two": Outcome.WRITTEN}


@PROCESSES
def test_a_cluster_of_this_machine_loses_and_doubles_nothing_and_shows_no_text(
    whole: tuple[Path, dict[str, bytes]], tmp_path: Path
) -> None:
    root, expected = whole
    done = ran(root, tmp_path / "out", "dask", "worker")
    assert "6 people" in done.stdout
    assert contents(tmp_path / "out") == expected  # and no spill folder
    assert not any(word in done.stdout + done.stderr for word in ("counter", "Mika", "printer"))
    if sys.platform == "linux":
        assert "listening 0100007F\n" in done.stdout  # 127.0.0.1 and nothing else


@PROCESSES
def test_on_dask_too_a_person_who_takes_every_worker_down_fails_alone(tmp_path: Path) -> None:
    said = ran(tmp_path / "spill").stdout.split("\n")
    assert sorted(said) == ["", "dies failed", "one written", "two written"]


# --- trends ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("some", "of", "shown"),
    [(0, 5, 0), (5, 5, 5), (1, 9, None), (4, 9, None), (5, 9, None), (5, 10, 5), (9, 10, None), (0, 100, 0)],
)
def test_a_number_that_would_point_at_a_few_people_is_not_shown(some: int, of: int, shown: int | None) -> None:
    assert trends._shown(some, of) == shown


def test_a_quarter_with_few_people_shows_nothing_of_them() -> None:
    found = trends._quarter("2025-Q1", [6, 7, 8, 9], [1, 2, 3, 4], [1], [1, 1], [])
    assert found == trends.QuarterTrend(quarter="2025-Q1", people=None)


def test_those_without_a_finished_piece_count_in_the_median() -> None:
    found = trends._quarter("2025-Q1", [2, 3, 4, 5, 9], [7, 8], [1], [], [])
    assert (found.people, found.meetings_median, found.finished_median) == (5, 4.0, 0.0)


def test_trends_hold_groups_and_no_names(whole: tuple[Path, dict[str, bytes]], command: Command) -> None:
    root, _ = whole
    out = root.parent / "out"
    text, data = command("trends", out).out, command("trends", out, "--format", "json").out
    assert text.splitlines()[1].split() == ["2025-Q1", "6", "2", "1", "6", "6", "6"]
    assert json.loads(data)["quarters"][0]["with_feedback"] == 6
    assert not any(name in text + data for name in NAMES)


def test_trends_of_three_people_say_that_nothing_is_shown(
    root: Path, tmp_path: Path, here: None, command: Command
) -> None:
    batch(root, tmp_path / "out")
    text = command("trends", tmp_path / "out").out
    assert text.splitlines()[1].split() == ["2025-Q1", *["-"] * 6]
    assert trends.NOTE in text


# --- the command line -----------------------------------------------------------------------------


def test_the_command_says_what_it_did(root: Path, tmp_path: Path, here: None, command: Command) -> None:
    ran_here = command("batch", root, "--to", tmp_path / "out", "--year", "2025")
    assert (ran_here.code, ran_here.err) == (0, "")
    assert ran_here.out.startswith(f"3 people in {tmp_path / 'out'}: 3 written, 0 unchanged; 0 failed; 0 removed")
    (root / "Bo" / "notes.md").write_text("nothing\n", encoding="utf-8")
    assert command("batch", root, "--to", tmp_path / "out", "--strict").code == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--to", "{root}/out"], "whose folders are people"),
        (["--to", "{out}", "--engine", "local", "--scheduler", "tcp://x:1"], "leave --engine out"),
        (["--to", "{out}", "--scheduler", "tcp://x:1", "--workers", "2"], "knows its own workers"),
        (["--to", "{out}", "--settings", "{me}"], "name one person"),
        (["--to", "{out}", "--settings", "{redact}"], "roles cannot take the place"),
        (["--to", "{out}", "--year", "1999"], "nothing to read"),
    ],
)
def test_a_call_that_makes_no_sense_is_refused(
    arguments: list[str], said: str, root: Path, tmp_path: Path, here: None, command: Command
) -> None:
    (tmp_path / "me.toml").write_text('me = "Ada"\n', encoding="utf-8")
    (tmp_path / "redact.toml").write_text("redacted = true\n", encoding="utf-8")
    places = {"root": root, "out": tmp_path / "out", "me": tmp_path / "me.toml", "redact": tmp_path / "redact.toml"}
    ran_here = command("batch", root, *(one.format(**places) for one in arguments))
    assert ran_here.code == 2
    assert said in ran_here.err


def test_trends_of_a_folder_that_no_batch_wrote_say_what_to_give(tmp_path: Path) -> None:
    with pytest.raises(AnalyzerError, match="no batch was written") as error:
        trends.trends(tmp_path)
    assert "analyzer batch" in error.value.tip
