"""A batch in a process of its own, in which workers, or the process itself, can be killed: ``batch_run.py ROOT OUT ENGINE WHAT``.

It says which processes it had before it is killed, by their numbers.
"""

from __future__ import annotations

import contextlib
import io
import os
import select
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from analyzer.batch.tasks import Done, Outcome, Task

NAMES = ("Ada", "Bo", "Cleo", "Dag", "Eva", "Fay")
NOTES = """\
# 1:1 {name} Brandt / Mika Holm (manager), 2025

## 3 March 2025
- Shipped the stock counter to both shops
- Mika: your handover notes were the clearest I have read
- [Blocked] Label printer: waiting for the office in {name}burg

## 17 March 2025
- Stock counter: counting a shelf fell from 40 min to 12 min
"""


def people(root: Path, names: tuple[str, ...] = NAMES) -> Path:
    """Make a folder of people's folders."""
    for name in names:
        (root / name).mkdir(parents=True)
        (root / name / "notes.md").write_text(NOTES.format(name=name), encoding="utf-8")
    return root


def work_or_die(task: Task) -> Done:
    """Take a worker down with a task whose key begins with ``dies``."""
    if task.key.startswith("dies"):
        os.kill(os.getpid(), signal.SIGKILL)
    return Done(key=task.key, outcome=Outcome.WRITTEN)


def tasks(*keys: str) -> list[Task]:
    """Return tasks that stand for no person."""
    return [Task(key=key, folder="", out="", settings="", basis="", program="") for key in keys]


def _killing(what: str) -> Callable[[Done, int, int], None]:
    """Return what says where is listened and kills the worker that did the first person, or what kills this process."""

    def told(done: Done, at: int, _people: int) -> None:
        if what == "itself" and at == 2:
            print("processes", *sorted(_ours()), flush=True)
            os.kill(os.getpid(), signal.SIGKILL)
        if what == "worker" and at == 1:
            print("listening", *sorted(_listening()), flush=True)
            os.kill(done.pid, signal.SIGKILL)

    return told


def _listening() -> set[str]:
    """Return the addresses that processes of this session listen on (Linux; as /proc has them)."""
    found: set[str] = set()
    if sys.platform != "linux":
        return found
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/self/net/{table}").read_text(encoding="ascii").splitlines()[1:]:
            words = line.split()
            if words[3] == "0A" and words[9] in _inodes():
                found.add(words[1].split(":")[0])
    return found


def _inodes() -> set[str]:
    """Return the sockets of this process and of those that it started."""
    found: set[str] = set()
    for process in _ours():
        with contextlib.suppress(OSError):
            links = [str(one.readlink()) for one in Path(f"/proc/{process}/fd").iterdir()]
            found |= {link.removeprefix("socket:[").rstrip("]") for link in links if link.startswith("socket:")}
    return found


def _ours() -> set[int]:
    """Return this process and those that it started, and they (Linux; as /proc has them)."""
    ours = {os.getpid()}
    if sys.platform != "linux":
        return ours
    for process in sorted(int(one.name) for one in Path("/proc").iterdir() if one.name.isdigit()):
        with contextlib.suppress(OSError):
            parent = int(Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[1])
            if parent in ours:
                ours.add(process)
    return ours


def has_ended(process: int, within: float = 60.0) -> bool:
    """Wait until a process has ended, whoever's it is, and return whether it has (Linux)."""
    if sys.platform != "linux":
        return True
    try:
        handle = os.pidfd_open(process)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], within)[0])
    finally:
        os.close(handle)


def main(root: str, out: str, engine: str, what: str) -> None:
    """Run one batch with two workers."""
    from analyzer.batch.run import run_batch
    from analyzer.settings import Settings

    done = run_batch(Path(root), Path(out), Settings(), engine=engine, workers=2, progress=_killing(what))
    print("\n".join(done.summary()))


def lost(spill: str) -> None:
    """Run tasks on Dask of which one takes its worker down each time."""
    from analyzer.batch.on_dask import run_dask

    with contextlib.redirect_stderr(io.StringIO()):
        for done in run_dask(tasks("one", "dies", "two"), 1, None, Path(spill), work_or_die):
            print(done.key, done.outcome, flush=True)
    shutil.rmtree(spill, ignore_errors=True)


if __name__ == "__main__":
    (lost if len(sys.argv) == 2 else main)(*sys.argv[1:])
