"""A disk that fails, or is photographed, at each change that the program makes to it: for the tests of faults.

An audit hook sees every change before it is made, whichever function makes it, so that a new way to write cannot be forgotten.
A hook cannot be taken away again; it does nothing outside of `watched`.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_CHANGES = frozenset(
    ("os.rename", "os.link", "os.remove", "os.rmdir", "os.mkdir", "os.chmod", "os.truncate", "os.symlink", "os.fsync")
)
_WRITES = os.O_WRONLY | os.O_RDWR
_watching: list[tuple[str, Callable[[str], None]]] = []
_telling = threading.local()


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    if not _watching or getattr(_telling, "now", False) or event not in _CHANGES | {"open"}:
        return
    if event == "open" and not (isinstance(arguments[2], int) and arguments[2] & _WRITES):
        return
    root, told = _watching[-1]
    paths = [os.fspath(one) for one in arguments if isinstance(one, (str, bytes, os.PathLike))]
    if any(isinstance(one, str) and os.path.realpath(one).startswith(root) for one in paths):
        _telling.now = True  # what is told may write itself
        try:
            told(event)
        finally:
            _telling.now = False


sys.addaudithook(_hook)


def sync_is_told(patch: pytest.MonkeyPatch) -> None:
    """Tell of each `os.fsync` too, at which a disk may say what it would not take, and leave the wait for the disk out."""
    patch.setattr(os, "fsync", lambda _: sys.audit("os.fsync", _watching[-1][0]) if _watching else None)


@contextmanager
def watched(root: Path, told: Callable[[str], None]) -> Iterator[None]:
    """Call a function before each change below a folder; what it raises, the change raises."""
    _watching.append((os.path.realpath(root), told))
    try:
        yield
    finally:
        _watching.pop()


def failing(number: int, error: BaseException, *, stays: bool = False) -> Callable[[str], None]:
    """Return what lets the change of a number fail, counted from 0; with ``stays`` each later opening too, as on a full disk."""
    seen = [0]

    def told(event: str) -> None:
        at = seen[0]
        seen[0] += 1
        if at == number or (stays and at > number and event == "open"):
            raise error

    return told


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Return what stands in a folder and below, without what the program writes for itself."""
    files = [one for one in folder.rglob("*") if one.is_file()] if folder.exists() else []
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in sorted(files) if one.suffix != ".tmp"}
