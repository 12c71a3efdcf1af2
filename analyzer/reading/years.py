"""From dates as written to days: which year each is of, settled for a whole document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from analyzer.dates import DateMention, monday_of, resolve

PROBE = 2_000
"""Characters of one line that are searched for dates; further ones settle nothing new."""
_SHORT_STEP = 150
"""Days; between neighbours that are nearer than this, the nearest year is beyond doubt."""
_HALF_A_YEAR = 190
_MISPLACED = 45
"""Days by which an entry may stand against the order of a document before its year is taken to be another."""
_YEAR = re.compile(r"(?<![\d.,$£€#/-])(?P<year>(?:19|20)\d\d)(?![\d%]|[.,]\d)")
_YEARS = re.compile(r"(?<![\d.,$£€#/-])(?P<first>(?:19|20)\d\d)\s?[-–/]\s?(?P<last>(?:20)?\d\d)(?![\d%/-]|[.,]\d)")
_SHORT_YEAR = re.compile(r"(?:(?<!\w)['’]|\bFY\s?'?)(?P<year>[1-3]\d)(?![\w%.,]\d|\w)")
EARLIEST, LATEST = 1970, 2100
"""Years that a note can be of, the last one excluded; any other is a slip of the pen."""
_LONGER_THAN_A_YEAR = 400
"""Days; a longer log cannot lie in the one year that its title names, so that year is taken to be its first entry's."""
_FAR = 550
"""Days from every other meeting that make a lone date's year doubtful."""


def year_in(text: str) -> int | None:
    """Return the one year that a title, a file name or a heading names; of several the last."""
    found = [int(match["year"]) for match in _YEAR.finditer(text[:PROBE].replace("_", " "))]
    return found[-1] if found else None


def years_in(text: str) -> tuple[int, int] | None:
    """Return the first and the last of the years that a text is about: "2024-25" and "2024/2025" are two years."""
    span = _YEARS.search(text[:PROBE].replace("_", " "))
    if span:
        first, last = int(span["first"]), int(span["last"])
        last += first - first % 100 if last < 100 else 0
        if last == first + 1:
            return first, last
    year = year_in(text)
    if year is None and (short := _SHORT_YEAR.search(text[:PROBE])):
        year = 2000 + int(short["year"])
    return None if year is None else (year, year)


def days(
    mentions: Sequence[DateMention], *, day_first: bool, year: int | None, until: int | None = None
) -> list[date | None]:
    """Give each meeting's date its day, filling in years from the neighbours.

    A date without a year is taken to be nearest to its neighbour whose year is known, so that years roll over at New Year
    whichever end of the document is the newest. Without any year, ``year`` is the one that most of the dates fall in.

    Args:
        mentions: the dates as they stand in the document.
        day_first: how open ones are read.
        year: the year of the title, the file's name, its folder or the settings.
        until: the last of several years that the document is about.

    Returns:
        The days; None for a day that does not exist, and for all where no year is known at all.
    """
    if not mentions:
        return []
    known = [place for place, one in enumerate(mentions) if one.year is not None and day_of(one, day_first=day_first)]
    if known or all(one.year is not None for one in mentions):
        return _spread(mentions, known, day_first=day_first)
    if year is None:
        return [None] * len(mentions)
    start = next((n for n, one in enumerate(mentions) if day_of(replace(one, year=year), day_first=day_first)), None)
    if start is None:
        return [None] * len(mentions)
    started = [replace(one, year=year) if place == start else one for place, one in enumerate(mentions)]
    found = _spread(started, [start], day_first=day_first)
    shifts = sorted((0, -1, 1), key=lambda shift: -_fit(mentions, found, shift, (year, until or year)))
    return [_shifted(one, day, shifts[0]) for one, day in zip(mentions, found, strict=True)]


def _spread(mentions: Sequence[DateMention], known: list[int], *, day_first: bool) -> list[date | None]:
    """Fill in years outward from the known ones: first the nearest, then, where that shows which end is newest, in that order."""
    nearest = _walk(mentions, known, day_first=day_first, towards=0)
    dated = [day for day in nearest if day is not None]
    steps = [(later - earlier).days for earlier, later in pairwise(dated)]
    towards = sum((step > 0) - (step < 0) for step in steps if abs(step) <= _SHORT_STEP)
    return _walk(mentions, known, day_first=day_first, towards=(towards > 0) - (towards < 0)) if towards else nearest


def _walk(mentions: Sequence[DateMention], known: list[int], *, day_first: bool, towards: int) -> list[date | None]:
    found: list[date | None] = [None] * len(mentions)
    if not known:
        return found
    for place in known:
        found[place] = day_of(mentions[place], day_first=day_first)
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
    if day is not None and abs((day - near).days) > _HALF_A_YEAR:
        return None  # 29 February, in a year without one
    if day is None or not towards or (day - near).days * towards >= -_MISPLACED:
        return day
    return _shifted(mention, day, towards)


def day_of(mention: DateMention, *, day_first: bool) -> date | None:
    """Return the day of a date with a year, None where there is no such day or the year cannot be meant."""
    day = resolve(mention, near=date(2000, 1, 1), day_first=day_first)
    return day if day and EARLIEST <= day.year < LATEST else None


def _fit(mentions: Sequence[DateMention], found: Sequence[date | None], shift: int, span: tuple[int, int]) -> int:
    """Count what speaks for moving all days by whole years: weekdays that fit, days inside the years that are named."""
    moved = [_shifted(one, day, shift) for one, day in zip(mentions, found, strict=True)]
    weekdays = sum(
        day is not None and one.weekday == day.weekday()
        for one, day in zip(mentions, moved, strict=True)
        if one.weekday is not None
    )
    known = [day for day in moved if day is not None]
    if known and (max(known) - min(known)).days > _LONGER_THAN_A_YEAR:
        return 2 * weekdays
    return 2 * weekdays + sum(day is not None and span[0] <= day.year <= span[1] for day in moved)


def _shifted(mention: DateMention, day: date | None, years: int) -> date | None:
    if day is None or not years:
        return day
    if mention.week is not None:
        return monday_of(day.isocalendar().year + years, mention.week)
    if (day.month, day.day) == (2, 29):
        return None
    return day.replace(year=day.year + years)


def out_of_order(found: Sequence[date | None]) -> list[int]:
    """Return the places of days that stand against the order of the others, oldest or newest first."""
    places = [place for place, day in enumerate(found) if day is not None]
    dated = [found[place] for place in places]
    steps = [(place, earlier, later) for place, (earlier, later) in zip(places[1:], pairwise(dated), strict=True)]
    rising = [place for place, earlier, later in steps if earlier and later and later > earlier]
    falling = [place for place, earlier, later in steps if earlier and later and later < earlier]
    return falling if len(rising) >= len(falling) else rising


def far_off(found: Sequence[date | None]) -> list[int]:
    """Return the places of lone days that lie years away from all others, as a slip in the year puts them."""
    dated = sorted((day, place) for place, day in enumerate(found) if day is not None)
    if len(dated) < 3:
        return []
    gaps = [(later[0] - earlier[0]).days > _FAR for earlier, later in pairwise(dated)]
    alone = [before and after for before, after in pairwise([True, *gaps, True])]
    return [place for (_, place), far in zip(dated, alone, strict=True) if far] if not all(alone) else []
