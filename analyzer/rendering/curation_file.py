"""The first ``curation.toml``: a commented list of what a person may want to decide, uncertain lines first."""

from __future__ import annotations

import json

from analyzer.oneline import one_line
from analyzer.records import Evidence, Label, Review
from analyzer.rendering.layout import fill

MOST_LINES = 25
"""As many as somebody reads through in one sitting."""
LONGEST = 160
"""Characters of a line that are shown: enough to know it again."""


def curation_template(review: Review) -> str:
    """Return the text of a first curation file.

    Args:
        review: the review whose uncertain lines are listed.

    Returns:
        TOML in which every decision is commented out, whatever the notes hold.
    """
    doubtful = sorted((line for line in review.evidence if line.uncertain), key=_doubt)
    projects = [one_line(json.dumps(project.name, ensure_ascii=False)) for project in review.projects]
    rows = [_row(line) for line in doubtful[:MOST_LINES]]
    return fill("curation.toml.j2", uncertain=rows, more=max(0, len(doubtful) - MOST_LINES), projects=projects)


def _row(line: Evidence) -> dict[str, str]:
    labels = [label.value for label in Label if label in line.labels]
    return {
        "place": _place(line),
        "text": one_line(line.item.text, LONGEST),
        "read": ", ".join(labels) or "nothing that is used",
        "doubt": ", ".join(f"{label.value} ({line.confidence[label]:.0%})" for label in line.uncertain),
        "id": json.dumps(line.id),
        "labels": json.dumps(labels),
    }


def _doubt(line: Evidence) -> float:
    """Return how far the least sure label of a line is from being open."""
    return round(min(abs(share - 0.5) for share in line.confidence.values()), 6)


def _place(line: Evidence) -> str:
    source = line.item.source
    where = source.locator or (f"line {source.start}" if source.start is not None else "no line")
    day = f", {line.item.date.isoformat()}" if line.item.date else ""
    return one_line(f"{source.path}, {where}{day}")
