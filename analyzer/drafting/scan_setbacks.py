"""Blocked, dropped and late work, a bullet a project: from when to when, who ended it, which dates it was promised for."""

from __future__ import annotations

from datetime import date

from analyzer.drafting.clauses import pieces, unreal_pieces, work_pieces
from analyzer.drafting.derived import gives_day
from analyzer.drafting.desk import Desk
from analyzer.drafting.fill import Filling, plain, say
from analyzer.drafting.heading import held_meetings
from analyzer.drafting.journey import Journey, journeys
from analyzer.drafting.phrases import SETBACKS, counted
from analyzer.drafting.scan_phrases import LATE, SCAN_TITLES
from analyzer.drafting.scan_promises import last_meeting
from analyzer.drafting.scan_tell import reported
from analyzer.drafting.setbacks import (
    DROP_VERBS,
    Wait,
    done_after,
    drop_event,
    drop_is_sure,
    drop_verb,
    sure_waits,
    wait_end,
    wait_start,
)
from analyzer.drafting.work import more_bullet
from analyzer.drafts import Bullet, Fragment, Section, Sentence
from analyzer.records import Event, Project

MOST_PROJECTS = 6


def scan_setbacks(desk: Desk) -> Section:
    """Return the part "Blocked, dropped, late"."""
    bullets = [bullet for project in desk.review.projects for bullet in _of_project(desk, project)]
    kept = [*bullets[:MOST_PROJECTS], *more_bullet(len(bullets) - MOST_PROJECTS, "line")]
    empty = () if kept else ((say(LATE["none"]),),)
    return Section(title=SCAN_TITLES["setbacks"], paragraphs=empty, bullets=tuple(kept))


def _of_project(desk: Desk, project: Project) -> list[Bullet]:
    waiting = sure_waits(desk, project)
    late = [text for journey in journeys(desk, project) for text in _late(desk, project, journey)]
    found = [Bullet(_blocked(desk, project, wait)) for wait in waiting]
    if _is_dropped(desk, project):
        found.append(Bullet(_dropped(desk, project)))
    elif late and found:
        joined = [piece for text in late for piece in (plain(" "), text)]
        found[-1] = Bullet((*found[-1].sentences, *joined))
    elif late:
        joined = [piece for text in late for piece in (text, plain(" "))]
        found.append(Bullet((say(LATE["project"], project=project.name), *joined[:-1])))
    return found


def _blocked(desk: Desk, project: Project, wait: Wait) -> tuple[Sentence, ...]:
    first, began, ended = desk.lines[wait.start.evidence], wait_start(desk, wait), wait_end(desk, wait)
    after = done_after(desk, project, wait)
    slots = {"project": project.name, "start": desk.day(began)}
    if began and ended:
        days = counted((ended - began).days, "day")
        lead = say(SETBACKS["blocked"] + " ", **slots, end=desk.day(ended), days=days)
    else:
        lead = say(SETBACKS["blocked_done" if after else "blocked_open" if began else "blocked_one"] + " ", **slots)
    told = [lead, reported(desk, first, pieces(first)[:1])]
    if after is not None:
        line = desk.lines[after.evidence[0]]
        told += [plain(" "), say(SETBACKS["done_after"], day=desk.day(line.item.date), c=desk.cite(line.id))]
    if wait.end is not None and wait.end.evidence in desk.lines:
        end = desk.lines[wait.end.evidence]
        arrived = end.cues_of("arrived")
        spans = [span for span in pieces(end) if any(span.start <= cue.start < span.end for cue in arrived)]
        told += [plain(" "), reported(desk, end, spans[:1] or pieces(end)[:1])]
    return tuple(told)


def _is_dropped(desk: Desk, project: Project) -> bool:
    """Return whether a project surely ended: with a word for it, with who ended it, or struck out."""
    event = drop_event(project)
    line = desk.lines.get(event.evidence) if event else None
    if event is None or line is None or not drop_is_sure(desk, project):
        return False
    return event.by is not None or drop_verb(line) in DROP_VERBS - {"stopped"} or line.item.struck


