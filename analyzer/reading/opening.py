"""Opening files that may be anything: never waiting for a pipe or device, never reading without end or half a change."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from analyzer.reading.text import UnreadableError

_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe; save what comes out of it to a file first"),
    (stat.S_ISSOCK, "a socket, not a file"),
    (stat.S_ISCHR, "a device, not a file"),
    (stat.S_ISBLK, "a device, not a file"),
)


@contextmanager
def opened(file: Path) -> Iterator[BinaryIO]:
    """Open a regular file for reading.

    Raises:
        UnreadableError: it is something else, or changed before it was closed.
        OSError: it cannot be opened.
    """
    _refuse(file.stat())
    # Between the look and the opening a pipe may take the file's place: opened so, it does not make anybody wait.
    number = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(number, "rb") as stream:
        before = os.fstat(stream.fileno())
        _refuse(before)
        yield stream
        if _state(before) != _state(os.fstat(stream.fileno())) or _state(before) != _state_of(file):
            raise UnreadableError("changed while it was read; run again")


def read_whole(file: Path, largest: int) -> bytes:
    """Return a file's bytes.

    Args:
        file: any path.
        largest: bytes that it may have.

    Raises:
        UnreadableError: it is too large, no file, or changed while it was read.
        OSError: it cannot be opened.
    """
    with opened(file) as stream:
        size = os.fstat(stream.fileno()).st_size
        data = stream.read(largest + 1) if size <= largest else b""
    refuse_size(max(size, len(data)), largest)
    return data


def refuse_size(size: int, largest: int) -> None:
    """Raise an error for more bytes than are read."""
    if size > largest:
        megabytes = 1024 * 1024
        raise UnreadableError(f"{size / megabytes:,.0f} MB, more than {largest // megabytes} MB")


def why(error: OSError) -> str:
    """Return why a file cannot be opened, in words for the report."""
    return (error.strerror or "cannot be opened").lower()


def _refuse(found: os.stat_result) -> None:
    for is_kind, what in _KINDS:
        if is_kind(found.st_mode):
            raise UnreadableError(what)


def _state(found: os.stat_result) -> tuple[int, int, int]:
    return found.st_ino, found.st_size, found.st_mtime_ns


def _state_of(file: Path) -> tuple[int, int, int] | None:
    """Return the state of what stands at a path now, None where nothing does any more."""
    try:
        return _state(file.stat())
    except OSError:
        return None
