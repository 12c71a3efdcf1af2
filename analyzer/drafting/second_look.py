"""A second look at labelled lines before a draft is made of them: what may not be used, whatever its label says.

Private asides stay out of everything that is written to be handed on; a question is no effect and no finished work.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from analyzer.drafting.trust import only_asks
from analyzer.records import Evidence, Label

PRIVATE = "private"
"""Stands in `Evidence.why` of a line that its writer keeps to themselves."""

_PRIVATE_LEAD = re.compile(
    r"^[\s*_>(\[-]{0,6}(?:aside|private(?:ly)?|confidential|off the record|for my eyes only|between us|note to self|not for (?:the )?(?:file|record|review))"
    r"\b[*_\])]{0,4}\s{0,3}(?:[:,)–—-]|\.\s)",
    re.IGNORECASE,
)
_PRIVATE_HEADING = re.compile(
    r"\b(?:private|confidential|for my eyes only|not for (?:the )?(?:file|record|review))\b", re.IGNORECASE
)


def second_look(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Take the labels from private lines and from questions that were read as effects or as finished work.

    Args:
        evidence: labelled lines, in the order of the items, so that parents still fit.

    Returns:
        The evidence in the same order; a line without its labels says why.
    """
    private = _private(evidence)
    return tuple(_blanked(one) if one.id in private else _without_asking(one) for one in evidence)


def is_private(line: Evidence) -> bool:
    """Return whether a line was set aside as private."""
    return PRIVATE in line.why


def _private(evidence: Sequence[Evidence]) -> frozenset[str]:
    """Return the lines that open as an aside, the rest of their paragraph, and what is nested under them."""
    found: set[str] = set()
    leader: Evidence | None = None
    for line in evidence:
        item = line.item
        if _PRIVATE_LEAD.match(item.raw) or _PRIVATE_LEAD.match(item.text) or _PRIVATE_LEAD.match(f"{item.prefix}:"):
            leader = line
            found.add(line.id)
        elif leader is not None and _belongs(line, leader):
            found.add(line.id)
        else:
            leader = None
            if _PRIVATE_HEADING.search(item.heading):
                found.add(line.id)
    return frozenset(found)


def _belongs(line: Evidence, leader: Evidence) -> bool:
    one, other = line.item, leader.item
    if one.source.path != other.source.path or one.date != other.date:
        return False
    paragraph = (
        one.prose and other.prose and (one.source.start, one.source.end) == (other.source.start, other.source.end)
    )
    return paragraph or (not one.prose and not other.prose and one.depth > other.depth)


def _blanked(line: Evidence) -> Evidence:
    return replace(
        line,
        labels=frozenset(),
        confidence={},
        status=None,
        polarity=None,
        direction=None,
        metrics=(),
        cues=(),
        people=(),
        why=(*line.why, PRIVATE),
    )


def _without_asking(line: Evidence) -> Evidence:
    """Take `impact` and `accomplishment` from a line where nothing but a question carries them."""
    claimed = line.labels & {Label.IMPACT, Label.ACCOMPLISHMENT}
    if not claimed or "?" not in line.item.text or "curation" in line.why:
        return line
    kept = set(line.labels)
    if only_asks(line, ("effect", "cause")):
        kept.discard(Label.IMPACT)
    if only_asks(line, ("work", "milestone")):
        kept.discard(Label.ACCOMPLISHMENT)
    if kept == line.labels:
        return line
    gone = {"effect", "cause", "voucher"} if Label.IMPACT not in kept else set()
    gone |= {"work", "milestone"} if Label.ACCOMPLISHMENT not in kept else set()
    return replace(
        line,
        labels=frozenset(kept),
        metrics=line.metrics if Label.IMPACT in kept else (),
        cues=tuple(cue for cue in line.cues if cue.kind not in gone),
        why=(*line.why, "a question reports nothing"),
    )
