"""Which files are read: folders and archives listed in a fixed order, one table from suffix to reader, and limits."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from analyzer.errors import NotesNotFoundError, NothingToReadError
from analyzer.reading.agendas import without_citations
from analyzer.reading.archives import Member, list_archive, read_member
from analyzer.reading.formats.captions import read_srt, read_vtt
from analyzer.reading.formats.docx import read_docx
from analyzer.reading.formats.heard import heard
from analyzer.reading.formats.html import read_html, read_mhtml
from analyzer.reading.formats.odt import read_odt
from analyzer.reading.formats.org import read_org
from analyzer.reading.formats.pdf import read_pdf
from analyzer.reading.formats.plain import read_plain
from analyzer.reading.formats.rst import read_rst
from analyzer.reading.formats.rtf import read_rtf
from analyzer.reading.formats.sheets import read_csv, read_tsv, read_xlsx
from analyzer.reading.kinds import ZIP, reader_for
from analyzer.reading.opening import read_whole, refuse_size, why
from analyzer.reading.text import Text, UnreadableError
from analyzer.records import Problem

LARGEST = 50 * 1024 * 1024
"""Bytes of a file; office files hold pictures."""
LARGEST_TEXT = 10 * 1024 * 1024
"""Characters of notes in one file, read in half a minute and 300 MB; a year of notes is well under one million."""
MOST_LINES = 1_000_000
STATE = ".analyzer-state.json"
"""What writing leaves in a folder of outputs; a name alone says nothing, notes may be called anything."""
EARLIER = "not read: an earlier output of analyzer"
NO_NOTES = "not read: a settings or plan file, no notes"
_OUTPUT = re.compile(
    r"(?:(?:self-review|effort-impact|form-[\w-]{1,64}|(?:scan|report)(?:-[\w-]{1,100})?|team|turnaround|tracker)(?:\.new(?:-\d{1,4})?)?\.(?:md|docx|html|txt)|curation\.toml|review\.json|evidence\.(?:csv|jsonl)|problems\.txt)"
)
"""Names of outputs, where a state file lies beside them in the very folder that was given."""

_NOT_SHOWN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters, and bytes of a name that are no text: no citation could lead there, and no terminal show it."""

READERS: Mapping[str, Callable[[bytes], Text]] = {
    ".md": read_plain,
    ".markdown": read_plain,
    ".txt": read_plain,
    ".org": read_org,
    ".rst": read_rst,
    ".rest": read_rst,
    ".docx": read_docx,
    ".odt": read_odt,
    ".rtf": read_rtf,
    ".html": read_html,
    ".htm": read_html,
    ".doc": read_mhtml,
    ".mht": read_mhtml,
    ".mhtml": read_mhtml,
    ".pdf": read_pdf,
    ".vtt": read_vtt,
    ".srt": read_srt,
    ".csv": read_csv,
    ".tsv": read_tsv,
    ".xlsx": read_xlsx,
}
"""From suffix to the function that makes lines of a file's bytes."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file and the path that stands for it in records; the path of a file in an archive goes on behind the archive's own."""

    file: Path
    path: str
    archive: Path | None = None
    member: Member | None = None
    given: bool = False
    """Whether the user named this very file, so that it is read also where its name does not say what it is."""


def find_files(paths: Sequence[Path]) -> tuple[list[Found], list[Problem]]:
    """List the files among paths.

    Args:
        paths: files, folders and archives.

    Returns:
        Files in the order of their paths in records, each once, and what was passed over.

    Raises:
        NotesNotFoundError: a path that does not exist.
        NothingToReadError: a path that may not be looked at.
    """
    problems: list[Problem] = []
    listed: list[tuple[Path, Path]] = []
    for given in paths:
        _look_at(given)
        if given.is_dir():
            listed += [(given, file) for file in _walk(given, problems)]
        else:
            listed.append((given.parent, given))
    unique = list({file.resolve(): (root, file) for root, file in reversed(listed)}.values())[::-1]
    found = [one for root, file in unique for one in _expanded(root, file, problems)]
    names = _names([(root, one.file) for root, one in found])
    by_name = frozenset(paths)
    named = [replace(one, path=name, given=one.file in by_name) for name, (_, one) in zip(names, found, strict=True)]
    readable = [one for one in named if not _NOT_SHOWN.search(one.path)]
    problems += [_strange_name(one.path) for one in named if _NOT_SHOWN.search(one.path)]
    return sorted(readable, key=lambda one: one.path), sorted(problems, key=lambda one: one.path)


def read_file(found: Found) -> Text | Problem:
    """Read one file.

    Returns:
        Its lines, or why there are none.
    """
    try:
        return _read(found)
    except UnreadableError as error:
        return Problem(path=found.path, line=None, message=f"not read: {error}")
    except OSError as error:
        return Problem(path=found.path, line=None, message=f"not read: {why(error)}")


def lines_of(file: Path) -> tuple[str, ...]:
    """Return a file's lines as `read_file` numbers them.

    Args:
        file: a file on disk, or in an archive: ``export.zip/notes/2025.md``.

    Raises:
        OSError: there is no such file, or it cannot be read.
    """
    found = _locate(file)
    read = read_file(found) if found else None
    if read is None or isinstance(read, Problem):
        raise FileNotFoundError(read.message if read else f"no such file: {file}")
    return read.lines


def is_there(file: Path) -> bool:
    """Return whether there is a file at a path, on disk or in an archive."""
    return _locate(file) is not None


