"""A batch from end to end: who there is, what has changed, the engine, the books, and what there is to say at the end."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from analyzer.batch.hashing import basis_of, person_key, program_hash
from analyzer.batch.local import run_local
from analyzer.batch.manifest import Entry, Journal, journal, own_folder, read_manifest, sweep, write_manifest
from analyzer.batch.on_dask import run_dask
from analyzer.batch.tasks import Done, Outcome, Task
from analyzer.errors import AnalyzerError, NotesNotFoundError, NothingToReadError, OutputError, StoppedError
from analyzer.oneline import one_line
from analyzer.placing import reason
from analyzer.rendering import replace_file
from analyzer.settings import Settings
from analyzer.tables.datasets import DATASETS, need_parquet
from analyzer.team import LINK, NO_FOLDER, loose_files, people_in

FAILED = "failed.txt"
EARLIER = "; its rows are those of an earlier run"
GOES_ON = "run the same command again: it goes on where it ended"
SHOWN = 5
"""People that the summary names; all of them stand in `FAILED`."""
Progress = Callable[[Done, int, int], None]
"""Told of each person who is done: what came of them, how many are done, how many there are."""


class BatchError(AnalyzerError):
    """A call of a batch that cannot be carried out."""

    def __init__(self, message: str, tip: str) -> None:
        super().__init__(message)
        self.tip = tip


class BatchStoppedError(StoppedError):
    """The user stopped a batch."""

    def __init__(self, out: Path) -> None:
        AnalyzerError.__init__(self, f"stopped; every file in {out} is whole, and new for those who were done")
        self.tip = GOES_ON


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchReport:
    """What a batch came to."""

    out: Path
    written: int
    unchanged: int
    removed: int
    """People whose rows were removed because their folder is gone."""
    failed: tuple[tuple[str, str], ...]
    """Who could not be read, each with the reason."""
    problems: tuple[tuple[str, str], ...]
    """What could not be read of the others, each with the person."""
    peak_mb: int = 0
    """Most memory that a worker used, in MB."""

    @property
    def unread(self) -> bool:
        """Whether anything could not be read."""
        return bool(self.failed or self.problems)

    def summary(self) -> Iterator[str]:
        """Yield what a run ends in."""
        people = self.written + self.unchanged
        yield (
            f"{people} {'person' if people == 1 else 'people'} in {self.out}: {self.written} written, "
            f"{self.unchanged} unchanged; {len(self.failed)} failed; {self.removed} removed, whose folders are gone"
        )
        for name in DATASETS:
            yield f"  {self.out / name}"
        listed = (*self.failed, *self.problems)
        for person, why in listed[:SHOWN]:
            yield "  " + one_line(f"{person}: {why}")
        if len(listed) > SHOWN:
            yield f"  and {len(listed) - SHOWN} more, see {self.out / FAILED}"


def run_batch(
    root: Path,
    out: Path,
    settings: Settings,
    *,
    engine: str = "local",
    scheduler: str | None = None,
    workers: int | None = None,
    pages: bool = False,
    progress: Progress | None = None,
) -> BatchReport:
    """Read a folder of people's folders and write data sets of all of them; what has not changed is left as it is.

    Args:
        root: holds one folder of notes for each person.
        out: the folder for the data sets; it belongs to batches alone.
        settings: one run's settings, the same for all.
        engine: ``local`` or ``dask``.
        scheduler: the address of a Dask scheduler that is there, None to start a cluster on this machine.
        workers: processes on this machine, None for one a core.
        pages: whether each person's pages are written too, to ``pages/``.
        progress: told of each person who is done.

    Raises:
        AnalyzerError: a call that cannot be carried out, or nobody's notes could be read.
    """
    people = _people(root, out, settings)
    need_parquet()
    with _interrupt_told(out), own_folder(out, DATASETS) as spill, _error_told(out):
        known = read_manifest(out)
        names = {person_key(person.name): person.name for person in people}
        tasks = _tasks(people, out, settings, known, pages=pages)
        count = min(workers or os.cpu_count() or 1, len(people))
        results = run_dask(tasks, count, scheduler, spill) if engine == "dask" else run_local(tasks, count)
        with journal(out, known) as books:
            tally = _take(results, books, known, names, progress)
        entries = {key: entry for key, entry in known.items() if key in names}
        write_manifest(out, entries)
        sweep(out, DATASETS, entries)
        report = _report(root, out, entries, tally, removed=len(known) - len(entries))
    if not entries:
        raise NothingToReadError([root], [f"{name}: {reason}" for name, reason in report.failed[:SHOWN]])
    return report


@contextmanager
def _error_told(out: Path) -> Iterator[None]:
    """Say of a batch that an error ends in the middle what stands there, and how to go on."""
    try:
        yield
    except (OSError, OutputError) as error:
        why = f"{error.filename or out}: {reason(error)}" if isinstance(error, OSError) else str(error)
        tip = f"every file in {out} is whole, and new for those who were done; make room and {GOES_ON}"
        raise BatchError(why, tip) from error


@contextmanager
def _interrupt_told(out: Path) -> Iterator[None]:
    """Say the same of a batch that the user stopped."""
    try:
        yield
    except (KeyboardInterrupt, StoppedError) as error:
        raise BatchStoppedError(out) from error


def _people(root: Path, out: Path, settings: Settings) -> list[Path]:
    """Return the people's folders of a call that makes sense."""
    if not root.is_dir():
        raise NotesNotFoundError(root)
    if out.resolve().is_relative_to(root.resolve()):
        raise BatchError(f"{out} lies in {root}, whose folders are people", "choose an output folder somewhere else")
    if settings.me:
        raise BatchError(
            "the settings name one person (me), a batch reads many",
            "leave it out: the notes or the folders' names say whose they are",
        )
    if settings.redacts or settings.share == "public":
        raise BatchError(
            "data sets name people by their folders, so roles cannot take the place of names in them",
            "leave share and redact out of the settings file; trends over many people hold no names: analyzer trends OUT",
        )
    people = [one for one in people_in(root) if not one.is_symlink()]
    if not people:
        raise NothingToReadError([root], ["it holds no folder of a person"])
    return people


