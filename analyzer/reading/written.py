"""Dates as headings, property lines and names of files write them: forms that would be too bold inside a sentence.

`analyzer.dates.find_dates` reads what is a date wherever it stands. Here come ranges (a week is dated by its first day), weeks
by their number, months misspelt or in other languages, years of two digits in front, and days that do not exist: a heading with
such a day still opens an entry, and the report says what is wrong with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from analyzer.dates import WEEKDAYS, DateMention, find_dates, monday_of
from analyzer.reading.months import foreign_month_of, month_of, weekday_of

SHORT = "short-year"
"""Form of 25-03-04: written year first, as names of files sort, or day first; `year_last` gives the other reading."""
SHORT_LAST = "short-year-last"
"""Form of 25/03/04 and 25.03.04, given here year first too, but more often written with the year at the end."""
_OLDEST = 2010
"""A year of two digits below this one is more likely a day."""
WEEK = "week"
MONTH = "month"
"""Form of a name or heading that gives a month and no day: read as its first day, and said so in the report."""
_LONGEST = 300
"""Characters that are looked at: of a heading, a name of a file or the value of a property."""
_LONGEST_RANGE = 31
_TO = r"\s{0,2}(?:[-–—&+]|\bto\b|\buntil\b|\btill\b|\band\b|\bbis\b|\bau\b|\bal\b)\s{0,2}"
_MAY_BE_RANGE = re.compile(rf"\d(?:st|nd|rd|th|er|[.ºª])?{_TO}", re.IGNORECASE)
_MARK = r"(?:st|nd|rd|th|er|[.ºª])?"
_NAME = r"(?P<name>[^\W\d_]{3,12})(?![^\W\d_])\.?"
_OF = r"(?:(?:of|de|del|di)\s{1,2})?"
_YEARS = r"(?:[,\s./-]{0,3}(?:(?:de|del|di|of)\s{1,2})?(?P<year>\d{4})(?!\d)|\s{0,2}'(?P<yy>\d\d)\b|-(?P<yz>\d\d)(?![\w:-]))?"
_YEARS_AFTER = r"(?:,?\s{1,3}(?P<year>\d{4})(?!\d)|,?\s{0,2}'(?P<yy>\d\d)\b)?"
_BEFORE = r"(?<![\w./:$£€#%])"

_RANGE_OF_NUMBERS = re.compile(
    rf"(?<![\w./:$£€#%-])(?P<a>\d{{1,2}})(?P<sep>[/.])(?P<b>\d{{1,2}})(?:(?P=sep)(?P<y1>\d{{4}}|\d\d))?{_TO}"
    r"(?P<c>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?:(?P=sep)(?P<y2>\d{4}|\d\d))?(?![\w%/])(?!\.\d)"
)
_RANGE_OF_DAYS = re.compile(rf"{_BEFORE}(?P<d>\d{{1,2}}){_MARK}{_TO}\d{{1,2}}{_MARK}\s{{0,2}}{_OF}{_NAME}{_YEARS}")
_RANGE_IN_MONTH = re.compile(
    rf"(?<!\w){_NAME}\s{{0,3}}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?{_TO}\d{{1,2}}(?:st|nd|rd|th)?(?![\w:%/-]){_YEARS_AFTER}"
)
_RANGE_OF_MONTHS = re.compile(
    rf"(?<!\w){_NAME}\s{{0,3}}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?{_TO}(?P<until>[^\W\d_]{{3,12}})\.?\s{{0,3}}\d{{1,2}}(?:st|nd|rd|th)?"
    rf"(?![\w:%/-]){_YEARS_AFTER}"
)
_MONTH_ALONE = re.compile(r"(?P<name>[^\W\d_]{3,12})\.?(?:[,\s/-]{1,3}(?P<year>20\d\d))?:?")
_DAY_ALONE = re.compile(
    r"(?:(?P<weekday>[^\W\d_]{3,12})\.?,?\s{1,2})?(?:the\s)?(?P<d>[12]?\d|3[01])(?P<mark>st|nd|rd|th)?:?", re.IGNORECASE
)
_DAY_AND_NAME = re.compile(rf"{_BEFORE}(?P<d>\d{{1,2}}){_MARK}[\s./-]{{0,3}}{_OF}{_NAME}{_YEARS}")
_NAME_AND_DAY = re.compile(rf"(?<!\w){_NAME}\s{{1,3}}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?![\w:%/]|\.\d){_YEARS_AFTER}")
_YEAR_FIRST = re.compile(
    r"(?<![\w./])(?<!\d-)(?P<y>[1-3]\d)(?P<sep>[-_./])(?P<m>0[1-9]|1[0-2])(?P=sep)(?P<d>0[1-9]|[12]\d|3[01])(?![\w/%-]|\.\d)"
)
_SHORT_LAST = re.compile(
    r"(?<![\w./])(?<!\d-)(?P<a>\d{1,2})(?P<sep>[-_])(?P<b>\d{1,2})(?P=sep)(?P<y>[1-3]\d)(?![\w/%-]|\.\d)"
)
_WEEK = re.compile(
    r"(?<![\w-])(?:(?P<before>(?:19|20)\d\d)[\s,/-]{1,3})?(?:(?:weeks?|wk|cw|kw|woche|semaine|semana|settimana)[\s-]{0,2}#?|(?-i:W))"
    r"(?P<week>\d{1,2})(?![\d%:/\w]|\.\d)(?:(?:[,\s/-]|\sof|\s\(){1,3}(?P<after>(?:19|20)\d\d)(?![\w/-]))?",
    re.IGNORECASE,
)
_NO_SUCH_DAY = re.compile(
    r"(?<![\w./-])(?:(?P<y1>\d{4})(?P<s>[-/._])(?P<m1>\d{1,2})(?P=s)(?P<d1>\d{1,2})"
    r"|(?P<a>\d{1,2})(?P<t>[-/.])(?P<b>\d{1,2})(?P=t)(?P<y2>\d{4}))(?![\w/%-])"
)
_CLOCK = re.compile(r"T\d\d:?\d\d(?::?\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?(?!\w)")
_JOINED = re.compile(_TO + r"$")
_DAY_BEFORE = re.compile(
    r"(?P<day>[^\W\d_]{3,12})(?:-feira)?\.?,?\s{1,3}(?:(?:the|den|el|le|dem)\s{1,3})?$", re.IGNORECASE
)
_SHORT_DAY_BEFORE = re.compile(r"(?:^|\s)(?P<day>mo|di|mi|do|fr|sa|so)[.,]{0,2}\s{1,3}$", re.IGNORECASE)
_DAY_AFTER = re.compile(r"[\s,.]{0,3}[(\[]?(?P<day>[^\W\d_]{3,12})(?![\w'])")
_SHORT_DAYS = {name: number for number, name in enumerate("mo di mi do fr sa so".split())}
_SHORT_YEAR_AFTER = re.compile(r"-(?P<yy>\d\d)(?![\w:-])")
_DOTTED = re.compile(r"\d{1,2}\.\d{1,2}\.")


def written_dates(text: str) -> list[DateMention]:
    """Find the dates of a line that may be a heading, in order and without overlap; of a range its first day.

    Args:
        text: a short line; offsets are into it.

    Returns:
        What `find_dates` finds, and the forms of this module; a range or date with a clock time is one mention as a whole.
    """
    found: list[DateMention] = []
    text = text[:_LONGEST]
    taken = bytearray(len(text))
    for source in (_ranges, _year_first, find_dates, _others):
        if source is _ranges and not _MAY_BE_RANGE.search(text):
            continue
        if source is _others and found and not any(map(str.isdigit, _left(text, found))):
            continue
        for mention in source(text):
            if not any(taken[mention.start : mention.end]):
                found.append(mention)
                taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
    found.sort(key=lambda mention: mention.start)
    return [_completed(mention, text) for mention in _joined(found, text)]


def year_last(mention: DateMention) -> DateMention:
    """Return the other reading of a `SHORT` date: 25-03-04 as 25 March 2004."""
    return replace(mention, form="numbers", day=(mention.year or 0) % 100, year=2000 + mention.day, day_first=True)


def month_alone(text: str) -> DateMention | None:
    """Return the month that a heading is the name of, with or without its year, and nothing else."""
    match = _MONTH_ALONE.fullmatch(text.strip("*_ "))
    month = (month_of(match["name"].lower()) or foreign_month_of(match["name"].lower())) if match else None
    return _made(match, MONTH, 1, month, int(match["year"]) if match["year"] else None) if match and month else None


def day_alone(text: str) -> DateMention | None:
    """Return the day that a heading under a month's gives by its number ("Monday 3rd", "the 3rd"); the month is left to fill in."""
    match = _DAY_ALONE.fullmatch(text.strip("*_ "))
    weekday = weekday_of(match["weekday"].lower()) if match and match["weekday"] else None
    if not match or (match["weekday"] and weekday is None) or not (match["weekday"] or match["mark"]):
        return None
    return replace(_made(match, "day", int(match["d"]), 1, None), weekday=weekday)


