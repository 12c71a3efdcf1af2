"""RTF as Word, TextEdit, LibreOffice and pandoc write it.

An own reader: what is general keeps the words only, and this one keeps headings, nesting, bold, strike-through, links and tables,
in time linear in the file's length. A place is "paragraph N", counted as on a page (see `html_pieces`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from analyzer.reading.formats.html_pieces import write
from analyzer.reading.formats.html_runs import Run, Style, link_target
from analyzer.reading.formats.rtf_page import Page, Paragraph
from analyzer.reading.formats.rtf_tokens import CHARACTERS, SIGNS, SKIPPED, charset_encoding, encoding_of, tokens
from analyzer.reading.repair import repair_string
from analyzer.reading.text import Outline, Text, UnreadableError

_DEEPEST = 1_000
_MOST_STYLES = 10_000
_LONGEST_MARKER = 20
_HEADING = re.compile(r"(?:heading|überschrift|titre|título|kop|rubrik)\s(\d)", re.IGNORECASE)
_LINK = re.compile(r"HYPERLINK\s{1,3}\"([^\"]{1,2000})\"")
_PLAIN = Style()
_MEASURED = frozenset(("fonttbl", "stylesheet", "info"))


@dataclass(frozen=True, slots=True)
class _Group:
    """What a group hands to the groups in it; ``into`` says where its text goes: page, marker, link, style, title or nowhere."""

    into: str = "page"
    style: Style = _PLAIN
    font: int = -1
    skip: int = 1
    """Characters that stand in for a Unicode one, for old readers."""


@dataclass(slots=True)
class _Reader:
    group: _Group = field(default_factory=_Group)
    stack: list[_Group] = field(default_factory=list)
    encoding: str = "cp1252"
    fonts: dict[int, str] = field(default_factory=dict)
    waiting: list[str] = field(default_factory=list)
    """Bytes of characters in hexadecimal: in some encodings two make a character."""
    to_skip: int = 0
    starred: bool = False
    page: Page = field(default_factory=Page)
    aside: dict[str, list[str]] = field(default_factory=dict)
    """The text of groups that go elsewhere, by where."""
    href: str = ""
    closed: bool = False

    def run(self, source: str) -> None:
        for token in tokens(source):
            if token.kind != "hex" and self.waiting:
                self._decode()
            if token.kind == "brace":
                self._brace(token.text)
                if self.closed:
                    break
            elif token.kind == "word":
                self.to_skip = 0
                self._word(token.text, token.number)
            elif token.kind == "sign":
                self._sign(token.text)
            elif token.kind == "hex":
                if self.to_skip:
                    self.to_skip -= 1
                else:
                    self.waiting.append(token.text)
            else:
                words = token.text[self.to_skip :]
                self.to_skip = max(0, self.to_skip - len(token.text))
                self._text(words.encode("latin-1").decode(self._encoding(), errors="replace"))
        if self.waiting:
            self._decode()
        self.page.end()

    def _brace(self, brace: str) -> None:
        self.to_skip, self.starred = 0, False
        if brace == "{":
            if len(self.stack) >= _DEEPEST:
                raise UnreadableError("groups nested too deep; save it anew as .docx")
            self.stack.append(self.group)
            return
        inner = self.group
        if self.stack:
            self.group = self.stack.pop()
        self.closed = not self.stack
        if inner.into != self.group.into:
            self._left(inner.into)

    def _left(self, into: str) -> None:
        """Use the text of a group that has ended."""
        text = "".join(self.aside.pop(into, []))
        if into == "link":
            found = _LINK.search(text[:4_000])
            self.href = link_target(found[1]) if found else ""
        elif into == "field":
            self.href = ""
        elif into == "stylesheet":
            self.page.paragraph = Paragraph()
        elif into == "style":
            found = _HEADING.search(text[:200])
            if found and len(self.page.headings) < _MOST_STYLES:
                self.page.headings[self.page.paragraph.style] = int(found[1])
        elif into == "title":
            self.aside["properties"] = [" ".join(text.split())]
        elif into == "marker":
            self.page.paragraph.list = self.page.paragraph.list or 1
            self.page.marker = text[:_LONGEST_MARKER]
        elif into == "annotation":
            self._end_aside(text)

    def _end_aside(self, text: str) -> None:
        if words := " ".join(text.split()):
            self.page.runs.append(Run(words, Style(reason="comment in the margin")))

    def _word(self, word: str, number: int | None) -> None:
        if word in {"fonttbl", "stylesheet", "info"} or self.group.into in _MEASURED | {"style"}:
            self._head(word, number)
        elif word in {"listtext", "pntext"}:
            self._into("marker")
        elif word == "fldinst":
            self._into("link")
        elif word == "field":
            self._into("field" if self.group.into == "page" else self.group.into)
        elif word == "annotation":
            self._into("annotation")
        elif word in SKIPPED or (self.starred and word not in {"shpinst", "shptxt"}):
            self._into("nowhere")
        elif word == "u" and number is not None:
            self._text(chr(number % 0x10000))
            self.to_skip = self.group.skip
        elif word in CHARACTERS:
            self._text(CHARACTERS[word])
        elif encoding := encoding_of(word, number):
            self.encoding = encoding
        elif self.group.into in {"page", "field"} and self.page.take(word, number):
            pass
        else:
            self._look(word, number)
        self.starred = False

    def _head(self, word: str, number: int | None) -> None:
        """Fonts, styles and the title, which stand in the file's head."""
        into = self.group.into
        if word in _MEASURED:
            self._into(word)
        elif into == "fonttbl" and word == "f":
            self.group = replace(self.group, font=number or 0)
        elif into == "fonttbl" and word == "fcharset" and len(self.fonts) < _MOST_STYLES:
            self.fonts[self.group.font] = charset_encoding(number)
        elif into in {"stylesheet", "style"} and word == "s":
            self.page.paragraph.style = number or 0
            self._into("style")
        elif into == "info" and word == "title":
            self._into("title")
        elif into == "info":
            self._into("nowhere")

    def _into(self, into: str) -> None:
        if self.group.into != "nowhere":
            self.group = replace(self.group, into=into)

    def _look(self, word: str, number: int | None) -> None:
        group, on = self.group, number != 0
        if word == "b":
            group = replace(group, style=group.style._replace(bold=on))
        elif word in {"strike", "striked"}:
            group = replace(group, style=group.style._replace(struck=on))
        elif word in {"v", "deleted"}:
            reason = "hidden in the document" if word == "v" else "deleted, with changes tracked"
            group = replace(group, style=group.style._replace(reason=reason if on else ""))
        elif word == "plain":
            group = replace(group, style=Style())
        elif word == "f":
            group = replace(group, font=number or 0)
        elif word == "uc":
            group = replace(group, skip=min(max(number or 0, 0), 10))
        self.group = group

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self.starred = True
        elif sign in "\r\n":
            if self.group.into in {"page", "field"}:
                self.page.end_paragraph()
        elif sign in SIGNS:
            self._text(SIGNS[sign])

    def _decode(self) -> None:
        data = bytes.fromhex("".join(self.waiting))
        self.waiting = []
        self._text(data.decode(self._encoding(), errors="replace"))

    def _encoding(self) -> str:
        return self.fonts.get(self.group.font, "") or self.encoding

    def _text(self, text: str) -> None:
        into = self.group.into
        if into in {"page", "field"}:
            self.page.runs.append(Run(text, self.group.style._replace(href=self.href if into == "field" else "")))
        elif into not in {"nowhere", *_MEASURED}:
            self.aside.setdefault(into, []).append(text)


def read_rtf(data: bytes) -> Text:
    """Read an RTF file.

    Args:
        data: the file.

    Returns:
        Its paragraphs, list items and table rows as lines; a place is "paragraph N", the Nth block with text.

    Raises:
        UnreadableError: no RTF, or no words in it.
    """
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        raise UnreadableError("no RTF in it; if it opens as plain text, rename it to .txt, else save it as .docx")
    reader = _Reader()
    reader.run(data.decode("latin-1"))
    out = Outline()
    write(reader.page.pieces, out)
    if not any(out.lines):
        raise UnreadableError("no words in it; open it and save it as .docx")
    if not reader.closed:
        out.problems.append((None, "the file breaks off before its end; what is missing was not read"))
    out.properties += [("title", title) for title in reader.aside.get("properties", []) if title]
    text, repairs = repair_string("\n".join(out.lines))
    out.lines = text.split("\n")
    out.repairs += repairs
    return out.text()
