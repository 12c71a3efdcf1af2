"""Paths to items: what every use of the notes begins with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from analyzer.reading import Reading, read_paths
from analyzer.records import Ignored, Item
from analyzer.settings import Settings
from analyzer.splitting import split


def read_items(paths: Sequence[Path], settings: Settings) -> tuple[Reading, list[Item], tuple[Ignored, ...]]:
    """Read notes and split them into items.

    Args:
        paths: files and folders.
        settings: one run's settings.

    Returns:
        What was read, the items in the order of the notes, and the lines that are no items.

    Raises:
        AnalyzerError: a path is missing, or nothing could be read.
    """
    reading = read_paths(paths, settings)
    items: list[Item] = []
    ignored: list[Ignored] = []
    for document in reading.documents:
        found, left_out = split(document)
        items += found
        ignored += [*document.ignored, *left_out]
    return reading, items, tuple(ignored)
