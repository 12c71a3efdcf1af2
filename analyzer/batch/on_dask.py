"""The engine Dask: a cluster of this machine that starts by itself, or one that is already there. The only home of Dask.

A task takes the place of a folder and gives back hashes and counts: no word of the notes passes the scheduler, stands in a
log or on a dashboard, or could be put aside on a disk.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from analyzer.batch.person import run_person
from analyzer.batch.tasks import ATTEMPTS, Done, Task, Work, died
from analyzer.errors import AnalyzerError, MissingLibraryError

IN_FLIGHT = 4
"""Tasks that each thread of the cluster has been given; few, so that the scheduler's memory does not grow with the people."""
NOT_YET = ("pending", "lost")
_ALONE = ATTEMPTS + 1
_CONFIG = {
    "distributed.scheduler.allowed-failures": ATTEMPTS - 1,
    "distributed.scheduler.http.routes": [],  # no pages, not even on the loopback
    "distributed.worker.http.routes": [],
    "distributed.diagnostics.computations.max-history": 0,  # no code of the caller is kept
}


class SchedulerError(AnalyzerError):
    """The scheduler cannot be reached, or was lost."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.tip = "see to the scheduler and run the same command again: it goes on where it ended"


def run_dask(
    tasks: Iterable[Task], workers: int, scheduler: str | None, spill: Path, work: Work = run_person
) -> Iterator[Done]:
    """Run tasks on Dask and yield what comes of them, in the order in which they are done.

    Where a worker is lost, Dask suspects each task that waited on it as much as the one that ran. So a task that is given up
    is only put aside, and run once more when no other is left to run beside it: if that fails too, the fault is its own.

    Args:
        tasks: one a person.
        workers: processes of a cluster on this machine.
        scheduler: the address of one that is there, such as ``tcp://10.0.0.5:8786``; None to start one here.
        spill: a private folder for what workers of this machine put aside.
        work: what is done with a task.

    Raises:
        MissingLibraryError: Dask is not installed.
        SchedulerError: the scheduler cannot be reached, or was lost.
    """
    distributed = _library()
    with _client(distributed, workers, scheduler, spill) as client:
        coming = ((task, 1) for task in tasks)
        given: dict[str, tuple[Task, int]] = {}
        suspected: deque[Task] = deque()
        finished = distributed.as_completed(loop=client.loop, raise_errors=False)

        def give(task: Task, attempt: int) -> None:
            name = f"person-{task.key}-{attempt}"
            given[name] = task, attempt
            finished.add(client.submit(work, task, key=name, pure=False))

        for task, attempt in islice(coming, IN_FLIGHT * max(sum(client.nthreads().values()), 1)):
            give(task, attempt)
        while given or suspected:
            if not given:
                give(suspected.popleft(), _ALONE)
            future = next(finished)
            if future.status in NOT_YET:  # done, and gone with its worker before it was fetched: it is being done again
                finished.add(future)
                continue
            task, attempt = given.pop(future.key)
            done = _result(distributed, future)
            future.release()
            if done is not None and done.again and attempt < ATTEMPTS:
                give(task, attempt + 1)
                continue
            for more in islice(coming, 1):
                give(*more)
            if done is None and attempt != _ALONE:
                suspected.append(task)
                continue
            yield done or died(task.key)


def _result(distributed: Any, future: Any) -> Done | None:
    """Return what came of a task, None where workers were lost that had it."""
    try:
        done: Done = future.result()
    except distributed.scheduler.KilledWorker:
        return None
    except CancelledError as error:
        raise SchedulerError("the scheduler was lost") from error
    except Exception as error:
        reason = f"the workers cannot run it ({type(error).__name__}): is this program installed on all of them?"
        raise SchedulerError(reason) from error
    return done


@contextmanager
def _client(distributed: Any, workers: int, scheduler: str | None, spill: Path) -> Iterator[Any]:
    """Connect to a scheduler, or start a cluster that listens to this machine alone and speaks TLS with keys of this run."""
    import dask  # noqa: PLC0415

    with dask.config.set(_CONFIG):
        if scheduler is not None:
            try:
                client = distributed.Client(scheduler, set_as_default=False)
            except (OSError, ValueError) as error:
                raise SchedulerError(f"no scheduler answers at {scheduler}") from error
            with client:
                yield client
            return
        cluster = distributed.LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            protocol="tls",
            security=distributed.Security.temporary(),  # other users of the machine cannot give it work
            dashboard_address=None,
            worker_dashboard_address=None,
            local_directory=str(spill),
            silence_logs=logging.CRITICAL,
        )
        with cluster, distributed.Client(cluster, set_as_default=False) as client:
            yield client


def _library() -> Any:
    try:
        import cryptography  # noqa: F401, PLC0415 - Dask makes the keys with it
        import distributed  # noqa: PLC0415 - an optional extra
        import distributed.scheduler  # noqa: PLC0415
    except ImportError:
        raise MissingLibraryError(
            "batches on Dask", "dask[distributed] or cryptography", "use --engine local"
        ) from None
    return distributed
