"""Work that was blocked or dropped, credited: by what or whom, for how long, what was done about it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from analyzer.drafting.by_project import is_setback_only, was_dropped
from analyzer.drafting.clauses import pieces, unreal_pieces
from analyzer.drafting.derived import gives_day
from analyzer.drafting.desk import Desk
from analyzer.drafting.fill import Filling, plain, say
from analyzer.drafting.phrases import EMPTY, SETBACKS, TITLES, counted
from analyzer.drafting.tell import quote_of, told, told_work
from analyzer.drafting.tidy import closed
from analyzer.drafting.trust import block_is_sure
from analyzer.drafting.work import more_bullet, perhaps
from analyzer.drafts import Bullet, Section, Sentence
from analyzer.records import Accomplishment, Event, Evidence, Project

MOST_SETBACKS = 15
MOST_LOOSE = 6
"""Blockers told that belong to no project's history."""
_NO_VERB = "stopped"
_NOTHING = re.compile(r"(?:blocked|blockers?)?\W{0,4}(?:nothing|none|no blockers?|n/a|nil)\b", re.IGNORECASE)

DROP_VERBS = frozenset(
    [
        "parked",
        "paused",
        "cancelled",
        "canceled",
        "dropped",
        "deprioritised",
        "deprioritized",
        "shelved",
        "postponed",
        "stopped",
        "descoped",
        "killed",
        "frozen",
        "scrapped",
    ]
)


@dataclass(frozen=True, slots=True)
class Wait:
    """One stretch of being blocked; ``end`` is None where no line says that it ended."""

    start: Event
    end: Event | None


def waits(project: Project) -> list[Wait]:
    """Pair the blocked and unblocked events of a project, repeated reports of one block counting once."""
    found: list[Wait] = []
    start: Event | None = None
    for event in project.history:
        if event.kind == "blocked" and start is None:
            start = event
        elif event.kind == "unblocked" and start is not None:
            found.append(Wait(start, event))
            start = None
    return [*found, Wait(start, None)] if start else found


def setback_section(desk: Desk) -> Section:
    """Return the part "Blocked or dropped"."""
    pairs = [(project, wait) for project in desk.review.projects for wait in sure_waits(desk, project)]
    bullets = [_blocked(desk, project, wait) for project, wait in pairs]
    told_of = {
        event.evidence for project in desk.review.projects for event in project.history if event.kind == "blocked"
    }
    loose = [desk.lines[one] for one in desk.review.blockers if one in desk.lines and one not in told_of]
    loose = [line for line in loose if _stands_alone(desk, line)]
    bullets += [_loose(desk, line) for line in loose[:MOST_LOOSE]]
    dropped = [project for project in desk.review.projects if was_dropped(project) and drop_is_sure(desk, project)]
    bullets += [_dropped(desk, project) for project in dropped]
    left = max(0, len(bullets) - MOST_SETBACKS) + max(0, len(loose) - MOST_LOOSE)
    bullets = [*bullets[:MOST_SETBACKS], *more_bullet(left, "line")]
    empty = () if bullets else ((say(EMPTY["setbacks"]),),)
    return Section(title=TITLES["setbacks"], paragraphs=empty, bullets=tuple(bullets))


def sure_waits(desk: Desk, project: Project) -> list[Wait]:
    """Return the waits of a project whose first line surely reports a block, and that are no private matter."""
    return [
        wait
        for wait in waits(project)
        if (line := desk.lines.get(wait.start.evidence)) is not None and block_is_sure(line) and not _is_nothing(line)
    ]


def drop_is_sure(desk: Desk, project: Project) -> bool:
    """Return whether the line that ended a project says so in words of its own, by its tag or by its mark."""
    event = drop_event(project)
    line = desk.lines.get(event.evidence) if event else None
    if line is None:
        return False
    cues = any(cue.value == "dropped" or cue.kind == "dropped_by" for cue in line.cues)
    return cues or bool(event and event.by) or drop_verb(line) != _NO_VERB or line.item.struck


def wait_start(desk: Desk, wait: Wait) -> date | None:
    """Return the day a wait began: the day that the line writes, else that of its meeting."""
    return _stated_day(desk, wait.start, ())


def wait_end(desk: Desk, wait: Wait) -> date | None:
    """Return the day a wait ended: the day that the line writes for it, else that of its meeting."""
    if wait.end is None:
        return None
    line = desk.lines.get(wait.end.evidence)
    arrived = [date.fromisoformat(cue.value) for cue in line.cues_of("arrived") if cue.value] if line else []
    since = wait_start(desk, wait)
    return _stated_day(desk, wait.end, [day for day in arrived if since is None or day >= since])


def _stated_day(desk: Desk, event: Event, others: Iterable[date]) -> date | None:
    """Return the first day that the event's line itself writes; a day that was worked out from "yesterday" is not there."""
    line = desk.lines.get(event.evidence)
    if line is None:
        return event.date
    days = [*others, *([event.date] if event.date else [])]
    return next((day for day in days if gives_day(line.item.raw, day, line.item.date)), line.item.date)


def drop_event(project: Project) -> Event | None:
    """Return the event that ended a project, None if nothing did."""
    drops = [event for event in project.history if event.kind == "dropped"]
    return drops[-1] if drops and was_dropped(project) else None


