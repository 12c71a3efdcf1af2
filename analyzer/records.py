"""The nouns that every room passes on: frozen records, from a document's blocks to the whole review.

Conventions, kept everywhere:

* Lines are 1-based and inclusive; they number the file as it stands on disk.
* Offsets are 0-based and half-open, counted in characters of the text that the record itself holds.
* Periods are half-open: ``start <= day < end``.
* ``None`` means "the notes do not say"; an empty tuple means "looked for, none found".
* A name of a person is written as the roster writes it (the full name where the notes give one).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

_LEAD_MARK = re.compile(r"\s{0,2}(?::|=|--?|–|—)\s{1,3}|[^\w|]{0,8}\|\s{1,3}")


class Label(StrEnum):
    """What an item is evidence of; an item has any number of labels, often none."""

    ACCOMPLISHMENT = "accomplishment"
    IMPACT = "impact"
    FEEDBACK = "feedback"
    BLOCKER = "blocker"
    ACTION_ITEM = "action_item"
    CAREER = "career"
    GOAL = "goal"


class Status(StrEnum):
    """How far the work is that an item reports."""

    DONE = "done"
    IN_PROGRESS = "in_progress"
    PLANNED = "planned"
    BLOCKED = "blocked"
    DROPPED = "dropped"


class Polarity(StrEnum):
    """Whether feedback praises, corrects or does both."""

    POSITIVE = "positive"
    CONSTRUCTIVE = "constructive"
    MIXED = "mixed"


class Direction(StrEnum):
    """Whether feedback is about the subject (received) or comes from the subject (given)."""

    RECEIVED = "received"
    GIVEN = "given"


class Share(StrEnum):
    """Whose work a finished piece is, as far as the notes say."""

    MINE = "mine"
    SHARED = "shared"
    TEAM = "team"
    UNSAID = "unsaid"


class EffectKind(StrEnum):
    """How an effect is on record. Expected ones were expected on the day of the note."""

    MEASURED = "measured"
    DECIDED = "decided"
    ADOPTED = "adopted"
    STATED = "stated"
    EXPECTED = "expected"


class BlockKind(StrEnum):
    """What a stretch of lines is before anything is read into it."""

    HEADING = "heading"
    ITEM = "item"
    PARAGRAPH = "paragraph"
    ROW = "row"
    QUOTE = "quote"


class MeetingKind(StrEnum):
    """Whether a meeting took place; pinned blocks stand above the log and have no date."""

    HELD = "held"
    CANCELLED = "cancelled"
    PINNED = "pinned"


# --- what a text is made of -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Source:
    """Where words stand: a path relative to the folder given, and lines.

    In a format without lines of its own, ``locator`` says in words where that is ("paragraph 41"), and the lines number what
    the reader wrote down, in the order of the document.
    """

    path: str
    start: int | None
    end: int | None
    locator: str | None = None

    @property
    def lines(self) -> tuple[int | None, int | None]:
        """First and last line of the file, None twice where the format has no lines."""
        return (None, None) if self.locator else (self.start, self.end)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text, and whose words it is where that is known."""

    start: int
    end: int
    author: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A heading, list item, paragraph, table row or quote as a reader found it.

    ``text`` holds the words without list markers and check boxes, otherwise as written, lines joined by one space.
    ``depth`` is the heading level (1-6) or the nesting of a list item (0 is outermost).
    ``parent`` is the index, within the same meeting, of the item or lead that this one is nested under.
    """

    kind: BlockKind
    text: str
    source: Source
    depth: int = 0
    checked: bool | None = None
    parent: int | None = None
    struck: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignored:
    """A stretch of the input that is no evidence by its form, and why it was left out."""

    source: Source
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One dated entry of the notes, or the pinned part above them (``date`` is None)."""

    source: Source
    date: date | None
    kind: MeetingKind
    heading: str
    blocks: tuple[Block, ...] = ()


