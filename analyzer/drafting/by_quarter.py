"""The accomplishments, quarter by quarter, for forms that want the year in its order."""

from __future__ import annotations

from analyzer.dates import quarter_of, quarters_between
from analyzer.drafting.desk import Desk, quarter_name
from analyzer.drafting.fill import say
from analyzer.drafting.phrases import EMPTY, TITLES
from analyzer.drafting.work import claim_bullet, loose_effect_bullet
from analyzer.drafts import Bullet, Section


def quarter_sections(desk: Desk) -> list[Section]:
    """Return the part "By quarter": one section for every quarter of the period, empty ones say so."""
    review = desk.review
    sections = [Section(title=TITLES["by_quarter"])]
    for quarter in quarters_between(review.start, review.end, review.fiscal_start):
        claims = [claim for claim in desk.claims.values() if claim.quarter == quarter]
        claims.sort(key=lambda claim: (claim.first, claim.id))
        bullets = tuple(claim_bullet(desk, claim, with_quarter=False, with_project=True) for claim in claims)
        bullets += _loose_effects(desk, quarter)
        empty = () if bullets else ((say(EMPTY["quarter"]),),)
        sections.append(Section(title=quarter_name(quarter, review), level=3, paragraphs=empty, bullets=bullets))
    return sections


def _loose_effects(desk: Desk, quarter: str) -> tuple[Bullet, ...]:
    """Return the effects reported in a quarter that belong to no finished piece."""
    found = []
    for project in desk.review.projects:
        for effect in project.effects:
            day = desk.lines[effect.evidence].item.date if effect.evidence in desk.lines else None
            if day is not None and quarter_of(day, desk.review.fiscal_start) == quarter:
                found.append(loose_effect_bullet(desk, project, effect))
    return tuple(found)
