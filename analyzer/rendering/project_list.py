"""`analyzer projects`: what was taken for a project, how it stands, and why, as text or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator

from analyzer.oneline import one_line
from analyzer.records import Evidence, Label, Project, Review
from analyzer.rendering.plain_data import project_to_dict

SHOWN_LINES = 3
"""Lines that are named for a project: enough to know it again."""
_LONGEST = 100


def projects_json(review: Review) -> str:
    """Return the projects as JSON: a list with the keys that they have in ``review.json``."""
    rows = [project_to_dict(project) for project in review.projects]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def projects_text(review: Review) -> str:
    """Return the projects as plain text, in the order of their first lines, and how many lines of work have none."""
    lines = review.by_id()
    parts = ["\n".join(_told(project, lines)) for project in review.projects] or ["no project found"]
    loose = sum(line.project is None and line.has(Label.ACCOMPLISHMENT) for line in review.evidence)
    if loose:
        parts.append(f"{loose} finished {'piece' if loose == 1 else 'pieces'} of work in no project")
    return "\n\n".join(parts) + "\n"


def _told(project: Project, lines: dict[str, Evidence]) -> Iterator[str]:
    also = f" (also {', '.join(project.aliases)})" if project.aliases else ""
    theme = f", theme {project.theme}" if project.theme else ""
    yield one_line(f"{project.name}{also}{theme}")
    days = f"{project.first} to {project.last}" if project.first != project.last else str(project.first)
    finished = len(project.accomplishments)
    yield f"  {days}, {_count(len(project.evidence), 'line')}, {_count(finished, 'finished piece')}"
    impact = f", impact {project.impact.points} ({project.rung})" if project.impact else ""
    yield f"  effort {project.effort.points if project.effort else 0}{impact}: {project.quadrant}"
    for reason in dict.fromkeys(project.why):
        yield f"  why: {one_line(reason)}"
    for key in project.evidence[:SHOWN_LINES]:
        item = lines[key].item
        where = item.source.locator or item.source.start
        yield f"  {one_line(item.source.path)}:{where}  {one_line(item.text, _LONGEST)}"
    if len(project.evidence) > SHOWN_LINES:
        yield f"  and {_count(len(project.evidence) - SHOWN_LINES, 'more line', 'more lines')}"


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
