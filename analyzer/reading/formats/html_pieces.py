"""The blocks of a page in order, between its tags and the lines of a `Text`.

A place is "paragraph N": the Nth block with text, where headings, paragraphs, list items, table rows, captions and what was left
out count one each, in the order in which a person reads the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analyzer.reading.text import Outline

_ESCAPED = ("```", "~~~", "<!--")
_BOLD_CHARACTERS = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A block: ``kind`` is heading, item, more (of the item above), text, quote, pre, rule, row or left."""

    kind: str
    text: str = ""
    depth: int = 0
    """The level of a heading, the nesting of an item."""
    checked: bool | None = None
    struck: bool = False
    bold: bool = False
    reason: str = ""
    """Why a piece of the kind left is not read."""
    cells: tuple[str, ...] = ()
    head: bool = False
    """Whether a row is the head of a table; a row that follows no row opens a table without one."""

    @property
    def words(self) -> str:
        """The text, in bold where it is bold from end to end."""
        plain = "\n" in self.text or "*" in self.text or len(self.text) > _BOLD_CHARACTERS
        return f"**{self.text}**" if self.bold and self.text and not plain else self.text


def write(pieces: Sequence[Piece], out: Outline) -> None:
    """Write pieces as the lines of a text, each with its place."""
    count = 0
    rows: list[tuple[Sequence[str], str]] = []
    head = False
    for piece in pieces:
        count += piece.kind != "rule"
        place = f"paragraph {max(count, 1)}"
        if rows and (piece.kind != "row" or piece.head):
            out.table(rows, head=head)
            rows = []
        if piece.kind == "row":
            head = head if rows else piece.head
            rows.append((piece.cells, place))
        else:
            _write(piece, out, place)
    out.table(rows, head=head)


def _write(piece: Piece, out: Outline, place: str) -> None:
    if piece.kind == "heading":
        out.heading(piece.text, piece.depth, place)
    elif piece.kind == "item":
        out.item(piece.words, piece.depth, place, checked=piece.checked, struck=piece.struck)
    elif piece.kind == "more":
        out.paragraph(_safe(piece), place, depth=piece.depth)
    elif piece.kind == "quote":
        out.quote(piece.text, place)
    elif piece.kind == "rule":
        out.rule(place)
    elif piece.kind == "left":
        out.ignore(piece.text, piece.reason, place)
    elif piece.kind == "pre":
        # its lines are Markdown already, with the indents that a person typed
        out.blank(place)
        for line in piece.text.splitlines():
            out.lines.append(line.rstrip())
            out.places.append(place)
    else:
        out.paragraph(_safe(piece), place)


def _safe(piece: Piece) -> str:
    """Return a paragraph's text so that none of its lines opens a code block or a comment."""
    text = f"~~{piece.text}~~" if piece.struck and "\n" not in piece.text else piece.words
    if not any(mark in text for mark in _ESCAPED):
        return text
    return "\n".join("\\" + line if line.lstrip().startswith(_ESCAPED) else line for line in text.split("\n"))
