"""Choosing the lines that a level may hold. What it does not hold is taken away before anything is grouped or drafted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from analyzer.records import Evidence
from analyzer.sharing.kinds import Told, kinds_of, said_between
from analyzer.sharing.levels import Level
from analyzer.sharing.topics import load_topics, topics_of

_SPREADING = frozenset(topic.id for topic in load_topics()) | {
    "feedback_about_others",
    "feedback_naming_others",
}
"""Rules that take along what hangs below a line: it goes on about the same thing."""
Undecided = Callable[[Evidence], bool]
"""Whether a line holds a word that may be somebody's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The lines that stay, in their order, and how many were left out by which rule."""

    evidence: tuple[Evidence, ...]
    left_out: tuple[tuple[str, int], ...]


def choose(
    evidence: Sequence[Evidence],
    level: Level | None,
    told: Told,
    undecided: Undecided,
    counted: Callable[[Evidence], bool],
    under: Mapping[tuple[str, int], tuple[str, ...]],
) -> Chosen:
    """Keep the lines that a level may hold.

    Args:
        evidence: all lines in the order of the notes; parents count within one document.
        level: the level, None for ``self``.
        told: what is known of the whole year.
        undecided: says of a line whether it may name somebody that nobody knows; such a line is left out.
        counted: says of a line whether it lies inside the period: only these are counted.
        under: topics of the headings over a line, by path and line.

    Returns:
        The lines that stay, with their parents numbered anew, and the number of lines left out by rule.
    """
    rules = dict(_rules(evidence, level, told, undecided, under))
    count = Counter(rules[at] for at, one in enumerate(evidence) if at in rules and counted(one))
    ordered = sorted(count.items(), key=lambda pair: (-pair[1], pair[0]))
    return Chosen(evidence=tuple(_kept(evidence, rules)), left_out=tuple(ordered))


def _rules(
    evidence: Sequence[Evidence],
    level: Level | None,
    told: Told,
    undecided: Undecided,
    above: Mapping[tuple[str, int], tuple[str, ...]],
) -> Iterator[tuple[int, str]]:
    """Yield the place of each line that is left out, with the rule; what hangs below such a line goes with it."""
    out: set[tuple[str, int]] = set()
    size: Counter[str] = Counter()
    for at, one in enumerate(evidence):
        path = one.item.source.path
        place = size[path]
        size[path] += 1
        parent = one.item.parent
        under = parent is not None and (path, parent) in out
        rule = (
            "under"
            if under and level is not None
            else _rule(one, level, told, undecided, above.get((path, one.item.source.start or 0), ()))
        )
        if rule:
            if rule == "under" or rule in _SPREADING:
                out.add((path, place))
            yield at, rule


def _rule(one: Evidence, level: Level | None, told: Told, undecided: Undecided, above: tuple[str, ...]) -> str:
    """Return the rule by which a line is left out, '' where it stays."""
    if level is not None:
        item = one.item
        found = above + topics_of(
            item.text, item.raw, item.heading, item.lead, item.prefix, " ".join(item.tags), item.section
        )
        if found and not (level.said.issuperset(found) and said_between(one, told)):
            return next((topic for topic in found if topic not in level.said), found[0])
        strange = sorted(kinds_of(one, told) - level.kinds)
        if strange:
            return strange[0]
        if level.certain and one.uncertain:
            return "uncertain"
    return "unsure_name" if undecided(one) else ""


def _kept(evidence: Sequence[Evidence], rules: dict[int, str]) -> Iterator[Evidence]:
    """Yield the lines that stay, each with the new number of its parent within its document."""
    size: Counter[str] = Counter()
    new: dict[tuple[str, int], int] = {}
    stay: Counter[str] = Counter()
    for at, one in enumerate(evidence):
        path = one.item.source.path
        if at not in rules:
            new[path, size[path]] = stay[path]
            stay[path] += 1
        size[path] += 1
    for at, one in enumerate(evidence):
        if at not in rules:
            parent = one.item.parent
            number = new.get((one.item.source.path, parent)) if parent is not None else None
            yield replace(one, item=replace(one.item, parent=number))
