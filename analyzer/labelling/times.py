"""When things are due, since when they wait, when they came, how long work took, and what was said earlier.

Dates are read first and replaced by one private character each, so that a rule sees "ETA now X" whatever way X was
written. A month alone has the value ``2025-06``, a quarter ``2025-Q2``, everything else is a day in ISO form. A date
without a year is taken near the day the line was written: due dates lean forward, past ones back.
"""

from __future__ import annotations

import re
from datetime import date

from analyzer.labelling.durations import find_durations
from analyzer.labelling.whens import When, find_whens
from analyzer.records import Cue

_FIRST = 0xE000
_LIMIT = 200
_RANGE = f"{chr(_FIRST)}-{chr(_FIRST + _LIMIT)}"
_ON = r"(?:on\s|in\s|by\s|for\s)?(?:the\s)?"
_STATE = (
    r"(?:ready|done|live|finished|complete|completed|out|shipped|delivered|available|in\splace|up|here|with\s\w{1,15})"
)


def _expression(text: str) -> re.Pattern[str]:
    """Compile a rule in which X is the date that counts (X2, X3 in other branches) and Y any other date."""
    text = re.sub(r"X(\d?)", lambda mark: f"(?P<when{mark[1]}>[{_RANGE}])", text)
    return re.compile(text.replace("Y", f"[{_RANGE}]"), re.IGNORECASE)


_RULES: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (rule, kind, _expression(text))
    for rule, kind, text in (
        ("time.eta", "eta", rf"\betas?\b(?!\?)[^.;!?{_RANGE}]{{0,30}}(?:Y\s?(?:->|→|=>|to)\s?)?X"),
        ("time.moved", "eta", r"Y\s?(?:->|→|=>)\s?X"),
        (
            "time.moved",
            "eta",
            (
                r"\b(?:mov(?:ed?|es|ing)|push(?:ed|es|ing)?|slip(?:s|ped|ping)?|shift(?:ed|s)?|delay(?:ed|s)?|postponed|put back"
                r"|rescheduled|extended)\b[^.;!?\d]{0,50}?\s(?:to|till|until)\s(?:the\s)?X"
            ),
        ),
        (
            "time.promised",
            "eta",
            (
                r"\b(?:promised|scheduled|planned|pencill?ed in|expected|due|targeted|slated|aiming|booked in)"
                r"\s(?:it\s)?(?:for\s|on\s|by\s|back\s)?(?:the\s)?X"
            ),
        ),
        (
            "time.target",
            "eta",
            r"\b(?:target(?: date)?|deadline|new date|go-live|launch date|date)\s?(?:is|now|:|=)?\s?(?:now\s)?X",
        ),
        (
            "time.ready",
            "eta",
            rf"\b(?:will be|to be|should be|would be|be|get it|have it)\s(?:\w{{1,15}}\s)?{_STATE}\s{_ON}X",
        ),
        (
            "time.ready",
            "eta",
            r"\b(?:ready|done|live|finished|complete|completed|shipped|delivered|in place)\sby\s(?:the\s)?X",
        ),
        (
            "time.goes",
            "eta",
            (
                r"(?<!if we )(?<!if i )\b(?:go live|goes live|going live|ships|launches|goes out|go out|lands)\s"
                rf"{_ON}X|\bgoes to X2"
            ),
        ),
        (
            "time.say",
            "eta",
            r"\b(?:say|says|quoting|promise|promises|reckons?|think|thinks)\s(?:it(?:'s| is| will be)\s)?(?:now\s)?(?:by\s|in\s|not before\s)?X",
        ),
        ("time.aim", "eta", rf"\baim(?:ing|s)? (?:for|to (?:go live|finish|ship|launch|be done))\s{_ON}X"),
        ("time.due", "due", r"\b(?:by|before|no later than)\s(?:the\s)?X"),
        (
            "time.asked",
            "since",
            (
                r"\b(?:asked|requested|chased|followed up|pinged|emailed|nudged|reminded|filed|raised|submitted|escalated|sent)\b"
                r"(?:\s(?:again|it|them|him|her|for it|first))?,?\s(?:on\s|in\s|since\s)?(?:the\s)?X"
            ),
        ),
        ("time.since", "since", r"\bsince\s(?:about\s)?(?:the\s)?X"),
        (
            "time.arrived",
            "arrived",
            (
                r"\b(?:came|come|arrived|landed|turned up|delivered|got here|switched on|unblocked|granted)\b"
                r"(?:\s(?:in|back|through|finally|at last))?,?\s(?:on\s|in\s)?(?:the\s)?X"
            ),
        ),
    )
)
"""Rule id, kind and expression; a date belongs to the first rule that takes it."""

