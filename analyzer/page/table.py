"""The evidence as rows of the page, with what they can be filtered by."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from analyzer.dates import quarter_of
from analyzer.drafting.cite import short_day
from analyzer.drafting.desk import Desk, short_name
from analyzer.drafts import Citation
from analyzer.page.context import clipped
from analyzer.records import Evidence, Label

LONGEST = 1200
"""Characters of a line's text."""
SURE, OPEN = "sure", "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of evidence."""

    iso: str
    day: str
    quarter: str
    text: str
    labels: tuple[tuple[str, bool], ...]
    """Each label in words, and whether it is as good as open."""
    detail: str
    project: str | None
    author: str
    certainty: str
    cite: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidences:
    """The rows in the order of dates, and the values that each filter offers."""

    rows: tuple[Row, ...]
    projects: tuple[str, ...]
    quarters: tuple[str, ...]
    labels: tuple[str, ...]
    authors: tuple[str, ...]
    left_out: int
    """Lines about other people that the page does not repeat."""


def evidence_of(desk: Desk, lines: Iterable[Evidence], unseen: Collection[Evidence]) -> Evidences:
    """Return the evidence table.

    Args:
        desk: the review's look-ups.
        lines: the evidence of the review as it was grouped; what has no label is passed over.
        unseen: lines that the page does not repeat.
    """
    out = {one.id for one in unseen}
    labelled = [line for line in lines if line.labels]
    rows = sorted((_row(desk, line) for line in labelled if line.id not in out), key=_place)
    return Evidences(
        rows=tuple(rows),
        projects=_values(row.project or "" for row in rows),
        quarters=_values(row.quarter for row in rows),
        labels=tuple(_words(label) for label in Label if any(label in line.labels for line in labelled)),
        authors=_values(row.author for row in rows),
        left_out=len(labelled) - len(rows),
    )


def _row(desk: Desk, line: Evidence) -> Row:
    day, review = line.item.date, desk.review
    words = [one.value.replace("_", " ") for one in (line.status, line.polarity, line.direction) if one is not None]
    return Row(
        iso=day.isoformat() if day else "",
        day=short_day(day, with_year=not desk.in_year(day)) if day else "pinned",
        quarter=quarter_of(day, review.fiscal_start) if day else "",
        text=clipped(line.item.text, LONGEST),
        labels=tuple((_words(label), label in line.uncertain) for label in Label if label in line.labels),
        detail=", ".join(words),
        project=line.project,
        author=short_name(line.item.author),
        certainty=OPEN if line.labels & set(line.uncertain) else SURE,
        cite=desk.cite(line.id),
    )


def _place(row: Row) -> tuple[object, ...]:
    return row.iso, row.cite.path, row.cite.line or 0


def _words(label: Label) -> str:
    return label.value.replace("_", " ")


def _values(found: Iterable[str]) -> tuple[str, ...]:
    values: Sequence[str] = sorted({one for one in found if one}, key=lambda one: (one.casefold(), one))
    return tuple(values)
