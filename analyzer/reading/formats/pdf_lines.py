"""Lines of a PDF without tags to Markdown lines: what is a heading, an item or a wrapped line, by where and how it is set."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from analyzer.reading.datelines import meeting_date
from analyzer.reading.formats.pdf_furniture import FURNITURE, furniture
from analyzer.reading.formats.pdf_glyphs import Line, written
from analyzer.reading.formats.pdf_pages import Grid, Page
from analyzer.reading.properties import starts_block
from analyzer.reading.text import Outline

_LARGER = 1.12
"""Type this much larger than most of the text is a heading's."""
_WORDS_OF_HEADING = 20
_WORDS_OF_BOLD = 14
_INDENT = 10.0
_SAME = 4.0
"""Points by which lines of one indentation differ."""
_CLOSE = 1.3
"""Distance of two lines of a paragraph, in usual distances."""
_MOST_LINES = 0.9
_FULL = 0.96
"""Share of the way to the margin from which on a line is full: the longest lines of a page run a little over."""
_RAGGED = 0.6
"""Share of the way to the margin that a line goes at least whose sentence is broken before it."""
_BULLET = re.compile(r"(?:[•●○◦▪■–—*‣⁃∙·➤➢✦❖-]|\(cid:\d{1,5}\)|\d{1,2}[.)]|[a-z]\))\s+(?=\S)|[•●○◦▪■‣⁃➤➢❖](?=\S)")
_BOX = re.compile(r"[☐☑☒□]\s*(?=\S)|\[[ xX]\]\s+(?=\S)")
_SYMBOLS = ("dingbats", "wingdings", "webdings", "symbol")
"""Fonts of signs: what is a letter elsewhere is a bullet or a box in them."""
_SYMBOL_BOXES = {"\u00fe": "☑", "\u00fd": "☑", "\uf0fe": "☑", "\u00a8": "☐", "\uf0a8": "☐", "o": "☐"}
_NUMBER_GAP = 0.7
"""Type sizes between a number without a point and the words of its item."""
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BROKEN = re.compile(r"(?P<left>[^\W\d_]{2,40})(?P<mark>[-\u00ad\u2010])$")
_RIGHT = re.compile(r"[^\W\d_]{2,40}")
_MARKS = tuple("#>|`~=<")


@dataclass(slots=True)
class _Piece:
    """A block under construction."""

    kind: str
    text: str
    first: Line
    last: Line
    x0: float = 0.0
    """Where its words begin, behind the bullet."""
    depth: int = 0
    closed: bool = False
    """Nothing goes on from it: a date or a property."""


@dataclass(slots=True)
class Setting:
    """How a document is set: sizes and ends in points, levels of headings by size, its words in lower case."""

    body: float
    left: float
    right: float
    leading: float
    levels: dict[float, int]
    words: frozenset[str]
    stack: list[float] = field(default_factory=list)


def write_lines(pages: Sequence[Page], out: Outline) -> None:
    """Write the pages of a document.

    Args:
        pages: as drawn.
        out: gets the lines.
    """
    extra = furniture(pages)
    setting = setting_of(pages, extra)
    piece: _Piece | None = None
    for page in pages:
        inside = frozenset[int]().union(*(grid.inside for grid in page.grids))
        outside = [line for line in page.lines if line.number not in inside]
        both: list[Line | Grid] = sorted((*outside, *page.grids), key=lambda one: one.top)
        for one in both:
            if isinstance(one, Grid):
                _flush(piece, out)
                piece = None
                out.table(one.rows, head=one.head)
                out.blank(one.rows[-1][1])
            elif (page.number, one.number) in extra:
                # what is written over the end of a page goes on behind its footer and the next header
                out.ignore(one.text, FURNITURE, one.place)
            elif piece is not None and _goes_on(piece, one, setting):
                piece.text, piece.last = joined(piece.text, one.text, setting.words), one
            else:
                _flush(piece, out)
                piece = _piece(one, setting)
        if page.sideways:
            out.ignore(page.sideways, "text that does not stand upright", f"page {page.number}")
    _flush(piece, out)


