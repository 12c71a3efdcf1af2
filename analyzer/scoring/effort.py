"""Effort: a sum of named parts, counted from the lines that report work. It says how much is on record, not how good."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from analyzer.records import Event, Evidence, Part, Score
from analyzer.settings import Weights

_WAITING = ("wait", "arrived", "since")
_TOGETHER = frozenset(
    """with w and & + plus helped helping trained training taught teaching mentored mentoring coached coaching onboarded
    onboarding paired pairing joined""".split()
)
_ARTICLES = frozenset("the our my a some".split())


def effort_of(
    work: Sequence[Evidence], finished: Sequence[Evidence], history: Sequence[Event], weights: Weights
) -> Score:
    """Return the effort that is on record.

    Args:
        work: the lines that report work, in the order of dates.
        finished: the first line of each finished piece.
        history: the events of the project or piece.
        weights: points of each part.
    """
    blocked = [event for event in history if event.kind == "blocked"]
    moved = [event for event in history if event.kind == "moved"]
    parts = [
        _time(work, weights),
        _counted("meetings", weights.meeting, _first_of_each_day(work), "meeting with work", "meetings with work"),
        _counted("finished", weights.finished, [line.id for line in finished], "finished piece", "finished pieces"),
        _people(work, weights),
        _counted("blockers", weights.blocker, [event.evidence for event in blocked], "blocker", "blockers"),
        _counted("eta moves", weights.eta_move, [event.evidence for event in moved], "ETA move", "ETA moves"),
    ]
    return Score(parts=tuple(part for part in parts if part is not None))


def _time(work: Sequence[Evidence], weights: Weights) -> Part | None:
    """Return the larger of the weeks active (every four weeks begun) and the longest stated duration (full weeks)."""
    days = [line.item.date for line in work if line.item.date is not None]
    if not days:
        return None
    weeks = max(1, math.ceil((days[-1] - days[0]).days / 7))
    active = math.ceil(weeks / weights.weeks_per_point)
    ends = tuple(dict.fromkeys((work[0].id, work[-1].id)))
    detail = f"{weeks} {'week' if weeks == 1 else 'weeks'} active"
    stated, words, line = _stated(work)
    points = min(math.floor(stated), weights.stated_cap)
    if line is not None and points > active:
        return Part(name="time", points=points, detail=f'"{words}"', evidence=(line.id,))
    if line is not None:
        detail += f' ("{words}" {"is less" if stated < weeks and points < active else "gives no more"})'
    return Part(name="time", points=active, detail=detail, evidence=ends)


def _stated(work: Sequence[Evidence]) -> tuple[float, str, Evidence | None]:
    """Return the longest duration that a work line states, in weeks; a time spent waiting is none."""
    best: tuple[float, str, Evidence | None] = (0.0, "", None)
    for line in work:
        if any(line.cues_of(kind) for kind in _WAITING):
            continue
        for cue in line.cues_of("duration"):
            weeks = _number(cue.value)
            if weeks is not None and (best[2] is None or weeks > best[0]):
                best = (weeks, line.words(cue), line)
    return best


def _counted(name: str, each: int, evidence: Sequence[str], one: str, many: str) -> Part | None:
    if not evidence:
        return None
    count = len(evidence)
    return Part(
        name=name, points=count * each, detail=f"{count} {one if count == 1 else many}", evidence=tuple(evidence)
    )


def _first_of_each_day(work: Sequence[Evidence]) -> list[str]:
    seen: dict[object, str] = {}
    for line in work:
        seen.setdefault(line.item.date, line.id)
    return list(seen.values())


def _people(work: Sequence[Evidence], weights: Weights) -> Part | None:
    """Return the people whom a work line names as working on it: "with Ana", "Ana and I", "trained Ana"."""
    found: dict[str, tuple[str, str]] = {}
    for line in work:
        for name in line.people:
            written = _beside(line.item.text, name)
            if written is not None:
                found.setdefault(name, (written, line.id))
    if not found:
        return None
    evidence = tuple(dict.fromkeys(line for _, line in found.values()))
    detail = ", ".join(written for written, _ in found.values())
    return Part(name="people", points=len(found) * weights.person, detail=detail, evidence=evidence)


def _beside(text: str, name: str) -> str | None:
    """Return how a text names a person who works on something, None where it names them otherwise."""
    for part in dict.fromkeys((name, name.split(maxsplit=1)[0])):
        for match in re.finditer(rf"(?<!\w){re.escape(part)}(?P<more>['’]s \w+)?(?!\w)", text, re.IGNORECASE):
            before = [
                word for word in re.findall(r"[\w&+]+", text[: match.start()].casefold()) if word not in _ARTICLES
            ]
            after = re.match(r"\s*(?:and|&|\+)\s+(?:i|me)\b", text[match.end() :], re.IGNORECASE)
            if after or (before and before[-1] in _TOGETHER):
                return match.group()
    return None


def _number(value: str) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None
