"""What the report says about a document's dates: missing, doubled, misplaced, impossible, or read by a guess."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from analyzer.reading import dayorder, years
from analyzer.reading.datelines import plain
from analyzer.reading.dating import Dates, Entry
from analyzer.reading.markdown import Draft
from analyzer.reading.written import MONTH
from analyzer.records import MeetingKind

_FEW_WEEKS = 15
Told = tuple[int | None, str]
"""A line of the file, None for all of it, and the message."""


def date_problems(
    dates: Dates, found: Sequence[Entry], drafts: Sequence[Draft], left_out: Collection[int], *, day_first: bool
) -> list[Told]:
    """Say what is wrong with a document's dates, and what to do about it.

    Args:
        dates: from `study`.
        found: from `entries`.
        drafts: the same blocks.
        left_out: blocks that are not read, such as a contents list.
        day_first: how open dates were read.
    """
    dated = [entry for entry in found if entry.day and entry.first not in left_out and entry.first < len(drafts)]
    told = [*_years(dates, dated), *_file(dates, found, dated, day_first=day_first), *_undated(dates, found, drafts)]
    told += _weeks(dates, dated)
    told += _order(dates, day_first=day_first)
    lines = [drafts[entry.first].start for entry in dated]
    days = [entry.day for entry in dated]
    far = set(years.far_off(days))
    near = [None if place in far else day for place, day in enumerate(days)]
    told += [(lines[place], f"{days[place]} stands out of order") for place in years.out_of_order(near)]
    told += [
        (lines[place], f"{days[place]} is far from all other meetings: is the year right?") for place in sorted(far)
    ]
    return told + _doubles(dated, lines)


def _years(dates: Dates, dated: Sequence[Entry]) -> list[Told]:
    if dates.year_guessed and dated:
        return [(None, f"the dates give no year; {dates.year} is a guess from the text, say another with --year")]
    return []


def _file(dates: Dates, found: Sequence[Entry], dated: Sequence[Entry], *, day_first: bool) -> list[Told]:
    """Say what is odd about the date of a file that holds one meeting."""
    if any(opening.mention and opening.mention.form == MONTH for opening in dates.openings):
        return [
            (
                None,
                "the headings give months and no days, so each month is dated by its first day; write the days into them",
            )
        ]
    if dates.file:
        if not dated:
            why = (
                "there is no such day"
                if dates.file.year or dates.year
                else "no year is written anywhere; say which with --year"
            )
            return [(None, f"the file's name or front matter gives a date, but {why}")]
        if dates.file.form == MONTH:
            day = dated[0].day
            return [
                (
                    None,
                    f"the file's name gives a month and no day, so all of it is dated {day}; write the day into the name",
                )
            ]
        return []
    if not dates.openings and len(found) == 1 and found[0].day is None:
        return [(None, "no date found, so nothing of it counts for a day or quarter")]
    if not dates.named or len(dated) != 1:
        return []
    named = years.days([dates.named], day_first=day_first, year=dates.year, until=dates.until)[0]
    if named is None or named == dated[0].day:
        return []
    return [
        (
            None,
            f"the file's name says {named}, its heading {dated[0].day}: the heading is taken; mend the one that is wrong",
        )
    ]


def _undated(dates: Dates, found: Sequence[Entry], drafts: Sequence[Draft]) -> list[Told]:
    """Say which headings have no date, or one that does not exist."""
    resolved = {entry.first for entry in found if entry.day}
    told: list[Told] = []
    for opening in dates.openings:
        draft = drafts[opening.place]
        if opening.blank:
            why = "the date is missing, so what stands below counts for no day or quarter"
        elif opening.mention is None or opening.place in resolved:
            continue
        elif opening.mention.year is None and dates.year is None:
            why = "no year is written anywhere; say which with --year"
        elif opening.mention.year is not None and not years.EARLIEST <= opening.mention.year < years.LATEST:
            why = f"the year {opening.mention.year} cannot be right"
        else:
            why = "there is no such week" if opening.mention.week else "there is no such day"
        told.append((draft.start, f"'{plain(draft.text)}': {why}"))
    return told


def _weeks(dates: Dates, dated: Sequence[Entry]) -> list[Told]:
    """Say that weeks that start at 1 may count from something else than New Year."""
    weeks = [opening.mention.week for opening in dates.openings if opening.mention and opening.mention.week]
    first = next((entry.day for entry in dated if entry.day and entry.day.isocalendar().week == 1), None)
    if not weeks or min(weeks) > 1 or max(weeks) > _FEW_WEEKS or first is None:
        return []
    why = f"week 1 is read as the calendar's, of {first}; if the weeks count from another day, write that day into the headings"
    return [(None, why)]


def _order(dates: Dates, *, day_first: bool) -> list[Told]:
    """Say on what thin ground the order of day and month was settled, and whether the dates contradict each other."""
    mentions = [opening.mention for opening in dates.openings if opening.mention]
    now, other = ("day/month", "--month-first") if day_first else ("month/day", "--day-first")
    if dayorder.both_ways(mentions):
        return [
            (None, f"some dates are written day/month, others month/day; those that could be either are read as {now}")
        ]
    if dates.order.day_first is day_first and not dates.order.sure and dayorder.is_open(mentions):
        return [
            (None, f"dates such as 3/4 are read as {now}, going by {dates.order.ground}; say {other} if that is wrong")
        ]
    return []


_MOST_DOUBLES = 50
"""Lines about dates that come again; a log that repeats one date ten thousand times needs no more."""


def _doubles(dated: Sequence[Entry], lines: Sequence[int]) -> list[Told]:
    told: list[Told] = []
    seen: dict[date | None, int] = {}
    for entry, line in zip(dated, lines, strict=True):
        if entry.day in seen and entry.kind is not MeetingKind.PINNED:
            told.append((line, f"{entry.day} stands twice, also in line {seen[entry.day]}"))
        seen.setdefault(entry.day, line)
    more = len(told) - _MOST_DOUBLES
    return [*told[:_MOST_DOUBLES], (None, f"{more:,} more dates stand twice")] if more > 0 else told
