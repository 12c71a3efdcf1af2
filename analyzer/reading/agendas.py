"""Agendas that this program put into the notes: their lines are no evidence until the user touches them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyzer.agenda_mark import START, Mark, has_words, key_of, read_mark
from analyzer.reading.datelines import meeting_date

REASON = "agenda, not filled in"
Stretch = tuple[int, int, str]
"""First and last line, 1-based and inclusive, and why it is ignored."""
_ITEM = re.compile(r"\s{0,40}(?:[-*+•]|\d{1,3}[.)])\s")
_DEFINITION = re.compile(r"\s{0,3}\[[^\[\]]{1,300}\]: \S{1,1000}(?: \"[0-9a-f]{4,64}\")?\s{0,9}$")
_CITATIONS = re.compile(r"(?: ?\[(?:pinned|\d\d [A-Z][a-z]{2}(?: \d{4})?)(?:, [^\[\]]{1,200})?\]){1,12}\.?(?=\s|$)")
_LONGEST = 300


def take_agendas(lines: Sequence[str]) -> tuple[list[str], list[Stretch]]:
    """Blank the untouched lines of agendas, and the citations in those that the user changed.

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
    for number, line in enumerate(lines):
        mark = read_mark(line)
        if mark is None:
            continue
        end, head = _end(lines, number + 1, mark)
        hidden |= {number} | _untouched(lines, number + 1, end, head, mark)
        for at in range(number + 1, end):
            seen[at] = _CITATIONS.sub("", seen[at])
    for at in hidden:
        seen[at] = ""
    return seen, _stretches(lines, hidden)


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
    for one, after in zip(heads, [*heads[1:], end], strict=True):
        if any(one < at < after for at in own):
            kept.add(one)
    return known - kept


def _is_known(line: str, mark: Mark) -> bool:
    return has_words(line) and (key_of(line) in mark.keys or _DEFINITION.match(line) is not None)


def _stretches(lines: Sequence[str], hidden: set[int]) -> list[Stretch]:
    """Join lines that are passed over to stretches; empty ones between them belong to both."""
    found: list[Stretch] = []
    for at in sorted(hidden):
        joins = found and all(not has_words(line) for line in lines[found[-1][1] : at])
        if joins:
            found[-1] = (found[-1][0], at + 1, REASON)
        else:
            found.append((at + 1, at + 1, REASON))
    return found
