"""Measure batches for docs/scale.md: ``python -m tests.scale 47`` makes that many people from the labelled authors' notes.

Each engine writes all people from nothing, then the first one runs again with nothing changed.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from itertools import cycle
from pathlib import Path

from analyzer.batch.run import run_batch
from analyzer.batch.tasks import Done, Outcome
from analyzer.evaluation import load_author, write_clean
from analyzer.settings import Settings

AUTHORS = Path(__file__).parent.parent / "data" / "labelled" / "authors"
RUNS = (("local", 1), ("local", 2), ("dask", 2))


def make(root: Path, people: int) -> int:
    """Make people of the authors, again and again, and return the bytes of their notes."""
    authors = cycle([load_author(folder) for folder in sorted(AUTHORS.iterdir()) if folder.is_dir()])
    size = 0
    for number, author in zip(range(people), authors, strict=False):
        folder = root / f"person-{number:05d}"
        folder.mkdir(parents=True)
        size += sum(path.stat().st_size for path in write_clean(author, folder))
    return size


def measure(root: Path, out: Path, engine: str, workers: int) -> str:
    """Run one batch and return what it took as a line."""
    results: list[Done] = []
    started, began = time.perf_counter(), os.times()
    run_batch(root, out, Settings(), engine=engine, workers=workers, progress=lambda done, *_: results.append(done))
    wall, ended = time.perf_counter() - started, os.times()
    spent = sum(done.seconds for done in results)
    own = ended.user + ended.system - began.user - began.system
    kinds = {outcome: sum(done.outcome is outcome for done in results) for outcome in Outcome}
    peak = max(done.peak_mb for done in results)
    told = ", ".join(f"{number} {outcome}" for outcome, number in kinds.items() if number)
    return (
        f"{engine:5} {workers} workers  wall {wall:7.1f} s  processor of the people {spent:7.1f} s, of the coordinator "
        f"{own:5.1f} s  {wall / len(results):6.3f} s a person  peak of a worker {peak} MB  {told}"
    )


def main(people: int) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as place:
        root = Path(place) / "people"
        size = make(root, people)
        print(f"{people} people, {size / people / 1000:.1f} kB of notes each, {os.cpu_count()} cores", flush=True)
        for engine, workers in RUNS:
            out = Path(place) / f"{engine}-{workers}"
            print(measure(root, out, engine, workers), f" load {os.getloadavg()[1]:.1f}", flush=True)
        print("again, nothing changed:", measure(root, Path(place) / "local-1", "local", 1), flush=True)
        files = [path for path in (Path(place) / "local-1").rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files)
        blocks = sum(path.stat().st_blocks * 512 for path in files)
        print(
            f"{len(files)} files, {size / people / 1000:.1f} kB a person, {blocks / people / 1000:.1f} kB on this disk"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]))
