"""How a running document writes its meetings: heading, date, bullets, order; an agenda is laid out in the same way."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from analyzer.records import Document, Meeting
from analyzer.rendering.agenda_dates import Form, forms_in, write_day

RECENT = 8
"""Meetings whose lines say how lists and headings are written now."""
HEADINGS = 3
"""Meetings whose own headings say how dates are written now: habits change within a year."""
_UNDERLINE = re.compile(r"\s{0,3}(?:={2,}|-{2,})\s{0,9}")
_RULE = re.compile(r"\s{0,3}(?:-{3,}|\*{3,}|_{3,}|(?:- ){2,}-|(?:\* ){2,}\*)\s{0,9}")
_BULLET = re.compile(r"([-*+•]) ")
_HEADING = re.compile(r"(#{1,6}) ")
_BOLD = re.compile(r"(\*\*|__)[^*_].{0,100}\1:?\s{0,9}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How a document writes a meeting."""

    head: tuple[str, str] = ("## ", "")
    """What stands before and behind the date in the heading's line."""
    form: Form | None = None
    """How the date is written, None for ISO."""
    underline: str = ""
    """The character of a line under the heading, '' for none."""
    section: str = "**{}**"
    """A heading within a meeting."""
    bullet: str = "-"
    airy: bool = True
    """Whether an empty line stands under a heading."""
    rule: str = ""
    """The line between two meetings, '' for none."""
    newest_first: bool = True
    year: int | None = None
    """The year of the newest meeting: a date without one is given one where that changes."""

    def heading(self, day: date) -> list[str]:
        """Return the heading of a meeting."""
        written = (
            write_day(self.form, day, with_year=self.year not in {None, day.year}) if self.form else day.isoformat()
        )
        line = f"{self.head[0]}{written}{self.head[1]}".rstrip()
        return [line, self.underline * max(len(line), 3)] if self.underline else [line]


def shape_of(document: Document) -> Shape:
    """Return how a document writes its meetings.

    Args:
        document: a running document with at least one dated meeting.
    """
    met = dated(document)
    if not met:
        return Shape()
    newest_first = is_newest_first(met)
    recent = met[:RECENT] if newest_first else met[::-1][:RECENT]
    lines = document.lines
    written = [(_line(lines, one), one.date) for one in recent[:HEADINGS] if one.date]
    form = _common_form(written, day_first=document.day_first)
    head = _head(written, form)
    start = recent[0].source.start or 1
    under = lines[start] if start < len(lines) else ""
    underline = under.strip()[0] if _UNDERLINE.fullmatch(under) and not head[0].startswith("#") else ""
    body = [line for one in recent for line in lines[(one.source.start or 1) : one.source.end or 0]]
    return Shape(
        head=head,
        form=form,
        underline=underline,
        section=_section(head[0], body, plain=document.path.lower().endswith(".txt")),
        bullet=_commonest(match[1] for line in body if (match := _BULLET.match(line))) or "-",
        airy=_is_airy(lines, recent, 1 if underline else 0),
        rule=_rule(lines, met),
        newest_first=newest_first,
        year=recent[0].date.year if recent[0].date else None,
    )


def dated(document: Document) -> list[Meeting]:
    """Return the meetings with a date, in the order of the document."""
    return sorted((one for one in document.meetings if one.date), key=lambda one: one.source.start or 0)


def is_newest_first(met: Sequence[Meeting]) -> bool:
    """Return whether the newest of some meetings stands first; so it is taken to be where there is only one."""
    days = [one.date for one in met if one.date]
    up = sum(day < after for day, after in pairwise(days))
    down = sum(day > after for day, after in pairwise(days))
    return down >= up


def _line(lines: Sequence[str], meeting: Meeting) -> str:
    start = meeting.source.start or 1
    return lines[start - 1] if start <= len(lines) else ""


def _common_form(written: Sequence[tuple[str, date]], *, day_first: bool) -> Form | None:
    """Return the form that most headings are written in; the newest one decides between two."""
    votes = Counter(form for line, day in written for form in dict.fromkeys(forms_in(line, day, day_first=day_first)))
    return max(votes, key=lambda form: votes[form], default=None)


def _head(written: Sequence[tuple[str, date]], form: Form | None) -> tuple[str, str]:
    """Return what stands around the date in a heading's line; words that only one heading has are left out."""
    around = [pair for line, day in written if (pair := _around(line, day, form)) is not None]
    if not around:
        first = written[0][0] if written else "## "
        match = _HEADING.match(first)
        return f"{match[1] if match else '##'} ", ""
    before, after = Counter(pair[0] for pair in around), Counter(pair[1] for pair in around)
    lead = max(before, key=lambda one: before[one])
    tail = max(after, key=lambda one: after[one])
    if before[lead] < 2 <= len(around) or len(around) == 1:
        lead = _marks(lead)
    if after[tail] < 2 <= len(around) or len(around) == 1:
        tail = "".join(character for character in tail if character in "*_:").strip()
    return lead, tail


def _around(line: str, day: date, form: Form | None) -> tuple[str, str] | None:
    if form is None:
        return None
    for with_year in (False, True):
        words = write_day(form, day, with_year=with_year)
        at = line.lower().find(words.lower())
        if at >= 0:
            return line[:at], line[at + len(words) :].rstrip()
    return None


def _marks(lead: str) -> str:
    match = re.match(r"\s{0,3}(?:#{1,6} )?(?:\*\*|__)?", lead)
    return match[0] if match else ""


def _section(lead: str, body: Sequence[str], *, plain: bool) -> str:
    """Return how a heading within a meeting is written: as the document does, else one step below the meeting's."""
    level = _HEADING.match(lead)
    deeper = [match[1] for line in body if (match := _HEADING.match(line)) and level and len(match[1]) > len(level[1])]
    bold = sum(_BOLD.fullmatch(line) is not None for line in body)
    if deeper and len(deeper) >= bold:
        return f"{_commonest(deeper)} {{}}"
    if bold or not plain:
        return "**{}**"
    return "{}:"


def _is_airy(lines: Sequence[str], met: Sequence[Meeting], skip: int) -> bool:
    below = [lines[at] for one in met if (at := (one.source.start or 1) + skip) < len(lines)]
    return 2 * sum(not line.strip() for line in below) > len(below)


def _rule(lines: Sequence[str], met: Sequence[Meeting]) -> str:
    """Return the line that stands between most meetings."""
    found = []
    for one in met[1:]:
        above = [
            line for line in lines[max((one.source.start or 1) - 4, 0) : (one.source.start or 1) - 1] if line.strip()
        ]
        found.append(above[-1].strip() if above and _RULE.fullmatch(above[-1]) else "")
    most = _commonest(found)
    return most if most and 2 * found.count(most) > len(found) else ""


def _commonest(found: Iterator[str] | Sequence[str]) -> str:
    votes = Counter(found)
    return max(votes, key=lambda one: votes[one], default="")
