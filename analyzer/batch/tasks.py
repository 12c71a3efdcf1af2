"""What goes to a worker and what comes back: small records without a word of the notes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

ATTEMPTS = 3
"""How often a person is tried whose worker dies, whose files cannot be read or whose notes change meanwhile."""
PAGES = "pages"
"""The folder of people's pages in the output folder: one a person, in it one a year."""
DIED = f"its worker ended {ATTEMPTS} times while it was read, as it does where memory runs out"


class Outcome(StrEnum):
    """What came of one person."""

    WRITTEN = "written"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One person's work. Its ``repr``, which engines put into logs, holds neither name nor place."""

    key: str
    """A hash of the folder's name: names files and tasks, so that listings and dashboards show no person."""
    folder: str = field(repr=False)
    out: str = field(repr=False)
    settings: str = field(repr=False)
    """The settings as JSON."""
    basis: str = field(repr=False)
    """Hash of the program, the model and the settings, which a result depends on beside the notes."""
    program: str = field(repr=False)
    """Hash of the program, which a worker has to have too."""
    known: str = field(default="", repr=False)
    """Hash of the notes and of the basis at the last run, '' if there was none."""
    files: Mapping[str, str] = field(default_factory=dict, repr=False)
    """What the last run wrote, each with its hash."""
    pages: bool = field(default=False, repr=False)
    """Whether the person's pages are written too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What came of one person's task."""

    key: str
    outcome: Outcome
    reason: str = field(default="", repr=False)
    """Why it failed."""
    again: bool = False
    """Whether it may go better at the next attempt."""
    inputs: str = field(default="", repr=False)
    """Hash of the notes and of the basis."""
    files: Mapping[str, str] = field(default_factory=dict, repr=False)
    """What was written, by its place in the output folder, each with its hash."""
    years: int = 0
    problems: tuple[str, ...] = field(default=(), repr=False)
    """What could not be read among the notes, a line each."""
    pid: int = 0
    """The process that did it."""
    seconds: float = 0.0
    """Processor time that it took."""
    peak_mb: int = 0
    """Most memory that this process has used so far, in MB; 0 where the system does not say."""


Work = Callable[[Task], Done]


def died(key: str) -> Done:
    """Return the result of a person whose worker was lost again and again."""
    return Done(key=key, outcome=Outcome.FAILED, reason=DIED)
