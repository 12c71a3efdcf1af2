"""Where a citation leads within the page: the cited lines of the notes with a few lines around them.

Only lines that became items are shown, and only those of the same meeting: what was left out (private parts, what the user
took out, other people's meetings, another period) has no place in a page that is passed on.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from analyzer.drafting.desk import Desk
from analyzer.drafts import Citation
from analyzer.records import BlockKind, Document, Evidence, Meeting, Source
from analyzer.rendering.flow import clean_lines

AROUND = 2
"""Lines shown before and behind the cited ones."""
MOST_CITED = 12
"""Cited lines shown; a paragraph may run over many."""
LONGEST, LONGEST_AROUND = 1200, 240
"""Characters of a cited line and of its neighbours: notes may hold lines of any length."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the notes: its number, '' where the format has none, its words, and whether it is cited."""

    number: str
    text: str
    cited: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Cited lines in their surroundings; without ``lines`` only the place is known."""

    label: str
    path: str
    target: str
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """The notes that a page was made from, as far as it may show them."""

    documents: Mapping[str, Document]
    meetings: Mapping[str, Sequence[tuple[int, ...]]]
    """Path to the lines of each meeting that were read, in order."""
    places: Mapping[str, Source]
    """Citation label to the place in the notes."""

    def around(self, cited: Citation) -> Context:
        """Return the lines that a citation stands on, with their neighbours."""
        source = self.places.get(cited.label)
        start, end = cited.line, cited.end or cited.line
        if start is None and source is not None:
            start, end = source.start, source.end or source.start
        document = self.documents.get(cited.path)
        found = Context(label=cited.label, path=cited.path, target=cited.target)
        if document is None or start is None or end is None:
            return found
        lines = tuple(self._line(document, at, start, end) for at in self._numbers(cited.path, start, end))
        return Context(label=found.label, path=found.path, target=found.target, lines=lines)

    def _numbers(self, path: str, start: int, end: int) -> list[int]:
        read = next((one for one in self.meetings.get(path, ()) if one and one[0] <= start <= one[-1]), ())
        first, behind = bisect_left(read, start), bisect_left(read, end + 1)
        cited = range(start, min(end, start + MOST_CITED - 1) + 1)
        return [*read[max(first - AROUND, 0) : first], *cited, *read[behind : behind + AROUND]]

    @staticmethod
    def _line(document: Document, at: int, start: int, end: int) -> Line:
        is_cited = start <= at <= end
        text = " ".join(clean_lines(document.lines[at - 1])) if at <= len(document.lines) else ""
        number = "" if document.places else str(at)
        return Line(number, clipped(text.rstrip(), LONGEST if is_cited else LONGEST_AROUND), is_cited)


def notes_of(desk: Desk, documents: Sequence[Document], hidden: Sequence[Evidence] = ()) -> Notes:
    """Return the notes that a page may show.

    Args:
        desk: the review's look-ups.
        documents: the files as they were read.
        hidden: lines that are shown around no other line; those that the user took out are not either.
    """
    evidence = desk.review.evidence
    unseen = {one.id for one in hidden} | {one.id for one in evidence if not one.labels and "curation" in one.why}
    read = {place for line in evidence if line.id not in unseen for place in _places(line.item.source)}
    read -= {place for line in evidence if line.id in unseen for place in _places(line.item.source)}
    meetings: dict[str, list[tuple[int, ...]]] = {}
    for meeting in desk.review.meetings:
        known = read | _headings(meeting)
        own = [place for place in _places(meeting.source) if place in known]
        meetings.setdefault(meeting.source.path, []).append(tuple(at for _, at in own))
    places = {desk.cite(line.id).label: line.item.source for line in evidence}
    return Notes(documents={one.path: one for one in documents}, meetings=meetings, places=places)


def clipped(text: str, longest: int) -> str:
    """Return a text shortened to so many characters, between two words where there are some, with a mark at its end."""
    if len(text) <= longest:
        return text
    head, _, tail = text[: longest - 2].rpartition(" ")
    return f"{(head if len(tail) < longest // 2 else text[: longest - 2]).rstrip()} …"


def _headings(meeting: Meeting) -> set[tuple[str, int]]:
    headings = (block for block in meeting.blocks if block.kind is BlockKind.HEADING)
    return {place for block in headings for place in _places(block.source)}


def _places(source: Source) -> Iterator[tuple[str, int]]:
    if source.start is not None:
        yield from ((source.path, at) for at in range(source.start, (source.end or source.start) + 1))
