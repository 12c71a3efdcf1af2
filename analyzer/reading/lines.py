"""What one line is by its form: marks of lists, headings, quotes, tables and rules. No line is looked at twice as long."""

from __future__ import annotations

import re
from dataclasses import dataclass

_INDENT = re.compile(r"[ \t]*")
_BULLET = re.compile(r"(?:[-*+•–—·‣◦○▪■●➤∙⁃]|\d{1,3}[.)]|[a-zA-Z]\))(?:[ \t]+|$)|[•‣◦▪●➤⁃](?=\S)|[-–](?=[^\W\d_])")
_BOX = re.compile(r"(?:\\?\[(?P<mark>[ xX✓✔/><!?*~-]?)\\?\]|(?P<glyph>[☐☑☒✅✔□]))(?:[ \t]+|$)")
_BARE_BOX = re.compile(r"(?:\\?\[[ xX]\\?\]|[☐☑☒□])[ \t]+")
_HEADING = re.compile(r"(#{1,6})(?:[ \t]+|$)")
_QUOTE = re.compile(r"(?:>[ \t]?){1,20}")
_CALLOUT = re.compile(r"\[!(?P<type>[\w-]{1,30})(?:\|[^\]\n]{0,60})?\][+-]?[ \t]*")
_SUMMARY = re.compile(r"(?:<details[^<>\n]{0,200}>[ \t]*)?<summary[^<>\n]{0,200}>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,200}>")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,30}\]:[ \t]+(?=\S)")
_FIELD = re.compile(r"[*_]{0,3}[^\W\d_][\w -]{0,30}[*_]{0,3}::[ \t]+\S")
_DOUBLE_COLON = re.compile(r"(?<=[\w*_])::(?=[ \t])")
_BLOCK_ID = re.compile(r"(?:^|[ \t])\^(?=[A-Za-z0-9-]{0,40}[a-z])[A-Za-z0-9-]{4,40}$")
_INLINE = re.compile(
    r"(?P<code>`[^`\n]{1,500}`)|~~(?=[^~\s])(?P<struck>[^~\n]{1,2000})(?<=\S)~~"
    r"|(?<!\w)==(?=[^\s=])(?P<marked>[^=\n]{1,500})(?<=\S)==(?!\w)"
)
_SIGNED = re.compile(r"(?:—|―|--)[ \t]?(?=[^\W\d_a-z])[\w.'’-]{1,30}(?: [\w.'’-]{1,30}){0,4}(?:,.{0,100})?$")
"""Who said what is quoted, under the quotation: "— Ada Lin"."""
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
_TAB = 4
_STATES = {"/": "[in progress] "}
"""What a box says beyond ticked or not, as a tag; "-" strikes the item out."""
_CHECKED = frozenset("xX✓✔☑☒✅")


@dataclass(frozen=True, slots=True)
class Line:
    """One line taken apart.

    ``kind`` is item, heading, quote, callout, summary, rule, fence, comment, skip, blank or text.
    """

    kind: str
    text: str
    indent: int = 0
    level: int = 0
    checked: bool | None = None
    struck: bool = False
    ordinary: bool = True
    """False for a quoted line, whose text may itself have been a list item."""
    apart: bool = False
    """Whether the line never goes on from the one above."""
    quoted: bool = False
    """Whether a callout is one for the words of others."""


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
    if _opens_comment(body):
        return Line("comment", body, width)
    body = _without_asides(body)
    if not body:
        return Line("skip", "comment", width)
    if heading := _HEADING.match(body):
        return Line("heading", _heading_text(body[heading.end() :]), width, level=len(heading[1]))
    if summary := _SUMMARY.match(body):
        return _folded(body[summary.end() :], width)
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


def _opens_comment(body: str) -> bool:
    """Return whether a line begins a comment that no words of the line stand behind."""
    if body.startswith("<!--"):
        return "-->" not in body[:-3]
    return body.startswith("%%") and body.find("%%", 2) < 0


def _without_asides(body: str) -> str:
    """Take off what is written in a line and shown to nobody: comments and the name of a block."""
    for opens, closes in (("<!--", "-->"), ("%%", "%%")):
        start = body.find(opens)
        parts, at = [], 0
        while start >= 0 and (end := body.find(closes, start + len(opens))) >= 0:
            parts.append(
                body[at:start].rstrip() if body[end + len(closes) :].startswith((" ", "\t")) else body[at:start]
            )
            at = end + len(closes)
            start = body.find(opens, at)
        body = "".join([*parts, body[at:]]) if parts else body
    return _BLOCK_ID.sub("", body).strip() if "^" in body else body.strip()


def _said(text: str) -> tuple[str, bool]:
    """Take out what is struck, and the marks of what is highlighted; also return whether all of it is struck."""
    if "::" in text:
        text = _DOUBLE_COLON.sub(":", text)
    if "~~" not in text and "==" not in text:
        return text, False
    left = " ".join(_INLINE.sub(lambda match: match["code"] or match["marked"] or "", text).split())
    if not any(character.isalnum() for character in left):
        return (text, False) if "~~" not in text else (" ".join(text.replace("~~", "").split()), True)
    return left if left != " ".join(text.split()) else text, False


def _heading_text(text: str) -> str:
    """Return a heading's words; a struck one keeps its marks, so that it opens nothing."""
    return _INLINE.sub(lambda match: match["marked"] or match[0], text.rstrip("#").strip())


def _folded(rest: str, width: int) -> Line:
    """Read the line of a toggle's title; what stands behind the title on the same line makes it an ordinary line."""
    title, _, more = rest.partition("</summary>")
    words, behind = (" ".join(_TAG.sub(" ", part).split()) for part in (title, more))
    if "</details" not in rest and not behind:
        return Line("summary", words, width)
    text = f"{words}: {behind}" if words and behind else words or behind
    return Line("text", text, width, apart=True) if text else Line("skip", "HTML tag", width)


def _listed(body: str, width: int) -> Line:
    bullet = _BULLET.match(body)
    if not bullet and not _BARE_BOX.match(body):
        return _written(body, width)
    rest = body[bullet.end() :] if bullet else body
    if _IMAGE.match(rest):
        return Line("skip", "image", width)
    checked, struck, state = None, False, ""
    if box := _BOX.match(rest):
        mark = box["mark"] if box["mark"] is not None else box["glyph"]
        if box["glyph"] != "✅" or not rest[box.end() :]:
            checked, struck, state = mark in _CHECKED, mark == "-", _STATES.get(mark, "")
            rest = rest[box.end() :]
    said, whole = _said(rest)
    return Line("item", state + said if said else "", width, checked=checked, struck=struck or whole)


def _written(body: str, width: int) -> Line:
    """Return an unmarked line: prose, a footnote, or a field ("key:: value")."""
    note = _FOOTNOTE.match(body)
    said, struck = _said(body[note.end() :] if note else body)
    apart = note is not None or _FIELD.match(body) is not None
    return Line("text", said, width, struck=struck, apart=apart)


def _quoted(text: str, level: int) -> Line:
    if callout := _CALLOUT.match(text):
        return Line("callout", text[callout.end() :], level=level, quoted=callout["type"].lower() in {"quote", "cite"})
    if not text:
        return Line("skip", "empty quote")
    if _SIGNED.match(text):
        return Line("quote", text, 0, level)
    inner = _listed(text, 0)
    if inner.kind == "skip":
        return inner
    return Line("quote", inner.text, 0, level, inner.checked, inner.struck, ordinary=inner.kind != "item")
