"""Putting files into place: all of them or none, private to the user, whatever stops the program on the way.

Every file is first written in full beside its place. What stands in a place is kept under a second name until all new files are
in theirs, so that it can be put back without room on the disk.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from analyzer.errors import OutputError, StoppedError

FILE_MODE = 0o600
FOLDER_MODE = 0o700
_PREFIX, _SUFFIX = ".analyzer-out-", ".tmp"
"""Names of files that are not in their place yet. They begin with a dot, so that no folder of notes is read with them."""


@dataclass(frozen=True, slots=True)
class _Move:
    """A new file, what its place is, and what stands there now under a second name."""

    name: Path
    """Its place; a link there is replaced, never followed."""
    aside: Path
    before: Path | None


def make_folder(folder: Path) -> None:
    """Make a folder that the user alone may look into, and those above it that are missing.

    Raises:
        OutputError: it cannot be made, or a file stands there.
    """
    if folder.exists() and not folder.is_dir():
        raise OutputError(folder, "it is a file, not a folder")
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        for one in reversed(missing):  # mkdir(parents=True) would make those above with the usual rights
            one.mkdir(mode=FOLDER_MODE, exist_ok=True)
    except OSError as error:
        raise OutputError(folder, reason(error)) from error


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Wait until no other run writes to a folder, and remove what one that was killed left of itself.

    Where the system knows no locks on folders, nothing is waited for.
    """
    handle = _locked(folder)
    try:
        if handle is not None:
            for left in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
                with suppress(OSError):
                    left.unlink()
        yield
    finally:
        if handle is not None:
            os.close(handle)


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Give a private folder for files that nobody needs afterwards.

    Raises:
        OutputError: it, or a file in it, cannot be written.
    """
    try:
        with tempfile.TemporaryDirectory() as folder:
            yield Path(folder)
    except OSError as error:
        raise OutputError(Path(error.filename or "temporary files"), reason(error)) from error


def place(contents: Sequence[tuple[Path, bytes]], rights: Mapping[Path, int] | None = None) -> None:
    """Write files and move them into their places in the order given.

    Args:
        contents: each place and its bytes; a place may come twice. The folders exist.
        rights: of places that are not for the user alone.

    Raises:
        OutputError: a file could not be written. Everything is as it was then, or the message says what is not.
        StoppedError: the user stopped the program; the same holds.
    """
    moves: list[_Move] = []
    name = Path()
    try:
        for name, data in contents:
            moves.append(_prepared(name, data, (rights or {}).get(name, FILE_MODE)))
        for one in moves:
            name = one.name
            os.replace(one.aside, one.name)  # noqa: PTH105 - the tests let this very call fail
    except BaseException as error:
        stuck = _undo(moves)
        _clear(moves)
        if isinstance(error, OSError):
            raise OutputError(_shown(name, contents), reason(error), stuck) from error
        if isinstance(error, KeyboardInterrupt):
            raise StoppedError(_shown(name, contents).parent, stuck) from error
        raise
    try:
        _clear(moves)
        for folder in dict.fromkeys(one.name.parent for one in moves):
            _sync(folder)
    except KeyboardInterrupt as error:
        _clear(moves)
        new = dict.fromkeys(one.name.name for one in moves if not one.name.name.startswith("."))
        raise StoppedError(_shown(name, contents).parent, new) from error


def reason(error: OSError) -> str:
    """Return why a file cannot be written, in words for the message."""
    return (error.strerror or "unknown error").lower()


def _shown(name: Path, contents: Sequence[tuple[Path, bytes]]) -> Path:
    """Return the file that an error names: where it is one of the program's own, the first that the user knows."""
    return next((one for one, _ in contents if not one.name.startswith(".")), name) if name.name[:1] == "." else name


def _locked(folder: Path) -> int | None:
    if sys.platform == "win32":
        return None
    import fcntl  # noqa: PLC0415 - not on every system

    handle = None
    try:
        handle = os.open(folder, os.O_RDONLY)
        fcntl.flock(handle, fcntl.LOCK_EX)
    except OSError:  # some network file systems have no locks
        if handle is not None:
            os.close(handle)
        return None
    return handle


def _prepared(name: Path, data: bytes, mode: int) -> _Move:
    aside = _written(name.parent, data, mode)
    try:
        return _Move(name, aside, _kept(name))
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def _written(folder: Path, data: bytes, mode: int) -> Path:
    handle, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX, dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            os.fchmod(file.fileno(), mode) if hasattr(os, "fchmod") else None
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _kept(target: Path) -> Path | None:
    """Give what stands in a place a second name; a copy where the file system has no second names."""
    if not os.path.lexists(target):
        return None
    handle, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX, dir=target.parent)
    os.close(handle)
    kept = Path(name)
    kept.unlink()
    try:
        os.link(target, kept, follow_symlinks=False)
    except OSError:
        if target.is_symlink():
            kept.symlink_to(target.readlink())
            return kept
        return _written(target.parent, target.read_bytes(), target.stat().st_mode & 0o777)
    return kept


def _undo(moves: Sequence[_Move]) -> list[str]:
    """Put back what stood in the places, and return the names of those that stayed new.

    A move was made where the new file is no longer beside its place: an interrupt may come before anything else is noted.
    """
    stuck = []
    for one in reversed(moves):
        if one.aside.exists():
            continue
        try:
            if one.before is None:
                one.name.unlink(missing_ok=True)
            else:
                os.rename(one.before, one.name) if os.name != "nt" else one.before.replace(one.name)  # noqa: PTH104
        except OSError:
            stuck.append(one.name.name)
    return stuck[::-1]


def _clear(moves: Sequence[_Move]) -> None:
    """Remove what stood beside the places; what cannot be removed the next run removes."""
    for one in moves:
        for path in (one.aside, one.before):
            with suppress(OSError):
                if path is not None:
                    path.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    """Have the names in a folder on the disk, where its file system takes such a wish: the files themselves are there."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
