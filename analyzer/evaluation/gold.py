"""What a labelled note says: the gold items, the documents they stand in, and the authors who wrote them.

Lines are 1-based and number both the marked and the clean text, which have the same lines. Offsets are 0-based and
half-open, counted in characters of the clean text of the document.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from analyzer.records import Direction, Label, Polarity, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldMetric:
    """A quantity that expresses an effect, as the annotator wrote it; absent roles are None."""

    name: str
    before: float | None = None
    after: float | None = None
    delta: float | None = None
    value: float | None = None
    unit: str | None = None
    projected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldItem:
    """One labelled item: where it stands and what its marker says."""

    path: str
    """The document's path relative to the author's folder."""
    line: int
    """The line that the marker stands on, which is the last line of the item."""
    first_line: int
    start: int
    end: int
    text: str
    """The stretch of the clean text, without the list marker."""
    labels: frozenset[Label]
    status: Status | None = None
    polarity: Polarity | None = None
    direction: Direction | None = None
    project: str | None = None
    claim: str | None = None
    """The slug of the accomplishment that the item reports."""
    effect_of: str | None = None
    """The slug of the accomplishment that the effect or the feedback is about."""
    metrics: tuple[GoldMetric, ...] = ()
    people: tuple[str, ...] = ()
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldDocument:
    """One file of notes: the clean text that the tool reads and the items in the order of the text."""

    path: str
    text: str
    items: tuple[GoldItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Who writes, and how; see `data/labelled/README.md`."""

    subject: str
    manager: str
    writer: str
    """``subject`` or ``manager``."""
    job: str
    style: str
    format: str
    year: int
    day_first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """One hand: a folder of the labelled data."""

    name: str
    card: Card
    documents: tuple[GoldDocument, ...]

    @property
    def items(self) -> tuple[GoldItem, ...]:
        """Every item of every document, in order."""
        return tuple(item for document in self.documents for item in document.items)


def describe(corpus: Sequence[Author]) -> dict[str, Any]:
    """Count what a corpus holds.

    Returns:
        ``authors``, ``items``, the number of items by label (``none`` for items without one), with status, metrics,
        project and claim, and the same by author under ``by_author``.
    """
    by_author = {author.name: _counts(author.items) for author in corpus}
    counts = _counts([item for author in corpus for item in author.items])
    for name in ("projects", "claims"):  # names of two authors are never one project or claim
        counts[name] = sum(row[name] for row in by_author.values())
    return {"authors": len(corpus), **counts, "by_author": by_author}


def _counts(items: Sequence[GoldItem]) -> dict[str, Any]:
    labels = Counter(label.value for item in items for label in item.labels)
    return {
        "items": len(items),
        "labels": {label.value: labels[label.value] for label in Label}
        | {"none": sum(not item.labels for item in items)},
        "status": sum(item.status is not None for item in items),
        "metrics": sum(len(item.metrics) for item in items),
        "projects": len({item.project for item in items if item.project}),
        "claims": len({item.claim for item in items if item.claim}),
    }
