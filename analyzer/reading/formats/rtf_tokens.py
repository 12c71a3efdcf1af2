"""RTF taken apart: control words, bytes and groups, and the characters that they stand for."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,9})?[ ]?|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])|(?P<brace>[{}])"
    r"|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\"
)
CHARACTERS = {
    "tab": "\t", "line": "\n", "emdash": "\u2014", "endash": "\u2013", "bullet": "\u2022", "lquote": "\u2018", "rquote": "\u2019",
    "ldblquote": "\u201c", "rdblquote": "\u201d", "emspace": " ", "enspace": " ", "qmspace": " ",
}  # fmt: skip
SIGNS = {"~": " ", "_": "-", "{": "{", "}": "}", "\\": "\\"}
SKIPPED = frozenset(
    """fonttbl colortbl stylesheet info listtable listoverridetable rsidtbl generator pict object themedata datastore latentstyles
    colorschememapping header headerl headerr headerf footer footerl footerr footerf footnote ftnsep ftnsepc ftncn aftnsep aftnsepc
    aftncn revtbl xmlnstbl filetbl private pn pnseclvl bkmkstart bkmkend atnid atnauthor atndate atnref atnicn nonshppict tc txe xe
    background formfield datafield fldtype userprops docvar mmathPr wgrffmtfilter template operator company category manager
    doccomm comment subject keywords hlinkbase creatim revtim printim buptim leveltext levelnumbers do sp sn sv""".split()
)
_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258",
    177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip


class Token(NamedTuple):
    """One token; ``kind`` is word, hex, sign, brace or text."""

    kind: str
    text: str
    number: int | None = None


def tokens(source: str) -> Iterator[Token]:
    """Return the tokens of a file, binary data left out."""
    place = 0
    while found := _TOKEN.match(source, place):
        place = found.end()
        kind = found.lastgroup
        if found["word"]:
            number = int(found["number"]) if found["number"] else None
            if found["word"] == "bin" and number:
                place += max(0, number)
                continue
            yield Token("word", found["word"], number)
        elif kind:
            yield Token(kind, found[kind])


def encoding_of(word: str, number: int | None) -> str:
    """Return the encoding that a control word of the head asks for, '' for any other word."""
    if word == "ansicpg" and number:
        try:
            return codecs.lookup(f"cp{number}").name
        except LookupError:
            return "cp1252" if number != 10000 else "mac_roman"
    return {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}.get(word, "")


def charset_encoding(number: int | None) -> str:
    """Return the encoding of a font's character set, '' for that of the document."""
    return _CHARSETS.get(number or 0, "")
