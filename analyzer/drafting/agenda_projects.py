"""Projects that go on: priority, ETA and its moves, what is blocked and for how long, what was put off and by whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from analyzer.drafting.agenda_phrases import AGENDA_PROJECTS, day_words
from analyzer.drafting.by_project import was_dropped
from analyzer.drafting.clauses import pieces, with_cue
from analyzer.drafting.derived import gives_day
from analyzer.drafting.desk import Desk
from analyzer.drafting.excerpts import short
from analyzer.drafting.fill import cited, plain, say
from analyzer.drafting.phrases import counted
from analyzer.drafting.scan_words import SAME_THING, telling
from analyzer.drafting.setbacks import Wait, done_after, drop_event, drop_is_sure, sure_waits, wait_start
from analyzer.drafting.tell import told
from analyzer.drafting.trust import block_is_sure, ends_as_question
from analyzer.drafts import Bullet, Sentence
from analyzer.records import Event, Evidence, Label, Project, Status

MOST_GOING, MOST_DROPPED, MOST_TRIED, MOST_AGAIN = 6, 2, 2, 3
CURRENT = timedelta(days=42)
"""A project that no line named for longer is none of the next meeting's, unless it waits or its date is ahead."""
FORGOTTEN = timedelta(days=90)
"""A wait that no line named for longer is over or given up; `analyzer check` asks about it."""
SHORT_DROP = 4
"""Words up to which a line says no more than that something was put off."""
_PRIORITY = re.compile(r"[Pp][0-4]")
_OPEN = frozenset({Status.IN_PROGRESS, Status.PLANNED, Status.BLOCKED})
_STEPS = ("promise", "ask", "answer")


def project_bullets(desk: Desk, last: date, day: date, said: frozenset[str] = frozenset()) -> list[Bullet]:
    """Return a bullet for each project that goes on, waiting ones and the nearest dates first, then what was put off.

    Args:
        desk: the review's look-ups.
        last: the day of the last meeting.
        day: the day of the next one.
        said: labels of the lines that the achievements tell: they are not told twice.
    """
    going: list[tuple[tuple[object, ...], Bullet]] = []
    dropped: list[Bullet] = []
    for project in desk.review.projects:
        wait = _open_wait(desk, project, last)
        if was_dropped(project):
            dropped += _dropped(desk, project, last)
        elif wait is not None:
            going.append(((0, _priority(desk, project) or "P9", project.name), _blocked(desk, project, wait, day)))
        elif (bullet := _going(desk, project, last, day, said)) is not None:
            eta = _eta(project)
            key = (1, _priority(desk, project) or "P9", (eta.eta if eta else None) or date.max, project.name)
            going.append((key, bullet))
    bullets = [bullet for _, bullet in sorted(going, key=lambda pair: pair[0])]
    bullets = [*_loose_waits(desk, last, day), *bullets]
    bullets += [_loose(desk, line) for line in _loose_work(desk, last)]
    return [*bullets[:MOST_GOING], *dropped[-MOST_DROPPED:]]


def _lines(desk: Desk, project: Project) -> list[Evidence]:
    found = [desk.lines[one] for one in project.evidence if one in desk.lines]
    return [line for line in found if line.item.date is not None]


def _priority(desk: Desk, project: Project) -> str | None:
    tags = [tag for line in _lines(desk, project) for tag in line.item.tags if _PRIORITY.fullmatch(tag)]
    return tags[-1].upper() if tags else None


def _lead(desk: Desk, project: Project, *, blocked: bool = False) -> list[Sentence]:
    tag = _priority(desk, project)
    parts = [say(AGENDA_PROJECTS["blocked"])] if blocked else []
    parts += [say(AGENDA_PROJECTS["priority"], tag=tag)] if tag and not blocked else []
    return [*parts, say(AGENDA_PROJECTS["project"], project=project.name)]


def _open_wait(desk: Desk, project: Project, last: date) -> Wait | None:
    """Return the wait that a project is in now, None where it goes on or is over."""
    waits = sure_waits(desk, project)
    if not waits or waits[-1].end is not None or done_after(desk, project, waits[-1]) is not None:
        return None
    lines = _lines(desk, project)
    return waits[-1] if lines and lines[-1].item.date and last - lines[-1].item.date <= FORGOTTEN else None


def _blocked(desk: Desk, project: Project, wait: Wait, day: date) -> Bullet:
    first = desk.lines[wait.start.evidence]
    since = wait_start(desk, wait) or first.item.date or day
    later = [line for line in _lines(desk, project) if line.id != first.id and _is_behind(line, first)]
    return _waiting(desk, _lead(desk, project, blocked=True), first, later, (day - since).days)


