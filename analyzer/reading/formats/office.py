"""Paragraphs and tables of a word processor, and how they are written as lines; shared by DOCX and ODT.

A place is "paragraph N" or "table N, row M". Paragraphs are counted as Word counts them under its word count: from the top,
headings and list items included, empty ones and those inside tables left out. Tables and their rows are counted from 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from analyzer.reading.repair import repair_string
from analyzer.reading.text import Outline, Text, UnreadableError

_WORDS_OF_HEADING = 30
"""A longer paragraph has the style of a heading by mistake."""
_LONGEST_LINK = 2_000
_TYPED_BULLET = re.compile(r"(?P<lead>[ \t\u00a0]*)[-–—*•·◦▪●‣∙][ \t\u00a0]+(?=\S)")
_BOX = re.compile(r"[ \t\u00a0]*(?P<glyph>[☐☑☒□])[ \t\u00a0]*")
_BOXES = frozenset("☐☑☒□")
_TICKED = frozenset("☑☒")
_URL = re.compile(r"(?:https?|ftp)://\S", re.IGNORECASE)
_SPACES_OF_TAB = 4


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that looks one way; a line break is a line feed."""

    text: str
    bold: bool = False
    italic: bool = False
    struck: bool = False
    hidden: bool = False
    link: str = ""


@dataclass(slots=True)
class Paragraph:
    """A paragraph: ``kind`` is text, heading, item, more (goes on with an item), quote, rule or skip.

    ``level`` is a heading's level from 1, or an item's depth from 0. ``boxed`` is an item whose bullet is an empty check box.
    ``notes`` follow it: the reason why each is left out ("" for one that is read), its text, and its place.
    """

    pieces: list[Piece] = field(default_factory=list)
    kind: str = "text"
    level: int = 0
    checked: bool | None = None
    boxed: bool = False
    reason: str = ""
    notes: list[tuple[str, str, str]] = field(default_factory=list)
    place: str = ""

    @property
    def plain(self) -> str:
        """The words that can be seen, without marks."""
        return "".join(piece.text for piece in self.pieces if not piece.hidden).strip()


@dataclass(slots=True)
class Row:
    """A table's row: the paragraphs of each cell; ``head`` where the file says that it is the table's head."""

    cells: list[list[Paragraph]]
    place: str
    head: bool = False


def finished(out: Outline) -> Text:
    """Return what was written, repaired as plain text is.

    Raises:
        UnreadableError: nothing was.
    """
    if not any(out.lines):
        raise UnreadableError("no text in it")
    text, repairs = repair_string("\n".join(out.lines))
    return replace(out.text(), lines=tuple(text.split("\n")), repairs=repairs)


def write_paragraph(out: Outline, paragraph: Paragraph) -> None:
    """Write a paragraph and the notes that belong to it."""
    if not (paragraph.pieces or paragraph.notes or paragraph.kind == "rule"):
        return
    place = paragraph.place
    hidden = " ".join("".join(piece.text for piece in paragraph.pieces if piece.hidden).split())
    seen = replace(paragraph, pieces=[piece for piece in paragraph.pieces if not piece.hidden])
    if paragraph.kind == "rule" and not seen.plain:
        out.rule(place)
    elif seen.plain:
        _write_seen(out, seen)
    if hidden:
        out.ignore(hidden, "hidden text", place)
    for reason, text, at in paragraph.notes:
        if reason and text.strip():
            out.ignore(text, reason, at)
        elif text.strip():
            in_list = paragraph.kind in {"item", "more"}
            out.paragraph(text, at, depth=paragraph.level if in_list else None)


def _write_seen(out: Outline, paragraph: Paragraph) -> None:
    place, lines = paragraph.place, _lines(paragraph.pieces)
    if paragraph.kind == "skip":
        out.ignore(paragraph.plain, paragraph.reason, place)
    elif paragraph.kind == "heading" and len(paragraph.plain.split()) <= _WORDS_OF_HEADING:
        out.heading(" ".join(written(_unmarked(line)) for line in lines), paragraph.level, place)
    elif paragraph.kind == "quote":
        out.quote("\n".join(written(line) for line in lines if written(line)), place)
    elif paragraph.kind == "item":
        _write_item(out, lines, paragraph.level, place, checked=paragraph.checked, boxed=paragraph.boxed)
    elif paragraph.kind == "more":
        out.paragraph("\n".join(written(line) for line in lines), place, depth=paragraph.level)
    else:
        _write_typed(out, lines, place)


