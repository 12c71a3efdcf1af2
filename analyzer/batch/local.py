"""The engine of the standard library: processes of this machine, each with one person at a time."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait as wait_for
from threading import Thread

from analyzer.batch.person import run_person
from analyzer.batch.tasks import ATTEMPTS, Done, Task, Work, died

_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS", "RAYON_NUM_THREADS")
"""What libraries of linear algebra take the number of their threads from: one a worker, as there is a worker a core."""


def run_local(tasks: Iterable[Task], workers: int, work: Work = run_person) -> Iterator[Done]:
    """Run tasks in processes of this machine and yield what comes of them, in the order in which they are done.

    Each worker is a pool of its own with one task in it: where a worker is lost it is known whose task it had, and the others
    go on. That task is tried again, `ATTEMPTS` times in all.

    Args:
        tasks: one a person.
        workers: number of processes.
        work: what is done with a task.
    """
    waiting: deque[tuple[Task, int]] = deque()
    coming = iter(tasks)
    pools = [_pool() for _ in range(workers)]
    busy: dict[Future[Done], tuple[int, Task, int]] = {}

    def give(slot: int) -> None:
        task, attempt = waiting.popleft() if waiting else (next(coming, None), 1)
        if task is not None:
            busy[pools[slot].submit(work, task)] = slot, task, attempt

    try:
        for slot in range(workers):
            give(slot)
        while busy:
            for future in wait(busy, return_when=FIRST_COMPLETED).done:
                slot, task, attempt = busy.pop(future)
                done = _result(future)
                if done is None:
                    pools[slot].shutdown(wait=False)
                    pools[slot] = _pool()
                again = done is None or done.again
                if again and attempt < ATTEMPTS:
                    waiting.append((task, attempt + 1))
                give(slot)
                if not again or attempt >= ATTEMPTS:
                    yield done or died(task.key)
    finally:
        for pool in pools:
            pool.shutdown(wait=False, cancel_futures=True)


def _result(future: Future[Done]) -> Done | None:
    """Return what came of a task, None where its process was lost."""
    try:
        return future.result()
    except BrokenProcessPool:
        return None


def _pool() -> ProcessPoolExecutor:
    """Return a pool of one process that shares nothing with this one."""
    return ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"), initializer=_prepare)


def _prepare() -> None:
    """Keep a worker to one thread; it ends when the process is gone that gives it work, which alone is interrupted by keys."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in _THREADS:
        os.environ[name] = "1"
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for([parent.sentinel])
        os._exit(1)
