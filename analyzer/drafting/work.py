"""One finished piece of work with its effects beside it, as the project part and the highlights tell it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from analyzer.drafting.clauses import holds_both, only_effect, with_cue
from analyzer.drafting.desk import Desk, quarter_name
from analyzer.drafting.fill import plain, say
from analyzer.drafting.phrases import MARKS, WORK, counted
from analyzer.drafting.tell import told, told_effect, told_work
from analyzer.drafts import Bullet, Sentence
from analyzer.records import Accomplishment, Effect, EffectKind, Evidence, Project, Share

KIND_ORDER = (EffectKind.MEASURED, EffectKind.DECIDED, EffectKind.ADOPTED, EffectKind.STATED, EffectKind.EXPECTED)
MOST_EFFECTS_IN_HIGHLIGHT = 2
"""A highlight is read in one breath; the project part holds the rest."""
MOST_EFFECTS = 5
"""Effects below one finished piece; the rest is counted."""
MOST_REPEATS = 2
MOST_ECHOES = 2


def claim_bullet(desk: Desk, claim: Accomplishment, *, with_quarter: bool, with_project: bool = False) -> Bullet:
    """Return a finished piece with what asked for it, its effects and its later sightings below it."""
    lead = [say(WORK["quarter"] + " ", quarter=quarter_name(claim.quarter, desk.review))] if with_quarter else []
    if with_project and claim.project:
        lead.append(say("**{project}.** ", project=claim.project))
    beside = [effect for effect in _beside(desk, claim) if effect.tied]
    repeats = [one for one in claim.repeats if one in desk.lines]
    children = [
        *(_marked(WORK["asked"], told(desk, line, with_cue(line, ("ask",)))) for line in _asked_for(desk, claim)),
        *effect_bullets(desk, beside[:MOST_EFFECTS]),
        *more_bullet(len(beside) - MOST_EFFECTS, "effect"),
        *(_marked(WORK["seen"], told(desk, desk.lines[one])) for one in repeats[:MOST_REPEATS]),
        *more_bullet(len(repeats) - MOST_REPEATS, "mention"),
    ]
    return Bullet((*lead, *_work(desk, claim)), tuple(children))


def effect_bullets(desk: Desk, effects: Sequence[Effect]) -> list[Bullet]:
    """Return effects with their marks, the sure ones first."""
    ordered = sorted(effects, key=lambda effect: effect.evidence in desk.unsure)
    return [_marked(mark_of(desk, effect), told_effect(desk, desk.lines[effect.evidence])) for effect in ordered]


def mark_of(desk: Desk, effect: Effect) -> str:
    """Return the mark of an effect: its kind, or that the reading is unsure."""
    return WORK["unsure"] if effect.evidence in desk.unsure else MARKS[effect.kind]


def perhaps(desk: Desk, evidence: Iterable[str]) -> tuple[Sentence, ...]:
    """Return the later lines that may be about some lines, with their mark; nothing where there are none."""
    found = dict.fromkeys(later for one in evidence for later in desk.review.echoes.get(one, ()) if later in desk.lines)
    told_lines = [(plain(" "), told(desk, desk.lines[one])) for one in list(found)[:MOST_ECHOES]]
    return (say(WORK["perhaps"]), *(part for pair in told_lines for part in pair)) if told_lines else ()


def more_bullet(count: int, noun: str) -> list[Bullet]:
    """Return the bullet that counts what is left out, none where nothing is."""
    return [Bullet((say(WORK["more"], things=counted(count, f"more {noun}")),))] if count > 0 else []


def _work(desk: Desk, claim: Accomplishment) -> list[Sentence]:
    """Tell the line of a finished piece; one that reports nothing but its effect is told as the effect."""
    best = desk.lines[claim.evidence[0]]
    inside = effect_inside(claim, best)
    marks = [say(mark_of(desk, inside) + " ")] if inside else []
    if not marks and claim.id in desk.unsure:
        marks = [say(WORK["unsure"] + " ")]
    effect_alone = inside is not None and only_effect(best)
    return [*marks, told_effect(desk, best) if effect_alone else told_work(desk, best)]


def highlight_sentences(desk: Desk, claim: Accomplishment) -> tuple[Sentence, ...]:
    """Return a finished piece as a highlight: the work, the owner's own part where it was shared, the best effects."""
    quarter = quarter_name(claim.quarter, desk.review)
    title = say("**{where}.** ", where=f"{claim.project or WORK['other_work']}, {quarter}")
    parts = [title, *_work(desk, claim)]
    own = own_part(desk, claim)
    if own is not None:
        mark = WORK["part_manager"] if desk.by_manager else WORK["part"]
        parts += [say(" " + mark + " "), told_work(desk, own)]
    inside = effect_inside(claim, desk.lines[claim.evidence[0]])
    last_kind = inside.kind if inside and own is None and only_effect(desk.lines[claim.evidence[0]]) else None
    for effect in effects_to_tell(desk, claim):
        mark = MARKS[effect.kind] + " " if effect.kind != last_kind else ""
        parts += [
            plain(" "),
            *in_project(effect),
            say(mark),
            told_effect(desk, desk.lines[effect.evidence], caveats=False),
        ]
        last_kind = effect.kind
    if not claim.effects and not effects_to_tell(desk, claim):
        parts += [plain(" "), say(WORK["no_effect"])]
    return tuple(parts)


