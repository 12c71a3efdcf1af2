"""How often two people meet, and so on which day the next meeting is due."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

RECENT = 6
"""Distances between meetings that the cadence is taken from: habits change over a year."""
_WEEK = 7
_NEARLY_A_WEEK = 5
"""From so many days on people meet by the week; the proposal falls on their usual weekday."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence:
    """How often two people met lately."""

    days: int
    """Usual days between two meetings; a whole number of weeks where they meet by the week."""
    weekday: int | None
    """Their usual weekday, 0 for Monday, None where no day stands out."""
    next: date
    """The day that follows from both."""


def cadence_of(held: Sequence[date]) -> Cadence | None:
    """Return the cadence of meetings, None for fewer than two.

    Args:
        held: the days on which they met, in order, each once.
    """
    distances = [(later - day).days for day, later in pairwise(held)][-RECENT:]
    if not distances:
        return None
    usual = round(median(distances))
    if usual < _NEARLY_A_WEEK:
        return Cadence(days=usual, weekday=None, next=held[-1] + timedelta(days=usual))
    weeks = max(1, round(usual / _WEEK))
    day, count = Counter(one.weekday() for one in reversed(held[-RECENT:])).most_common(1)[0]
    weekday = day if 2 * count > len(held[-RECENT:]) else None
    due = held[-1] + timedelta(days=weeks * _WEEK)
    return Cadence(days=weeks * _WEEK, weekday=weekday, next=_nearest(due, weekday))


def _nearest(day: date, weekday: int | None) -> date:
    """Return the nearest day with a weekday."""
    if weekday is None:
        return day
    ahead = (weekday - day.weekday()) % _WEEK
    return day + timedelta(days=ahead if ahead <= _WEEK // 2 else ahead - _WEEK)
