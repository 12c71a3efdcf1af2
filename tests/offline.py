"""A process without network that notes who reached for it: an audit hook, which no library can step around in Python.

A hook cannot be taken away again; it does nothing outside of `refused`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

_REACHES = ("socket.", "urllib.", "http.", "ftplib.", "smtplib.", "webbrowser.", "subprocess.", "os.system", "os.exec",
            "os.posix_spawn", "os.fork", "pty.")  # fmt: skip
_PROBES = "urllib3/util/connection.py"
"""Importing spaCy imports urllib3, which asks for one socket to learn whether the machine has IPv6 and takes no for an answer."""
_attempts: list[list[str]] = []


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    if not _attempts or not event.startswith(_REACHES):
        return
    frame, files = sys._getframe(), []
    while frame.f_back is not None:
        frame = frame.f_back
        files.append(frame.f_code.co_filename.replace("\\", "/"))
    if not (event == "socket.__new__" and any(one.endswith(_PROBES) for one in files)):
        _attempts[-1].append(f"{event} from {next((one for one in files if '/analyzer/' in one), files[0])}")
    raise OSError("no network and no other program here")


sys.addaudithook(_hook)


@contextmanager
def refused() -> Iterator[list[str]]:
    """Refuse every attempt, and yield the list in which they are noted."""
    _attempts.append([])
    try:
        yield _attempts[-1]
    finally:
        _attempts.pop()
