"""What can be wrong with a call. What is wrong with an input is a `Problem` and does not stop the run."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path


class AnalyzerError(Exception):
    """Base of every error that this package raises on purpose; ``str()`` is one line for the user."""

    tip: str = ""
    """What the user can do next, '' if the message says it all."""


class NotesNotFoundError(AnalyzerError):
    """A path that was given does not exist."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"no such file or folder: {path}")
        self.tip = "give the file or the folder that your notes are in"


class NothingToReadError(AnalyzerError):
    """Nothing among the paths given could be read as notes."""

    def __init__(self, paths: Iterable[Path], reasons: Iterable[str] = ()) -> None:
        names = ", ".join(str(path) for path in paths)
        why = "; ".join(reasons)
        super().__init__(f"nothing to read in {names}" + (f": {why}" if why else ""))
        self.tip = "notes are read from Markdown, text, Word, OpenDocument, HTML, RTF, PDF, org, CSV, Excel and ZIP files, see docs/formats.md"


class NoMeetingError(AnalyzerError):
    """Notes were read, but no meeting of them is dated inside the period."""

    def __init__(self, period: str, seen: str) -> None:
        super().__init__(f"no meeting in {period}; {seen}")
        self.tip = "put the date of each meeting on a line or heading of its own, or choose the period with --year"


class SeveralPeopleError(AnalyzerError):
    """The notes hold several people's 1:1s, and it is not said whose are meant."""

    def __init__(self, where: str, names: Iterable[str], me: str | None = None) -> None:
        people = list(names)
        listed = ", ".join(people[:6]) + (f" and {len(people) - 6} more" if len(people) > 6 else "")
        wrong = f"; '{me}' is none of them" if me else ""
        super().__init__(
            f"{where} {'hold' if where.endswith('files') else 'holds'} 1:1s of several people: {listed}{wrong}"
        )
        self.tip = "say whose year it is with --me NAME; the others' parts are then left out"


class OutputError(AnalyzerError):
    """An output could not be written; nothing that stood there was changed, but for the files that are named."""

    def __init__(self, path: Path, reason: str, new: Iterable[str] = ()) -> None:
        changed = ", ".join(new)
        super().__init__(f"cannot write {path}: {reason}" + (f"; new already: {changed}" if changed else ""))
        kept = "the other files are as they were" if changed else "nothing that stood there was changed"
        self.tip = f"{kept}; make room or choose another folder, and run it again"


class StoppedError(AnalyzerError):
    """The user stopped the program while files were written; all is as it was, but for the files that are named."""

    def __init__(self, folder: Path, new: Iterable[str] = ()) -> None:
        changed = ", ".join(new)
        kept = f"new already: {changed}; the rest" if changed else "everything there"
        super().__init__(f"stopped while writing to {folder}; {kept} is as it was")
        self.tip = "run it again to write the new files"


class NameLeftError(AnalyzerError):
    """A name that is to be replaced would stand in an output; nothing was written."""

    def __init__(self, name: str, found: str) -> None:
        super().__init__(f"nothing was written: '{found}' is to be replaced by a role and would stand in {name}")
        self.tip = f"if it is no name, say may_stand = [{found!r}] in the settings file; if it is one, report this"


class OtherLevelError(AnalyzerError):
    """The folder holds outputs that were made for somebody else; nothing was written."""

    def __init__(self, folder: Path, level: str) -> None:
        super().__init__(f"{folder} holds outputs of a run with {level}, for another reader; nothing was written")
        self.tip = "give an empty folder with -o DIR, so that nobody is handed what is not meant for them"


class BadFileError(AnalyzerError):
    """A settings, curation, pattern or model file that does not say what it must."""

    def __init__(self, path: Path | str, where: str, reason: str) -> None:
        super().__init__(f"{path}: {where + ': ' if where else ''}{reason}")


class UnknownKeyError(BadFileError):
    """A key that a file may not have, with the nearest one that it may."""

    def __init__(self, path: Path | str, key: str, known: Iterable[str]) -> None:
        names = sorted(known)
        near = difflib.get_close_matches(key, names, n=1)
        guess = f"did you mean '{near[0]}'?" if near else "known: " + ", ".join(names)
        super().__init__(path, "", f"unknown key '{key}'; {guess}")


class UnknownFormatError(AnalyzerError):
    """A format of outputs that there is none of, with the nearest one."""

    def __init__(self, name: str, known: Iterable[str], example: str = "--format md,docx") -> None:
        names = list(known)
        near = difflib.get_close_matches(name, names, n=1)
        guess = f"did you mean '{near[0]}'?" if near else f"known: {', '.join(names)}"
        super().__init__(f"unknown format '{name}'; {guess}")
        self.tip = f"name formats with commas between them: {example}"


class MissingLibraryError(AnalyzerError):
    """Something needs a library that is an optional part of this package and not installed."""

    def __init__(self, what: str, library: str, instead: str = "") -> None:
        super().__init__(f"{what} need the library {library}, which is not installed")
        self.tip = f"install {library} into the environment of analyzer{f', or {instead}' if instead else ''}"


class UnknownNameError(AnalyzerError):
    """A name that there is nothing of, with the nearest one."""

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        names = list(known)
        near = difflib.get_close_matches(name, names, n=1)
        guess = f"did you mean '{near[0]}'?" if near else f"known: {', '.join(names)}"
        super().__init__(f"no {what} '{name}'; {guess}")


class UnknownChartError(AnalyzerError):
    """A chart that there is none of, with the nearest one."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        names = list(known)
        near = difflib.get_close_matches(name, names, n=1)
        guess = f"did you mean '{near[0]}'?" if near else f"known: {', '.join(names)}"
        super().__init__(f"no chart is called '{name}'; {guess}")


class NoDayError(AnalyzerError):
    """No day can be found that an agenda would be for."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.tip = "say the day of the meeting with --date 2025-01-31; only meetings before it count"


class NotInsertedError(AnalyzerError):
    """An agenda cannot be put into the running document; nothing was changed."""

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(f"the agenda cannot be put into {path}: {reason}")
        self.tip = "run it without --write and paste what is printed, the comment on its first line too"


class BadPeriodError(AnalyzerError):
    """A period that was asked for does not make sense."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
