"""The year as a timeline: a row a project, a mark a meeting in which it was talked about, gaps between meetings shaded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from analyzer.charting.look import SMALL, TEXT, Look
from analyzer.charting.parts import (
    Row,
    Spec,
    at,
    boxes,
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
from analyzer.drafting.cite import place
from analyzer.drafting.desk import Desk
from analyzer.drafting.heading import held_meetings
from analyzer.drafting.phrases import counted, in_words
from analyzer.records import FeedbackEntry, Label, Project

FINISHED, EFFECT, FEEDBACK, BLOCKED, MOVED, OTHER = (
    "finished work",
    "effect",
    "feedback",
    "blocked",
    "ETA moved",
    "other line",
)
MOST_PROJECTS = 40
MOST_PLACES = 4
"""Lines that a mark names; the rest are counted."""
_LANES = {FINISHED: -14, EFFECT: -7, FEEDBACK: 0, BLOCKED: 7, MOVED: 14, OTHER: 0}
"""Pixels from the middle of the row, so that marks of one meeting stand above each other, each kind in its own lane."""
_NAMES, _ROW, _NARROW_ROW, _HEAD = 168, 42, 58, 20
EMPTY = "Timeline: no project to show"
WHY_EMPTY = "The notes name no project in a dated meeting, so there is no row to draw."


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """What one meeting's lines say about one project, of one kind."""

    day: date
    kind: str
    lines: tuple[str, ...]


def sightings(desk: Desk, project: Project, entries: Iterable[FeedbackEntry]) -> list[Sighting]:
    """Return a project's dated lines by meeting and kind, in the order of days and kinds; a line may be of several kinds.

    Args:
        desk: what the drafts are written from.
        project: one of its projects.
        entries: the feedback of the whole year.
    """
    claims = desk.claims_of(project)
    blocked = [one for one in project.evidence if one in desk.lines and desk.lines[one].has(Label.BLOCKER)]
    by_kind: dict[str, Iterable[str]] = {
        FINISHED: (one for claim in claims for one in claim.evidence),
        EFFECT: (effect.evidence for effect in desk.effects_of(project)),
        FEEDBACK: (entry.evidence for entry in entries if entry.project == project.name),
        BLOCKED: (*(event.evidence for event in project.history if event.kind == "blocked"), *blocked),
        MOVED: (event.evidence for event in project.history if event.kind == "moved"),
    }
    found: dict[tuple[date, str], list[str]] = defaultdict(list)
    told: set[str] = set()
    for kind, ids in by_kind.items():
        for one in dict.fromkeys(ids):
            _add(found, desk, kind, one)
            told.add(one)
    for one in project.evidence:
        if one not in told:
            _add(found, desk, OTHER, one)
    order = list(_LANES)
    ranked = sorted(found.items(), key=lambda pair: (pair[0][0], order.index(pair[0][1])))
    return [Sighting(day=day, kind=kind, lines=tuple(ids)) for (day, kind), ids in ranked]


def _add(found: dict[tuple[date, str], list[str]], desk: Desk, kind: str, one: str) -> None:
    line = desk.lines.get(one)
    if line is not None and line.item.date is not None:
        found[line.item.date, kind].append(one)


def title_of(desk: Desk, projects: Sequence[Project]) -> str:
    """Return what the chart shows in one sentence."""
    held = len(held_meetings(desk.review))
    finished = sum(len(desk.claims_of(project)) for project in projects)
    said = f"{in_words(len(projects))} project{'' if len(projects) == 1 else 's'} over {number(held)} meeting"
    said += f"{'' if held == 1 else 's'}, with {number(finished)} finished piece{'' if finished == 1 else 's'} of work"
    return said


def chart(desk: Desk, look: Look) -> Spec:
    """Draw the timeline."""
    known = [(one, sightings(desk, one, desk.review.feedback)) for one in desk.review.projects]
    known = sorted(((one, seen) for one, seen in known if seen), key=lambda pair: (pair[1][0].day, pair[0].name))
    if not known:
        return nothing(look, EMPTY, WHY_EMPTY)
    kept = {one.name for one, _ in sorted(known, key=lambda pair: -len(pair[0].evidence))[:MOST_PROJECTS]}
    shown = [(one, seen) for one, seen in known if one.name in kept]
    subtitle = "Each mark stands for the lines of one meeting, a short stroke for other lines."
    if desk.review.gaps:
        subtitle += " Shaded: no meeting for more than twice the usual time."
    if len(shown) < len(known):
        subtitle += f" Of {len(known)} projects, the {len(shown)} with the most lines are shown."
    return titled(_drawn(desk, look, shown), look, title_of(desk, [one for one, _ in known]), subtitle)


