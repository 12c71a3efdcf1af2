"""What styles.xml and numbering.xml say of a paragraph or run: heading, list and depth, check box, bold, struck out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from analyzer.reading.formats.package import Element, attr, child, local, number

_CHAIN = 20
"""Styles that one may be based on in a row; a circle ends here."""
_HEADING = re.compile(r"heading (?P<level>[1-9])$", re.IGNORECASE)
_LIST = re.compile(r"list (?P<kind>bullet|number|continue)(?: (?P<depth>[1-9]))?$", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc [1-9]|toc heading|contents heading)$", re.IGNORECASE)
_QUOTES = frozenset(("quote", "intense quote", "block text", "block quotation", "quotations"))
_TITLES = {"title": 1, "subtitle": 2}
_OFF = frozenset(("0", "false", "off", "none"))
_BODY_LEVEL = 9
_OPEN_BOXES = frozenset("☐□◻\uf0a8\uf06f")
_TICKED_BOXES = frozenset("☑☒\uf0fe\uf0fd")
"""As bullets: the characters, and what Wingdings draws as a box. Ticks and boxes with a shadow are ordinary bullets of Word."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a style or a run looks; None where it does not say."""

    bold: bool | None = None
    italic: bool | None = None
    struck: bool | None = None
    hidden: bool | None = None

    def over(self, below: Look) -> Look:
        """Return this look, filled up from the one below."""
        return Look(
            below.bold if self.bold is None else self.bold,
            below.italic if self.italic is None else self.italic,
            below.struck if self.struck is None else self.struck,
            below.hidden if self.hidden is None else self.hidden,
        )


@dataclass(frozen=True, slots=True)
class Style:
    """What a style comes to with all that it is based on."""

    look: Look = Look()
    heading: int | None = None
    title: bool = False
    contents: bool = False
    quote: bool = False
    listed: str = ""
    """bullet, number or continue, by the style's name."""
    depth: int = 0
    numbering: tuple[str, int] | None = None


class Styles:
    """Styles by their id, worked out when they are first asked for."""

    def __init__(self, root: Element | None) -> None:
        """Take the root of styles.xml, None where there is none."""
        self._elements: dict[str, Element] = {}
        self._known: dict[str, Style] = {}
        self.default = ""
        for element in root if root is not None else ():
            if local(element) == "style":
                name = attr(element, "styleId") or ""
                self._elements.setdefault(name, element)
                if attr(element, "type") == "paragraph" and is_on(attr(element, "default") or "0"):
                    self.default = name

    def get(self, name: str | None) -> Style:
        """Return a style by its id; one that is not there says nothing."""
        name = name or ""
        if name not in self._known:
            self._known[name] = self._work_out(name)
        return self._known[name]

    def _work_out(self, name: str) -> Style:
        chain: list[Element] = []
        while name in self._elements and len(chain) < _CHAIN:
            chain.append(self._elements[name])
            name = attr(child(chain[-1], "basedOn"), "val") or ""
        style = Style()
        for element in reversed(chain):
            style = _on_top(style, element)
        return style


class Numbering:
    """Lists by their id: what stands in front of an item of each level."""

    def __init__(self, root: Element | None) -> None:
        """Take the root of numbering.xml, None where there is none."""
        abstract: dict[str, dict[int, str]] = {}
        self._lists: dict[str, dict[int, str]] = {}
        for element in root if root is not None else ():
            if local(element) == "abstractNum":
                abstract[attr(element, "abstractNumId") or ""] = _levels(element)
            elif local(element) == "num":
                own: dict[int, str] = {}
                for override in element:
                    own |= _levels(override)
                shared = abstract.get(attr(child(element, "abstractNumId"), "val") or "", {})
                self._lists[attr(element, "numId") or ""] = shared | own

    def mark(self, list_id: str, level: int) -> str:
        """Return the bullet or number format of a level, "" for none that is drawn, "•" for a list that is not known."""
        return self._lists.get(list_id, {}).get(level, "•")


def box_of(mark: str) -> bool | None:
    """Return whether a bullet is a ticked check box, None where it is no check box."""
    if mark in _TICKED_BOXES:
        return True
    return False if mark in _OPEN_BOXES else None


def numbering_of(properties: Element | None) -> tuple[str, int] | None:
    """Return list and level that a paragraph's properties name; list "0" takes a paragraph out of its list."""
    found = child(properties, "numPr")
    list_id = attr(child(found, "numId"), "val")
    return None if list_id is None else (list_id, number(attr(child(found, "ilvl"), "val"), most=8))


def outline_of(properties: Element | None) -> int | None:
    """Return the heading level that a paragraph's properties name: 0 for body text, None where they name none."""
    found = child(properties, "outlineLvl")
    if found is None:
        return None
    level = number(attr(found, "val"), _BODY_LEVEL)
    return 0 if level >= _BODY_LEVEL else level + 1


def look_of(properties: Element | None) -> Look:
    """Return the look that a run's properties give it by themselves."""
    if properties is None or not len(properties):
        return Look()
    said = {local(element): is_on(attr(element, "val")) for element in properties}
    struck = said.get("strike", said.get("dstrike"))
    if said.get("dstrike"):
        struck = True
    return Look(said.get("b"), said.get("i"), struck, said.get("vanish"))


def is_on(value: str | None) -> bool:
    """Return whether a switch is on; it is where it stands without a value."""
    return value is None or value.lower() not in _OFF


def _on_top(below: Style, element: Element) -> Style:
    """Return a style with what another, based on it, says."""
    name = (attr(child(element, "name"), "val") or "").strip()
    properties = child(element, "pPr")
    # a style based on the title's, such as the author's, is no title
    heading_below = None if below.title else below.heading
    style = replace(below, look=look_of(child(element, "rPr")).over(below.look), heading=heading_below, title=False)
    level = outline_of(properties)
    if level is not None:
        style = replace(style, heading=level or None)
    if heading := _HEADING.match(name):
        style = replace(style, heading=int(heading["level"]))
    elif name.lower() in _TITLES:
        style = replace(style, heading=_TITLES[name.lower()], title=True)
    if listed := _LIST.match(name):
        style = replace(style, listed=listed["kind"].lower(), depth=int(listed["depth"] or 1) - 1)
    if _CONTENTS.match(name):
        style = replace(style, contents=True, heading=None)
    if name.lower() in _QUOTES:
        style = replace(style, quote=True)
    numbering = numbering_of(properties)
    return replace(style, numbering=numbering) if numbering else style


def _levels(element: Element) -> dict[int, str]:
    found: dict[int, str] = {}
    for level in element:
        if local(level) == "lvl":
            form = attr(child(level, "numFmt"), "val") or "decimal"
            text = attr(child(level, "lvlText"), "val") or ""
            found[number(attr(level, "ilvl"))] = "" if form == "none" else text.strip()
    return found
