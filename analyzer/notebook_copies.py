"""The notebooks that the package ships, copied to the user's folder: without the sample's outputs, and with their own notes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from analyzer.errors import NotesNotFoundError, UnknownNameError
from analyzer.jobs import way_from
from analyzer.rendering import WriteReport, write_new
from analyzer.team import people_in

_SHIPPED = Path(__file__).parent / "notebooks"
_CHECKOUT = Path(__file__).parent.parent / "notebooks"
"""Where they stand in the wheel, and in a checkout of the code."""
_NOTES = re.compile(r'^notes = ".*"$', re.MULTILINE)
"""The line of a notebook that says where the notes are."""
SAMPLE = "sample"
"""The tag of a cell that is about the sample, and is left out of a copy."""


def notebooks() -> dict[str, Path]:
    """Return the notebooks that are shipped, by name."""
    folder = _SHIPPED if _SHIPPED.is_dir() else _CHECKOUT
    return {path.stem: path for path in sorted(folder.glob("*.ipynb"))}


def copy_notebooks(name: str | None, notes: Path, folder: Path) -> WriteReport:
    """Copy notebooks to a folder; a file that is there already stays as it is.

    Args:
        name: the notebook, None for all of them.
        notes: the user's notes: a file, a person's folder, or a folder of people for the notebook about several.
        folder: where the copies go; in them the notes are named as seen from there.

    Returns:
        What was written and what was there.

    Raises:
        AnalyzerError: there is no such notebook, the notes do not exist, or the folder cannot be written.
    """
    shipped = notebooks()
    if name is not None and name not in shipped:
        raise UnknownNameError("notebook", name, shipped)
    if not notes.exists():
        raise NotesNotFoundError(notes)
    way = way_from(folder, notes)
    several = notes.is_dir() and bool(people_in(notes))
    wanted = [name] if name is not None else list(shipped)
    return write_new(folder, {f"{one}.ipynb": copy_text(shipped[one], way, several=several) for one in wanted})


def copy_text(notebook: Path, way: str, *, several: bool) -> str:
    """Return a notebook as it is copied.

    Args:
        notebook: one that is shipped.
        way: the notes, as seen from where the copy goes.
        several: whether the notes are a folder of several people.
    """
    data = json.loads(notebook.read_text(encoding="utf-8"))
    cells = [_pointed(cell, way, several=several) for cell in _own(data["cells"])]
    return json.dumps({**data, "cells": cells}, ensure_ascii=False, indent=1) + "\n"


def _own(cells: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for cell in cells:
        if SAMPLE in cell["metadata"].get("tags", ()):
            continue
        yield cell | ({"outputs": [], "execution_count": None} if cell["cell_type"] == "code" else {})


def _pointed(cell: Mapping[str, Any], way: str, *, several: bool) -> dict[str, Any]:
    if cell["cell_type"] != "code":
        return dict(cell)
    line = f"notes = {json.dumps(way, ensure_ascii=False)}"
    source = _NOTES.sub(lambda _: line, "".join(cell["source"]))
    if not several:  # one person's notes, maybe of several years
        source = source.replace("analyzer.read_team(notes)", "analyzer.read_years(notes)")
    return {**cell, "source": source.splitlines(keepends=True)}
