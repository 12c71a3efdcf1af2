"""The pieces that all charts are made of: Altair's configuration, titles, axes, and the chart of nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import altair as alt
from altair.typing import ChartType

from analyzer.charting.look import FONT, SMALL, TEXT, TITLE, Look
from analyzer.charting.texts import wrapped

Row = dict[str, Any]
"""What one mark stands for: its places, what it says (``says``), and where it leads (``href``)."""
_MILLISECONDS = 86_400_000
_EDGE = 12
"""Pixels around a chart."""


def data(rows: Sequence[Mapping[str, Any]]) -> alt.Data:
    """Return rows as the data of a layer."""
    return alt.Data(values=[{key: value for key, value in row.items() if value is not None} for row in rows])


def moment(day: date) -> int:
    """Return a day as charts count time, in milliseconds of UTC, so that no time zone moves it."""
    return (day - date(1970, 1, 1)).days * _MILLISECONDS


def titled(chart: ChartType, look: Look, title: str, subtitle: str = "") -> ChartType:
    """Give a chart its title in words, its edges and its colours."""
    room = look.width - 2 * _EDGE
    said = alt.TitleParams(
        text=wrapped(title, TITLE, room),
        subtitle=wrapped(subtitle, TEXT, room) if subtitle else [],
        anchor="start",
        frame="bounds",
        offset=14,
    )
    return configured(chart.properties(title=said), look, title)


def configured(chart: ChartType, look: Look, description: str) -> ChartType:
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
    done = chart.properties(
        background=colours.paper,
        padding=_EDGE,
        description=description,
        usermeta={"embedOptions": {"actions": False}},
    ).configure(
        font=FONT,
        axis=axis,
        legend=legend,
        header=header,
        title=title,
        view=alt.ViewConfig(stroke=None),
        text=alt.MarkConfig(color=colours.ink, fontSize=TEXT),
    )
    return done  # type: ignore[no-any-return]


def words(rows: Sequence[Row], **mark: Any) -> alt.Chart:
    """Return texts at places in pixels (``left``, ``middle``) as a layer that screen readers pass over."""
    return (
        alt.Chart(data(rows))
        .mark_text(align="left", baseline="middle", aria=False, **mark)
        .encode(x=alt.X("left:Q", scale=None, axis=None), y=alt.Y("middle:Q", scale=None, axis=None), text="text:N")
    )


def nothing(look: Look, title: str, why: str) -> ChartType:
    """Return the chart of a year that has nothing to show, which says why."""
    lines = wrapped(why, TEXT, look.width - 2 * _EDGE)
    rows = [{"text": line, "left": 0, "middle": 10 + 17 * number} for number, line in enumerate(lines)]
    layer = words(rows, color=look.palette.soft).properties(width=look.width - 2 * _EDGE, height=20 + 17 * len(lines))
    return titled(layer, look, title)


def linked(rows: Sequence[Row]) -> dict[str, Any]:
    """Return the channels that say what a mark is and where it leads; ``href`` only where a row has one."""
    channels: dict[str, Any] = {"description": "says:N", "tooltip": "says:N"}
    if any(row.get("href") for row in rows):
        channels["href"] = "href:N"
    return channels
