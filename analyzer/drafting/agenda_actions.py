"""What is owed on both sides: action items and promises that no line closes, and questions that nobody answered."""

from __future__ import annotations

from datetime import date, timedelta

from analyzer.drafting.agenda_phrases import AGENDA_ACTIONS
from analyzer.drafting.derived import gives_day
from analyzer.drafting.desk import Desk, short_name
from analyzer.drafting.excerpts import asking, cut, step_words
from analyzer.drafting.fill import plain, say
from analyzer.drafting.phrases import counted
from analyzer.drafting.scan_promises import Promise, promises
from analyzer.drafting.scan_words import telling
from analyzer.drafting.setbacks import drop_event
from analyzer.drafting.tidy import quoted
from analyzer.drafts import Bullet, Sentence
from analyzer.records import Asked, Evidence

MOST_OWED = 4
"""Action items told for each side."""
MOST_ASKED = 3
RECENT = timedelta(days=120)
"""What nobody came back to for longer is told by `analyzer scan` and `analyzer review`; it would fill the page."""
LEAST_SAID = 2
"""Telling words of a question that can be put again: "any news?" alone cannot."""
_SMALL_TALK = frozenset({"chat"})


def action_bullets(desk: Desk, day: date) -> list[Bullet]:
    """Return a bullet for each open action item, the reader's own debts first, then the open questions.

    Args:
        desk: the review's look-ups.
        day: the day of the next meeting, to which ages run.
    """
    writer, other = desk.review.subject, desk.review.manager
    if desk.by_manager:
        writer, other = other, writer
    every = [one for one in promises(desk) if one.end is None and not _is_over(desk, one)]
    open_ = [one for one in every if _is_recent(_last_day(desk, one), day)]
    bullets: list[Bullet] = []
    for owner in (other, writer):
        mine = sorted(
            (one for one in open_ if one.owner == owner), key=lambda one: (-len(one.lines), _age(desk, one, day))
        )
        bullets += [_owed(desk, one, day) for one in mine[:MOST_OWED]]
    taken = {line for one in every for line in (*one.lines, *one.asked)}
    asked = [
        one for one in desk.review.questions if _is_open(desk, one, day) and not taken & {one.evidence, *one.repeated}
    ]
    asked.sort(key=lambda one: (-len(one.repeated), -(desk.lines[one.evidence].item.date or day).toordinal()))
    return [*bullets, *(_asked(desk, one, day) for one in asked[:MOST_ASKED])]


def _last_day(desk: Desk, promise: Promise) -> date | None:
    days = [found for one in (*promise.lines, *promise.asked) if (found := desk.lines[one].item.date)]
    return max(days, default=None)


def _first_line(desk: Desk, promise: Promise) -> Evidence:
    return desk.lines[promise.lines[0]]


def _age(desk: Desk, promise: Promise, day: date) -> int:
    first = _first_line(desk, promise).item.date
    return max((day - first).days, 0) if first else 0


def _is_recent(found: date | None, day: date) -> bool:
    return found is not None and day - found <= RECENT


def _is_over(desk: Desk, promise: Promise) -> bool:
    """Return whether the project that a promise belongs to was stopped."""
    project = desk.projects.get(desk.lines[promise.lines[-1]].project or "")
    return project is not None and drop_event(project) is not None


def _owed(desk: Desk, promise: Promise, day: date) -> Bullet:
    last = desk.lines[promise.lines[-1]]
    parts: list[Sentence] = [say(AGENDA_ACTIONS["box"]), say(AGENDA_ACTIONS["who"], who=short_name(promise.owner))]
    parts.append(plain(step_words(last), desk.cite(last.id)))
    due = next((date.fromisoformat(cue.value) for cue in last.cues_of("due") if cue.value), None)
    if due is not None and gives_day(last.item.raw, due, last.item.date) and desk.day(due) not in last.item.text:
        parts.append(say(AGENDA_ACTIONS["due"], due=desk.day(due)))
    if len(promise.lines) > 1:
        parts.append(say(AGENDA_ACTIONS["since"], c=desk.cite(promise.lines[0])))
    if promise.asked:
        parts.append(say(AGENDA_ACTIONS["asked"], c=desk.cites(promise.asked)))
    return Bullet((*parts, say(AGENDA_ACTIONS["age"], days=counted(_age(desk, promise, day), "day"))))


def _is_open(desk: Desk, one: Asked, day: date) -> bool:
    line = desk.lines.get(one.evidence)
    if line is None or one.answered_by is not None or not asking(line):
        return False
    days = [desk.lines[again].item.date for again in (one.evidence, *one.repeated) if again in desk.lines]
    recent = any(_is_recent(found, day) for found in days)
    chat = any(cue.kind == "chore" and cue.value in _SMALL_TALK for cue in line.cues)
    words = line.words(asking(line)[0])
    return (
        recent
        and not chat
        and len(telling(desk, words)) >= LEAST_SAID
        and one.asker in {desk.review.subject, desk.review.manager}
    )


def _asked(desk: Desk, one: Asked, day: date) -> Bullet:
    line = desk.lines[one.evidence]
    quote = cut(quoted(line.words(asking(line)[0])))
    parts = [say(AGENDA_ACTIONS["question"], who=short_name(one.asker), quote=quote, c=desk.cite(line.id))]
    if again := desk.cites(one.repeated):
        parts.append(say(AGENDA_ACTIONS["again"], c=again))
    days = counted(max((day - (line.item.date or day)).days, 0), "day")
    return Bullet((*parts, say(AGENDA_ACTIONS["age"], days=days)))
