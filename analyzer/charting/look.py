"""How every chart looks: colours for light and dark, sizes, and what a mark may link to.

The colours are those of Okabe and Ito, which readers with any colour blindness tell apart, made darker or lighter where they
would stand out less than 3:1 from the paper. No kind is told by its colour alone: each has a shape or its name beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Link = Callable[[str, str], str]
"""From a kind (``project``, ``quarter``, ``meeting``) and an id (name, quarter, ISO date) to an address, '' for none."""

WIDTH = 720
"""Pixels of a whole chart where nobody asks for another width."""
NARROW = 520
"""Below this many pixels a chart takes its narrow form: names above rows, numbers in place of names beside points."""
LEAST_WIDTH, MOST_WIDTH = 280, 2000
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
"""The first is in the renderer itself and as wide as the next two, so that bytes and places are the same everywhere."""
TEXT, SMALL, TITLE = 12, 11, 15
"""Pixels of names and figures, of axes, and of titles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The colours of one theme: text, grid and paper, and five hues for marks."""

    paper: str
    ink: str
    soft: str
    grid: str
    shade: str
    blue: str
    orange: str
    green: str
    purple: str
    grey: str


LIGHT = Palette(
    paper="#ffffff",
    ink="#1d1f23",
    soft="#565b63",
    grid="#e3e5e9",
    shade="#e6e8ec",
    blue="#0072b2",
    orange="#c44e00",
    green="#00805d",
    purple="#a8518a",
    grey="#6b7079",
)
DARK = Palette(
    paper="#17191c",
    ink="#e6e7ea",
    soft="#b0b5bd",
    grid="#33373d",
    shade="#2d3137",
    blue="#56b4e9",
    orange="#e69f00",
    green="#2fbf97",
    purple="#dd92c0",
    grey="#9298a1",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a chart is drawn for: its width, its theme, and where its marks lead."""

    width: int = WIDTH
    dark: bool = False
    link: Link | None = None

    @property
    def narrow(self) -> bool:
        """Whether the chart takes its narrow form."""
        return self.width < NARROW

    @property
    def palette(self) -> Palette:
        """The colours of the theme."""
        return DARK if self.dark else LIGHT

    def href(self, kind: str, ref: str) -> str | None:
        """Return where a mark leads, None for nowhere."""
        return (self.link(kind, ref) or None) if self.link else None
