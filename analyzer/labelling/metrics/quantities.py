"""Quantities in a line of notes: number, unit and kind, with everything left out that only looks like one.

Dates, times of day, versions, ticket ids, ordinals and names that end in a number ("ward 7", "p95", "page 2") are no
quantities. Whether a quantity expresses an effect is not decided here but by the words around it (`forms.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from analyzer.dates import find_dates
from analyzer.labelling.metrics.lexicon import (
    alternatives,
    currency_names,
    either,
    search,
    split,
    table,
    unit_names,
    words,
)

_SHARES = {"%": "percent", "pts": "points", "x": "factor"}
_SCALED = re.compile(r"^(?:[^\w\s]|kr|CHF)?(k|m|bn|lakh|cr)?(?: a \w+)?$")
_SCALES = {"k": 1e3, "m": 1e6, "bn": 1e9, "lakh": 1e5, "cr": 1e7}
_OF_SLASH = re.compile(r"(?<![\w./:-])(?P<part>\d{1,3})/(?P<whole>\d{1,3})(?![\w/.%])(?!-\d)")
_DATE_LEAD = re.compile(r"(?:\b(?:on|by|until|till|from|to|since|eta|due|was|before|after|of)|->|→|-)\s?$", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:first|this|last|that|next|each|every|no|old|new|which|any|other|good|big|the|only|small)\s$", re.IGNORECASE)
"""Words that make "one" a pronoun."""
_NEXT_WORDS = re.compile(r"[ ]([^\W\d_][\w'’-]{0,24})(?:[ ]([^\W\d_][\w'’-]{0,24}))?(?:[ ]([^\W\d_][\w'’-]{0,24}))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number with its unit.

    Attributes:
        start, end: where it stands, with a word like "about" before it and the unit after it.
        value: in ``unit``; of a range the lower end, so that nothing is overclaimed.
        unit: ``%``, ``pts``, ``x``, ``min``, ``£k a year``, or the counted noun as written; None for a bare number.
        kind: percent, points, factor, time, money, count, ratio (33 of 40), fraction (a third), zero (none), bare.
        noun: the counted thing, or the words between number and unit ("porter" in "40 porter hours").
        whole: what a ratio is out of.
        signed: 1 or -1 where a sign is written.
        loose: whether it may be a time of day or a stretch of time that something took place in.
        word: whether it is written as a word.
    """

    start: int
    end: int
    value: float
    unit: str | None
    kind: str
    noun: str | None = None
    whole: float | None = None
    signed: int = 0
    loose: bool = False
    word: bool = False


def find_quantities(text: str) -> list[Quantity]:
    """Find the quantities of a text in order.

    Args:
        text: an item's own text.

    Returns:
        Quantities without overlap.
    """
    closed = _not_quantities(text)
    found: list[Quantity] = []
    for match in _number().finditer(text):
        if any(match.start() < end and start < match.end("number") for start, end in closed):
            continue
        if found and match.start() < found[-1].end:
            continue
        if quantity := _quantity(text, match):
            found.append(quantity)
    found += [one for one in _worded(text) if not _overlaps(one, found)]
    found += [one for one in _slashed(text) if not _overlaps(one, found)]
    return sorted((_widen(text, one) for one in found), key=lambda one: one.start)


def comparable(first: Quantity, second: Quantity) -> bool:
    """Say whether two quantities can be the older and the newer figure of one thing."""
    kinds = {first.kind, second.kind}
    if kinds <= {"money"}:
        return _currency(first) == _currency(second)
    if kinds == {"count"}:
        return _same_noun(first.noun, second.noun)
    if kinds == {"measure"}:
        return first.unit == second.unit
    if len(kinds) == 1:
        return first.whole == second.whole or first.kind != "ratio"
    if "ratio" in kinds:
        return "bare" in kinds and min(first, second, key=lambda one: one.start).kind == "ratio"
    if "zero" in kinds or "bare" in kinds:
        return "fraction" not in kinds
    return False


def aligned(before: Quantity, after: Quantity) -> tuple[float, float, str | None]:
    """Return two comparable values in one unit: the unit of the first one written that has any.

    A unit that is written once holds for both ("900 to 320 ms"); units of time and money are converted.
    """
    first, second = sorted((before, after), key=lambda one: one.start)
    lead = first if first.unit is not None or second.unit is None else second
    other = second if lead is first else first
    value = other.value if other.kind != lead.kind else other.value * _factor(other.unit) / _factor(lead.unit)
    value = round(value, 4)
    unit = lead.unit
    return (lead.value, value, unit) if lead is before else (value, lead.value, unit)


