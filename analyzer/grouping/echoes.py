"""Later lines that may be about something that nothing else follows up: they share words with it that hardly any line uses.

An echo is a hint and no link: a draft that finds one quotes it and does not say that the notes are silent.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping

from analyzer.grouping.common import rarity
from analyzer.grouping.names import content, stem
from analyzer.grouping.notes import Notes, day
from analyzer.grouping.wordindex import WordIndex
from analyzer.records import Evidence, Label, Review, Status

MOST = 2
"""Echoes of one line that are kept, the most telling first."""
OFTEN = 0.03
"""Share of a year's lines from which on a word is everybody's and tells nothing."""
LEAST_OFTEN = 6
"""Lines up to which a word counts as rare in short notes as well."""
FEWEST = 100
"""Lines that a year is taken to have at least, when it is told how rare its words are."""
TELLING = 1.6
"""What the shared words have to weigh: one that no other trade uses and no third line holds, or several of others."""

DOUBTFUL = 0.25
"""Probability of an effect from which on a line may tell one."""

_ANYBODYS = frozenset(
    stem(word)
    for word in """wait waiting hate love hope hoping need want try trying start stop begin send sent ask say tell said told
    come came go went get got give gave put take took make made keep kept think know look see feel happen work talk help thing
    things stuff bit lot way people anyone someone nobody everyone host hosts team""".split()
)
"""Words that turn up anywhere, however rare in one year's notes."""

Wanted = Callable[[Evidence], bool]


def echoes_in(notes: Notes, review: Review) -> dict[str, tuple[str, ...]]:
    """Find the echoes of all that a review leaves open: goals, criticism, next steps, blocks, and work without an effect."""
    asked: dict[str, Wanted] = {}
    for project in review.projects:
        ends = [event.kind for event in project.history if event.kind in {"blocked", "unblocked"}]
        if ends and ends[-1] == "blocked":
            last = next(event for event in reversed(project.history) if event.kind == "blocked")
            asked[last.evidence] = _goes_on
    asked |= dict.fromkeys(review.blockers, _goes_on)
    silent = {one.name for one in review.projects if not one.effects} | {None}
    silent -= {claim.project for claim in review.accomplishments if claim.effects and claim.project}
    for claim in review.accomplishments:
        if not claim.effects and claim.project in silent:
            asked[claim.evidence[0]] = _may_tell_effect
    asked |= {action.evidence: _goes_on for action in review.actions if action.closed_by is None}
    asked |= {entry.evidence: _says_something for entry in review.feedback if not entry.later}
    asked |= {goal.evidence: _says_something for goal in review.goals if not goal.later}
    return echoes_of(notes, asked)


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
        telling = [word for word in own[at] if weights[word] > 0]
        start, stop = (0, len(own)) if line.item.date is None else (at, notes.window(line)[1])
        near = index.shared(telling, start, stop)
        ranked = sorted(
            (-sum(weights[word] for word in own[at] & own[other]), other)
            for other in near
            if other != at and _follows(line, notes.evidence[other], notes) and asked[line.id](notes.evidence[other])
        )
        best = [other for weight, other in ranked if -weight >= TELLING][:MOST]
        if best:
            found[line.id] = tuple(notes.evidence[other].id for other in sorted(best))
    return found


def _goes_on(line: Evidence) -> bool:
    """Return whether a line reports that something went on: done, under way or there at last."""
    moving = line.status in {Status.DONE, Status.IN_PROGRESS} or bool(line.cues_of("arrived") or line.cues_of("answer"))
    return moving or line.has(Label.ACCOMPLISHMENT) or line.item.checked is True


def _may_tell_effect(line: Evidence) -> bool:
    share = 0.0 if "curation" in line.why else line.confidence.get(Label.IMPACT, 0.0)
    return line.has(Label.IMPACT) or bool(line.metrics) or share >= DOUBTFUL


def _says_something(line: Evidence) -> bool:
    """Return whether a line is evidence of anything, or says how far something is."""
    return bool(line.labels) or line.status is not None


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
    return 2 * rarity(word) * (1 - math.log(count) / math.log(max(lines, FEWEST)))


def _telling(line: Evidence, notes: Notes) -> frozenset[str]:
    said = content(f"{line.item.prefix} {line.item.text}", notes.people)
    return frozenset(word for word in said if not word.isdigit() and word not in _ANYBODYS)
