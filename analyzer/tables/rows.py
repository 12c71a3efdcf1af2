"""The review as rows of plain values, one function a table; `schema.py` says what each column means."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from analyzer.checking import check
from analyzer.dates import quarter_of, quarters_between
from analyzer.drafting.desk import desk_for
from analyzer.records import Effect, Evidence, Label, MeetingKind, Review, Source

Row = dict[str, Any]
_DIGITS = 4
"""Decimals of a probability: more than that is noise and would differ between machines."""


def item_rows(review: Review) -> Iterator[Row]:
    """Yield one row an item of the notes."""
    for one in review.evidence:
        yield {**_line(one, review), "labels": tuple(str(label) for label in Label if one.has(label))}


def evidence_rows(review: Review) -> Iterator[Row]:
    """Yield one row an item that has a label."""
    for one in review.evidence:
        if one.labels:
            yield {
                **_line(one, review),
                **{str(label): one.has(label) for label in Label},
                **{f"confidence_{label}": _chance(one.confidence.get(label)) for label in Label},
                "uncertain": tuple(map(str, one.uncertain)),
                "status": _text(one.status),
                "polarity": _text(one.polarity),
                "direction": _text(one.direction),
            }


def accomplishment_rows(review: Review) -> Iterator[Row]:
    """Yield one row a finished piece of work."""
    desk = desk_for(review)
    sure = set(desk.claims) - desk.unsure
    for claim in review.accomplishments:
        yield {
            "id": claim.id,
            "text": claim.text,
            "project": claim.project,
            "quarter": claim.quarter,
            "first": claim.first,
            "last": claim.last,
            "status": str(claim.status),
            "share": str(claim.share),
            "sightings": len(claim.evidence) + len(claim.repeats),
            "evidence": claim.evidence,
            "effects": tuple(effect.evidence for effect in claim.effects),
            "effect_kinds": tuple(str(effect.kind) for effect in claim.effects),
            "effort": claim.effort.points if claim.effort else None,
            "impact": claim.impact.points if claim.impact else None,
            "sure": claim.id in sure,
        }


def effect_rows(review: Review) -> Iterator[Row]:
    """Yield one row an effect: those of finished pieces, of projects, and of neither, in the order of dates."""
    by_id = review.by_id()
    sure = _sure_effects(review)
    claimed = [(one, claim.project, claim.id) for claim in review.accomplishments for one in claim.effects]
    loose = [(one, project.name, None) for project in review.projects for one in project.effects]
    other = [(one, by_id[one.evidence].project, None) for one in review.effects]
    rows = [
        {**_effect(one, by_id[one.evidence], review), "project": name, "accomplishment_id": claim, "sure": one in sure}
        for one, name, claim in [*claimed, *loose, *other]
    ]
    yield from sorted(rows, key=lambda row: (row["date"] or date.min, row["source"], row["line_start"] or 0))


def project_rows(review: Review) -> Iterator[Row]:
    """Yield one row a project."""
    for project in review.projects:
        yield {
            "name": project.name,
            "aliases": project.aliases,
            "theme": project.theme,
            "first": project.first,
            "last": project.last,
            "lines": len(project.evidence),
            "accomplishments": len(project.accomplishments),
            "effort": project.effort.points if project.effort else None,
            "impact": project.impact.points if project.impact else None,
            "rung": project.rung,
            "quadrant": project.quadrant,
        }


def meeting_rows(review: Review) -> Iterator[Row]:
    """Yield one row a dated meeting, held or cancelled."""
    gaps = {gap.end: gap.days for gap in review.gaps}
    for meeting in review.meetings:
        if meeting.kind is MeetingKind.PINNED or meeting.date is None:
            continue
        place = meeting.date, meeting.source.path
        items = [one for one in review.evidence if (one.item.date, one.item.source.path) == place]
        yield {
            "date": meeting.date,
            "quarter": quarter_of(meeting.date, review.fiscal_start),
            "source": meeting.source.path,
            "line_start": meeting.source.lines[0],
            "kind": str(meeting.kind),
            "items": len(items),
            "evidence": sum(bool(one.labels) for one in items),
            "gap_before": gaps.get(meeting.date) if meeting.kind is MeetingKind.HELD else None,
        }


def quarter_rows(review: Review) -> Iterator[Row]:
    """Yield one row a quarter of the period."""
    by_id = review.by_id()
    effects = [by_id[effect.evidence] for claim in review.accomplishments for effect in claim.effects]
    held = [one for one in review.meetings if one.kind is MeetingKind.HELD]
    for quarter in quarters_of(review):
        yield {
            "quarter": quarter,
            "meetings": sum(_quarter(one.date, review) == quarter for one in held),
            "accomplishments": sum(claim.quarter == quarter for claim in review.accomplishments),
            "effects": sum(_quarter(one.item.date, review) == quarter for one in effects),
            **{
                str(label): sum(
                    one.has(label) and _quarter(one.item.date, review) == quarter for one in review.evidence
                )
                for label in (Label.FEEDBACK, Label.BLOCKER, Label.ACTION_ITEM)
            },
        }


def feedback_rows(review: Review) -> Iterator[Row]:
    """Yield one row a piece of feedback, in the order of the review."""
    by_id = review.by_id()
    desk = desk_for(review)
    told = {entry.evidence: entry for entry in desk.review.feedback}
    for raw in review.feedback:
        entry = told.get(raw.evidence, raw)  # as the drafts have it, where they do
        line = by_id[entry.evidence]
        yield {
            "evidence": entry.evidence,
            **_place(line.item.source),
            **_when(line, review),
            "direction": str(entry.direction),
            "polarity": str(entry.polarity),
            "speaker": entry.speaker,
            "told_by": entry.told_by,
            "about": entry.about,
            "text": line.item.text,
            "project": entry.project,
            "later": entry.later,
            "sure": entry.evidence in told and entry.evidence not in desk.unsure,
        }


def check_rows(review: Review) -> Iterator[Row]:
    """Yield one row a thing that would make the record stronger, most useful kinds first."""
    for findings in check(review).values():
        for finding in findings:
            item = finding.line.item
            yield {
                "kind": finding.kind,
                "evidence": finding.line.id,
                **_place(item.source),
                "date": item.date,
                "project": finding.line.project,
                "text": item.text,
                "question": finding.question,
            }


ROWS: Mapping[str, Callable[[Review], Iterator[Row]]] = {
    "items": item_rows,
    "evidence": evidence_rows,
    "accomplishments": accomplishment_rows,
    "effects": effect_rows,
    "projects": project_rows,
    "meetings": meeting_rows,
    "quarters": quarter_rows,
    "feedback": feedback_rows,
    "checks": check_rows,
}
"""Name of a table to what yields its rows."""


def quarters_of(review: Review) -> list[str]:
    """Return the quarters that the period touches, in order."""
    return quarters_between(review.start, review.end, review.fiscal_start)


def _line(one: Evidence, review: Review) -> Row:
    item = one.item
    return {
        "id": one.id,
        **_place(item.source),
        "locator": item.source.locator,
        **_when(one, review),
        "section": item.section or None,
        "heading": item.heading or None,
        "text": item.text,
        "author": item.author,
        "people": one.people,
        "project": one.project,
        "accomplishment_id": one.accomplishment_id,
    }


def _sure_effects(review: Review) -> set[Effect]:
    """Return the effects that the drafts state without a mark of doubt."""
    desk = desk_for(review)
    told = desk.review
    claimed = {effect for claim in told.accomplishments for effect in claim.effects}
    found = claimed | {effect for project in told.projects for effect in project.effects} | set(told.effects)
    return {effect for effect in found if effect.evidence not in desk.unsure}


def _effect(effect: Effect, line: Evidence, review: Review) -> Row:
    return {
        "evidence": line.id,
        **_place(line.item.source),
        **_when(line, review),
        "kind": str(effect.kind),
        "voucher": effect.voucher,
        "caused": effect.caused,
        "text": line.item.text,
        "figures": tuple(metric.text for metric in line.metrics),
    }


def _place(source: Source) -> Row:
    return {"source": source.path, "line_start": source.lines[0], "line_end": source.lines[1]}


def _when(one: Evidence, review: Review) -> Row:
    return {"date": one.item.date, "quarter": _quarter(one.item.date, review)}


def _quarter(day: date | None, review: Review) -> str | None:
    return None if day is None else quarter_of(day, review.fiscal_start)


def _chance(probability: float | None) -> float | None:
    return None if probability is None else round(probability, _DIGITS)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
