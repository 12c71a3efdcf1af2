"""The year's lines in the order that grouping reads them, with their parents and the words that are people.

Lines of one day are ordered by their words, so that the order of bullets within a meeting changes nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from analyzer.grouping.common import rarity
from analyzer.grouping.names import plain, stem, word_spans, words
from analyzer.grouping.words import function_words, roles
from analyzer.records import ASSISTANT, Evidence, Label, Roster

SAME_MATTER = timedelta(days=400)
"""A promise, a question or a criticism that comes back after more than a year is another one."""
LEAST_ACTS = 2
"""Points from which a word is a person or a team: talking and being told count two, what a thing may do as well one."""
_PEOPLE_SAY = frozenset(
    """said says told tells asked asks wants wanted thinks thought reckons rang laughed agreed agrees offered promised
    likes hates heard worries""".split()
)
_PEOPLE_DO = frozenset(
    "called came took gave wrote knows keeps kept noticed flagged starts started needs read watched".split()
)
_POSSESSIVE = ("'s", "’s")
_BEFORE_THINGS = frozenset("the a an our my your his her their this that these those some any each every no".split())
"""Words that no name of a person follows."""
_DONE_TO_PEOPLE = frozenset("told tell asked ask rang ring thanked thank".split())

_REPORTS = frozenset({Label.ACCOMPLISHMENT, Label.IMPACT, Label.BLOCKER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """What the steps of grouping share."""

    evidence: tuple[Evidence, ...]
    """In the order of dates (pinned lines first), then of words."""
    parents: Mapping[str, str]
    """Id of a line to the id of the line that it is nested under."""
    previous: Mapping[str, str]
    """Id of a sentence of prose to the id of the sentence before it in the same meeting."""
    people: frozenset[str]
    """Lower-case words of the names of people."""
    roster: Roster
    _by_id: Mapping[str, Evidence] = field(init=False, repr=False, compare=False)
    """Built once: many steps look lines up."""

    def __post_init__(self) -> None:
        """Index the lines by id."""
        object.__setattr__(self, "_by_id", {evidence.id: evidence for evidence in self.evidence})

    def by_id(self) -> Mapping[str, Evidence]:
        """Return the lines by id."""
        return self._by_id

    def window(self, line: Evidence) -> tuple[int, int]:
        """Return where `after` starts and stops in the order of the notes, half-open."""
        first = bisect_right(self.evidence, day(line), key=day)
        return first, bisect_right(self.evidence, _latest(line), key=day)

    def after(self, line: Evidence) -> tuple[Evidence, ...]:
        """Return the lines of later meetings, as far ahead as a thing said once is still the same matter.

        Looking no further keeps the cost of many years linear.
        """
        start, stop = self.window(line)
        return self.evidence[start:stop]

    def ancestors(self, evidence_id: str) -> list[str]:
        """Return the lines that a line is nested under, nearest first."""
        found: list[str] = []
        while (parent := self.parents.get(evidence_id)) is not None and parent not in found:
            found.append(parent)
            evidence_id = parent
        return found

    def writer(self) -> str | None:
        """Return who wrote the notes: the subject where nothing else is known."""
        writer = self.roster.writer or self.roster.subject
        return None if writer == ASSISTANT else writer


def read_notes(evidence: Sequence[Evidence], roster: Roster) -> Notes:
    """Put the lines in order and resolve their parents.

    Args:
        evidence: in the order of the items; parent indexes count within one document.
        roster: who is who.
    """
    parents: dict[str, str] = {}
    previous: dict[str, str] = {}
    for lines in _by_document(evidence):
        for index, line in enumerate(lines):
            parent = line.item.parent
            if parent is not None and 0 <= parent < len(lines) and parent != index:
                parents[line.id] = lines[parent].id
            before = lines[index - 1] if index else None
            if before and line.item.prose and before.item.prose and before.item.date == line.item.date:
                previous[line.id] = before.id
    return Notes(
        evidence=tuple(sorted(evidence, key=order)),
        parents=parents,
        previous=previous,
        people=_people(evidence, roster),
        roster=roster,
    )


def order(line: Evidence) -> tuple[date, str, str, list[tuple[str, str]], str]:
    """Return what lines are ordered by: their date, then their words, then what was read in them."""
    cues = sorted((cue.kind, cue.value) for cue in line.cues)
    return (line.item.date or date.min, plain(line.item.text), line.item.prefix, cues, line.id)


def reports(line: Evidence) -> bool:
    """Return whether a line reports work or what came of it."""
    return line.status is not None or bool(line.labels & _REPORTS)


def day(line: Evidence) -> date:
    """Return a line's date, the earliest day for pinned lines."""
    return line.item.date or date.min


def _latest(line: Evidence) -> date:
    return day(line) + SAME_MATTER if day(line) < date.max - SAME_MATTER else date.max


def in_order(lines: Iterable[Evidence]) -> list[Evidence]:
    """Return lines in the order of `order`."""
    return sorted(lines, key=order)


def _by_document(evidence: Sequence[Evidence]) -> Iterable[list[Evidence]]:
    documents: dict[str, list[Evidence]] = {}
    for line in evidence:
        documents.setdefault(line.item.source.path, []).append(line)
    return documents.values()


def _people(evidence: Sequence[Evidence], roster: Roster) -> frozenset[str]:
    names = {roster.subject, roster.manager, roster.writer, *roster.aliases, *roster.aliases.values()}
    for line in evidence:
        names |= {line.item.author, *line.people}
    known = {word for name in names if name for word in words(name)}
    return frozenset(known | _who_act(evidence))


def _who_act(evidence: Sequence[Evidence]) -> set[str]:
    """Return the words that are always written with a capital and that talk, ask and are told as people and teams do."""
    acts: Counter[str] = Counter()
    quiet: Counter[str] = Counter()
    things: set[str] = set()
    small: set[str] = set()
    for line in evidence:
        found = word_spans(line.item.text)
        written = [line.item.text[start:stop] for _, start, stop in found]
        small |= {word for (word, _, _), form in zip(found, written, strict=True) if form[0].islower()}
        for at, (word, _, _) in enumerate(found):
            before = found[at - 1][0] if at else ""
            after = found[at + 1][0] if at + 1 < len(found) else ""
            if before in _BEFORE_THINGS:
                things.add(word)
            quiet[word] += written[at][0].islower() and (after in _PEOPLE_SAY or before in _DONE_TO_PEOPLE)
            if written[at][0].isupper():
                acts[word] += 2 * (after in _PEOPLE_SAY or before in _DONE_TO_PEOPLE)
                acts[word] += after in _PEOPLE_DO or written[at].endswith(_POSSESSIVE)
    acts += Counter(dict.fromkeys(_speakers(evidence), LEAST_ACTS))
    known = {word for word, count in acts.items() if count >= LEAST_ACTS and word not in small and len(word) > 1}
    unknown = things | function_words() | roles() | _PEOPLE_SAY | _DONE_TO_PEOPLE
    return known | {
        word
        for word, count in quiet.items()
        if count >= LEAST_ACTS and word not in unknown and len(word) > 2 and rarity(stem(word)) == 1
    }


def _speakers(evidence: Iterable[Evidence]) -> set[str]:
    """Return the words that alone stand before feedback ("Sid: well done") and never before a line that reports work."""
    praise: set[str] = set()
    work: set[str] = set()
    for line in evidence:
        named = words(line.item.prefix)
        if len(named) == 1:
            home = praise if line.has(Label.FEEDBACK) else work if reports(line) else None
            if home is not None:
                home.add(named[0])
    return praise - work
