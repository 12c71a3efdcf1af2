"""A PDF by its tags: headings, lists in lists, paragraphs and table cells as the program that wrote it named them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from pdfminer.pdftypes import PDFObjRef, resolve1
from pdfminer.psparser import PSLiteral
from pdfplumber.pdf import PDF

from analyzer.reading.formats.pdf_furniture import FURNITURE
from analyzer.reading.formats.pdf_glyphs import Glyph, Line, lines_of
from analyzer.reading.formats.pdf_lines import escaped, is_full, joined, setting_of, take_bullet
from analyzer.reading.formats.pdf_pages import Page
from analyzer.reading.text import Outline

_MOST_NODES = 200_000
_DEEPEST = 200
_CLAIMED = 0.9
"""Share of a document's glyphs that tags have to hold; of one with fewer, the tags are not to be trusted."""
_WORDS_OF_BOLD = 14
_PARAGRAPHS = frozenset(("P", "Caption", "Note", "FENote", "Quote", "Code", "Index", "BibEntry"))
_INLINE_IN_CELL = frozenset(("cell", "contents"))
_BOXES = frozenset("☐☑☒□✓✔")


@dataclass(frozen=True, slots=True)
class Tag:
    """What a stretch of a page is: its kind, depth or level, and the numbers of the block, part, row and cell it belongs to."""

    kind: str = ""
    level: int = 0
    block: int = 0
    part: int = 0
    row: int = 0
    cell: int = 0
    head: bool = False
    label: bool = False


@dataclass(frozen=True, slots=True)
class Leaf:
    """A stretch of a page, by the number that the page's drawing gives to it."""

    tag: Tag
    page: int
    mcid: int


def tags_of(file: PDF, pages: Sequence[Page]) -> list[Leaf]:
    """Return the stretches of a document in reading order, none where its tags do not help.

    Args:
        file: as opened.
        pages: as drawn.
    """
    numbers = {page.page_obj.pageid: page.page_number for page in file.pages}
    try:
        leaves = list(_leaves(file, numbers))
    except Exception:  # noqa: BLE001 - damaged tags raise anything, and the document is read by its lines then
        return []
    if not any(leaf.tag.kind in {"heading", "item"} for leaf in leaves):
        return []
    tagged = {(leaf.page, leaf.mcid) for leaf in leaves}
    solid = [
        (page.number, glyph.mcid) in tagged
        for page in pages
        for line in page.lines
        for glyph in line.glyphs
        if not glyph.artifact and not glyph.text.isspace()
    ]
    return leaves if sum(solid) > _CLAIMED * len(solid) else []


def write_tagged(leaves: Sequence[Leaf], pages: Sequence[Page], out: Outline) -> None:
    """Write a document by its tags.

    Args:
        leaves: from `tags_of`.
        pages: as drawn.
        out: gets the lines.
    """
    setting = setting_of(pages, frozenset())
    writer = _Writer(out, _by_stretch(pages), setting.right, setting.words)
    for _, group in groupby(leaves, key=lambda leaf: leaf.tag.block):
        writer.block(list(group))
    claimed = {(leaf.page, leaf.mcid) for leaf in leaves}
    for page in pages:
        for line in page.lines:
            if not any((page.number, glyph.mcid) in claimed for glyph in line.glyphs):
                artifact = all(glyph.artifact for glyph in line.glyphs if not glyph.text.isspace())
                out.ignore(line.text, FURNITURE if artifact else "outside of the document's tags", line.place)
        if page.sideways:
            out.ignore(page.sideways, "text that does not stand upright", f"page {page.number}")


def _by_stretch(pages: Sequence[Page]) -> dict[tuple[int, int], list[tuple[int, Glyph]]]:
    """Return the glyphs of each stretch with the number of the line that they stand on."""
    found: dict[tuple[int, int], list[tuple[int, Glyph]]] = defaultdict(list)
    for page in pages:
        for line in page.lines:
            for glyph in line.glyphs:
                if glyph.mcid is not None and not glyph.artifact:
                    found[page.number, glyph.mcid].append((line.number, glyph))
    return found


