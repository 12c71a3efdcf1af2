"""Feedback: who judges, who passed it on, whom it is about, and which later lines show that it was acted on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from analyzer.grouping.names import content, words
from analyzer.grouping.notes import Notes, day
from analyzer.records import Direction, Evidence, FeedbackEntry, Label, Polarity

SAME_WORDS = 2
"""Telling words that praise must share with the same person's criticism to count as its ending ("note", "the ask on top")."""
ANSWERING_WORDS = 3
"""Likewise for feedback that the subject gave, where the later line is the subject's own."""

_QUOTE = re.compile(r"[\"“”]|(?<=\s)'(?=\w)")
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
    return tuple(_entry(line, lines, notes, projects) for line in lines)


def speaker_of(line: Evidence, notes: Notes) -> str | None:
    """Return who judges: somebody whose words the line reports, else its author, else the writer of the notes."""
    author = line.item.author or (line.item.turns[0].author if line.item.turns else None) or notes.writer()
    if line.direction is Direction.GIVEN:
        return notes.roster.subject or author
    reported = [cue.value for cue in line.cues_of("voucher") if cue.value] + _reported(line)
    own = {author, notes.roster.subject}
    return next((name for name in reported if name not in own), author)


def _entry(line: Evidence, lines: Sequence[Evidence], notes: Notes, projects: Mapping[str, str]) -> FeedbackEntry:
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
        later=_later(line, lines, notes) if line.polarity is not Polarity.POSITIVE else (),
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


def _later(line: Evidence, lines: Sequence[Evidence], notes: Notes) -> tuple[str, ...]:
    """Return the lines that point back at criticism, the praise nested under them, and praise in the same words."""
    own = frozenset(content(line.item.text, notes.people))
    after = notes.after(line)
    found = [
        later.id for later in after if _points_at(later, line, lines) or _praises_the_same(later, line, own, notes)
    ]
    under = [
        later.id
        for later in after
        if later.polarity is Polarity.POSITIVE
        and later.id not in found
        and any(ancestor in found for ancestor in notes.ancestors(later.id))
    ]
    return tuple(_parents_first([*found, *under], notes))


def _points_at(later: Evidence, line: Evidence, lines: Sequence[Evidence]) -> bool:
    """Return whether a line points back at this feedback: the one of that month that it shares most words with."""
    for cue in later.cues_of("points_back"):
        earlier = [one for one in lines if day(one) < day(later) and one.polarity is not Polarity.POSITIVE]
        if cue.value:
            earlier = [one for one in earlier if day(one).isoformat().startswith(cue.value)]
        used = set(words(later.item.text))
        shared = {one.id: _shared_words(used, one) for one in earlier}
        best = max(shared.values(), default=0)
        meant = [key for key, count in shared.items() if count == best]
        if meant == [line.id] and (best or cue.value):
            return True
    return False


def _shared_words(used: set[str], line: Evidence) -> int:
    return len({word for word in words(line.item.text) if len(word) > 3} & used)


def _praises_the_same(later: Evidence, line: Evidence, own: frozenset[str], notes: Notes) -> bool:
    praise = later.has(Label.FEEDBACK) and later.polarity is Polarity.POSITIVE
    if not praise or later.direction is not line.direction or speaker_of(later, notes) != speaker_of(line, notes):
        return False
    least = ANSWERING_WORDS if line.direction is Direction.GIVEN else SAME_WORDS
    return len(own & set(content(later.item.text, notes.people))) >= least


def _parents_first(found: Sequence[str], notes: Notes) -> list[str]:
    lines = notes.by_id()
    return sorted(found, key=lambda key: (day(lines[key]), len(notes.ancestors(key)), found.index(key)))
