"""A PDF's pages as glyphs, lines and ruled tables, drawn within bounds. Imported only where a PDF is read.

What a page draws is counted while it is drawn: a form that draws forms can ask for more work than any clock allows, and a limit
by the clock would make the result differ from run to run.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import stream_value
from pdfplumber.page import Page as PlumberPage
from pdfplumber.page import PDFPageAggregatorWithMarkedContent

from analyzer.reading.formats.pdf_glyphs import Glyph, Line, lines_of, written

_MOST_GLYPHS = 60_000
"""On a page; a dense one has 6,000."""
_MOST_PATHS = 60_000
_MOST_FIGURES = 2_000
_MOST_CONTENT = 8 * 1024 * 1024
"""Bytes of drawing instructions for a page, forms counted as often as they are drawn."""
_MOST_LINKS = 500
_MOST_EDGES = 1_500
"""Ruled lines on a page; more are a drawing, and searching it for tables takes long."""
_FARTHEST = 100_000.0
"""Points from the corner of a page, and size of type, beyond which damage is the likeliest reason."""
_DOT = 7.0
"""Points; a drawn shape no larger than this can be a bullet."""
_LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}


class TooMuchError(Exception):
    """A page that draws more than any page of notes does."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: rows of cells, each a text, with the place of each row, and whether its first row is in bold type."""

    top: float
    rows: tuple[tuple[tuple[str, ...], str], ...]
    head: bool
    inside: frozenset[int]
    """Numbers of the lines that it is made of."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as drawn."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    grids: tuple[Grid, ...]
    sideways: str
    """Words that do not stand upright, such as a watermark."""


class _Device(PDFPageAggregatorWithMarkedContent):
    """Counts what is drawn."""

    glyphs = paths = figures = content = 0

    def render_char(self, *args: Any, **kwargs: Any) -> float:
        self.glyphs += 1
        _bound(self.glyphs, _MOST_GLYPHS)
        return float(super().render_char(*args, **kwargs))

    def paint_path(self, *args: Any, **kwargs: Any) -> None:
        self.paths += 1
        _bound(self.paths, _MOST_PATHS)
        super().paint_path(*args, **kwargs)

    def begin_figure(self, *args: Any, **kwargs: Any) -> None:
        self.figures += 1
        _bound(self.figures, _MOST_FIGURES)
        super().begin_figure(*args, **kwargs)


class _Interpreter(PDFPageInterpreter):
    """Counts the drawing instructions before they are carried out."""

    def execute(self, streams: Sequence[object]) -> None:
        device: Any = self.device
        device.content += sum(len(stream_value(one).get_data()) for one in streams)
        _bound(device.content, _MOST_CONTENT)
        super().execute(streams)


def _bound(count: int, most: int) -> None:
    if count > most:
        raise TooMuchError


def draw(page: PlumberPage) -> Page:
    """Draw one page.

    Raises:
        TooMuchError: it draws too much.
    """
    device = _Device(page.pdf.rsrcmgr, pageno=page.page_number, laparams=None)
    _Interpreter(page.pdf.rsrcmgr, device).process_page(page.page_obj)
    page._layout = device.get_result()  # noqa: SLF001 - where pdfplumber keeps what it would have drawn without bounds
    links = _links(page)
    upright: list[Any] = []
    sideways: list[Any] = []
    for char in page.chars:
        if not all(abs(char[side]) < _FARTHEST for side in ("x0", "x1", "top", "bottom", "size")):
            continue  # also what is no number; nobody can see it
        (upright if char["upright"] else sideways).append(char)
    glyphs = [_glyph(char, links) for char in upright]
    lines = _with_dots(_lines(glyphs, page.page_number), page)
    grids = _grids(page, lines)
    words = " ".join("".join(char["text"] for char in sideways).split())
    return Page(page.page_number, float(page.width), float(page.height), tuple(lines), tuple(grids), words)


def quiet() -> None:
    """Silence pdfminer, which writes a line to the log for each small fault of a file."""
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    logging.getLogger("pdfplumber").setLevel(logging.CRITICAL)


def _lines(glyphs: Sequence[Glyph], page: int) -> list[Line]:
    return [Line(page, number, row) for number, row in enumerate(lines_of(glyphs), start=1)]


def _glyph(char: dict[str, Any], links: Sequence[tuple[float, float, float, float, str]]) -> Glyph:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    link = next((uri for x0, top, x1, bottom, uri in links if x0 <= x <= x1 and top <= y <= bottom), "")
    font = str(char["fontname"])
    style = font.lower()
    bold = any(mark in style for mark in ("bold", "black", "heavy", "-semib", "demi")) or style.endswith(("-bd", ",bd"))
    mcid = char.get("mcid")
    text = str(char["text"])
    return Glyph(
        _LIGATURES.get(text, text),
        float(char["x0"]),
        float(char["x1"]),
        float(char["top"]),
        float(char["bottom"]),
        float(char["size"]),
        bold,
        font,
        mcid if isinstance(mcid, int) else None,
        char.get("tag") == "Artifact",
        link,
    )


def _links(page: PlumberPage) -> list[tuple[float, float, float, float, str]]:
    try:
        found = page.hyperlinks[:_MOST_LINKS]
    except Exception:  # noqa: BLE001 - a damaged annotation raises anything, and its page is read all the same
        return []
    return [(one["x0"], one["top"], one["x1"], one["bottom"], str(one["uri"])) for one in found if one["uri"]]


def _with_dots(lines: Sequence[Line], page: PlumberPage) -> list[Line]:
    """Mark the lines with a small drawn shape at their left: browsers draw bullets and do not write them."""
    shapes = [*page.curves, *page.rects]
    dots = sorted(
        ((one["top"] + one["bottom"]) / 2, one["x1"])
        for one in shapes
        if 1 <= one["width"] <= _DOT and 1 <= one["height"] <= _DOT
    )
    return [
        Line(line.page, line.number, line.glyphs, dotted=True)
        if any(line.top <= y <= line.bottom and 0 < line.x0 - x1 <= 3 * line.size for y, x1 in dots[:_MOST_LINKS])
        else line
        for line in lines
    ]


def _grids(page: PlumberPage, lines: Sequence[Line]) -> list[Grid]:
    """Find ruled tables of two rows and two columns at least."""
    if not 6 <= len(page.edges) <= _MOST_EDGES:
        return []
    grids: list[Grid] = []
    for table in page.find_tables():
        x0, top, x1, bottom = table.bbox
        within = [one for one in lines if top <= (one.top + one.bottom) / 2 <= bottom and x0 <= one.x0 and one.x1 <= x1]
        rows = list(_rows(table.rows, within))
        if len(rows) >= 2 and max(len(cells) for cells, _, _ in rows) >= 2:
            plain = tuple((cells, place) for cells, place, _ in rows)
            grids.append(Grid(top, plain, rows[0][2] and not rows[1][2], frozenset(one.number for one in within)))
    return grids


def _rows(rows: Sequence[Any], lines: Sequence[Line]) -> Iterator[tuple[tuple[str, ...], str, bool]]:
    """Yield each row's cells, its place, and whether all of it is in bold type."""
    for row in rows:
        cells: list[str] = []
        _, above, _, below = row.bbox
        near = [line for line in lines if above <= (line.top + line.bottom) / 2 <= below]
        for box in row.cells:
            glyphs = (
                []
                if box is None
                else [
                    one
                    for line in near
                    for one in line.glyphs
                    if box[0] <= (one.x0 + one.x1) / 2 <= box[2] and box[1] <= one.middle <= box[3]
                ]
            )
            cells.append(" ".join(written(one) for one in lines_of(glyphs)))
        if near and any(cells):
            yield tuple(cells), near[0].place, all(line.bold for line in near)
