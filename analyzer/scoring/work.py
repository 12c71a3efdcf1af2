"""Which lines count as work, and for which finished piece: the base of every effort figure."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from analyzer.records import Accomplishment, Evidence, Label, Project, Review, Status

_OTHER_TALK = frozenset({Label.FEEDBACK, Label.CAREER, Label.GOAL, Label.ACTION_ITEM})
_UNDER_WAY = frozenset({Status.IN_PROGRESS, Status.PLANNED, None})


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """The lines that report work, as both scores need them."""

    lines: Mapping[str, Evidence]
    """Every line of the review by id."""
    counted: frozenset[str]
    """Ids of the lines that report work and do not only repeat."""

    def of(self, ids: Iterable[str]) -> list[Evidence]:
        """Return those of the given lines that count as work, in the order of dates, then of words."""
        found = [self.lines[key] for key in dict.fromkeys(ids) if key in self.counted]
        return sorted(found, key=line_order)


def line_order(line: Evidence) -> tuple[date, bool, str, str]:
    """Return what lines are ordered by: date, finished work first, then words."""
    return (line.item.date or date.min, not line.has(Label.ACCOMPLISHMENT), line.item.text, line.id)


def read_work(review: Review) -> Work:
    """Find the lines that report work.

    Later sightings of a finished piece are none: they add no effort.
    """
    lines = review.by_id()
    again = {key for claim in review.accomplishments for key in (*later_sightings(claim, lines), *claim.repeats)}
    writer = review.writer or _writer(review)
    counted = {line.id for line in review.evidence if line.id not in again and reports_work(line, review, writer)}
    return Work(lines=lines, counted=frozenset(counted))


def reports_work(line: Evidence, review: Review, writer: str | None) -> bool:
    """Return whether a line reports work of the owner: something finished, under way, or given a date.

    A blocked or dropped line is no work, nor is one that only repeats, praises, measures or promises.
    """
    if line.item.date is None or line.status in {Status.BLOCKED, Status.DROPPED} or line.cues_of("repeat"):
        return False
    if line.has(Label.ACCOMPLISHMENT):
        return True
    if line.labels & _OTHER_TALK or any(cue.value == "other" for cue in line.cues_of("share")):
        return False
    if line.item.author not in {None, review.subject, writer}:
        return False
    return line.status is Status.IN_PROGRESS or (bool(line.cues_of("eta")) and line.status in _UNDER_WAY)


def first_sighting(claim: Accomplishment, lines: Mapping[str, Evidence]) -> Evidence:
    """Return the first line that calls a piece of work done."""
    return min((lines[key] for key in claim.evidence), key=line_order)


def later_sightings(claim: Accomplishment, lines: Mapping[str, Evidence]) -> list[str]:
    """Return the further lines that call a piece of work done."""
    first = first_sighting(claim, lines).id
    return [key for key in claim.evidence if key != first]


def by_claim(project: Project | None, claims: Sequence[Accomplishment], work: Work) -> dict[str, list[Evidence]]:
    """Return the work lines that led to each finished piece, by its id.

    A line under way counts for the next finished piece of its project; where one day has several, for the first in the
    order of words. Lines after the last finished piece count for the project only.
    """
    firsts = {claim.id: first_sighting(claim, work.lines) for claim in claims}
    found = {claim.id: work.of([firsts[claim.id].id]) for claim in claims}
    ordered = sorted(claims, key=lambda claim: line_order(firsts[claim.id]))
    days = [claim.first for claim in ordered]
    own = {line.id for line in firsts.values()}
    for line in work.of(project.evidence if project else ()):
        if line.id in own:
            continue
        at = bisect_left(days, line.item.date or date.min)
        if at < len(ordered):
            found[ordered[at].id].append(line)
    return {key: sorted(lines, key=line_order) for key, lines in found.items()}


def _writer(review: Review) -> str | None:
    """Return who wrote the notes, as far as the lines show: the author of most outermost ones."""
    authors = Counter(line.item.author for line in review.evidence if line.item.parent is None)
    return max(authors, key=lambda name: (authors[name], name or ""), default=None)
