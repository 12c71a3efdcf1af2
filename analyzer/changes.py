"""What is new, changed and gone since the last run into the same folder, by finished piece of work."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from analyzer.oneline import one_line
from analyzer.records import Accomplishment, Review

SHOWN = 5
"""Pieces that are named of each kind; the rest is counted."""
_LONGEST = 80


def changes_since(earlier: str, review: Review) -> list[str]:
    """Compare a review with the one that the last run wrote.

    Args:
        earlier: the text of the last run's ``review.json``.
        review: this run's review.

    Returns:
        Lines of text, the first with the numbers; none where nothing changed or the file is no review.
    """
    before = _claims(earlier)
    if before is None:
        return []
    owners = {line: claim for claim in before.values() for line in _lines(claim)}
    new: list[str] = []
    changed: list[str] = []
    met: set[str] = set()
    for claim in review.accomplishments:
        old = before.get(claim.id) or next((owners[one] for one in claim.evidence if one in owners), None)
        if old is None:
            new.append(f"new: {one_line(claim.text, _LONGEST)}")
            continue
        met.add(str(old["id"]))
        if said := ", ".join(_differences(old, claim)):
            changed.append(f"changed: {one_line(claim.text, _LONGEST)} ({said})")
    gone = [f"gone: {one_line(str(old['text']), _LONGEST)}" for key, old in before.items() if key not in met]
    if not (new or changed or gone):
        return []
    head = f"since the last run, by finished piece: {len(new)} new, {len(changed)} changed, {len(gone)} gone"
    return [head, *_shown(new), *_shown(changed), *_shown(gone)]


def _claims(text: str) -> dict[str, Mapping[str, Any]] | None:
    """Return the earlier claims by id, None where the text is no review that this program wrote."""
    try:
        found = {one["id"]: one for one in json.loads(text)["accomplishments"]}
        for one in found.values():
            _lines(one)
            str(one["text"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return found


def _lines(claim: Mapping[str, Any]) -> list[str]:
    return [str(one) for one in claim["evidence"]]


def _differences(old: Mapping[str, Any], claim: Accomplishment) -> Iterator[str]:
    for name, before, after in (
        ("sighting", len(_lines(old)), len(claim.evidence)),
        ("effect", len(old.get("effects") or ()), len(claim.effects)),
        ("word of feedback", len(old.get("feedback") or ()), len(claim.feedback)),
    ):
        if before != after:
            yield f"{abs(after - before)} {name}{'' if abs(after - before) == 1 else 's'} {'more' if after > before else 'fewer'}"
    if old.get("project") != claim.project:
        yield f"now in {claim.project}" if claim.project else "in no project now"
    if old.get("status") != claim.status.value:
        yield f"now {claim.status.value.replace('_', ' ')}"
    if old.get("text") != claim.text:
        yield "reworded"


def _shown(lines: list[str]) -> list[str]:
    more = len(lines) - SHOWN
    return [*(f"  {line}" for line in lines[:SHOWN]), *([f"  and {more} more"] if more > 0 else [])]
