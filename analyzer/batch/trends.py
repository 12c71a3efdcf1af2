"""Trends over many people: figures of groups alone, without a name, and nothing of a group that is small.

A figure is shown where at least `SMALLEST` people stand behind it. Of a number of people who have something, those who do
not have it are a group too: where either is small but not empty, the number would point at the few.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from analyzer.batch.manifest import MANIFEST, read_manifest
from analyzer.errors import AnalyzerError
from analyzer.tables.datasets import counts_by_quarter

SMALLEST = 5
"""People in the smallest group of which anything is shown."""
HIDDEN = "-"
NOTE = f"{HIDDEN}: not shown, because it would tell of fewer than {SMALLEST} people"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterTrend:
    """One quarter of all people; None where a group is too small to be shown."""

    quarter: str
    people: int | None
    """People with a meeting in it."""
    meetings_median: float | None = None
    """Meetings held, of the person in the middle."""
    finished_median: float | None = None
    """Finished pieces of work, of the person in the middle."""
    with_effect: int | None = None
    """People with a finished piece that has an effect on record."""
    with_blocker: int | None = None
    with_feedback: int | None = None


class NoBatchError(AnalyzerError):
    """A folder that no batch wrote."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"no batch was written to {folder}: it holds no {MANIFEST}")
        self.tip = "give the folder that `analyzer batch ROOT --to OUT` wrote to"


def trends(out: Path) -> list[QuarterTrend]:
    """Return the quarters of a batch, in order.

    Args:
        out: the output folder of a batch.

    Raises:
        AnalyzerError: no batch was written there, or pyarrow is not installed.
    """
    if not read_manifest(out):
        raise NoBatchError(out)
    names = ("meetings", "finished", "with_effect", "blockers", "feedback")
    counts = {name: counts_by_quarter(out, name) for name in names}
    return [_quarter(quarter, *(counts[name].get(quarter, []) for name in names)) for quarter in counts["meetings"]]


def trends_text(found: Sequence[QuarterTrend]) -> str:
    """Return the quarters as lines to read, with what is not shown said."""
    heads = ("quarter", "people", "meetings each", "finished each", "with an effect", "with a blocker", "with feedback")
    rows = [heads, *(tuple(map(_cell, asdict(one).values())) for one in found)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    hidden = any(HIDDEN in row for row in rows)
    return "\n".join([*lines, "", ABOUT, *([NOTE] if hidden else [])]) + "\n"


ABOUT = "each: the median of the people with a meeting in the quarter; with: how many of them have such a line in their notes"


def trends_json(found: Sequence[QuarterTrend]) -> str:
    """Return the quarters as JSON; null where nothing is shown."""
    data = {"smallest_group": SMALLEST, "quarters": [asdict(one) for one in found]}
    return json.dumps(data, indent=1) + "\n"


def _quarter(
    quarter: str, meetings: list[int], finished: list[int], effects: list[int], blockers: list[int], feedback: list[int]
) -> QuarterTrend:
    people = len(meetings)
    if people < SMALLEST:
        return QuarterTrend(quarter=quarter, people=None)
    return QuarterTrend(
        quarter=quarter,
        people=people,
        meetings_median=float(median(meetings)),
        finished_median=float(median(_with_zeros(finished, people))),
        with_effect=_shown(len(effects), people),
        with_blocker=_shown(len(blockers), people),
        with_feedback=_shown(len(feedback), people),
    )


def _with_zeros(counts: list[int], people: int) -> list[int]:
    return [*[0] * (people - len(counts)), *counts]


def _shown(some: int, people: int) -> int | None:
    """Return a number of people, None where they or the others are few."""
    few = range(1, SMALLEST)
    return None if some in few or people - some in few else some


def _cell(value: object) -> str:
    if value is None:
        return HIDDEN
    return f"{value:g}" if isinstance(value, float) else str(value)
