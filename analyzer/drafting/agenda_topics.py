"""What is due to be talked about: feedback without a sequel, career, feedback in both directions, complaints, team goals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from analyzer.drafting.agenda_phrases import AGENDA_TOPICS, day_words
from analyzer.drafting.clauses import judging_pieces, with_cue, without_lead
from analyzer.drafting.desk import Desk, short_name
from analyzer.drafting.excerpts import cut, short
from analyzer.drafting.fill import Filling, say
from analyzer.drafting.phrases import counted
from analyzer.drafting.scan_silence import career_lines
from analyzer.drafting.tidy import quoted
from analyzer.drafts import Bullet
from analyzer.records import Direction, Evidence, FeedbackEntry, Goal, Polarity, Span

CAREER_DUE = timedelta(days=30)
FEEDBACK_DUE = timedelta(days=30)
GIVEN_DUE = timedelta(days=60)
"""Silence after which a matter is due: a month for the report's career and feedback, two for feedback to the manager."""
RECENT = timedelta(days=120)
"""Feedback and complaints that are older are no matter for the next meeting."""
MOST_UNACTED, MOST_COMPLAINTS, MOST_TOPICS = 2, 1, 6
_TEAM_GOAL = re.compile(
    r"\b(?:team|company|department|org(?:ani[sz]ation)?)(?:['’]s)? (?:goal|objective|okr|target)s?\b", re.IGNORECASE
)
_GOAL_LEAD = re.compile(
    r"^\W{0,4}(?:pinned\W{1,3})?(?:team|company) goals?(?: (?:for )?\d{4})?\s?[:=–—-]\s?", re.IGNORECASE
)


def topic_bullets(desk: Desk, day: date, complaints: Sequence[str]) -> list[Bullet]:
    """Return a bullet for each topic that is due, most useful first.

    Args:
        desk: the review's look-ups.
        day: the day of the next meeting.
        complaints: lines that complain and beside which nothing is proposed.
    """
    bullets = [_unacted(desk, one, day) for one in _open_feedback(desk, day)[:MOST_UNACTED]]
    bullets += [*_career(desk, day), *_received(desk, day), *_complaints(desk, day, complaints)]
    bullets += [*_given(desk, day), *_team_goals(desk, day)]
    return bullets[:MOST_TOPICS]


def _say(desk: Desk, key: str, **slots: Filling) -> Bullet:
    """Say a topic as the writer of the notes would: a manager's notes speak of the report by name."""
    name = f"{key}_manager" if desk.by_manager and f"{key}_manager" in AGENDA_TOPICS else key
    return Bullet((say(AGENDA_TOPICS[name], **slots),))


def _days(line: Evidence, day: date) -> str:
    return counted(max((day - (line.item.date or day)).days, 0), "day")


def _open_feedback(desk: Desk, day: date) -> list[FeedbackEntry]:
    """Return criticism and advice to the report that no later line acts on, the latest first."""
    found = [one for one in desk.review.feedback if one.direction is Direction.RECEIVED and not one.later]
    found = [one for one in found if one.polarity is not Polarity.POSITIVE and one.evidence in desk.lines]
    recent = [one for one in found if _since(desk.lines[one.evidence], day) <= RECENT]
    return sorted(recent, key=lambda one: (desk.lines[one.evidence].item.date or day, one.evidence), reverse=True)


def _since(line: Evidence, day: date) -> timedelta:
    return day - line.item.date if line.item.date else timedelta.max


def _unacted(desk: Desk, entry: FeedbackEntry, day: date) -> Bullet:
    line = desk.lines[entry.evidence]
    who = short_name(entry.speaker or (desk.review.manager if desk.by_manager else None)) or "Feedback"
    quote = short(line, [_told(line)])
    return _say(desk, "unacted", who=who, day=day_words(line.item.date, day), quote=quote, c=desk.cite(line.id))


