"""Effort against impact: a point a project, and apart from them the projects without an effect on record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from analyzer.charting.look import SMALL, TEXT, Look, Palette
from analyzer.charting.parts import (
    Row,
    Spec,
    at,
    boxes,
    field,
    halo,
    layer,
    layered,
    lines,
    linked,
    nothing,
    number,
    stacked,
    symbols,
    titled,
    words,
)
from analyzer.charting.texts import Box, fitted, name_of, spots, width_of
from analyzer.drafting.desk import Desk
from analyzer.drafting.effort_impact import rung_words
from analyzer.drafting.phrases import in_words
from analyzer.records import Project, Score

KINDS = ("measured and vouched for", "measured", "decided or adopted", "vouched for", "stated or expected, no band")
_SHAPES = ("square", "circle", "triangle-up", "cross", "diamond")
_KIND_OF_RUNG = {"decided": KINDS[2], "stated": KINDS[4], "expected": KINDS[4]}
MOST_NAMED = 24
"""Points that carry their name; where there are more, numbers stand in the list below instead."""
MOST_PROJECTS = 60
_LEFT, _HEIGHT, _ROW, _DODGE = 44, 330, 20, 13
_MOST_LABEL = 190
EMPTY = "Effort and impact: no project to show"
WHY_EMPTY = "The notes name no project with work or an effect on record, so there is nothing to compare."


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One project as the chart shows it."""

    name: str
    effort: int
    impact: int | None
    kind: str | None
    says: str


def points_of(desk: Desk) -> list[Point]:
    """Return the projects with points, the largest impact first, those without an effect last.

    Args:
        desk: what the drafts are written from, so that both give the same figures.
    """
    shown = [one for one in desk.review.projects if one.effort or one.impact]
    found = [_point(project) for project in shown]
    return sorted(found, key=lambda one: (one.impact is None, -(one.impact or 0), -one.effort, one.name))


def _point(project: Project) -> Point:
    effort = project.effort.points if project.effort else 0
    rung = project.rung or ""
    said = [f"{name_of(project.name)}: effort {_parts(project.effort)}"]
    if project.impact is None:
        said.append("no effect recognised, so impact is not scored")
    else:
        said.append(f"impact {_parts(project.impact)}")
        said.append(f"best evidence: {rung_words(project.rung)}")
    if project.quadrant and project.impact is not None:
        said.append(project.quadrant)
    return Point(
        name=project.name,
        effort=effort,
        impact=project.impact.points if project.impact else None,
        kind=None if project.impact is None else _KIND_OF_RUNG.get(rung, rung),
        says="; ".join(said),
    )


def _parts(score: Score | None) -> str:
    """Return the points of a score with what they are made of: "14 (time 4, meetings 6, finished 4)"."""
    if score is None:
        return "0"
    made = ", ".join(f"{part.name} {part.points}" for part in score.parts if part.points)
    return f"{score.points}" + (f" ({made})" if made else "")


def title_of(points: Sequence[Point]) -> str:
    """Return what the chart shows in one sentence."""
    measured = sum((point.kind or "").startswith("measured") for point in points)
    silent = sum(point.impact is None for point in points)
    have = "has" if measured == 1 else "have"
    said = f"{in_words(measured)} of {number(len(points))} project{'' if len(points) == 1 else 's'} {have} a measured effect"
    return f"{said}; on {number(silent)} no effect was recognised" if silent else said


def chart(desk: Desk, look: Look) -> Spec:
    """Draw effort against impact."""
    points = points_of(desk)
    if not points:
        return nothing(look, EMPTY, WHY_EMPTY)
    shown = points[:MOST_PROJECTS]
    drawing = _Drawing(shown, look)
    subtitle = "Points within this one year: effort from lines on work, impact from lines on effects."
    if len(shown) < len(points):
        subtitle += f" The {len(shown)} projects with the most impact are shown."
    return titled(drawing.whole(), look, title_of(points), subtitle)


