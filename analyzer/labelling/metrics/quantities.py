"""Find the quantities in a line of notes, in digits and in words, without everything that only looks like one.

Whether a quantity expresses an effect is not decided here but by the words around it (`forms.py`, `pairs.py`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from analyzer.labelling.metrics.closed import closed_spans, is_description, is_stretch
from analyzer.labelling.metrics.counting import counted, with_rate
from analyzer.labelling.metrics.lexicon import (
    alternatives,
    choice,
    currency_names,
    search,
    table,
    unit_names,
)
from analyzer.labelling.metrics.quantity import Quantity

_SHARES = {"%": "percent", "pts": "points", "x": "factor"}
_SHORT = {
    "thousand": "k",
    "million": "m",
    "mn": "m",
    "billion": "bn",
    "b": "bn",
    "lakhs": "lakh",
    "crore": "cr",
    "crores": "cr",
}
_OF_SLASH = re.compile(r"(?<![\w./:-])(?P<part>\d{1,3})/(?P<whole>\d{1,3})(?![\w/.%])(?!-\d)")
_DATE_LEAD = re.compile(
    r"(?:\b(?:on|by|until|till|from|to|since|eta|due|was|before|after|of)|->|→|-)\s?$", re.IGNORECASE
)
_PRONOUN = re.compile(
    r"\b(?:first|this|last|that|next|each|every|no|old|new|which|any|other|good|big|the|only|small|worst|best)\s$",
    re.IGNORECASE,
)
"""Words that make "one" a pronoun."""
_HOURS_MINUTES = re.compile(r"\b(?P<hours>\d{1,3}) (?:h|hrs?|hours?) (?P<minutes>[0-5]\d)\b(?!%)", re.IGNORECASE)


def find_quantities(text: str) -> list[Quantity]:
    """Find the quantities of a text in order.

    Args:
        text: an item's own text.

    Returns:
        Quantities without overlap.
    """
    closed = closed_spans(text)
    found: list[Quantity] = [_hours(match) for match in _HOURS_MINUTES.finditer(text)]
    for match in _number().finditer(text):
        taken = [*closed, *((one.start, one.end) for one in found)]
        if any(match.start() < end and start < match.end("number") for start, end in taken):
            continue
        if quantity := _in_digits(text, match):
            found.append(quantity)
    for others in (_in_words(text), _slashed(text)):
        found += [one for one in others if not any(one.start < other.end and other.start < one.end for other in found)]
    return sorted((_widen(text, one) for one in found), key=lambda one: one.start)


@cache
def _number() -> re.Pattern[str]:
    signs, units = choice(tuple(currency_names())), choice(tuple(unit_names()))
    decimal = r"\d{1,6},\d{1,2}(?!\d)(?=\s?(?:%|€|k|mn?|million|bn|billion|min|h|days?|weeks?|eur|kr|x)(?!\w))"
    digits = rf"(?:\d{{1,3}}(?:,\d{{3}}){{1,3}}(?!\d)|{decimal}|\d{{1,9}})(?:\.\d{{1,4}})?"
    scale = r"(?P<scale>k|m|mn|bn|b|cr)(?![\w%])|\s(?P<long>thousand|million|billion|mn|bn|lakhs?|crores?|cr)\b"
    return re.compile(
        rf"(?<![\w.,:/#£$€])(?<![\w.][-–])(?P<sign>[+−–-](?=[\d£$€]))?(?:(?P<currency>(?:{signs}))\s?)?"
        rf"(?P<number>{digits})(?:\s?[-–]\s?(?P<high>{digits}))?"
        rf"(?:(?P<clock>m)(?P<rest>[0-5]\d)s?(?!\w)|{scale})?(?:ish|-odd)?"
        rf"(?:\s?(?P<after>{signs})(?!\w)|\s?(?P<unit>{units})(?!\w))?"
        rf"(?![\w£$€])(?!-[A-Za-z])(?!/\d)(?!:\d)(?!\.\d)",
        re.IGNORECASE,
    )


def _in_digits(text: str, match: re.Match[str]) -> Quantity | None:
    value = _value(match["number"])
    sign = {"": 0, "+": 1}.get(match["sign"] or "", -1)
    unit = unit_names().get((match["unit"] or "").lower())
    scale = (match["scale"] or match["long"] or "").lower()
    currency = currency_names().get((match["currency"] or match["after"] or "").lower())
    plain = Quantity(start=match.start(), end=match.end(), value=value, unit=unit, kind="bare", signed=sign)
    if match["clock"]:
        return replace(plain, value=round(value + int(match["rest"]) / 60, 2), unit="min", kind="time")
    if scale == "m" and not currency and not unit and "." not in match["number"]:
        unit, scale = "min", ""
    if currency or scale:
        return _scaled(text, plain, currency, _SHORT.get(scale, scale))
    if unit is None:
        return counted(text, plain)
    if is_description(text, match.end(), match["unit"] or "", value):
        return None
    kind = _SHARES.get(unit, "time")
    loose = kind == "time" and is_stretch(text, plain.start, plain.end)
    return with_rate(text, replace(plain, unit=unit, kind=kind, loose=loose))


def _scaled(text: str, plain: Quantity, currency: str | None, scale: str) -> Quantity:
    unit = f"{currency or ''}{scale}"
    if currency or scale in {"lakh", "cr"}:
        return with_rate(text, replace(plain, unit=unit, kind="money"))
    found = counted(text, replace(plain, unit=None))
    return found if found.kind in {"count", "time"} else with_rate(text, replace(plain, unit=unit, kind="scaled"))


def _hours(match: re.Match[str]) -> Quantity:
    """Read "6 h 30" as minutes."""
    value = 60.0 * int(match["hours"]) + int(match["minutes"])
    return Quantity(start=match.start(), end=match.end(), value=value, unit="min", kind="time")


def _value(digits: str) -> float:
    """Read 1,400 as fourteen hundred and 1,4 as the decimal that it is on the continent."""
    if re.fullmatch(r"\d{1,6},\d{1,2}", digits):
        return float(digits.replace(",", "."))
    return float(digits.replace(",", ""))


@cache
def _word() -> re.Pattern[str]:
    times = tuple(word for word, unit in unit_names().items() if unit in table("seconds") and len(word) > 2)
    fraction, number = alternatives(tuple(table("fractions"))), alternatives(tuple(table("numbers")))
    return re.compile(
        rf"(?P<fraction>{fraction}(?!\s(?:an?|term|way|day|page|hour|past|the)\b|-))"
        rf"|(?P<word>{number}(?!\sof\s(?:the|us|them|it|these|my|our)\b|-|\s(?:by|to)\s(?:one|two|twelve)\b))"
        rf"(?P<half>\sand a half)?(?:\s(?P<unit>{choice(times)})\b)?",
        re.IGNORECASE,
    )


def _in_words(text: str) -> list[Quantity]:
    return [found for match in _word().finditer(text) if (found := _in_word(text, match))]


def _in_word(text: str, match: re.Match[str]) -> Quantity | None:
    written = re.sub(r"\s+", " ", (match["fraction"] or match["word"]).lower())
    if match["fraction"]:
        value = float(table("fractions")[written])
        return Quantity(start=match.start(), end=match.end(), value=value, unit="x", kind="fraction", word=True)
    value = float(table("numbers")[written]) + 0.5 * bool(match["half"])
    plain = Quantity(start=match.start(), end=match.end(), value=value, unit=None, kind="bare", word=True)
    if value == 1 and _PRONOUN.search(text, max(0, match.start() - 8), match.start()):
        return None
    if match["unit"]:
        if value > 1 and is_description(text, match.end(), match["unit"], value):
            return None
        loose = is_stretch(text, plain.start, plain.end)
        return with_rate(text, replace(plain, unit=unit_names()[match["unit"].lower()], kind="time", loose=loose))
    if " " in written:
        return None
    found = counted(text, plain)
    return replace(found, kind="zero") if value == 0 else found


def _slashed(text: str) -> list[Quantity]:
    """Read "6/7 came through, before it was 3/7": several shares of one whole, none of them led by a date's word."""
    matches = [one for one in _OF_SLASH.finditer(text) if int(one["part"]) <= int(one["whole"])]
    wholes = {float(one["whole"]) for one in matches}
    leads = (text[max(0, one.start() - 8) : one.start()] for one in matches)
    if len(matches) < 2 or len(wholes) != 1 or any(_DATE_LEAD.search(lead) for lead in leads):
        return []
    whole = wholes.pop()
    return [
        Quantity(start=one.start(), end=one.end(), value=float(one["part"]), unit=None, kind="ratio", whole=whole)
        for one in matches
    ]


def _widen(text: str, quantity: Quantity) -> Quantity:
    """Take a word like "about" into the quantity."""
    for match in search("approx").finditer(text, max(0, quantity.start - 14), quantity.start):
        if re.fullmatch(r"\s?", text[match.end() : quantity.start]):
            return replace(quantity, start=match.start())
    if quantity.start and text[quantity.start - 1] in "~≈":
        return replace(quantity, start=quantity.start - 1)
    return quantity
