"""The dates a piece of work was promised for: first ETA, every move with its stated reason, and how it ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analyzer.drafting.clauses import pieces
from analyzer.drafting.desk import Desk
from analyzer.drafting.fill import Filling, say
from analyzer.drafting.phrases import EFFORT, WORK, counted
from analyzer.drafting.tell import told
from analyzer.drafting.tidy import quoted
from analyzer.drafting.trust import ends_as_question
from analyzer.drafts import Bullet, Fragment, Sentence, Words
from analyzer.records import Event, Evidence, Label, Project, Status

SILENT_DAYS = 92
"""Work that no line has named for a quarter is no longer said to be going on."""
_OPEN = frozenset({Status.IN_PROGRESS, Status.BLOCKED, Status.PLANNED})
_OPEN_SECTIONS = frozenset({"in_progress", "planned", "blockers"})


@dataclass(frozen=True, slots=True)
class Journey:
    """One promise: its ETAs in order, and the event that ended it (None while it is open)."""

    etas: tuple[Event, ...]
    done: Event | None


def journeys(desk: Desk, project: Project) -> list[Journey]:
    """Cut a project's history into promises: what was said about one thing, up to the line that calls it done.

    The pieces' own histories say which dates ended in them; what is left over is open, or ends with the next finished or
    dropped piece where the pieces carry no history.
    """
    closed, taken = [], set()
    for claim in desk.claims_of(project):
        etas = tuple(event for event in claim.history if _is_eta(event))
        if etas:
            done = next((event for event in claim.history if event.kind == "done"), None)
            end = done or Event(kind="done", date=claim.first, evidence=claim.evidence[0])
            closed.append(Journey(etas, end))
            taken |= {(event.evidence, event.eta) for event in etas}
    rest = [event for event in project.history if not (_is_eta(event) and (event.evidence, event.eta) in taken)]
    return [*closed, *_cut(rest, by_next=not closed)]


def _cut(events: Sequence[Event], *, by_next: bool) -> list[Journey]:
    found: list[Journey] = []
    etas: list[Event] = []
    for event in events:
        if _is_eta(event):
            if event.kind == "planned" and etas:
                found.append(Journey(tuple(etas), None))
                etas = []
            etas.append(event)
        elif (
            etas
            and etas[-1].evidence != event.evidence
            and (event.kind == "dropped" or (by_next and event.kind == "done"))
        ):
            found.append(Journey(tuple(etas), event))
            etas = []
    return [*found, Journey(tuple(etas), None)] if etas else found


def _is_eta(event: Event) -> bool:
    return event.eta is not None and event.kind in {"planned", "moved"}


def journey_bullets(desk: Desk, project: Project, *, stale: bool = False) -> tuple[Bullet, ...]:
    """Return what a project's section says about its dates: moves on the way, and what is going on.

    Args:
        desk: the review's look-ups.
        project: the project.
        stale: whether open work is told even where its last line is old.
    """
    bullets = []
    open_ = None
    for journey in journeys(desk, project):
        if journey.done is None and _is_going_on(desk, project, stale=stale):
            open_ = journey
        elif journey.done is not None and len(journey.etas) > 1:
            bullets.append(Bullet((say(WORK["on_the_way"] + " "), *_chain(desk, journey))))
    if open_ is not None and len(open_.etas) > 1:
        bullets.append(Bullet((say(WORK["going_on"] + " "), *_chain(desk, open_))))
    elif open_ is not None:
        only = desk.lines[open_.etas[0].evidence]
        bullets.append(Bullet((say(WORK["going_on"] + " "), told(desk, only))))
    elif (line := last_open(desk, project) if stale else going_on(desk, project)) is not None:
        bullets.append(Bullet((say(WORK["going_on"] + " "), told(desk, line))))
    return tuple(bullets)


def journey_sentences(desk: Desk, journey: Journey) -> tuple[Sentence, ...]:
    """Return the moves of one promise, and how many days after its first ETA the notes call it done."""
    if len(journey.etas) < 2:
        return ()
    chain, first = _chain(desk, journey)[0], journey.etas[0].eta
    if journey.done is None or journey.done.kind != "done" or first is None:
        return (chain,)
    line = desk.lines[journey.done.evidence]
    late = (line.item.date - first).days if line.item.date else 0
    slots: dict[str, Filling] = {"day": desk.day(line.item.date), "c": desk.cite(line.id)}
    return (
        chain,
        say(EFFORT["late"], **slots, days=counted(late, "day")) if late > 0 else say(WORK["eta_done"], **slots),
    )


def going_on(desk: Desk, project: Project) -> Evidence | None:
    """Return the last line on open work of a project, None if there is none or if the notes fell silent about it."""
    line = last_open(desk, project)
    return line if line is not None and _is_recent(desk, line.item.date) else None


def last_open(desk: Desk, project: Project) -> Evidence | None:
    """Return the last line that reports work under way after everything that is finished, None if there is none."""
    ended = [line for line in _lines(desk, project) if line.status in {Status.DONE, Status.DROPPED}]
    ended += [desk.lines[claim.evidence[0]] for claim in desk.claims_of(project)]
    last = max((line.item.date for line in ended if line.item.date), default=None)
    later = [
        line
        for line in _lines(desk, project)
        if line.item.date and (last is None or line.item.date > last) and _is_open_work(desk, line)
    ]
    return max(
        later, key=lambda line: (line.item.date or desk.review.start, -(line.item.source.start or 0)), default=None
    )


def _is_open_work(desk: Desk, line: Evidence) -> bool:
    """Return whether a line says of the owner's work that it is under way: a promise, a judgement or a wish does not."""
    owner = desk.review.manager if desk.by_manager else desk.review.subject
    kinds = {cue.kind for cue in line.cues}
    says = kinds & {"eta", "blocked_on"} or any(
        cue.kind == "work" and cue.value in {"in_progress", "planned", "blocked"} for cue in line.cues
    )
    stands = line.item.section in _OPEN_SECTIONS or bool(line.item.tags)
    return (
        line.status in _OPEN
        and line.id not in desk.used
        and (pieces(line)[0].author or line.item.author) in {None, owner}
        and not line.labels & {Label.FEEDBACK, Label.CAREER, Label.GOAL, Label.ACTION_ITEM}
        and bool(says or stands)
        and not ends_as_question(line, pieces(line)[-1:])
    )