class _Drawing:
    """The parts of one chart, which share the scale of effort and the numbers of the points."""

    def __init__(self, points: Sequence[Point], look: Look) -> None:
        self.look = look
        self.colours: Palette = look.palette
        self.scored = [point for point in points if point.impact is not None]
        self.silent = [point for point in points if point.impact is None]
        self.width = look.width - _LEFT - 36
        self.most_effort = max(point.effort for point in points)
        self.most_impact = max((point.impact or 0 for point in points), default=0)
        self.by_number = look.narrow or len(self.scored) > MOST_NAMED
        self.height = min(_HEIGHT, max(240, self.width))

    def whole(self) -> Spec:
        views: list[Spec] = []
        if self.scored:
            views.append(self._plane())
        if self.silent:
            views.append(self._strip())
        if self.by_number and self.scored:
            views.append(self._key())
        if len(views) == 1:
            return views[0]
        return stacked(views, spacing=14)

    def left(self, effort: float) -> float:
        """Return the pixel of an effort."""
        return effort / (self.most_effort * 1.06 + 1) * self.width

    def _x(self, *, named: bool) -> Spec:
        ticks = {"title": "Effort, points", "tickMinStep": 1, "grid": True} if named else None
        return field("effort", scale={"domain": [0, self.most_effort * 1.06 + 1], "nice": False}, axis=ticks)

    def _plane(self) -> Spec:
        rows = self._rows()
        top = self.most_impact * 1.1 + 1
        places = [(self.left(row["effort"]), self.height - row["impact"] / top * self.height) for row in rows]
        ticks = {"title": "Impact, points", "tickMinStep": 1, "minExtent": _LEFT - 12, "maxExtent": _LEFT - 12}
        y = field("impact", scale={"domain": [0, top], "nice": False}, axis=ticks)
        hues = dict(zip(KINDS, zip(_SHAPES, self._hues(), strict=True), strict=True))
        kinds = {kind: hues[kind] for kind in KINDS if any(row["kind"] == kind for row in rows)}
        channels = {
            "x": self._x(named=not self.silent),
            "y": y,
            **symbols(kinds, columns=1 if self.look.narrow else 0),
            **linked(rows),
        }
        marks = layer(
            "point", rows, channels, filled=True, size=110, opacity=1, stroke=self.colours.paper, strokeWidth=1
        )
        return layered([*self._bands(top), *self._labels(rows, places), marks], self.width, self.height)

    def _hues(self) -> tuple[str, ...]:
        colours = self.colours
        return (colours.green, colours.blue, colours.orange, colours.purple, colours.grey)

    def _rows(self) -> list[Row]:
        """Return the points; those on one spot are set side by side, which only what they say can tell."""
        spot: dict[tuple[int, int | None], list[int]] = defaultdict(list)
        for place, point in enumerate(self.scored):
            spot[point.effort, point.impact].append(place)
        per_pixel = (self.most_effort * 1.06 + 1) / self.width
        rows: list[Row] = []
        for place, point in enumerate(self.scored):
            same = spot[point.effort, point.impact]
            aside = (same.index(place) - (len(same) - 1) / 2) * _DODGE * per_pixel
            aside -= max(point.effort + (len(same) / 2 * _DODGE) * per_pixel - self.width * per_pixel, 0)
            rows.append(
                {
                    "number": place + 1,
                    "name": name_of(point.name),
                    "effort": round(point.effort + aside, 3),
                    "impact": point.impact,
                    "kind": point.kind,
                    "says": point.says,
                    "href": self.look.href("project", point.name),
                }
            )
        return rows

    def _bands(self, top: float) -> list[Spec]:
        """Return the lines at half of the person's own largest, from which on it is "much" and "big"."""
        from_x, from_y = self.left(self.most_effort / 2), self.height - self.most_impact / 2 / top * self.height
        rules = [
            {"left": from_x, "middle": 0, "right": from_x, "end": self.height},
            {"left": 0, "middle": from_y, "right": self.width, "end": from_y},
        ]
        much, big = f"much effort from {self.most_effort / 2:g}", f"big impact from {self.most_impact / 2:g}"
        said = [
            {"text": much, "left": from_x + 4, "middle": self.height - 8},
            {"text": big, "left": self.width - width_of(big, SMALL), "middle": from_y - 8},
        ]
        return [lines(rules, color=self.colours.grey, dash=(4, 4)), words(said, color=self.colours.soft, size=SMALL)]

    def _labels(self, rows: Sequence[Row], places: Sequence[tuple[float, float]]) -> list[Spec]:
        texts = [str(row["number"]) if self.by_number else fitted(row["name"], TEXT, _MOST_LABEL) for row in rows]
        found = spots(places, texts, TEXT, Box(0, 0, self.width, self.height))
        said = [
            {"text": text, "left": spot.left, "middle": spot.middle} for text, spot in zip(texts, found, strict=True)
        ]
        leads = []
        for (x, y), spot, text in zip(places, found, texts, strict=True):
            if spot.led:
                near = min(max(x, spot.left), spot.left + width_of(text, TEXT) * 0.9)
                leads.append({"left": x, "middle": y, "right": near, "end": spot.middle})
        named: list[Spec] = [halo(said, color=self.colours.paper), words(said, color=self.colours.ink)]
        return [lines(leads, color=self.colours.grey), *named] if leads else named

    def _strip(self) -> Spec:
        """Return the projects without an effect on record, in rows of their own so that none reads as low impact."""
        rows = self._silent_rows()
        height = (max(row["row"] for row in rows) + 1) * _ROW + 22
        for row in rows:
            row["middle"] = 22 + (row["row"] + 0.5) * _ROW
        channels = {"x": self._x(named=True), "y": at("middle"), **linked(rows)}
        marks = layer("point", rows, channels, filled=False, size=80, strokeWidth=2, color=self.colours.grey, opacity=1)
        behind = [row for row in rows if not row["before"]]
        before = [row for row in rows if row["before"]]
        head = [{"text": "No effect recognised", "left": 6, "middle": 11}]
        shade = [{"left": 0, "middle": 0, "right": self.width, "end": height}]
        layers = [
            boxes(shade, color=self.colours.shade),
            words(behind, color=self.colours.ink),
            words(before, color=self.colours.ink, align="right"),
            words(head, color=self.colours.soft, size=SMALL),
            marks,
        ]
        return layered(layers, self.width, height)

    def _silent_rows(self) -> list[Row]:
        """Return the points of the strip, each in the first row in which its label has room."""
        ends: list[float] = []
        rows: list[Row] = []
        for point in sorted(self.silent, key=lambda one: (one.effort, one.name)):
            at = self.left(point.effort)
            text = fitted(name_of(point.name), TEXT, min(_MOST_LABEL, self.width - 20))
            wide = width_of(text, TEXT)
            before = at + 10 + wide > self.width and at - 10 - wide >= 0
            if not before:
                text = fitted(text, TEXT, self.width - at - 10)
                wide = width_of(text, TEXT)
            start, end = (at - 10 - wide, at + 8) if before else (at - 8, at + 12 + wide)
            row = next((number for number, taken in enumerate(ends) if taken <= start), len(ends))
            ends[row : row + 1] = [end]
            rows.append(
                {
                    "row": row,
                    "effort": point.effort,
                    "text": text,
                    "left": at - 12 if before else at + 10,
                    "before": before,
                    "says": point.says,
                    "href": self.look.href("project", point.name),
                }
            )
        return rows

    def _key(self) -> Spec:
        """Return the list that says which number is which project."""
        room = self.width + _LEFT - 8
        said = [
            {
                "text": fitted(f"{number}  {name_of(point.name)}", TEXT, room),
                "left": -_LEFT + 8,
                "middle": 10 + 18 * number - 18,
            }
            for number, point in enumerate(self.scored, start=1)
        ]
        return {**words(said, color=self.colours.ink), "width": self.width, "height": 18 * len(said) + 4}
