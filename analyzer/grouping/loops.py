"""What was left open and what came of it: next steps and promises, questions, goals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from analyzer.grouping.names import content
from analyzer.grouping.notes import SAME_MATTER, Notes, day
from analyzer.records import Action, Asked, Evidence, FeedbackEntry, Goal, Label, Status

MOST_WORDS = 0.5
SAME_THING = 2
"""Telling words (numbers count: "band 7") that two lines must share to be about one thing."""


def actions_of(notes: Notes, feedback: Sequence[FeedbackEntry], last: date) -> tuple[Action, ...]:
    """Return next steps and promises with the lines that close them.

    Args:
        notes: the year.
        feedback: the year's feedback; a step agreed under criticism is closed by what ends the criticism.
        last: the date of the last meeting, to which open ones are counted.
    """
    ends = {entry.evidence: entry.later for entry in feedback if entry.later}
    lines = notes.by_id()
    found: list[Action] = []
    for line in notes.evidence:
        if line.item.date is None or not (line.has(Label.ACTION_ITEM) or line.cues_of("promise")):
            continue
        closed = _closed_by(line, notes, lines, ends)
        until = day(lines[closed]) if closed else last
        found.append(
            Action(
                evidence=line.id,
                owner=_owner(line, notes),
                due=next((date.fromisoformat(cue.value) for cue in line.cues_of("due") if cue.value), None),
                closed_by=closed,
                days=max((until - day(line)).days, 0),
            )
        )
    return tuple(found)


def questions_of(notes: Notes) -> tuple[Asked, ...]:
    """Return the questions that were asked, asked again, and the lines that answer them."""
    asked = [line for line in notes.evidence if line.cues_of("ask") and line.item.date is not None]
    replies: dict[str, list[Evidence]] = {}
    for line in notes.evidence:
        if (parent := notes.parents.get(line.id)) is not None:
            replies.setdefault(parent, []).append(line)
    repeats: dict[str, list[str]] = {}
    firsts: list[Evidence] = []
    for line in asked:
        recent = (one for one in firsts if day(line) - day(one) <= SAME_MATTER)
        first = next((one for one in recent if _same_question(one, line, notes)), None)
        if first is None:
            firsts.append(line)
        else:
            repeats.setdefault(first.id, []).append(line.id)
    return tuple(
        Asked(
            evidence=line.id,
            asker=_asker(line, notes),
            repeated=tuple(repeats.get(line.id, ())),
            answered_by=_answer(line, notes, replies.get(line.id, ())),
        )
        for line in firsts
    )


def goals_of(notes: Notes) -> tuple[Goal, ...]:
    """Return goals and wishes with the later lines about them; pinned ones stand first."""
    found: list[Goal] = []
    taken: set[str] = set()
    for line in notes.evidence:
        if not (line.has(Label.GOAL) or line.has(Label.CAREER)) or line.id in taken:
            continue
        later = _later_about(line, notes)
        taken.update(later)
        found.append(Goal(evidence=line.id, kind=_goal_kind(line), later=later))
    return tuple(found)


def _closed_by(
    line: Evidence, notes: Notes, lines: Mapping[str, Evidence], ends: Mapping[str, Sequence[str]]
) -> str | None:
    if line.item.checked or line.status is Status.DONE:
        return line.id
    for ancestor in notes.ancestors(line.id):
        ended = [end for end in ends.get(ancestor, ()) if day(lines[end]) > day(line)]
        if ended:
            return ended[0]
    own = _telling(line, notes)
    for later in notes.after(line):
        if _settles(later) and not later.cues_of("ask") and len(own & _telling(later, notes)) >= SAME_THING:
            return later.id
    return None


def _settles(line: Evidence) -> bool:
    done = line.item.checked or line.status is Status.DONE or line.has(Label.ACCOMPLISHMENT)
    return bool(done or line.cues_of("arrived") or (line.cues_of("answer") and not line.cues_of("promise")))


def _owner(line: Evidence, notes: Notes) -> str | None:
    promised = next((cue.value for cue in line.cues_of("promise") if cue.value), None)
    return promised or next(iter(line.people), None) or line.item.author or notes.writer()


def _asker(line: Evidence, notes: Notes) -> str | None:
    at = line.cues_of("ask")[0].start
    turn = next((turn.author for turn in line.item.turns if turn.start <= at < turn.end), None)
    return turn or line.item.author or notes.writer()


def _same_question(first: Evidence, line: Evidence, notes: Notes) -> bool:
    one, other = _telling(first, notes), _telling(line, notes)
    return _asker(first, notes) == _asker(line, notes) and len(one & other) >= SAME_THING


def _answer(line: Evidence, notes: Notes, replies: Sequence[Evidence]) -> str | None:
    """Return the reply nested under a question, else a later line about the same thing that settles it."""
    asker, own = _asker(line, notes), _telling(line, notes)
    for reply in replies:
        settles = bool(reply.cues_of("answer")) or not reply.cues_of("promise")
        if settles and (reply.item.author or notes.writer()) != asker:
            return reply.id
    for later in notes.after(line):
        if not later.cues_of("answer") or later.cues_of("promise") or later.cues_of("ask"):
            continue
        if len(own & _telling(later, notes)) >= SAME_THING:
            return later.id
    return None


def _goal_kind(line: Evidence) -> str:
    said = next((cue.value for cue in line.cues_of("goal") if cue.value), None)
    if said in {"team", "own"}:
        return said
    return "career" if line.has(Label.CAREER) else "own"


def _later_about(line: Evidence, notes: Notes) -> tuple[str, ...]:
    return tuple(
        later.id
        for later in (notes.after(line) if line.item.date else notes.evidence)
        if later.item.date is not None and (later.labels or later.status is not None) and _same_goal(line, later, notes)
    )


def _same_goal(goal: Evidence, later: Evidence, notes: Notes) -> bool:
    """Return whether a later line is about a goal.

    It shares a pair of words in the same order, or most of the goal's words, or two and is about growth or goals itself;
    two words alone ("ward", "wait") turn up in too many lines.
    """
    one, other = _stems(goal, notes), _stems(later, notes)
    shared = len(set(one) & set(other))
    if shared < SAME_THING:
        return False
    about = later.has(Label.GOAL) or later.has(Label.CAREER)
    pairs = set(pairwise(one)) & set(pairwise(other))
    return about or bool(pairs) or (shared > SAME_THING and shared >= MOST_WORDS * len(set(one)))


def _telling(line: Evidence, notes: Notes) -> frozenset[str]:
    return frozenset(_stems(line, notes))


def _stems(line: Evidence, notes: Notes) -> tuple[str, ...]:
    return content(f"{line.item.prefix} {line.item.text}", notes.people)
