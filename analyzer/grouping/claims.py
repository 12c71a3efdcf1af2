"""Sightings of finished work to claims: one accomplishment for each finished thing, milestones kept apart.

A missed merge shows one thing twice; a wrong one hides an accomplishment. So two lines are one claim only where nothing
speaks against it (milestone, version, numbers) and their words agree, or the line itself says that it repeats.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

from analyzer.grouping.names import content, key_of, plain, stem, words
from analyzer.grouping.notes import SAME_MATTER, Notes, day
from analyzer.grouping.outcomes import only_an_effect
from analyzer.grouping.wordindex import WordIndex
from analyzer.grouping.words import STAGE, is_past, states, verb_lemma
from analyzer.records import Cue, Evidence, Label, Share

AGREE = 0.6
"""Share of the shorter line's telling words that the other line must hold as well."""
SOON = timedelta(days=31)
"""Within this, a line that says no more than "done" may repeat the last step."""
MOST_COMPARED = 200
"""Claims that a line is compared with for each of its words, the latest ones: this keeps the cost of thousands linear."""
ENOUGH_WORDS = 3
"""Telling words that make a line a good wording; fewer, and a fuller later one is shown instead."""

_LAUNCHING = frozenset("ship launch release deploy publish roll go land".split())
_GENERIC_VERBS = frozenset("do finish complete wrap close get be have make take".split())
_VERSION = re.compile(r"\bv\d{1,3}(?:\.\d{1,3})?\b|(?<![\w.,])\d\.\d\b(?!\s?%)", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w.])\d[\d.,]*")
_QUOTES = ('"', "“", "'", "‘")
_NOTHING = ""
"""Stands in the index for lines that name no object."""
_CLAUSE = re.compile(r"[.;:!?](?=\s|$)|,(?=\s)")


@dataclass(slots=True)
class Claim:
    """One finished thing while its sightings are being collected."""

    project: str | None
    sightings: list[Evidence] = field(default_factory=list)
    repeats: list[Evidence] = field(default_factory=list)

    @property
    def first(self) -> date:
        """The date of the first line that calls it done."""
        return day(self.sightings[0])


@dataclass(frozen=True, slots=True)
class _Content:
    """What two sightings are compared by."""

    objects: frozenset[str]
    action: str | None
    milestones: frozenset[str]
    breadths: frozenset[str]
    versions: frozenset[str]
    numbers: frozenset[str]
    text: str


class _Shelf:
    """The claims of one project, or of none, indexed by the words of their first sightings."""

    __slots__ = ("_by_object", "by_word", "claims", "contents")

    def __init__(self) -> None:
        self.claims: list[Claim] = []
        self.contents: list[_Content] = []
        self.by_word = WordIndex()
        """By the words of all their sightings."""
        self._by_object = WordIndex()

    def add(self, claim: Claim, found: _Content, said: Iterable[str]) -> None:
        """Add a claim with the content of its first sighting."""
        self._by_object.add(len(self.claims), found.objects or {_NOTHING})
        self.by_word.add(len(self.claims), dict.fromkeys(said))
        self.claims.append(claim)
        self.contents.append(found)

    def near(self, found: _Content) -> list[int]:
        """Return the claims that a sighting can be one with, latest first: two lines without a common object never are."""
        return self._by_object.latest(found.objects or {_NOTHING}, MOST_COMPARED)

    def shared(self, used: frozenset[str], at: int, notes: Notes) -> int:
        """Return how many words a claim shares with a line."""
        return len(
            {word for line in self.claims[at].sightings for word in content(line.item.text, notes.people)} & used
        )


def find_claims(notes: Notes, projects: Mapping[str, str]) -> list[Claim]:
    """Join the year's sightings into claims.

    Args:
        notes: the year.
        projects: project name by evidence id.

    Returns:
        The claims in the order of their first dates.
    """
    claims: list[Claim] = []
    shelves: dict[str | None, _Shelf] = {}
    for line in notes.evidence:
        project = projects.get(line.id)
        shelf = shelves.setdefault(project, _Shelf())
        if line.cues_of("repeat"):
            _add_repeat(line, project, shelf, notes)
        elif _sights(line, notes) and not _came_of(line, project, shelf, notes):
            fresh = _add_sighting(line, project, shelf, notes)
            claims += [fresh] if fresh else []
    return claims


def share_of(line: Evidence) -> Share:
    """Return whose work a line says it is: from the clause that calls it done, else from the whole line.

    "22.4% left a review" has a subject of its own, which is nobody.
    """
    cues = [cue for cue in line.cues_of("share") if cue.value in set(Share) and not line.words(cue)[:1].isdigit()]
    for start, end in _done_clauses(line):
        if found := _largest_company(cue for cue in cues if start <= cue.start < end):
            return found
    return _largest_company(cues) or Share.UNSAID


def best_wording(sightings: Sequence[Evidence]) -> Evidence:
    """Return the sighting to show: the first, unless it says too little and a later one says more."""
    first = sightings[0]
    if len(content(first.item.text)) >= ENOUGH_WORDS:
        return first
    return max(
        sightings, key=lambda line: (min(len(content(line.item.text)), ENOUGH_WORDS * 4), -day(line).toordinal())
    )


def _sights(line: Evidence, notes: Notes) -> bool:
    """Return whether a line calls work of the owner done; what a third person says in quotation marks of theirs does not."""
    if not line.has(Label.ACCOMPLISHMENT) or line.item.date is None:
        return False
    said_by = line.item.turns[0].author if line.item.turns else line.item.author
    pair = {None, notes.roster.subject, notes.roster.manager, notes.writer()}
    return said_by in pair or not line.item.text.startswith(_QUOTES)


