"""The year day by day: meetings, what was finished and seen again in them, moved dates, waits and gaps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from analyzer.dates import quarter_of, quarters_between
from analyzer.drafting.by_project import was_dropped
from analyzer.drafting.desk import Desk, quarter_name
from analyzer.drafting.fill import cited, plain, say
from analyzer.drafting.heading import held_meetings
from analyzer.drafting.journey import journeys
from analyzer.drafting.phrases import counted
from analyzer.drafting.setbacks import drop_event, drop_is_sure, drop_verb, sure_waits
from analyzer.drafts import Citation, Sentence
from analyzer.records import MeetingKind, Project

WORDS = {
    "finished": "finished",
    "seen": "seen again",
    "effect": "effect {kind}",
    "unsure": "effect, read with doubt",
    "planned": "ETA {day}",
    "moved": "ETA moved to {day}",
    "blocked": "blocked",
    "unblocked": "no longer blocked",
    "gap": "No notes for {days}, until {day}",
    "cancelled": "Cancelled",
    "other_work": "Other work",
}
"""What happened to a project on a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day of the year: what it is (``held``, ``cancelled`` or ``gap``), its name, and what the notes say of it."""

    iso: str
    name: str
    kind: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarter:
    """A quarter with its days."""

    ref: str
    name: str
    meetings: str
    days: tuple[Day, ...]


@dataclass(frozen=True, slots=True)
class _Step:
    day: date
    project: str
    what: str
    cite: Citation


def year_of(desk: Desk) -> tuple[Quarter, ...]:
    """Return the quarters of the period with their days, in order."""
    steps: dict[date, list[_Step]] = {}
    for step in _steps(desk):
        steps.setdefault(step.day, []).append(step)
    days = [*_held(desk, steps), *_cancelled(desk), *_gaps(desk)]
    fiscal = desk.review.fiscal_start
    found = []
    for quarter in quarters_between(desk.review.start, desk.review.end, fiscal):
        own = [day for day in days if quarter_of(date.fromisoformat(day.iso), fiscal) == quarter]
        own.sort(key=lambda day: (day.iso, day.kind == "gap"))
        held = sum(day.kind == "held" for day in own)
        name = quarter_name(quarter, desk.review)
        found.append(Quarter(ref=quarter, name=name, meetings=counted(held, "meeting"), days=tuple(own)))
    return tuple(found)


def _held(desk: Desk, steps: dict[date, list[_Step]]) -> Iterator[Day]:
    for day in sorted({one.date for one in held_meetings(desk.review) if one.date}):
        yield Day(iso=day.isoformat(), name=desk.day(day), kind="held", sentences=tuple(_told(steps.get(day, []))))


def _told(steps: list[_Step]) -> Iterator[Sentence]:
    """Tell the steps of a day, one sentence for all of one project that are of one kind."""
    grouped: dict[tuple[str, str], list[Citation]] = {}
    for step in steps:
        grouped.setdefault((step.project, step.what), []).append(step.cite)
    for (project, what), cites in grouped.items():
        known = {one.label: one for one in cites}
        yield cited(say("**{project}:** {what}", project=project, what=what), known.values())


def _cancelled(desk: Desk) -> Iterator[Day]:
    for one in desk.review.meetings:
        if one.kind is MeetingKind.CANCELLED and one.date:
            yield Day(
                iso=one.date.isoformat(),
                name=desk.day(one.date),
                kind="cancelled",
                sentences=(plain(WORDS["cancelled"]),),
            )


def _gaps(desk: Desk) -> Iterator[Day]:
    for gap in desk.review.gaps:
        text = WORDS["gap"].format(days=counted(gap.days, "day"), day=desk.day(gap.end))
        yield Day(iso=gap.start.isoformat(), name="", kind="gap", sentences=(plain(text),))


def _steps(desk: Desk) -> Iterator[_Step]:
    for claim in desk.claims.values():
        name = claim.project or WORDS["other_work"]
        yield from _step(desk, name, WORDS["finished"], claim.evidence[0])
        for one in claim.repeats:
            yield from _step(desk, name, WORDS["seen"], one)
    for project in desk.review.projects:
        yield from _effects(desk, project)
        yield from _history(desk, project)


def _effects(desk: Desk, project: Project) -> Iterator[_Step]:
    for effect in desk.effects_of(project):
        sure = effect.evidence not in desk.unsure
        what = WORDS["effect"].format(kind=effect.kind.value) if sure else WORDS["unsure"]
        yield from _step(desk, project.name, what, effect.evidence)


def _history(desk: Desk, project: Project) -> Iterator[_Step]:
    for journey in journeys(desk, project):
        for number, event in enumerate(journey.etas):
            what = WORDS["moved" if number else "planned"].format(day=desk.day(event.eta))
            yield from _step(desk, project.name, what, event.evidence)
    for wait in sure_waits(desk, project):
        yield from _step(desk, project.name, WORDS["blocked"], wait.start.evidence)
        if wait.end is not None:
            yield from _step(desk, project.name, WORDS["unblocked"], wait.end.evidence)
    end = drop_event(project)
    if end is not None and was_dropped(project) and drop_is_sure(desk, project):
        yield from _step(desk, project.name, drop_verb(desk.lines[end.evidence]), end.evidence)


def _step(desk: Desk, project: str, what: str, evidence: str) -> Iterator[_Step]:
    line = desk.lines.get(evidence)
    if line is not None and line.item.date is not None:
        yield _Step(line.item.date, project, what, desk.cite(evidence))