def _write_typed(out: Outline, lines: Sequence[list[Piece]], place: str) -> None:
    """Write a plain paragraph, in which each line may open an item with a bullet or check box that somebody typed."""
    above: list[str] = []
    item: list[list[Piece]] = []
    depth = 0
    for line in lines:
        bullet = _TYPED_BULLET.match("".join(piece.text for piece in line))
        box = _box("".join(piece.text for piece in line))
        if not bullet and not box:
            if item:
                item.append(line)
            else:
                above.append(written(line))
            continue
        if item:
            _write_item(out, item, depth, place)
        elif any(above):
            out.paragraph("\n".join(above), place)
        lead = (bullet["lead"] if bullet else "").replace("\t", " " * _SPACES_OF_TAB)
        item, depth = [_cut(line, bullet.end() if bullet else 0)], (len(lead) + 2) // _SPACES_OF_TAB
    if item:
        _write_item(out, item, depth, place)
    elif any(above):
        out.paragraph("\n".join(above), place)


def _write_item(
    out: Outline,
    lines: Sequence[list[Piece]],
    depth: int,
    place: str,
    *,
    checked: bool | None = None,
    boxed: bool = False,
) -> None:
    first = "".join(piece.text for piece in lines[0]) if lines else ""
    box = _box(first)
    if box:
        checked = box["glyph"] in _TICKED
        lines = [_cut(lines[0], box.end()), *lines[1:]]
    pieces = [piece for line in lines for piece in line if piece.text.strip()]
    struck = bool(pieces) and all(piece.struck for piece in pieces)
    if lines and struck:
        lines = [[replace(piece, struck=False) for piece in lines[0]], *lines[1:]]
    if boxed and struck:
        # A bullet that is drawn as a box cannot be ticked; striking its line out is how that is done.
        checked, struck = True, False
        lines = [[replace(piece, struck=False) for piece in line] for line in lines]
    elif boxed and checked is None:
        checked = False
    text = "\n".join(written(line) for line in lines)
    if text.strip():
        out.item(text, depth, place, checked=checked, struck=struck)


def _box(line: str) -> re.Match[str] | None:
    """Return the check box that a line begins with; a line with several is a form's question."""
    return _BOX.match(line) if sum(character in _BOXES for character in line) == 1 else None


def written(line: Sequence[Piece]) -> str:
    """Return one line's pieces with Markdown marks: bold, struck out, links; italics only where all of the line is."""
    solid = [piece for piece in line if piece.text.strip()]
    italic = bool(solid) and all(piece.italic and not piece.bold for piece in solid)
    parts = []
    for bold, group in _groups(line, "bold"):
        inner = "".join(
            _wrap("".join(_linked(link, run) for link, run in _groups(stretch, "link")), "~~" if struck else "")
            for struck, stretch in _groups(group, "struck")
        )
        parts.append(_wrap(inner, "**" if bold else ""))
    return _wrap("".join(parts), "*" if italic else "")


def _groups(pieces: Iterable[Piece], look: str) -> Iterator[tuple[str, list[Piece]]]:
    """Yield stretches of pieces that are alike in one way; a space between two words has the look of what it follows."""
    value = ""
    keyed: list[tuple[str, Piece]] = []
    for piece in pieces:
        value = getattr(piece, look) if piece.text.strip() or not keyed else value
        keyed.append((value, piece))
    for key, group in groupby(keyed, key=lambda pair: pair[0]):
        yield key, [piece for _, piece in group]


def _wrap(text: str, mark: str) -> str:
    """Put marks around a text, inside the spaces at its ends."""
    body = text.strip()
    if not mark or not body:
        return text
    lead, _, trail = text.partition(body)
    return f"{lead}{mark}{body}{mark}{trail}"


def _linked(link: str, pieces: Sequence[Piece]) -> str:
    text = "".join(piece.text for piece in pieces)
    body = text.strip()
    target = link.strip().replace(" ", "%20").replace(")", "%29").replace("(", "%28")
    if not body or len(target) > _LONGEST_LINK or not _URL.match(target) or body in {link.strip(), target}:
        return text
    lead, _, trail = text.partition(body)
    plain = "[" not in body and "]" not in body
    return f"{lead}[{body}]({target}){trail}" if plain else f"{lead}{body} <{target}>{trail}"


def _lines(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Cut pieces at line breaks."""
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        first, *more = piece.text.split("\n")
        lines[-1].append(replace(piece, text=first))
        lines += [[replace(piece, text=part)] for part in more]
    return lines


def _cut(line: Sequence[Piece], length: int) -> list[Piece]:
    """Take some characters off a line's front."""
    left = []
    for piece in line:
        left.append(replace(piece, text=piece.text[length:]))
        length = max(0, length - len(piece.text))
    return left


def _unmarked(line: Sequence[Piece]) -> list[Piece]:
    return [replace(piece, bold=False, italic=False) for piece in line]
