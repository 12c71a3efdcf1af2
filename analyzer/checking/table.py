"""The checks in one table, and the list of what they find."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from analyzer.checking.asking import TITLES
from analyzer.checking.figures import missing_befores, missing_samples, missing_units, not_vouched
from analyzer.checking.open_ends import complaints, empty_quarters, idle_blockers, silent_dates
from analyzer.checking.work import missing_effects, unclear_shares, vague_claims
from analyzer.checking.year import Finding, Year, lay_out
from analyzer.records import Review

Check = Callable[[Year], Iterator[Finding]]

CHECKS: Mapping[str, Check] = {
    "no_effect": missing_effects,
    "vague": vague_claims,
    "no_before": missing_befores,
    "no_unit": missing_units,
    "no_sample": missing_samples,
    "not_vouched": not_vouched,
    "share": unclear_shares,
    "eta": silent_dates,
    "blocker": idle_blockers,
    "complaint": complaints,
    "quarter": empty_quarters,
}
"""By kind; the order is that of `TITLES`, most useful first."""


def check(review: Review) -> dict[str, tuple[Finding, ...]]:
    """Return what would make a year's record stronger.

    Args:
        review: the grouped and scored review.

    Returns:
        The findings by kind, most useful first; kinds without a finding are left out.
    """
    year = lay_out(review)
    found = {kind: _ordered(CHECKS[kind](year), year) for kind in TITLES}
    return {kind: findings for kind, findings in found.items() if findings}


def _ordered(findings: Iterator[Finding], year: Year) -> tuple[Finding, ...]:
    once = {finding.line.id: finding for finding in findings}
    return tuple(sorted(once.values(), key=lambda one: (-one.weight, year.places[one.line.id])))
