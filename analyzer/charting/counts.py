"""Counts by quarter as rows of bars: each row says what it counts, each bar carries its figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analyzer.charting.look import SMALL, TEXT, Look
from analyzer.charting.parts import Row, Spec, ends, layer, layered, lines, linked, pixels, words
from analyzer.charting.texts import fitted, width_of
from analyzer.drafting.desk import Desk, quarter_name
from analyzer.drafting.phrases import counted

MOST_QUARTERS = 24
_NAMES, _BAR, _ROW, _NARROW_ROW, _HEADING, _FOOT = 190, 30, 50, 64, 34, 48

_MEETINGS = 66
"""Pixels of a quarter from which on its meetings are named below it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One row of bars: what is counted, how often in each quarter, and its colour; a heading has no counts."""

    title: str
    noun: str = ""
    """What one of them is called in the text of a bar."""
    counts: Mapping[str, int] | None = None
    color: str = ""


def bars(desk: Desk, look: Look, rows: Sequence[Counted], quarters: Sequence[str], meetings: Mapping[str, int]) -> Spec:
    """Draw rows of bars over the quarters.

    Args:
        desk: what the drafts are written from.
        look: what the chart is drawn for.
        rows: from top to bottom; bars of all rows have one scale.
        quarters: from left to right.
        meetings: how many took place in each quarter, named below it where there is room.
    """
    gutter = 0 if look.narrow else _NAMES
    width = look.width - gutter - 36
    most = max((count for row in rows for count in (row.counts or {}).values()), default=0)
    marks: list[Row] = []
    names: list[Row] = []
    figures: list[Row] = []
    floors: list[Row] = []
    top, room = 0, _NARROW_ROW if look.narrow else _ROW
    step = width / len(quarters)
    for row in rows:
        if row.counts is None:
            names.append({"text": row.title, "left": -gutter, "middle": top + _HEADING * 0.7, "heading": True})
            top += _HEADING
            continue
        floor = top + room - 4
        names.append({"text": row.title, "left": -gutter, "middle": top + 9 if look.narrow else floor - 8})
        floors.append({"left": 0, "right": width, "middle": floor, "end": floor})
        for number, quarter in enumerate(quarters):
            count = row.counts.get(quarter, 0)
            high = count / max(most, 1) * _BAR
            middle = step * (number + 0.5)
            text = str(count)
            figures.append({"text": text, "left": middle - width_of(text, SMALL) / 2, "middle": floor - high - 8})
            if count:
                says = f"{quarter_name(quarter, desk.review)}: {counted(count, row.noun)}"
                half = min(step * 0.3, 26)
                marks.append(
                    {
                        "left": middle - half,
                        "right": middle + half,
                        "middle": floor - high,
                        "end": floor,
                        "count": count,
                        "quarter": quarter,
                        "color": row.color,
                        "says": says,
                        "href": look.href("quarter", quarter),
                    }
                )
        top += room
    colours = look.palette
    layers: list[Spec] = [lines(floors, color=colours.grey)]
    layers += [
        _rects([mark for mark in marks if mark["color"] == one], one)
        for one in dict.fromkeys(m["color"] for m in marks)
    ]
    fit = look.width - 44 if look.narrow else _NAMES - 12
    for heading in (False, True):
        chosen = [
            {**one, "text": fitted(one["text"], TEXT, fit)} for one in names if one.get("heading", False) is heading
        ]
        if chosen:
            layers.append(words(chosen, color=colours.soft if heading else colours.ink))
    layers += [
        words(figures, color=colours.ink, size=SMALL),
        words(_feet(desk, quarters, step, top, meetings), color=colours.soft, size=SMALL),
    ]
    return layered(layers, width, top + _FOOT)


def _rects(rows: Sequence[Row], color: str) -> Spec:
    return layer("rect", rows, {**pixels(), **ends(), **linked(rows)}, color=color, opacity=1)


def _feet(desk: Desk, quarters: Sequence[str], step: float, top: float, meetings: Mapping[str, int]) -> list[Row]:
    """Return the names of the quarters, below them their meetings, and the year where there are several."""
    found: list[Row] = []
    years: list[str] = []
    for number, quarter in enumerate(quarters):
        year, name = quarter.rsplit("-", 1)
        below = [name if step >= 20 else name[1:]]
        if step >= _MEETINGS:
            below.append(counted(meetings.get(quarter, 0), "meeting"))
        found += [
            {"text": text, "left": step * (number + 0.5) - width_of(text, SMALL) / 2, "middle": top + 10 + 15 * line}
            for line, text in enumerate(below)
        ]
        if year not in years and "-" in quarter_name(quarter, desk.review):
            found.append({"text": year, "left": step * number, "middle": top + 10 + 15 * len(below)})
        years.append(year)
    return found
