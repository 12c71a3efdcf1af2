"""An index of projects by marks of their names: what two names must have in common to be one name at all.

The tests of `analyzer.grouping.clusters` decide; the index only spares them the projects that none of them can join.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, Protocol, TypeVar

from analyzer.grouping.names import TYPO_MIN_LENGTH, Key, words

_DIGITS = "0123456789"


class Named(Protocol):
    """What has names: a project while its names are being collected."""

    names: list[str]
    keys: list[Key]


P = TypeVar("P", bound=Named)


class Alike(Generic[P]):
    """Projects in their order, found by the marks of a name."""

    def __init__(self, projects: Iterable[P]) -> None:
        """Index some projects."""
        self._projects: list[P] = []
        self._places: dict[int, int] = {}
        self._marked: dict[str, dict[int, None]] = {}
        for project in projects:
            self.add(project)

    def add(self, project: P) -> None:
        """Add a project, or the names that one has got since."""
        at = self._places.setdefault(id(project), len(self._projects))
        if at == len(self._projects):
            self._projects.append(project)
        for mark in _marks(project.keys, [words(name) for name in project.names]):
            self._marked.setdefault(mark, {})[at] = None

    def near(self, keys: Iterable[Key], spoken: Sequence[Sequence[str]] = ()) -> list[P]:
        """Return the projects that have a mark in common with some names, in their order; all for a name without marks.

        Args:
            keys: the keys of the names.
            spoken: the words of each.
        """
        marks = dict.fromkeys(_marks(keys, spoken))
        if not marks:
            return list(self._projects)
        found = {at for mark in marks for at in self._marked.get(mark, ())}
        return [self._projects[at] for at in sorted(found)]


def _marks(keys: Iterable[Key], spoken: Sequence[Sequence[str]]) -> Iterator[str]:
    for key in keys:
        yield f"joined {''.join(key)}"
        for word in key:
            yield from _word_marks(word)
    for name in spoken:
        yield from _initials(name)


def _word_marks(word: str) -> Iterator[str]:
    """Return the word, and of a long one its start and its end: one slip of the fingers leaves either as it was."""
    yield f"word {word}"
    if len(word) >= TYPO_MIN_LENGTH:
        yield f"start {word[:3]}"
        yield f"end {word[0]}{word[-2:]}"


def _initials(name: Sequence[str]) -> Iterator[str]:
    """Return the letters that words clipped one by one keep, and those that initials are made of."""
    letters = "".join(word[0] for word in name)
    yield f"letters {letters}"
    if len(name) == 1:
        yield f"short {name[0]}"
        yield f"short {name[0].rstrip(_DIGITS)}"
    else:
        yield f"short {letters}"
        yield f"short {''.join(word[0] for word in name if not word.isdigit())}"
