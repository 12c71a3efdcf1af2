"""Lines to blocks, for Markdown and for text without any mark-up.

An own scanner rather than a Markdown parser: notes are not CommonMark ("•", "1)", a date alone on a line right under a list,
lists indented at will), a parser drops what is nested too deep or indented too far, and here each line has to end up in
exactly one block or be ignored with a reason. One pass, time linear in the length of the text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from analyzer.reading.lines import Line, is_front_matter, is_table_rule, row_text, take_apart
from analyzer.reading.wrapping import Wrapping
from analyzer.records import BlockKind

_FRONT_MATTER_LINES = 200
_SETEXT_WORDS = 12


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


def scan(lines: Sequence[str], starts_block: Callable[[str], bool]) -> Scan:
    """Cut a file into blocks.

    Args:
        lines: the repaired lines.
        starts_block: says whether an unmarked line is a block of its own whatever stands above it (a date, a property).

    Returns:
        Blocks and ignored stretches; together they hold each line that is not blank exactly once.
    """
    return _Scanner(lines, starts_block).run()


class _Scanner:
    def __init__(self, lines: Sequence[str], starts_block: Callable[[str], bool]) -> None:
        self.lines = lines
        self.parsed = [take_apart(line) for line in lines]
        self.starts_block = starts_block
        self.wrapping = Wrapping.of(lines, self.parsed)
        self.out = Scan()
        self.open: list[tuple[int, int]] = []
        """The list items that a deeper line can belong to: indent and index."""
        self.last: Draft | None = None
        """The block that the next line may continue."""
        self.blank = True
        self.ends = {
            "`": [n for n, line in enumerate(self.parsed) if line.kind == "fence" and not lines[n].strip().strip("`")],
            "~": [n for n, line in enumerate(self.parsed) if line.kind == "fence" and not lines[n].strip().strip("~")],
            "<": [n for n, line in enumerate(lines) if line.rstrip().endswith("-->")],
        }

    def run(self) -> Scan:
        number = self._front_matter()
        while number < len(self.lines):
            line = self.parsed[number]
            if line.kind == "blank":
                self.blank = True
                number += 1
                continue
            number = self._block(number, line)
            self.blank = False
        return self.out

    def _block(self, number: int, line: Line) -> int:
        """Take one line, or the stretch that it opens; return the next line's index."""
        if line.kind in {"fence", "comment"}:
            return self._stretch(number, line)
        if number + 1 < len(self.lines) and "|" in self.lines[number] and is_table_rule(self.lines[number + 1]):
            return self._table(number)
        if line.kind == "rule":
            self._rule(number)
        elif line.kind == "skip":
            self._ignore(number, number, line.text, close=False)
        elif line.kind == "heading":
            self._heading(number, line)
        elif line.kind == "item":
            self._item(number, line)
        elif line.kind == "quote":
            self._quote(number, line)
        else:
            self._text(number, line)
        return number + 1

    def _front_matter(self) -> int:
        if not self.lines or self.lines[0].strip() not in {"---", "+++"}:
            return 0
        fence = self.lines[0].strip()
        for number in range(1, min(len(self.lines), _FRONT_MATTER_LINES)):
            if self.lines[number].strip() in {fence, "..."}:
                inner = list(self.lines[1:number])
                if not is_front_matter(inner):
                    return 0
                for line in inner:
                    key, mark, value = line.partition(":" if fence == "---" else "=")
                    if mark and not line.startswith((" ", "\t", "-", "#")):
                        self.out.properties.append((key.strip(), value.strip().strip("\"'")))
                self._ignore(0, number, "front matter")
                return number + 1
        return 0

    def _stretch(self, number: int, line: Line) -> int:
        """Leave out a code block or comment; one that is never closed is only its first line."""
        mark = "<" if line.kind == "comment" else line.text
        reason = "comment" if mark == "<" else "code block"
        ends = self.ends[mark]
        place = bisect_right(ends, number if mark != "<" else number - 1)
        end = ends[place] if place < len(ends) else None
        if end is None:
            if mark == "<":
                self._text(number, Line("text", line.text, line.indent))
            else:
                self._ignore(number, number, "code fence without an end")
            return number + 1
        self._ignore(number, end, reason)
        return end + 1

    def _table(self, number: int) -> int:
        self._ignore(number, number + 1, "table head")
        number += 2
        while number < len(self.lines) and "|" in self.lines[number]:
            text = row_text(self.lines[number])
            if text.strip("| \t"):
                self._add(Draft(BlockKind.ROW, [text], number + 1, number + 1))
            else:
                self._ignore(number, number, "empty table row")
            number += 1
        self._close()
        return number

    def _rule(self, number: int) -> None:
        """A rule is ignored, except where it underlines a short line and makes a heading of it."""
        last = self.last
        body = self.lines[number].strip()
        if last and last.kind is BlockKind.PARAGRAPH and not self.blank and last.start == last.end == number:
            level = {"=": 1, "-": 2}.get(body[0])
            words = last.text.split()
            if level and not body.strip(body[0]) and len(words) <= _SETEXT_WORDS and last.text[-1] not in ".;,":
                last.kind, last.depth, last.end, last.marked = BlockKind.HEADING, level, number + 1, True
                last.parent = None
                self._close()
                return
        self._ignore(number, number, "rule")

    def _heading(self, number: int, line: Line) -> None:
        if not line.text.strip("*_ "):
            self._ignore(number, number, "empty heading")
            return
        self._add(Draft(BlockKind.HEADING, [line.text], number + 1, number + 1, depth=line.level, marked=True))
        self._close()

    def _item(self, number: int, line: Line) -> None:
        if not line.text.strip("*_~ "):
            self._ignore(number, number, "empty item", close=False)
            return
        while self.open and line.indent < self.open[-1][0] + 2:
            self.open.pop()
        draft = Draft(
            BlockKind.ITEM,
            [line.text],
            number + 1,
            number + 1,
            depth=len(self.open),
            checked=line.checked,
            parent=self.open[-1][1] if self.open else None,
            struck=line.struck,
        )
        self.open.append((line.indent, self._add(draft)))

    def _quote(self, number: int, line: Line) -> None:
        last = self.last
        same = last is not None and last.kind is BlockKind.QUOTE and last.depth == line.level - 1
        # "> …" over lines is one quotation; ">> …" without an outer quote is somebody's mark for a line of theirs.
        joined = line.level == 1 or self._wraps(number, line)
        if last and same and not self.blank and line.ordinary and joined:
            last.parts.append(line.text)
            last.end = number + 1
            return
        parent = self.open[-1][1] if self.open and not self.blank else None
        self._add(
            Draft(
                BlockKind.QUOTE,
                [line.text],
                number + 1,
                number + 1,
                depth=line.level - 1,
                checked=line.checked,
                parent=parent,
                struck=line.struck,
            )
        )

    def _text(self, number: int, line: Line) -> None:
        last = self.last
        own = self.starts_block(line.text)
        if last and not own and not self.blank and last.end == number and self._continues(last, line, number):
            last.parts.append(line.text)
            last.end = number + 1
            return
        while self.open and (own or line.indent < self.open[-1][0] + 1):
            self.open.pop()
        if not line.indent:
            self.open.clear()
        draft = Draft(
            BlockKind.PARAGRAPH,
            [line.text],
            number + 1,
            number + 1,
            depth=len(self.open),
            parent=self.open[-1][1] if self.open else None,
        )
        self._add(draft)
        if own:
            self._close()

    def _continues(self, last: Draft, line: Line, number: int) -> bool:
        if last.kind is BlockKind.ITEM and self.open and line.indent > self.open[-1][0]:
            return True
        if last.kind not in {BlockKind.ITEM, BlockKind.PARAGRAPH}:
            return False
        return self._wraps(number, line)

    def _wraps(self, number: int, line: Line) -> bool:
        return self.wrapping.goes_on(self.lines[number - 1], line.text)

    def _add(self, draft: Draft) -> int:
        draft.after_blank = self.blank
        self.out.blocks.append(draft)
        self.last = draft
        if draft.kind in {BlockKind.HEADING, BlockKind.ROW}:
            self.open.clear()
        return len(self.out.blocks) - 1

    def _ignore(self, first: int, last: int, reason: str, *, close: bool = True) -> None:
        self.out.ignored.append((first + 1, last + 1, reason))
        self.last = None
        if close:
            self._close()

    def _close(self) -> None:
        self.open.clear()
        self.last = None