@dataclass(slots=True)
class _Writer:
    out: Outline
    stretches: Mapping[tuple[int, int], Sequence[tuple[int, Glyph]]]
    right: float
    words: frozenset[str]
    begun: set[int] = field(default_factory=set)
    """Items that were written; what comes back to one after its list is a paragraph of it."""

    def block(self, leaves: Sequence[Leaf]) -> None:
        """Write a heading, item, paragraph, quote or table."""
        tag = leaves[0].tag
        lines = self._lines(leaves)
        if not lines:
            return
        if tag.kind == "cell":
            self._table(leaves)
            return
        place = lines[0].place
        if tag.kind == "heading":
            self.out.heading(self._joined(lines), tag.level, place)
        elif tag.kind == "item":
            self._item(leaves)
        elif tag.kind == "quote":
            self.out.quote(self._parts(leaves), place)
            self.out.blank(place)
        elif tag.kind == "contents":
            self.out.ignore(self._joined(lines), "contents list", place)
        else:
            self._paragraph(leaves, lines)

    def _item(self, leaves: Sequence[Leaf]) -> None:
        tag = leaves[0].tag
        label = "".join(line.text for line in self._lines([leaf for leaf in leaves if leaf.tag.label]))
        body = [leaf for leaf in leaves if not leaf.tag.label]
        text, place = self._parts(body), self._lines(leaves)[0].place
        behind = take_bullet(text)
        text = behind if behind is not None and not label else text
        if label[:1] in _BOXES and label:
            text = f"{label[0]} {text}"
        if tag.block in self.begun:
            self.out.paragraph(text, place, depth=tag.level)
        elif text.strip():
            self.out.item(escaped(text), tag.level, place)
        self.begun.add(tag.block)

    def _paragraph(self, leaves: Sequence[Leaf], lines: Sequence[Line]) -> None:
        text, place = self._parts(leaves, breaks=True), lines[0].place
        behind = take_bullet(text)
        bold = all(line.bold for line in lines) and any(one.text.isalpha() for one in lines[0].glyphs)
        if behind is not None:
            self.out.item(escaped(behind), 0, place)
        elif bold and len(text.split()) <= _WORDS_OF_BOLD and "\n" not in text:
            self.out.paragraph(f"**{text}**", place)
        else:
            self.out.paragraph("\n".join(escaped(part) for part in text.split("\n")), place)
        if behind is None:
            self.out.blank(place)

    def _table(self, leaves: Sequence[Leaf]) -> None:
        rows: list[tuple[list[str], str]] = []
        heads: list[bool] = []
        for _, row in groupby(leaves, key=lambda leaf: leaf.tag.row):
            of_row = list(row)
            lines = self._lines(of_row)
            cells = [
                self._joined(self._lines(list(cell))) for _, cell in groupby(of_row, key=lambda leaf: leaf.tag.cell)
            ]
            if lines:
                rows.append((cells, lines[0].place))
                heads.append(all(leaf.tag.head for leaf in of_row) or all(line.bold for line in lines))
        self.out.table(rows, head=bool(heads) and heads[0] and not all(heads))
        if rows:
            self.out.blank(rows[-1][1])

    def _parts(self, leaves: Sequence[Leaf], *, breaks: bool = False) -> str:
        parts = [list(part) for _, part in groupby(leaves, key=lambda leaf: leaf.tag.part)]
        texts = [self._joined(self._lines(part), breaks=breaks) for part in parts]
        return "\n".join(text for text in texts if text)

    def _joined(self, lines: Sequence[Line], *, breaks: bool = False) -> str:
        """Join lines; with ``breaks``, one that ends long before the margin was ended on purpose."""
        text = ""
        for place, line in enumerate(lines):
            above = lines[place - 1] if place else None
            if above is None:
                text = line.text
            elif breaks and above.page == line.page and not is_full(above, line, self.right * 0.85):
                text += "\n" + line.text
            else:
                text = joined(text, line.text, self.words)
        return text

    def _lines(self, leaves: Sequence[Leaf]) -> list[Line]:
        """Return the lines that stretches make; what stands on one line of the page is one."""
        rows: dict[tuple[int, int], list[Glyph]] = defaultdict(list)
        for leaf in leaves:
            for number, glyph in self.stretches.get((leaf.page, leaf.mcid), ()):
                rows[leaf.page, number].append(glyph)
        found = []
        for (page, number), glyphs in rows.items():
            found += [Line(page, number, row) for row in lines_of(glyphs)[:1]]
        return found