def joined(text: str, following: str, words: frozenset[str]) -> str:
    """Join two lines of a paragraph; a word that was broken at the line's end is made whole where that is sure.

    Args:
        text: up to the end of a line.
        following: the next line.
        words: of the document in lower case; a hyphen goes where the word stands there without one.
    """
    broken, right = _BROKEN.search(text[-60:]), _RIGHT.match(following)
    if not broken or not right or not following[0].islower():
        return f"{text} {following}"
    whole = (broken["left"] + right[0]).lower()
    if broken["mark"] == "\u00ad" or (whole in words and f"{broken['left']}-{right[0]}".lower() not in words):
        return text[:-1] + following
    return text + following


def words_of(texts: Sequence[str]) -> frozenset[str]:
    """Return the words of a document in lower case, for `joined`."""
    return frozenset(word.lower() for text in texts for word in _WORD.findall(text))


def escaped(text: str) -> str:
    """Return a text that no mark at its front can turn into a heading, quote or rule."""
    return "\\" + text if text[:1] in _MARKS else text


def take_bullet(text: str) -> str | None:
    """Return the words behind a bullet or number at the front of a text, None where there is none."""
    if _BOX.match(text):
        return text
    found = _BULLET.match(text)
    if found is not None:
        return None if meeting_date(text, heading=False) else text[found.end() :]
    # symbol fonts put their bullets where Unicode has no characters
    rest = text[1:].lstrip()
    return rest if rest and unicodedata.category(text[0]) == "Co" else None