def _dropped(desk: Desk, project: Project) -> tuple[Sentence, ...]:
    event = drop_event(project)
    line = desk.lines[event.evidence] if event else desk.lines[project.evidence[-1]]
    slots = {"project": project.name, "verb": drop_verb(line), "who": (event and event.by) or ""}
    sentences = [say(SETBACKS["dropped_by" if slots["who"] else "dropped"] + " ", **slots)]
    for claim in desk.claims_of(project)[-1:]:
        done = desk.lines[claim.evidence[0]]
        sentences += [reported(desk, done, work_pieces(done)[:1]), plain(" ")]
    unreal = set(unreal_pieces(line))
    real = [span for span in pieces(line) if span not in unreal] or list(pieces(line))
    return (*sentences, reported(desk, line, real[:1]))


def _late(desk: Desk, project: Project, journey: Journey) -> list[Sentence]:
    """Return what the dates of one promise come to, nothing where it was kept or is still ahead."""
    first, *moves = journey.etas
    if not all(_says_day(desk, event) for event in journey.etas):
        return []
    done = journey.done if journey.done is not None and journey.done.kind == "done" else None
    done = done if ends_itself(desk, project, first) else None
    end = desk.lines[done.evidence].item.date if done else None
    over = (end - first.eta).days if end and first.eta and was_missed(desk, first.eta, end) else 0
    silent = journey.done is None and _passed_in_silence(desk, project, journey)
    if over <= 0 and not moves and not silent:
        return []
    parts = [say(LATE["eta"], eta=desk.day(first.eta), c=desk.cite(first.evidence))]
    if len(moves) == 1:
        parts.append(say(LATE["moved_one"], eta=desk.day(moves[0].eta), c=desk.cite(moves[0].evidence)))
    elif moves:
        cites = desk.cites(move.evidence for move in moves)
        parts.append(say(LATE["moved_many"], count=len(cites), c=cites))
        if done is None:
            parts.append(say(LATE["now"], eta=desk.day(moves[-1].eta), c=desk.cite(moves[-1].evidence)))
    if done is not None:
        slots: dict[str, Filling] = {"day": desk.day(end), "c": desk.cite(done.evidence)}
        key = "done" if over > 0 else "done_on_time"
        parts.append(say(LATE[key], **slots, days=counted(max(over, 0), "day")))
    elif silent:
        parts.append(say(LATE["silent"]))
    fragments: list[Fragment] = [piece for part in (*parts, plain(".")) for piece in part.fragments]
    return [Sentence(tuple(fragments))]


def _says_day(desk: Desk, event: Event) -> bool:
    """Return whether the line of an ETA writes the day itself: a day worked out from "Thursday" is not found there."""
    line = desk.lines.get(event.evidence)
    return line is not None and event.eta is not None and gives_day(line.item.raw, event.eta, line.item.date)


def ends_itself(desk: Desk, project: Project, eta: Event) -> bool:
    """Return whether a finished piece has this ETA in its own history, so that it is what was promised."""
    known = {(event.evidence, event.eta) for claim in desk.claims_of(project) for event in claim.history}
    return (eta.evidence, eta.eta) in known


def was_missed(desk: Desk, eta: date, end: date) -> bool:
    """Return whether a meeting lies between a date and the line that calls the work done.

    Without one the work may have been done in time, and told at the next meeting.
    """
    return any(one.date is not None and eta <= one.date < end for one in held_meetings(desk.review))


def _passed_in_silence(desk: Desk, project: Project, journey: Journey) -> bool:
    """Return whether the last date lies before the last meeting and no line of the project came after the promise."""
    last, eta = last_meeting(desk), journey.etas[-1].eta
    said = desk.lines[journey.etas[-1].evidence].item.date
    if last is None or eta is None or said is None or eta >= last:
        return False
    days = [day for one in project.evidence if one in desk.lines and (day := desk.lines[one].item.date)]
    return all(day <= said for day in days)
