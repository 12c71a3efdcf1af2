"""Goals and growth: what was wanted, in the words of the notes, and the later lines about it."""

from __future__ import annotations

from analyzer.drafting.clauses import pieces, with_cue, without_lead
from analyzer.drafting.desk import Desk
from analyzer.drafting.feedback_part import later_bullets, none_later
from analyzer.drafting.fill import plain, say
from analyzer.drafting.phrases import EMPTY, GOALS, TITLES, listed
from analyzer.drafting.tell import quote_of, speaker_lead
from analyzer.drafting.tidy import closed, tidied
from analyzer.drafting.trust import probability
from analyzer.drafting.work import more_bullet
from analyzer.drafts import Bullet, Section, Sentence
from analyzer.records import Evidence, Goal, Label, Status

MOST_GOALS = 10
"""Goals and wishes told; the rest is counted."""


def goals_section(desk: Desk) -> Section:
    """Return the part "Goals and growth"."""
    goals = [goal for goal in desk.review.goals if goal.evidence in desk.lines]
    known = {goal.evidence for goal in goals}
    later = {line for goal in goals for line in goal.later if line not in known}
    later |= {line for asked in desk.review.questions for line in asked.repeated}
    shown = [goal for goal in goals if goal.evidence not in later]
    kept = sorted(shown, key=lambda goal: _worth(desk, goal))[:MOST_GOALS]
    order = {"team": 0, "own": 1}
    told = sorted(
        kept,
        key=lambda goal: (order.get(goal.kind, 2), desk.lines[goal.evidence].item.date or desk.review.start),
    )
    bullets = tuple(_team(desk, goal) if goal.kind == "team" else _own(desk, goal) for goal in told)
    bullets += tuple(more_bullet(len(shown) - len(told), "line"))
    empty = () if bullets else ((say(EMPTY["goals"]),),)
    return Section(title=TITLES["goals"], paragraphs=empty, bullets=bullets)


def _worth(desk: Desk, goal: Goal) -> tuple[object, ...]:
    line = desk.lines[goal.evidence]
    share = max(probability(line, Label.GOAL), probability(line, Label.CAREER))
    return goal.kind == "career" and not goal.later, -round(share, 2), line.item.date or desk.review.start, line.id


def _team(desk: Desk, goal: Goal) -> Bullet:
    line = desk.lines[goal.evidence]
    spans = without_lead(line, pieces(line))
    text = tidied(line.item.text[spans[0].start :].replace(" = ", ": "), own=not desk.by_manager)
    sentence = plain(text or closed(quote_of(line, spans)), desk.cite(line.id))
    return Bullet((sentence,), later_bullets(desk, goal.later))


def _own(desk: Desk, goal: Goal) -> Bullet:
    line = desk.lines[goal.evidence]
    sentences: list[Sentence] = [_stated(desk, line)]
    asked = next((one for one in desk.review.questions if one.evidence == line.id and one.repeated), None)
    if asked:
        again = [desk.lines[one] for one in asked.repeated if one in desk.lines]
        days = listed([desk.day(one.item.date) for one in again])
        cites = desk.cites(one.id for one in again)
        sentences += [plain(" "), say(GOALS["asked_again"], day=days, c=cites)]
    repeated = asked.repeated if asked else ()
    children = later_bullets(desk, (one for one in goal.later if one not in repeated))
    if not goal.later and not asked and not is_reached(line) and desk.question_about("goal", [line.id]):
        children = (none_later(desk, "goal", line.id),)
    return Bullet(tuple(sentences), children)


def is_reached(line: Evidence) -> bool:
    """Return whether a line about growth reports something done: nobody has to be asked what became of it."""
    return line.status is Status.DONE or line.has(Label.ACCOMPLISHMENT) or line.item.checked is True


def _stated(desk: Desk, line: Evidence) -> Sentence:
    spans = without_lead(line, with_cue(line, ("goal", "career")))
    quote = quote_of(line, spans)
    if line.item.date is None:
        return say(GOALS["pinned"], quote=closed(quote), c=desk.cite(line.id))
    day = desk.day(line.item.date)
    lead = speaker_lead(desk, spans[0].author or line.item.author)
    when = f"{lead[:-2]}, {day}" if lead else day
    return say(GOALS["own"], day=when, quote=closed(quote), c=desk.cite(line.id))
