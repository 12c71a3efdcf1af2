"""ZIP archives: their members listed and read in memory, as the files of a folder are; nothing is ever unpacked to disk.

A member's name in records is its path inside the archive. Notion ends every name in 32 hexadecimal digits: these are taken off
where the names stay unique without them. Whatever is listed can be found again under the same name.
"""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from analyzer.reading.kinds import ZIP
from analyzer.reading.opening import opened
from analyzer.reading.text import UnreadableError

MOST_MEMBERS = 5_000
"""Notes in one archive; a page a day for ten years is fewer."""
LARGEST_MEMBER = 50 * 1024 * 1024
LARGEST_INNER = 100 * 1024 * 1024
"""Bytes of an archive inside the archive, which is held in memory; Notion and Google pack exports so."""
LARGEST_TOTAL = 100 * 1024 * 1024
"""Bytes of all notes of one archive, unpacked, and of all archives inside it."""
_MOST_INNER = 20
_MOST_PROBLEMS = 50
"""Lines about one archive; a hostile one has a hundred thousand members of which each would be one."""
_LARGEST_DIRECTORY = 4 * 1024 * 1024
"""Bytes of the list of members, which `zipfile` reads at once; room for about 30,000 of them."""
_RATIO = 200
"""Text and office files pack down to a tenth; only what is made to burst goes below a two-hundredth."""
_SMALL = 1024 * 1024
"""Bytes from which on the ratio matters."""
_LOCAL_HEAD = struct.Struct("<4s22xHH")
_ENCRYPTED, _UTF8 = 0x1, 0x800
_DRIVE = re.compile(r"[A-Za-z]:/")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_NOTION = re.compile(r"(?P<name>.{1,200}) [0-9a-f]{32}(?P<rest>(?:_all)?(?:\.[A-Za-z0-9]{1,10})?)")
_FARTHEST = 1 << 62
_DAMAGED = "damaged or cut off; export it again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file in an archive: its path there as records give it, where its bytes stand, and in which archive if not on disk."""

    name: str
    entry: zipfile.ZipInfo
    within: bytes | None = None


@dataclass(slots=True)
class Listing:
    """The notes of an archive, and what of it is not read: a member's name ('' for the archive) and the reason."""

    members: list[Member] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)


def list_archive(file: Path, suffixes: Collection[str]) -> Listing:
    """List the notes in an archive.

    Args:
        file: a ZIP archive.
        suffixes: of the formats that can be read.

    Returns:
        Its members in the order of their names, also those of archives directly inside it.

    Raises:
        UnreadableError: it is no archive, or is damaged as a whole.
        OSError: it cannot be opened.
    """
    with opened(file) as stream:
        found = _list(stream, suffixes, None)
        inner = [one for one in found.members if _suffix(one.name) == ZIP]
        found.members = [one for one in found.members if _suffix(one.name) != ZIP]
        budget = LARGEST_TOTAL
        for number, one in enumerate(inner):
            budget -= one.entry.file_size
            if number >= _MOST_INNER or budget < 0:
                message = (
                    f"not read, like {len(inner) - number - 1} more: too many archives in the archive; unpack it first"
                )
                found.problems.append((one.name, message))
                break
            _add(found, _inner(stream, one, suffixes), one.name)
    found.members.sort(key=lambda one: one.name)
    return _limited(found)


def read_member(file: Path, member: Member) -> bytes:
    """Return a member's bytes.

    Raises:
        UnreadableError: the archive is damaged at this place.
        OSError: the archive cannot be opened.
    """
    if member.within is not None:
        return _unpacked(BytesIO(member.within), member.entry)
    with opened(file) as stream:
        return _unpacked(stream, member.entry)