def effects_to_tell(desk: Desk, claim: Accomplishment) -> list[Effect]:
    """Return the effects that a highlight tells: its own, else the first sure one of its project that is tied to no piece."""
    if claim.effects:
        return best_effects(desk, claim)
    project = desk.projects.get(claim.project or "")
    stray = [effect for effect in stray_effects(desk, project) if effect.evidence not in desk.unsure] if project else []
    ordered = sorted(stray, key=lambda effect: KIND_ORDER.index(effect.kind))
    return [replace(effect, tied=False) for effect in ordered[:1]]


def in_project(effect: Effect) -> tuple[Sentence, ...]:
    """Return the words before an effect that only the project is known for, not which of its finished pieces."""
    return () if effect.tied else (say(WORK["in_project"] + " "),)


def stray_effects(desk: Desk, project: Project) -> list[Effect]:
    """Return the effects of a project that nothing ties to one of its finished pieces, in the order of dates."""
    claims = desk.claims_of(project)
    told_already = {one for claim in claims for one in claim.evidence[:1]}
    told_already |= {effect.evidence for claim in claims for effect in claim.effects if effect.tied}
    every = (*(effect for claim in claims for effect in claim.effects if not effect.tied), *project.effects)
    kept = [effect for effect in every if effect.evidence in desk.lines and effect.evidence not in told_already]
    return sorted(kept, key=lambda effect: desk.lines[effect.evidence].item.date or desk.review.start)


def loose_effect_bullets(desk: Desk, project: Project) -> tuple[Bullet, ...]:
    """Return the effects that a project's lines report and that are tied to none of its finished pieces."""
    known = stray_effects(desk, project)
    return (*effect_bullets(desk, known[:MOST_EFFECTS]), *more_bullet(len(known) - MOST_EFFECTS, "effect"))


def best_kind(effects: Iterable[Effect]) -> EffectKind | None:
    """Return the strongest kind among several effects, None where there is none."""
    kinds = {effect.kind for effect in effects}
    return next((kind for kind in KIND_ORDER if kind in kinds), None)


def loose_effect_bullet(desk: Desk, project: Project | None, effect: Effect) -> Bullet:
    """Return one such effect with its project's name in front, if it has one."""
    mark, line = mark_of(desk, effect), desk.lines[effect.evidence]
    lead = (say("**{project}.** ", project=project.name),) if project else ()
    return Bullet((*lead, say(mark + " "), told_effect(desk, line)))


def effect_inside(claim: Accomplishment, best: Evidence) -> Effect | None:
    """Return the effect that the sentence about the work reports itself."""
    same = [effect for effect in claim.effects if effect.evidence == best.id]
    return same[0] if same and (holds_both(best) or only_effect(best)) else None


def _beside(desk: Desk, claim: Accomplishment) -> list[Effect]:
    best = desk.lines[claim.evidence[0]]
    inside = effect_inside(claim, best)
    others = {one.evidence[0] for one in desk.claims.values() if one.id != claim.id and one.project == claim.project}
    effects = [
        effect
        for effect in claim.effects
        if effect is not inside and effect.evidence in desk.lines and effect.evidence not in others
    ]
    return sorted(effects, key=lambda effect: desk.lines[effect.evidence].item.date or claim.first)


def best_effects(desk: Desk, claim: Accomplishment) -> list[Effect]:
    """Return the effects of a highlight: those of the strongest kind on record, in the order of dates."""
    effects = [effect for effect in _beside(desk, claim) if effect.evidence not in desk.unsure]
    kind = best_kind(effects)
    strongest = [effect for effect in effects if effect.kind == kind]
    real = [effect for effect in effects if effect.kind is not EffectKind.EXPECTED]
    return (strongest or real or effects)[:MOST_EFFECTS_IN_HIGHLIGHT]


def own_part(desk: Desk, claim: Accomplishment) -> Evidence | None:
    """Return the owner's own finished piece in the project of a shared one, the latest before it."""
    if claim.share is not Share.SHARED or claim.project is None:
        return None
    own = [
        other
        for other in desk.claims.values()
        if other.project == claim.project and other.share is Share.MINE and other.first <= claim.first
    ]
    latest = max(own, key=lambda other: (other.first, other.id), default=None)
    return desk.lines.get(latest.evidence[0]) if latest else None


def _asked_for(desk: Desk, claim: Accomplishment) -> list[Evidence]:
    """Return the questions that this piece answers, and the lines that its history says asked for it."""
    wanted = {*claim.evidence, claim.id}
    asked = [one.evidence for one in desk.review.questions if one.answered_by in wanted]
    asked += [event.evidence for event in claim.history if event.kind == "asked"]
    known = {effect.evidence for effect in claim.effects} | set(claim.evidence)
    return [desk.lines[one] for one in dict.fromkeys(asked) if one in desk.lines and one not in known]


def _marked(mark: str, sentence: Sentence) -> Bullet:
    return Bullet((say(mark + " "), sentence))
