"""A draft on disk, held against the notes that it cites."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from analyzer.bounded_file import read_bounded
from analyzer.drafting.phrases import SHARING
from analyzer.errors import BadFileError, NotesNotFoundError
from analyzer.intake import read_items
from analyzer.reading import lines_of
from analyzer.settings import Settings
from analyzer.sharing import roles_for
from analyzer.toml_file import toml_text
from analyzer.verifying import LARGEST_DRAFT, Verification, verify_draft

PLAN_SUFFIX = ".toml"


def check_draft(draft: Path, notes: Path | None = None, settings: Settings | None = None) -> Verification:
    """Reopen the notes and check each citation of a draft; where roles stand in it, with the same roles in the notes.

    Args:
        draft: a draft that `write_review` wrote, edited or not.
        notes: the folder or file of the notes, None to follow the draft's own links.
        settings: those of the run that wrote a draft with roles.

    Raises:
        AnalyzerError: the draft or the notes do not exist, the draft is no text, or it has roles and no notes are given.
    """
    if told := replaced_in(draft):
        if notes is None:
            reason = "names in it are replaced by roles; say with --notes which notes it was made from, to compare it with them"
            raise BadFileError(draft, "", reason)
        with_roles = _lines_with_roles(draft, notes, (settings or Settings()), told)
        return verify_draft(draft, None, load_lines=with_roles)
    return verify_draft(draft, [notes] if notes else None, load_lines=_lines)


def replaced_in(draft: Path) -> str:
    """Return whose names a draft says are replaced: ``all``, ``others``, or '' for nobody's."""
    try:
        text = read_bounded(draft, LARGEST_DRAFT).decode("utf-8-sig")
    except (BadFileError, UnicodeDecodeError):
        return ""
    return "all" if SHARING["roles"] in text else "others" if SHARING["roles_others"] in text else ""


def _lines_with_roles(draft: Path, notes: Path, settings: Settings, told: str) -> Callable[[Path], Sequence[str]]:
    """Return how the notes are read with the roles of a draft in them."""
    if not notes.exists():
        raise NotesNotFoundError(notes)
    settings = settings.model_copy(update={"redacted": told == "all"})
    reading, items, _ = read_items([notes], settings)
    roles = roles_for(items, reading.documents, reading.roster, settings)[1]
    lines = {roles.path(one.path): list(map(roles.text, one.lines)) for one in reading.documents}

    def load(path: Path) -> Sequence[str]:
        name = path.relative_to(draft.parent).as_posix()
        if name not in lines:
            raise NotesNotFoundError(path)
        return lines[name]

    return load


def _lines(path: Path) -> list[str]:
    """Return the lines that citations of a file count: of notes as they are read, of a plan as it is written."""
    if path.suffix.lower() == PLAN_SUFFIX and path.is_file():
        return toml_text(path).splitlines()
    return list(lines_of(path))


__all__ = ["check_draft", "replaced_in"]
