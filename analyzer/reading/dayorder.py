"""Whether 3/4 is in March or in April, and which number of 25/03/04 is the year: settled from all dates of a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from analyzer.dates import DateMention, find_dates, settle_order
from analyzer.reading.written import SHORT, SHORT_LAST, lone_short, year_last
from analyzer.reading.years import PROBE, day_of, days

_ENOUGH = 4
"""Meetings that it takes to say which reading puts them at a likelier distance."""
_SAYS_DAY_FIRST = re.compile(r"\b(?:dd/mm|d/m|day/month|day[- ]first)\b", re.IGNORECASE)
_SAYS_MONTH_FIRST = re.compile(r"\b(?:mm/dd|m/d|month/day|month[- ]first)\b", re.IGNORECASE)
_SHORTS = frozenset({SHORT, SHORT_LAST})


@dataclass(frozen=True, slots=True)
class Order:
    """Whether day comes before month, and on what ground; ``sure`` is False where that only makes it likely."""

    day_first: bool | None
    ground: str
    sure: bool = True


def common_order(orders: Iterable[Order]) -> bool | None:
    """Return the order of day and month that most documents of a folder have; the sure ones are asked first."""
    known = [one for one in orders if one.day_first is not None]
    for asked in ([one for one in known if one.sure], known):
        votes = sum(1 if one.day_first else -1 for one in asked)
        if votes:
            return votes > 0
    return None


def inline_dates(lines: Iterable[str]) -> list[DateMention]:
    """Return the dates written with a slash anywhere in the lines; 2.5 may be a number, 2/5 mostly is a date."""
    found: list[DateMention] = []
    for line in lines:
        head = line[:PROBE]
        if "/" not in head:
            continue
        found += [one for one in find_dates(head) if one.form == "numbers" and "/" in head[one.start : one.end]]
    return found


def settle(
    headings: Sequence[DateMention],
    inline: Sequence[DateMention],
    intro: str,
    year: int | None,
    named: DateMention | None = None,
) -> Order:
    """Settle the order of day and month from one document's own evidence.

    Args:
        headings: the dates of its meetings, as they stand.
        inline: other dates with slashes.
        intro: the words above the first meeting, which may say it.
        year: the year that the title or the file's name gives.
        named: the date in the file's name, for a file with one meeting.

    Returns:
        The order; ``day_first`` None where nothing in the document decides.
    """
    if (said := bool(_SAYS_DAY_FIRST.search(intro))) != bool(_SAYS_MONTH_FIRST.search(intro)):
        return Order(said, "the notes say so")
    settled = settle_order(headings)
    if settled is not None:
        return Order(settled, "the meetings' dates")
    if named and not named.open_order and len(headings) == 1 and headings[0].open_order:
        fits = [(one.day, one.month) == (named.day, named.month) for one in (headings[0], headings[0].swapped())]
        if fits[0] != fits[1]:
            return Order(fits[0], "the file's name")
    settled = settle_order(inline)
    if settled is not None:
        return Order(settled, "dates in the notes")
    costs = [_cost(headings, day_first=day_first, year=year) for day_first in (True, False)]
    if costs[0] != costs[1]:
        return Order(costs[0] < costs[1], "the order of the meetings")
    if len(headings) >= _ENOUGH:
        spans = [_span(headings, day_first=day_first, year=year) for day_first in (True, False)]
        if max(spans) > 2 * min(spans):
            return Order(spans[0] < spans[1], "the distance between the meetings", sure=False)
    votes = sum({"day-month": 1, "month-day": -1}.get(one.form, 0) for one in headings)
    if votes:
        return Order(votes > 0, "how months are written out", sure=False)
    return Order(None, "")


def is_open(mentions: Iterable[DateMention]) -> bool:
    """Return whether any date could be read either way."""
    return any(one.open_order for one in mentions)


def settle_short(mentions: Sequence[DateMention | None], year: int | None) -> list[DateMention | None]:
    """Settle whether 25-03-04 is written year first, from all such dates of a document.

    The year is the number that fits the year that is named, else the one that changes least; a lone 25/03/04 or 25.03.04 is
    read with the year at its end, 25-03-04 and 25_03_04 with the year in front.

    Args:
        mentions: the meetings' dates, in order, None for undated parts.
        year: the year that the document is about, if it says so.
    """
    short = [one for one in mentions if one is not None and one.form in _SHORTS]
    if not short:
        return list(mentions)
    likelier = [lone_short(one) for one in short]
    wanted = {one.year for one in mentions if one is not None and one.form not in _SHORTS and one.year} | {year}
    in_front, at_end = (
        (
            -sum(one.year in wanted for one in reading),
            -sum(any(abs((one.year or 0) - other) <= 1 for other in wanted if other) for one in reading),
            sum(day_of(one, day_first=True) is None for one in reading),
            len({one.year for one in reading}),
            sum(one.year != other.year for one, other in zip(reading, likelier, strict=True)),
        )
        for reading in (short, [year_last(one) for one in short])
    )
    if in_front <= at_end:
        return list(mentions)
    return [year_last(one) if one is not None and one.form in _SHORTS else one for one in mentions]


def both_ways(mentions: Iterable[DateMention]) -> bool:
    """Return whether some dates can only be day first, and others only month first."""
    sure = {one.day_first for one in mentions if one.form == "numbers" and one.day != one.month}
    return {True, False} <= sure


def _cost(mentions: Sequence[DateMention], *, day_first: bool, year: int | None) -> int:
    """Count what speaks against one reading: days that do not exist, weekdays that do not fit, steps against the order."""
    found = days(mentions, day_first=day_first, year=year or (None if any(one.year for one in mentions) else 2001))
    missing = sum(day is None for day in found)
    dated = [day for day in found if day is not None]
    rising = sum(earlier < later for earlier, later in pairwise(dated))
    falling = sum(earlier > later for earlier, later in pairwise(dated))
    wrong = (
        sum(
            one.weekday is not None and day is not None and one.weekday != day.weekday()
            for one, day in zip(mentions, found, strict=True)
        )
        if year or any(one.year for one in mentions)
        else 0
    )
    return 5 * missing + wrong + min(rising, falling)


def _span(mentions: Sequence[DateMention], *, day_first: bool, year: int | None) -> int:
    """Return the days between neighbouring meetings, summed up."""
    found = [day for day in days(mentions, day_first=day_first, year=year or 2001) if day is not None]
    return sum(abs((later - earlier).days) for earlier, later in pairwise(found))
