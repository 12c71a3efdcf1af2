"""Glyphs of a PDF put together to lines and words. Lengths are in points, from the top left corner of a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, urlsplit

_SPACE = 0.22
"""Gap between two glyphs, in type sizes, above which there is a space between them."""
_SAME_LINE = 0.45
"""Distance of two glyphs' middles, in type sizes, up to which they stand on one line."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character where it stands; lengths in points from the top left corner."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool
    font: str
    mcid: int | None
    artifact: bool
    link: str = ""

    @property
    def middle(self) -> float:
        """Half its height."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Line:
    """Glyphs that stand side by side; ``number`` counts the lines of a page from 1, at its top."""

    page: int
    number: int
    glyphs: tuple[Glyph, ...]
    dotted: bool = False
    """A bullet is drawn before it, which is no text."""

    @property
    def place(self) -> str:
        """Where a person finds it."""
        return f"page {self.page}, line {self.number}"

    @property
    def x0(self) -> float:
        """Its left end."""
        return self.glyphs[0].x0

    @property
    def x1(self) -> float:
        """Its right end."""
        return max(one.x1 for one in self.glyphs)

    @property
    def top(self) -> float:
        """Its upper edge."""
        return min(one.top for one in self.glyphs)

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return max(one.bottom for one in self.glyphs)

    @property
    def size(self) -> float:
        """The type size of most of it, to half a point."""
        sizes = sorted(one.size for one in self.glyphs)
        return round(sizes[len(sizes) // 2] * 2) / 2

    @property
    def bold(self) -> bool:
        """Whether all words are in bold type."""
        return all(one.bold for one in self.glyphs if one.text.isalnum())

    @property
    def text(self) -> str:
        """Its words, links written as Markdown."""
        return written(self.glyphs)


def written(glyphs: Sequence[Glyph]) -> str:
    """Return the words of glyphs that stand on one line, in their order, links as Markdown writes them."""
    stretches: list[tuple[str, str]] = []
    for place, glyph in enumerate(glyphs):
        before = glyphs[place - 1] if place else None
        gap = before is not None and glyph.x0 - before.x1 > _SPACE * max(glyph.size, 1.0)
        text = (" " if gap else "") + glyph.text
        if stretches and stretches[-1][1] == glyph.link:
            stretches[-1] = (stretches[-1][0] + text, glyph.link)
        else:
            stretches.append((text, glyph.link))
    return " ".join("".join(_linked(text, link) for text, link in stretches).split())


def lines_of(glyphs: Sequence[Glyph]) -> list[tuple[Glyph, ...]]:
    """Group glyphs into lines from top to bottom, each from left to right, doubled ones (drawn twice to look bold) once."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda one: (one.middle, one.x0)):
        last = rows[-1][0] if rows else None
        if last is None or glyph.middle - last.middle > _SAME_LINE * max(glyph.size, last.size):
            rows.append([])
        rows[-1].append(glyph)
    found = []
    for row in rows:
        kept: list[Glyph] = []
        for glyph in sorted(row, key=lambda one: one.x0):
            doubled = kept and kept[-1].text == glyph.text and glyph.x0 - kept[-1].x0 < 0.12 * glyph.size
            if not doubled:
                kept.append(glyph)
        while kept and kept[0].text.isspace():
            kept.pop(0)
        while kept and kept[-1].text.isspace():
            kept.pop()
        if kept:
            found.append(tuple(kept))
    return found


def _linked(text: str, link: str) -> str:
    words = text.strip()
    if not link or not words or not link.startswith(("http://", "https://")):
        return text
    parts = urlsplit(link)
    if parts.netloc.endswith("google.com") and parts.path == "/url":
        link = (parse_qs(parts.query).get("q") or [link])[0]
    if words in link or "://" in words:
        return text
    target = quote(link, safe=":/?#@!$&'*+,;=%~-._")
    lead = text[: len(text) - len(text.lstrip())]
    return f"{lead}[{words.replace('[', '(').replace(']', ')')}]({target}){text[len(text.rstrip()) :]}"
