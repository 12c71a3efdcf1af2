"""The pieces that all charts are made of: layers, channels, titles, axes, and the chart of nothing.

Charts are plain specifications of Vega-Lite. `analyzer.charting.specification` makes Altair charts of them, for notebooks; made
by Altair's own calls, which copy a chart at each step, a page of them took seconds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal

from analyzer.charting.look import FONT, SMALL, TEXT, TITLE, Look
from analyzer.charting.texts import wrapped
from analyzer.drafting.phrases import in_words

Spec = dict[str, Any]
"""A chart, or a part of one, as Vega-Lite has it."""
Row = dict[str, Any]
"""What one mark stands for: its places, what it says (``says``), and where it leads (``href``)."""
_MILLISECONDS = 86_400_000
_MONTHS = "utcFormat(datum.value, '%b')"
_YEARS = "utcFormat(datum.value, datum.index == 0 || utcmonth(datum.value) == 0 ? '%b %Y' : '%b')"
_ALWAYS = "utcFormat(datum.value, '%b %Y')"
_ROOM = {_MONTHS: 34, _YEARS: 54, _ALWAYS: 70}
"""Expressions of Vega for a month's name, without year, with it at the first tick and each January, or always; and the pixels of each."""
_EDGE = 12
"""Pixels around a chart."""


def layer(mark: str, rows: Sequence[Mapping[str, Any]], channels: Spec, **look: Any) -> Spec:
    """Return one kind of mark, a mark a row.

    Args:
        mark: the kind, as Vega-Lite names it.
        rows: the data; what is None in a row is not there.
        channels: which field of a row says what; see `field`.
        look: of all marks of the layer.
    """
    values = [{key: value for key, value in row.items() if value is not None} for row in rows]
    return {"data": {"values": values}, "mark": {"type": mark, **look}, "encoding": channels}


def field(name: str, kind: Literal["quantitative", "temporal", "nominal"] = "quantitative", **more: Any) -> Spec:
    """Return a channel that shows a field of the rows."""
    return {"field": name, "type": kind, **more}


def layered(layers: Sequence[Spec], width: float, height: float) -> Spec:
    """Return layers as one picture, the first at the bottom."""
    return {"layer": list(layers), "width": width, "height": height}


def stacked(views: Sequence[Spec], spacing: int) -> Spec:
    """Return pictures below each other, each with scales of its own."""
    own = dict.fromkeys(("x", "y", "shape", "color"), "independent")
    return {"vconcat": list(views), "spacing": spacing, "resolve": {"scale": own}}


def moment(day: date) -> int:
    """Return a day as charts count time, in milliseconds of UTC, so that no time zone moves it."""
    return (day - date(1970, 1, 1)).days * _MILLISECONDS


def titled(chart: Spec, look: Look, title: str, subtitle: str = "") -> Spec:
    """Give a chart its title in words, its edges and its colours."""
    room = look.width - 2 * _EDGE
    said = {
        "text": wrapped(title, TITLE, room),
        "subtitle": wrapped(subtitle, TEXT, room) if subtitle else [],
        "anchor": "start",
        "frame": "bounds",
        "offset": 14,
    }
    return configured({**chart, "title": said}, look, title)


def configured(chart: Spec, look: Look, description: str) -> Spec:
    """Set fonts, colours and edges; the menu that would send a chart to a web site is off."""
    colours = look.palette
    axis = {
        "labelColor": colours.soft,
        "titleColor": colours.soft,
        "labelFontSize": SMALL,
        "titleFontSize": SMALL,
        "titleFontWeight": "normal",
        "gridColor": colours.grid,
        "domainColor": colours.grey,
        "tickColor": colours.grey,
        "aria": False,
    }
    legend = {"labelColor": colours.ink, "labelFontSize": SMALL, "aria": False, "labelLimit": look.width, "title": None}
    header = {"labelColor": colours.ink, "labelFontSize": TEXT, "title": None}
    title = {
        "color": colours.ink,
        "subtitleColor": colours.soft,
        "fontSize": TITLE,
        "subtitleFontSize": TEXT,
        "subtitlePadding": 6,
        "aria": False,
    }
    return {
        **chart,
        "background": colours.paper,
        "padding": _EDGE,
        "description": description,
        "usermeta": {"embedOptions": {"actions": False}},
        "config": {
            "font": FONT,
            "axis": axis,
            "legend": legend,
            "header": header,
            "title": title,
            "view": {"stroke": None},
            "text": {"color": colours.ink, "fontSize": TEXT},
        },
    }


def ends() -> Spec:
    """Return the channels of a layer whose rows say where they end in pixels too (``right``, ``end``)."""
    return {"x2": {"field": "right"}, "y2": {"field": "end"}}


def at(name: str) -> Spec:
    """Return the channel of a field that is a place in pixels."""
    return field(name, scale=None, axis=None)


