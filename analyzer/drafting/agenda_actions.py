"""What is owed on both sides: action items and promises that no line closes, and questions that nobody answered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from analyzer.drafting.agenda_phrases import AGENDA_ACTIONS, day_words
from analyzer.drafting.derived import gives_day
from analyzer.drafting.desk import Desk, short_name
from analyzer.drafting.excerpts import asking, cut, step_words
from analyzer.drafting.fill import plain, say
from analyzer.drafting.phrases import counted
from analyzer.drafting.scan_promises import Promise, promises
from analyzer.drafting.scan_words import SAME_THING, telling
from analyzer.drafting.setbacks import drop_event
from analyzer.drafting.tidy import quoted
from analyzer.drafting.trust import probability
from analyzer.drafts import Bullet, Sentence
from analyzer.records import Asked, Evidence, Label

MOST_OWED = 4
"""Action items told for each side."""
MOST_ASKED = 3
ASKED = timedelta(days=60)
RECENT, REPEATED = timedelta(days=90), timedelta(days=180)
"""What nobody came back to for longer is told by `analyzer scan` and `analyzer review`; it would fill the page."""
LEAST_SAID = 2
"""Telling words of a question that can be put again: "any news?" alone cannot."""
SURE_STEP = 0.8
_SELF = re.compile(r"^\W{0,3}(?:me|I)\b|\bI(?:['’]ll| will| owe| have to| need to| must)\b")
"""How the writer says that a step is theirs, also where the line names somebody else."""
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
    open_ = [one for one in (*every, *_steps(desk, every, day)) if _is_alive(desk, one, day)]
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
    asked = [one for one in asked if not any(_answers(desk.lines[one.evidence], desk.lines[line]) for line in taken)]
    asked.sort(key=lambda one: (-len(one.repeated), -(desk.lines[one.evidence].item.date or day).toordinal()))
    return [*bullets, *(_asked(desk, one, day) for one in asked[:MOST_ASKED])]


def _last_day(desk: Desk, promise: Promise) -> date | None:
    days = [found for one in (*promise.lines, *promise.asked) if (found := desk.lines[one].item.date)]
    return max(days, default=None)


def _is_alive(desk: Desk, promise: Promise, day: date) -> bool:
    """Return whether a promise is recent, or was made or asked for again; a question is no promise."""
    if _last_words(desk, promise).rstrip('"').endswith("?"):
        return False
    limit = REPEATED if len(promise.lines) + len(promise.asked) > 1 else RECENT
    last = _last_day(desk, promise)
    return last is not None and day - last <= limit


def _last_words(desk: Desk, promise: Promise) -> str:
    return step_words(desk.lines[promise.lines[-1]])


def _steps(desk: Desk, known: Sequence[Promise], day: date) -> list[Promise]:
    """Return what was not read as a promise of the two and is owed all the same: an empty check box, a day that is ahead."""
    taken = {line for one in known for line in one.lines}
    found = []
    for action in desk.review.actions:
        line = desk.lines.get(action.evidence)
        if line is None or line.id in taken or line.item.struck or action.closed_by or line.item.date is None:
            continue
        ahead = action.due is not None and action.due >= line.item.date and day - action.due <= RECENT
        if probability(line, Label.ACTION_ITEM) < SURE_STEP or not (line.item.checked is False or ahead):
            continue
        ticked = (one for one in desk.review.evidence if one.item.checked and _is_same(desk, line, one))
        owner = _writer(desk) if _SELF.search(line.item.text) else action.owner
        if next(ticked, None) is None and owner in {desk.review.subject, desk.review.manager}:
            found.append(Promise(owner or "", (line.id,), telling(desk, line.item.text)))
    return found


def _is_same(desk: Desk, line: Evidence, later: Evidence) -> bool:
    shared = telling(desk, line.item.text) & telling(desk, later.item.text)
    behind = later.item.date is not None and line.item.date is not None and later.item.date >= line.item.date
    return behind and len(shared) >= SAME_THING


def _writer(desk: Desk) -> str:
    return (desk.review.manager if desk.by_manager else desk.review.subject) or ""


def _first_line(desk: Desk, promise: Promise) -> Evidence:
    return desk.lines[promise.lines[0]]


def _age(desk: Desk, promise: Promise, day: date) -> int:
    first = _first_line(desk, promise).item.date
    return max((day - first).days, 0) if first else 0


def _is_recent(days: Sequence[date | None], day: date) -> bool:
    """Return whether a question was put lately, or again within half a year."""
    limit = REPEATED if len(days) > 1 else ASKED
    return any(found is not None and day - found <= limit for found in days)


def _is_over(desk: Desk, promise: Promise) -> bool:
    """Return whether the project that a promise belongs to was stopped."""
    project = desk.projects.get(desk.lines[promise.lines[-1]].project or "")
    return project is not None and drop_event(project) is not None


def _owed(desk: Desk, promise: Promise, day: date) -> Bullet:
    last = desk.lines[promise.lines[-1]]
    parts: list[Sentence] = [say(AGENDA_ACTIONS["box"]), say(AGENDA_ACTIONS["who"], who=short_name(promise.owner))]
    quote = step_words(last)
    due = next((date.fromisoformat(cue.value) for cue in last.cues_of("due") if cue.value), None)
    said = next((last.words(cue) for cue in last.cues_of("due") if cue.value), "")
    if due is not None and said not in quote and gives_day(last.item.raw, due, last.item.date):
        quote += AGENDA_ACTIONS["due"].format(due=day_words(due, day))
    parts.append(plain(quote, desk.cite(last.id)))
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
    recent = _is_recent(days, day)
    chat = any(cue.kind == "chore" and cue.value in _SMALL_TALK for cue in line.cues)
    words = line.words(asking(line)[0])
    return (
        recent
        and not chat
        and len(telling(desk, words)) >= LEAST_SAID
        and one.asker in {desk.review.subject, desk.review.manager}
    )


def _answers(question: Evidence, promise: Evidence) -> bool:
    """Return whether a promise stands right under a question: then it is what is owed."""
    one, other = question.item.source, promise.item.source
    behind = (other.start or 0) - (one.end or one.start or 0)
    return one.path == other.path and question.item.date == promise.item.date and 0 <= behind <= 2


def _asked(desk: Desk, one: Asked, day: date) -> Bullet:
    line = desk.lines[one.evidence]
    quote = cut(quoted(line.words(asking(line)[0])))
    parts = [say(AGENDA_ACTIONS["question"], who=short_name(one.asker), quote=quote, c=desk.cite(line.id))]
    if again := desk.cites(one.repeated):
        parts.append(say(AGENDA_ACTIONS["again"], c=again))
    days = counted(max((day - (line.item.date or day)).days, 0), "day")
    return Bullet((*parts, say(AGENDA_ACTIONS["age"], days=days)))
