"""Writing the outputs: whole files or none, private to the user, and never over what a person wrote or edited."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from analyzer.errors import OutputError
from analyzer.placing import alone_in, make_folder, place, reason

STATE = ".analyzer-state.json"
"""What was written last, by name, so that an edit by a person is seen. Not an output."""
ALWAYS_KEPT = frozenset({"curation.toml"})
"""Files that are made once and then belong to the user."""


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
    resumed: bool = False
    """Whether an earlier run was stopped while it moved its files here."""

    @property
    def notes(self) -> tuple[str, ...]:
        """One line for every file that was not simply written."""
        edited = (
            f"{name} was edited since it was written and is left as it is; the new text is in {new}"
            for name, new in self.edited
        )
        stopped = (
            ["an earlier run was stopped while it wrote here; all files are from this run now"] if self.resumed else []
        )
        return (*stopped, *edited, *(f"{name} is yours and was left as it is" for name in self.kept))


def write_outputs(
    folder: Path,
    files: Mapping[str, str | bytes],
    *,
    keep: frozenset[str] = ALWAYS_KEPT,
    merged: frozenset[str] = frozenset(),
) -> WriteReport:
    """Write the outputs of a run.

    Every file is first written in full beside its place; only when all of them are on disk are they moved into place. A file
    that could not be written leaves everything as it was. Two runs into one folder write one after the other.

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
    make_folder(folder)
    with alone_in(folder):
        plan = _plan(folder, files, keep | ALWAYS_KEPT, merged)
        place(plan.moves)
    return plan.report


def write_together(outputs: Sequence[tuple[Path, Mapping[str, str | bytes]]]) -> tuple[WriteReport, ...]:
    """Write the outputs of one run to several folders, all of them or none.

    Args:
        outputs: each folder and its files, as for `write_outputs`.

    Raises:
        OutputError: a folder or a file in it cannot be written.
    """
    with ExitStack() as locks:
        for folder in dict(sorted((folder.resolve(), folder) for folder, _ in outputs)).values():
            make_folder(folder)
            locks.enter_context(alone_in(folder))
        states: dict[Path, _State] = {}
        plans: list[_Plan] = []
        for folder, files in outputs:
            plans.append(_plan(folder, files, ALWAYS_KEPT, frozenset(), states.get(folder.resolve())))
            states[folder.resolve()] = plans[-1].state
        place([move for plan in plans for move in plan.moves])
    return tuple(plan.report for plan in plans)


def write_new(folder: Path, files: Mapping[str, str | bytes]) -> WriteReport:
    """Write files of which none is there yet; one that is there stays as it is.

    Args:
        folder: where to write; made if it does not exist. It is a folder of the user's: nothing is noted in it.
        files: name to text, or to bytes; names are plain file names.

    Raises:
        OutputError: the folder or a file in it cannot be written.
    """
    make_folder(folder)
    with alone_in(folder):
        kept = tuple(name for name in files if _bytes_of(folder / name) is not None)
        wanted = {name: one for name, one in files.items() if name not in kept}
        place([(folder / name, _encoded(one)) for name, one in wanted.items()])
    return WriteReport(folder=folder, written=tuple(wanted), kept=kept)


def replace_file(path: Path, data: bytes) -> None:
    """Write one file of the program's own, whole or not at all; what stood there is replaced.

    Args:
        path: where; its folder is made if it does not exist, readable by the user alone.
        data: its content.

    Raises:
        OutputError: it cannot be written.
    """
    make_folder(path.parent)
    place([(path, data)])


@dataclass(frozen=True, slots=True)
class _Plan:
    moves: Sequence[tuple[Path, bytes]]
    report: WriteReport
    state: _State
    """What stands there when the moves are made."""


@dataclass(frozen=True, slots=True)
class _State:
    """What the last run wrote: checksums by name."""

    known: Mapping[str, str]
    stopped: bool = False
    """Whether it was stopped while it moved files into place."""


def _plan(
    folder: Path,
    files: Mapping[str, str | bytes],
    keep: frozenset[str],
    merged: frozenset[str],
    state: _State | None = None,
) -> _Plan:
    """Decide what is written; the state is that of an earlier plan for the same folder, None for the one on the disk."""
    state = state or _read_state(folder)
    contents: dict[str, bytes] = {}
    kept, edited, unchanged = [], [], []
    for name, data in ((name, _encoded(one)) for name, one in files.items()):
        if Path(name).name != name or name in {"", ".", "..", STATE}:
            raise OutputError(folder / name, "not a plain file name")
        if name in keep and os.path.lexists(folder / name):
            kept.append(name)
            continue
        there = _bytes_of(folder / name)
        target = name
        if there is not None and name not in merged and _is_edited(there, data, state.known.get(name)):
            target, there = _beside(folder, name, data, state.known)
            edited.append((name, target))
        if there == data:
            unchanged.append(target)
        contents[target] = data
    changed = {name: data for name, data in contents.items() if name not in unchanged}
    report = WriteReport(
        folder=folder,
        written=tuple(changed),
        unchanged=tuple(unchanged),
        kept=tuple(kept),
        edited=tuple(edited),
        resumed=state.stopped,
    )
    hashes = {**state.known, **{name: _digest(data) for name, data in contents.items()}}
    return _Plan(_moves(folder, state, hashes, changed), report, _State(hashes))


def _moves(
    folder: Path, state: _State, hashes: Mapping[str, str], changed: Mapping[str, bytes]
) -> list[tuple[Path, bytes]]:
    """Return what goes where: first a note of what is about to be moved, so that the next run knows a killed one's files."""
    moves = [(folder / name, data) for name, data in changed.items()]
    if changed:
        moves.insert(0, (folder / STATE, _noted(state.known, {name: hashes[name] for name in changed})))
    if changed or state.stopped or hashes != state.known:
        moves.append((folder / STATE, _noted(hashes, {})))
    return moves


def _noted(written: Mapping[str, str], moving: Mapping[str, str]) -> bytes:
    note = {"schema": 1, "written": dict(sorted(written.items()))}
    note |= {"moving": dict(sorted(moving.items()))} if moving else {}
    return (json.dumps(note, indent=1) + "\n").encode()


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


def _bytes_of(path: Path) -> bytes | None:
    if path.is_symlink():
        raise OutputError(path, "it is a link, and nothing is written through one; remove it")
    if not path.exists():
        return None
    if not path.is_file():
        raise OutputError(path, "it is a folder, not a file")
    try:
        return path.read_bytes()
    except OSError as error:
        raise OutputError(path, reason(error)) from error


def _read_state(folder: Path) -> _State:
    """Return what was written last; a damaged file counts as none, so nothing is overwritten."""
    raw = _bytes_of(folder / STATE)
    try:
        data = json.loads(raw or b"{}")
    except (ValueError, RecursionError):
        return _State({})
    written, moving = (_checksums(data.get(key) if isinstance(data, dict) else None) for key in ("written", "moving"))
    moved = {name: new for name, new in moving.items() if _stands(folder / name, new)}
    return _State({**written, **moved}, stopped=bool(moving))


def _stands(path: Path, digest: str) -> bool:
    """Return whether a file that a stopped run was about to move is in its place."""
    there = _bytes_of(path) if path.is_file() and not path.is_symlink() else None
    return there is not None and _digest(there) == digest


def _checksums(found: object) -> dict[str, str]:
    pairs = found.items() if isinstance(found, dict) else ()
    return {name: value for name, value in pairs if isinstance(name, str) and isinstance(value, str)}


def _encoded(one: str | bytes) -> bytes:
    return one.encode("utf-8") if isinstance(one, str) else one


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
