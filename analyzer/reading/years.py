"""From dates as written to days: which year, and whether the day or the month comes first, settled for a whole document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from analyzer.dates import DateMention, find_dates, resolve, settle_order

_PROBE = 2_000
"""Characters of one line that are searched for dates; further ones settle nothing new."""
_ENOUGH = 4
"""Meetings that it takes to say which reading puts them at a likelier distance."""
_SHORT_STEP = 150
"""Days; between neighbours that are nearer than this, the nearest year is beyond doubt."""
_MISPLACED = 45
"""Days by which an entry may stand against the order of a document before its year is taken to be another."""
_SAYS_DAY_FIRST = re.compile(r"\b(?:dd/mm|d/m|day/month|day[- ]first)\b", re.IGNORECASE)
_SAYS_MONTH_FIRST = re.compile(r"\b(?:mm/dd|m/d|month/day|month[- ]first)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\d.,$£€#/-])(?P<year>(?:19|20)\d\d)(?![\d%,]|\.\d)")


@dataclass(frozen=True, slots=True)
class Order:
    """Whether day comes before month, and on what ground; ``sure`` is False for a guess that matters."""

    day_first: bool | None
    ground: str


def year_in(text: str) -> int | None:
    """Return the one year that a title, a file name or a heading names; of several the last."""
    found = [int(match["year"]) for match in _YEAR.finditer(text[:_PROBE].replace("_", " "))]
    return found[-1] if found else None


def inline_dates(lines: Iterable[str]) -> list[DateMention]:
    """Return the dates written with a slash anywhere in the lines; 2.5 may be a number, 2/5 mostly is a date."""
    found: list[DateMention] = []
    for line in lines:
        head = line[:_PROBE]
        if "/" not in head:
            continue
        found += [one for one in find_dates(head) if one.form == "numbers" and "/" in head[one.start : one.end]]
    return found


def settle(headings: Sequence[DateMention], inline: Sequence[DateMention], intro: str, year: int | None) -> Order:
    """Settle the order of day and month from one document's own evidence.

    Args:
        headings: the dates of its meetings, as they stand.
        inline: other dates with slashes.
        intro: the words above the first meeting, which may say it.
        year: the year that the title or the file's name gives.

    Returns:
        The order; ``day_first`` None where nothing in the document decides.
    """
    if (said := bool(_SAYS_DAY_FIRST.search(intro))) != bool(_SAYS_MONTH_FIRST.search(intro)):
        return Order(said, "the notes say so")
    for mentions, ground in ((headings, "the meetings' dates"), (inline, "dates in the notes")):
        settled = settle_order(mentions)
        if settled is not None:
            return Order(settled, ground)
    costs = [_cost(headings, day_first=day_first, year=year) for day_first in (True, False)]
    if costs[0] != costs[1]:
        return Order(costs[0] < costs[1], "the order of the meetings")
    if len(headings) >= _ENOUGH:
        spans = [_span(headings, day_first=day_first, year=year) for day_first in (True, False)]
        if max(spans) > 2 * min(spans):
            return Order(spans[0] < spans[1], "the distance between the meetings")
    named = sum({"day-month": 1, "month-day": -1}.get(one.form, 0) for one in headings)
    if named:
        return Order(named > 0, "how months are written out")
    return Order(None, "")


def is_open(mentions: Iterable[DateMention]) -> bool:
    """Return whether any date could be read either way."""
    return any(one.open_order for one in mentions)


def days(mentions: Sequence[DateMention], *, day_first: bool, year: int | None) -> list[date | None]:
    """Give each meeting's date its day, filling in years from the neighbours.

    A date without a year is taken to be nearest to its neighbour whose year is known, so that years roll over at New Year
    whichever end of the document is the newest. Without any year, ``year`` is the one that most of the dates fall in.

    Args:
        mentions: the dates as they stand in the document.
        day_first: how open ones are read.
        year: the year of the title, the file's name, its folder or the settings.

    Returns:
        The days; None for a day that does not exist, and for all where no year is known at all.
    """
    if not mentions:
        return []
    known = [place for place, one in enumerate(mentions) if one.year is not None]
    if known:
        return _spread(mentions, known, day_first=day_first)
    if year is None:
        return [None] * len(mentions)
    first = replace(mentions[0], year=year)
    found = _spread([first, *mentions[1:]], [0], day_first=day_first)
    shifts = sorted((0, -1, 1), key=lambda shift: -_fit(mentions, found, shift, year))
    return [_shifted(day, shifts[0]) for day in found]


def _spread(mentions: Sequence[DateMention], known: list[int], *, day_first: bool) -> list[date | None]:
    """Fill in years outward from the known ones: first the nearest, then, where that shows which end is newest, in that order."""
    nearest = _walk(mentions, known, day_first=day_first, towards=0)
    dated = [day for day in nearest if day is not None]
    steps = [(later - earlier).days for earlier, later in pairwise(dated)]
    towards = sum((step > 0) - (step < 0) for step in steps if abs(step) <= _SHORT_STEP)
    return _walk(mentions, known, day_first=day_first, towards=(towards > 0) - (towards < 0)) if towards else nearest


def _walk(mentions: Sequence[DateMention], known: list[int], *, day_first: bool, towards: int) -> list[date | None]:
    found: list[date | None] = [None] * len(mentions)
    for place in known:
        found[place] = resolve(mentions[place], near=date(2000, 1, 1), day_first=day_first)
    for places, sign in ((range(known[0] + 1, len(mentions)), 1), (range(known[0] - 1, -1, -1), -1)):
        near = found[known[0]]
        for place in places:
            if mentions[place].year is None and near is not None:
                found[place] = _near(mentions[place], near, day_first=day_first, towards=towards * sign)
            near = found[place] or near
    return found


def _near(mention: DateMention, near: date, *, day_first: bool, towards: int) -> date | None:
    """Return the day nearest to a neighbour; against the document's order only by so much as an entry is misplaced."""
    day = resolve(mention, near=near, day_first=day_first)
    if day is None or not towards or (day - near).days * towards >= -_MISPLACED:
        return day
    return _shifted(day, towards)


def _fit(mentions: Sequence[DateMention], found: Sequence[date | None], shift: int, year: int) -> int:
    """Count what speaks for moving all days by whole years: weekdays that fit, days inside the year that is named."""
    moved = [_shifted(day, shift) for day in found]
    weekdays = sum(
        day is not None and one.weekday == day.weekday()
        for one, day in zip(mentions, moved, strict=True)
        if one.weekday is not None
    )
    return 2 * weekdays + sum(day is not None and day.year == year for day in moved)


def _shifted(day: date | None, years: int) -> date | None:
    if day is None or not years:
        return day
    if (day.month, day.day) == (2, 29):
        return None
    return day.replace(year=day.year + years)


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


def out_of_order(found: Sequence[date | None]) -> list[int]:
    """Return the places of days that stand against the order of the others, oldest or newest first."""
    places = [place for place, day in enumerate(found) if day is not None]
    dated = [found[place] for place in places]
    steps = [(place, earlier, later) for place, (earlier, later) in zip(places[1:], pairwise(dated), strict=True)]
    rising = [place for place, earlier, later in steps if earlier and later and later > earlier]
    falling = [place for place, earlier, later in steps if earlier and later and later < earlier]
    return falling if len(rising) >= len(falling) else rising