def lone_short(mention: DateMention) -> DateMention:
    """Return the likelier reading of a short date where nothing else says which; any other mention as it is."""
    if mention.form not in {SHORT, SHORT_LAST}:
        return mention
    first, last = (mention, year_last(mention))[:: 1 if mention.form == SHORT else -1]
    return last if (first.year or 0) < _OLDEST <= (last.year or 0) else first


def _left(text: str, found: Sequence[DateMention]) -> str:
    """Return what is left of a text besides the dates that were found."""
    places = [
        0,
        *(place for one in sorted(found, key=lambda one: one.start) for place in (one.start, one.end)),
        len(text),
    ]
    return " ".join(text[start:end] for start, end in zip(places[::2], places[1::2], strict=True))


def _ranges(text: str) -> Iterator[DateMention]:
    for match in _RANGE_OF_NUMBERS.finditer(text):
        mention = _range_of_numbers(match)
        if mention:
            yield mention
    for mention, match in _named(_RANGE_OF_MONTHS, "month-day", text):
        until = month_of(match["until"].lower())
        if until:
            year = mention.year - (mention.month > until) if mention.year else None
            yield replace(mention, year=year)
    for form, expression in (("day-month", _RANGE_OF_DAYS), ("month-day", _RANGE_IN_MONTH)):
        yield from (mention for mention, _ in _named(expression, form, text))


