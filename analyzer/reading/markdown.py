"""Lines to blocks, for Markdown and for text without any mark-up.

An own scanner rather than a Markdown parser: notes are not CommonMark ("•", "1)", a date alone on a line right under a list,
lists indented at will), a parser drops what is nested too deep or indented too far, and here each line has to end up in
exactly one block or be ignored with a reason. One pass, time linear in the length of the text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence

from analyzer.reading.blocks import Draft, Scan
from analyzer.reading.datelines import meeting_date
from analyzer.reading.folding import ends_of, inside_callout, says_nothing
from analyzer.reading.lines import Line, is_front_matter, is_table_rule, take_apart
from analyzer.reading.tabled import Table, table_at
from analyzer.reading.wrapping import Wrapping
from analyzer.records import BlockKind

__all__ = ["Draft", "Scan", "scan"]

_FRONT_MATTER_LINES = 200
_SETEXT_WORDS = 12


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
        self.ends = ends_of(lines, self.parsed)
        self.level = 0
        """Level of the heading that the lines stand under."""
        self.lead: int | None = None
        """The toggle or callout that lines belong to until it ends, where its title is the heading of nothing else."""
        self.outer: list[tuple[int, int | None]] = []
        """Level and lead outside of each toggle that is open."""
        self.callout: tuple[int, int | None] = (-1, None)
        """The line after the callout that is being read, and the lead around it."""
        self.dated = False
        """Whether a line above says when a meeting was; a table below it then is a part of that meeting."""

    def run(self) -> Scan:
        number = self._front_matter()
        while number < len(self.lines):
            line = self.parsed[number]
            if number == self.callout[0]:
                self._close()
                self.lead, self.callout = self.callout[1], (-1, None)
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
        if line.kind in {"callout", "summary"}:
            self._titled(number, line)
        elif line.kind == "rule":
            self._rule(number)
        elif line.kind == "skip":
            self._skip(number, line)
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
        mark = line.text[0]
        reason = "comment" if line.kind == "comment" else "code block"
        ends = self.ends[mark]
        place = bisect_right(ends, number if mark != "<" else number - 1)
        end = ends[place] if place < len(ends) else None
        if end is None:
            if line.kind == "comment":
                self._text(number, Line("text", line.text, line.indent))
            else:
                self._ignore(number, number, "code fence without an end")
            return number + 1
        self._ignore(number, end, reason)
        return end + 1

    def _table(self, number: int) -> int:
        """Take a table: a block for each row, or several where a row is a meeting or a section of one."""
        table: Table = table_at(self.lines, number, level=self.level, dated=self.dated)
        above = len(self.out.blocks)
        for draft in table.drafts:
            if draft.parent is not None:
                draft.parent += above
            self._add(draft)
        for first, last, reason in table.ignored:
            self._ignore(first, last, reason)
        self._close()
        return table.end

    def _rule(self, number: int) -> None:
        """A rule is ignored, except where it underlines a short line and makes a heading of it."""
        last = self.last
        body = self.lines[number].strip()
        if last and last.kind is BlockKind.PARAGRAPH and not self.blank and last.start == last.end == number:
            level = {"=": 1, "-": 2}.get(body[0])
            words = last.text.split()
            if level == 2 and not last.after_blank and not self._starts_text(last):
                level = None  # a line between two entries, right under the last words of the first one
            if level and not body.strip(body[0]) and len(words) <= _SETEXT_WORDS and last.text[-1] not in ".;,":
                last.kind, last.depth, last.end, last.marked = BlockKind.HEADING, level, number + 1, True
                last.parent = None
                self._under(last)
                self._close()
                return
        self._ignore(number, number, "rule")

    def _starts_text(self, last: Draft) -> bool:
        """Return whether a block follows on no other text: it is the first one, or a heading or what is ignored is above."""
        above = self.out.blocks[-2] if len(self.out.blocks) > 1 else None
        return above is None or above.kind is BlockKind.HEADING or above.end + 1 < last.start

    def _under(self, heading: Draft) -> None:
        """Remember a heading that the lines below stand under."""
        self.level, self.lead = heading.depth, None
        self.dated = self.dated or meeting_date(heading.text, heading=True) is not None

    def _titled(self, number: int, line: Line) -> None:
        """Take the title of a callout or toggle: it heads what is folded into it, and nothing after."""
        end = self._folded(number, line)
        dated = self.starts_block(line.text)
        if not line.text.strip("*_~ "):
            self._ignore(number, number, f"{line.kind} without a title")
        elif says_nothing(self.parsed, number + 1, end):
            kind = BlockKind.QUOTE if line.quoted else BlockKind.PARAGRAPH
            self._add(Draft(kind, [line.text], number + 1, number + 1, parent=self._above()))
            self._close()
        elif line.kind == "summary" and (dated or self._has_heading(number + 1, end)):
            self._heading(number, Line("heading", line.text, level=min(self.level + 1, 6)))
        else:
            draft = Draft(BlockKind.HEADING, [line.text], number + 1, number + 1, marked=True)
            self.lead = self._add(draft)
            self.last = None

    def _folded(self, number: int, line: Line) -> int:
        """Return where a callout or toggle ends, and read a callout's lines as if they stood by themselves."""
        if line.kind == "summary":
            if not self.outer or self.lines[number].lstrip().lower().startswith("<details"):
                self.outer.append((self.level, self.lead))
            ends = self.ends["d"]
            place = bisect_right(ends, number)
            return ends[place] if place < len(ends) else len(self.lines)
        inner = inside_callout(self.lines, number, quoted=line.quoted)
        self.parsed[number + 1 : number + 1 + len(inner)] = inner
        end = number + 1 + len(inner)
        self.callout = (end, self.lead)
        return end

    def _has_heading(self, first: int, end: int) -> bool:
        ends = self.ends["#"]
        place = bisect_right(ends, first - 1)
        return place < len(ends) and ends[place] < end

    def _skip(self, number: int, line: Line) -> None:
        self._ignore(number, number, line.text, close=False)
        tag = self.lines[number].lstrip().lower()
        if tag.startswith("<details"):
            self.outer.append((self.level, self.lead))
            self._close()
        elif tag.startswith("</details"):
            if self.outer:
                self.level, self.lead = self.outer.pop()
            self._close()

    def _above(self) -> int | None:
        """Return the block that the next one belongs to."""
        return self.open[-1][1] if self.open else self.lead

    def _heading(self, number: int, line: Line) -> None:
        if not line.text.strip("*_ "):
            self._ignore(number, number, "empty heading")
            return
        draft = Draft(BlockKind.HEADING, [line.text], number + 1, number + 1, depth=line.level, marked=True)
        self._add(draft)
        self._under(draft)
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
            parent=self._above(),
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
        if self.blank:
            self.open.clear()
        self._add(
            Draft(
                BlockKind.QUOTE,
                [line.text],
                number + 1,
                number + 1,
                depth=line.level - 1,
                checked=line.checked,
                parent=self._above(),
                struck=line.struck,
            )
        )

    def _text(self, number: int, line: Line) -> None:
        last = self.last
        own = self.starts_block(line.text)
        apart = own or line.apart
        if last and not apart and not self.blank and last.end == number and self._continues(last, line, number):
            last.parts.append(line.text)
            last.end = number + 1
            last.struck = last.struck and line.struck
            return
        while self.open and (own or line.indent < self.open[-1][0] + 1):
            self.open.pop()
        if not line.indent:
            self.open.clear()
        if own and meeting_date(line.text, heading=False):
            self.lead, self.dated = None, True
        draft = Draft(
            BlockKind.PARAGRAPH,
            [line.text],
            number + 1,
            number + 1,
            depth=len(self.open),
            parent=self._above(),
            struck=line.struck,
        )
        self._add(draft)
        if own:
            self._close()
        elif apart:
            self.last = None

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
