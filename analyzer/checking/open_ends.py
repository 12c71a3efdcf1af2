"""Checks of what was left open: blockers, complaints, dates that passed, quarters without finished work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from analyzer.checking.asking import ask
from analyzer.checking.wording import says
from analyzer.checking.year import Finding, Year, same_matter
from analyzer.dates import quarter_of
from analyzer.drafting.cite import MONTHS, long_day
from analyzer.drafting.desk import quarter_name
from analyzer.drafting.phrases import counted
from analyzer.drafting.trust import block_is_sure, probability
from analyzer.records import Direction, Evidence, Label, MeetingKind, Polarity, Status

SURE_BLOCKER = 0.75
POSSIBLE = 0.25
"""From so probable a line may be feedback or a blocker, which is what a complaint is written down as."""
FAR = 6
"""Days from which on a date is worth a line of its own: what was due tomorrow is seldom spoken of again."""
FEW_MEETINGS = 2
"""Meetings from which on a quarter without finished work is asked about."""
HALF_A_YEAR = 6
"""Months: a name of a month is taken for the next one of that name up to here, for the last one beyond."""
_MONTH = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)(?:[a-z]{2,6})?\b")
_DAY = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)\b")
_SINCE = re.compile(r"\b(?:since|from|on|of|asked|lodged|sent)(?: the)? ?$", re.IGNORECASE)
_STEPS = frozenset({"promise", "answer", "ask", "due", "eta", "arrived"})


def idle_blockers(year: Year) -> Iterator[Finding]:
    """Find blockers with neither a next step, nor somebody who has it, nor a way around."""
    for line in year.lines:
        if not line.has(Label.BLOCKER) or line.item.date is None or line.status not in {Status.BLOCKED, None}:
            continue
        if probability(line, Label.BLOCKER) < SURE_BLOCKER or not block_is_sure(line) or not _is_owners(year, line):
            continue
        if not _is_worked_on(year, line) and not names_a_later_day(line):
            yield Finding(kind="blocker", line=line, question=ask("blocker"), weight=_waited(year, line))


def names_a_later_day(line: Evidence) -> bool:
    """Return whether a line says until when it will take: a later month, or a day that it was not since."""
    meeting, text = line.item.date, line.item.text
    for found in _MONTH.finditer(text):
        ahead = (MONTHS.index(found[0][:3].title()) + 1 - meeting.month) % 12 if meeting else 0
        if 0 < ahead <= HALF_A_YEAR:
            return True
    return any(not _SINCE.search(text[: found.start()]) for found in _DAY.finditer(text))


def complaints(year: Year) -> Iterator[Finding]:
    """Find complaints that the owner put to somebody, and beside which nothing better is proposed."""
    given = {one.evidence for one in year.review.feedback if one.direction is Direction.GIVEN}
    for line in year.lines:
        if line.item.date is None or not _is_owners(year, line) or not says("puts", line.item.text):
            continue
        judged = line.id in given and line.polarity is Polarity.CONSTRUCTIVE
        if not (judged or _complains(line)) or any(cue.kind in {"praise", "thanks"} for cue in line.cues):
            continue
        if not says("proposal", year.with_below(line)) and not _answered(year, line):
            yield Finding(kind="complaint", line=line, question=ask("complaint"), weight=float(judged))


def _answered(year: Year, line: Evidence) -> bool:
    """Return whether somebody takes a step right behind a line."""
    near = year.within(line, 2)
    steps = any(one.has(Label.ACTION_ITEM) or one.cues_of("promise") for one in near)
    if any(turn.author not in {None, line.item.author} for turn in line.item.turns):
        return True
    others = near if year.desk.by_manager else [one for one in near if one.item.author not in {None, line.item.author}]
    return steps or any(says("proposal", one.item.text) for one in others)


def _complains(line: Evidence) -> bool:
    """Return whether the words of a line complain and its reading does not speak against it."""
    felt = max(line.confidence.get(label, 1.0) for label in (Label.FEEDBACK, Label.BLOCKER))
    return felt >= POSSIBLE and not line.has(Label.ACCOMPLISHMENT) and says("complaint", line.item.text)


def silent_dates(year: Year) -> Iterator[Finding]:
    """Find dates for work or for a next step of the owner, after which no meeting speaks of it again."""
    owner = year.review.subject
    settled = {
        one.evidence for one in year.review.actions if one.closed_by is not None or one.owner not in {None, owner}
    }
    for line in year.lines:
        due = _due(line)
        if due is None or line.item.date is None or year.last is None or line.status is Status.DONE:
            continue
        if line.id in settled or line.item.checked or (due - line.item.date).days < FAR or due >= year.last:
            continue
        if any(_comes_back(line, one, due) for one in year.later(line)):
            continue
        question = ask("eta", day=year.desk.day(due))
        yield Finding(kind="eta", line=line, question=question, weight=float((year.last - due).days))


def _due(line: Evidence) -> date | None:
    """Return the last date that a line sets, None where it sets none."""
    dates = [date.fromisoformat(cue.value) for kind in ("eta", "due") for cue in line.cues_of(kind) if cue.value]
    return max(dates, default=None)


def empty_quarters(year: Year) -> Iterator[Finding]:
    """Find quarters between the first and the last meeting in which nothing was finished."""
    review = year.desk.review
    days = sorted(one.date for one in review.meetings if one.kind is MeetingKind.HELD and one.date is not None)
    done = {claim.quarter for claim in year.desk.claims.values()}
    by_quarter: dict[str, list[date]] = {}
    for day in days:
        by_quarter.setdefault(quarter_of(day, review.fiscal_start), []).append(day)
    for quarter, met in by_quarter.items():
        first = next((line for line in year.lines if line.item.date in met), None)
        if quarter in done or len(met) < FEW_MEETINGS or first is None:
            continue
        name = quarter_name(quarter, review)
        question = ask("quarter", count=counted(len(met), "meeting"), quarter=name)
        yield Finding(kind="quarter", line=first, question=question, weight=float(len(met)))


def _is_owners(year: Year, line: Evidence) -> bool:
    """Return whether a line is the writer's: what others say is theirs to answer."""
    desk = year.desk
    owner = desk.review.manager if desk.by_manager else desk.review.subject
    return line.item.author in {None, owner, desk.review.subject}


