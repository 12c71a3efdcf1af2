"""What stands on the pages of a PDF and is none of its words: running headers and footers, page numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from analyzer.patterns.sections import is_section_name
from analyzer.reading.datelines import meeting_date
from analyzer.reading.formats.pdf_glyphs import Line
from analyzer.reading.formats.pdf_pages import Page
from analyzer.reading.names import names_in_title

FURNITURE = "page header, footer or number"
_EDGE = 0.1
"""Share of a page's height, at its top and bottom, in which headers and footers stand."""
_LINES = 3
"""Lines at either end of a page that are looked at."""
_SAME_HEIGHT = 3.0
_NUMBER = re.compile(
    r"(?:[-–—]\s?)?(?:page|p\.|seite|pagina|página)?\s?(?P<page>\d{1,4})(?:\s?(?:/|of|von|van|de|sur)\s?\d{1,4})?(?:\s?[-–—])?",
    re.IGNORECASE,
)
_PRINTED = re.compile(r"(?:https?|file)://\S{1,2000}\s+\d{1,4}/\d{1,4}")
"""What browsers print under a page."""
_DIGITS = re.compile(r"\d{1,4}")
_COUNTED = re.compile(
    r"(?:page|p\.|seite|pagina|página)\s?\d{1,4}|\d{1,4}\s?(?:/|of|von|van|de|sur)\s?\d{1,4}|[|·–—-]\s?\d{1,4}$",
    re.IGNORECASE,
)
"""A page's number among other words; "lot 2" on page 2 is none."""


def furniture(pages: Sequence[Page]) -> frozenset[tuple[int, int]]:
    """Return page and number of the lines that are headers, footers and page numbers.

    A line counts where it comes again at the same height of most pages. A date that differs from page to page is a meeting's
    and a section's name is a heading, wherever they stand; a header that names two people stays on the first page, as the title.
    """
    found: set[tuple[int, int]] = set()
    again: dict[tuple[str, int, bool], list[Line]] = defaultdict(list)
    for page in pages:
        for top, line in _at_edges(page):
            text = line.text
            number = _NUMBER.fullmatch(text)
            if (number and int(number["page"]) == page.number) or (not top and _PRINTED.fullmatch(text)):
                found.add((page.number, line.number))
            elif not is_section_name(text):
                again[_likeness(line, page, len(pages)), round(line.top / _SAME_HEIGHT), top].append(line)
    for (_, _, top), lines in again.items():
        if len(lines) < 2 or len(lines) * 2 <= len(pages):
            continue
        title = top and len(names_in_title(lines[0].text)[0]) == 2 and not _stands_below(lines[0], pages)
        found.update((line.page, line.number) for line in (lines[1:] if title else lines))
    return frozenset(found)


def _stands_below(header: Line, pages: Sequence[Page]) -> bool:
    """Return whether a header's page has the same words once more, as its title."""
    page = next(page for page in pages if page.number == header.page)
    return any(line.text == header.text for line in page.lines if line.number != header.number)


def _at_edges(page: Page) -> list[tuple[bool, Line]]:
    above = [line for line in page.lines[:_LINES] if line.bottom < _EDGE * page.height]
    below = [line for line in page.lines[-_LINES:] if line.top > (1 - _EDGE) * page.height]
    return [*((True, line) for line in above), *((False, line) for line in below)]


def _likeness(line: Line, page: Page, count: int) -> str:
    """Return a line's text without the page's own number; dates stay, so that each is a line of its own."""
    if meeting_date(line.text, heading=True):
        return line.text
    own = {str(page.number), str(count)}
    return _COUNTED.sub(lambda found: _DIGITS.sub(lambda one: "#" if one[0] in own else one[0], found[0]), line.text)
