"""Feedback: praise, criticism with what came of it, and what the subject gave to others. Always in the speaker's words."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from analyzer.drafting.by_project import is_told
from analyzer.drafting.clauses import judging_pieces, pieces, quotation, without_lead
from analyzer.drafting.desk import Desk, short_name
from analyzer.drafting.fill import plain, say
from analyzer.drafting.phrases import EMPTY, FEEDBACK, TITLES, WORK
from analyzer.drafting.tell import quote_of, speaker_lead, told
from analyzer.drafting.tidy import closed, quoted, speaks_to_you
from analyzer.drafting.trust import probability
from analyzer.drafting.words import tokens
from analyzer.drafting.work import more_bullet, perhaps
from analyzer.drafts import Bullet, Section, Sentence
from analyzer.records import Direction, Evidence, FeedbackEntry, Label, Polarity

MOST_ENTRIES = 10
"""Lines of praise, of criticism and of feedback given; the rest is counted."""
MOST_LATER = 3


def feedback_sections(desk: Desk) -> list[Section]:
    """Return the part "Feedback"."""
    entries = [entry for entry in in_order(desk, desk.review.feedback) if not is_verdict(desk.lines[entry.evidence])]
    answers = {line for entry in entries for line in entry.later}
    received = [entry for entry in entries if entry.direction is Direction.RECEIVED]
    praise = [entry for entry in received if entry.polarity is Polarity.POSITIVE and entry.evidence not in answers]
    growth = [entry for entry in received if entry.polarity is not Polarity.POSITIVE]
    given = [entry for entry in entries if entry.direction is Direction.GIVEN and entry.evidence not in answers]
    kept, more = _most_telling(desk, praise)
    return [
        Section(title=TITLES["feedback"]),
        _section(
            desk,
            "strengths",
            [*(Bullet((*_doubt(desk, entry), _strength(desk, entry))) for entry in kept), *more_bullet(more, "line")],
        ),
        _capped("growth", desk, growth, _growth),
        _capped("given", desk, given, _given),
    ]


def _capped(
    name: str, desk: Desk, entries: list[FeedbackEntry], tell: Callable[[Desk, FeedbackEntry], Bullet]
) -> Section:
    kept, more = _most_telling(desk, entries)
    return _section(desk, name, [*(tell(desk, entry) for entry in kept), *more_bullet(more, "line")])


def _most_telling(desk: Desk, entries: list[FeedbackEntry]) -> tuple[list[FeedbackEntry], int]:
    """Keep what came to something and what is surest, in the order of dates; count the rest."""

    def worth(entry: FeedbackEntry) -> tuple[object, ...]:
        share = probability(desk.lines[entry.evidence], Label.FEEDBACK)
        return (
            entry.evidence in desk.unsure,
            not entry.later,
            entry.project is None,
            -round(share, 2),
            entries.index(entry),
        )

    kept = sorted(entries, key=worth)[:MOST_ENTRIES]
    told = [entry for entry in entries if entry in kept]
    return sorted(told, key=lambda entry: entry.evidence in desk.unsure), len(entries) - len(kept)


def later_bullets(desk: Desk, later: Iterable[str]) -> tuple[Bullet, ...]:
    """Return what came of a line: its lines in order."""
    lines = [desk.lines[one] for one in later if one in desk.lines][-MOST_LATER:]
    sentences = []
    for number, line in enumerate(lines):
        dated = number == 0 or line.item.date != lines[number - 1].item.date
        sentences += [plain(" "), _later(desk, line, dated=dated)]
    return (Bullet((say(FEEDBACK["later"]), *sentences)),) if lines else ()


def feedback_quote(entry: FeedbackEntry, line: Evidence) -> str:
    """Return the words that judge; where they were passed on, the words inside the quotation marks."""
    spans = judging_pieces(line)
    author = pieces(line)[0].author or line.item.author
    passed_on = entry.told_by is not None or (entry.speaker is not None and entry.speaker != author)
    inner = quotation(line.item.text) if passed_on or line.item.text.startswith(('"', "“")) else None
    return quoted(inner) if inner else quote_of(line, without_lead(line, spans))


def _section(desk: Desk, name: str, bullets: list[Bullet]) -> Section:
    """Return a part of the feedback; none is denied while lines that may hold some wait to be looked through."""
    key = f"{name}_doubt" if desk.doubts.get("feedback") else name
    empty = () if bullets else ((say(EMPTY[key]),),)
    return Section(title=TITLES[name], level=3, paragraphs=empty, bullets=tuple(bullets))


def _doubt(desk: Desk, entry: FeedbackEntry) -> tuple[Sentence, ...]:
    return (say(WORK["unsure"] + " "),) if entry.evidence in desk.unsure else ()


def _strength(desk: Desk, entry: FeedbackEntry) -> Sentence:
    line = desk.lines[entry.evidence]
    key = "strength_on" if is_told(desk, entry.project) else "dated" if desk.by_manager else "strength"
    speaker = speaker_in_words(desk, entry, line)
    return say(
        FEEDBACK[key] if speaker else FEEDBACK["given"],
        speaker=speaker,
        day=desk.day(line.item.date),
        project=entry.project or "",
        quote=closed(feedback_quote(entry, line)),
        c=desk.cite(line.id),
    )


def _growth(desk: Desk, entry: FeedbackEntry) -> Bullet:
    line = desk.lines[entry.evidence]
    speaker = speaker_in_words(desk, entry, line)
    sentence = say(
        FEEDBACK["dated"] if speaker else FEEDBACK["given"],
        speaker=speaker,
        day=desk.day(line.item.date),
        quote=closed(feedback_quote(entry, line)),
        c=desk.cite(line.id),
    )
    later = later_bullets(desk, entry.later)
    return Bullet((*_doubt(desk, entry), sentence), later or (none_later(desk, "feedback", line.id),))


def none_later(desk: Desk, kind: str, evidence: str) -> Bullet:
    """Return the bullet that says that no later line was recognised, with its question, or that quotes what may be one."""
    hints = perhaps(desk, [evidence])
    if hints:
        return Bullet(hints)
    number = desk.question_about(kind, [evidence])
    text = say(FEEDBACK["none_later_question"], question=number) if number else say(FEEDBACK["none_later"])
    return Bullet((text,))


def _given(desk: Desk, entry: FeedbackEntry) -> Bullet:
    line = desk.lines[entry.evidence]
    named = short_name(entry.about).casefold()
    told_to = named in tokens(line.item.raw) or (entry.about == desk.review.manager and speaks_to_you(line.item.text))
    key = "given_to" if entry.about and told_to else "given"
    sentence = say(
        FEEDBACK[key],
        about=short_name(entry.about),
        day=desk.day(line.item.date),
        quote=closed(quote_of(line, without_lead(line, judging_pieces(line)))),
        c=desk.cite(line.id),
    )
    return Bullet((sentence,), later_bullets(desk, entry.later))


def _later(desk: Desk, line: Evidence, *, dated: bool) -> Sentence:
    author = pieces(line)[0].author or line.item.author
    lead = speaker_lead(desk, author)
    if not lead or (desk.by_manager and author in {None, desk.review.manager}):
        return told(desk, line)
    when = f"{lead[:-2]}, {desk.day(line.item.date)}: " if dated else lead
    return plain(f"{when}{closed(quote_of(line, pieces(line)))}", desk.cite(line.id))


def speaker_in_words(desk: Desk, entry: FeedbackEntry, line: Evidence) -> str:
    """Return who judges, and who passed it on, as a sentence names them; '' where the notes name nobody."""
    speaker = short_name(entry.speaker or pieces(line)[0].author or line.item.author)
    if not speaker or speaker == short_name(desk.review.subject):
        return short_name(desk.review.manager) if desk.by_manager else ""
    if entry.told_by and entry.told_by != entry.speaker:
        return FEEDBACK["told"].format(speaker=speaker, teller=short_name(entry.told_by))
    return speaker


def in_order(desk: Desk, entries: Iterable[FeedbackEntry]) -> list[FeedbackEntry]:
    """Return the entries whose lines are known, in the order of the notes."""
    known = [entry for entry in entries if entry.evidence in desk.lines]
    start = desk.review.start

    def place(entry: FeedbackEntry) -> tuple[object, ...]:
        item = desk.lines[entry.evidence].item
        return item.date or start, item.source.path, item.source.start or 0

    return sorted(known, key=place)


def is_verdict(line: Evidence) -> bool:
    """Return whether a line judges the person or the year as such and nothing that was done."""
    kinds = {cue.kind for cue in line.cues}
    return "verdict" in kinds and not kinds & {"praise", "criticism", "advice", "thanks"}
