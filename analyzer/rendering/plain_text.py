"""A draft as plain text: wrapped lines, citations in their brackets, and at the end the list of what they lead to."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest

from analyzer.drafts import Bullet, Citation, Draft, Section, Sentence, Table
from analyzer.rendering.flow import CITED, clean, clean_lines, flow

WIDTH = 78
"""Characters of a line: what mail and terminals show without a break of their own."""
_GAP = "  "
_NARROW = 14
"""Columns up to this width are given their room before the others."""
_KEPT = "\0"
"""Stands for spaces that no line ends at; `flow` leaves no such character in a text."""
_LINE_NUMBER = re.compile(r"(?<![\w.])l\. (?=\d)")
_RULES = {1: "=", 2: "-", 3: "~"}


def render_text(draft: Draft, notes: Mapping[str, Sequence[str]] | None = None) -> str:  # noqa: ARG001 - as all formats
    """Lay a draft out as plain text.

    Args:
        draft: the view model.
        notes: not needed.
    """
    blocks = [_heading(draft.title, 1), *map(_paragraph, draft.head)]
    if draft.guide:
        blocks.append(_wrapped(draft.guide, "  ", "  "))
    for section in draft.sections:
        blocks += _section(section)
    if draft.citations:
        blocks += [_heading(CITED, 2), "\n".join(_cited(draft.citations))]
    return "\n\n".join(block for block in blocks if block).replace(_KEPT, " ") + "\n"


def _section(section: Section) -> Iterator[str]:
    if section.title:
        yield _heading(section.title, section.level)
    yield from map(_paragraph, section.paragraphs)
    if section.table:
        yield _grid(section.table)
    bullets = [_item(bullet, number if section.numbered else 0) for number, bullet in enumerate(section.bullets, 1)]
    yield "\n".join(bullets)
    yield "\n".join("    " + line for line in clean_lines(section.verbatim))
    yield from map(_paragraph, section.closing)


def _heading(title: str, level: int) -> str:
    text = clean(title)
    rule = _RULES.get(level, ".") * min(len(text), WIDTH)
    return f"\n{text}\n{rule}" if level == 2 else f"{text}\n{rule}"


def _paragraph(sentences: Sequence[Sentence]) -> str:
    return _wrapped(sentences)


def _item(bullet: Bullet, number: int = 0, indent: str = "") -> str:
    mark = f"{number}. " if number else "- "
    under = indent + " " * len(mark)
    lines = [_wrapped(bullet.sentences, indent + mark, under)]
    return "\n".join([*lines, *(_item(child, indent=under) for child in bullet.children)])


def _wrapped(sentences: Iterable[Sentence], first: str = "", rest: str = "") -> str:
    return "\n".join(_fold(_words(sentences), WIDTH, first, rest) or [first.rstrip()])


def _words(sentences: Iterable[Sentence]) -> str:
    """Return a paragraph on one line, with marks for the spaces within citations and line numbers."""
    parts = (_label(part) if isinstance(part, Citation) else part.text for part in flow(sentences))
    return _LINE_NUMBER.sub(f"l.{_KEPT}", "".join(parts))


def _label(cited: Citation) -> str:
    return f"[{clean(cited.label)}]".replace(" ", _KEPT)


def _grid(table: Table) -> str:
    """Return a table in columns, with cells in several lines if need be, or row by row where no columns fit."""
    rows = [[_words([cell]) for cell in row] for row in table.rows]
    widths = _widths(list(zip(*rows, strict=True)))
    if not widths:
        return _records(rows)
    lines = [_row(row, widths, table.right) for row in (rows[0], ["-" * width for width in widths], *rows[1:])]
    return "\n".join(lines)


def _widths(columns: Sequence[Sequence[str]]) -> list[int]:
    """Return the columns' widths, none where not even their longest words fit; room goes to the fullest column."""
    widths = [max([1, *(len(word) for cell in column for word in cell.split())]) for column in columns]
    wanted = [max(len(cell) for cell in column) for column in columns]
    room = WIDTH - len(_GAP) * (len(widths) - 1) - sum(widths)
    if room < 0:
        return []
    for at in sorted((at for at, width in enumerate(wanted) if width <= _NARROW), key=lambda at: wanted[at]):
        more = min(room, wanted[at] - widths[at])
        widths[at], room = widths[at] + more, room - more
    for _ in range(room):
        fullest = max(range(len(widths)), key=lambda at: (wanted[at] / widths[at], -at))
        widths[fullest] += wanted[fullest] > widths[fullest]
    return widths


def _row(cells: Sequence[str], widths: Sequence[int], right: frozenset[int]) -> str:
    columns = [_fold(cell, width) or [""] for cell, width in zip(cells, widths, strict=True)]
    lines = []
    for line in zip_longest(*columns, fillvalue=""):
        pairs = enumerate(zip(line, widths, strict=True))
        lines.append(_GAP.join(part.rjust(wide) if at in right else part.ljust(wide) for at, (part, wide) in pairs))
    return "\n".join(line.rstrip() for line in lines)


def _records(rows: Sequence[Sequence[str]]) -> str:
    head, *body = rows
    blocks = []
    for row in body:
        named = zip(head[1:], row[1:], strict=True)
        told = ["\n".join(_fold(f"{name}: {cell}" if name else cell, WIDTH, _GAP, _GAP * 2)) for name, cell in named]
        blocks.append("\n".join([row[0], *told]))
    return "\n".join(blocks)


def _fold(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """Return a text in lines; a word longer than a line keeps a line to itself, so that no quotation is broken."""
    return textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )


def _cited(citations: Sequence[Citation]) -> Iterator[str]:
    """Yield each file with the citations that lead to it."""
    paths = dict.fromkeys(cited.path for cited in citations)
    for path in paths:
        labels = [_label(cited) for cited in citations if cited.path == path]
        yield clean(path)
        yield "\n".join(_fold(" ".join(labels), WIDTH, _GAP, _GAP))
