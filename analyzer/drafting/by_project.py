"""The accomplishments, project by project, most effect first."""

from __future__ import annotations

from analyzer.drafting.desk import Desk, quarter_name
from analyzer.drafting.fill import say
from analyzer.drafting.journey import is_open, journey_bullets
from analyzer.drafting.phrases import EMPTY, TITLES, WORK
from analyzer.drafting.work import claim_bullet, loose_effect_bullets
from analyzer.drafts import Bullet, Section, Sentence
from analyzer.records import Accomplishment, Project

MOST_LOOSE = 2
"""So many pieces outside the projects are told by the year in short alone."""


def project_sections(desk: Desk) -> list[Section]:
    """Return the part "By project": one section a project that has finished or running work."""
    projects = [project for project in ranked(desk) if not _is_setback_only(desk, project)]
    loose = loose_claims(desk)
    if len(loose) <= MOST_LOOSE and not any(claim.effects for claim in loose):
        loose = []  # the year in short tells them
    told = [project for project in projects if desk.claims_of(project) or project.effects]
    running = [project for project in projects if project not in told]
    sections = [_project_section(desk, project) for project in told]
    if running:
        bullets = tuple(bullet for project in running for bullet in _running(desk, project))
        sections.append(Section(title=TITLES["running"], level=3, bullets=bullets))
    if loose:
        bullets = tuple(claim_bullet(desk, claim, with_quarter=True) for claim in loose)
        sections.append(Section(title=TITLES["loose"], level=3, bullets=bullets))
    empty = () if sections else ((say(EMPTY["by_project"]),),)
    return [Section(title=TITLES["by_project"], paragraphs=empty), *sections]


def ranked(desk: Desk) -> list[Project]:
    """Return the projects in the order of their impact; those without an effect follow by effort, dropped ones last."""

    def key(project: Project) -> tuple[object, ...]:
        impact = project.impact.points if project.impact else -1
        effort = project.effort.points if project.effort else 0
        first = project.first or desk.review.end
        tie = -effort if impact < 0 else 0
        return -impact, was_dropped(project), tie, first, project.name

    return sorted(desk.review.projects, key=key)


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
    """Return whether a project has a section of its own, so that a reader knows what its name is."""
    project = desk.projects.get(name or "")
    return project is not None and bool(desk.claims_of(project) or project.effects)


def _running(desk: Desk, project: Project) -> list[Bullet]:
    """Return a project with nothing finished on one line each: its name, and what the last line says is going on."""
    lead = say("**{project}.** ", project=project.name)
    return [Bullet((lead, *bullet.sentences[1:])) for bullet in journey_bullets(desk, project)]


def _project_section(desk: Desk, project: Project) -> Section:
    claims = desk.claims_of(project)
    running = is_open(desk, project)
    quarters = quarters_of(desk, project)
    journey = journey_bullets(desk, project)
    with_quarter = len(quarters) > 1 or (bool(journey) and len(claims) > 0)
    bullets = [claim_bullet(desk, claim, with_quarter=with_quarter) for claim in claims]
    bullets += loose_effect_bullets(desk, project)
    if claims and not desk.effects_of(project) and not was_dropped(project):
        bullets[-1] = Bullet(bullets[-1].sentences, (*bullets[-1].children, Bullet((_no_effect(desk, project),))))
    alias = alias_sentences(desk, project)
    empty = () if claims else (say(EMPTY["project"]),)
    suffix = ", ".join([*quarters, *(["going on"] if running else [])])
    return Section(
        title=f"{project.name} ({suffix})" if suffix else project.name,
        level=3,
        paragraphs=tuple(part for part in (alias, empty) if part),
        bullets=(*bullets, *journey),
    )


def _no_effect(desk: Desk, project: Project) -> Sentence:
    number = desk.question_about("no_effect", project=project.name)
    return say(WORK["no_effect_question"], question=number) if number else say(WORK["no_effect"])


def _is_setback_only(desk: Desk, project: Project) -> bool:
    """Return whether the part on blocked and dropped work tells all of a project."""
    if was_dropped(project):
        return project.impact is None
    return not desk.claims_of(project) and not project.effects and not is_open(desk, project)