def _read(found: Found) -> Text:
    suffix = found.file.suffix.lower()
    if suffix == ".toml" and not found.given:
        raise UnreadableError(NO_NOTES.removeprefix("not read: "))
    if suffix not in READERS and (suffix or not found.given):
        hint = "" if suffix else "; give the file by its name to have it read"
        raise UnreadableError(f"{suffix or 'no suffix'} is no format that is known{hint}")
    if found.archive and found.member:
        data = read_member(found.archive, found.member)
    else:
        data = read_whole(found.file, LARGEST)
    kind, note = reader_for(data, suffix, READERS)
    if READERS[kind] is read_plain:
        refuse_size(len(data), LARGEST_TEXT)
    text = without_citations(heard(READERS[kind](data)))
    refuse_size(sum(map(len, text.lines)), LARGEST_TEXT)
    if len(text.lines) > MOST_LINES:
        raise UnreadableError(f"more than {MOST_LINES:,} lines")
    return replace(text, repairs=(note, *text.repairs)) if note else text


def _expanded(root: Path, file: Path, problems: list[Problem]) -> Iterator[tuple[Path, Found]]:
    """Yield a file, or the files in an archive."""
    if file.suffix.lower() != ZIP:
        yield root, Found(file, "")
        return
    name = file.relative_to(root).as_posix()
    try:
        listing = list_archive(file, READERS)
    except UnreadableError as error:
        problems.append(Problem(path=name, line=None, message=f"not read: {error}"))
        return
    except OSError as error:
        problems.append(Problem(path=name, line=None, message=f"not read: {why(error)}"))
        return
    for inside, message in listing.problems:
        path = f"{name}/{inside}" if inside else name
        problems.append(Problem(path=path, line=None, message=message))
    if not listing.members and not listing.problems:
        problems.append(Problem(path=name, line=None, message="not read: an empty archive"))
    for member in listing.members:
        yield root, Found(file / member.name, "", file, member)


def _locate(file: Path) -> Found | None:
    """Find a file on disk, or in the archive that its path leads through."""
    if file.is_file():
        return Found(file, file.name, given=True)
    for archive in file.parents:
        if archive.suffix.lower() == ZIP and archive.is_file():
            state = archive.stat()
            try:
                members = _members(archive.resolve(), state.st_size, state.st_mtime_ns)
            except UnreadableError:
                return None
            member = members.get(file.relative_to(archive).as_posix())
            return Found(file, file.name, archive, member) if member else None
    return None


@lru_cache(maxsize=1)
def _members(archive: Path, size: int, changed: int) -> Mapping[str, Member]:  # noqa: ARG001 - what the cache goes by
    return {one.name: one for one in list_archive(archive, READERS).members}


def _strange_name(path: str) -> Problem:
    shown = _NOT_SHOWN.sub("?", path)
    return Problem(path=shown, line=None, message="not read: its name holds signs that cannot be shown; rename it")


def _look_at(given: Path) -> None:
    """Raise an error for a path that is not there or that may not be looked at."""
    try:
        given.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise NotesNotFoundError(given) from None
    except OSError as error:
        raise NothingToReadError([given], [why(error)]) from error


def _walk(root: Path, problems: list[Problem]) -> Iterator[Path]:
    """Yield a folder's files; what is not walked into is a problem, except for what is hidden."""
    folders = [root]
    while folders:
        folder = folders.pop()
        for entry in _entries(folder, root, problems):
            if entry.is_symlink():
                _refuse_link(Path(entry.path), root, problems)
            elif entry.is_dir():
                folders.append(Path(entry.path))
            else:
                yield Path(entry.path)


def _entries(folder: Path, root: Path, problems: list[Problem]) -> list[os.DirEntry[str]]:
    """Return what is looked at in a folder: nothing hidden, and no earlier outputs."""
    name = folder.relative_to(root).as_posix()
    path_name = root.resolve().name or name if name == "." else name
    try:
        with os.scandir(folder) as scanned:
            entries = sorted(scanned, key=lambda one: one.name)
    except OSError as error:
        problems.append(Problem(path=path_name, line=None, message=f"not read: {why(error)}"))
        return []
    written = any(entry.name == STATE for entry in entries)
    outputs = [entry.name for entry in entries if written and _OUTPUT.fullmatch(entry.name)]
    if written and (name != "." or outputs):
        named = f" ({', '.join(outputs)})" if name == "." else ""
        problems.append(Problem(path=path_name, line=None, message=EARLIER + named))
        if name != ".":
            return []
    return [entry for entry in entries if not entry.name.startswith(".") and entry.name not in outputs]


def _refuse_link(path: Path, root: Path, problems: list[Problem]) -> None:
    """Say of a link that leads out of the folder that it is not followed; what it leads to inside is read anyway."""
    # realpath and not resolve(): a link that leads to itself is no error there
    if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root)):
        name = path.relative_to(root).as_posix()
        problems.append(Problem(path=name, line=None, message="not read: a link that leads out of the folder"))


def _names(pairs: Sequence[tuple[Path, Path]]) -> list[str]:
    """Name files relative to the folder given, with as much of the folder's own path as tells them apart."""
    names = [file.relative_to(root).as_posix() for root, file in pairs]
    for above in range(1, 6):
        doubles = {name for name, count in Counter(names).items() if count > 1}
        if not doubles:
            break
        names = [
            "/".join([*root.resolve().parts[-above:], file.relative_to(root).as_posix()]) if name in doubles else name
            for name, (root, file) in zip(names, pairs, strict=True)
        ]
    return names