def _came_of(line: Evidence, project: str | None, shelf: _Shelf, notes: Notes) -> bool:
    """Return whether a line only tells what came of an earlier finished piece of its project."""
    earlier = bool(shelf.claims) and shelf.claims[0].first < day(line)
    return project is not None and earlier and only_an_effect(line, notes)


def _add_repeat(line: Evidence, project: str | None, shelf: _Shelf, notes: Notes) -> None:
    if project is None:
        return
    before = bisect_left(shelf.claims, day(line), key=lambda claim: claim.first)
    if not before:
        return
    used = frozenset(content(line.item.text, notes.people))
    shared = {at: shelf.shared(used, at, notes) for at in shelf.by_word.latest(used, MOST_COMPARED) if at < before}
    latest = bisect_left(shelf.claims, shelf.claims[before - 1].first, key=lambda claim: claim.first)
    shared.setdefault(latest, 0)
    best = max(sorted(shared), key=lambda at: (shared[at], shelf.claims[at].first))
    shelf.claims[best].repeats.append(line)


def _add_sighting(line: Evidence, project: str | None, shelf: _Shelf, notes: Notes) -> Claim | None:
    """Add a line to the claim that it sights again, or else to a new one, which is returned."""
    mine = _content_of(line, project, notes)
    said = content(line.item.text, notes.people)
    for at in shelf.near(mine):
        if _is_same(mine, shelf.contents[at], shelf.claims[at], line):
            shelf.claims[at].sightings.append(line)
            shelf.by_word.add_late(at, said)
            return None
    claim = Claim(project=project, sightings=[line])
    shelf.add(claim, mine, said)
    return claim


def _is_same(one: _Content, other: _Content, claim: Claim, line: Evidence) -> bool:
    """Return whether a line sights a claim again: nothing speaks against it, and what they say agrees."""
    if day(line) - day(claim.sightings[-1]) > SAME_MATTER:
        return False
    if one.text == other.text:
        return True
    same_day = day(claim.sightings[-1]) == day(line)
    if same_day or any(map(_clash, *_exclusive(one, other))):
        return False
    soon = day(line) - claim.first <= SOON
    acts_alike = one.action == other.action and one.action is not None
    if not one.objects or not other.objects:
        return claim.project is not None and one.objects == other.objects and _same_step(one, other, soon=soon)
    shared = len(one.objects & other.objects)
    if claim.project is None and shared < 2:
        return acts_alike and soon and one.objects <= other.objects
    agreement = shared / min(len(one.objects), len(other.objects))
    may_act_alike = acts_alike or (shared > 1 and None in {one.action, other.action})
    return agreement >= AGREE if may_act_alike else one.objects == other.objects


def _exclusive(one: _Content, other: _Content) -> tuple[list[frozenset[str]], list[frozenset[str]]]:
    """Return what cannot differ between two sightings of one thing."""
    return (
        [one.milestones, one.breadths, one.versions, one.numbers],
        [other.milestones, other.breadths, other.versions, other.numbers],
    )


def _clash(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other and not one & other)


def _same_step(one: _Content, other: _Content, *, soon: bool) -> bool:
    """Return whether two lines that name nothing but the project report one step of it."""
    if one.versions and one.versions == other.versions:
        return True
    unnamed = None in {one.action, other.action} and "launch" not in {one.action, other.action}
    return one.action == other.action or (soon and unnamed)


def _content_of(line: Evidence, project: str | None, notes: Notes) -> _Content:
    text = line.item.text
    verbs = [word for index, word in enumerate(words(text)) if _may_act(word, index)]
    launched = any(verb_lemma(word) in _LAUNCHING or word in {"live", "out"} for word in words(text))
    lemmas = [lemma for word in verbs if (lemma := verb_lemma(word)) and lemma not in _GENERIC_VERBS | _LAUNCHING]
    empty = set(key_of(project)) if project else set()
    empty |= {stem(word) for word in verbs} | _always_empty()
    return _Content(
        objects=frozenset(word for word in content(text, notes.people) if word not in empty and not word.isdigit()),
        action="launch" if launched else next(iter(lemmas), None),
        milestones=frozenset(cue.value for cue in line.cues_of("milestone")),
        breadths=frozenset(cue.value for cue in line.cues_of("breadth")),
        versions=frozenset(found.casefold() for found in _VERSION.findall(text)),
        numbers=frozenset(found.strip(".,") for found in _NUMBER.findall(text)),
        text=plain(text),
    )


@cache
def _always_empty() -> frozenset[str]:
    return frozenset(stem(word) for word in (*STAGE, *states(), *_LAUNCHING, *_GENERIC_VERBS))


def _may_act(word: str, index: int) -> bool:
    """Return whether a word can be the verb that says what was done: a past form, or the word that a line opens with."""
    return is_past(word) or (index == 0 and verb_lemma(word) is not None)


def _done_clauses(line: Evidence) -> list[tuple[int, int]]:
    text = line.item.text
    edges = [0, *(match.end() for match in _CLAUSE.finditer(text)), len(text)]
    clauses = list(pairwise(edges))
    done = [cue for cue in line.cues_of("work") if cue.value == "done"]
    return [clause for clause in clauses if any(clause[0] <= cue.start < clause[1] for cue in done)]


def _largest_company(cues: Iterable[Cue]) -> Share | None:
    values = {cue.value for cue in cues}
    return next((share for share in (Share.SHARED, Share.TEAM, Share.MINE) if share in values), None)
