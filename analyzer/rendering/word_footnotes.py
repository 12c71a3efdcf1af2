"""Footnotes of a Word document, which its library cannot write: the part that holds them, and the marks that lead there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from analyzer.rendering.word_file import NOTE_MARK, NOTE_TEXT

if TYPE_CHECKING:
    from docx.document import Document as Page
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.styles.style import BaseStyle
    from docx.text.paragraph import Paragraph

_LINES = (("separator", "separator"), ("continuationSeparator", "continuationSeparator"))
"""The lines between text and notes, which Word keeps among the notes."""


class Footnotes:
    """The footnotes of one document, in the order of their marks."""

    def __init__(self) -> None:
        self._texts: list[str] = []

    def mark(self, paragraph: Paragraph, text: str) -> None:
        """Set the mark of a new footnote at the end of a paragraph.

        Args:
            paragraph: what is noted.
            text: the note, without characters that XML does not know.
        """
        self._texts.append(text)
        run = paragraph.add_run(style=NOTE_MARK)
        run._r.append(_element("w:footnoteReference", id=str(len(self._texts))))  # noqa: SLF001 - no other way in

    def attach(self, page: Page) -> None:
        """Put the notes into the document; called once, when all marks are set."""
        if not self._texts:
            return
        root = parse_xml(f"<w:footnotes {nsdecls('w')}/>")
        for number, (kind, line) in enumerate(_LINES, start=-1):
            root.append(_rule(number, kind, line))
        text, mark = page.styles[NOTE_TEXT], page.styles[NOTE_MARK]
        for number, words in enumerate(self._texts, start=1):
            root.append(_note(number, words, text, mark))
        name = PackURI("/word/footnotes.xml")
        part = Part(name, CONTENT_TYPE.WML_FOOTNOTES, serialize_part_xml(root), page.part.package)
        page.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        _name_rules(page)


def _note(number: int, words: str, text: BaseStyle, mark: BaseStyle) -> BaseOxmlElement:
    note, paragraph, properties = _element("w:footnote", id=str(number)), _element("w:p"), _element("w:pPr")
    properties.append(_element("w:pStyle", val=text.style_id))
    first, style, run = _element("w:r"), _element("w:rPr"), _element("w:r")
    style.append(_element("w:rStyle", val=mark.style_id))
    first.extend([style, _element("w:footnoteRef")])
    said = _element("w:t")
    said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    said.text = f" {words}"
    run.append(said)
    paragraph.extend([properties, first, run])
    note.append(paragraph)
    return note


def _rule(number: int, kind: str, line: str) -> BaseOxmlElement:
    note, paragraph, run = _element("w:footnote", type=kind, id=str(number)), _element("w:p"), _element("w:r")
    run.append(_element(f"w:{line}"))
    paragraph.append(run)
    note.append(paragraph)
    return note


def _name_rules(page: Page) -> None:
    """Tell the settings which notes are lines; the place before ``compat`` is where the schema wants them."""
    named = _element("w:footnotePr")
    named.extend([_element("w:footnote", id=str(number)) for number, _ in enumerate(_LINES, start=-1)])
    settings = page.settings.element
    compat = settings.find(qn("w:compat"))
    settings.append(named) if compat is None else compat.addprevious(named)


def _element(tag: str, **attributes: str) -> BaseOxmlElement:
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made
