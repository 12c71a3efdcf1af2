"""Effort and impact, two axes apart: each a sum of named parts, and each part names the lines that it is made of.

The points order one person's own work and nothing else. No effect on record is no impact score, never a low one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analyzer.records import Accomplishment, Project, Review
from analyzer.scoring.bands import effort_band, impact_band, largest, quadrant
from analyzer.scoring.effort import effort_of
from analyzer.scoring.highlights import choose_highlights
from analyzer.scoring.impact import impact_of, seen_effects
from analyzer.scoring.work import Work, by_claim, first_sighting, line_order, read_work
from analyzer.settings import Settings, Weights

__all__ = ["score"]


def score(review: Review, settings: Settings) -> Review:
    """Return the review with effort, impact, bands, quadrants and highlights filled in.

    Args:
        review: as grouped.
        settings: the weights of the parts.
    """
    weights, work = settings.weights, read_work(review)
    claims = _claims(review, work, weights)
    own = _by_project(claims)
    projects = [_project(one, own.get(one.name, []), work, weights) for one in review.projects]
    claims, projects = _banded_claims(claims), _banded_projects(projects)
    highlights = choose_highlights(claims, projects, work.lines)
    return replace(review, projects=tuple(projects), accomplishments=tuple(claims), highlights=highlights)


def _claims(review: Review, work: Work, weights: Weights) -> list[Accomplishment]:
    found: dict[str, Accomplishment] = {}
    claims_of = _by_project(review.accomplishments)
    for project in (*review.projects, None):
        own = claims_of.get(project.name if project else None, [])
        lines = by_claim(project, own, work)
        for claim in own:
            effort = effort_of(lines[claim.id], [first_sighting(claim, work.lines)], claim.history, weights)
            impact = impact_of(seen_effects([claim], (), work.lines), weights)
            found[claim.id] = replace(claim, effort=effort, impact=impact[0] if impact else None)
    return [found[claim.id] for claim in review.accomplishments]


def _by_project(claims: Sequence[Accomplishment]) -> dict[str | None, list[Accomplishment]]:
    found: dict[str | None, list[Accomplishment]] = {}
    for claim in claims:
        found.setdefault(claim.project, []).append(claim)
    return found


def _project(project: Project, claims: Sequence[Accomplishment], work: Work, weights: Weights) -> Project:
    ids = frozenset(project.accomplishments)
    own = [claim for claim in claims if claim.id in ids]
    finished = sorted((first_sighting(claim, work.lines) for claim in own), key=line_order)
    effort = effort_of(work.of(project.evidence), finished, project.history, weights)
    impact = impact_of(seen_effects(own, project.effects, work.lines), weights)
    return replace(project, effort=effort, impact=impact[0] if impact else None, rung=impact[1] if impact else None)


def _banded_projects(projects: Sequence[Project]) -> list[Project]:
    most_effort = largest(project.effort for project in projects)
    most_impact = largest(project.impact for project in projects)
    found = []
    for project in projects:
        assert project.effort is not None
        effort = effort_band(project.effort, most_effort)
        impact = impact_band(project.impact, project.rung, most_impact) if project.impact else None
        where = quadrant(effort, impact, project.rung)
        found.append(replace(project, effort=effort, impact=impact, quadrant=where))
    return found


def _banded_claims(claims: Sequence[Accomplishment]) -> list[Accomplishment]:
    most_effort = largest(claim.effort for claim in claims)
    most_impact = largest(claim.impact for claim in claims)
    found = []
    for claim in claims:
        assert claim.effort is not None
        rung = _rung(claim)
        impact = impact_band(claim.impact, rung, most_impact) if claim.impact else None
        found.append(replace(claim, effort=effort_band(claim.effort, most_effort), impact=impact))
    return found


def _rung(claim: Accomplishment) -> str | None:
    if claim.impact is None:
        return None
    return next(part.detail for part in claim.impact.parts if part.name == "rung")