def pixels() -> Spec:
    """Return the channels of a layer whose rows say their places in pixels (``left``, ``middle``)."""
    return {"x": at("left"), "y": at("middle")}


def number(count: int) -> str:
    """Return a count as it stands within a sentence, in words up to twelve."""
    return in_words(count).lower()


def words(
    rows: Sequence[Row], *, color: str, size: int = TEXT, href: bool = False, align: Literal["left", "right"] = "left"
) -> Spec:
    """Return texts at places in pixels: ``text`` begins at ``left``, its middle is at ``middle``.

    Args:
        rows: the texts.
        color: of the letters.
        size: pixels of the font.
        align: whether a text begins or ends at its place.
        href: whether the texts say what they are and may lead somewhere; else screen readers pass over them.
    """
    channels = {**pixels(), "text": field("text", "nominal"), **(linked(rows) if href else {})}
    look = {"align": align, "baseline": "middle", "aria": href, "color": color, "fontSize": size, "clip": False}
    return layer("text", rows, channels, **look)


def halo(rows: Sequence[Row], *, color: str) -> Spec:
    """Return the paper behind texts, so that no line runs through their letters."""
    around = {"color": color, "stroke": color, "strokeWidth": 4, "fontSize": TEXT}
    channels = {**pixels(), "text": field("text", "nominal")}
    return layer("text", rows, channels, align="left", baseline="middle", aria=False, **around)


def lines(rows: Sequence[Row], *, color: str, dash: Sequence[int] = (), width: float = 1) -> Spec:
    """Return straight lines between places in pixels (``left, middle`` to ``right, end``)."""
    stroke = {"color": color, "strokeDash": list(dash), "strokeWidth": width}
    return layer("rule", rows, {**pixels(), **ends()}, **stroke, aria=False)


def boxes(rows: Sequence[Row], *, color: str) -> Spec:
    """Return filled rectangles between places in pixels (``left, middle`` to ``right, end``); they may say what they are."""
    says = any(row.get("says") for row in rows)
    channels = {**pixels(), **ends(), **(linked(rows) if says else {})}
    return layer("rect", rows, channels, color=color, opacity=1, aria=says)


def symbols(kinds: Mapping[str, tuple[str, str]], *, columns: int = 0) -> Spec:
    """Return the channels that give each kind its shape and its colour, with one legend above the chart.

    Args:
        kinds: kind to shape and colour, in the order of the legend.
        columns: of the legend, 0 for one row.
    """
    names = list(kinds)
    legend = {"orient": "top", "columns": columns, "symbolSize": 90, "symbolStrokeWidth": 2, "offset": 10}
    shapes, colours = [kinds[name][0] for name in names], [kinds[name][1] for name in names]
    return {
        "shape": field("kind", "nominal", scale={"domain": names, "range": shapes}, legend=legend),
        "color": field("kind", "nominal", scale={"domain": names, "range": colours}, legend=legend),
    }


def months_axis(first: date, last: date, room: float) -> Spec:
    """Return an axis of days with as many months named as there is room for."""
    months = max((last.year - first.year) * 12 + last.month - first.month, 1)
    years = first.year != date.fromordinal(last.toordinal() - 1).year
    label = _MONTHS if not years else _YEARS if months <= 18 else _ALWAYS
    step = next((one for one in (1, 2, 3, 6, 12, 24, 60) if months / one * _ROOM[label] <= room), 120)
    days = [
        date(year, month + 1, 1)
        for year, month in (
            divmod(one, 12) for one in range(first.year * 12 + first.month - 1, last.year * 12 + last.month, step)
        )
    ]
    shown = [moment(day) for day in days if first <= day < last]
    return {"title": None, "values": shown, "labelExpr": label, "grid": True, "labelFlush": 24}


def when(first: date, last: date, room: float) -> Spec:
    """Return the channel of the field ``when`` between two days, with its axis."""
    scale = {"type": "utc", "domain": [moment(first), moment(last)], "nice": False}
    return field("when", "temporal", scale=scale, axis=months_axis(first, last, room))


def nothing(look: Look, title: str, why: str) -> Spec:
    """Return the chart of a year that has nothing to show, which says why."""
    lines = wrapped(why, TEXT, look.width - 2 * _EDGE)
    rows = [{"text": line, "left": 0, "middle": 10 + 17 * number} for number, line in enumerate(lines)]
    said = {**words(rows, color=look.palette.soft), "width": look.width - 2 * _EDGE, "height": 20 + 17 * len(lines)}
    return titled(said, look, title)


def linked(rows: Sequence[Row]) -> Spec:
    """Return the channels that say what a mark is and where it leads; ``href`` only where a row has one."""
    channels: Spec = {"description": field("says", "nominal"), "tooltip": field("says", "nominal")}
    if any(row.get("href") for row in rows):
        channels["href"] = field("href", "nominal")
    return channels
