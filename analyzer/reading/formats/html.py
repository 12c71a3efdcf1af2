"""HTML as Google Docs, Notion, Confluence, Word, Evernote and plain editors export it, and pages packed as MIME.

An own reader of the page's elements: what converters to Markdown lose are nesting by class, check boxes, toggles and strike-through.
Which product wrote a page is never asked; each mark is known by itself (`html_marks`).
"""

from __future__ import annotations

import re

from analyzer.reading.formats.html_css import Sheet
from analyzer.reading.formats.html_pieces import write
from analyzer.reading.formats.html_walk import Walk
from analyzer.reading.repair import repair_string, repair_text, why_not_text
from analyzer.reading.text import Outline, Text, UnreadableError

_MOST_TAGS = 1_000_000
"""A year of weekly notes exported by Google has about 20,000."""
_MOST_PARTS = 50
_MOST_RULES = 2_000_000
_HEAD = 4_096
_CHARSET = re.compile(rb"(?:charset|encoding)[ ]{0,3}=[ ]{0,3}[\"']?[ ]{0,3}([\w.:-]{1,40})", re.IGNORECASE)
_KNOWN_CHARSET = re.compile(
    r"(?:windows-?|cp)\d{3,4}|iso-?8859-?\d{1,2}|latin-?\d|koi8-[ru]|mac(?:intosh|-?roman)|x-mac-roman|shift[_-]?jis|euc-(?:jp|kr)"
    r"|gbk|gb2312|gb18030|big5"
)
_SAME_CHARSET = {
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
}
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_UNTITLED = frozenset(("untitled", "untitled document", "document", "page"))
_BINARY_WORD = b"\xd0\xcf\x11\xe0"


def read_html(data: bytes) -> Text:
    """Read an HTML page.

    Args:
        data: the file.

    Returns:
        Its headings, paragraphs, list items and table rows as lines; a place is "paragraph N", the Nth block with text.

    Raises:
        UnreadableError: no text, or more tags than any notes have.
    """
    return _read(data, "")


def read_mhtml(data: bytes) -> Text:
    """Read a page packed as MIME, as the "Word export" of Confluence (.doc) and saved web pages (.mht) are.

    Raises:
        UnreadableError: a real Word file, or nothing with a page in it.
    """
    if data.startswith(_BINARY_WORD):
        raise UnreadableError("an old Word file; open it and save it as .docx")
    if data.startswith(b"PK\x03\x04"):
        raise UnreadableError("a .docx under another name; rename it to .docx")
    start = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"{\\rtf"):
        from analyzer.reading.formats.rtf import read_rtf  # noqa: PLC0415  # a file of the other kind is rare

        return read_rtf(data)
    if start.startswith((b"<html", b"<!doctype html", b"<?xml", b"<!--", b"<head", b"<body")):
        return read_html(data)
    if data.count(b"boundary=") + data.count(b"message/rfc822") > _MOST_PARTS:
        raise UnreadableError("too many parts in one file")
    from email import message_from_bytes  # noqa: PLC0415  # only this format needs it

    for part in message_from_bytes(data).walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            if isinstance(page, bytes) and page.strip():
                return _read(page, part.get_content_charset() or "")
    raise UnreadableError("no page in it; open it in Word and save it as .docx")


def _read(data: bytes, charset: str) -> Text:
    from lxml import etree, html  # noqa: PLC0415  # 30 ms that other formats need not wait for

    if data.count(b"<") > _MOST_TAGS:
        raise UnreadableError("more than a million tags; save the page anew with less in it, or as text")
    source, repairs = _decode(data, charset)
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    markup = _CONTROLS.sub(" ", _without_cdata(source)).encode("utf-8", errors="replace")
    try:
        root = html.document_fromstring(markup, parser=parser)
    except etree.ParserError:
        raise UnreadableError("no text on the page") from None
    walk = Walk(_sheet_of(root))
    walk.run(root)
    out = Outline(repairs=list(repairs), properties=_title_of(root) + walk.properties)
    write(walk.pieces, out)
    if not any(line.strip() for line in out.lines):
        raise UnreadableError(
            "no text on the page; if it loads its text from elsewhere, export it as .docx or Markdown"
        )
    if any("Excessive depth" in error.message for error in parser.error_log):
        out.problems.append((None, "tags are nested too deep; what stands after that point was not read"))
    _repair(out)
    return out.text()


def _decode(data: bytes, charset: str) -> tuple[str, tuple[str, ...]]:
    """Decode a page: as UTF-8 where it is valid, else as it says itself."""
    if reason := why_not_text(data):
        raise UnreadableError(reason)
    said = _CHARSET.search(data[:_HEAD])
    name = (said[1].decode("ascii", errors="replace") if said else charset).lower()
    if _KNOWN_CHARSET.fullmatch(name) and not _is_utf8(data):
        name = _SAME_CHARSET.get(name, name)
        try:
            decoded = data.decode(name, errors="replace")
        except LookupError:
            return repair_text(data)
        text, repairs = repair_string(decoded)
        return text, _told(repairs)
    text, repairs = repair_text(data)
    return text, _told(repairs)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return True


def _told(repairs: tuple[str, ...]) -> tuple[str, ...]:
    """Drop what is no damage on a page, where non-breaking spaces are lay-out."""
    return tuple(repair for repair in repairs if repair != "non-breaking spaces")


def _repair(out: Outline) -> None:
    """Repair damage that stood in the page as entities."""
    text, repairs = repair_string("\n".join(out.lines))
    out.lines = text.split("\n")
    out.repairs += [repair for repair in _told(repairs) if repair not in out.repairs]


def _without_cdata(source: str) -> str:
    """Write what stands in CDATA as text; an HTML parser would take it for a comment."""
    if "<![CDATA[" not in source:
        return source
    first, *rest = source.split("<![CDATA[")
    parts = [first]
    for piece in rest:
        inner, mark, after = piece.partition("]]>")
        parts += [inner.replace("&", "&amp;").replace("<", "&lt;"), after] if mark else [piece]
    return "".join(parts)


def _sheet_of(root: object) -> Sheet:
    from lxml.html import HtmlElement  # noqa: PLC0415

    sheet = Sheet()
    if isinstance(root, HtmlElement):
        for style in root.iter("style"):
            sheet.add((style.text or "")[:_MOST_RULES])
    return sheet


def _title_of(root: object) -> list[tuple[str, str]]:
    from lxml.html import HtmlElement  # noqa: PLC0415

    found = root.find(".//head/title") if isinstance(root, HtmlElement) else None
    title = " ".join((found.text or "").split()) if found is not None else ""
    return [("title", title)] if title and title.casefold() not in _UNTITLED else []
