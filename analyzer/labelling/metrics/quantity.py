"""The quantity: a number with its unit and kind, and when two of them can be figures of one thing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from analyzer.labelling.metrics.lexicon import table

_SCALED = re.compile(r"^(?:[^\w\s]|kr|CHF)?(k|m|bn|lakh|cr)?(?: a \w+)?$")
_SCALES = {"k": 1e3, "m": 1e6, "bn": 1e9, "lakh": 1e5, "cr": 1e7}
_PERCENT_LIMIT = 100
"""A bare number beside a percentage can only be one itself up to here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number with its unit.

    Attributes:
        start, end: where it stands, with a word like "about" before it and the unit after it.
        value: in ``unit``; of a range the lower end, so that nothing is overclaimed.
        unit: ``%``, ``pts``, ``x``, ``min``, ``£k a year``, or the counted noun as written; None for a bare number.
        kind: percent, points, factor, time, money, scaled (31k), measure (63 km), count, ratio (33 of 40),
            fraction (a third), zero (none) or bare.
        noun: the counted thing as written ("porter hours" of "40 porter hours").
        whole: what a ratio is out of.
        signed: 1 or -1 where a sign is written.
        loose: whether it may be a time of day, or a stretch of time that something else took place in.
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


def comparable(first: Quantity, second: Quantity) -> bool:
    """Say whether two quantities can be the older and the newer figure of one thing."""
    kinds = {first.kind, second.kind}
    if len(kinds) == 1:
        return _same(first, second)
    if "ratio" in kinds:
        return "bare" in kinds
    if "fraction" in kinds or not kinds & {"zero", "bare"}:
        return False
    return "percent" not in kinds or max(first.value, second.value) <= _PERCENT_LIMIT


def aligned(before: Quantity, after: Quantity) -> tuple[float, float, str | None]:
    """Return two comparable values in one unit: the unit of the first one written that has any.

    A unit that is written once holds for both ("900 to 320 ms"); units of time and money are converted.
    """
    first, second = sorted((before, after), key=lambda one: one.start)
    lead = first if first.unit is not None or second.unit is None else second
    other = second if lead is first else first
    value = other.value if other.kind != lead.kind else other.value * _factor(other.unit) / _factor(lead.unit)
    value = round(value, 4)
    return (lead.value, value, lead.unit) if lead is before else (value, lead.value, lead.unit)


def _same(first: Quantity, second: Quantity) -> bool:
    if first.kind == "money":
        return _currency(first) == _currency(second)
    if first.kind == "measure":
        return first.unit == second.unit
    if first.kind == "ratio":
        return first.whole == second.whole
    if first.kind == "count" and first.noun and second.noun:
        heads = [noun.lower().split()[-1].rstrip("s") for noun in (first.noun, second.noun)]
        return heads[0] == heads[1]
    return True


def _currency(quantity: Quantity) -> str:
    return re.sub(r"(?:k|m|bn|lakh|cr)?(?: a \w+)?$", "", quantity.unit or "")


def _factor(unit: str | None) -> float:
    if unit and unit in table("seconds"):
        return float(table("seconds")[unit])
    scaled = _SCALED.match(unit or "")
    return _SCALES.get(scaled[1] or "", 1.0) if scaled else 1.0