def _tasks(
    people: list[Path], out: Path, settings: Settings, known: Mapping[str, Entry], *, pages: bool
) -> Iterator[Task]:
    """Yield a task a person. Those whom no run has finished come first, so that new results are there soon."""
    # The manifest knows who changed; a cache would be written by all workers at once, and lines of many people would pass it.
    settings = settings.model_copy(update={"cache": False})
    if settings.model:
        settings = settings.model_copy(update={"model": settings.model.resolve()})
    text = json.dumps(settings.model_dump(mode="json"), sort_keys=True)
    basis, program = basis_of(text, settings.model), program_hash()
    place, earlier = str(out.resolve()), dict(known)
    for person in sorted(people, key=lambda one: person_key(one.name) in earlier):
        key = person_key(person.name)
        entry = earlier.get(key)
        yield Task(
            key=key,
            folder=str(person.absolute()),
            out=place,
            settings=text,
            basis=basis,
            program=program,
            known=entry.inputs if entry else "",
            files=entry.files if entry else {},
            pages=pages,
        )


@dataclass(slots=True)
class _Tally:
    """What is remembered of the results; the rest stands in the books."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    failed: list[tuple[str, str]] = field(default_factory=list)
    peak_mb: int = 0


def _take(
    results: Iterator[Done],
    books: Journal,
    known: dict[str, Entry],
    names: Mapping[str, str],
    progress: Progress | None,
) -> _Tally:
    """Enter each result into the books as it comes."""
    tally = _Tally()
    for done in results:
        person = names[done.key]
        tally.outcomes[done.outcome] += 1
        tally.peak_mb = max(tally.peak_mb, done.peak_mb)
        if done.outcome is Outcome.WRITTEN:
            known[done.key] = Entry(person=person, inputs=done.inputs, files=done.files, problems=done.problems)
            books.add(done.key, known[done.key])
        if done.outcome is Outcome.FAILED:
            tally.failed.append((person, done.reason + (EARLIER if done.key in known else "")))
        if progress:
            progress(done, tally.outcomes.total(), len(names))
    return tally


def _report(root: Path, out: Path, entries: Mapping[str, Entry], tally: _Tally, *, removed: int) -> BatchReport:
    linked = [(one.name, LINK) for one in people_in(root) if one.is_symlink()]
    failed = tuple(sorted([*tally.failed, *linked, *((one.name, NO_FOLDER) for one in loose_files(root))]))
    problems = tuple(sorted((entry.person, line) for entry in entries.values() for line in entry.problems))
    listed = "".join(one_line(f"{name}: {why}") + "\n" for name, why in (*failed, *problems)) or "none\n"
    replace_file(out / FAILED, listed.encode("utf-8", "replace"))
    return BatchReport(
        out=out,
        written=tally.outcomes[Outcome.WRITTEN],
        unchanged=tally.outcomes[Outcome.UNCHANGED],
        removed=removed,
        failed=failed,
        problems=problems,
        peak_mb=tally.peak_mb,
    )
