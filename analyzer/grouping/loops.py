"""What was left open and what came of it: next steps and promises, questions, goals."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import pairwise

from analyzer.grouping.names import content
from analyzer.grouping.notes import SAME_MATTER, Notes, day
from analyzer.grouping.wordindex import WordIndex
from analyzer.records import Action, Asked, Evidence, FeedbackEntry, Goal, Label, Status

MOST_WORDS = 0.5
SAME_THING = 2
"""Telling words (numbers count: "band 7") that two lines must share to be about one thing (`WordIndex.first_sharing_two`)."""


def actions_of(notes: Notes, feedback: Sequence[FeedbackEntry], last: date) -> tuple[Action, ...]:
    """Return next steps and promises with the lines that close them.

    Args:
        notes: the year.
        feedback: the year's feedback; a step agreed under criticism is closed by what ends the criticism.
        last: the date of the last meeting, to which open ones are counted.
    """
    ends = {entry.evidence: entry.later for entry in feedback if entry.later}
    lines = notes.by_id()
    settling = _index(notes, lambda line: _settles(line) and not line.cues_of("ask"))
    found: list[Action] = []
    for line in notes.evidence:
        if line.item.date is None or not (line.has(Label.ACTION_ITEM) or line.cues_of("promise")):
            continue
        closed = _closed_by(line, notes, settling, ends)
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
    firsts, repeats = _first_asked(asked, notes)
    answers = _index(
        notes, lambda line: bool(line.cues_of("answer")) and not line.cues_of("promise") and not line.cues_of("ask")
    )
    return tuple(
        Asked(
            evidence=line.id,
            asker=_asker(line, notes),
            repeated=tuple(repeats.get(line.id, ())),
            answered_by=_answer(line, notes, replies.get(line.id, ()), answers),
        )
        for line in firsts
    )


def goals_of(notes: Notes) -> tuple[Goal, ...]:
    """Return goals and wishes with the later lines about them; pinned ones stand first."""
    found: list[Goal] = []
    taken: set[str] = set()
    index = _index(notes, lambda line: line.item.date is not None and (bool(line.labels) or line.status is not None))
    for line in notes.evidence:
        if not (line.has(Label.GOAL) or line.has(Label.CAREER)) or line.id in taken:
            continue
        later = _later_about(line, notes, index)
        taken.update(later)
        found.append(Goal(evidence=line.id, kind=_goal_kind(line), later=later))
    return tuple(found)


def _index(notes: Notes, wanted: Callable[[Evidence], bool]) -> WordIndex:
    """Index the telling words of some lines by their place in the notes."""
    index = WordIndex()
    for at, line in enumerate(notes.evidence):
        if wanted(line):
            index.add(at, _telling(line, notes))
    return index


def _first_asked(asked: Sequence[Evidence], notes: Notes) -> tuple[list[Evidence], dict[str, list[str]]]:
    """Return the questions that are asked for the first time, and the ids of the lines that ask them again."""
    firsts: list[Evidence] = []
    days: list[date] = []
    repeats: dict[str, list[str]] = {}
    by_asker: dict[str | None, WordIndex] = {}
    for line in asked:
        index = by_asker.setdefault(_asker(line, notes), WordIndex())
        recent = bisect_left(days, day(line) - SAME_MATTER) if day(line) > date.min + SAME_MATTER else 0
        first = index.first_sharing_two(_telling(line, notes), recent, len(firsts))
        if first is None:
            index.add(len(firsts), _telling(line, notes))
            firsts.append(line)
            days.append(day(line))
        else:
            repeats.setdefault(firsts[first].id, []).append(line.id)
    return firsts, repeats


def _closed_by(line: Evidence, notes: Notes, settling: WordIndex, ends: Mapping[str, Sequence[str]]) -> str | None:
    if line.item.checked or line.status is Status.DONE:
        return line.id
    lines = notes.by_id()
    for ancestor in notes.ancestors(line.id):
        ended = [end for end in ends.get(ancestor, ()) if day(lines[end]) > day(line)]
        if ended:
            return ended[0]
    return _about(settling.first_sharing_two(_telling(line, notes), *notes.window(line)), notes)


def _about(position: int | None, notes: Notes) -> str | None:
    return None if position is None else notes.evidence[position].id


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


def _answer(line: Evidence, notes: Notes, replies: Sequence[Evidence], answers: WordIndex) -> str | None:
    """Return the reply nested under a question, else a later line about the same thing that settles it."""
    asker = _asker(line, notes)
    for reply in replies:
        settles = bool(reply.cues_of("answer")) or not reply.cues_of("promise")
        if settles and (reply.item.author or notes.writer()) != asker:
            return reply.id
    return _about(answers.first_sharing_two(_telling(line, notes), *notes.window(line)), notes)


def _goal_kind(line: Evidence) -> str:
    said = next((cue.value for cue in line.cues_of("goal") if cue.value), None)
    if said in {"team", "own"}:
        return said
    return "career" if line.has(Label.CAREER) else "own"


def _later_about(line: Evidence, notes: Notes, index: WordIndex) -> tuple[str, ...]:
    start, stop = notes.window(line) if line.item.date else (0, len(notes.evidence))
    shared = index.shared(_telling(line, notes), start, stop)
    near = sorted(at for at, count in shared.items() if count >= SAME_THING)
    return tuple(later.id for at in near if _same_goal(line, later := notes.evidence[at], notes))


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