def _told(line: Evidence) -> Span:
    """Return the sentence that criticises or advises, the longest one where no rule finds any."""
    spans = without_lead(line, judging_pieces(line))
    cues = [cue.start for cue in line.cues if cue.kind in {"criticism", "advice"}]
    hit = [span for span in spans if any(span.start <= at < span.end for at in cues)]
    return hit[0] if hit else max(spans, key=lambda span: span.end - span.start)


def _career(desk: Desk, day: date) -> list[Bullet]:
    """Ask about career where no line of the last month is about it, with the last wish where one is on record."""
    lines = career_lines(desk)
    if not lines:
        return [_say(desk, "career_none", name=_report(desk))]
    last = lines[-1]
    if _since(last, day) < CAREER_DUE:
        return []
    wish = _wish(last)
    if wish is not None:
        return [_say(desk, "career_wish", quote=wish, c=desk.cite(last.id))]
    return [_say(desk, "career", days=_days(last, day), c=desk.cite(last.id))]


def _wish(line: Evidence) -> str | None:
    """Return what somebody wants, where the line surely says so."""
    wants = any(cue.rule.endswith("want") or cue.kind == "goal" for cue in line.cues)
    return short(line, without_lead(line, with_cue(line, ("goal", "career")))) if wants else None


def _received(desk: Desk, day: date) -> list[Bullet]:
    last = _last_feedback(desk, Direction.RECEIVED)
    if last is None:
        return [_say(desk, "feedback_none", name=_report(desk))]
    if _since(last, day) < FEEDBACK_DUE:
        return []
    return [_say(desk, "feedback", name=_report(desk), days=_days(last, day), c=desk.cite(last.id))]


def _given(desk: Desk, day: date) -> list[Bullet]:
    """Ask about feedback to the manager, where some was given before: else nobody knows whether it is wanted."""
    last = _last_feedback(desk, Direction.GIVEN)
    if last is None or not desk.review.manager or _since(last, day) < GIVEN_DUE:
        return []
    name = short_name(desk.review.manager)
    return [_say(desk, "given", name=name, days=_days(last, day), c=desk.cite(last.id))]


def _last_feedback(desk: Desk, direction: Direction) -> Evidence | None:
    """Return the latest line of feedback to the report, or from the report to the manager; what is only doubtful counts too."""
    lines = [
        desk.lines[one.evidence]
        for one in desk.review.feedback
        if one.direction is direction
        and one.evidence in desk.lines
        and (direction is Direction.RECEIVED or one.about == desk.review.manager)
    ]
    if direction is Direction.RECEIVED:
        lines += [desk.lines[one] for one in desk.doubts.get("feedback", ()) if one in desk.lines]
    return max(
        (line for line in lines if line.item.date), key=lambda line: (line.item.date or date.min, line.id), default=None
    )


def _complaints(desk: Desk, day: date, found: Sequence[str]) -> list[Bullet]:
    lines = [desk.lines[one] for one in found if one in desk.lines]
    recent = [line for line in lines if _since(line, day) <= RECENT]
    recent.sort(key=lambda line: (line.item.date or day, line.id), reverse=True)
    return [_say(desk, "complaint", quote=short(line, ()), c=desk.cite(line.id)) for line in recent[:MOST_COMPLAINTS]]


def _team_goals(desk: Desk, day: date) -> list[Bullet]:
    """Ask about a goal of the team that no line of the last weeks serves."""
    found = []
    for goal in desk.review.goals:
        line = desk.lines.get(goal.evidence)
        if line is None or not (goal.kind == "team" or _TEAM_GOAL.search(line.item.text)):
            continue
        if not any(_since(desk.lines[one], day) <= RECENT for one in goal.later if one in desk.lines):
            found.append(_say(desk, "team_goal", quote=_goal_words(line, goal), c=desk.cite(line.id)))
    return found[:1]


def _goal_words(line: Evidence, goal: Goal) -> str:
    spans = without_lead(line, with_cue(line, ("goal",)))
    words = line.words(spans[0]) if goal else line.item.text
    return cut(quoted(_GOAL_LEAD.sub("", words) or words))


def _report(desk: Desk) -> str:
    return short_name(desk.review.subject) or "the report"
