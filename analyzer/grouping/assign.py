"""Which project a line without a name of its own belongs to. A wrong project is worse than none."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta

from analyzer.grouping.candidates import heads_a_list, linked_by_ticket
from analyzer.grouping.clusters import Cluster
from analyzer.grouping.common import rarity
from analyzer.grouping.names import Key, contains, stem, word_spans
from analyzer.grouping.notes import Notes, day
from analyzer.grouping.words import TIME, function_words
from analyzer.records import Evidence, Label

LEAST_SHARED = 2
"""Words that only one project uses, before a line without any name is counted to it: one could be chance."""
OWNED = 0.5
"""Share of a word's other uses in the year that must be the project's: else it is a word of the whole year."""
MARGIN = 2.0
"""How many times more of them than the runner-up has."""
REACH = timedelta(days=150)
"""How far from a project's other lines words alone may reach."""
ROUNDS = 2
_LEADING = frozenset("the on for with about to of in into our my".split())
_ANAPHORS = frozenset("it this that they these those which".split())
_RESULTS = frozenset({Label.ACCOMPLISHMENT, Label.IMPACT, Label.BLOCKER})
_JUDGES = frozenset({Label.FEEDBACK, Label.CAREER, Label.GOAL})

Siblings = Mapping[str, tuple[object, Key]]
"""The list and the key of each line with a prefix of its own, by evidence id: two keys in one list are two projects."""
Assigned = dict[str, Cluster]
"""Evidence id to project."""


def by_name(notes: Notes, clusters: Sequence[Cluster], assigned: Assigned) -> Assigned:
    """Assign the lines whose text names a project, the nested lines of named ones, and the lines of its tickets."""
    found = dict(assigned)
    known = Known(_known_forms(clusters, frozenset(stem(word) for word in notes.people)))
    for line in notes.evidence:
        if line.id not in found and (cluster := mentioned(line, known)) is not None:
            found[line.id] = cluster
    _by_ticket(notes, found)
    return by_place(notes, found)


def by_place(notes: Notes, assigned: Assigned) -> Assigned:
    """Assign nested lines to the project above them, and sentences that point back, or tell results, to the one before."""
    found = dict(assigned)
    for line in notes.evidence:
        for ancestor in notes.ancestors(line.id):
            if line.id not in found and ancestor in found:
                found[line.id] = found[ancestor]
    known = notes.by_id()
    for line in sorted(notes.evidence, key=lambda line: (day(line), line.item.source.start or 0)):
        before = notes.previous.get(line.id)
        if line.id not in found and before in found and (_points_back(line) or _goes_on(line, known[before])):
            found[line.id] = found[before]
    return found


def by_words(notes: Notes, assigned: Assigned, siblings: Siblings) -> Assigned:
    """Assign results that share two words with one project, or its proper name, hardly used elsewhere in the notes.

    A nested line is about what it is nested under: where that is no project, other words decide nothing. Nor do they put
    a line with a prefix of its own to the project of another prefix in the same list.

    Args:
        notes: the year.
        assigned: what is assigned already.
        siblings: the list and the key of each line with a prefix of its own.
    """
    found = dict(assigned)
    for _ in range(ROUNDS):
        fresh = _round_of_words(notes, found, siblings)
        if not fresh:
            break
        found = by_place(notes, found | fresh)
    return found


def _round_of_words(notes: Notes, assigned: Assigned, siblings: Siblings) -> Assigned:
    listed = {(id(home), siblings[key][0]) for key, home in assigned.items() if key in siblings}
    uses = {word: _speaks_for(homes) for word, homes in _uses(notes, assigned).items()}
    proper = _proper(notes)
    homes = {id(cluster): cluster for cluster in assigned.values()}
    found: Assigned = {}
    for line in notes.evidence:
        if line.id in assigned or line.id in siblings or line.id in notes.parents or not _may_go_by_words(line):
            continue
        votes: Counter[int] = Counter()
        for word in dict.fromkeys(_stems(line, notes.people)):
            owner = uses.get(word)
            if owner is not None and _near(day(line), owner[1]):
                votes[owner[0]] += LEAST_SHARED if word in proper and len(owner[1]) > 1 else 1
        ranked = votes.most_common(2)
        sure = ranked and ranked[0][1] >= LEAST_SHARED and (len(ranked) < 2 or ranked[0][1] >= MARGIN * ranked[1][1])
        if sure and (line.id not in siblings or (ranked[0][0], siblings[line.id][0]) not in listed):
            found[line.id] = homes[ranked[0][0]]
    return found


def _proper(notes: Notes) -> frozenset[str]:
    """Return the stems of words that nobody's notes share and that these write with a capital only: names of things."""
    small: set[str] = set()
    large: set[str] = set()
    for line in notes.evidence:
        for word, start, stop in word_spans(line.item.text):
            (large if line.item.text[start:stop][0].isupper() else small).add(stem(word))
    return frozenset(word for word in large - small if rarity(word) == 1)


