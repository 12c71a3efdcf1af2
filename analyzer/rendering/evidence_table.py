"""The evidence as rows, one JSON object a line, and CSV that a spreadsheet can open without running anything."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

from analyzer.dates import quarter_of
from analyzer.records import Evidence, Label, Review
from analyzer.rendering.cells import safe_cell
from analyzer.rendering.plain_data import metric_to_dict

COLUMNS = (
    *("id", "subject", "source", "line_start", "line_end", "locator", "date", "quarter", "section", "heading", "text"),
    *(
        "author",
        "labels",
        "confidence",
        "uncertain",
        "why",
        "status",
        "polarity",
        "direction",
        "people",
        "links",
        "tags",
    ),
    *("project", "accomplishment_id", "metrics"),
)
"""The documented columns, in their order."""

_DIGITS = 4
"""Decimals of a probability: more than that is noise and would differ between machines."""


def evidence_rows(review: Review, *, everything: bool = False) -> list[dict[str, Any]]:
    """Return the evidence as rows with the documented columns, in the review's order.

    Args:
        review: the review.
        everything: whether items without a label are listed too.
    """
    chosen = (line for line in review.evidence if everything or line.labels)
    return [_row(review, line) for line in chosen]


def evidence_jsonl(review: Review, *, everything: bool = False) -> str:
    """Return the text of ``evidence.jsonl``; arguments as of `evidence_rows`."""
    return to_jsonl(evidence_rows(review, everything=everything))


def evidence_csv(review: Review, *, everything: bool = False) -> str:
    """Return the text of ``evidence.csv``; arguments as of `evidence_rows`."""
    return to_csv(evidence_rows(review, everything=everything))


def to_jsonl(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return rows as one JSON object a line."""
    return "".join(json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n" for row in rows)


def to_csv(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return rows as CSV (RFC 4180, UTF-8): lists and tables are JSON within a cell, and no cell can be a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([_cell(row[column]) for column in COLUMNS])
    return out.getvalue()


def _row(review: Review, line: Evidence) -> dict[str, Any]:
    item = line.item
    labels = [label for label in Label if label in line.labels]
    return {
        "id": line.id,
        "subject": review.subject,
        "source": item.source.path,
        "line_start": item.source.lines[0],
        "line_end": item.source.lines[1],
        "locator": item.source.locator,
        "date": item.date.isoformat() if item.date else None,
        "quarter": quarter_of(item.date, review.fiscal_start) if item.date else None,
        "section": item.section,
        "heading": item.heading,
        "text": item.text,
        "author": item.author,
        "labels": [label.value for label in labels],
        "confidence": {
            label.value: round(line.confidence[label], _DIGITS) for label in Label if label in line.confidence
        },
        "uncertain": [label.value for label in line.uncertain],
        "why": list(line.why),
        "status": line.status.value if line.status else None,
        "polarity": line.polarity.value if line.polarity else None,
        "direction": line.direction.value if line.direction else None,
        "people": list(line.people),
        "links": list(item.links),
        "tags": _tags(line),
        "project": line.project,
        "accomplishment_id": line.accomplishment_id,
        "metrics": [metric_to_dict(metric) for metric in line.metrics],
    }


def _tags(line: Evidence) -> dict[str, Any]:
    """Return priority, ETA, ticket ids and the other bracketed tags."""
    tags = line.item.tags
    priority = next((tag for tag in tags if len(tag) == 2 and tag[0] in "Pp" and tag[1].isdigit()), None)
    tickets = [tag for tag in tags if "-" in tag and tag.rpartition("-")[2].isdigit()]
    found: dict[str, Any] = {"priority": priority.upper() if priority else None}
    found["eta"] = next((cue.value for cue in line.cues if cue.kind == "eta" and cue.value), None)
    found["tickets"] = tickets
    found["other"] = [tag for tag in tags if tag != priority and tag not in tickets]
    return {name: value for name, value in found.items() if value}


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool | int | float):
        return str(value)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, allow_nan=False)
    return safe_cell(text)