def _year_first(text: str) -> Iterator[DateMention]:
    for match in _YEAR_FIRST.finditer(text):
        if int(match["y"]) >= 15:
            form = SHORT if match["sep"] in "-_" else SHORT_LAST
            yield _made(match, form, int(match["d"]), int(match["m"]), 2000 + int(match["y"]))


def _others(text: str) -> Iterator[DateMention]:
    for form, expression in (("day-month", _DAY_AND_NAME), ("month-day", _NAME_AND_DAY)):
        yield from (mention for mention, _ in _named(expression, form, text))
    for match in _SHORT_LAST.finditer(text):
        mention = _numbers(match, int(match["a"]), int(match["b"]), 2000 + int(match["y"]))
        if mention:
            yield mention
    for match in _WEEK.finditer(text):
        yield _week(match)
    for match in _NO_SUCH_DAY.finditer(text):
        year = int(match["y1"] or match["y2"])
        day, month = (int(match["d1"]), int(match["m1"])) if match["y1"] else (int(match["a"]), int(match["b"]))
        yield _made(match, "iso" if match["y1"] else "numeric", day, month, year)


def _named(expression: re.Pattern[str], form: str, text: str) -> Iterator[tuple[DateMention, re.Match[str]]]:
    """Yield dates with a month's name; other languages write the day first, and a day above 31 needs a year to be one."""
    for match in expression.finditer(text):
        name = match["name"].lower()
        month = month_of(name) or (foreign_month_of(name) if form == "day-month" else None)
        groups = match.groupdict()
        short = groups.get("yy") or groups.get("yz")
        year = int(match["year"]) if match["year"] else (2000 + int(short) if short else None)
        if month and int(match["d"]) >= 1 and (int(match["d"]) <= 31 or year):
            yield _made(match, form, int(match["d"]), month, year), match


