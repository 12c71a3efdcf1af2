"""The accomplishments, quarter by quarter, for forms that want the year in its order."""

from __future__ import annotations

from analyzer.dates import quarter_of, quarters_between
from analyzer.drafting.by_project import chosen, no_effect, running_section, was_dropped
from analyzer.drafting.desk import Desk, quarter_name
from analyzer.drafting.fill import say
from analyzer.drafting.journey import journey_bullets
from analyzer.drafting.phrases import EMPTY, TITLES, WORK
from analyzer.drafting.work import claim_bullet, loose_effect_bullet, more_bullet, stray_effects
from analyzer.drafts import Bullet, Section
from analyzer.records import Accomplishment

MOST_IN_QUARTER = 25
"""Finished pieces told in one quarter; the rest is counted."""


def quarter_sections(desk: Desk) -> list[Section]:
    """Return the part "By quarter": one section for every quarter of the period, empty ones say so."""
    review = desk.review
    sections = [Section(title=TITLES["by_quarter"])]
    for quarter in quarters_between(review.start, review.end, review.fiscal_start):
        claims = [claim for claim in desk.claims.values() if claim.quarter == quarter]
        claims.sort(key=lambda claim: (claim.first, claim.id))
        told, left = chosen(desk, claims, MOST_IN_QUARTER)
        bullets = tuple(_bullet(desk, claim) for claim in told)
        bullets += (*_loose_effects(desk, quarter), *more_bullet(left, "finished piece"))
        empty = () if bullets else ((say(EMPTY["quarter"]),),)
        sections.append(Section(title=quarter_name(quarter, review), level=3, paragraphs=empty, bullets=bullets))
    return [*sections, *running_section(desk, everything=True)]


def _bullet(desk: Desk, claim: Accomplishment) -> Bullet:
    """Return a finished piece with what its project's section would say of it: its dates, and that no effect is known."""
    bullet = claim_bullet(desk, claim, with_quarter=False, with_project=True)
    project = desk.projects.get(claim.project or "")
    if project is None:
        return bullet
    more = [way for way in journey_bullets(desk, project) if _ends_in(desk, way, claim)]
    last = desk.claims_of(project)[-1].id == claim.id
    silent = last and not desk.effects_of(project) and not was_dropped(project)
    none = [Bullet(no_effect(desk, project))] if silent else []
    return Bullet(bullet.sentences, (*bullet.children, *none, *more))


def _ends_in(desk: Desk, way: Bullet, claim: Accomplishment) -> bool:
    done = way.sentences[-1].citations
    on_the_way = way.sentences[0].text.strip() == say(WORK["on_the_way"]).text
    return on_the_way and bool(done) and done[-1].label == desk.cite(claim.evidence[0]).label


def _loose_effects(desk: Desk, quarter: str) -> tuple[Bullet, ...]:
    """Return the effects reported in a quarter that belong to no finished piece."""
    found = []
    told = {one for claim in desk.claims.values() for one in claim.evidence[:1]}
    told |= {effect.evidence for claim in desk.claims.values() for effect in claim.effects if effect.tied}
    of_projects = [(project, effect) for project in desk.review.projects for effect in stray_effects(desk, project)]
    sure = [(None, effect) for effect in desk.review.effects if effect.evidence not in desk.unsure]
    for project, effect in [*of_projects, *sure]:
        if effect.evidence in told:
            continue
        day = desk.lines[effect.evidence].item.date if effect.evidence in desk.lines else None
        if day is not None and quarter_of(day, desk.review.fiscal_start) == quarter:
            found.append(loose_effect_bullet(desk, project, effect))
    return tuple(found)
