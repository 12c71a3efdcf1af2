"""Stretches of text with one look, put together to the lines of a block: links, strike-through, bold from end to end."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple
from urllib.parse import parse_qs, quote, urlsplit

_LONGEST_LINK = 2_000
_UNSAFE = re.compile(r"[\s()<>\\\"\x00-\x1f]")


class Style(NamedTuple):
    """How the text at a place looks."""

    bold: bool = False
    struck: bool = False
    href: str = ""
    reason: str = ""
    """Why it is not read, '' where it is."""
    pre: bool = False


class Run(NamedTuple):
    """A stretch of text in one style; a line break is a run of its own."""

    text: str
    style: Style


class LineOfRuns(NamedTuple):
    """A line as written, and whether all of its words are bold or struck out."""

    text: str
    bold: bool
    struck: bool


def lines_of(runs: Iterable[Run]) -> list[LineOfRuns]:
    """Return the lines of a block that have words."""
    found: list[LineOfRuns] = []
    line: list[Run] = []
    for run in runs:
        if run.text == "\n":
            _add_line(line, found)
            line = []
        else:
            line.append(run)
    _add_line(line, found)
    return found


def link_target(href: str) -> str:
    """Return a link as it shall be kept: Google's redirection taken off, '' for what leads nowhere outside the page.

    Links inside the page keep their "#", by which contents lists are known.
    """
    href = href.strip()
    if len(href) > _LONGEST_LINK or not href.startswith(("http://", "https://", "#")):
        return ""
    try:
        parts = urlsplit(href)
    except ValueError:
        return ""
    if parts.path == "/url" and parts.netloc.startswith("www.google.") and parts.query:
        inner = (parse_qs(parts.query, max_num_fields=50).get("q") or [""])[0] if parts.query.count("&") < 50 else ""
        href = inner if inner.startswith(("http://", "https://")) else href
    return _UNSAFE.sub(lambda match: quote(match[0]), href)


def _add_line(line: list[Run], found: list[LineOfRuns]) -> None:
    worded = [run for run in line if run.text.strip()]
    if not worded:
        return
    bold = all(run.style.bold for run in worded)
    struck = all(run.style.struck for run in worded)
    inside = any(not run.style.href.startswith("#") for run in worded)
    pieces: list[str] = []
    for (href, crossed), same in groupby(line, key=lambda run: (run.style.href, run.style.struck and not struck)):
        text = "".join(run.text for run in same)
        pieces.append(_marked(text, "" if href.startswith("#") and inside else href, struck=crossed))
    written = " ".join("".join(pieces).split())
    if written:
        found.append(LineOfRuns(written, bold, struck))


def _marked(text: str, href: str, *, struck: bool) -> str:
    words = text.strip()
    if not words or not (href or struck):
        return text
    lead = text[: len(text) - len(text.lstrip())]
    tail = text[len(text.rstrip()) :]
    if struck and "~" not in words:
        words = f"~~{words}~~"
    if href and href.rstrip("/") != words.rstrip("/"):
        # words with brackets of their own cannot stand in a link's; an empty link behind them keeps both
        words = f"{words}[]({href})" if set(words) & set("[]\n") or len(words) > 250 else f"[{words}]({href})"
    return f"{lead}{words}{tail}"
