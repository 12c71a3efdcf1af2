"""Later lines that may be about something that nothing else follows up: they share words with it that hardly any line uses.

An echo is a hint and no link: a draft that finds one quotes it and does not say that the notes are silent.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from analyzer.grouping.common import rarity
from analyzer.grouping.names import content
from analyzer.grouping.notes import Notes, day
from analyzer.grouping.wordindex import WordIndex
from analyzer.records import Evidence

MOST = 2
"""Echoes of one line that are kept, the most telling first."""
OFTEN = 0.03
"""Share of a year's lines from which on a word is everybody's and tells nothing."""
LEAST_OFTEN = 6
"""Lines up to which a word counts as rare in short notes as well."""
TELLING = 1.5
"""What the shared words have to weigh: one that no other trade uses and few lines hold, or several common ones."""

Wanted = Callable[[Evidence], bool]


def echoes_of(notes: Notes, asked: Mapping[str, Wanted]) -> dict[str, tuple[str, ...]]:
    """Find the later lines that echo some lines.

    Args:
        notes: the year.
        asked: by evidence id, which later lines could be an answer to it.

    Returns:
        By evidence id, the ids of the lines that echo it, in the order of the notes; lines without any are left out.
    """
    index = WordIndex()
    uses: Counter[str] = Counter()
    own: list[frozenset[str]] = []
    for at, line in enumerate(notes.evidence):
        said = _telling(line, notes)
        own.append(said)
        uses.update(said)
        index.add(at, said)
    weights = {word: _weight(word, count, len(own)) for word, count in uses.items()}
    found: dict[str, tuple[str, ...]] = {}
    for at, line in enumerate(notes.evidence):
        if line.id not in asked:
            continue
        words = [word for word in own[at] if weights[word] > 0]
        start, stop = (0, len(own)) if line.item.date is None else (at, notes.window(line)[1])
        near = index.shared(words, start, stop)
        ranked = sorted(
            (-sum(weights[word] for word in own[at] & own[other]), other)
            for other in near
            if other != at and _follows(line, notes.evidence[other], notes) and asked[line.id](notes.evidence[other])
        )
        best = [other for weight, other in ranked if -weight >= TELLING][:MOST]
        if best:
            found[line.id] = tuple(notes.evidence[other].id for other in sorted(best))
    return found


def _follows(line: Evidence, other: Evidence, notes: Notes) -> bool:
    """Return whether a line comes after another one: in a later meeting, or below it in the same one."""
    if line.item.date is None or other.item.date is None:
        return other.item.date is not None
    if day(other) == day(line):
        return line.id in notes.ancestors(other.id)
    return day(other) > day(line)


def _weight(word: str, count: int, lines: int) -> float:
    """Return how much a shared word tells: nothing where many lines use it."""
    if count > max(LEAST_OFTEN, OFTEN * lines):
        return 0.0
    return rarity(word) * math.log(lines / count) / math.log(max(lines, 2)) * 2


def _telling(line: Evidence, notes: Notes) -> frozenset[str]:
    said: Iterable[str] = content(f"{line.item.prefix} {line.item.text}", notes.people)
    return frozenset(word for word in said if not word.isdigit())
