"""Markdown tables to blocks: a row is a block, unless the table is a log with a meeting in each row, or lists sections."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analyzer.patterns.sections import is_section_name
from analyzer.reading.blocks import Draft
from analyzer.reading.columns import Columns, Piece, Role, columns_of, is_date, pieces_of
from analyzer.reading.lines import row_text
from analyzer.records import BlockKind

_BAR = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"[ \t]{0,20}<br[ \t]{0,3}/?>[ \t]{0,20}(?:[-*•][ \t]{1,9})?", re.IGNORECASE)
_LONGEST_HEAD = 60
_MOST_CELLS = 100
_SAMPLE_ROWS = 200


@dataclass(frozen=True, slots=True)
class Table:
    """A table's blocks, with parents counted from the first of them; what it leaves out; and the line after it."""

    drafts: list[Draft]
    ignored: list[tuple[int, int, str]]
    end: int


def table_at(lines: Sequence[str], number: int, *, level: int, dated: bool) -> Table:
    """Read the table whose head is a given line.

    Args:
        lines: of the file.
        number: index of the head; the rule stands under it.
        level: of the heading above.
        dated: whether the table stands inside a meeting, so that its dates open none.

    Returns:
        Each row that is not empty in one block; where a row is cut into its cells, each cell in one block.
    """
    end = number + 2
    while end < len(lines) and "|" in lines[end]:
        end += 1
    head = _cells(lines[number])
    rows = [(place, _cells(lines[place])) for place in range(number + 2, end)]
    ignored = [(number, number + 1, "table head")]
    listed = len(head) == 2 and is_section_name(head[0]) and any(is_section_name(cells[0]) for _, cells in rows)
    if listed or any(is_date(cell) or len(cell) > _LONGEST_HEAD for cell in head):
        rows, head, ignored = [(number, head), *rows], [], [(number + 1, number + 1, "table head")]
    columns = columns_of(head, [cells for _, cells in rows[:_SAMPLE_ROWS]])
    if columns.roles[:1] == (Role.DATE,) and not dated:
        drafts = _log(rows, columns, level)
    else:
        drafts = []
        for place, cells in rows:
            cut = _sections(cells, columns)
            text = row_text(lines[place])
            if cut:
                drafts += _under_leads(cut, place + 1, len(drafts))
            elif text.strip("| \t"):
                drafts.append(_draft(BlockKind.ROW, _BREAK.sub("; ", text), place + 1))
    read = {draft.start for draft in drafts}
    ignored += [(place, place, "empty table row") for place, _ in rows if place + 1 not in read]
    return Table(drafts, ignored, end)


def _log(rows: Sequence[tuple[int, list[str]]], columns: Columns, level: int) -> list[Draft]:
    """Write a table with a meeting in each row as headings and items."""
    drafts: list[Draft] = []
    date = section = ""
    lead: int | None = None
    for place, cells in rows:
        for piece in pieces_of(cells, columns):
            if piece.kind == "date" and piece.text != date:
                drafts.append(_draft(BlockKind.HEADING, piece.text, place + 1, min(level + 1, 5), marked=True))
                date, section, lead = piece.text, "", None
            elif piece.kind == "section" and piece.text != section:
                drafts.append(_draft(BlockKind.HEADING, piece.text, place + 1, min(level + 2, 6), marked=True))
                section, lead = piece.text, None
            elif piece.kind == "lead":
                lead = len(drafts)
                drafts.append(_draft(BlockKind.HEADING, piece.text, place + 1))
            elif piece.kind == "item":
                drafts.append(_item(piece, place + 1, lead if piece.depth else None))
    return drafts


def _sections(cells: Sequence[str], columns: Columns) -> list[Piece]:
    """Cut a row by the sections that its cells are of: by its first cell, or by all heads; empty where it has none."""
    said = [cell for cell in cells[1:] if cell]
    if said and is_section_name(cells[0]):
        heads = Columns(("", *[cells[0]] * len(cells[1:])), (Role.OTHER, *[Role.SECTION] * len(cells[1:])))
        return pieces_of(["", *cells[1:]], heads)
    if len(cells) > 1 and len(columns.roles) == len(cells) and set(columns.roles) == {Role.SECTION}:
        return pieces_of(cells, columns)
    return []


def _under_leads(pieces: Sequence[Piece], line: int, above: int) -> list[Draft]:
    """Write sections as leads: they head their items, and nothing below the table."""
    drafts: list[Draft] = []
    lead: int | None = None
    for piece in pieces:
        if piece.kind == "section":
            lead = above + len(drafts)
            drafts.append(_draft(BlockKind.HEADING, piece.text, line))
        else:
            drafts.append(_item(piece, line, lead))
    return drafts


def _item(piece: Piece, line: int, parent: int | None) -> Draft:
    return Draft(BlockKind.ITEM, [piece.text], line, line, depth=piece.depth, checked=piece.checked, parent=parent)


def _draft(kind: BlockKind, text: str, line: int, depth: int = 0, *, marked: bool = False) -> Draft:
    return Draft(kind, [text], line, line, depth=depth, marked=marked)


def _cells(line: str) -> list[str]:
    body = line.strip().removeprefix("|")
    body = body[:-1] if body.endswith("|") and not body.endswith("\\|") else body
    return [cell.strip().replace("\\|", "|") for cell in _BAR.split(body, _MOST_CELLS)]
