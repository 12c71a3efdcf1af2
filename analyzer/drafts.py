"""What a draft is made of before it has a format: words, citations, sentences, bullets, sections.

The nouns between `analyzer.drafting`, which makes them, and `analyzer.rendering`, which lays them out.

A sentence is a row of fragments, so that a citation can stand in the middle of it as well as at its end. Nothing here
knows Markdown, so that one draft can be laid out in any format.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of text; ``style`` is ``''``, ``em``, ``strong`` or ``code``."""

    text: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """The line (or lines) that a sentence stands on.

    ``label`` is what the reader sees between brackets and is unique within a draft; ``target`` is where it leads to.
    """

    label: str
    target: str
    path: str
    line: int | None
    end: int | None
    date: date | None


Fragment = Words | Citation


@dataclass(frozen=True, slots=True)
class Sentence:
    """One statement with the lines it stands on."""

    fragments: tuple[Fragment, ...]

    @property
    def text(self) -> str:
        """The words alone, without citations."""
        return "".join(part.text for part in self.fragments if isinstance(part, Words))

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The citations, in order."""
        return tuple(part for part in self.fragments if isinstance(part, Citation))


@dataclass(frozen=True, slots=True)
class Bullet:
    """A list item: its sentences, and what hangs below it."""

    sentences: tuple[Sentence, ...]
    children: tuple[Bullet, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table; every cell is a sentence, the first row is the head. ``right`` holds the columns of figures."""

    rows: tuple[tuple[Sentence, ...], ...]
    right: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with what stands under it, in this order: paragraphs, table, bullets, verbatim text, closing."""

    title: str
    level: int = 2
    paragraphs: tuple[tuple[Sentence, ...], ...] = ()
    table: Table | None = None
    bullets: tuple[Bullet, ...] = ()
    numbered: bool = False
    verbatim: str = ""
    closing: tuple[tuple[Sentence, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A whole output: its title, the lines under it, a note to the reader, and the sections."""

    title: str
    head: tuple[tuple[Sentence, ...], ...]
    sections: tuple[Section, ...]
    guide: tuple[Sentence, ...] = ()

    def sentences(self) -> Iterator[Sentence]:
        """Yield every sentence, in the order of the text."""
        for paragraph in self.head:
            yield from paragraph
        yield from self.guide
        for section in self.sections:
            yield from _of_section(section)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Each citation once: the pinned part first, then by file and line."""
        once = {cited.label: cited for sentence in self.sentences() for cited in sentence.citations}
        return tuple(sorted(once.values(), key=_place))


def _of_section(section: Section) -> Iterator[Sentence]:
    for paragraph in section.paragraphs:
        yield from paragraph
    for row in section.table.rows if section.table else ():
        yield from row
    for bullet in section.bullets:
        yield from _of_bullet(bullet)
    for paragraph in section.closing:
        yield from paragraph


def _of_bullet(bullet: Bullet) -> Iterator[Sentence]:
    yield from bullet.sentences
    for child in bullet.children:
        yield from _of_bullet(child)


def _place(cited: Citation) -> tuple[bool, str, int, str]:
    return cited.date is not None, cited.path, cited.line or 0, cited.label
