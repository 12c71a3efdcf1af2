"""The same notes in two files: read once, because each line of them would count twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from analyzer.records import Document, Problem


def without_doubles(documents: Sequence[Document]) -> tuple[list[Document], list[Problem]]:
    """Leave out documents that say the same on the same days as another.

    Two files with one text whose names give different days ("2025-01-14.md", "2025-01-28.md") are two meetings.

    Args:
        documents: in any order.

    Returns:
        The documents in their order, and a problem for each that was left out; of equal ones the shortest path stays.
    """
    first: dict[tuple[tuple[str, ...], tuple[date | None, ...]], Document] = {}
    for one in sorted(documents, key=lambda one: (one.path.count("/"), len(one.path), one.path)):
        first.setdefault(_content(one), one)
    kept = [one for one in documents if first[_content(one)] is one]
    left = [
        Problem(path=one.path, line=None, message=f"same content as {first[_content(one)].path}, read once")
        for one in documents
        if first[_content(one)] is not one
    ]
    return kept, left


def _content(document: Document) -> tuple[tuple[str, ...], tuple[date | None, ...]]:
    return document.lines, tuple(meeting.date for meeting in document.meetings)