def _speaks_for(uses: Mapping[int | None, Sequence[date]]) -> tuple[int, Sequence[date]] | None:
    """Return the project that a word speaks for in a line without one, with its days: most of the other uses are its."""
    others = sum(map(len, uses.values())) - 1
    owners = [home for home, days in uses.items() if home is not None and len(days) >= OWNED * others]
    return (owners[0], uses[owners[0]]) if len(owners) == 1 else None


def _near(when: date, days: Sequence[date]) -> bool:
    """Return whether one of some days, in their order, is in reach."""
    at = bisect_left(days, when)
    return any(abs(when - other) <= REACH for other in days[max(at - 1, 0) : at + 1])


def _uses(notes: Notes, assigned: Assigned) -> dict[str, dict[int | None, list[date]]]:
    """Return the days of the lines that use each word, by their project; None for lines without one."""
    found: dict[str, dict[int | None, list[date]]] = {}
    for line in notes.evidence:
        home = assigned.get(line.id)
        for word in dict.fromkeys(_stems(line, notes.people)):
            found.setdefault(word, {}).setdefault(id(home) if home else None, []).append(day(line))
    return found


class Known:
    """The runs of words that name a project, by the words that a line has to hold for any of them."""

    __slots__ = ("_by_word",)

    def __init__(self, forms: Mapping[Key, Cluster]) -> None:
        """Index the runs: of two words and more all but one stand as they are (`contains`), so one of the first two does."""
        self._by_word: dict[str, list[tuple[int, Key, Cluster]]] = {}
        for at, (key, cluster) in enumerate(forms.items()):
            for word in dict.fromkeys(key[:2]):
                self._by_word.setdefault(word, []).append((at, key, cluster))

    def near(self, stems: Iterable[str]) -> list[tuple[Key, Cluster]]:
        """Return the runs that can stand in a line of these words, in their order."""
        found = {one[0]: one for word in stems for one in self._by_word.get(word, ())}
        return [found[at][1:] for at in sorted(found)]


def mentioned(line: Evidence, known: Known) -> Cluster | None:
    """Return the project that a line's text names; the longest name wins, then the first.

    A name of one word counts only where it opens the line or is written with a capital: "budget" in "training
    budget approved" is no mention of a project that is called Budget.
    """
    spans = [span for span in word_spans(line.item.text) if span[0] not in function_words()]
    stems = [stem(word) for word, _, _ in spans]
    best: tuple[int, int] | None = None
    home: Cluster | None = None
    for key, cluster in known.near(stems):
        start = contains(stems, key)
        if start is None or (len(key) == 1 and not _stands_alone(line.item.text, spans, start)):
            continue
        rank = (len(key), -start)
        if best is None or rank > best:
            best, home = rank, cluster
    return home


def _known_forms(clusters: Sequence[Cluster], people: Collection[str]) -> dict[Key, Cluster]:
    """Return the runs of words that name exactly one project: its names, and parts of them of two words or more.

    The people in a name ("plan for Ana and Ben") do not name it.
    """
    owners: dict[Key, list[Cluster]] = {}
    for cluster in clusters:
        for key in dict.fromkeys(run for name in cluster.keys for run in _runs(name) if not set(run) <= set(people)):
            owners.setdefault(key, []).append(cluster)
    exact = {key: cluster for cluster in reversed(clusters) for key in cluster.keys}
    shared = {key: owner[0] for key, owner in owners.items() if len(owner) == 1}
    return {**shared, **exact}


def _runs(key: Key) -> Iterable[Key]:
    yield key
    for size in range(len(key) - 1, 1, -1):
        for start in range(len(key) - size + 1):
            yield key[start : start + size]


def _stands_alone(text: str, spans: Sequence[tuple[str, int, int]], index: int) -> bool:
    word, start, _ = spans[index]
    before = word_spans(text[:start])
    led = bool(before) and before[-1][0] in _LEADING
    return len(word) > 1 and (index == 0 or led or text[start].isupper())


def _points_back(line: Evidence) -> bool:
    spans = word_spans(line.item.text)
    return bool(spans) and spans[0][0] in _ANAPHORS


def _goes_on(line: Evidence, before: Evidence) -> bool:
    """Return whether a result follows in the same paragraph: it is about what the paragraph names."""
    return bool(line.labels & _RESULTS) and before.item.source == line.item.source


def _by_ticket(notes: Notes, found: Assigned) -> None:
    links = linked_by_ticket(notes)
    homes: dict[str, list[Cluster]] = {}
    for evidence_id, keys in links.items():
        if (cluster := found.get(evidence_id)) is not None:
            for key in keys:
                homes.setdefault(key, []).append(cluster)
    for evidence_id, keys in links.items():
        named = {id(cluster): cluster for key in keys for cluster in homes.get(key, [])}
        if evidence_id not in found and len(named) == 1:
            found[evidence_id] = next(iter(named.values()))


def _may_go_by_words(line: Evidence) -> bool:
    return bool(line.labels & _RESULTS) and not line.labels & _JUDGES and not line.item.pinned


def _stems(line: Evidence, people: frozenset[str]) -> list[str]:
    skip = function_words() | TIME | people
    found = [word for word, _, _ in word_spans(f"{line.item.prefix} {line.item.text}") if word not in skip]
    return [stem(word) for word in found if len(word) > 2 and word.isalpha() and not heads_a_list(word)]
