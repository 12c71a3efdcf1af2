"""The accomplishments, project by project, most effect first."""

from __future__ import annotations

from collections.abc import Sequence

from analyzer.drafting.desk import Desk, quarter_name
from analyzer.drafting.fill import say
from analyzer.drafting.journey import is_open, journey_bullets, last_open
from analyzer.drafting.phrases import EMPTY, TITLES, WORK
from analyzer.drafting.words import tokens
from analyzer.drafting.work import (
    KIND_ORDER,
    claim_bullet,
    loose_effect_bullet,
    loose_effect_bullets,
    more_bullet,
    perhaps,
)
from analyzer.drafts import Bullet, Section, Sentence
from analyzer.records import Accomplishment, Project

MOST_LOOSE = 2
"""So many pieces outside the projects are told by the year in short alone."""
MOST_CLAIMS = 8
"""Finished pieces told in one project: more nobody reads; the rest is counted."""
MOST_LOOSE_TOLD = 12
MOST_RUNNING = 12
MOST_EFFECTS_TOLD = 10
"""Effects of no project that are told, those that say most of how they are known; the rest is counted."""
_FINISHED = frozenset(
    [
        *("finished", "released", "shipped", "launched", "completed", "delivered", "published", "submitted", "signed"),
        *("closed", "merged", "deployed", "opened", "approved", "installed", "live", "done"),
    ]
)
"""Words of an end reached: where not all can be told, such pieces come before steps on the way."""


def project_sections(desk: Desk) -> list[Section]:
    """Return the part "By project": a section for each project with finished work, the others in two compact lists."""
    projects = [project for project in ranked(desk) if not is_setback_only(desk, project)]
    told = [project for project in projects if desk.claims_of(project)]
    effects_only = [project for project in projects if project not in told and project.effects]
    sections = [_project_section(desk, project) for project in told]
    sections += loose_section(desk)
    sections += effects_section(desk, effects_only)
    sections += running_section(desk, everything=False)
    empty = () if sections else ((say(EMPTY["by_project"]),),)
    return [Section(title=TITLES["by_project"], paragraphs=empty), *sections]


def effects_section(desk: Desk, projects: Sequence[Project]) -> list[Section]:
    """Return the section of the effects whose work the notes do not name, so that no figure of the year is lost.

    Args:
        desk: the review's look-ups.
        projects: those that have effects and no finished piece.
    """
    bullets = [loose_effect_bullet(desk, project, effect) for project in projects for effect in project.effects[:3]]
    sure = [effect for effect in desk.review.effects if effect.evidence not in desk.unsure]
    told = sorted(sure, key=lambda effect: KIND_ORDER.index(effect.kind))[:MOST_EFFECTS_TOLD]
    bullets += [loose_effect_bullet(desk, None, effect) for effect in sure if effect in told]
    bullets += more_bullet(len(sure) - len(told), "effect")
    return [Section(title=TITLES["effects_only"], level=3, bullets=tuple(bullets))] if bullets else []


def loose_section(desk: Desk) -> list[Section]:
    """Return the section of the finished pieces that belong to no project; a few without effect need none."""
    loose = loose_claims(desk)
    if not loose or (len(loose) <= MOST_LOOSE and not any(claim.effects for claim in loose)):
        return []  # the year in short tells them
    told, left = chosen(desk, loose, MOST_LOOSE_TOLD)
    bullets = (*(claim_bullet(desk, claim, with_quarter=True) for claim in told), *more_bullet(left, "finished piece"))
    return [Section(title=TITLES["loose"], level=3, bullets=bullets)]


def running_section(desk: Desk, *, everything: bool) -> list[Section]:
    """Return the section of the work under way, one bullet a project with what its last line says.

    Args:
        desk: the review's look-ups.
        everything: whether projects with finished work are listed too, because no section of their own says it.
    """
    bullets = []
    for project in ranked(desk):
        if not everything and desk.claims_of(project):
            continue
        stale = not desk.claims_of(project) and not project.effects and not was_dropped(project)
        going = [bullet for bullet in journey_bullets(desk, project, stale=stale) if bullet.sentences]
        open_ = going[-1:] if is_open(desk, project) or (stale and last_open(desk, project)) else []
        lead = say("**{project}.** ", project=project.name)
        bullets += [Bullet((lead, *bullet.sentences[1:])) for bullet in open_]
    shown = (*bullets[:MOST_RUNNING], *more_bullet(len(bullets) - MOST_RUNNING, "project"))
    title = TITLES["open"] if everything else TITLES["running"]
    return [Section(title=title, level=3, bullets=shown)] if bullets else []


