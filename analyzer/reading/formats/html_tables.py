"""Tables of a page: logs with a meeting a row, forms with a name a row, and tables proper.

A person who keeps 1:1s in a table writes the day in one column and lists in the others. Such a row is read as a meeting: the day
as a heading, the other columns as headings over their lists. A form (names in the first column, values in the second) is read as
properties or headings. Where a cell holds a list, its row's first cell is an item and the list stands under it. All other tables
stay tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from analyzer.patterns.sections import section_of
from analyzer.reading.datelines import meeting_date
from analyzer.reading.formats.html_pieces import Piece

_WIDEST = 60
_MOST_SPANNED = 100_000
"""Cells of a table after which none reaches over others any more: no notes have as many."""
_DATE_WORDS = frozenset(
    ("", "date", "when", "week", "day", "meeting", "meeting date", "week of", "1:1", "session", "w/c")
)
_LONGEST_VALUE = 200
_LEVELS = 6


@dataclass(slots=True)
class Cell:
    """A cell with its blocks."""

    pieces: list[Piece]
    header: bool = False
    across: int = 1
    down: int = 1

    @property
    def text(self) -> str:
        """All its words on one line."""
        parts = [piece.text.replace("\n", " ") for piece in self.read]
        loose = [part.rstrip(";") for part in parts]
        return "; ".join(loose) if len(loose) > 1 else "".join(parts)

    @property
    def read(self) -> list[Piece]:
        """The blocks that are not left out."""
        return [piece for piece in self.pieces if piece.kind not in {"left", "rule"}]

    @property
    def plain(self) -> bool:
        """Whether the cell holds no more than one line."""
        blocks = self.read
        return not blocks or (len(blocks) == 1 and blocks[0].kind in {"text", "heading"} and "\n" not in blocks[0].text)


@dataclass(slots=True)
class Table:
    """A table with its rows as they stand in the page."""

    properties: bool = False
    """Whether the page says that it holds the page's properties."""
    rows: list[list[Cell]] = field(default_factory=list)


def table_pieces(table: Table, level: int) -> tuple[list[Piece], list[tuple[str, str]]]:
    """Return a table as blocks.

    Args:
        table: with its cells filled.
        level: of the heading that the table stands under.

    Returns:
        The blocks, and the properties where it holds the page's.
    """
    rows = _grid(table.rows)
    left = [piece for row in rows for cell in row for piece in cell.pieces if piece.kind == "left"]
    rows = [row for row in rows if any(cell.read for cell in row)]
    width = max((len(row) for row in rows), default=0)
    if width <= 1:
        return [piece for row in rows for cell in row for piece in cell.read] + left, []
    if table.properties:
        pairs = [(row[0].text, " ".join(cell.text for cell in row[1:]).strip().lstrip("@")) for row in rows]
        lines = [Piece(kind="left", text=f"{key}: {value}", reason="property") for key, value in pairs]
        return lines + left, [(key, value) for key, value in pairs if key and value]
    if _is_form(rows):
        return [piece for row in rows for piece in _form_row(row, level)] + left, []
    if _days_across(rows):
        return list(_turned(rows, level)) + left, []
    heads = _heads(rows)
    names = [cell.text for cell in heads]
    named = [Piece(kind="left", text=" | ".join(names), reason="table head")] if heads else []
    body = rows[1:] if heads else rows
    column = _date_column(body, names)
    if column is not None:
        return named + list(_log(body, names, column, level)) + left, []
    if all(cell.plain for row in body for cell in row):
        whole = [Piece(kind="row", cells=tuple(cell.text for cell in row)) for row in rows]
        whole[0] = replace(whole[0], head=bool(heads))
        return whole + left, []
    return named + [piece for row in body for piece in _row(row, names, level)] + left, []


