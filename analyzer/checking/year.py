"""What every check looks at: the desk of the drafts, the lines in their order, and what stands around a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from analyzer.drafting.desk import Desk, desk_for
from analyzer.grouping.names import content
from analyzer.records import Evidence, MeetingKind, Review

SAME_MATTER = 2
"""Telling words that two lines must share to be about one thing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that would make the record stronger, with the line that it is about and a question to its owner."""

    kind: str
    line: Evidence
    question: str
    weight: float = 0.0
    """Within its kind the weightiest stand first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """A review laid out for the checks."""

    review: Review
    """As it was grouped; the desk holds what drafts make of it."""
    desk: Desk
    lines: tuple[Evidence, ...]
    """In the order of dates, then of the files and their lines."""
    places: Mapping[str, int]
    last: date | None
    """The day of the last meeting."""
    counts: Mapping[str, int]
    """In how many lines the stem of a telling word stands."""

    def touches(self, line: Evidence, other: Evidence, rare: int) -> bool:
        """Return whether two lines may be about one thing: they share two telling words, or one that few lines have."""
        shared = telling(line) & telling(other)
        return len(shared) >= SAME_MATTER or any(self.counts[word] <= rare for word in shared)

    def within(self, line: Evidence, behind: int) -> Sequence[Evidence]:
        """Return so many lines behind a line, of the same meeting."""
        start = self.places[line.id] + 1
        return [one for one in self.lines[start : start + behind] if _same_meeting(line, one)]

    def below(self, line: Evidence) -> Sequence[Evidence]:
        """Return the lines that are nested under a line, and a reply right behind it by somebody else."""
        start = self.places[line.id] + 1
        end = start
        while end < len(self.lines) and _same_meeting(line, self.lines[end]):
            item = self.lines[end].item
            reply = end == start and item.author not in {None, line.item.author}
            if item.depth <= line.item.depth and not reply and not item.prose:
                break
            if item.prose and end - start > 1:
                break
            end += 1
        return self.lines[start:end]

    def with_below(self, line: Evidence) -> str:
        """Return the words of a line as they stand in the notes, and of the lines below it."""
        return " \n ".join([line.item.raw, *(one.item.raw for one in self.below(line))])

    def meeting_of(self, line: Evidence) -> Sequence[Evidence]:
        """Return the other lines of the same meeting."""
        return [one for one in self.lines if one.id != line.id and _same_meeting(one, line)]

    def later(self, line: Evidence) -> Sequence[Evidence]:
        """Return the lines of later meetings."""
        if line.item.date is None:
            return ()
        return [one for one in self.lines if one.item.date is not None and one.item.date > line.item.date]


def lay_out(review: Review) -> Year:
    """Lay out a review for the checks."""
    desk = desk_for(review)
    lines = tuple(sorted(review.evidence, key=_place))
    held = [one.date for one in review.meetings if one.kind is MeetingKind.HELD and one.date is not None]
    places = {line.id: at for at, line in enumerate(lines)}
    counts = Counter(word for line in lines for word in telling(line))
    return Year(review=review, desk=desk, lines=lines, places=places, last=max(held, default=None), counts=counts)


def telling(line: Evidence) -> frozenset[str]:
    """Return the stems of the words that say what a line is about."""
    return frozenset(content(f"{line.item.prefix} {line.item.text}"))


def same_matter(line: Evidence, other: Evidence) -> bool:
    """Return whether two lines share enough telling words to be about one thing."""
    return len(telling(line) & telling(other)) >= SAME_MATTER


def _same_meeting(line: Evidence, other: Evidence) -> bool:
    return line.item.source.path == other.item.source.path and line.item.date == other.item.date


def _place(line: Evidence) -> tuple[date, str, int, str]:
    return line.item.date or date.min, line.item.source.path, line.item.source.start or 0, ""
