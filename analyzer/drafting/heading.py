"""What stands above a draft: whose year, which period, what it was drafted from, and the gaps in the record."""

from __future__ import annotations

from datetime import date

from analyzer.dates import year_period
from analyzer.drafting.cite import long_day
from analyzer.drafting.desk import Desk
from analyzer.drafting.fill import Filling, plain, say, spaced
from analyzer.drafting.phrases import HEAD, counted, in_words
from analyzer.drafts import Citation, Sentence, Words
from analyzer.records import Gap, Meeting, MeetingKind, Review


def period_title(review: Review) -> str:
    """Return the period as a title has it: "2025", "FY2025" or its two days."""
    year = date.fromordinal(review.end.toordinal() - 1).year
    if (review.start, review.end) == year_period(year, review.fiscal_start):
        return str(year) if review.fiscal_start == 1 else f"FY{year}"
    return period_days(review)


def period_days(review: Review) -> str:
    """Return the period with its first and last day: "1 January to 31 December 2025"."""
    last = date.fromordinal(review.end.toordinal() - 1)
    same = review.start.year == last.year
    return f"{long_day(review.start, with_year=not same)} to {long_day(last, with_year=True)}"


def who_paragraph(desk: Desk) -> tuple[Sentence, ...]:
    """Return the line that says who and when."""
    review = desk.review
    manager = HEAD["manager"].format(manager=review.manager) if review.manager else ""
    return (plain(f"{review.subject or 'Unnamed'}{manager} · {period_days(review)}"),)


def source_paragraph(desk: Desk) -> tuple[Sentence, ...]:
    """Return the paragraph on what the draft was made from: files, meetings, cancelled ones, gaps."""
    held = held_meetings(desk.review)
    cancelled = cancelled_cites(desk)
    days = sorted(meeting.date for meeting in held if meeting.date)
    slots: dict[str, Filling] = {"sources": sources(desk), "meetings": counted(len(held), "meeting")}
    sentences = []
    if days:
        key = "from" if days[0] != days[-1] else "from_one"
        sentences.append(say(HEAD[key], **slots, first=desk.day(days[0]), last=desk.day(days[-1])))
    else:
        sentences.append(say("Drafted from {sources}: {meetings}.", **slots))
    if cancelled:
        key = "cancelled_one" if len(cancelled) == 1 else "cancelled_many"
        sentences += [plain(" "), say(HEAD[key], count=in_words(len(cancelled)), c=spaced(cancelled))]
    for gap in desk.review.gaps:
        sentences += [plain(" "), gap_sentence(desk, gap)]
    return tuple(sentences)


def cancelled_cites(desk: Desk) -> list[Citation]:
    """Return the first line of each meeting that was cancelled."""
    cancelled = [meeting for meeting in desk.review.meetings if meeting.kind is MeetingKind.CANCELLED]
    return [_first_line(desk.citer.cite_source(meeting.source, meeting.date)) for meeting in cancelled]


def gap_sentence(desk: Desk, gap: Gap) -> Sentence:
    """Return the sentence that names a gap in the record."""
    return say(HEAD["gap"], first=desk.day(gap.start), last=desk.day(gap.end), days=counted(gap.days, "day"))


def held_meetings(review: Review) -> list[Meeting]:
    """Return the meetings that took place, in the order of dates."""
    held = [meeting for meeting in review.meetings if meeting.kind is MeetingKind.HELD and meeting.date]
    return sorted(held, key=lambda meeting: (meeting.date or review.start, meeting.source.path))


def sources(desk: Desk) -> Sentence:
    """Return the files the draft was made from: the name of one, the number of several and where they are."""
    documents = desk.citer.documents
    if len(documents) == 1:
        return Sentence((Words(documents[0], "code"),))
    names = [documents[0], documents[-1]] if documents else []
    if not names:
        return plain("no file")
    between = (Words(names[0], "code"), Words(" to "), Words(names[1], "code"))
    return Sentence((Words(f"{len(documents)} files, "), *between))


def _first_line(cited: Citation) -> Citation:
    """Cite the line that a meeting begins with, not all of it."""
    label = cited.label
    if cited.line is not None and cited.end is not None and cited.end > cited.line:
        label = label.removesuffix(f"-{cited.end}")
    target = cited.target.split("#")[0] + (f"#L{cited.line}" if cited.line is not None else "")
    return Citation(label, target, cited.path, cited.line, cited.line, cited.date)