def _factor(unit: str | None) -> float:
    if unit in table("seconds"):
        return float(table("seconds")[unit])
    scaled = _SCALED.match(unit or "")
    return _SCALES.get(scaled[1] or "", 1.0) if scaled else 1.0


def _currency(quantity: Quantity) -> str:
    return re.sub(r"(?:k|m|bn|lakh|cr)?(?: a \w+)?$", "", quantity.unit or "")


def _same_noun(first: str | None, second: str | None) -> bool:
    if first is None or second is None:
        return True
    heads = [noun.lower().split()[-1].rstrip("s") for noun in (first, second)]
    return heads[0] == heads[1]


@cache
def _number() -> re.Pattern[str]:
    signs = "|".join(re.escape(word) for word in sorted(currency_names(), key=lambda word: (-len(word), word)))
    units = "|".join(re.escape(word) for word in sorted(unit_names(), key=lambda word: (-len(word), word)))
    decimal = r"\d{1,6},\d{1,2}(?!\d)(?=\s?(?:%|€|k|mn?|million|bn|billion|min|h|days?|weeks?|eur|kr|x)(?!\w))"
    digits = rf"(?:\d{{1,3}}(?:,\d{{3}}){{1,3}}(?!\d)|{decimal}|\d{{1,9}})(?:\.\d{{1,4}})?"
    return re.compile(
        rf"(?<![\w.,:/#£$€])(?<![\w.][-–])(?P<sign>[+−–-](?=[\d£$€]))?(?:(?P<currency>(?:{signs}))\s?)?"
        rf"(?P<number>{digits})(?:\s?[-–]\s?(?P<high>{digits}))?"
        rf"(?:(?P<clock>m)(?P<rest>[0-5]\d)s?(?!\w)|(?P<scale>k|m|mn|bn|b|cr)(?![\w%])|\s(?P<long>thousand|million|billion|mn|bn|lakhs?|crores?|cr)\b)?"
        rf"(?:ish|-odd)?"
        rf"(?:\s?(?P<after>{signs})(?!\w)|\s?(?P<unit>{units})(?!\w))?"
        rf"(?![\w£$€])(?!-[A-Za-z])(?!/\d)(?!:\d)(?!\.\d)",
        re.IGNORECASE,
    )


@cache
def _per() -> re.Pattern[str]:
    return re.compile(rf"\s?(?:/|\b(?:an?|per|each|every)\b)\s?(?P<per>{'|'.join(words('per'))})\b", re.IGNORECASE)


@cache
def _labels() -> re.Pattern[str]:
    label = "|".join(re.escape(word) for word in words("label"))
    more = r"(?:\s?(?:\+|&|and|,|-|–|/)\s?\d{1,4}[A-Za-z]?\b){0,6}"
    return re.compile(rf"(?<!\w)(?:{label})s?\s?#?(?P<number>\d{{1,4}}(?:\.\d{{1,3}}){{0,2}}[A-Za-z]?\b(?!\s?%){more})", re.IGNORECASE)


_CLOSED = re.compile(
    r"\b\d{1,2}[:.h][0-5]\d\s?(?:am|pm|h)?\b(?![\s\d]{0,2}%)(?<!\.\d\d)|\b\d{1,2}\s?(?:am|pm)\b|\+?\b\d[\d -]{7,16}\d\b"
    r"|\b\d{1,3}\.\d{1,3}\.\d{1,4}\b|\b(?:19|20)\d\d\b(?!\s?(?:%|ms\b|k\b|kr\b|€|eur\b|tps\b))|\b(?:19|20)\d\d/\d\d\b"
    r"|\b\d{1,2}:\d\d\b|\bn\s?=\s?\d+|\b\d{1,2}\s?[-–]\s?\d{1,2}\s?(?:am|pm)\b|\b\d\s?:\s?\d\b",
    re.IGNORECASE,
)


def _not_quantities(text: str) -> list[tuple[int, int]]:
    spans = [match.span() for match in _CLOSED.finditer(text)]
    spans += [match.span("number") for match in _labels().finditer(text)]
    for mention in find_dates(text):
        if mention.form != "numbers" or "/" in text[mention.start : mention.end] or mention.year is not None:
            spans.append((mention.start, mention.end))
    return spans


