"""`analyzer check`: the findings as text, bounded for each kind, or all of them as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from analyzer.checking.asking import TITLES, TITLES_MANAGER
from analyzer.checking.year import Finding
from analyzer.drafting.cite import long_day
from analyzer.drafting.desk import desk_for
from analyzer.drafting.phrases import counted
from analyzer.oneline import one_line
from analyzer.records import Review

SHOWN = 5
"""Findings of a kind that are listed as text: who answers these has done the most useful part."""
_LONGEST = 160
_NOTHING = (
    "nothing to ask that is sure enough; the questions at the end of the draft that `analyzer review` writes go further"
)

Found = Mapping[str, Sequence[Finding]]


def shown(found: Found) -> dict[str, Sequence[Finding]]:
    """Return the findings that the text lists, by kind."""
    return {kind: findings[:SHOWN] for kind, findings in found.items()}


def check_text(review: Review, found: Found) -> str:
    """Return the findings as plain text.

    Args:
        review: the review that was checked.
        found: the findings by kind, most useful first.
    """
    if not found:
        return _NOTHING + "\n"
    titles = TITLES | (TITLES_MANAGER if desk_for(review).by_manager else {})
    parts = ["\n".join(_part(titles[kind], findings)) for kind, findings in found.items()]
    return "\n\n".join(parts) + "\n"


def check_json(found: Found) -> str:
    """Return all findings as JSON: one list, most useful kinds first."""
    rows = [_row(finding) for findings in found.values() for finding in findings]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def _part(title: str, findings: Sequence[Finding]) -> Iterator[str]:
    yield f"{title} ({len(findings)})"
    for finding in findings[:SHOWN]:
        item = finding.line.item
        day = long_day(item.date, with_year=True) if item.date else "pinned"
        yield f'  {_where(finding)}  {day}  "{one_line(item.text, _LONGEST)}"'
        yield f"    {one_line(finding.question)}"
    if len(findings) > SHOWN:
        yield f"  and {counted(len(findings) - SHOWN, 'more', 'more')}"


def _row(finding: Finding) -> dict[str, object]:
    item = finding.line.item
    start, end = item.source.lines
    return {
        "kind": finding.kind,
        "source": item.source.path,
        "line_start": start,
        "line_end": end,
        "locator": item.source.locator,
        "date": item.date.isoformat() if item.date else None,
        "project": finding.line.project,
        "quote": item.text,
        "question": finding.question,
        "evidence": finding.line.id,
    }


def _where(finding: Finding) -> str:
    source = finding.line.item.source
    return one_line(f"{source.path}:{source.locator or source.start}")
