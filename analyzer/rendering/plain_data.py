"""The review as plain data for ``review.json``: keys as documented, in one order, dates in ISO form."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from analyzer.records import (
    Accomplishment,
    Effect,
    Event,
    Evidence,
    FeedbackEntry,
    Gap,
    Ignored,
    Meeting,
    Metric,
    Project,
    Review,
    Score,
    Shared,
    Source,
)

SCHEMA = 1
"""Version of the layout; it changes when a key goes or changes its meaning."""


def review_to_dict(review: Review) -> dict[str, Any]:
    """Return the whole review as dictionaries, lists, strings and numbers.

    Args:
        review: the review.

    Returns:
        The keys in the documented order; every list in the review's own order, so that equal reviews give equal bytes.
    """
    lines = review.by_id()
    return {
        "schema": SCHEMA,
        **({"sharing": _sharing(review.shared)} if review.shared else {}),
        "subject": review.subject,
        "manager": review.manager,
        "period": {"from": _day(review.start), "to": _day(review.end), "fiscal_year_start": review.fiscal_start},
        "meetings": [_meeting(meeting) for meeting in review.meetings],
        "gaps": [_gap(gap) for gap in review.gaps],
        "projects": [project_to_dict(project) for project in review.projects],
        "accomplishments": [_claim(claim) for claim in review.accomplishments],
        "highlights": list(review.highlights),
        "effects": [_effect(one) for one in review.effects],
        "echoes": {one: list(later) for one, later in review.echoes.items()},
        "feedback": [_feedback(entry, lines, review.end) for entry in review.feedback],
        "actions": [
            {
                "evidence": action.evidence,
                "owner": action.owner,
                "due": _day(action.due),
                "closed_by": action.closed_by,
                "days": action.days,
            }
            for action in review.actions
        ],
        "questions": [
            {
                "evidence": asked.evidence,
                "asker": asked.asker,
                "repeated": list(asked.repeated),
                "answered_by": asked.answered_by,
                "age_days": _age(lines.get(asked.evidence), review.end),
            }
            for asked in review.questions
        ],
        "goals": [
            {"evidence": goal.evidence, "kind": goal.kind, "later": list(goal.later)}
            for goal in review.goals
            if goal.kind != "career"
        ],
        "career": [
            {"evidence": goal.evidence, "kind": goal.kind, "later": list(goal.later)}
            for goal in review.goals
            if goal.kind == "career"
        ],
        "blockers": list(review.blockers),
        "questions_to_you": [
            {
                "kind": question.kind,
                "title": question.title,
                "text": question.text,
                "project": question.project,
                "evidence": list(question.evidence),
            }
            for question in review.questions_to_you
        ],
        "problems": [
            {"source": problem.path, "line": problem.line, "message": problem.message} for problem in review.problems
        ],
        "ignored": [_ignored(ignored) for ignored in review.ignored],
    }


def _sharing(shared: Shared) -> dict[str, Any]:
    """Return for whom a review is, and how many lines were left out by which rule; never their words."""
    left_out = [{"rule": rule, "lines": number} for rule, number in shared.left_out]
    return {"level": shared.level, "names_replaced": shared.roles or "none", "left_out": left_out}


def metric_to_dict(metric: Metric) -> dict[str, Any]:
    """Return a metric with the documented keys; what the words do not give is null."""
    return {
        "text": metric.text,
        "name": metric.name,
        "before": metric.before,
        "after": metric.after,
        "delta": metric.delta,
        "value": metric.value,
        "unit": metric.unit,
        "relative": metric.relative,
        "direction": metric.direction,
        "projected": metric.projected,
    }


def _meeting(meeting: Meeting) -> dict[str, Any]:
    return {
        "date": _day(meeting.date),
        "kind": meeting.kind.value,
        "heading": meeting.heading,
        **_source(meeting.source),
    }


def _gap(gap: Gap) -> dict[str, Any]:
    return {
        "from": _day(gap.start),
        "to": _day(gap.end),
        "days": gap.days,
        "cancelled": [_source(source) for source in gap.cancelled],
    }


def project_to_dict(project: Project) -> dict[str, Any]:
    """Return a project with the documented keys of ``review.json``."""
    return {
        "name": project.name,
        "aliases": list(project.aliases),
        "renamed_by": project.renamed_by,
        "theme": project.theme,
        "first": _day(project.first),
        "last": _day(project.last),
        "effort": _score(project.effort),
        "impact": _score(project.impact),
        "rung": project.rung,
        "quadrant": project.quadrant,
        "accomplishments": list(project.accomplishments),
        "effects": [_effect(one) for one in project.effects],
        "evidence": list(project.evidence),
        "history": [_event(event) for event in project.history],
        "why": list(project.why),
    }


def _claim(claim: Accomplishment) -> dict[str, Any]:
    return {
        "id": claim.id,
        "text": claim.text,
        "project": claim.project,
        "quarter": claim.quarter,
        "first": _day(claim.first),
        "last": _day(claim.last),
        "status": claim.status.value,
        "share": claim.share.value,
        "evidence": list(claim.evidence),
        "repeats": list(claim.repeats),
        "effects": [_effect(one) for one in claim.effects],
        "feedback": list(claim.feedback),
        "metrics": [metric_to_dict(metric) for metric in claim.metrics],
        "people": list(claim.people),
        "effort": _score(claim.effort),
        "impact": _score(claim.impact),
        "history": [_event(event) for event in claim.history],
    }


def _feedback(entry: FeedbackEntry, lines: dict[str, Evidence], end: date) -> dict[str, Any]:
    return {
        "evidence": entry.evidence,
        "speaker": entry.speaker,
        "told_by": entry.told_by,
        "about": entry.about,
        "direction": entry.direction.value,
        "polarity": entry.polarity.value,
        "project": entry.project,
        "age_days": _age(lines.get(entry.evidence), end),
        "acted_on_by": list(entry.later),
    }


def _effect(effect: Effect) -> dict[str, Any]:
    return {
        "evidence": effect.evidence,
        "kind": effect.kind.value,
        "voucher": effect.voucher,
        "caused": effect.caused,
        "tied": effect.tied,
    }


def _event(event: Event) -> dict[str, Any]:
    return {
        "kind": event.kind,
        "date": _day(event.date),
        "eta": _day(event.eta),
        "evidence": event.evidence,
        "reason": event.reason,
        "by": event.by,
    }


def _score(score: Score | None) -> dict[str, Any] | None:
    if score is None:
        return None
    parts = [
        {"name": part.name, "points": part.points, "detail": part.detail, "evidence": list(part.evidence)}
        for part in score.parts
    ]
    return {"score": score.points, "band": score.band, "parts": parts}


def _ignored(ignored: Ignored) -> dict[str, Any]:
    return {**_source(ignored.source), "message": ignored.reason}


def _source(source: Source) -> dict[str, Any]:
    first, last = source.lines
    where: dict[str, Any] = {"source": source.path, "line_start": first, "line_end": last}
    return {**where, "locator": source.locator} if source.locator else where


def _age(line: Evidence | None, end: date) -> int | None:
    """Return days from a line to the last day of the period: no clock is read."""
    day = line.item.date if line else None
    return (end - timedelta(days=1) - day).days if day else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
