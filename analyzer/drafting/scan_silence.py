"""What was not talked about: career, feedback in both directions, goals that do not come back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from analyzer.drafting.clauses import with_cue, without_lead
from analyzer.drafting.desk import Desk
from analyzer.drafting.excerpts import asking, cut
from analyzer.drafting.fill import plain, say
from analyzer.drafting.heading import held_meetings
from analyzer.drafting.leftovers import line_list
from analyzer.drafting.phrases import counted
from analyzer.drafting.scan_packet import Heard
from analyzer.drafting.scan_phrases import ASKS_FEEDBACK, SCAN_TITLES, SILENCE
from analyzer.drafting.scan_promises import last_meeting
from analyzer.drafting.scan_tell import manager_name, subject_name
from analyzer.drafting.scan_words import SAME_THING, telling
from analyzer.drafting.tidy import quoted
from analyzer.drafts import Bullet, Section, Sentence
from analyzer.records import Direction, Evidence, FeedbackEntry, Goal, Label, Polarity

LONG = 56
"""From so many days on, a stretch without a line about career is told beside the longest."""
EARLY = 60
"""A goal that was named so many days before the last meeting had time to come back."""
MOST_GOALS = 3
MOST_DOUBTFUL = 4
_AND = re.compile(r"\s(?:and|plus|&)\s")


def silence_section(desk: Desk, found: Heard) -> Section:
    """Return the part "Not talked about".

    Args:
        desk: the review's look-ups.
        found: the feedback that the report received.
    """
    career = _career(desk) + _goals(desk)
    spaced = [piece for one in career for piece in (one, plain(" "))][:-1]
    bullets = [Bullet(tuple(spaced)), Bullet(_received(desk, found)), *_given(desk), *_team_goals(desk)]
    return Section(title=SCAN_TITLES["silence"], bullets=tuple(bullets))


def career_lines(desk: Desk) -> list[Evidence]:
    """Return the dated lines about career, in the order of dates.

    Doubtful ones count too: they may only shorten the time that is said to be without one.
    """
    found = [line for line in desk.review.evidence if line.item.date is not None and line.has(Label.CAREER)]
    return sorted(
        found, key=lambda line: (line.item.date or date.min, line.item.source.path, line.item.source.start or 0)
    )


def weeks_since_career(desk: Desk) -> int | None:
    """Return the whole weeks from the last line about career to the last meeting, None where there is no such line."""
    lines, last = career_lines(desk), last_meeting(desk)
    day = lines[-1].item.date if lines else None
    return max((last - day).days, 0) // 7 if day and last else None


def _career(desk: Desk) -> list[Sentence]:
    """Tell the longest stretch without a line about career, and the last one where it is long too."""
    lines, held = career_lines(desk), sorted(one.date for one in held_meetings(desk.review) if one.date)
    if not lines or not held:
        return [say(SILENCE["career_none"])]
    by_day: dict[date, Evidence] = {}
    for line in lines:
        by_day.setdefault(line.item.date or held[0], line)
    days = sorted({held[0], *by_day, held[-1]})
    stretches = list(pairwise(days)) or [(days[0], days[0])]
    longest = max(stretches, key=lambda pair: (pair[1] - pair[0], pair[0]))
    told = [longest]
    if stretches[-1] != longest and days[-1] not in by_day and (stretches[-1][1] - stretches[-1][0]).days >= LONG:
        told.append(stretches[-1])
    return [_stretch(desk, by_day, *pair) for pair in told]


def _stretch(desk: Desk, by_day: dict[date, Evidence], first: date, last: date) -> Sentence:
    weeks = SILENCE["weeks"].format(
        weeks=counted((last - first).days // 7, "week"), days=counted((last - first).days, "day")
    )
    left, right = by_day.get(first), by_day.get(last)
    slots = {"first": desk.day(first), "last": desk.day(last), "weeks": weeks}
    if left and right:
        return say(SILENCE["career_between"], **slots, first_c=desk.cite(left.id), last_c=desk.cite(right.id))
    if left:
        return say(SILENCE["career_since"], **slots, first_c=desk.cite(left.id))
    if right:
        return say(SILENCE["career_before"], **slots, last_c=desk.cite(right.id))
    return say(SILENCE["career_none"])


def _goals(desk: Desk) -> list[Sentence]:
    """Tell early goals, or parts of them, that no later line comes back to."""
    last = last_meeting(desk)
    found = []
    asked = {one.evidence for one in desk.review.questions}
    for goal in desk.review.goals:
        line = desk.lines.get(goal.evidence)
        if line is None or last is None or line.item.date is None or goal.kind == "team" or line.id in asked:
            continue
        if not any(cue.kind == "goal" or cue.rule.endswith("want") for cue in line.cues):
            continue
        if (last - line.item.date).days < EARLY or line.item.author == desk.review.manager != desk.review.writer:
            continue
        found += [say(SILENCE["goal"], quote=words, c=desk.cite(line.id)) for words in _unreturned(desk, goal, line)]
    return found[:MOST_GOALS]


def _unreturned(desk: Desk, goal: Goal, line: Evidence) -> list[str]:
    spans = without_lead(line, with_cue(line, ("goal", "career")))[:1]
    text = line.words(spans[0])
    later = [telling(desk, one.item.text) for one in desk.review.evidence if _is_after(one, line)]
    parts = [part for part in _AND.split(text) if len(telling(desk, part)) >= SAME_THING]
    gone = [part for part in parts if not any(len(telling(desk, part) & words) >= SAME_THING for words in later)]
    if len(gone) == len(parts):
        return [] if goal.later or not parts else [cut(quoted(text))]
    return [cut(quoted(part)) for part in gone]


def _is_after(one: Evidence, line: Evidence) -> bool:
    return one.item.date is not None and line.item.date is not None and one.item.date > line.item.date


def _received(desk: Desk, found: Heard) -> tuple[Sentence, ...]:
    """Tell in how many meetings there was feedback, and whether it was asked for."""
    name = subject_name(desk)
    first: dict[date, Evidence] = {}
    for entry in (*found.praise, *found.growth):
        line = desk.lines[entry.evidence]
        if line.item.date is not None:
            first.setdefault(line.item.date, line)
    total = len({one.date for one in held_meetings(desk.review)})
    sentence = say(SILENCE["received_none"], name=name)
    if first:
        slots = {"count": len(first), "total": total, "meetings": "meeting" if total == 1 else "meetings"}
        sentence = say(SILENCE["received"], name=name, **slots, lines=line_list(desk, first.values()))
    asked = _asks(desk)
    if asked is None:
        told = say(SILENCE["asked_none"], name=name)
    else:
        quote = quoted(asked.words(asking(asked)[0]))
        told = say(SILENCE["asked"], name=name, quote=quote, c=desk.cite(asked.id))
    return (sentence, plain(" "), told, *_doubtful(desk, found))


def _doubtful(desk: Desk, found: Heard) -> tuple[Sentence, ...]:
    """Cite what may be feedback too, so that "no line" is never said of lines that were only hard to read."""
    lines = found.left
    if not lines:
        return ()
    shown, more = lines[:MOST_DOUBTFUL], len(lines) - MOST_DOUBTFUL
    tail = say(SILENCE["doubtful_more"], count=more) if more > 0 else plain("")
    told = say(SILENCE["doubtful"], lines=counted(len(shown), "line"), c=desk.cites(shown))
    return (plain(" "), Sentence((*told.fragments, *tail.fragments, *plain(".").fragments)))


def _asks(desk: Desk) -> Evidence | None:
    """Return the first line in which the report asks for feedback."""
    for line in desk.review.evidence:
        spans = asking(line)
        who = (spans[0].author or line.item.author or desk.review.writer) if spans else None
        if spans and who == desk.review.subject and any(ASKS_FEEDBACK.search(line.words(span)) for span in spans):
            return line
    return None


def _given(desk: Desk) -> list[Bullet]:
    """Count the feedback to the manager; feedback about anybody else stays off this page."""
    if desk.review.manager is None:
        return []
    given = [entry for entry in desk.review.feedback if _to_manager(desk, entry)]
    name = manager_name(desk)
    parts: list[Sentence] = []
    for key, praises in (("given_blame", False), ("given_praise", True)):
        lines = [one.evidence for one in given if (one.polarity is Polarity.POSITIVE) == praises]
        if lines:
            parts.append(say(SILENCE[key], lines=counted(len(lines), "line"), c=desk.cites(lines)))
    if not parts:
        return [Bullet((say(SILENCE["given_none"], name=name),))]
    return [Bullet((say(SILENCE["given"], name=name, list=_joined(parts)),))]


def _joined(parts: Iterable[Sentence]) -> Sentence:
    pieces_ = [piece for part in parts for piece in (plain(", "), part)][1:]
    return Sentence(tuple(fragment for piece in pieces_ for fragment in piece.fragments))


def _to_manager(desk: Desk, entry: FeedbackEntry) -> bool:
    known = entry.evidence in desk.lines and entry.direction is Direction.GIVEN
    answers = {line for one in desk.review.feedback for line in one.later if one.direction is Direction.RECEIVED}
    return known and entry.about == desk.review.manager and entry.evidence not in answers


def _team_goals(desk: Desk) -> list[Bullet]:
    goals = [
        goal for goal in desk.review.goals if goal.kind == "team" and not goal.later and goal.evidence in desk.lines
    ]
    return [Bullet((say(SILENCE["team_goal"], c=desk.cite(goal.evidence)),)) for goal in goals[:1]]