def _is_worked_on(year: Year, line: Evidence) -> bool:
    around = (line, *year.below(line))
    steps = any(cue.kind in _STEPS for one in around for cue in one.cues)
    actions = any(one.has(Label.ACTION_ITEM) for one in around)
    replies = any(one.item.author not in {None, line.item.author} for one in around[1:])
    meeting = [one for one in year.meeting_of(line) if one.has(Label.ACTION_ITEM) or one.cues_of("promise")]
    taken_up = any(same_matter(line, one) for one in meeting) or any(one in meeting for one in year.within(line, 2))
    return steps or actions or replies or taken_up or says("options", year.with_below(line))


def _waited(year: Year, line: Evidence) -> float:
    """Return how many later meetings speak of the same thing."""
    return float(len({one.item.date for one in year.later(line) if same_matter(line, one)}))


def _comes_back(line: Evidence, later: Evidence, due: date) -> bool:
    """Return whether a later line speaks of the thing again: on the day or after it, or before with an end or a new date."""
    if later.item.date is None:
        return False
    if any(_due(later) == due or text in later.item.text for text in (long_day(due), f"{due.day}/{due.month}")):
        return True
    if not (same_matter(line, later) or (line.project and line.project == later.project)):
        return False
    settles = (
        later.status in {Status.DONE, Status.DROPPED} or bool(later.cues_of("eta")) or later.has(Label.ACCOMPLISHMENT)
    )
    return later.item.date >= due or settles