def _quantity(text: str, match: re.Match[str]) -> Quantity | None:
    value = _value(match["number"])
    unit = unit_names().get((match["unit"] or "").lower())
    sign = -1 if (match["sign"] or "+") in "-−–" else 1
    signed = sign if match["sign"] else 0
    scale = match["scale"] or match["long"] or ""
    place = {"start": match.start(), "end": match.end(), "signed": signed}
    currency = currency_names().get((match["currency"] or match["after"] or "").lower())
    if match["clock"]:
        value += int(match["rest"]) / 60
        return Quantity(start=match.start(), end=match.end(), value=round(value, 2), unit="min", kind="time")
    if scale.lower() == "m" and not currency and not unit:
        unit, scale = "min", ""
    if currency or scale:
        money = _money(value, currency, scale, match)
        counted = _counted(text, replace(money, kind="bare")) if money.kind == "scaled" else money
        return _with_per(text, replace(counted, unit=money.unit, kind=money.kind)) if counted.kind != "count" and counted.kind != "time" else counted
    if unit:
        kind = _SHARES.get(unit, "time")
        found = Quantity(start=place["start"], end=place["end"], value=value, unit=unit, kind=kind, signed=signed)
        return replace(_with_per(text, found), loose=kind == "time" and _is_loose(text, found))
    return _counted(text, Quantity(start=place["start"], end=place["end"], value=value, unit=None, kind="bare", signed=signed))


def _value(digits: str) -> float:
    """Read 1,400 as fourteen hundred and 1,4 as the decimal that it is on the continent."""
    if re.fullmatch(r"\d{1,6},\d{1,2}", digits):
        return float(digits.replace(",", "."))
    return float(digits.replace(",", ""))


def _money(value: float, currency: str | None, scale: str, match: re.Match[str]) -> Quantity:
    short = {"thousand": "k", "million": "m", "mn": "m", "billion": "bn", "b": "bn", "lakhs": "lakh", "crore": "cr", "crores": "cr"}.get(scale.lower(), scale.lower())
    sign = -1 if (match["sign"] or "+") in "-−–" else 1
    return Quantity(
        start=match.start(),
        end=match.end(),
        value=value,
        unit=f"{currency or ''}{short}",
        kind="money" if currency or short in {"lakh", "cr"} else "scaled",
        signed=sign if match["sign"] else 0,
    )


def _with_per(text: str, quantity: Quantity) -> Quantity:
    if found := _per().match(text, quantity.end):
        return replace(quantity, end=found.end(), unit=f"{quantity.unit or ''} a {found['per'].lower()}".strip())
    return quantity


def _counted(text: str, quantity: Quantity) -> Quantity:
    """Read what a bare number counts: the noun after it, a ratio, or a unit behind a noun ("40 porter hours")."""
    ratio = re.match(r"\s(?:of|out of|from)\s(?:the |our |my )?(\d{1,6})\b(?!\s?%)", text[quantity.end : quantity.end + 30])
    if ratio and float(ratio[1]) >= quantity.value:
        return replace(quantity, kind="ratio", whole=float(ratio[1]), end=quantity.end + ratio.end())
    following = _NEXT_WORDS.match(text, quantity.end)
    taken: list[str] = []
    for number in range(1, 4):
        word = following[number] if following else None
        if not following or word is None or word.lower() in words("stop"):
            break
        unit = unit_names().get(word.lower())
        if unit in table("seconds") and len(word) > 2:
            found = replace(quantity, kind="time", unit=unit, noun=" ".join(taken) or None, end=following.end(number))
            return replace(_with_per(text, found), loose=_is_loose(text, found))
        if not taken and word.lower() in words("measure"):
            return replace(quantity, kind="measure", unit=word, end=following.end(number))
        taken.append(word)
    if not taken:
        return replace(quantity, loose=_is_clock(text, quantity))
    noun = taken[0] if taken[0].endswith("s") or len(taken) == 1 or not taken[1].endswith("s") else f"{taken[0]} {taken[1]}"
    if noun.lower() in words("paper"):
        return replace(quantity, kind="count", unit=noun, noun=noun, loose=True)
    return replace(quantity, kind="count", unit=noun, noun=noun)


def _is_stretch(text: str, start: int) -> bool:
    """Say whether the words before a time make it a stretch that something happened in ("over the first 60 days")."""
    return bool(_stretch().search(text, max(0, start - 24), start))


