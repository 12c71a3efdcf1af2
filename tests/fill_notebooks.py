"""Runs the notebooks and keeps their outputs in them: part of `make docs`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
_SECONDS = 120


def run(path: Path) -> Any:
    """Return a notebook as it is after all of its cells were run in order, in its own folder.

    Args:
        path: the notebook; the file is not changed.
    """
    notebook = read(path)
    client = NotebookClient(
        notebook, timeout=_SECONDS, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}
    )
    client.execute()
    return settled(notebook)


def read(path: Path) -> Any:
    """Return a notebook as it stands on disk."""
    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]


def settled(notebook: Any) -> Any:
    """Take out what differs from run to run and from machine to machine: times and the version of the kernel."""
    notebook.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    for cell in notebook.cells:
        cell.metadata = {"tags": cell.metadata["tags"]} if "tags" in cell.metadata else {}
    return notebook


def texts(notebook: Any) -> list[str]:
    """Return the outputs of all cells as text."""
    return [
        output.get("text")
        or "\n".join(output.get("data", {}).get(kind, "") for kind in ("text/plain", "text/markdown"))
        for cell in notebook.cells
        for output in cell.get("outputs", ())
    ]


def main() -> None:
    """Run every notebook and write it with its outputs."""
    for path in NOTEBOOKS:
        nbformat.write(run(path), path)  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    main()
