"""A transcript in plain text, told by its content: names with the time of a recording, again and again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from analyzer.reading.datelines import meeting_date
from analyzer.reading.formats.spoken import SERVICE, Said, is_service_line, is_speaker, plain_name, write_said
from analyzer.reading.text import Text

_CLOCK = r"(?P<time>\d{1,2}:\d{2}(?::\d{2})?)(?:[.,]\d{1,3})?"
_NAME = r"[*_]{0,3}(?P<name>[^\W\d_][^:\[\]()\n*_]{0,50}?(?:\s\([^()\n\d]{1,30}\))?)[*_]{0,3}"
_FORMS = (
    # Dana Lee (00:03:12): words
    re.compile(rf"\s{{0,4}}{_NAME}\s{{0,4}}[\[(]{_CLOCK}[\])][*_]{{0,3}}\s?:?[*_]{{0,3}}(?:\s+(?P<words>\S.*))?$"),
    # [00:03:12] Dana Lee: words
    re.compile(
        rf"\s{{0,4}}[*_]{{0,3}}[\[(]{_CLOCK}[\])][*_]{{0,3}}\s{{1,4}}(?:[-–—]\s)?{_NAME}\s?:[*_]{{0,3}}(?:\s+(?P<words>\S.*))?$"
    ),
    # 00:03:12 Dana Lee: words
    re.compile(
        rf"\s{{0,4}}(?P<time>\d{{1,2}}:\d{{2}}:\d{{2}})(?:[.,]\d{{1,3}})?\s{{1,4}}(?:[-–—]\s|From\s)?{_NAME}"
        r"(?:\sto\s[^:\n]{1,40})?\s?:[*_]{0,3}(?:\s+(?P<words>\S.*))?$"
    ),
    # Dana Lee  00:03, the words on the next lines
    re.compile(rf"\s{{0,4}}{_NAME}(?:\s{{1,8}}|\t|\s?[-–—|·,]\s?){_CLOCK}\s{{0,4}}(?P<words>)$"),
)
_LENGTH = re.compile(r"(?:\d{1,2}\s?h(?:ours?)?\s?)?\d{1,3}\s?m(?:in(?:utes?)?s?)?(?:\s\d{1,2}\s?s(?:ec)?)?$")
_MARK = re.compile(r"\s{0,12}(?:[-*+•]\s|\d{1,2}[.)]\s|#{1,6}\s|>\s|\|)")
_LONGEST_MARK = 400
"""Characters of a line that are looked at for a name and a time."""
_FEWEST = 3
_MOST_LINES_EACH = 12
"""Lines for each mark; notes with a few times among them have more."""
_FIRST = 5
"""Minutes into the recording, by which somebody has spoken: "10:30" at the front of the first mark is a time of day."""
_RISING = 0.7
_LISTED = 0.25
_TURN_SHARE = 2 / 3
"""Different names for each mark, at most: a dialogue comes back to its speakers, an agenda does not."""
_MARKED = "speaker and time"


@dataclass(frozen=True, slots=True)
class _Mark:
    line: int
    name: str
    parts: tuple[int, ...]
    words: str


def as_transcript(lines: Sequence[str]) -> Text | None:
    """Return a document as what was said by whom, where it clearly is a transcript.

    Args:
        lines: of a text file, repaired.

    Returns:
        The same number of lines, "Dana Lee: words" where somebody speaks, without times; None for any other document.
    """
    marks = [mark for number, line in enumerate(lines) if (mark := _mark(number, line))]
    if not _is_transcript(lines, marks):
        return None
    by_line = {mark.line: mark for mark in marks}
    hidden: dict[int, str] = {}
    said = list(_said(lines, by_line, hidden))
    return write_said(lines, said, hidden)


def _said(lines: Sequence[str], by_line: dict[int, _Mark], hidden: dict[int, str]) -> Iterator[Said]:
    speaking = False
    speaker, apart = "", True
    for number, line in enumerate(lines):
        text = line.strip()
        mark = by_line.get(number)
        if mark:
            speaking, speaker = True, plain_name(mark.name)
            if mark.words:
                yield Said(number, speaker, mark.words, apart=True)
            else:
                hidden[number] = _MARKED
            apart = not mark.words
        elif not text:
            apart = True
        elif is_service_line(text):
            hidden[number] = SERVICE
        elif _LENGTH.match(text):
            hidden[number] = "length of the recording"
        elif _MARK.match(line) or meeting_date(text, heading=False):
            speaking = False
        elif speaking:
            yield Said(number, speaker, text, apart=apart)
            apart = False


def _mark(number: int, line: str) -> _Mark | None:
    head = line[:_LONGEST_MARK]
    if ":" not in head[:120]:
        return None
    for form in _FORMS:
        found = form.match(head)
        if found and is_speaker(found["name"]):
            words = (found["words"] or "") + (line[_LONGEST_MARK:] if found["words"] else "")
            return _Mark(
                number, found["name"].strip(), tuple(int(part) for part in found["time"].split(":")), words.strip()
            )
    return None


def _is_transcript(lines: Sequence[str], marks: Sequence[_Mark]) -> bool:
    if len(marks) < _FEWEST:
        return False
    names = Counter(mark.name for mark in marks)
    if len(names) > _TURN_SHARE * len(marks):
        return False
    first = marks[0].parts
    if len(first) == 2 and first[0] >= _FIRST:
        return False
    rising = sum(_seconds(a.parts) <= _seconds(b.parts) for a, b in pairwise(marks))
    if rising < _RISING * (len(marks) - 1) or len({mark.parts for mark in marks}) < _RISING * len(marks):
        return False
    after = [line for line in lines[marks[0].line :] if line.strip()]
    listed = sum(bool(_MARK.match(line)) for line in after)
    return len(after) <= _MOST_LINES_EACH * len(marks) and listed <= _LISTED * len(after)


def _seconds(parts: tuple[int, ...]) -> int:
    hours, minutes, seconds = parts if len(parts) == 3 else (0, *parts)
    return hours * 3600 + minutes * 60 + seconds
