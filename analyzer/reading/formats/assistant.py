"""Notes that a meeting assistant wrote: the times of the recording and the assistant's own lines are taken off its sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyzer.reading.formats.spoken import SERVICE, is_service_line
from analyzer.reading.text import Text

_TIME = r"@?\d{1,2}:\d{2}(?::\d{2})?"
_SPAN = rf"{_TIME}(?:\s?[-–—,]\s?{_TIME}){{0,6}}"
_LAST = re.compile(
    rf"\s{{0,3}}(?:\(\s?\[{_SPAN}\]\([^()\s]{{1,500}}\)\s?\)|\[{_SPAN}\]\([^()\s]{{1,500}}\)|\[{_SPAN}\]|\({_SPAN}\))(?P<stop>[.!]?)\s*$"
)
_FIRST = re.compile(
    rf"(?P<lead>\s{{0,16}}(?:[-*+•]\s{{1,4}}|#{{1,6}}\s{{1,4}})?)(?:\[{_SPAN}\]\([^()\s]{{1,500}}\)|\[{_SPAN}\]|\({_SPAN}\))(?:\s?[-–—:])?\s{{1,3}}(?=\S)"
)
_TAIL = 700
"""Characters at the end of a line in which a time and its link can stand."""
_SECTION = re.compile(
    r"\s{0,4}(?:#{1,6}\s{1,4}|[*_]{1,3})?(?:\d{1,2}\.\s)?[^\w\n*#]{0,4}"
    r"(?:(?:meeting |executive |quick |short )?(?:summary|overview|recap|purpose)|key (?:takeaways|points|decisions|topics|questions)|takeaways"
    r"|decisions?(?: made)?|action items?|next steps|follow[- ]ups?|tasks|topics(?: discussed)?|outline|chapters|details|notes|suggested next steps)"
    r"[*_]{0,3}\s{0,2}:?[*_]{0,3}\s{0,4}$",
    re.IGNORECASE,
)
_FEWEST_SECTIONS = 2
_FEWEST_TIMES = 3
"""Times at the ends of lines that tell an assistant's notes where it does not name itself."""


def as_assistant(lines: Sequence[str]) -> Text | None:
    """Return a meeting assistant's notes without its times and its lines about itself.

    Args:
        lines: of a text file, repaired.

    Returns:
        The same number of lines; None for a document that no assistant wrote, where "(10:30)" may be a time of day.
    """
    sections = sum(bool(_SECTION.match(line[:120])) for line in lines)
    service = [number for number, line in enumerate(lines) if is_service_line(line.strip())]
    timed = {number: short for number, line in enumerate(lines) if (short := _without_times(line)) != line}
    if sections < _FEWEST_SECTIONS or not (service or len(timed) >= _FEWEST_TIMES):
        return None
    written = tuple(timed.get(number, line) for number, line in enumerate(lines))
    return Text(lines=written, left_out=tuple((number + 1, number + 1, SERVICE) for number in service))


def _without_times(line: str) -> str:
    """Take the recording's times off both ends of a line."""
    if ":" not in line:
        return line
    short = _FIRST.sub(r"\g<lead>", line, count=1) if _FIRST.match(line) else line
    for _ in range(4):
        at = max(0, len(short) - _TAIL)
        found = _LAST.search(short, at)
        if not found or not short[: found.start()].strip(" -*+•#"):
            break
        short = short[: found.start()] + found["stop"]
    return short
