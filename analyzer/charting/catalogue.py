"""Which function draws which chart."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from analyzer.charting import effort_impact, feedback, meetings, quarters, slips, timeline
from analyzer.charting.look import LEAST_WIDTH, MOST_WIDTH, Look
from analyzer.charting.parts import Spec
from analyzer.drafting.desk import Desk

CHARTS: Mapping[str, Callable[[Desk, Look], Spec]] = {
    "effort-impact": effort_impact.chart,
    "timeline": timeline.chart,
    "quarters": quarters.chart,
    "feedback": feedback.chart,
    "calendar": meetings.chart,
    "slips": slips.chart,
}


def draw(name: str, desk: Desk, look: Look) -> Spec:
    """Draw one chart from what the drafts are written from, so that both give the same figures.

    Raises:
        ValueError: the width is too small or too large for a chart.
    """
    if not LEAST_WIDTH <= look.width <= MOST_WIDTH:
        raise ValueError(f"a chart is {LEAST_WIDTH} to {MOST_WIDTH} pixels wide, not {look.width}")
    return CHARTS[name](desk, look)
