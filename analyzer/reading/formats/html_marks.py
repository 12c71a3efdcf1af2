"""How Google Docs, Notion, Confluence, Word and others mark check boxes, nesting, toggles and what is no text of the notes.

Each is known by its own mark-up, wherever it stands, so that a page copied from one into another is read right too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analyzer.reading.formats.html_css import Sheet, declarations

if TYPE_CHECKING:
    from lxml.html import HtmlElement

SKIPPED = frozenset(
    """script style template head noscript svg math iframe object embed canvas audio video select textarea title meta link xml
    ac:plain-text-body ac:task-id ac:task-uuid ac:placeholder colgroup datalist""".split()
)
BLOCKS = frozenset(
    """address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4
    h5 h6 header hr html li main menu nav ol p pre section summary table caption tbody td tfoot th thead tr ul ac:task
    ac:task-list ac:task-body ac:rich-text-body ac:layout ac:layout-section ac:layout-cell""".split()
)
ORDINARY = frozenset("p span b strong i em u s del strike li ul ol tr td th tbody h1 h2 h3 h4 h5 h6".split())
"""Without attributes, these are what their tag says and nothing else."""
_GOOGLE_LIST = re.compile(r"lst-kix_[\w-]{1,80}-(\d)$")
_WORD_LIST = re.compile(r"mso-list:\s{0,3}l\d{1,4}\s{1,3}level(\d)", re.IGNORECASE)
_MARGIN_NOTE = re.compile(r"(cmnt|ftnt)\d{1,5}$")
_TASK_LIST = re.compile(r"task|check|to-?do", re.IGNORECASE)
_FURNITURE = {
    "page-metadata": "about the page",
    "breadcrumb-section": "navigation of the page",
    "breadcrumbs": "navigation of the page",
    "toc-macro": "contents list",
    "table_of_contents": "contents list",
    "footer": "foot of the page",
}
_FURNITURE_TAGS = {"nav": "navigation of the page", "footer": "foot of the page", "button": "button of the page"}
_SIZES = {"1.875em": 1, "1.5em": 2, "1.25em": 3}


def classes_of(node: HtmlElement) -> list[str]:
    """Return an element's class names."""
    return str(node.get("class") or "")[:2_000].split()


def why_left_out(node: HtmlElement, classes: list[str], *, hidden: bool) -> str:
    """Return why an element's text is nobody's words about the work, '' where it is read."""
    if node.tag in _FURNITURE_TAGS:
        return _FURNITURE_TAGS[node.tag]
    for name in (*classes, str(node.get("id") or "")):
        if name in _FURNITURE:
            return _FURNITURE[name]
    # what a closed toggle hides is only folded away
    folded = "expand-content" in classes or "toggle" in classes
    if (hidden or node.get("hidden") is not None) and not folded and node.tag != "details":
        return "hidden on the page"
    if node.tag == "div" and (note := _margin_note(node)):
        return "comment in the margin" if note == "cmnt" else "footnote"
    return ""


def google_depth(classes: list[str]) -> int | None:
    """Return the nesting that Google Docs writes into the class of a list, whose lists all stand side by side."""
    found = next((match for name in classes if (match := _GOOGLE_LIST.match(name))), None)
    return int(found[1]) if found else None


def word_depth(style: str) -> int | None:
    """Return the nesting of a list item that Word wrote as a paragraph."""
    found = _WORD_LIST.search(style[:500]) if "mso-list" in style else None
    return max(0, int(found[1]) - 1) if found else None


def item_box(node: HtmlElement, classes: list[str], sheet: Sheet) -> bool | None:
    """Return whether a list item is ticked by its own or its list's mark-up, None where it shows no box (yet)."""
    parent = node.getparent()
    names = classes_of(parent) if parent is not None else []
    if sheet.boxes.intersection(names):
        return False
    said = node.get("data-checked") or node.get("aria-checked") or node.get("data-list")
    if said in {"true", "false", "checked", "unchecked"}:
        return said in {"true", "checked"}
    style = str(node.get("style") or "")
    if "--en-" in style:
        return declarations(style).get("--en-checked") == "true"
    if "inline-task-list" in names or any(_TASK_LIST.search(name) for name in names):
        if {"checked", "done", "completed"}.intersection(classes):
            return True
        if "inline-task-list" in names or "unchecked" in classes:
            return False
    return None


def inline_box(node: HtmlElement, classes: list[str]) -> bool | None:
    """Return whether an element that is itself a check box is ticked, None for any other element."""
    if node.tag == "input":
        return node.get("checked") is not None if str(node.get("type")).lower() == "checkbox" else None
    if node.tag == "en-todo" or node.get("role") == "checkbox":
        return "true" in {node.get("checked"), node.get("aria-checked")}
    if node.tag in {"div", "span"} and "checkbox" in classes and ({"checkbox-on", "checkbox-off"} & set(classes)):
        return "checkbox-on" in classes
    return None


def is_status(node: HtmlElement, classes: list[str]) -> bool:
    """Return whether an element is a coloured status label, as Confluence has them."""
    if node.tag == "ac:structured-macro":
        return str(node.get("ac:name")) == "status"
    return node.tag == "span" and (
        "status-macro" in classes or "aui-lozenge" in classes or node.get("data-node-type") == "status"
    )


def is_person(node: HtmlElement, classes: list[str]) -> bool:
    """Return whether a link stands for a person, so that where it leads is nothing to keep."""
    return "user-mention" in classes or "confluence-userlink" in classes or str(node.get("href")).startswith("mailto:")


def is_comment_mark(node: HtmlElement) -> bool:
    """Return whether a link is the "[a]" or "[1]" in the text that leads to a comment or footnote of Google Docs."""
    return bool(_MARGIN_NOTE.match(str(node.get("href") or "").removeprefix("#")))


def is_toggle(node: HtmlElement, classes: list[str]) -> bool:
    """Return whether an element folds its contents under a title."""
    if node.tag == "ac:structured-macro":
        return str(node.get("ac:name")) == "expand"
    return node.tag == "details" or "expand-container" in classes


def toggle_level(node: HtmlElement) -> int | None:
    """Return the level of a toggle whose title is a heading, as Notion and GitHub write it; None for any other."""
    summary = next((child for child in node if child.tag == "summary"), None)
    if summary is None:
        return None
    if any(child.tag in {"h1", "h2", "h3", "h4", "h5", "h6"} for child in summary):
        return 0
    return _SIZES.get(declarations(str(summary.get("style") or "")).get("font-size", ""))


def emoji_text(node: HtmlElement, classes: list[str]) -> str:
    """Return the character that a small picture stands for, '' for any other picture."""
    if not any("emoji" in name or "emoticon" in name for name in classes):
        return ""
    said = str(node.get("data-emoji-fallback") or node.get("alt") or "").strip()
    return {"(tick)": "✅", "(error)": "❌"}.get(said, said if len(said) <= 8 and not said.startswith("(") else "")


def _margin_note(node: HtmlElement) -> str:
    """Return cmnt or ftnt for the block at a page's end that holds one comment or footnote."""
    inner = node
    for _ in range(3):
        if inner.text and inner.text.strip():
            return ""
        first = next((child for child in inner if isinstance(child.tag, str)), None)
        if first is None:
            return ""
        if first.tag == "a":
            found = _MARGIN_NOTE.match(str(first.get("id") or ""))
            return found[1] if found else ""
        inner = first
    return ""
