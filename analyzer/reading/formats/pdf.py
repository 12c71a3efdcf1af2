"""PDF with a text layer: by its tags where it has them, else by how its lines are set. Places are "page 3, line 12".

Nothing is recognised in pictures. A file is read whole or said to be cut off, locked or empty of text; of a very long one the
first pages are read, and how many.
"""

from __future__ import annotations

import re
import warnings
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from analyzer.reading.text import Outline, Text, UnreadableError

if TYPE_CHECKING:
    from pdfplumber.pdf import PDF

    from analyzer.reading.formats.pdf_pages import Page

_MOST_PAGES = 300
_MOST_GLYPHS = 1_200_000
"""Of all pages; a novel has 600,000."""
_MOST_UNPACKED = 64 * 1024 * 1024
"""Bytes that one compressed part of a file may unpack to."""
_ALL_UNPACKED = 512 * 1024 * 1024
_LAYERS = 3
_BITE = 64 * 1024
_END = 4 * 1024
"""Bytes at the end of a file among which its end mark stands; some programs add to it."""
_STREAM = re.compile(rb"stream\r?\n")
_NO_TITLE = re.compile(r"untitled|\(anonymous\)|microsoft word|\.(?:docx?|pdf|md|html?|pages|odt)$|^$", re.IGNORECASE)
_NO_LIBRARY = "reading PDF needs one more package: pip install pdfplumber"
_LOCKED = "it is locked with a password; save a copy without one"
_CUT_OFF = "it is cut off or damaged; export or copy it again"
_PICTURES = "no text in it, only pictures; export the notes as text, or run text recognition (OCR) on it first"
_BOMB = "a part of it unpacks to more than any notes need"


def read_pdf(data: bytes) -> Text:
    """Read a PDF.

    Args:
        data: the file's bytes.

    Returns:
        One line for each paragraph, item or table row.

    Raises:
        UnreadableError: it is locked, cut off, has no text, or the library that reads it is not installed.
    """
    try:
        import pdfplumber  # noqa: F401, PLC0415 - heavy, and an extra

        from analyzer.reading.formats import pdf_pages  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise UnreadableError(_NO_LIBRARY) from error
    if b"%PDF-" not in data[:1024]:
        raise UnreadableError("no PDF inside")
    if b"%%EOF" not in data[-_END:]:
        raise UnreadableError(_CUT_OFF)
    _refuse_bombs(data)
    pdf_pages.quiet()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about small faults of the file
        return _opened(data)


def _opened(data: bytes) -> Text:
    import pdfplumber  # noqa: PLC0415

    try:
        file = pdfplumber.open(BytesIO(data), pages=list(range(1, _MOST_PAGES + 1)), raise_unicode_errors=False)
        count = len(file.pages)
    except Exception as error:  # damaged files raise anything, from KeyError to RecursionError
        raise UnreadableError(_LOCKED if _is_locked(error) else _CUT_OFF) from error
    if not count:
        raise UnreadableError(_CUT_OFF)
    return _read(file)


def _read(file: PDF) -> Text:
    from analyzer.reading.formats.pdf_lines import write_lines  # noqa: PLC0415
    from analyzer.reading.formats.pdf_tagged import tags_of, write_tagged  # noqa: PLC0415

    out = Outline()
    pages = _pages(file, out)
    if not any(page.lines or page.grids for page in pages):
        raise UnreadableError(_PICTURES if pages else _CUT_OFF)
    title = str(file.metadata.get("Title") or "").strip()
    if title and not _NO_TITLE.search(title):
        out.properties.append(("title", " ".join(title.split())[:200]))
    tags = tags_of(file, pages)
    if tags:
        write_tagged(tags, pages, out)
    else:
        write_lines(pages, out)
    return out.text()


def _pages(file: PDF, out: Outline) -> list[Page]:
    """Draw the pages, and say which were not."""
    from analyzer.reading.formats.pdf_pages import TooMuchError, draw  # noqa: PLC0415

    pages: list[Page] = []
    glyphs = 0
    bare = 0
    for page in file.pages:
        try:
            drawn = draw(page)
        except TooMuchError:
            out.problems.append(
                (None, f"page {page.page_number} was not read: it draws more than any page of notes does")
            )
            continue
        except Exception:  # noqa: BLE001 - damaged pages raise anything, and the other pages are read all the same
            out.problems.append((None, f"page {page.page_number} was not read: it is damaged"))
            continue
        finally:
            page.close()
        pages.append(drawn)
        bare += not drawn.lines and not drawn.grids
        glyphs += sum(len(line.glyphs) for line in drawn.lines)
        if glyphs > _MOST_GLYPHS:
            break
    last = pages[-1].number if pages else 0
    if glyphs > _MOST_GLYPHS or len(file.pages) >= _MOST_PAGES:
        out.problems.append((None, f"only the first {last} pages were read: it is too long; split it"))
    if 0 < bare < len(pages):
        what = "a page has" if bare == 1 else f"{bare} pages have"
        out.problems.append((None, f"{what} no text, only pictures or nothing"))
    return pages


def _is_locked(error: BaseException) -> bool:
    """Return whether a file could not be opened for want of a password; pdfplumber wraps what pdfminer says."""
    return any("Password" in type(one).__name__ or "Encryption" in type(one).__name__ for one in (error, *error.args))


def _refuse_bombs(data: bytes) -> None:
    """Unpack each compressed part to a limit and throw it away: the library unpacks without one."""
    whole = 0
    for found in _STREAM.finditer(data):
        packed = data[found.end() : found.end() + 2]
        if len(packed) < 2 or packed[0] & 0x0F != 8 or int.from_bytes(packed, "big") % 31:
            continue
        part = memoryview(data)[found.end() :]
        for _ in range(_LAYERS):
            part = memoryview(_unpacked(part))
            whole += len(part)
            if len(part) >= _MOST_UNPACKED or whole > _ALL_UNPACKED:
                raise UnreadableError(_BOMB)
            if len(part) < 2 or part[0] & 0x0F != 8 or int.from_bytes(part[:2], "big") % 31:
                break


def _unpacked(packed: memoryview) -> bytes:
    """Unpack in small bites, as the end of a part is known only from the inside."""
    machine = zlib.decompressobj()
    found = bytearray()
    for start in range(0, len(packed), _BITE):
        try:
            found += machine.decompress(packed[start : start + _BITE], _MOST_UNPACKED - len(found))
        except zlib.error:
            break
        if machine.eof or len(found) >= _MOST_UNPACKED:
            break
    return bytes(found)
