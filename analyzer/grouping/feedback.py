"""Feedback: who judges, who passed it on, whom it is about, and which later lines show that it was acted on."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence

from analyzer.grouping.names import content, words
from analyzer.grouping.notes import SAME_MATTER, Notes, day, in_order
from analyzer.grouping.wordindex import WordIndex
from analyzer.records import Direction, Evidence, FeedbackEntry, Label, Polarity

SAME_WORDS = 2
"""Telling words that praise must share with the same person's criticism to count as its ending ("note", "the ask on top")."""
ANSWERING_WORDS = 3
"""Likewise for feedback that the subject gave, where the later line is the subject's own."""

_QUOTE = re.compile(r"[\"“”]|(?<=\s)'(?=\w)")
_BLAME, _PRAISE = frozenset({"criticism", "advice"}), frozenset({"praise", "thanks"})
_PAST_ANY_DIGIT = "~"
_SAYING = frozenset(
    """said says say told tells thanked thanks thinks thought praised called calls asked mentioned wrote writes stopped loved
    loves liked likes noted flagged complained raised reckons finds found felt feels wants wished appreciated happy""".split()
)


def feedback_of(notes: Notes, projects: Mapping[str, str]) -> tuple[FeedbackEntry, ...]:
    """Return the year's feedback in the order of dates.

    Args:
        notes: the year.
        projects: project name by evidence id.
    """
    lines = [line for line in notes.evidence if line.has(Label.FEEDBACK) and line.item.date is not None]
    later = _Later(notes, lines)
    return tuple(_entry(line, later, notes, projects) for line in lines)


def speaker_of(line: Evidence, notes: Notes) -> str | None:
    """Return who judges: somebody whose words the line reports, else its author, else the writer of the notes."""
    author = line.item.author or (line.item.turns[0].author if line.item.turns else None) or notes.writer()
    if line.direction is Direction.GIVEN:
        return notes.roster.subject or author
    reported = [cue.value for cue in line.cues_of("voucher") if cue.value] + _reported(line)
    own = {author, notes.roster.subject}
    return next((name for name in reported if name not in own), author)


def _entry(line: Evidence, later: _Later, notes: Notes, projects: Mapping[str, str]) -> FeedbackEntry:
    speaker = speaker_of(line, notes)
    author = line.item.author or notes.writer()
    given = line.direction is Direction.GIVEN
    others = [name for name in line.people if name not in {speaker, notes.roster.subject}]
    return FeedbackEntry(
        evidence=line.id,
        speaker=speaker,
        told_by=author if author not in {speaker, notes.roster.subject} else None,
        about=next(iter(others), None) if given else None,
        direction=line.direction or Direction.RECEIVED,
        polarity=line.polarity or Polarity.MIXED,
        project=projects.get(line.id),
        later=later.than(line) if _corrects(line) else (),
    )


def _reported(line: Evidence) -> list[str]:
    """Return the people who stand before a quotation or a verb of saying."""
    text = line.item.text
    found = []
    for name in line.people:
        start = next((at for part in name.split() if (at := text.find(part)) >= 0), -1)
        after = text[start + len(name.split()[0]) :] if start >= 0 else ""
        if after[:1] in {"", "'", "’"}:
            continue
        if _QUOTE.search(after) or any(word in _SAYING for word in words(after)[:3]):
            found.append(name)
    return found


class _Later:
    """What later lines say about feedback, read once for the whole year."""

    __slots__ = ("_answers", "_children", "_notes", "_praise")

    def __init__(self, notes: Notes, lines: Sequence[Evidence]) -> None:
        """Index the praise of the year, what is nested under each line, and the lines that point back.

        Args:
            notes: the year.
            lines: the feedback in the order of dates.
        """
        self._notes = notes
        self._children: dict[str, list[str]] = {}
        self._praise: dict[tuple[Direction | None, str | None], WordIndex] = {}
        for at, line in enumerate(notes.evidence):
            if (parent := notes.parents.get(line.id)) is not None:
                self._children.setdefault(parent, []).append(line.id)
            if line.has(Label.FEEDBACK) and line.polarity is Polarity.POSITIVE:
                index = self._praise.setdefault((line.direction, speaker_of(line, notes)), WordIndex())
                index.add(at, frozenset(content(line.item.text, notes.people)))
        self._answers = _pointing_back(notes, lines)

    def than(self, line: Evidence) -> tuple[str, ...]:
        """Return the lines that point back at criticism, the praise nested under them, and praise in the same words."""
        start, stop = self._notes.window(line)
        least = ANSWERING_WORDS if line.direction is Direction.GIVEN else SAME_WORDS
        own = frozenset(content(line.item.text, self._notes.people))
        index = self._praise.get((line.direction, speaker_of(line, self._notes)), WordIndex())
        places = {at for at, count in index.shared(own, start, stop).items() if count >= least}
        places |= {at for at in self._answers.get(line.id, ()) if start <= at < stop}
        found = [self._notes.evidence[at].id for at in sorted(places)]
        return tuple(_parents_first([*found, *self._under(found, line)], self._notes))

    def _under(self, found: Sequence[str], line: Evidence) -> list[str]:
        """Return the later praise nested under lines, at any depth."""
        lines = self._notes.by_id()
        seen = dict.fromkeys(found)
        waiting, under = list(found), []
        while waiting:
            for child in self._children.get(waiting.pop(), ()):
                if child not in seen:
                    seen[child] = None
                    waiting.append(child)
                    under.append(child)
        last = day(line) + SAME_MATTER
        fitting = [lines[key] for key in under if key in lines and lines[key].polarity is Polarity.POSITIVE]
        return [one.id for one in in_order(fitting) if day(line) < day(one) <= last]


def _pointing_back(notes: Notes, lines: Sequence[Evidence]) -> dict[str, list[int]]:
    """Return the places of the lines that point back at each piece of criticism, by its id.

    A line points back at the one of that month, or of all before, that it shares most words with.
    """
    judged = [line for line in lines if _corrects(line)]
    days = [day(line).isoformat() for line in judged]
    index = WordIndex()
    for at, line in enumerate(judged):
        index.add(at, _long_words(line))
    found: dict[str, list[int]] = {}
    for place, later in enumerate(notes.evidence):
        for cue in later.cues_of("points_back"):
            end = bisect_left(days, day(later).isoformat())
            first = bisect_left(days, cue.value)
            end = min(end, bisect_left(days, cue.value + _PAST_ANY_DIGIT)) if cue.value else end
            meant = _meant(index.shared(_long_words(later), first, end))
            if meant is None and cue.value and end - first == 1:
                meant = first
            if meant is not None:
                found.setdefault(judged[meant].id, []).append(place)
    return found


def _corrects(line: Evidence) -> bool:
    """Return whether a line criticises or advises: by its polarity, or by a rule that no rule for praise stands beside."""
    kinds = {cue.kind for cue in line.cues}
    return line.polarity is not Polarity.POSITIVE or (bool(kinds & _BLAME) and not kinds & _PRAISE)


def _meant(shared: Counter[int]) -> int | None:
    """Return the only one that shares most words."""
    most = max(shared.values(), default=0)
    best = [at for at, count in shared.items() if count == most]
    return best[0] if len(best) == 1 else None


def _long_words(line: Evidence) -> frozenset[str]:
    return frozenset(word for word in words(line.item.text) if len(word) > 3)


def _parents_first(found: Sequence[str], notes: Notes) -> list[str]:
    lines = notes.by_id()
    return sorted(found, key=lambda key: (day(lines[key]), len(notes.ancestors(key)), found.index(key)))
