"""Opening what a draft cites: from its link definitions to the lines of the notes as they are now."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from analyzer.drafting.supported import Place
from analyzer.errors import AnalyzerError
from analyzer.fingerprint import fingerprint
from analyzer.reading.files import is_there

LoadLines = Callable[[Path], Sequence[str]]
DEFINITION = re.compile(r"^\[([^\[\]]+)\]:\s{0,3}(\S+?)(?:#L(\d{1,9})(?:-L(\d{1,9}))?)?(?: \"([0-9a-f]{4,64})\")?\s*$")
"""A citation's label, file, first and last line, and the fingerprint of those lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One thing that does not hold: where in the draft, which line of the notes, and why."""

    line: int
    """Line of the draft, 1-based."""
    text: str
    reason: str
    note: str | None = None
    note_line: int | None = None
    kind: str = "words"
    """As of `analyzer.drafting.supported.Finding`; ``uncited`` where there is no citation at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """Where a draft's citations lead, and which of them lead nowhere."""

    places: Mapping[str, Place]
    failures: tuple[Failure, ...]
    moved: int
    """Stretches that stand elsewhere in their file, word for word; their places are where they stand now."""
    unopened: tuple[tuple[str, int], ...]
    """Files that cannot be opened, each with the number of citations that lead to it."""
    unchecked: frozenset[str]
    """Labels of the citations of those files."""


def open_places(draft: Path, lines: Sequence[str], notes: Sequence[Path] | None, load_lines: LoadLines) -> Opened:
    """Open every line that a draft's link definitions lead to.

    Args:
        draft: the draft's path, which its links start from.
        lines: the draft's lines.
        notes: files and folders to look in before the links are followed.
        load_lines: how a file of notes is read into lines.
    """
    places: dict[str, Place] = {}
    failures: list[Failure] = []
    files: dict[str, tuple[str, ...] | None] = {}
    lost: dict[str, str] = {}
    moved = 0
    for number, line in enumerate(lines, start=1):
        match = DEFINITION.match(line)
        if not match:
            continue
        name = unquote(match[2])
        if name not in files:
            files[name] = _load(_note_file(draft, name, notes), load_lines)
        whole = files[name]
        if whole is None:
            lost[match[1]] = name
            whole = ()
        place, reason = _place(match, name, whole)
        if place.start is not None and match[3] and place.start != int(match[3]):
            moved += 1
        if reason and match[1] not in lost:
            failures.append(
                Failure(line=number, text=line, reason=reason, note=name, note_line=place.start, kind="citation")
            )
        places[match[1]] = place
    return Opened(
        places=places,
        failures=tuple(failures),
        moved=moved,
        unopened=tuple(Counter(lost.values()).items()),
        unchecked=frozenset(lost),
    )


def _place(match: re.Match[str], name: str, whole: tuple[str, ...]) -> tuple[Place, str]:
    """Return where a definition leads, and what is wrong with it: '' for nothing, or for words that stand elsewhere."""
    if not match[3]:
        return Place(name, None, None, whole, whole), ""
    start = int(match[3])
    end = int(match[4] or start)
    cut = whole[start - 1 : end] if start else ()
    outside = not 1 <= start <= end <= len(whole)
    if match[5] and (outside or fingerprint(cut) != match[5]):
        at = _found(whole, start, end - start + 1, match[5])
        if at is not None:
            length = end - start
            return Place(name, at, at + length, whole[at - 1 : at + length], whole), ""
    reason = (
        "the cited line has changed since the draft was written" if match[5] and fingerprint(cut) != match[5] else ""
    )
    if outside:
        reason = f"{name} has {len(whole)} lines and no line {end}"
    return Place(name, start, end, cut, whole), reason


def _found(lines: Sequence[str], start: int, length: int, known: str) -> int | None:
    """Return the line nearest to the cited one from which a stretch has the fingerprint, None if there is none."""
    starts = (at for at in range(1, len(lines) - length + 2) if fingerprint(lines[at - 1 : at - 1 + length]) == known)
    return min(starts, key=lambda at: abs(at - start), default=None) if length > 0 else None


def _note_file(draft: Path, name: str, notes: Sequence[Path] | None) -> Path:
    """Return where a file of notes is: among the paths given, or beside the draft as its link says."""
    parts = Path(name).parts
    # the way to the folder is the user's own; what a link adds to it may not lead out of it again
    tails = [parts[at:] for at in range(len(parts)) if ".." not in parts[at:] and not Path(*parts[at:]).is_absolute()]
    for given in notes or ():
        if given.is_file() and given.name == Path(name).name:
            return given
        if inside := next((one for tail in tails if is_there(one := given.joinpath(*tail))), None):
            return inside
    return draft.parent / name


def _load(path: Path, load_lines: LoadLines) -> tuple[str, ...] | None:
    try:
        return tuple(load_lines(path))
    except (OSError, AnalyzerError, UnicodeDecodeError):
        return None
