"""Figures that no line holds and that are computed from lines: dates written out, days between them, counts.

`analyzer.verifying` computes them again with the functions here; what cannot be computed again is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations

from analyzer.dates import MONTHS, find_dates
from analyzer.drafting.cite import MONTH_NAMES
from analyzer.drafting.phrases import COUNTED_KINDS, NUMBER_WORDS, SHORT
from analyzer.drafting.words import missing

_LONG_DAY = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTH_NAMES)})(?: ((?:19|20)\d\d))?\b")
_DAYS = re.compile(r"(?<![\w.,])(\d{1,4}) days?\b")
_COUNT = re.compile(r"(?<![\w.,])(\d{1,4}) (meetings?|lines?|finished pieces?|eta moves?|blockers?)\b", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\((\d{1,4}) days?\)")
_PIECES = re.compile(
    r"Recognised in the notes: (\d{1,4}) finished pieces? of work(?: in \d{1,4} projects?)?(?:; ([^.]{1,200})|, listed below)?\."
)
LOOSE = re.compile(r"Outside the projects: (\d{1,4}) more, listed below\.")
"""How many pieces stand outside the projects: the draft lists them."""
MORE = re.compile(r"\b[Aa]nd \d{1,4} more\b(?: [a-z ]{1,30}, listed in `?evidence\.csv`?\.)?")
"""How many things a draft counts and does not tell."""
_KINDS = [SHORT[key].split("}")[1].split("{")[0] for key in COUNTED_KINDS]
_LISTS = re.compile(
    rf"(?<![^\s.])(\d{{1,4}}|{'|'.join(NUMBER_WORDS)})(?: projects?)?(?: has| have| was| were)?({'|'.join(map(re.escape, _KINDS))})"
)
_LIST_ENDS = re.compile(r"\. (?:One was |Outside the projects)")
_AND_MORE = re.compile(r"(?<=\]) and (\d{1,4}) more(?=\.(?:\s|$))")
_WEEKS = re.compile(r"(?<![\w.,])(\d{1,3}) weeks? active\b")
_ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b")
_LISTED = re.compile(r"\s{0,12}(?:[-*+•▪●–]|\d{1,3}[.)])\s")
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)")
_QUARTER = re.compile(r"\b(?:(?:FY)?\d{4}-)?Q[1-4]\b")
_QUESTION = re.compile(r"\bquestion (\d{1,2})\b")
_RESULT = re.compile(r"\bresult (\d{1,2})\b", re.IGNORECASE)
_MOVED = re.compile(r"\bmoved (\d{1,3}) times\b")
_WEEKS_AND_DAYS = re.compile(r"(?<![\w.,])(\d{1,3}) weeks? \((\d{1,4}) days?\)")
_DIFFERENCE = re.compile(
    r"([£$€]?\d[\d.,]{0,15})(?: [a-zA-Z]{1,12})?, computed from ([£$€]?\d[\d.,]{0,15}%?)(?: ?[a-zA-Z]{1,12})? and ([£$€]?\d[\d.,]{0,15}%?)(?![\d%])"
)
_DAY_NUMBER = re.compile(r"\b[Dd]ay (\d{1,3})\b")
OF_MEETINGS = re.compile(r"\b(\d{1,4}) of (\d{1,4}) meetings? \(([^()]{1,2000})\)")
"""In how many meetings something stands, with their lines."""
_LABEL_DAY = re.compile(r"^(\d{2}) ([A-Z][a-z]{2})(?: (\d{4}))?,")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a sentence may compute from: its citations' labels, the lines they lead to, and the years of the draft."""

    labels: Sequence[str]
    lines: Sequence[str]
    years: Sequence[int]
    near: Sequence[date] = field(default_factory=tuple)
    """Dates that other sentences of the same bullet hold."""
    questions: int = 0
    results: int = 0
    """How many results the page lists by number."""


