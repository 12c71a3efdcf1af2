"""What the names of a file and its folders say about when: a day, a week, a month or only the year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from analyzer.dates import DateMention
from analyzer.reading import years
from analyzer.reading.months import foreign_month_of, month_of
from analyzer.reading.written import MONTH, WEEK, lone_short, written_dates

PROPERTY = "property"
"""Form of a date that front matter or a folder gives: it holds where nothing inside the file says more."""
WEAK = frozenset({PROPERTY, MONTH})
_KEYS = frozenset(
    ("date", "day", "meeting date", "meeting_date", "meeting-date", "date of meeting", "when", "datum", "fecha", "data")
)
_EXPORT = re.compile(
    r"\b(?:export|exported|backup|archive|takeout|download|downloads|snapshot|dump|copy)\b", re.IGNORECASE
)
_SHORT_NAME = re.compile(r"([2-4]\d)([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
"""25_03_04 as a file's name sorts by day, so it is written year first."""
_MONTH_AND_DAY = re.compile(r"(?<![\d.-])(?P<a>\d\d)[-._](?P<b>\d\d)(?![\d]|[-._]\d)")
_BAR = re.compile(r"_(?!\d)|(?<!\d)_")
_FOUR = re.compile(r"(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])")
_DAY = re.compile(r"(?:^|[\s_-])(?P<d>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?$|^(?P<e>0[1-9]|[12]\d|3[01])(?=[\s_-])")
_YEAR_AND_MONTH = re.compile(r"(?<!\d)(?P<year>20\d\d)[-_. /]?(?P<m>0[1-9]|1[0-2])(?![\d]|[-_.]\d)")
_MONTH_FOLDER = re.compile(r"(?P<m>0?[1-9]|1[0-2])(?:$|[\s._-]{1,3}[^\W\d_]{3,12}$)")
_NUMBERED = re.compile(r"(?P<m>0?[1-9]|1[0-2])[\s._-]{1,3}[^\W\d_]{3,12}\.?(?:[\s._-]{1,3}(?:20)?\d\d)?$")
_WORD = re.compile(r"[^\W\d_]{3,12}")


def file_date(path: str, properties: Sequence[tuple[str, str]]) -> DateMention | None:
    """Return the date of a file that holds one meeting.

    Args:
        path: relative, with the folders that may give what the name leaves out ("2025/03/04.md", "2025-03/Dana 04.md").
        properties: its front matter.

    Returns:
        The date; of the forms in `WEAK` where dates inside the file are to be believed more.
    """
    where = PurePosixPath(path)
    stem, folders = where.stem, where.parts[:-1][::-1]
    exported = bool(_EXPORT.search(stem.replace("_", " ")))
    found = None if exported or _is_numbered_month(stem) else _in_stem(stem, folders)
    if found:
        return found
    for key, value in properties:
        if key.lower() in _KEYS and (mentions := written_dates(value[:100])):
            return replace(lone_short(mentions[0]), form=PROPERTY)
    for folder in folders:
        dated = _sure(folder)
        if dated and not _EXPORT.search(folder.replace("_", " ")) and (dated.year or _year_above(folders)):
            return replace(dated, form=PROPERTY)
    month = None if exported else _month_of_name(stem)
    if month and (year := month[0] or _year_above(folders)):
        return _made(MONTH, 1, month[1], year)
    return None


def named_years(
    path: str, title: str, properties: Sequence[tuple[str, str]], above: Sequence[str]
) -> tuple[int, int] | None:
    """Return the first and last year that a document is said to be about, where its dates give none.

    Args:
        path: relative.
        title: asked first, then the file's name, the words above the log, the folders and the front matter.
        properties: the front matter.
        above: texts above the first meeting.
    """
    parts = PurePosixPath(path).parts
    texts = (title, PurePosixPath(path).stem, *above, *reversed(parts[:-1]), *(value for _, value in properties))
    return next((found for text in texts if (found := years.years_in(text)) is not None), None)


def _in_stem(stem: str, folders: Sequence[str]) -> DateMention | None:
    short = _SHORT_NAME.match(stem)
    if short and (short[2] or short.end() == len(stem)):
        return _made("iso", int(short[4]), int(short[3]), 2000 + int(short[1]))
    year = years.year_in(stem) or _year_above(folders)
    found = _sure(stem)
    if found:
        return found if found.form != WEEK or year else None
    if not _year_above(folders):
        return None
    return _month_and_day(stem) or _day_in_month(stem, folders)


def _sure(name: str) -> DateMention | None:
    """Return the date in a name: one with a month's name, a year or a week, the day before the week."""
    text = _BAR.sub(" ", name).replace("_", "-")
    found = [lone_short(one) for one in written_dates(text) if one.form != "numbers" or one.year is not None]
    days = [one for one in found if "week" not in one.form]
    return next(iter([*days, *found]), None)


def _month_and_day(stem: str) -> DateMention | None:
    """Read "03-04 Dana" and "0304", whose year the folder gives."""
    if four := _FOUR.fullmatch(stem):
        return _made("iso", int(four["d"]), int(four["m"]), None)
    pairs = list(_MONTH_AND_DAY.finditer(stem))
    if len(pairs) != 1:
        return None
    found = written_dates(f"{pairs[0]['a']}/{pairs[0]['b']}")
    return found[0] if found else None


def _day_in_month(stem: str, folders: Sequence[str]) -> DateMention | None:
    """Read "04" and "1on1 Dana 04" in a folder that is a month."""
    day = _DAY.search(stem)
    if not day or not folders:
        return None
    month = _month_of_name(folders[0]) or _numbered_month(folders)
    year = (month[0] or _year_above(folders)) if month else None
    return _made("iso", int(day["d"] or day["e"]), month[1], year) if month and year else None


def _numbered_month(folders: Sequence[str]) -> tuple[int | None, int] | None:
    match = _MONTH_FOLDER.match(folders[0])
    return (None, int(match["m"])) if match and len(folders) > 1 else None


def _is_numbered_month(stem: str) -> bool:
    """Return whether a name is a month with its number in front, as files are sorted by: "08 August" is no 8th of August."""
    number = _NUMBERED.match(stem)
    month = _month_of_name(stem) if number else None
    return number is not None and month is not None and int(number["m"]) == month[1]


def _month_of_name(name: str) -> tuple[int | None, int] | None:
    """Return the year, if it is there, and the month that a name gives: "2025-03", "March 2025", "03 March"."""
    if match := _YEAR_AND_MONTH.search(name):
        return int(match["year"]), int(match["m"])
    found = {
        number
        for word in _WORD.findall(name.lower())
        if word != "may" and (number := month_of(word) or foreign_month_of(word))
    }
    if not found and re.search(r"\bMay\b", name):
        found = {5}
    return (years.year_in(name), found.pop()) if len(found) == 1 else None


def _year_above(folders: Sequence[str]) -> int | None:
    return next((year for folder in folders if (year := years.year_in(folder)) is not None), None)


def _made(form: str, day: int, month: int, year: int | None) -> DateMention:
    return DateMention(start=0, end=0, form=form, day=day, month=month, year=year)
