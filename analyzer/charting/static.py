"""From a specification to a static SVG or PNG: the only place that calls the renderer.

The renderer writes SVG with addresses of a web site before each link, with empty groups and with roles that say nothing. What
leaves here has links as they were given, a title and a name on each mark that says something, no script, no style and no address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

import vl_convert

from analyzer.charting.texts import width_of

_VEGA_LITE = "6.4"
"""The version that Altair writes for."""
_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_SAYS_NOTHING = ("aria-roledescription", "stroke-miterlimit", "class", "cursor")
_HIDDEN = "aria-hidden"
_DECIMALS = re.compile(r"-?(?<!\d)\d+\.\d{3,}")
_KNOWN = re.compile(r"[\u0020-\u024f\u0370-\u052f\u2010-\u2026\u20ac]*")
"""Texts that the renderer's own font can write: Latin, Greek, Cyrillic, and the marks of print."""
_STAND_IN = "~q"
PNG_SCALE = 2
"""Pixels of a PNG for each pixel of the chart."""


def svg_of(specification: dict[str, Any], *, prefix: str) -> str:
    """Render a specification.

    Args:
        specification: of Vega-Lite, with its links as ``href`` in the data.
        prefix: what ids begin with, so that several charts can stand in one page.

    Returns:
        The SVG, without an XML declaration.
    """
    stand_ins: dict[str, str] = {}
    known = _with_stand_ins(specification, stand_ins)
    drawn = vl_convert.vegalite_to_svg(known, vl_version=_VEGA_LITE, allowed_base_urls=[])
    root = ET.fromstring(drawn)  # noqa: S314 - written by the renderer a line above
    _put_back(root, stand_ins)
    _clean(root)
    _label(root, str(specification.get("description", "")))
    _own_ids(root, prefix)
    ET.register_namespace("", _SVG)
    return ET.tostring(root, encoding="unicode")


def png_of(svg: str) -> bytes:
    """Return an SVG as the bytes of a PNG."""
    return bytes(vl_convert.svg_to_png(svg, scale=PNG_SCALE))


def _with_stand_ins(part: Any, stand_ins: dict[str, str]) -> Any:
    """Return a specification in which texts that the renderer's own font cannot write are letters that it can, as wide.

    To measure such a text the renderer would look through every font of the machine, which takes seconds, and the places in
    the chart would depend on what it finds.
    """
    if isinstance(part, dict):
        texts = part.get("text")
        changed = {name: _with_stand_ins(one, stand_ins) for name, one in part.items()}
        if isinstance(texts, str):
            changed["text"] = _stand_in(texts, stand_ins)
        for name in ("text", "subtitle"):
            if isinstance(part.get(name), list):
                changed[name] = [_stand_in(line, stand_ins) for line in part[name]]
        return changed
    if isinstance(part, list):
        return [_with_stand_ins(one, stand_ins) for one in part]
    return part


def _stand_in(text: str, stand_ins: dict[str, str]) -> str:
    if _KNOWN.fullmatch(text):
        return text
    letters = f"{_STAND_IN}{len(stand_ins)}{_STAND_IN}"
    letters += "n" * (round(width_of(text, 1) / width_of("n", 1)) - len(letters))
    stand_ins[letters] = text
    return letters


def _put_back(root: ET.Element, stand_ins: dict[str, str]) -> None:
    for element in root.iter():
        if element.text in stand_ins:
            element.text = stand_ins[element.text]


def size_of(svg: str) -> tuple[int, int]:
    """Return the pixels of a chart that `svg_of` made, across and down."""
    root = ET.fromstring(svg)  # noqa: S314 - written here
    return int(root.attrib["width"]), int(root.attrib["height"])


def _clean(root: ET.Element) -> None:
    """Take out what draws nothing and what only the renderer needs."""
    for parent in list(root.iter()):
        for child in list(parent):
            if _draws_nothing(child):
                parent.remove(child)
    for element in root.iter():
        for name in (*_SAYS_NOTHING, f"{{{_XLINK}}}href", "pointer-events", "style"):
            if name == f"{{{_XLINK}}}href" and name in element.attrib:
                element.set("href", _as_given(element.attrib[name]))
            element.attrib.pop(name, None)
        if element.get("opacity") == "1":
            del element.attrib["opacity"]
        for name, value in element.attrib.items():
            if name in {"transform", "d", "x2", "y2"}:
                element.set(name, _DECIMALS.sub(lambda number: f"{float(number[0]):.2f}", value))
    _drop_empty(root)


def _draws_nothing(element: ET.Element) -> bool:
    bare = element.get("fill") is None and element.get("stroke") is None
    return element.tag == f"{{{_SVG}}}path" and (
        element.get("display") == "none" or (bare and element.get("class") in {"background", "foreground"})
    )


def _drop_empty(element: ET.Element) -> None:
    for child in list(element):
        _drop_empty(child)
        if child.tag == f"{{{_SVG}}}g" and len(child) == 0:
            element.remove(child)


_BASE = re.compile(r"https://vega\.github\.io/vega-datasets/")


def _as_given(address: str) -> str:
    """Return a link without the web site that the renderer puts before an address within the page."""
    return _BASE.sub("", address, count=1)


def _label(root: ET.Element, description: str) -> None:
    """Name the chart and each mark that says something, once; all else is for the eye alone."""
    root.attrib.update({"role": "group", "aria-label": description})
    parents = {child: parent for parent in root.iter() for child in parent}
    for element in list(root.iter()):
        if element is root:
            continue
        said = element.attrib.pop("aria-label", None)
        element.attrib.pop("role", None)
        if not said or element.tag == f"{{{_SVG}}}g":
            continue
        parent = parents[element]
        holder = parent if parent.tag == f"{{{_SVG}}}a" else element
        holder.set("aria-label", said)
        if holder is element:
            holder.set("role", "img")
        title = ET.Element(f"{{{_SVG}}}title")
        title.text = said
        holder.insert(0, title)
    for element in root.iter():
        element.attrib.pop(_HIDDEN, None)
    for text in _unnamed_texts(root, named=False):
        text.set(_HIDDEN, "true")


def _unnamed_texts(element: ET.Element, *, named: bool) -> Iterator[ET.Element]:
    """Yield the texts outside of anything that has a name: they repeat what names and titles say."""
    for child in element:
        if child.tag == f"{{{_SVG}}}text" and not named and "aria-label" not in child.attrib:
            yield child
        yield from _unnamed_texts(child, named=named or "aria-label" in child.attrib)


def _own_ids(root: ET.Element, prefix: str) -> None:
    """Put a prefix before each id and each reference to one."""
    for element in root.iter():
        if "id" in element.attrib:
            element.set("id", f"{prefix}-{element.attrib['id']}")
        for name, value in element.attrib.items():
            if value.startswith("url(#"):
                element.set(name, f"url(#{prefix}-{value[5:]}")