def check_derived(text: str, known: Known) -> tuple[str, list[str]]:
    """Compute the derived figures of a stretch of a draft again.

    Args:
        text: the stretch, without quotations and citations.
        known: what it may be computed from.

    Returns:
        The text without what was confirmed, and what could not be confirmed.
    """
    wrong: list[str] = []
    text = OF_MEETINGS.sub(" ", MORE.sub(" ", text))
    text, wrong_ = _numbered(text, known)
    wrong += wrong_
    text, wrong_ = _computed(text)
    wrong += wrong_
    days = label_days(known.labels, known.years)
    written = _written_days(known.lines) | _ordinal_days(known.lines, days) | _counted_days(known)
    stated = long_days(text, known.years)
    for match in _LONG_DAY.finditer(text):
        pair = (int(match[1]), MONTH_NAMES.index(match[2]) + 1)
        if pair not in {(day.day, day.month) for day in days} | written:
            wrong.append(f'the date "{match[0]}" stands in no cited line and is no cited meeting')
    text = _LONG_DAY.sub(" ", text)
    pool = [*days, *stated, *known.near, *_full(written, known.years)]
    apart = differences(pool) if _DAYS.search(text) else frozenset[int]()
    wrong += [
        f'"{match[0]}" is not the distance of two cited dates'
        for match in _DAYS.finditer(text)
        if int(match[1]) not in apart and missing(match[1], known.lines)
    ]
    text = _DAYS.sub(" ", text)
    wrong += [
        f'"{match[0]}" does not fit the cited dates'
        for match in _WEEKS.finditer(text)
        if not _weeks_fit(int(match[1]), days)
    ]
    text = _WEEKS.sub(" ", text)
    for match in _COUNT.finditer(text):
        # a label without a year is of each year of the draft, and still one meeting
        meetings = {found.groups() for label in known.labels if (found := _LABEL_DAY.match(label))}
        things = len(meetings) if match[2].startswith("meeting") else len(set(known.labels))
        most = things
        if not match[2].startswith("meeting"):  # one line of prose may report several things
            most = max(things, sum(map(_statements, known.lines)))
        if not things <= int(match[1]) <= most:
            wrong.append(f'"{match[0]}", but {things} cited')
    text = _COUNT.sub(" ", text)
    wrong += [
        f'there is no "{match[0]}"' for match in _QUESTION.finditer(text) if not 1 <= int(match[1]) <= known.questions
    ]
    return _QUARTER.sub(" ", _QUESTION.sub(" ", text)), wrong


def _numbered(text: str, known: Known) -> tuple[str, list[str]]:
    """Check the numbers of results and of moves, and weeks against the days behind them; days are left to be checked."""
    wrong = [
        f'there is no "{match[0].strip()}"'
        for match in _RESULT.finditer(text)
        if known.results and not 1 <= int(match[1]) <= known.results
    ]
    wrong += [
        f'"{match[0]}", but {len(set(known.labels))} cited'
        for match in _MOVED.finditer(text)
        if int(match[1]) != len(set(known.labels))
    ]
    wrong += [
        f'"{match[0]}": so many days are {int(match[2]) // 7} weeks'
        for match in _WEEKS_AND_DAYS.finditer(text)
        if int(match[1]) != int(match[2]) // 7
    ]
    text = _MOVED.sub(" ", _RESULT.sub(" ", text) if known.results else text)
    return _WEEKS_AND_DAYS.sub(r"\2 days", text), wrong


def _computed(text: str) -> tuple[str, list[str]]:
    """Compute the differences again that a text gives with both of their figures, which are left to be looked for."""
    wrong = []
    for match in _DIFFERENCE.finditer(text):
        delta, before, after = (_decimal(one) for one in match.groups())
        if delta is None or before is None or after is None or abs(after - before) != delta:
            wrong.append(f'"{match[1]}" is not the difference of {match[2]} and {match[3]}')
    return _DIFFERENCE.sub(r" \2 \3 ", text), wrong


def _decimal(figure: str) -> Decimal | None:
    """Return a figure's value, None for what is no number ("1.2.3")."""
    plain = figure.lstrip("£$€").rstrip("%.,").replace(",", "")
    return Decimal(plain) if plain.count(".") < 2 else None


def _counted_days(known: Known) -> set[tuple[int, int]]:
    """Return the days that a plan's lines give as "day 15", counted from the day that they or the draft's head name."""
    numbers = {int(match[1]) for line in known.lines for match in _DAY_NUMBER.finditer(line)}
    firsts = [
        day
        for line in known.lines
        for one in find_dates(line)
        if one.year is not None and (day := _day(one.year, one.month, one.day)) is not None
    ]
    counted = [first + timedelta(days=number) for first in (*firsts, *known.near) for number in numbers]
    return {(day.day, day.month) for day in counted}


