"""The file around a Word document: an empty page with the styles that drafts use, and bytes that no clock or machine shows in."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

if TYPE_CHECKING:
    from docx.document import Document as Page
    from docx.opc.rel import Relationships
    from docx.styles.style import ParagraphStyle
    from docx.table import Table, _Row
    from docx.text.paragraph import Paragraph

NOTE_TEXT = "footnote text"
NOTE_MARK = "footnote reference"
_INK = RGBColor(0x1D, 0x1F, 0x23)
_SOFT = RGBColor(0x5B, 0x60, 0x68)
_SIZES = {"Title": 22, "Heading 1": 15, "Heading 2": 12, "Heading 3": 11}
_SPACES = {
    "Title": (0, 8),
    "Heading 1": (18, 4),
    "Heading 2": (12, 3),
    "Heading 3": (10, 3),
    "Normal": (0, 6),
    "Quote": (6, 8),
    "Verbatim": (0, 6),
    "Table Text": (1, 1),
    NOTE_TEXT: (0, 0),
    **dict.fromkeys(("List Bullet", "List Bullet 2", "List Bullet 3", "List Number"), (0, 3)),
}
"""Points before and after a paragraph."""
_PAGE, _EDGE = (21.0, 29.7), 2.2
_TEXT_WIDTH = _PAGE[0] - 2 * _EDGE
"""Centimetres: A4 with its margins."""
_WIDEST, _MARGIN = 60, 9
"""Characters of a cell that its column's width follows, and what its margins take."""
_KEPT_TABLES = {"Normal Table", "Table Grid"}
_NOT_OURS = ("stylesWithEffects", "customXml", "metadata/thumbnail", "extended-properties")
"""What the library's empty document holds beside an empty document, by the ends of the relations' types."""
_DATE = (1980, 1, 1, 0, 0, 0)
"""The first day that an archive can give: files in it have no date."""


def new_page(title: str) -> Page:
    """Return an empty document with the styles that drafts use.

    Args:
        title: for the document's properties.
    """
    page = Document()
    _drop(page.part.rels)
    _drop(page.part.package.rels)
    for style in list(page.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in _KEPT_TABLES:
            style.delete()
    _set_properties(page, title)
    _set_styles(page)
    for part in page.sections:
        part.page_width, part.page_height = Cm(_PAGE[0]), Cm(_PAGE[1])
        part.left_margin = part.right_margin = part.top_margin = part.bottom_margin = Cm(_EDGE)
    return page


def packed(page: Page) -> bytes:
    """Return the document's bytes: entries in one order, without dates and uncompressed, as compressors differ."""
    made, out = BytesIO(), BytesIO()
    page.save(made)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, _DATE)
            entry.create_system = 0
            target.writestr(entry, source.read(name))
    return out.getvalue()


def restart_numbers(page: Page, paragraphs: Sequence[Paragraph]) -> None:
    """Number some paragraphs from 1, whatever lists stand before them."""
    numbering = page.part.numbering_part.element
    used = page.styles["List Number"].element.pPr.numPr.numId.val
    one = numbering.add_num(numbering.num_having_numId(used).abstractNumId.val)
    one.add_lvlOverride(ilvl=0).add_startOverride(1)
    for paragraph in paragraphs:
        number = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001 - no other way in
        number.get_or_add_ilvl().val = 0
        number.get_or_add_numId().val = one.numId


def mark_head(row: _Row) -> None:
    """Make a table's row its head: in bold, shaded, and shown again on each page."""
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - no other way in
    properties.append(OxmlElement("w:tblHeader"))
    for cell in row.cells:
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", "EDEFF2")):
            shade.set(qn(f"w:{name}"), value)
        cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001
        for run in cell.paragraphs[0].runs:
            run.bold = True


def set_widths(table: Table) -> None:
    """Give the columns of a table shares of the page after what they hold, so that long cells get the room."""
    held = [[len(cell.text) for cell in column.cells] for column in table.columns]
    shares = [min(max(lengths), _WIDEST) + _MARGIN for lengths in held]
    for column, share in zip(table.columns, shares, strict=True):
        width = Cm(_TEXT_WIDTH * share / sum(shares))
        column.width = width
        for cell in column.cells:
            cell.width = width


def align_right(paragraph: Paragraph) -> None:
    """Set a paragraph of figures to the right."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _drop(relations: Relationships) -> None:
    for key in [key for key, relation in relations.items() if relation.reltype.endswith(_NOT_OURS)]:
        del relations[key]


def _set_properties(page: Page, title: str) -> None:
    properties = page.core_properties
    element = properties._element  # noqa: SLF001 - no other way to a document without dates
    for child in list(element):
        element.remove(child)
    properties.title = title[:255]
    properties.language = "en"


def _set_styles(page: Page) -> None:
    styles = page.styles
    mark = styles.add_style(NOTE_MARK, WD_STYLE_TYPE.CHARACTER, builtin=True)
    mark.font.superscript = True
    for name, size, builtin in ((NOTE_TEXT, 8, True), ("Table Text", 9, False), ("Verbatim", 9, False)):
        made: ParagraphStyle = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=builtin)
        made.base_style = styles["Normal"]
        made.font.size = Pt(size)
    styles["Verbatim"].font.name = "Courier New"
    styles["Normal"].font.size = Pt(10.5)
    for name, size in _SIZES.items():
        styles[name].font.size = Pt(size)
        styles[name].font.color.rgb = _INK
    styles["Quote"].font.color.rgb = _SOFT
    styles[NOTE_TEXT].font.color.rgb = _SOFT
    for name, (before, after) in _SPACES.items():
        styles[name].paragraph_format.space_before = Pt(before)
        styles[name].paragraph_format.space_after = Pt(after)
