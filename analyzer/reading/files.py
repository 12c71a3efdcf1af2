"""Which files are read: folders walked in a fixed order, one table from suffix to reader, and limits."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from analyzer.errors import NotesNotFoundError
from analyzer.reading.repair import repair_text, why_not_text
from analyzer.records import Problem

LARGEST = 50 * 1024 * 1024
"""Bytes; a year of notes is well under one megabyte."""
GENERATED = frozenset(("self-review.md", "effort-impact.md", "curation.toml"))

READERS: Mapping[str, Callable[[bytes], tuple[str, tuple[str, ...]]]] = {
    ".md": repair_text,
    ".markdown": repair_text,
    ".txt": repair_text,
}
"""From suffix to the function that makes text of a file's bytes."""


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
    """
    problems: list[Problem] = []
    listed: list[tuple[Path, Path]] = []
    for given in paths:
        if not given.exists():
            raise NotesNotFoundError(given)
        if given.is_dir():
            listed += [(given, file) for file in _walk(given, given, problems)]
        else:
            listed.append((given.parent, given))
    unique = list({file.resolve(): (root, file) for root, file in reversed(listed)}.items())[::-1]
    names = _names([pair for _, pair in unique])
    found = [Found(file, name) for (_, (_, file)), name in zip(unique, names, strict=True)]
    return sorted(found, key=lambda one: one.path), sorted(problems, key=lambda one: one.path)


def read_file(found: Found) -> tuple[str, tuple[str, ...]] | Problem:
    """Read one file's text.

    Returns:
        The text and what was repaired in it, or why there is none.
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
        return Problem(
            path=found.path, line=None, message=f"not read: {(error.strerror or 'cannot be opened').lower()}"
        )
    if size > LARGEST:
        return Problem(path=found.path, line=None, message=f"not read: {size / 1024 / 1024:.0f} MB, more than 50 MB")
    reason = why_not_text(data)
    if reason:
        return Problem(path=found.path, line=None, message=f"not read: {reason}")
    return READERS[suffix](data)


def _walk(folder: Path, root: Path, problems: list[Problem]) -> Iterator[Path]:
    for entry in sorted(os.scandir(folder), key=lambda one: one.name):
        path = Path(entry.path)
        if entry.name.startswith(".") or entry.name in GENERATED:
            continue
        name = path.relative_to(root).as_posix()
        if entry.is_symlink():
            if not path.resolve().is_relative_to(root.resolve()):
                problems.append(Problem(path=name, line=None, message="not read: a link that leads out of the folder"))
        elif entry.is_dir():
            if not entry.name.startswith("review-"):
                yield from _walk(path, root, problems)
        elif entry.is_file():
            yield path


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
