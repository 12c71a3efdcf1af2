"""When things are due, since when they wait, when they came, how long work took, and what was said earlier.

Dates are read first and replaced by one private character each, so that a rule sees "ETA now X" whatever way X was
written. A month alone has the value ``2025-06``, a quarter ``2025-Q2``, everything else is a day in ISO form. A date
without a year is taken near the day the line was written: due dates lean forward, past ones back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from analyzer.dates import MONTHS, WEEKDAYS, find_dates, resolve
from analyzer.labelling.durations import find_durations
from analyzer.records import Cue

_FIRST = 0xE000
_LIMIT = 200
_X = f"[{chr(_FIRST)}-{chr(_FIRST + _LIMIT)}]"
_MONTH = "|".join(sorted((name for name in MONTHS if name != "may"), key=len, reverse=True))
_DAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
_MONTH_PART = re.compile(
    rf"\b(?:(?:the )?(?:end|start|middle|beginning) of |early |mid[- ]|late |by |in |until |till |since |from )?(?P<month>{_MONTH}|(?<=[a-z] )May|(?<=end of )may|(?<=in )may)\b\.?(?: (?P<year>20\d\d)\b)?(?!\s?\d)",
    re.IGNORECASE,
)
_QUARTER = re.compile(r"\bQ(?P<q>[1-4])(?:[ /-]?(?P<year>20\d\d)| ?'?(?P<short>2\d)\b)?(?!\w)")
_WEEKDAY = re.compile(rf"\b(?P<next>next |this |last )?(?P<day>{_DAY})\b(?!['’]s)", re.IGNORECASE)
_ORDINAL = re.compile(r"\b(?:the )?(?P<d>[12]?\d|3[01])(?:st|nd|rd|th)\b(?! (?:time|round|attempt|draft|try|page|floor|place|bot|week|month|day))", re.IGNORECASE)
_RELATIVE = re.compile(
    r"\b(?P<today>today|tonight|eod|end of (?:the )?day)\b|\b(?P<tomorrow>tomorrow|tomorow|tmrw|tmw)\b|\b(?P<yesterday>yesterday)\b"
    r"|\b(?P<week>end of (?:the |this )?week|eow|this week)\b|\b(?P<nextweek>(?:end of )?next (?:week|wk))\b"
    r"|\b(?P<monthend>end of (?:the |this )?month|month end|eom|this month)\b|\b(?P<nextmonth>(?:end of )?next month)\b"
    r"|\b(?P<yearend>end of (?:the |this )?year|year[- ]end|eoy)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _When:
    start: int
    end: int
    past: str
    """The value where the date lies in the past."""
    future: str
    """The value where it lies ahead."""


def _expression(text: str) -> re.Pattern[str]:
    return re.compile(text.replace("X", f"(?P<when>{_X})").replace("Y", _X), re.IGNORECASE)


_AHEAD: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (rule, kind, _expression(text))
    for rule, kind, text in (
        ("time.eta", "eta", rf"\betas?\b(?!\?)[^.;!?{chr(_FIRST)}-{chr(_FIRST + _LIMIT)}]{{0,30}}(?:Y\s?(?:->|→|=>|to)\s?)?X"),
        ("time.eta", "eta", r"\bY\s?(?:->|→|=>)\s?X"),
        ("time.moved", "eta", r"\b(?:mov(?:ed?|es|ing)|push(?:ed|es|ing)?|slip(?:s|ped|ping)?|shift(?:ed|s)?|delay(?:ed|s)?|postponed?|put back|rescheduled|extended)\b[^.;!?]{0,50}?\s(?:to|till|until)\s(?:the\s)?X"),
        ("time.promised", "eta", r"\b(?:promised|scheduled|planned|pencill?ed in|expected|set|due|targeted|slated|aiming|booked in)\s(?:it\s)?(?:for|on|by|in|at|back)?\s?X"),
        ("time.target", "eta", r"\b(?:target(?: date)?|deadline|new date|go-live|launch date|date)\s?(?:is|now|:|=)?\s?(?:now\s)?X"),
        ("time.ready", "eta", r"\b(?:ready|done|live|finished|complete|completed|out|shipped|delivered|available|in place|go live|goes live|ships?|launch(?:es)?|lands?|goes out)\s(?:again\s|it\s)?(?:by|on|in|for)?\s?X"),
        ("time.say", "eta", r"\b(?:now\s)?(?:say|says|said|quoting|promise|promises|promised|reckons?|think|thinks)\s(?:it(?:'s| is| will be)\s)?(?:now\s)?(?:by\s|in\s|not before\s)?X"),
        ("time.aim", "eta", r"\baim(?:ing|s)? (?:for|to (?:go live|finish|ship|launch|be done))(?: (?:on|by|in))? X"),
        ("time.due", "due", r"\b(?:by|before|until|till|no later than|due)\s(?:the\s)?X"),
    )
)
_BEHIND: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (rule, kind, _expression(text))
    for rule, kind, text in (
        ("time.asked", "since", r"\b(?:asked|requested|chased|followed up|pinged|emailed|nudged|reminded|filed|raised|submitted|escalated|sent)\b(?:\s(?:again|it|them|him|her|for it|first))?,?\s(?:on\s|in\s|since\s)?(?:the\s)?X"),
        ("time.since", "since", r"\bsince\s(?:about\s)?X"),
        ("time.arrived", "arrived", r"\b(?:came|come|arrived|landed|turned up|delivered|came through|came back|received|got here|switched on|unblocked|granted|signed)\b(?:\s(?:in|back|through|finally|at last))?,?\s(?:on\s|in\s)?(?:the\s)?X"),
    )
)
_HERE = re.compile(
    r"\b(?:unblocked|unstuck|no longer (?:blocked|stuck|waiting)|not (?:blocked|stuck|waiting) (?:any ?more|anymore|any longer)|finally (?:got|have|has|arrived|came|switched on|here|landed|in)|"
    r"(?:is|are|it['’]s|its) (?:finally |now )?here(?! (?:until|till|for|on|at|in)\b)|(?:came|come) through|has (?:arrived|landed|come)|have (?:arrived|landed|come)|arrived|turned up at last|access (?:granted|came))\b",
    re.IGNORECASE,
)
_NOT_HERE = re.compile(
    r"(?:\b(?:until|till|when|once|if|unless|not|never|hasn['’]t|haven['’]t|before|after|as soon as|should|will|would|might|could|may|to be|yet|no\s\w{1,15}|he|she|i|who|we|they|you|everyone|everybody|nobody)\s|n['’]t\s)(?:\S{1,20}\s){0,2}$",
    re.IGNORECASE,
)
_POINTS = re.compile(
    rf"\b(?:your (?:point|comment|note|advice|feedback|remark|suggestion|request|ask|question|tip)s?\s(?:from|in|of|back in|about)\b(?:[^.;!?]{{0,25}}?(?P<when>{_X}))?"
    rf"|took (?:your|his|her|their) (?:point|advice|feedback|comment|note)s?\b(?:[^.;!?]{{0,25}}?(?P<when2>{_X}))?"
    rf"|(?:as|like|what|which) (?:you|he|she|we) (?:said|told me|asked|wanted|suggested|discussed|agreed|talked about|mentioned|put it)\b(?:[^.;!?]{{0,25}}?(?P<when3>{_X}))?"
    rf"|(?:after|following|per|thanks to) your (?:point|comment|note|advice|feedback|remark|suggestion|tip)s?\b(?:[^.;!?]{{0,25}}?(?P<when4>{_X}))?"
    rf"|you (?:said|told me|asked me|warned me|wanted)\b[^.;!?]{{0,25}}?\bin (?P<when5>{_X}))",
    re.IGNORECASE,
)


def find_times(text: str, *, written: date | None, day_first: bool) -> tuple[Cue, ...]:
    """Find what the words say about time.

    Args:
        text: an item's own text.
        written: the day that the line was written, None where it has none; then only dates with a year are read.
        day_first: how 3/4 is meant.

    Returns:
        Cues of the kinds ``eta``, ``due``, ``since``, ``arrived``, ``duration`` and ``points_back``, in the order of the
        text. The value is an ISO day, ``2025-06`` for a month, ``2025-Q2`` for a quarter, '' where there is none;
        of a duration it is weeks of five days as a decimal number.
    """
    whens = _whens(text, written, day_first)[:_LIMIT]
    masked, origin = _mask(text, whens)
    cues: list[Cue] = []
    taken: set[int] = set()
    for rule, kind, expression in (*_AHEAD, *_BEHIND):
        ahead = kind in {"eta", "due"}
        for match in expression.finditer(masked):
            when = whens[ord(match["when"]) - _FIRST]
            value = when.future if ahead else when.past
            if when.start in taken or not value or (ahead and _is_talk(masked, match.start(), rule)):
                continue
            if kind == "arrived" and _NOT_HERE.search(masked[max(0, match.start() - 40) : match.start()]):
                continue
            taken.add(when.start)
            cues.append(Cue(rule, kind, value, origin[match.start()], when.end))
    cues += _arrivals(text, cues)
    cues += _points_back(masked, origin, whens)
    cues += [cue for cue in find_durations(text) if not any(cue.start < one.end and one.start < cue.end for one in cues)]
    return tuple(sorted(cues, key=lambda cue: (cue.start, cue.end, cue.rule)))


def _is_talk(masked: str, start: int, rule: str) -> bool:
    """Say whether "said Friday" only tells when somebody spoke, or "moved to" is somebody moving house."""
    if rule == "time.say":
        return not re.search(r"\b(?:now|it|they|still|again)\s$|\b(?:now|promise\w{0,2}|quoting)", masked[max(0, start - 12) : start + 12], re.IGNORECASE)
    return False


def _arrivals(text: str, cues: list[Cue]) -> list[Cue]:
    found = []
    for match in _HERE.finditer(text):
        lead = text[max(0, match.start() - 40) : match.start()]
        if _NOT_HERE.search(lead) or any(cue.kind == "arrived" for cue in [*cues, *found]):
            continue
        found.append(Cue("time.here", "arrived", "", match.start(), match.end()))
    return found


def _points_back(masked: str, origin: list[int], whens: list[_When]) -> list[Cue]:
    found = []
    for match in _POINTS.finditer(masked):
        mark = next((group for group in match.groups() if group), None)
        value = whens[ord(mark) - _FIRST].past[:7] if mark else ""
        end = whens[ord(mark) - _FIRST].end if mark else origin[match.end() - 1] + 1
        found.append(Cue("time.points-back", "points_back", "" if "Q" in value else value, origin[match.start()], end))
    return found


def _mask(text: str, whens: list[_When]) -> tuple[str, list[int]]:
    parts: list[str] = []
    origin: list[int] = []
    last = 0
    for number, one in enumerate(whens):
        parts += [text[last : one.start], chr(_FIRST + number)]
        origin += [*range(last, one.start), one.start]
        last = one.end
    parts.append(text[last:])
    return "".join(parts), [*origin, *range(last, len(text) + 1)]


def _whens(text: str, written: date | None, day_first: bool) -> list[_When]:
    """Read everything that names a day, a month or a quarter, the surer forms first."""
    found: list[_When] = []
    for mention in find_dates(text):
        near = written or (date(mention.year, 7, 1) if mention.year else None)
        if near and (mention.form != "numbers" or "/" in text[mention.start : mention.end] or mention.year):
            past = resolve(mention, near=near, day_first=day_first, lean=-1)
            future = resolve(mention, near=near, day_first=day_first, lean=1)
            if past and future:
                _add(found, _When(mention.start, mention.end, past.isoformat(), future.isoformat()))
    for match in _MONTH_PART.finditer(text):
        start = match.start() + len(re.match(r"(?:by |in |until |till |since |from )?", match[0], re.IGNORECASE)[0])  # type: ignore[index]
        _add(found, _of_month(start, match, written))
    if written:
        found_in = [_of_quarter(match, written) for match in _QUARTER.finditer(text)]
        found_in += [_of_weekday(match, written) for match in _WEEKDAY.finditer(text)]
        found_in += [_of_ordinal(match, written) for match in _ORDINAL.finditer(text)]
        found_in += [_of_relative(match, written) for match in _RELATIVE.finditer(text)]
        for one in found_in:
            _add(found, one)
    return sorted(found, key=lambda one: one.start)


def _add(found: list[_When], one: _When | None) -> None:
    if one and not any(one.start < other.end and other.start < one.end for other in found):
        found.append(one)


def _of_month(start: int, match: re.Match[str], written: date | None) -> _When | None:
    month = MONTHS[match["month"].lower()]
    if match["year"]:
        value = f"{match['year']}-{month:02d}"
        return _When(start, match.end(), value, value)
    if written is None:
        return None
    ahead = written.year + (month < written.month)
    behind = written.year - (month > written.month)
    return _When(start, match.end(), f"{behind}-{month:02d}", f"{ahead}-{month:02d}")


def _of_quarter(match: re.Match[str], written: date) -> _When:
    quarter, now = int(match["q"]), (written.month - 1) // 3 + 1
    year = int(match["year"]) if match["year"] else 2000 + int(match["short"]) if match["short"] else None
    ahead = year or written.year + (quarter < now)
    behind = year or written.year - (quarter > now)
    return _When(match.start(), match.end(), f"{behind}-Q{quarter}", f"{ahead}-Q{quarter}")


def _of_weekday(match: re.Match[str], written: date) -> _When:
    steps = (WEEKDAYS[match["day"].lower()] - written.weekday()) % 7
    future = written + timedelta(days=steps + (7 if (match["next"] or "").lower().startswith("next") and steps < 3 else 0))
    past = written - timedelta(days=(7 - steps) % 7)
    return _When(match.start(), match.end(), past.isoformat(), future.isoformat())


def _of_ordinal(match: re.Match[str], written: date) -> _When | None:
    day = int(match["d"])
    ahead = _nearest(day, written, 1)
    behind = _nearest(day, written, -1)
    return _When(match.start(), match.end(), behind.isoformat(), ahead.isoformat()) if ahead and behind else None


def _nearest(day: int, written: date, step: int) -> date | None:
    """Return the first date with this day of the month at or after (step 1), or at or before (step -1), a date."""
    found = written
    for _ in range(62):
        if found.day == day:
            return found
        found += timedelta(days=step)
    return None


def _of_relative(match: re.Match[str], written: date) -> _When:
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
    return _When(match.start(), match.end(), value, value)
