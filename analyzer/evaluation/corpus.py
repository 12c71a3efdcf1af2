"""The labelled authors, one folder each, loaded strictly from `data/labelled`."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any

from analyzer.errors import BadFileError, UnknownKeyError
from analyzer.evaluation.gold import Author, Card, GoldDocument, GoldItem, GoldMetric, describe
from analyzer.evaluation.notes import parse_notes

__all__ = [
    "Author",
    "Card",
    "GoldDocument",
    "GoldItem",
    "GoldMetric",
    "describe",
    "load_author",
    "load_corpus",
    "write_clean",
]

_CARD_TYPES: dict[str, type] = {"year": int, "day_first": bool}
_WRITERS = ("subject", "manager")


def load_corpus(root: Path) -> tuple[Author, ...]:
    """Load every author below a folder, in the order of their names.

    Args:
        root: a folder with one folder per author, or with such a folder named ``authors``.

    Raises:
        BadFileError: no author is there, or a card or a marker does not say what it must.
    """
    home = root / "authors" if (root / "authors").is_dir() else root
    if not home.is_dir():
        raise BadFileError(root, "", "no such folder")
    authors = tuple(load_author(folder) for folder in sorted(home.iterdir()) if folder.is_dir())
    if not authors:
        raise BadFileError(root, "", "no author's folder in it")
    return authors


def load_author(folder: Path) -> Author:
    """Load one author's card and notes.

    Raises:
        BadFileError: naming the file and, for a marker, the line.
    """
    card = _load_card(folder / "card.toml")
    paths = sorted(path for path in folder.rglob("*") if path.suffix in {".md", ".txt"} and path.is_file())
    if not paths:
        raise BadFileError(folder, "", "no notes (*.md or *.txt) beside the card")
    documents = tuple(parse_notes(path, path.relative_to(folder).as_posix(), _read(path)) for path in paths)
    author = Author(name=folder.name, card=card, documents=documents)
    claims = {item.claim for item in author.items if item.claim}
    for item in author.items:
        if item.effect_of and item.effect_of not in claims:
            raise BadFileError(folder / item.path, f"line {item.line}", f"of={item.effect_of} has no id= of that name")
    return author


def write_clean(author: Author, folder: Path) -> tuple[Path, ...]:
    """Write an author's notes without their markers, as the tool is to read them.

    Returns:
        The files written, in the order of `Author.documents`.
    """
    paths = tuple(folder / document.path for document in author.documents)
    for path, document in zip(paths, author.documents, strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(document.text, encoding="utf-8", newline="\n")
    return paths


def _load_card(path: Path) -> Card:
    text = _read(path)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadFileError(path, "", f"not valid TOML: {error}") from error
    names = [field.name for field in fields(Card)]
    for key in data:
        if key not in names:
            raise UnknownKeyError(path, key, names)
    for name in names:
        _check(path, name, data.get(name))
    return Card(**data)


def _check(path: Path, name: str, value: Any) -> None:
    wanted = _CARD_TYPES.get(name, str)
    if value is None:
        raise BadFileError(path, name, "is missing")
    if type(value) is not wanted:
        raise BadFileError(path, name, f"must be a {wanted.__name__}, not {value!r}")
    if name == "writer" and value not in _WRITERS:
        raise BadFileError(path, name, f"must be one of {', '.join(_WRITERS)}, not {value!r}")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadFileError(path, "", error.strerror or "cannot be read") from error
    except UnicodeDecodeError as error:
        raise BadFileError(path, "", "not UTF-8 text") from error
