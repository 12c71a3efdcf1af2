"""The pieces that all charts are made of: Altair's configuration, titles, axes, and the chart of nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal

import altair as alt
from altair.typing import ChartType

from analyzer.charting.look import FONT, SMALL, TEXT, TITLE, Look
from analyzer.charting.texts import wrapped
from analyzer.drafting.phrases import in_words

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


def data(rows: Sequence[Mapping[str, Any]]) -> alt.Data:
    """Return rows as the data of a layer."""
    return alt.Data(  # type: ignore[no-untyped-call]
        # A tuple, because Altair copies lists and all that is in them again and again.
        values=tuple({key: value for key, value in row.items() if value is not None} for row in rows)
    )


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
    return chart.properties(  # type: ignore[no-any-return]
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


def encoded(mark: alt.Chart, **channels: Any) -> alt.Chart:
    """Return a layer with its channels, as the type that it is."""
    layer: alt.Chart = mark.encode(**channels)
    return layer


def ends() -> dict[str, Any]:
    """Return the channels of a layer whose rows say where they end in pixels too (``right``, ``end``).

    Channels are given as objects: to make one of a shorthand, Altair looks through its whole schema each time.
    """
    return {"x2": alt.X2("right:Q"), "y2": alt.Y2("end:Q")}


def pixels() -> dict[str, Any]:
    """Return the channels of a layer whose rows say their places in pixels (``left``, ``middle``)."""
    return {"x": alt.X("left:Q", scale=None, axis=None), "y": alt.Y("middle:Q", scale=None, axis=None)}


def number(count: int) -> str:
    """Return a count as it stands within a sentence, in words up to twelve."""
    return in_words(count).lower()


def words(
    rows: Sequence[Row], *, color: str, size: int = TEXT, href: bool = False, align: Literal["left", "right"] = "left"
) -> alt.Chart:
    """Return texts at places in pixels: ``text`` begins at ``left``, its middle is at ``middle``.

    Args:
        rows: the texts.
        color: of the letters.
        size: pixels of the font.
        align: whether a text begins or ends at its place.
        href: whether the texts say what they are and may lead somewhere; else screen readers pass over them.
    """
    mark = alt.Chart(data(rows)).mark_text(
        align=align, baseline="middle", aria=href, color=color, fontSize=size, clip=False
    )
    return encoded(mark, **pixels(), text=alt.Text("text:N"), **(linked(rows) if href else {}))


def halo(rows: Sequence[Row], *, color: str) -> alt.Chart:
    """Return the paper behind texts, so that no line runs through their letters."""
    mark = alt.Chart(data(rows)).mark_text(
        align="left", baseline="middle", aria=False, color=color, stroke=color, strokeWidth=4, fontSize=TEXT
    )
    return encoded(mark, **pixels(), text=alt.Text("text:N"))


def lines(rows: Sequence[Row], *, color: str, dash: Sequence[int] = (), width: float = 1) -> alt.Chart:
    """Return straight lines between places in pixels (``left, middle`` to ``right, end``)."""
    mark = alt.Chart(data(rows)).mark_rule(color=color, strokeDash=list(dash), strokeWidth=width, aria=False)
    return encoded(mark, **pixels(), **ends())


def boxes(rows: Sequence[Row], *, color: str) -> alt.Chart:
    """Return filled rectangles between places in pixels (``left, middle`` to ``right, end``); they may say what they are."""
    says = any(row.get("says") for row in rows)
    mark = alt.Chart(data(rows)).mark_rect(color=color, opacity=1, aria=says)
    return encoded(mark, **pixels(), **ends(), **(linked(rows) if says else {}))


def symbols(kinds: Mapping[str, tuple[str, str]], *, columns: int = 0) -> dict[str, Any]:
    """Return the channels that give each kind its shape and its colour, with one legend above the chart.

    Args:
        kinds: kind to shape and colour, in the order of the legend.
        columns: of the legend, 0 for one row.
    """
    names = list(kinds)
    legend = alt.Legend(orient="top", columns=columns, symbolSize=90, symbolStrokeWidth=2, offset=10)
    shape = alt.Scale(domain=names, range=[kinds[name][0] for name in names])
    color = alt.Scale(domain=names, range=[kinds[name][1] for name in names])
    return {
        "shape": alt.Shape("kind:N", scale=shape, legend=legend),
        "color": alt.Color("kind:N", scale=color, legend=legend),
    }


def months_axis(first: date, last: date, room: float) -> alt.Axis:
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
    return alt.Axis(title=None, values=shown, labelExpr=label, grid=True, labelFlush=24)


def nothing(look: Look, title: str, why: str) -> ChartType:
    """Return the chart of a year that has nothing to show, which says why."""
    lines = wrapped(why, TEXT, look.width - 2 * _EDGE)
    rows = [{"text": line, "left": 0, "middle": 10 + 17 * number} for number, line in enumerate(lines)]
    layer = words(rows, color=look.palette.soft).properties(width=look.width - 2 * _EDGE, height=20 + 17 * len(lines))
    return titled(layer, look, title)


def linked(rows: Sequence[Row]) -> dict[str, Any]:
    """Return the channels that say what a mark is and where it leads; ``href`` only where a row has one."""
    channels: dict[str, Any] = {"description": alt.Description("says:N"), "tooltip": alt.Tooltip("says:N")}
    if any(row.get("href") for row in rows):
        channels["href"] = alt.Href("href:N")
    return channels
