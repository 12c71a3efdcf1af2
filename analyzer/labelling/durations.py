"""How long work took, as far as a line says so ("two afternoons of work", "took 3 days", "both weeks").

A stretch that something was observed over ("in the first two weeks of the trial"), a delay ("2 weeks late"), a rhythm
("1h a week") or an age is no duration of work.
"""

from __future__ import annotations

import re

from analyzer.records import Cue

DAYS_A_WEEK = 5
HOURS_A_WEEK = 40
WEEKS_A_MONTH = 4.35
WEEKS_A_YEAR = 52.0
_WEEKS = {
    "hour": 1 / HOURS_A_WEEK,
    "hr": 1 / HOURS_A_WEEK,
    "h": 1 / HOURS_A_WEEK,
    "morning": 0.5 / DAYS_A_WEEK,
    "afternoon": 0.5 / DAYS_A_WEEK,
    "evening": 0.5 / DAYS_A_WEEK,
    "night": 1 / DAYS_A_WEEK,
    "day": 1 / DAYS_A_WEEK,
    "weekend": 2 / DAYS_A_WEEK,
    "week": 1.0,
    "wk": 1.0,
    "fortnight": 2.0,
    "sprint": 2.0,
    "month": WEEKS_A_MONTH,
    "quarter": 3 * WEEKS_A_MONTH,
    "year": WEEKS_A_YEAR,
}
_NUMBERS = {
    "a": 1.0, "an": 1.0, "one": 1.0, "two": 2.0, "both": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0,
    "eight": 8.0, "nine": 9.0, "ten": 10.0, "eleven": 11.0, "twelve": 12.0, "half a": 0.5, "half an": 0.5, "a half": 0.5,
    "one and a half": 1.5, "two and a half": 2.5, "a couple of": 2.0, "a full": 1.0, "a whole": 1.0, "all": 1.0, "the whole": 1.0,
    "most of a": 0.75, "a good": 1.0, "the full": 1.0, "another": 1.0,
}  # fmt: skip
_COUNT = (
    r"(?P<count>\d{1,3}(?:\.\d)?|"
    + "|".join(sorted((re.escape(word) for word in _NUMBERS), key=len, reverse=True))
    + ")"
)
_SPAN = rf"(?:about |around |nearly |almost |some |roughly |over |~)?\b{_COUNT}[ -]?(?P<half>and a half )?(?:full |solid |whole |long |working |straight )?(?P<unit>{'|'.join(sorted(_WEEKS, key=len, reverse=True))})s?\b"
_WORK = r"work|working|effort|digging|coding|writing|testing|debugging|drafting|analysis|reading|preparation|prep|building|chasing|cleaning|counting|sorting|time|my life|my time|graft|slog|mapping|fiddling|typing|tinkering|design|research|interviews?"

_TOOK = re.compile(
    rf"\b(?:took|taken|spent|spend|cost (?:me|us|him|her)|lost|needed|burned|burnt|worked on (?:it|this) for|been at it for|been on (?:it|this) for|ran the \w+ for)"
    rf"(?: (?:me|us|him|her|them|it|just|only|the|team|about|nearly|all of|a total of|up)){{0,2}} {_SPAN}(?P<tail>.{{0,30}})",
    re.IGNORECASE,
)
_OF_WORK = re.compile(rf"{_SPAN}(?:['’]s?)? (?:of |on )?(?:\w+ )?(?:{_WORK})\b(?P<tail>)", re.IGNORECASE)
_ALONE = re.compile(rf"(?:^|[.!?;]\s|,\s)(?P<stretch>{_SPAN})(?P<tail>)(?=\s?(?:[.!]|,\s|$))", re.IGNORECASE)
_BOTH = re.compile(
    r"\b(?:for |in )?(?P<count>both) (?P<half>)(?P<unit>day|week|weekend|month|night)s\b(?P<tail>)", re.IGNORECASE
)
_NOT_WORK = re.compile(
    r"^\s?(?:on average|a week|a day|a month|per|each|every|late|later|early|earlier|ago|before|after|behind|ahead|old|left|to (?:reply|answer|respond|refund)|off\b|leave|holiday|from now|notice|between|of (?:data|history|leave|holiday|rain|actuals|bookings))",
    re.IGNORECASE,
)
_WAITED = re.compile(
    r"\b(?:waiting|waited|wait|blocked|late|delay\w{0,2}|here|ago|leave|off|holiday|trial|pilot|jobs|average|since|sick)\b.{0,30}$",
    re.IGNORECASE,
)


def find_durations(text: str) -> list[Cue]:
    """Find how long work took.

    Args:
        text: an item's own text.

    Returns:
        Cues of the kind ``duration``; the value is weeks of work as a decimal number (a week has five days of eight
        hours, a morning, afternoon or evening is half a day).
    """
    found: list[Cue] = []
    for rule, expression in (
        ("time.took", _TOOK),
        ("time.of-work", _OF_WORK),
        ("time.both", _BOTH),
        ("time.alone", _ALONE),
    ):
        for match in expression.finditer(text):
            start, end = match.start("count"), match.end("unit")
            if text[end : end + 1] == "s":
                end += 1
            lead = re.split(r"[.!?;]\s", text[:start])[-1]
            if _NOT_WORK.match(text[end : end + 25]) or (
                rule == "time.alone" and not _stands_alone(match, text, start, lead)
            ):
                continue
            if any(start < cue.end and cue.start < end for cue in found):
                continue
            found.append(Cue(rule, "duration", _weeks(match), start, end))
    return found


def _stands_alone(match: re.Match[str], text: str, start: int, lead: str) -> bool:
    """Take "Five months!!" or ", two afternoons" only where no word before speaks of waiting or being away."""
    return (
        "(" not in text[max(0, start - 2) : start]
        and not _WAITED.search(text[:start][-40:])
        and match["unit"].lower() != "year"
        and not re.search(r"\d", lead[-25:])
    )


def _weeks(match: re.Match[str]) -> str:
    count = match["count"].lower()
    number = _NUMBERS[count] if count in _NUMBERS else float(count)
    if match["half"]:
        number += 0.5
    return f"{number * _WEEKS[match['unit'].lower()]:.2f}".rstrip("0").rstrip(".")