class _Directory:
    """A stream that `zipfile` may not read too much of at once: a list of members of any size would be taken whole."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream

    def read(self, size: int = -1) -> bytes:
        if size > _LARGEST_DIRECTORY:
            raise UnreadableError("it lists more files than an archive of notes can have")
        return self.stream.read(size if size >= 0 else _LARGEST_DIRECTORY)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self.stream.seek(offset, whence)

    def tell(self) -> int:
        return self.stream.tell()

    def seekable(self) -> bool:
        return True

    def close(self) -> None:
        """Leave the stream open; who opened it closes it."""


def _entries(stream: BinaryIO) -> list[zipfile.ZipInfo]:
    try:
        return zipfile.ZipFile(_Directory(stream)).infolist()
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        ValueError,
        OverflowError,
        EOFError,
        struct.error,
        OSError,
    ) as error:
        raise UnreadableError(f"a ZIP archive that is {_DAMAGED}") from error


def _list(stream: BinaryIO, suffixes: Collection[str], within: bytes | None) -> Listing:
    """List one archive without looking into those that are inside it."""
    found = Listing()
    kept: dict[str, zipfile.ZipInfo] = {}
    others: dict[str, list[str]] = {}
    for entry in _entries(stream):
        name = _written(entry)
        path = _CONTROLS.sub("_", "/".join(part for part in name.split("/") if part not in {"", "."}))
        if not path or name.endswith("/") or _is_hidden(name):
            continue
        suffix = _suffix(path)
        inner = suffix == ZIP
        if suffix not in suffixes and not inner:
            others.setdefault(suffix, []).append(path)
        elif reason := _why_not(name, entry, within, inner=inner):
            found.problems.append((path, f"not read: {reason}"))
        else:
            if path in kept:
                found.problems.append((path, "stands twice in the archive; the last one was read"))
            kept[path] = entry
    for name, path in _nice_names(kept):
        found.members.append(Member(name=name, entry=kept[path], within=within))
    found.problems += [_unknown(suffix, names) for suffix, names in others.items()]
    return found


def _inner(stream: BinaryIO, archive: Member, suffixes: Collection[str]) -> Listing:
    """List an archive inside the archive."""
    try:
        data = _unpacked(stream, archive.entry)
        return _list(BytesIO(data), suffixes, data)
    except UnreadableError as error:
        return Listing(problems=[("", f"not read: {error}")])


def _add(found: Listing, more: Listing, folder: str) -> None:
    found.members += [Member(name=f"{folder}/{one.name}", entry=one.entry, within=one.within) for one in more.members]
    found.problems += [(f"{folder}/{name}" if name else folder, message) for name, message in more.problems]


def _limited(found: Listing) -> Listing:
    """Cut a listing at its limits, with one line that says so."""
    more = len(found.problems) - _MOST_PROBLEMS
    if more > 0:
        found.problems[_MOST_PROBLEMS:] = [("", f"{more:,} more files in it were not read")]
    total, reason = 0, ""
    for place, one in enumerate(found.members):
        total += one.entry.file_size
        if place >= MOST_MEMBERS:
            reason = f"more than {MOST_MEMBERS:,} files of notes in one archive"
        elif total > LARGEST_TOTAL:
            reason = f"more than {LARGEST_TOTAL // 1024 // 1024} MB of notes in one archive"
        if reason:
            rest = len(found.members) - place
            message = f"{rest:,} files from {one.name} on were not read: {reason}; unpack it and give what matters"
            return Listing(found.members[:place], [*found.problems, ("", message)])
    return found


def _written(entry: zipfile.ZipInfo) -> str:
    """Return a member's name: in UTF-8 also where the archive does not say so, and with one kind of slash."""
    name = entry.orig_filename
    if not entry.flag_bits & _UTF8:
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = entry.orig_filename
    return name.replace("\\", "/")


def _is_hidden(name: str) -> bool:
    return any(part == "__MACOSX" or (part.startswith(".") and part.strip(".")) for part in name.split("/"))


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _why_not(name: str, entry: zipfile.ZipInfo, within: bytes | None, *, inner: bool) -> str:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    largest = LARGEST_INNER if inner else LARGEST_MEMBER
    size = max(entry.file_size, entry.compress_size)
    if name.startswith("/") or _DRIVE.match(name) or ".." in name.split("/"):
        return "its path leads out of the archive"
    if kind not in {0, stat.S_IFREG}:
        return "a link or device, not a file"
    if entry.flag_bits & _ENCRYPTED:
        return "it has a password; unpack the archive and give the folder"
    if inner and within is not None:
        return "an archive in an archive in an archive; unpack it first"
    if size > largest:
        return f"{size / 1024 / 1024:,.0f} MB, more than {largest // 1024 // 1024} MB"
    if entry.file_size > _SMALL and entry.file_size > _RATIO * entry.compress_size:
        return f"packed to less than 1/{_RATIO} of its size, as no notes are"
    if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        return "packed in an unusual way; unpack the archive and give the folder"
    return ""


def _unknown(suffix: str, names: list[str]) -> tuple[str, str]:
    """Say of the members of an unknown format that they are not read; pictures come in hundreds."""
    why = f"{suffix or 'no suffix'} is no format that is known"
    if len(names) == 1:
        return names[0], f"not read: {why}"
    return "", f"{len(names):,} files in it not read, such as {min(names)}: {why}"


def _nice_names(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield for each path the name that records give it, and the path."""
    names = {path: "/".join(_without_digits(part) for part in path.split("/")) for path in paths}
    while doubles := {name for name, count in Counter(names.values()).items() if count > 1}:
        names = {path: path if name in doubles else name for path, name in names.items()}
    for path, name in names.items():
        yield name, path


def _without_digits(part: str) -> str:
    match = _NOTION.fullmatch(part)
    return match["name"] + match["rest"] if match else part


def _unpacked(stream: BinaryIO, entry: zipfile.ZipInfo) -> bytes:
    """Unpack one member, never more than the archive's list says that it holds.

    By hand and not with `ZipFile.open`, for which the list would have to be read again for every member, or the file kept open.
    """
    if not 0 <= entry.header_offset < _FARTHEST:
        raise UnreadableError(_DAMAGED)
    stream.seek(entry.header_offset)
    head = stream.read(_LOCAL_HEAD.size)
    if len(head) < _LOCAL_HEAD.size or not head.startswith(b"PK\x03\x04"):
        raise UnreadableError(_DAMAGED)
    _, name, extra = _LOCAL_HEAD.unpack(head)
    stream.seek(name + extra, 1)
    data = stream.read(entry.compress_size)
    if entry.compress_type == zipfile.ZIP_DEFLATED:
        try:
            data = zlib.decompressobj(-zlib.MAX_WBITS).decompress(data, entry.file_size + 1)
        except zlib.error as error:
            raise UnreadableError(_DAMAGED) from error
    if len(data) != entry.file_size or zlib.crc32(data) != entry.CRC:
        raise UnreadableError(_DAMAGED)
    return data
