"""Which lines use which words: an index, so that a line is compared with the lines that share words with it and no others."""

from __future__ import annotations

import heapq
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence


class WordIndex:
    """Positions by word; positions are added in rising order."""

    __slots__ = ("_places",)

    def __init__(self) -> None:
        """Start empty."""
        self._places: dict[str, list[int]] = {}

    def add(self, position: int, words: Iterable[str]) -> None:
        """Add one position with its words, each of them once."""
        for word in words:
            self._places.setdefault(word, []).append(position)

    def add_late(self, position: int, words: Iterable[str]) -> None:
        """Add words to a position that is there already."""
        for word in dict.fromkeys(words):
            places = self._places.setdefault(word, [])
            at = bisect_left(places, position)
            if at == len(places) or places[at] != position:
                places.insert(at, position)

    def first_sharing_two(self, words: Iterable[str], start: int, stop: int) -> int | None:
        """Return the first position from start up to, not including, stop that holds two of the words.

        The lists of the words are read side by side and only as far as that position: common words meet early, rare words
        have short lists.
        """
        before = -1
        for position in heapq.merge(*self._lists(words, start, stop)):
            if position == before:
                return position
            before = position
        return None

    def shared(self, words: Iterable[str], start: int, stop: int) -> Counter[int]:
        """Return how many of the words each position from start up to, not including, stop holds."""
        found: Counter[int] = Counter()
        for positions in self._bounded(words, start, stop):
            found.update(positions)
        return found

    def latest(self, words: Iterable[str], most: int) -> list[int]:
        """Return the positions that hold any of the words, latest first; of each word only the latest ones."""
        return sorted({at for word in words for at in self._places.get(word, ())[-most:]}, reverse=True)

    def _bounded(self, words: Iterable[str], start: int, stop: int) -> Iterator[Sequence[int]]:
        for word in dict.fromkeys(words):
            positions = self._places.get(word, [])
            first, last = bisect_left(positions, start), bisect_left(positions, stop)
            if first < last:
                yield positions if last - first == len(positions) else positions[first:last]

    def _lists(self, words: Iterable[str], start: int, stop: int) -> list[Iterator[int]]:
        """Return the lists, none of them longer than the second longest reaches: past that no two can meet."""
        lists = list(self._bounded(words, start, stop))
        ends = sorted((positions[-1] for positions in lists), reverse=True)
        end = ends[1] if len(ends) > 1 else -1
        return [_until(positions, end) for positions in lists]


def _until(positions: Sequence[int], end: int) -> Iterator[int]:
    for position in positions:
        if position > end:
            return
        yield position
