"""Writing a day as a document writes its days: the form is found in its headings, and filled with another day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

MONTHS = "January February March April May June July August September October November December".split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_SHORT_WEEKDAYS = "Mon Tues Weds Thurs Fri Sat Sun".split()
_SEPT = 9
_NUMBERS = tuple(
    core.replace("/", sep)
    for sep in ("/", ".", "-", " ")
    for core in ("{d}/{m}", "{dd}/{mm}", "{m}/{d}", "{mm}/{dd}")
    if sep != " "
)
_WORDS = tuple(
    order.replace("M", month).replace("D", day)
    for month in ("{month}", "{mon}", "{sept}")
    for day in ("{d}", "{dd}", "{th}")
    for order in ("D M", "M D", "D. M", "D-M")
)
_NAMES = ("{wday}", "{wd}", "{wdl}")
_AROUND = (
    ("", ""),
    *((name + sep, "") for name in _NAMES for sep in (" ", ", ", ". ")),
    *(("", lead + name + end) for name in _NAMES for lead, end in ((" ", ""), (", ", ""), (" (", ")"))),
)
"""Where the weekday stands."""
_FRONTS = ("{yyyy}-{mm}-{dd}", "{yyyy}/{mm}/{dd}", "{yyyy}.{mm}.{dd}", "{yyyy}{mm}{dd}")


@dataclass(frozen=True, slots=True)
class Form:
    """A way to write a day: weekday before, day and month, year, weekday behind; lower case where the document has it."""

    before: str
    core: str
    year: str
    behind: str
    lower: bool = False


def write_day(form: Form, day: date, *, with_year: bool = False) -> str:
    """Return a day in a form.

    Args:
        form: as found in the document.
        day: the day.
        with_year: whether the year is added where the form has none.
    """
    year = form.year
    if with_year and not year and "{yyyy}" not in form.core:
        sep = next((mark for mark in "/.-" if mark in form.core), "")
        year = f"{sep}{{yyyy}}" if sep and "{mon" not in form.core else " {yyyy}"
    text = _filled(f"{form.before}{form.core}{year}{form.behind}", day)
    return text.lower() if form.lower else text


def forms_in(line: str, day: date, *, day_first: bool) -> Iterator[Form]:
    """Yield the forms in which a line holds a day: the longest, and several where it can be read as each of them.

    Args:
        line: a meeting's heading.
        day: its date.
        day_first: whether 3/4 is the 3rd of April, which decides where both would fit.
    """
    found: list[tuple[int, Form]] = []
    folded = line.lower()
    for core, year in _cores():
        if _filled(core + year, day).lower() not in folded:
            continue
        for before, behind in _AROUND:
            words = _filled(f"{before}{core}{year}{behind}", day)
            at = folded.find(words.lower())
            if at >= 0 and _stands_apart(folded, at, at + len(words)):
                written = line[at : at + len(words)]
                found.append(
                    (len(words), Form(before, core, year, behind, written != words and written == words.lower()))
                )
    longest = max((size for size, _ in found), default=0)
    forms = [form for size, form in found if size == longest]
    yield from sorted(forms, key=lambda form: _order(form) == day_first, reverse=True)


def _order(form: Form) -> bool:
    first = form.core.find("{d")
    return 0 <= first < form.core.find("{m")


def _filled(template: str, day: date) -> str:
    month = MONTHS[day.month - 1]
    return template.format(
        d=day.day,
        dd=f"{day.day:02d}",
        th=f"{day.day}{_ending(day.day)}",
        m=day.month,
        mm=f"{day.month:02d}",
        month=month,
        mon=month[:3],
        sept="Sept" if day.month == _SEPT else month[:3],
        yyyy=f"{day.year:04d}",
        yy=f"{day.year % 100:02d}",
        wday=WEEKDAYS[day.weekday()],
        wd=WEEKDAYS[day.weekday()][:3],
        wdl=_SHORT_WEEKDAYS[day.weekday()],
    )


def _ending(number: int) -> str:
    if number in {11, 12, 13}:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def _stands_apart(text: str, start: int, end: int) -> bool:
    """Return whether a date is no part of a longer word or number."""
    around = (text[start - 1 : start], text[end : end + 1])
    return not any(mark.isalnum() or mark in {"/", "_"} for mark in around if mark)


@cache
def _cores() -> tuple[tuple[str, str], ...]:
    """Return the ways to write day and month, each with its ways to write the year."""
    cores = [(core, "") for core in _FRONTS]
    for core in _NUMBERS:
        sep = next(mark for mark in "/.-" if mark in core)
        cores += [(core, year) for year in ("", f"{sep}{{yyyy}}", f"{sep}{{yy}}", *((".",) if sep == "." else ()))]
    cores += [(core, year) for core in _WORDS for year in ("", " {yyyy}", ", {yyyy}", " '{yy}", "-{yyyy}")]
    return tuple(cores)
