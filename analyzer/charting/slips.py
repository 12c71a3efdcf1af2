"""Promised dates: the first ETA, every move, the line that calls it done, and how many days late that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analyzer.charting.look import SMALL, TEXT, Look
from analyzer.charting.parts import (
    Row,
    Spec,
    at,
    field,
    layer,
    layered,
    lines,
    linked,
    moment,
    nothing,
    number,
    symbols,
    titled,
    when,
    words,
)
from analyzer.charting.texts import fitted, name_of
from analyzer.drafting.desk import Desk
from analyzer.drafting.journey import Journey, journeys
from analyzer.drafting.phrases import counted, in_words
from analyzer.drafting.scan_promises import last_meeting
from analyzer.drafting.scan_setbacks import ends_itself, was_missed
from analyzer.records import Project

FIRST, MOVED, DONE, DROPPED = "first ETA", "moved to", "called done", "dropped"
MOST_PROMISES = 40
_SIZES = {FIRST: 50, MOVED: 80, DONE: 140, DROPPED: 120}
"""What comes later is larger and lies below, so that dates close together are all seen."""
_NAMES, _SAID, _ROW, _NARROW_ROW = 168, 150, 26, 44
EMPTY = "Dates promised: none to show"
WHY_EMPTY = "The notes give no date that a piece of work of a project was promised for."


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One promise of a date: its ETAs in order, and what the notes say of its end."""

    project: str
    etas: tuple[date, ...]
    done: date | None = None
    dropped: date | None = None
    late: int | None = None
    """Days from the first ETA to the line that calls it done, None where that cannot be said."""
    ahead: bool = False
    """Whether the last date still lies ahead of the last meeting."""

    @property
    def moves(self) -> int:
        """How often the date was moved."""
        return len(self.etas) - 1

    def outcome(self, desk: Desk) -> str:
        """Return in words how it ended."""
        if self.dropped:
            return f"dropped on {desk.day(self.dropped)}"
        if self.late is not None:
            return f"{counted(self.late, 'day')} late" if self.late > 0 else "done in time"
        if self.done:
            return "done by the next meeting"
        return f"due on {desk.day(self.etas[-1])}" if self.ahead else "not recognised as done"


def promises(desk: Desk) -> list[Promise]:
    """Return the promises of all projects in the order of their first ETAs, ended as the drafts say it."""
    found = [
        _promise(desk, project, journey) for project in desk.review.projects for journey in journeys(desk, project)
    ]
    return sorted((one for one in found if one), key=lambda one: (one.etas[0], one.project))


def _promise(desk: Desk, project: Project, journey: Journey) -> Promise | None:
    etas = tuple(event.eta for event in journey.etas if event.eta is not None)
    if not etas:
        return None
    end = journey.done
    day = desk.lines[end.evidence].item.date if end is not None and end.evidence in desk.lines else None
    if end is not None and end.kind == "dropped":
        return Promise(project=project.name, etas=etas, dropped=day)
    if day is not None and ends_itself(desk, project, journey.etas[0]):
        over = (day - etas[0]).days
        late = over if over <= 0 or was_missed(desk, etas[0], day) else None
        return Promise(project=project.name, etas=etas, done=day, late=late)
    last = last_meeting(desk)
    return Promise(project=project.name, etas=etas, ahead=last is not None and etas[-1] >= last)


def title_of(found: Sequence[Promise]) -> str:
    """Return what the chart shows in one sentence."""
    moved = sum(one.moves > 0 for one in found)
    late = [one.late for one in found if one.late is not None and one.late > 0]
    said = f"{in_words(moved)} of {number(len(found))} promised date{'' if len(found) == 1 else 's'} "
    said += "was moved" if moved == 1 else "were moved"
    if not late:
        return said
    most = counted(max(late), "day")
    return f"{said}; " + (
        f"one was done {most} late" if len(late) == 1 else f"{number(len(late))} were done late, by up to {most}"
    )


