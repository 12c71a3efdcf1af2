"""The living tracker: one table of what was promised and where it stands, which both sides may edit.

A run changes a cell only where nobody else did: what stands in the file is held against what the last run wrote (kept in a
file beside it), cell by cell. Rows and columns that somebody added stay, rows that somebody took out stay out, and so does
every other line of the file. Readings of later meetings are added to a list below the table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analyzer.drafting.cite import long_day
from analyzer.drafting.turnaround_phrases import TRACKER, TRACKER_COLUMNS, TRACKER_READINGS
from analyzer.oneline import one_line
from analyzer.rendering.markdown import escaped
from analyzer.turnaround.matching import Wanted, lines_until, of_commitment, of_criterion
from analyzer.turnaround.papers import Papers
from analyzer.turnaround.readings import Reading, Target, reading, target_of

NAME = "tracker.md"
BASE = ".tracker-base.md"
"""What the last run wrote, so that an edit is seen as one."""
_LONGEST = 200
_CELLS = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"\|(?:\s?:?-{3,}:?\s?\|)+\s*")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of a Markdown file: its head, its rows by key (the first cell), and the lines that it takes up."""

    head: tuple[str, ...]
    rows: Mapping[str, Mapping[str, str]]
    start: int
    end: int


def tracker_text(papers: Papers) -> str:
    """Return the tracker as the notes and the plan have it."""
    day = long_day(papers.window.end, with_year=True)
    rows = [_row(papers, table, at) for table, at in _entries(papers)]
    found = sorted(
        (cells for table, at in _entries(papers) for cells in _readings(papers, table, at)), key=lambda one: one[0]
    )
    parts = [
        f"# {TRACKER['title']}",
        TRACKER["about"].format(day=day),
        _grid(TRACKER_COLUMNS, rows),
        f"## {TRACKER['readings']}",
        _grid(TRACKER_READINGS, found),
    ]
    return "\n\n".join(parts) + "\n"


def merged(mine: str, base: str, new: str) -> str:
    """Bring the file's edits and the new readings together.

    Args:
        mine: the tracker as it stands on disk.
        base: what the last run wrote, '' if that is not known: then whatever stands in a cell is the reader's own.
        new: what this run would write.
    """
    lines, there, was = mine.splitlines(), grids_of(mine), grids_of(base)
    found: dict[int, str] = {}
    for fresh in grids_of(new):
        old = _like(fresh, was)
        place = _like(fresh, [one for one in there if one.start not in found], old)
        if place is not None:
            found[place.start] = _merged_grid(place, old, fresh)
    for place in reversed(there):
        if place.start in found:
            lines[place.start : place.end] = found[place.start].splitlines()
    kept = _about(lines, base, new)
    return "\n".join(kept) + "\n"


def grids_of(text: str) -> list[Grid]:
    """Return the tables of a Markdown text, in order."""
    lines = text.splitlines()
    found: list[Grid] = []
    at = 0
    while at < len(lines) - 1:
        if lines[at].startswith("|") and _RULE.fullmatch(lines[at + 1]) and any(_cells(lines[at])):
            end = at + 2
            while end < len(lines) and lines[end].startswith("|"):
                end += 1
            found.append(_grid_of(lines, at, end))
            at = end
        else:
            at += 1
    return found


def _like(fresh: Grid, grids: Sequence[Grid], base: Grid | None = None) -> Grid | None:
    """Return the table that is this one, by its columns and then by the rows of the last run; None for a reader's own tables."""

    def fits(one: Grid) -> tuple[int, int]:
        rows = base.rows if base else fresh.rows
        return len(set(one.head) & set(fresh.head)), len(one.rows.keys() & rows.keys())

    known = [one for one in grids if fresh.head[0] in one.head and fits(one)[0] * 2 > len(fresh.head)]
    return max(known, key=fits, default=None)


def _grid_of(lines: Sequence[str], start: int, end: int) -> Grid:
    head = tuple(_cells(lines[start]))
    rows: dict[str, Mapping[str, str]] = {}
    for line in lines[start + 2 : end]:
        cells = _cells(line)
        row = dict(zip(head, [*cells, *[""] * len(head)], strict=False))
        rows.setdefault(_key(row, head), row)
    return Grid(head, rows, start, end)


