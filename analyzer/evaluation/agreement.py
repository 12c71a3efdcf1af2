"""Two people's labels of the same items: how far they agree, which is how far a tool can be held to either."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from analyzer.errors import BadFileError
from analyzer.evaluation.gold import Author
from analyzer.evaluation.markers import LETTERS
from analyzer.records import Label

SETTLED = "settled.tsv"
"""Lists the items on which the two disagreed, and what was decided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How the second labelling compares with the first, before and after differences were settled."""

    items: int
    authors: int
    f1: tuple[tuple[Label, float | None, int], ...]
    """By label: F1 of the second against the first, and how many items have it in the first."""
    settled: int
    """Items on which the two differed; the labels that are used are those that a third person decided on."""

    def text(self) -> str:
        """Return the figures as plain text, ending in a line feed."""
        parts = ", ".join(
            f"{label.value} {value:.2f} ({count})" for label, value, count in self.f1 if value is not None
        )
        return (
            f"second labelling, blind: {self.items} items of {self.authors} authors; F1 against the first "
            f"(items that have the label): {parts}; {self.settled} items differed and were settled\n"
        )


def compare_annotators(corpus: Sequence[Author], folder: Path) -> Agreement:
    """Compare the blind second labels with the first.

    Args:
        corpus: the authors, with the labels that are used now.
        folder: ``<author>.tsv``, one line an item in the order of the notes (``path:line``, labels, status, polarity,
            direction, between tabs), and ``settled.tsv`` (author, ``path:line``, first, second, settled).

    Raises:
        BadFileError: a file that does not fit its author.
    """
    firsts = _settled(folder / SETTLED)
    counts = {label: [0, 0, 0] for label in Label}
    items = authors = 0
    for author in corpus:
        path = folder / f"{author.name}.tsv"
        if not path.is_file():
            continue
        rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
        if [row[0] for row in rows] != [f"{item.path}:{item.line}" for item in author.items]:
            raise BadFileError(path, "", "does not list the items of its author in their order")
        authors += 1
        items += len(rows)
        for item, row in zip(author.items, rows, strict=True):
            second = _labels(path, row[1])
            first = firsts.get((author.name, row[0], row[1]), item.labels)
            for label, count in counts.items():
                count[0] += label in first and label in second
                count[1] += label in first
                count[2] += label in second
    return Agreement(
        items=items,
        authors=authors,
        f1=tuple((label, 2 * n[0] / (n[1] + n[2]) if n[1] + n[2] else None, n[1]) for label, n in counts.items()),
        settled=len(firsts),
    )


def _settled(path: Path) -> dict[tuple[str, str, str], frozenset[Label]]:
    """Return the first labels of the items that were settled, by author, place and second labels."""
    if not path.is_file():
        return {}
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    if any(len(row) != 5 for row in rows):
        raise BadFileError(path, "", "has lines that are not author, place, first, second and settled labels")
    return {(author, place, second): _labels(path, first) for author, place, first, second, _ in rows}


def _labels(path: Path, letters: str) -> frozenset[Label]:
    try:
        return frozenset() if letters == "-" else frozenset(LETTERS[one] for one in letters)
    except KeyError as error:
        raise BadFileError(path, "", f"{error} is no label") from error