ASSISTANT = "assistant"
"""The writer of notes that a meeting assistant took down: what they say is nobody's own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """Who is who: the subject, the manager, and every short form found for a person's name."""

    subject: str | None = None
    manager: str | None = None
    writer: str | None = None
    aliases: Mapping[str, str] = field(default_factory=dict)
    """Lower-cased short form (initials, first name, ``manager``) to name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One file as it was read."""

    path: str
    title: str
    lines: tuple[str, ...]
    """The lines as repaired for reading; ``repairs`` says what was repaired."""
    meetings: tuple[Meeting, ...]
    roster: Roster
    day_first: bool
    repairs: tuple[str, ...] = ()
    ignored: tuple[Ignored, ...] = ()
    places: tuple[str, ...] = ()
    """Where each of ``lines`` stands, in words, for a format without lines of its own; else empty."""

    def source(self, start: int, end: int) -> Source:
        """Return the place of some lines, with its locator where the format has no lines."""
        return Source(self.path, start, end, locator(self.places, start, end))


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """The unit that is labelled: a list item's own text, a table row, or one sentence of prose.

    ``text`` is what is labelled and quoted: markers, check box, status tags, speaker prefix and placeholders are
    stripped, nothing else is changed. ``raw`` is the same stretch as it stands in the note.
    """

    source: Source
    date: date | None
    text: str
    raw: str
    section: str
    """Canonical: wins, in_progress, planned, blockers, feedback, career, goals, actions, help, notes or ''."""
    heading: str
    """The nearest heading as written, '' if there is none."""
    author: str | None
    depth: int = 0
    parent: int | None = None
    """Index of the parent item within the tuple of items that this one belongs to."""
    prefix: str = ""
    """A project-like lead that was split from the text ("Relay" of "Relay: live on all wards"); '' if none."""
    lead: str = ""
    """The bold line or sub-heading that this item stands under, where it may name a project."""
    tags: tuple[str, ...] = ()
    """Bracketed tags as written, without brackets: "P0", "Blocked"."""
    links: tuple[str, ...] = ()
    checked: bool | None = None
    struck: bool = False
    prose: bool = False
    day_first: bool = True
    pinned: bool = False
    sentences: tuple[Span, ...] = ()
    """The sentences of ``text``."""
    turns: tuple[Span, ...] = ()
    """Who says which part of ``text``; the speaker marks themselves belong to no turn."""

    @property
    def lead_end(self) -> int:
        """Where the text begins behind its project-like lead ("Relay: "), 0 where it has none."""
        if not self.prefix or not self.text.startswith(self.prefix):
            return 0
        mark = _LEAD_MARK.match(self.text, len(self.prefix))
        return mark.end() if mark else 0


def locator(places: Sequence[str], start: int, end: int) -> str | None:
    """Return in words where lines stand ("row 4", "paragraph 4 to paragraph 6"), None where lines are lines."""
    if not places:
        return None
    first, last = places[start - 1], places[end - 1]
    return first if first == last else f"{first} to {last}"


UNCERTAIN = (0.25, 0.75)
"""The band of probabilities in which a label is as good as open: of the items with a label in it half are read wrong in
some label, of the others one in six (docs/evaluation.md)."""


# --- what is read into it -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cue:
    """One rule that fired on an item: which, what it says, and on which words of the item's text."""

    rule: str
    kind: str
    """See ``analyzer/patterns/README.md``, e.g. ``effect``, ``eta``, ``share``, ``breadth``."""
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A quantity that expresses an effect. Values are in ``unit``; what the words do not give is None."""

    text: str
    name: str | None = None
    before: float | None = None
    after: float | None = None
    delta: float | None = None
    value: float | None = None
    unit: str | None = None
    relative: bool = False
    """True where the quantity is a change in percent or a factor, False where it is in the thing's own unit."""
    direction: str | None = None
    """``up`` or ``down``: which way the thing moved."""
    projected: bool = False
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """An item with what the labeller read in it, and after grouping with its project and claim."""

    id: str
    item: Item
    labels: frozenset[Label] = frozenset()
    confidence: Mapping[Label, float] = field(default_factory=dict)
    why: tuple[str, ...] = ()
    status: Status | None = None
    polarity: Polarity | None = None
    direction: Direction | None = None
    people: tuple[str, ...] = ()
    metrics: tuple[Metric, ...] = ()
    cues: tuple[Cue, ...] = ()
    project: str | None = None
    accomplishment_id: str | None = None

    def has(self, label: Label) -> bool:
        """Return whether the item carries this label."""
        return label in self.labels

    @property
    def uncertain(self) -> tuple[Label, ...]:
        """The labels, given or not, whose probability lies in the uncertain band, `UNCERTAIN`."""
        low, high = UNCERTAIN
        return tuple(label for label in Label if low <= self.confidence.get(label, 0.0) <= high)

    def cues_of(self, kind: str) -> tuple[Cue, ...]:
        """Return the cues of one kind, in the order of the text."""
        return tuple(cue for cue in self.cues if cue.kind == kind)

    def asks(self, span: Span) -> bool:
        """Return whether a stretch of the item's text ends as a question does."""
        return self.words(span).rstrip(" \"'”’)").endswith("?")

    def words(self, cue: Cue | Span | Metric) -> str:
        """Return the words of the item's text that a cue, span or metric covers."""
        return self.item.text[cue.start : cue.end]


