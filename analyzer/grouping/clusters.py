"""Which written names are one project: spellings, short forms, typos and renames are joined, siblings are kept apart.

Two names are joined only where one holds all the telling words of the other, and no second project could be meant: names
that each have a telling word of their own ("Rewards redemption", "Rewards dashboard") never are. Names
that come back are taken first, then those of one meeting; each in the order of dates, the longest of a day first, so that
a short form finds what it is short for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from analyzer.grouping.alike import Alike
from analyzer.grouping.candidates import WrittenName
from analyzer.grouping.names import Key, abbreviates, key_of, same_key, stem, typo_of, words
from analyzer.grouping.words import PIECES

LEAST_MEETINGS = 2
"""Meetings from which a name comes back."""


@dataclass(slots=True)
class Cluster:
    """One project while its names are being collected."""

    names: list[str] = field(default_factory=list)
    """Written forms in the order of their first use."""
    keys: list[Key] = field(default_factory=list)
    lists: set[tuple[object, ...]] = field(default_factory=set)
    lines: list[str] = field(default_factory=list)
    days: set[date] = field(default_factory=set)
    """Days on which a line carries one of the names by its form."""
    places: set[str] = field(default_factory=set)
    """Where the names stand, see `WrittenName`."""
    uses: Counter[str] = field(default_factory=Counter)
    """How many lines carry each written form."""
    first: date = date.max
    fixed: str | None = None
    """The name that the user or a rename gave it; beats every written form."""
    renamed_by: str | None = None
    theme: str | None = None
    why: list[str] = field(default_factory=list)

    def add(self, written: str, reason: str) -> None:
        """Add a written form and say how it came here."""
        self.uses[written] += 1
        if written not in self.names:
            self.names.append(written)
            self.why.append(reason)
        key = key_of(written)
        if key and key not in self.keys:
            self.keys.append(key)

    def take(self, other: Cluster, reason: str) -> None:
        """Add all that another cluster holds."""
        for name in other.names:
            self.add(name, f"{reason} of {self.names[0]}")
        self.lists |= other.lists
        self.lines += other.lines
        self.days |= other.days
        self.places |= other.places
        self.uses += other.uses
        self.first = min(self.first, other.first)


Support = Callable[[Cluster, Key], bool]
"""Tells whether the lines of a cluster use the words of a key."""


def cluster_names(names: Iterable[WrittenName], seeds: Sequence[Cluster], support: Support) -> list[Cluster]:
    """Join written names into projects.

    Args:
        names: all names of the year.
        seeds: projects that are given: by the user, or by a rename in the notes.
        support: whether a project's lines use given words.

    Returns:
        The seeds, filled, then the projects found, in the order of their first line.
    """
    clusters = list(seeds)
    alike = Alike(clusters)
    groups: dict[Key, list[WrittenName]] = {}
    for name in names:
        groups.setdefault(name.key, []).append(name)
    firsts = {key: min(name.date for name in group) for key, group in groups.items()}
    once = {key: len({name.date for name in group}) < LEAST_MEETINGS for key, group in groups.items()}
    for key in sorted(groups, key=lambda key: (once[key], firsts[key], -len(key), key)):
        group = sorted(groups[key], key=lambda name: (name.date, name.written, name.evidence))
        _place(group, key, clusters, alike, support)
    return _without_fragments(clusters)


def _place(
    group: list[WrittenName], key: Key, clusters: list[Cluster], alike: Alike[Cluster], support: Support
) -> None:
    near = alike.near([key], list(dict.fromkeys(words(name.written) for name in group)))
    home, reason = _home(group, key, near, support)
    if home is None:
        home = Cluster()
        clusters.append(home)
    for name in group:
        home.add(name.written, reason or f"written as {name.place}")
        home.lists.add(name.list_of)
        home.lines.append(name.evidence)
        home.days.add(name.date)
        home.places.add(name.place)
        home.first = min(home.first, name.date)
    alike.add(home)


def _home(
    group: list[WrittenName], key: Key, clusters: Sequence[Cluster], support: Support
) -> tuple[Cluster | None, str | None]:
    for reason, test in _tests(group, key, support):
        fitting = [cluster for cluster in clusters if test(cluster)]
        meant = _meant(fitting, key)
        if meant is not None:
            return meant, f"{reason} of {meant.names[0]}"
        if fitting:
            return None, None
    return None, None


def _meant(fitting: Sequence[Cluster], key: Key) -> Cluster | None:
    """Return the only project that fits, else the only one whose name opens with the same word, else that comes back."""
    opened = [cluster for cluster in fitting if any(other[:1] == key[:1] for other in cluster.keys)]
    returning = [cluster for cluster in opened or fitting if len(cluster.days) >= LEAST_MEETINGS]
    return next((found[0] for found in (fitting, opened, returning) if len(found) == 1), None)


def _tests(group: list[WrittenName], key: Key, support: Support) -> list[tuple[str, Callable[[Cluster], bool]]]:
    lists = {name.list_of for name in group}
    spoken = list(dict.fromkeys(words(name.written) for name in group))

    def apart(cluster: Cluster) -> bool:
        return bool(lists & cluster.lists)

    def spelling(cluster: Cluster) -> bool:
        return any(same_key(key, other) for other in cluster.keys)

    def shortening(cluster: Cluster) -> bool:
        return any(
            abbreviates(one, other) or abbreviates(other, one) for one in spoken for other in map(words, cluster.names)
        )

    def part(cluster: Cluster) -> bool:
        return not apart(cluster) and any(_within(key, other) for other in cluster.keys)

    def longer(cluster: Cluster) -> bool:
        return not apart(cluster) and any(
            _within(other, key) and (len(other) > 1 or _pieces(rest := _rest(key, other)) or support(cluster, rest))
            for other in cluster.keys
        )

    def other_form(cluster: Cluster) -> bool:
        rests = [_rest(key, other) for other in cluster.keys]
        return not apart(cluster) and any(len(rest) < len(key) and support(cluster, rest) for rest in rests)

    return [
        ("spelling", spelling),
        ("abbreviation", shortening),
        ("short form", part),
        ("longer form", longer),
        ("other form", other_form),
    ]


def _pieces(rest: Key) -> bool:
    return all(word in _PIECE_STEMS for word in rest)


_PIECE_STEMS = frozenset(stem(word) for word in PIECES)


def _without_fragments(clusters: list[Cluster]) -> list[Cluster]:
    """Join each project whose name is a short form of exactly one other one that came to be named later."""
    gone: set[int] = set()
    alike = Alike(clusters)
    for short in sorted(clusters, key=lambda cluster: (cluster.first, cluster.names)):
        fuller = [
            other
            for other in alike.near(short.keys)
            if other is not short
            and id(other) not in gone
            and not other.lists & short.lists
            and any(_within(one, two) for one in short.keys for two in other.keys)
        ]
        opened = [other for other in fuller if any(key[0] == one[0] for key in other.keys for one in short.keys)]
        if len(opened or fuller) == 1 and short.fixed is None:
            (opened or fuller)[0].take(short, "short form")
            alike.add((opened or fuller)[0])
            gone.add(id(short))
    return [cluster for cluster in clusters if id(cluster) not in gone]


def _within(short: Key, full: Key) -> bool:
    return len(short) < len(full) and all(any(typo_of(word, other) for other in full) for word in short)


def _rest(full: Key, short: Key) -> Key:
    return tuple(word for word in full if not any(typo_of(word, other) for other in short))


def display(cluster: Cluster) -> str:
    """Return the name that a project is shown under: what the user or a rename says, else its fullest early form.

    A form that comes back is preferred to a longer one that only a single line writes.
    """
    if cluster.fixed:
        return cluster.fixed
    returning = [name for name in cluster.names if cluster.uses[name] > 1]
    best = max(
        returning or cluster.names, key=lambda name: (len(key_of(name)), -len(words(name)), -cluster.names.index(name))
    )
    return best[:1].upper() + best[1:]


def themes(clusters: Sequence[Cluster], least: int = 3) -> Mapping[int, str]:
    """Return a theme for siblings: projects, at least three of them, whose names begin with the same word."""
    heads: dict[str, list[int]] = {}
    for index, cluster in enumerate(clusters):
        key = key_of(display(cluster))
        if len(key) > 1:
            heads.setdefault(key[0], []).append(index)
    return {
        index: display(clusters[index]).split()[0]
        for members in heads.values()
        if len(members) >= least
        for index in members
    }
