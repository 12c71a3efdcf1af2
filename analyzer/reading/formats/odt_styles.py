"""What an ODT file's styles say of a paragraph, a span or a list: title, quote, bold, struck out, check boxes for bullets."""

from __future__ import annotations

from dataclasses import dataclass, replace

from analyzer.reading.formats.package import Element, attr, child, local, number

_CHAIN = 20
_BOLD = frozenset(("bold", "600", "700", "800", "900"))
_QUOTES = frozenset(("quotations", "quote", "intense quote", "block text", "block quotation"))
_RULES = frozenset(("horizontal line",))
_TITLES = {"title": 1, "subtitle": 2}
_CONTENTS = ("contents ", "contents heading", "toc ")


@dataclass(frozen=True, slots=True)
class OdtStyle:
    """What a style comes to with those above it; None where nothing is said."""

    bold: bool | None = None
    italic: bool | None = None
    struck: bool | None = None
    hidden: bool | None = None
    heading: int | None = None
    quote: bool = False
    rule: bool = False
    contents: bool = False


class OdtStyles:
    """Styles by family and name, and the bullets of lists."""

    def __init__(self, *roots: Element | None) -> None:
        """Take the roots of content.xml and styles.xml; where both have a style, the first counts."""
        self._elements: dict[tuple[str, str], Element] = {}
        self._known: dict[tuple[str, str], OdtStyle] = {}
        self._bullets: dict[tuple[str, int], str] = {}
        for root in roots:
            for part in root if root is not None else ():
                if local(part) in {"automatic-styles", "styles"}:
                    self._take(part)

    def get(self, family: str, name: str | None) -> OdtStyle:
        """Return the style of a family ("paragraph", "text") by its name."""
        key = (family, name or "")
        if key not in self._known:
            self._known[key] = self._work_out(*key)
        return self._known[key]

    def box(self, list_style: str, depth: int) -> bool | None:
        """Return whether a list's bullet is a ticked check box, None where it is no check box."""
        bullet = self._bullets.get((list_style, depth + 1), "")
        return True if bullet in {"☑", "☒"} else False if bullet in {"☐", "□", "◻"} else None

    def _take(self, part: Element) -> None:
        for element in part:
            name = attr(element, "name") or ""
            if local(element) == "style":
                self._elements.setdefault((attr(element, "family") or "", name), element)
            elif local(element) == "list-style":
                for level in element:
                    bullet = attr(level, "bullet-char")
                    if bullet:
                        self._bullets.setdefault((name, number(attr(level, "level"))), bullet)

    def _work_out(self, family: str, name: str) -> OdtStyle:
        chain: list[Element] = []
        while (family, name) in self._elements and len(chain) < _CHAIN:
            chain.append(self._elements[family, name])
            name = attr(chain[-1], "parent-style-name") or ""
        style = _named(OdtStyle(), name)  # a built-in style that the file uses and does not hold
        for element in reversed(chain):
            style = _on_top(style, element)
        return style


def _on_top(below: OdtStyle, element: Element) -> OdtStyle:
    properties = child(element, "text-properties")
    weight = attr(properties, "font-weight")
    slant = attr(properties, "font-style")
    line = attr(properties, "text-line-through-style") or attr(properties, "text-line-through-type")
    display = attr(properties, "display")
    style = replace(
        below,
        bold=below.bold if weight is None else weight in _BOLD,
        italic=below.italic if slant is None else slant in {"italic", "oblique"},
        struck=below.struck if line is None else line != "none",
        hidden=below.hidden if display is None else display == "none",
    )
    return _named(style, attr(element, "display-name") or attr(element, "name") or "")


def _named(style: OdtStyle, name: str) -> OdtStyle:
    """Return a style with what the names that every program uses mean."""
    name = name.replace("_20_", " ").strip().lower()
    if name in _TITLES:
        return replace(style, heading=_TITLES[name])
    if name in _QUOTES:
        return replace(style, quote=True)
    if name in _RULES:
        return replace(style, rule=True)
    if name in {"strikeout", "strike-through"}:
        return replace(style, struck=True)
    if name.startswith(_CONTENTS) and name != "contents":
        return replace(style, contents=True)
    return style
