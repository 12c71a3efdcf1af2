"""From a page's elements to its blocks, in one walk without recursion: what a hostile page nests does not matter."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from analyzer.reading.formats import html_marks as marks
from analyzer.reading.formats.html_context import Context, Frame, Item, is_day, paragraphs, span_of
from analyzer.reading.formats.html_css import Sheet
from analyzer.reading.formats.html_pieces import Piece
from analyzer.reading.formats.html_runs import LineOfRuns, Run, Style, lines_of, link_target
from analyzer.reading.formats.html_tables import Cell, Table, table_pieces

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DAY_LEVEL = 2
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BOLD = frozenset(("b", "strong"))
_STRUCK = frozenset(("s", "del", "strike"))


@dataclass(slots=True)
class Walk:
    """The walk over one page; `pieces` and `properties` are its result."""

    sheet: Sheet
    pieces: list[Piece] = field(default_factory=list)
    properties: list[tuple[str, str]] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    box: bool | None = None
    """A check box that waits for its words."""
    level: int = 1
    """The level of the last heading."""

    def run(self, root: HtmlElement) -> None:
        """Walk the page."""
        stack = [self._enter(root, Style(), Context(self.pieces))]
        while stack:
            frame = stack[-1]
            child = next(frame.children, None)
            if child is not None:
                if isinstance(child.tag, str) and self._is_read(child, frame):
                    stack.append(self._enter(child, frame.style, frame.context))
                else:
                    self._words(child.tail, frame.style)
                continue
            stack.pop()
            self._leave(frame)
            if stack:
                self._words(frame.node.tail, stack[-1].style)

    def _is_read(self, node: HtmlElement, parent: Frame) -> bool:
        """Return whether to go into an element; those that stand for one character or mark are dealt with here."""
        tag = node.tag
        if tag in marks.ORDINARY and not node.keys():
            return True
        classes = marks.classes_of(node)
        if tag == "br":
            self.runs.append(Run("\n", parent.style))
        elif tag == "hr":
            self._flush(parent.context)
            if parent.context.table is None:
                parent.context.sink.append(Piece(kind="rule"))
        elif tag == "img":
            self._words(marks.emoji_text(node, classes), parent.style)
        elif tag == "time" and not len(node) and not (node.text or "").strip():
            self._words(str(node.get("datetime") or ""), parent.style)
        elif tag == "ac:task-status":
            if parent.context.item:
                parent.context.item.checked = (node.text or "").strip() == "complete"
        elif (box := marks.inline_box(node, classes)) is not None and not len(node):
            self._take_box(box, parent.context)
            self._words(node.text, parent.style)
        elif not self._is_furniture(node, classes):
            return True
        return False

    def _is_furniture(self, node: HtmlElement, classes: list[str]) -> bool:
        tag = node.tag
        if tag in marks.SKIPPED or (tag == "a" and marks.is_comment_mark(node)):
            return True
        if tag == "ac:parameter":
            return str(node.get("ac:name")) != "title"
        if "mso-list:ignore" in str(node.get("style") or "").lower().replace(" ", ""):
            return True
        picture = tag == "span" and "icon" in classes
        return picture and not any(character.isalnum() for character in (node.text or "")) and not len(node)

    def _enter(self, node: HtmlElement, style: Style, context: Context) -> Frame:
        if node.tag in marks.ORDINARY and not node.keys():
            return self._enter_ordinary(node, style, context)
        tag, classes = node.tag, marks.classes_of(node)
        status = marks.is_status(node, classes)
        toggle = marks.is_toggle(node, classes)
        titled = tag == "ac:parameter" and not marks.is_status(node.getparent(), [])
        if tag in marks.BLOCKS or titled or toggle or (tag == "ac:structured-macro" and not status):
            self._flush(context)
        closes = ""
        if status:
            self._words(" [", style)
            closes = "] "
        bold_title = (titled and not marks.is_toggle(node.getparent(), [])) or "panelHeader" in classes
        look = self._styled(style, node, classes)
        if bold_title or (tag == "p" and classes == ["title"]):
            look = look._replace(bold=True)
        context = self._toggled(context, node) if toggle else self._placed(context, node, classes)
        if tag == "table" and context.table is not None and not context.inner:
            closes = "table"
        frame = Frame(node, iter(node), look, context, closes)
        self._words(node.text, look)
        return frame

    def _enter_ordinary(self, node: HtmlElement, style: Style, context: Context) -> Frame:
        """Go into an element without attributes, by far the most of a page, whose tag says all."""
        tag = node.tag
        if tag in marks.BLOCKS:
            self._flush(context)
        if tag in _BOLD:
            style = style._replace(bold=True)
        elif tag in _STRUCK:
            style = style._replace(struck=True)
        elif tag in _HEADINGS or tag in {"ul", "ol", "li", "tr", "td", "th"}:
            context = self._placed(context, node, [])
        self._words(node.text, style)
        return Frame(node, iter(node), style, context)

    def _leave(self, frame: Frame) -> None:
        tag = frame.node.tag
        if frame.closes == "table" and frame.context.table is not None:
            self._flush(frame.context)
            made, found = table_pieces(frame.context.table, self.level)
            frame.context.sink.extend(made)
            self.properties += found
        elif frame.closes:
            self._words(frame.closes, frame.style)
        elif tag in marks.BLOCKS or tag in {"ac:structured-macro", "ac:parameter"} or frame.style.pre:
            in_status = tag == "ac:parameter" and marks.is_status(frame.node.getparent(), [])
            if not in_status:
                self._flush(frame.context)

    def _styled(self, style: Style, node: HtmlElement, classes: list[str]) -> Style:
        tag = node.tag
        look = self.sheet.look(classes, str(node.get("style") or ""))
        bold = look.bold if look.bold is not None else style.bold or tag in _BOLD
        struck = style.struck or tag in _STRUCK or bool(look.struck)
        href = style.href
        if tag == "a" and node.get("href"):
            href = "" if marks.is_person(node, classes) else link_target(str(node.get("href")))
        reason = style.reason or marks.why_left_out(node, classes, hidden=look.hidden)
        if tag == "pre" and not reason:
            code = any("code" in name or "syntax" in name for name in classes)
            reason = "code block" if code or any(child.tag == "code" for child in node) else ""
        return Style(bold, struck, href, reason, style.pre or tag == "pre")

    def _placed(self, context: Context, node: HtmlElement, classes: list[str]) -> Context:
        tag = node.tag
        if tag in _HEADINGS:
            return context._replace(heading=_HEADINGS[tag])
        if tag == "summary":
            return context._replace(heading=marks.toggle_level(node.getparent()) or context.heading)
        if tag == "p":
            return self._paragraph(context, node, classes)
        if tag in {"ul", "ol", "dl", "menu", "ac:task-list"}:
            return context._replace(lists=context.lists + 1, nest=marks.google_depth(classes))
        if tag in {"li", "dt", "dd", "ac:task"}:
            return self._item(context, node, classes)
        if tag == "blockquote":
            return context._replace(quotes=context.quotes + 1)
        if tag in {"table", "tr", "td", "th"}:
            return self._tabled(context, node, classes)
        return context

    def _paragraph(self, context: Context, node: HtmlElement, classes: list[str]) -> Context:
        """A paragraph that is a title or list item by its class or style only."""
        if "MsoTitle" in classes or ("title" in classes and str(node.get("id")).startswith("h.")):
            return context._replace(heading=1)
        depth = marks.word_depth(str(node.get("style") or ""))
        if depth is not None and context.item is None:
            return context._replace(item=Item(depth), items=context.items + 1)
        return context

    def _item(self, context: Context, node: HtmlElement, classes: list[str]) -> Context:
        depth = max(context.lists - 1 + context.toggles, context.items, 0)
        if node.tag == "dd":
            depth += 1
        if context.nest is not None:
            depth = context.nest
        box = marks.item_box(node, classes, self.sheet)
        parent = node.getparent()
        strike = parent is not None and bool(self.sheet.boxes.intersection(marks.classes_of(parent)))
        return context._replace(item=Item(depth, box, ticked_by_strike=strike), items=context.items + 1, heading=0)

    def _toggled(self, context: Context, node: HtmlElement) -> Context:
        """Open a toggle: its title is an item and the rest is under it, unless the title is a heading."""
        if marks.toggle_level(node) is not None:
            return context
        if context.item is not None and not context.item.written:
            context.item.toggle = True
            return context
        depth = max(context.lists + context.toggles, context.items)
        item = Item(depth, toggle=True)
        return context._replace(item=item, items=context.items + 1, toggles=context.toggles + 1)

    def _tabled(self, context: Context, node: HtmlElement, classes: list[str]) -> Context:
        tag, table = node.tag, context.table
        if tag == "table":
            if table is not None:
                return context._replace(inner=True)
            if node.get("role") == "presentation" or (node.find(".//table") is not None and node.find(".//th") is None):
                return context
            return context._replace(table=Table("properties" in classes), heading=0)
        if table is None:
            return context
        if context.inner:
            if tag != "tr" and self.runs:
                self._words(" | ", Style())
            return context
        if tag == "tr":
            table.rows.append([])
            return context
        cell = Cell([], tag == "th", span_of(node.get("colspan")), span_of(node.get("rowspan")))
        if not table.rows:
            table.rows.append([])
        table.rows[-1].append(cell)
        return Context(cell.pieces, table=table)

    def _take_box(self, box: bool, context: Context) -> None:
        if context.item is not None and not context.item.written:
            context.item.checked = box
        else:
            self._flush(context)
            self.box = box

    def _words(self, text: str | None, style: Style) -> None:
        if text:
            self.runs.append(Run(text if style.pre else text.replace("\n", " "), style))

    def _flush(self, context: Context) -> None:
        """Write the block that the runs so far make."""
        if not self.runs:
            return
        runs, self.runs = self.runs, []
        read = [run for run in runs if not run.style.reason]
        if any(run.style.pre for run in read) and context.item is None and not context.heading:
            text = "".join(run.text for run in read).strip("\r\n")
            if text.strip():
                context.sink.append(Piece(kind="pre", text=text))
        elif lines := lines_of(read):
            self._block(lines, context)
        for reason, same in groupby((run for run in runs if run.style.reason), key=lambda run: run.style.reason):
            for line in "".join(run.text for run in same).splitlines():
                if words := " ".join(line.split()):
                    context.sink.append(Piece(kind="left", text=words, reason=reason))

    def _block(self, lines: list[LineOfRuns], context: Context) -> None:
        text = "\n".join(line.text for line in lines)
        struck = all(line.struck for line in lines)
        bold = all(line.bold for line in lines)
        item, box = context.item, self.box
        self.box = None
        if box is not None:
            context.sink.append(
                Piece(kind="item", text=text, depth=context.items, checked=box, struck=struck and not box)
            )
        elif context.heading and (item is None or (item.toggle and item.written)):
            self.level = context.heading
            context.sink.append(Piece(kind="heading", text=text, depth=context.heading))
        elif item is not None and not item.written and item.toggle and not item.depth and is_day(text):
            item.written = item.day = True
            context.sink.append(Piece(kind="heading", text=text, depth=_DAY_LEVEL))
        elif item is not None and not item.written:
            item.written = True
            if item.ticked_by_strike and struck:
                item.checked = True
            struck = struck and not item.checked
            context.sink.append(
                Piece(kind="item", text=text, depth=item.depth, checked=item.checked, struck=struck, bold=bold)
            )
        elif item is not None and item.toggle and not context.quotes and not item.day:
            context.sink.append(Piece(kind="item", text=text, depth=item.depth + 1, struck=struck, bold=bold))
        elif item is not None and not item.day:
            quoted = text.replace("\n", " ") if context.quotes else text
            context.sink.append(Piece(kind="more", text="> " * bool(context.quotes) + quoted, depth=item.depth))
        elif context.quotes:
            context.sink.append(Piece(kind="quote", text=text))
        else:
            context.sink.extend(paragraphs(lines))
