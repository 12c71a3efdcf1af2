"""The life of a project: planned, moved, blocked, unblocked, done, dropped, each with its date and its line.

Dates for one and the same thing make a thread: "ETA first timetable 12/9" and "Nights: ETA 1/12" are two threads, and
only a later date in the same thread is a move. A thread ends with the finished piece that it was about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from analyzer.grouping.claims import Claim
from analyzer.grouping.names import content, key_of, stem, words
from analyzer.grouping.notes import Notes, day
from analyzer.records import Cue, Event, Evidence, Status

_ENDING_MILESTONES = frozenset({"version", "rollout", "launch"})
_CLAUSE = re.compile(r"[.;:!?](?=\s|$)|,(?=\s)|\s[-–—]\s")
_ETA_WORDS = frozenset(stem(word) for word in "eta due target date ready until".split())


@dataclass(slots=True)
class Thread:
    """Dates that were given for one thing, while they are being collected."""

    scope: frozenset[str]
    events: list[Event] = field(default_factory=list)
    closed_by: Claim | None = None

    @property
    def eta(self) -> date | None:
        """The date that stands now."""
        return self.events[-1].eta


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What happened to a project, and which finished piece ended which thread."""

    events: tuple[Event, ...]
    threads: tuple[Thread, ...]


def history_of(notes: Notes, lines: Sequence[Evidence], claims: Sequence[Claim], names: Sequence[str]) -> History:
    """Return the events of one project in the order of their lines.

    Args:
        notes: the year.
        lines: the project's dated lines, in order.
        claims: its finished pieces.
        names: what it is called.
    """
    firsts = {claim.sightings[0].id: claim for claim in claims}
    named = frozenset(word for name in names for word in key_of(name))
    threads: list[Thread] = []
    events: list[Event] = []
    blocked: list[Event] = []
    for line in sorted(
        lines, key=lambda line: (day(line), line.id in firsts)
    ):  # of one day, dates come before what is done
        claim = firsts.get(line.id)
        if claim is not None:
            events.append(Event(kind="done", date=day(line), evidence=line.id))
            _close(threads, claim, line)
        events += _waits(line, blocked)
        events += _etas(line, threads, named, notes)
        events += _drops(line)
    return History(events=tuple(events), threads=tuple(threads))


def history_of_claim(history: History, claim: Claim, before: date | None) -> tuple[Event, ...]:
    """Return the events of a project that led to one of its finished pieces.

    Args:
        history: the project's.
        claim: one of its finished pieces.
        before: when the piece before it was finished, None for the first one.
    """
    own = {id(event) for thread in history.threads if thread.closed_by is claim for event in thread.events}
    found = []
    for event in history.events:
        waited = event.kind in {"blocked", "unblocked"} and _between(event, before, claim.first)
        if id(event) in own or waited or (event.kind == "done" and event.evidence == claim.sightings[0].id):
            found.append(event)
    return tuple(found)


def _between(event: Event, before: date | None, last: date) -> bool:
    return event.date is not None and event.date <= last and (before is None or event.date > before)


def _close(threads: list[Thread], claim: Claim, line: Evidence) -> None:
    """End the threads that a finished piece was about: those that name it; unnamed ones when it is live or they are due."""
    used = {stem(word) for word in words(line.item.text)}
    ends = any(cue.value in _ENDING_MILESTONES for cue in line.cues_of("milestone"))
    for thread in threads:
        if thread.closed_by is None:
            due = thread.eta is not None and thread.eta <= day(line)
            if (thread.scope and thread.scope <= used) or (not thread.scope and (ends or due)):
                thread.closed_by = claim


def _etas(line: Evidence, threads: list[Thread], named: frozenset[str], notes: Notes) -> list[Event]:
    found: list[Event] = []
    for cue in line.cues_of("eta"):
        eta = _iso(cue.value)
        if eta is None:
            continue
        scope = _scope(line, cue, named, notes)
        thread = _thread(threads, scope)
        if thread is not None and (thread.eta == eta or _said_that_day(thread, eta, line)):
            continue
        event = Event(
            kind="moved" if thread else "planned",
            eta=eta,
            date=day(line),
            evidence=line.id,
            reason=_said(line, "reason") if thread else None,
        )
        if thread is None:
            thread = Thread(scope=scope)
            threads.append(thread)
        thread.events.append(event)
        found.append(event)
    return found


def _said_that_day(thread: Thread, eta: date, line: Evidence) -> bool:
    return any(event.eta == eta and event.date == line.item.date for event in thread.events)


def _thread(threads: Sequence[Thread], scope: frozenset[str]) -> Thread | None:
    running = [thread for thread in threads if thread.closed_by is None]
    if not scope:
        unnamed = [thread for thread in running if not thread.scope]
        return next(reversed(unnamed or running), None)
    return next((thread for thread in reversed(running) if thread.scope & scope), None)


def _scope(line: Evidence, cue: Cue, named: frozenset[str], notes: Notes) -> frozenset[str]:
    """Return the words that say what a date is for: of its clause, else of the line's prefix beyond the project's name."""
    text = line.item.text
    edges = [0, *(match.end() for match in _CLAUSE.finditer(text)), len(text)]
    start = max(edge for edge in edges if edge <= cue.start)
    end = min(edge for edge in edges if edge >= cue.end)
    around = f"{text[start : cue.start]} {text[cue.start : cue.end]} {text[cue.end : end]}"
    said = content(around, notes.people) or content(line.item.prefix, notes.people)
    return frozenset(word for word in said if word.isalpha() and word not in named and word not in _ETA_WORDS)


def _waits(line: Evidence, blocked: list[Event]) -> list[Event]:
    """Return the start or the end of a wait; a wait that is reported again is the same one."""
    arrived = line.cues_of("arrived")
    if arrived and blocked:
        blocked.clear()
        found = next((on for cue in arrived if (on := _iso(cue.value)) is not None), None)
        return [Event(kind="unblocked", date=found or day(line), evidence=line.id)]
    moved = bool(line.cues_of("eta")) and not line.cues_of("blocked_on")
    if line.status is not Status.BLOCKED or blocked or moved:
        return []
    since = line.cues_of("since")
    event = Event(
        kind="blocked",
        date=(_iso(since[0].value) if since else None) or day(line),
        evidence=line.id,
        reason=_said(line, "reason"),
        by=_said(line, "blocked_on"),
    )
    blocked.append(event)
    return [event]


def _drops(line: Evidence) -> list[Event]:
    if line.status is not Status.DROPPED:
        return []
    by = _said(line, "dropped_by")
    return [Event(kind="dropped", date=day(line), evidence=line.id, reason=_said(line, "reason"), by=by)]


def _said(line: Evidence, kind: str) -> str | None:
    return next((line.words(cue) for cue in line.cues_of(kind)), None)


def _iso(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
