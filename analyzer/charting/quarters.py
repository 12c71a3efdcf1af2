"""Accomplishments and effects per quarter, each effect by how it is on record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from analyzer.charting.counts import MOST_QUARTERS, Counted, bars
from analyzer.charting.look import Look
from analyzer.charting.parts import Spec, nothing, number, titled
from analyzer.dates import quarter_of, quarters_between
from analyzer.drafting.desk import Desk
from analyzer.drafting.heading import held_meetings
from analyzer.drafting.phrases import in_words
from analyzer.records import EffectKind

EMPTY = "Quarters: no finished work and no effect to show"
WHY_EMPTY = "The notes report no finished work and no effect in this period."
_SEEN = (EffectKind.MEASURED, EffectKind.DECIDED, EffectKind.ADOPTED)


def quarters_of(desk: Desk) -> list[str]:
    """Return the quarters of the period."""
    review = desk.review
    return quarters_between(review.start, review.end, review.fiscal_start)


def by_quarter(desk: Desk, ids: Iterable[str]) -> Counter[str]:
    """Count lines by the quarter of their meeting, each line once."""
    found: Counter[str] = Counter()
    for one in dict.fromkeys(ids):
        line = desk.lines.get(one)
        if line is not None and line.item.date is not None:
            found[quarter_of(line.item.date, desk.review.fiscal_start)] += 1
    return found


def effects_by_quarter(desk: Desk, kind: EffectKind) -> Counter[str]:
    """Count the effects of one kind by the quarter of the meeting that reports them, as the table of the summary does."""
    effects = [effect for claim in desk.claims.values() for effect in claim.effects]
    effects += [effect for project in desk.review.projects for effect in project.effects]
    return by_quarter(desk, (effect.evidence for effect in effects if effect.kind is kind))


def meetings_by_quarter(desk: Desk) -> Counter[str]:
    """Count the meetings that took place by quarter."""
    held = [day for one in held_meetings(desk.review) if (day := one.date)]
    return Counter(quarter_of(day, desk.review.fiscal_start) for day in held)


def chart(desk: Desk, look: Look) -> Spec:
    """Draw finished work and effects by quarter."""
    colours, quarters = look.palette, quarters_of(desk)
    finished = by_quarter(desk, (claim.evidence[0] for claim in desk.claims.values() if claim.evidence))
    effects = {kind: effects_by_quarter(desk, kind) for kind in EffectKind}
    total, seen = finished.total(), sum(count.total() for count in effects.values())
    if not total and not seen:
        return nothing(look, EMPTY, WHY_EMPTY)
    meetings = meetings_by_quarter(desk)
    rows = [
        Counted(title="Finished pieces of work", noun="finished piece", counts=finished, color=colours.blue),
        *(
            Counted(
                title=f"Effects {kind}",
                noun=f"effect {kind}",
                counts=counts,
                color=colours.green if kind in _SEEN else colours.purple,
            )
            for kind, counts in effects.items()
            if counts or kind is EffectKind.MEASURED
        ),
    ]
    shown = quarters[-MOST_QUARTERS:]
    where = sum(bool(finished[quarter]) for quarter in quarters)
    title = (
        f"{in_words(total)} finished piece{_s(total)} of work in {number(where)} of {number(len(quarters))} "
        f"quarter{_s(len(quarters))}, {number(seen)} effect{_s(seen)} on record"
    )
    subtitle = (
        "Counts of lines; work in the quarter that first calls it done, an effect in the quarter that reports it."
    )
    if len(shown) < len(quarters):
        subtitle += f" The last {len(shown)} of {len(quarters)} quarters are shown."
    return titled(bars(desk, look, rows, shown, meetings), look, title, subtitle)


def _s(count: int) -> str:
    return "" if count == 1 else "s"
