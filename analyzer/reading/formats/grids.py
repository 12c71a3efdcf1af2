"""Tables of a word processor: a grid of short cells is written as a table, one that only lays out the page as its contents.

Many templates put a meeting into a table: a row for each topic, a list in each cell. There each paragraph is one of the notes,
under the name of its row and column.
"""

from __future__ import annotations

from collections.abc import Sequence

from analyzer.patterns.sections import section_of
from analyzer.reading.columns import Role, find_head, role_of_head
from analyzer.reading.formats.office import Paragraph, Piece, Row, write_paragraph, written
from analyzer.reading.roster import PROPERTY_KEYS
from analyzer.reading.text import Outline

_MOST_COLUMNS = 64
_WORDS_OF_LABEL = 6
_PROBE_ROWS = 100
_ROW_LEVEL, _COLUMN_LEVEL = 5, 6
"""Below any heading that a person makes, so that the heading above the table stays over its contents."""


def write_table(out: Outline, rows: Sequence[Row]) -> None:
    """Write a table, as a table or as what it lays out."""
    empty = [row for row in rows if not any(_solid(cell) for cell in row.cells)]
    _write_notes(out, empty)
    rows = [row for row in rows if any(_solid(cell) for cell in row.cells)]
    if not rows:
        return
    form = _is_form(rows)
    head = not form and _is_head(rows)
    if form or any(_is_rich(cell) for row in rows for cell in row.cells) or max(len(row.cells) for row in rows) == 1:
        _lay_out(out, rows, head=head)
        return
    width = min(_MOST_COLUMNS, max(len(row.cells) for row in rows))
    grid = []
    for row in rows:
        last = [one for cell in row.cells[width - 1 :] for one in cell]
        cells = [" ".join(_text(one) for one in _solid(cell)) for cell in [*row.cells[: width - 1], last]]
        grid.append(([*cells, *[""] * (width - len(cells))], row.place))
    out.table(grid, head=head)
    out.blank(rows[-1].place)
    _write_notes(out, rows)


def _lay_out(out: Outline, rows: Sequence[Row], *, head: bool) -> None:
    names = [" ".join(one.plain for one in cell) for cell in rows[0].cells] if head else []
    if head:
        out.ignore(" | ".join(names), "table head", rows[0].place)
        _write_notes(out, rows[:1])
    sections = [section_of(name) not in {"", "notes"} for name in names]
    for row in rows[1:] if head else rows:
        for column, cell in enumerate(row.cells):
            solid = _solid(cell)
            name = names[column].strip(": ") if column < len(names) else ""
            section = bool(name) and sections[column]
            if column == 0 and len(row.cells) == 2 and _is_property(row):
                label = solid[0].plain.rstrip(": ")
                out.paragraph(f"{label}: {_text(_solid(row.cells[1])[0])}", row.place)
                _write_notes(out, [row])
                break
            if solid and column == 0 and len(row.cells) > 1 and _is_label(cell) and not section:
                out.heading(solid[0].plain, _ROW_LEVEL, row.place)
                _write_notes(out, [Row([cell], row.place)])
                continue
            if solid and section:
                out.heading(name, _COLUMN_LEVEL, row.place)
            elif name and len(solid) == 1 and not _is_rich(cell) and role_of_head(name) is not Role.WORDS:
                solid[0].pieces.insert(0, Piece(f"{name}: "))
            for paragraph in cell:
                write_paragraph(out, paragraph)
        out.blank(row.place)


def _write_notes(out: Outline, rows: Sequence[Row]) -> None:
    """Write what belongs to the cells of a grid and stands in none: comments, footnotes, hidden text."""
    for row in rows:
        for cell in row.cells:
            for one in cell:
                hidden = [piece for piece in one.pieces if piece.hidden]
                write_paragraph(out, Paragraph(hidden, notes=one.notes, place=row.place))


def _is_form(rows: Sequence[Row]) -> bool:
    """Return whether a table is a form: names beside their values, at least two of which say when or between whom."""
    return sum(_is_property(row) for row in rows) >= 2 and max(len(row.cells) for row in rows) == 2


def _is_property(row: Row) -> bool:
    """Return whether a row is a name that properties have and its value."""
    label, *values = [_solid(cell) for cell in row.cells]
    known = _is_label(label) and label[0].plain.rstrip(": ").casefold() in PROPERTY_KEYS
    return known and len(values) == 1 and len(values[0]) == 1 and not _is_rich(values[0])


def _is_head(rows: Sequence[Row]) -> bool:
    """Return whether the first row names the columns, by what the file says, by bold type or by its words."""
    first = rows[0]
    cells = [_solid(cell) for cell in first.cells]
    if len(rows) < 2 or len(cells) < 2 or any(_is_rich(cell) for cell in first.cells):
        return False
    if first.head:
        return True
    names = [" ".join(one.plain for one in cell) for cell in cells]
    if any(len(name.split()) > _WORDS_OF_LABEL for name in names):
        return False
    bold = all(_is_bold(cell) for cell in cells if cell)
    below = any(_is_bold(_solid(cell)) for row in rows[1:] for cell in row.cells[1:])
    if bold and not below and sum(bool(name) for name in names) > 1:
        return True
    return find_head([[" ".join(one.plain for one in cell) for cell in row.cells] for row in rows[:_PROBE_ROWS]]) == 0


def _is_rich(cell: Sequence[Paragraph]) -> bool:
    """Return whether a cell holds more than a value: a list, or paragraphs."""
    solid = _solid(cell)
    return len(solid) > 1 or any(one.kind in {"item", "heading"} or "\n" in one.plain for one in solid)


def _is_label(cell: Sequence[Paragraph]) -> bool:
    solid = _solid(cell)
    return len(solid) == 1 and solid[0].kind != "item" and len(solid[0].plain.split()) <= _WORDS_OF_LABEL


def _is_bold(cell: Sequence[Paragraph]) -> bool:
    pieces = [piece for one in cell for piece in one.pieces if piece.text.strip()]
    return bool(pieces) and all(piece.bold for piece in pieces)


def _solid(cell: Sequence[Paragraph]) -> list[Paragraph]:
    return [one for one in cell if one.plain]


def _text(paragraph: Paragraph) -> str:
    return written([piece for piece in paragraph.pieces if not piece.hidden])
