"""Bands within one person's year, and the plain name of where a project stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from analyzer.records import Score

NO_BAND = frozenset({"stated", "expected"})
"""Rungs that give no band: the effect has not been seen, or nobody says how large it is."""


def largest(scores: Iterable[Score | None]) -> int:
    """Return the most points of one axis in this year, 0 for none."""
    return max((score.points for score in scores if score is not None), default=0)


def effort_band(score: Score, most: int) -> Score:
    """Give "much" from half of the person's own largest on, inclusive, else "little"."""
    return replace(score, band="much" if 2 * score.points >= most else "little")


def impact_band(score: Score, rung: str | None, most: int) -> Score:
    """Give "big" from half of the person's own largest on, inclusive, else "small"; none for what is only said."""
    if rung in NO_BAND:
        return replace(score, band=None)
    return replace(score, band="big" if 2 * score.points >= most else "small")


def quadrant(effort: Score, impact: Score | None, rung: str | None) -> str:
    """Return where a project stands, in plain words."""
    spent = f"{effort.band} effort"
    if impact is None:
        return f"{spent}, no effect on record"
    if impact.band is None:
        return f"{spent}, effect only {rung}"
    return f"{impact.band} result for {spent}"