def _leaves(file: PDF, numbers: Mapping[object, int]) -> Iterator[Leaf]:
    """Walk the tree of tags without recursion, each part of it once."""
    root = resolve1(file.doc.catalog.get("StructTreeRoot"))
    if not isinstance(root, dict):
        return
    roles = resolve1(root.get("RoleMap")) or {}
    seen: set[int] = set()
    told: set[tuple[int, int]] = set()
    stack: list[tuple[Any, Tag, int | None, int]] = [(root.get("K"), Tag(), None, 0)]
    for number in range(1, _MOST_NODES):
        if not stack:
            return
        node, tag, page, depth = stack.pop()
        if isinstance(node, PDFObjRef):
            if node.objid in seen:
                continue
            seen.add(node.objid)
            node = resolve1(node)
        if isinstance(node, list):
            stack += [(one, tag, page, depth) for one in reversed(node)]
        elif isinstance(node, int):
            if page is not None and (page, node) not in told:
                told.add((page, node))
                yield Leaf(tag if tag.kind else replace(tag, kind="paragraph"), page, node)
        elif isinstance(node, dict) and depth < _DEEPEST:
            of_page = node.get("Pg")
            page = numbers.get(of_page.objid) if isinstance(of_page, PDFObjRef) else page
            if "MCID" in node:
                stack.append((resolve1(node["MCID"]), tag, page, depth))
            elif "S" in node:
                stack.append((node.get("K"), _inside(tag, _role(node["S"], roles), number), page, depth + 1))


def _role(written: Any, roles: Mapping[str, Any]) -> str:
    """Return the name of a tag, a program's own name turned into the standard's."""
    name = _name(resolve1(written))
    for _ in range(8):
        if name not in roles:
            break
        name = _name(resolve1(roles[name]))
    return name


def _name(literal: Any) -> str:
    name = literal.name if isinstance(literal, PSLiteral) else literal
    return name.decode("latin-1") if isinstance(name, bytes) else str(name)


def _inside(tag: Tag, role: str, number: int) -> Tag:
    """Return what the contents of a tag are, ``number`` being new."""
    if role == "Table":
        return tag if tag.kind == "cell" else Tag("table", block=number)
    if role == "TR" and tag.kind in {"table", "cell"}:
        return replace(tag, kind="table", row=number)
    if role in {"TD", "TH"} and tag.kind == "table":
        return replace(tag, kind="cell", cell=number, head=role == "TH")
    if tag.kind in _INLINE_IN_CELL:
        return tag
    if role in {"H", "Title"} or (len(role) == 2 and role[0] == "H" and role[1].isdigit()):
        return Tag("heading", int(role[1:]) if role[1:].isdigit() else 1, block=number)
    if role == "L":
        return Tag("list", tag.level + 1 if tag.kind in {"item", "list"} else 0, block=number)
    if role == "LI":
        return Tag("item", tag.level, block=number)
    if role in {"TOC", "TOCI"}:
        return Tag("contents", block=number)
    if role == "BlockQuote":
        return Tag("quote", block=number)
    if tag.kind in {"item", "quote", "heading"}:
        return replace(tag, label=tag.label or role == "Lbl", part=number if role in _PARAGRAPHS else tag.part)
    paragraph = role in _PARAGRAPHS or not tag.kind
    return Tag("paragraph" if role in _PARAGRAPHS else "", block=number) if paragraph else tag
