"""The meeting calendar: a row a month, a mark a meeting, held or cancelled, with the gaps between them shaded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

from analyzer.charting.look import SMALL, TEXT, Look
from analyzer.charting.parts import Row, Spec, at, boxes, field, layer, layered, linked, nothing, symbols, titled, words
from analyzer.drafting.cite import MONTHS
from analyzer.drafting.desk import Desk
from analyzer.drafting.heading import held_meetings
from analyzer.drafting.phrases import counted, in_words
from analyzer.records import Meeting, MeetingKind

HELD, CANCELLED = "held", "cancelled"
MOST_MONTHS = 60
_NAMES, _ROW, _DAYS = 74, 22, 31
EMPTY = "Meetings: none to show"
WHY_EMPTY = "No meeting of this period has a date, so there is nothing to put in a calendar."
Month = tuple[int, int]


def title_of(desk: Desk) -> str:
    """Return what the chart shows in one sentence."""
    held = held_meetings(desk.review)
    days = sorted({one.date for one in held if one.date})
    said = f"{in_words(len(held))} meeting{'' if len(held) == 1 else 's'}"
    if steps := [(after - before).days for before, after in pairwise(days)]:
        said += f", {median(steps):g} days apart as a median"
    gaps = desk.review.gaps
    if gaps:
        said += f"; the longest gap is {counted(max(gap.days for gap in gaps), 'day')}"
    return said


def chart(desk: Desk, look: Look) -> Spec:
    """Draw the calendar."""
    dated = [one for one in desk.review.meetings if one.date is not None and one.kind is not MeetingKind.PINNED]
    if not dated:
        return nothing(look, EMPTY, WHY_EMPTY)
    months = months_of(desk)
    shown = months[-MOST_MONTHS:]
    subtitle = "A row a month, days from left to right."
    if desk.review.gaps:
        subtitle += " Shaded: no meeting for more than twice the usual time."
    if len(shown) < len(months):
        subtitle += f" The last {len(shown)} of {len(months)} months are shown."
    return titled(_drawn(desk, look, dated, shown), look, title_of(desk), subtitle)


def months_of(desk: Desk) -> list[Month]:
    """Return the months of the period, as year and number."""
    last = desk.review.end - timedelta(days=1)
    first = desk.review.start.year * 12 + desk.review.start.month - 1
    return [(one // 12, one % 12 + 1) for one in range(first, last.year * 12 + last.month)]


def _drawn(desk: Desk, look: Look, dated: Sequence[Meeting], months: Sequence[Month]) -> Spec:
    colours = look.palette
    width = look.width - _NAMES - 40
    step = width / _DAYS
    rows = [row for one in dated if (row := _mark(desk, look, one, months))]
    kinds = {HELD: ("circle", colours.blue), CANCELLED: ("cross", colours.orange)}
    present = {kind: hue for kind, hue in kinds.items() if any(row["kind"] == kind for row in rows)}
    ticks = [1, 5, 10, 15, 20, 25, 30]
    axis = {"title": "Day of the month", "values": ticks, "grid": True, "format": "d", "titlePadding": 6}
    channels = {
        "x": field("day", scale={"domain": [0.5, _DAYS + 0.5], "nice": False}, axis=axis),
        "y": at("middle"),
        **symbols(present),
        **linked(rows),
    }
    size = 60 if look.narrow else 90
    marks = layer("point", rows, channels, filled=True, size=size, opacity=1, stroke=colours.paper, strokeWidth=0.6)
    several = len({year for year, _ in months}) > 1
    names = [
        {"text": MONTHS[month - 1] + (f" {year}" if several else ""), "left": -_NAMES, "middle": _ROW * (number + 0.5)}
        for number, (year, month) in enumerate(months)
    ]
    layers: list[Spec] = [words(names, color=colours.ink, size=TEXT)]
    shades, said = _gaps(desk, months, step)
    if shades:
        layers = [boxes(shades, color=colours.shade), *layers, words(said, color=colours.soft, size=SMALL)]
    return layered([*layers, marks], width, _ROW * len(months))


def _mark(desk: Desk, look: Look, meeting: Meeting, months: Sequence[Month]) -> Row | None:
    day = meeting.date
    if day is None or (day.year, day.month) not in months:
        return None
    kind = CANCELLED if meeting.kind is MeetingKind.CANCELLED else HELD
    same = [one for one in desk.review.evidence if one.item.date == day and one.item.source.path == meeting.source.path]
    labels = Counter(label for one in same for label in one.labels)
    told = f": {counted(len(same), 'item')}, {counted(labels.total(), 'label')}" if kind == HELD else ""
    return {
        "kind": kind,
        "day": day.day,
        "middle": _ROW * (list(months).index((day.year, day.month)) + 0.5),
        "says": f"{desk.day(day)}, {kind}{told}",
        "href": look.href("meeting", day.isoformat()),
    }


def _gaps(desk: Desk, months: Sequence[Month], step: float) -> tuple[list[Row], list[Row]]:
    """Return the shaded part of each month's row, and beside the first part of a gap how long it is."""
    shades: list[Row] = []
    said: list[Row] = []
    for gap in desk.review.gaps:
        says = f"No meeting from {desk.day(gap.start)} to {desk.day(gap.end)}: {counted(gap.days, 'day')}"
        parts = []
        for number, (year, month) in enumerate(months):
            first = max(date(year, month, 1), gap.start + timedelta(days=1))
            last = min(_last_day(year, month), gap.end - timedelta(days=1))
            if first <= last:
                parts.append((number, first.day, last.day))
        for number, first_day, last_day in parts:
            place = {"left": (first_day - 1) * step, "right": last_day * step}
            shades.append({**place, "middle": _ROW * number + 2, "end": _ROW * (number + 1) - 2, "says": says})
        if parts:
            number, first_day, last_day = max(parts, key=lambda part: part[2] - part[1])
            if (last_day - first_day + 1) * step > 60:
                said.append(
                    {
                        "text": counted(gap.days, "day"),
                        "left": (first_day - 1) * step + 6,
                        "middle": _ROW * (number + 0.5),
                    }
                )
    return shades, said


def _last_day(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
