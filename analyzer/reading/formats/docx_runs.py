"""The text of one Word paragraph: runs, links, fields, check boxes, symbols, and what hangs on it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from analyzer.reading.formats.docx_styles import Look, Styles, is_on, look_of
from analyzer.reading.formats.office import Piece
from analyzer.reading.formats.package import Element, attr, child, inside, local

_SKIPPED = frozenset(("del", "moveFrom", "pPr", "rPr", "rt", "sdtPr", "sdtEndPr", "fldData"))
_LINK = re.compile(r'\s{0,9}HYPERLINK\s{1,9}"(?P<url>[^"]{1,2000})"')
_CHARACTERS = {"tab": "\t", "ptab": "\t", "cr": "\n", "br": "\n", "noBreakHyphen": "-"}
_SYMBOLS = str.maketrans(
    {
        "\uf0e0": "→",  # Word turns "-->" into it
        "\uf0df": "←",
        "\uf0f3": "↔",
        "\uf04a": "☺",
        "\uf04c": "☹",
        "\uf0a8": "☐",
        "\uf06f": "☐",
        "\uf0fe": "☑",
        "\uf0fd": "☒",
        "\uf0fc": "✓",
        "\uf0fb": "✗",
        "\uf0b7": "•",
        "\uf0a7": "▪",
    }
)
"""What Wingdings and Symbol draw for characters that mean nothing by themselves."""
_OTHER_FONTS = {
    "Symbol": {"\uf0a3": "≤", "\uf0b3": "≥", "\uf0ae": "→", "\uf0b1": "±", "\uf0bb": "≈", "\uf044": "Δ"},
    "Wingdings 2": {"\uf0a3": "☐", "\uf052": "☑", "\uf053": "☒", "\uf050": "✓", "\uf04f": "✗"},
}
_DRAWN = frozenset(("drawing", "pict", "object", "AlternateContent"))
_REFERENCES = {"footnoteReference": "footnote", "endnoteReference": "endnote", "commentReference": "comment"}
_MOST_NOTES = 50
_LONGEST_FIELD = 4_000
_FIELDS_AROUND = 5


Stack: TypeAlias = list[tuple[Iterator[Element], str]]
"""Elements that are still to come, and the link that they stand in."""


@dataclass(slots=True)
class Found:
    """A paragraph's pieces; its notes (why left out, text, place); its text boxes; whether a rule is drawn in it."""

    pieces: list[Piece] = field(default_factory=list)
    notes: list[tuple[str, str, str]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    ruled: bool = False


class Runs:
    """Reads paragraphs of one document."""

    def __init__(
        self, styles: Styles, links: Mapping[str, str], notes: Mapping[tuple[str, str], tuple[str, str]]
    ) -> None:
        """Take the styles, the targets of links by id, and the notes by kind and id."""
        self._styles = styles
        self._links = links
        self._notes = notes
        self._fields: list[str] = []
        """The instructions of the fields that are open, outermost first."""

    def read(self, paragraph: Element, look: Look) -> Found:
        """Read a paragraph whose style looks one way."""
        found = Found()
        self._fields = []
        stack: Stack = [(iter(paragraph), "")]
        while stack:
            elements, link = stack[-1]
            element = next(elements, None)
            if element is None:
                stack.pop()
                continue
            name = local(element)
            if name == "r":
                self._run(element, link, look, found)
            elif name == "hyperlink":
                stack.append((iter(element), self._links.get(attr(element, "id") or "", link)))
            elif name == "fldSimple":
                stack.append((iter(element), _target(attr(element, "instr") or "") or link))
            elif name == "sdt":
                self._control(element, link, found, stack)
            elif name in _DRAWN:
                _drawn(element, found)
            elif name == "pPr" and child(element, "pBdr", "bottom") is not None:
                found.ruled = True
            elif name not in _SKIPPED:
                stack.append((iter(element), link))
        return found

    def _control(self, element: Element, link: str, found: Found, stack: Stack) -> None:
        """Read a content control: a check box by its state, a prompt ("Click here to enter text") not at all."""
        box = child(element, "sdtPr", "checkbox")
        if box is not None:
            ticked = child(box, "checked") is not None and is_on(attr(child(box, "checked"), "val"))
            found.pieces.append(Piece("☒ " if ticked else "☐ "))
        elif child(element, "sdtPr", "showingPlcHdr") is None:
            stack.append((iter(element), link))

    def _run(self, run: Element, link: str, look: Look, found: Found) -> None:
        properties = child(run, "rPr")
        if properties is not None:
            style = attr(child(properties, "rStyle"), "val")
            below = self._styles.get(style).look.over(look) if style else look
            look = look_of(properties).over(below)
        body = "".join([self._text(element, found) for element in run])
        if body:
            target = link or next((url for url in map(_target, reversed(self._fields[-_FIELDS_AROUND:])) if url), "")
            found.pieces.append(
                Piece(body, bool(look.bold), bool(look.italic), bool(look.struck), bool(look.hidden), target)
            )

    def _text(self, element: Element, found: Found) -> str:
        """Return the text that one element of a run shows; notes and text boxes are added to what was found."""
        name = local(element)
        if name == "t":
            return (element.text or "").translate(_SYMBOLS)
        if name in _CHARACTERS:
            return _CHARACTERS[name]
        if name == "sym":
            return _symbol(element)
        if name == "fldChar":
            return self._field(element)
        if name == "instrText" and self._fields:
            self._fields[-1] = (self._fields[-1] + (element.text or ""))[:_LONGEST_FIELD]
        elif name in _REFERENCES and len(found.notes) < _MOST_NOTES:
            reason, words = self._notes.get((_REFERENCES[name], attr(element, "id") or ""), ("", ""))
            found.notes.append((reason, words, ""))
        elif name in _DRAWN:
            _drawn(element, found)
        elif name == "ruby":
            base = child(element, "rubyBase")
            return "".join(one.text or "" for one in inside(base, {"t"})) if base is not None else ""
        return ""

    def _field(self, element: Element) -> str:
        """Follow a field's beginning and end; return what it shows by itself, a check box of a form."""
        kind = attr(element, "fldCharType")
        if kind == "begin":
            self._fields.append("")
            box = child(element, "ffData", "checkBox")
            if box is not None:
                state = child(box, "checked") if child(box, "checked") is not None else child(box, "default")
                return "☒ " if state is not None and is_on(attr(state, "val")) else "☐ "
        elif kind == "end" and self._fields:
            self._fields.pop()
        return ""


def _target(instruction: str) -> str:
    found = _LINK.match(instruction)
    return found["url"] if found else ""


def _symbol(element: Element) -> str:
    code = attr(element, "char") or ""
    try:
        character = chr(int(code[:4], 16))
    except ValueError:
        return " "
    symbol = chr(ord(character) | 0xF000) if ord(character) < 0x100 else character
    if attr(element, "font") in _OTHER_FONTS:
        symbol = _OTHER_FONTS[attr(element, "font") or ""].get(symbol, symbol)
    drawn = symbol.translate(_SYMBOLS)
    return " " if "\ue000" <= drawn <= "\uf8ff" else drawn


def _drawn(element: Element, found: Found) -> None:
    """Take the text boxes out of a drawing, of which Word writes two versions, and note a drawn rule."""
    stack = [element]
    while stack:
        one = stack.pop()
        if local(one) == "txbxContent":
            found.boxes.append(one)
        elif local(one) == "AlternateContent":
            stack += [part for part in one if local(part) == "Choice"][:1] or list(one)[:1]
        else:
            found.ruled = found.ruled or (local(one) == "rect" and attr(one, "hr") in {"t", "true"})
            stack += reversed(list(one))
