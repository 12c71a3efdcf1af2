"""What was said about the work, and what is open: feedback, promises, questions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from analyzer.dates import quarter_of
from analyzer.drafting.clauses import judging_pieces, pieces, without_lead
from analyzer.drafting.desk import Desk, short_name
from analyzer.drafting.excerpts import asking, cut, step_words
from analyzer.drafting.feedback_part import in_order, is_verdict, later_bullets
from analyzer.drafting.fill import cited, plain, say
from analyzer.drafting.phrases import FEEDBACK, WORK, counted
from analyzer.drafting.scan_packet import heard, said
from analyzer.drafting.scan_phrases import PROMISES
from analyzer.drafting.scan_promises import Promise, days_of, promises
from analyzer.drafting.tell import quote_of
from analyzer.drafting.tidy import closed, quoted
from analyzer.drafts import Bullet, Citation, Sentence
from analyzer.records import Asked, Direction, Evidence, FeedbackEntry, Polarity, Review


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to list: its sentences, and what it can be filtered by."""

    bullet: Bullet
    project: str | None = None
    quarter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """The year's feedback in the order of dates."""

    praise: tuple[Entry, ...]
    growth: tuple[Entry, ...]
    given: tuple[Entry, ...]
    unseen: tuple[Evidence, ...] = ()
    """Feedback about other people, which the manager's page does not repeat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promises:
    """What the two of them took on, by whether a later line was read as its end, the longest first."""

    open: tuple[Entry, ...]
    kept: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """Questions without an answer: those about the work, and those that no project or label stands behind."""

    told: tuple[Entry, ...]
    others: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sorted:
    praise: list[FeedbackEntry] = field(default_factory=list)
    growth: list[FeedbackEntry] = field(default_factory=list)
    given: list[FeedbackEntry] = field(default_factory=list)
    marked: frozenset[str] = frozenset()


def feedback_of(desk: Desk, whole: Review, *, for_manager: bool) -> Feedback:
    """Return the feedback that the page tells.

    Args:
        desk: the review's look-ups.
        whole: the review as it was grouped.
        for_manager: whether the manager reads the page: then it holds no feedback about anybody but the two of them.
    """
    found = _sorted(desk, whole, for_manager=for_manager)
    given = [one for one in found.given if not for_manager or one.about == desk.review.manager]
    return Feedback(
        praise=tuple(_heard(desk, found, entry) for entry in found.praise),
        growth=tuple(_heard(desk, found, entry) for entry in found.growth),
        given=tuple(_given(desk, entry) for entry in given),
        unseen=about_others(desk, whole) if for_manager else (),
    )


def about_others(desk: Desk, whole: Review) -> tuple[Evidence, ...]:
    """Return the lines that judge somebody other than the two of them."""
    known = {desk.review.subject, desk.review.manager, None}
    lines = whole.by_id()
    about = [one for one in whole.feedback if one.direction is Direction.GIVEN and one.about not in known]
    return tuple(lines[one.evidence] for one in about if one.evidence in lines)


def promises_of(desk: Desk) -> Promises:
    """Return what the report and the manager took on."""
    every = sorted(promises(desk), key=lambda one: (-days_of(desk, one), one.lines))
    return Promises(
        open=tuple(_promise(desk, one) for one in every if one.end is None),
        kept=tuple(_promise(desk, one) for one in every if one.end is not None),
    )


def questions_of(desk: Desk) -> Questions:
    """Return the questions that no later line answers, in the order of dates."""
    told: list[Entry] = []
    others: list[Entry] = []
    for one in desk.review.questions:
        line = desk.lines.get(one.evidence)
        if line is None or one.answered_by is not None or not asking(line):
            continue
        of_work = line.labels or line.project or one.repeated
        (told if of_work else others).append(_question(desk, one))
    return Questions(told=tuple(told), others=tuple(others))


def _sorted(desk: Desk, whole: Review, *, for_manager: bool) -> _Sorted:
    entries = [one for one in in_order(desk, desk.review.feedback) if not is_verdict(desk.lines[one.evidence])]
    given = [one for one in entries if one.direction is Direction.GIVEN]
    if for_manager:
        found = heard(desk, whole)
        return _Sorted(praise=list(found.praise), growth=list(found.growth), given=given, marked=found.marked)
    received = [one for one in entries if one.direction is Direction.RECEIVED]
    return _Sorted(
        praise=[one for one in received if one.polarity is Polarity.POSITIVE],
        growth=[one for one in received if one.polarity is not Polarity.POSITIVE],
        given=given,
        marked=desk.unsure,
    )


def _heard(desk: Desk, found: _Sorted, entry: FeedbackEntry) -> Entry:
    mark = [say(WORK["unsure"] + " ")] if entry.evidence in found.marked else []
    later = later_bullets(desk, entry.later)
    if not later and entry.polarity is not Polarity.POSITIVE:
        later = (Bullet((say(FEEDBACK["none_later"]),)),)
    return _entry(desk, desk.lines[entry.evidence], (*mark, said(desk, entry)), later, entry.project)


def _given(desk: Desk, entry: FeedbackEntry) -> Entry:
    line = desk.lines[entry.evidence]
    quote = closed(quote_of(line, without_lead(line, judging_pieces(line))))
    key = "given_to" if entry.about else "given"
    sentence = say(
        FEEDBACK[key], about=short_name(entry.about), day=desk.day(line.item.date), quote=quote, c=desk.cite(line.id)
    )
    return _entry(desk, line, (sentence,), later_bullets(desk, entry.later), entry.project)


def _promise(desk: Desk, promise: Promise) -> Entry:
    lines = [desk.lines[one] for one in promise.lines]
    days = days_of(desk, promise)
    told = [say("**{who}.** ", who=short_name(promise.owner)), cited(plain(step_words(lines[-1])), _cites(desk, lines))]
    if promise.asked:
        told.append(say(PROMISES["asked"], c=desk.cites(promise.asked)))
    if promise.end is not None:
        end = desk.lines[promise.end]
        own = [span for span in pieces(end) if span.author == promise.owner] or list(pieces(end))
        told += [plain(", then "), cited(plain(cut(quote_of(end, own[:1]))), [desk.cite(end.id)])]
    told += [say(PROMISES["days"], days=counted(days, "day"))] if days else []
    sentence = Sentence(tuple(piece for part in told for piece in part.fragments))
    return _entry(desk, lines[-1], (sentence,), (), lines[-1].project)


def _question(desk: Desk, asked: Asked) -> Entry:
    line = desk.lines[asked.evidence]
    who = short_name(asked.asker or desk.review.writer)
    quotes = " ".join(quoted(line.words(span)) for span in asking(line))
    lead = [say("**{who}.** ", who=who)] if who else []
    again = desk.cites((asked.evidence, *asked.repeated))
    return _entry(desk, line, (*lead, cited(plain(quotes), again)), (), line.project)


def _cites(desk: Desk, lines: Iterable[Evidence]) -> list[Citation]:
    return [desk.cite(line.id) for line in lines]


def _entry(
    desk: Desk, line: Evidence, sentences: tuple[Sentence, ...], children: tuple[Bullet, ...], project: str | None
) -> Entry:
    quarter = quarter_of(line.item.date, desk.review.fiscal_start) if line.item.date else ""
    return Entry(Bullet(sentences, children), project, quarter)