def drop_verb(line: Evidence) -> str:
    """Return the line's own word for the end ("parked"), or "stopped" where it has none of the usual ones."""
    words = [word.casefold() for cue in line.cues for word in line.words(cue).split() if cue.value == "dropped"]
    words += [word.strip(".,:;()").casefold() for word in line.item.text.split()]
    return next((word for word in words if word in DROP_VERBS), _NO_VERB)


def _blocked(desk: Desk, project: Project, wait: Wait) -> Bullet:
    first = desk.lines[wait.start.evidence]
    began = wait_start(desk, wait)
    slots = {"project": project.name, "start": desk.day(began)}
    end_day = wait_end(desk, wait)
    after = done_after(desk, project, wait)
    hints = perhaps(desk, [first.id]) if wait.end is None and after is None else ()
    if began and end_day:
        days = counted((end_day - began).days, "day")
        lead = say(SETBACKS["blocked"] + " ", **slots, end=desk.day(end_day), days=days)
    elif (began and after is not None) or (began and hints):
        lead = say(SETBACKS["blocked_done"] + " ", **slots)
    elif began:
        lead = say(SETBACKS["blocked_open"] + " ", **slots)
    else:
        lead = say(SETBACKS["blocked_one"] + " ", project=project.name)
    sentences = [lead, told(desk, first)]
    for reply in _replies(desk, first):
        sentences += [plain(" "), told(desk, reply)]
    if wait.end is not None and wait.end.evidence in desk.lines:
        end = desk.lines[wait.end.evidence]
        arrived = [cue for cue in end.cues if cue.kind == "arrived"]
        spans = [span for span in pieces(end) if any(span.start <= cue.start < span.end for cue in arrived)]
        sentences += [plain(" "), told(desk, end, spans)]
    if after is not None:
        line = desk.lines[after.evidence[0]]
        sentences += [plain(" "), say(SETBACKS["done_after"], day=desk.day(line.item.date), c=desk.cite(line.id))]
    return Bullet((*sentences, plain(" "), *hints) if hints else tuple(sentences))


def done_after(desk: Desk, project: Project, wait: Wait) -> Accomplishment | None:
    """Return the first piece of the project that was finished after a block that no line ends."""
    if wait.end is not None or wait.start.date is None:
        return None
    since = wait.start.date
    later = [claim for claim in desk.claims_of(project) if claim.first > since and claim.id not in desk.unsure]
    return later[0] if later else None


def _replies(desk: Desk, line: Evidence) -> list[Evidence]:
    """Return what others said right below a line of the same meeting: promises and answers to it."""
    found = []
    for other in desk.review.evidence:
        below = (other.item.source.start or 0) - (line.item.source.end or 0)
        same = other.item.source.path == line.item.source.path and other.item.date == line.item.date
        deeper = other.item.depth > line.item.depth
        if same and deeper and 0 < below <= 3 and {cue.kind for cue in other.cues} & {"promise", "answer"}:
            found.append(other)
    return found


def _loose(desk: Desk, line: Evidence) -> Bullet:
    lead = (
        say(SETBACKS["blocked_one"] + " ", project=line.project)
        if line.project
        else say(SETBACKS["blocked_loose"] + " ")
    )
    hints = perhaps(desk, [line.id])
    return Bullet((lead, told(desk, line), *([plain(" "), *hints] if hints else [])))


def _stands_alone(desk: Desk, line: Evidence) -> bool:
    """Return whether a blocker is one to tell: surely one, and not a repeat of what its project's history tells."""
    project = desk.projects.get(line.project or "")
    covered = project is not None and bool(waits(project))
    author = pieces(line)[0].author or line.item.author
    owner = desk.review.manager if desk.by_manager else desk.review.subject
    own = author in {None, owner} and line.id not in desk.used
    return own and not covered and block_is_sure(line) and not _is_nothing(line)


def _is_nothing(line: Evidence) -> bool:
    """Return whether the line says that there is no blocker."""
    return _NOTHING.match(line.item.text) is not None


def _dropped(desk: Desk, project: Project) -> Bullet:
    event = drop_event(project)
    line = desk.lines[event.evidence] if event else desk.lines[project.evidence[-1]]
    verb = drop_verb(line)
    who = event.by if event else None
    lead = (
        say(SETBACKS["dropped_by"] + " ", project=project.name, verb=verb, who=who)
        if who
        else say(SETBACKS["dropped"] + " ", project=project.name, verb=verb)
    )
    sentences: list[Sentence] = [lead]
    if is_setback_only(desk, project):
        for claim in desk.claims_of(project):
            sentences += [told_work(desk, desk.lines[claim.evidence[0]]), plain(" ")]
    unreal = {
        line.id: unreal_pieces(line) for line in (desk.lines[one] for one in project.evidence if one in desk.lines)
    }
    unreal_at = [cue.start for cue in line.cues if cue.value in {"conditional", "counterfactual"}]
    every = pieces(line)
    spans = [span for span in every if not any(span.start <= at < span.end for at in unreal_at)] or list(every)
    sentences.append(told(desk, line, spans))
    conditions = [(desk.lines[one], spans) for one, spans in unreal.items() if spans and one != line.id]
    for other, parts in conditions:
        slots: dict[str, Filling] = {"quote": closed(quote_of(other, parts)), "c": desk.cite(other.id)}
        sentences += [plain(" "), say(SETBACKS["condition"], **slots)]
    return Bullet(tuple(sentences))