_AHEAD = frozenset({"eta", "due"})
_SPOKEN_NOW = re.compile(r"\b(?:now|it|they|still|again)\s$", re.IGNORECASE)
_HERE = re.compile(
    r"\b(?:unblocked|unstuck|no longer (?:blocked|stuck|waiting)|not (?:blocked|stuck|waiting) (?:any ?more|anymore|any longer)|finally (?:got|have|has|arrived|came|switched on|here|landed|in)|"
    r"(?:is|are|it['’]s|its) (?:finally |now )?here(?! (?:until|till|for|on|at|in)\b)|came through(?! (?:as|with|without|the)\b)|has (?:arrived|landed|come(?! and))|have (?:arrived|landed|come(?! and))|arrived|turned up at last|access (?:granted|came))\b",
    re.IGNORECASE,
)
_NOT_HERE = re.compile(
    r"(?:\b(?:until|till|when|once|if|unless|not|never|hasn['’]t|haven['’]t|before|after|to|how|as soon as|should|will|would|might|could|may|to be|yet|no\s\w{1,15}|he|she|i|who|we|they|you|everyone|everybody|nobody)\s|n['’]t\s)(?:\S{1,20}\s){0,2}$",
    re.IGNORECASE,
)
_NONE_BEFORE = re.compile(
    r"(?:\b(?:no|not|nothing|nobody|none|never)\b|n['’]t\b|\bcant\b|\bwont\b)[^.;]{0,50}$", re.IGNORECASE
)
_WHAT = r"(?:point|comment|note|advice|feedback|remark|suggestion|request|ask|question|tip)s?"
_POINTS = _expression(
    rf"\b(?:your {_WHAT}\s(?:from|in|of|back in|about)|took (?:your|his|her|their) {_WHAT}"
    r"|(?:as|like|what|which) (?:you|he|she|we) (?:said|told me|asked|wanted|suggested|discussed|agreed|talked about|mentioned)"
    rf"|(?:after|following|per|thanks to) your {_WHAT})\b(?:[^.;!?]{{0,25}}?X)?|\byou (?:said|told me|asked me|warned me)\b[^.;!?]{{0,25}}?\bin X2"
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
    whens = find_whens(text, written, day_first)[:_LIMIT]
    masked, origin = _mask(text, whens)
    cues: list[Cue] = []
    taken: set[int] = set()
    for rule, kind, expression in _RULES:
        ahead = kind in _AHEAD
        for match in expression.finditer(masked):
            mark = next(one for name, one in match.groupdict().items() if one and name.startswith("when"))
            when = whens[ord(mark) - _FIRST]
            value = when.future if ahead else when.past
            if when.start in taken or not value or (ahead and _is_talk(masked, match.start(), rule)):
                continue
            if kind == "arrived" and _NOT_HERE.search(masked[max(0, match.start() - 40) : match.start()]):
                continue
            taken.update(one.start for one in whens if origin[match.start()] <= one.start <= when.start)
            cues.append(Cue(rule, kind, value, origin[match.start()], when.end))
    cues += _arrivals(text, cues)
    cues += _points_back(masked, origin, whens)
    cues += [
        cue for cue in find_durations(text) if not any(cue.start < one.end and one.start < cue.end for one in cues)
    ]
    return tuple(sorted(cues, key=lambda cue: (cue.start, cue.end, cue.rule)))


def _is_talk(masked: str, start: int, rule: str) -> bool:
    """Say whether the words name no delivery: "says Friday" tells when somebody speaks, "nothing before May" when not."""
    if rule == "time.due":
        return masked[start : start + 6].lower() == "before" and bool(
            _NONE_BEFORE.search(masked[max(0, start - 60) : start])
        )
    return rule == "time.say" and not _SPOKEN_NOW.search(masked[max(0, start - 12) : start])


def _arrivals(text: str, cues: list[Cue]) -> list[Cue]:
    found: list[Cue] = []
    for match in _HERE.finditer(text):
        lead = text[max(0, match.start() - 40) : match.start()]
        if _NOT_HERE.search(lead) or any(cue.kind == "arrived" for cue in [*cues, *found]):
            continue
        found.append(Cue("time.here", "arrived", "", match.start(), match.end()))
    return found


def _points_back(masked: str, origin: list[int], whens: list[When]) -> list[Cue]:
    found = []
    for match in _POINTS.finditer(masked):
        mark = next((group for group in match.groups() if group), None)
        value = whens[ord(mark) - _FIRST].past[:7] if mark else ""
        end = whens[ord(mark) - _FIRST].end if mark else origin[match.end() - 1] + 1
        found.append(Cue("time.points-back", "points_back", "" if "Q" in value else value, origin[match.start()], end))
    return found


def _mask(text: str, whens: list[When]) -> tuple[str, list[int]]:
    parts: list[str] = []
    origin: list[int] = []
    last = 0
    for number, one in enumerate(whens):
        parts += [text[last : one.start], chr(_FIRST + number)]
        origin += [*range(last, one.start), one.start]
        last = one.end
    parts.append(text[last:])
    return "".join(parts), [*origin, *range(last, len(text) + 1)]
