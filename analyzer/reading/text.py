"""What every format's reader returns: lines as Markdown would write them, and where each of them stands in the file.

Text formats keep their lines one for one, so that a line number of the `Text` is one of the file. Formats without lines write
one line for each paragraph, cell row or caption and name a place for it that a person can find ("paragraph 41", "page 3, line
12", "row 7"): `Outline` does that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

_LEVELS = 6
_DEEPEST = 12
"""Nesting that is kept; real lists go three deep, hostile ones ten thousand."""


class UnreadableError(Exception):
    """A file that its reader can make nothing of; the message says why in a few words, as it will stand in the report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A file as lines.

    ``places`` names where each line stands, for formats that have no lines of their own; empty where a line is a line.
    ``left_out`` are stretches of lines (1-based, inclusive) that are no words of anybody, with the reason: their text is kept
    in ``lines`` but not read. ``problems`` are things that could not be read, each with a line (or None) and a message.
    ``properties`` come from the file itself (title, author, date), as front matter would say them.
    """

    lines: tuple[str, ...]
    repairs: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    left_out: tuple[tuple[int, int, str], ...] = ()
    problems: tuple[tuple[int | None, str], ...] = ()
    properties: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Outline:
    """Lines under construction, for formats that have none: each call writes one Markdown line and where it stands.

    Line breaks inside a text are written as lines that go on from the first one, at the same place.
    """

    lines: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    left_out: list[tuple[int, int, str]] = field(default_factory=list)
    problems: list[tuple[int | None, str]] = field(default_factory=list)
    properties: list[tuple[str, str]] = field(default_factory=list)
    repairs: list[str] = field(default_factory=list)

    def heading(self, text: str, level: int, place: str) -> None:
        """Add a heading of level 1 to 6."""
        words = " ".join(text.split())
        if words:
            self.blank(place)
            self._add(f"{'#' * min(max(level, 1), _LEVELS)} {words}", place)

    def item(self, text: str, depth: int, place: str, *, checked: bool | None = None, struck: bool = False) -> None:
        """Add a list item; depth 0 is outermost, ``checked`` is None where there is no check box."""
        box = "" if checked is None else ("[x] " if checked else "[ ] ")
        indent = "    " * min(max(depth, 0), _DEEPEST)
        first, *more = [" ".join(part.split()) for part in text.split("\n")]
        self._add(f"{indent}- {box}{f'~~{first}~~' if struck and first else first}", place)
        for part in more:
            if part:
                self._add(f"{indent}  {part}", place)

    def paragraph(self, text: str, place: str, *, depth: int | None = None) -> None:
        """Add a paragraph, apart from what stands above; ``depth`` is that of the list item it belongs to."""
        indent = "" if depth is None else "    " * min(max(depth, 0), _DEEPEST) + "  "
        parts = [" ".join(part.split()) for part in text.split("\n")]
        if any(parts):
            self.blank(place)
            for part in parts:
                if part:
                    self._add(indent + part, place)

    def quote(self, text: str, place: str) -> None:
        """Add a block quote."""
        if text.strip():
            self.blank(place)
            for part in text.split("\n"):
                self._add(f"> {' '.join(part.split())}".rstrip(), place)

    def table(self, rows: Sequence[tuple[Sequence[str], str]], *, head: bool = True) -> None:
        """Add a table: each row its cells and its place; the first row is the head unless ``head`` is False."""
        if not rows:
            return
        self.blank(rows[0][1])
        if not head:
            width = max(len(cells) for cells, _ in rows)
            rows = [([""] * width, rows[0][1]), *rows]
        for number, (cells, place) in enumerate(rows):
            written = (" ".join(cell.split()).replace("|", "/") for cell in cells)
            self._add(f"| {' | '.join(written)} |", place)
            if number == 0:
                self._add(f"|{' --- |' * max(1, len(cells))}", place)

    def rule(self, place: str) -> None:
        """Add a rule, such as a page break or the line between two entries."""
        self.blank(place)
        self._add("---", place)
        self.blank(place)

    def ignore(self, text: str, reason: str, place: str) -> None:
        """Add a line that stands in the file and is not read."""
        self._add(" ".join(text.split()), place)
        self.left_out.append((len(self.lines), len(self.lines), reason))

    def blank(self, place: str) -> None:
        """Add an empty line, unless the last one is."""
        if self.lines and self.lines[-1]:
            self._add("", place)

    def text(self) -> Text:
        """Return what was written."""
        return Text(
            lines=tuple(self.lines),
            repairs=tuple(self.repairs),
            places=tuple(self.places),
            left_out=tuple(self.left_out),
            problems=tuple(self.problems),
            properties=tuple(self.properties),
        )

    def _add(self, line: str, place: str) -> None:
        self.lines.append(line)
        self.places.append(place)
