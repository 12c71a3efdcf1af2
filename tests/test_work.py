"""Work is counted, not timed: each thing is done once, twice the notes take twice the work, and nothing is left of a person."""

from __future__ import annotations

import gc
import json
import re
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import FrameType
from typing import Any

import numpy as np
import pytest
from batch_run import people
from conftest import ROOT

from analyzer import encoder, language
from analyzer.batch.hashing import basis_of, person_key, program_hash
from analyzer.batch.local import run_local
from analyzer.batch.person import run_person
from analyzer.batch.tasks import Task
from analyzer.jobs import write_review
from analyzer.reading import files
from analyzer.settings import Settings

SAMPLE = ROOT / "data" / "sample" / "data-scientist" / "1on1-notes.md"
EVERY_DAY = Settings(start=date(1900, 1, 1), end=date(2025, 12, 31), cache=False)
NAMES = tuple(f"{first}{last}" for first in ("Ada", "Bo", "Cleo") for last in ("lin", "mar", "ric", "tov"))


def months(folder: Path, years: int) -> Path:
    """Write the last months of the sample as the notes of several years, a file a year."""
    head, *meetings = re.split(r"(?=^## )", SAMPLE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    text = "".join([head, *meetings[:5]])
    folder.mkdir()
    for year in range(2025, 2025 - years, -1):
        titled = re.sub(r"^# (.*)$", rf"# \1, {year}", text, count=1, flags=re.MULTILINE)
        (folder / f"{year}.md").write_text(titled.replace("2025", str(year)), encoding="utf-8")
    return folder


def calls(job: Callable[[], object]) -> int:
    """Count the functions that a job calls, Python's own too."""
    count = 0

    def told(_: FrameType, event: str, __: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(told)
    try:
        job()
    finally:
        sys.setprofile(before)
    return count


def test_a_review_reads_each_file_and_looks_at_each_line_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: Counter[str] = Counter()

    def count(owner: Any, name: str, what: Callable[..., str]) -> None:
        real = getattr(owner, name)

        def counted(*arguments: Any, **named: Any) -> Any:
            done[what(*arguments)] += 1
            return real(*arguments, **named)

        monkeypatch.setattr(owner, name, counted)

    count(files, "_read", lambda found: f"file {found.path}")
    count(encoder.Encoder, "_score", lambda _, pair: f"pair {pair}")
    count(language.Reader, "cues", lambda _, doc: f"rules {doc.text}")
    found = write_review([months(tmp_path / "notes", 1)], EVERY_DAY, tmp_path / "out")
    kinds = Counter(one.split(" ")[0] for one in done)
    assert kinds["file"] == 1
    assert kinds["pair"] >= kinds["rules"] >= len({one.item.text for one in found.review.evidence}) > 40
    assert {one: times for one, times in done.items() if times > 1} == {}


def test_twice_the_years_take_twice_the_calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between two years and four; more than a tenth above twice would be work that grows faster than the notes."""
    monkeypatch.setattr(encoder.Encoder, "_score", lambda self, _: np.zeros(len(self.targets), "f4"))

    def work(years: int) -> int:
        notes = months(tmp_path / f"{years}", years)
        return calls(lambda: write_review([notes], EVERY_DAY, tmp_path / f"out-{years}", report=False))

    work(1)  # what is loaded and built once
    two, four = work(2), work(4)
    assert two > 100_000
    assert 1.5 < four / two < 2.2


def _tasks(root: Path, out: Path) -> list[Task]:
    settings = json.dumps(Settings(cache=False).model_dump(mode="json"), sort_keys=True)
    basis, program = basis_of(settings, None), program_hash()
    return [
        Task(key=person_key(one.name), folder=str(one), out=str(out), settings=settings, basis=basis, program=program)
        for one in sorted(root.iterdir())
    ]


def test_a_worker_keeps_nothing_of_the_people_it_has_read(tmp_path: Path) -> None:
    """After four people everything is loaded; the objects that are left after eight and after twelve are as many."""
    tasks = _tasks(people(tmp_path / "people", NAMES), tmp_path / "out")
    left = []
    for start in (0, 4, 8):
        for task in tasks[start : start + 4]:
            assert run_person(task).outcome == "written"
        gc.collect()
        left.append(len(gc.get_objects()))
    assert left[2] < left[1] * 1.005, left


@pytest.mark.processes
def test_two_workers_are_two_processes_that_both_work(tmp_path: Path) -> None:
    tasks = _tasks(people(tmp_path / "people", NAMES[:4]), tmp_path / "out")
    pids = [done.pid for done in run_local(tasks, 2)]
    assert len(pids) == 4
    assert len(set(pids)) == 2
