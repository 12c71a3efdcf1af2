"""The agenda of the next 1:1: what was finished, what goes on, what is owed on both sides, what has not been talked about.

It is drafted from the same review as everything else and shaped like the running document that it goes into; each bullet is
bounded, so that the whole fits on a page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from analyzer.drafting.agenda_actions import action_bullets
from analyzer.drafting.agenda_done import done_bullets
from analyzer.drafting.agenda_phrases import AGENDA_DONE, AGENDA_PROJECTS, AGENDA_TITLES, AGENDA_TOPICS, day_words
from analyzer.drafting.agenda_projects import project_bullets
from analyzer.drafting.agenda_topics import topic_bullets
from analyzer.drafting.cite import Links
from analyzer.drafting.desk import Desk, desk_for
from analyzer.drafting.fill import say
from analyzer.drafting.heading import held_meetings
from analyzer.drafts import Bullet, Draft, Section
from analyzer.records import Review

Found = Mapping[str, Sequence[str]]
"""What the checks found: kind to evidence ids, most useful first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """The days that an agenda counts from."""

    day: date
    """The day that it is for: ages run to it."""
    last: date
    """The last meeting."""
    before: date | None
    """The meeting before that one."""


def draft_agenda(review: Review, day: date, found: Found, *, links: Links = None) -> Draft:
    """Draft the agenda of the next meeting.

    Args:
        review: the grouped and scored review of the time before it.
        day: the day of the meeting.
        found: what the checks of `analyzer.checking` found, by kind.
        links: as of `analyzer.drafting.cite.citer`.

    Returns:
        The draft; its title is the day in ISO form, for whoever lays it out knows how the document writes dates.
    """
    desk = desk_for(review, links)
    when = _when(desk, day)
    done = done_bullets(desk, when.last, day, found.get("no_effect", ()))
    told = frozenset(cited.label for one in done for sentence in one.sentences for cited in sentence.citations)
    going = project_bullets(desk, when.last, day, told)
    owed = action_bullets(desk, day)
    topics = topic_bullets(desk, day, found.get("complaint", ()))
    since = (
        AGENDA_TITLES["done"].format(day=day_words(when.before, day)) if when.before else AGENDA_TITLES["done_first"]
    )
    parts = (
        (since, done or [Bullet((say(AGENDA_DONE["new"]),))]),
        (AGENDA_TITLES["projects"], going or [Bullet((say(AGENDA_PROJECTS["none"]),))]),
        (AGENDA_TITLES["actions"], owed),
        (AGENDA_TITLES["topics"], topics or [Bullet((say(AGENDA_TOPICS["none"]),))]),
    )
    sections = tuple(Section(title=title, bullets=tuple(bullets)) for title, bullets in parts if bullets)
    return Draft(title=day.isoformat(), head=(), sections=sections)


def _when(desk: Desk, day: date) -> When:
    days = sorted({one.date for one in held_meetings(desk.review) if one.date})
    return When(day=day, last=days[-1] if days else day, before=days[-2] if len(days) > 1 else None)
