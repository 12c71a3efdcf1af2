"""The user's TOML files (settings, decisions, forms, plans), opened and parsed so that any file is data or one clear error."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from analyzer.bounded_file import read_bounded
from analyzer.errors import BadFileError

MOST_BYTES = 10_000_000
"""A curation file with a decision about each line of many years is a tenth of it."""


def toml_text(path: Path, most: int = MOST_BYTES) -> str:
    """Return a file's text, without waiting for a pipe and without reading on without end.

    Args:
        path: the file.
        most: bytes that it may have.

    Raises:
        BadFileError: it cannot be read, is no file, is too large, or is not UTF-8.
    """
    data = read_bounded(path, most)
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise BadFileError(path, "", "not UTF-8 text") from error


def parsed(text: str, name: Path | str) -> dict[str, Any]:
    """Return what a TOML text holds.

    Args:
        text: the whole file.
        name: what an error calls it.

    Raises:
        BadFileError: it is not TOML, is nested too deeply, or holds a number that is none.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadFileError(name, "", f"not valid TOML: {error}") from error
    except RecursionError as error:
        raise BadFileError(name, "", "not valid TOML: nested too deeply") from error
    except ValueError as error:  # tomllib hands on what int() says of 5,000 digits
        raise BadFileError(name, "", "not valid TOML: a number with thousands of digits") from error