def setting_of(pages: Sequence[Page], extra: frozenset[tuple[int, int]]) -> Setting:
    """Return how a document is set.

    Args:
        pages: as drawn.
        extra: page and number of the lines that do not count.
    """
    lines = [line for page in pages for line in page.lines if (page.number, line.number) not in extra]
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.glyphs)
    body = max(sizes, key=lambda size: (sizes[size], -size)) if sizes else 10.0
    width = max((page.width for page in pages), default=600.0)
    left = _left(lines, body)
    # a page of short lines says nothing about where its lines would break, and a few long ones run over the margin
    ends = [line.x1 for line in lines]
    within = [end for end in ends if end <= width - left + _SAME]
    right = max([0.8 * (width - left), *(within if len(within) > _MOST_LINES * len(ends) else ends)])
    steps = sorted(
        below.bottom - above.bottom
        for above, below in pairwise(lines)
        if above.page == below.page and below.bottom > above.bottom
    )
    leading = min(steps[len(steps) // 4] if steps else body, 2.2 * body)
    larger = sorted((size for size in sizes if size >= _LARGER * body), reverse=True)
    levels = {size: min(number, 4) for number, size in enumerate(larger, start=1)}
    return Setting(body, left, right, leading, levels, words_of([line.text for line in lines]))


def _left(lines: Sequence[Line], body: float) -> float:
    """Return where the text begins: headings in larger type and a few lines may stand further out."""
    ordinary = sorted(line.x0 for line in lines if line.size <= body + 0.6) or [0.0]
    return ordinary[len(ordinary) // 50]


def _piece(line: Line, setting: Setting) -> _Piece:
    """Start a block with a line."""
    text = line.text
    words = len(text.split())
    if line.size in setting.levels and words <= _WORDS_OF_HEADING and _behind_bullet(line, setting) is None:
        setting.stack.clear()
        return _Piece("heading", text, line, line, line.x0, setting.levels[line.size])
    behind = _behind_bullet(line, setting)
    if behind is not None or line.dotted:
        start = line.x0 if behind is None else _behind(line, behind)
        return _Piece("item", behind or text, line, line, start, _depth(line.x0, setting))
    if starts_block(text):
        setting.stack.clear()
        bold = line.bold and any(one.text.isalnum() for one in line.glyphs)
        return _Piece("bold" if bold else "paragraph", text, line, line, line.x0, closed=True)
    if line.bold and words <= _WORDS_OF_BOLD and any(one.text.isalpha() for one in line.glyphs):
        if line.x0 < setting.left + _INDENT:
            setting.stack.clear()
        return _Piece("bold", text, line, line, line.x0)
    if line.x0 > setting.left + _INDENT and not _is_centred(line, setting):
        return _Piece("item", text, line, line, line.x0, _depth(line.x0, setting))
    setting.stack.clear()
    return _Piece("paragraph", text, line, line, line.x0)


def _behind_bullet(line: Line, setting: Setting) -> str | None:
    """Return the words behind a line's bullet, told by its font and the gap behind it too; None where it has none."""
    first, rest = line.glyphs[0], line.glyphs[1:]
    words = written(rest)
    if words and any(name in first.font.lower() for name in _SYMBOLS):
        return f"{_SYMBOL_BOXES[first.text]} {words}" if first.text in _SYMBOL_BOXES else words
    if line.text.startswith("o ") and (line.x0 > setting.left + _INDENT or first.font != line.glyphs[-1].font):
        return line.text[2:]  # word processors write the second level's bullet as the letter
    count = next((place for place, one in enumerate(line.glyphs[:3]) if not one.text.isdigit()), 0)
    if 0 < count < len(line.glyphs) and line.glyphs[count].x0 - line.glyphs[count - 1].x1 > _NUMBER_GAP * first.size:
        return written(line.glyphs[count:])
    return take_bullet(line.text)


def _goes_on(piece: _Piece, line: Line, setting: Setting) -> bool:
    """Return whether a line continues the block above it."""
    last = piece.last
    same_page = last.page == line.page
    if piece.closed or line.dotted or abs(line.size - last.size) > 0.6:
        return False
    if same_page and line.bottom - last.bottom > _CLOSE * setting.leading + 0.1 * line.size:
        return False
    if _behind_bullet(line, setting) is not None or starts_block(line.text):
        return False
    if piece.kind in {"heading", "bold"}:
        return piece.first.bold == line.bold and is_full(last, line, setting.right)
    if line.bold and not last.bold:
        return False
    full = is_full(last, line, setting.right)
    bulleted = piece.x0 > piece.first.x0
    fits = abs(line.x0 - piece.x0) <= _SAME or abs(line.x0 - last.x0) <= _SAME
    opened = piece.last is piece.first and not bulleted and 0 < piece.first.x0 - line.x0 <= 4 * _INDENT
    if not fits and not (opened and full):  # a paragraph's first line may be indented
        return False
    flows = line.text[:1].islower() and not last.text.endswith((".", "!", "?", ":", ";"))
    return full or (flows and (bulleted or last.x1 > _RAGGED * setting.right))


def is_full(line: Line, following: Line, right: float) -> bool:
    """Return whether the next line's first word would not have fitted on this one."""
    first = next((one for one in following.glyphs if one.text.isspace()), following.glyphs[-1])
    end = next(
        (after.x0 for before, after in pairwise(following.glyphs) if after.x0 - before.x1 > 0.22 * after.size),
        first.x1,
    )
    return line.x1 + min(end, first.x1) - following.x0 > _FULL * right


def _depth(x0: float, setting: Setting) -> int:
    while setting.stack and x0 < setting.stack[-1] - _SAME:
        setting.stack.pop()
    if not setting.stack or x0 > setting.stack[-1] + _SAME:
        setting.stack.append(x0)
    return len(setting.stack) - 1


def _behind(line: Line, words: str) -> float:
    """Return where the words behind a bullet begin."""
    count = len("".join(words.split()))
    solid = [one for one in line.glyphs if not one.text.isspace()]
    left = 0
    for glyph in reversed(solid):
        left += len(glyph.text)
        if left >= count:
            return glyph.x0
    return line.x0


def _is_centred(line: Line, setting: Setting) -> bool:
    return (
        abs((line.x0 - setting.left) - (setting.right - line.x1)) < 2 * _INDENT and line.x0 > setting.left + 4 * _INDENT
    )


def _flush(piece: _Piece | None, out: Outline) -> None:
    """Write a block."""
    if piece is None:
        return
    place = piece.first.place
    if piece.kind == "heading":
        out.heading(piece.text, piece.depth, place)
    elif piece.kind == "item":
        out.item(escaped(piece.text), piece.depth, place)
    elif piece.kind == "bold":
        out.paragraph(f"**{piece.text.strip('* ')}**", place)
        out.blank(place)
    else:
        out.paragraph(escaped(piece.text), place)
        out.blank(place)
