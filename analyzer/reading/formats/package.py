"""The parts of a DOCX or ODT file: members of a zip archive and the XML in them, read within limits.

A part that is asked for is unpacked up to a limit and no further, whatever the archive says about its size; parts that nobody
asks for (pictures, fonts) are never unpacked. XML is parsed without entities, without a DTD and without the network; libxml2
itself refuses nesting deeper than 256.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator
from typing import Any, TypeAlias

from analyzer.reading.text import UnreadableError

Element: TypeAlias = Any
"""An element of lxml, which has no types of its own."""

LARGEST_PART = 32 * 1024 * 1024
"""Bytes; the text of a year of notes is well under one megabyte, that of a book under ten."""
MOST_MEMBERS = 10_000
MOST_NODES = 500_000
"""Elements, and attributes, of one part; each takes one to two hundred bytes of memory."""
_TIGHTEST = 400
"""Times that a large part may be larger unpacked; real office files stay under one hundred."""
_LARGE = 4 * 1024 * 1024
_MEMBER = b"PK\x01\x02"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
    KeyError,
)


class Package:
    """An open office file."""

    def __init__(self, data: bytes, kind: str) -> None:
        """Open it.

        Args:
            data: the file.
            kind: what it ought to be ("DOCX"), for messages.

        Raises:
            UnreadableError: it is none, is encrypted, is damaged, or holds more members than any real one.
        """
        if data.startswith(_OLE):
            raise UnreadableError(_why_ole(data, kind))
        if not data.startswith(b"PK"):
            raise UnreadableError(f"no {kind} file, whatever its name says")
        # counted before the archive is opened: its list of members is read whole into memory
        if data.count(_MEMBER) > MOST_MEMBERS:
            raise UnreadableError(f"a {kind} file with more than {MOST_MEMBERS:,} parts")
        self._damaged = (
            f"an incomplete or damaged {kind} file; get it once more, or save it anew in the program it is from"
        )
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN:
            raise UnreadableError(self._damaged) from None

    def read(self, name: str) -> bytes | None:
        """Unpack a part.

        Args:
            name: as the archive has it.

        Returns:
            Its bytes, None where there is no such part.

        Raises:
            UnreadableError: it is encrypted, damaged or far too large.
        """
        if name not in self._archive.NameToInfo:
            return None
        info = self._archive.getinfo(name)
        if info.flag_bits & 1:
            raise UnreadableError("encrypted; save a copy without the password")
        if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise UnreadableError(self._damaged)
        try:
            with self._archive.open(info) as part:
                data = part.read(LARGEST_PART + 1)
        except _BROKEN:
            raise UnreadableError(self._damaged) from None
        if len(data) > LARGEST_PART:
            raise UnreadableError(f"more than {LARGEST_PART // 1024 // 1024} MB when it is unpacked")
        if len(data) > _LARGE and len(data) > _TIGHTEST * max(1, info.compress_size):
            raise UnreadableError("unpacks to far more than any real document does (a zip bomb?)")
        return data

    def xml(self, name: str) -> Element | None:
        """Return the root of a part that is XML, None where there is no such part.

        Raises:
            UnreadableError: as for `read`, or it is no XML.
        """
        data = self.read(name)
        return None if data is None else parse_xml(data, self._damaged)


def parse_xml(data: bytes, damaged: str) -> Element:
    """Parse XML of an unknown hand.

    Args:
        data: the document.
        damaged: the message where it is no XML.

    Raises:
        UnreadableError: no well-formed XML, or too deep or too large.
    """
    from lxml import etree  # type: ignore[import-untyped,unused-ignore]  # noqa: PLC0415 - other formats need not wait for it

    if data.count(b"<") > 2 * MOST_NODES or data.count(b"=") > MOST_NODES:
        raise UnreadableError(f"more than {MOST_NODES:,} pieces of text and mark-up")
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise UnreadableError(damaged) from None
    if root is None:  # pragma: no cover - libxml2 raises where there is no root
        raise UnreadableError(damaged)
    return root


def local(element: Element) -> str:
    """Return an element's name without its namespace, '' for what is no element.

    Names are told apart without namespaces: the strict and the transitional kind of DOCX differ in nothing else.
    """
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attr(element: Element | None, name: str) -> str | None:
    """Return an attribute's value by its name without namespace."""
    if element is not None:
        for key, value in element.attrib.items():
            if str(key).rpartition("}")[2] == name:
                return str(value)
    return None


def child(element: Element | None, *names: str) -> Element | None:
    """Return what stands at the end of a path of names, each the first of that name."""
    for name in names:
        element = next((one for one in element if local(one) == name), None) if element is not None else None
    return element


def inside(parent: Element, wanted: Collection[str], without: Collection[str] = ()) -> Iterator[Element]:
    """Yield the outermost elements of some names below one, in order.

    Args:
        parent: where to look.
        wanted: their names; nothing below a found one is looked at.
        without: names of elements that are not looked into.
    """
    stack = [iter(parent)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
        elif local(element) in wanted:
            yield element
        elif local(element) not in without and len(element):
            stack.append(iter(element))


def number(text: str | None, default: int = 0, most: int = 1_000) -> int:
    """Return a small number that an attribute holds, the default where it holds none."""
    body = (text or "").strip()
    return min(int(body), most) if body.isascii() and body.isdigit() and len(body) <= 9 else default


def _why_ole(data: bytes, kind: str) -> str:
    """Tell an encrypted file from one of the old binary formats; both are the same kind of container."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "encrypted; save a copy without the password"
    if "WordDocument".encode("utf-16-le") in data:
        return "an old .doc file; open it and save it as .docx"
    return f"no {kind} file: encrypted, or of an old format; open it and save it as .docx"
