"""Writing the outputs: whole files or none, private to the user, and never over what a person wrote or edited."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from analyzer.errors import OutputError

STATE = ".analyzer-state.json"
"""What was written last, by name, so that an edit by a person is seen. Not an output."""
ALWAYS_KEPT = frozenset({"curation.toml"})
"""Files that are made once and then belong to the user."""
_FILE_MODE = 0o600
_FOLDER_MODE = 0o700


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteReport:
    """What happened to each file, by name, in the order of writing."""

    folder: Path
    written: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    """Files that already held these very bytes."""
    kept: tuple[str, ...] = ()
    """Files that belong to the user and were left as they are."""
    edited: tuple[tuple[str, str], ...] = ()
    """Drafts that a person edited, each with the name that the new text was written under."""

    @property
    def notes(self) -> tuple[str, ...]:
        """One line for every file that was not simply written."""
        edited = (
            f"{name} was edited since it was written and is left as it is; the new text is in {new}"
            for name, new in self.edited
        )
        return (*edited, *(f"{name} is yours and was left as it is" for name in self.kept))


def write_outputs(
    folder: Path,
    files: Mapping[str, str | bytes],
    *,
    keep: frozenset[str] = ALWAYS_KEPT,
    merged: frozenset[str] = frozenset(),
) -> WriteReport:
    """Write the outputs of a run.

    Every file is first written in full beside its place; only when all of them are on disk are they moved into place. A file
    that could not be written leaves everything as it was.

    Args:
        folder: where to write; made if it does not exist, readable by the user alone.
        files: name to text, or to bytes; names are plain file names.
        keep: names that are written only where no such file exists.
        merged: names whose new text already holds what the user edited in them, so that they are written in place.

    Returns:
        What was written and what was left alone.

    Raises:
        OutputError: the folder or a file in it cannot be written.
    """
    _make(folder)
    state = _read_state(folder)
    contents = {name: one.encode("utf-8") if isinstance(one, str) else one for name, one in files.items()}
    plan = _plan(folder, contents, keep | ALWAYS_KEPT, merged, state)
    hashes = {**state, **{name: _digest(data) for name, data in plan.contents.items()}}
    new_state = json.dumps({"schema": 1, "written": dict(sorted(hashes.items()))}, indent=1) + "\n"
    changed = {name: data for name, data in plan.contents.items() if name not in plan.report.unchanged}
    if hashes != state:
        changed[STATE] = new_state.encode("utf-8")
    _replace_all(folder, changed)
    return plan.report


def write_new(folder: Path, files: Mapping[str, str | bytes]) -> WriteReport:
    """Write files of which none is there yet; one that is there stays as it is.

    Args:
        folder: where to write; made if it does not exist. It is a folder of the user's: nothing is noted in it.
        files: name to text, or to bytes; names are plain file names.

    Raises:
        OutputError: the folder or a file in it cannot be written.
    """
    _make(folder)
    written, kept = [], []
    for name, one in files.items():
        if _bytes_of(folder / name) is not None:
            kept.append(name)
            continue
        _replace_all(folder, {name: one.encode("utf-8") if isinstance(one, str) else one})
        written.append(name)
    return WriteReport(folder=folder, written=tuple(written), kept=tuple(kept))


def replace_file(path: Path, data: bytes) -> None:
    """Write one file of the program's own, whole or not at all; what stood there is replaced.

    Args:
        path: where; its folder is made if it does not exist, readable by the user alone.
        data: its content.

    Raises:
        OutputError: it cannot be written.
    """
    _make(path.parent)
    _replace_all(path.parent, {path.name: data})


@dataclass(frozen=True, slots=True)
class _Plan:
    contents: Mapping[str, bytes]
    report: WriteReport


def _plan(
    folder: Path, files: Mapping[str, bytes], keep: frozenset[str], merged: frozenset[str], state: Mapping[str, str]
) -> _Plan:
    contents: dict[str, bytes] = {}
    kept, edited, unchanged = [], [], []
    for name, data in files.items():
        if Path(name).name != name or name in {"", ".", "..", STATE}:
            raise OutputError(folder / name, "not a plain file name")
        there = _bytes_of(folder / name)
        if name in keep and there is not None:
            kept.append(name)
            continue
        target = name
        if there is not None and name not in merged and _is_edited(there, data, state.get(name)):
            target, there = _beside(folder, name, data, state)
            edited.append((name, target))
        if there == data:
            unchanged.append(target)
        contents[target] = data
    written = tuple(name for name in contents if name not in unchanged)
    return _Plan(
        contents,
        WriteReport(folder=folder, written=written, unchanged=tuple(unchanged), kept=tuple(kept), edited=tuple(edited)),
    )


def _beside(folder: Path, name: str, data: bytes, state: Mapping[str, str]) -> tuple[str, bytes | None]:
    """Return the first name beside an edited file under which no person wrote, and what stands there."""
    stem, dot, suffix = name.rpartition(".")
    for number in count(1):
        target = f"{stem}.new{f'-{number}' if number > 1 else ''}{dot}{suffix}"
        there = _bytes_of(folder / target)
        if there is None or not _is_edited(there, data, state.get(target)):
            return target, there
    raise AssertionError


def _is_edited(there: bytes, data: bytes, known: str | None) -> bool:
    """Return whether a person changed a file: one of unknown origin counts as theirs."""
    return there != data and _digest(there) != known


def _make(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise OutputError(folder, "it is a file, not a folder")
    try:
        folder.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(folder, _reason(error)) from error


def _bytes_of(path: Path) -> bytes | None:
    if path.is_symlink() and not path.exists():
        raise OutputError(path, "it is a link that leads nowhere")
    if not path.exists():
        return None
    if not path.is_file():
        raise OutputError(path, "it is a folder, not a file")
    try:
        return path.read_bytes()
    except OSError as error:
        raise OutputError(path, _reason(error)) from error


def _read_state(folder: Path) -> dict[str, str]:
    """Return name to hash of what was written last; a damaged file counts as none, so nothing is overwritten."""
    raw = _bytes_of(folder / STATE)
    try:
        data = json.loads(raw or b"{}")
    except ValueError:
        return {}
    written = data.get("written") if isinstance(data, dict) else None
    pairs = written.items() if isinstance(written, dict) else ()
    return {name: value for name, value in pairs if isinstance(name, str) and isinstance(value, str)}


def _replace_all(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write all files beside their places, then move them in; undo the moves if one fails."""
    ready: dict[str, Path] = {}
    before: dict[str, bytes | None] = {}
    name = ""
    try:
        for name, data in contents.items():
            ready[name] = _write_aside(folder, data)
        for name, aside in list(ready.items()):
            before[name] = _bytes_of(folder / name)
            os.replace(aside, (folder / name).resolve())  # noqa: PTH105 - resolve() keeps a linked output linked
            del ready[name]
    except OSError as error:
        _undo(folder, {name: old for name, old in before.items() if name not in ready})
        raise OutputError(folder / name, _reason(error)) from error
    finally:
        for aside in ready.values():
            aside.unlink(missing_ok=True)
    _sync_folder(folder)


def _write_aside(folder: Path, data: bytes) -> Path:
    handle, name = tempfile.mkstemp(prefix=".analyzer-", suffix=".tmp", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            os.fchmod(file.fileno(), _FILE_MODE) if hasattr(os, "fchmod") else None
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _undo(folder: Path, before: Mapping[str, bytes | None]) -> None:
    for name, old in before.items():
        if old is None:
            (folder / name).unlink(missing_ok=True)
        else:
            (folder / name).write_bytes(old)


def _sync_folder(folder: Path) -> None:
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _reason(error: OSError) -> str:
    return (error.strerror or "unknown error").lower()
