"""Lines without a name of their own to projects: groups of lines that share most are joined, the surest pair first.

Lines that a name holds together go in as one group, and two such groups are never joined here. What is left of the year
joins them, or makes new projects that nobody wrote as a name ("rota"): agglomerative clustering of short texts.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from analyzer.grouping.assign import Siblings
from analyzer.grouping.candidates import linked_by_ticket
from analyzer.grouping.clusters import Cluster
from analyzer.grouping.common import rarity
from analyzer.grouping.names import Key, stem, word_spans, words
from analyzer.grouping.neighbours import Neighbours
from analyzer.grouping.notes import Notes, day, reports
from analyzer.grouping.similar import Lines, Vocabulary, read_vocabulary
from analyzer.grouping.words import QUANTIFIERS, opens_a_sentence, verb_lemma
from analyzer.records import Evidence, Label

MOST_NEAR = 50
"""Of one group's neighbours so many wait to be joined with it, the most similar ones: this bounds the memory."""
LEAST_LINES = 3
LEAST_MEETINGS = 2
"""Lines and meetings that make a project of what nobody named; two lines do that share words that stand side by side."""

LEAST_RARE = 0.5
"""How rare the word must be that alone names what nobody named, see `analyzer.grouping.common.rarity`."""
_COUNTING = frozenset(stem(word) for word in QUANTIFIERS)
ANYWHERE = "any list"
"""Stands for all lists: names of several words that share none are two projects wherever they stand."""
_ABOUT_THE_PERSON = frozenset({Label.CAREER, Label.GOAL})

Assigned = dict[str, Cluster]
Prefixes = Mapping[object, frozenset[Key]]
"""The keys of some lines' prefixes, by the list that they stand in."""


def link(notes: Notes, assigned: Assigned, siblings: Siblings) -> tuple[Assigned, list[Cluster]]:
    """Join lines without a project to one another and to the projects.

    Args:
        notes: the year.
        assigned: project by evidence id, as names give it.
        siblings: the list and the key of each line with a prefix of its own; two keys of one list are never joined.

    Returns:
        The projects with the lines that joined them, and the new projects among them.
    """
    vocabulary = read_vocabulary(notes)
    groups, homes = _groups(notes, assigned, vocabulary)
    joined = _joined(groups, homes, vocabulary.weights, siblings, linked_by_ticket(notes))
    known = notes.by_id()
    found: Assigned = dict(assigned)
    new: list[Cluster] = []
    for at in sorted(joined):
        lines, home = joined[at]
        if home is None:
            home = _new_project([known[key] for key in lines.ids], vocabulary)
            if home is None:
                continue
            new.append(home)
        found |= dict.fromkeys(lines.ids, home)
    return found, new


def _groups(
    notes: Notes, assigned: Assigned, vocabulary: Vocabulary
) -> tuple[dict[int, Lines], dict[int, Cluster | None]]:
    """Return the groups to start from: a project's lines, and every other line with what is nested under it."""
    members: dict[tuple[str, str], list[Evidence]] = {}
    owners: dict[tuple[str, str], Cluster | None] = {}
    names = {id(cluster): str(at) for at, cluster in enumerate({id(one): one for one in assigned.values()}.values())}
    for line in notes.evidence:
        home = assigned.get(line.id)
        above = notes.ancestors(line.id)
        key = ("project", names[id(home)]) if home else ("line", above[-1] if above else line.id)
        if home is None and (line.item.pinned or line.labels & _ABOUT_THE_PERSON):
            continue
        members.setdefault(key, []).append(line)
        owners[key] = home
    numbered = list(enumerate(members))
    groups = {at: vocabulary.of(members[key]) for at, key in numbered}
    return groups, {at: owners[key] for at, key in numbered}


def _joined(
    groups: Mapping[int, Lines],
    homes: Mapping[int, Cluster | None],
    weights: Mapping[str, float],
    siblings: Siblings,
    tickets_of: Mapping[str, Sequence[str]],
) -> dict[int, tuple[Lines, Cluster | None]]:
    """Join the two most similar groups until no two are similar enough."""
    alive, owner = dict(groups), dict(homes)
    neighbours = Neighbours(groups, weights)
    prefixes = {at: _prefixes(lines.ids, siblings) for at, lines in groups.items()}
    tickets = {
        at: frozenset(key for line in lines.ids for key in tickets_of.get(line, ())) for at, lines in groups.items()
    }
    queue: list[tuple[float, int, int]] = []

    def consider(at: int) -> None:
        fitting = [
            (-found, min(at, other), max(at, other))
            for other, found in neighbours.of(alive[at], alive, at)
            if (owner[at] is None or owner[other] is None)
            and not are_siblings(prefixes[at], prefixes[other])
            and not _other_tickets(tickets[at], tickets[other])
        ]
        for one in heapq.nsmallest(MOST_NEAR, fitting):
            heapq.heappush(queue, one)

    for at in groups:
        consider(at)
    while queue:
        _, one, other = heapq.heappop(queue)
        if one not in alive or other not in alive:
            continue
        new = len(owner)
        owner[new] = owner[one] or owner[other]
        alive[new] = alive[one].joined(alive[other])
        neighbours.replace({one: alive[one], other: alive[other]}, new, alive[new])
        prefixes[new] = {
            key: prefixes[one].get(key, frozenset()) | prefixes[other].get(key, frozenset())
            for key in dict.fromkeys((*prefixes[one], *prefixes[other]))
        }
        tickets[new] = tickets[one] | tickets[other]
        del alive[one], alive[other]
        consider(new)
    return {at: (lines, owner[at]) for at, lines in alive.items()}


