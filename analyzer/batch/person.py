"""One person: from a folder of notes to the rows of each year. What a worker does is here; it never raises."""

from __future__ import annotations

import os
import sys
import time
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from analyzer.batch.hashing import bytes_hash, file_hash, folder_hash, program_hash
from analyzer.batch.tasks import PAGES, Done, Outcome, Task

if TYPE_CHECKING:
    from analyzer.settings import Settings
    from analyzer.team import OneYear

OTHER_PROGRAM = "its worker runs another version of this program; install the same one on all machines"
CHANGED = "its notes changed while they were read"
_ONE_AT_A_TIME = Lock()
"""A worker with several threads still reads one person at a time: memory stays as it is with one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonOutput:
    """What one person's notes come to."""

    files: Mapping[str, bytes]
    """Place in the output folder to content."""
    years: tuple[OneYear, ...]
    problems: tuple[str, ...]


def analyze_person(folder: Path, settings: Settings, key: str) -> PersonOutput:
    """Return one person's rows: a pure function of the notes in one folder and of the settings.

    Args:
        folder: one person's notes; its name is the person's in the data sets.
        settings: one run's settings.
        key: what the files are called.

    Raises:
        AnalyzerError: the notes cannot be read.
    """
    from analyzer.jobs import problem_line, problems_of, unread  # noqa: PLC0415 - heavy, and only for changed notes
    from analyzer.tables.datasets import DATASETS, part_file  # noqa: PLC0415
    from analyzer.team import person_in, years_of  # noqa: PLC0415

    labelled, own = person_in(folder, settings)
    years = years_of(labelled, own, name=folder.name)
    files = {
        f"{name}/year={one.name.replace(' ', '_')}/{key}.parquet": part_file(name, folder.name, one.review)
        for one in years
        for name in DATASETS
    }
    found = dict.fromkeys(problem for one in years for problem in problems_of(one.review) if unread([problem]))
    return PersonOutput(files=files, years=tuple(years), problems=tuple(map(problem_line, found)))


@dataclass(slots=True)
class _Watch:
    started: float = field(default_factory=time.process_time)

    def done(self, key: str, outcome: Outcome, **said: object) -> Done:
        seconds = time.process_time() - self.started
        return Done(
            key=key, outcome=outcome, pid=os.getpid(), seconds=seconds, peak_mb=_peak_mb(), **said  # type: ignore[arg-type]
        )  # fmt: skip


def run_person(task: Task) -> Done:
    """Do one person's task: read, analyze and write, or find that nothing changed.

    Whatever goes wrong comes back as a result. Of an unexpected error only its kind and its place in the code are told:
    its message may hold words of the notes, and engines write errors to logs.
    """
    from analyzer.errors import AnalyzerError, StoppedError  # noqa: PLC0415

    watch, folder = _Watch(), Path(task.folder)
    with _ONE_AT_A_TIME:
        try:
            return _run(task, folder, watch)
        except StoppedError:  # the user ends the whole run
            raise
        except AnalyzerError as error:
            return watch.done(task.key, Outcome.FAILED, reason=_told(error, folder))
        except (OSError, MemoryError) as error:
            reason = (getattr(error, "strerror", "") or "out of memory").lower()
            return watch.done(task.key, Outcome.FAILED, reason=reason, again=True)
        except Exception as error:  # noqa: BLE001 - one person never stops the rest
            return watch.done(task.key, Outcome.FAILED, reason=_place(error))


def _run(task: Task, folder: Path, watch: _Watch) -> Done:
    if program_hash() != task.program:
        return watch.done(task.key, Outcome.FAILED, reason=OTHER_PROGRAM)
    out = Path(task.out)
    decided = _decided(task, folder)
    inputs = folder_hash(folder, task.basis + decided)
    if inputs == task.known and _stand(out, task.files):
        return watch.done(task.key, Outcome.UNCHANGED, inputs=inputs, files=task.files)
    from analyzer.settings import Settings  # noqa: PLC0415 - heavy, and only for changed notes

    settings = Settings.model_validate_json(task.settings)
    found = analyze_person(folder, settings, task.key)
    if folder_hash(folder, task.basis + decided) != inputs:
        return watch.done(task.key, Outcome.FAILED, reason=CHANGED, again=True)
    store(out, found.files)
    if task.pages:
        _write_pages(out / PAGES / folder.name, found.years, folder)
        inputs = folder_hash(folder, task.basis + _decided(task, folder))
    hashes = {name: bytes_hash(data) for name, data in found.files.items()}
    return watch.done(
        task.key, Outcome.WRITTEN, inputs=inputs, files=hashes, years=len(found.years), problems=found.problems
    )


def store(out: Path, files: Mapping[str, bytes]) -> None:
    """Write a person's files, all of them or none.

    Args:
        out: the output folder.
        files: place in it to content.

    Raises:
        AnalyzerError: one cannot be written.
    """
    from analyzer.placing import make_folder, place  # noqa: PLC0415

    for folder in dict.fromkeys((out / name).parent for name in files):
        make_folder(folder)
    place([(out / name, data) for name, data in files.items()])


def _write_pages(folder: Path, years: tuple[OneYear, ...], notes: Path) -> None:
    """Write what `analyzer review` writes, a folder a year; what the user edited there stays."""
    from analyzer.jobs import write_review  # noqa: PLC0415

    for one in years:
        write_review([notes], one.settings, folder / one.name, labelled=one.labelled)


def _decided(task: Task, folder: Path) -> str:
    """Return hashes of the decisions beside a person's pages, so that a new decision makes new pages."""
    if not task.pages:
        return ""
    found = sorted((Path(task.out) / PAGES / folder.name).glob("*/curation.toml"))
    return "pages " + " ".join(f"{path.parent.name}={file_hash(path)}" for path in found if path.is_file())


def _stand(out: Path, files: Mapping[str, str]) -> bool:
    """Return whether the files of the last run are still there as they were written."""
    return all((out / name).is_file() and file_hash(out / name) == known for name, known in files.items())


def _told(error: Exception, folder: Path) -> str:
    from analyzer.team import told  # noqa: PLC0415

    return told(error, folder)  # type: ignore[arg-type]


def _place(error: Exception) -> str:
    """Return the kind of an unexpected error and where in the code it happened, without its message."""
    package = str(Path(__file__).parent.parent)
    last = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(package)][-1]
    return f"this is a bug: {type(error).__name__} in {Path(last.filename).name}, line {last.lineno}; please report it"


def _peak_mb() -> int:
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(most // (1 << 20 if sys.platform == "darwin" else 1 << 10))
