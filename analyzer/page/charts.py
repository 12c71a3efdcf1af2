"""The charts of the page: each drawn once for wide and once for narrow screens; the style gives them their dark colours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import partial

from analyzer.charting import NAMES, svgs
from analyzer.charting.look import DARK, LIGHT, Look
from analyzer.records import Review

WIDE, BESIDE, NARROW = 960, 720, 328
"""Pixels: over the whole column, beside the panel of a project's parts, and on a phone."""
_LINKED = ("effort-impact", "quarters", "slips")
"""The others have a mark for each meeting: as links they would be hundreds of stops on the way of the tab key."""


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart in both widths."""

    wide: str
    narrow: str


def draw_charts(review: Review, numbers: Mapping[str, int]) -> dict[str, Chart]:
    """Draw every chart.

    Args:
        review: the grouped and scored review.
        numbers: the page's number of each project, which a point leads to.

    Returns:
        The charts by name.
    """
    link = partial(_target, numbers)
    wanted = [
        (name, Look(width=width, link=link if name in _LINKED else None))
        for name in NAMES
        for width in (BESIDE if name == "effort-impact" else WIDE, NARROW)
    ]
    drawn = svgs(review, wanted)
    return {name: Chart(next(drawn), next(drawn)) for name in NAMES}


def dark_rules() -> str:
    """Return the rules that give a light chart the colours of the dark theme: a rule goes before an attribute."""
    dark = asdict(DARK)
    rules = [
        f'  .chart [{attribute}="{colour}"] {{ {attribute}: {dark[name]}; }}\n'
        for name, colour in asdict(LIGHT).items()
        for attribute in ("fill", "stroke")
    ]
    return f"@media screen and (prefers-color-scheme: dark) {{\n{''.join(rules)}}}\n"


def _target(numbers: Mapping[str, int], kind: str, ref: str) -> str:
    """Return the place within the page that a mark leads to, '' where it has none."""
    if kind == "project":
        return f"#project-{numbers[ref]}" if ref in numbers else ""
    return f"#quarter-{ref}" if kind == "quarter" else ""
