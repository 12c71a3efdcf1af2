"""A year as a few lines of HTML, for a notebook: what was read and where there is little. Words of the notes are escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from html import escape

from analyzer.dates import quarter_of, quarters_between
from analyzer.oneline import one_line
from analyzer.records import MeetingKind, Review

_LONGEST = 80
_MOST = 12
"""Rows of years and of unread notes that are listed."""


def year_card(review: Review) -> str:
    """Return a person's year as HTML: who, when, how much was read, and the meetings of each quarter.

    Args:
        review: the review.
    """
    quarters = quarters_between(review.start, review.end, review.fiscal_start)
    held = [quarter_of(one.date, review.fiscal_start) for one in review.meetings if one.date and _held(one.kind)]
    head = ["", *(quarter.rpartition("-")[2] if len(quarters) <= 4 else quarter for quarter in quarters), "total"]
    done = [claim.quarter for claim in review.accomplishments]
    rows = [
        [name, *(str(days.count(quarter)) for quarter in quarters), str(len(days))]
        for name, days in (("meetings", held), ("finished pieces", done))
    ]
    effects = sum(bool(claim.effects) for claim in review.accomplishments)
    said = f"{len(review.projects)} projects, {effects} finished pieces with an effect on record"
    return _card(f"{_title(review)}{_table(head, rows)}{_paragraph(said)}{_problems(review)}")


def years_card(years: Sequence[tuple[str, str, Review]], unread: Sequence[tuple[str, str]]) -> str:
    """Return several years or people as HTML: a row a year with what was read, and what could not be read.

    Args:
        years: person, name of the year, and review.
        unread: folder or file, and what is wrong with it.
    """
    head = ["person", "year", "meetings", "finished pieces", "feedback", "problems"]
    rows = [
        [
            who,
            year,
            *(str(sum(_held(one.kind) for one in review.meetings)), str(len(review.accomplishments))),
            *(str(len(review.feedback)), str(len(review.problems))),
        ]
        for who, year, review in years[:_MOST]
    ]
    more = [f"and {len(years) - _MOST} more years"] if len(years) > _MOST else []
    lost = [f"not read: {name}: {reason}" for name, reason in unread[:_MOST]]
    lost += [f"and {len(unread) - _MOST} more"] if len(unread) > _MOST else []
    return _card(_table(head, rows) + "".join(map(_paragraph, [*more, *lost])))


def _card(inside: str) -> str:
    """Return the card in a box in which a notebook looks for no formulas."""
    return f'<div class="tex2jax_ignore">{inside}</div>'


def _title(review: Review) -> str:
    last = review.end - timedelta(days=1)
    return f"<p><strong>{_safe(review.subject or 'Somebody')}</strong>, {review.start} to {last}</p>"


def _problems(review: Review) -> str:
    number = len(review.problems)
    if not number:
        return ""
    return _paragraph(f"{number} problem{'s' if number > 1 else ''} with the notes: year.review.problems")


def _held(kind: MeetingKind) -> bool:
    return kind is MeetingKind.HELD


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    top = "".join(f'<th scope="col">{_safe(cell)}</th>' for cell in head)
    body = "".join(f"<tr>{''.join(f'<td>{_safe(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def _paragraph(text: str) -> str:
    return f"<p>{_safe(text, 300)}</p>"


def _safe(text: str, most: int = _LONGEST) -> str:
    return escape(one_line(text, most))