# --- what the year holds --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One named part of a score: its points, what they are for, and the lines behind them."""

    name: str
    points: int
    detail: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A sum of named parts; ``band`` is within this person's own year, None where none is given."""

    parts: tuple[Part, ...]
    band: str | None = None

    @property
    def points(self) -> int:
        """The sum of the parts."""
        return sum(part.points for part in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One effect of a finished piece of work, as one line reports it."""

    evidence: str
    kind: EffectKind
    voucher: str | None = None
    """Who other than the subject says, measured or checked it."""
    caused: bool = False
    """Whether the line itself ties the effect to the work."""
    tied: bool = True
    """Whether place, scope or words tie it to this piece of a project; else it is only the latest one before the effect."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A step in the life of a piece of work: planned, moved, blocked, unblocked, done, dropped."""

    kind: str
    eta: date | None = None
    date: date | None
    """The meeting's date, or the date that the line itself gives for the event."""
    evidence: str
    reason: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Accomplishment:
    """One claim: one finished thing, with all its sightings over the year and what came of it."""

    id: str
    text: str
    """The best wording on record: the text of one of the sightings."""
    project: str | None
    quarter: str
    first: date
    last: date
    status: Status
    share: Share
    evidence: tuple[str, ...]
    """Sightings that call it done, best wording first, then in the order of dates."""
    repeats: tuple[str, ...] = ()
    """Later lines that only mention it again."""
    effects: tuple[Effect, ...] = ()
    feedback: tuple[str, ...] = ()
    metrics: tuple[Metric, ...] = ()
    people: tuple[str, ...] = ()
    history: tuple[Event, ...] = ()
    effort: Score | None = None
    impact: Score | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project of the year with every line that belongs to it, in the order of dates."""

    name: str
    aliases: tuple[str, ...] = ()
    renamed_by: str | None = None
    """The evidence that says that two names are one project."""
    theme: str | None = None
    first: date | None = None
    last: date | None = None
    evidence: tuple[str, ...] = ()
    accomplishments: tuple[str, ...] = ()
    history: tuple[Event, ...] = ()
    effects: tuple[Effect, ...] = ()
    """Effects in lines of the project that belong to none of its finished pieces."""
    why: tuple[str, ...] = ()
    """How the name was found and what was joined to it."""
    effort: Score | None = None
    impact: Score | None = None
    """None where no effect is on record: never a low score."""
    rung: str | None = None
    """The best step of the evidence ladder that was reached, None if no effect is on record."""
    quadrant: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackEntry:
    """One piece of feedback and what came of it."""

    evidence: str
    speaker: str | None
    """Who judges."""
    told_by: str | None
    """Who passed it on, where that is somebody else."""
    about: str | None
    """Whom it is about, where given to somebody else."""
    direction: Direction
    polarity: Polarity
    project: str | None
    later: tuple[str, ...] = ()
    """Later lines that show that it was acted on, in the order of dates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """A next step or promise: who took it on, when it is due, and the line that closes it."""

    evidence: str
    owner: str | None
    due: date | None = None
    closed_by: str | None = None
    days: int | None = None
    """Days from the line to the line that closes it, or to the last meeting where it is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question that somebody asked, asked again, and the line that answers it."""

    evidence: str
    asker: str | None
    repeated: tuple[str, ...] = ()
    answered_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A goal or wish of the team, the company or the subject, and later lines about it."""

    evidence: str
    kind: str
    """``team``, ``own`` (the subject's goal for the period) or ``career``."""
    later: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something that the notes leave open, put to the user."""

    kind: str
    title: str
    text: str
    evidence: tuple[str, ...]
    project: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A stretch without notes that is more than twice the person's usual distance between meetings."""

    start: date
    end: date
    cancelled: tuple[Source, ...] = ()

    @property
    def days(self) -> int:
        """Days between the two meetings."""
        return (self.end - self.start).days


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that went wrong with an input; the rest was read all the same."""

    path: str
    line: int | None
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What a review that is handed on says of itself."""

    level: str
    """``self``, ``manager`` or ``public``."""
    roles: str = ""
    """Whose names are replaced by roles: ``all``, ``others`` (all but the subject's) or nobody's."""
    left_out: tuple[tuple[str, int], ...] = ()
    """Lines of the period that were left out, by the title of the rule; what is marked private is not among them."""
    unsure: tuple[str, ...] = ()
    """Words that may be names; for the owner's screen, never for an output."""
    problems: tuple[Problem, ...] = ()
    """What went wrong with the input; for the owner's screen, never for an output."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Everything that is known of one person's year; each output is rendered from it and adds no fact."""

    subject: str | None
    manager: str | None
    writer: str | None = None
    """Who typed the notes."""
    start: date
    end: date
    fiscal_start: int = 1
    meetings: tuple[Meeting, ...] = ()
    gaps: tuple[Gap, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    projects: tuple[Project, ...] = ()
    accomplishments: tuple[Accomplishment, ...] = ()
    highlights: tuple[str, ...] = ()
    effects: tuple[Effect, ...] = ()
    """Effects in lines that belong to no project and to no finished piece."""
    feedback: tuple[FeedbackEntry, ...] = ()
    actions: tuple[Action, ...] = ()
    questions: tuple[Asked, ...] = ()
    goals: tuple[Goal, ...] = ()
    blockers: tuple[str, ...] = ()
    echoes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Later lines that share telling words with a line that nothing else follows up, by evidence id: hints, no links."""
    questions_to_you: tuple[Question, ...] = ()
    problems: tuple[Problem, ...] = ()
    ignored: tuple[Ignored, ...] = ()
    shared: Shared | None = None
    """How it was made fit to be handed on, None for the owner's own review."""

    def by_id(self) -> dict[str, Evidence]:
        """Return the evidence by id."""
        return {evidence.id: evidence for evidence in self.evidence}
