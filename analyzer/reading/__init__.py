"""Reading: paths to documents, meetings and blocks, with every line accounted for.

`read_paths` reads files and folders, `read_text` a document in memory. Nothing here knows what a line means: it says where
meetings, headings and items are, on which day, and who writes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from analyzer.errors import NothingToReadError
from analyzer.reading.agendas import without_citations
from analyzer.reading.dayorder import common_order
from analyzer.reading.document import Sketch, finish, sketch
from analyzer.reading.doubles import without_doubles
from analyzer.reading.files import EARLIER, NO_NOTES, find_files, lines_of, read_file
from analyzer.reading.formats.heard import heard
from analyzer.reading.formats.plain import text_of
from analyzer.reading.names import same_person
from analyzer.reading.private import PRIVATE
from analyzer.reading.roster import find_roster
from analyzer.reading.several import choose_files
from analyzer.records import Document, Problem, Roster
from analyzer.settings import Settings

OTHERS = "not read: 1:1 of"
"""What a file of somebody else's is reported with, where the user said whose year it is."""

__all__ = ["EARLIER", "NO_NOTES", "OTHERS", "PRIVATE", "Reading", "lines_of", "read_paths", "read_text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that was read: documents in the order of their paths, what went wrong, and who is who."""

    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]
    roster: Roster
    files: Mapping[str, Path]
    """From a path in records to the file on disk."""


def read_paths(paths: Sequence[Path], settings: Settings) -> Reading:
    """Read files and folders of notes.

    Args:
        paths: files, or folders that are walked; the order makes no difference.
        settings: names, year and order of day and month where the user says them.

    Returns:
        The documents; what could not be read is a problem and does not stop the rest.

    Raises:
        NotesNotFoundError: a path that does not exist.
        NothingToReadError: not one file could be read.
    """
    found, problems = find_files(paths)
    drawn: list[Sketch] = []
    files: dict[str, Path] = {}
    for one in found:
        read = read_file(one)
        if isinstance(read, Problem):
            problems.append(read)
            continue
        drawn.append(sketch(read, path=one.path, settings=settings))
        files[one.path] = one.file
    if not drawn:
        reasons = [f"{problem.path} {problem.message}" for problem in problems[:3]]
        raise NothingToReadError(paths, reasons)
    others = choose_files({one.path: one.clues for one in drawn}, settings)
    problems += [Problem(path=path, line=None, message=f"{OTHERS} {name}") for path, name in others.items()]
    drawn = [one for one in drawn if one.path not in others]
    roster = find_roster([one.clues for one in drawn], settings)
    fallback = _common_order(drawn)
    finished = [finish(each, settings, roster, fallback) for each in drawn]
    documents, doubles = without_doubles([document for document, _ in finished])
    kept = {document.path for document in documents}
    problems += doubles
    for document, more in finished:
        problems += more if document.path in kept else ()
    problems += _unknown_subject(drawn, documents[0].path, settings)
    files = {path: file for path, file in files.items() if path in kept}
    ordered = sorted(problems, key=lambda problem: (problem.path, problem.line or 0, problem.message))
    return Reading(documents=tuple(documents), problems=tuple(_once(ordered)), roster=roster, files=files)


def read_text(text: str, *, path: str, settings: Settings) -> tuple[Document, tuple[Problem, ...]]:
    """Read one document from memory.

    Args:
        text: all of it.
        path: what records call it; a date or year in it counts as one in a file's name does.
        settings: as for `read_paths`.
    """
    drawn = sketch(without_citations(heard(text_of(text))), path=path, settings=settings)
    document, problems = finish(drawn, settings, find_roster([drawn.clues], settings), None)
    return document, tuple(problems)


def _unknown_subject(drawn: Sequence[Sketch], path: str, settings: Settings) -> list[Problem]:
    """Say that the name given as the subject's is none of the two that the notes are between.

    Notes that give one name alone say nothing: many people write "1:1 with ..." and never name themselves.
    """
    told = find_roster([one.clues for one in drawn], settings.model_copy(update={"me": None, "manager": None}))
    people = list(dict.fromkeys(name for name in (told.subject, told.manager) if name))
    me = settings.me
    if (
        not me
        or len(people) < 2
        or told.aliases.get(me.lower()) in people
        or any(same_person(name, me) for name in people)
    ):
        return []
    message = f"'{me}', given as the name of the subject, was not found in the notes (names seen: {', '.join(people)})"
    if any(me.split()[0] in text.replace(",", " ").split() for one in drawn for text in one.clues.texts):
        message = f"the notes are not about '{me}', given as the name of the subject (names seen: {', '.join(people)})"
    return [Problem(path=path, line=None, message=message)]


def _common_order(drawn: Sequence[Sketch]) -> bool | None:
    """Return the order of day and month that most files with evidence have."""
    return common_order(one.dates.order for one in drawn)


def _once(problems: Sequence[Problem]) -> list[Problem]:
    """Say a guess that all files share only once."""
    result: list[Problem] = []
    guesses = [problem for problem in problems if problem.line is None and "which is a guess" in problem.message]
    for problem in problems:
        if len(guesses) > 1 and problem in guesses:
            if problem is guesses[0]:
                result.append(replace(problem, message=f"{problem.message} (so in {len(guesses)} files)"))
        else:
            result.append(problem)
    return result
