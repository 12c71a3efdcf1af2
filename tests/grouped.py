"""Short ways from hand-made lines to a review, for the tests of grouping and scoring."""

from __future__ import annotations

from collections.abc import Sequence

from evidence_builder import meetings_of

from analyzer.grouping import group
from analyzer.records import Accomplishment, Evidence, Meeting, Part, Project, Review, Roster, Score
from analyzer.scoring import score
from analyzer.settings import Curation, Settings

SUBJECT, MANAGER = "Mara Lind", "Piet Okafor"
ROSTER = Roster(
    subject=SUBJECT,
    manager=MANAGER,
    writer=SUBJECT,
    aliases={"mara": SUBJECT, "piet": MANAGER, "po": MANAGER, "ilse": "Ilse Brandt"},
)


def grouped(
    lines: Sequence[Evidence],
    *,
    meetings: Sequence[Meeting] | None = None,
    settings: Settings | None = None,
    curation: Curation | None = None,
    roster: Roster = ROSTER,
) -> Review:
    """Return the lines grouped, with a meeting for each of their dates unless some are given."""
    met = meetings if meetings is not None else meetings_of(lines)
    return group(lines, met, roster, settings or Settings(), curation or Curation())


def scored(lines: Sequence[Evidence], *, settings: Settings | None = None, roster: Roster = ROSTER) -> Review:
    """Return the lines grouped and scored."""
    return score(grouped(lines, settings=settings, roster=roster), settings or Settings())


def projects_of(review: Review) -> dict[str, list[str]]:
    """Return the texts of each project's lines, by its name."""
    lines = review.by_id()
    return {project.name: [lines[key].item.text for key in project.evidence] for project in review.projects}


def project_named(review: Review, name: str) -> Project:
    """Return the project of that name."""
    return next(project for project in review.projects if project.name == name)


def claim_with(review: Review, words: str) -> Accomplishment:
    """Return the accomplishment whose wording holds these words."""
    return next(claim for claim in review.accomplishments if words in claim.text)


def part(found: Score | None, name: str) -> Part | None:
    """Return one part of a score, None where it has none of that name."""
    assert found is not None
    return next((one for one in found.parts if one.name == name), None)


def points(found: Score | None) -> dict[str, int]:
    """Return the points of each part that has any."""
    assert found is not None
    return {one.name: one.points for one in found.parts if one.points}
