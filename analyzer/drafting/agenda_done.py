"""What was finished lately, with what came of it, or the question what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from analyzer.drafting.agenda_phrases import AGENDA_DONE
from analyzer.drafting.clauses import holds_both, work_pieces
from analyzer.drafting.desk import Desk
from analyzer.drafting.excerpts import short
from analyzer.drafting.fill import plain, say
from analyzer.drafting.tell import told_effect, told_work
from analyzer.drafting.trust import effect_is_sure, probability
from analyzer.drafts import Bullet, Sentence
from analyzer.records import Accomplishment, Label

MOST_DONE = 5
MOST_SILENT = 2
"""Earlier pieces that are asked about: more would be a review, not an agenda."""
SURE_WORK = 0.8
RECENT = timedelta(days=120)
"""What was finished before is no matter for the next meeting any more."""
LONG_WORK = timedelta(days=28)
"""From so long on the time that a piece took is told."""


def done_bullets(desk: Desk, last: date, silent: Sequence[str]) -> list[Bullet]:
    """Return a bullet for each piece that the last meeting reports, those with an effect first, and for what lacks one.

    Args:
        desk: the review's look-ups.
        last: the day of the last meeting.
        silent: lines of finished work that no line tells an effect of.
    """
    new = [claim for claim in desk.claims.values() if claim.first == last and _is_sure(desk, claim)]
    new.sort(key=lambda claim: (not claim.effects, -(claim.effort.points if claim.effort else 0), claim.id))
    bullets = [_bullet(desk, claim) for claim in new[:MOST_DONE]]
    told = {one for claim in new for one in claim.evidence}
    for one in [one for one in silent if one in desk.lines and one not in told]:
        line = desk.lines[one]
        if line.item.date is not None and line.item.date >= last - RECENT and len(bullets) < MOST_DONE + MOST_SILENT:
            quote = short(line, work_pieces(line))
            bullets.append(Bullet((say(AGENDA_DONE["still"], quote=quote, c=desk.cite(one)),)))
    return bullets[: len(new[:MOST_DONE]) + MOST_SILENT]


def _is_sure(desk: Desk, claim: Accomplishment) -> bool:
    line = desk.lines[claim.evidence[0]]
    private = any(cue.kind == "chore" for cue in line.cues) and not claim.project
    return not private and claim.id not in desk.unsure and probability(line, Label.ACCOMPLISHMENT) >= SURE_WORK


def _bullet(desk: Desk, claim: Accomplishment) -> Bullet:
    line = desk.lines[claim.evidence[0]]
    parts: list[Sentence] = [told_work(desk, line), *_effort(desk, claim)]
    effects = [one for one in claim.effects if one.evidence in desk.lines and effect_is_sure(desk.lines[one.evidence])]
    if not effects:
        return Bullet((*parts, plain(" "), say(AGENDA_DONE["no_effect"])))
    best = desk.lines[effects[-1].evidence]
    if best.id != line.id or not holds_both(line):
        parts += [plain(" "), told_effect(desk, best)]
    return Bullet(tuple(parts))


def _effort(desk: Desk, claim: Accomplishment) -> list[Sentence]:
    """Tell since when the work is on record, where that is long."""
    project = desk.projects.get(claim.project or "")
    first = desk.lines.get(project.evidence[0]) if project and project.evidence else None
    earlier = [one for one in desk.claims_of(project) if one.first < claim.first] if project else []
    day = first.item.date if first else None
    if first is None or day is None or earlier or claim.first - day < LONG_WORK:
        return []
    return [plain(" ("), say(AGENDA_DONE["since"], day=desk.day(day), c=desk.cite(first.id)), plain(").")]