def _grid(rows: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    """Give each row a cell for each column; where one reaches over several, those after its first are empty."""
    grid: list[list[Cell]] = []
    reaching: dict[int, int] = {}
    count = 0
    for row in rows:
        spans = count < _MOST_SPANNED
        line: list[Cell] = []
        for cell in row:
            _fill(line, reaching)
            if len(line) >= _WIDEST:
                line[-1].pieces.extend(cell.pieces)
                continue
            for place in range(min(max(1, cell.across), _WIDEST - len(line)) if spans else 1):
                reaching[len(line)] = cell.down - 1 if spans else 0
                line.append(Cell([]) if place else cell)
        _fill(line, reaching)
        count += len(line)
        grid.append(line)
    return grid


def _fill(line: list[Cell], reaching: dict[int, int]) -> None:
    """Add an empty cell for each that reaches down from above."""
    while reaching.get(len(line), 0) > 0 and len(line) < _WIDEST:
        reaching[len(line)] -= 1
        line.append(Cell([]))


def _heads(rows: Sequence[list[Cell]]) -> list[Cell]:
    """Return the row of names above the columns, empty where there is none."""
    first = rows[0]
    if len(rows) < 2 or not all(cell.plain for cell in first):
        return []
    worded = [cell for cell in first if cell.read]
    if all(cell.header for cell in worded) or all(cell.read[0].bold for cell in worded):
        return first
    named = any(cell.text.casefold().strip(": ") in _DATE_WORDS and cell.read for cell in worded)
    sections = sum(_is_section(cell.text) for cell in worded)
    short = all(len(cell.text.split()) <= 4 for cell in worded)
    return first if short and (named or sections >= 2) else []


def _is_form(rows: Sequence[list[Cell]]) -> bool:
    """Return whether each row is a name and its value."""
    return all(len(row) == 2 and row[0].header and not row[1].header and row[0].plain for row in rows)


def _form_row(row: list[Cell], level: int) -> Iterator[Piece]:
    name, value = row[0].text.rstrip(": "), row[1]
    if value.plain and len(value.text) <= _LONGEST_VALUE and not _is_section(name):
        if value.read:
            yield Piece(kind="text", text=f"{name}: {value.text}")
        return
    yield Piece(kind="heading", text=name, depth=min(level + 1, _LEVELS))
    yield from _as_items(value, 0)


def _date_column(rows: Sequence[list[Cell]], names: Sequence[str]) -> int | None:
    """Return the column that says when a row's meeting was: one with such a name or none, filled with days alone."""
    width = max((len(row) for row in rows), default=0)
    for column in range(width):
        name = names[column].casefold().strip(": ") if column < len(names) else ""
        if name not in _DATE_WORDS or (not name and column):
            continue
        filled = [row[column] for row in rows if column < len(row) and row[column].read]
        dated = [cell for cell in filled if _day(cell)]
        if dated and len(dated) * 3 >= len(filled) * 2:
            return column
    return None


def _days_across(rows: Sequence[list[Cell]]) -> bool:
    """Return whether each column but the first is a meeting, with its day on top."""
    first, *others = rows[0]
    return len(rows) > 1 and first.plain and not _day(first) and len(others) > 1 and all(_day(cell) for cell in others)


def _turned(rows: Sequence[list[Cell]], level: int) -> Iterator[Piece]:
    """Return a table with a meeting a column as meetings, the names of the rows as headings."""
    level = min(max(level, 1) + 1, _LEVELS - 1)
    for column in range(1, len(rows[0])):
        yield Piece(kind="heading", text=_day(rows[0][column]), depth=level)
        for row in rows[1:]:
            if column < len(row) and row[column].read:
                if row[0].read:
                    yield Piece(kind="heading", text=row[0].text, depth=level + 1)
                yield from _as_items(row[column], 0)


def _day(cell: Cell) -> str:
    """Return a cell's first line where it says when a meeting was, '' otherwise."""
    first = cell.read[0].text.split("\n")[0] if cell.read else ""
    return first if first and meeting_date(first, heading=False) else ""


def _log(rows: Sequence[list[Cell]], names: Sequence[str], column: int, level: int) -> Iterator[Piece]:
    level = min(max(level, 1) + 1, _LEVELS - 1)
    others = [name for place, name in enumerate(names) if place != column]
    last = ""
    for row in rows:
        cell = row[column] if column < len(row) else Cell([])
        day = _day(cell)
        if day and day != last:
            yield Piece(kind="heading", text=day, depth=level)
            last = day
        first, *more = cell.read or [Piece(kind="text")]
        rest = first.text.split("\n")[1:] if day else [first.text]
        aside = [replace(first, text=text) for text in rest if text] + more
        yield from (replace(piece, kind="item" if piece.kind == "text" else piece.kind) for piece in aside)
        yield from _row([one for place, one in enumerate(row) if place != column], others, level)


def _row(row: list[Cell], names: Sequence[str], level: int) -> Iterator[Piece]:
    """Return a row of a table in which cells hold lists, or of a log."""
    filled = [(cell, names[place] if place < len(names) else "") for place, cell in enumerate(row) if cell.read]
    if not filled:
        return
    if _are_sections(names) or (any(map(_is_section, names)) and not all(cell.plain for cell, _ in filled)):
        for cell, name in filled:
            if name:
                yield Piece(kind="heading", text=name, depth=min(level + 1, _LEVELS))
            yield from _as_items(cell, 0)
    elif len(filled) == 1:
        yield from _as_items(filled[0][0], 0)
    elif all(cell.plain for cell, _ in filled):
        yield Piece(kind="item", text=" | ".join(cell.text for cell, _ in filled))
    else:
        lead = filled[0][0].plain
        for place, (cell, _) in enumerate(filled):
            yield from _as_items(cell, 1 if lead and place else 0)


def _are_sections(names: Sequence[str]) -> bool:
    """Return whether the columns are the sections of a meeting ("Wins", "Blockers"), so that each cell is a thing of its own."""
    named = [name for name in names if name]
    count = sum(map(_is_section, named))
    return bool(named) and (count == len(named) or count >= 2)


def _is_section(name: str) -> bool:
    """Return whether a column's name says more than that there are notes in it."""
    return bool(name) and section_of(name) not in {"", "notes"}


def _as_items(cell: Cell, depth: int) -> Iterator[Piece]:
    """Return a cell's blocks as list items, its own lists under the same roof."""
    for piece in cell.read:
        if piece.kind in {"item", "more"}:
            yield replace(piece, depth=piece.depth + depth)
        elif piece.kind == "text":
            for line in piece.text.split("\n"):
                yield replace(piece, kind="item", text=line, depth=depth)
        else:
            yield piece
