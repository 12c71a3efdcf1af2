"""Days, quarters and fiscal years, and the dates that people write.

Periods are half-open: ``start <= day < end``. A fiscal year carries the number of the calendar year in which it ends
(FY2025 with ``fiscal_start=7`` runs from 1 July 2024 to 30 June 2025); with ``fiscal_start=1`` it is the calendar year.

`find_dates` only says what a text can mean (`DateMention`); which year is meant, and whether 3/4 is in March or in
April, is settled by who knows the document (`resolve`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januray janurary",
            "february feb febuary feburary",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug augst",
            "september sept sep setpember",
            "october oct ocotber",
            "november nov novemeber novmber",
            "december dec decmber decemeber",
        ),
        start=1,
    )
    for name in names.split()
}
"""English month names, their short forms and the misspellings seen in real notes."""

WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon",
            "tuesday tues tue",
            "wednesday weds wed",
            "thursday thurs thur thu",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for name in names.split()
}

_MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_WEEKDAY = r"(?:(?P<weekday>" + "|".join(sorted(WEEKDAYS, key=len, reverse=True)) + r")\b\.?,?\s{1,3})?"
_ORDINAL = r"(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_SHORT_YEAR = r"(?P<year>(?:19|20)\d\d|'?\d\d)"
_BEFORE = r"(?<![\w./:$£€#%-])"
_AFTER = r"(?![\w/%])(?!\.\d)(?!-\d)"

_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(expression, re.IGNORECASE))
    for name, expression in (
        ("iso", r"(?<![\d-])(?P<year>(?:19|20)\d\d)[-/._](?P<m>0?[1-9]|1[0-2])[-/._](?P<d>[12]\d|3[01]|0?[1-9])(?!\d)"),
        ("iso-week", r"(?<!\d)(?P<year>(?:19|20)\d\d)(?:-?W|,?\s{0,2}week\s{1,2})(?P<week>[0-5]?\d)(?!\d)"),
        ("compact", r"(?<!\d)(?P<year>20\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>[012]\d|3[01])(?!\d)"),
        (
            "day-month",
            rf"{_WEEKDAY}(?<![\w./:$£€#%])(?P<d>\d{{1,2}}){_ORDINAL}(?:\s{{0,2}}of)?[\s-]{{0,3}}{_MONTH}(?:[,\s-]{{1,3}}{_YEAR}(?!\d)|\s{{0,2}}'(?P<yy>\d\d)\b)?",
        ),
        (
            "month-day",
            rf"{_WEEKDAY}(?<!\w){_MONTH}\s{{0,3}}(?P<d>\d{{1,2}}){_ORDINAL}(?![\d:%])(?:,?\s{{1,3}}{_YEAR}(?!\d)|\s{{0,2}}'(?P<yy>\d\d)\b)?",
        ),
        (
            "numbers",
            rf"{_WEEKDAY}{_BEFORE}(?P<a>\d{{1,2}})(?P<sep>[/.])(?P<b>\d{{1,2}})(?:(?P=sep){_SHORT_YEAR})?{_AFTER}",
        ),
        ("numbers", rf"{_WEEKDAY}{_BEFORE}(?P<a>\d{{1,2}})-(?P<b>\d{{1,2}})-{_YEAR}{_AFTER}"),
    )
)


_DIGIT = re.compile(r"\d")
"""Every form has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A date as written: the numbers it gives, and which of them are open.

    Attributes:
        start, end: offsets in the text searched, half-open.
        form: name of the form that matched.
        day, month: as far as the order is sure; for an open order, ``day`` is the first number.
        year: None where the text gives none.
        open_order: whether day and month could be the other way round.
        day_first: how a pair of numbers was written where they show it (13/02 or 02/13), else None.
        weekday: 0 for Monday, None if not written.
        week: number of the ISO week where no year says which day that is ("Week 12"); day and month mean nothing then.
    """

    start: int
    end: int
    form: str
    day: int
    month: int
    year: int | None = None
    open_order: bool = False
    day_first: bool | None = None
    weekday: int | None = None
    week: int | None = None

    def swapped(self) -> DateMention:
        """Return the other reading of an open order."""
        return replace(self, day=self.month, month=self.day)


def find_dates(text: str) -> list[DateMention]:
    """Find the dates written in a text, in order and without overlap; never guesses a year or an order.

    Args:
        text: any text; a line of notes is usual.

    Returns:
        The mentions. Forms that need a month name or a full year are sure; ``3/7`` is open and may be no date at all
        (a score, a fraction): the caller judges by where it stands.
    """
    return list(_found(text)) if _DIGIT.search(text) else []


@lru_cache(maxsize=1024)  # several stages ask of the same line
def _found(text: str) -> tuple[DateMention, ...]:
    found: list[DateMention] = []
    taken = bytearray(len(text))
    for form, expression in _FORMS:
        for match in expression.finditer(text):
            mention = _mention(form, match)
            if mention and not any(taken[mention.start : mention.end]):
                found.append(mention)
                taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
    return tuple(sorted(found, key=lambda mention: mention.start))


def resolve(mention: DateMention, *, near: date, day_first: bool, lean: int = 0) -> date | None:
    """Turn a mention into a day.

    Args:
        mention: what was written.
        near: a day that the text was written on, or near to.
        day_first: how an open order is read.
        lean: -1 where the date must not lie after ``near`` by more than a few days, 1 where it is in the future, 0 for
            the nearest one.

    Returns:
        The day, or None where there is no such day ("31/2").
    """
    if mention.open_order and not day_first:
        mention = mention.swapped()
    if mention.year is not None:
        return _day_of(mention, mention.year)
    candidates = [found for year in (near.year - 1, near.year, near.year + 1) if (found := _day_of(mention, year))]
    slack = timedelta(days=7)
    if lean > 0:
        candidates = [day for day in candidates if day >= near - slack] or candidates
    if lean < 0:
        candidates = [day for day in candidates if day <= near + slack] or candidates
    return min(candidates, key=lambda day: (abs((day - near).days), day), default=None)


def settle_order(mentions: Iterable[DateMention]) -> bool | None:
    """Settle whether day or month comes first, from all open dates of one document.

    Returns:
        True for day first, False for month first, None where nothing decides or the evidence is split evenly.
    """
    votes = 0
    for mention in mentions:
        if mention.form != "numbers":
            continue
        if not mention.open_order:
            votes += {True: 1, False: -1, None: 0}[mention.day_first]
        elif mention.weekday is not None and mention.year is not None:
            fits = [_weekday(one) == mention.weekday for one in (mention, mention.swapped())]
            votes += fits[0] - fits[1]
    return None if votes == 0 else votes > 0


def monday_of(year: int, week: int) -> date | None:
    """Return the first day of an ISO week, None where the year has no such week."""
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        return None


def quarter_of(day: date, fiscal_start: int = 1) -> str:
    """Return the quarter of a day: ``2025-Q1``, or ``FY2025-Q1`` where the fiscal year starts in another month."""
    months = (day.month - fiscal_start) % 12
    year = day.year + (1 if fiscal_start > 1 and day.month >= fiscal_start else 0)
    return f"{'FY' if fiscal_start > 1 else ''}{year}-Q{months // 3 + 1}"


def year_period(year: int, fiscal_start: int = 1) -> tuple[date, date]:
    """Return the half-open period of a (fiscal) year."""
    first = year - 1 if fiscal_start > 1 else year
    return date(first, fiscal_start, 1), date(first + 1, fiscal_start, 1)


def quarters_between(start: date, end: date, fiscal_start: int = 1) -> list[str]:
    """Return the quarters that a half-open period touches, in order."""
    found: list[str] = []
    day = start
    while day < end:
        if (name := quarter_of(day, fiscal_start)) not in found:
            found.append(name)
        day = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return found


def _mention(form: str, match: re.Match[str]) -> DateMention | None:
    groups = match.groupdict()
    weekday = WEEKDAYS[groups["weekday"].lower()] if groups.get("weekday") else None
    year = _full_year(groups.get("year") or groups.get("yy"))
    place: dict[str, Any] = {"start": match.start(), "end": match.end(), "form": form, "year": year, "weekday": weekday}
    if form == "iso-week":
        week = int(groups["week"])
        monday = monday_of(year, week) if year is not None else None
        return DateMention(**{**place, "year": monday.year}, day=monday.day, month=monday.month) if monday else None
    if form == "numbers":
        first, second = int(groups["a"]), int(groups["b"])
        if not (1 <= first <= 31 and 1 <= second <= 31) or (first > 12 and second > 12):
            return None
        if first <= 12 and second <= 12:
            return DateMention(**place, day=first, month=second, open_order=first != second)
        return DateMention(**place, day=max(first, second), month=min(first, second), day_first=first > second)
    month = int(groups["m"]) if groups.get("m") else MONTHS[groups["month"].lower()]
    day = int(groups["d"])
    return DateMention(**place, day=day, month=month) if 1 <= day <= 31 else None


def _full_year(written: str | None) -> int | None:
    if not written:
        return None
    digits = written.lstrip("'")
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _day_of(mention: DateMention, year: int) -> date | None:
    return _day(year, mention.month, mention.day) if mention.week is None else monday_of(year, mention.week)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _weekday(mention: DateMention) -> int | None:
    found = _day(mention.year, mention.month, mention.day) if mention.year else None
    return found.weekday() if found else None
