"""Feedback by quarter: about the subject's work and from the subject to others, praise and criticism apart."""

from __future__ import annotations

from collections import Counter

from analyzer.charting.counts import MOST_QUARTERS, Counted, bars
from analyzer.charting.look import Look
from analyzer.charting.parts import Spec, nothing, number, titled
from analyzer.charting.quarters import by_quarter, meetings_by_quarter, quarters_of
from analyzer.charting.texts import name_of
from analyzer.drafting.desk import Desk, short_name
from analyzer.drafting.phrases import in_words
from analyzer.records import Direction, Polarity

EMPTY = "Feedback: none to show"
WHY_EMPTY = "No line of the notes was read as feedback, neither about this person's work nor from them."
_WORDS = {Polarity.POSITIVE: "Praise", Polarity.CONSTRUCTIVE: "Criticism or advice", Polarity.MIXED: "Both in one line"}
_NOUNS = {
    Polarity.POSITIVE: "line of praise",
    Polarity.CONSTRUCTIVE: "line of criticism or advice",
    Polarity.MIXED: "line of both",
}


def counts_of(desk: Desk) -> dict[tuple[Direction, Polarity], Counter[str]]:
    """Return for each direction and polarity how many lines of feedback each quarter holds."""
    entries = desk.review.feedback
    return {
        (direction, polarity): by_quarter(
            desk, (one.evidence for one in entries if one.direction is direction and one.polarity is polarity)
        )
        for direction in Direction
        for polarity in Polarity
    }


def chart(desk: Desk, look: Look) -> Spec:
    """Draw feedback by quarter, direction and polarity."""
    counts = counts_of(desk)
    received = sum(one.total() for (way, _), one in counts.items() if way is Direction.RECEIVED)
    given = sum(one.total() for (way, _), one in counts.items() if way is Direction.GIVEN)
    if not received and not given:
        return nothing(look, EMPTY, WHY_EMPTY)
    name = name_of(short_name(desk.review.subject) or "the subject", 30)
    praise = counts[Direction.RECEIVED, Polarity.POSITIVE].total()
    quarters = quarters_of(desk)
    rows = [
        Counted(title=f"About the work of {name}"),
        *_rows(counts, Direction.RECEIVED, look, "about"),
        Counted(title=f"From {name} to others"),
        *_rows(counts, Direction.GIVEN, look, "given"),
    ]
    title = (
        f"{in_words(praise)} of {_lines(received)} of feedback about {name} {'is' if praise == 1 else 'are'} praise; "
        f"{_lines(given)} from {name} to others"
    )
    subtitle = "Counts of lines, in the quarter of their meeting; the drafts quote them."
    shown = quarters[-MOST_QUARTERS:]
    if len(shown) < len(quarters):
        subtitle += f" The last {len(shown)} of {len(quarters)} quarters are shown."
    return titled(bars(desk, look, rows, shown, meetings_by_quarter(desk)), look, title, subtitle)


def _rows(
    counts: dict[tuple[Direction, Polarity], Counter[str]], direction: Direction, look: Look, way: str
) -> list[Counted]:
    colours = look.palette
    hues = {Polarity.POSITIVE: colours.blue, Polarity.CONSTRUCTIVE: colours.orange, Polarity.MIXED: colours.purple}
    ending = " about this work" if way == "about" else " to others"
    return [
        Counted(title=_WORDS[one], noun=_NOUNS[one] + ending, counts=counts[direction, one], color=hues[one])
        for one in Polarity
        if counts[direction, one] or one is not Polarity.MIXED
    ]


def _lines(count: int) -> str:
    return f"{number(count)} line{'' if count == 1 else 's'}"