def _prefixes(ids: Iterable[str], siblings: Siblings) -> Prefixes:
    """Return the keys of some lines' prefixes by their list; of names of two words and more, their words in any list."""
    found: dict[object, frozenset[Key]] = {}
    for one in ids:
        if one in siblings:
            place, key = siblings[one]
            found[place] = found.get(place, frozenset()) | {key}
            if len(key) > 1:
                found[ANYWHERE] = found.get(ANYWHERE, frozenset()) | {(word,) for word in key}
    return found


def _other_tickets(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether two groups' tickets are of one tracker and none is in both: INC-79 is not INC-93."""
    if not one or not other or one & other:
        return False
    return not {key.rsplit("-", 1)[0] for key in one}.isdisjoint(key.rsplit("-", 1)[0] for key in other)


def are_siblings(one: Prefixes, other: Prefixes) -> bool:
    """Return whether two groups have different prefixes in one list."""
    fewer, more = sorted((one, other), key=len)
    return any(place in more and not fewer[place] & more[place] for place in fewer)


def _new_project(lines: Sequence[Evidence], vocabulary: Vocabulary) -> Cluster | None:
    """Return a project of some lines: of two meetings, and one of them calls something done."""
    work = [line for line in lines if reports(line)]
    finished = any(line.has(Label.ACCOMPLISHMENT) and not line.has(Label.CAREER) for line in work)
    if not finished or len({day(line) for line in work}) < LEAST_MEETINGS:
        return None
    name = _name(lines, vocabulary)
    if (
        name is None
        or not _can_name(words(name))
        or opens_a_sentence(words(name))
        or (len(lines) < LEAST_LINES and not _only_there(name, lines, vocabulary))
    ):
        return None
    cluster = Cluster()
    cluster.add(name, f"returns in the notes from {min(map(day, lines)).isoformat()}")
    cluster.lines = sorted(line.id for line in lines)
    cluster.first = min(map(day, lines))
    return cluster


def _can_name(named: Sequence[str]) -> bool:
    """Return whether a single word can name a project: neither a verb, an ordinal, nor what three trades in four use."""
    if len(named) != 1:
        return True
    word = named[0]
    return verb_lemma(word) is None and word[:1].isalpha() and rarity(stem(word)) >= LEAST_RARE


def _only_there(name: str, lines: Sequence[Evidence], vocabulary: Vocabulary) -> bool:
    """Return whether a name of two words stands in these lines and in no other."""
    ids = {line.id for line in lines}
    pairs = [" ".join(pair) for pair in pairwise(vocabulary.stems(name))]
    return bool(pairs) and {key for pair in pairs for key in vocabulary.users.get(pair, ())} == ids


def _name(lines: Sequence[Evidence], vocabulary: Vocabulary) -> str | None:
    """Return the words that the lines share most of, as one of them writes them; a pair where most uses are a pair."""
    uses = Counter(word for line in lines for word in vocabulary.words[line.id] if word in vocabulary.weights)
    single = [word for word in sorted(uses) if uses[word] > 1 and word in vocabulary.things and word not in _COUNTING]
    if not single:
        return None
    head = max(single, key=lambda word: (uses[word] * vocabulary.weights[word], rarity(word), word))
    solid = [word for word in sorted(uses) if " " in word and _names_a_thing(word, head, vocabulary)]
    pairs = [word for word in solid if head in word.split() and 2 * uses[word] >= uses[head]]
    best = max(pairs, key=lambda word: (uses[word], vocabulary.weights[word]), default=head)
    often = frozenset(word for word in solid if uses[word] >= uses[best])
    return next((found for line in lines if (found := _as_written(line, best, often, vocabulary))), None)


def _names_a_thing(pair: str, head: str, vocabulary: Vocabulary) -> bool:
    first, last = pair.split()
    return last in vocabulary.things and (first in vocabulary.things or last == head)


def _as_written(line: Evidence, words: str, often: frozenset[str], vocabulary: Vocabulary) -> str | None:
    """Return words as a line writes them, with the words beside them that stand there as often."""
    text = line.item.text
    spans = [(start, stop) for _, start, stop in word_spans(text)]
    size = words.count(" ") + 1
    for at in range(len(spans) - size + 1):
        first, last = at, at + size - 1
        if not vocabulary.same(text[spans[first][0] : spans[last][1]], words):
            continue
        while size > 1 and first and vocabulary.one_of(text[spans[first - 1][0] : spans[first][1]], often):
            first -= 1
        while (
            size > 1 and last + 1 < len(spans) and vocabulary.one_of(text[spans[last][0] : spans[last + 1][1]], often)
        ):
            last += 1
        return text[spans[first][0] : spans[last][1]]
    return None