def _drawn(desk: Desk, look: Look, shown: Sequence[tuple[Project, Sequence[Sighting]]]) -> Spec:
    colours = look.palette
    gutter = 0 if look.narrow else _NAMES
    row = _NARROW_ROW if look.narrow else _ROW
    width, height = look.width - gutter - 44, _HEAD + row * len(shown)
    first, last = desk.review.start, desk.review.end
    places = {"x": when(first, last, width), "y": at("middle")}
    middles = [_HEAD + row * number + (row - 22 if look.narrow else row / 2) for number in range(len(shown))]
    rows = [
        _mark(desk, project, seen, middle)
        for (project, sighted), middle in zip(shown, middles, strict=True)
        for seen in sighted
    ]
    span = (moment(last) - moment(first)) or 1
    spans = [
        {
            "left": (moment(sighted[0].day) - moment(first)) / span * width,
            "right": (moment(sighted[-1].day) - moment(first)) / span * width,
            "middle": middle,
            "end": middle,
        }
        for (_, sighted), middle in zip(shown, middles, strict=True)
    ]
    layers: list[Spec] = [
        *_gaps(desk, look, width, height),
        lines(spans, color=colours.grey),
        words(_names(look, shown, middles), color=colours.ink, href=True),
    ]
    others = [one for one in rows if one["kind"] == OTHER]
    told = [one for one in rows if one["kind"] != OTHER]
    if others:
        stroke = {"shape": "stroke", "angle": 90, "size": 70, "strokeWidth": 1.5, "color": colours.grey}
        layers.append(layer("point", others, {**places, **linked(others)}, **stroke, opacity=1))
    if told:
        hues = _hues(look)
        kinds = {kind: hue for kind, hue in hues.items() if any(one["kind"] == kind for one in told)}
        channels = {**places, **symbols(kinds, columns=3 if look.narrow else 0), **linked(told)}
        filled = {"filled": True, "size": 46, "opacity": 1, "stroke": colours.paper, "strokeWidth": 0.6}
        layers.append(layer("point", told, channels, **filled))
    return layered(layers, width, height)


def _hues(look: Look) -> dict[str, tuple[str, str]]:
    colours = look.palette
    return {
        FINISHED: ("circle", colours.blue),
        EFFECT: ("diamond", colours.green),
        FEEDBACK: ("triangle-up", colours.purple),
        BLOCKED: ("square", colours.ink),
        MOVED: ("triangle-right", colours.orange),
    }


def _mark(desk: Desk, project: Project, seen: Sighting, middle: float) -> Row:
    where = [place(desk.lines[one].item.source) for one in seen.lines]
    places = ", ".join(dict.fromkeys(name_of(one, 40) for one in where[:MOST_PLACES]))
    more = f" and {len(where) - MOST_PLACES} more" if len(where) > MOST_PLACES else ""
    return {
        "kind": seen.kind,
        "when": moment(seen.day),
        "middle": middle + _LANES[seen.kind],
        "says": f"{name_of(project.name)}, {desk.day(seen.day)}: {seen.kind} ({places}{more})",
    }


def _names(look: Look, shown: Sequence[tuple[Project, Sequence[Sighting]]], middles: Sequence[float]) -> list[Row]:
    room = look.width - 60 if look.narrow else _NAMES - 14
    return [
        {
            "text": fitted(name_of(project.name), TEXT, room),
            "left": 0 if look.narrow else -_NAMES,
            "middle": middle - 28 if look.narrow else middle,
            "says": f"{name_of(project.name)}: {counted(len(project.evidence), 'line')}, from {sighted[0].day.isoformat()} to {sighted[-1].day.isoformat()}",
            "href": look.href("project", project.name),
        }
        for (project, sighted), middle in zip(shown, middles, strict=True)
    ]


def _gaps(desk: Desk, look: Look, width: float, height: float) -> list[Spec]:
    """Return the stretches without a meeting, each with its length above it."""
    first, last = desk.review.start, desk.review.end
    days = max((last - first).days, 1)
    rows: list[Row] = []
    said: list[Row] = []
    for gap in desk.review.gaps:
        left = max((gap.start - first).days / days * width, 0)
        right = min((gap.end - first).days / days * width, width)
        if right <= left:
            continue
        says = f"No meeting from {desk.day(gap.start)} to {desk.day(gap.end)}: {counted(gap.days, 'day')}"
        rows.append({"left": left, "right": right, "middle": 0, "end": height, "says": says})
        said.append({"left": left + 3, "middle": 9, "text": fitted(f"{gap.days} days", SMALL, max(right - left, 48))})
    if not rows:
        return []
    return [boxes(rows, color=look.palette.shade), words(said, color=look.palette.soft, size=SMALL)]
