"""The table of a manager's reports: what the notes of each hold, by name, and nothing that orders people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analyzer.drafting.desk import desk_for
from analyzer.drafting.fill import plain, say
from analyzer.drafting.heading import held_meetings, period_title
from analyzer.drafting.scan_packet import heard
from analyzer.drafting.scan_phrases import TEAM, TEAM_COLUMNS
from analyzer.drafting.scan_promises import promises
from analyzer.drafting.scan_silence import weeks_since_career
from analyzer.drafts import Bullet, Draft, Section, Sentence, Table, Words
from analyzer.records import Review


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What the table says of one report; every figure is one that the report's own page shows or counts."""

    name: str
    page: str
    """The file of the report's page."""
    period: str
    meetings: int
    gaps: int
    longest_gap: int
    open_promises: int
    weeks_since_career: int | None
    feedback: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A report whose notes could not be read, and why."""

    name: str
    reason: str


def team_row(review: Review, name: str, page: str) -> Row:
    """Count what the table shows of one report.

    Args:
        review: the report's own review; nobody else's notes are in it.
        name: what the table calls the report.
        page: the file of the report's page.
    """
    desk = desk_for(review)
    found = heard(desk, review)
    open_ = [one for one in promises(desk) if one.end is None and one.owner == review.manager]
    return Row(
        name=name,
        page=page,
        period=period_title(review),
        meetings=len(held_meetings(review)),
        gaps=len(review.gaps),
        longest_gap=max((gap.days for gap in review.gaps), default=0),
        open_promises=len(open_),
        weeks_since_career=weeks_since_career(desk),
        feedback=len(found.praise) + len(found.growth),
    )


def draft_team(rows: Sequence[Row], unread: Sequence[Unread]) -> Draft:
    """Draft the table, by name, and the list of those whose notes could not be read.

    Args:
        rows: the reports, in any order.
        unread: those whose notes could not be read.
    """
    periods = {row.period for row in rows}
    title = TEAM["title"].format(period=next(iter(periods))) if len(periods) == 1 else TEAM["title_bare"]
    ordered = sorted(rows, key=lambda row: (row.name.casefold(), row.name, row.page))
    sections = [_table(ordered, with_period=len(periods) > 1)] if ordered else []
    if not ordered:
        sections.append(Section(title="", paragraphs=((say(TEAM["none"]),),)))
    if unread:
        lines = sorted(unread, key=lambda one: (one.name.casefold(), one.name))
        bullets = tuple(Bullet((say(TEAM["reason"], name=one.name, reason=one.reason),)) for one in lines)
        sections.append(Section(title=TEAM["not_read"], bullets=bullets))
    return Draft(title=title, head=((say(TEAM["explained"]),),), sections=tuple(sections))


def _table(rows: Sequence[Row], *, with_period: bool) -> Section:
    cells = [tuple(plain(title) for title in TEAM_COLUMNS)]
    cells += [_cells(row, with_period=with_period) for row in rows]
    table = Table(rows=tuple(cells), right=frozenset(range(1, len(TEAM_COLUMNS) - 1)))
    return Section(title="", table=table, closing=((say(TEAM["weeks_note"]),),))


def _cells(row: Row, *, with_period: bool) -> tuple[Sentence, ...]:
    weeks = TEAM["never"] if row.weeks_since_career is None else str(row.weeks_since_career)
    name = f"{row.name}, {row.period}" if with_period else row.name
    figures = (row.meetings, row.gaps, row.longest_gap, row.open_promises)
    page = Sentence((Words(row.page, "code"),))
    return (plain(name), *(plain(str(one)) for one in figures), plain(weeks), plain(str(row.feedback)), page)
