"""Blocks under construction: what the line scanner hands on to the steps that find headings, dates and people."""

from __future__ import annotations

from dataclasses import dataclass, field

from analyzer.records import BlockKind


@dataclass(slots=True)
class Draft:
    """A block under construction, with 1-based lines and the index of its parent among all blocks of the file."""

    kind: BlockKind
    parts: list[str]
    start: int
    end: int
    depth: int = 0
    checked: bool | None = None
    parent: int | None = None
    struck: bool = False
    after_blank: bool = True
    marked: bool = False
    """A heading by mark-up (#, setext), not by how it looks."""

    @property
    def text(self) -> str:
        """The words, lines joined by one space."""
        return " ".join(part for part in self.parts if part)


@dataclass(slots=True)
class Scan:
    """All blocks of a file, what was left out, and the front matter's properties as written."""

    blocks: list[Draft] = field(default_factory=list)
    ignored: list[tuple[int, int, str]] = field(default_factory=list)
    properties: list[tuple[str, str]] = field(default_factory=list)
