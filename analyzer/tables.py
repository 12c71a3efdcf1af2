"""The review as tidy tables: one row an item, a claim, a project, a meeting. The only home of pandas.

Days are ``datetime64``, names with few values are categories, and lists of lines are tuples of evidence ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from analyzer.dates import quarter_of, quarters_between
from analyzer.records import Accomplishment, Effect, Evidence, Label, MeetingKind, Project, Review


def evidence_table(review: Review) -> pd.DataFrame:
    """Return one row an item of the notes.

    Args:
        review: from `analyzer.pipeline.analyze`.

    Returns:
        Columns ``id, source, line_start, line_end, date, quarter, section, heading, text, author``, one boolean column
        a label, ``confidence_<label>`` (probabilities), ``uncertain`` (labels that are as good as open), ``status, polarity, direction, project, accomplishment_id``.
    """
    rows = [_evidence_row(evidence, review) for evidence in review.evidence]
    return _frame(
        rows,
        dates=("date",),
        categories=("source", "quarter", "section", "author", "status", "polarity", "direction", "project"),
    )


def accomplishments_table(review: Review) -> pd.DataFrame:
    """Return one row a finished thing: what, when, whose, its effects and its points."""
    return _frame(
        [_accomplishment_row(claim) for claim in review.accomplishments],
        dates=("first", "last"),
        categories=("project", "quarter", "share", "status"),
    )


def projects_table(review: Review) -> pd.DataFrame:
    """Return one row a project: its span, its points for effort and impact, and how good its evidence is."""
    return _frame(
        [_project_row(project) for project in review.projects],
        dates=("first", "last"),
        categories=("rung", "quadrant"),
    )


def meetings_table(review: Review) -> pd.DataFrame:
    """Return one row a dated meeting, held or cancelled, with the number of its items and of those with a label."""
    rows = []
    for meeting in review.meetings:
        if meeting.kind is MeetingKind.PINNED or meeting.date is None:
            continue
        items = [
            one
            for one in review.evidence
            if one.item.date == meeting.date and one.item.source.path == meeting.source.path
        ]
        rows.append(
            {
                "date": meeting.date,
                "quarter": quarter_of(meeting.date, review.fiscal_start),
                "source": meeting.source.path,
                "line_start": meeting.source.lines[0],
                "kind": str(meeting.kind),
                "items": len(items),
                "evidence": sum(bool(one.labels) for one in items),
            }
        )
    return _frame(rows, dates=("date",), categories=("quarter", "source", "kind"))


def quarters_table(review: Review) -> pd.DataFrame:
    """Return one row a quarter of the period: meetings, finished pieces, effects by kind, feedback, blockers."""
    by_id = review.by_id()
    effects = [effect for claim in review.accomplishments for effect in claim.effects]
    rows = [
        {
            "quarter": quarter,
            "meetings": sum(
                _in(meeting.date, quarter, review) and meeting.kind is MeetingKind.HELD for meeting in review.meetings
            ),
            "accomplishments": sum(claim.quarter == quarter for claim in review.accomplishments),
            "effects": sum(_effect_in(effect, quarter, review, by_id) for effect in effects),
            **{
                str(label): sum(one.has(label) and _in(one.item.date, quarter, review) for one in review.evidence)
                for label in (Label.FEEDBACK, Label.BLOCKER, Label.ACTION_ITEM)
            },
        }
        for quarter in quarters_between(review.start, review.end, review.fiscal_start)
    ]
    return pd.DataFrame(rows)


def _evidence_row(one: Evidence, review: Review) -> dict[str, Any]:
    item = one.item
    return {
        "id": one.id,
        "source": item.source.path,
        "line_start": item.source.lines[0],
        "line_end": item.source.lines[1],
        "date": item.date,
        "quarter": quarter_of(item.date, review.fiscal_start) if item.date else None,
        "section": item.section or None,
        "heading": item.heading or None,
        "text": item.text,
        "author": item.author,
        **{str(label): one.has(label) for label in Label},
        **{f"confidence_{label}": one.confidence.get(label) for label in Label},
        "uncertain": tuple(map(str, one.uncertain)),
        "status": _text(one.status),
        "polarity": _text(one.polarity),
        "direction": _text(one.direction),
        "project": one.project,
        "accomplishment_id": one.accomplishment_id,
        "people": one.people,
    }


def _accomplishment_row(claim: Accomplishment) -> dict[str, Any]:
    return {
        "id": claim.id,
        "text": claim.text,
        "project": claim.project,
        "quarter": claim.quarter,
        "first": claim.first,
        "last": claim.last,
        "status": str(claim.status),
        "share": str(claim.share),
        "sightings": len(claim.evidence) + len(claim.repeats),
        "effects": tuple(effect.evidence for effect in claim.effects),
        "effect_kinds": tuple(str(effect.kind) for effect in claim.effects),
        "effort": claim.effort.points if claim.effort else None,
        "impact": claim.impact.points if claim.impact else None,
    }


def _project_row(project: Project) -> dict[str, Any]:
    return {
        "name": project.name,
        "aliases": project.aliases,
        "first": project.first,
        "last": project.last,
        "lines": len(project.evidence),
        "accomplishments": len(project.accomplishments),
        "effort": project.effort.points if project.effort else None,
        "impact": project.impact.points if project.impact else None,
        "rung": project.rung,
        "quadrant": project.quadrant,
    }


def _effect_in(effect: Effect, quarter: str, review: Review, by_id: Mapping[str, Evidence]) -> bool:
    return _in(by_id[effect.evidence].item.date, quarter, review)


def _in(day: Any, quarter: str, review: Review) -> bool:
    return day is not None and quarter_of(day, review.fiscal_start) == quarter


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _frame(rows: Sequence[Mapping[str, Any]], *, dates: Iterable[str], categories: Iterable[str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows)
    for name in dates:
        if name in frame:
            frame[name] = pd.to_datetime(frame[name])
    for name in categories:
        if name in frame:
            frame[name] = frame[name].astype("category")
    return frame
