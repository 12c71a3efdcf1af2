"""Files that are not notes (drafts, models, what an earlier run wrote): any of them may be a pipe, a device or without end."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from analyzer.errors import BadFileError


def read_bounded(path: Path, most: int) -> bytes:
    """Return a file's bytes, without waiting for a pipe and without reading on without end.

    Args:
        path: the file.
        most: bytes that it may have.

    Raises:
        BadFileError: it cannot be read, is no file or is too large.
    """
    try:
        number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(number, "rb") as file:
            found = os.fstat(number)
            if not stat.S_ISREG(found.st_mode):
                raise BadFileError(path, "", "is no file")
            data = file.read(most + 1) if found.st_size <= most else b""
    except OSError as error:
        raise BadFileError(path, "", (error.strerror or "cannot be read").lower()) from error
    if max(found.st_size, len(data)) > most:
        raise BadFileError(path, "", f"too large: more than {most:,} bytes")
    return data
