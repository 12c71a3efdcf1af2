"""The meetings of the year: the period, gaps in the record, and what lies inside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from statistics import median

from analyzer.dates import year_period
from analyzer.errors import NoMeetingError
from analyzer.records import Gap, Meeting, MeetingKind
from analyzer.settings import Settings

SHORTEST_GAP = 21
"""Days; three weeks without notes are no gap, however often two people usually meet."""
TIMES_USUAL = 2.0


def period_of(meetings: Sequence[Meeting], settings: Settings) -> tuple[date, date]:
    """Return the half-open period that is reviewed: what was asked for, else the (fiscal) year with the most meetings.

    An end that was left open is the end of the (fiscal) year of the first or last meeting.

    Raises:
        NoMeetingError: no meeting took place inside the period.
    """
    held = held_dates(meetings)
    asked = settings.period()
    if asked is None:
        if not held:
            raise NoMeetingError("the notes", "no line was recognised as the date of a meeting")
        years = Counter(_fiscal_year(found, settings.fiscal_year_start) for found in held)
        year = max(years, key=lambda year: (years[year], year))
        return year_period(year, settings.fiscal_year_start)
    if not any(asked[0] <= found < asked[1] for found in held):
        seen = f"the notes have meetings from {held[0]} to {held[-1]}" if held else "the notes have none with a date"
        raise NoMeetingError(f"the period from {asked[0]} up to, not including, {asked[1]}", seen)
    first, last = (
        year_period(_fiscal_year(day, settings.fiscal_year_start), settings.fiscal_year_start)
        for day in (held[0], held[-1])
    )
    return asked[0] if asked[0] > date.min else first[0], asked[1] if asked[1] < date.max else last[1]


def held_dates(meetings: Iterable[Meeting]) -> list[date]:
    """Return the days on which a meeting took place, in order, each once."""
    return sorted(
        {meeting.date for meeting in meetings if meeting.kind is MeetingKind.HELD and meeting.date is not None}
    )


def inside(meetings: Iterable[Meeting], start: date, end: date) -> tuple[Meeting, ...]:
    """Return the meetings of a period in the order of dates, with the pinned parts first."""
    kept = [meeting for meeting in meetings if meeting.date is None or start <= meeting.date < end]
    return tuple(sorted(kept, key=lambda meeting: meeting.date or date.min))


def gaps_of(meetings: Sequence[Meeting]) -> tuple[Gap, ...]:
    """Return the stretches without notes: more than twice the median distance between meetings, and over three weeks."""
    held = held_dates(meetings)
    usual = usual_distance(meetings) or 0.0
    cancelled = [meeting for meeting in meetings if meeting.kind is MeetingKind.CANCELLED and meeting.date is not None]
    return tuple(
        Gap(
            start=one,
            end=other,
            cancelled=tuple(meeting.source for meeting in cancelled if meeting.date and one < meeting.date < other),
        )
        for one, other in pairwise(held)
        if (other - one).days > max(TIMES_USUAL * usual, SHORTEST_GAP)
    )


def usual_distance(meetings: Iterable[Meeting]) -> float | None:
    """Return the median of the days between meetings, None for fewer than two."""
    held = held_dates(meetings)
    distances = [(other - one).days for one, other in pairwise(held)]
    return float(median(distances)) if distances else None


def _fiscal_year(found: date, fiscal_start: int) -> int:
    return found.year + (1 if fiscal_start > 1 and found.month >= fiscal_start else 0)