def _waiting(desk: Desk, lead: Sequence[Sentence], first: Evidence, later: Sequence[Evidence], days: int) -> Bullet:
    """Tell a wait: for how long, what was tried, and a place for options."""
    said = [span for span in pieces(first) if not ends_as_question(first, (span,))]
    parts = [*lead, say(AGENDA_PROJECTS["waits"], days=counted(max(days, 0), "day")), told(desk, first, said)]
    tried = [line for line in later if any(line.cues_of(kind) for kind in _STEPS)][-MOST_TRIED:]
    if tried:
        told_ = [cited(plain(_step(line)), [desk.cite(line.id)]) for line in tried]
        parts += [plain(" "), say(AGENDA_PROJECTS["tried"], list=_row(told_))]
    known = {line.id for line in tried}
    again = [line.id for line in later if line.id not in known and line.item.date != first.item.date]
    if again:
        parts += [plain(" "), say(AGENDA_PROJECTS["again"], c=desk.cites(again[-MOST_AGAIN:]))]
    return Bullet((*parts, plain(" "), say(AGENDA_PROJECTS["options_manager" if desk.by_manager else "options"])))


def _is_behind(line: Evidence, first: Evidence) -> bool:
    one, other = line.item, first.item
    if one.date is None or other.date is None or one.date != other.date:
        return one.date is not None and (other.date is None or one.date > other.date)
    return one.source.path == other.source.path and (one.source.start or 0) > (other.source.start or 0)


def _step(line: Evidence) -> str:
    """Return the words of a step: the promise before the question or the answer beside it."""
    kind = next((kind for kind in _STEPS if line.cues_of(kind)), _STEPS[0])
    return short(line, with_cue(line, (kind,)))


def _row(parts: Sequence[Sentence]) -> Sentence:
    spaced = [piece for part in parts for piece in (plain(", "), part)][1:]
    return Sentence(tuple(fragment for piece in spaced for fragment in piece.fragments))


def _eta(project: Project) -> Event | None:
    """Return the date that stands now, None where none was set or something was finished since."""
    last: Event | None = None
    for event in project.history:
        if event.kind in {"planned", "moved"} and event.eta is not None:
            last = event
        elif event.kind in {"done", "dropped"} and last and last.eta and event.date and event.date >= last.eta:
            last = None
    return last


def _moves(project: Project) -> list[Event]:
    """Return the first date and its moves, up to the date that stands now."""
    dates = [event for event in project.history if event.kind in {"planned", "moved"} and event.eta is not None]
    starts = [at for at, event in enumerate(dates) if event.kind == "planned"]
    return dates[starts[-1] :] if starts else dates


def _going(desk: Desk, project: Project, last: date, day: date, said: frozenset[str]) -> Bullet | None:
    """Tell a project that goes on: its last line of that kind, and its date."""
    eta = _eta(project)
    lines = _lines(desk, project)
    current = [line for line in lines if line.item.date and last - line.item.date <= CURRENT]
    open_ = [line for line in current if _is_open(line) or (eta and line.id == eta.evidence)]
    ahead = eta is not None and eta.eta is not None and eta.eta >= last and eta.evidence in desk.lines
    if open_ and desk.cite(open_[-1].id).label in said:
        open_ = []
    if not open_ and not ahead:
        return None
    finished = [claim for claim in desk.claims_of(project) if open_ and claim.first > (open_[-1].item.date or last)]
    if finished and not ahead:
        return None
    line = open_[-1] if open_ else desk.lines[eta.evidence] if eta else lines[-1]
    return Bullet((*_lead(desk, project), _without_name(desk, line), *_dates(desk, project, eta, line, day)))


def _is_open(line: Evidence) -> bool:
    """Return whether a line reports work that goes on; a step or a question stands among the action items."""
    own = line.item.author is None or not line.item.depth
    told_so = line.labels or line.item.tags or line.cues_of("eta") or line.item.section in {"in_progress", "planned"}
    if line.status is Status.PLANNED and not told_so:  # "will be merged" alone may be anybody's plan, or a rumour
        return False
    return line.status in _OPEN and own and not line.has(Label.ACTION_ITEM) and not line.cues_of("ask")


def _without_name(desk: Desk, line: Evidence) -> Sentence:
    """Tell a line without the project's name in front of it, which the bullet begins with."""
    return told(desk, line, pieces(line)[:2])