def _is_loose(text: str, quantity: Quantity) -> bool:
    return _is_stretch(text, quantity.start) or _is_offset(text, quantity.end)


def _is_offset(text: str, end: int) -> bool:
    """Say whether a time is a distance from something ("60 days before expiry", "2 weeks late")."""
    return bool(re.match(r"\s(?:(?:before|after|until|into|from)\s\w|late\b|later\b|early\b|earlier\b|ago\b|ahead\b|old\b|in\b[,.])", text[end : end + 16], re.IGNORECASE))


@cache
def _stretch() -> re.Pattern[str]:
    return re.compile(rf"{either('period_lead')}\s(?:the\s|about\s)?(?:last\s|first\s|past\s|next\s)?$", re.IGNORECASE)


def _is_clock(text: str, quantity: Quantity) -> bool:
    lead = re.search(r"\b(?:at|till|until|by|before|from)\s$", text[max(0, quantity.start - 8) : quantity.start], re.IGNORECASE)
    return bool(lead) and quantity.value <= 24 and quantity.value == int(quantity.value)


@cache
def _worded_expression() -> re.Pattern[str]:
    units = tuple(word for unit, written in table("units").items() if unit in table("seconds") for word in split(written) if len(word) > 2)
    return re.compile(
        rf"(?P<fraction>{alternatives(split(','.join(table('fractions'))))}(?!\s(?:an?|term|way|day|page|hour|past|the)\b|-))|(?P<word>{alternatives(split(','.join(table('numbers'))))}(?!\sof\s(?:the|us|them|it|these|my|our)\b|-|\s(?:by|to)\s(?:one|two)\b))"
        rf"(?:\s(?P<unit>{'|'.join(re.escape(word) for word in sorted(units, key=len, reverse=True))})\b)?",
        re.IGNORECASE,
    )


def _worded(text: str) -> list[Quantity]:
    found: list[Quantity] = []
    for match in _worded_expression().finditer(text):
        place = {"start": match.start(), "end": match.end()}
        if match["fraction"]:
            value = float(table("fractions")[re.sub(r"\s+", " ", match["fraction"].lower())])
            found.append(Quantity(**place, value=value, unit="x", kind="fraction", word=True))
            continue
        value = float(table("numbers")[re.sub(r"\s+", " ", match["word"].lower())])
        if value == 1 and _PRONOUN.search(text, max(0, match.start() - 8), match.start()):
            continue
        if match["unit"]:
            unit = unit_names()[match["unit"].lower()]
            one = Quantity(**place, value=value, unit=unit, kind="time", word=True)
            found.append(replace(_with_per(text, one), loose=_is_loose(text, one)))
        elif " " in match["word"]:
            continue
        elif value == 0:
            found.append(_counted_word(text, Quantity(**place, value=0, unit=None, kind="zero", word=True)))
        else:
            found.append(_counted_word(text, Quantity(**place, value=value, unit=None, kind="bare", word=True)))
    return found


def _counted_word(text: str, quantity: Quantity) -> Quantity:
    counted = _counted(text, quantity)
    return replace(counted, kind="zero") if quantity.kind == "zero" else counted


def _slashed(text: str) -> list[Quantity]:
    """Read "6/7 came through, before it was 3/7": several shares of one whole, none of them led by a date's word."""
    matches = [one for one in _OF_SLASH.finditer(text) if int(one["part"]) <= int(one["whole"])]
    wholes = {int(one["whole"]) for one in matches}
    if len(matches) < 2 or len(wholes) != 1 or any(_DATE_LEAD.search(text, 0, one.start()) for one in matches):
        return []
    return [
        Quantity(start=one.start(), end=one.end(), value=float(one["part"]), unit=None, kind="ratio", whole=float(one["whole"]))
        for one in matches
    ]


def _widen(text: str, quantity: Quantity) -> Quantity:
    """Take a word like "about" into the quantity."""
    lead = max(0, quantity.start - 14)
    for match in search("approx").finditer(text, lead, quantity.start):
        if re.fullmatch(r"\s?", text[match.end() : quantity.start]):
            return replace(quantity, start=match.start())
    if text[max(0, quantity.start - 1) : quantity.start] in {"~", "≈", "c"} and quantity.start > 0:
        return replace(quantity, start=quantity.start - 1)
    return quantity


def _overlaps(one: Quantity, others: list[Quantity]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in others)
