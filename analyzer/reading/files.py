"""Which files are read: folders walked in a fixed order, one table from suffix to reader, and limits."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from analyzer.errors import NotesNotFoundError, NothingToReadError
from analyzer.reading.formats.plain import read_plain
from analyzer.reading.text import Text, UnreadableError
from analyzer.records import Problem

LARGEST = 50 * 1024 * 1024
"""Bytes; a year of notes is well under one megabyte."""
STATE = ".analyzer-state.json"
"""What writing leaves in a folder of outputs; a name alone says nothing, notes may be called anything."""
EARLIER = "not read: an earlier output of analyzer"
_OUTPUT = re.compile(
    r"(?:(?:self-review|effort-impact)(?:\.new(?:-\d{1,4})?)?\.md|curation\.toml|review\.json|evidence\.(?:csv|jsonl)|problems\.txt)"
)
"""Names of outputs, where a state file lies beside them in the very folder that was given."""

READERS: Mapping[str, Callable[[bytes], Text]] = {
    ".md": read_plain,
    ".markdown": read_plain,
    ".txt": read_plain,
}
"""From suffix to the function that makes lines of a file's bytes."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file on disk and the path that stands for it in records."""

    file: Path
    path: str


def find_files(paths: Sequence[Path]) -> tuple[list[Found], list[Problem]]:
    """List the files among paths.

    Args:
        paths: files and folders.

    Returns:
        Files in the order of their paths in records, each once, and what was passed over.

    Raises:
        NotesNotFoundError: a path that does not exist.
        NothingToReadError: a path that may not be looked at.
    """
    problems: list[Problem] = []
    listed: list[tuple[Path, Path]] = []
    for given in paths:
        _look_at(given)
        if given.is_dir():
            listed += [(given, file) for file in _walk(given, given, problems)]
        else:
            listed.append((given.parent, given))
    unique = list({file.resolve(): (root, file) for root, file in reversed(listed)}.items())[::-1]
    names = _names([pair for _, pair in unique])
    found = [Found(file, name) for (_, (_, file)), name in zip(unique, names, strict=True)]
    return sorted(found, key=lambda one: one.path), sorted(problems, key=lambda one: one.path)


def read_file(found: Found) -> Text | Problem:
    """Read one file.

    Returns:
        Its lines, or why there are none.
    """
    suffix = found.file.suffix.lower()
    if suffix not in READERS:
        return Problem(
            path=found.path, line=None, message=f"not read: {suffix or 'no suffix'} is no format that is known"
        )
    try:
        size = found.file.stat().st_size
        data = found.file.read_bytes() if size <= LARGEST else b""
    except OSError as error:
        return Problem(path=found.path, line=None, message=f"not read: {_reason(error)}")
    if size > LARGEST:
        return Problem(path=found.path, line=None, message=f"not read: {size / 1024 / 1024:.0f} MB, more than 50 MB")
    try:
        return READERS[suffix](data)
    except UnreadableError as error:
        return Problem(path=found.path, line=None, message=f"not read: {error}")


def lines_of(file: Path) -> tuple[str, ...]:
    """Return a file's lines as `read_file` numbers them, none if it cannot be read."""
    read = read_file(Found(file, file.name))
    return () if isinstance(read, Problem) else read.lines


def _look_at(given: Path) -> None:
    """Raise an error for a path that is not there or that may not be looked at."""
    try:
        given.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise NotesNotFoundError(given) from None
    except OSError as error:
        raise NothingToReadError([given], [_reason(error)]) from error


def _walk(folder: Path, root: Path, problems: list[Problem]) -> Iterator[Path]:
    """Yield a folder's files; what is not walked into is a problem, except for what is hidden."""
    name = folder.relative_to(root).as_posix()
    path_name = root.resolve().name or name if name == "." else name
    try:
        entries = sorted(os.scandir(folder), key=lambda one: one.name)
    except OSError as error:
        problems.append(Problem(path=path_name, line=None, message=f"not read: {_reason(error)}"))
        return
    written = any(entry.name == STATE for entry in entries)
    outputs = [entry.name for entry in entries if written and _OUTPUT.fullmatch(entry.name)]
    if written and (name != "." or outputs):
        named = f" ({', '.join(outputs)})" if name == "." else ""
        problems.append(Problem(path=path_name, line=None, message=EARLIER + named))
        if name != ".":
            return
    for entry in entries:
        if not entry.name.startswith(".") and entry.name not in outputs:
            yield from _entry(entry, root, problems)


def _entry(entry: os.DirEntry[str], root: Path, problems: list[Problem]) -> Iterator[Path]:
    path = Path(entry.path)
    if entry.is_symlink():
        # realpath and not resolve(): a link that leads to itself is no error there
        if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root)):
            name = path.relative_to(root).as_posix()
            problems.append(Problem(path=name, line=None, message="not read: a link that leads out of the folder"))
    elif entry.is_dir():
        yield from _walk(path, root, problems)
    elif entry.is_file():
        yield path


def _reason(error: OSError) -> str:
    return (error.strerror or "cannot be opened").lower()


def _names(pairs: Sequence[tuple[Path, Path]]) -> list[str]:
    """Name files relative to the folder given, with as much of the folder's own path as tells them apart."""
    names = [file.relative_to(root).as_posix() for root, file in pairs]
    for above in range(1, 6):
        doubles = {name for name, count in Counter(names).items() if count > 1}
        if not doubles:
            break
        names = [
            "/".join([*root.resolve().parts[-above:], file.relative_to(root).as_posix()]) if name in doubles else name
            for name, (root, file) in zip(names, pairs, strict=True)
        ]
    return names
