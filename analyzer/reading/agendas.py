"""Agendas that this program put into the notes: their lines are no evidence until the user touches them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from analyzer.agenda_mark import START, Mark, has_words, key_of, read_mark
from analyzer.reading.datelines import meeting_date
from analyzer.reading.text import Text

REASON = "agenda, not filled in"
Stretch = tuple[int, int, str]
"""First and last line, 1-based and inclusive, and why it is ignored."""
_ITEM = re.compile(r"\s{0,40}(?:[-*+•]|\d{1,3}[.)])\s")
_DEFINITION = re.compile(r"\s{0,3}\[[^\[\]]{1,300}\]: \S{1,1000}(?: \"[0-9a-f]{4,64}\")?\s{0,9}$")
_CITATIONS = re.compile(
    r"(?:(?:, (?:first said|asked|again|moved(?: \d{1,3} times)?))? \[(?:pinned|\d\d [A-Z][a-z]{2}(?: \d{4})?)(?:, [^\[\]]{1,200})?\]){1,12}"
    r"(?: \(\d{1,4} days?\))?"
)
"""Citations and ages, which are the agenda's and not the user's."""
_LONGEST = 300


def without_citations(read: Text) -> Text:
    """Take the citations out of an agenda's lines that the user changed: they are the agenda's words, not the user's.

    It is done where files are opened, so that a line is the same for whoever reads it and for whoever checks a quotation.
    """
    if not any(START in line for line in read.lines):
        return read
    lines = list(read.lines)
    for start, end, head, mark in _agendas(lines):
        for at in range(start, end):
            if at != head and not _is_known(lines[at], mark):
                lines[at] = _CITATIONS.sub("", lines[at])
    return replace(read, lines=tuple(lines))


def take_agendas(lines: Sequence[str]) -> tuple[list[str], list[Stretch]]:
    """Blank the untouched lines of agendas.

    Where nothing was added, the agenda's own heading is passed over too, so that a meeting that is only planned is none.

    Args:
        lines: a file's repaired lines.

    Returns:
        The lines, and the stretches that are passed over.
    """
    seen = list(lines)
    if not any(START in line for line in lines):
        return seen, []
    hidden: set[int] = set()
    for start, end, head, mark in _agendas(lines):
        hidden |= {start - 1} | _untouched(lines, start, end, head, mark)
    for at in hidden:
        seen[at] = ""
    return seen, _stretches(lines, hidden)


def _agendas(lines: Sequence[str]) -> Iterator[tuple[int, int, int | None, Mark]]:
    """Yield each agenda: the line behind its comment, the one that it ends above, its heading, and what the comment says."""
    for number, line in enumerate(lines):
        mark = read_mark(line)
        if mark is not None:
            yield number + 1, *_end(lines, number + 1, mark), mark


def _end(lines: Sequence[str], start: int, mark: Mark) -> tuple[int, int | None]:
    """Return the line that an agenda ends above, and its own heading, which the user may have given another date.

    It ends above the line that it was put above, or else above the next meeting.
    """
    head: int | None = None
    for at in range(start, len(lines)):
        line = lines[at]
        key = key_of(line) if has_words(line) else ""
        if key and (key == mark.above or read_mark(line) is not None):
            return at, head
        if not key or (head is not None and key in mark.keys) or not _opens_meeting(line):
            continue
        if head is not None:
            return at, head
        head = at
    return len(lines), head


def _opens_meeting(line: str) -> bool:
    if len(line) > _LONGEST or _ITEM.match(line):
        return False
    return meeting_date(line.strip("# \t"), heading=line.lstrip().startswith("#")) is not None


def _untouched(lines: Sequence[str], start: int, end: int, head: int | None, mark: Mark) -> set[int]:
    """Return the agenda's own lines; a heading stays where the user wrote something under it."""
    known = {at for at in range(start, end) if _is_known(lines[at], mark)} | ({head} if head is not None else set())
    own = [at for at in range(start, end) if has_words(lines[at]) and at not in known]
    if not own:
        return known
    heads = [at for at in sorted(known) if not _ITEM.match(lines[at]) and not _DEFINITION.match(lines[at])]
    kept = {head} if head is not None else set()
    for one, after in zip(heads, [*heads, end][1:], strict=True):
        if any(one < at < after for at in own):
            kept.add(one)
    return known - kept


def _is_known(line: str, mark: Mark) -> bool:
    return has_words(line) and (key_of(line) in mark.keys or _DEFINITION.match(line) is not None)


def _stretches(lines: Sequence[str], hidden: set[int]) -> list[Stretch]:
    """Join lines that are passed over to stretches; empty ones between them belong to both."""
    found: list[Stretch] = []
    for at in sorted(hidden):
        joins = found and not any(line.strip() for line in lines[found[-1][1] : at])
        if joins:
            found[-1] = (found[-1][0], at + 1, REASON)
        else:
            found.append((at + 1, at + 1, REASON))
    return found
