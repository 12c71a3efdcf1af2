"""The head of the page: whose year, which period, and how much of it the notes cover."""

from __future__ import annotations

from dataclasses import dataclass

from analyzer.drafting.desk import Desk
from analyzer.drafting.heading import cancelled_cites, gap_sentence, held_meetings, period_days, source_paragraph
from analyzer.drafting.phrases import counted
from analyzer.drafts import Sentence
from analyzer.page.talk import Feedback, Promises


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure of the year: how many, of what, and one more thing about it."""

    figure: str
    what: str
    more: str
    link: str
    """The section that holds what is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What stands under the title."""

    days: str
    sources: tuple[Sentence, ...]
    gaps: tuple[Sentence, ...]
    tiles: tuple[Tile, ...]


def coverage_of(desk: Desk, feedback: Feedback, promises: Promises) -> Coverage:
    """Return the period, what the page was made from, and the figures that lead to its sections.

    Args:
        desk: the review's look-ups.
        feedback: what the page tells of the feedback.
        promises: what the page tells of the promises.
    """
    review = desk.review
    effects = sum(bool(claim.effects) for claim in desk.claims.values())
    labelled = sum(bool(line.labels) for line in review.evidence)
    cancelled, gaps = len(cancelled_cites(desk)), review.gaps
    longest = max((gap.days for gap in gaps), default=0)
    received = len(feedback.praise) + len(feedback.growth)
    tiles = (
        Tile(*_number(len(held_meetings(review)), "meeting"), f"{cancelled} cancelled", "year"),
        Tile(*_number(len(gaps), "gap"), f"longest {counted(longest, 'day')}" if gaps else "no long one", "year"),
        Tile(*_number(len(desk.claims), "finished piece"), f"{effects} with an effect", "finished"),
        Tile(*_number(len(review.projects), "project"), f"{_scored(desk)} with impact", "projects"),
        Tile(*_number(received, "line", "of feedback"), f"{len(feedback.growth)} to grow on", "feedback"),
        Tile(*_number(len(promises.open), "open promise"), f"{len(promises.kept)} followed up", "open"),
        Tile(*_number(labelled, "line", "of evidence"), f"of {len(review.evidence)} read", "evidence"),
    )
    return Coverage(
        days=period_days(review),
        sources=source_paragraph(desk)[:1],
        gaps=tuple(gap_sentence(desk, gap) for gap in gaps),
        tiles=tiles,
    )


def _number(count: int, noun: str, tail: str = "") -> tuple[str, str]:
    word = counted(count, noun).partition(" ")[2]
    return str(count), f"{word} {tail}".strip()


def _scored(desk: Desk) -> int:
    return sum(project.impact is not None for project in desk.review.projects)
