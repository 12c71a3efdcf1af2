"""Citations: what a reader sees, ``[03 Mar, l. 212]``, and where it leads, ``notes.md#L212``.

A label is unique within one review. The year stands in it where the period spans several years, the file's name where the
date alone does not tell the file: two documents with a meeting on the same day, or pinned parts of several documents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from urllib.parse import quote

from analyzer.drafts import Citation
from analyzer.records import Evidence, Review, Source

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


Links = Mapping[str, str] | None
"""From the path of a document in records to its file as seen from the output folder; None where both are the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citer:
    """How lines are cited in the outputs of one review."""

    links: Mapping[str, str]
    """Path of a document to its file as seen from the output folder, with slashes; a path that is not there is its own."""
    years: bool
    """Whether labels carry the year."""
    shared: frozenset[date | None]
    """The dates (None for pinned) that several documents have: their labels carry the file's name."""
    names: dict[str, str]
    """Path to the shortest ending of it that no other path shares."""
    documents: tuple[str, ...]
    """The paths, in order."""

    def cite(self, evidence: Evidence) -> Citation:
        """Return the citation of an item."""
        return self.cite_source(evidence.item.source, evidence.item.date)

    def cite_source(self, source: Source, day: date | None) -> Citation:
        """Return the citation of a place in the notes.

        Args:
            source: the place.
            day: the meeting's date, None for the pinned part.
        """
        when = short_day(day, with_year=self.years) if day else "pinned"
        name = [self.names.get(source.path, source.path)] if day in self.shared else []
        return Citation(
            label=_safe(", ".join([when, *name, place(source)])),
            target=self._target(source),
            path=source.path,
            line=source.start,
            end=source.end,
            date=day,
        )

    def _target(self, source: Source) -> str:
        path = quote(self.links.get(source.path, source.path), safe="/")
        if source.start is None:
            return path
        end = f"-L{source.end}" if source.end and source.end > source.start else ""
        return f"{path}#L{source.start}{end}"


def citer(review: Review, links: Links = None) -> Citer:
    """Return how to cite the lines of a review.

    Args:
        review: the review; its evidence and meetings say which documents and dates there are.
        links: where each document is as seen from the output folder, so that links open.
    """
    places = [(item.item.date, item.item.source.path) for item in review.evidence]
    places += [(meeting.date, meeting.source.path) for meeting in review.meetings]
    paths: dict[date | None, set[str]] = {}
    for day, path in places:
        paths.setdefault(day, set()).add(path)
    years = {day.year for day, _ in places if day}
    documents = tuple(sorted({path for _, path in places}))
    return Citer(
        links={path: link.replace("\\", "/") for path, link in (links or {}).items()},
        years=len(years) > 1,
        shared=frozenset(day for day, found in paths.items() if len(found) > 1),
        names=_short_names(documents),
        documents=documents,
    )


def place(source: Source) -> str:
    """Return the place within a file: ``l. 212``, ``l. 212-214`` or the locator."""
    if source.locator or source.start is None:
        return source.locator or "no line"
    return f"l. {source.start}" + (f"-{source.end}" if source.end and source.end > source.start else "")


def short_day(day: date, *, with_year: bool = False) -> str:
    """Return a day as citations write it: ``03 Mar`` or ``03 Mar 2024``."""
    return f"{day.day:02d} {MONTHS[day.month - 1]}" + (f" {day.year}" if with_year else "")


def long_day(day: date, *, with_year: bool = False) -> str:
    """Return a day as sentences write it: ``3 March`` or ``3 March 2024``."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]}" + (f" {day.year}" if with_year else "")


def _safe(label: str) -> str:
    """Keep a file's name from ending the label or from being read as a mark."""
    return label.translate({ord("["): "(", ord("]"): ")", ord("\\"): "/", ord("\n"): " "})


def _short_names(paths: Iterable[str]) -> dict[str, str]:
    known = list(paths)
    sizes: Callable[[str], int] = lambda path: len(PurePosixPath(path).parts)  # noqa: E731
    names: dict[str, str] = {}
    for path in known:
        parts = PurePosixPath(path).parts
        for size in range(1, sizes(path) + 1):
            tail = parts[-size:]
            if not any(PurePosixPath(other).parts[-size:] == tail for other in known if other != path):
                break
        names[path] = "/".join(tail)
    return names
