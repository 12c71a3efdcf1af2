"""The first ``curation.toml``: a commented list of what a person may want to decide, uncertain lines first."""

from __future__ import annotations

import json

from analyzer.records import Evidence, Label, Review
from analyzer.rendering.layout import fill

MOST_LINES = 25
"""As many as somebody reads through in one sitting."""
UNCERTAIN = 0.35
"""Farthest from one half that a probability may lie for its line to be listed."""


def curation_template(review: Review) -> str:
    """Return the text of a first curation file.

    Args:
        review: the review whose uncertain lines are listed.

    Returns:
        TOML in which every decision is commented out.
    """
    ranked = sorted((_doubt(line), number, line) for number, line in enumerate(review.evidence) if line.confidence)
    chosen = [(doubt, line) for doubt, _, line in ranked if doubt < UNCERTAIN][:MOST_LINES]
    rows = [
        {
            "place": _place(line),
            "text": _comment(line.item.text),
            "read": ", ".join(label.value for label in Label if label in line.labels) or "nothing that is used",
            "sure": f"{0.5 + doubt:.0%}",
            "id": json.dumps(line.id),
        }
        for doubt, line in chosen
    ]
    projects = ", ".join(_comment(json.dumps(project.name, ensure_ascii=False)) for project in review.projects)
    return fill("curation.toml.j2", uncertain=rows, projects=projects)


def _doubt(line: Evidence) -> float:
    """Return how far the least sure label of a line is from being open."""
    return round(min(abs(share - 0.5) for share in line.confidence.values()), 6)


def _place(line: Evidence) -> str:
    source = line.item.source
    where = f"line {source.start}" if source.start is not None else source.locator or "no line"
    return _comment(f"{source.path}, {where}")


def _comment(text: str) -> str:
    """Keep a text on its line of comment: TOML allows no control character there."""
    clean = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(clean.split())
