"""What the notes leave open, put to the user: each question is about named lines, the largest first."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from analyzer.dates import quarter_of, quarters_between
from analyzer.drafting.by_project import ranked, was_dropped
from analyzer.drafting.clauses import effect_pieces, only_effect, pieces, with_cue, without_lead, work_pieces
from analyzer.drafting.desk import Desk, desk_for, quarter_name, short_name
from analyzer.drafting.excerpts import asking, cut, has_amount, open_question, short, step
from analyzer.drafting.feedback_part import feedback_quote
from analyzer.drafting.goals_part import is_reached
from analyzer.drafting.phrases import counted, listed
from analyzer.drafting.trust import probability
from analyzer.records import (
    Accomplishment,
    Direction,
    EffectKind,
    Evidence,
    Gap,
    Label,
    MeetingKind,
    Polarity,
    Question,
    Review,
    Share,
)

MOST_QUESTIONS = 10
"""More than that nobody answers."""
MOST_LINES = 3
"""Lines that one question names."""
FEW_MEETINGS = 2
"""Meetings from which on a quarter without finished work is asked about."""


def ask(review: Review) -> tuple[Question, ...]:
    """Return what is missing from a year's record, as questions about named lines.

    Args:
        review: the grouped and scored review.

    Returns:
        At most ten questions, the largest first. The texts hold citation labels (``[05 Jun, l. 44]``), spelt as in the
        drafts of the same review.
    """
    desk = desk_for(review)
    first = [_no_effect, _whose_part, _link_not_said, _no_size, _feedback, _goals, _actions, _quarters, _gaps]
    found = [maker(desk) for maker in first]
    rounds = zip_longest(*found)
    kept = [question for one_each in rounds for question in one_each if question][:MOST_QUESTIONS]
    order = [question for group in found for question in group]
    return tuple(question for question in order if question in kept)


def _no_effect(desk: Desk) -> list[Question]:
    questions = []
    for project in ranked(desk):
        claims = desk.claims_of(project)
        if not claims or desk.effects_of(project) or was_dropped(project):
            continue
        last = desk.lines[claims[-1].evidence[0]]
        asked = open_question(desk, project.evidence)
        text = f"{_done_in(desk, last)} {_label(desk, last.id)}"
        lines = [last.id]
        if asked is not None:
            text += f" {_asker(desk, asked)} asked {short(asked, asking(asked))} {_label(desk, asked.id)}; no answer was recognised."
            lines.append(asked.id)
        text += " What changed because of it, and for whom?"
        questions.append(_question("no_effect", f"No effect: {project.name}", text, lines, project.name))
    return questions[:MOST_LINES]


def _asker(desk: Desk, asked: Evidence) -> str:
    """Return who asks, as a question to the reader names them."""
    author = asking(asked)[0].author or asked.item.author
    if author is None or author == desk.review.subject:
        return _name(desk) if desk.by_manager else "You"
    return short_name(author)


def _whose_part(desk: Desk) -> list[Question]:
    claims = sorted(desk.claims.values(), key=lambda claim: (-_points(claim), claim.first, claim.id))
    claims = [claim for claim in claims if not only_effect(desk.lines[claim.evidence[0]])]
    shared = [
        claim for claim in claims if claim.share in {Share.SHARED, Share.TEAM} and _own_piece(desk, claim) is None
    ]
    unsaid = [claim for claim in claims if claim.share is Share.UNSAID]
    unsaid = [claim for claim in unsaid if not desk.by_manager]
    shared, unsaid = shared[: MOST_LINES - min(2, len(unsaid))], unsaid[:2]
    parts = []
    whose = f"{_name(desk)}'s" if desk.by_manager else "yours"
    if shared:
        which = f"which part was {whose}?"
        parts.append(f"{_quoted_list(desk, shared)}: {which}")
    if unsaid:
        verb = "names" if len(unsaid) == 1 else "name"
        parts.append(f"{_quoted_list(desk, unsaid)} {verb} nobody: {whose}?")
    lines = [claim.evidence[0] for claim in (*shared, *unsaid)]
    return [_question("whose_part", "Whose part", " ".join(parts), lines)] if parts else []


def _link_not_said(desk: Desk) -> list[Question]:
    pairs = [
        (claim, effect)
        for claim in sorted(desk.claims.values(), key=lambda claim: (-_points(claim), claim.first, claim.id))
        for effect in claim.effects
        if effect.kind in {EffectKind.MEASURED, EffectKind.DECIDED, EffectKind.ADOPTED}
        and not effect.caused
        and effect.evidence not in claim.evidence
        and not _names_work(desk, claim, effect.evidence)
    ]
    seen: dict[str, tuple[Accomplishment, str]] = {}
    for claim, effect in pairs:
        seen.setdefault(claim.id, (claim, effect.evidence))
    chosen = list(seen.values())[: MOST_LINES // 2]
    if not chosen:
        return []
    ties = []
    for claim, reported in chosen:
        line = desk.lines[reported]
        quote = short(line, effect_pieces(line, caveats=False))
        ties.append(f"{quote} {_label(desk, reported)} to the work {_label(desk, claim.evidence[0])}")
    text = f"No line ties {', or '.join(ties)}. Was the work the reason, and who would confirm it?"
    lines = [one for claim, reported in chosen for one in (reported, claim.evidence[0])]
    return [_question("link", "Link not said", text, lines)]


def _names_work(desk: Desk, claim: Accomplishment, evidence: str) -> bool:
    """Return whether a line is about the work by name: then nobody has to be asked what it belongs to."""
    item = desk.lines[evidence].item
    project = desk.projects.get(claim.project or "")
    names = [project.name, *project.aliases] if project else []
    return bool(item.prefix) or any(name.casefold() in item.text.casefold() for name in names)


def _no_size(desk: Desk) -> list[Question]:
    questions = []
    for claim in sorted(desk.claims.values(), key=lambda claim: (-_points(claim), claim.first, claim.id)):
        kinds = {EffectKind.DECIDED, EffectKind.ADOPTED}
        bare = [
            effect
            for effect in claim.effects
            if effect.kind in kinds
            and not has_amount(desk.lines[effect.evidence])
            and effect.evidence not in desk.unsure
        ]
        if not bare or any(effect.kind is EffectKind.MEASURED for effect in claim.effects):
            continue
        line = desk.lines[bare[0].evidence]
        quote = short(line, with_cue(line, ("effect", "cause")))
        text = f"{quote} {_label(desk, line.id)} has no amount. How much is it, and who would know?"
        title = f"No size: {claim.project}" if claim.project else "No size"
        questions.append(_question("no_size", title, text, [line.id], claim.project))
    return questions[:2]


def _feedback(desk: Desk) -> list[Question]:
    open_ = [
        entry
        for entry in desk.review.feedback
        if entry.direction is Direction.RECEIVED
        and entry.polarity is not Polarity.POSITIVE
        and not entry.later
        and entry.evidence not in desk.review.echoes
    ]
    surest = sorted(
        open_, key=lambda entry: (-round(probability(desk.lines[entry.evidence], Label.FEEDBACK), 2), entry.evidence)
    )
    kept = [entry for entry in open_ if entry in surest[:MOST_LINES]]
    if not kept:
        return []
    named = [f"{cut(feedback_quote(one, desk.lines[one.evidence]))} {_label(desk, one.evidence)}" for one in kept]
    text = f"{listed(named)}: what came of {'it' if len(named) == 1 else 'them'}?"
    return [_question("feedback", "Feedback with no later line", text, [one.evidence for one in kept])]


def _goals(desk: Desk) -> list[Question]:
    asked = {one.evidence for one in desk.review.questions if one.repeated or one.answered_by}
    lines = [
        desk.lines[goal.evidence]
        for goal in desk.review.goals
        if goal.kind in {"own", "career"} and not goal.later and goal.evidence not in asked
    ]
    lines = [line for line in lines if not is_reached(line) and line.id not in desk.review.echoes]
    kept = lines[:MOST_LINES]
    if not kept:
        return []
    named = [f"{short(one, without_lead(one, pieces(one)))} {_label(desk, one.id)}" for one in kept]
    text = f"{listed(named)}: what became of {'it' if len(named) == 1 else 'them'}?"
    return [_question("goal", "Goal with no later line", text, [one.id for one in kept])]


def _actions(desk: Desk) -> list[Question]:
    mine = [
        action
        for action in desk.review.actions
        if action.closed_by is None
        and action.owner in {None, desk.review.subject}
        and action.evidence in desk.lines
        and action.evidence not in desk.review.echoes
    ]
    mine.sort(key=lambda action: (-(action.days or 0), action.evidence))
    named = [desk.lines[action.evidence] for action in mine[:MOST_LINES]]
    if not named:
        return []
    text = listed([f"{cut(step(line))} {_label(desk, line.id)}" for line in named]) + ": done?"
    return [_question("actions", "Actions with no end", text, [line.id for line in named])]


def _quarters(desk: Desk) -> list[Question]:
    """Ask about quarters that have meetings and no finished piece."""
    review = desk.review
    done = {claim.quarter for claim in desk.claims.values()}
    questions = []
    for quarter in quarters_between(review.start, review.end, review.fiscal_start):
        days = [one.date for one in review.meetings if one.kind is MeetingKind.HELD and one.date]
        days = [day for day in days if quarter_of(day, review.fiscal_start) == quarter]
        first = next((line for line in review.evidence if days and line.item.date == min(days)), None)
        if len(days) < FEW_MEETINGS or quarter in done or first is None:
            continue
        name = quarter_name(quarter, review)
        text = f"{name} has {counted(len(days), 'meeting')}, the first on {desk.day(min(days))} {_label(desk, first.id)}, and nothing finished. What was?"
        questions.append(_question("quarter", f"Nothing finished in {name}", text, [first.id]))
    return questions[:2]


def _gaps(desk: Desk) -> list[Question]:
    if not desk.review.gaps:
        return []
    largest = sorted(desk.review.gaps, key=lambda gap: (-gap.days, gap.start))[:MOST_LINES]
    stretches = [_stretch(desk, gap) for gap in sorted(largest, key=lambda gap: gap.start)]
    lines = [line for gap in largest for line in _edges(desk, gap)]
    text = f"No notes between {listed(stretches)}. Is something missing?"
    return [_question("gaps", "Gaps", text, lines)]


def _stretch(desk: Desk, gap: Gap) -> str:
    return f"{desk.day(gap.start)} and {desk.day(gap.end)} ({counted(gap.days, 'day')})"


def _edges(desk: Desk, gap: Gap) -> list[str]:
    """Return the first line of the meeting on either side of a gap."""
    edges = []
    for day in (gap.start, gap.end):
        line = next((one for one in desk.review.evidence if one.item.date == day), None)
        edges += [line.id] if line else []
    return edges


def _question(kind: str, title: str, text: str, lines: Sequence[str], project: str | None = None) -> Question:
    return Question(kind=kind, title=title, text=text, evidence=tuple(dict.fromkeys(lines)), project=project)


def _name(desk: Desk) -> str:
    return short_name(desk.review.subject) or "the report"


def _label(desk: Desk, evidence: str) -> str:
    return f"[{desk.cite(evidence).label}]"


def _done_in(desk: Desk, line: Evidence) -> str:
    return f"Done in the notes of {desk.day(line.item.date)}."


def _quoted_list(desk: Desk, claims: Sequence[Accomplishment]) -> str:
    lines = [desk.lines[claim.evidence[0]] for claim in claims]
    return listed([f"{short(line, work_pieces(line))} {_label(desk, line.id)}" for line in lines])


def _own_piece(desk: Desk, claim: Accomplishment) -> Accomplishment | None:
    same = (other for other in desk.claims.values() if other.project == claim.project and claim.project)
    return next((other for other in same if other.share is Share.MINE), None)


def _points(claim: Accomplishment) -> int:
    return claim.impact.points if claim.impact else 0
