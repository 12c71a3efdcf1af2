"""Comparing the quantities that the tool reads with those that the annotator wrote, whatever the scale of the unit."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from analyzer.evaluation.gold import GoldMetric
from analyzer.records import Metric

Slots = frozenset[tuple[str, float]]
"""Roles with their numbers in the plain unit: (``before``, 1300000.0)."""

_ROLES = ("before", "after", "delta", "value")
_SCALES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}
_SCALE = re.compile(
    r"(?:^|[£$€\s])(k|thousand|mn|million|bn|billion)(?=$|[£$€\s])|(?<=[£$€])(m)\b|\b(m)(?=[£$€])", re.IGNORECASE
)
_DIGITS = 4
"""Numbers are the same where they agree to this many significant digits."""


def slots(metric: GoldMetric | Metric) -> Slots:
    """Return a quantity's numbers with their roles; the size of a change is compared without its sign."""
    scale = _scale(metric.unit)
    numbers = ((role, getattr(metric, role)) for role in _ROLES)
    return frozenset(
        (role, _rounded(abs(number) if role == "delta" else number, scale))
        for role, number in numbers
        if number is not None
    )


def compare(gold: Sequence[GoldMetric], found: Sequence[Metric]) -> dict[str, int]:
    """Count what agrees on one item.

    Returns:
        ``number_tp/fp/fn``: numbers with their roles; ``tuple_tp/fp/fn``: whole quantities, all roles equal;
        ``false``: quantities of the tool that share no number with any gold one, in whatever role.
    """
    wanted, given = [slots(metric) for metric in gold], [slots(metric) for metric in found]
    numbers = _agreement([slot for one in wanted for slot in one], [slot for one in given for slot in one])
    tuples = _agreement(wanted, given)
    known = {abs(number) for one in wanted for _, number in one}
    return {
        **dict(zip(("number_tp", "number_fp", "number_fn"), numbers, strict=True)),
        **dict(zip(("tuple_tp", "tuple_fp", "tuple_fn"), tuples, strict=True)),
        "false": sum(not any(abs(number) in known for _, number in one) for one in given),
    }


def _agreement(wanted: Sequence[object], given: Sequence[object]) -> tuple[int, int, int]:
    """Return how many of the given are wanted, are not, and how many wanted ones are missing; each counts once."""
    left = list(wanted)
    for one in given:
        if one in left:
            left.remove(one)
    right = len(wanted) - len(left)
    return right, len(given) - right, len(left)


def _scale(unit: str | None) -> float:
    match = _SCALE.search(unit or "")
    return _SCALES[next(part for part in match.groups() if part).lower()] if match else 1.0


def _rounded(number: float, scale: float) -> float:
    if not number:
        return 0.0
    scaled = number * scale
    return round(scaled, _DIGITS - 1 - math.floor(math.log10(abs(scaled))))