def _dates(desk: Desk, project: Project, eta: Event | None, line: Evidence, day: date) -> list[Sentence]:
    if eta is None or eta.eta is None or eta.evidence not in desk.lines or day - eta.eta > FORGOTTEN:
        return []
    stands = desk.lines[eta.evidence]
    parts: list[Sentence] = []
    written = gives_day(stands.item.raw, eta.eta, stands.item.date)
    if eta.eta <= day and stands.id == line.id:
        parts += [plain(" "), say(AGENDA_PROJECTS["due_now"])]
    elif eta.eta <= day and written:
        parts += [plain(" "), say(AGENDA_PROJECTS["due"], eta=day_words(eta.eta, day), c=desk.cite(stands.id))]
    elif stands.id != line.id and written:
        parts += [plain(" "), say(AGENDA_PROJECTS["eta"], eta=day_words(eta.eta, day), c=desk.cite(stands.id))]
    first, *moves = [event for event in _moves(project) if event.evidence in desk.lines]
    cites = desk.cites([event.evidence for event in moves])
    source = desk.lines[first.evidence].item
    if moves and first.eta and gives_day(source.raw, first.eta, source.date):
        parts += [
            plain(" "),
            say(AGENDA_PROJECTS["first_eta"], eta=day_words(first.eta, day), c=desk.cite(first.evidence)),
        ]
        key = "moved_one" if len(cites) == 1 else "moved_many"
        parts.append(say(AGENDA_PROJECTS[key], count=len(cites), c=cites))
    return parts


def _dropped(desk: Desk, project: Project, last: date) -> list[Bullet]:
    event = drop_event(project)
    line = desk.lines.get(event.evidence) if event else None
    if event is None or line is None or line.item.date is None or not drop_is_sure(desk, project):
        return []
    if last - line.item.date > CURRENT:
        return []
    lead = [say(AGENDA_PROJECTS["dropped"]), say(AGENDA_PROJECTS["project"], project=project.name)]
    said_why = event.by or event.reason or len(line.item.text.split()) > SHORT_DROP
    who = [] if said_why else [plain(" "), say(AGENDA_PROJECTS["who"])]
    return [Bullet((*lead, told(desk, line), *who))]


def _loose_waits(desk: Desk, last: date, day: date) -> list[Bullet]:
    """Tell what waits and belongs to no project: each matter once, from its first line on, unless a later line ends it."""
    loose = [
        line
        for line in desk.lines.values()
        if not line.project and line.item.date and last - line.item.date <= FORGOTTEN
    ]
    loose.sort(key=lambda line: (line.item.date or last, line.item.source.path, line.item.source.start or 0))
    bullets, taken = [], set[str]()
    for first in loose:
        if (
            first.id in taken
            or first.status is not Status.BLOCKED
            or not block_is_sure(first)
            or first.item.date is None
        ):
            continue
        words = _words(desk, first)
        later = [
            one
            for one in loose
            if one.id != first.id and _is_behind(one, first) and len(words & _words(desk, one)) >= SAME_THING
        ]
        taken |= {one.id for one in later}
        over = any(one.cues_of("arrived") or one.status in {Status.DONE, Status.DROPPED} for one in later)
        fresh = last - max((one.item.date or last for one in (first, *later)), default=last) <= CURRENT
        if fresh and not over and _is_writers(desk, first):
            lead = [say(AGENDA_PROJECTS["blocked"])]
            stated = [date.fromisoformat(cue.value) for cue in first.cues_of("since") if cue.value]
            since = next((one for one in stated if gives_day(first.item.raw, one, first.item.date)), first.item.date)
            bullets.append(_waiting(desk, lead, first, later, (day - since).days))
    return bullets


def _words(desk: Desk, line: Evidence) -> frozenset[str]:
    return telling(desk, f"{line.item.prefix} {line.item.text}")


def _is_writers(desk: Desk, line: Evidence) -> bool:
    return line.item.author in {None, desk.review.manager if desk.by_manager else desk.review.subject}


def _loose_work(desk: Desk, last: date) -> list[Evidence]:
    """Return lines of the last meeting about work that goes on and belongs to no project."""
    found = [line for line in desk.lines.values() if line.item.date == last and not line.project]
    named = [line for line in found if line.item.section in {"in_progress", "planned"} or _tag(line)]
    return sorted(
        (line for line in named if _is_open(line)),
        key=lambda line: (line.item.source.path, line.item.source.start or 0),
    )


def _tag(line: Evidence) -> str | None:
    return next((tag.upper() for tag in line.item.tags if _PRIORITY.fullmatch(tag)), None)


def _loose(desk: Desk, line: Evidence) -> Bullet:
    tag = _tag(line)
    return Bullet((*([say(AGENDA_PROJECTS["priority"], tag=tag)] if tag else []), told(desk, line)))
