"""The charts of a year: one specification each, for the page, for notebooks and as files. The only home of Altair.

    >>> NAMES
    ('effort-impact', 'timeline', 'quarters', 'feedback', 'calendar', 'slips')

Importing this package loads no third-party library; the first chart does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from analyzer.charting.look import WIDTH, Link, Look
from analyzer.errors import UnknownChartError, UnknownFormatError
from analyzer.records import Review

if TYPE_CHECKING:
    from altair.typing import ChartType

    from analyzer.rendering import WriteReport

NAMES: tuple[str, ...] = ("effort-impact", "timeline", "quarters", "feedback", "calendar", "slips")
"""The charts, in the order in which a page shows them."""
FORMATS: tuple[str, ...] = ("svg", "png")


def specification(
    name: str, review: Review, *, dark: bool = False, link: Link | None = None, width: int = WIDTH
) -> ChartType:
    """Draw one chart.

    Args:
        name: one of `NAMES`.
        review: the grouped and scored review.
        dark: light marks on dark paper.
        link: where a mark leads: called with a kind (``project``, ``quarter``, ``meeting``) and an id (the project's name,
            ``2025-Q1``, an ISO date); '' for nowhere.
        width: pixels of the whole chart; below `analyzer.charting.look.NARROW` it takes a form for phones.

    Returns:
        An Altair chart, complete with title, colours and data.

    Raises:
        UnknownChartError: there is no such chart.
    """
    from analyzer.charting.catalogue import draw  # noqa: PLC0415  # loads the drafts' figures
    from analyzer.charting.notebook import chart_of  # noqa: PLC0415  # loads Altair
    from analyzer.drafting.desk import desk_for  # noqa: PLC0415

    return chart_of(draw(_known(name), desk_for(review), Look(width=width, dark=dark, link=link)))


def _known(name: str) -> str:
    if name not in NAMES:
        raise UnknownChartError(name, NAMES)
    return name


def svg(name: str, review: Review, *, dark: bool = False, link: Link | None = None, width: int = WIDTH) -> str:
    """Return one chart as a static SVG: the same review gives the same bytes, and nothing in it reaches outside.

    Args:
        name: one of `NAMES`.
        review: the grouped and scored review.
        dark: light marks on dark paper.
        link: as for `specification`; a point with a link can be reached with the keyboard.
        width: pixels of the whole chart.

    Returns:
        An ``<svg>`` element without declaration, script or style, to be put into a page or a file.
    """
    return next(svgs(review, [(_known(name), Look(width=width, dark=dark, link=link))]))


def svgs(review: Review, wanted: Iterable[tuple[str, Look]]) -> Iterator[str]:
    """Yield several charts of one review as `svg` does, each with its own look."""
    from analyzer.charting.catalogue import draw  # noqa: PLC0415  # loads the drafts' figures
    from analyzer.charting.static import svg_of  # noqa: PLC0415  # loads the renderer
    from analyzer.drafting.desk import desk_for  # noqa: PLC0415

    desk = desk_for(review)
    for name, look in wanted:
        yield svg_of(draw(_known(name), desk, look), prefix=f"{name}-{look.width}{'-dark' if look.dark else ''}")


def formats_named(given: str) -> tuple[str, ...]:
    """Return the formats of a list with commas: "svg,png".

    Raises:
        UnknownFormatError: one that is none of `FORMATS`.
    """
    named = tuple(dict.fromkeys(one.strip().lower() for one in given.split(",") if one.strip())) or ("",)
    for one in named:
        if one not in FORMATS:
            raise UnknownFormatError(one, FORMATS, "--charts-format svg,png")
    return named


def for_notebook(name: str, review: Review, *, dark: bool = False, width: int = WIDTH) -> ChartType:
    """Return one chart for a notebook, shown without network: see `analyzer.charting.notebook`.

    Raises:
        UnknownChartError: there is no such chart.
    """
    from analyzer.charting.notebook import show_here  # noqa: PLC0415  # loads Altair

    show_here()
    return specification(name, review, dark=dark, width=width)


def files(review: Review, formats: Sequence[str] = ("svg",), *, width: int = WIDTH) -> dict[str, bytes]:
    """Return every chart in every format, by file name.

    Raises:
        UnknownFormatError: a format that is none of `FORMATS`.
    """
    from analyzer.charting.static import png_of  # noqa: PLC0415  # loads the renderer

    wanted = formats_named(",".join(formats))
    drawn = dict(zip(NAMES, svgs(review, [(name, Look(width=width)) for name in NAMES]), strict=True))
    found: dict[str, bytes] = {}
    for name, text in drawn.items():
        for one in wanted:
            found[f"{name}.{one}"] = (text + "\n").encode() if one == "svg" else png_of(text)
    return found


def save(review: Review, folder: Path, formats: Sequence[str] = ("svg",), *, width: int = WIDTH) -> WriteReport:
    """Write every chart to a folder, whole files or none, readable by the user alone.

    Args:
        review: the grouped and scored review.
        folder: made if it does not exist.
        formats: ``svg``, ``png`` or both.
        width: pixels of a chart; a PNG has twice as many.

    Returns:
        What was written and what was left alone.

    Raises:
        UnknownFormatError: a format that is none of `FORMATS`.
        OutputError: the folder cannot be written.
    """
    from analyzer.rendering import write_outputs  # noqa: PLC0415  # loads the layout of drafts

    return write_outputs(folder, files(review, formats, width=width))


__all__ = ["FORMATS", "NAMES", "Link", "files", "for_notebook", "formats_named", "save", "specification", "svg", "svgs"]
