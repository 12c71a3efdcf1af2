"""Putting lines into a file of the user's: at one place, whole or not at all, every other byte as it was.

The file is never decoded and written again: the new bytes are put between the old ones, so that damage, mixed encodings and
mixed line ends stay what they are.
"""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path

from analyzer.errors import OutputError
from analyzer.placing import FILE_MODE, alone_in, place, reason

WRITABLE = (".md", ".markdown", ".txt")
"""Formats whose lines are the file's own, in which a comment can stand."""
_END = re.compile(rb"\r\n|\r|\n")
_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Encodings of several bytes a character; all others end their lines with single bytes. UTF-32 goes first: its mark begins
like that of UTF-16."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """How the bytes of a file are characters."""

    name: str
    wide: bool = False

    def shown(self, text: str) -> str:
        """Return a text without the signs that this encoding has no bytes for."""
        kept = text.encode(self.name, "ignore").decode(self.name)
        return text if kept == text else re.sub(r"  +", " ", kept)


def encoding_of(data: bytes, repairs: Sequence[str] = ()) -> Encoding:
    """Return the encoding in which a file is written on.

    Args:
        data: the file's bytes.
        repairs: what its reader said of it ("read as Windows-1252").
    """
    said = " ".join(repairs)
    for mark, name in _WIDE:
        if data.startswith(mark):
            return Encoding(name=name, wide=True)
    if "read as UTF-16" in said:
        return Encoding(name="utf-16-le" if data[1:2] == b"\0" else "utf-16-be", wide=True)
    if any(one.startswith("read as Windows-1252") for one in repairs):
        return Encoding(name="cp1252")
    return Encoding(name="mac_roman" if "read as Mac Roman" in said else "utf-8")


def inserted(data: bytes, lines: Sequence[str], before: int | None, encoding: Encoding) -> tuple[int, bytes]:
    """Return where new lines go into a file, and their bytes.

    Args:
        data: the file's bytes.
        lines: what to put in; each ends as the file's lines do.
        before: the line, 1-based, that they go above; None for the end of the file.
        encoding: of the file.

    Returns:
        The offset and the bytes. Where they go to the end of a file whose last line has no end, they begin with one and
        have none either.
    """
    starts, newline = _lines(data, encoding)
    text = newline.join(lines)
    if before is not None and before <= len(starts):
        return starts[before - 1], (text + newline).encode(encoding.name)
    last = data[starts[-1] :].decode(encoding.name, "replace") if starts else ""
    open_end = bool(last.strip("\ufeff"))
    return len(data), (newline + text if open_end else text + newline).encode(encoding.name)


def _lines(data: bytes, encoding: Encoding) -> tuple[list[int], str]:
    """Return the offsets at which lines begin, the last one being that behind the last line end, and how most lines end."""
    mark = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
    if encoding.wide:
        mark = next((len(bom) for bom, name in _WIDE if name == encoding.name and data.startswith(bom)), 0)
        text = data[mark:].decode(encoding.name, "surrogatepass")
        ends = [(match.end(), match[0]) for match in re.finditer(r"\r\n|\r|\n", text)]
        starts, at, offset = [mark], 0, mark
        for end, _ in ends:
            offset += len(text[at:end].encode(encoding.name, "surrogatepass"))
            starts.append(offset)
            at = end
        found = [one for _, one in ends]
    else:
        matches = list(_END.finditer(data, mark))
        starts = [mark, *(match.end() for match in matches)]
        found = [match[0].decode("ascii") for match in matches]
    return starts, max(dict.fromkeys(found), key=found.count, default="\n")


def ends_in_text(data: bytes, encoding: Encoding) -> bool:
    """Return whether the last line of a file that has words is its last line, so that an empty one has to follow."""
    starts, _ = _lines(data, encoding)
    tail = data[starts[-2] if len(starts) > 1 else starts[-1] :].decode(encoding.name, "replace")
    return bool(tail.strip("\ufeff \t\r\n"))


def write_into(path: Path, data: bytes, offset: int, new: bytes, *, backup: str) -> Path:
    """Put bytes into a file, and keep what it was beside it.

    Args:
        path: the file.
        data: its bytes as they were read; if it changed since, nothing is written.
        offset: where the new bytes go.
        new: the bytes.
        backup: what the name of the backup ends in, before ``.bak``.

    Returns:
        The backup: hidden, so that no folder of notes is read with it, and readable by the user alone.

    Raises:
        OutputError: the file changed or cannot be written; it is as it was then.
        StoppedError: the user stopped the program; it is as it was, or the message says that it is new.
    """
    target = path.resolve()
    try:
        with alone_in(target.parent):
            if target.read_bytes() != data:
                raise OutputError(path, "it has changed since it was read; run the command again")
            kept = _backup(target, data, backup)
            kept_already = kept.exists()
            if kept_already:
                kept.chmod(FILE_MODE)
            contents = [(kept, data), (target, data[:offset] + new + data[offset:])]
            place(contents[kept_already:], {target: target.stat().st_mode & 0o777})
    except OSError as error:
        raise OutputError(path, reason(error)) from error
    return kept


def backup_ending(day: date) -> str:
    """Return what the name of a backup ends in that was made before an agenda was put in."""
    return f"before-{day}"


def _backup(path: Path, data: bytes, ending: str) -> Path:
    """Return the first name for a backup under which nothing stands, or a backup of the same bytes."""
    for number in count(1):
        kept = path.with_name(f".{path.name}.{ending}{f'-{number}' if number > 1 else ''}.bak")
        if not os.path.lexists(kept) or (kept.is_file() and not kept.is_symlink() and kept.read_bytes() == data):
            return kept
    raise AssertionError
