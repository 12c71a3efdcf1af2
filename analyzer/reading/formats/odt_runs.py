"""The text of one ODT paragraph: spans, links, spaces, check boxes, and what hangs on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from analyzer.reading.formats.odt_styles import OdtStyle, OdtStyles
from analyzer.reading.formats.office import Piece
from analyzer.reading.formats.package import Element, attr, child, inside, local, number

_CHARACTERS = {"tab": "\t", "line-break": "\n", "soft-page-break": ""}
_SKIPPED = frozenset(
    ("ruby-text", "note-citation", "desc", "title", "placeholder", "bibliography-mark", "annotation-end")
)
_MOST_SPACES = 40


@dataclass(slots=True)
class OdtFound:
    """A paragraph's pieces; its notes (why left out, text, place); its text boxes."""

    pieces: list[Piece] = field(default_factory=list)
    notes: list[tuple[str, str, str]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Now:
    """How the text at one place of a paragraph looks."""

    bold: bool = False
    italic: bool = False
    struck: bool = False
    hidden: bool = False
    link: str = ""

    def under(self, style: OdtStyle, link: str = "") -> _Now:
        """Return the look inside a span or link."""
        return _Now(
            self.bold if style.bold is None else style.bold,
            self.italic if style.italic is None else style.italic,
            self.struck if style.struck is None else style.struck,
            self.hidden if style.hidden is None else style.hidden,
            link or self.link,
        )


class Spans:
    """Reads paragraphs of one document."""

    def __init__(self, styles: OdtStyles, boxes: Mapping[str, bool]) -> None:
        """Take the styles, and the states of the forms' check boxes by id."""
        self._styles = styles
        self._boxes = boxes

    def read(self, paragraph: Element, style: OdtStyle) -> OdtFound:
        """Read a paragraph of some style."""
        found = OdtFound()
        now = _Now().under(style)
        _add(found, paragraph.text, now)
        stack: list[tuple[Iterator[Element], _Now, str | None]] = [(iter(paragraph), now, None)]
        while stack:
            elements, now, tail = stack[-1]
            element = next(elements, None)
            if element is None:
                stack.pop()
                if stack:
                    _add(found, tail, stack[-1][1])
                continue
            inner = self._inner(element, now, found)
            if inner is None:
                _add(found, element.tail, now)
            else:
                _add(found, element.text, inner)
                stack.append((iter(element), inner, element.tail))
        return found

    def _inner(self, element: Element, now: _Now, found: OdtFound) -> _Now | None:
        """Return the look inside an element, None where it was read or is passed over."""
        name = local(element)
        if name in _CHARACTERS:
            _add(found, _CHARACTERS[name], now, whole=True)
        elif name == "s":
            _add(found, " " * number(attr(element, "c"), 1, _MOST_SPACES), now, whole=True)
        elif name == "note":
            body = child(element, "note-body")
            found.notes.append(("", _words(body), ""))
        elif name == "annotation":
            author = child(element, "creator")
            written_by = " ".join((author.text or "").split())[:100] if author is not None else ""
            words = _words(element)
            found.notes.append(("comment", f"{written_by}: {words}" if written_by and words else words, ""))
        elif name == "text-box":
            found.boxes.append(element)
        elif name == "control":
            ticked = self._boxes.get(attr(element, "control") or "")
            _add(found, "" if ticked is None else "☒ " if ticked else "☐ ", now, whole=True)
        elif name == "content-control" and attr(element, "checkbox") == "true":
            _add(found, "☒ " if attr(element, "checked") == "true" else "☐ ", now, whole=True)
        elif name in _SKIPPED or attr(element, "showing-place-holder") == "true":
            return None
        elif name == "span":
            return now.under(self._styles.get("text", attr(element, "style-name")))
        elif name == "a":
            return now.under(OdtStyle(), attr(element, "href") or "")
        else:
            return now
        return None


def _add(found: OdtFound, text: str | None, now: _Now, *, whole: bool = False) -> None:
    """Add text; line ends of the XML are spaces, those of the document have an element."""
    if text:
        words = text if whole else text.replace("\n", " ").replace("\r", " ")
        found.pieces.append(Piece(words, now.bold, now.italic, now.struck, now.hidden, now.link))


def _words(parent: Element | None) -> str:
    """Return the text of the paragraphs below an element, without marks."""
    if parent is None:
        return ""
    paragraphs = inside(parent, {"p", "h"})
    return " ".join(" ".join("".join(str(part) for part in one.itertext()).split()) for one in paragraphs)