def _key(row: Mapping[str, str], head: Sequence[str]) -> str:
    """Return what a row is known by: its metric, and in the list of readings its day too."""
    names = [name for name in (TRACKER_COLUMNS[0], TRACKER_READINGS[0]) if name in row] or list(head[:1])
    return "|".join(row[name].casefold() for name in names)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in _CELLS.split(line.strip())[1:-1]]


def _merged_grid(mine: Grid, base: Grid | None, new: Grid) -> str:
    was = base.rows if base else {}
    added = [name for name in new.head if name not in mine.head and not (base and name in base.head)]
    head = (*mine.head, *added)
    rows: list[Mapping[str, str]] = []
    for key, row in mine.rows.items():
        fresh, old = new.rows.get(key, {}), was.get(key, {})
        rows.append({name: _cell(row.get(name, ""), old.get(name, ""), fresh.get(name)) for name in head})
    rows += [row for key, row in new.rows.items() if key not in mine.rows and key not in was]
    return _grid(head, [[row.get(name, "") for name in head] for row in rows])


def _cell(mine: str, base: str, new: str | None) -> str:
    """Return a cell: the new text where nobody edited it, else as it stands."""
    return new if new is not None and mine in {base, new} else mine


def _about(lines: Sequence[str], base: str, new: str) -> list[str]:
    """Renew the line on the day of the last update, where nobody edited it."""
    old = [line for line in base.splitlines() if line.startswith(TRACKER["about"].split("{")[0])]
    now = [line for line in new.splitlines() if line.startswith(TRACKER["about"].split("{")[0])]
    return [now[0] if old and now and line == old[0] else line for line in lines]


def _entries(papers: Papers) -> list[tuple[str, int]]:
    """Return what has a row: every commitment, and the criteria whose metric no commitment is about."""
    plan = papers.file.plan
    promised = {one.metric.casefold() for one in plan.commitment}
    criteria = [at for at, one in enumerate(plan.criterion) if one.metric.casefold() not in promised]
    return [*(("commitment", at) for at in range(len(plan.commitment))), *(("criterion", at) for at in criteria)]


def _row(papers: Papers, table: str, at: int) -> list[str]:
    plan = papers.file.plan
    by = plan.commitment[at].by if table == "commitment" else plan.criterion[at].by
    last = papers.promises[at] if table == "commitment" else papers.gaps[at].actual
    actual = f"{papers.state(last)} ({_where(papers, last)})" if last else ""
    day = papers.file.day(by, papers.window.end)
    due = day.isoformat() if day else ""
    if table == "criterion":
        one = plan.criterion[at]
        return _escaped([one.metric, TRACKER["criterion"], one.target, actual, due, "", "", "", ""])
    mine = plan.commitment[at]
    cells = [mine.metric, mine.kind, mine.target, actual, due, mine.owner, mine.artefact, mine.checkpoint, ""]
    return _escaped([cell or "" for cell in cells])


def _readings(papers: Papers, table: str, at: int) -> list[list[str]]:
    """Return every figure of a metric since the plan began, or in the window where it names no first day; oldest first."""
    plan = papers.file.plan
    metric, wanted, target = _asked(papers, table, at)
    first = plan.start or papers.window.start
    lines = [line for line in lines_until(papers.desk, papers.window) if line.item.date and line.item.date >= first]
    found = [one for line in reversed(lines) if (one := reading(line, wanted, target)) is not None and one.after]
    return [
        _escaped([one.line.item.date.isoformat() if one.line.item.date else "", metric, one.after, _where(papers, one)])
        for one in found
    ]


def _asked(papers: Papers, table: str, at: int) -> tuple[str, Wanted, Target | None]:
    plan = papers.file.plan
    if table == "commitment":
        one = plan.commitment[at]
        return one.metric, of_commitment(one, plan), target_of(one.target)
    return plan.criterion[at].metric, of_criterion(plan.criterion[at]), target_of(plan.criterion[at].target)


def _where(papers: Papers, one: Reading) -> str:
    return papers.desk.cite(one.line.id).label


def _escaped(cells: Sequence[str]) -> list[str]:
    return [escaped(one_line(cell, _LONGEST), start=False).replace("|", "\\|") for cell in cells]


def _grid(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
