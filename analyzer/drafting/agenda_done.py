"""What the last meeting reports as finished, with what came of it, or the question what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from analyzer.drafting.agenda_phrases import AGENDA_DONE, day_words
from analyzer.drafting.clauses import holds_both, work_pieces
from analyzer.drafting.desk import Desk
from analyzer.drafting.excerpts import short
from analyzer.drafting.fill import plain, say
from analyzer.drafting.tell import told_effect, told_work
from analyzer.drafting.trust import effect_is_sure, probability, work_is_sure
from analyzer.drafts import Bullet, Sentence
from analyzer.records import Accomplishment, Effect, EffectKind, Evidence, Label

MOST_DONE = 6
MOST_SILENT = 2
"""Earlier pieces that are asked about: more would be a review, not an agenda."""
SURE_WORK = 0.8
RECENT = timedelta(days=120)
"""What was finished before is no matter for the next meeting any more."""
LONG_WORK = timedelta(days=28)
"""From so long on the time that a piece took is told."""


def done_bullets(desk: Desk, last: date, day: date, silent: Sequence[str]) -> list[Bullet]:
    """Return a bullet for each piece that the last meeting reports, those with an effect first, and for what lacks one.

    Args:
        desk: the review's look-ups.
        last: the day of the last meeting.
        day: the day of the next one.
        silent: lines of finished work that no line tells an effect of.
    """
    new = [claim for claim in desk.claims.values() if claim.first == last and _is_sure(desk, claim)]
    new.sort(key=lambda claim: (not _effects(desk, claim), -(claim.effort.points if claim.effort else 0), claim.id))
    bullets = [_bullet(desk, claim, day) for claim in new]
    told = {one for claim in new for one in (*claim.evidence, *(effect.evidence for effect in claim.effects))}
    bullets += [Bullet((told_effect(desk, line),)) for line in _new_effects(desk, last) if line.id not in told]
    bullets += [Bullet((told_work(desk, line),)) for line in _seen_again(desk, last) if line.id not in told]
    bullets = bullets[:MOST_DONE]
    lines = [desk.lines[one] for one in silent if one in desk.lines and one not in told]
    asked = [line for line in lines if line.item.date is not None and last > line.item.date >= last - RECENT]
    return [*bullets, *(_asked(desk, line) for line in asked[:MOST_SILENT])]


def _is_sure(desk: Desk, claim: Accomplishment) -> bool:
    line = desk.lines[claim.evidence[0]]
    private = any(cue.kind == "chore" for cue in line.cues) and not claim.project
    return not private and claim.id not in desk.unsure and probability(line, Label.ACCOMPLISHMENT) >= SURE_WORK


def _effects(desk: Desk, claim: Accomplishment) -> list[Effect]:
    return [one for one in claim.effects if one.evidence in desk.lines and effect_is_sure(desk.lines[one.evidence])]


def _bullet(desk: Desk, claim: Accomplishment, day: date) -> Bullet:
    line = desk.lines[claim.evidence[0]]
    parts: list[Sentence] = [told_work(desk, line), *_effort(desk, claim, day)]
    effects = _effects(desk, claim)
    if not effects:
        own = line.has(Label.CAREER) or line.has(Label.FEEDBACK)
        return Bullet(tuple(parts) if own else (*parts, plain(" "), say(AGENDA_DONE["no_effect"])))
    best = desk.lines[effects[-1].evidence]
    if best.id != line.id or not holds_both(line):
        parts += [plain(" "), told_effect(desk, best)]
    return Bullet(tuple(parts))


def _new_effects(desk: Desk, last: date) -> list[Evidence]:
    """Return lines of the last meeting about what came of earlier work."""
    effects = [effect for claim in desk.claims.values() for effect in claim.effects if claim.first < last]
    effects += [effect for project in desk.review.projects for effect in project.effects]
    real = {one.evidence for one in effects if one.kind is not EffectKind.EXPECTED and one.evidence in desk.lines}
    found = [desk.lines[one] for one in real]
    return sorted((line for line in found if line.item.date == last and effect_is_sure(line)), key=_place)


def _seen_again(desk: Desk, last: date) -> list[Evidence]:
    """Return lines of the last meeting about earlier work that are news of it all the same."""
    repeats = {one for claim in desk.claims.values() if claim.first < last for one in (*claim.evidence, *claim.repeats)}
    found = [desk.lines[one] for one in repeats if one in desk.lines]
    return sorted(
        (one for one in found if one.item.date == last and one.has(Label.ACCOMPLISHMENT) and work_is_sure(one)),
        key=_place,
    )


def _asked(desk: Desk, line: Evidence) -> Bullet:
    return Bullet((say(AGENDA_DONE["still"], quote=short(line, work_pieces(line)), c=desk.cite(line.id)),))


def _effort(desk: Desk, claim: Accomplishment, day: date) -> list[Sentence]:
    """Tell since when the work is on record, where that is long."""
    project = desk.projects.get(claim.project or "")
    first = desk.lines.get(project.evidence[0]) if project and project.evidence else None
    earlier = [one for one in desk.claims_of(project) if one.first < claim.first] if project else []
    began = first.item.date if first else None
    if first is None or began is None or earlier or claim.first - began < LONG_WORK:
        return []
    return [plain(" "), say(AGENDA_DONE["since"], day=day_words(began, day), c=desk.cite(first.id))]


def _place(line: Evidence) -> tuple[str, int, str]:
    return line.item.source.path, line.item.source.start or 0, line.id
