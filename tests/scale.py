"""Measure batches for docs/scale.md: ``python -m tests.scale 94 2021`` makes people from the labelled authors' notes.

With the first number of people each engine writes all of them from nothing, and runs again with nothing changed; with the second,
if one is given, two workers of the local engine do, and how far they are is printed on the way: cost and memory of a person
should not grow. Multiples of 47 are as many times the whole set of authors, so that shares of a run can be compared.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

from analyzer.batch.run import run_batch
from analyzer.batch.tasks import Done
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
        folder.mkdir(parents=True, exist_ok=True)
        size += sum(path.stat().st_size for path in write_clean(author, folder))
    return size


@dataclass
class Progress:
    """What a run has come to so far."""

    results: list[Done] = field(default_factory=list)
    marks: Sequence[int] = ()
    started: float = field(default_factory=time.perf_counter)

    def __call__(self, done: Done, *_: object) -> None:
        self.results.append(done)
        if len(self.results) in self.marks:
            print("   ", self.line(), flush=True)

    def line(self) -> str:
        """Return the run so far as a line."""
        count, wall = len(self.results), time.perf_counter() - self.started
        spent = sum(done.seconds for done in self.results)
        peak = max(done.peak_mb for done in self.results)
        return (
            f"{count:5} people  wall {wall:7.1f} s, {wall / count:6.3f} s a person  processor of the workers {spent:7.1f} s, "
            f"{spent / count:6.3f} s a person  peak of a worker {peak} MB"
        )


def measure(root: Path, out: Path, engine: str, workers: int, marks: Sequence[int] = ()) -> str:
    """Run one batch and return what it took as a line."""
    progress, began = Progress(marks=marks), os.times()
    run_batch(root, out, Settings(), engine=engine, workers=workers, progress=progress)
    said, ended = progress.line(), os.times()
    own = ended.user + ended.system - began.user - began.system
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    kinds = Counter(done.outcome for done in progress.results)
    told = ", ".join(f"{number} {outcome}" for outcome, number in kinds.items())
    return f"{engine:5} {workers} workers {said}  coordinator {own:5.1f} s, {memory} MB  {told}  load {os.getloadavg()[1]:.1f}"


def main(people: int, many: int = 0) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as place:
        root = Path(place) / "people"
        size = make(root, people)
        print(f"{people} people, {size / people / 1000:.1f} kB of notes each, {os.cpu_count()} cores", flush=True)
        for engine, workers in RUNS:
            print(measure(root, Path(place) / f"{engine}-{workers}", engine, workers), flush=True)
        print("again, nothing changed:", measure(root, Path(place) / "local-1", "local", 1), flush=True)
        _print_files(Path(place) / "local-1", people)
        if many:
            make(root, many)
            step = len(list(AUTHORS.iterdir()))
            marks = [1, 10, *(step * times for times in (1, 2, 5, 10, 20, 30) if step * times < many)]
            out = Path(place) / "many"
            print(measure(root, out, "local", 2, marks), flush=True)
            print("again, nothing changed:", measure(root, out, "local", 2), flush=True)
            _print_files(out, many)


def _print_files(out: Path, people: int) -> None:
    files = [path for path in out.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files)
    blocks = sum(path.stat().st_blocks * 512 for path in files)
    print(
        f"{len(files)} files, {size / people / 1000:.1f} kB a person, {blocks / people / 1000:.1f} kB on this disk",
        flush=True,
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
