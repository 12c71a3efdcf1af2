"""What one line is by its form: marks of lists, headings, quotes, tables and rules. No line is looked at twice as long."""

from __future__ import annotations

import re
from dataclasses import dataclass

_INDENT = re.compile(r"[ \t]*")
_BULLET = re.compile(r"(?:[-*+•–—·‣◦○▪■●➤∙⁃]|\d{1,3}[.)]|[a-zA-Z]\))(?:[ \t]+|$)|[•‣◦▪●➤⁃](?=\S)|[-–](?=[^\W\d_])")
_BOX = re.compile(r"(?:\\?\[(?P<mark>[ xX✓✔-]?)\\?\]|(?P<glyph>[☐☑☒✅✔□]))(?:[ \t]+|$)")
_BARE_BOX = re.compile(r"(?:\\?\[[ xX]\\?\]|[☐☑☒□])[ \t]+")
_HEADING = re.compile(r"(#{1,6})(?:[ \t]+|$)")
_QUOTE = re.compile(r"(?:>[ \t]?){1,20}")
_CALLOUT = re.compile(r"\[!\w{1,20}\][+-]?[ \t]*")
_RULE = re.compile(r"(?:[-*_=~•–—][ \t]*){3,}$")
_FENCE = re.compile(r"(`{3,}|~{3,})")
_IMAGE = re.compile(r"!\[[^\]\n]{0,300}\]\([^)\n]{0,2000}\)$|!\[\[[^\]\n]{0,300}\]\]$")
_TAGS_ONLY = re.compile(r"(?:</?[a-zA-Z][^<>\n]{0,300}>[ \t]*){1,20}$")
_LINK_TARGET = re.compile(r"\[[^\]^\n]{1,100}\]:[ \t]{0,5}\S{1,2000}$")
_STAMP = re.compile(
    r"[*_]{0,3}(?:created|created at|created on|updated|last updated|last edited|last edited time|modified|exported|printed)"
    r"(?:[ \t]by)?[*_]{0,3}:[*_]{0,3}[ \t]",
    re.IGNORECASE,
)
_STRUCK = re.compile(r"~~(?P<text>[^~\n]{1,2000})~~$")
_TAB = 4
_CHECKED = frozenset("xX✓✔☑☒✅")


@dataclass(frozen=True, slots=True)
class Line:
    """One line taken apart; ``kind`` is item, heading, quote, rule, fence, comment, skip, blank or text."""

    kind: str
    text: str
    indent: int = 0
    level: int = 0
    checked: bool | None = None
    struck: bool = False
    ordinary: bool = True
    """False for a quoted line, whose text may itself have been a list item."""


def take_apart(line: str) -> Line:
    """Return what a line is by its form.

    Args:
        line: one line without its end.

    Returns:
        The line's kind, and its text without marks; for ``skip`` the text is the reason.
    """
    width, body = _measure(line)
    if not body:
        return Line("blank", "")
    for reason, expression in (
        ("image", _IMAGE),
        ("HTML tag", _TAGS_ONLY),
        ("link target", _LINK_TARGET),
        ("time stamp", _STAMP),
    ):
        if expression.match(body):
            return Line("skip", reason, width)
    if _RULE.match(body):
        return Line("rule", body, width)
    if fence := _FENCE.match(body):
        return Line("fence", fence[1][0], width)
    if body.startswith("<!--"):
        return Line("comment", body, width)
    if heading := _HEADING.match(body):
        return Line("heading", body[heading.end() :].rstrip("#").strip(), width, level=len(heading[1]))
    if quote := _QUOTE.match(body):
        return _quoted(body[quote.end() :].strip(), quote[0].count(">"))
    return _listed(body, width)


def is_table_rule(line: str) -> bool:
    """Return whether a line is the rule under a table's head, such as ``| --- | :-: |``."""
    body = line.strip()
    return "|" in body and "-" in body and not body.strip("|:- \t")


def row_text(line: str) -> str:
    """Return a table row as written, without the bars at its ends."""
    return line.strip().strip("|").strip()


def is_front_matter(lines: list[str]) -> bool:
    """Return whether lines between two rules at the top of a file read like properties."""
    return all(not line.strip() or line[0] in " \t-#" or ":" in line or "=" in line for line in lines)


def _measure(line: str) -> tuple[int, str]:
    lead = _INDENT.match(line)
    indent = lead[0] if lead else ""
    width = 0
    for character in indent:
        width += _TAB - width % _TAB if character == "\t" else 1
    return width, line[len(indent) :].rstrip()


def _listed(body: str, width: int) -> Line:
    bullet = _BULLET.match(body)
    if not bullet and not _BARE_BOX.match(body):
        return Line("text", body, width)
    rest = body[bullet.end() :] if bullet else body
    checked, struck = None, False
    if box := _BOX.match(rest):
        mark = box["mark"] if box["mark"] is not None else box["glyph"]
        if box["glyph"] != "✅" or not rest[box.end() :]:
            checked, struck = mark in _CHECKED, mark == "-"
            rest = rest[box.end() :]
    if whole := _STRUCK.match(rest):
        rest, struck = whole["text"], True
    return Line("item", rest, width, checked=checked, struck=struck)


def _quoted(text: str, level: int) -> Line:
    if callout := _CALLOUT.match(text):
        title = text[callout.end() :]
        return Line("heading", title, level=6) if title else Line("skip", "callout mark")
    if not text:
        return Line("skip", "empty quote")
    inner = _listed(text, 0)
    return Line("quote", inner.text, 0, level, inner.checked, inner.struck, ordinary=inner.kind != "item")
