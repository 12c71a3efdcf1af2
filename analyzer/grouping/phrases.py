"""Projects that nobody writes as a name: noun phrases that return in the running text of several meetings.

Only lines that report work count, and only those that no named project claims. A phrase is a run of two to four words
without function words and past forms, or one word in capitals ("KPI", "TTOs").
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from analyzer.grouping.candidates import heads_a_list
from analyzer.grouping.clusters import Cluster
from analyzer.grouping.names import stem, word_spans
from analyzer.grouping.notes import Notes, day, reports
from analyzer.grouping.words import STAGE, TIME, function_words, past_forms
from analyzer.records import Evidence, Label

LEAST_MEETINGS = 2
LEAST_MEETINGS_ONE_WORD = 3
"""One capitalised word is often a tool or a place: it has to return more often."""
_LONGEST = 4
_LEAST_CAPITALS = 3


def returning_phrases(notes: Notes, taken: Iterable[str]) -> list[Cluster]:
    """Return the projects that only running text names.

    Args:
        notes: the year.
        taken: ids of the lines that belong to a project already.

    Returns:
        New projects with the lines that use the phrase; no line is in two of them.
    """
    free = [line for line in notes.evidence if line.id not in set(taken) and _counts(line)]
    uses: dict[tuple[str, ...], dict[str, tuple[date, str]]] = {}
    for line in free:
        for key, written in _phrases(line, notes.people):
            uses.setdefault(key, {}).setdefault(line.id, (day(line), written))
    clusters: list[Cluster] = []
    done: set[str] = set()
    for key in sorted(uses, key=lambda key: (-_meetings(uses[key]), -len(key), key)):
        fresh = {line: use for line, use in uses[key].items() if line not in done}
        if _meetings(fresh) >= (LEAST_MEETINGS if len(key) > 1 else LEAST_MEETINGS_ONE_WORD) and _has_work(free, fresh):
            longest = _longest_with(key, uses, fresh)
            clusters.append(_cluster(longest, fresh))
            done |= fresh.keys()
    return clusters


def runs(text: str, people: frozenset[str]) -> list[list[tuple[str, int, int]]]:
    """Return the runs of words of a text that can be part of a noun phrase, with their offsets."""
    found: list[list[tuple[str, int, int]]] = [[]]
    end = 0
    for word, start, stop in word_spans(text):
        breaks = any(mark in text[end:start] for mark in '.,;:!?()[]"“”|>→')
        stops = word in function_words() or word in people or word in past_forms() or not word[:1].isalpha()
        if (breaks or stops) and found[-1]:
            found.append([])
        if not stops:
            found[-1].append((word, start, stop))
        end = stop
    return [run for run in found if run]


def _phrases(line: Evidence, people: frozenset[str]) -> Iterable[tuple[tuple[str, ...], str]]:
    text = line.item.text
    for run in runs(text, people):
        for size in range(2, _LONGEST + 1):
            for start in range(len(run) - size + 1):
                part = run[start : start + size]
                if _telling([word for word, _, _ in part]):
                    yield tuple(stem(word) for word, _, _ in part), text[part[0][1] : part[-1][2]]
        for word, start, stop in run:
            if _in_capitals(text[start:stop]) and _telling([word]):
                yield (stem(word),), text[start:stop]


def _in_capitals(written: str) -> bool:
    return len(written) >= _LEAST_CAPITALS and sum(letter.isupper() for letter in written) >= _LEAST_CAPITALS


def _telling(found: Sequence[str]) -> bool:
    solid = [word for word in found if word not in TIME and word not in STAGE]
    telling = [word for word in solid if not heads_a_list(word)]
    return bool(telling) and len(solid) >= min(2, len(found)) and found[-1] not in TIME


def _counts(line: Evidence) -> bool:
    return reports(line) and not line.has(Label.CAREER) and not line.has(Label.GOAL)


def _meetings(uses: dict[str, tuple[date, str]]) -> int:
    return len({found for found, _ in uses.values()})


def _has_work(free: Sequence[Evidence], uses: dict[str, tuple[date, str]]) -> bool:
    return any(line.id in uses and (line.has(Label.ACCOMPLISHMENT) or line.status is not None) for line in free)


def _longest_with(
    key: tuple[str, ...],
    uses: dict[tuple[str, ...], dict[str, tuple[date, str]]],
    fresh: dict[str, tuple[date, str]],
) -> dict[str, tuple[date, str]]:
    """Return the uses of the longest phrase that holds this one and stands in the same lines."""
    holding = [
        other
        for other in uses
        if len(other) > len(key) and set(key) <= set(other) and fresh.keys() <= uses[other].keys()
    ]
    return uses[max(holding, key=lambda other: (len(other), other))] if holding else fresh


def _cluster(named: dict[str, tuple[date, str]], lines: dict[str, tuple[date, str]]) -> Cluster:
    cluster = Cluster()
    for found, written in sorted(use for line, use in named.items() if line in lines):
        cluster.add(written, f"returns in the notes from {found.isoformat()}")
    cluster.lines = sorted(lines)
    cluster.first = min(found for found, _ in lines.values())
    return cluster
