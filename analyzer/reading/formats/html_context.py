"""Where the walk over a page stands: the open list item, toggle, heading, quote and table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from analyzer.reading.datelines import meeting_date
from analyzer.reading.formats.html_pieces import Piece
from analyzer.reading.formats.html_runs import LineOfRuns, Style
from analyzer.reading.formats.html_tables import Table

if TYPE_CHECKING:
    from lxml.html import HtmlElement


@dataclass(slots=True)
class Item:
    """A list item or toggle that is open; its first block is the item, the others belong to it."""

    depth: int
    checked: bool | None = None
    written: bool = False
    toggle: bool = False
    ticked_by_strike: bool = False
    day: bool = False
    """Whether the title was the day of a meeting and so became a heading."""


class Context(NamedTuple):
    """Where the walk stands; each element hands its own to its children."""

    sink: list[Piece]
    item: Item | None = None
    items: int = 0
    lists: int = 0
    toggles: int = 0
    nest: int | None = None
    """The nesting that the list's class gives."""
    heading: int = 0
    quotes: int = 0
    table: Table | None = None
    inner: bool = False
    """Inside a table in a table's cell, which is read as text."""


@dataclass(slots=True)
class Frame:
    """An element that the walk is in."""

    node: HtmlElement
    children: Iterator[HtmlElement]
    style: Style
    context: Context
    closes: str = ""
    """What is left to do at the element's end: "table", or text to add."""


def is_day(text: str) -> bool:
    """Return whether a toggle's title says when a meeting was."""
    return meeting_date(text, heading=False) is not None


def paragraphs(lines: list[LineOfRuns]) -> Iterator[Piece]:
    """Cut a paragraph where lines in bold stand above or between others: those are headings."""
    for bold, same in groupby(lines, key=lambda line: line.bold):
        group = list(same)
        parts = [[line] for line in group] if bold else [group]
        for part in parts:
            text = "\n".join(line.text for line in part)
            yield Piece(kind="text", text=text, bold=bold, struck=all(line.struck for line in part))


def span_of(said: str | None) -> int:
    """Return over how many rows or columns a cell reaches, by its attribute."""
    return min(int(said[:4]), 1_000) if said and said.isascii() and said.isdigit() else 1
