"""The groups of lines that a group shares telling words with, within about a year: the only ones that it can be joined with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from analyzer.grouping.similar import Lines, similarity

ENOUGH = 1.2
"""Similarity from which two groups are one: set on the labelled notes, where nine joined lines of ten belong together."""
COMMON = 100
"""Groups a year that share a word, from which the word leads from none of them to the others: it is too common to."""

_UNDATED = 0


class Neighbours:
    """Groups by word and by year, so that the groups near one are found without a look at all the others."""

    __slots__ = ("_holders", "_weights")

    def __init__(self, groups: Mapping[int, Lines], weights: Mapping[str, float]) -> None:
        """Index the groups to start from.

        Args:
            groups: by number.
            weights: what sharing each word counts.
        """
        self._holders: dict[str, dict[int, dict[int, None]]] = {}
        for at, lines in groups.items():
            self._add(at, lines)
        self._weights = {
            word: weights[word]
            for word, years in self._holders.items()
            if max(len(holders) for holders in years.values()) <= COMMON
        }
        self._holders = {word: self._holders[word] for word in self._weights}

    def of(self, lines: Lines, alive: Mapping[int, Lines], own: int) -> Iterator[tuple[int, float]]:
        """Return the groups that are similar enough to be one with some lines, with their similarity.

        Args:
            lines: the lines of one group.
            alive: all groups.
            own: the number of that group.
        """
        near = range(min(_years(lines)) - 1, max(_years(lines)) + 2)
        totals: dict[int, float] = {}
        for word in sorted(lines.uses):
            if (weight := self._weights.get(word)) is None:
                continue
            years = self._holders[word]
            for other in _within(years, near):
                totals[other] = totals.get(other, 0.0) + weight * lines.uses[word] * alive[other].uses[word]
        for other, total in totals.items():
            if other != own and total >= ENOUGH:
                found = similarity(total, lines, alive[other])
                if found >= ENOUGH:
                    yield other, found

    def replace(self, old: Mapping[int, Lines], new: int, lines: Lines) -> None:
        """Take groups out and put the one that they became in."""
        for at, gone in old.items():
            for word in gone.uses:
                years = self._holders.get(word, {})
                for year in _years(gone):
                    years.get(year, {}).pop(at, None)
        self._add(new, lines, only_known=True)

    def _add(self, at: int, lines: Lines, *, only_known: bool = False) -> None:
        for word in lines.uses:
            if only_known and word not in self._holders:
                continue
            years = self._holders.setdefault(word, {})
            for year in _years(lines):
                years.setdefault(year, {})[at] = None


def _within(years: Mapping[int, Mapping[int, None]], near: range) -> dict[int, None]:
    """Return the holders of the years near; undated ones are near all."""
    found: dict[int, None] = {}
    for year in sorted(years):
        if year in near or year == _UNDATED or _UNDATED in near:
            found |= years[year]
    return found


def _years(lines: Lines) -> range:
    """Return the calendar years that some lines span."""
    if lines.first is None or lines.last is None:
        return range(_UNDATED, _UNDATED + 1)
    return range(lines.first.year, lines.last.year + 1)
