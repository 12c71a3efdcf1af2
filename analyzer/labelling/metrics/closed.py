"""What looks like a quantity and is none: dates, times of day, versions, numbered things, stretches of time."""

from __future__ import annotations

import re
from functools import cache

from analyzer.dates import find_dates
from analyzer.labelling.metrics.lexicon import either, words

_NEVER = re.compile(
    r"(?<![=-])[<>]\s?\d+\b(?!\s?(?:%|[a-z]))|\b\d{1,2}[:h][0-5]\d\s?(?:am|pm|h)?\b|\b\d{1,2}\.[0-5]\d\s?(?:am|pm)\b|\b\d{1,2}(?:\s?[-–]\s?\d{1,2})?\s?(?:am|pm)\b"
    r"|\+?\b\d[\d -]{7,16}\d\b|\b\d{1,3}\.\d{1,3}\.\d{1,4}\b|\bn\s?=\s?\d+|\b\d\s?:\s?\d\b"
    r"|\b(?:19|20)\d\d\b(?!\s?(?:%|ms\b|k\b|kr\b|€|eur\b|tps\b))|\b(?:19|20)\d\d/\d\d\b",
    re.IGNORECASE,
)
_OFFSET = re.compile(
    r"\s(?:(?:before|after|until|into|from)\s\w|late\b|later\b|early\b|earlier\b|ago\b|ahead\b|old\b|in\b[,.])",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\b(?:at|till|until|by|before|from)\s$", re.IGNORECASE)
_DESCRIBED = re.compile(r"\s([a-z]{3,})")
_SINGULAR = frozenset({"day", "week", "month", "year", "hour", "minute", "second"})
HOURS = 24
"""A bare whole number up to here can be a time of day."""


def closed_spans(text: str) -> list[tuple[int, int]]:
    """Return the stretches of a text whose numbers are no quantities."""
    spans = [match.span() for match in _NEVER.finditer(text)]
    spans += [match.span("one" if match["one"] else "many") for match in _labels().finditer(text)]
    for mention in find_dates(text):
        if mention.form != "numbers" or "/" in text[mention.start : mention.end] or mention.year is not None:
            spans.append((mention.start, mention.end))
    return spans


def is_stretch(text: str, start: int, end: int) -> bool:
    """Say whether a time is a stretch that something happened in, or a distance ("over 60 days", "2 weeks late")."""
    return bool(_stretch().search(text, max(0, start - 24), start) or _OFFSET.match(text[end : end + 16]))


def is_clock(text: str, start: int, value: float) -> bool:
    """Say whether a bare number may be a time of day ("at 9", "till 6")."""
    return value <= HOURS and value == int(value) and bool(_CLOCK.search(text, max(0, start - 8), start))


def is_description(text: str, end: int, unit: str, value: float) -> bool:
    """Say whether number and unit only describe a noun: "her six week plan", "a 3 month contract"."""
    following = _DESCRIBED.match(text[end : end + 16])
    return value != 1 and unit.lower() in _SINGULAR and following is not None and following[1] not in words("stop")


@cache
def _stretch() -> re.Pattern[str]:
    return re.compile(rf"{either('period_lead')}\s(?:the\s|about\s)?(?:last\s|first\s|past\s|next\s)?$", re.IGNORECASE)


@cache
def _labels() -> re.Pattern[str]:
    label = "|".join(re.escape(word) for word in words("label"))
    number = r"\d{1,4}(?:\.\d{1,3}){0,2}[A-Za-z]?\b(?!\s?%)"
    more = r"(?:\s?(?:\+|&|and|,|-|–|/)\s?\d{1,4}[A-Za-z]?\b)"
    one, many = rf"\s?#?(?P<one>{number}{more}{{0,6}})", rf"s\s(?P<many>{number}{more}{{1,6}})"
    free = "".join(rf"(?<!\b{word} )" for word in ("last", "this", "next", "per", "each", "every", "a"))
    return re.compile(rf"(?<!\w){free}(?:{label})(?:{one}(?!\s?(?:->|=>|→))|{many})", re.IGNORECASE)
