"""The tool's own words: what the fixed phrases say by themselves, so that a check can set it aside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from string import Formatter
from typing import Any

from analyzer.drafting import phrases
from analyzer.drafting.agenda_phrases import AGENDA_TABLES
from analyzer.drafting.scan_phrases import SCAN_TABLES
from analyzer.drafting.turnaround_phrases import TURN_TABLES
from analyzer.drafting.words import tokens

_TABLES: tuple[Mapping[Any, str], ...] = (
    *(phrases.MARKS, phrases.HEAD, phrases.SHORT, phrases.TITLES, phrases.EMPTY, phrases.WORK, phrases.FEEDBACK),
    *(phrases.SETBACKS, phrases.GOALS, phrases.QUESTIONS, phrases.UNUSED, phrases.EFFORT, phrases.MISSING),
    *(phrases.QUADRANTS, phrases.TABLES, phrases.FORMS),
    *SCAN_TABLES,
    *AGENDA_TABLES,
    *TURN_TABLES,
)
_SINGLE = frozenset(
    [
        "eta",
        "going",
        "to",
        "moved",
        "done",
        "asked",
        "pinned",
        "team",
        "blocked",
        "told",
        "by",
        "on",
        "since",
        "stopped",
        "finished",
        "also",
        "expected",
        "measured",
        "decided",
        "adopted",
        "stated",
        "cancelled",
        "unsure",
        "and",
        "in",
    ]
)
"""Single words that a phrase may add; longer phrases are set aside as a whole."""
_NUMBER_WORDS = frozenset(word.casefold() for word in phrases.NUMBER_WORDS)
_SHORT_STORY = (
    "finished piece of work",
    "finished pieces of work",
    "is mine",
    "are mine",
    "is shared",
    "are shared",
    "is the team's",
    "are the team's",
    "for they name nobody",
    "they name nobody",
    "has",
    "have",
    "projects have",
    "project has",
    "own",
    "was",
    "were",
)
_PARTS = (
    *(
        "for time",
        "weeks active",
        "week active",
        "meetings with work",
        "meeting with work",
        "for the rung",
        "for share",
    ),
    *("finished pieces", "finished piece", "for people", "eta moves", "eta move", "for size", "for breadth"),
    *(
        "for consequence",
        "for blockers",
        "blockers",
        "blocker",
        "for",
        "mine",
        "shared",
        "the team's",
        "not said",
        "unsaid",
    ),
    *("measured and vouched for", "vouched for", "measured", "expected", "stated", "decided", "adopted"),
    *("a decision that followed", "decision launch or adoption that followed", "money", "a decision", "decision"),
    *("a service kept", "service", "time", "quality", "none named", "no unit named", "no number and no unit named"),
    *("is less", "gives no more", "no before and after on record", "h", "min", "s", "hours"),
    *("as stated", "no number", "before and after", "all", "several", "one", "and", "size", "breadth", "consequence"),
    *("only repeats it", "only repeat it", "meetings", "meeting", "lines", "line", "days", "day", "repeats", "repeat"),
)


@cache
def _chunks() -> tuple[tuple[str, ...], ...]:
    found: set[tuple[str, ...]] = set()
    for table in _TABLES:
        for template in table.values():
            literals = [literal for part in re.split(r"\*{1,2}|`", template) for literal, *_ in Formatter().parse(part)]
            found |= {chunk for literal in literals if len(chunk := tuple(tokens(literal))) > 1}
    found |= {tuple(tokens(text)) for text in _SHORT_STORY}
    return _longest_first(found)


@cache
def _part_chunks() -> tuple[tuple[str, ...], ...]:
    return _longest_first({*_chunks(), *(tuple(tokens(text)) for text in _PARTS)})


def without_fixed(words: list[str], *, parts: bool = False) -> list[list[str]]:
    """Return the words that are not the tool's own, in stretches that stood next to each other.

    Args:
        words: the tokens of a stretch of a draft.
        parts: whether the stretch counts or adds up, so that numbers in words and the names of parts are the tool's too.
    """
    left = list(words)
    for chunk in _part_chunks() if parts else _chunks():
        left = _cut(left, chunk)
    own = _SINGLE | _NUMBER_WORDS if parts else _SINGLE
    segments: list[list[str]] = [[]]
    for word in left:
        if word and word not in own:
            segments[-1].append(word)
        elif segments[-1]:
            segments.append([])
    return [segment for segment in segments if segment]


def _cut(words: list[str], chunk: tuple[str, ...]) -> list[str]:
    """Replace every stretch that equals the chunk by a gap, so that what stood apart does not become a phrase."""
    size = len(chunk)
    out: list[str] = []
    at = 0
    while at < len(words):
        if tuple(words[at : at + size]) == chunk:
            out.append("")
            at += size
        else:
            out.append(words[at])
            at += 1
    return out


def _longest_first(chunks: Iterable[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted(chunks, key=lambda chunk: (-len(chunk), chunk)))
