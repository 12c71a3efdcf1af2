"""Making a review fit to be handed on: which lines a level may hold, and roles in the place of names.

Lines are taken away before anything is grouped, so that no output ever sees them: a figure, a project's name, a question and a
score are made of what is left. Roles are put into the finished review, record by record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from analyzer.drafting.words import tokens
from analyzer.records import BlockKind, Document, Evidence, Item, Meeting, Question, Review, Roster, Shared
from analyzer.settings import Settings
from analyzer.sharing.choosing import Chosen, choose
from analyzer.sharing.guard import names_left
from analyzer.sharing.kinds import told_of
from analyzer.sharing.levels import PUBLIC, SELF, level_named, titles
from analyzer.sharing.notice import notice, with_notice
from analyzer.sharing.people import EMPLOYEE, Cast, cast_of, spoken_of, unsure_words
from analyzer.sharing.redacting import redact
from analyzer.sharing.roles import Roles, roles_of
from analyzer.sharing.topics import topics_of

__all__ = [
    "ChosenReview",
    "Roles",
    "choose_shared",
    "finish_shared",
    "handed_on",
    "names_left",
    "notice",
    "roles_for",
    "with_notice",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenReview:
    """What is left of the notes for a level, and what is to be done with the review that is made of it."""

    evidence: tuple[Evidence, ...]
    meetings: tuple[Meeting, ...]
    projects: Mapping[str, str]
    """The project of each line that is left, as it was with all lines: with fewer the program would join them otherwise."""
    roles: Roles | None
    shared: Shared


def handed_on(settings: Settings) -> bool:
    """Return whether outputs are for anybody but the owner of the notes."""
    return settings.share != SELF or settings.redacts


def roles_for(
    items: Sequence[Item], documents: Sequence[Document], roster: Roster, settings: Settings
) -> tuple[Cast, Roles]:
    """Return who is named in notes and which role stands for whom.

    Args:
        items: all of them, in the order of the notes.
        documents: as read.
        roster: who is who.
        settings: one run's settings.
    """
    cast = cast_of(items, roster, further=settings.redact, plain=settings.may_stand)
    spare = () if settings.redacts else (EMPLOYEE,)
    return cast, roles_of(cast, spare=spare, paths=[document.path for document in documents])


def choose_shared(
    whole: Review, evidence: Sequence[Evidence], documents: Sequence[Document], roster: Roster, settings: Settings
) -> ChosenReview | None:
    """Choose what of the notes may be handed on.

    Args:
        whole: the owner's own review, of all lines.
        evidence: the lines it was made of, with the owner's decisions applied.
        documents: as read.
        roster: who is who.
        settings: one run's settings: ``share``, ``redact`` and ``may_stand``.

    Returns:
        The lines and meetings for a new review; None where the review is the owner's own.
    """
    if not handed_on(settings):
        return None
    level, named = level_named(settings.share), settings.redacts or settings.share == PUBLIC
    cast, roles = roles_for([one.item for one in evidence], documents, roster, settings) if named else (None, None)
    projects = {word for one in whole.projects for name in (one.name, *one.aliases) for word in name.casefold().split()}
    projects -= spoken_of(one.item.text for one in evidence)
    strange: dict[str, None] = {}

    def undecided(one: Evidence) -> bool:
        if cast is None:
            return False
        words = [word for text in _texts(one) for word in unsure_words(text, cast, projects)]
        strange.update(dict.fromkeys(words))
        return bool(words)

    def inside(one: Evidence) -> bool:
        return one.item.date is None or whole.start <= one.item.date < whole.end

    under = _under_topics(documents) if level else {}
    told = told_of(whole, roster, _named_ids(whole))
    chosen: Chosen = choose(evidence, level, told, undecided, inside, under)
    counts = tuple((titles()[rule], number) for rule, number in chosen.left_out)
    meetings = [meeting for document in documents for meeting in document.meetings]
    return ChosenReview(
        evidence=tuple(_unheaded(one, cast, projects) for one in chosen.evidence) if cast else chosen.evidence,
        meetings=tuple(map(_bare, meetings)),
        projects=_projects(whole, chosen.evidence, settings),
        roles=roles,
        shared=Shared(
            level=settings.share,
            roles="all" if settings.redacts else "others" if named else "",
            left_out=counts,
            unsure=tuple(sorted(strange)),
            problems=whole.problems,
        ),
    )


def finish_shared(kept: Review, chosen: ChosenReview, ask: Callable[[Review], tuple[Question, ...]]) -> Review:
    """Put roles into a review that was made of the lines that are left, and take what is the owner's alone out of it.

    Args:
        kept: grouped and scored.
        chosen: from `choose_shared`.
        ask: asks the questions anew, for they quote citations.
    """
    review = replace(
        kept,
        problems=(),
        ignored=(),
        evidence=tuple(replace(one, why=()) for one in kept.evidence),
        projects=tuple(replace(one, why=()) for one in kept.projects),
    )
    if chosen.roles is not None:
        review = redact(review, chosen.roles)
        review = replace(review, questions_to_you=ask(review))
    return replace(review, shared=chosen.shared)


def _projects(whole: Review, kept: Sequence[Evidence], settings: Settings) -> dict[str, str]:
    """Return the project of each line that is left, where the project's name stands in such a line or in the settings.

    A name that only a line left out gives would bring its words back.
    """
    was = {one.id: one.project for one in whole.evidence if one.project}
    said: dict[str, set[str]] = {}
    for one in kept:
        if project := was.get(one.id):
            said.setdefault(project, set()).update(word for text in _texts(one) for word in tokens(text))
    given = {one.name for one in settings.projects}
    fit = {name for name, words in said.items() if name in given or words.issuperset(tokens(name))}
    return {one.id: was[one.id] or "" for one in kept if was.get(one.id) in fit}


def _texts(one: Evidence) -> Iterator[str]:
    yield from (one.item.text, one.item.prefix, one.item.lead, *one.item.tags)


def _unheaded(one: Evidence, cast: Cast, projects: set[str]) -> Evidence:
    """Take away a heading that may name somebody; no draft shows headings, the tables do."""
    item = one.item
    return replace(one, item=replace(item, heading="")) if unsure_words(item.heading, cast, projects) else one


def _bare(meeting: Meeting) -> Meeting:
    """Return a meeting without its words: its day stands for its heading."""
    day: date | None = meeting.date
    heading = day.isoformat() if day else ""
    return replace(meeting, heading=heading, blocks=(), source=replace(meeting.source, end=meeting.source.start))


def _under_topics(documents: Sequence[Document]) -> dict[tuple[str, int], tuple[str, ...]]:
    """Return the topics of the headings that lines stand under, however deep, by path and line."""
    found: dict[tuple[str, int], tuple[str, ...]] = {}
    for document in documents:
        for meeting in document.meetings:
            level = 0
            topics: tuple[str, ...] = ()
            for block in meeting.blocks:
                if block.kind is BlockKind.HEADING and (not topics or block.depth <= level):
                    level, topics = block.depth, topics_of(block.text)
                if topics and block.source.start:
                    for line in range(block.source.start, (block.source.end or block.source.start) + 1):
                        found[document.path, line] = topics
    return found


def _named_ids(review: Review) -> set[str]:
    """Return the ids that a review names outside the list of its lines."""
    found: set[str] = set()
    for part in (
        review.accomplishments,
        review.actions,
        review.questions,
        review.goals,
        review.feedback,
        review.projects,
    ):
        for one in part:
            found |= set(_ids(one))
    return found


def _ids(record: object) -> Iterator[str]:
    names = ("evidence", "repeats", "closed_by", "answered_by", "later", "repeated", "renamed_by")
    values: Mapping[str, Any] = {name: getattr(record, name, None) for name in names}
    for value in values.values():
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple):
            yield from (one for one in value if isinstance(one, str))
    for event in (*getattr(record, "history", ()), *getattr(record, "effects", ())):
        yield event.evidence
