"""From view models and the review to files: drafts in their formats, JSON, tables, the curation file, written safely."""

from __future__ import annotations

import json

from analyzer.records import Review
from analyzer.rendering.cells import plain_cell, safe_cell
from analyzer.rendering.curation_file import curation_template
from analyzer.rendering.evidence_table import COLUMNS, evidence_csv, evidence_jsonl, evidence_rows, to_csv, to_jsonl
from analyzer.rendering.formats import DEFAULT_FORMATS, FORMATS, formats_named, lay_out
from analyzer.rendering.markdown import render_markdown
from analyzer.rendering.plain_data import SCHEMA, review_to_dict
from analyzer.rendering.project_list import projects_json, projects_text
from analyzer.rendering.writing import STATE, WriteReport, replace_file, write_new, write_outputs, write_together
from analyzer.rendering.year_card import year_card, years_card

__all__ = [
    "COLUMNS",
    "DEFAULT_FORMATS",
    "FORMATS",
    "SCHEMA",
    "STATE",
    "WriteReport",
    "curation_template",
    "evidence_csv",
    "evidence_jsonl",
    "evidence_rows",
    "formats_named",
    "lay_out",
    "plain_cell",
    "projects_json",
    "projects_text",
    "render_markdown",
    "replace_file",
    "review_to_dict",
    "review_to_json",
    "safe_cell",
    "to_csv",
    "to_jsonl",
    "write_new",
    "write_outputs",
    "write_together",
    "year_card",
    "years_card",
]


def review_to_json(review: Review) -> str:
    """Return the review as the text of ``review.json``."""
    return json.dumps(review_to_dict(review), ensure_ascii=False, allow_nan=False, indent=2) + "\n"