def _is_recent(desk: Desk, day: date | None) -> bool:
    last = max((meeting.date for meeting in desk.review.meetings if meeting.date), default=desk.review.end)
    return day is not None and (last - day).days <= SILENT_DAYS


def is_open(desk: Desk, project: Project) -> bool:
    """Return whether something of the project is going on at the end of the notes."""
    open_etas = any(journey.done is None for journey in journeys(desk, project)) and _is_going_on(
        desk, project, stale=False
    )
    return open_etas or going_on(desk, project) is not None


def _is_going_on(desk: Desk, project: Project, *, stale: bool) -> bool:
    """Return whether an ETA without an end is still open: nothing of the project was dropped or is done after it."""
    journey = next((one for one in reversed(journeys(desk, project)) if one.done is None), None)
    if journey is None or any(event.kind == "dropped" for event in project.history):
        return False
    last = desk.lines[journey.etas[-1].evidence].item.date
    done = [claim.first for claim in desk.claims_of(project)]
    return last is not None and not any(day > last for day in done) and (stale or _is_recent(desk, last))


def _lines(desk: Desk, project: Project) -> list[Evidence]:
    return [desk.lines[one] for one in project.evidence if one in desk.lines]


def _chain(desk: Desk, journey: Journey) -> tuple[Sentence, ...]:
    fragments: list[Fragment] = []
    for number, event in enumerate(journey.etas):
        key = "eta_first" if number == 0 else "eta_moved" if number == 1 else "eta_next"
        if event.reason and number:
            key += "_reason"
        slots: dict[str, Filling] = {"eta": desk.day(event.eta), "c": desk.cite(event.evidence)}
        if event.reason:
            slots["quote"] = quoted(event.reason)
        fragments += say(WORK[key], **slots).fragments
    sentences = [Sentence((*fragments, Words(".")))]
    if journey.done is not None and journey.done.kind == "done":
        line = desk.lines[journey.done.evidence]
        sentences.append(say(WORK["eta_done"], day=desk.day(line.item.date), c=desk.cite(line.id)))
    return tuple(sentences)
