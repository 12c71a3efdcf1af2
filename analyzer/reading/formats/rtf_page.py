"""The paragraphs and tables of an RTF file, put together from their runs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from analyzer.reading.formats.html_pieces import Piece
from analyzer.reading.formats.html_runs import Run, lines_of
from analyzer.reading.formats.html_tables import Cell, Table, table_pieces

_TAB = 720
"""Twentieths of a point, as indents are measured."""
_BULLET = re.compile(r"[ \t]{0,20}(?:[•◦▪●○·‣⁃–-][ \t]{1,9}|(?P<box>[☐☑☒✓✔][ \t]{0,9}))(?=\S)")
_BOXES = {"☐": False, "□": False, "☑": True, "☒": True, "✓": True, "✔": True}
_DRAWN_BOXES = {**_BOXES, "¨": False, "þ": True}
"""With those of Wingdings, which stand where a bullet is."""
_DEEPEST = 9
_LEVELS = 6


@dataclass(slots=True)
class Paragraph:
    """What a paragraph is by its own control words."""

    style: int = 0
    list: int = 0
    nesting: int = 0
    level: int | None = None
    indent: int = 0
    cell: bool = False

    def take(self, word: str, number: int) -> bool:
        """Take a control word; return whether it is about the paragraph."""
        if word == "intbl":
            self.cell = True
        elif word == "ls":
            self.list = number
        elif word == "ilvl":
            self.nesting = min(max(number, 0), _DEEPEST)
        elif word == "s":
            self.style = number
        elif word == "outlinelevel":
            self.level = number if 0 <= number < _LEVELS else None
        elif word == "li":
            self.indent = number
        else:
            return False
        return True


@dataclass(slots=True)
class Page:
    """Blocks so far, and the paragraph, cell and row that are open."""

    pieces: list[Piece] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    paragraph: Paragraph = field(default_factory=Paragraph)
    headings: dict[int, int] = field(default_factory=dict)
    """The level of each style that is a heading."""
    marker: str = ""
    """The bullet or number that the writing program drew before a list item."""
    table: Table | None = None
    cells: list[Cell] = field(default_factory=list)
    cell: list[Piece] = field(default_factory=list)
    indents: list[int] = field(default_factory=list)
    level: int = 1
    """Of the last heading."""
    head: bool = False
    """Whether the row is the head of its table."""

    def take(self, word: str, number: int | None) -> bool:
        """Take a control word; return whether it is about paragraphs and tables."""
        if word in {"par", "sect", "page"}:
            self.end_paragraph()
        elif word == "pard":
            self.paragraph = Paragraph()
        elif word in {"cell", "nestcell"}:
            self.paragraph.cell = True
            self.end_paragraph()
            self.cells.append(Cell(self.cell))
            self.cell = []
        elif word in {"row", "nestrow"}:
            self._end_row()
        elif word == "trhdr":
            self.head = True
        else:
            return self.paragraph.take(word, number or 0)
        return True

    def end(self) -> None:
        """Write what is still open."""
        self.end_paragraph()
        self._end_table()

    def end_paragraph(self) -> None:
        """Write the paragraph that its runs make."""
        now = self.paragraph
        box = [_DRAWN_BOXES[character] for character in self.marker if character in _DRAWN_BOXES]
        self.marker = ""
        runs, self.runs = self.runs, []
        if not now.cell:
            self._end_table()
        sink = self.cell if now.cell else self.pieces
        read = [run for run in runs if not run.style.reason]
        lead = "".join(run.text for run in read)[:60]
        typed = None if now.list else _BULLET.match(lead)
        lines = lines_of(_without(read, typed.end()) if typed else read)
        if lines:
            piece = Piece(
                kind="text",
                text=_whole("\n".join(line.text for line in lines)),
                bold=all(line.bold for line in lines),
                struck=all(line.struck for line in lines),
            )
            checked = box[0] if box else None
            sink.append(self._placed(piece, now, typed[0] if typed else "", checked))
        hidden = {run.style.reason: "" for run in runs if run.style.reason}
        for reason in hidden:
            words = " ".join("".join(run.text for run in runs if run.style.reason == reason).split())
            if words:
                sink.append(Piece(kind="left", text=_whole(words), reason=reason))

    def _placed(self, piece: Piece, now: Paragraph, typed: str, checked: bool | None) -> Piece:
        """Make a heading or list item of a paragraph that is one; ``typed`` is the bullet at its front."""
        level = now.level + 1 if now.level is not None else self.headings.get(now.style)
        if level:
            self.level = level
            return replace(piece, kind="heading", depth=level)
        if now.list or not typed:
            self.indents = []
            return replace(piece, kind="item", depth=now.nesting, checked=checked) if now.list else piece
        mark = typed.strip()
        indent = now.indent + _TAB * typed.partition(mark)[0].count("\t")
        while self.indents and indent < self.indents[-1]:
            self.indents.pop()
        if not self.indents or indent > self.indents[-1]:
            self.indents.append(indent)
        return replace(piece, kind="item", depth=len(self.indents) - 1, checked=_BOXES.get(mark))

    def _end_row(self) -> None:
        if self.cells:
            self.table = self.table or Table()
            self.table.rows.append([replace(cell, header=self.head) for cell in self.cells])
        self.cells = []
        self.head = False

    def _end_table(self) -> None:
        if self.cells:
            self._end_row()
        if self.table is None:
            return
        self.pieces += table_pieces(self.table, self.level)[0]
        self.table = None


def _without(runs: list[Run], count: int) -> list[Run]:
    """Take characters off the front of a paragraph."""
    found: list[Run] = []
    for run in runs:
        cut = min(count, len(run.text))
        count -= cut
        found.append(run._replace(text=run.text[cut:]))
    return found


def _whole(text: str) -> str:
    """Put characters together that RTF writes as two halves, and drop halves without the other."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
