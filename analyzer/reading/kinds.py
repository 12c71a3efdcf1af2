"""What a file is by its first bytes, where its name says something else: a PDF called notes.txt, a text called notes.docx."""

from __future__ import annotations

from collections.abc import Collection

from analyzer.reading.repair import why_not_text
from analyzer.reading.text import UnreadableError

ZIP = ".zip"
_HEAD = 1024
"""A PDF's mark may stand behind some bytes of a mail server or printer."""
_PACKED = frozenset((".docx", ".odt", ".pdf", ".rtf", ".xlsx", ZIP))
"""Formats whose first bytes tell; all others are text."""
_NAMES = {
    ".pdf": "a PDF",
    ".docx": "a Word document",
    ".xlsx": "an Excel workbook",
    ".odt": "an OpenDocument text",
    ".rtf": "an RTF document",
    ".html": "a web page",
    ".txt": "plain text",
    ZIP: "a ZIP archive",
}
_FOREIGN = (
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an old Office document, or one with a password; save it as .docx or .xlsx without one",
    ),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it first"),
    (b"Rar!\x1a\x07", "a RAR archive; unpack it first"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (b"BZh", "a bzip2 archive; unpack it first"),
    (b"\xfd7zXZ\x00", "an xz archive; unpack it first"),
    (b"\x89PNG\r\n\x1a\n", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"SQLite format 3\x00", "a database"),
)
_PAGE = (b"<!doctype html", b"<html")


def reader_for(data: bytes, suffix: str, known: Collection[str]) -> tuple[str, str]:
    """Say as what a file is to be read.

    Args:
        data: the file's bytes.
        suffix: of its name, lower case with its dot; '' for none.
        known: the suffixes that there are readers for.

    Returns:
        The suffix whose reader takes the file, and a note for the report where that is not the one of its name.

    Raises:
        UnreadableError: by its bytes or its name it is nothing that can be read.
    """
    kind = suffix_of(data)
    plain = not kind and suffix in known and suffix not in _PACKED
    if plain or (kind and kind == suffix):
        return suffix, ""
    if not kind:
        if suffix and suffix not in known:
            raise UnreadableError(f"{suffix} is no format that is known")
        if suffix and why_not_text(data):
            return suffix, ""
        kind = ".html" if _is_page(data) and ".html" in known else ".txt"
    if kind not in known:
        hint = "; name it .zip, or unpack it" if kind == ZIP else ""
        raise UnreadableError(f"by its content {_NAMES[kind]}, which {suffix or 'its name'} does not say{hint}")
    return kind, f"read as {_NAMES[kind]}, which it is by its content" if suffix else f"read as {_NAMES[kind]}"


def suffix_of(data: bytes) -> str:
    """Return the suffix that a file should have by its first bytes, '' where they do not tell.

    Raises:
        UnreadableError: the bytes are those of a kind of file that holds no notes.
    """
    if data.startswith(b"PK\x03\x04"):
        return _package(data)
    if b"%PDF-" in data[:_HEAD]:
        return ".pdf"
    if data.startswith(b"{\\rtf"):
        return ".rtf"
    for mark, what in _FOREIGN:
        if data.startswith(mark):
            raise UnreadableError(f"by its content {what}")
    return ""


def _package(data: bytes) -> str:
    """Tell the office formats, which are ZIP archives, from an archive of files."""
    if b"mimetypeapplication/vnd.oasis.opendocument.text" in data[:200]:
        return ".odt"
    if b"[Content_Types].xml" in data or b"_rels/.rels" in data:
        return ".xlsx" if b"xl/workbook" in data else ".docx"
    return ZIP


def _is_page(data: bytes) -> bool:
    return data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_PAGE)
