"""The days, months and quarters that a line names, each as it would be read ahead of the day of writing and behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from analyzer.dates import MONTHS, WEEKDAYS, find_dates, resolve

_MONTH = "|".join(sorted((name for name in MONTHS if name != "may"), key=len, reverse=True))
_DAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
_MONTH_PART = re.compile(
    rf"\b(?:(?:the )?(?:end|start|middle|beginning) of |early |mid[- ]|late |by |in |until |till |since |from )?(?P<month>{_MONTH}|(?<=[a-z] )May|(?<=end of )may|(?<=in )may)\b\.?(?: (?P<year>20\d\d)\b)?(?!\s?\d)",
    re.IGNORECASE,
)
_QUARTER = re.compile(r"\bQ(?P<q>[1-4])(?:[ /-]?(?P<year>20\d\d)| ?'?(?P<short>2\d)\b)?(?!\w)")
_WEEKDAY = re.compile(rf"\b(?P<next>next |this |last )?(?P<day>{_DAY})\b(?!['’]s)", re.IGNORECASE)
_ORDINAL = re.compile(
    r"\b(?:the )?(?P<d>[12]?\d|3[01])(?:st|nd|rd|th)\b(?! (?:time|round|attempt|draft|try|page|floor|place|bot|week|month|day))",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(?P<today>today|tonight|eod|end of (?:the )?day)\b|\b(?P<tomorrow>tomorrow|tomorow|tmrw|tmw)\b|\b(?P<yesterday>yesterday)\b"
    r"|\b(?P<week>end of (?:the |this )?week|eow|this week)\b|\b(?P<nextweek>(?:end of )?next (?:week|wk))\b"
    r"|\b(?P<monthend>end of (?:the |this )?month|month end|eom|this month)\b|\b(?P<nextmonth>(?:end of )?next month)\b"
    r"|\b(?P<yearend>end of (?:the |this )?year|year[- ]end|eoy)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class When:
    """A stretch of a text that names a time: its value if it lies in the past, and if it lies ahead."""

    start: int
    end: int
    past: str
    future: str


def find_whens(text: str, written: date | None, day_first: bool) -> list[When]:
    """Read everything that names a day, a month or a quarter, the surer forms first.

    Args:
        text: an item's own text.
        written: the day that it was written, None where that is unknown; then only dates with a year are read.
        day_first: how 3/4 is meant.

    Returns:
        What was found, in the order of the text, without overlap; values as ``2025-06-03``, ``2025-06`` or ``2025-Q2``.
    """
    found: list[When] = []
    for mention in find_dates(text):
        near = written or (date(mention.year, 7, 1) if mention.year else None)
        if near and (mention.form != "numbers" or "/" in text[mention.start : mention.end] or mention.year):
            past = resolve(mention, near=near, day_first=day_first, lean=-1)
            future = resolve(mention, near=near, day_first=day_first, lean=1)
            if past and future:
                _add(found, When(mention.start, mention.end, past.isoformat(), future.isoformat()), text)
    for match in _MONTH_PART.finditer(text):
        start = match.start() + len(re.match(r"(?:by |in |until |till |since |from )?", match[0], re.IGNORECASE)[0])  # type: ignore[index]
        _add(found, _of_month(start, match, written), text)
    if written:
        found_in: list[When | None] = [_of_quarter(match, written) for match in _QUARTER.finditer(text)]
        found_in += [_of_weekday(match, written) for match in _WEEKDAY.finditer(text)]
        found_in += [_of_ordinal(match, written) for match in _ORDINAL.finditer(text)]
        found_in += [_of_relative(match, written) for match in _RELATIVE.finditer(text)]
        for one in found_in:
            _add(found, one)
    return sorted(found, key=lambda one: one.start)


def _add(found: list[When], one: When | None, text: str = "") -> None:
    if one and text[one.start : one.end].endswith("."):
        one = replace(one, end=one.end - 1)
    if one and not any(one.start < other.end and other.start < one.end for other in found):
        found.append(one)


def _of_month(start: int, match: re.Match[str], written: date | None) -> When | None:
    month = MONTHS[match["month"].lower()]
    if match["year"]:
        value = f"{match['year']}-{month:02d}"
        return When(start, match.end(), value, value)
    if written is None:
        return None
    ahead = written.year + (month < written.month)
    behind = written.year - (month > written.month)
    return When(start, match.end(), f"{behind}-{month:02d}", f"{ahead}-{month:02d}")


def _of_quarter(match: re.Match[str], written: date) -> When:
    quarter, now = int(match["q"]), (written.month - 1) // 3 + 1
    year = int(match["year"]) if match["year"] else 2000 + int(match["short"]) if match["short"] else None
    ahead = year or written.year + (quarter < now)
    behind = year or written.year - (quarter > now)
    return When(match.start(), match.end(), f"{behind}-Q{quarter}", f"{ahead}-Q{quarter}")


def _of_weekday(match: re.Match[str], written: date) -> When:
    steps = (WEEKDAYS[match["day"].lower()] - written.weekday()) % 7
    future = written + timedelta(
        days=steps + (7 if (match["next"] or "").lower().startswith("next") and steps < 3 else 0)
    )
    past = written - timedelta(days=(7 - steps) % 7)
    return When(match.start(), match.end(), past.isoformat(), future.isoformat())


def _of_ordinal(match: re.Match[str], written: date) -> When | None:
    day = int(match["d"])
    ahead = _nearest(day, written, 1)
    behind = _nearest(day, written, -1)
    return When(match.start(), match.end(), behind.isoformat(), ahead.isoformat()) if ahead and behind else None


def _nearest(day: int, written: date, step: int) -> date | None:
    """Return the first date with this day of the month at or after (step 1), or at or before (step -1), a date."""
    found = written
    for _ in range(62):
        if found.day == day:
            return found
        found += timedelta(days=step)
    return None


def _of_relative(match: re.Match[str], written: date) -> When:
    friday = written + timedelta(days=(4 - written.weekday()) % 7)
    next_month = (written.replace(day=1) + timedelta(days=32)).strftime("%Y-%m")
    values = {
        "today": written.isoformat(),
        "tomorrow": (written + timedelta(days=1)).isoformat(),
        "yesterday": (written - timedelta(days=1)).isoformat(),
        "week": friday.isoformat(),
        "nextweek": (friday + timedelta(days=7)).isoformat(),
        "monthend": written.strftime("%Y-%m"),
        "nextmonth": next_month,
        "yearend": f"{written.year}-12",
    }
    value = values[str(match.lastgroup)]
    return When(match.start(), match.end(), value, value)
