"""Tables of reStructuredText, drawn with signs: grid tables (``+---+``) and simple ones (``===  ===``), as Markdown rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

_GRID = re.compile(r"[ \t]{0,40}\+(?:[-=]{1,500}\+){1,100}[ \t]*$")
_SIMPLE = re.compile(r"[ \t]{0,40}={1,500}(?:[ \t]{1,20}={1,500}){1,100}[ \t]*$")
_SPANS = re.compile(r"[ \t]{0,40}-{2,500}(?:[ \t]{1,20}-{2,500}){0,100}[ \t]*$")
_COLUMN = re.compile(r"=+")
_MOST_LINES = 2_000
_MERGED = "read with the row above"


@dataclass(slots=True)
class Drawn:
    """A table's lines, one for each that it had, and those that are left out, counted from its first."""

    lines: list[str]
    left_out: list[tuple[int, str]] = field(default_factory=list)


def grid_table(lines: Sequence[str], number: int) -> Drawn | None:
    """Read the grid table that starts at a line; None where none does."""
    if not _GRID.match(lines[number]):
        return None
    end = number + 1
    while end < min(len(lines), number + _MOST_LINES) and lines[end].lstrip()[:1] in {"|", "+"}:
        end += 1
    while end > number and not _GRID.match(lines[end - 1]):
        end -= 1
    if end - number < 3:
        return None
    shift = len(lines[number]) - len(lines[number].lstrip())
    drawn = [line[shift:] for line in lines[number:end]]
    bars = [place for place, sign in enumerate(drawn[0]) if sign == "+"]
    rows: list[tuple[list[int], list[str]]] = []
    rules: list[int] = []
    head = 0
    for place, line in enumerate(drawn):
        if _GRID.match(line):
            rules.append(place)
            head = place if "=" in line and not head else head
        elif rules and rules[-1] == place - 1:
            rows.append(([place], _cut(line, bars)))
        else:
            where, cells = rows[-1]
            rows[-1] = ([*where, place], _merged(cells, _cut(line, bars)))
    return _written(len(drawn), rows, rules, head)


def simple_table(lines: Sequence[str], number: int) -> Drawn | None:
    """Read the simple table that starts at a line; None where none does."""
    if not _SIMPLE.match(lines[number]):
        return None
    borders = [number]
    end = number + 1
    while end < min(len(lines), number + _MOST_LINES):
        if _SIMPLE.match(lines[end]):
            borders.append(end)
            if end + 1 == len(lines) or not lines[end + 1].strip():
                break
        end += 1
    if len(borders) < 2:
        return None
    starts = [match.start() for match in _COLUMN.finditer(lines[number])]
    rows: list[tuple[list[int], list[str]]] = []
    rules = [border - number for border in borders]
    for place in range(number + 1, borders[-1]):
        line = lines[place]
        if place in borders:
            continue
        if _SPANS.match(line) or not line.strip():
            rules.append(place - number)
            continue
        if line[: starts[0]].strip() or any(line[start - 1 : start].strip() for start in starts[1:]):
            return None  # text runs over the columns' edges
        cells = [line[start:stop].strip() for start, stop in zip(starts, [*starts[1:], None], strict=True)]
        if rows and not cells[0]:
            where, above = rows[-1]
            rows[-1] = ([*where, place - number], _merged(above, cells))
        else:
            rows.append(([place - number], cells))
    head = rules[1] if len(borders) > 2 else 0
    return _written(borders[-1] - number + 1, rows, sorted(rules), head)


def _cut(line: str, bars: Sequence[int]) -> list[str]:
    """Cut a row at the columns of the grid, or at its own bars where cells span columns."""
    if all(line[bar : bar + 1] == "|" for bar in bars):
        return [line[start + 1 : stop].strip() for start, stop in pairwise(bars)]
    return [cell.strip() for cell in line.strip().strip("|+").split("|")]


def _merged(cells: Sequence[str], more: Sequence[str]) -> list[str]:
    width = max(len(cells), len(more))
    pairs = zip([*cells, *[""] * (width - len(cells))], [*more, *[""] * (width - len(more))], strict=True)
    return [
        f"{one}<br>{other}" if one and other[:2] in {"- ", "* "} else f"{one} {other}".strip() for one, other in pairs
    ]


def _written(count: int, rows: Sequence[tuple[list[int], list[str]]], rules: Sequence[int], head: int) -> Drawn:
    """Write rows as those of a Markdown table where there is a head of one row, as list items where there is none."""
    out = Drawn([""] * count)
    heads = [row for row in rows if row[0][0] < head]
    headed = len(heads) == 1
    top = heads[0][0][-1] if headed else 0
    for where, cells in rows:
        words = " | ".join(cell.replace("|", "/") for cell in cells)
        # the head stands right on top of its rule, also where it has several lines
        place = top if headed and where[0] < head else where[0]
        out.lines[place] = f"| {words} |" if headed else f"- {words.replace('<br>', '; ')}"
        for other in where:
            if other != place and headed and other > head:
                out.lines[other] = "| |"  # keeps the table in one piece; its words stand in the row above
            elif other != place:
                out.left_out.append((other, _MERGED))
    for place in rules:
        if headed and place == head:
            out.lines[place] = "|" + " --- |" * len(heads[0][1])
        elif headed and top < place < count - 1:
            out.lines[place] = "| |"
        else:
            out.left_out.append((place, "rule"))
    return out