def ranked(desk: Desk) -> list[Project]:
    """Return the projects in the order of their impact; those without an effect follow by effort, dropped ones last."""

    def key(project: Project) -> tuple[object, ...]:
        impact = project.impact.points if project.impact else -1
        effort = project.effort.points if project.effort else 0
        first = project.first or desk.review.end
        tie = -effort if impact < 0 else 0
        return -impact, was_dropped(project), tie, first, project.name

    return sorted(desk.review.projects, key=key)


def chosen(desk: Desk, claims: Sequence[Accomplishment], most: int) -> tuple[list[Accomplishment], int]:
    """Choose the finished pieces that are told: those with most impact, then those that say that an end was reached.

    They come in the order of dates, doubtful ones last.

    Returns:
        The pieces, and how many are left out.
    """
    kept = {claim.id for claim in sorted(claims, key=lambda claim: worth(desk, claim))[:most]}
    told = [claim for claim in claims if claim.id in kept]
    return sorted(told, key=lambda claim: claim.id in desk.unsure), len(claims) - len(told)


def worth(desk: Desk, claim: Accomplishment) -> tuple[object, ...]:
    """Return what finished pieces are ordered by where not all can be told, the ones to tell first."""
    points = claim.impact.points if claim.impact else -1
    words = tokens(desk.lines[claim.evidence[0]].item.text)
    unfinished = not any(word in _FINISHED for word in words)
    return claim.id in desk.unsure, -points, not claim.effects, unfinished, claim.first, claim.id


def was_dropped(project: Project) -> bool:
    """Return whether the last thing in a project's history is that it was dropped."""
    ends = [event.kind for event in project.history if event.kind in {"done", "dropped"}]
    return bool(ends) and ends[-1] == "dropped"


def loose_claims(desk: Desk) -> list[Accomplishment]:
    """Return the finished pieces that belong to no project, in the order of dates."""
    loose = [claim for claim in desk.claims.values() if claim.project not in desk.projects]
    return sorted(loose, key=lambda claim: (claim.first, claim.id))


def quarters_of(desk: Desk, project: Project) -> list[str]:
    """Return the quarters in which something of the project was finished, in order."""
    return list(dict.fromkeys(quarter_name(claim.quarter, desk.review) for claim in desk.claims_of(project)))


def alias_sentences(desk: Desk, project: Project) -> tuple[Sentence, ...]:
    """Return the sentence that says which names are one project, where a line says so."""
    old = [name for name in project.aliases if name.casefold() != project.name.casefold()]
    if not old or project.renamed_by not in desk.lines:
        return ()
    return (say(WORK["alias"], name=old[0], c=desk.cite(project.renamed_by or "")),)


def is_told(desk: Desk, name: str | None) -> bool:
    """Return whether a project stands in the draft, so that a reader knows what its name is."""
    project = desk.projects.get(name or "")
    return project is not None and bool(desk.claims_of(project) or project.effects)


def _project_section(desk: Desk, project: Project) -> Section:
    claims = desk.claims_of(project)
    quarters = quarters_of(desk, project)
    journey = journey_bullets(desk, project)
    with_quarter = len(quarters) > 1 or bool(journey)
    told, left = chosen(desk, claims, MOST_CLAIMS)
    bullets = [claim_bullet(desk, claim, with_quarter=with_quarter) for claim in told]
    bullets += [*more_bullet(left, "finished piece"), *loose_effect_bullets(desk, project)]
    if not desk.effects_of(project) and not was_dropped(project):
        bullets[-1] = Bullet(bullets[-1].sentences, (*bullets[-1].children, Bullet(no_effect(desk, project))))
    alias = alias_sentences(desk, project)
    suffix = ", ".join([*quarters, *(["going on"] if is_open(desk, project) else [])])
    return Section(
        title=f"{project.name} ({suffix})",
        level=3,
        paragraphs=(alias,) if alias else (),
        bullets=(*bullets, *journey),
    )


def no_effect(desk: Desk, project: Project) -> tuple[Sentence, ...]:
    """Say that no effect of a project was recognised, with the number of the question on it, or quote what may be one."""
    hints = perhaps(desk, (claim.evidence[0] for claim in desk.claims_of(project)))
    if hints:
        return hints
    number = desk.question_about("no_effect", project=project.name)
    return (say(WORK["no_effect_question"], question=number) if number else say(WORK["no_effect"]),)


def is_setback_only(desk: Desk, project: Project) -> bool:
    """Return whether the part on blocked and dropped work tells all of a project."""
    return was_dropped(project) and not desk.effects_of(project)