def _range_of_numbers(match: re.Match[str]) -> DateMention | None:
    if match["sep"] == "." and not (match["y2"] or min(len(match[one]) for one in "abcd") == 2):
        return None
    first, last = (int(match["a"]), int(match["b"])), (int(match["c"]), int(match["d"]))
    written = [int(match[one]) for one in ("y1", "y2") if match[one]]
    until = (written[-1] % 100 + 2000) if written else None
    fitting = {
        day_first: year for day_first in (True, False) if (year := _begins(first, last, until, day_first)) is not None
    }
    if len(fitting) != 1:
        year = int(match["y1"]) % 100 + 2000 if match["y1"] else until
        return _numbers(match, *first, year)
    (day_first, year), *_ = fitting.items()
    day, month = first if day_first else first[::-1]
    mention = _made(match, "numbers", day, month, year or None)
    return replace(mention, day_first=day_first)


def _begins(first: tuple[int, int], last: tuple[int, int], until: int | None, day_first: bool) -> int | None:
    """Return the year in which a range of about a week begins (0 for an unknown one), None where it is none in that order."""
    (d1, m1), (d2, m2) = (first, last) if day_first else (first[::-1], last[::-1])
    end = _date(until or 2024, m2, d2)
    for year in ((until or 2024), (until or 2024) - 1):
        start = _date(year, m1, d1)
        if start and end and 0 <= (end - start).days <= _LONGEST_RANGE:
            return year if until else 0
    return None


def _numbers(match: re.Match[str], first: int, second: int, year: int | None) -> DateMention | None:
    if not (1 <= first <= 31 and 1 <= second <= 31) or (first > 12 and second > 12):
        return None
    if first <= 12 and second <= 12:
        return replace(_made(match, "numbers", first, second, year), open_order=first != second)
    mention = _made(match, "numbers", max(first, second), min(first, second), year)
    return replace(mention, day_first=first > second)


def _week(match: re.Match[str]) -> DateMention:
    year, week = int(match["before"] or match["after"] or 0), int(match["week"])
    monday = monday_of(year, week) if year else None
    if monday:
        return _made(match, "iso-week", monday.day, monday.month, monday.year)
    return replace(_made(match, WEEK, 1, 1, year or None), week=week)


def _made(match: re.Match[str], form: str, day: int, month: int, year: int | None) -> DateMention:
    place: dict[str, Any] = {"start": match.start(), "end": match.end(), "form": form}
    return DateMention(**place, day=day, month=month, year=year)


def _joined(found: list[DateMention], text: str) -> list[DateMention]:
    """Make one mention of a range between two dates; the year may stand at its end only."""
    result: list[DateMention] = []
    for mention in found:
        last = result[-1] if result else None
        if last is None or not _JOINED.fullmatch(text[last.end : mention.start]) or WEEK in {last.form, mention.form}:
            result.append(mention)
            continue
        year = last.year
        if year is None and mention.year is not None:
            year = mention.year - (last.month > mention.month)
        result[-1] = replace(last, end=mention.end, year=year)
    return result


def _completed(mention: DateMention, text: str) -> DateMention:
    """Add what stands around a date: the clock time after it, and the weekday before or after it."""
    clock = _CLOCK.match(text, mention.end)
    if clock:
        mention = replace(mention, end=clock.end())
    if mention.form == "day-month" and mention.year is None and "-" in text[mention.start : mention.end]:
        short_year = _SHORT_YEAR_AFTER.match(text, mention.end)
        if short_year:
            mention = replace(mention, end=short_year.end(), year=2000 + int(short_year["yy"]))
    if mention.weekday is not None or mention.week is not None:
        return mention
    if mention.open_order and mention.year is None and _DOTTED.fullmatch(text[mention.start : mention.end + 1]):
        mention = replace(mention, open_order=False, day_first=True)
    before, after = _DAY_BEFORE.search(text[: mention.start]), _DAY_AFTER.match(text, mention.end)
    short = _SHORT_DAY_BEFORE.search(text[: mention.start]) if _DOTTED.match(text, mention.start) else None
    weekday = weekday_of(before["day"].lower()) if before else None
    if short:
        return replace(mention, start=short.start("day"), weekday=_SHORT_DAYS[short["day"].lower()])
    if weekday is not None and before:
        return replace(mention, start=before.start(), weekday=weekday)
    if after and (after["day"].lower() in WEEKDAYS or weekday_of(after["day"].lower()) is not None):
        return replace(mention, weekday=weekday_of(after["day"].lower()))
    return mention


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