def wrong_distances(text: str, pool: Sequence[date]) -> list[str]:
    """Return the numbers of days in brackets that are not the distance of two of the dates."""
    said = list(_IN_BRACKETS.finditer(text))
    apart = differences(pool) if said else frozenset[int]()
    found = [match for match in said if int(match[1]) not in apart]
    return [f'"{match[1]} days" is not the distance of two cited dates' for match in found]


def wrong_shares(text: str) -> tuple[str, list[str]]:
    """Take the sentence on how many pieces there are and whose they are out of a text, and add it up again."""
    match = _PIECES.search(text)
    if not match:
        return text, []
    shares = [int(number) for number in re.findall(r"\d{1,4}", match[2] or "")]
    wrong = (
        [f"{match[1]} pieces, but the shares add up to {sum(shares)}"]
        if shares and sum(shares) != int(match[1])
        else []
    )
    return text[: match.start()] + text[match.end() :], wrong


def wrong_lists(text: str) -> tuple[str, list[str]]:
    """Count what the sentences of the year in short list, against the number that each of them begins with.

    Args:
        text: the paragraph, with its citations.

    Returns:
        The text without the numbers, and what does not come out.
    """
    leads = list(_LISTS.finditer(text))
    wrong = []
    for lead, after in zip(leads, [*leads[1:], None], strict=False):
        end = after.start() if after else len(text)
        part = text[lead.end() : end]
        if found := _LIST_ENDS.search(part):
            part = part[: found.start() + 1]
        more = _AND_MORE.search(part)
        listed = part.count("]") + (int(more[1]) if more else 0)
        count = int(lead[1]) if lead[1].isdigit() else NUMBER_WORDS.index(lead[1])
        if count != listed:
            wrong.append(f'"{lead[0].strip(": ")}", but {listed} are listed')
    return _LISTS.sub(r"\2", text), wrong


def label_days(labels: Iterable[str], years: Sequence[int]) -> list[date]:
    """Return the meeting dates that citation labels name; a label without a year is of every year of the draft."""
    found: list[date] = []
    for label in labels:
        match = _LABEL_DAY.match(label)
        if match:
            month = MONTHS.get(match[2].casefold(), 0)
            found += _days(int(match[1]), month, [int(match[3])] if match[3] else years)
    return found


def long_days(text: str, years: Sequence[int]) -> list[date]:
    """Return the dates that a sentence writes out."""
    found: list[date] = []
    for match in _LONG_DAY.finditer(text):
        found += _days(int(match[1]), MONTH_NAMES.index(match[2]) + 1, [int(match[3])] if match[3] else years)
    return found


def differences(days: Sequence[date]) -> frozenset[int]:
    """Return the distances in days between any two of the dates."""
    twice = frozenset({0} if len(set(days)) < len(days) else ())
    return twice | {(later - day).days for day, later in combinations(sorted(set(days)), 2)}


def _written_days(lines: Iterable[str]) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    for line in lines:
        for mention in find_dates(line):
            found.add((mention.day, mention.month))
            if mention.open_order:
                found.add((mention.month, mention.day))
    return found


def gives_day(line: str, day: date, meeting: date | None) -> bool:
    """Return whether a line itself writes a day ("27/6", "on the 12th"), so that a reader finds it there."""
    pairs = _written_days([line]) | _ordinal_days([line], [meeting] if meeting else [])
    return (day.day, day.month) in pairs


def _statements(line: str) -> int:
    """Return how many things a line may report: the sentences of a line of prose, one for a list item."""
    return 1 if _LISTED.match(line) else max(1, len(_SENTENCE_END.findall(line)))


def _ordinal_days(lines: Iterable[str], days: Sequence[date]) -> set[tuple[int, int]]:
    """Return the days that lines give without a month ("on the 12th"): of the cited meeting's month or the one before."""
    ordinals = {int(number) for line in lines for number in _ORDINAL.findall(line)}
    months = {month for day in days for month in (day.month, (day.month - 2) % 12 + 1)}
    return {(day, month) for day in ordinals for month in months}


def _full(pairs: Iterable[tuple[int, int]], years: Sequence[int]) -> list[date]:
    return [day for pair in sorted(pairs) for day in _days(*pair, years)]


def _days(day: int, month: int, years: Iterable[int]) -> list[date]:
    return [found for year in years if (found := _day(year, month, day)) is not None]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _weeks_fit(weeks: int, days: Sequence[date]) -> bool:
    """Return whether a number of weeks active fits: both ends count, and one end may be a block's end within the span."""
    return weeks <= 1 or any(abs(weeks - distance / 7) <= 1.5 for distance in differences(days))