def chart(desk: Desk, look: Look) -> Spec:
    """Draw the promised dates."""
    found = promises(desk)
    if not found:
        return nothing(look, EMPTY, WHY_EMPTY)
    most = sorted(found, key=lambda one: (-one.moves, -(one.late or 0)))[:MOST_PROMISES]
    shown = [one for one in found if one in most]
    subtitle = "Days late are counted from the first date to the meeting whose notes call it done."
    if len(shown) < len(found):
        subtitle += f" The {len(shown)} of {len(found)} with the most moves are shown."
    return titled(_drawn(desk, look, shown), look, title_of(found), subtitle)


def _drawn(desk: Desk, look: Look, shown: Sequence[Promise]) -> Spec:
    colours = look.palette
    gutter, aside = (0, 0) if look.narrow else (_NAMES, _SAID)
    row = _NARROW_ROW if look.narrow else _ROW
    width = look.width - gutter - aside - 44
    days = [day for one in shown for day in (*one.etas, one.done, one.dropped) if day]
    first, last = min([*days, desk.review.start]), max([*days, desk.review.end])
    middles = [row * number + (row - 12 if look.narrow else row / 2) for number in range(len(shown))]
    rows = [mark for one, middle in zip(shown, middles, strict=True) for mark in _marks(desk, one, middle)]
    kinds = {
        FIRST: ("circle", colours.blue),
        MOVED: ("triangle-right", colours.orange),
        DONE: ("square", colours.green),
        DROPPED: ("cross", colours.purple),
    }
    present = {kind: hue for kind, hue in kinds.items() if any(one["kind"] == kind for one in rows)}
    channels = {
        "x": when(first, last, width),
        "y": at("middle"),
        "size": field("size", scale=None, legend=None),
        **symbols(present, columns=2 if look.narrow else 0),
        **linked(rows),
    }
    span = max((last - first).days, 1)
    ways = [
        {
            "left": (min(every) - first).days / span * width,
            "right": (max(every) - first).days / span * width,
            "middle": middle,
            "end": middle,
        }
        for one, middle in zip(shown, middles, strict=True)
        if (every := [day for day in (*one.etas, one.done, one.dropped) if day])
    ]
    layers: list[Spec] = [
        lines(ways, color=colours.grey, width=1.5),
        words(_names(look, shown, middles), color=colours.ink, href=True),
        words(
            _outcomes(desk, look, shown, middles, width),
            color=colours.soft,
            size=SMALL,
            align="right" if look.narrow else "left",
        ),
        layer("point", rows, channels, filled=True, opacity=1, stroke=colours.paper, strokeWidth=0.8),
    ]
    return layered(layers, width, row * len(shown) + 4)


def _marks(desk: Desk, one: Promise, middle: float) -> list[Row]:
    name = name_of(one.project)
    steps = [(FIRST, one.etas[0]), *((MOVED, eta) for eta in one.etas[1:])]
    steps += [(kind, day) for kind, day in ((DONE, one.done), (DROPPED, one.dropped)) if day]
    return [
        {
            "kind": kind,
            "when": moment(day),
            "middle": middle,
            "size": _SIZES[kind],
            "says": f"{name}: {kind} {desk.day(day)}" + (f", {one.outcome(desk)}" if kind == DONE else ""),
        }
        for kind, day in reversed(steps)
    ]


def _names(look: Look, shown: Sequence[Promise], middles: Sequence[float]) -> list[Row]:
    room = look.width * 0.5 if look.narrow else _NAMES - 14
    return [
        {
            "text": fitted(name_of(one.project), TEXT, room),
            "left": 0 if look.narrow else -_NAMES,
            "middle": middle - 20 if look.narrow else middle,
            "says": f"{name_of(one.project)}: moved {counted(one.moves, 'time')}",
            "href": look.href("project", one.project),
        }
        for one, middle in zip(shown, middles, strict=True)
    ]


def _outcomes(desk: Desk, look: Look, shown: Sequence[Promise], middles: Sequence[float], width: float) -> list[Row]:
    """Return how each ended, beside its row, or in a narrow chart at the end of the line with its name."""
    found: list[Row] = []
    for one, middle in zip(shown, middles, strict=True):
        text = one.outcome(desk)
        left = width if look.narrow else width + 14
        found.append({"text": text, "left": left, "middle": middle - 20 if look.narrow else middle})
    return found
