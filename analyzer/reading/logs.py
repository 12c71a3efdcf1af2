"""Rows of a log to lines of notes: a heading for each run of one date, a sub-heading for each kind of entry, and items."""

from __future__ import annotations

from collections.abc import Sequence

from analyzer.reading.columns import Columns, Piece, Role, columns_of, find_head, is_date, pieces_of
from analyzer.reading.text import Outline

Rows = Sequence[tuple[int, Sequence[str]]]
"""Rows with anything in them, with their numbers as a spreadsheet counts them."""

_SAMPLE_ROWS = 500
_MOST_PEOPLE = 8


def write_log(out: Outline, rows: Rows, place: str) -> bool:
    """Write the rows of a sheet as notes.

    Args:
        out: what is written to.
        rows: those with any cell filled.
        place: how a row is named, without its number ("row", "sheet Log, row").

    Returns:
        Whether any row has a date.
    """
    at = find_head([cells for _, cells in rows[:_SAMPLE_ROWS]])
    heads = rows[at][1] if at is not None else ()
    body = rows[at + 1 :] if at is not None else rows
    columns = columns_of(heads, [cells for _, cells in body[:_SAMPLE_ROWS]])
    if at is not None:
        _write_top(out, rows[:at], place)
        number, cells = rows[at]
        out.ignore(" | ".join(cells), "table head", f"{place} {number}")
    _Log(out, columns, place).write(_without_single_author(out, columns, body))
    return columns.has(Role.DATE)


class _Log:
    """Writes rows one after the other and knows under which date and section the last one stood."""

    def __init__(self, out: Outline, columns: Columns, place: str) -> None:
        self.out, self.columns, self.place = out, columns, place
        self.date = self.section = ""

    def write(self, rows: Rows) -> None:
        for number, cells in rows:
            place = f"{self.place} {number}"
            said = [cell for cell in cells if cell.strip()]
            if len(said) == 1 and is_date(said[0]) and self.columns.has(Role.DATE):
                self._date(said[0], place)
                continue
            pieces = pieces_of(cells, self.columns)
            self._leave_section(pieces, place)
            for piece in pieces:
                self._piece(piece, place)

    def _leave_section(self, pieces: Sequence[Piece], place: str) -> None:
        """End a section at a row of the same date that has a column for the kind and leaves it empty."""
        kinds = [piece.kind for piece in pieces]
        first = next((kind for kind in kinds if kind != "date"), "section")
        blank = self.columns.has(Role.TYPE) and ("date" in kinds or not self.columns.has(Role.DATE))
        new_date = any(piece.kind == "date" and piece.text != self.date for piece in pieces)
        if self.section and first != "section" and (blank or self.columns.has(Role.SECTION)) and not new_date:
            self.out.heading("Notes", 3, place)
            self.section = ""

    def _piece(self, piece: Piece, place: str) -> None:
        if piece.kind == "date":
            if piece.text != self.date:
                self._date(piece.text, place)
        elif piece.kind == "section":
            if piece.text != self.section:
                self.out.heading(piece.text, 3, place)
            self.section = piece.text
        else:
            self.out.item(piece.text, piece.depth, place, checked=piece.checked)

    def _date(self, text: str, place: str) -> None:
        self.out.heading(text, 2, place)
        self.date, self.section = text, ""


def _write_top(out: Outline, rows: Rows, place: str) -> None:
    """Write what stands above the heads: a title, remarks, and pairs such as "Manager" beside a name."""
    for number, cells in rows:
        said = [" ".join(cell.split()) for cell in cells if cell.strip()]
        if len(said) == 1 and number == rows[0][0] and len(said[0]) <= 100:
            out.heading(said[0], 1, f"{place} {number}")
        elif len(said) == 2 and len(said[0]) <= 30:
            out.paragraph(f"{said[0].rstrip(': ')}: {said[1]}", f"{place} {number}")
        elif said:
            out.paragraph(" | ".join(said), f"{place} {number}")


def _without_single_author(out: Outline, columns: Columns, rows: Rows) -> Rows:
    """Say once who wrote a log that one person wrote; where several did, each row says whose words it is."""
    if not columns.has(Role.AUTHOR):
        return rows
    at = columns.roles.index(Role.AUTHOR)
    cells = [cells[at].strip() if at < len(cells) else "" for _, cells in rows]
    names = set(cells)
    if len(names) != 1 or not all(cells):
        people = list(dict.fromkeys(cell for cell in cells if cell))[:_MOST_PEOPLE]
        out.properties.append(("attendees", ", ".join(people)))
        return rows
    out.properties.append(("author", cells[0]))
    return [(number, [*row[:at], "", *row[at + 1 :]]) for number, row in rows]
