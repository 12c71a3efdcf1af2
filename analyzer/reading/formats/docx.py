"""Word documents: paragraphs, lists, tables and tracked changes as a reader sees them, by a walk through the XML.

Read with lxml and not with python-docx: that gives neither check boxes nor inserted text nor what stands in content controls,
and unpacks an archive whole before anybody can say no. Insertions are read and deletions are not; comments, hidden text,
contents lists, page headers and footers are named as left out; footnotes and text boxes stand below their paragraph.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from analyzer.reading.formats.docx_runs import Runs
from analyzer.reading.formats.docx_styles import Numbering, Styles, box_of, numbering_of, outline_of
from analyzer.reading.formats.grids import write_table
from analyzer.reading.formats.office import Paragraph, Row, finished, write_paragraph
from analyzer.reading.formats.package import Element, Package, attr, child, inside, local
from analyzer.reading.text import Outline, Text, UnreadableError

_DROPPED = frozenset(("del", "moveFrom", "sdtPr", "pPr", "tblPr", "sectPr"))
_PAGE_PARTS = {"header": "page header", "footer": "page footer"}
_MOST_PAGE_PARTS = 20


def read_docx(data: bytes) -> Text:
    """Read a Word document.

    Args:
        data: the file.

    Returns:
        Its lines, each with its place.

    Raises:
        UnreadableError: encrypted, damaged, no DOCX, or larger unpacked than any real one.
    """
    return _Reader(Package(data, "DOCX")).read()


class _Reader:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.out = Outline()
        self.main = self._main_part()
        related = self._related(self.main)
        self.links = {key: target for key, (_, target) in related.items()}
        self.parts = {kind: self._path(target) for kind, target in reversed(related.values())}
        self.page_parts = [
            (_PAGE_PARTS[kind], self._path(target)) for kind, target in related.values() if kind in _PAGE_PARTS
        ]
        self.styles = Styles(self._part("styles"))
        self.numbering = Numbering(self._part("numbering"))
        self.paragraphs = 0

    def read(self) -> Text:
        root = self.package.xml(self.main)
        body = child(root, "body")
        if body is None:
            raise UnreadableError("a DOCX file without any text in it")
        self._properties()
        runs = Runs(self.styles, self.links, self._notes())
        self._page_parts(runs)
        tables = 0
        for element, contents in _blocks(body):
            if local(element) == "tbl":
                tables += 1
                write_table(self.out, list(self._rows(element, runs, f"table {tables}")))
                continue
            paragraph, boxes = self._paragraph(element, runs)
            if paragraph.plain:
                self.paragraphs += 1
            paragraph.place = f"paragraph {max(1, self.paragraphs)}"
            if contents and paragraph.plain:
                paragraph.kind, paragraph.reason = "skip", "contents list"
            self._name_notes(paragraph)
            write_paragraph(self.out, paragraph)
            self._text_boxes(boxes, runs, f"{paragraph.place}, text box")
        return finished(self.out)

    def _paragraph(self, element: Element, runs: Runs) -> tuple[Paragraph, list[Element]]:
        """Return a paragraph and the text boxes that hang on it."""
        properties = child(element, "pPr")
        style = self.styles.get(attr(child(properties, "pStyle"), "val") or self.styles.default)
        found = runs.read(element, style.look)
        paragraph = Paragraph(found.pieces, notes=found.notes)
        if not (found.pieces or found.ruled):
            return paragraph, found.boxes
        outline = outline_of(properties)
        heading = style.heading if outline is None else outline
        listed = numbering_of(properties) or style.numbering
        if style.contents:
            paragraph.kind, paragraph.reason = "skip", "contents list"
        elif heading:
            paragraph.kind, paragraph.level = "heading", heading
        elif listed and listed[0] != "0":
            mark = self.numbering.mark(*listed)
            paragraph.kind = "item" if mark else "more"
            paragraph.level = listed[1] or style.depth
            ticked = box_of(mark)
            paragraph.boxed, paragraph.checked = ticked is False, ticked or None
        elif style.listed and not listed:
            paragraph.kind = "more" if style.listed == "continue" else "item"
            paragraph.level = style.depth
        elif style.quote:
            paragraph.kind = "quote"
        elif found.ruled:
            paragraph.kind = "rule"
        return paragraph, found.boxes

    def _rows(self, table: Element, runs: Runs, place: str) -> Iterator[Row]:
        for number, row in enumerate(inside(table, {"tr"}, _DROPPED | {"tblGrid"}), start=1):
            properties = child(row, "trPr")
            if child(properties, "del") is not None:
                continue
            where = f"{place}, row {number}"
            cells = [self._flat(inside(cell, {"p"}, _DROPPED), runs, where) for cell in inside(row, {"tc"}, _DROPPED)]
            yield Row(cells, where, head=child(properties, "tblHeader") is not None)

    def _flat(self, elements: Iterator[Element], runs: Runs, place: str) -> list[Paragraph]:
        """Return paragraphs, and those of the text boxes in them, all at one place."""
        found: list[Paragraph] = []
        waiting = list(elements)[::-1]
        while waiting:
            paragraph, boxes = self._paragraph(waiting.pop(), runs)
            paragraph.place = place
            self._name_notes(paragraph)
            found.append(paragraph)
            waiting += [one for box in reversed(boxes) for one in reversed(list(inside(box, {"p"}, _DROPPED)))]
        return found

    def _text_boxes(self, boxes: list[Element], runs: Runs, place: str) -> None:
        for box in boxes:
            for paragraph in self._flat(inside(box, {"p"}, _DROPPED), runs, place):
                write_paragraph(self.out, paragraph)

    def _name_notes(self, paragraph: Paragraph) -> None:
        paragraph.notes = [
            (reason, text, f"{paragraph.place}, {'comment' if reason else 'footnote'}")
            for reason, text, _ in paragraph.notes
        ]

    def _notes(self) -> dict[tuple[str, str], tuple[str, str]]:
        """Return footnotes and comments: by kind and id, why each is left out ("" for a note that is read) and its text."""
        found: dict[tuple[str, str], tuple[str, str]] = {}
        for part, kind in (("footnotes", "footnote"), ("endnotes", "endnote"), ("comments", "comment")):
            root = self._part(part)
            for note in root if root is not None else ():
                if local(note) != kind or attr(note, "type") in {"separator", "continuationSeparator"}:
                    continue
                runs = Runs(self.styles, {}, {})
                text = " ".join(one.plain for one in self._flat(inside(note, {"p"}, _DROPPED), runs, "") if one.plain)
                author = " ".join((attr(note, "author") or "").split())[:100] if kind == "comment" else ""
                reason = "comment" if kind == "comment" else ""
                found[kind, attr(note, "id") or ""] = (reason, f"{author}: {text}" if author and text else text)
        return found

    def _page_parts(self, runs: Runs) -> None:
        """Name what stands at the head and foot of the pages, each text once."""
        seen: set[str] = set()
        for reason, path in self.page_parts[:_MOST_PAGE_PARTS]:
            root = self._aside(path, reason)
            for paragraph in self._flat(inside(root, {"p"}, _DROPPED), runs, reason) if root is not None else ():
                if paragraph.plain and paragraph.plain not in seen:
                    seen.add(paragraph.plain)
                    self.out.ignore(paragraph.plain, reason, reason)

    def _properties(self) -> None:
        root = self._aside("docProps/core.xml", "properties")
        # The creator is who made the file, often from another's template: no "author", whom the notes would be taken to be by.
        for name, key in (("title", "title"), ("creator", "created by")):
            found = child(root, name)
            text = " ".join((found.text or "").split()) if found is not None else ""
            if text:
                self.out.properties.append((key, text[:300]))

    def _main_part(self) -> str:
        root = self._aside("_rels/.rels", "list of parts")
        for element in root if root is not None else ():
            if (attr(element, "Type") or "").endswith("/officeDocument"):
                return posixpath.normpath((attr(element, "Target") or "").lstrip("/"))
        return "word/document.xml"

    def _related(self, part: str) -> dict[str, tuple[str, str]]:
        """Return what a part is related to: by id, the kind and the target."""
        folder, name = posixpath.split(part)
        root = self._aside(posixpath.join(folder, "_rels", f"{name}.rels"), "links")
        return {
            attr(element, "Id") or "": (
                (attr(element, "Type") or "").rpartition("/")[2],
                attr(element, "Target") or "",
            )
            for element in (root if root is not None else ())
        }

    def _part(self, kind: str) -> Element | None:
        return self._aside(self.parts[kind], kind) if kind in self.parts else None

    def _aside(self, path: str, what: str) -> Element | None:
        """Return a part that the text can be read without; a broken one is a problem and no more."""
        try:
            return self.package.xml(path)
        except UnreadableError:
            self.out.problems.append((None, f"the document's {what} could not be read; its text was"))
            return None

    def _path(self, target: str) -> str:
        if target.startswith("/"):
            return posixpath.normpath(target.lstrip("/"))
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.main), target))


def _blocks(body: Element) -> Iterator[tuple[Element, bool]]:
    """Yield paragraphs and tables in order, each with whether it stands in a contents list that Word made."""
    stack = [(iter(body), False)]
    while stack:
        elements, contents = stack[-1]
        element = next(elements, None)
        if element is None:
            stack.pop()
        elif local(element) in {"p", "tbl"}:
            yield element, contents
        elif local(element) == "sdt":
            gallery = attr(child(element, "sdtPr", "docPartObj", "docPartGallery"), "val")
            if child(element, "sdtPr", "showingPlcHdr") is None:
                stack.append((iter(element), contents or gallery == "Table of Contents"))
        elif local(element) not in _DROPPED:
            stack.append((iter(element), contents))
