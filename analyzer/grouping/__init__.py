"""Scattered lines to a year: projects, one claim for each finished thing, what came of it, and what stayed open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from analyzer.grouping import calendar
from analyzer.grouping.assemble import accomplishments_of, by_project, effects_of_no_project, histories_of, project_of
from analyzer.grouping.claims import find_claims
from analyzer.grouping.echoes import echoes_in
from analyzer.grouping.feedback import feedback_of
from analyzer.grouping.loops import actions_of, goals_of, questions_of
from analyzer.grouping.notes import Notes, read_notes
from analyzer.grouping.projects import find_projects
from analyzer.records import Accomplishment, Evidence, Label, Meeting, Review, Roster
from analyzer.settings import Curation, Settings

__all__ = ["calendar", "group"]


def group(
    evidence: Sequence[Evidence], meetings: Sequence[Meeting], roster: Roster, settings: Settings, curation: Curation
) -> Review:
    """Join the year's lines by project and by finished thing.

    Args:
        evidence: labelled lines in the order of the items; parent indexes count within one document.
        meetings: all meetings of the notes.
        roster: who is who.
        settings: the period, the fiscal year, and projects that the user names.
        curation: the user's decisions on projects; those on labels were applied before.

    Returns:
        The review without scores, highlights and questions to the user.

    Raises:
        NoMeetingError: no meeting took place inside the period.
    """
    start, end = calendar.period_of(meetings, settings)
    met = calendar.inside(meetings, start, end)
    roster = replace(roster, subject=settings.me or roster.subject, manager=settings.manager or roster.manager)
    notes = _inside(read_notes(evidence, roster), start, end)
    named, projects = find_projects(notes, settings.projects, curation)
    claims = find_claims(notes, projects)
    histories = histories_of(notes, named, projects, claims)
    accomplishments = accomplishments_of(
        notes, claims, projects, named, histories, fiscal_start=settings.fiscal_year_start
    )
    feedback = feedback_of(notes, projects)
    sighted = _sightings(accomplishments)
    by_id = notes.by_id()
    joined = tuple(
        replace(by_id[line.id], project=projects.get(line.id), accomplishment_id=sighted.get(line.id))
        for line in evidence
        if line.id in by_id
    )
    lines = by_project(joined, lambda line: line.project)
    own = by_project(accomplishments, lambda claim: claim.project)
    taken = frozenset(effect.evidence for claim in accomplishments for effect in claim.effects)
    review = Review(
        subject=roster.subject,
        manager=roster.manager,
        writer=roster.writer,
        start=start,
        end=end,
        fiscal_start=settings.fiscal_year_start,
        meetings=met,
        gaps=calendar.gaps_of(met),
        evidence=joined,
        projects=tuple(
            project_of(one, notes, lines.get(one.name, []), own.get(one.name, []), histories[one.name], taken)
            for one in named
        ),
        accomplishments=accomplishments,
        effects=effects_of_no_project(notes, projects, accomplishments),
        feedback=feedback,
        actions=actions_of(notes, feedback, calendar.held_dates(met)[-1]),
        questions=questions_of(notes),
        goals=goals_of(notes),
        blockers=tuple(line.id for line in notes.evidence if line.has(Label.BLOCKER) and line.item.date),
    )
    return replace(review, echoes=echoes_in(notes, review))


def _inside(notes: Notes, start: date, end: date) -> Notes:
    """Return the notes of the period; pinned lines stay."""
    lines = [line for line in notes.evidence if line.item.date is None or start <= line.item.date < end]
    return replace(notes, evidence=tuple(lines))


def _sightings(accomplishments: Sequence[Accomplishment]) -> dict[str, str]:
    """Return the claim of each line that reports, repeats, measures or praises it, by evidence id."""
    found: dict[str, str] = {}
    for claim in accomplishments:
        seen = (*claim.evidence, *claim.repeats, *(effect.evidence for effect in claim.effects), *claim.feedback)
        for key in seen:
            found.setdefault(key, claim.id)
    return found
