"""The books of a run: what has been written for whom, from which inputs. A line a person, appended as they are done.

A run that ends in the middle loses at most the last line: that person is done again, into the same files. The output
folder belongs to one run at a time.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from analyzer.batch.tasks import PAGES
from analyzer.errors import OutputError
from analyzer.placing import reason
from analyzer.rendering.writing import replace_file

MANIFEST = "manifest.jsonl"
_LOCK, _SPILL = ".lock", ".spill-"
_SCHEMA = 1
_PART = re.compile(r"[0-9a-f]{32}\.parquet")
_ASIDE = re.compile(r"\.analyzer-.*\.tmp")
_FILE_MODE, _FOLDER_MODE = 0o600, 0o700
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the last run wrote for one person."""

    person: str
    inputs: str
    files: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


def read_manifest(out: Path) -> dict[str, Entry]:
    """Return the entries by key; a line that is damaged, or half there, counts as not written.

    Args:
        out: the output folder.
    """
    path = out / MANIFEST
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else []
    found: dict[str, Entry] = {}
    for line in lines:
        try:
            data = json.loads(line)
            if data.pop("schema") == _SCHEMA:
                key = data.pop("key")
                entry = Entry(**{**data, "problems": tuple(data["problems"])})
                if _is_whole(key, entry):
                    found[key] = entry
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            continue
    return found


def _is_whole(key: object, entry: Entry) -> bool:
    files = entry.files
    texts = (key, entry.person, entry.inputs, *entry.problems, *(files if isinstance(files, dict) else (None,)))
    return all(isinstance(one, str) for one in (*texts, *(files.values() if isinstance(files, dict) else ())))


class Journal:
    """The manifest, opened to add lines to it."""

    def __init__(self, path: Path) -> None:
        self._handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | _NO_LINK, _FILE_MODE)

    def add(self, key: str, entry: Entry) -> None:
        """Add a person who is done."""
        os.write(self._handle, _line(key, entry))

    def close(self) -> None:
        """Close the file."""
        os.close(self._handle)


@contextmanager
def journal(out: Path, entries: Mapping[str, Entry]) -> Iterator[Journal]:
    """Write the manifest anew with what is known, and open it for what is added.

    Args:
        out: the output folder.
        entries: what is known, by key.
    """
    write_manifest(out, entries)
    opened = Journal(out / MANIFEST)
    try:
        yield opened
    finally:
        opened.close()


def write_manifest(out: Path, entries: Mapping[str, Entry]) -> None:
    """Write the manifest whole, by name, so that the same entries give the same bytes."""
    ordered = sorted(entries.items(), key=lambda one: (one[1].person, one[0]))
    replace_file(out / MANIFEST, b"".join(_line(key, entry) for key, entry in ordered))


@contextmanager
def own_folder(out: Path, names: Iterable[str]) -> Iterator[Path]:
    """Make the output folder, keep it for this run, and give a private folder in it for what workers put aside.

    Args:
        out: the output folder.
        names: those of the data sets.

    Raises:
        OutputError: it holds something else, cannot be made, or another run writes to it.
    """
    if out.is_dir() and not (out / MANIFEST).is_file() and any(one.name != _LOCK for one in out.iterdir()):
        raise OutputError(out, f"it holds files and no {MANIFEST}; choose an empty folder or that of an earlier batch")
    names = tuple(names)
    _refuse_links(out, names)
    try:
        for folder in (out, *(out / name for name in names)):
            folder.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
        handle = os.open(out / _LOCK, os.O_RDWR | os.O_CREAT | _NO_LINK, _FILE_MODE)
    except OSError as error:
        raise OutputError(out, reason(error)) from error
    spill = out / f"{_SPILL}{os.getpid()}"
    try:
        _lock(handle, out)
        if not (out / MANIFEST).is_file():
            write_manifest(out, {})
        _remove_spill(out)
        try:
            spill.mkdir(mode=_FOLDER_MODE)
        except OSError as error:
            raise OutputError(out, reason(error)) from error
        yield spill
        _remove_spill(out)
    finally:
        shutil.rmtree(spill, ignore_errors=True)
        os.close(handle)


def _refuse_links(out: Path, names: Iterable[str]) -> None:
    """Refuse an output folder in which a link would lead what is written, or swept away, somewhere else."""
    patterns = (_LOCK, MANIFEST, PAGES, f"{PAGES}/*", f"{PAGES}/*/*", *names, *(f"{name}/year=*" for name in names))
    for pattern in patterns:
        for one in out.glob(pattern):
            if one.is_symlink():
                raise OutputError(one, "it is a link, and nothing is written through one; remove it")


def sweep(out: Path, names: Iterable[str], entries: Mapping[str, Entry]) -> int:
    """Remove what no entry names: rows of people and years that are gone, and what a run left that was ended.

    Args:
        out: the output folder.
        names: those of the data sets; nothing else is looked at.
        entries: what is to stay.

    Returns:
        How many files of data were removed.
    """
    kept = {name for entry in entries.values() for name in entry.files}
    removed = 0
    for folder in [out, *(year for name in names for year in sorted((out / name).glob("year=*")))]:
        for one in sorted(folder.iterdir()):
            if _ASIDE.fullmatch(one.name):
                one.unlink()
            elif _PART.fullmatch(one.name) and one.relative_to(out).as_posix() not in kept:
                one.unlink()
                removed += 1
        if folder != out and not any(folder.iterdir()):
            folder.rmdir()
    return removed


def _line(key: str, entry: Entry) -> bytes:
    return (json.dumps({"schema": _SCHEMA, "key": key, **asdict(entry)}, ensure_ascii=True) + "\n").encode()


def _remove_spill(out: Path) -> None:
    for left in out.glob(f"{_SPILL}*"):
        shutil.rmtree(left, ignore_errors=True)


def _lock(handle: int, out: Path) -> None:
    """Take the folder; the system gives it back when the process ends, however it ends."""
    try:
        import fcntl  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise OutputError(out, "another run writes to it; wait until that has ended") from error
