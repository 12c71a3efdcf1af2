"""Hashes by which a run knows what has changed: a person's notes, the program, the settings."""

from __future__ import annotations

import hashlib
import os
from functools import lru_cache
from pathlib import Path

_CHUNK = 1 << 20
_KEY_LENGTH = 32


def person_key(name: str) -> str:
    """Return what a person's files are called: a hash, so that a listing shows no names and any name is a file's."""
    return _digest(name.encode("utf-8", "surrogateescape"))[:_KEY_LENGTH]


def folder_hash(folder: Path, basis: str) -> str:
    """Return a hash of all files under a folder, by name and content, and of what the result depends on beside them.

    Args:
        folder: one person's notes; links to folders are noted and not followed.
        basis: hash of program and settings.

    Raises:
        OSError: a file cannot be read.
    """
    found = hashlib.sha256(basis.encode())
    for path in _files(folder):
        what = path.readlink() if path.is_symlink() else ""
        name = os.fsencode(path.relative_to(folder)) + b"\0" + os.fsencode(what) + b"\0"
        found.update(name + (file_hash(path) if path.is_file() else "").encode() + b"\n")
    return found.hexdigest()


def basis_of(settings: str, model: Path | None) -> str:
    """Return a hash of what all results depend on: the program, the settings and a model of the user's own.

    Args:
        settings: the settings as JSON.
        model: the folder of that model, None for the shipped one.
    """
    own = folder_hash(model, "") if model else ""
    return _digest(f"{program_hash()}\n{settings}\n{own}".encode())


@lru_cache(maxsize=1)
def program_hash() -> str:
    """Return a hash of this package's files: code, rules, templates and the shipped model."""
    package = Path(__file__).parent.parent
    found = hashlib.sha256()
    for path in _files(package):
        if "__pycache__" not in path.parts:
            found.update(f"{path.relative_to(package).as_posix()}\0{file_hash(path)}\n".encode())
    return found.hexdigest()


def bytes_hash(data: bytes) -> str:
    """Return the hash of a file's content."""
    return _digest(data)


def file_hash(path: Path) -> str:
    """Return the hash of a file, read piece by piece.

    Raises:
        OSError: it cannot be read.
    """
    found = hashlib.sha256()
    with path.open("rb") as file:
        while data := file.read(_CHUNK):
            found.update(data)
    return found.hexdigest()


def _files(folder: Path) -> list[Path]:
    """Return the files, and the links to folders, under a folder, sorted."""
    found = []
    for place, folders, files in os.walk(folder, onerror=_raise):
        linked = [name for name in folders if Path(place, name).is_symlink()]
        found += [Path(place, name) for name in (*files, *linked)]
    return sorted(found)


def _raise(error: OSError) -> None:
    raise error


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
