"""OpenDocument text (LibreOffice, Google Docs' other export), by a walk through content.xml.

Tracked deletions are stored apart from the text and not read; comments, hidden text and contents lists are named as left out;
footnotes and text boxes stand below their paragraph. Places are those of `office`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from analyzer.reading.formats.grids import write_table
from analyzer.reading.formats.odt_runs import Spans
from analyzer.reading.formats.odt_styles import OdtStyles
from analyzer.reading.formats.office import Paragraph, Row, finished, write_paragraph
from analyzer.reading.formats.package import Element, Package, attr, child, inside, local, number
from analyzer.reading.text import Outline, Text, UnreadableError

_DROPPED = frozenset(
    ("tracked-changes", "forms", "sequence-decls", "variable-decls", "user-field-decls", "covered-table-cell")
)
_CONTENTS = frozenset(
    ("table-of-content", "illustration-index", "table-index", "object-index", "user-index", "alphabetical-index")
)
_ITEMS = frozenset(("list-item", "list-header"))
_MOST_REPEATED = 16
_WIDEST = 64
_MOST_FILLERS = 20_000
"""Empty cells of a whole document that stand for repeated ones; they only keep columns in line."""


def read_odt(data: bytes) -> Text:
    """Read an OpenDocument text.

    Args:
        data: the file.

    Returns:
        Its lines, each with its place.

    Raises:
        UnreadableError: encrypted, damaged, no ODT, or larger unpacked than any real one.
    """
    package = Package(data, "ODT")
    # a file under a password keeps its parts, and only the list of parts says that they are encrypted
    if b"encryption-data" in (package.read("META-INF/manifest.xml") or b"") or package.read("encrypted-package"):
        raise UnreadableError("encrypted; save a copy without the password")
    root = package.xml("content.xml")
    text = child(root, "body", "text")
    if root is None or text is None:
        raise UnreadableError("no text document inside; is it a spreadsheet or slides?")
    out = Outline()
    reader = _Reader(OdtStyles(root, _aside(package, "styles.xml", "styles", out)), text, out)
    reader.properties(_aside(package, "meta.xml", "properties", out))
    return reader.read(text)


def _aside(package: Package, name: str, what: str, out: Outline) -> Element | None:
    """Return a part that the text can be read without; a broken one is a problem and no more."""
    try:
        return package.xml(name)
    except UnreadableError:
        out.problems.append((None, f"the document's {what} could not be read; its text was"))
        return None


@dataclass(slots=True)
class _Where:
    """Where in lists and indexes a paragraph stands."""

    depth: int = -1
    style: str = ""
    item: list[bool] = field(default_factory=lambda: [False])
    """Whether the list item that is open has its first paragraph; shared by all that is in it."""
    header: bool = False
    contents: bool = False


class _Reader:
    def __init__(self, styles: OdtStyles, text: Element, out: Outline) -> None:
        self.styles = styles
        self.spans = Spans(styles, _check_boxes(text))
        self.out = out
        self.fillers = _MOST_FILLERS

    def properties(self, root: Element | None) -> None:
        meta = child(root, "meta")
        for name, key in (("title", "title"), ("initial-creator", "created by")):
            found = child(meta, name)
            words = " ".join((found.text or "").split()) if found is not None else ""
            if words:
                self.out.properties.append((key, words[:300]))

    def read(self, text: Element) -> Text:
        paragraphs = tables = 0
        for element, where in _blocks(text, {"p", "h", "table"}):
            if local(element) == "table":
                tables += 1
                write_table(self.out, list(self._rows(element, f"table {tables}")))
                continue
            paragraph, boxes = self._paragraph(element, where)
            paragraphs += bool(paragraph.plain)
            self._place(paragraph, f"paragraph {max(1, paragraphs)}")
            write_paragraph(self.out, paragraph)
            for one in self._flat(boxes, f"{paragraph.place}, text box"):
                write_paragraph(self.out, one)
        return finished(self.out)

    def _paragraph(self, element: Element, where: _Where) -> tuple[Paragraph, list[Element]]:
        """Return a paragraph and the text boxes that hang on it."""
        style = self.styles.get("paragraph", attr(element, "style-name"))
        found = self.spans.read(element, style)
        paragraph = Paragraph(found.pieces, notes=found.notes)
        heading = number(attr(element, "outline-level"), 1) if local(element) == "h" else style.heading
        if where.contents or style.contents:
            paragraph.kind, paragraph.reason = "skip", "contents list"
        elif heading:
            paragraph.kind, paragraph.level = "heading", heading
        elif where.depth >= 0:
            first = not where.item[0] and not where.header
            paragraph.kind, paragraph.level = "item" if first else "more", where.depth
            ticked = self.styles.box(where.style, where.depth)
            paragraph.boxed, paragraph.checked = ticked is False, ticked or None
        elif style.quote:
            paragraph.kind = "quote"
        elif style.rule:
            paragraph.kind = "rule"
        if paragraph.plain:
            where.item[0] = True
        return paragraph, found.boxes

    def _rows(self, table: Element, place: str) -> Iterator[Row]:
        count = 0
        for row in inside(table, {"table-row"}, {"table-cell"}):
            where = f"{place}, row {count + 1}"
            count += max(1, number(attr(row, "number-rows-repeated"), 1))
            cells: list[list[Paragraph]] = []
            for cell in row:
                if local(cell) in {"table-cell", "covered-table-cell"}:
                    covered = local(cell) == "covered-table-cell"
                    cells.append([] if covered else self._flat([cell], where))
                    # a value that stands in several columns is read once
                    repeated = number(attr(cell, "number-columns-repeated"), 1, _MOST_REPEATED)
                    more = max(0, min(repeated - 1, _WIDEST - len(cells), self.fillers))
                    self.fillers -= more
                    cells += [[] for _ in range(more)]
            above = row.getparent()
            yield Row(cells, where, head=above is not None and local(above) == "table-header-rows")

    def _flat(self, parents: list[Element], place: str) -> list[Paragraph]:
        """Return the paragraphs below some elements, those of tables and text boxes among them, all at one place."""
        found: list[Paragraph] = []
        waiting = parents[::-1]
        while waiting:
            for element, where in _blocks(waiting.pop(), {"p", "h"}):
                paragraph, boxes = self._paragraph(element, where)
                self._place(paragraph, place)
                found.append(paragraph)
                waiting += reversed(boxes)
        return found

    @staticmethod
    def _place(paragraph: Paragraph, place: str) -> None:
        paragraph.place = place
        paragraph.notes = [
            (reason, text, f"{place}, {'comment' if reason else 'footnote'}") for reason, text, _ in paragraph.notes
        ]


def _blocks(parent: Element, wanted: set[str]) -> Iterator[tuple[Element, _Where]]:
    """Yield the outermost elements of some names in order, each with where it stands."""
    stack = [(iter(parent), _Where())]
    while stack:
        elements, where = stack[-1]
        element = next(elements, None)
        if element is None:
            stack.pop()
            continue
        name = local(element)
        if name in wanted:
            yield element, where
        elif name == "list":
            style = attr(element, "style-name") or where.style
            stack.append((iter(element), _Where(where.depth + 1, style, contents=where.contents)))
        elif name in _ITEMS:
            inner = _Where(where.depth, where.style, header=name == "list-header", contents=where.contents)
            stack.append((iter(element), inner))
        elif name == "numbered-paragraph":
            depth = max(1, number(attr(element, "level"), 1)) - 1
            style = attr(element, "style-name") or where.style
            stack.append((iter(element), _Where(depth, style, contents=where.contents)))
        elif name in _CONTENTS:
            stack.append((iter(element), _Where(contents=True)))
        elif name not in _DROPPED and not name.endswith("-source"):
            stack.append((iter(element), where))


def _check_boxes(text: Element) -> dict[str, bool]:
    """Return the check boxes of the document's forms: whether each is ticked, by its id."""
    forms = child(text, "forms")
    if forms is None:
        return {}
    return {
        attr(box, "id") or "": (attr(box, "current-state") or attr(box, "state")) == "checked"
        for box in inside(forms, {"checkbox"})
    }
